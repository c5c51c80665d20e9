"""Figures of how numbers are distributed: median, mode, var, std; and norm."""

from __future__ import annotations

from typing import Any

import numpy as np

from matxai.arguments import describe
from matxai.calling import matlab_function
from matxai.lang.classes import converted
from matxai.lang.reducing import reduced, reduction
from matxai.lang.values import array_of, floating, is_dlarray, is_given, is_vector, result

__all__ = ["median", "mode", "norm", "std", "var"]


def _last(x: np.ndarray, axes: tuple[int, ...]) -> np.ndarray:
    """Lay the axes that are reduced out as one, the last."""
    rest = [i for i in range(x.ndim) if i not in axes]
    count = int(np.prod([x.shape[i] for i in axes]))
    return x.transpose([*rest, *axes]).reshape(*(x.shape[i] for i in rest), count)


def _kept(x: np.ndarray, axes: tuple[int, ...], made: np.ndarray) -> np.ndarray:
    return made.reshape([1 if i in axes else n for i, n in enumerate(x.shape)])


def _numpy(function: str, A: Any) -> np.ndarray:
    if is_dlarray(A):
        raise TypeError(f"{function}: A must be no dlarray. Use extractdata(A).")
    return A


@matlab_function("M", accepts={"A": array_of})
def median(A: Any, *args: Any) -> Any:
    """Return the median of elements.

    Parameters
    ----------
    A : array or number
        The numbers.
    *args : int, sequence of int or str
        The dimension, counted from 1, or several of them, or "all"; by default the first whose
        length is not 1. Then "omitnan" to leave NaN out.

    Returns
    -------
    number or numpy.ndarray
        The medians, of the class of `A`; of truth values double. NaN where there is a NaN, or
        nothing at all.

    Raises
    ------
    TypeError
        If `A` is not numeric, or a dlarray.
    ValueError
        If there is no such dimension or option.

    Notes
    -----
    Documented. Of two integers in the middle, the mean is rounded.

    Examples
    --------
    >>> from matxai import median
    >>> median([1, 2, 9, 4])
    3.0
    """
    how = reduction("median", args)
    A = _numpy("median", A)
    kind = A.dtype if A.dtype.kind != "b" else np.dtype(np.float64)

    def compute(x: np.ndarray, axes: tuple[int, ...]) -> np.ndarray:
        values = np.sort(_last(x, axes), axis=-1)
        missing = np.isnan(values).sum(-1)
        count = values.shape[-1] - (missing if how.omit else 0)
        if values.shape[-1] == 0:
            return _kept(x, axes, np.full(values.shape[:-1], np.nan))
        # NaN is sorted to the end.
        low, high = ((np.maximum(count - 1, 0)) // 2, count // 2)
        pair = [
            np.take_along_axis(
                values, np.reshape(np.broadcast_to(i, missing.shape), (*missing.shape, 1)), -1
            )
            for i in (low, np.minimum(high, values.shape[-1] - 1))
        ]
        with np.errstate(invalid="ignore"):
            middle = np.where(pair[0] == pair[1], pair[0], (pair[0] + pair[1]) / 2)[..., 0]
        spoilt = (count == 0) if how.omit else missing > 0
        return _kept(x, axes, np.where(spoilt, np.nan, middle))

    made = reduced("median", floating(A), how.dim, compute)
    return result(converted(np.asarray(made), kind)) if np.size(made) else made


@matlab_function("M", "F", accepts={"A": array_of})
def mode(A: Any, *args: Any, nargout: int = 1) -> tuple[Any, Any]:
    """Return the most frequent element.

    Parameters
    ----------
    A : array or number
        The numbers; NaN is left out.
    *args : int, sequence of int or "all"
        The dimension, counted from 1, or several of them, or "all"; by default the first whose
        length is not 1.
    nargout : int
        Number of outputs.

    Returns
    -------
    M : number or numpy.ndarray
        The most frequent elements, of several the least; of the class of `A`.
    F : int or numpy.ndarray of int
        How often they occur.

    Raises
    ------
    TypeError
        If `A` is not numeric, or a dlarray.
    ValueError
        If there is no such dimension.

    Notes
    -----
    Documented.

    Examples
    --------
    >>> from matxai import mode
    >>> mode([3, 1, 3, 1, 2], nargout=2)
    (1.0, 2)
    """
    how = reduction("mode", args)
    A = _numpy("mode", A)

    def counted(part: int) -> Any:
        def compute(x: np.ndarray, axes: tuple[int, ...]) -> np.ndarray:
            rows = _last(x, axes)
            found = [_most_frequent(rows[place])[part] for place in np.ndindex(rows.shape[:-1])]
            return _kept(x, axes, np.array(found, x.dtype if part == 0 else np.int64))

        return reduced("mode", floating(A) if A.size == 0 else A, how.dim, compute)

    return counted(0), counted(1) if nargout > 1 else None


def _most_frequent(row: np.ndarray) -> tuple[Any, int]:
    known = row[~np.isnan(row)] if row.dtype.kind == "f" else row
    if not known.size:
        return np.nan, 0
    values, counts = np.unique(known, return_counts=True)
    return values[counts.argmax()], int(counts.max())


def _variance(function: str, A: Any, w: Any, args: tuple[Any, ...]) -> Any:
    if isinstance(w, str):
        args, w = (w, *args), 0
    how = reduction(function, args)
    if is_given(w) and not (np.size(w) == 1 and np.ravel(w)[0] in (0, 1)):
        raise ValueError(f"{function}: w must be 0 or 1, but is {describe(w)}.")
    ddof = 0 if is_given(w) and np.ravel(w)[0] == 1 else 1
    if A.dtype.kind in "iu" and A.dtype != np.int64:
        raise TypeError(
            f"{function}: A must be single or double, but is {A.dtype}. Convert it: double(A)."
        )
    root = function == "std"

    def compute(x: Any, axes: tuple[int, ...]) -> Any:
        if is_dlarray(x):
            return _traced_variance(x, axes, ddof, root)
        skip = np.isnan(x) if how.omit else np.zeros(x.shape, bool)
        count = (~skip).sum(axis=axes, keepdims=True)
        with np.errstate(invalid="ignore", divide="ignore"):
            kind = x.dtype.type
            x = np.where(skip, kind(0), x)
            middle = x.sum(axis=axes, keepdims=True) / count.astype(kind)
            squares = np.where(skip, kind(0), x - middle) ** 2
            # One number varies by 0, whatever w.
            made = squares.sum(axis=axes, keepdims=True) / np.where(
                count > ddof, count - ddof, count
            ).astype(kind)
            return np.sqrt(made) if root else made

    if is_dlarray(A) and how.omit:
        raise TypeError(f"{function}: NaN can not be left out of a dlarray. Use extractdata(A).")
    return reduced(function, floating(A), how.dim, compute)


def _traced_variance(x: Any, axes: tuple[int, ...], ddof: int, root: bool) -> Any:
    count = int(np.prod([x.shape[axis] for axis in axes])) if axes else 1
    if count == 1:
        return x * 0
    return (np.std if root else np.var)(x, axis=axes, ddof=ddof, keepdims=True)


def _measure(name: str, what: str, value: str, rows: str) -> Any:
    def measure(A: Any, w: Any = 0, *args: Any) -> Any:
        return _variance(name, A, w, args)

    measure.__name__ = measure.__qualname__ = name
    measure.__doc__ = f"""Return the {what} of elements.

    Parameters
    ----------
    A : array, number or dlarray
        The numbers, single, double or logical.
    w : 0 or 1, optional
        0, the default, divides by N − 1, 1 by N.
    *args : int, sequence of int or str
        The dimension, counted from 1, or several of them, or "all"; by default the first whose
        length is not 1. Then "omitnan" to leave NaN out.

    Returns
    -------
    number, numpy.ndarray or dlarray
        The {what}, in dimensions of length 1; a number where one is left. That of one number is 0.

    Raises
    ------
    TypeError
        If `A` is not numeric, or of an integer class.
    ValueError
        If `w` is neither 0 nor 1, as weights are, or there is no such dimension or option.

    Notes
    -----
    Documented.

    Examples
    --------
    >>> from matxai import {name}
    >>> {name}([1, 2, 3, 6])
    {value}
    >>> {name}([[1, 2], [3, 6]], 1, 2)
    array([{rows}])
    """
    return matlab_function("S", accepts={"A": array_of})(measure)


std = _measure("std", "standard deviation", "2.160246899469287", "[0.5],\n           [1.5]")
var = _measure("var", "variance", "4.666666666666667", "[0.25],\n           [2.25]")


@matlab_function("n", accepts={"X": array_of})
def norm(X: Any, p: Any = 2) -> Any:
    """Return the norm of a vector or matrix.

    Parameters
    ----------
    X : array or dlarray
        A vector, 1-D, 1×n or n×1, or a matrix.
    p : number or "fro"
        Of a vector any number, inf or -inf; of a matrix 1, 2 or inf; "fro" is the root of the sum
        of squares.

    Returns
    -------
    number or dlarray
        The norm, single where `X` is.

    Raises
    ------
    TypeError
        If `X` is not numeric.
    ValueError
        If `X` has more than two dimensions, or there is no such norm.

    Notes
    -----
    Documented. Of a dlarray there are the norm of a vector with p 2 and "fro".

    Examples
    --------
    >>> from matxai import norm
    >>> norm([3, 4])
    5.0
    """
    if X.ndim > 2:
        raise ValueError(f"norm: X must be a vector or matrix, but has {X.ndim} dimensions.")
    vector, X = is_vector(X), floating(X)
    word = p.lower() if isinstance(p, str) else p
    wanted = {"fro": "fro", "inf": np.inf}.get(word, word) if isinstance(word, str) else word
    known = wanted == "fro" or (np.isscalar(wanted) and not isinstance(wanted, str))
    if not known or not (vector or wanted in ("fro", 1, 2, np.inf)):
        raise ValueError(
            f'norm: p must be a number, for a matrix 1, 2 or inf, or "fro", not {p!r}.'
        )
    if is_dlarray(X):
        if wanted != "fro" and not (vector and wanted == 2):
            raise ValueError("norm: of a dlarray there is the norm of a vector, and 'fro'.")
        return np.sqrt(np.sum(X * X))
    if X.size == 0:
        return 0.0
    if vector or wanted == "fro":
        return result(np.asarray(np.linalg.norm(X.reshape(-1), 2 if wanted == "fro" else wanted)))
    return result(np.asarray(np.linalg.norm(X, wanted)))
