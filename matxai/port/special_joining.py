"""Arrays put together by functions: horzcat, vertcat and cat."""

from __future__ import annotations

from matxai.port import syntax
from matxai.port.code import ATOM, Code, Refused
from matxai.port.emitter import Emitter
from matxai.port.indexing import oriented
from matxai.port.joining import class_of_all
from matxai.port.joining_lists import lists_along, lists_below
from matxai.port.knowledge import Kind
from matxai.port.listing import has_list

__all__ = ["HANDLERS"]

Nodes = tuple[syntax.Expression, ...]


def _horzcat(emitter: Emitter, nodes: Nodes, nargout: int) -> Code:
    return emitter.value(syntax.Matrix((tuple(nodes),)))


def _vertcat(emitter: Emitter, nodes: Nodes, nargout: int) -> Code:
    if has_list(emitter, nodes):
        return lists_below(emitter, nodes)
    return emitter.value(syntax.Matrix(tuple((node,) for node in nodes)))


def _cat(emitter: Emitter, nodes: Nodes, nargout: int) -> Code | None:
    dim = emitter.value(nodes[0])
    if dim.kind.const in (1, 2):
        return (_horzcat if dim.kind.const == 2 else _vertcat)(emitter, nodes[1:], nargout)
    if not dim.kind.const and not (dim.kind.low or 0) > 2:
        return _cat_anywhere(emitter, dim, nodes[1:])
    if has_list(emitter, nodes):
        return lists_along(emitter, dim, nodes[1:])
    return _cat_anywhere(emitter, dim, nodes[1:])


def _cat_anywhere(emitter: Emitter, dim: Code, nodes: Nodes) -> Code:
    codes = [emitter.value(node) for node in nodes]
    if any(c.kind.text or c.kind.name in ("cell", "struct") for c in codes):
        raise Refused("what is put together along this dimension is no array of numbers")
    name = class_of_all([c.kind for c in codes])
    safe = name in ("double", "single") and all(c.kind.safe for c in codes)
    written = [oriented(emitter, c) if c.kind.numeric else c.text for c in codes]
    text = f"{emitter.uses('cat')}({', '.join([dim.text, *written])})"
    ranks = [c.kind.rank for c in codes]
    if isinstance(dim.kind.const, int) and ranks and all(ranks):
        rank = max(dim.kind.const, *ranks)
        return Code(text, ATOM, Kind(name, "matrix", rank, safe=safe))
    return Code(text, ATOM, Kind(name, "any", safe=safe))


HANDLERS = {"horzcat": _horzcat, "vertcat": _vertcat, "cat": _cat}
