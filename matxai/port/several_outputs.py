"""Assignments of several outputs: ``[a, b] = f(x)``."""

from __future__ import annotations

from matxai.port import syntax
from matxai.port.assigning import assign
from matxai.port.calls import call_several, called_function
from matxai.port.code import ATOM, Code, Refused
from matxai.port.emitter import Emitter
from matxai.port.knowledge import ANY, Kind
from matxai.port.listing import comma_list
from matxai.port.places import know
from matxai.port.scopes import base_name

__all__ = ["assign_several"]


def assign_several(emitter: Emitter, node: syntax.Assign) -> None:
    """Write ``[a, b] = f(x)``."""
    name, arguments = called_function(emitter, node.value)
    listed = _list_of_values(emitter, node.value, name, arguments)
    if listed is not None:
        _from_list(emitter, node, listed, exact=name == "deal")
        return
    if name is None and _is_handle(emitter, node.value):
        code = _of_handle(emitter, node.value, len(node.targets))
        _take(emitter, node, code, [ANY] * len(node.targets))
        return
    if name is None:
        name, arguments = _through_handle(emitter, node.value)
    if name is None:
        raise Refused("several outputs of what is no function")
    code, kinds = _outputs(emitter, name, arguments, len(node.targets))
    _take(emitter, node, code, kinds)


def _is_handle(emitter: Emitter, node: syntax.Expression) -> bool:
    """Tell whether a call is that of a function handle which returns a tuple."""
    if not isinstance(node, syntax.Apply) or not isinstance(node.base, syntax.Name):
        return False
    kind = emitter.kind_of(node.base.name)
    return kind.name == "function_handle" and bool(kind.items) and kind.items.name == "tuple"


def _of_handle(emitter: Emitter, node: syntax.Apply, nargout: int) -> Code:
    given = ", ".join(emitter.value(a).text for a in node.arguments)
    return Code(f"{emitter.value(node.base).base}({given})[:{nargout}]", ATOM)


def _take(emitter: Emitter, node: syntax.Assign, code: Code, kinds: list[Kind]) -> None:
    """Write the assignment of several outputs to their targets."""
    emitter.flush()
    texts, later = [], []
    for target, kind in zip(node.targets, kinds, strict=False):
        part = Code("", ATOM, kind, code.shares)
        if isinstance(target, syntax.Ignored):
            texts.append("_")
        elif isinstance(target, syntax.Name) and _simple(emitter, target.name, part):
            texts.append(emitter.python(target.name))
        else:
            word = emitter.temporary(f"{base_name(target)}_new")
            texts.append(word)
            later.append((target, word, kind))
    emitter.write(f"{', '.join(texts)} = {code.text}")
    for target, kind in zip(node.targets, kinds, strict=False):
        if isinstance(target, syntax.Name):
            know(emitter, target.name, kind)
    for target, word, kind in later:
        assign(emitter, target, Code(word, ATOM, kind, code.shares), None)


def _simple(emitter: Emitter, name: str, part: Code) -> bool:
    """Tell whether an output can be bound as it is, without a copy."""
    scope = emitter.scope
    if name not in scope.changed | scope.shared:
        later = scope.changed_from(emitter.statement.line) | scope.shared
        return not part.shares & later
    return not part.shares and (
        part.kind.safe or part.kind.scalar or part.kind.name in ("cell", "struct", "char", "string")
    )


def _outputs(
    emitter: Emitter, name: str, arguments: tuple[syntax.Expression, ...], nargout: int
) -> tuple[Code, list[Kind]]:
    if name == "dlfeval" and arguments:
        return _dlfeval(emitter, arguments, nargout)
    return call_several(emitter, name, arguments, nargout)


def _dlfeval(
    emitter: Emitter, arguments: tuple[syntax.Expression, ...], nargout: int
) -> tuple[Code, list[Kind]]:
    """Write dlfeval, which returns whatever the function does."""
    function = arguments[0]
    name = called_function(emitter, getattr(function, "body", function))[0]
    name = function.name if isinstance(function, syntax.Handle) else name
    routine = emitter.file.routines.get(name)
    emitter.asked = function
    given = [emitter.value(a).text for a in arguments]
    text = f"{emitter.uses('dlfeval')}({', '.join(given)})"
    count = len(routine.node.outputs) if routine else nargout
    return Code(text if count == nargout else f"{text}[:{nargout}]"), [Kind("dlarray", "any")] * (
        nargout
    )


def _through_handle(
    emitter: Emitter, node: syntax.Expression
) -> tuple[str | None, tuple[syntax.Expression, ...]]:
    if isinstance(node, syntax.Apply) and isinstance(node.base, syntax.Field):
        base = emitter.value(node.base.base)
        if base.kind.name not in ("struct", "any", "cell"):
            return node.base.name, (node.base.base, *node.arguments)
    return None, ()


def _list_of_values(
    emitter: Emitter,
    node: syntax.Expression,
    name: str | None,
    arguments: tuple[syntax.Expression, ...],
) -> Code | None:
    """Write the list in ``[a, b] = c{:}`` and ``[a, b] = deal(c{:})``."""
    if name == "deal" and len(arguments) == 1 and name not in emitter.file.routines:
        return comma_list(emitter, arguments[0])
    return comma_list(emitter, node)


def _from_list(emitter: Emitter, node: syntax.Assign, listed: Code, exact: bool) -> None:
    """Write ``[a, b] = c{:}``; values that are left over are none's, but an error of deal."""
    if not all(isinstance(t, (syntax.Name, syntax.Ignored)) for t in node.targets):
        raise Refused("several outputs of what is no function")
    texts = ["_" if isinstance(t, syntax.Ignored) else emitter.python(t.name) for t in node.targets]
    for target in node.targets:
        if isinstance(target, syntax.Name) and target.name in emitter.scope.changed:
            raise Refused("a cell that is changed in place")
    emitter.write(f"{', '.join([*texts, *([] if exact else ['*_'])])} = {listed.text}")
    for target in node.targets:
        if isinstance(target, syntax.Name):
            know(emitter, target.name, listed.kind.items or ANY)
