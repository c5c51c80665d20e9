"""What kind of size an array has: isempty, isscalar, isvector, isrow, iscolumn, ismatrix."""

from __future__ import annotations

from typing import Any

from matxai.calling import matlab_function
from matxai.lang.sizes import size_of

__all__ = ["iscolumn", "isempty", "ismatrix", "isrow", "isscalar", "isvector"]


@matlab_function("TF")
def isempty(A: Any) -> bool:
    """Tell whether an array has no elements.

    Parameters
    ----------
    A : array, list, text or other object
        The array. None, which stands for MATLAB's ``[]``, is empty, and so is the empty text.

    Returns
    -------
    bool
        True if one of its dimensions is of length 0.

    Examples
    --------
    >>> import numpy as np
    >>> from matxai import isempty
    >>> isempty(np.zeros((0, 3))), isempty(0)
    (True, False)
    """
    return 0 in size_of(A)


@matlab_function("TF")
def isscalar(A: Any) -> bool:
    """Tell whether an array is 1×1.

    Parameters
    ----------
    A : array, list, text or other object
        The array; a text has as many elements as characters.

    Returns
    -------
    bool
        True if it has one element.

    Examples
    --------
    >>> from matxai import isscalar
    >>> isscalar(3), isscalar([3, 4])
    (True, False)
    """
    return size_of(A) == (1, 1)


@matlab_function("TF")
def isvector(A: Any) -> bool:
    """Tell whether an array is 1×n or n×1.

    Parameters
    ----------
    A : array, list, text or other object
        The array.

    Returns
    -------
    bool
        True if it has two dimensions and one of them is of length 1.

    Examples
    --------
    >>> from matxai import isvector
    >>> isvector([1, 2, 3]), isvector([[1, 2], [3, 4]])
    (True, False)
    """
    lengths = size_of(A)
    return len(lengths) == 2 and 1 in lengths


@matlab_function("TF")
def isrow(A: Any) -> bool:
    """Tell whether an array is 1×n.

    Parameters
    ----------
    A : array, list, text or other object
        The array. A 1-D array counts as a column.

    Returns
    -------
    bool
        True if it has two dimensions and the first is of length 1.

    Examples
    --------
    >>> from matxai import isrow
    >>> isrow([[1, 2, 3]]), isrow([1, 2, 3])
    (True, False)
    """
    lengths = size_of(A)
    return len(lengths) == 2 and lengths[0] == 1


@matlab_function("TF")
def iscolumn(A: Any) -> bool:
    """Tell whether an array is n×1.

    Parameters
    ----------
    A : array, list, text or other object
        The array. A 1-D array counts as a column.

    Returns
    -------
    bool
        True if it has two dimensions and the second is of length 1.

    Examples
    --------
    >>> from matxai import iscolumn
    >>> iscolumn([1, 2, 3]), iscolumn([[1, 2, 3]])
    (True, False)
    """
    lengths = size_of(A)
    return len(lengths) == 2 and lengths[1] == 1


@matlab_function("TF")
def ismatrix(A: Any) -> bool:
    """Tell whether an array has two dimensions.

    Parameters
    ----------
    A : array, list, text or other object
        The array.

    Returns
    -------
    bool
        True if it is m×n.

    Examples
    --------
    >>> import numpy as np
    >>> from matxai import ismatrix
    >>> ismatrix(np.zeros((2, 3))), ismatrix(np.zeros((2, 3, 4)))
    (True, False)
    """
    return len(size_of(A)) == 2
