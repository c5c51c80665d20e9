"""Histograms of grey images: imhist, histeq."""

from __future__ import annotations

from typing import Any

import numpy as np

from matxai.arguments import describe, numeric_array, positive_integer
from matxai.calling import matlab_function
from matxai.images.checks import class_range, grey_image
from matxai.lang.integer_classes import to_class

__all__ = ["bins_of", "histeq", "imhist"]

# Grey values that histeq tells apart.
_LEVELS = 256


def bins_of(image: np.ndarray, count: int) -> np.ndarray:
    """Return the 0-based bin of each pixel; the first and the last bin are half as wide.

    Values beyond the range of the class fall into these; NaN into the first.
    """
    low, high = class_range(image.dtype)
    values = (image.astype(np.float64) - low) * (count - 1) / (high - low)
    values = np.clip(np.nan_to_num(values, nan=0.0), 0, count - 1)
    return np.floor(values + 0.5).astype(np.int64)


def _bins(image: np.ndarray, count: int | None, function: str) -> int:
    if image.dtype == bool and count not in (None, 2):
        raise ValueError(f"{function}: n must be 2 for a binary image, but is {count}.")
    return count or (2 if image.dtype == bool else 256)


@matlab_function("counts", "binLocations", accepts={"I": grey_image, "n": positive_integer})
def imhist(I, n=None, *, nargout=1):  # noqa: E741
    """Count how often each grey value occurs.

    Parameters
    ----------
    I : array_like, shape (H, W)
        Grey image, floats from 0 to 1, or binary image.
    n : int, optional
        Number of bins. By default 256, for a binary image 2.

    Returns
    -------
    counts : numpy.ndarray of float64, shape (n,)
        Number of pixels in each bin.
    binLocations : numpy.ndarray of float64, shape (n,)
        Grey value in the middle of each bin, with ``nargout=2``. With ``nargout=0`` the histogram
        is drawn.

    Raises
    ------
    TypeError
        If `I` holds no numbers.
    ValueError
        If `I` is no grey image, or `n` is not 2 for a binary one.

    Notes
    -----
    Documented; held against GNU Octave's image package. The drawing is made of bars, without the
    strip of grey values that MATLAB draws below.

    Examples
    --------
    >>> import numpy as np
    >>> from matxai import imhist
    >>> imhist(np.array([[0, 100, 255, 255]], dtype=np.uint8), 2, nargout=2)
    (array([2., 2.]), array([  0., 255.]))
    """
    count = _bins(I, n, "imhist")
    low, high = class_range(I.dtype)
    counts = np.bincount(bins_of(I, count).ravel(), minlength=count).astype(np.float64)
    places = np.linspace(low, high, count) if count > 1 else np.array([low])
    if nargout == 0:
        from matxai.graphics.bars import bar

        bar(places, counts)
    return counts, places


def _target(value: Any, name: str) -> Any:
    """Check the number of grey levels, or the histogram that is wanted."""
    array = numeric_array(value, name)
    if array.size == 1:
        return positive_integer(value, name)
    counts = array.reshape(-1).astype(np.float64)
    if not (np.isfinite(counts).all() and (counts >= 0).all() and counts.sum() > 0):
        raise ValueError(f"{name} must hold counts, not all of them 0, but is {describe(value)}.")
    return counts


@matlab_function("J", "T", accepts={"I": grey_image, "n": _target})
def histeq(I, n=64, *, nargout=1):  # noqa: E741
    """Enhance the contrast of a grey image such that all grey values are about as frequent.

    Parameters
    ----------
    I : array_like, shape (H, W)
        Grey image, floats from 0 to 1.
    n : int or array_like, default 64
        Number of grey values of the result; or the histogram that it shall have.

    Returns
    -------
    J : numpy.ndarray, shape (H, W)
        The image, of the class of `I`.
    T : numpy.ndarray of float64, shape (256,)
        The grey value from 0 to 1 that each of 256 grey values becomes, with ``nargout=2``.

    Raises
    ------
    TypeError
        If `I` holds no numbers, or truth values.
    ValueError
        If `I` is no grey image, or `n` neither a number nor a histogram.

    Notes
    -----
    Documented as far as arguments, classes and defaults go. Chosen: all pixels of a grey value
    take the level that the middle one of them has where the pixels are sorted and dealt out to
    the levels, as many to each as are wanted.

    Examples
    --------
    >>> import numpy as np
    >>> from matxai import histeq
    >>> histeq(np.array([[100, 101], [102, 103]], dtype=np.uint8), 4)
    array([[  0,  85],
           [170, 255]], dtype=uint8)
    """
    if I.dtype == bool:
        raise TypeError("histeq: I must be a grey image, but holds truth values.")
    bins = bins_of(I, _LEVELS)
    own = np.bincount(bins.ravel(), minlength=_LEVELS).astype(np.float64)
    wanted = np.ones(n) if isinstance(n, int) else n
    levels = _matched(own, wanted * I.size / wanted.sum())
    T = levels / max(len(wanted) - 1, 1)
    low, high = class_range(I.dtype)
    if I.dtype.kind == "f":
        return T[bins].astype(I.dtype), T
    return to_class(T * (high - low) + low, I.dtype)[bins], T


def _matched(own: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """Choose a level, counted from 0, for each grey value, after the cumulative histograms."""
    middle = np.cumsum(own) - own / 2
    # Sums that only differ by rounding count as equal.
    levels = np.searchsorted(np.cumsum(wanted), middle - own.sum() * 1e-9)
    return np.minimum(levels, len(wanted) - 1).astype(np.float64)
