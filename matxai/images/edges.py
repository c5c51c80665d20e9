"""Edges of grey images: edge."""

from __future__ import annotations

from typing import Any

import numpy as np

from matxai.arguments import describe, numeric_array, one_of, real_scalar
from matxai.calling import matlab_function
from matxai.images.checks import grey_image
from matxai.images.classes import unit_scaled

__all__ = ["edge"]

_SIGMA = np.sqrt(2)
# Canny's share of pixels that are no edges, and its lower threshold by the higher one.
_NO_EDGES, _LOWER = 0.7, 0.4
_MIDDLE = {"Sobel": 2, "Prewitt": 1}
_method = one_of("Sobel", "Prewitt", "Canny")


@matlab_function("BW", "threshOut", accepts={"I": grey_image})
def edge(I, method="Sobel", threshold=None, *args, nargout=1):  # noqa: E741
    """Find the edges in a grey image.

    Parameters
    ----------
    I : array_like, shape (H, W)
        Grey image of any class.
    method : {"Sobel", "Prewitt", "Canny"}
        How edges are found.
    threshold : float or [float, float], optional
        What a gradient has to exceed: of "Canny" the higher threshold or both, from 0 to 1, by
        the largest gradient. Found out by default, and where it is empty.
    *args
        Of "Sobel" and "Prewitt" the direction, "both", as by default, "horizontal" or "vertical",
        and "nothinning"; of "Canny" the width of its filter, 1.4142 by default.

    Returns
    -------
    BW : numpy.ndarray of bool, shape (H, W)
        True at the edges.
    threshOut : float or numpy.ndarray, shape (2,)
        With ``nargout=2``: the threshold.

    Raises
    ------
    TypeError
        If `I` holds no numbers.
    ValueError
        If `I` is no grey image, or `method` another one.

    Notes
    -----
    Chosen as far as single pixels go. "Sobel" and "Prewitt" keep, as documented, gradients above
    the threshold, of which only the largest across an edge count; by default it is 2 by the root
    of the mean squared gradient. "Canny" is scikit-image's, with thresholds such that 70 % of the
    pixels are below the higher one.

    Examples
    --------
    >>> import numpy as np
    >>> from matxai import edge
    >>> image = np.zeros((4, 12))
    >>> image[:, 6:] = 1
    >>> np.flatnonzero(edge(image).any(axis=0))
    array([5])
    """
    method = _method(method, "edge: method")
    image = unit_scaled(I)
    if method == "Canny":
        sigma = real_scalar(args[0], "edge: sigma") if args else float(_SIGMA)
        return _canny(image, threshold, sigma)
    direction, thin = "both", True
    for arg in args:
        if isinstance(arg, str) and arg.lower() == "nothinning":
            thin = False
        elif not (isinstance(arg, str) and arg.lower() == "thinning"):
            direction = one_of("both", "horizontal", "vertical")(arg, "edge: direction")
    if isinstance(threshold, str):
        direction, threshold = (
            one_of("both", "horizontal", "vertical")(threshold, "edge: direction"),
            None,
        )
    return _gradient(image, _MIDDLE[method], threshold, direction, thin)


def _gradient(
    image: np.ndarray, middle: int, threshold: Any, direction: str, thin: bool
) -> tuple[np.ndarray, float]:
    from scipy import ndimage

    along = np.array([1, middle, 1]) / (2 * (middle + 2))
    across = [
        ndimage.correlate1d(
            ndimage.correlate1d(image, [-1, 0, 1], axis=axis, mode="nearest"),
            along, axis=1 - axis, mode="nearest",
        )
        for axis in (1, 0)
    ]  # fmt: skip
    across[0] *= direction != "horizontal"
    across[1] *= direction != "vertical"
    strength = across[0] ** 2 + across[1] ** 2
    if threshold is None or not np.size(threshold):
        limit = 4 * float(strength.mean())
    else:
        limit = real_scalar(threshold, "edge: threshold") ** 2
    found = strength > limit
    return (found & _peaks(strength, across) if thin else found), float(np.sqrt(limit))


def _peaks(strength: np.ndarray, across: list[np.ndarray]) -> np.ndarray:
    """Find where the gradient is the largest along its main direction."""
    large = np.pad(strength, 1)
    middle = large[1:-1, 1:-1]
    steep = np.abs(across[0]) >= np.abs(across[1])
    # Rounding makes equal gradients differ.
    bar = middle * (1 + 1e-12)
    sideways = (large[1:-1, :-2] < middle * (1 - 1e-12)) & (large[1:-1, 2:] <= bar)
    upright = (large[:-2, 1:-1] < middle * (1 - 1e-12)) & (large[2:, 1:-1] <= bar)
    return np.where(steep, sideways, upright)


def _canny(image: np.ndarray, threshold: Any, sigma: float) -> tuple[np.ndarray, np.ndarray]:
    from scipy import ndimage
    from skimage.feature import canny

    smooth = ndimage.gaussian_filter(image, sigma, mode="nearest")
    size = np.hypot(ndimage.sobel(smooth, 0), ndimage.sobel(smooth, 1))
    top = float(size.max())
    if top == 0:
        return np.zeros(image.shape, dtype=bool), np.array([0.0, 0.0])
    if threshold is None or not np.size(threshold):
        high = float(np.quantile(size, _NO_EDGES)) / top
        limits = np.array([_LOWER * high, high])
    else:
        given = numeric_array(threshold, "edge: threshold").astype(np.float64).reshape(-1)
        limits = np.array([_LOWER * given[0], given[0]]) if given.size == 1 else given
    if limits.size != 2 or not 0 <= limits[0] <= limits[1] < 1:
        raise ValueError(
            f"edge: threshold must be one number or [low, high] from 0 to below 1, but is "
            f"{describe(threshold)}."
        )
    low, high = limits * top
    # Its own gradients are those above.
    return canny(image, sigma, low, high, mode="nearest"), limits
