"""The same elements, other places: flip, fliplr, flipud, circshift, rot90."""

from __future__ import annotations

from typing import Any

import numpy as np

from matxai.arguments import describe
from matxai.calling import matlab_function
from matxai.lang.not_known import NotKnownError
from matxai.lang.values import (
    array_of,
    axes_of,
    dimension,
    first_axis,
    is_dlarray,
    number,
    owned,
    taken,
)

__all__ = ["circshift", "flip", "fliplr", "flipud", "rot90"]


def _flipped(A: Any, axis: int) -> Any:
    if axis >= A.ndim or A.ndim == 0:
        return owned(A, A)
    return taken(A, np.arange(A.shape[axis])[::-1], axis)


@matlab_function("B", accepts={"A": array_of, "dim": dimension})
def flip(A: Any, dim: Any = None) -> Any:
    """Reverse the order of the elements along one dimension.

    Parameters
    ----------
    A : array or dlarray
        The array.
    dim : int, optional
        The dimension, counted from 1; by default the first whose length is not 1.

    Returns
    -------
    numpy.ndarray or dlarray
        The reversed array.

    Raises
    ------
    TypeError
        If `A` is not numeric or `dim` no number.
    ValueError
        If `dim` is no positive integer.

    Notes
    -----
    Documented.

    Examples
    --------
    >>> from matxai import flip
    >>> flip([1, 2, 3])
    array([3., 2., 1.])
    """
    if dim is not None and A.ndim == 1:
        axes_of(A, dim + 1)
    return _flipped(A, first_axis(A) if dim is None else dim)


@matlab_function("B", accepts={"A": array_of})
def fliplr(A: Any) -> Any:
    """Reverse the order of the columns.

    Parameters
    ----------
    A : array or dlarray
        The array; a 1-D array is taken for a row.

    Returns
    -------
    numpy.ndarray or dlarray
        The reversed array.

    Raises
    ------
    TypeError
        If `A` is not numeric.

    Notes
    -----
    Documented, but for 1-D arrays.

    Examples
    --------
    >>> from matxai import fliplr
    >>> fliplr([[1, 2], [3, 4]])
    array([[2., 1.],
           [4., 3.]])
    """
    return _flipped(A, 0 if A.ndim == 1 else 1)


@matlab_function("B", accepts={"A": array_of})
def flipud(A: Any) -> Any:
    """Reverse the order of the rows.

    Parameters
    ----------
    A : array or dlarray
        The array; a 1-D array is taken for a column.

    Returns
    -------
    numpy.ndarray or dlarray
        The reversed array.

    Raises
    ------
    TypeError
        If `A` is not numeric.

    Notes
    -----
    Documented, but for 1-D arrays.

    Examples
    --------
    >>> from matxai import flipud
    >>> flipud([[1, 2], [3, 4]])
    array([[3., 4.],
           [1., 2.]])
    """
    return _flipped(A, 0)


@matlab_function("Y", accepts={"A": array_of, "dim": dimension})
def circshift(A: Any, K: Any, dim: Any = None) -> Any:
    """Shift elements around, what leaves at one end coming in at the other.

    Parameters
    ----------
    A : array or dlarray
        The array.
    K : int or sequence of int
        By how much; several shift along the first dimensions, one each.
    dim : int, optional
        The dimension, counted from 1; by default the first whose length is not 1.

    Returns
    -------
    numpy.ndarray or dlarray
        The shifted array.

    Raises
    ------
    TypeError
        If `A` is not numeric or `dim` no number.
    ValueError
        If `K` holds no integers, or several beside a `dim`.

    Notes
    -----
    Documented.

    Examples
    --------
    >>> from matxai import circshift
    >>> circshift([1, 2, 3, 4], 1)
    array([4., 1., 2., 3.])
    """
    shifts = np.ravel(np.asarray(K))
    if shifts.dtype.kind not in "iuf" or not shifts.size or (shifts != np.floor(shifts)).any():
        raise ValueError(f"circshift: K must hold integers, but is {describe(K)}.")
    if len(shifts) > 1 and dim is not None:
        raise ValueError(f"circshift: K must be one integer beside a dim, but is {describe(K)}.")
    start = (first_axis(A) if dim is None else dim) if len(shifts) == 1 else 0
    Y = owned(A, A)
    for axis, shift in enumerate(shifts, start):
        if axis < A.ndim and A.shape[axis]:
            count = A.shape[axis]
            Y = taken(Y, (np.arange(count) - int(shift)) % count, axis)
    return Y


@matlab_function("B", accepts={"A": array_of})
def rot90(A: Any, k: int = 1) -> Any:
    """Turn a matrix, or each page of an array, counterclockwise by 90 degrees.

    Parameters
    ----------
    A : array
        The array.
    k : int
        How many times; a negative number turns clockwise.

    Returns
    -------
    numpy.ndarray
        The turned array.

    Raises
    ------
    TypeError
        If `A` is not numeric, or a dlarray.
    ValueError
        If `k` is no integer, or `A` a 1-D array: it is neither a row nor a column.

    Notes
    -----
    Documented.

    Examples
    --------
    >>> from matxai import rot90
    >>> rot90([[1, 2], [3, 4]])
    array([[2., 4.],
           [1., 3.]])
    """
    if is_dlarray(A):
        raise TypeError("rot90: A must be no dlarray. Use extractdata(A).")
    turns = np.ravel(np.asarray(k))
    if turns.dtype.kind not in "iuf" or turns.size != 1 or turns[0] != np.floor(turns[0]):
        raise ValueError(f"rot90: k must be an integer, but is {describe(k)}.")
    if A.ndim == 0:
        return number(A[()])
    if A.ndim == 1:
        raise NotKnownError(
            "rot90: a 1-D array is neither a row nor a column: write x[np.newaxis] or "
            "x[:, np.newaxis]."
        )
    return np.rot90(A, int(turns[0]) % 4).copy()
