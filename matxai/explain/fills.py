"""Images of which parts are replaced, as metrics of explanations need them."""

from __future__ import annotations

from typing import Any

import numpy as np

from matxai.arguments import describe, numeric_array, one_of
from matxai.explain.methods import as_maps
from matxai.nets.arrays import single_image

__all__ = ["fill_option", "filled", "maps_of_size"]

# The blur of RISE's insertion: 11×11 pixels, standard deviation 5.
BLUR_DEVIATION, BLUR_RADIUS = 5, 5


def fill_option(value: Any, name: str) -> str | np.ndarray:
    """Check what stands for a removed pixel: a text, a number, or an array of these."""
    if isinstance(value, str):
        return one_of("mean", "zeros", "blur")(value, name)
    values = numeric_array(value, name)
    if not values.size or not np.isfinite(values).all():
        raise ValueError(f"{name} must hold finite numbers, but is {describe(value)}.")
    return values


def filled(option: str | np.ndarray, image: np.ndarray) -> np.ndarray:
    """Make the image of which every pixel is removed.

    Parameters
    ----------
    option : {"mean", "zeros", "blur"} or array
        "mean" is each channel's mean over the image; an array holds one number, one for each
        channel, or an image, H×W×C.
    image : numpy.ndarray of float32, shape (C, H, W)
        The image.

    Returns
    -------
    numpy.ndarray of float32, shape (C, H, W)
        What stands for each pixel.
    """
    if not isinstance(option, str):
        return _given(option, image)
    if option == "zeros":
        return np.zeros_like(image)
    if option == "mean":
        means = image.mean(axis=(1, 2), keepdims=True, dtype=np.float64)
        return np.broadcast_to(means, image.shape).astype(np.float32)
    from scipy.ndimage import gaussian_filter

    radius = (0, BLUR_RADIUS, BLUR_RADIUS)
    deviation = (0, BLUR_DEVIATION, BLUR_DEVIATION)
    return gaussian_filter(image.astype(np.float64), deviation, radius=radius).astype(np.float32)


def _given(option: np.ndarray, image: np.ndarray) -> np.ndarray:
    channels, height, width = image.shape
    if option.size in (1, channels) and option.size == max(option.shape, default=1):
        values = np.broadcast_to(option.reshape(-1), channels).astype(np.float32)
        return np.broadcast_to(values[:, np.newaxis, np.newaxis], image.shape)
    return single_image(option, np.array([height, width, channels]), "Fill")[0]


def maps_of_size(scoreMap: Any, count: int, size: tuple[int, int]) -> np.ndarray:
    """Check maps of an image's size: H×W×K."""
    maps = as_maps(scoreMap, count, "scoreMap")
    if maps.shape[:2] != tuple(size):
        have, want = ("×".join(map(str, s)) for s in (maps.shape[:2], size))
        raise ValueError(
            f"scoreMap must have the height and width of X, {want}, but has {have}. "
            f"Enlarge it: imresize(scoreMap, X.shape[:2])."
        )
    return maps
