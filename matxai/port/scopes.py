"""Which names of a script or function are variables, and which of them are changed in place."""

from __future__ import annotations

import functools
import keyword
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any

from matxai.port import syntax

__all__ = ["Scope", "base_name", "bindings", "called_names", "python_name", "scope_of", "walk"]

# Python's own names that the emitted code uses: a variable of such a name gets an underscore.
_RESERVED = frozenset(keyword.kwlist) | frozenset(
    [
        "Exception",
        "NotImplementedError",
        "SystemExit",
        "bool",
        "dict",
        "float",
        "getattr",
        "globals",
        "int",
        "len",
        "list",
        "locals",
        "np",
        "object",
        "ord",
        "print",
        "range",
        "sorted",
        "str",
        "zip",
    ]
)


@dataclass(frozen=True)
class Scope:
    """The variables of one script or function.

    Attributes
    ----------
    variables : frozenset of str
        All names that are assigned, and the parameters.
    changed : frozenset of str
        Those of which elements or fields are assigned or deleted.
    grown : frozenset of str
        Those that start empty, or without a value, and get elements later.
    shared : frozenset of str
        Those whose memory others hold as well: global and persistent ones.
    rebound : frozenset of str
        Those that get a value more than once, or in a loop.
    indexing : frozenset of str
        Those that stand in subscripts of others.
    rows : frozenset of str
        Those that grow from nothing by one subscript, and so are rows.
    loaded : frozenset of str
        Those that nothing explains but a file that is loaded.
    deep : bool
        Whether parts of fields or of cells are changed, which may be other variables' values, too.
    fickle : frozenset of str
        Those that other functions give values to: what they hold is never known.
    changes : frozenset of (str, int)
        Which names are changed at which lines.
    loops : frozenset of (int, int)
        The first and last lines of loops.
    caught : frozenset of str
        The names of errors that nothing but the handlers of these errors uses.
    """

    variables: frozenset[str]
    changed: frozenset[str]
    grown: frozenset[str]
    shared: frozenset[str]
    rebound: frozenset[str]
    indexing: frozenset[str]
    rows: frozenset[str]
    loaded: frozenset[str] = frozenset()
    deep: bool = False
    fickle: frozenset[str] = frozenset()
    changes: frozenset[tuple[str, int]] = frozenset()
    loops: frozenset[tuple[int, int]] = frozenset()
    caught: frozenset[str] = frozenset()

    def changed_from(self, line: int) -> frozenset[str]:
        """Return the names that are changed in place at a line, behind it, or in a loop around."""
        return _changed_from(self.changes, self.loops, line)


@functools.lru_cache(4096)
def _changed_from(
    changes: frozenset[tuple[str, int]], loops: frozenset[tuple[int, int]], line: int
) -> frozenset[str]:
    first = min([line, *(start for start, stop in loops if start <= line <= stop)])
    # What has no line may stand anywhere.
    return frozenset(name for name, at in changes if at >= first or not at or not line)


def _changes(body: Any) -> Iterator[tuple[str, int]]:
    for node in walk(body):
        for target in node.targets if isinstance(node, syntax.Assign) else ():
            name = base_name(target)
            if name and not isinstance(target, syntax.Name):
                yield name, node.line


def _caught(body: Any) -> Iterator[str]:
    used = Counter(n.name for n in walk(body) if isinstance(n, syntax.Name))
    texts = {n.value for n in walk(body) if isinstance(n, syntax.Text)}
    texts |= {w for n in walk(body) if isinstance(n, syntax.Command) for w in n.words}
    inside: Counter[str] = Counter()
    for node in walk(body):
        if isinstance(node, syntax.Try) and node.name:
            names = [n.name for n in walk(node.handler) if isinstance(n, syntax.Name)]
            inside[node.name] += names.count(node.name)
    return (name for name, count in inside.items() if count == used[name] and name not in texts)


def _loops(body: Any) -> Iterator[tuple[int, int]]:
    for node in walk(body):
        if isinstance(node, (syntax.For, syntax.While)):
            lines = [n.line for n in walk(node) if isinstance(n, syntax.Statement)]
            yield node.line if min(lines) else 0, max(lines)


def walk(node: Any) -> Iterator[syntax.Node]:
    """Yield all nodes in a node, or in a tuple of nodes."""
    rest = [node]
    while rest:
        each = rest.pop()
        if isinstance(each, tuple):
            rest.extend(reversed(each))
        elif isinstance(each, syntax.Node):
            yield each
            rest.extend([getattr(each, name) for name in reversed(_part_names(type(each)))])


def _parts(node: Any) -> tuple[Any, ...]:
    """Return what a node, or a tuple, holds."""
    if isinstance(node, syntax.Node):
        return tuple([getattr(node, name) for name in _part_names(type(node))])
    return node if isinstance(node, tuple) else ()


@functools.cache
def _part_names(kind: type[syntax.Node]) -> tuple[str, ...]:
    return tuple(f.name for f in fields(kind) if f.name not in ("line", "last", "source"))


def base_name(node: syntax.Expression) -> str | None:
    """Return the name of the variable that a target changes; None if there is none."""
    while isinstance(node, (syntax.Apply, syntax.Brace, syntax.Field, syntax.DynamicField)):
        node = node.base
    return node.name if isinstance(node, syntax.Name) else None


def _targets(body: Any) -> Iterator[tuple[syntax.Expression, syntax.Expression | None]]:
    for node in walk(body):
        if isinstance(node, syntax.Assign):
            for target in node.targets:
                yield target, node.value
        elif isinstance(node, syntax.For):
            yield node.target, None


def _empty(value: syntax.Expression | None) -> bool:
    if isinstance(value, (syntax.Matrix, syntax.Cell)):
        return not any(value.rows)
    return isinstance(value, syntax.Text) and not value.value


def _is_deep(target: syntax.Expression) -> bool:
    """Tell whether a target is an element of a field or of a cell."""
    return isinstance(target, (syntax.Apply, syntax.Brace)) and not isinstance(
        target.base, syntax.Name
    )


def bindings(body: Any) -> Iterator[str]:
    """Yield the name of each assignment; twice where it stands in a loop."""
    rest = [(body, 1)]
    while rest:
        node, times = rest.pop()
        targets: tuple[Any, ...] = node.targets if isinstance(node, syntax.Assign) else ()
        if isinstance(node, (syntax.For, syntax.While)):
            times = 2
            targets = (node.target,) if isinstance(node, syntax.For) else ()
        for name in map(base_name, targets):
            yield from [name] * times if name else ()
        rest.extend((part, times) for part in _parts(node))


def _subscript_names(node: Any) -> Iterator[str]:
    if isinstance(node, syntax.Name):
        yield node.name
    elif isinstance(node, syntax.Binary) and node.operator in "+-":
        yield from _subscript_names(node.left)
        yield from _subscript_names(node.right)
    elif isinstance(node, syntax.Range):
        yield from _subscript_names(node.start)
        yield from _subscript_names(node.stop)
    elif isinstance(node, syntax.Matrix):
        for row in node.rows:
            for item in row:
                yield from _subscript_names(item)


def _indexing(body: Any, variables: set[str]) -> set[str]:
    found: set[str] = set()
    for node in walk(body):
        if isinstance(node, (syntax.Apply, syntax.Brace)):
            base = node.base
            if isinstance(base, syntax.Name) and base.name not in variables:
                continue
            for argument in node.arguments:
                found.update(_subscript_names(argument))
    return found


def _rows(body: Any) -> set[str]:
    """Return the names that are assigned to by one subscript, and in no other way."""
    found, others = set(), set()
    for target, value in _targets(body):
        name = base_name(target)
        if isinstance(target, syntax.Apply) and isinstance(target.base, syntax.Name):
            one = len(target.arguments) == 1 and not isinstance(target.arguments[0], syntax.Colon)
            (found if one else others).add(name)
        elif (isinstance(target, syntax.Name) and not _empty(value)) or not isinstance(
            target, syntax.Name
        ):
            others.add(name)
    return found - others


def scope_of(body: tuple[syntax.Statement, ...], parameters: tuple[str, ...] = ()) -> Scope:
    """Find the variables of a body, without those of the functions in it."""
    variables, changed, empty, shared = set(parameters), set(), set(), set()
    bound: set[str] = set(parameters)
    for target, value in _targets(body):
        name = base_name(target)
        if name is None:
            continue
        variables.add(name)
        if not isinstance(target, syntax.Name):
            changed.add(name)
            continue
        bound.add(name)
        if _empty(value):
            empty.add(name)
    for node in walk(body):
        if isinstance(node, (syntax.Global, syntax.Persistent)):
            variables.update(node.names)
            shared.update(node.names)
            empty.update(node.names)
        elif isinstance(node, syntax.Try) and node.name:
            variables.add(node.name)
    variables.discard("~")
    counts = Counter(bindings(body)) + Counter(parameters)
    return Scope(
        variables=frozenset(variables),
        changed=frozenset(changed),
        grown=frozenset(changed & (empty | (changed - bound) | {"varargout"})),
        shared=frozenset(shared),
        rebound=frozenset(name for name, count in counts.items() if count > 1),
        indexing=frozenset(_indexing(body, variables) - changed),
        changes=frozenset(_changes(body)),
        loops=frozenset(_loops(body)),
        caught=frozenset(_caught(body)),
        deep=any(_is_deep(target) for target, _ in _targets(body)),
        rows=frozenset(_rows(body) & changed & (empty | (changed - bound))),
    )


def called_names(body: Any, variables: frozenset[str]) -> set[str]:
    """Return the names in a body that are no variables: functions."""
    found: set[str] = set()
    own = {p for n in walk(body) if isinstance(n, syntax.Lambda) for p in n.parameters}
    known = variables | own
    for node in walk(body):
        if isinstance(node, syntax.Name) and node.name not in known:
            found.add(node.name)
        elif isinstance(node, (syntax.Handle, syntax.Command)):
            found.add(node.name.split(".")[0])
    return found


def python_name(name: str, taken: frozenset[str]) -> str:
    """Return the Python name of a variable."""
    return f"{name}_" if name in _RESERVED or name in taken else name
