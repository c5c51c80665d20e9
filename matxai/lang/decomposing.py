"""Singular values and eigenvalues: svd, eig."""

from __future__ import annotations

from typing import Any

import numpy as np

from matxai.arguments import describe
from matxai.calling import matlab_function
from matxai.lang.matrix_checks import as_column, floats, lying, square_matrix
from matxai.lang.not_known import NotKnownError
from matxai.lang.values import result

__all__ = ["eig", "svd"]


def _finite(function: str, A: np.ndarray) -> None:
    if not np.isfinite(A).all():
        raise ValueError(f"{function}: A must hold neither NaN nor Inf, but is {describe(A)}.")


@matlab_function("U", "S", "V", accepts={"A": floats})
def svd(A: Any, size: Any = None, *, nargout: int = 1) -> tuple[Any, Any, Any]:
    """Return the singular values of a matrix, or its singular value decomposition.

    Parameters
    ----------
    A : array or number, shape (M, N)
        The matrix, single or double.
    size : {"econ", 0}, optional
        "econ" for no more singular vectors than singular values; 0 for the same of matrices of
        more rows than columns.
    nargout : int
        Number of outputs.

    Returns
    -------
    U : numpy.ndarray
        The left singular vectors, in columns. The singular values, a 1-D array in descending
        order, if only one output is asked for.
    S : numpy.ndarray
        A diagonal matrix of the singular values.
    V : numpy.ndarray
        The right singular vectors, in columns: ``A`` is ``U @ S @ V.T``.

    Raises
    ------
    TypeError
        If `A` is not single or double.
    ValueError
        If `A` is no matrix or not finite, or `size` something else.

    Notes
    -----
    Numeric: held against GNU Octave. Signs of singular vectors are those of LAPACK, and can be
    others in MATLAB.

    Examples
    --------
    >>> from matxai import svd
    >>> svd([[3, 0], [0, 4]])
    array([4., 3.])
    """
    A = lying(A, "svd: A") if nargout > 1 else as_column(A, "svd: A")
    _finite("svd", A)
    econ = isinstance(size, str) and size.lower() == "econ"
    zero = size is not None and not isinstance(size, str) and np.size(size) == 1 and not size
    if size is not None and not econ and not zero:
        raise ValueError(f'svd: size must be "econ" or 0, but is {describe(size)}.')
    if nargout == 1:
        return result(np.linalg.svd(A, compute_uv=False)), None, None
    short = econ or (zero and A.shape[0] > A.shape[1])
    U, s, V = np.linalg.svd(A, full_matrices=not short)
    S = np.zeros((U.shape[1], V.shape[0]), A.dtype)
    np.fill_diagonal(S, s)
    return result(U), result(S), result(V.T)


@matlab_function("V", "D", accepts={"A": square_matrix})
def eig(A: Any, *, nargout: int = 1) -> tuple[Any, Any]:
    """Return the eigenvalues of a square matrix, and its eigenvectors.

    Parameters
    ----------
    A : array or number, shape (N, N)
        The matrix, single or double.
    nargout : int
        Number of outputs.

    Returns
    -------
    V : numpy.ndarray
        The eigenvectors, in columns, of length 1. The eigenvalues, a 1-D array, if only one output
        is asked for; those of a symmetric matrix ascend.
    D : numpy.ndarray
        A diagonal matrix of the eigenvalues.

    Raises
    ------
    TypeError
        If `A` is not single or double.
    ValueError
        If `A` is not square or not finite, or if eigenvalues are complex.

    Notes
    -----
    Numeric: held against GNU Octave for symmetric matrices. The order of other eigenvalues and the
    signs of eigenvectors are those of LAPACK, and can be others in MATLAB.

    Examples
    --------
    >>> from matxai import eig
    >>> eig([[2, 1], [1, 2]])
    array([1., 3.])
    """
    _finite("eig", A)
    values, vectors = (np.linalg.eigh if np.array_equal(A, A.T) else np.linalg.eig)(A)
    if np.iscomplexobj(values):
        raise NotKnownError(
            "eig: A has complex eigenvalues; there are none here. numpy.linalg.eig(A) has them."
        )
    if nargout == 1:
        return result(values), None
    return result(vectors), result(np.diag(values))
