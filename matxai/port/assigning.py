"""Assignments: to variables, and to fields of structs."""

from __future__ import annotations

import keyword

from matxai.port import syntax
from matxai.port.code import ATOM, Code, Refused
from matxai.port.deleting import delete_part, is_deletion
from matxai.port.emitter import Emitter
from matxai.port.knowledge import Kind
from matxai.port.places import attribute, forget_fields, know, learn_field, make_empty, place_of
from matxai.port.scopes import base_name
from matxai.port.setting_cells import to_cell
from matxai.port.setting_parts import to_part
from matxai.port.storing import kept, stored
from matxai.port.subscripts import one_based, subscripts
from matxai.port.tables import delete_in_table

__all__ = ["assign", "bind"]


def bind(emitter: Emitter, name: str, code: Code) -> None:
    """Write ``name = value``."""
    if code.kind.name == "none":
        raise Refused("this call has no output")
    made = kept(emitter, name, code)
    emitter.write(f"{emitter.python(name)} = {made.text}")
    know(emitter, name, made.kind)


def assign(emitter: Emitter, target: syntax.Expression, value: Code, node: object) -> None:
    """Write ``target = value``; `node` is what the value was in MATLAB."""
    if isinstance(target, syntax.Name):
        bind(emitter, target.name, value)
        return
    name = base_name(target)
    if name is None:
        raise Refused("what is assigned to is no variable")
    if value.kind.name == "none":
        raise Refused("this call has no output")
    if emitter.is_variable(name) and any(name in names for names in emitter.local):
        raise Refused("a parameter of an anonymous function is assigned to")
    make_empty(emitter, target, name)
    if isinstance(target, syntax.DynamicField) and _is_name(target.name):
        target = syntax.Field(target.base, target.name.value)
    if _is_removal(emitter, target, node):
        delete_in_table(emitter, target)
    elif is_deletion(target, node):
        delete_part(emitter, target)
    elif isinstance(target, syntax.Field):
        _to_field(emitter, target, value)
    elif isinstance(target, syntax.DynamicField):
        place = place_of(emitter, target.base)
        key = emitter.value(target.name)
        emitter.write(f"{place.base}[{key.text}] = {stored(emitter, value)}")
        forget_fields(emitter, target)
    elif isinstance(target, syntax.Brace):
        to_cell(emitter, target, value)
    else:
        to_part(emitter, target, value)


def _is_removal(emitter: Emitter, target: syntax.Expression, node: object) -> bool:
    """Tell whether an assignment removes rows or variables of a table."""
    empty = isinstance(node, syntax.Matrix) and not any(node.rows)
    if not empty or not isinstance(target, (syntax.Apply, syntax.Field)):
        return False
    owner = target.base
    if isinstance(owner, syntax.Name):
        return emitter.kind_of(owner.name).name == "table"
    return isinstance(owner, syntax.Field) and emitter.value(owner).kind.name == "table"


def _is_name(node: syntax.Expression) -> bool:
    text = node.value if isinstance(node, syntax.Text) else ""
    return text.isidentifier() and text.isascii() and not keyword.iskeyword(text)


def _to_field(emitter: Emitter, target: syntax.Field, value: Code) -> None:
    inner = target.base
    if isinstance(inner, syntax.Apply):
        grown = _grow_structs(emitter, inner, target.name, value)
        if grown:
            return
    place = place_of(emitter, inner)
    if place.kind.numeric or place.kind.text or place.kind.name == "cell":
        raise Refused(f"{place.text} is no struct")
    if place.kind.name == "struct" and place.kind.flat:
        raise Refused("the field of several structs")
    emitter.write(f"{attribute(place, target.name)} = {stored(emitter, value)}")
    learn_field(emitter, target, value.kind)


def _grow_structs(emitter: Emitter, target: syntax.Apply, field: str, value: Code) -> bool:
    """Write ``s(end+1).field = value`` and ``s(k).field = value`` for arrays of structs."""
    if not isinstance(target.base, syntax.Name):
        return False
    name = target.base.name
    kind = emitter.kind_of(name)
    if kind.name == "map":
        return False
    first = isinstance(target.arguments[0], syntax.Number) and target.arguments[0].text == "1"
    if kind.name == "struct" and kind.scalar and first:
        return False
    if kind.name not in ("struct", "double") or (kind.name == "double" and kind.shape != "any"):
        return False
    if len(target.arguments) != 1:
        raise Refused("arrays of structs in rows and columns")
    base = Code(emitter.python(name), ATOM, kind)
    sub = subscripts(emitter, base, target.arguments)[0]
    helper = emitter.helper("put_field")
    emitter.write(
        f"{base.text} = {helper}({base.text}, '{field}', {stored(emitter, value)}, "
        f"{one_based(emitter, sub)})"
    )
    emitter.known[name] = Kind("struct", "row")
    return True
