"""magic and kron: matrices made by rules."""

from __future__ import annotations

from typing import Any

import numpy as np

from matxai.calling import matlab_function
from matxai.lang.arithmetic import times
from matxai.lang.creation import lengths_of
from matxai.lang.not_known import NotKnownError
from matxai.lang.values import array_of, is_dlarray, tidy

__all__ = ["kron", "magic"]


@matlab_function("M")
def magic(n: Any) -> np.ndarray:
    """Make a magic square: the rows, columns and diagonals of the numbers 1 to n² have one sum.

    Parameters
    ----------
    n : int
        Number of rows and columns, at least 3; for 2 there is none, and 4 3, 1 2 is returned.

    Returns
    -------
    numpy.ndarray, shape (n, n)
        The square.

    Raises
    ------
    TypeError, ValueError
        If `n` is no integer.

    Notes
    -----
    Held against GNU Octave, whose squares are MATLAB's where MathWorks shows some.

    Examples
    --------
    >>> from matxai import magic
    >>> magic(3)
    array([[8., 1., 6.],
           [3., 5., 7.],
           [4., 9., 2.]])
    """
    size = lengths_of("magic", [n])[0]
    if size in (0, 2):
        return np.array([[4.0, 3.0], [1.0, 2.0]])[:size, :size]
    if size % 2:
        return _odd(size)
    return _singly_even(size) if size % 4 else _doubly_even(size)


@matlab_function("K")
def kron(A: Any, B: Any) -> Any:
    """Multiply each element of a matrix with a whole other matrix.

    Parameters
    ----------
    A : array or number, shape (M, N)
        Its elements are replaced by their products with `B`.
    B : array or number, shape (P, Q)
        The other matrix.

    Returns
    -------
    number or numpy.ndarray, shape (M·P, N·Q)
        The Kronecker product; of two 1-D arrays, which lie the same way, a 1-D array.

    Raises
    ------
    TypeError
        If one is not numeric, or both are of different integer classes.
    ValueError
        If one has more than two dimensions, or is a 1-D array beside a matrix: it is neither a row
        nor a column.

    Notes
    -----
    Numeric: held against GNU Octave, with which it is equal for whole numbers. Integer classes
    saturate.

    Examples
    --------
    >>> from matxai import kron
    >>> kron([[1, 0], [0, 1]], [[1, 2]])
    array([[1., 2., 0., 0.],
           [0., 0., 1., 2.]])
    """
    try:
        left, right = array_of(A, "A"), array_of(B, "B")
    except TypeError as error:
        raise TypeError(f"kron: {error}") from None
    if is_dlarray(left) or is_dlarray(right):
        raise TypeError("kron: dlarrays are not taken: extractdata(X) has the numbers.")
    rank = max(left.ndim, right.ndim)
    if rank > 2:
        raise ValueError("kron: A and B must be matrices, of two dimensions at most.")
    if rank == 2 and 1 in (left.ndim, right.ndim):
        raise NotKnownError(
            "kron: a 1-D array is neither a row nor a column: write x[np.newaxis] or "
            "x[:, np.newaxis]."
        )
    if rank == 0:
        return tidy(np.asarray(times(left, right)), left)
    left, right = (np.reshape(X, (*X.shape, *(1,) * (rank - X.ndim))) for X in (left, right))
    outer = left[(slice(None), np.newaxis) * rank], right[(np.newaxis, slice(None)) * rank]
    products = np.asarray(times(*outer))
    shape = [m * n for m, n in zip(left.shape, right.shape, strict=True)]
    return products.reshape(shape)


def _odd(n: int) -> np.ndarray:
    """Fill along diagonals, from the middle of the first row up and to the right."""
    square = np.zeros((n, n))
    count = np.arange(n * n)
    steps, starts = count % n, count // n
    square[(2 * starts - steps) % n, (n // 2 + steps - starts) % n] = count + 1
    return square


def _doubly_even(n: int) -> np.ndarray:
    """Count row by row, and backwards where both places lie in the same half of four."""
    square = np.arange(1.0, n * n + 1).reshape(n, n)
    edge = np.isin(np.arange(n) % 4, (0, 3))
    backwards = edge[:, np.newaxis] == edge
    square[backwards] = n * n + 1 - square[backwards]
    return square


def _singly_even(n: int) -> np.ndarray:
    """Put four odd squares together, and exchange parts of the upper and lower halves."""
    half = n // 2
    part = _odd(half)
    quarter = half**2
    square = np.block([[part, part + 2 * quarter], [part + 3 * quarter, part + quarter]])
    swapped = half // 2
    places = np.zeros((half, n), dtype=bool)
    places[:, :swapped] = True
    places[:, n - swapped + 1 :] = True
    places[swapped, 0], places[swapped, swapped] = False, True
    upper, lower = square[:half].copy(), square[half:].copy()
    square[:half], square[half:] = np.where(places, lower, upper), np.where(places, upper, lower)
    return square
