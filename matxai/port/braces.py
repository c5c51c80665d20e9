"""Elements of cell arrays, and what stands in tables: ``c{2}``, ``T{1, 'name'}``."""

from __future__ import annotations

from matxai.port import syntax
from matxai.port.code import ATOM, Code, Refused
from matxai.port.emitter import Emitter
from matxai.port.indexing import flat_subscript, indexed
from matxai.port.knowledge import ANY
from matxai.port.subscripts import one_based, subscripts
from matxai.port.tables import table_values

__all__ = ["braced"]


def braced(emitter: Emitter, base: Code, arguments: tuple[syntax.Expression, ...]) -> Code:
    """Write ``base{arguments}``."""
    kind = base.kind
    if kind.name == "table":
        return table_values(emitter, base, arguments)
    if any(isinstance(a, syntax.Colon) for a in arguments):
        raise Refused("a list of values stands where one value is expected")
    if kind.name == "string":
        return indexed(emitter, base, arguments)
    subs = subscripts(emitter, base, arguments)
    if any(s.form in ("slice", "array", "mask") for s in subs):
        raise Refused("a list of values stands where one value is expected")
    made = kind.items or ANY
    sub = flat_subscript(kind, subs) if kind.flat else None
    if kind.name == "cell" and sub and sub.form == "scalar":
        shares = frozenset() if made.plain else base.shares
        return Code(f"{base.base}[{sub.zero}]", ATOM, made, shares)
    if (
        kind.name == "cell"
        and kind.shape == "matrix"
        and len(subs) == 2
        and all(s.form == "scalar" for s in subs)
    ):
        return Code(f"{base.base}[{subs[0].zero}][{subs[1].zero}]", ATOM, made, base.shares)
    if kind.name == "cell" and kind.shape == "matrix" and len(subs) == 1:
        helper = emitter.helper("listed_grid")
        text = f"{helper}({base.text}, {one_based(emitter, subs[0])})[0]"
        return Code(text, ATOM, made, base.shares)
    if len(subs) != 1:
        raise Refused("which way this cell array lies is not known")
    listed = ", ".join([base.text, *(one_based(emitter, s) for s in subs)])
    return Code(f"{emitter.helper('item')}({listed})", ATOM, made, base.shares)
