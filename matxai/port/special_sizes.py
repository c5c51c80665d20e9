"""How many: numel, length, size, ndims, isempty, and questions about shapes."""

from __future__ import annotations

from matxai.port import syntax
from matxai.port.code import ATOM, COMPARE, Code, Refused
from matxai.port.emitter import Emitter
from matxai.port.indexing import oriented
from matxai.port.knowledge import LOGICAL, Kind, number

__all__ = ["HANDLERS"]

_COUNT = Kind("double", "scalar", index=True, safe=True, whole=True, low=0)
_LISTED = ("cell", "struct", "file", "layers", "string", "labels", "categorical")
_ONE = ("network", "table", "map", "datastore", "function_handle")

Nodes = tuple[syntax.Expression, ...]


def _plain(kind: Kind) -> bool:
    return kind.numeric or kind.name in _LISTED or kind.one_text


def _numel(emitter: Emitter, nodes: Nodes, nargout: int) -> Code | None:
    if len(nodes) != 1:
        raise Refused("numel of several arguments")
    code = emitter.value(nodes[0])
    kind = code.kind
    if kind.name == "map":
        return Code(f"len({code.text})", ATOM, _COUNT)
    if (kind.flat and _plain(kind)) or (kind.name == "char" and kind.one_text):
        return Code(f"len({code.text})", ATOM, _COUNT)
    if kind.scalar and _plain(kind):
        return Code("1", ATOM, number(1))
    if kind.shape == "matrix" and kind.numeric:
        return Code(f"{code.base}.size", ATOM, _COUNT)
    if kind.name == "any":
        emitter.differs(code.text, "a text is taken to be char, not string")
    return None


def _length(emitter: Emitter, nodes: Nodes, nargout: int) -> Code | None:
    code = emitter.value(nodes[0])
    if code.kind.shape == "matrix":
        return None
    return _numel(emitter, nodes, nargout)


def _size(emitter: Emitter, nodes: Nodes, nargout: int) -> Code | tuple | None:
    code = emitter.value(nodes[0])
    kind = code.kind
    if kind.name in ("network", "layers", "table", "datastore", "dlarray"):
        return None
    if isinstance(nodes[0], syntax.Name) and nodes[0].name in emitter.scope.rows:
        raise Refused(f"{nodes[0].name} may be 0×0 or a row")
    if nargout == 1 and len(nodes) == 2 and _first_two(nodes[1]):
        return _two_sizes(emitter, code)
    if nargout == 1 and len(nodes) == 2:
        return _one_size(emitter, code, emitter.value(nodes[1]))
    if len(nodes) > 1:
        raise Refused("size with several dimensions")
    if kind.name == "cell" and (not kind.flat or _may_be_empty(emitter, nodes[0])):
        raise Refused("which way this cell array lies is not known")
    if nargout > 1:
        return _several_sizes(emitter, code, nargout)
    row = Kind("double", "row", index=True, whole=True, low=0)
    known = _known_size(code)
    if known:
        return Code(f"{emitter.numpy()}.array([{', '.join(known)}])", ATOM, row)
    if kind.shape == "matrix":
        return Code(f"{emitter.uses('size')}({code.text})", ATOM, row)
    return Code(f"{emitter.helper('size_of')}({code.text})", ATOM, row)


def _first_two(node: syntax.Expression) -> bool:
    """Tell whether dimensions are given as ``1:2`` or ``[1 2]``."""
    one, two = syntax.Number("1"), syntax.Number("2")
    return node in (syntax.Range(one, None, two), syntax.Matrix(((one, two),)))


def _two_sizes(emitter: Emitter, code: Code) -> Code:
    row = Kind("double", "row", index=True, whole=True, low=0, length=2)
    known = _known_size(code)
    if known:
        return Code(f"{emitter.numpy()}.array([{', '.join(known)}])", ATOM, row)
    if code.kind.shape == "matrix":
        return Code(f"{emitter.uses('size')}({code.text})[:2]", ATOM, row)
    return Code(f"{emitter.helper('size_of')}({code.text})[:2]", ATOM, row)


def _may_be_empty(emitter: Emitter, node: syntax.Expression) -> bool:
    name = node.name if isinstance(node, syntax.Name) else None
    return name is None or name in emitter.scope.grown


def _known_size(code: Code) -> list[str]:
    kind = code.kind
    if kind.scalar and kind.name != "any":
        return ["1", "1"]
    if kind.shape == "row":
        return ["1", f"len({code.text})"]
    return [f"len({code.text})", "1"] if kind.shape == "column" else []


def _one_size(emitter: Emitter, code: Code, dim: Code) -> Code:
    kind, which = code.kind, dim.kind.const
    if not dim.kind.scalar:
        raise Refused("size with several dimensions")
    known = _known_size(code)
    if kind.name == "cell" and not known:
        raise Refused("which way this cell array lies is not known")
    if known and isinstance(which, int):
        text = known[which - 1] if which <= 2 else "1"
        return Code(text, ATOM, _COUNT if text != "1" else number(1))
    if kind.shape == "matrix" and which in (1, 2):
        return Code(f"{code.base}.shape[{which - 1}]", ATOM, _COUNT)
    if kind.shape == "matrix":
        return Code(f"{emitter.uses('size')}({code.text}, {dim.text})", ATOM, _COUNT)
    written = oriented(emitter, code)
    return Code(f"{emitter.helper('size_of')}({written}, {dim.text})", ATOM, _COUNT)


def _several_sizes(emitter: Emitter, code: Code, nargout: int) -> tuple[Code, list[Kind]]:
    known = _known_size(code)
    kinds = [_COUNT] * nargout
    if known:
        return Code(", ".join([*known, *["1"] * nargout][:nargout])), kinds
    if code.kind.shape == "matrix":
        return Code(f"{emitter.uses('size')}({code.text}, nargout={nargout})"), kinds
    return Code(f"{emitter.helper('size_of')}({code.text}, nargout={nargout})"), kinds


def _ndims(emitter: Emitter, nodes: Nodes, nargout: int) -> Code | None:
    code = emitter.value(nodes[0])
    if code.kind.flat or (code.kind.scalar and _plain(code.kind)) or code.kind.one_text:
        return Code("2", ATOM, number(2))
    return None


def _isempty(emitter: Emitter, nodes: Nodes, nargout: int) -> Code | None:
    code = emitter.value(nodes[0])
    kind = code.kind
    if kind.name == "string" and kind.scalar:
        return Code("False", ATOM, LOGICAL)
    if (kind.flat and _plain(kind)) or kind.one_text or kind.name == "map":
        return Code(f"len({code.text}) == 0", COMPARE, LOGICAL)
    if kind.scalar and kind.name in ("double", "single", "logical", "struct"):
        return Code("False", ATOM, LOGICAL)
    return Code(f"{emitter.uses('isempty')}({code.text})", ATOM, LOGICAL)


def _which_way(name: str) -> object:
    def write(emitter: Emitter, nodes: Nodes, nargout: int) -> Code | None:
        code = emitter.value(nodes[0])
        kind = code.kind
        if kind.scalar and kind.name != "any":
            return Code("True", ATOM, LOGICAL)
        if kind.name == "char" and kind.one_text and name != "iscolumn":
            return (
                Code("True", ATOM, LOGICAL)
                if name != "isscalar"
                else Code(f"len({code.text}) == 1", COMPARE, LOGICAL)
            )
        if kind.shape in ("row", "column") and (kind.numeric or kind.name == "struct"):
            if name == f"is{kind.shape}":
                return Code("True", ATOM, LOGICAL)
            return Code(f"len({code.text}) == 1", COMPARE, LOGICAL)
        if kind.shape != "matrix" and name in ("isrow", "iscolumn"):
            text = f"{emitter.uses(name)}({emitter.helper('lying')}({oriented(emitter, code)}))"
            return Code(text, ATOM, LOGICAL)
        return None

    return write


HANDLERS = {
    "numel": _numel,
    "length": _length,
    "size": _size,
    "ndims": _ndims,
    "isempty": _isempty,
    "isrow": _which_way("isrow"),
    "iscolumn": _which_way("iscolumn"),
    "isscalar": _which_way("isscalar"),
}
