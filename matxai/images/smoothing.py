"""Smoothing: imgaussfilt, medfilt2."""

from __future__ import annotations

from typing import Any

import numpy as np

from matxai.arguments import describe, one_of, positive_integer, real_scalar
from matxai.calling import matlab_function
from matxai.images.checks import grey_image, image_array, one_or_two
from matxai.images.filter_kernels import gaussian
from matxai.images.filtering import back_in_class, correlated
from matxai.images.padding import boundary, padded
from matxai.lang.integer_classes import to_class

__all__ = ["imgaussfilt", "medfilt2"]


def _sigma(value: Any, name: str) -> float:
    number = real_scalar(value, name)
    if number <= 0:
        raise ValueError(f"{name} must be positive, but is {describe(value)}.")
    return number


def _odd(value: Any, name: str) -> int:
    number = positive_integer(value, name)
    if number % 2 == 0:
        raise ValueError(f"{name} must be odd, but is {describe(value)}.")
    return number


@matlab_function(
    "B",
    accepts={
        "A": image_array,
        "sigma": one_or_two(_sigma),
        "FilterSize": one_or_two(_odd),
        "Padding": boundary,
    },
)
def imgaussfilt(A, sigma=(0.5, 0.5), *, FilterSize=None, Padding="replicate"):
    """Smooth an image by a Gaussian filter.

    Parameters
    ----------
    A : array_like, shape (H, W) or (H, W, ...)
        Image of any class; each channel is smoothed.
    sigma : float or [rows, columns], default 0.5
        Standard deviation of the Gaussian, in pixels.
    FilterSize : int or [rows, columns], optional
        Size of the filter, odd; by default 2·⌈2·sigma⌉ + 1.
    Padding : str or float, default "replicate"
        What lies beyond the edges: "replicate", "circular", "symmetric" or a number.

    Returns
    -------
    numpy.ndarray, shape of `A`
        The smoothed image, of the class of `A`.

    Raises
    ------
    TypeError
        If `A` holds no numbers.
    ValueError
        If `A` is no image, `sigma` is not positive or `FilterSize` not odd.

    Notes
    -----
    Documented. Chosen: truth values are true where the mean is at least ½.

    Examples
    --------
    >>> import numpy as np
    >>> from matxai import imgaussfilt
    >>> imgaussfilt(np.array([[0, 0, 255, 0, 0]], dtype=np.uint8), 1)
    array([[ 14,  62, 103,  62,  14]], dtype=uint8)
    """
    size = FilterSize or tuple(2 * int(np.ceil(2 * s)) + 1 for s in sigma)
    # Down the columns, then along the rows: the Gaussian is a product.
    down = gaussian((size[0], 1), sigma[0])
    across = gaussian((1, size[1]), sigma[1])
    return back_in_class(correlated(correlated(A, down, Padding), across, Padding), A.dtype)


@matlab_function(
    "J",
    accepts={
        "I": grey_image,
        "window": one_or_two(positive_integer),
        "padopt": one_of("zeros", "symmetric", "indexed"),
    },
)
def medfilt2(I, window=(3, 3), padopt="zeros"):  # noqa: E741
    """Replace each pixel by the median of its neighbourhood.

    Parameters
    ----------
    I : array_like, shape (H, W)
        Grey or binary image.
    window : [rows, columns], default [3, 3]
        Size of the neighbourhood. The pixel is its element ⌊(n+1)/2⌋, counted from 1.
    padopt : {"zeros", "symmetric", "indexed"}, default "zeros"
        What lies beyond the edges: 0, the mirror image, or, for indexed images, 1 where `I` is
        double and else 0.

    Returns
    -------
    numpy.ndarray, shape and class of `I`
        The filtered image. Of an even number of integers, the mean of the two in the middle
        without its fraction.

    Raises
    ------
    TypeError
        If `I` holds no numbers.
    ValueError
        If `I` is no matrix, or an option is unknown.

    Notes
    -----
    Documented; held against GNU Octave's image package.

    Examples
    --------
    >>> import numpy as np
    >>> from matxai import medfilt2
    >>> medfilt2(np.array([[1, 9, 2, 3]], dtype=np.uint8), [1, 3])
    array([[1, 2, 3, 2]], dtype=uint8)
    """
    from scipy import ndimage

    rows, columns = window
    widths = [((n - 1) // 2, n - 1 - (n - 1) // 2) for n in window]
    outside = "symmetric" if padopt == "symmetric" else 0.0
    if padopt == "indexed" and I.dtype == np.float64:
        outside = 1.0
    large = padded(I.astype(np.uint8) if I.dtype == bool else I, widths, outside)
    valid = tuple(slice(n // 2, n // 2 + s) for n, s in zip(window, I.shape, strict=True))
    count = rows * columns
    ranks = [(count - 1) // 2, count // 2]
    low, high = (
        ndimage.rank_filter(large, rank, size=window, mode="constant")[valid] for rank in ranks
    )
    middle = (low.astype(np.float64) + high.astype(np.float64)) / 2
    if I.dtype == bool:
        return np.floor(middle) > 0
    return to_class(np.trunc(middle) if I.dtype.kind in "iu" else middle, I.dtype)
