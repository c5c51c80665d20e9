"""Ranges and cell arrays."""

from __future__ import annotations

from matxai.port import syntax
from matxai.port.code import ADD, ATOM, Code, Refused, binary
from matxai.port.emitter import Emitter
from matxai.port.knowledge import INTEGERS, Kind, cell, joined
from matxai.port.listing import comma_list
from matxai.port.storing import stored

__all__ = ["cell_", "end_of_range", "range_"]


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
    of_integers = _of_integers(emitter, start, step, stop)
    if of_integers is not None:
        return of_integers
    if any(c.kind.name not in ("double", "any", "numeric") for c in parts):
        raise Refused("a range of another class than double")
    return Code(f"{emitter.uses('colon')}({', '.join(p.text for p in parts)})", ATOM, made)


def _of_integers(emitter: Emitter, start: Code, step: Code | None, stop: Code) -> Code | None:
    """Write ``uint8(3):uint8(6)``; None where there is none, or the ends may not fit."""
    parts = [start, *([step] if step else []), stop]
    names = {part.kind.name for part in parts} & INTEGERS
    if len(names) != 1 or not all(part.kind.scalar for part in parts):
        return None
    name = names.pop()
    if not all(_fits(part, name, part is step) for part in parts):
        return None
    text = f"{emitter.uses(name)}({emitter.uses('colon')}({', '.join(p.text for p in parts)}))"
    return Code(text, ATOM, Kind(name, "row", whole=True, low=start.kind.low))


def _fits(part: Code, name: str, steps: bool) -> bool:
    if part.kind.name == name:
        return True
    value, bits = part.kind.const, int(name.lstrip("uint"))
    low, high = (0, 2**bits - 1) if name[0] == "u" else (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1)
    return isinstance(value, int) and part.kind.name == "double" and (steps or low <= value <= high)


def end_of_range(stop: Code) -> Code:
    """Write what stands behind the last number of a range: Python leaves the end out."""
    if isinstance(stop.kind.const, int) and stop.text.isdigit():
        return Code(str(stop.kind.const + 1))
    head, _, tail = stop.text.rpartition(" - ")
    if stop.level == ADD and tail == "1" and head.count("(") == head.count(")"):
        return Code(head, ADD)
    return binary("+", stop, Code("1"))


def cell_(emitter: Emitter, node: syntax.Cell) -> Code:
    """Write what stands in curly brackets."""
    rows = [row for row in node.rows if row]
    if not rows:
        return Code("[]", ATOM, cell("row"))
    written, kinds = [], []
    for row in rows:
        parts = []
        for item in row:
            listed = comma_list(emitter, item, alone=len(row) == len(rows) == 1)
            with emitter.counting(False):
                code = listed or emitter.value(item)
            kinds.append((listed.kind.items or Kind()) if listed else code.kind)
            parts.append(f"*{stored(emitter, code)}" if listed else stored(emitter, code))
        written.append(parts)
    items = joined(kinds)
    starred = any(part.startswith("*") for row in written for part in row)
    if len(rows) == len(written[0]) == 1 and written[0][0].startswith(("*[", "*copied([")):
        return Code(written[0][0][1:], ATOM, cell("row", items))
    if len(rows) > 1 and all(len(row) == 1 for row in rows):
        length = None if starred else len(written)
        text = f"[{', '.join(row[0] for row in written)}]"
        return Code(text, ATOM, cell("column", items, length))
    if len(rows) == 1:
        length = None if starred else len(written[0])
        return Code(f"[{', '.join(written[0])}]", ATOM, cell("row", items, length))
    if len({len(row) for row in written}) > 1 or starred:
        raise Refused("rows of different lengths")
    inner = ", ".join(f"[{', '.join(row)}]" for row in written)
    return Code(f"[{inner}]", ATOM, Kind("cell", "matrix", 2, items=items))
