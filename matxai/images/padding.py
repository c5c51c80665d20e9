"""Borders around arrays: padarray, and what filters see beyond the edges."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from matxai.arguments import describe, numeric_array, one_of, real_scalar
from matxai.calling import matlab_function
from matxai.images.checks import choice_or, image_array
from matxai.lang.integer_classes import to_class

__all__ = ["BOUNDARIES", "boundary", "padarray", "padded"]

BOUNDARIES = {"circular": "wrap", "replicate": "edge", "symmetric": "symmetric"}

boundary = choice_or(one_of(*BOUNDARIES), real_scalar)


def padded(array: np.ndarray, widths: Sequence[tuple[int, int]], how: str | float) -> np.ndarray:
    """Pad an array by numbers of elements before and after, for each dimension."""
    widths = [*widths, *[(0, 0)] * (array.ndim - len(widths))]
    if isinstance(how, str):
        return np.pad(array, widths, mode=BOUNDARIES[how])
    value = to_class(np.array(float(how)), array.dtype) if array.dtype.kind in "iu" else how
    return np.pad(array, widths, mode="constant", constant_values=value)


def _sizes(value: Any, name: str) -> tuple[int, ...]:
    array = numeric_array(value, name).reshape(-1)
    if not array.size or not ((array >= 0) & (array == np.floor(array))).all():
        raise ValueError(f"{name} must hold whole numbers from 0, but is {describe(value)}.")
    return tuple(int(n) for n in array)


_direction = one_of("both", "pre", "post")


@matlab_function(
    "B",
    accepts={"A": image_array, "padsize": _sizes, "padval": boundary, "direction": _direction},
)
def padarray(A, padsize, padval=0.0, direction=None):
    """Pad an array on its borders.

    Parameters
    ----------
    A : array_like, shape (H, W) or (H, W, ...)
        Array of any class.
    padsize : sequence of int, or int
        How many elements to add in each dimension; one number stands for the rows only.
    padval : float or str, default 0
        What to add: a number, or "circular" (the array repeated), "replicate" (its border
        elements) or "symmetric" (its mirror image).
    direction : {"both", "pre", "post"}, default "both"
        Whether to add behind the last element, before the first, or both.

    Returns
    -------
    numpy.ndarray
        The larger array, of the class of `A`.

    Raises
    ------
    TypeError
        If `A` holds no numbers.
    ValueError
        If `padsize` holds other things than whole numbers from 0, or a method is unknown.

    Notes
    -----
    Documented; held against GNU Octave's image package.

    Examples
    --------
    >>> from matxai import padarray
    >>> padarray([[1, 2], [3, 4]], [0, 2], "replicate", "post")
    array([[1., 2., 2., 2.],
           [3., 4., 4., 4.]])
    """
    array = A.reshape(A.shape + (1,) * (len(padsize) - A.ndim))
    before = direction != "post"
    after = direction != "pre"
    return padded(array, [(n * before, n * after) for n in padsize], padval)
