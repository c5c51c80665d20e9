"""Grey values stretched and turned round: stretchlim, imadjust, imcomplement."""

from __future__ import annotations

from typing import Any

import numpy as np

from matxai.arguments import describe, numeric_array, real_scalar
from matxai.calling import matlab_function
from matxai.images.checks import class_range, colour_image, finite_numbers
from matxai.images.classes import unit_scaled
from matxai.images.converting import as_class
from matxai.images.histograms import bins_of

__all__ = ["imadjust", "imcomplement", "stretchlim"]


def _tolerance(value: Any, name: str) -> tuple[float, float]:
    numbers = finite_numbers((1, 2))(value, name)
    low, high = (numbers[0], 1 - numbers[0]) if len(numbers) == 1 else numbers
    if not 0 <= low < high <= 1:
        raise ValueError(
            f"{name} must be [low, high] with 0 ≤ low < high ≤ 1, or one number below 0.5, but is "
            f"{describe(value)}."
        )
    return low, high


@matlab_function("lowhigh", accepts={"I": colour_image, "Tol": _tolerance})
def stretchlim(I, Tol=(0.01, 0.99)):  # noqa: E741
    """Find the limits between which most pixels lie, to stretch the contrast with imadjust.

    Parameters
    ----------
    I : array_like, shape (H, W) or (H, W, 3)
        Grey or RGB image, floats from 0 to 1.
    Tol : [low, high] or float, default [0.01, 0.99]
        Shares of the pixels below the limits; one number leaves out as many at both ends.

    Returns
    -------
    numpy.ndarray of float64, shape (2, 1) or (2, 3)
        Lower and upper limit, from 0 to 1, in the rows; the channels in the columns.

    Raises
    ------
    TypeError
        If `I` holds no numbers.
    ValueError
        If `I` is no image, or `Tol` are no shares.

    Notes
    -----
    Documented; limits are found in a histogram of 256 bins for uint8, else of 65,536, and are 0
    and 1 where both would be the same.

    Examples
    --------
    >>> import numpy as np
    >>> from matxai import stretchlim
    >>> stretchlim(np.arange(51, 103, dtype=np.uint8).reshape(1, -1), 0).ravel()
    array([0.2, 0.4])
    """
    return _stretch_limits(I, Tol)


def _stretch_limits(image: np.ndarray, tolerance: tuple[float, float]) -> np.ndarray:
    count = 256 if image.dtype == np.uint8 else 65536
    planes = image.reshape(*image.shape[:2], -1)
    limits = [_limits_of(planes[..., i], count, tolerance) for i in range(planes.shape[2])]
    return np.array(limits).T


def _limits_of(
    plane: np.ndarray, count: int, tolerance: tuple[float, float]
) -> tuple[float, float]:
    found = np.bincount(bins_of(plane, count).ravel(), minlength=count)
    share = np.cumsum(found) / plane.size
    low = int((share > tolerance[0]).argmax())
    high = int((share >= tolerance[1] - 1e-12).argmax())
    return (0.0, 1.0) if low == high else (low / (count - 1), high / (count - 1))


def _range(value: Any, name: str) -> np.ndarray | None:
    """Check limits: [low, high], a row for each; a column for each of three channels."""
    if value is None or np.size(value) == 0:
        return None
    array = numeric_array(value, name).astype(np.float64)
    if array.shape not in ((2,), (1, 2), (2, 1), (2, 3)) or not ((array >= 0) & (array <= 1)).all():
        raise ValueError(
            f"{name} must be [low, high] from 0 to 1, or 2×3 for RGB, but is {describe(value)}."
        )
    return array if array.shape == (2, 3) else array.reshape(2, 1)


def _gamma(value: Any, name: str) -> float:
    number = real_scalar(value, name)
    if number < 0:
        raise ValueError(f"{name} must not be negative, but is {describe(value)}.")
    return number


@matlab_function(
    "J", accepts={"I": colour_image, "lowhigh_in": _range, "lowhigh_out": _range, "gamma": _gamma}
)
def imadjust(I, lowhigh_in="stretchlim", lowhigh_out=None, gamma=1.0):  # noqa: E741
    """Adjust the contrast: map grey values between limits to values between other limits.

    Parameters
    ----------
    I : array_like, shape (H, W) or (H, W, 3)
        Grey or RGB image, floats from 0 to 1.
    lowhigh_in : [low, high] or array_like, shape (2, 3), optional
        Limits of the values that are mapped; values beyond are clipped. ``[]`` is [0, 1]. By
        default those of `stretchlim`, which leave out 1% of the pixels at both ends.
    lowhigh_out : [low, high] or array_like, shape (2, 3), default [0, 1]
        What the limits become; the first can be above the second.
    gamma : float, default 1
        Shape of the curve between: below 1 brighter, above 1 darker.

    Returns
    -------
    numpy.ndarray, shape of `I`
        The image, of the class of `I`.

    Raises
    ------
    TypeError
        If `I` holds no numbers, or truth values.
    ValueError
        If `I` is an RGB image without limits, limits are outside 0…1 or the same, or `gamma` is
        negative.

    Notes
    -----
    Documented; the default range is that of `stretchlim`. Held against GNU Octave's image package
    where limits are given.

    Examples
    --------
    >>> from matxai import imadjust
    >>> imadjust([[0.1, 0.3, 0.5, 0.9]], [0.1, 0.5], [])
    array([[0. , 0.5, 1. , 1. ]])
    """
    if I.dtype == bool:
        raise TypeError("imadjust: I must be a grey or RGB image, but holds truth values.")
    if isinstance(lowhigh_in, str):
        if I.ndim == 3:
            raise ValueError(
                "imadjust: give lowhigh_in for an RGB image, such as stretchlim(I) or [0, 1]."
            )
        source = _stretch_limits(I, (0.01, 0.99))
    else:
        source = np.array([[0.0], [1.0]]) if lowhigh_in is None else lowhigh_in
    target = np.array([[0.0], [1.0]]) if lowhigh_out is None else lowhigh_out
    if I.ndim == 2 and max(source.shape[1], target.shape[1]) > 1:
        raise ValueError("imadjust: limits for three channels need an RGB image, but I is grey.")
    if not (source[0] < source[1]).all():
        raise ValueError(
            f"imadjust: lowhigh_in must be [low, high] with low below high, but is "
            f"{describe(source.ravel())}."
        )
    (low, high), (first, last) = source, target
    values = np.clip(unit_scaled(I)[..., None] if I.ndim == 2 else unit_scaled(I), low, high)
    made = ((values - low) / (high - low)) ** gamma * (last - first) + first
    return as_class(made.reshape(I.shape), I.dtype)


@matlab_function("J", accepts={"I": numeric_array})
def imcomplement(I):  # noqa: E741
    """Turn an image into its negative: black becomes white.

    Parameters
    ----------
    I : array_like
        Image of any class and shape; floats from 0 to 1.

    Returns
    -------
    numpy.ndarray, shape and class of `I`
        The negative: 1 − `I` of floats, the other truth value, the rest of the range of integers.

    Raises
    ------
    TypeError
        If `I` holds no numbers.

    Notes
    -----
    Documented; held against GNU Octave's image package.

    Examples
    --------
    >>> import numpy as np
    >>> from matxai import imcomplement
    >>> imcomplement(np.array([0, 100, 255], dtype=np.uint8))
    array([255, 155,   0], dtype=uint8)
    """
    if I.dtype == bool or (I.dtype.kind in "iu" and I.dtype != np.int64):
        return ~I
    if I.dtype == np.int64:
        I = I.astype(np.float64)  # noqa: E741
    return I.dtype.type(class_range(I.dtype)[1]) - I
