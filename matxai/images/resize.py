"""Resize images as MATLAB does: one dimension after the other, by weighted sums of pixels."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import ceil, prod
from typing import Any

import numpy as np

from matxai.arguments import any_of, describe, logical, numeric_array, one_of
from matxai.calling import matlab_function
from matxai.images.kernels import KERNELS, Kernel
from matxai.lang.integer_classes import to_class

__all__ = ["imresize", "resize"]

# Columns that are worked on at a time: wide enough to be fast, few enough to stay in the cache.
_BLOCK = 256

_method_name = one_of("bicubic", "bilinear", "nearest", *KERNELS)


def _custom_kernel(value: Any, name: str) -> tuple[Callable[..., Any], float]:
    """Check a kernel of the user's own: a function and its width, a cell array in MATLAB."""
    fits = isinstance(value, (tuple, list)) and len(value) == 2 and callable(value[0])
    if not fits:
        raise TypeError(
            f"{name} must be the name of a method or a pair (function, width), "
            f"but is {describe(value)}."
        )
    width = numeric_array(value[1], f"the width in {name}")
    if width.size != 1 or not 0 < width.item() < np.inf:
        raise ValueError(f"The width in {name} must be positive, but is {describe(value[1])}.")
    return value[0], float(width.item())


_method = any_of(_method_name, _custom_kernel)


def _image(value: Any, name: str) -> np.ndarray:
    array = numeric_array(value, name)
    if array.ndim < 2 or 0 in array.shape[:2]:
        raise ValueError(
            f"{name} must be an image, H×W or H×W×C…, with at least one pixel, "
            f"but has the shape {array.shape}."
        )
    return array


def _positive_numbers(value: Any, name: str) -> np.ndarray:
    array = numeric_array(value, name)
    if array.ndim == 2 and array.shape[1] == 3:
        raise ValueError(
            f"{name} looks like a colormap, and indexed images cannot be resized: "
            f"give imresize the RGB image."
        )
    numbers = array.reshape(-1).astype(float)
    if numbers.size not in (1, 2) or np.any(numbers <= 0) or np.any(np.isinf(numbers)):
        raise ValueError(f"{name} must be one or two positive numbers, but is {describe(value)}.")
    return numbers


def _scale(value: Any, name: str) -> tuple[float, float]:
    numbers = _positive_numbers(value, name)
    if np.any(np.isnan(numbers)):
        raise ValueError(f"{name} must be one or two positive numbers, but is {describe(value)}.")
    return float(numbers[0]), float(numbers[-1])


def _output_size(value: Any, name: str) -> tuple[float, float]:
    numbers = _positive_numbers(value, name)
    if numbers.size != 2 or np.all(np.isnan(numbers)):
        raise ValueError(
            f"{name} must be two positive numbers [rows, columns], of which one may be NaN, "
            f"but is {describe(value)}."
        )
    return float(numbers[0]), float(numbers[1])


def _scale_or_size(value: Any, name: str) -> tuple[float, ...]:
    numbers = _positive_numbers(value, name)
    return _scale(value, name)[:1] if numbers.size == 1 else _output_size(value, name)


@matlab_function(
    "B",
    accepts={
        "A": _image,
        "size": _scale_or_size,
        "method": _method,
        "OutputSize": _output_size,
        "Scale": _scale,
        "Method": _method,
        "Antialiasing": logical,
    },
)
def imresize(
    A,
    size=None,
    method="bicubic",
    *,
    OutputSize=None,
    Scale=None,
    Method=None,
    Antialiasing=None,
):
    """Resize an image.

    Parameters
    ----------
    A : array_like, shape (H, W) or (H, W, ...)
        Image or stack of images, of any integer class, bool, single or double. The first two
        dimensions are resized, the others kept.
    size : float or (rows, cols), optional
        One number is the scale factor: 0.5 halves both dimensions, and sizes are rounded up. Two
        numbers are the size of the output; one of them may be NaN and then follows from the
        aspect ratio, rounded up.
    method : str or (callable, float), default "bicubic"
        "nearest", "bilinear" or "bicubic"; or one of the kernels "box", "triangle" (the same as
        "bilinear"), "cubic" (the same as "bicubic"), "lanczos2" and "lanczos3"; or a function of
        the distance in pixels and the width outside which it is zero.
    OutputSize : (rows, cols), optional
        Size of the output, instead of `size`.
    Scale : float or (float, float), optional
        Scale factor, or one for each dimension, instead of `size`.
    Method : str or (callable, float), optional
        The same as `method`, which it overrides.
    Antialiasing : bool, default True, but False for "nearest"
        Whether the kernel is widened where the image shrinks, so that every pixel counts.

    Returns
    -------
    numpy.ndarray, shape (rows, cols) or (rows, cols, ...)
        The resized image, of the class of `A`. Integers are rounded (halves away from zero) and
        saturated; singles and doubles may overshoot the range of `A`.

    Raises
    ------
    TypeError
        If an argument has a type that MATLAB does not take.
    ValueError
        If `A` has less than two dimensions or no pixels, if no size or more than one is given, if
        a size or scale is not positive, or the method is unknown.

    Notes
    -----
    Exact: three results of MATLAB's default call, two images shrunk as uint8 and one as double
    (compared after rounding to uint8), are reproduced in every value; of a fourth, all but at
    most 3 of 150,528 values, which are off by 1. Numeric: enlarging a map of doubles, to the
    precision of a MATLAB figure. Documented: the other methods follow the documented kernels and
    have not been held against MATLAB output. Chosen: bool images are true where the interpolated
    value is at least ½; singles are computed in double and rounded to single after each pass;
    zero weights do not spread NaN; with one NaN in the size, both dimensions take the scale
    factor of the other.

    Indexed images with a colormap and categorical arrays are not supported.

    Examples
    --------
    >>> import numpy as np
    >>> from matxai import imresize
    >>> image = np.array([[0, 100], [200, 255]], dtype=np.uint8)
    >>> imresize(image, 2, "nearest")
    array([[  0,   0, 100, 100],
           [  0,   0, 100, 100],
           [200, 200, 255, 255],
           [200, 200, 255, 255]], dtype=uint8)
    >>> imresize(np.ones((480, 640, 3)), [240, np.nan]).shape
    (240, 320, 3)
    """
    target, scale = _target(A.shape[:2], size, OutputSize, Scale)
    return resize(A, target, Method or method, Antialiasing, scale=scale)


def _target(
    shape: tuple[int, int],
    size: tuple[float, ...] | None,
    output_size: tuple[float, float] | None,
    scale: tuple[float, float] | None,
) -> tuple[tuple[int, int], tuple[float, float] | None]:
    """Settle the size of the output, and the scale factors where they do not follow from it."""
    if sum(given is not None for given in (size, output_size, scale)) != 1:
        raise ValueError(
            "imresize: give the new size once: as second argument (one scale factor or "
            "[rows, columns]), as OutputSize or as Scale."
        )
    if size is not None and len(size) == 1:
        scale = (size[0], size[0])
    if scale is not None:
        return (ceil(scale[0] * shape[0]), ceil(scale[1] * shape[1])), scale
    rows, cols = output_size or size
    if np.isnan(rows):
        cols = ceil(cols)
        return (ceil(Fraction(cols * shape[0], shape[1])), cols), (cols / shape[1],) * 2
    if np.isnan(cols):
        rows = ceil(rows)
        return (rows, ceil(Fraction(rows * shape[1], shape[0]))), (rows / shape[0],) * 2
    return (ceil(rows), ceil(cols)), None


def resize(
    array: np.ndarray,
    size: tuple[int, int],
    method: str | tuple[Callable[..., Any], float] = "bicubic",
    antialiasing: bool | None = True,
    *,
    scale: tuple[float, float] | None = None,
) -> np.ndarray:
    """Resize the first two dimensions of an array: the core of :func:`imresize`.

    Parameters
    ----------
    array : numpy.ndarray, shape (H, W, ...)
        What to resize.
    size : (int, int)
        Rows and columns of the result.
    method : str or (callable, float), default "bicubic"
        As for :func:`imresize`.
    antialiasing : bool or None, default True
        Whether to widen the kernel where the array shrinks; None is True but for "nearest".
    scale : (float, float), optional
        Scale factors, where they are not exactly the quotients of the sizes.

    Returns
    -------
    numpy.ndarray, shape (rows, cols, ...)
        A new C-ordered array of the dtype of `array`.
    """
    if antialiasing is None:
        antialiasing = method != "nearest"
    scale = scale or (size[0] / array.shape[0], size[1] / array.shape[1])
    kernel = Kernel.of(method)
    work = array.astype(np.float64) if array.dtype == bool else array
    # Integers are rounded after each pass, so the order of the passes shows in the result.
    for axis in sorted((0, 1), key=lambda axis: scale[axis]):
        if scale[axis] != 1 or size[axis] != work.shape[axis]:
            work = _resize_axis(work, axis, size[axis], scale[axis], kernel, antialiasing)
    if array.dtype == bool:
        work = work >= 0.5
    return work.copy() if work is array else np.ascontiguousarray(work)


def _resize_axis(
    array: np.ndarray, axis: int, length: int, scale: float, kernel: Kernel, antialiasing: bool
) -> np.ndarray:
    """Resize one dimension, and give the result the dtype of the array."""
    weights = _weights(array.shape[axis], length, scale, kernel, antialiasing)
    if weights.nnz == length:
        # One pixel for each: no arithmetic, so that large integers stay exact.
        return np.take(array, weights.indices, axis=axis)
    lines = np.moveaxis(array, axis, 0)
    flat = lines.reshape(lines.shape[0], prod(lines.shape[1:]))
    out = np.empty((length, flat.shape[1]), array.dtype)
    for start in range(0, flat.shape[1], _BLOCK):
        block = slice(start, start + _BLOCK)
        out[:, block] = to_class(weights @ flat[:, block].astype(np.float64), array.dtype)
    return np.moveaxis(out.reshape(length, *lines.shape[1:]), 0, axis)


def _weights(n: int, length: int, scale: float, kernel: Kernel, antialiasing: bool):
    """Build the matrix, length × n, that resizes a line of n pixels."""
    from scipy.sparse import csr_array

    if antialiasing and scale < 1:
        kernel = kernel.widened(scale)
    # Pixel centres are integers from 1, as in MATLAB: the rounding of these sums depends on it.
    centres = np.arange(1, length + 1) / scale + 0.5 * (1 - 1 / scale)
    first = np.floor(centres - kernel.width / 2)
    pixels = first[:, None] + np.arange(ceil(kernel.width) + 2)
    weights = kernel(centres[:, None] - pixels)
    weights /= weights.sum(axis=1, keepdims=True)
    # Zeros are left out, so that a NaN spreads only as far as the kernel reaches.
    used = weights != 0
    columns = _mirrored(pixels.astype(np.int64) - 1, n)[used]
    bounds = np.concatenate([[0], np.cumsum(used.sum(axis=1))])
    return csr_array((weights[used], columns, bounds), shape=(length, n))


def _mirrored(index: np.ndarray, n: int) -> np.ndarray:
    """Fold 0-based indices beyond the ends of a line back into it, as a mirror at its edge does."""
    index = np.mod(index, 2 * n)
    return np.where(index < n, index, 2 * n - 1 - index)
