"""Figures and inverses of matrices: det, trace, rank, inv, pinv, diag."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np

from matxai.arguments import describe, real_scalar
from matxai.calling import matlab_function
from matxai.lang.matrix_checks import floating_matrix, lying, numbers, square_matrix
from matxai.lang.values import result

__all__ = ["det", "diag", "inv", "pinv", "rank", "trace"]


@matlab_function("d", accepts={"A": square_matrix})
def det(A: Any) -> Any:
    """Return the determinant of a square matrix.

    Parameters
    ----------
    A : array or number, shape (N, N)
        The matrix, single or double.

    Returns
    -------
    number
        The determinant; 1 of nothing.

    Raises
    ------
    TypeError
        If `A` is not single or double.
    ValueError
        If `A` is not square.

    Notes
    -----
    Numeric: held against GNU Octave.

    Examples
    --------
    >>> from matxai import det
    >>> det([[2, 0], [0, 3]])
    6.0
    """
    from scipy.linalg import det as of_scipy

    return result(np.asarray(of_scipy(A) if A.size else 1.0).astype(A.dtype))


@matlab_function("b", accepts={"A": numbers})
def trace(A: Any) -> Any:
    """Add the elements of the diagonal of a square matrix up.

    Parameters
    ----------
    A : array or number, shape (N, N)
        The matrix.

    Returns
    -------
    number
        The sum; single stays single, all else is double.

    Raises
    ------
    TypeError
        If `A` is not numeric.
    ValueError
        If `A` is not square.

    Notes
    -----
    Documented.

    Examples
    --------
    >>> from matxai import trace
    >>> trace([[1, 2], [3, 4]])
    5.0
    """
    A = square_matrix(A if A.dtype == np.float32 else A.astype(np.float64), "trace: A")
    return result(np.trace(A))


def _shares(A: np.ndarray, tol: Any) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return the singular values and vectors, and which values count."""
    U, s, V = np.linalg.svd(A, full_matrices=False)
    if tol is None:
        tol = max(A.shape) * np.spacing(s.max(initial=0))
    return U, s, V, s > tol


@matlab_function("k", accepts={"A": floating_matrix, "tol": real_scalar})
def rank(A: Any, tol: Any = None) -> int:
    """Return the rank of a matrix: how many singular values are above a tolerance.

    Parameters
    ----------
    A : array or number
        The matrix, single or double.
    tol : float, optional
        The tolerance, by default ``max(size(A)) * eps(norm(A))``.

    Returns
    -------
    int
        The rank.

    Raises
    ------
    TypeError
        If `A` is not single or double.
    ValueError
        If `A` has more than two dimensions.

    Notes
    -----
    Documented.

    Examples
    --------
    >>> from matxai import rank
    >>> rank([[1, 2], [2, 4]])
    1
    """
    return int(_shares(A, tol)[3].sum()) if A.size else 0


@matlab_function("Y", accepts={"X": square_matrix})
def inv(X: Any) -> Any:
    """Return the inverse of a square matrix.

    Parameters
    ----------
    X : array or number, shape (N, N)
        The matrix, single or double.

    Returns
    -------
    number or numpy.ndarray, shape (N, N)
        The inverse; Inf, with a warning, of a singular matrix.

    Raises
    ------
    TypeError
        If `X` is not single or double.
    ValueError
        If `X` is not square.

    Notes
    -----
    Numeric: held against GNU Octave.

    Examples
    --------
    >>> from matxai import inv
    >>> inv([[2, 0], [0, 4]])
    array([[0.5 , 0.  ],
           [0.  , 0.25]])
    """
    try:
        made = np.linalg.inv(X)
    except np.linalg.LinAlgError:
        warnings.warn("Matrix is singular to working precision.", stacklevel=3)
        return result(np.full(X.shape, np.inf, X.dtype))
    if X.size and np.isfinite(X).all():
        condition = np.linalg.norm(X, 1) * np.linalg.norm(made, 1)
        if not condition * np.finfo(X.dtype).eps < 1:
            warnings.warn(
                f"Matrix is close to singular or badly scaled. Results may be inaccurate. "
                f"RCOND = {1 / condition:e}.",
                stacklevel=3,
            )
    return result(made)


def _matrix(value: Any, name: str) -> np.ndarray:
    return floating_matrix(lying(value, name), name)


@matlab_function("B", accepts={"A": _matrix, "tol": real_scalar})
def pinv(A: Any, tol: Any = None) -> Any:
    """Return the Moore-Penrose pseudoinverse of a matrix.

    Parameters
    ----------
    A : array or number, shape (M, N)
        The matrix, single or double.
    tol : float, optional
        Singular values up to this count as 0; by default ``max(size(A)) * eps(norm(A))``.

    Returns
    -------
    number or numpy.ndarray, shape (N, M)
        The pseudoinverse.

    Raises
    ------
    TypeError
        If `A` is not single or double.
    ValueError
        If `A` has more than two dimensions, or one: then it is neither a row nor a column.

    Notes
    -----
    Numeric: held against GNU Octave.

    Examples
    --------
    >>> from matxai import pinv
    >>> pinv([[2, 0], [0, 0]])
    array([[0.5, 0. ],
           [0. , 0. ]])
    """
    if not A.size:
        return np.zeros(A.shape[::-1], A.dtype)
    U, s, V, counted = _shares(A, tol)
    return result((V[counted].T / s[counted]) @ U[:, counted].T)


@matlab_function("D", accepts={"v": numbers})
def diag(v: Any, k: int = 0) -> Any:
    """Make a diagonal matrix of a vector, or return a diagonal of a matrix.

    Parameters
    ----------
    v : array or number
        The vector or matrix.
    k : int
        Which diagonal: 0 is the main one, positive ones lie above it.

    Returns
    -------
    number or numpy.ndarray
        A square matrix for a vector, which a 1-D array and a matrix of one row or column are; for
        another matrix its diagonal, a 1-D array.

    Raises
    ------
    TypeError
        If `v` is not numeric.
    ValueError
        If `v` has more than two dimensions, or `k` is no integer.

    Notes
    -----
    Documented.

    Examples
    --------
    >>> from matxai import diag
    >>> diag([1, 2])
    array([[1., 0.],
           [0., 2.]])
    >>> diag([[1, 2], [3, 4]])
    array([1., 4.])
    """
    if v.ndim > 2:
        raise ValueError(f"diag: v must be a vector or matrix, but has {v.ndim} dimensions.")
    offset = real_scalar(k, "diag: k")
    if offset != int(offset):
        raise ValueError(f"diag: k must be an integer, but is {describe(k)}.")
    flat = v.ndim < 2 or 1 in v.shape
    return result(np.diag(v.reshape(-1) if flat else v, int(offset)).copy())
