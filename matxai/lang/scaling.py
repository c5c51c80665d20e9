"""Numbers brought into a range: rescale, normalize."""

from __future__ import annotations

from typing import Any

import numpy as np

from matxai.arguments import describe, real_scalar
from matxai.calling import matlab_function
from matxai.lang.values import array_of, axes_of, dimension, expanded, floating, is_dlarray, tidy

__all__ = ["normalize", "rescale"]


def _bound(value: Any, name: str) -> Any:
    array = array_of(value, name)
    if is_dlarray(array) or (array.ndim == 1 and array.size > 1):
        raise ValueError(f"{name} must be a number or an array that fits A, but is {array.shape}.")
    return array.astype(np.float64)


@matlab_function(
    "R",
    accepts={
        "A": array_of,
        "l": real_scalar,
        "u": real_scalar,
        "InputMin": _bound,
        "InputMax": _bound,
    },
)
def rescale(
    A: Any,
    l: float = 0,  # noqa: E741, MATLAB's name
    u: float = 1,
    *,
    InputMin: Any = None,
    InputMax: Any = None,
) -> Any:
    """Scale all elements of an array linearly into an interval.

    Parameters
    ----------
    A : array, number or dlarray
        The numbers; NaN is left out of the least and the greatest.
    l, u : float
        Ends of the interval.
    InputMin, InputMax : number or array, optional
        What becomes `l` and `u`; elements beyond are taken for these. By default the least and the
        greatest element.

    Returns
    -------
    numpy.ndarray, number or dlarray
        The scaled numbers, single where `A` is, otherwise double; `l` where all are equal.

    Raises
    ------
    TypeError
        If `A` or another argument is not numeric.
    ValueError
        If `l` is above `u`, `InputMin` above `InputMax`, or sizes do not fit.

    Notes
    -----
    Documented.

    Examples
    --------
    >>> from matxai import rescale
    >>> rescale([2, 4, 6])
    array([0. , 0.5, 1. ])
    >>> rescale([2, 4, 6], -1, 1, InputMax=4)
    array([-1.,  1.,  1.])
    """
    if l > u:
        raise ValueError(f"rescale: l must not be above u, but they are {l} and {u}.")
    A = floating(A)
    if A.size == 0:
        return A
    if is_dlarray(A):
        low = np.min(A) if InputMin is None else float(InputMin)
        high = np.max(A) if InputMax is None else float(InputMax)
        return _scaled_traced(A, low, high, l, u)
    known = A[np.isfinite(A) | np.isinf(A)]
    empty = A.dtype.type(np.nan)
    low = (known.min() if known.size else empty) if InputMin is None else InputMin
    high = (known.max() if known.size else empty) if InputMax is None else InputMax
    low, high = np.asarray(low, A.dtype), np.asarray(high, A.dtype)
    if (low > high).any():
        raise ValueError("rescale: InputMin must not be above InputMax.")
    try:
        np.broadcast_shapes(A.shape, low.shape, high.shape)
    except ValueError:
        raise ValueError("rescale: InputMin and InputMax must fit the size of A.") from None
    with np.errstate(invalid="ignore", divide="ignore", over="ignore"):
        within = np.where(np.isnan(A), A, np.clip(A, low, high))
        made = l + (within - low) / (high - low) * (u - l)
        equal = np.where(np.isnan(within) | np.isinf(low), A.dtype.type(np.nan), A.dtype.type(l))
        return tidy(np.where(high == low, equal, made).astype(A.dtype), A)


def _scaled_traced(A: Any, low: Any, high: Any, start: float, end: float) -> Any:
    if float(low) == float(high):
        return A * 0 + start
    return start + (np.clip(A, float(low), float(high)) - low) / (high - low) * (end - start)


_METHODS = ("zscore", "norm", "range", "center", "scale")


@matlab_function("N", accepts={"A": array_of})
def normalize(A: Any, *args: Any) -> Any:
    """Bring numbers along a dimension to a common location and scale.

    Parameters
    ----------
    A : array or number
        The numbers; NaN stays, and is left out.
    *args : int or str, then a number or range
        The dimension, counted from 1, by default the first whose length is not 1. Then how:
        "zscore", the default, to mean 0 and standard deviation 1; "range" to 0…1, or to the range
        that follows; "norm" to a 2-norm of 1, or the p-norm that follows; "center" to mean 0;
        "scale" to standard deviation 1.

    Returns
    -------
    numpy.ndarray or number
        The numbers, single where `A` is, otherwise double.

    Raises
    ------
    TypeError
        If `A` is not numeric, or a dlarray.
    ValueError
        If there is no such dimension or method.

    Notes
    -----
    Documented. Chosen: where all numbers are equal, "zscore" and "center" give 0, and "range" the
    lower end.

    Examples
    --------
    >>> from matxai import normalize
    >>> normalize([1, 2, 3])
    array([-1.,  0.,  1.])
    >>> normalize([1, 2, 3], "range")
    array([0. , 0.5, 1. ])
    """
    if is_dlarray(A):
        raise TypeError("normalize: A must be no dlarray. Use extractdata(A).")
    dim = None
    if args and not isinstance(args[0], str):
        dim, args = dimension(args[0]) + 1, args[1:]
    method = args[0].lower() if args else "zscore"
    if method not in _METHODS:
        raise ValueError(
            f"normalize: the method must be one of {', '.join(_METHODS)}, but is {args[0]!r}."
        )
    option = args[1] if len(args) > 1 else None
    X = floating(A)
    axis = axes_of(X, dim if dim is not None or X.shape != (0, 0) else 1)[0]
    wide = expanded(X if X.ndim else X.reshape(1), (axis,))
    with np.errstate(all="ignore"):
        made = _normalized(wide, axis, method, option)
    return tidy(made.reshape(X.shape).astype(X.dtype), A)


def _normalized(X: np.ndarray, axis: int, method: str, option: Any) -> np.ndarray:
    known = ~np.isnan(X)
    count = known.sum(axis, keepdims=True).astype(X.dtype)
    zeroed = np.where(known, X, 0)
    middle = zeroed.sum(axis, keepdims=True) / count
    if method == "norm":
        p = 2.0 if option is None else float(option)
        if np.isinf(p):
            return X / np.abs(zeroed).max(axis, keepdims=True)
        return X / (np.abs(zeroed) ** p).sum(axis, keepdims=True) ** (1 / p)
    if option is not None and method != "range":
        raise ValueError(
            f'normalize: "{method}" takes no other option here, but there is {describe(option)}.'
        )
    if method == "range":
        return _ranged(X, axis, (0.0, 1.0) if option is None else option)
    spread = np.where(known, X - middle, 0)
    deviation = np.sqrt((spread**2).sum(axis, keepdims=True) / np.maximum(count - 1, 1))
    if method == "center":
        return X - middle
    scale = np.where(deviation == 0, X.dtype.type(1), deviation)
    return X / deviation if method == "scale" else (X - middle) / scale


def _ranged(X: np.ndarray, axis: int, ends: Any) -> np.ndarray:
    if np.size(ends) != 2:
        raise ValueError(f"normalize: the range must be two numbers, but is {describe(ends)}.")
    a, b = (float(end) for end in np.ravel(ends))
    low = np.fmin.reduce(X, axis, keepdims=True)
    width = np.fmax.reduce(X, axis, keepdims=True) - low
    return a + (X - low) / np.where(width == 0, X.dtype.type(1), width) * (b - a)
