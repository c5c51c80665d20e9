"""What stands in square brackets."""

from __future__ import annotations

from matxai.port import syntax
from matxai.port.code import ADD, ATOM, Code, Refused, binary
from matxai.port.emitter import Emitter
from matxai.port.joining import join_arrays
from matxai.port.joining_lists import rows_of_lists
from matxai.port.knowledge import Kind, cell, joined, thing
from matxai.port.listing import has_list
from matxai.port.storing import stored
from matxai.port.tables import joined_tables

__all__ = ["matrix"]


def matrix(emitter: Emitter, node: syntax.Matrix) -> Code:
    """Write what stands in square brackets."""
    rows = [row for row in node.rows if row]
    if not rows:
        return Code(f"{emitter.numpy()}.zeros((0, 0))", ATOM, Kind("double", "any", safe=True))
    alone = len(rows) == len(rows[0]) == 1
    if any(has_list(emitter, row, alone) for row in rows):
        return rows_of_lists(emitter, rows)
    codes = [[emitter.value(item) for item in row] for row in rows]
    kinds = [code.kind for row in codes for code in row]
    if len(kinds) == 1:
        code = codes[0][0]
        return code
    if any(k.name == "table" for k in kinds):
        return joined_tables(emitter, codes)
    if any(k.name == "string" for k in kinds):
        return _strings(emitter, codes)
    if any(k.name == "char" for k in kinds):
        return _chars(emitter, codes)
    if any(k.name == "cell" for k in kinds):
        return _cells(emitter, codes)
    if all(k.name in ("layer", "layers") for k in kinds):
        parts = [c for row in codes for c in row]
        listed = ", ".join(c.text if c.kind.scalar else f"*{c.text}" for c in parts)
        return Code(f"[{listed}]", ATOM, Kind("layers", "vector", items=thing("layer")))
    if all(k.name in _HANDLES and k.scalar for k in kinds):
        listed = ", ".join(c.text for row in codes for c in row)
        return Code(f"[{listed}]", ATOM, Kind("object", "vector", items=kinds[0]))
    if all(k.name == "file" and k.flat for k in kinds) and all(len(row) == 1 for row in codes):
        return Code(" + ".join(row[0].text for row in codes), ADD, kinds[0])
    if all(k.name == "struct" and k.scalar for k in kinds):
        listed = ", ".join(stored(emitter, c) for row in codes for c in row)
        shape = "row" if len(codes) == 1 else "column"
        return Code(f"[{listed}]", ATOM, Kind("struct", shape, fields=joined(kinds).fields))
    if all(k.scalar and k.name in _PLAIN for k in kinds):
        made = _numbers(emitter, codes)
        if made is not None:
            return made
    return join_arrays(emitter, codes)


_PLAIN = ("double", "logical")


_HANDLES = ("graphics", "network", "datastore")


def _numbers(emitter: Emitter, codes: list[list[Code]]) -> Code | None:
    """Write single numbers; None where rows differ in length."""
    if len({len(row) for row in codes}) > 1:
        return None
    kinds = [code.kind for row in codes for code in row]
    logical = all(k.truth for k in kinds)
    index = emitter.integers and all(k.index for k in kinds)
    flat = len(codes) == 1 or len(codes[0]) == 1
    shape = "row" if len(codes) == 1 else "column" if flat else "matrix"
    constants = all(isinstance(k.const, (int, float)) and k.name == "double" for k in kinds)
    write = _as_float if constants and not index else (lambda code: code.text)
    if flat:
        inner = ", ".join(write(code) for row in codes for code in row)
    else:
        inner = ", ".join(f"[{', '.join(write(c) for c in row)}]" for row in codes)
    # Constants of which one is a float in Python make floats; names of whole numbers do not.
    floats = constants and any(not c.kind.index or _is_literal(c) for r in codes for c in r)
    more = "" if floats or logical or index else ", float"
    made = joined(kinds)
    kind = Kind(
        "logical" if logical else "double",
        shape,
        rank=2 if shape == "matrix" else 0,
        index=index,
        safe=not (index or logical),
        whole=made.whole,
        low=made.low,
        length=len(kinds) if flat else (len(codes), len(codes[0])),
    )
    return Code(f"{emitter.numpy()}.array([{inner}]{more})", ATOM, kind)


def _is_literal(code: Code) -> bool:
    return code.text.lstrip("-").isdigit()


def _as_float(code: Code) -> str:
    return f"{code.text}.0" if _is_literal(code) else code.text


def _strings(emitter: Emitter, codes: list[list[Code]]) -> Code:
    parts = []
    for row in codes:
        written = []
        for code in row:
            if code.kind.one_text:
                written.append(code.text)
            elif code.kind.scalar and code.kind.numeric:
                written.append(f"{emitter.uses('string')}({code.text})")
            else:
                raise Refused("an array of strings beside other values")
        parts.append(written)
    if len({len(row) for row in parts}) > 1:
        raise Refused("rows of different lengths")
    emitter.numpy()
    if len(parts) == 1 or len(parts[0]) == 1:
        shape = "row" if len(parts) == 1 else "column"
        inner = ", ".join(item for row in parts for item in row)
        return Code(f"np.array([{inner}], object)", ATOM, Kind("string", shape))
    inner = ", ".join(f"[{', '.join(row)}]" for row in parts)
    return Code(f"np.array([{inner}], object)", ATOM, Kind("string", "matrix", 2))


def _chars(emitter: Emitter, codes: list[list[Code]]) -> Code:
    if len(codes) > 1:
        raise Refused("a matrix of characters")
    parts = []
    for code in codes[0]:
        kind = code.kind
        if kind.name == "cell":
            return _cells(emitter, codes)
        if kind.numeric and kind.scalar:
            parts.append(Code(f"{emitter.uses('char')}({code.text})"))
        elif kind.one_text:
            parts.append(code)
        elif kind.name == "any":
            emitter.differs(code.text, f"{code.text} is taken to be char, not string")
            parts.append(code)
        else:
            raise Refused(f"characters beside a value of class {kind.name}")
    total = parts[0]
    for part in parts[1:]:
        total = binary("+", total, part)
    return total.known(Kind("char", "row"))


def _cells(emitter: Emitter, codes: list[list[Code]]) -> Code:
    flat = len(codes) == 1 or all(len(row) == 1 for row in codes)
    if not flat:
        raise Refused("cell arrays put together in rows and columns")
    shape = "row" if len(codes) == 1 else "column"
    parts, kinds = [], []
    for code in (c for row in codes for c in row):
        if code.kind.name != "cell":
            if code.kind.name == "any" or not (code.kind.scalar or code.kind.one_text):
                raise Refused("a cell array beside a value that may be one")
            parts.append(Code(f"[{stored(emitter, code)}]"))
            kinds.append(code.kind)
            continue
        if code.kind.shape != shape:
            raise Refused("which way these cell arrays lie is not known")
        parts.append(Code(stored(emitter, code), code.level))
        kinds += [code.kind.items] if code.kind.items else []
    total = parts[0]
    for part in parts[1:]:
        total = binary("+", total, part)
    items = joined(kinds) if len(kinds) == len(parts) else None
    return total.known(cell(shape, items))
