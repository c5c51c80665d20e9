"""countcats: how many elements are in each category."""

from __future__ import annotations

from typing import Any

import numpy as np

from matxai.arguments import describe
from matxai.calling import matlab_function
from matxai.lang.categorical import categorical, categories

__all__ = ["countcats"]


def _labels(value: Any, name: str) -> categorical:
    if not isinstance(value, categorical):
        raise TypeError(f"{name} must be a categorical, but is {describe(value)}.")
    return value


@matlab_function("B", accepts={"A": _labels})
def countcats(A: Any) -> np.ndarray:
    """Count the elements of each category.

    Parameters
    ----------
    A : categorical
        The array, as a vector.

    Returns
    -------
    numpy.ndarray of int, shape (C,)
        How many elements are in each category, in the order of :func:`categories`; undefined ones
        count nowhere.

    Raises
    ------
    TypeError
        If `A` is no categorical.

    Examples
    --------
    >>> from matxai import categorical, countcats
    >>> countcats(categorical(["dog", "cat", "dog"]))
    array([1, 2])
    """
    return np.array([np.count_nonzero(name == A) for name in categories(A).tolist()], dtype=int)
