"""How large an array is: size, numel, length, ndims."""

from __future__ import annotations

from typing import Any

import numpy as np

from matxai.calling import matlab_function
from matxai.lang.values import dimensions, matlab_size

__all__ = ["length", "ndims", "numel", "size", "size_of"]


def size_of(A: Any) -> tuple[int, ...]:
    """Return MATLAB's size of whatever has one."""
    if A is None:
        return (0, 0)
    if isinstance(A, str):
        return (1 if A else 0, len(A))
    if isinstance(A, dict):
        return (1, 1)
    shape = getattr(A, "shape", None)
    if isinstance(shape, tuple):
        return (0, 0) if shape == (0,) else matlab_size(shape)
    if not isinstance(A, (list, tuple)):
        return matlab_size((len(A),)) if hasattr(A, "__len__") else (1, 1)
    if not A:
        return (0, 0)
    try:
        return matlab_size(np.asarray(A).shape)
    except ValueError:  # a list of things of different lengths is a cell array
        return (len(A), 1)


@matlab_function("sz", "...")
def size(A: Any, *dim: Any, nargout: int = 1) -> Any:
    """Return the size of an array.

    Parameters
    ----------
    A : array, list, text or other object
        The array.
    *dim : int or sequence of int, optional
        Dimensions whose lengths are wanted, counted from 1; all by default.
    nargout : int
        Number of outputs. With several and no `dim`, each is the length of one dimension, the
        last one the product of all that are left.

    Returns
    -------
    numpy.ndarray of int, or int
        The lengths of all dimensions, at least two; for one `dim` a number.

    Raises
    ------
    TypeError
        If `dim` is no number.
    ValueError
        If `dim` is no positive integer.

    Notes
    -----
    Documented, but for three choices: a 1-D array counts as a column; a text has the size of
    MATLAB's character vector, 1×n; None and an empty list are 0×0, MATLAB's ``[]``.

    Examples
    --------
    >>> import numpy as np
    >>> from matxai import size
    >>> size(np.zeros((2, 3, 4)))
    array([2, 3, 4])
    >>> size(np.zeros((2, 3, 4)), 3)
    4
    >>> size(np.zeros((2, 3, 4)), nargout=2)
    (2, 12)
    """
    lengths = size_of(A)
    if dim:
        axes = [i for d in dim for i in dimensions(d)]
        asked = [lengths[i] if i < len(lengths) else 1 for i in axes]
        if nargout > 1:
            if len(asked) != nargout:
                raise ValueError(f"size: {len(asked)} dimensions give no {nargout} outputs.")
            return tuple(asked)
        return (asked[0] if len(asked) == 1 else np.array(asked, dtype=np.int64),)
    if nargout <= 1:
        return (np.array(lengths, dtype=np.int64),)
    filled = (*lengths, *(1,) * nargout)
    rest = int(np.prod(lengths[nargout - 1 :], dtype=np.int64))
    return (*filled[: nargout - 1], rest)


@matlab_function("n")
def numel(A: Any) -> int:
    """Return the number of elements of an array.

    Parameters
    ----------
    A : array, list, text or other object
        The array; of a text, its characters are counted.

    Returns
    -------
    int
        The number.

    Examples
    --------
    >>> import numpy as np
    >>> from matxai import numel
    >>> numel(np.zeros((2, 3)))
    6
    """
    return int(np.prod(size_of(A), dtype=np.int64))


@matlab_function("L")
def length(X: Any) -> int:
    """Return the length of the longest dimension of an array, 0 if it is empty.

    Parameters
    ----------
    X : array, list, text or other object
        The array.

    Returns
    -------
    int
        The length.

    Examples
    --------
    >>> import numpy as np
    >>> from matxai import length
    >>> length(np.zeros((2, 3)))
    3
    """
    lengths = size_of(X)
    return 0 if 0 in lengths else max(lengths)


@matlab_function("N")
def ndims(A: Any) -> int:
    """Return the number of dimensions of an array, at least 2.

    Parameters
    ----------
    A : array, list, text or other object
        The array. Dimensions of length 1 behind the others do not count.

    Returns
    -------
    int
        The number.

    Examples
    --------
    >>> import numpy as np
    >>> from matxai import ndims
    >>> ndims(np.zeros((2, 3, 1)))
    2
    """
    return len(size_of(A))
