"""Convolution of matrices: conv2, filter2."""

from __future__ import annotations

from typing import Any

import numpy as np

from matxai.arguments import one_of
from matxai.calling import matlab_function
from matxai.lang.matrix_checks import lying, numbers
from matxai.lang.values import result

__all__ = ["conv2", "filter2"]

_shape = one_of("full", "same", "valid")


def _convolved(A: np.ndarray, B: np.ndarray, shape: str) -> Any:
    from scipy.signal import convolve2d

    kind = np.float32 if np.float32 in (A.dtype, B.dtype) else np.float64
    rows, columns = (a + b - 1 if a and b else a for a, b in zip(A.shape, B.shape, strict=True))
    empty = not (A.size and B.size)
    full = np.zeros((rows, columns), kind)
    if not empty:
        full = convolve2d(A.astype(kind), B.astype(kind))
    if shape == "full":
        return result(full)
    # The middle begins one further where a length is even, unlike SciPy's.
    if shape == "same":
        starts, lengths = [n // 2 for n in B.shape], A.shape
        if empty:
            return np.zeros(A.shape, kind)
    else:
        starts = [max(n - 1, 0) for n in B.shape]
        lengths = [max(a - max(0, b - 1), 0) for a, b in zip(A.shape, B.shape, strict=True)]
    cut = tuple(slice(s, s + n) for s, n in zip(starts, lengths, strict=True))
    return result(full[cut].copy())


@matlab_function("C")
def conv2(*args: Any) -> Any:
    """Convolve two matrices, or a matrix with a column and a row.

    Parameters
    ----------
    *args : array, array, str
        ``A, B``; or ``u, v, A``, where `A` is convolved with the vector `u` as a column and with
        `v` as a row. Then, optionally, "full", the default, "same" for the middle part, of the
        size of `A`, or "valid" for what needs no zeros from outside.

    Returns
    -------
    number or numpy.ndarray
        The convolution: single if one of them is, else double.

    Raises
    ------
    TypeError
        If an argument is not numeric.
    ValueError
        If one has more than two dimensions, or is a 1-D array beside a matrix: it is neither a row
        nor a column.

    Notes
    -----
    Documented. Held against GNU Octave.

    Examples
    --------
    >>> from matxai import conv2
    >>> conv2([[1, 2], [3, 4]], [[1, 1]], "same")
    array([[3., 2.],
           [7., 4.]])
    """
    shape = "full"
    if args and isinstance(args[-1], str):
        shape, args = _shape(args[-1], "conv2: shape"), args[:-1]
    if len(args) == 2:
        return _convolved(lying(args[0], "conv2: A"), lying(args[1], "conv2: B"), shape)
    if len(args) != 3:
        raise TypeError("conv2: call conv2(A, B), conv2(u, v, A), or with a shape behind.")
    u, v = (numbers(x, f"conv2: {n}").reshape(-1) for x, n in zip(args, "uv", strict=False))
    return _convolved(lying(args[2], "conv2: A"), np.outer(u, v), shape)


@matlab_function("Y", accepts={"shape": _shape})
def filter2(H: Any, X: Any, shape: str = "same") -> Any:
    """Filter a matrix: correlate it with the coefficients.

    Parameters
    ----------
    H : array
        The coefficients.
    X : array
        The matrix.
    shape : {"same", "full", "valid"}
        Which part, as of :func:`matxai.conv2`.

    Returns
    -------
    number or numpy.ndarray
        The filtered matrix: single if one of them is, else double.

    Raises
    ------
    TypeError
        If an argument is not numeric.
    ValueError
        If one has more than two dimensions, or is a 1-D array: it is neither a row nor a column.

    Notes
    -----
    Documented. Held against GNU Octave.

    Examples
    --------
    >>> from matxai import filter2
    >>> filter2([[1, 2, 3]], [[0, 1, 0]])
    array([[3., 2., 1.]])
    """
    H = lying(H, "filter2: H")
    return _convolved(lying(X, "filter2: X"), H[::-1, ::-1], shape)
