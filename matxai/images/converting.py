"""Images from one class into another: im2double, im2uint8 and their like."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from matxai.arguments import describe, numeric_array, one_of
from matxai.calling import matlab_function
from matxai.images.classes import unit_scaled
from matxai.lang.integer_classes import to_class

__all__ = ["as_class", "im2double", "im2single", "im2uint8", "im2uint16"]

_CLASSES = ("float64", "float32", "uint8", "uint16", "int16", "bool")


def _image(value: Any, name: str) -> np.ndarray:
    array = numeric_array(value, name)
    if array.dtype in (np.int64, np.float16):
        array = array.astype(np.float64)
    if array.dtype.name not in _CLASSES:
        raise TypeError(
            f"{name} must be an image of class single, double, logical, uint8, uint16 or int16, "
            f"but is of class {array.dtype.name}: {describe(value)}."
        )
    return array


def as_class(image: np.ndarray, dtype: Any) -> np.ndarray:
    """Convert an image such that black stays black and white stays white.

    Parameters
    ----------
    image : numpy.ndarray
        Image of any class; floats and truth values from 0 to 1, integers over their range.
    dtype : numpy.dtype
        Class of the result. Integers are rounded, halves away from zero, and saturated.

    Examples
    --------
    >>> import numpy as np
    >>> as_class(np.array([0, 0.5, 1]), np.uint8)
    array([  0, 128, 255], dtype=uint8)
    """
    dtype = np.dtype(dtype)
    if image.dtype == dtype:
        return image.copy()
    if dtype.kind == "f":
        return unit_scaled(image).astype(dtype)
    limits = np.iinfo(dtype)
    span = float(limits.max) - float(limits.min)
    if image.dtype.kind not in "iu":
        with np.errstate(invalid="ignore"):
            return to_class(image.astype(np.float64) * span + limits.min, dtype)
    own = np.iinfo(image.dtype)
    counted = image.astype(np.float64) - own.min
    # Between integers the factor is a whole number, or one over it, which rounds as it should.
    return to_class(counted * span / (float(own.max) - float(own.min)) + limits.min, dtype)


def _indexed(image: np.ndarray, dtype: np.dtype, function: str) -> np.ndarray:
    """Convert indices, which count from 1 in floats and from 0 in integers."""
    whole = image.dtype.kind in "iub"
    if dtype.kind == "f":
        return image.astype(dtype) + 1 if whole else image.astype(dtype)
    indices = image.astype(np.float64) - (0 if whole else 1)
    top = np.iinfo(dtype).max
    if indices.size and (indices.max() > top or indices.min() < 0):
        raise ValueError(
            f"{function}: I holds indices that {dtype.name} cannot hold: from "
            f"{describe(image.min())} to {describe(image.max())}."
        )
    return to_class(indices, dtype)


def _converter(name: str, dtype: Any, kind: str, example: str) -> Callable[..., Any]:
    dtype = np.dtype(dtype)

    def convert(I, indexed=None):  # noqa: E741
        if indexed is not None:
            return _indexed(I, dtype, name)
        return as_class(I, dtype)

    convert.__name__ = convert.__qualname__ = name
    convert.__module__ = __name__
    convert.__doc__ = f"""Convert an image to class {kind}.

    Parameters
    ----------
    I : array_like
        Image of any shape: single, double, logical, uint8, uint16 or int16. Floats and truth
        values go from 0 to 1, integers over the range of their class.
    indexed : str, optional
        ``"indexed"`` converts indices of colours instead, which count from 1 in floats and from 0
        in integers.

    Returns
    -------
    numpy.ndarray of {dtype.name}, shape of `I`
        The image, black and white being the same. A new array.

    Raises
    ------
    TypeError
        If `I` has another class.
    ValueError
        If indices do not fit into the class.

    Notes
    -----
    Documented: integers are rounded, halves away from zero, and saturated, NaN becomes 0. Held
    against GNU Octave's image package. Chosen: NumPy's int64 counts as double.

    Examples
    --------
    >>> import numpy as np
    >>> from matxai import {name}
    {example}
    """
    return matlab_function("J", accepts={"I": _image, "indexed": one_of("indexed")})(convert)


im2double = _converter(
    "im2double",
    np.float64,
    "double",
    ">>> im2double(np.array([0, 51, 255], dtype=np.uint8))\n    array([0. , 0.2, 1. ])",
)
im2single = _converter(
    "im2single",
    np.float32,
    "single",
    ">>> im2single(np.array([False, True]))\n    array([0., 1.], dtype=float32)",
)
im2uint8 = _converter(
    "im2uint8",
    np.uint8,
    "uint8",
    ">>> im2uint8(np.array([-1, 0.5, 2]))\n    array([  0, 128, 255], dtype=uint8)",
)
im2uint16 = _converter(
    "im2uint16",
    np.uint16,
    "uint16",
    ">>> im2uint16(np.array([0, 1, 255], dtype=np.uint8))\n"
    "    array([    0,   257, 65535], dtype=uint16)",
)
