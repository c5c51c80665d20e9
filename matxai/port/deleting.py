"""Parts of arrays are deleted: ``x(i) = []``."""

from __future__ import annotations

from matxai.port import syntax
from matxai.port.code import Code, Refused
from matxai.port.emitter import Emitter
from matxai.port.indexing import flat_subscript
from matxai.port.places import place_of
from matxai.port.scopes import base_name
from matxai.port.subscripts import one_based, subscripts

__all__ = ["delete_part", "is_deletion"]


def is_deletion(target: syntax.Expression, node: object) -> bool:
    """Tell whether an assignment deletes what it names."""
    return (
        isinstance(target, syntax.Apply) and isinstance(node, syntax.Matrix) and not any(node.rows)
    )


def delete_part(emitter: Emitter, target: syntax.Apply) -> None:
    """Write a deletion."""
    place = place_of(emitter, target.base)
    kind = place.kind
    subs = subscripts(emitter, place, target.arguments)
    name = base_name(target)
    sub = flat_subscript(kind, subs) if kind.flat else None
    if kind.name in ("cell", "struct") and sub and sub.form in ("scalar", "slice"):
        emitter.write(f"del {place.base}[{sub.zero}]")
    elif kind.name in ("cell", "struct") and (sub is None or sub.form == "all"):
        raise Refused("which way this cell array lies is not known")
    elif kind.flat and sub and sub.form == "scalar" and kind.numeric:
        emitter.write(f"{place.text} = {emitter.numpy()}.delete({place.text}, {sub.zero})")
    elif kind.flat and sub and sub.form == "mask" and kind.numeric:
        mask = Code(sub.zero, sub.level).at(11)
        emitter.write(f"{place.text} = {place.base}[~{mask}]")
    else:
        listed = [one_based(emitter, s) for s in ([sub] if sub else subs)]
        if kind.name == "any":
            emitter.differs(place.text, "it is taken to be an array")
        emitter.write(
            f"{place.text} = {emitter.helper('removed')}({place.text}, {', '.join(listed)})"
        )
        if not kind.flat and isinstance(target.base, syntax.Name) and len(subs) == 1:
            emitter.known[name] = kind.but(shape="any", rank=0)
            return
    if isinstance(target.base, syntax.Name):
        emitter.known[name] = kind.but(index=kind.index, whole=kind.whole)
