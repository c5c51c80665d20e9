"""Other shapes of the same elements: reshape, squeeze, permute, repmat."""

from __future__ import annotations

from typing import Any

import numpy as np

from matxai.arguments import describe
from matxai.calling import matlab_function
from matxai.lang.creation import lengths_of
from matxai.lang.not_known import NotKnownError
from matxai.lang.values import array_of, dimensions, is_dlarray, is_given, owned, trimmed

__all__ = ["permute", "repmat", "reshape", "squeeze"]


@matlab_function("B", accepts={"A": array_of})
def reshape(A: Any, *sizes: Any) -> Any:
    """Lay the elements of an array out in another size, column by column.

    Parameters
    ----------
    A : array or dlarray
        The elements.
    *sizes : int or sequence of int
        One vector of the lengths, or each length on its own; then one of them may be ``[]``, which
        stands for what is left.

    Returns
    -------
    numpy.ndarray or dlarray
        The elements in MATLAB's order, in which the first index runs fastest. It has two dimensions
        at least, and none of length 1 behind them.

    Raises
    ------
    TypeError
        If `A` is not numeric or a length is no number.
    ValueError
        If the sizes give another number of elements, or are no integers.

    Notes
    -----
    Documented. ``reshape(X, [], 1)`` is MATLAB's ``X(:)``; ``X.ravel("F")`` is its 1-D form.

    Examples
    --------
    >>> from matxai import reshape
    >>> reshape([1, 2, 3, 4, 5, 6], 2, [])
    array([[1., 3., 5.],
           [2., 4., 6.]])
    """
    shape = _new_shape(A, sizes)
    if is_dlarray(A):
        return trimmed(np.transpose(np.reshape(np.transpose(A), shape[::-1])))
    return owned(trimmed(np.reshape(A, shape, order="F")), A)


def _new_shape(A: Any, sizes: tuple[Any, ...]) -> tuple[int, ...]:
    count = int(np.prod(A.shape, dtype=np.int64))
    free = [i for i, size in enumerate(sizes) if not is_given(size)]
    if len(sizes) == 1 and not free:
        shape = lengths_of("reshape", [np.ravel(sizes[0])])
        if np.size(sizes[0]) == 1:
            raise ValueError(f"reshape: give two lengths at least, not {describe(sizes[0])} alone.")
    elif len(free) > 1 or len(sizes) < 2:
        raise ValueError("reshape: give all lengths but one, for which [] may stand.")
    else:
        shape = list(lengths_of("reshape", [1 if i in free else s for i, s in enumerate(sizes)]))
        others = int(np.prod(shape))
        for i in free:
            shape[i] = count // others if others else 0
    if int(np.prod(shape)) != count:
        wanted = "×".join("[]" if i in free else str(n) for i, n in enumerate(shape))
        raise ValueError(f"reshape: {count} elements do not fit into {wanted}.")
    return tuple(shape)


@matlab_function("B", accepts={"A": array_of})
def squeeze(A: Any) -> Any:
    """Take dimensions of length 1 away.

    Parameters
    ----------
    A : array or dlarray
        The array; with two dimensions it stays as it is.

    Returns
    -------
    numpy.ndarray or dlarray
        The same elements. A vector, which in MATLAB becomes a column, is a 1-D array here.

    Raises
    ------
    TypeError
        If `A` is not numeric.

    Notes
    -----
    Documented, but for the 1-D arrays.

    Examples
    --------
    >>> import numpy as np
    >>> from matxai import squeeze
    >>> squeeze(np.zeros((2, 1, 3))).shape, squeeze(np.zeros((1, 1, 3))).shape
    ((2, 3), (3,))
    """
    if A.ndim <= 2:
        return owned(A, A)
    B = np.squeeze(A)
    return owned(B if B.ndim else np.reshape(B, (1, 1)), A)


@matlab_function("B", accepts={"A": array_of})
def permute(A: Any, dimorder: Any) -> Any:
    """Reorder the dimensions of an array.

    Parameters
    ----------
    A : array or dlarray
        The array; a 1-D array counts as a column.
    dimorder : sequence of int
        For each dimension of the result, the dimension of `A` that it is, counted from 1. There may
        be more than `A` has; these are of length 1.

    Returns
    -------
    numpy.ndarray or dlarray
        The reordered array.

    Raises
    ------
    TypeError
        If `A` is not numeric or `dimorder` holds no numbers.
    ValueError
        If `dimorder` is no order of 1, 2, …, or leaves a dimension of `A` out.

    Notes
    -----
    Documented.

    Examples
    --------
    >>> import numpy as np
    >>> from matxai import permute
    >>> permute(np.zeros((2, 3, 4)), [3, 1, 2]).shape
    (4, 2, 3)
    """
    try:
        order = dimensions(dimorder, "dimorder")
    except (TypeError, ValueError) as error:
        raise type(error)(f"permute: {error}") from None
    if sorted(order) != list(range(len(order))) or len(order) < max(2, A.ndim):
        raise ValueError(
            f"permute: dimorder must hold each dimension of A, 1 to {max(2, A.ndim)}, once, "
            f"but is {describe(dimorder)}."
        )
    if len(order) > A.ndim:
        A = np.reshape(A, (*A.shape, *(1,) * (len(order) - A.ndim)))
    return owned(trimmed(np.transpose(A, order)), A)


@matlab_function("B", accepts={"A": array_of})
def repmat(A: Any, *r: Any) -> Any:
    """Repeat an array in each dimension.

    Parameters
    ----------
    A : array, number or dlarray
        What is repeated.
    *r : int or sequence of int
        How often along each dimension: one number n for n×n, one vector, or each on its own.

    Returns
    -------
    numpy.ndarray or dlarray
        The repeated array.

    Raises
    ------
    TypeError
        If `A` is not numeric or a number is missing.
    ValueError
        If `A` is a 1-D array, for which rows and columns would differ, or the numbers are no
        integers.

    Notes
    -----
    Documented.

    Examples
    --------
    >>> from matxai import repmat
    >>> repmat([[1, 2]], 2, 2)
    array([[1., 2., 1., 2.],
           [1., 2., 1., 2.]])
    """
    if not r:
        raise TypeError("repmat: r is missing. Call repmat(A, m, n).")
    if A.ndim == 1 and A.size != 1:
        raise NotKnownError(
            "repmat: A is a 1-D array, neither a row nor a column. Say which: A[np.newaxis] is a "
            "row, A[:, np.newaxis] a column."
        )
    times = lengths_of("repmat", r)
    if not is_dlarray(A):
        return trimmed(_tiled(A, times))
    if A.ndim < len(times):
        A = np.reshape(A, (*A.shape, *(1,) * (len(times) - A.ndim)))
    for axis, count in enumerate(times):
        if count != 1:
            A = np.concatenate([A] * count, axis)
    return A


def _tiled(A: np.ndarray, times: tuple[int, ...]) -> np.ndarray:
    # NumPy would put missing dimensions before the others.
    A = A.reshape(*A.shape, *(1,) * (len(times) - A.ndim))
    return np.tile(A, (*times, *(1,) * (A.ndim - len(times))))
