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

__all__ = ["to_cell"]


def to_cell(emitter: Emitter, target: syntax.Brace, value: Code) -> None:
    """Write ``c{…} = value``."""
    place = place_of(emitter, target.base)
    kind = place.kind
    if kind.name not in ("cell", "any") and not (kind.name == "double" and kind.shape == "any"):
        raise Refused(f"{place.text} is no cell array")
    subs = subscripts(emitter, place, target.arguments)
    text = stored(emitter, value)
    direct = isinstance(target.base, syntax.Name)
    name = base_name(target)
    grown = direct and name in emitter.scope.grown
    if kind.name == "cell" and kind.flat and len(subs) == 1 and is_next(target.arguments[0]):
        emitter.write(f"{place.base}.append({text})")
    elif kind.name == "cell" and not grown and _in_place(kind, subs):
        sub = flat_subscript(kind, subs) if kind.flat else None
        inner = sub.zero if sub else f"{subs[0].zero}][{subs[1].zero}"
        emitter.write(f"{place.base}[{inner}] = {text}")
    else:
        if (kind.name == "cell" and kind.shape == "matrix") or (len(subs) > 1 and not kind.flat):
            raise Refused("a cell array that grows in rows and columns")
        written = [one_based(emitter, s) for s in _only(kind, subs)]
        helper = emitter.helper("put_item")
        emitter.write(f"{place.text} = {helper}({place.text}, {text}, {', '.join(written)})")
    if direct:
        _learn_item(emitter, name, kind, value.kind)
    else:
        forget_fields(emitter, target)


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


def _learn_item(emitter: Emitter, name: str, kind: Kind, item: Kind) -> None:
    if kind.name != "cell":
        emitter.known[name] = Kind("cell", "row")
        return
    # What is known of all elements holds where it is known of the new one; an empty cell array
    # has no elements to differ.
    items = joined([kind.items, item]) if kind.items else None
    emitter.known[name] = kind.but(items=items.but() if items else None)
