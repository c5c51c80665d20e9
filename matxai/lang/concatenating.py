"""Arrays put together: cat, horzcat, vertcat."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from matxai.calling import matlab_function
from matxai.lang.classes import converted
from matxai.lang.elementwise import is_whole
from matxai.lang.not_known import NotKnownError
from matxai.lang.values import array_of, dimension, is_dlarray, owned, trimmed

__all__ = ["cat", "horzcat", "joined_class", "vertcat"]


def _joined(function: str, axis: int, arrays: Sequence[Any]) -> Any:
    given = [array_of(A, f"{function}: A{i}") for i, A in enumerate(arrays, 1)]
    if not given:
        return np.zeros((0, 0))
    kind = joined_class([A.dtype for A in given])
    # MATLAB's [] disappears.
    full = [A for A in given if A.shape not in ((0, 0), (0,))]
    if not full:
        return owned(converted(given[0], kind), given[0])
    if all(A.ndim < 2 for A in full) and axis < 2:
        shaped, axis = [A if A.ndim else np.reshape(A, (1,)) for A in full], 0
    else:
        shaped = [_with_axis(function, A, axis, full) for A in full]
    _check_sizes(function, axis, shaped, any(A.ndim == 1 and A.size > 1 for A in full))
    if any(map(is_dlarray, shaped)):
        return trimmed(np.concatenate(shaped, axis))
    return trimmed(np.concatenate([converted(A, kind) for A in shaped], axis))


def joined_class(kinds: Sequence[np.dtype]) -> np.dtype:
    """Return the class of the result: the first integer class, or single, double, logical.

    Python's own integers, int64, are whole numbers of class double, such as indices: beside
    numbers of another class they become those.
    """
    whole = [k for k in kinds if is_whole(k)]
    if whole:
        return whole[0]
    return np.dtype(np.float32) if np.float32 in kinds else np.result_type(*kinds)


def _with_axis(function: str, A: Any, axis: int, among: Sequence[Any]) -> Any:
    """Give an array as many dimensions as the others; what a 1-D array is follows from them."""
    rank = max(2, axis + 1, *(other.ndim for other in among))
    if A.ndim == 1:
        if axis > 1:
            raise NotKnownError(
                f"{function}: a 1-D array is neither a row nor a column: write A[np.newaxis] or "
                f"A[:, np.newaxis]."
            )
        # Beside a matrix it is the part that fits: a row below, a column on the right.
        A = np.reshape(A, (1, A.size) if axis == 0 else (A.size, 1))
    return np.reshape(A, (*A.shape, *(1,) * (rank - A.ndim))) if A.ndim < rank else A


def _check_sizes(function: str, axis: int, arrays: Sequence[Any], flat: bool) -> None:
    others = {tuple(n for i, n in enumerate(A.shape) if i != axis) for A in arrays}
    if len(others) > 1:
        sizes = " and ".join("×".join(map(str, A.shape)) for A in arrays)
        # A 1-D array may lie the way that fits.
        raise (NotKnownError if flat else ValueError)(
            f"{function}: arrays of {sizes} do not fit together: they may differ in dimension "
            f"{axis + 1} only."
        )


@matlab_function("C", accepts={"dim": dimension})
def cat(dim: int, *A: Any) -> Any:
    """Put arrays together along a dimension.

    Parameters
    ----------
    dim : int
        The dimension, counted from 1.
    *A : array, number or dlarray
        The arrays; empty ones of size 0×0 are left out.

    Returns
    -------
    numpy.ndarray or dlarray
        All of them. Its class is the first integer class among them, else single if one is single,
        else double, or logical if all are.

    Raises
    ------
    TypeError
        If one is not numeric, or `dim` no number.
    ValueError
        If sizes differ in other dimensions, or a 1-D array is put together along a third.

    Notes
    -----
    Documented. Chosen: along the first two dimensions 1-D arrays alone are put end to end; beside
    a matrix, they are a row where rows are put below each other, and a column otherwise.

    Examples
    --------
    >>> import numpy as np
    >>> from matxai import cat
    >>> cat(3, np.zeros((2, 2)), np.ones((2, 2))).shape
    (2, 2, 2)
    """
    return _joined("cat", dim, A)


@matlab_function("C")
def horzcat(*A: Any) -> Any:
    """Put arrays side by side, as ``[A1, A2]`` does in MATLAB.

    Parameters
    ----------
    *A : array, number or dlarray
        The arrays; see :func:`matxai.cat`.

    Returns
    -------
    numpy.ndarray or dlarray
        All of them; 1-D arrays, as rows, give a 1-D array.

    Raises
    ------
    TypeError
        If one is not numeric.
    ValueError
        If their numbers of rows differ.

    Notes
    -----
    Documented, but for 1-D arrays.

    Examples
    --------
    >>> from matxai import horzcat
    >>> horzcat([1, 2], 3)
    array([1., 2., 3.])
    """
    return _joined("horzcat", 1, A)


@matlab_function("C")
def vertcat(*A: Any) -> Any:
    """Put arrays below each other, as ``[A1; A2]`` does in MATLAB.

    Parameters
    ----------
    *A : array, number or dlarray
        The arrays; see :func:`matxai.cat`.

    Returns
    -------
    numpy.ndarray or dlarray
        All of them; 1-D arrays, as columns, give a 1-D array.

    Raises
    ------
    TypeError
        If one is not numeric.
    ValueError
        If their numbers of columns differ.

    Notes
    -----
    Documented, but for 1-D arrays.

    Examples
    --------
    >>> from matxai import vertcat
    >>> vertcat([[1, 2]], [[3, 4]])
    array([[1., 2.],
           [3., 4.]])
    """
    return _joined("vertcat", 0, A)
