"""MATLAB's arithmetic of two arrays: plus, minus, times, rdivide, mod, rem."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from matxai.calling import matlab_function
from matxai.lang.classes import converted
from matxai.lang.elementwise import common_class, is_whole, matched
from matxai.lang.time_arrays import TimeArray
from matxai.lang.values import array_of, is_dlarray, tidy

__all__ = ["minus", "mod", "plus", "rdivide", "rem", "times"]


def _operand(value: Any, name: str) -> Any:
    """Check an array; times and lengths of time know themselves what can be done with them."""
    return value if isinstance(value, TimeArray) else array_of(value, name)


def _of_times(function: str, A: Any, B: Any, compute: Callable[[Any, Any], Any]) -> Any:
    try:
        return compute(A, B)
    except TypeError:
        kinds = " and ".join(type(x).__name__ for x in (A, B))
        raise TypeError(f"{function}: there is none of {kinds}.") from None


def _computed(function: str, A: Any, B: Any, compute: Callable[[Any, Any], Any]) -> Any:
    if isinstance(A, TimeArray) or isinstance(B, TimeArray):
        return _of_times(function, A, B, compute)
    a, b = matched(function, A, B)
    if is_dlarray(a) or is_dlarray(b):
        return compute(a, b)
    kind = common_class(function, A, B)
    # Integers are computed in double, rounded and saturated at the end.
    inner = np.float64 if is_whole(kind) else kind
    with np.errstate(all="ignore"):
        made = np.asarray(compute(converted(a, inner), converted(b, inner)))
        return tidy(converted(made, kind), made)


def _near_whole(quotient: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Tell where a quotient by a number that is not whole is a whole one, but for roundoff."""
    nearest = np.round(quotient)
    close = np.abs(quotient - nearest) <= np.finfo(quotient.dtype).eps * np.abs(nearest)
    return (b != np.round(b)) & close


def _mod(a: Any, b: Any) -> Any:
    if is_dlarray(a) or is_dlarray(b):
        return a - np.floor(a / b) * b
    quotient = a / b
    made = np.where(_near_whole(quotient, b), 0, np.mod(a, b))
    return np.where(b == 0, a, made)


def _rem(a: Any, b: Any) -> Any:
    if is_dlarray(a) or is_dlarray(b):
        quotient = a / b
        return a - np.where(quotient < 0, np.ceil(quotient), np.floor(quotient)) * b
    return np.where(_near_whole(a / b, b), 0, np.fmod(a, b))


def _operation(
    name: str, does: str, sign: str, compute: Callable[[Any, Any], Any], example: str, more: str
) -> Any:
    def operate(A: Any, B: Any) -> Any:
        return _computed(name, A, B, compute)

    operate.__name__ = operate.__qualname__ = name
    operate.__doc__ = f"""{does}, element by element, as MATLAB's ``{sign}`` does.

    Parameters
    ----------
    A, B : array, number or dlarray
        The arrays. Dimensions of length 1 are repeated; those that one of them lacks stand behind
        the others, so an H×W array goes together with an H×W×C one.

    Returns
    -------
    numpy.ndarray, number or dlarray
        Of an integer class if one of them is, and then rounded, halves away from zero, and at
        most the limits of the class; else single if one of them is; else double. {more}

    Raises
    ------
    TypeError
        If one is not numeric, or integers of two classes come together, or an array of integers
        and an array of another class.
    ValueError
        If sizes do not fit, or a 1-D array, neither row nor column, stands beside a matrix.

    Notes
    -----
    Documented. Chosen: NumPy's int64, which Python's whole numbers and what counts from 1 are of,
    counts as double; uint64 is exact up to 2^53.

    Examples
    --------
    >>> import numpy as np
    >>> from matxai import {name}
    {example}
    """
    return matlab_function("C", accepts={"A": _operand, "B": _operand})(operate)


plus = _operation(
    "plus",
    "Add two arrays",
    "A + B",
    lambda a, b: a + b,
    ">>> plus(np.uint8([100, 200]), 100)\n    array([200, 255], dtype=uint8)",
    "Truth values are added as numbers.",
)
minus = _operation(
    "minus",
    "Subtract an array from another",
    "A - B",
    lambda a, b: a - b,
    ">>> minus(np.uint8([100, 200]), 150)\n    array([ 0, 50], dtype=uint8)",
    "",
)
times = _operation(
    "times",
    "Multiply two arrays",
    "A .* B",
    lambda a, b: a * b,
    ">>> times(np.uint8([3, 200]), 1.5)\n    array([  5, 255], dtype=uint8)",
    "",
)
rdivide = _operation(
    "rdivide",
    "Divide an array by another",
    "A ./ B",
    lambda a, b: a / b,
    ">>> rdivide(np.uint8([7, 0]), 2)\n    array([4, 0], dtype=uint8)",
    "Of integers, 0/0 is 0 and other numbers divided by 0 are the limits of the class.",
)
mod = _operation(
    "mod",
    "Return what is left after division, with the sign of B",
    "mod(A,B)",
    _mod,
    ">>> mod([5, -1], 3)\n    array([2., 2.])",
    "Where B is 0, it is A.",
)
rem = _operation(
    "rem",
    "Return what is left after division, with the sign of A",
    "rem(A,B)",
    _rem,
    ">>> rem([5, -1], 3)\n    array([ 2., -1.])",
    "Where B is 0, it is NaN.",
)
