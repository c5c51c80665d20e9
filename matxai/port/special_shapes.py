"""Functions for which it counts which way a vector lies: cat, repmat, reshape, sum with dim."""

from __future__ import annotations

from matxai.port import syntax
from matxai.port.code import ATOM, COMPARE, MULTIPLY, Code, Refused
from matxai.port.elementwise import aligned, elementwise_shape
from matxai.port.emitter import Emitter
from matxai.port.indexing import oriented
from matxai.port.knowledge import ANY, LOGICAL, Kind
from matxai.port.observations import is_one_row
from matxai.port.special_constants import _sizes as sizes_of

__all__ = ["HANDLERS"]

Nodes = tuple[syntax.Expression, ...]


def _repmat(emitter: Emitter, nodes: Nodes, nargout: int) -> Code | None:
    code = emitter.value(nodes[0])
    counts = sizes_of(emitter, nodes[1:])
    if len(counts) == 1:
        counts = counts * 2
    values = [c.kind.const for c in counts]
    kind = code.kind
    integers = all(c.kind.scalar and c.kind.index for c in counts)
    if kind.one_text and kind.name == "char":
        if not integers or len(values) != 2 or values[0] != 1:
            raise Refused("a matrix of characters")
        return Code(
            f"{code.at(MULTIPLY)} * {counts[1].at(MULTIPLY + 1)}", MULTIPLY, Kind("char", "row")
        )
    if kind.name == "cell" and kind.shape == "row" and values[0] == 1 and len(values) == 2:
        if not (integers and kind.items and kind.items.plain):
            raise Refused("repmat of cells that share their values in Python")
        text = f"{code.at(MULTIPLY)} * {counts[1].at(MULTIPLY + 1)}"
        return Code(text, MULTIPLY, kind.but())
    if kind.name in ("cell", "string", "struct"):
        raise Refused(f"repmat of a {kind.name}")
    vector = len(values) == 2 and (values[0] == 1) != (values[1] == 1)
    if kind.scalar and kind.name in ("double", "logical") and integers and vector:
        row = values[0] == 1
        more = "" if kind.name == "logical" else ", float"
        text = f"{emitter.numpy()}.full({counts[1 if row else 0].text}, {code.text}{more})"
        made = Kind(kind.name, "row" if row else "column", safe=kind.floating, whole=kind.whole)
        return Code(text, ATOM, made)
    written = ", ".join([oriented(emitter, code), *(c.text for c in counts)])
    text = f"{emitter.uses('repmat')}({written})"
    along = {"row": (1, 0), "column": (0, 1)}.get(kind.shape)
    if len(values) == 2 and along and values[1 - along[0]] == 1:
        return Code(
            f"{text}.ravel()", ATOM, kind.but(safe=kind.floating, whole=kind.whole, index=False)
        )
    known = kind.scalar or kind.flat or (kind.shape == "matrix" and kind.rank)
    rank = max(len(values), kind.rank, 2) if known and integers else 0
    return Code(
        text,
        ATOM,
        kind.but(shape="matrix" if rank else "any", rank=rank, index=False, safe=kind.floating),
    )


def _reshape(emitter: Emitter, nodes: Nodes, nargout: int) -> Code | None:
    code = emitter.value(nodes[0])
    kind = code.kind
    if kind.name == "cell" or kind.text:
        raise Refused(f"reshape of a {kind.name}")
    sizes = nodes[1:]
    if len(sizes) == 1 and isinstance(sizes[0], syntax.Matrix) and len(sizes[0].rows) == 1:
        sizes = sizes[0].rows[0]
    ones = [isinstance(n, syntax.Number) and n.text == "1" for n in sizes]
    free = [isinstance(n, syntax.Matrix) and not any(n.rows) for n in sizes]
    array = kind.flat or kind.shape == "matrix"
    if len(sizes) == 2 and kind.numeric and ((free[1] and ones[0]) or (free[0] and ones[1])):
        shape = "row" if ones[0] else "column"
        if kind.flat:
            return code.known(kind.but(shape=shape))
        if array:
            return Code(f"{code.base}.ravel('F')", ATOM, kind.but(shape=shape, rank=0), code.shares)
    written = ["[]" if f else emitter.value(n).text for n, f in zip(sizes, free, strict=True)]
    text = f"{emitter.uses('reshape')}({', '.join([code.text, *written])})"
    made = kind.but(shape="any", rank=0, safe=kind.safe, index=kind.index)
    if len(sizes) == 2 and any(ones) and not all(ones):
        return Code(f"{text}.ravel()", ATOM, made.but(shape="row" if ones[0] else "column"))
    if len(sizes) > 1:
        length = tuple(1 if one else -1 for one in ones) if len(sizes) > 2 else None
        made = made.but(shape="matrix", rank=len(sizes), length=length)
    return Code(text, ATOM, made)


def _reduced(name: str) -> object:
    """Make what writes a reduction of a vector along a dimension that is given."""

    def write(emitter: Emitter, nodes: Nodes, nargout: int) -> Code | tuple | None:
        if name in ("max", "min") and len(nodes) == 2:
            return _larger(emitter, name, nodes)
        place = 2 if name in ("max", "min", "std", "var") else 1
        if len(nodes) <= place or nargout > 1:
            return None
        code, dim = emitter.value(nodes[0]), emitter.value(nodes[place])
        kind = code.kind
        if kind.shape not in ("row", "column") or not isinstance(dim.kind.const, int):
            return None
        along = (kind.shape == "row") == (dim.kind.const == 2)
        if dim.kind.const > 2 or not along:
            raise Refused(f"{name} of a {kind.shape} along its other dimension")
        rest = list(nodes)
        del rest[place]
        if place == 2 and name in ("max", "min"):
            del rest[1]
        return emitter.value(syntax.Apply(syntax.Name(name), tuple(rest)))

    return write


def _larger(emitter: Emitter, name: str, nodes: Nodes) -> Code:
    """Write the larger or smaller of two arrays, element by element."""
    left, right = (emitter.value(n) for n in nodes)
    made = emitter.value(syntax.Binary("+", *nodes)).kind
    fits = elementwise_shape(left.kind, right.kind)
    if fits:
        left, right = aligned(emitter, left, right)
    else:
        written = [oriented(emitter, side) for side in (left, right)]
        left, right = (Code(text) for text in written)
    text = f"{emitter.uses(name)}({left.text}, {right.text})"
    return Code(text, ATOM, made.but(index=False, safe=made.floating, whole=made.whole))


def _isequal(emitter: Emitter, nodes: Nodes, nargout: int) -> Code | None:
    grown = [n for n in nodes if isinstance(n, syntax.Name) and n.name in emitter.scope.rows]
    if len(nodes) == 2 and len(grown) == 1 and syntax.Matrix(()) in nodes:
        return Code(f"len({emitter.value(grown[0]).text}) == 0", COMPARE, LOGICAL)
    codes = [emitter.value(n) for n in nodes]
    shapes = [c.kind.shape for c in codes]
    text = all(c.kind.one_text or c.kind.name == "cell" or c.kind.scalar for c in codes)
    if text or (len(set(shapes)) == 1 and shapes[0] != "any"):
        return None
    if set(shapes) <= {"row", "column", "matrix", "scalar"}:
        if set(shapes) <= {"row", "matrix"} and all(
            is_one_row(c.kind) or c.kind.flat for c in codes
        ):
            written = [f"{c.base}[0]" if is_one_row(c.kind) else c.text for c in codes]
        else:
            written = [oriented(emitter, c) for c in codes]
        return Code(f"{emitter.uses('isequal')}({', '.join(written)})", ATOM, LOGICAL)
    emitter.differs(
        ", ".join(c.text for c in codes), "if they are vectors, they are taken to lie the same way"
    )
    return None


_ORDERED = ("sort", "cumsum", "cumprod", "cummax", "cummin")


def _ordered(name: str) -> object:
    """Make what writes a function that may work along a dimension of a vector."""

    def write(emitter: Emitter, nodes: Nodes, nargout: int) -> Code | None:
        if not nodes:
            raise Refused(f"{name} without an argument")
        code = emitter.value(nodes[0])
        if code.kind.name == "char":
            raise Refused(f"{name} of characters")
        if code.kind.name == "cell" and nargout == 1:
            rest = [emitter.value(n).text for n in nodes[1:]]
            text = f"list({emitter.uses(name)}({', '.join([code.text, *rest])}))"
            return Code(text, ATOM, Kind("cell", code.kind.shape, items=code.kind.items))
        given = len(nodes) > 1 and emitter.value(nodes[1]).kind.numeric
        if name in _ORDERED and given and code.kind.flat:
            raise Refused(f"{name} of a vector along a dimension")
        return None

    return write


def _flipped(name: str, shape: str) -> object:
    def write(emitter: Emitter, nodes: Nodes, nargout: int) -> Code | None:
        code = emitter.value(nodes[0])
        kind = code.kind
        if kind.scalar and kind.name != "any":
            return code
        if kind.one_text or (kind.flat and kind.shape != "vector"):
            row = kind.shape == "row"
            if name == "flip" or row == (shape == "row"):
                shares = frozenset() if kind.plain else code.shares
                return Code(f"{code.base}[::-1]", ATOM, kind.but(index=kind.index), shares)
            return code
        if kind.name == "cell" or kind.text or kind.shape == "vector":
            raise Refused("which way this lies is not known")
        if kind.shape == "rowish" and kind.numeric:
            text = f"{emitter.uses(name)}({oriented(emitter, code)})"
            return Code(text, ATOM, kind.but(index=kind.index))
        if kind.shape == "any" and name != "flip":
            text = f"{emitter.uses(name)}({emitter.helper('lying')}({code.text}))"
            return Code(text, ATOM, kind.but(index=kind.index))
        return None

    return write


def _find(emitter: Emitter, nodes: Nodes, nargout: int) -> Code | tuple | None:
    code = emitter.value(nodes[0])
    shape = {"row": "row", "column": "column", "matrix": "vector"}.get(code.kind.shape, "any")
    more = [emitter.value(n).text for n in nodes[1:]]
    listed = [code.text, *more]
    if nargout > 1:
        listed.append(f"nargout={nargout}")
        if code.kind.flat:
            listed[0] = oriented(emitter, code)
            if code.kind.shape == "vector":
                raise Refused("which way a vector lies is not known")
        if code.kind.shape == "any":
            emitter.differs(code.text, "it is taken for a matrix")
    kind = Kind("double", shape, index=True, whole=True, low=1)
    made = Code(f"{emitter.uses('find')}({', '.join(listed)})", ATOM, kind)
    if nargout > 1:
        return made, [kind] * 2 + [ANY] * (nargout - 2)
    return made


def _unique(emitter: Emitter, nodes: Nodes, nargout: int) -> Code | tuple | None:
    code = emitter.value(nodes[0])
    if code.kind.name == "char":
        raise Refused("unique of characters")
    shape = {"row": "row", "column": "column", "matrix": "vector", "scalar": "any"}.get(
        code.kind.shape, "vector"
    )
    listed = [code.text, *(emitter.value(n).text for n in nodes[1:])]
    kind = Kind(
        code.kind.name,
        shape,
        safe=code.kind.safe,
        items=code.kind.items,
        whole=code.kind.whole,
        index=code.kind.index,
    )
    index = Kind("double", "column", index=True, whole=True, low=1)
    if len(nodes) > 1:
        kind, index = kind.but(shape="any"), ANY
    if nargout > 1:
        text = f"{emitter.uses('unique')}({', '.join([*listed, f'nargout={nargout}'])})"
        return Code(text), [kind, index, index][:nargout]
    text = f"{emitter.uses('unique')}({', '.join(listed)})"
    return Code(f"list({text})" if kind.name == "cell" else text, ATOM, kind)


def _transpose(emitter: Emitter, nodes: Nodes, nargout: int) -> Code:
    return emitter.value(syntax.Postfix(".'", nodes[0]))


def _ismember(emitter: Emitter, nodes: Nodes, nargout: int) -> Code | None:
    a, b = emitter.value(nodes[0]), emitter.value(nodes[1])
    if a.kind.name == "char" and b.kind.name == "char":
        raise Refused("ismember of characters")
    if nargout != 1 or len(nodes) != 2:
        return None
    shape, rank = a.kind.shape, a.kind.rank
    if a.kind.one_text:
        shape = "scalar"
    made = Kind("logical", shape, rank)
    return Code(f"{emitter.uses('ismember')}({a.text}, {b.text})", ATOM, made)


def _set(name: str) -> object:
    def write(emitter: Emitter, nodes: Nodes, nargout: int) -> Code | None:
        if any(emitter.value(n).kind.name == "char" for n in nodes[:2]):
            raise Refused(f"{name} of characters")
        return None

    return write


HANDLERS = {
    **{name: _set(name) for name in ("union", "intersect", "setdiff")},
    "repmat": _repmat,
    "reshape": _reshape,
    "isequal": _isequal,
    "find": _find,
    "unique": _unique,
    "transpose": _transpose,
    "ctranspose": _transpose,
    "ismember": _ismember,
    "fliplr": _flipped("fliplr", "row"),
    "flipud": _flipped("flipud", "column"),
    "flip": _flipped("flip", "any"),
    **{
        n: _reduced(n)
        for n in ("sum", "prod", "mean", "median", "max", "min", "any", "all", "mode", "std", "var")
    },
    **{n: _ordered(n) for n in _ORDERED},
}
