"""How far numbers lie apart: range_, mad, bounds."""

from __future__ import annotations

from typing import Any

import numpy as np

from matxai.arguments import describe
from matxai.calling import matlab_function
from matxai.lang.arithmetic import minus
from matxai.lang.extremes import max as greatest
from matxai.lang.extremes import min as least
from matxai.lang.reducing import reduction
from matxai.lang.reductions import mean
from matxai.lang.spread import median
from matxai.lang.values import array_of, axes_of, expanded, floating, is_dlarray, is_given, result

__all__ = ["bounds", "mad", "range_"]


@matlab_function("S", "L", accepts={"A": array_of})
def bounds(A: Any, *args: Any, nargout: int = 1) -> tuple[Any, Any]:
    """Return the least and the greatest elements.

    Parameters
    ----------
    A : array, number or dlarray
        The numbers.
    *args : int, sequence of int or str
        The dimension, counted from 1, or several of them, or "all"; by default the first whose
        length is not 1. Then "includenan" to let NaN win; by default it is left out.
    nargout : int
        Number of outputs.

    Returns
    -------
    S : number, numpy.ndarray or dlarray
        The least elements, as of :func:`matxai.min`.
    L : number, numpy.ndarray or dlarray
        The greatest elements.

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
    >>> from matxai import bounds
    >>> bounds([3, 1, 2], nargout=2)
    (1.0, 3.0)
    """
    reduction("bounds", args)
    return least(A, [], *args), greatest(A, [], *args)


@matlab_function("y", accepts={"X": array_of})
def range_(X: Any, dim: Any = None) -> Any:
    """Return the greatest element less the least: MATLAB's range.

    Parameters
    ----------
    X : array or number
        The numbers; NaN is left out.
    dim : int, sequence of int or "all", optional
        The dimension, counted from 1, or several of them; by default the first whose length is
        not 1.

    Returns
    -------
    number or numpy.ndarray
        The differences, in dimensions of length 1; a number where one is left.

    Raises
    ------
    TypeError
        If `X` is not numeric.
    ValueError
        If there is no such dimension.

    Notes
    -----
    Documented. The name has a line behind it, so that Python's own range stays what it is.

    Examples
    --------
    >>> from matxai import range_
    >>> range_([3, 1, 7])
    6.0
    """
    how = [dim] if is_given(dim) else []
    return minus(greatest(X, [], *how), least(X, [], *how))


@matlab_function("y", accepts={"X": array_of})
def mad(X: Any, flag: Any = 0, dim: Any = None) -> Any:
    """Return the mean or median of the distances from the mean or median.

    Parameters
    ----------
    X : array or number
        The numbers, single or double; NaN is left out.
    flag : {0, 1}
        0 for means, 1 for medians.
    dim : int, sequence of int or "all", optional
        The dimension, counted from 1, or several of them; by default the first whose length is
        not 1.

    Returns
    -------
    number or numpy.ndarray
        The deviations, in dimensions of length 1; a number where one is left.

    Raises
    ------
    TypeError
        If `X` is not single or double.
    ValueError
        If `flag` is another number, or there is no such dimension.

    Notes
    -----
    Documented.

    Examples
    --------
    >>> from matxai import mad
    >>> mad([1, 2, 9]), mad([1, 2, 9], 1)
    (3.33..., 1.0)
    """
    if is_dlarray(X) or X.dtype.kind != "f":
        raise TypeError(f"mad: X must be single or double, but is {describe(X)}.")
    flag = flag if is_given(flag) else 0
    if np.size(flag) != 1 or np.ravel(flag)[0] not in (0, 1):
        raise ValueError(f"mad: flag must be 0 or 1, but is {describe(flag)}.")
    centre = median if np.ravel(flag)[0] else mean
    dim = dim if is_given(dim) else None
    axes = axes_of(X, dim)
    X = expanded(X, axes)
    how = "all" if len(axes) == X.ndim else [axis + 1 for axis in axes]
    middle = centre(floating(X), how, "omitnan")
    return result(centre(np.abs(X - middle), how, "omitnan"))
