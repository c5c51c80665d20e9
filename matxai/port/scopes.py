"""Which names of a script or function are variables, and which of them are changed in place."""

from __future__ import annotations

import keyword
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any

from matxai.port import syntax

__all__ = ["Scope", "base_name", "called_names", "python_name", "scope_of", "walk"]

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


def walk(node: Any) -> Iterator[syntax.Node]:
    """Yield all nodes in a node, or in a tuple of nodes."""
    if isinstance(node, tuple):
        for item in node:
            yield from walk(item)
    elif isinstance(node, syntax.Node):
        yield node
        for each in fields(node):
            if each.name not in ("line", "last", "source"):
                yield from walk(getattr(node, each.name))


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


def _bindings(body: Any) -> Iterator[str]:
    """Yield the name of each assignment; twice where it stands in a loop."""
    for node in walk(body):
        if isinstance(node, syntax.Assign):
            yield from (name for t in node.targets if (name := base_name(t)))
        elif isinstance(node, syntax.For):
            yield from [base_name(node.target) or ""] * 2
            yield from _bindings(node.body)
        elif isinstance(node, syntax.While):
            yield from _bindings(node.body)


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
    counts = Counter(_bindings(body)) + Counter(parameters)
    return Scope(
        variables=frozenset(variables),
        changed=frozenset(changed),
        grown=frozenset(changed & (empty | (changed - bound) | {"varargout"})),
        shared=frozenset(shared),
        rebound=frozenset(name for name, count in counts.items() if count > 1),
        indexing=frozenset(_indexing(body, variables) - changed),
        deep=any(_is_deep(target) for target, _ in _targets(body)),
        rows=frozenset(_rows(body) & changed & (empty | (changed - bound))),
    )


def called_names(body: Any, variables: frozenset[str]) -> set[str]:
    """Return the names in a body that are no variables: functions."""
    found: set[str] = set()
    own = {p for n in walk(body) if isinstance(n, syntax.Lambda) for p in n.parameters}
    for node in walk(body):
        if isinstance(node, syntax.Name) and node.name not in variables | own:
            found.add(node.name)
        elif isinstance(node, (syntax.Handle, syntax.Command)):
            found.add(node.name.split(".")[0])
    return found


def python_name(name: str, taken: frozenset[str]) -> str:
    """Return the Python name of a variable."""
    return f"{name}_" if name in _RESERVED or name in taken else name
