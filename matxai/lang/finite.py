"""Which numbers are none, or infinite: isnan, isinf, isfinite; and eps."""

from __future__ import annotations

from typing import Any

import numpy as np

from matxai.arguments import describe
from matxai.calling import matlab_function
from matxai.lang.values import array_of, data_of, tidy

__all__ = ["eps", "isfinite", "isinf", "isnan"]


def _asked(X: Any, test: Any) -> Any:
    return tidy(test(data_of(X)), data_of(X))


@matlab_function("TF", accepts={"X": array_of})
def isnan(X: Any) -> Any:
    """Tell which elements are NaN.

    Parameters
    ----------
    X : array, number or dlarray
        The numbers.

    Returns
    -------
    bool or numpy.ndarray of bool
        For each element, whether it is NaN.

    Raises
    ------
    TypeError
        If `X` is not numeric.

    Examples
    --------
    >>> from matxai import isnan
    >>> isnan([1, float("nan")])
    array([False,  True])
    """
    return _asked(X, np.isnan)


@matlab_function("TF", accepts={"X": array_of})
def isinf(X: Any) -> Any:
    """Tell which elements are infinite.

    Parameters
    ----------
    X : array, number or dlarray
        The numbers.

    Returns
    -------
    bool or numpy.ndarray of bool
        For each element, whether it is Inf or -Inf.

    Raises
    ------
    TypeError
        If `X` is not numeric.

    Examples
    --------
    >>> from matxai import isinf
    >>> isinf(float("-inf"))
    True
    """
    return _asked(X, np.isinf)


@matlab_function("TF", accepts={"X": array_of})
def isfinite(X: Any) -> Any:
    """Tell which elements are neither NaN nor infinite.

    Parameters
    ----------
    X : array, number or dlarray
        The numbers.

    Returns
    -------
    bool or numpy.ndarray of bool
        For each element, whether it is finite.

    Raises
    ------
    TypeError
        If `X` is not numeric.

    Examples
    --------
    >>> from matxai import isfinite
    >>> isfinite([1, float("inf")])
    array([ True, False])
    """
    return _asked(X, np.isfinite)


@matlab_function("d")
def eps(x: Any = "double") -> Any:
    """Return the distance from a number to the next larger one.

    Parameters
    ----------
    x : "double", "single", number or array
        The class, whose number 1 is meant, or numbers.

    Returns
    -------
    number or numpy.ndarray
        The distances, of the class of `x`.

    Raises
    ------
    TypeError
        If `x` holds integers of MATLAB's classes, or is no number.
    ValueError
        If `x` is another text.

    Examples
    --------
    >>> from matxai import eps
    >>> eps(), eps(1000.0)
    (2.220446049250313e-16, 1.1368683772161603e-13)
    """
    if isinstance(x, str):
        if x not in ("double", "single"):
            raise ValueError(f'eps: x must be "double", "single" or numbers, but is {x!r}.')
        x = np.float64(1) if x == "double" else np.float32(1)
    try:
        numbers = data_of(array_of(x, "x"))
    except TypeError as error:
        raise TypeError(f"eps: {error}") from None
    if numbers.dtype == np.int64:
        numbers = numbers.astype(np.float64)
    if numbers.dtype.kind != "f":
        raise TypeError(f"eps: x must be single or double, but is {describe(x)}.")
    return tidy(np.spacing(np.abs(numbers)), numbers)
