"""Colours in other coordinates: hue and saturation, and L*a*b*."""

from __future__ import annotations

from typing import Any

import numpy as np

from matxai.arguments import one_of
from matxai.calling import matlab_function
from matxai.images.checks import image_array
from matxai.images.classes import unit_scaled
from matxai.images.color import lab_to_rgb, rgb_to_lab
from matxai.images.converting import as_class

__all__ = ["hsv2rgb", "lab2rgb", "rgb2hsv", "rgb2lab"]


def _colours(value: Any, name: str) -> np.ndarray:
    array = image_array(value, name)
    if array.ndim not in (2, 3) or array.shape[-1] != 3:
        raise ValueError(
            f"{name} must be an image of three channels (H×W×3) or a list of colours (K×3), but "
            f"has the shape {array.shape}."
        )
    if array.dtype == bool:
        raise TypeError(f"{name} must hold colours, but holds truth values.")
    return array


def _floats(value: Any, name: str) -> np.ndarray:
    array = _colours(value, name)
    if array.dtype.kind != "f":
        raise TypeError(f"{name} must be single or double, but is {array.dtype.name}.")
    return array


def _kept_single(result: np.ndarray, given: np.ndarray) -> np.ndarray:
    return result.astype(np.float32) if given.dtype == np.float32 else result


@matlab_function("HSV", accepts={"RGB": _colours})
def rgb2hsv(RGB):
    """Convert RGB to hue, saturation and value.

    Parameters
    ----------
    RGB : array_like, shape (H, W, 3) or (K, 3)
        Image or colormap; floats from 0 to 1, integers over the range of their class.

    Returns
    -------
    numpy.ndarray, shape of `RGB`
        Hue (0 and 1 are red), saturation and value, from 0 to 1: single for single, else double.

    Raises
    ------
    TypeError
        If `RGB` holds truth values or no numbers.
    ValueError
        If it does not have three channels.

    Notes
    -----
    Documented. Grey has hue and saturation 0.

    Examples
    --------
    >>> from matxai import rgb2hsv
    >>> rgb2hsv([[1, 0, 0], [0, 0, 0.5]]).round(4)
    array([[0.    , 1.    , 1.    ],
           [0.6667, 1.    , 0.5   ]])
    """
    rgb = unit_scaled(RGB)
    red, green, blue = np.moveaxis(rgb, -1, 0)
    value, span = rgb.max(axis=-1), np.ptp(rgb, axis=-1)
    divisor = np.where(span > 0, span, 1)
    hue = np.select(
        [span == 0, value == red, value == green],
        [0, (green - blue) / divisor, 2 + (blue - red) / divisor],
        4 + (red - green) / divisor,
    )
    hue = hue / 6
    hue = np.where(hue < 0, hue + 1, hue)
    saturation = span / np.where(value > 0, value, 1)
    return _kept_single(np.stack([hue, saturation, value], axis=-1), RGB)


@matlab_function("RGB", accepts={"HSV": _floats})
def hsv2rgb(HSV):
    """Convert hue, saturation and value to RGB.

    Parameters
    ----------
    HSV : array_like, shape (H, W, 3) or (K, 3)
        Hue, saturation and value, from 0 to 1, of class single or double.

    Returns
    -------
    numpy.ndarray, shape of `HSV`
        Red, green and blue, from 0 to 1, of the class of `HSV`.

    Raises
    ------
    TypeError
        If `HSV` is neither single nor double.
    ValueError
        If it does not have three channels.

    Notes
    -----
    Documented.

    Examples
    --------
    >>> from matxai import hsv2rgb
    >>> hsv2rgb([[0.5, 1, 1]]) + 0.0
    array([[0., 1., 1.]])
    """
    hue, saturation, value = np.moveaxis(HSV.astype(np.float64), -1, 0)
    # Each channel is high for two sixths around its own hue and falls within the sixths beside.
    channels = []
    for offset in (5, 3, 1):
        k = np.mod(offset + hue * 6, 6)
        fall = np.clip(np.minimum(k, 4 - k), 0, 1)
        channels.append(value - value * saturation * fall)
    return _kept_single(np.stack(channels, axis=-1), HSV)


@matlab_function("lab", accepts={"RGB": _colours})
def rgb2lab(RGB):
    """Convert sRGB to CIE L*a*b* for the white D65.

    Parameters
    ----------
    RGB : array_like, shape (H, W, 3) or (K, 3)
        Image or list of colours; floats from 0 to 1, integers over the range of their class.

    Returns
    -------
    numpy.ndarray, shape of `RGB`
        L* from 0 to 100, a* and b*: single for single, else double.

    Raises
    ------
    TypeError
        If `RGB` holds truth values or no numbers.
    ValueError
        If it does not have three channels.

    Notes
    -----
    The conversion is the one that reproduces MATLAB's `superpixels` to the last pixel. White
    points and colour spaces other than the defaults are not there.

    Examples
    --------
    >>> from matxai import rgb2lab
    >>> rgb2lab([[0, 1, 0]]).round(2)
    array([[ 87.73, -86.18,  83.18]])
    """
    flat = unit_scaled(RGB).reshape(-1, 1, 3)
    return _kept_single(rgb_to_lab(flat).reshape(RGB.shape), RGB)


@matlab_function(
    "RGB", accepts={"lab": _floats, "OutputType": one_of("double", "single", "uint8", "uint16")}
)
def lab2rgb(lab, *, OutputType=None):
    """Convert CIE L*a*b*, white D65, to sRGB.

    Parameters
    ----------
    lab : array_like, shape (H, W, 3) or (K, 3)
        L* from 0 to 100, a* and b*, of class single or double.
    OutputType : {"double", "single", "uint8", "uint16"}, optional
        Class of the result; by default that of `lab`.

    Returns
    -------
    numpy.ndarray, shape of `lab`
        Red, green and blue. Floats are from 0 to 1 for colours that sRGB has, and beyond for
        others; integers are saturated.

    Raises
    ------
    TypeError
        If `lab` is neither single nor double.
    ValueError
        If it does not have three channels, or `OutputType` is unknown.

    Notes
    -----
    Numeric: MATLAB's documented example, [70 5 10], gives the printed digits.

    Examples
    --------
    >>> from matxai import lab2rgb
    >>> lab2rgb([[70, 5, 10]]).round(4)
    array([[0.7359, 0.6566, 0.601 ]])
    >>> lab2rgb([[70, 5, 10]], OutputType="uint8")
    array([[188, 167, 153]], dtype=uint8)
    """
    rgb = lab_to_rgb(lab.astype(np.float64))
    kinds = {"double": np.float64, "single": np.float32, "uint8": np.uint8, "uint16": np.uint16}
    return as_class(rgb, kinds[OutputType] if OutputType else lab.dtype)
