"""Lists of values put together: ``[c{:}]``, ``vertcat(s.name)``, ``cat(3, c{:})``."""

from __future__ import annotations

from matxai.port import syntax
from matxai.port.code import ATOM, Code, Refused
from matxai.port.emitter import Emitter
from matxai.port.joining import class_of_all, join_arrays
from matxai.port.knowledge import ANY, Kind, array, cell, joined
from matxai.port.listing import comma_list
from matxai.port.storing import stored

__all__ = ["lists_along", "lists_below", "lists_beside", "rows_of_lists"]

Nodes = tuple[syntax.Expression, ...]


def rows_of_lists(emitter: Emitter, rows: list[Nodes]) -> Code:
    """Write ``[c{:}; d{:}]``: rows, in one of which a list of values stands at least."""
    codes = [lists_beside(emitter, row) for row in rows]
    if len(codes) == 1:
        return codes[0]
    if any(code.kind.text or code.kind.name in ("cell", "struct") for code in codes):
        raise Refused("lists of values in several rows, which are no numbers")
    return join_arrays(emitter, [[code] for code in codes])


def lists_beside(emitter: Emitter, nodes: Nodes) -> Code:
    """Write values side by side, lists of values among them."""
    listed, kinds = _listed(emitter, nodes)
    shapes = {k.shape for k in kinds}
    same = _no_numbers(emitter, listed, kinds, "row")
    if same is not None:
        return same
    name = class_of_all(kinds)
    if name != "any" and shapes <= {"scalar", "row"}:
        return _join(emitter, "horzcat", listed, "", array("row", name))
    if name != "any" and shapes == {"column"}:
        return _join(emitter, "horzcat", listed, "[:, np.newaxis]", array("matrix", name, 2))
    if name != "any" and all(k.shape == "matrix" and k.rank == 2 for k in kinds):
        return _join(emitter, "horzcat", listed, "", array("matrix", name, 2))
    return Code(f"{emitter.helper('beside')}({_starred(listed)})", ATOM, Kind())


def lists_below(emitter: Emitter, nodes: Nodes) -> Code:
    """Write values below each other, lists of values among them."""
    listed, kinds = _listed(emitter, nodes)
    shapes = {k.shape for k in kinds}
    if any(k.name == "char" for k in kinds):
        raise Refused("a matrix of characters")
    same = _no_numbers(emitter, listed, kinds, "column")
    if same is not None:
        return same
    name = class_of_all(kinds)
    if name != "any" and shapes <= {"scalar", "column"}:
        return _join(emitter, "vertcat", listed, "", array("column", name))
    if name != "any" and shapes == {"row"}:
        return _join(emitter, "vertcat", listed, "[np.newaxis]", array("matrix", name, 2))
    if name != "any" and all(k.shape == "matrix" and k.rank == 2 for k in kinds):
        return _join(emitter, "vertcat", listed, "", array("matrix", name, 2))
    return Code(f"{emitter.helper('below')}({_starred(listed)})", ATOM, Kind())


def lists_along(emitter: Emitter, dim: Code, nodes: Nodes) -> Code:
    """Write values put together along a dimension that is neither the first nor the second."""
    listed, kinds = _listed(emitter, nodes)
    if any(not k.numeric and (k.name != "any" or k.shape != "any") for k in kinds):
        raise Refused("what is put together along this dimension is no array of numbers")
    name = class_of_all(kinds)
    way = {"row": "[np.newaxis]", "column": "[:, np.newaxis]"}
    ways = {way.get(k.shape, "") for k in kinds}
    if len(ways) > 1:
        raise Refused("values that lie in different ways")
    values = _turned(emitter, listed, ways.pop())
    safe = name in ("double", "single") and all(k.safe for k in kinds)
    text = f"{emitter.uses('cat')}({dim.text}, *{values})"
    return Code(text, ATOM, Kind(name, "any", safe=safe))


def _listed(emitter: Emitter, nodes: Nodes) -> tuple[list[str], list[Kind]]:
    """Write the values, lists with a star; and tell what each, or each of a list, is."""
    written, kinds = [], []
    for node in nodes:
        several = comma_list(emitter, node, alone=len(nodes) == 1)
        code = several or emitter.value(node)
        kinds.append((several.kind.items or ANY) if several else code.kind)
        written.append(f"*{stored(emitter, code)}" if several else stored(emitter, code))
    return written, kinds


def _no_numbers(emitter: Emitter, listed: list[str], kinds: list[Kind], shape: str) -> Code | None:
    """Write texts, cells or structs put together; None where there are other values."""
    if all(k.name == "char" and k.one_text for k in kinds):
        return Code(f"''.join({_as_list(listed)})", ATOM, Kind("char", "row"))
    if all(k.name == "string" and k.scalar for k in kinds):
        text = f"{emitter.numpy()}.array({_as_list(listed)}, object)"
        return Code(text, ATOM, Kind("string", shape))
    if all(k.name == "cell" and k.shape == shape for k in kinds):
        text = f"[each for part in {_as_list(listed)} for each in part]"
        return Code(text, ATOM, cell(shape, joined(kinds).items))
    if all(k.name == "struct" and k.scalar for k in kinds):
        fields = joined(kinds).fields
        return Code(f"[{', '.join(listed)}]", ATOM, Kind("struct", shape, fields=fields))
    return None


def _starred(listed: list[str]) -> str:
    return ", ".join(listed)


def _as_list(listed: list[str]) -> str:
    alone = len(listed) == 1 and listed[0].startswith("*")
    return listed[0][1:] if alone else f"[{', '.join(listed)}]"


def _join(emitter: Emitter, function: str, listed: list[str], way: str, made: Kind) -> Code:
    values = f"*{_turned(emitter, listed, way)}" if way else _starred(listed)
    return Code(f"{emitter.helper(function)}({values})", ATOM, made)


def _turned(emitter: Emitter, listed: list[str], way: str) -> str:
    """Write a list of the values, vectors in two dimensions that tell how they lie."""
    if not way:
        return _as_list(listed)
    emitter.numpy()
    return f"[each{way} for each in {_as_list(listed)}]"
