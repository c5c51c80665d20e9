"""Noise in images: imnoise."""

from __future__ import annotations

from typing import Any

import numpy as np

from matxai.arguments import describe, one_of, real_scalar
from matxai.calling import matlab_function
from matxai.images.checks import image_array
from matxai.images.classes import unit_scaled
from matxai.images.converting import as_class
from matxai.lang.random import stream, uniform

__all__ = ["imnoise"]

# What parameters each kind has at first.
_DEFAULTS: dict[str, tuple[float, ...]] = {
    "gaussian": (0.0, 0.01),
    "salt & pepper": (0.05,),
    "speckle": (0.05,),
    "poisson": (),
}
_kind = one_of(*_DEFAULTS)
# How many quanta of light 1 stands for in images of floats.
_QUANTA = {np.dtype(np.float64): 1e12, np.dtype(np.float32): 1e6}


@matlab_function("J", accepts={"I": image_array})
def imnoise(I, noise, *parameters):  # noqa: E741
    """Add noise to an image.

    Parameters
    ----------
    I : array_like, shape (H, W) or (H, W, C)
        Image of class uint8, uint16, int16, single or double; floats are brought into 0 to 1.
    noise : {"gaussian", "salt & pepper", "speckle", "poisson"}
        The kind of noise.
    *parameters : float
        Of "gaussian" the mean and the variance, 0 and 0.01 by default; of "salt & pepper" the
        share of pixels, 0.05; of "speckle" the variance of the factor, 0.05. The range of a class
        counts as 0 to 1.

    Returns
    -------
    numpy.ndarray, shape and class of `I`
        The image.

    Raises
    ------
    TypeError
        If `I` holds no numbers, or truth values.
    ValueError
        If `noise` is another kind, or a parameter is wrong.

    See Also
    --------
    rng : makes the noise the same again.

    Notes
    -----
    Statistical: the noise has the documented distribution, and is not the same as MATLAB's.

    Examples
    --------
    >>> import numpy as np
    >>> from matxai import imnoise
    >>> noisy = imnoise(np.full((100, 100), 128, dtype=np.uint8), "salt & pepper", 0.2)
    >>> np.unique(noisy)
    array([  0, 128, 255], dtype=uint8)
    """
    if I.dtype == bool:
        raise TypeError("imnoise: I must be a grey or colour image, but holds truth values.")
    kind = _kind(noise, "imnoise: noise")
    given = _parameters(kind, parameters)
    image = np.clip(unit_scaled(I), 0, 1)
    source = stream()
    if kind == "gaussian":
        mean, variance = given
        made = image + mean + np.sqrt(variance) * _normal(source, image.shape)
    elif kind == "speckle":
        # A factor that is uniform around 1.
        spread = np.sqrt(12 * given[0])
        made = image * (1 + spread * (uniform(source, *image.shape) - 0.5))
    elif kind == "salt & pepper":
        drawn = uniform(source, *image.shape)
        made = np.where(drawn < given[0] / 2, 0.0, np.where(drawn < given[0], 1.0, image))
    else:
        made = _poisson(source, image, I.dtype)
    return as_class(np.clip(made, 0, 1), I.dtype)


def _parameters(kind: str, parameters: tuple[Any, ...]) -> tuple[float, ...]:
    defaults = _DEFAULTS[kind]
    if len(parameters) > len(defaults):
        raise ValueError(
            f"imnoise: {kind!r} takes at most {len(defaults)} parameters, but got "
            f"{len(parameters)}."
        )
    given = tuple(real_scalar(p, "imnoise: parameter") for p in parameters)
    found = given + defaults[len(given) :]
    if found and found[-1] < 0:
        raise ValueError(
            f"imnoise: a variance or share must not be negative, but is {describe(found[-1])}."
        )
    return found


def _normal(source: Any, shape: tuple[int, ...]) -> np.ndarray:
    return source.standard_normal(int(np.prod(shape))).reshape(shape, order="F")


def _poisson(source: Any, image: np.ndarray, dtype: np.dtype) -> np.ndarray:
    """Let each pixel be the number of quanta that fell on it."""
    levels = _QUANTA.get(dtype) or float(np.iinfo(dtype).max) - float(np.iinfo(dtype).min)
    return source.poisson(image * levels) / levels
