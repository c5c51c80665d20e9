"""Grey images into binary ones: graythresh, imbinarize."""

from __future__ import annotations

from typing import Any

import numpy as np

from matxai.arguments import describe, numeric_array, one_of
from matxai.calling import matlab_function
from matxai.images.checks import choice_or, class_range, colour_image, grey_image
from matxai.images.converting import as_class

__all__ = ["graythresh", "imbinarize"]

_BINS = 256


def _otsu(counts: np.ndarray) -> tuple[float, float]:
    """Part a histogram such that the two classes differ most: (level, separability), 0 to 1."""
    share = counts / counts.sum()
    bins = np.arange(1, len(share) + 1)
    below = np.cumsum(share)
    mean_below = np.cumsum(share * bins)
    mean = mean_below[-1]
    spread = below * (1 - below)
    with np.errstate(divide="ignore", invalid="ignore"):
        between = (mean * below - mean_below) ** 2 / spread
    between[~(spread > 1e-12)] = 0
    best = between.max()
    if best == 0:
        return 0.0, 0.0
    # Where several thresholds are as good, MATLAB's documented method takes their mean.
    level = np.flatnonzero(between >= best * (1 - 1e-12)).mean() / (len(share) - 1)
    total = float((share * (bins - mean) ** 2).sum())
    return float(level), float(best / total)


def _counts(image: np.ndarray) -> np.ndarray:
    return np.bincount(as_class(image, np.uint8).ravel(), minlength=_BINS).astype(np.float64)


@matlab_function("level", "EM", accepts={"I": colour_image})
def graythresh(I, *, nargout=1):  # noqa: E741
    """Find the threshold that parts an image into dark and bright by Otsu's method.

    Parameters
    ----------
    I : array_like, shape (H, W) or (H, W, 3)
        Image of any class; the pixels of all channels count.

    Returns
    -------
    level : float
        The threshold, from 0 to 1 over the range of the class.
    EM : float
        How well it parts the image, from 0 to 1, with ``nargout=2``.

    Raises
    ------
    TypeError
        If `I` holds no numbers.
    ValueError
        If `I` is no image.

    Notes
    -----
    Documented: Otsu's method on a histogram of 256 bins; among several best thresholds the mean.
    Held against GNU Octave's image package. Chosen: both are 0 for an image of one grey value.

    Examples
    --------
    >>> import numpy as np
    >>> from matxai import graythresh
    >>> graythresh(np.array([[10, 20, 200, 210]], dtype=np.uint8))
    0.429...
    """
    return _otsu(_counts(I))


def _threshold(value: Any, name: str) -> np.ndarray:
    array = numeric_array(value, name).astype(np.float64)
    if not ((array >= 0) & (array <= 1)).all():
        raise ValueError(f"{name} must lie between 0 and 1, but is {describe(value)}.")
    return array.reshape(()) if array.size == 1 else array


@matlab_function("BW", accepts={"I": grey_image, "method": choice_or(one_of("global"), _threshold)})
def imbinarize(I, method="global"):  # noqa: E741
    """Convert a grey image to a binary one by a threshold.

    Parameters
    ----------
    I : array_like, shape (H, W)
        Grey image, floats from 0 to 1.
    method : "global" or float or array_like, shape (H, W), default "global"
        Otsu's threshold, or a threshold from 0 to 1 over the range of the class, or one for each
        pixel.

    Returns
    -------
    numpy.ndarray of bool, shape (H, W)
        True where `I` is above the threshold.

    Raises
    ------
    TypeError
        If `I` holds no numbers.
    ValueError
        If `I` is no grey image, or a threshold is outside 0…1 or has another size. "adaptive" is
        not there: compute thresholds, such as a mean over the neighbourhood, and give them.

    See Also
    --------
    graythresh : the threshold that is taken by default.

    Notes
    -----
    Documented.

    Examples
    --------
    >>> import numpy as np
    >>> from matxai import imbinarize
    >>> imbinarize(np.array([[10, 20, 200, 210]], dtype=np.uint8))
    array([[False, False,  True,  True]])
    >>> imbinarize([[0.2, 0.5, 0.6]], 0.5)
    array([[False, False,  True]])
    """
    level = _otsu(_counts(I))[0] if isinstance(method, str) else method
    if np.ndim(level) and np.shape(level) != I.shape:
        raise ValueError(
            f"imbinarize: T must be a number or of the size of I, {I.shape}, but has the shape "
            f"{np.shape(level)}."
        )
    low, high = class_range(I.dtype)
    return I.astype(np.float64) > np.asarray(level) * (high - low) + low
