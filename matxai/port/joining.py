"""Arrays put together in square brackets."""

from __future__ import annotations

from matxai.port.code import ATOM, Code
from matxai.port.emitter import Emitter
from matxai.port.indexing import oriented
from matxai.port.knowledge import INTEGERS, Kind, array

__all__ = ["class_of_all", "join_arrays"]


def join_arrays(emitter: Emitter, codes: list[list[Code]]) -> Code:
    """Write arrays put together: rows first, and those below each other."""
    codes = [[_as_double(emitter, code) for code in row] for row in codes]
    rows = [_beside(emitter, row) if len(row) > 1 else row[0] for row in codes]
    return rows[0] if len(rows) == 1 else _below(emitter, rows)


def _as_double(emitter: Emitter, code: Code) -> Code:
    """Make floats of an array of integers that is a double in MATLAB."""
    if code.kind.index and not code.kind.scalar:
        made = code.kind.but(index=False, safe=True, whole=True)
        if not code.kind.flat:
            return Code(f"{emitter.uses('double')}({code.text})", ATOM, made)
        return Code(f"{code.base}.astype(float)", ATOM, made)
    return code


def class_of_all(kinds: list[Kind]) -> str:
    """Return the class of what values are together."""
    names = {k.name for k in kinds}
    whole = [k.name for k in kinds if k.name in INTEGERS]
    if whole and all(k.numeric and k.name != "numeric" for k in kinds):
        return whole[0]
    if names <= {"double", "single", "logical"}:
        if names == {"logical"}:
            return "logical"
        return "single" if "single" in names else "double"
    return "numeric" if all(k.numeric for k in kinds) else "any"


def _beside(emitter: Emitter, row: list[Code]) -> Code:
    kinds = [code.kind for code in row]
    shapes = {k.shape for k in kinds}
    name = class_of_all(kinds)
    if shapes <= {"scalar", "row"}:
        return _call(emitter, "horzcat", row, _texts(row), array("row", name))
    if shapes == {"column"}:
        texts = [oriented(emitter, code) for code in row]
        return _call(emitter, "horzcat", row, texts, array("matrix", name, 2))
    if shapes <= {"column", "matrix"} and all(k.rank == 2 for k in kinds if k.shape == "matrix"):
        return _call(emitter, "horzcat", row, _texts(row), array("matrix", name, 2))
    unknown = all(k.name == "any" for k in kinds)
    if {"row", "scalar", "rowish"} & shapes and "column" not in shapes and not unknown:
        # One row high, so that what is 1-D is a row.
        kind = array("rowish", "numeric" if name == "any" else name)
        if name in ("any",):
            emitter.differs(", ".join(c.text for c in row), "they are taken to be numbers")
        texts = [_as_row(emitter, code, shapes) for code in row]
        return _call(emitter, "horzcat", row, texts, kind)
    texts = [oriented(emitter, code) for code in row]
    return Code(f"{emitter.helper('beside')}({', '.join(texts)})", ATOM, array("any", name))


def _as_row(emitter: Emitter, code: Code, shapes: set[str]) -> str:
    """Write a part of one row; beside values of two dimensions, what is 1-D gets them, too."""
    if code.kind.scalar or not shapes & {"row", "rowish", "matrix", "grid"}:
        return code.text
    return f"{emitter.numpy()}.atleast_2d({code.text})"


def _below(emitter: Emitter, rows: list[Code]) -> Code:
    kinds = [code.kind for code in rows]
    shapes = {k.shape for k in kinds}
    name = class_of_all(kinds)
    if shapes <= {"scalar", "column"}:
        return _call(emitter, "vertcat", rows, _texts(rows), array("column", name))
    if shapes <= {"row", "matrix", "rowish", "scalar"} and all(
        k.rank == 2 for k in kinds if k.shape == "matrix"
    ):
        texts = [oriented(emitter, code) for code in rows]
        return _call(emitter, "vertcat", rows, texts, array("matrix", name, 2))
    if {"column", "scalar"} & shapes and not {"row", "rowish", "any"} & shapes:
        kind = array("any" if shapes & {"grid", "matrix"} else "column", name)
        apart = bool(shapes - {"column", "scalar"})
        texts = [oriented(emitter, code) if apart else code.text for code in rows]
        return _call(emitter, "vertcat", rows, texts, kind)
    texts = [oriented(emitter, code) for code in rows]
    return Code(f"{emitter.helper('below')}({', '.join(texts)})", ATOM, array("any", name))


def _texts(codes: list[Code]) -> list[str]:
    return [code.text for code in codes]


def _call(emitter: Emitter, function: str, codes: list[Code], texts: list[str], kind: Kind) -> Code:
    # NumPy's whole numbers are MATLAB's double, which only the ported scripts' own function knows.
    sure = all(c.kind.safe or c.kind.name in ("logical", *INTEGERS - {"int64"}) for c in codes)
    name = emitter.uses(function) if sure else emitter.helper(function)
    return Code(f"{name}({', '.join(texts)})", ATOM, kind)
