"""Triangles of matrices: tril, triu."""

from __future__ import annotations

from typing import Any

import numpy as np

from matxai.arguments import describe
from matxai.calling import matlab_function
from matxai.lang.values import array_of, is_dlarray

__all__ = ["tril", "triu"]


def _triangle(function: str, A: Any, k: Any, lower: bool) -> Any:
    if A.ndim not in (0, 2):
        raise ValueError(f"{function}: A must be a matrix, but has {A.ndim} dimensions.")
    if not np.isscalar(k) or isinstance(k, str) or k != int(k):
        raise ValueError(f"{function}: k must be an integer, but is {describe(k)}.")
    mask = np.tri(*(A.shape or (1, 1)), int(k) if lower else int(k) - 1, dtype=bool)
    mask = mask if lower else ~mask
    if is_dlarray(A):
        return np.where(mask, A, 0.0)
    return np.where(mask.reshape(A.shape), A, A.dtype.type(0))


@matlab_function("L", accepts={"A": array_of})
def tril(A: Any, k: int = 0) -> Any:
    """Return the lower triangle of a matrix, its diagonal included.

    Parameters
    ----------
    A : array or dlarray, M×N
        The matrix.
    k : int
        The last diagonal that is kept; 0 is the main one, positive ones lie above it.

    Returns
    -------
    numpy.ndarray or dlarray, M×N
        The matrix with 0 above that diagonal.

    Raises
    ------
    TypeError
        If `A` is not numeric.
    ValueError
        If `A` is no matrix or `k` no integer.

    Notes
    -----
    Documented.

    Examples
    --------
    >>> import numpy as np
    >>> from matxai import tril
    >>> tril(np.ones((2, 3)))
    array([[1., 0., 0.],
           [1., 1., 0.]])
    """
    return _triangle("tril", A, k, True)


@matlab_function("U", accepts={"A": array_of})
def triu(A: Any, k: int = 0) -> Any:
    """Return the upper triangle of a matrix, its diagonal included.

    Parameters
    ----------
    A : array or dlarray, M×N
        The matrix.
    k : int
        The first diagonal that is kept; 0 is the main one, positive ones lie above it.

    Returns
    -------
    numpy.ndarray or dlarray, M×N
        The matrix with 0 below that diagonal.

    Raises
    ------
    TypeError
        If `A` is not numeric.
    ValueError
        If `A` is no matrix or `k` no integer.

    Notes
    -----
    Documented.

    Examples
    --------
    >>> import numpy as np
    >>> from matxai import triu
    >>> triu(np.ones((2, 3)), 1)
    array([[0., 1., 1.],
           [0., 0., 1.]])
    """
    return _triangle("triu", A, k, False)
