"""What a tree of numbers and texts is worth, told without a line of the porter."""

import numpy as np

from matxai.port import syntax

__all__ = ["NotRealError", "value_of"]


class NotRealError(Exception):
    """A number became complex, NaN or infinite, where this calculator has no rules."""


OPERATIONS = {
    "+": np.add, "-": np.subtract, ".*": np.multiply, "./": np.divide,
    ".\\": lambda a, b: np.divide(b, a),
    "==": np.equal, "~=": np.not_equal, "<": np.less, "<=": np.less_equal,
    ">": np.greater, ">=": np.greater_equal,
    "&": lambda a, b: (a != 0) & (b != 0), "|": lambda a, b: (a != 0) | (b != 0),
    "&&": lambda a, b: (a != 0) & (b != 0), "||": lambda a, b: (a != 0) | (b != 0),
    "*": np.matmul,
}  # fmt: skip


def value_of(tree, variables):
    """Return the 2-D array that a tree stands for, or a tuple of them for a cell."""
    with np.errstate(all="ignore"):
        found = _value(tree, variables)
    return found


def _value(tree, variables):
    match tree:
        case syntax.Number(text):
            return np.array([[float(text)]])
        case syntax.Text(value):
            return np.array([[float(ord(letter)) for letter in value]]).reshape(
                1 if value else 0, -1
            )
        case syntax.Name(name):
            return variables[name]
        case syntax.Unary("~", operand):
            return (_value(operand, variables) == 0).astype(float)
        case syntax.Unary(sign, operand):
            return {"-": -1.0, "+": 1.0}[sign] * _value(operand, variables)
        case syntax.Postfix(_, operand):
            return _value(operand, variables).T
        case syntax.Binary(operator, left, right):
            return _operation(operator, _value(left, variables), _value(right, variables))
        case syntax.Range(start, step, stop):
            by = 1.0 if step is None else float(_value(step, variables).flat[0])
            first, last = (float(_value(bound, variables).flat[0]) for bound in (start, stop))
            count = int(np.floor((last - first) / by + 1e-10)) + 1 if by else 0
            return first + by * np.arange(max(count, 0), dtype=float)[np.newaxis]
        case syntax.Apply(syntax.Name("abs"), (argument,)):
            return np.abs(_value(argument, variables))
        case syntax.Matrix(rows):
            return np.vstack([np.hstack([_value(item, variables) for item in row]) for row in rows])
        case syntax.Cell((row,)):
            return tuple(_value(item, variables) for item in row)
    raise TypeError(tree)


def _operation(operator, left, right):
    if operator == ".^" or (operator == "^" and left.size == right.size == 1):
        result = np.emath.power(left, right)
    elif operator == "^":
        (power,) = right.flat
        if power not in (1, 2, 3):
            raise NotRealError
        result = np.linalg.matrix_power(left, int(power))
    elif operator == "*" and 1 in (left.size, right.size):
        result = left * right
    else:
        result = OPERATIONS[operator](left, right).astype(float)
    if np.iscomplexobj(result) or not np.isfinite(result).all():
        raise NotRealError
    return result
