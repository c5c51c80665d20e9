"""Arithmetic, element by element."""

from __future__ import annotations

from matxai.port.code import ATOM, Code, binary
from matxai.port.elementwise import aligned, call_elementwise, elementwise_shape
from matxai.port.emitter import Emitter
from matxai.port.knowledge import INTEGERS, Kind
from matxai.port.special_times import write_times

__all__ = ["ARITHMETIC", "class_of", "write_arithmetic"]

ARITHMETIC = {
    "+": ("+", "plus"),
    "-": ("-", "minus"),
    ".*": ("*", "times"),
    "./": ("/", "rdivide"),
}


def write_arithmetic(emitter: Emitter, operator: str, left: Code, right: Code) -> Code:
    """Write an arithmetic operator between two expressions."""
    times = write_times(operator, left, right)
    if times is not None:
        return times
    sign, function = ARITHMETIC[operator]
    made = _made(operator, left.kind, right.kind)
    fits = elementwise_shape(left.kind, right.kind)
    if fits:
        made = made.but(shape=fits[0], rank=fits[1], low=made.low)
    if fits and _plain_arithmetic(operator, left.kind, right.kind):
        if operator == ".*" and _loses_sign(left.kind, right.kind) and not emitter.ends:
            left, right = _one_float(left, right)
            made = made.but(index=False, safe=True, low=made.low)
        left, right = aligned(emitter, left, right)
        if operator == "./" and not right.kind.const:
            emitter.file.divides = True
        return binary(sign, left, right, made)
    elif left.kind.shape == right.kind.shape == "matrix":
        known = left.kind.rank and right.kind.rank
        rank = max(left.kind.rank, right.kind.rank) if known else 0
        made = made.but(shape="matrix", rank=rank, low=made.low)
    if "dlarray" in (left.kind.name, right.kind.name):
        made = Kind("dlarray", "any")
    return call_elementwise(
        emitter,
        emitter.uses(function),
        left,
        right,
        made.but(index=False, safe=made.floating, whole=made.whole, low=made.low),
    )


def _plain_arithmetic(operator: str, a: Kind, b: Kind) -> bool:
    """Tell whether Python's operator computes what MATLAB's does."""
    if not (a.name in _NUMBERS and b.name in _NUMBERS):
        return False
    if not (a.safe or b.safe) or (a.name == b.name == "logical"):
        return False
    if "single" in (a.name, b.name) and a.name != b.name:
        # NumPy's result is double, unless the other is a number of Python's own.
        other = b if a.name == "single" else a
        return isinstance(other.const, (int, float)) and operator != "./"
    for ours, other in ((a, b), (b, a)):
        if ours.name == "logical" and not (other.safe and not other.index):
            return False
        if not ours.safe and ours.name != "logical":
            # NumPy's integers: beside floats they become floats; beside a small constant they fit.
            small = isinstance(other.const, int) and abs(other.const) < 2**20
            if not (not other.index or (small and operator in ("+", "-", "./"))):
                return False
    if operator == "./":
        known = isinstance(b.const, (int, float)) and b.const != 0
        return known or (((not a.scalar) or not b.scalar) and _is_array(a, b))
    return True


def _loses_sign(a: Kind, b: Kind) -> bool:
    """Tell whether a product of whole numbers may be -0 in MATLAB; Python's ints have no such."""
    if not (a.index and b.index):
        return False
    return any(_may_be_zero(x) and _may_be_negative(y) for x, y in ((a, b), (b, a)))


def _may_be_zero(kind: Kind) -> bool:
    return (kind.low is None or kind.low <= 0) if kind.const is None else kind.const == 0


def _may_be_negative(kind: Kind) -> bool:
    return kind.low is None or kind.low < 0


def _one_float(left: Code, right: Code) -> tuple[Code, Code]:
    """Make floats of one factor: of a constant, where there is one."""
    if left.text.lstrip("-").isdigit():
        return Code(f"{left.text}.0", left.level, left.kind), right
    if right.text.lstrip("-").isdigit():
        return left, Code(f"{right.text}.0", right.level, right.kind)
    if left.kind.scalar:
        return Code(f"float({left.text})", ATOM, left.kind), right
    return Code(f"{left.base}.astype(float)", ATOM, left.kind), right


def _is_array(a: Kind, b: Kind) -> bool:
    """Tell whether NumPy divides: it gives Inf and NaN where Python's numbers raise."""
    return any(k.flat or k.shape == "matrix" for k in (a, b))


_NUMBERS = ("double", "single", "logical")


def _made(operator: str, a: Kind, b: Kind) -> Kind:
    """Return what an elementwise operation makes, but for its shape."""
    whole = a.whole and b.whole and operator != "./"
    index = a.index and b.index and operator != "./"
    name = class_of(a, b)
    low = None
    if a.low is not None and b.low is not None and operator == "+":
        low = a.low + b.low
    if a.low is not None and operator == "-" and isinstance(b.const, int):
        low = a.low - b.const
    if operator == ".*" and a.low is not None and b.low is not None and min(a.low, b.low) >= 0:
        low = a.low * b.low
    safe = name in ("double", "single") and ((a.safe and b.safe) or not index)
    return Kind(name, "any", index=index, safe=safe, whole=whole, low=low)


def class_of(a: Kind, b: Kind) -> str:
    """Return the class of what two values make."""
    whole = {a.name, b.name} & INTEGERS
    if whole:
        return whole.pop() if len(whole) == 1 else "numeric"
    if a.name in _NUMBERS and b.name in _NUMBERS:
        return "single" if "single" in (a.name, b.name) else "double"
    return "numeric" if a.numeric and b.numeric else "any"
