"""Dilation and erosion of grey and binary images, and what is made of them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from matxai.calling import matlab_function
from matxai.images.checks import image_array
from matxai.images.strels import structuring_element

__all__ = ["imclose", "imdilate", "imerode", "imopen"]


def _extreme(image: np.ndarray, shape: np.ndarray, largest: bool) -> np.ndarray:
    """Take the largest or least value under the shape; beyond the edges there is none."""
    from scipy import ndimage

    values = image.astype(np.uint8) if image.dtype == bool else image
    limits = np.finfo if values.dtype.kind == "f" else np.iinfo
    outside = limits(values.dtype).min if largest else limits(values.dtype).max
    if values.dtype.kind == "f":
        outside = -np.inf if largest else np.inf
    # A dilation takes the shape turned round, as a convolution does.
    widths = [((n - 1) // 2, n // 2) for n in shape.shape]
    if largest:
        shape, widths = np.flip(shape), [(after, before) for before, after in widths]
    large = np.pad(
        values, widths + [(0, 0)] * (values.ndim - 2), mode="constant", constant_values=outside
    )
    footprint = shape.reshape(shape.shape + (1,) * (values.ndim - 2))
    function = ndimage.maximum_filter if largest else ndimage.minimum_filter
    result = function(large, footprint=footprint, mode="nearest")
    valid = tuple(
        slice(n // 2, n // 2 + size) for n, size in zip(footprint.shape, image.shape, strict=True)
    )
    return result[valid].astype(image.dtype)


def _dilated(image: np.ndarray, shape: np.ndarray) -> np.ndarray:
    return _extreme(image, shape, True)


def _eroded(image: np.ndarray, shape: np.ndarray) -> np.ndarray:
    return _extreme(image, shape, False)


def _operation(
    name: str, does: str, operate: Callable[[np.ndarray, np.ndarray], np.ndarray], shown: str
) -> Callable[..., np.ndarray]:
    def function(I, SE):  # noqa: E741
        return operate(I, SE)

    function.__name__ = function.__qualname__ = name
    function.__module__ = __name__
    function.__doc__ = f"""{does}

    Parameters
    ----------
    I : array_like, shape (H, W) or (H, W, ...)
        Grey or binary image of any class; each channel is worked on.
    SE : StructuringElement or array_like, shape (M, N)
        The shape, as `strel` makes it, or its neighbourhood, a matrix.

    Returns
    -------
    numpy.ndarray, shape and class of `I`
        The image.

    Raises
    ------
    TypeError
        If `I` or `SE` holds no numbers.
    ValueError
        If `I` is no image, or `SE` no matrix with an element that is not 0.

    Notes
    -----
    Documented; held against GNU Octave's image package. Pixels beyond the edges do not count.

    Examples
    --------
    >>> from matxai import {name}
    >>> {name}([[0, 1, 1, 0, 5, 5, 5]], [1, 1, 1])
    {shown}
    """
    return matlab_function("J", accepts={"I": image_array, "SE": _flat})(function)


def _flat(value, name):
    """Check a shape; a list of numbers is a row."""
    if isinstance(value, (list, tuple, np.ndarray)) and np.ndim(value) == 1:
        value = np.reshape(value, (1, -1))
    return structuring_element(value, name)


imdilate = _operation(
    "imdilate",
    "Dilate an image: each pixel becomes the largest value under the shape.",
    _dilated,
    "array([[1., 1., 1., 5., 5., 5., 5.]])",
)
imerode = _operation(
    "imerode",
    "Erode an image: each pixel becomes the least value under the shape.",
    _eroded,
    "array([[0., 0., 0., 0., 0., 5., 5.]])",
)
imopen = _operation(
    "imopen",
    "Open an image: erode, then dilate, which removes what is bright and smaller than the shape.",
    lambda image, shape: _dilated(_eroded(image, shape), shape),
    "array([[0., 0., 0., 0., 5., 5., 5.]])",
)
imclose = _operation(
    "imclose",
    "Close an image: dilate, then erode, which fills what is dark and smaller than the shape.",
    lambda image, shape: _eroded(_dilated(image, shape), shape),
    "array([[1., 1., 1., 1., 5., 5., 5.]])",
)
