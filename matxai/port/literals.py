"""Ranges and cell arrays, and lists of values such as ``c{:}``."""

from __future__ import annotations

from matxai.port import syntax
from matxai.port.code import ADD, ATOM, Code, Refused, binary
from matxai.port.emitter import Emitter
from matxai.port.knowledge import Kind, cell, joined
from matxai.port.storing import stored

__all__ = ["cell_", "comma_list", "end_of_range", "range_"]


def range_(emitter: Emitter, node: syntax.Range) -> Code:
    """Write ``start:step:stop`` as an array."""
    start, stop = emitter.value(node.start), emitter.value(node.stop)
    step = emitter.value(node.step) if node.step else None
    if any(c.kind.text for c in (start, stop, *([step] if step else []))):
        raise Refused("a range of characters")
    counted = all(c.kind.scalar and c.kind.index for c in (start, stop)) and step is None
    made = Kind("double", "row", whole=counted, low=start.kind.low)
    if counted and emitter.integers:
        text = f"{emitter.numpy()}.arange({start.text}, {end_of_range(stop).text})"
        return Code(text, ATOM, made.but(index=True, whole=True, low=start.kind.low))
    whole = all(c.kind.whole for c in (start, stop, *([step] if step else [])))
    made = made.but(safe=True, whole=whole, low=start.kind.low)
    parts = [start, *([step] if step else []), stop]
    if emitter.integers and whole and not any(c.kind.name != "double" for c in parts):
        text = f"{emitter.uses('colon')}({', '.join(p.text for p in parts)}).astype(int)"
        return Code(text, ATOM, made.but(index=True, safe=False))
    if any(c.kind.name not in ("double", "any", "numeric") for c in parts):
        raise Refused("a range of another class than double")
    return Code(f"{emitter.uses('colon')}({', '.join(p.text for p in parts)})", ATOM, made)


def end_of_range(stop: Code) -> Code:
    """Write what stands behind the last number of a range: Python leaves the end out."""
    if isinstance(stop.kind.const, int) and stop.text.isdigit():
        return Code(str(stop.kind.const + 1))
    head, _, tail = stop.text.rpartition(" - ")
    if stop.level == ADD and tail == "1" and head.count("(") == head.count(")"):
        return Code(head, ADD)
    return binary("+", stop, Code("1"))


def comma_list(emitter: Emitter, node: syntax.Expression) -> Code | None:
    """Write ``c{:}``, a list of values, for use behind a star; None if it is something else."""
    if (
        isinstance(node, syntax.Brace)
        and len(node.arguments) == 1
        and isinstance(node.arguments[0], syntax.Colon)
    ):
        base = emitter.value(node.base)
        if base.kind.name == "cell" and base.kind.flat:
            return Code(base.text, ATOM, base.kind, base.shares)
        raise Refused(f"how the cells of {base.text} are laid out is not known")
    if isinstance(node, syntax.Field):
        return _field_list(emitter, node)
    return None


def _field_list(emitter: Emitter, node: syntax.Field) -> Code | None:
    base = node.base
    if isinstance(base, syntax.Name) and not emitter.is_variable(base.name):
        return None
    if isinstance(base, syntax.Name):
        kind = emitter.kind_of(base.name)
    elif isinstance(base, syntax.Field):
        kind = emitter.value(base).kind
    else:
        return None
    if kind.name not in ("struct", "layers", "file") or not kind.flat:
        return None
    code = emitter.value(base)
    word = emitter.temporary({"layers": "layer", "file": "file"}.get(kind.name, "each"))
    from matxai.port.properties import property_kind

    one = kind.items or Kind(kind.name, "scalar", fields=kind.fields)
    made = property_kind(one, node.name)
    shares = frozenset() if made.plain else code.shares
    text = f"[{word}.{node.name} for {word} in {code.text}]"
    return Code(text, ATOM, cell("row", made), shares)


def cell_(emitter: Emitter, node: syntax.Cell) -> Code:
    """Write what stands in curly brackets."""
    rows = [row for row in node.rows if row]
    if not rows:
        return Code("[]", ATOM, cell("row"))
    written, kinds = [], []
    for row in rows:
        parts = []
        for item in row:
            listed = comma_list(emitter, item)
            with emitter.counting(False):
                code = listed or emitter.value(item)
            kinds.append((listed.kind.items or Kind()) if listed else code.kind)
            parts.append(f"*{stored(emitter, code)}" if listed else stored(emitter, code))
        written.append(parts)
    items = joined(kinds)
    if len(rows) == len(written[0]) == 1 and written[0][0].startswith("*["):
        return Code(written[0][0][1:], ATOM, cell("row", items))
    if len(rows) > 1 and all(len(row) == 1 for row in rows):
        return Code(f"[{', '.join(row[0] for row in written)}]", ATOM, cell("column", items))
    if len(rows) == 1:
        return Code(f"[{', '.join(written[0])}]", ATOM, cell("row", items))
    if len({len(row) for row in written}) > 1 or any(p.startswith("*") for r in written for p in r):
        raise Refused("rows of different lengths")
    inner = ", ".join(f"[{', '.join(row)}]" for row in written)
    return Code(f"[{inner}]", ATOM, Kind("cell", "matrix", 2, items=items))
