"""Constants, and arrays of one value: pi, Inf, true, zeros, ones, cell, rand, and others."""

from __future__ import annotations

from matxai.port import syntax
from matxai.port.code import ATOM, MULTIPLY, Code, Refused
from matxai.port.emitter import Emitter
from matxai.port.given_sizes import like, of_sizes, shaped
from matxai.port.knowledge import INTEGERS, LOGICAL, NUMBER, Kind, cell, number

__all__ = ["HANDLERS"]

Nodes = tuple[syntax.Expression, ...]
_DTYPES = {"single": "np.float32", "double": "", "logical": "bool", "like": None}


def _sizes(emitter: Emitter, nodes: Nodes) -> list[Code]:
    """Write sizes one by one, also those given in brackets."""
    if len(nodes) == 1 and isinstance(nodes[0], syntax.Matrix) and len(nodes[0].rows) == 1:
        nodes = nodes[0].rows[0]
    return [emitter.value(node) for node in nodes]


def _lengths(codes: list[Code]) -> tuple[str, int, str] | None:
    """Return shape, rank and the Python sizes of an array; None where that is not known."""
    if not all(c.kind.scalar and c.kind.index for c in codes) or not codes:
        return None
    if not all(c.kind.low is not None and c.kind.low >= 0 for c in codes):
        return None
    if len(codes) == 1:
        if codes[0].kind.const is None:
            return "matrix", 2, f"({codes[0].text}, {codes[0].text})"
        codes = codes * 2
    values = [c.kind.const for c in codes]
    if len(codes) == 2 and values == [1, 1]:
        return "scalar", 0, ""
    if len(codes) == 2 and values[0] == 1:
        return "row", 0, codes[1].text
    if len(codes) == 2 and values[1] == 1:
        return "column", 0, codes[0].text
    if (values[-1] is None and len(codes) > 2) or values[-1] == 1:
        return None
    return "matrix", len(codes), f"({', '.join(c.text for c in codes)})"


def _filled(name: str, value: str, function: str) -> object:
    """Make what writes an array of one value."""

    def write(emitter: Emitter, nodes: Nodes, nargout: int) -> Code | None:
        nodes, class_name = _class(nodes)
        if class_name is None:
            return None
        codes = _sizes(emitter, nodes)
        if not nodes:
            return _one(emitter, value, class_name)
        known = _lengths(codes)
        if len(codes) > 1 and any(c.kind.flat for c in codes):
            return of_sizes(emitter, name, codes, class_name)
        if known is None:
            alike = shaped(emitter, nodes, value, function, _dtype(class_name))
            if alike is not None:
                return alike.known(_made(class_name, alike.kind.shape, alike.kind.rank, codes))
            return _unknown(emitter, name, value, codes, class_name, like(emitter, nodes))
        shape, rank, lengths = known
        if shape == "scalar":
            return _one(emitter, value, class_name)
        dtype = _dtype(class_name)
        emitter.numpy()
        more = f", {dtype}" if dtype else ""
        text = (
            f"np.full({lengths}, {value}{more})"
            if function == "full"
            else f"np.{function}({lengths}{more})"
        )
        return Code(text, ATOM, _made(class_name, shape, rank, codes))

    return write


def _made(class_name: str, shape: str, rank: int, codes: list[Code]) -> Kind:
    safe = class_name in ("double", "single")
    return Kind(class_name, shape, rank, safe=safe, whole=True, length=_length(codes))


def _length(codes: list[Code]) -> object:
    """Return the length or sizes that are written out, or -1 for computed ones."""
    values = [c.kind.const for c in codes]
    values = values * 2 if len(values) == 1 else values
    if not all(isinstance(v, int) for v in values):
        return -1
    return max(values) if len(values) == 2 and 1 in values else tuple(values)


def _class(nodes: Nodes) -> tuple[Nodes, str | None]:
    if nodes and isinstance(nodes[-1], syntax.Text):
        name = nodes[-1].value
        return nodes[:-1], name if name in ("double", "single", *INTEGERS) else None
    if len(nodes) > 1 and isinstance(nodes[-2], syntax.Text):
        return nodes, None
    return nodes, "double"


def _dtype(class_name: str) -> str:
    if class_name == "double":
        return ""
    return "np.float32" if class_name == "single" else f"np.{class_name}"


def _one(emitter: Emitter, value: str, class_name: str) -> Code:
    if class_name != "double":
        emitter.numpy()
        return Code(f"{_dtype(class_name)}({value})", ATOM, Kind(class_name, "scalar"))
    if value.startswith("np."):
        emitter.numpy()
        return Code(value, ATOM, NUMBER)
    return Code(value, ATOM, number(int(value)))


def _unknown(
    emitter: Emitter,
    name: str,
    value: str,
    codes: list[Code],
    class_name: str,
    like: Kind | None = None,
) -> Code:
    written = [c.text for c in codes] + ([f"'{class_name}'"] if class_name != "double" else [])
    text = f"{emitter.uses(name)}({', '.join(written)})"
    safe = class_name in ("double", "single")
    kind = Kind(class_name, "any", safe=safe, whole=True, length=-1)
    values = [c.kind.const for c in codes]
    if len(codes) == 2 and 1 in values and all(c.kind.scalar for c in codes):
        # MATLAB's row or column: two dimensions become one.
        return Code(
            f"{text}.ravel()",
            ATOM,
            kind.but(shape="row" if values[0] == 1 else "column", length=-1),
        )
    if like is not None and (like.flat or like.shape == "matrix"):
        if like.flat:
            text = f"{text}.ravel()"
        return Code(text, ATOM, kind.but(shape=like.shape, rank=like.rank, length=-1))
    if len(codes) > 1 or (codes[0].kind.scalar and codes[0].kind.const != 1):
        rank = 2 if len(codes) < 3 else 0
        return Code(text, ATOM, kind.but(shape="matrix", rank=rank, length=-1))
    return Code(text, ATOM, kind)


def _truths(value: str, function: str) -> object:
    def write(emitter: Emitter, nodes: Nodes, nargout: int) -> Code:
        if not nodes:
            return Code(value, ATOM, LOGICAL.but(const=value == "True"))
        codes = _sizes(emitter, nodes)
        known = _lengths(codes)
        if known is None:
            alike = shaped(emitter, nodes, value, function, "bool")
            if alike is not None:
                return alike.known(Kind("logical", alike.kind.shape, alike.kind.rank))
            inner = _unknown(emitter, function, value, codes, "double")
            return Code(
                f"{inner.base}.astype(bool)", ATOM, inner.kind.but(name="logical", safe=False)
            )
        shape, rank, lengths = known
        if shape == "scalar":
            return Code(value, ATOM, LOGICAL)
        return Code(
            f"{emitter.numpy()}.{function}({lengths}, bool)", ATOM, Kind("logical", shape, rank)
        )

    return write


def _constant(value: str, kind: Kind = NUMBER) -> object:
    def write(emitter: Emitter, nodes: Nodes, nargout: int) -> Code | None:
        if nodes:
            return None
        if value.startswith("np."):
            emitter.numpy()
        return Code(value, ATOM, kind)

    return write


def _eps(emitter: Emitter, nodes: Nodes, nargout: int) -> Code | None:
    if nodes:
        return None
    return Code(f"{emitter.numpy()}.finfo(float).eps", ATOM, NUMBER)


def _eye(emitter: Emitter, nodes: Nodes, nargout: int) -> Code | None:
    sizes = [code.kind.const for code in _sizes(emitter, nodes)]
    sizes = sizes * 2 if len(sizes) == 1 else sizes
    if len(sizes) != 2 or not all(isinstance(n, int) and n > 1 for n in sizes):
        return None
    text = f"{emitter.uses('eye')}({', '.join(emitter.value(n).text for n in nodes)})"
    kind = Kind("double", "matrix", 2, safe=True, whole=True, low=0, length=tuple(sizes))
    return Code(text, ATOM, kind)


def _cell(emitter: Emitter, nodes: Nodes, nargout: int) -> Code:
    codes = _sizes(emitter, nodes)
    if not codes:
        return Code("[]", ATOM, cell("row"))
    if len(codes) == 1 and codes[0].kind.const is None:
        raise Refused("cell(n), whose size is n×n")
    values = [c.kind.const for c in (codes if len(codes) > 1 else codes * 2)]
    if len(values) > 2:
        raise Refused("cell arrays of more than two dimensions")
    if 1 in values:
        count = codes[1 if values[0] == 1 else 0] if len(codes) > 1 else codes[0]
        if not (count.kind.index and count.kind.scalar):
            raise Refused("the size of this cell array may be no whole number")
        shape = "row" if values[0] == 1 else "column"
        text = f"[None] * {count.at(MULTIPLY + 1)}"
        return Code(text, MULTIPLY, cell(shape, length=-1))
    if 0 in values:
        return Code("[]", ATOM, cell("row"))
    both = codes * 2 if len(codes) == 1 else codes
    if not all(c.kind.index and c.kind.scalar for c in both):
        raise Refused("the size of this cell array may be no whole number")
    text = f"[[None] * {both[1].at(MULTIPLY + 1)} for _ in range({both[0].text})]"
    return Code(text, ATOM, Kind("cell", "matrix", 2))


def _random(name: str, first: int) -> object:
    """Make what writes random numbers: rows and columns of them become 1-D."""

    def write(emitter: Emitter, nodes: Nodes, nargout: int) -> Code | None:
        sizes = nodes[first:]
        if any(isinstance(n, syntax.Text) for n in sizes):
            return None
        codes = _sizes(emitter, sizes)
        head = [emitter.value(n).text for n in nodes[:first]]
        written = ", ".join([*head, *(c.text for c in codes)])
        text = f"{emitter.uses(name)}({written})"
        whole = name == "randi"
        positive = whole and emitter.value(nodes[0]).kind.scalar
        kind = Kind("double", "any", safe=True, whole=whole, low=1 if positive else None)
        if not codes:
            return Code(text, ATOM, kind.but(shape="scalar", low=kind.low))
        if not all(c.kind.scalar for c in codes):
            return Code(text, ATOM, kind)
        values = [c.kind.const for c in codes]
        if values in ([1], [1, 1]):
            return Code(text, ATOM, kind.but(shape="scalar"))
        if len(codes) == 2 and 1 in values:
            shape = "row" if values[0] == 1 else "column"
            return Code(f"{text}.ravel()", ATOM, kind.but(shape=shape, length=-1))
        rank = 2 if len(codes) < 3 else len(codes)
        return Code(text, ATOM, kind.but(shape="matrix", rank=rank, length=-1))

    return write


HANDLERS = {
    "pi": _constant("np.pi"),
    "Inf": _filled("Inf", "np.inf", "full"),
    "inf": _filled("Inf", "np.inf", "full"),
    "NaN": _filled("NaN", "np.nan", "full"),
    "nan": _filled("NaN", "np.nan", "full"),
    "zeros": _filled("zeros", "0", "zeros"),
    "ones": _filled("ones", "1", "ones"),
    "true": _truths("True", "ones"),
    "false": _truths("False", "zeros"),
    "eps": _eps,
    "eye": _eye,
    "cell": _cell,
    "rand": _random("rand", 0),
    "randn": _random("randn", 0),
    "randi": _random("randi", 1),
}
