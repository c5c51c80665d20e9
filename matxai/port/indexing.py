"""Elements and parts of values: 1-based subscripts become 0-based brackets where that is safe."""

from __future__ import annotations

from matxai.port import syntax
from matxai.port.code import ATOM, Code, Refused
from matxai.port.emitter import Emitter
from matxai.port.knowledge import ANY, Kind, chars
from matxai.port.observations import is_one_row
from matxai.port.subscripts import Subscript, one_based, subscripts

__all__ = [
    "bracketed",
    "element_kind",
    "handle_call",
    "indexed",
    "indexed_kind",
    "oriented",
]

# Objects that are lists of others in Python.
_LISTS = frozenset(["cell", "struct", "file", "layers", "object"])
_ARRAYS = frozenset(["double", "single", "logical", "numeric", "string", "labels", "categorical"])


def oriented(emitter: Emitter, code: Code) -> str:
    """Write a vector so that it tells whether it is a row or a column."""
    if code.kind.shape == "rowish" and code.kind.numeric:
        return f"{emitter.numpy()}.atleast_2d({code.text})"
    if code.kind.shape == "row" and not code.kind.one_text and code.kind.name != "cell":
        return f"{code.base}[{emitter.numpy()}.newaxis]"
    if code.kind.shape == "column" and code.kind.name != "cell":
        return f"{code.base}[:, {emitter.numpy()}.newaxis]"
    return code.text


def element_kind(kind: Kind) -> Kind:
    """Return what one element of an array is."""
    if kind.name in ("cell",):
        return Kind("cell", "row", items=kind.items)
    if kind.name in _LISTS:
        if kind.items:
            return kind.items
        return Kind(kind.name, "scalar", fields=kind.fields)
    if kind.name == "char":
        return chars()
    if kind.name == "labels":
        return Kind("any", "scalar")
    low = kind.low
    # An element of an array of integers is NumPy's int, which wraps around.
    safe = kind.safe and not kind.index
    return Kind(kind.name, "scalar", index=kind.index, safe=safe, whole=kind.whole, low=low)


def indexed_kind(kind: Kind, subs: list[Subscript]) -> Kind:
    """Return what MATLAB's rules make of an index."""
    if kind.name == "any":
        return ANY
    if all(s.form == "scalar" for s in subs):
        return element_kind(kind)
    part = kind.but(shape="any", rank=0, low=kind.low)
    if kind.name in ("struct", "file", "layers") and subs[0].form not in ("slice", "all"):
        return part
    if kind.name not in _ARRAYS and kind.name not in _LISTS and kind.name != "char":
        return ANY
    if len(subs) == 1:
        return part.but(shape=_one_shape(kind, subs[0]))
    forms = [s.form for s in subs]
    flat = [f != "scalar" for f in forms]
    if not any(flat[1:]):
        return part.but(shape="column")
    if not any(flat[2:]) and not flat[0]:
        return part.but(shape="row")
    last = max(i for i, f in enumerate(flat) if f)
    return part.but(shape="matrix", rank=last + 1)


def _one_shape(kind: Kind, sub: Subscript) -> str:
    if sub.form == "all":
        return "column" if kind.name != "char" else "any"
    if kind.name == "char":
        return "row"
    if kind.shape in ("row", "column", "vector"):
        return kind.shape if sub.shape in ("row", "column", "vector") else "any"
    if kind.shape == "scalar":
        return sub.shape
    if isinstance(kind.length, tuple) and min(kind.length) > 1:
        return "column" if sub.form == "mask" and sub.shape == "matrix" else sub.shape
    if sub.form == "mask" or sub.shape in ("row", "column"):
        return "vector"
    return "any"


def indexed(emitter: Emitter, base: Code, arguments: tuple[syntax.Expression, ...]) -> Code:
    """Write ``base(arguments)``, base being a value."""
    kind = base.kind
    if kind.name == "function_handle":
        return handle_call(emitter, base, arguments)
    if not arguments:
        return base if kind.name != "any" else _generic(emitter, base, [])
    if kind.name == "map":
        key = emitter.value(arguments[0])
        return Code(f"{base.base}[{key.text}]", ATOM, ANY, base.shares)
    from matxai.port.listing import has_list, indexed_by_list

    if has_list(emitter, arguments):
        return indexed_by_list(emitter, base, arguments)
    if kind.name == "table":
        from matxai.port.tables import table_part

        return table_part(emitter, base, arguments)
    subs = subscripts(emitter, base, arguments)
    if kind.name == "char" and subs[0].form == "all":
        raise Refused("a column of characters")
    return bracketed(emitter, base, subs) or _generic(emitter, base, subs)


def handle_call(emitter: Emitter, base: Code, arguments: tuple[syntax.Expression, ...]) -> Code:
    """Write the call of a function handle for one output."""
    from matxai.port.listing import given

    written = ", ".join(given(emitter, a) for a in arguments)
    made = base.kind.items or ANY
    if made.name == "perhaps tuple":
        return Code(f"{emitter.helper('at')}({base.text}, {written})", ATOM)
    if made.name == "tuple":
        return Code(f"{base.base}({written})[0]", ATOM)
    return Code(f"{base.base}({written})", ATOM, made)


def _generic(emitter: Emitter, base: Code, subs: list[Subscript]) -> Code:
    if base.kind.shape == "rowish" or (base.kind.flat and len(subs) > 1):
        base = Code(oriented(emitter, base), ATOM, base.kind, base.shares)
    listed = ", ".join([base.text, *(one_based(emitter, s) for s in subs)])
    if base.kind.name == "char":
        emitter.helper("at")
        return Code(f"at({listed})", ATOM, indexed_kind(base.kind, subs))
    kind = indexed_kind(base.kind, subs)
    if len(subs) == 1 and kind.shape == "vector" and not base.kind.flat:
        # What is taken of an array of two dimensions lies as the array does, if that has one row.
        kind = kind.but(shape="any", index=kind.index, whole=kind.whole)
    shares = frozenset() if kind.plain or kind.numeric else base.shares
    return Code(f"{emitter.helper('at')}({listed})", ATOM, kind, shares)


def bracketed(emitter: Emitter, base: Code, subs: list[Subscript]) -> Code | None:
    """Write an index by Python's brackets; None where they could mean something else."""
    kind = base.kind
    made = indexed_kind(kind, subs)
    if kind.scalar and all(_is_first(s) for s in subs) and kind.name != "any":
        return base
    if kind.name == "string" and kind.scalar:
        return None
    if kind.name == "cell" and kind.shape == "matrix":
        return _of_grid(emitter, base, subs)
    if kind.one_text:
        return _of_text(base, subs, made)
    if kind.flat:
        return _of_flat(emitter, base, subs, made)
    if kind.shape == "matrix" and kind.name in _ARRAYS:
        if len(subs) == 1 and is_one_row(kind):
            return _of_row(base, subs[0])
        if len(subs) == 1:
            return _of_all(emitter, base, subs[0], made)
        return _of_matrix(base, subs, made)
    if kind.name in _ARRAYS and len(subs) == 1 and subs[0].form == "all":
        return Code(f"{emitter.numpy()}.ravel({base.text}, 'F')", ATOM, made, base.shares)
    return None


def _of_grid(emitter: Emitter, base: Code, subs: list[Subscript]) -> Code | None:
    """Write a row or a column of a cell array of rows and columns."""
    single = [sub.form == "scalar" for sub in subs]
    many = [sub.form in ("all", "slice", "array", "mask") for sub in subs]
    if (single + many).count(True) != len(subs) or single.count(False) != 1:
        return None
    shape = "row" if len(subs) == 2 and single[0] else "column"
    if len(subs) > 2 or (len(subs) == 1 and subs[0].form != "all"):
        return None
    listed = ", ".join([base.text, *(one_based(emitter, sub) for sub in subs)])
    made = Kind("cell", shape, items=base.kind.items)
    return Code(f"{emitter.helper('listed_grid')}({listed})", ATOM, made, base.shares)


def _is_first(sub: Subscript) -> bool:
    return sub.form == "all" or (sub.form == "scalar" and sub.constant == 1)


def _of_text(base: Code, subs: list[Subscript], made: Kind) -> Code | None:
    subs = subs[1:] if len(subs) == 2 and _is_first(subs[0]) else subs
    if len(subs) != 1 or subs[0].form not in ("scalar", "slice"):
        return None
    return Code(f"{base.base}[{subs[0].zero}]", ATOM, made)


def _of_flat(emitter: Emitter, base: Code, subs: list[Subscript], made: Kind) -> Code | None:
    sub = flat_subscript(base.kind, subs)
    if sub is None:
        return None
    shares = frozenset() if made.plain else base.shares
    if sub.form == "all":
        shape = "column" if len(subs) == 1 else base.kind.shape
        return base.known(base.kind.but(shape=shape))
    if len(subs) == 2 and sub.form != "scalar":
        made = base.kind.but(rank=0)
    python_list = base.kind.name in _LISTS
    if sub.form == "scalar":
        if base.kind.name == "cell":
            return Code(f"[{base.base}[{sub.zero}]]", ATOM, made, shares)
        return Code(f"{base.base}[{sub.zero}]", ATOM, made, shares)
    if sub.form == "slice":
        return Code(f"{base.base}[{sub.zero}]", ATOM, made, shares)
    if python_list or sub.form not in ("array", "mask") or sub.shape not in _FLAT:
        return None
    return Code(f"{base.base}[{sub.zero}]", ATOM, made)


_FLAT = ("row", "column", "vector")


def flat_subscript(kind: Kind, subs: list[Subscript]) -> Subscript | None:
    """Return the subscript that counts for a vector; None where that is not known."""
    if len(subs) == 1:
        return subs[0]
    if len(subs) != 2 or kind.shape == "vector":
        return None
    other, sub = subs if kind.shape == "row" else subs[::-1]
    return sub if _is_first(other) else None


def _of_row(base: Code, sub: Subscript) -> Code | None:
    """Write one subscript into a row that has two dimensions in Python."""
    made = indexed_kind(base.kind.but(shape="row", rank=0, low=base.kind.low), [sub])
    shares = frozenset() if made.plain or sub.form in ("array", "mask") else base.shares
    if sub.form == "all":
        return Code(f"{base.base}[0]", ATOM, made, shares)
    if sub.form in ("scalar", "slice") or (sub.form in ("array", "mask") and sub.shape in _FLAT):
        return Code(f"{base.base}[0, {sub.zero}]", ATOM, made, shares)
    return None


def _of_all(emitter: Emitter, base: Code, sub: Subscript, made: Kind) -> Code | None:
    """Write one subscript that runs through a whole matrix, column by column."""
    column = f"{base.base}.ravel('F')"
    if sub.form == "all":
        return Code(column, ATOM, made, base.shares)
    if sub.form == "mask" and base.kind.rank == 2 and sub.rank == 2 and sub.shape == "matrix":
        return Code(f"{base.base}.T[{Code(sub.zero, sub.level).base}.T]", ATOM, made)
    if sub.form in ("scalar", "slice") or (sub.form == "array" and sub.shape in _FLAT):
        return Code(f"{column}[{sub.zero}]", ATOM, made, base.shares)
    return None


def _of_matrix(base: Code, subs: list[Subscript], made: Kind) -> Code | None:
    inner = matrix_brackets(base.kind, subs)
    if inner is None:
        return None
    # NumPy copies what is taken by arrays and masks.
    copy = made.plain or any(s.form in ("array", "mask") for s in subs)
    shares = frozenset() if copy else base.shares
    return Code(f"{base.base}[{inner}]", ATOM, made, shares)


def matrix_brackets(kind: Kind, subs: list[Subscript], drop: bool = True) -> str | None:
    """Write the inside of brackets for as many subscripts as there are dimensions.

    In front of others, a scalar keeps its dimension, as MATLAB's sizes do.
    """
    if kind.rank != len(subs):
        return None
    forms = [s.form for s in subs]
    arrays = [f for f in forms if f in ("array", "mask")]
    if any(f not in ("all", "slice", "scalar", "array", "mask") for f in forms):
        return None
    if arrays and (
        len(arrays) > 1 or not all(s.shape in _FLAT for s in subs if s.form in ("array", "mask"))
    ):
        return None
    if arrays and "scalar" in forms and len(subs) > 2:
        return None
    wide = [i for i, f in enumerate(forms) if f != "scalar"]
    # 1×n and n×1 become 1-D; only scalars behind all others are dropped besides.
    keep = drop and len(wide) > 0 and not (len(wide) == 1 and wide[0] < 2)
    parts = []
    for i, sub in enumerate(subs):
        if sub.form == "scalar" and keep and i < wide[-1]:
            if sub.last is None:
                return None
            parts.append(sub.last)
        else:
            parts.append(sub.zero)
    return ", ".join(parts)
