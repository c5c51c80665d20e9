"""Percentiles and quantiles: prctile, quantile, iqr."""

from __future__ import annotations

from typing import Any

import numpy as np

from matxai.arguments import describe, one_of
from matxai.calling import matlab_function
from matxai.lang.matrix_checks import floats
from matxai.lang.not_known import NotKnownError
from matxai.lang.values import array_of, axes_of, expanded, is_given, is_vector, result

__all__ = ["iqr", "prctile", "quantile"]


def at_shares(values: np.ndarray, shares: np.ndarray) -> np.ndarray:
    """Return the quantiles along the last axis, which they replace; NaN is left out.

    The k-th of n sorted numbers is the (k - 0.5)/n quantile; between two of them there is a
    straight line, and beyond the ends nothing changes.
    """
    if not values.shape[-1]:
        return np.full((*values.shape[:-1], shares.size), np.nan, values.dtype)
    ordered = np.sort(values, axis=-1)
    count = (~np.isnan(ordered)).sum(-1, keepdims=True)
    place = np.clip(shares * count - 0.5, 0, np.maximum(count - 1, 0))
    low = np.floor(place).astype(np.int64)
    high = np.minimum(low + 1, np.maximum(count - 1, 0))
    below, above = (np.take_along_axis(ordered, i, -1) for i in (low, high))
    part = (place - low).astype(values.dtype)
    with np.errstate(invalid="ignore"):
        between = (1 - part) * below + part * above
    return np.where((part == 0) | (below == above), below, between)


def _quantiles(function: str, A: np.ndarray, shares: Any, dim: Any) -> Any:
    shares = np.asarray(shares, np.float64)
    if dim is None and is_vector(A) and A.size:
        made = at_shares(A.reshape(-1), shares.reshape(-1)).reshape(shares.shape)
        return result(made)
    if shares.ndim > 1 and not is_vector(shares):
        raise ValueError(f"{function}: p must be a vector, but is {describe(shares)}.")
    try:
        axes = axes_of(A, dim)
    except (TypeError, ValueError) as error:
        raise type(error)(f"{function}: {error}") from None
    A = expanded(A, axes)
    rest = [i for i in range(A.ndim) if i not in axes]
    flat = A.transpose([*rest, *axes]).reshape(*(A.shape[i] for i in rest), -1 if A.size else 0)
    made = at_shares(flat, shares.reshape(-1))
    shape = [1 if i in axes else n for i, n in enumerate(A.shape)]
    # The quantiles lie along the first of the dimensions that are gone.
    made = np.moveaxis(made, -1, len([i for i in rest if i < min(axes)]))
    shape[min(axes)] = shares.size
    return result(made.reshape(shape))


def _percentages(value: Any, name: str, most: int) -> np.ndarray:
    p = np.asarray(array_of(value, name), np.float64)
    if not ((p >= 0) & (p <= most)).all():
        raise ValueError(f"{name} must lie between 0 and {most}, but is {describe(value)}.")
    return p


_exact = one_of("exact", "approximate")


def _only_exact(function: str, Method: str) -> None:
    if Method != "exact":
        raise NotKnownError(
            f"{function}: how MATLAB approximates quantiles is not documented: use 'exact'."
        )


@matlab_function("P", accepts={"A": floats, "Method": _exact})
def prctile(A: Any, p: Any, dim: Any = None, *, Method: str = "exact") -> Any:
    """Return percentiles.

    Parameters
    ----------
    A : array or number
        The numbers, single or double; NaN is left out.
    p : number or sequence of float
        The percentages, 0 to 100.
    dim : int, sequence of int or "all", optional
        The dimension, counted from 1, or several of them; by default the first whose length is
        not 1.
    Method : {"exact"}
        MATLAB's "approximate" is refused.

    Returns
    -------
    number or numpy.ndarray
        The percentiles: of a vector as `p` is; of other arrays along the dimension, which becomes
        as long as `p`.

    Raises
    ------
    TypeError
        If `A` is not single or double.
    ValueError
        If a percentage lies outside 0 to 100, or there is no such dimension.

    Notes
    -----
    Documented: of n sorted numbers the k-th is the percentile 100(k - 0.5)/n, with straight lines
    between them. Held against GNU Octave.

    Examples
    --------
    >>> from matxai import prctile
    >>> prctile([1, 2, 3, 4, 5], [25, 50, 75])
    array([1.75, 3.  , 4.25])
    """
    _only_exact("prctile", Method)
    return _quantiles("prctile", A, _percentages(p, "prctile: p", 100) / 100, dim)


@matlab_function("Q", accepts={"A": floats, "Method": _exact})
def quantile(A: Any, p: Any, dim: Any = None, *, Method: str = "exact") -> Any:
    """Return quantiles.

    Parameters
    ----------
    A : array or number
        The numbers, single or double; NaN is left out.
    p : number or sequence of float
        The probabilities, 0 to 1; or an integer n above 1 for 1/(n+1), 2/(n+1), …, n/(n+1).
    dim : int, sequence of int or "all", optional
        The dimension, counted from 1, or several of them; by default the first whose length is
        not 1.
    Method : {"exact"}
        MATLAB's "approximate" is refused.

    Returns
    -------
    number or numpy.ndarray
        The quantiles: of a vector as `p` is; of other arrays along the dimension, which becomes
        as long as `p`.

    Raises
    ------
    TypeError
        If `A` is not single or double.
    ValueError
        If a probability lies outside 0 to 1, or there is no such dimension.

    Notes
    -----
    Documented: of n sorted numbers the k-th is the (k - 0.5)/n quantile, with straight lines
    between them. Held against GNU Octave.

    Examples
    --------
    >>> from matxai import quantile
    >>> quantile([1, 2, 3, 4, 5], 0.5)
    3.0
    >>> quantile([1, 2, 3, 4, 5], 3)
    array([1.75, 3.  , 4.25])
    """
    _only_exact("quantile", Method)
    if np.size(p) == 1 and not isinstance(p, str) and np.ravel(p)[0] > 1:
        count = float(np.ravel(p)[0])
        if count != int(count):
            raise ValueError(f"quantile: p must lie between 0 and 1, but is {describe(p)}.")
        p = np.arange(1, count + 1) / (count + 1)
        # A list of probabilities of a column would be one, too: this one is a row in MATLAB.
    return _quantiles("quantile", A, _percentages(p, "quantile: p", 1), dim)


@matlab_function("r", accepts={"A": floats})
def iqr(A: Any, dim: Any = None) -> Any:
    """Return the interquartile range: the 75th percentile less the 25th.

    Parameters
    ----------
    A : array or number
        The numbers, single or double; NaN is left out.
    dim : int, sequence of int or "all", optional
        The dimension, counted from 1, or several of them; by default the first whose length is
        not 1.

    Returns
    -------
    number or numpy.ndarray
        The ranges, in dimensions of length 1; a number where one is left.

    Raises
    ------
    TypeError
        If `A` is not single or double.
    ValueError
        If there is no such dimension.

    Notes
    -----
    Documented, by the percentiles of :func:`matxai.prctile`.

    Examples
    --------
    >>> from matxai import iqr
    >>> iqr([1, 2, 3, 4, 5])
    2.5
    """
    dim = dim if is_given(dim) else None
    low, high = (_quantiles("iqr", A, share, dim) for share in (0.25, 0.75))
    return result(np.asarray(high) - np.asarray(low))
