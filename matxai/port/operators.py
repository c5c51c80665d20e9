"""Operators: Python's where they compute as MATLAB's do, functions where they would not."""

from __future__ import annotations

from matxai.port import syntax
from matxai.port.arithmetic import ARITHMETIC, class_of, write_arithmetic
from matxai.port.code import ATOM, UNARY, Code, Refused, binary, unary
from matxai.port.comparing import (
    COMPARISONS,
    write_comparison,
    write_logic,
    write_negation,
    write_short_circuit,
)
from matxai.port.elementwise import as_numbers, call_elementwise, elementwise_shape
from matxai.port.emitter import Emitter
from matxai.port.indexing import oriented
from matxai.port.knowledge import ANY, Kind

__all__ = ["binary_", "postfix", "unary_"]


def binary_(emitter: Emitter, node: syntax.Binary) -> Code:
    """Write an operator between two expressions."""
    operator = node.operator
    if operator in ("&&", "||"):
        return write_short_circuit(emitter, node)
    left, right = emitter.value(node.left), emitter.value(node.right)
    if operator in ("\\", ".\\"):
        operator, left, right = ("/", right, left) if operator == ".\\" else ("\\", left, right)
        operator = "./" if node.operator == ".\\" else operator
    if "string" in (left.kind.name, right.kind.name) and operator == "+":
        return _joined_texts(emitter, left, right)
    if operator in COMPARISONS:
        return write_comparison(emitter, operator, left, right)
    if operator in ("&", "|"):
        return write_logic(emitter, operator, left, right)
    for side in (left, right):
        if side.kind.name in ("cell", "struct", "table", "function_handle"):
            raise Refused(f"{operator} of a {side.kind.name}")
    left, right = as_numbers(emitter, left), as_numbers(emitter, right)
    scalar = left.kind.scalar or right.kind.scalar
    if operator in ("*", "/", "^") and scalar:
        operator = {"*": ".*", "/": "./" if right.kind.scalar else "/", "^": ".^"}[operator]
        if node.operator == "^" and not (left.kind.scalar and right.kind.scalar):
            operator = "^"
    if operator in ARITHMETIC:
        return write_arithmetic(emitter, operator, left, right)
    if operator == ".^":
        return _power(emitter, left, right)
    if operator == "*":
        return _product(emitter, left, right)
    names = {"/": "mrdivide", "\\": "mldivide", "^": "mpower"}
    written = [oriented(emitter, side) for side in (left, right)]
    return Code(f"{emitter.helper(names[operator])}({', '.join(written)})", ATOM, ANY)


def unary_(emitter: Emitter, node: syntax.Unary) -> Code:
    """Write a sign or a negation."""
    operand = emitter.value(node.operand)
    kind = operand.kind
    if node.operator == "~":
        return write_negation(emitter, operand)
    if kind.text or kind.name in ("cell", "struct", "table"):
        raise Refused(f"{node.operator} of a {kind.name}")
    if node.operator == "+":
        return operand
    if kind.const == 0 and kind.floating:
        return Code("-0.0", UNARY, kind.but(whole=True, index=False))
    if kind.floating:
        const = -kind.const if isinstance(kind.const, (int, float)) else None
        low = int(const) if const is not None and kind.whole else None
        if kind.index and not (const or (kind.low or 0) > 0):
            # The negative of 0 is -0.0 in MATLAB's double; Python's integers have none.
            made = kind.but(index=False, safe=True, whole=True)
            text = f"float({operand.text})" if kind.scalar else f"{operand.base}.astype(float)"
            if kind.scalar or kind.flat:
                return Code(f"-{text}", UNARY, made)
            return Code(f"{emitter.helper('negative')}({operand.text})", ATOM, made)
        return unary("-", operand, kind.but(const=const, low=low))
    if kind.name == "dlarray":
        return unary("-", operand, kind)
    made = kind.but(name="double") if kind.name == "logical" else kind
    return Code(f"{emitter.helper('negative')}({operand.text})", ATOM, made.but(index=False))


def postfix(emitter: Emitter, node: syntax.Postfix) -> Code:
    """Write a transposition."""
    operand = emitter.value(node.operand)
    kind = operand.kind
    if kind.scalar and kind.name != "any":
        return operand
    if kind.one_text:
        raise Refused("a column of characters")
    if kind.shape in ("row", "column"):
        return operand.known(kind.but(shape="column" if kind.shape == "row" else "row"))
    if kind.shape == "matrix" and kind.rank == 2 and kind.name != "cell":
        return Code(f"{operand.base}.T", ATOM, kind.but(), operand.shares)
    if kind.shape == "grid" and kind.numeric:
        text = f"{emitter.numpy()}.transpose({operand.text})"
        return Code(text, ATOM, kind.but(), operand.shares)
    if kind.shape == "rowish" and kind.numeric:
        text = f"{oriented(emitter, operand)}.T"
        return Code(text, ATOM, kind.but(shape="matrix", rank=2), operand.shares)
    if kind.name == "cell":
        raise Refused("which way this cell array lies is not known")
    made = kind.but(shape="matrix", rank=2) if kind.shape == "matrix" else kind.but(shape="any")
    return Code(f"{emitter.helper('transpose')}({operand.text})", ATOM, made, operand.shares)


def _power(emitter: Emitter, left: Code, right: Code) -> Code:
    fits = elementwise_shape(left.kind, right.kind)
    exponent = right.kind.const
    whole = left.kind.whole and isinstance(exponent, int) and exponent >= 0
    name = class_of(left.kind, right.kind)
    made = Kind(name, "any", safe=name in ("double", "single"), whole=whole)
    if fits:
        made = made.but(shape=fits[0], rank=fits[1], whole=whole)
    simple = isinstance(exponent, int) and 0 <= exponent <= 4
    if fits and simple and left.kind.safe:
        index = left.kind.index and left.kind.scalar
        low = 0 if exponent % 2 == 0 and whole else None
        return binary("**", left, right, made.but(whole=whole, index=index, low=low))
    return call_elementwise(emitter, emitter.helper("power"), left, right, made)


def _product(emitter: Emitter, left: Code, right: Code) -> Code:
    """Write the product of two arrays that are no single numbers."""
    a, b = left.kind, right.kind
    floats = a.floating and a.name == b.name and a.safe and b.safe
    name = class_of(a, b)
    if floats and a.shape == "column" and b.shape == "row":
        text = f"{emitter.numpy()}.outer({left.text}, {right.text})"
        return Code(text, ATOM, Kind(name, "matrix", 2, safe=True))
    shapes = {("row", "column"): ("scalar", 0)}
    if a.shape == "matrix" and a.rank == 2:
        shapes[("matrix", "column")] = ("column", 0)
    if b.shape == "matrix" and b.rank == 2:
        shapes[("row", "matrix")] = ("row", 0)
        if a.rank == 2:
            shapes[("matrix", "matrix")] = ("matrix", 2)
    made = shapes.get((a.shape, b.shape))
    if floats and made:
        return binary("@", left, right, Kind(name, made[0], made[1], safe=True))
    written = [oriented(emitter, side) for side in (left, right)]
    return Code(f"{emitter.helper('mtimes')}({', '.join(written)})", ATOM, Kind(name, "any"))


def _joined_texts(emitter: Emitter, left: Code, right: Code) -> Code:
    """Write ``"a" + b``: of a string and whatever can be one."""
    parts = []
    for side in (left, right):
        if side.kind.one_text or side.kind.name == "string":
            parts.append(side)
        elif side.kind.name == "cell":
            raise Refused("a string plus a cell array")
        else:
            made = Kind("string", side.kind.shape, side.kind.rank)
            parts.append(Code(f"{emitter.uses('string')}({side.text})", ATOM, made))
    a, b = (part.kind for part in parts)
    fits = ("scalar", 0) if a.one_text and b.one_text else None
    if fits is None:
        one = a.one_text or b.one_text
        other = b if a.one_text else a
        fits = (other.shape, other.rank) if one else elementwise_shape(a, b)
    if fits is None:
        fits = ("any", 0)
        emitter.differs(
            f"{left.text}, {right.text}", "if both are arrays, they are taken to lie the same way"
        )
    return binary("+", parts[0], parts[1], Kind("string", *fits))
