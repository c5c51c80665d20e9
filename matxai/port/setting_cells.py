"""Elements of cell arrays are set."""

from __future__ import annotations

from matxai.port import syntax
from matxai.port.code import Code, Refused
from matxai.port.emitter import Emitter
from matxai.port.indexing import flat_subscript
from matxai.port.knowledge import Kind, joined
from matxai.port.places import forget_fields, is_next, place_of
from matxai.port.scopes import base_name
from matxai.port.storing import stored
from matxai.port.subscripts import Subscript, one_based, subscripts
from matxai.port.tables import set_in_table

__all__ = ["to_cell"]


def to_cell(emitter: Emitter, target: syntax.Brace, value: Code) -> None:
    """Write ``c{…} = value``."""
    place = place_of(emitter, target.base, syntax.Brace)
    kind = place.kind
    if kind.name == "table":
        set_in_table(emitter, target, value)
        return
    if isinstance(target.base, syntax.Field) and not _may_change(emitter, target.base):
        _set_property(emitter, target, place, value)
        return
    if kind.name not in ("cell", "any") and not (kind.name == "double" and kind.shape == "any"):
        raise Refused(f"{place.text} is no cell array")
    subs = subscripts(emitter, place, target.arguments)
    text = stored(emitter, value)
    direct = isinstance(target.base, syntax.Name)
    name = base_name(target)
    if kind.name == "cell" and kind.flat and len(subs) == 1 and is_next(target.arguments[0]):
        emitter.write(f"{place.base}.append({text})")
        kind = kind.but()
    elif kind.name == "cell" and _in_place(kind, subs) and not _may_grow(kind, subs):
        sub = flat_subscript(kind, subs) if kind.flat else None
        inner = sub.zero if sub else f"{subs[0].zero}][{subs[1].zero}"
        emitter.write(f"{place.base}[{inner}] = {text}")
    else:
        if (kind.name == "cell" and kind.shape == "matrix") or (len(subs) > 1 and not kind.flat):
            raise Refused("a cell array that grows in rows and columns")
        written = [one_based(emitter, s) for s in _only(kind, subs)]
        helper = emitter.helper("put_item")
        emitter.write(f"{place.text} = {helper}({place.text}, {text}, {', '.join(written)})")
        kind = kind.but()
    if direct:
        _learn_item(emitter, name, kind, value.kind)
    else:
        forget_fields(emitter, target)


def _may_change(emitter: Emitter, node: syntax.Field) -> bool:
    """Tell whether a field is a place: what properties give may be a copy."""
    return emitter.value(node.base).kind.name in ("struct", "any", "table")


def _set_property(emitter: Emitter, target: syntax.Brace, place: Code, value: Code) -> None:
    """Write ``T.Properties.VariableNames{2} = value``."""
    subs = subscripts(emitter, place, target.arguments)
    sub = flat_subscript(place.kind, subs) if place.kind.flat else None
    if place.kind.name != "cell" or sub is None or sub.form != "scalar":
        raise Refused(f"an element of {place.text} is set")
    word = emitter.temporary("names" if target.base.name.endswith("Names") else "values")
    emitter.write(
        f"{word} = list({place.text})",
        f"{word}[{sub.zero}] = {stored(emitter, value)}",
        f"{place.text} = {word}",
    )


def _only(kind: Kind, subs: list[Subscript]) -> list[Subscript]:
    sub = flat_subscript(kind, subs) if kind.flat else (subs[0] if len(subs) == 1 else None)
    if sub is None:
        raise Refused("which way this cell array lies is not known")
    return [sub]


def _in_place(kind: Kind, subs: list[Subscript]) -> bool:
    if kind.flat:
        sub = flat_subscript(kind, subs)
        return sub is not None and sub.form == "scalar"
    return kind.shape == "matrix" and len(subs) == 2 and all(s.form == "scalar" for s in subs)


def _may_grow(kind: Kind, subs: list[Subscript]) -> bool:
    """Tell whether an element behind the end may be set, as far as that can be seen."""
    sub = flat_subscript(kind, subs) if kind.flat else None
    if sub is None or sub.inside or kind.length == -1:
        return False
    known = isinstance(kind.length, int) and isinstance(sub.constant, int)
    return not known or sub.constant > kind.length


def _learn_item(emitter: Emitter, name: str, kind: Kind, item: Kind) -> None:
    if kind.name != "cell":
        emitter.known[name] = Kind("cell", "row")
        return
    # What is known of all elements holds where it is known of the new one; an empty cell array
    # has no elements to differ.
    items = joined([kind.items, item]) if kind.items else None
    emitter.known[name] = kind.but(items=items.but() if items else None, length=kind.length)
