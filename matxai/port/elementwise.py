"""Two arrays, element by element: how their shapes go together."""

from __future__ import annotations

from matxai.port.code import ATOM, Code
from matxai.port.emitter import Emitter
from matxai.port.indexing import oriented
from matxai.port.knowledge import INTEGERS, Kind

__all__ = ["aligned", "as_numbers", "call_elementwise", "elementwise_shape"]


# Shapes of which it is known how a vector lies.
_LYING = frozenset(["row", "column", "rowish"])


def elementwise_shape(a: Kind, b: Kind) -> tuple[str, int] | None:
    """Return the shape of an elementwise result, and its rank; None where NumPy could differ."""
    if a.scalar and b.scalar:
        return "scalar", 0
    if a.scalar or b.scalar:
        other = b if a.scalar else a
        return other.shape, other.rank
    if _of_one(a) or _of_one(b):
        other = b if _of_one(a) else a
        return other.shape, other.rank
    if a.shape == b.shape and a.shape in ("row", "column"):
        return a.shape, 0
    if a.shape == b.shape == "matrix" and a.rank == b.rank == 2:
        return "matrix", 2
    if {a.shape, b.shape} == {"row", "column"}:
        return "matrix", 2
    shapes = {a.shape, b.shape}
    if not shapes <= {"matrix", "row", "column", "grid", "rowish"}:
        return None
    if any(k.shape == "matrix" and k.rank != 2 for k in (a, b)):
        return None
    if shapes & {"matrix", "column"}:
        return "matrix", 2
    return ("grid", 0) if shapes == {"grid"} else ("rowish", 0)


def _of_one(kind: Kind) -> bool:
    """Tell whether a vector has one element, so that it goes with any shape."""
    return kind.flat and kind.length == 1


def aligned(emitter: Emitter, left: Code, right: Code) -> tuple[Code, Code]:
    """Write columns as such where they stand beside rows or matrices."""
    kinds = left.kind.shape, right.kind.shape
    if "column" not in kinds or kinds[0] == kinds[1] or "scalar" in kinds:
        return left, right
    if _of_one(left.kind) or _of_one(right.kind):
        return left, right
    return tuple(
        Code(oriented(emitter, side), ATOM, side.kind.but(shape="matrix", rank=2))
        if side.kind.shape == "column"
        else side
        for side in (left, right)
    )


def call_elementwise(emitter: Emitter, function: str, left: Code, right: Code, kind: Kind) -> Code:
    """Call a function of two arrays that looks at their shapes at run time."""
    shapes = {left.kind.shape, right.kind.shape}
    alone = _of_one(left.kind) or _of_one(right.kind)
    if alone and elementwise_shape(left.kind, right.kind)[0] in ("row", "column"):
        pass
    elif shapes & _LYING and "scalar" not in shapes and len(shapes) > 1:
        left, right = (
            Code(oriented(emitter, s)) if s.kind.shape in _LYING else s for s in (left, right)
        )
    elif shapes <= {"any", "vector"} and _may_be_vector(left) and _may_be_vector(right):
        emitter.differs(
            f"{left.text}, {right.text}",
            "if both are vectors, they are taken to lie the same way",
        )
    return Code(f"{function}({left.text}, {right.text})", ATOM, kind)


def _may_be_vector(code: Code) -> bool:
    return code.kind.name in ("any", "numeric", "double", "single", "logical", *INTEGERS)


def as_numbers(emitter: Emitter, code: Code) -> Code:
    """Turn char into the numbers of its characters."""
    if code.kind.name != "char":
        return code
    text = code.kind.const
    if isinstance(text, str) and len(text) == 1:
        value = ord(text)
        return Code(
            f"ord({code.text})",
            ATOM,
            Kind("double", "scalar", index=True, safe=True, whole=True, low=value),
        )
    kind = Kind("double", "row", whole=True, safe=True)
    return Code(f"{emitter.helper('codes')}({code.text})", ATOM, kind)
