"""Brightness and colour differences, as in video: rgb2ycbcr and ycbcr2rgb."""

from __future__ import annotations

from typing import Any

import numpy as np

from matxai.calling import matlab_function
from matxai.images.checks import image_array
from matxai.lang.integer_classes import to_class

__all__ = ["rgb2ycbcr", "ycbcr2rgb"]

# ITU-R BT.601: what red, green and blue from 0 to 1 give of 8 bits.
_WEIGHTS = np.array(
    [[65.481, 128.553, 24.966], [-37.797, -74.203, 112.0], [112.0, -93.786, -18.214]]
)
_OFFSETS = np.array([16.0, 128.0, 128.0])


def _colours(value: Any, name: str) -> np.ndarray:
    array = image_array(value, name)
    if array.ndim not in (2, 3) or array.shape[-1] != 3:
        raise ValueError(
            f"{name} must be a colour image (H×W×3) or a colormap (K×3), but has the shape "
            f"{array.shape}."
        )
    if array.dtype not in (np.uint8, np.uint16, np.float32, np.float64):
        raise TypeError(f"{name} must be uint8, uint16, single or double, not {array.dtype}.")
    return array


def _scale(dtype: np.dtype) -> float:
    """Give the highest value of a class."""
    return float(np.iinfo(dtype).max) if dtype.kind == "u" else 1.0


@matlab_function("YCBCR", accepts={"RGB": _colours})
def rgb2ycbcr(RGB):
    """Convert colours to brightness and two differences of colour.

    Parameters
    ----------
    RGB : array_like, shape (H, W, 3) or (K, 3)
        Image of class uint8, uint16, single or double; or a colormap.

    Returns
    -------
    numpy.ndarray, shape and class of `RGB`
        Y, Cb and Cr: of uint8 from 16 to 235 and 16 to 240, of floats these by 255.

    Raises
    ------
    TypeError
        If `RGB` is of another class.
    ValueError
        If it is neither a colour image nor a colormap.

    See Also
    --------
    ycbcr2rgb : back again.

    Notes
    -----
    Documented (ITU-R BT.601); held against GNU Octave's image package.

    Examples
    --------
    >>> import numpy as np
    >>> from matxai import rgb2ycbcr
    >>> rgb2ycbcr(np.array([[[255, 0, 0], [255, 255, 255]]], dtype=np.uint8))
    array([[[ 81,  90, 240],
            [235, 128, 128]]], dtype=uint8)
    """
    top = _scale(RGB.dtype)
    made = (RGB.astype(np.float64) / top) @ _WEIGHTS.T + _OFFSETS
    return to_class(made * (top / 255), RGB.dtype)


@matlab_function("RGB", accepts={"YCBCR": _colours})
def ycbcr2rgb(YCBCR):
    """Convert brightness and differences of colour to colours.

    Parameters
    ----------
    YCBCR : array_like, shape (H, W, 3) or (K, 3)
        Y, Cb and Cr as of `rgb2ycbcr`.

    Returns
    -------
    numpy.ndarray, shape and class of `YCBCR`
        Red, green and blue; what lies beyond black or full colour is brought back to it.

    Raises
    ------
    TypeError
        If `YCBCR` is of another class than uint8, uint16, single and double.
    ValueError
        If it is neither a colour image nor a colormap.

    See Also
    --------
    rgb2ycbcr : the other way.

    Notes
    -----
    Documented (ITU-R BT.601).

    Examples
    --------
    >>> import numpy as np
    >>> from matxai import ycbcr2rgb
    >>> ycbcr2rgb(np.array([[[235, 128, 128]]], dtype=np.uint8))
    array([[[255, 255, 255]]], dtype=uint8)
    """
    top = _scale(YCBCR.dtype)
    of_bytes = YCBCR.astype(np.float64) * (255 / top) - _OFFSETS
    made = np.clip(of_bytes @ np.linalg.inv(_WEIGHTS).T, 0, 1)
    return to_class(made * top, YCBCR.dtype)
