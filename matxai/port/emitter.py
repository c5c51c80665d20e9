"""What is at hand while Python is written: the scope, what is known of values, the lines so far."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from matxai.port import syntax
from matxai.port.code import Code, Refused
from matxai.port.environments import Environment, Settled
from matxai.port.knowledge import ANY, Kind
from matxai.port.notes import Note
from matxai.port.scopes import Scope, python_name

__all__ = ["Emitter", "File", "Routine", "quoted"]


_MOST_BLOCKS = 20


def quoted(text: str) -> str:
    """Write a text as a Python literal; backslashes as they are, where that is possible."""
    if "\\" in text and text.isprintable() and text[-1] not in "\\" and not set(text) & set("'\""):
        return f"r'{text}'"
    return repr(text)


@dataclass
class Routine:
    """A function of the file and what its calls tell.

    Attributes
    ----------
    node : Function
        The function.
    parameters : tuple of Kind, or None
        What its arguments are, joined over all calls; None while unknown.
    results : tuple of Kind
        What its outputs are.
    optional : bool
        Whether calls leave arguments out.
    escapes : bool
        Whether it is called by others, so that nothing is known of its arguments.
    calls : list of tuples of Kind
        The arguments of the calls seen in the present round.
    around : Function or None
        The function in which it is nested.
    ways : dict
        What its outputs are, by the ways in which the vectors lie that a call gives it.
    """

    node: syntax.Function
    parameters: tuple[Kind, ...] | None = None
    results: tuple[Kind, ...] = ()
    optional: bool = False
    escapes: bool = False
    calls: list[tuple[Kind, ...]] = field(default_factory=list)
    around: syntax.Function | None = None
    ways: dict[tuple[str, ...], tuple[Kind, ...]] = field(default_factory=dict)

    @property
    def several(self) -> bool:
        """Whether it returns a tuple."""
        return len(self.node.outputs) > 1 or "varargout" in self.node.outputs


@dataclass
class File:
    """What all functions of a file share.

    Attributes
    ----------
    name : str
        Name of the file, for messages.
    routines : dict of str to Routine
        Its functions.
    others : mapping of str to Program
        Other files of its folder, by their names without ending.
    taken : frozenset of str
        Names of functions, which variables must not hide.
    handlers : mapping
        What writes each kind of node.
    imports : set of (module, name)
        What the Python text uses.
    notes : list of Note
        What there is to tell.
    globals : set of str
        Variables at the top of the module that functions share, by their Python names.
    looking : bool
        Whether a function is looked through for one of its calls.
    """

    name: str
    routines: dict[str, Routine]
    others: Mapping[str, Any]
    taken: frozenset[str]
    handlers: Mapping[type, Callable[..., Any]]
    imports: set[tuple[str, str]] = field(default_factory=set)
    notes: list[Note] = field(default_factory=list)
    globals: dict[str, str] = field(default_factory=dict)
    missing: set[str] = field(default_factory=set)
    left_lines: set[int] = field(default_factory=set)
    divides: bool = False
    looking: bool = False


class Emitter:
    """Writes the Python of one script or function."""

    def __init__(self, file: File, scope: Scope, routine: Routine | None = None):
        self.file = file
        self.scope = scope
        self.routine = routine
        self.known = Environment()
        self.lines: list[str] = []
        self.depth = 0
        self.before: list[str] = []
        self.ends: list[tuple[Code, int, int]] = []
        self.local: list[dict[str, Kind]] = []
        self.loops: list[list[Environment]] = []
        self.settled: dict[int, list[Settled]] = {}
        self.written: dict[Hashable, tuple[syntax.Expression, Code]] = {}
        self.trying = False
        self.held = 0
        self.statement: syntax.Node = syntax.Blank()
        self.loaded: dict[str, str] = {}
        self.renamed: dict[str, str] = {}
        self.integers = False
        self.returns: list[Environment] = []
        self.counted = False
        self.asked: syntax.Node | None = None
        self.expected: tuple[Kind, ...] = ()

    # Names

    def is_variable(self, name: str) -> bool:
        """Tell whether a name is a variable here."""
        return name in self.scope.variables or any(name in names for names in self.local)

    def python(self, name: str) -> str:
        """Return the Python name of a variable."""
        return self.renamed.get(name) or python_name(name, self.file.taken)

    def kind_of(self, name: str) -> Kind:
        """Return what is known of a variable."""
        for names in reversed(self.local):
            if name in names:
                return names[name]
        if name in self.scope.fickle:
            return ANY
        return self.known.get(name, ANY)

    def temporary(self, word: str) -> str:
        """Make up a name that no variable has."""
        name = word
        number = 1
        while name in self.scope.variables or name in self.file.taken:
            number += 1
            name = f"{word}{number}"
        return name

    @contextmanager
    def counting(self, integers: bool = True) -> Iterator[None]:
        """Write arrays of whole numbers as such for a while, for use in Python's brackets."""
        was, self.integers = self.integers, integers
        try:
            yield
        finally:
            self.integers = was

    @contextmanager
    def names(self, kinds: dict[str, Kind]) -> Iterator[None]:
        """Know the parameters of an anonymous function for a while."""
        self.local.append(kinds)
        try:
            yield
        finally:
            self.local.pop()

    # Expressions

    def value(self, node: syntax.Expression) -> Code:
        """Write an expression of one value; what is called or indexed, once in a statement."""
        handler = self.file.handlers.get(type(node))
        if handler is None:
            raise Refused(f"{type(node).__name__.lower()} has no place here")
        if not isinstance(node, (syntax.Apply, syntax.Brace)) or self.expected:
            return handler(self, node)
        local = tuple(frozenset(kinds.items()) for kinds in self.local)
        state = id(node), self.integers, tuple(self.ends), id(self.asked), local
        if state not in self.written:
            count = len(self.before)
            code = handler(self, node)
            if len(self.before) > count:
                return code
            self.written[state] = node, code
        return self.written[state][1]

    def uses(self, *names: str) -> str:
        """Note that functions of matxai are used; return the first one's name."""
        for name in names:
            self.file.imports.add(("matxai", name))
        return names[0]

    def helper(self, *names: str) -> str:
        """Note that functions of the ported scripts' own module are used."""
        for name in names:
            self.file.imports.add(("matxai.port.runtime", name))
        return names[0]

    def numpy(self) -> str:
        """Note that NumPy is used."""
        self.file.imports.add(("numpy", "np"))
        return "np"

    # Lines

    def write(self, *lines: str) -> None:
        """Add lines at the present depth."""
        for line in lines:
            self.lines.extend(
                "    " * self.depth + part if part else "" for part in line.split("\n")
            )

    def flush(self) -> None:
        """Write the lines that have to stand before the present statement."""
        self.write(*self.before)
        self.before = []

    @contextmanager
    def indented(self) -> Iterator[None]:
        """Write deeper for a while; an empty block gets a `pass`."""
        self.depth += 1
        count = len(self.lines)
        yield
        code = [line for line in self.lines[count:] if line.strip() and line.strip()[0] != "#"]
        if not code:
            self.write("pass")
        self.depth -= 1

    @contextmanager
    def holding(self, blocks: int = 1) -> Iterator[None]:
        """Count the loops and tries that stand in each other: Python takes no more than 20."""
        if self.held + blocks > _MOST_BLOCKS:
            raise Refused(f"Python nests no more than {_MOST_BLOCKS} loops and tries")
        self.held += blocks
        try:
            yield
        finally:
            self.held -= blocks

    def differs(self, what: str, why: str) -> None:
        """Tell of an assumption under which the present line is ported."""
        note = Note(self.statement.line, "differs", what, why)
        if note not in self.file.notes:
            self.file.notes.append(note)

    @contextmanager
    def trial(self) -> Iterator[None]:
        """Write for the knowledge only: lines and notes are dropped, what is known stays."""
        lines, before = self.lines, self.before
        imports, notes = set(self.file.imports), list(self.file.notes)
        missing, left = set(self.file.missing), set(self.file.left_lines)
        self.lines, self.before = [], []
        trying, self.trying = self.trying, True
        self.written.clear()
        try:
            yield
        finally:
            self.trying = trying
            self.written.clear()
            self._back(lines, before, imports, notes, missing, left)

    def _back(self, lines, before, imports, notes, missing, left) -> None:
        self.lines, self.before = lines, before
        self.file.imports, self.file.notes = imports, notes
        self.file.missing, self.file.left_lines = missing, left
