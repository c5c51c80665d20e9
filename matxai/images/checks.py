"""Checks of arguments that are images."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from matxai.arguments import Check, describe, numeric_array, real_scalar

__all__ = [
    "choice_or",
    "class_range",
    "colour_image",
    "colourmap",
    "finite_numbers",
    "from_zero",
    "grey_image",
    "image_array",
    "mask",
    "one_or_two",
    "same_size",
    "two_dimensional",
]


def class_range(dtype: np.dtype) -> tuple[float, float]:
    """Return the values that stand for black and white in a class.

    Examples
    --------
    >>> import numpy as np
    >>> class_range(np.dtype("int16"))
    (-32768.0, 32767.0)
    """
    if dtype.kind in "iu":
        limits = np.iinfo(dtype)
        return float(limits.min), float(limits.max)
    return 0.0, 1.0


def image_array(value: Any, name: str) -> np.ndarray:
    """Check an image, H×W or H×W×…, with at least one pixel.

    NumPy's int64, which lists of whole numbers and label maps are of, counts as double.
    """
    array = numeric_array(value, name)
    if array.ndim < 2 or array.size == 0:
        raise ValueError(
            f"{name} must be an image, H×W or H×W×C, with at least one pixel, but has the shape "
            f"{array.shape}."
        )
    if array.dtype == np.int64 or array.dtype == np.float16:
        return array.astype(np.float64)
    return array


def two_dimensional(value: Any, name: str) -> np.ndarray:
    """Check a grey image or mask, H×W; H×W×1 is one as well."""
    array = image_array(value, name)
    if array.ndim == 3 and array.shape[2] == 1:
        array = array[:, :, 0]
    if array.ndim != 2:
        raise ValueError(f"{name} must be an H×W matrix, but has the shape {array.shape}.")
    return array


grey_image = two_dimensional


def colour_image(value: Any, name: str) -> np.ndarray:
    """Check a grey or an RGB image: H×W or H×W×3; H×W×1 is grey."""
    array = image_array(value, name)
    if array.ndim == 3 and array.shape[2] == 1:
        array = array[:, :, 0]
    if array.ndim != 2 and (array.ndim != 3 or array.shape[2] != 3):
        raise ValueError(
            f"{name} must be a grey image (H×W) or an RGB image (H×W×3), but has the shape "
            f"{array.shape}."
        )
    return array


def mask(value: Any, name: str) -> np.ndarray:
    """Check a binary image: H×W, where everything but 0 is true."""
    return two_dimensional(value, name) != 0


def colourmap(value: Any, name: str) -> np.ndarray:
    """Check a colormap: K×3 doubles from 0 to 1."""
    array = numeric_array(value, name)
    if array.ndim != 2 or array.shape[1] != 3 or not len(array):
        raise ValueError(f"{name} must be a K×3 colormap, but has the shape {array.shape}.")
    array = array.astype(np.float64)
    if not ((array >= 0) & (array <= 1)).all():
        raise ValueError(f"{name} must hold colours from 0 to 1, but is {describe(array)}.")
    return array


def finite_numbers(lengths: tuple[int, ...]) -> Check:
    """Make the check of a vector of finite numbers that has one of some lengths."""

    def check(value: Any, name: str) -> np.ndarray:
        array = numeric_array(value, name).reshape(-1)
        if array.size not in lengths:
            wanted = " or ".join(map(str, lengths))
            raise ValueError(f"{name} must have {wanted} elements, but is {describe(value)}.")
        return np.array([real_scalar(float(item), name) for item in array])

    return check


def from_zero(value: Any, name: str) -> float:
    """Check a number that is not negative."""
    number = real_scalar(value, name)
    if number < 0:
        raise ValueError(f"{name} must not be negative, but is {describe(value)}.")
    return number


def one_or_two(check: Check) -> Check:
    """Make the check of one number, which stands for both, or of two: [rows, columns]."""

    def both(value: Any, name: str) -> tuple[Any, Any]:
        array = numeric_array(value, name).reshape(-1)
        if array.size not in (1, 2):
            raise ValueError(
                f"{name} must be one number or two, [rows, columns], but is {describe(value)}."
            )
        return check(array[0], name), check(array[-1], name)

    return both


def choice_or(names: Callable[[Any, str], str], other: Check) -> Check:
    """Make the check of a text that is one of some names, or of something else that is no text."""

    def check(value: Any, name: str) -> Any:
        return names(value, name) if isinstance(value, str) else other(value, name)

    return check


def same_size(function: str, first: np.ndarray, second: np.ndarray, names: tuple[str, str]) -> None:
    """Refuse two images of different sizes."""
    if first.shape != second.shape:
        raise ValueError(
            f"{function}: {names[0]} and {names[1]} must have the same size, but have the shapes "
            f"{first.shape} and {second.shape}."
        )
