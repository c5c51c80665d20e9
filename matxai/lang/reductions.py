"""Sums over dimensions: sum, prod, mean."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from matxai.calling import matlab_function
from matxai.lang.classes import converted
from matxai.lang.reducing import Reduction, reduced, reduction
from matxai.lang.values import (
    array_of,
    floating,
    is_dlarray,
    traced,
)

__all__ = ["filled", "mean", "prod", "sum"]

_CLASSES = ("default", "double", "native")


def filled(function: str, A: Any, how: Reduction, neutral: float) -> Any:
    """Put the neutral element in the place of NaN, where NaN is to be left out."""
    if not how.omit:
        return A
    if is_dlarray(A):
        raise TypeError(f"{function}: NaN can not be left out of a dlarray. Use extractdata(A).")
    return np.where(np.isnan(A), A.dtype.type(neutral), A)


def _outclass(A: Any, how: Reduction) -> np.dtype:
    """Return the class of a sum: that of A where it is floating or asked for, else double."""
    native = "native" in how.flags
    keeps = native or (A.dtype == np.float32 and "double" not in how.flags)
    return A.dtype if keeps else np.dtype(np.float64)


def _along(made: Any, kind: np.dtype) -> Any:
    return converted(np.asarray(made), kind) if not is_dlarray(made) else made


@matlab_function("S", accepts={"A": array_of})
def sum(A: Any, *args: Any) -> Any:
    """Add elements up.

    Parameters
    ----------
    A : array, number or dlarray
        The numbers.
    *args : int, sequence of int or str
        The dimension, counted from 1, or several of them, or "all"; by default the first whose
        length is not 1. Then "omitnan" to leave NaN out, and "double" or "native" for the class.

    Returns
    -------
    number, numpy.ndarray or dlarray
        The sums, in dimensions of length 1; a number where one is left. Single stays single,
        all other classes give double.

    Raises
    ------
    TypeError
        If `A` is not numeric.
    ValueError
        If there is no such dimension or option.

    Notes
    -----
    Documented.

    Examples
    --------
    >>> from matxai import sum
    >>> sum([[1, 2], [3, 4]])
    array([[4., 6.]])
    >>> sum([[1, 2], [3, 4]], "all")
    10.0
    """
    return _accumulated("sum", A, args, 0, np.sum)


def _accumulated(
    function: str, A: Any, args: tuple[Any, ...], neutral: int, total: Callable[..., Any]
) -> Any:
    how = reduction(function, args, _CLASSES)
    kind = _outclass(A, how)
    A = filled(function, floating(A), how, neutral)

    def compute(x: Any, axes: tuple[int, ...]) -> Any:
        # Sums of single are kept in single, as MATLAB's are.
        with np.errstate(over="ignore", invalid="ignore"):
            return _along(total(x, axis=axes, keepdims=True), kind)

    return reduced(function, A, how.dim, compute)


@matlab_function("P", accepts={"A": array_of})
def prod(A: Any, *args: Any) -> Any:
    """Multiply elements.

    Parameters
    ----------
    A : array, number or dlarray
        The numbers.
    *args : int, sequence of int or str
        As in :func:`matxai.sum`.

    Returns
    -------
    number, numpy.ndarray or dlarray
        The products, in dimensions of length 1; a number where one is left.

    Raises
    ------
    TypeError
        If `A` is not numeric.
    ValueError
        If there is no such dimension or option.

    Notes
    -----
    Documented.

    Examples
    --------
    >>> from matxai import prod
    >>> prod([2, 3, 4])
    24.0
    """
    return _accumulated("prod", A, args, 1, _product)


def _product(x: Any, axis: tuple[int, ...], keepdims: bool) -> Any:
    if not is_dlarray(x):
        return np.prod(x, axis=axis, keepdims=keepdims)
    for each in axis:
        x = traced(x, lambda tensor, each=each: tensor.prod(each, keepdim=True))
    return x


@matlab_function("M", accepts={"A": array_of})
def mean(A: Any, *args: Any) -> Any:
    """Return the mean of elements.

    Parameters
    ----------
    A : array, number or dlarray
        The numbers.
    *args : int, sequence of int or str
        As in :func:`matxai.sum`.

    Returns
    -------
    number, numpy.ndarray or dlarray
        The means, in dimensions of length 1; a number where one is left. The mean of nothing is
        NaN. Single stays single, all other classes give double.

    Raises
    ------
    TypeError
        If `A` is not numeric.
    ValueError
        If there is no such dimension or option.

    Notes
    -----
    Documented.

    Examples
    --------
    >>> import numpy as np
    >>> from matxai import mean
    >>> mean([[1, 2], [3, 4]])
    array([[2., 3.]])
    >>> mean(np.ones((2, 3, 4)), [1, 2]).shape
    (1, 1, 4)
    """
    how = reduction("mean", args, _CLASSES)
    kind = _outclass(A, how)
    A = floating(A)
    if is_dlarray(A):
        A = filled("mean", A, how, 0)
        return reduced("mean", A, how.dim, lambda x, axes: np.mean(x, axis=axes, keepdims=True))

    def compute(x: np.ndarray, axes: tuple[int, ...]) -> Any:
        counted = ~np.isnan(x) if how.omit else np.ones(x.shape, bool)
        totals = np.sum(np.where(counted, x, 0) if how.omit else x, axis=axes, keepdims=True)
        count = counted.sum(axis=axes, keepdims=True)
        with np.errstate(invalid="ignore", divide="ignore"):
            return _along(totals / count.astype(x.dtype), kind)

    return reduced("mean", A, how.dim, compute)
