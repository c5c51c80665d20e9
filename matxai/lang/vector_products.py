"""Products and lengths of vectors: dot, cross, vecnorm."""

from __future__ import annotations

from typing import Any

import numpy as np

from matxai.arguments import describe
from matxai.calling import matlab_function
from matxai.lang.matrix_checks import floats
from matxai.lang.not_known import NotKnownError
from matxai.lang.values import axes_of, dimension, expanded, first_axis, is_vector, result

__all__ = ["cross", "dot", "vecnorm"]


def _sized(shape: tuple[int, ...]) -> str:
    return "×".join(map(str, shape)) or "1×1"


def _axis(function: str, A: np.ndarray, dim: int | None) -> int:
    if dim is not None and A.ndim == 1:
        raise NotKnownError(
            f"{function}: a 1-D array is neither a row nor a column, and has no dim: leave dim out."
        )
    return first_axis(A) if dim is None else dim


@matlab_function("C", accepts={"A": floats, "B": floats, "dim": dimension})
def dot(A: Any, B: Any, dim: Any = None) -> Any:
    """Return the scalar product of vectors.

    Parameters
    ----------
    A, B : array or number
        Two vectors of one length, or two arrays of one size, of vectors along a dimension.
    dim : int, optional
        The dimension, counted from 1; by default the first whose length is not 1.

    Returns
    -------
    number or numpy.ndarray
        The products, in a dimension of length 1; a number where one is left.

    Raises
    ------
    TypeError
        If an array is not single or double.
    ValueError
        If sizes differ, or there is no such dimension.

    Notes
    -----
    Documented. Held against GNU Octave.

    Examples
    --------
    >>> from matxai import dot
    >>> dot([1, 2, 3], [4, 5, 6])
    32.0
    """
    if dim is None and is_vector(A) and is_vector(B):
        if A.size != B.size:
            raise ValueError(f"dot: A and B differ in length: {A.size} and {B.size}.")
        return result((A.reshape(-1) * B.reshape(-1)).sum())
    if A.shape != B.shape:
        raise ValueError(f"dot: sizes differ: {_sized(A.shape)} and {_sized(B.shape)}.")
    axis = _axis("dot", A, dim)
    product = expanded(A * B, (axis,))
    return result(product.sum(axis=axis, keepdims=True))


@matlab_function("C", accepts={"A": floats, "B": floats, "dim": dimension})
def cross(A: Any, B: Any, dim: Any = None) -> Any:
    """Return the vector product of vectors of three elements.

    Parameters
    ----------
    A, B : array
        Two vectors of three elements, or two arrays of one size, of such vectors along a
        dimension.
    dim : int, optional
        The dimension, counted from 1, of length 3; by default the first of that length.

    Returns
    -------
    numpy.ndarray
        The products, of the same size.

    Raises
    ------
    TypeError
        If an array is not single or double.
    ValueError
        If sizes differ, or no dimension is of length 3.

    Notes
    -----
    Documented. Held against GNU Octave.

    Examples
    --------
    >>> from matxai import cross
    >>> cross([1, 0, 0], [0, 1, 0])
    array([0., 0., 1.])
    """
    if A.shape != B.shape:
        vectors = is_vector(A) and is_vector(B) and A.size == B.size
        raise (NotKnownError if vectors else ValueError)(
            f"cross: sizes differ: {_sized(A.shape)} and {_sized(B.shape)}."
        )
    threes = [i for i, n in enumerate(A.shape) if n == 3]
    axis = None if dim is None else _axis("cross", A, dim)
    if not threes or (axis is not None and axis not in threes):
        raise ValueError(
            f"cross: A and B must have a dimension of length 3, but are {_sized(A.shape)}."
        )
    return np.cross(A, B, axis=threes[0] if axis is None else axis)


@matlab_function("N", accepts={"A": floats, "dim": dimension})
def vecnorm(A: Any, p: Any = 2, dim: Any = None) -> Any:
    """Return the norms of vectors along a dimension.

    Parameters
    ----------
    A : array or number
        The vectors.
    p : float
        Which norm: positive, Inf for the greatest element; 2 is the Euclidean one.
    dim : int, optional
        The dimension, counted from 1; by default the first whose length is not 1.

    Returns
    -------
    number or numpy.ndarray
        The norms, in a dimension of length 1; a number where one is left.

    Raises
    ------
    TypeError
        If `A` is not single or double.
    ValueError
        If `p` is not positive, or there is no such dimension.

    Notes
    -----
    Documented. Held against GNU Octave.

    Examples
    --------
    >>> from matxai import vecnorm
    >>> vecnorm([[3, 0], [4, 2]])
    array([[5., 2.]])
    """
    order = np.ravel(p)[0] if np.size(p) == 1 and not isinstance(p, str) else np.nan
    if not order > 0:
        raise ValueError(f"vecnorm: p must be a positive number, but is {describe(p)}.")
    axis = axes_of(A, None if dim is None else dim + 1)[0]
    A = expanded(A, (axis,))
    if not A.shape[axis]:
        return result(np.zeros([1 if i == axis else n for i, n in enumerate(A.shape)], A.dtype))
    return result(np.linalg.norm(A, order, axis, keepdims=True).astype(A.dtype))
