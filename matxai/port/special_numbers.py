"""Functions of numbers for which it matters how more than the first argument lies."""

from __future__ import annotations

from matxai.port import syntax
from matxai.port.code import ATOM, Code, Refused
from matxai.port.emitter import Emitter, quoted
from matxai.port.indexing import oriented
from matxai.port.knowledge import ANY, Kind, array, cell, chars
from matxai.port.listing import has_list

__all__ = ["HANDLERS"]

Nodes = tuple[syntax.Expression, ...]


def _lying(emitter: Emitter, node: syntax.Expression) -> str:
    code = emitter.value(node)
    return oriented(emitter, code) if code.kind.numeric else code.text


def _call(emitter: Emitter, name: str, nodes: Nodes, looked: tuple[int, ...]) -> list[str]:
    """Write the arguments, those that are looked at so that they tell how they lie."""
    from matxai.port.calls import arguments

    written, kinds = arguments(emitter, name, nodes)
    for place in looked:
        if place < len(kinds) and not isinstance(nodes[place], syntax.Text):
            written[place] = _lying(emitter, nodes[place])
    return written


def _looking(name: str, *places: int) -> object:
    """Make what writes a function that looks at how some of its arguments lie."""

    def write(emitter: Emitter, nodes: Nodes, nargout: int) -> Code | tuple[Code, list[Kind]]:
        if has_list(emitter, nodes):
            raise Refused(f"{name} of a list of values")
        written = _call(emitter, name, nodes, places)
        if nargout == 1:
            return Code(f"{emitter.uses(name)}({', '.join(written)})", ATOM)
        text = f"{emitter.uses(name)}({', '.join(written)}, nargout={nargout})"
        return Code(text, ATOM), [ANY] * nargout

    return write


def _integral(name: str) -> object:
    """Make what writes trapz and cumtrapz, whose last argument can be a dimension."""

    def write(emitter: Emitter, nodes: Nodes, nargout: int) -> Code | None:
        if len(nodes) == 3:
            return _looking(name, 1)(emitter, nodes, nargout)
        if len(nodes) == 2 and not emitter.value(nodes[1]).kind.flat:
            return _looking(name, 0)(emitter, nodes, nargout)
        return None

    return write


def _cell2mat(emitter: Emitter, nodes: Nodes, nargout: int) -> Code | None:
    """Write cell2mat, which has to know how the cells lie."""
    if len(nodes) != 1:
        raise Refused("cell2mat takes one cell array")
    code = emitter.value(nodes[0])
    kind = code.kind
    if kind.name == "cell" and kind.flat:
        if kind.items is not None and kind.items.text:
            raise Refused("cell2mat of texts")
        if kind.items is not None and kind.items.scalar and kind.items.name in ("double", "single"):
            made = array(kind.shape, kind.items.name)
            return Code(f"{emitter.uses('cell2mat')}({code.text})", ATOM, made)
        if kind.shape in ("row", "column"):
            item = "c"
            if kind.items is not None and kind.items.numeric:
                item = oriented(emitter, Code("c", ATOM, kind.items))
            cells = f"[{item} for c in {code.text}]" if item != "c" else code.text
            listed = f"[{cells}]" if kind.shape == "row" else f"[[{item}] for c in {code.text}]"
            return Code(f"{emitter.uses('cell2mat')}({listed})", ATOM, Kind("numeric", "any"))
    return None


def _mat2cell(emitter: Emitter, nodes: Nodes, nargout: int) -> Code | None:
    """Write mat2cell; constant numbers of rows and columns tell how the cells lie."""
    if len(nodes) not in (2, 3):
        raise Refused("mat2cell of another number of dimensions than two")
    code = _looking("mat2cell", 0)(emitter, nodes, 1)
    counts = [_count(node) for node in nodes[1:]] + [1] * (3 - len(nodes))
    if not all(counts):
        return code
    item = Kind("numeric", "any")
    shape = "row" if counts[0] == 1 else "column" if counts[1] == 1 else "matrix"
    made = cell(shape, item) if shape != "matrix" else Kind("cell", "matrix", 2, items=item)
    return code.known(made)


def _count(node: syntax.Expression) -> int:
    """Return how many constants stand in brackets; 0 if that is not known."""
    if isinstance(node, syntax.Number):
        return 1
    if not isinstance(node, syntax.Matrix) or len(node.rows) != 1:
        return 0
    row = node.rows[0]
    return len(row) if all(isinstance(item, syntax.Number) for item in row) else 0


def _func2str(emitter: Emitter, nodes: Nodes, nargout: int) -> Code | None:
    if len(nodes) == 1 and isinstance(nodes[0], syntax.Lambda):
        raise Refused("Python keeps no text of an anonymous function")
    if len(nodes) == 1 and isinstance(nodes[0], syntax.Handle):
        return Code(quoted(nodes[0].name), ATOM, chars())
    return None


def _str2func(emitter: Emitter, nodes: Nodes, nargout: int) -> Code:
    text = nodes[0].value.strip() if nodes and isinstance(nodes[0], syntax.Text) else ""
    name = text.removeprefix("@")
    if len(nodes) != 1 or not name.isidentifier():
        raise Refused("str2func of what is no constant name of a function: write the function")
    return emitter.value(syntax.Handle(name))


HANDLERS = {
    "conv2": _looking("conv2", 0, 1, 2),
    "filter2": _looking("filter2", 0, 1),
    "bsxfun": _looking("bsxfun", 1, 2),
    "corr": _looking("corr", 0, 1),
    "trapz": _integral("trapz"),
    "cumtrapz": _integral("cumtrapz"),
    "cell2mat": _cell2mat,
    "mat2cell": _mat2cell,
    "func2str": _func2str,
    "str2func": _str2func,
}
