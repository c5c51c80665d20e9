"""Sums, products and extremes up to each element: cumsum, cumprod, cummax, cummin."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from matxai.calling import matlab_function
from matxai.lang.classes import converted
from matxai.lang.reducing import Reduction, reduction
from matxai.lang.reductions import filled
from matxai.lang.values import (
    array_of,
    axes_of,
    dimension,
    floating,
    is_dlarray,
    number,
    owned,
    traced,
)

__all__ = ["cummax", "cummin", "cumprod", "cumsum"]

_Step = Callable[[np.ndarray, int, np.dtype], np.ndarray]


def _axis(function: str, A: Any, how: Reduction) -> int:
    if isinstance(how.dim, str):
        raise ValueError(f"{function}: dim must be one dimension, but is 'all'.")
    if how.dim is not None:
        dimension(how.dim)
    return axes_of(A, how.dim if how.dim is not None or A.shape != (0, 0) else 1)[0]


def _cumulated(function: str, A: Any, args: tuple[Any, ...], neutral: int, step: _Step) -> Any:
    how = reduction(function, args, ("reverse", "forward"))
    axis = _axis(function, A, how)
    if axis >= A.ndim:
        made = owned(floating(A) if A.dtype.kind == "b" else A, A)
        return made if is_dlarray(made) or made.ndim else number(made[()])
    back = "reverse" in how.flags
    if is_dlarray(A):
        flip = (lambda x: x.flip(axis)) if back else (lambda x: x)
        filled(function, A, how, 0)
        return traced(A, lambda x: flip(getattr(flip(x), function)(axis)))
    kind = A.dtype if A.dtype.kind != "b" else np.dtype(np.float64)
    values = filled(function, floating(A), how, neutral)
    values = np.flip(values, axis) if back else values
    with np.errstate(over="ignore", invalid="ignore"):
        made = converted(step(values, axis, kind), kind)
    return np.flip(made, axis).copy() if back else made


def _saturated(
    values: np.ndarray, axis: int, kind: np.dtype, operate: Callable[..., Any]
) -> np.ndarray:
    """Compute step by step: what saturates stays at the end of the range for the next one."""
    limits = np.iinfo(kind)
    moved = np.moveaxis(values.copy(), axis, 0)
    for i in range(1, len(moved)):
        moved[i] = np.clip(operate(moved[i - 1], moved[i]), limits.min, limits.max)
    return np.moveaxis(moved, 0, axis)


def _sums(values: np.ndarray, axis: int, kind: np.dtype) -> np.ndarray:
    if kind.kind != "i" or kind.itemsize == 8:
        return np.cumsum(values, axis)
    return _saturated(values, axis, kind, np.add)


def _products(values: np.ndarray, axis: int, kind: np.dtype) -> np.ndarray:
    if kind.kind == "f" or kind == np.int64:
        return np.cumprod(values, axis)
    return _saturated(values, axis, kind, np.multiply)


def _cumulating(
    name: str, does: str, made: str, neutral: int, step: _Step, integers: str, example: str
) -> Any:
    def cumulate(A: Any, *args: Any) -> Any:
        return _cumulated(name, A, args, neutral, step)

    cumulate.__name__ = cumulate.__qualname__ = name
    cumulate.__doc__ = f"""{does}, one after the other.

    Parameters
    ----------
    A : array, number or dlarray
        The numbers.
    *args : int or str
        The dimension, counted from 1; by default the first whose length is not 1. Then "reverse"
        to begin at the end, and "omitnan" to leave NaN out.

    Returns
    -------
    numpy.ndarray, number or dlarray
        The {made} up to each element, of the same size and class; of truth values, double.

    Raises
    ------
    TypeError
        If `A` is not numeric.
    ValueError
        If there is no such dimension or option.

    Notes
    -----
    Documented. {integers} of integers saturate.

    Examples
    --------
    >>> from matxai import {name}
    {example}
    """
    return matlab_function("B", accepts={"A": array_of})(cumulate)


cumsum = _cumulating(
    "cumsum",
    "Add elements up",
    "sums",
    0,
    _sums,
    "Sums",
    ">>> cumsum([1, 2, 3])\n    array([1., 3., 6.])",
)
cumprod = _cumulating(
    "cumprod",
    "Multiply elements",
    "products",
    1,
    _products,
    "Products",
    ">>> cumprod([2, 3, 4])\n    array([ 2.,  6., 24.])",
)


def _records(function: str, A: Any, args: tuple[Any, ...]) -> Any:
    if is_dlarray(A):
        raise TypeError(f"{function}: A must be no dlarray. Use extractdata(A).")
    how = reduction(function, args, ("reverse", "forward"))
    axis = _axis(function, A, how)
    if axis >= A.ndim:
        return owned(A, A) if A.ndim else number(A[()])
    word = ("f" if how.omit is not False else "") + ("max" if function == "cummax" else "min")
    best = getattr(np, word if word.startswith("f") else f"{word}imum")
    back = "reverse" in how.flags
    made = best.accumulate(np.flip(A, axis) if back else A, axis)
    return np.flip(made, axis).copy() if back else made


def _extreme(name: str, greatest: str, example: str) -> Any:
    def cumulate(A: Any, *args: Any) -> Any:
        return _records(name, A, args)

    cumulate.__name__ = cumulate.__qualname__ = name
    cumulate.__doc__ = f"""Return the {greatest} of the elements up to each one.

    Parameters
    ----------
    A : array or number
        The numbers.
    *args : int or str
        The dimension, counted from 1; by default the first whose length is not 1. Then "reverse"
        to begin at the end, and "includenan" to let NaN win; by default it is left out.

    Returns
    -------
    numpy.ndarray or number
        The {greatest} so far, of the same size and class; NaN before the first number.

    Raises
    ------
    TypeError
        If `A` is not numeric, or a dlarray.
    ValueError
        If there is no such dimension or option.

    Notes
    -----
    Documented.

    Examples
    --------
    >>> from matxai import {name}
    {example}
    """
    return matlab_function("M", accepts={"A": array_of})(cumulate)


cummax = _extreme("cummax", "greatest", ">>> cummax([1, 3, 2])\n    array([1., 3., 3.])")
cummin = _extreme("cummin", "least", ">>> cummin([3, 1, 2])\n    array([3., 1., 1.])")
