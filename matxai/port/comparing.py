"""Comparisons, logic and conditions."""

from __future__ import annotations

from matxai.port import syntax
from matxai.port.code import ATOM, Code, Refused, binary, unary
from matxai.port.elementwise import aligned, as_numbers, call_elementwise, elementwise_shape
from matxai.port.emitter import Emitter
from matxai.port.knowledge import INTEGERS, LOGICAL, Kind

__all__ = [
    "COMPARISONS",
    "condition",
    "write_comparison",
    "write_logic",
    "write_negation",
    "write_short_circuit",
]

COMPARISONS = {
    "==": ("==", "equal"),
    "~=": ("!=", "unequal"),
    "<": ("<", "less"),
    "<=": ("<=", "less_equal"),
    ">": (">", "greater"),
    ">=": (">=", "greater_equal"),
}


def _truths(kind: Kind, fits: tuple[str, int] | None) -> Kind:
    shape, rank = fits or ("any", 0)
    return Kind("logical", shape, rank)


_EQUALITIES = ("==", "~=")


def write_comparison(emitter: Emitter, operator: str, left: Code, right: Code) -> Code:
    """Write a comparison."""
    sign, function = COMPARISONS[operator]
    a, b = left.kind, right.kind
    fits = elementwise_shape(a, b)
    made = _truths(a, fits)
    if a.one_text and b.one_text and "string" in (a.name, b.name):
        return binary(sign, left, right, LOGICAL)
    labels = ("categorical", "labels")
    if a.name in labels and b.name in labels and operator in _EQUALITIES:
        one = a if b.length == 1 else b
        shape = one.shape if one.flat and 1 in (a.length, b.length) else "any"
        return binary(sign, left, right, Kind("logical", shape))
    if a.name in ("categorical", "labels") or b.name in ("categorical", "labels"):
        other = b if a.name in ("categorical", "labels") else a
        one = a if other is b else b
        if operator in _EQUALITIES and (other.one_text or other.name == "categorical"):
            shape = one.shape if other.one_text or other.scalar else "any"
            return binary(sign, left, right, Kind("logical", shape))
    if a.name == "char" and b.name == "char":
        return _chars_compared(emitter, operator, left, right)
    ordinary = {"double", "single", "logical", *INTEGERS}
    if fits and a.name in ordinary and b.name in ordinary:
        left, right = aligned(emitter, left, right)
        return binary(sign, left, right, made)
    left = as_numbers(emitter, left) if b.numeric else left
    right = as_numbers(emitter, right) if a.numeric else right
    return call_elementwise(emitter, emitter.helper(function), left, right, made)


def _chars_compared(emitter: Emitter, operator: str, left: Code, right: Code) -> Code:
    left, right = (as_numbers(emitter, side) for side in (left, right))
    fits = elementwise_shape(left.kind, right.kind)
    if left.kind.scalar and right.kind.scalar:
        return binary(COMPARISONS[operator][0], left, right, LOGICAL)
    if left.kind.scalar or right.kind.scalar:
        return binary(COMPARISONS[operator][0], left, right, Kind("logical", fits[0]))
    helper = emitter.helper(COMPARISONS[operator][1])
    return Code(f"{helper}({left.text}, {right.text})", ATOM, Kind("logical", "row"))


def write_logic(emitter: Emitter, operator: str, left: Code, right: Code) -> Code:
    """Write ``&`` or ``|``."""
    a, b = left.kind, right.kind
    fits = elementwise_shape(a, b)
    made = _truths(a, fits)
    if a.truth and b.truth:
        # Python's bools and NumPy's both know & and |.
        return binary(operator, left, right, LOGICAL)
    if fits and a.name == b.name == "logical":
        left, right = aligned(emitter, left, right)
        return binary(operator, left, right, made)
    return call_elementwise(
        emitter, emitter.helper("both" if operator == "&" else "either"), left, right, made
    )


def write_negation(emitter: Emitter, operand: Code) -> Code:
    """Write ``~``."""
    kind = operand.kind
    if kind.truth:
        return unary("not", operand, LOGICAL)
    if kind.name == "logical" and (kind.flat or kind.shape == "matrix"):
        return unary("~", operand, kind.but())
    if kind.scalar and kind.floating:
        return unary("not", operand, LOGICAL)
    made = Kind("logical", kind.shape, kind.rank)
    if kind.floating and (kind.flat or kind.shape == "matrix"):
        return binary("==", operand, Code("0"), made)
    return Code(f"{emitter.helper('negated')}({operand.text})", ATOM, made)


def condition(emitter: Emitter, node: syntax.Expression) -> Code:
    """Write an expression as what ``if`` and ``while`` ask for: one truth value."""
    if isinstance(node, syntax.Binary) and node.operator in ("&", "|"):
        left, right = emitter.value(node.left), emitter.value(node.right)
        if left.kind.truth and right.kind.truth:
            word = "and" if node.operator == "&" else "or"
            return binary(word, left, right, LOGICAL)
    code = emitter.value(node)
    if code.kind.scalar and code.kind.floating:
        return code
    return _truth(emitter, code)


def _truth(emitter: Emitter, code: Code) -> Code:
    kind = code.kind
    if kind.truth:
        return code
    if kind.scalar and kind.floating:
        return binary("!=", code, Code("0"), LOGICAL)
    return Code(f"{emitter.helper('truth')}({code.text})", ATOM, LOGICAL)


def write_short_circuit(emitter: Emitter, node: syntax.Binary) -> Code:
    """Write ``&&`` or ``||``."""
    count = len(emitter.before)
    left = _truth(emitter, emitter.value(node.left))
    right = _truth(emitter, emitter.value(node.right))
    if len(emitter.before) > count:
        raise Refused(f"{node.operator} of what takes a statement in Python")
    return binary("and" if node.operator == "&&" else "or", left, right, LOGICAL)
