"""Which elements are not 0: any, all, nnz."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from matxai.calling import matlab_function
from matxai.lang.reducing import reduced, reduction
from matxai.lang.values import array_of, data_of

__all__ = ["all", "any", "nnz"]


def _truth(function: str, A: Any, args: tuple[Any, ...], test: Callable[..., Any]) -> Any:
    how = reduction(function, args)
    if how.omit is not None:
        raise ValueError(f"{function}: it has no option for NaN.")
    data = data_of(A)
    # NaN is not looked at: it makes any no truer and all no falser.
    neutral = test is np.all
    truth = np.where(np.isnan(data), neutral, data != 0) if data.dtype.kind == "f" else data != 0
    return reduced(function, truth, how.dim, lambda x, axes: test(x, axis=axes, keepdims=True))


@matlab_function("B", accepts={"A": array_of})
def any(A: Any, *args: Any) -> Any:
    """Tell whether any element is not 0.

    Parameters
    ----------
    A : array, number or dlarray
        The values; NaN is not looked at.
    *args : int, sequence of int or "all"
        The dimension, counted from 1, or several of them, or "all"; by default the first whose
        length is not 1.

    Returns
    -------
    bool or numpy.ndarray of bool
        The answers, in dimensions of length 1; one truth value where one is left.

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
    >>> from matxai import any
    >>> any([[0, 1], [0, 0]])
    array([[False,  True]])
    """
    return _truth("any", A, args, np.any)


@matlab_function("B", accepts={"A": array_of})
def all(A: Any, *args: Any) -> Any:
    """Tell whether all elements are not 0.

    Parameters
    ----------
    A : array, number or dlarray
        The values; NaN is not 0.
    *args : int, sequence of int or "all"
        As in :func:`matxai.any`.

    Returns
    -------
    bool or numpy.ndarray of bool
        The answers, in dimensions of length 1; one truth value where one is left.

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
    >>> from matxai import all
    >>> all([1, 2, 0])
    False
    """
    return _truth("all", A, args, np.all)


@matlab_function("N", accepts={"X": array_of})
def nnz(X: Any) -> int:
    """Count the elements that are not 0.

    Parameters
    ----------
    X : array, number or dlarray
        The values; NaN is not 0.

    Returns
    -------
    int
        The number.

    Raises
    ------
    TypeError
        If `X` is not numeric.

    Notes
    -----
    Documented.

    Examples
    --------
    >>> from matxai import nnz
    >>> nnz([0, 3, 5])
    2
    """
    return int(np.count_nonzero(data_of(X)))
