"""Grey images out of colours and of matrices: rgb2gray, im2gray, mat2gray."""

from __future__ import annotations

from typing import Any

import numpy as np

from matxai.arguments import describe, numeric_array
from matxai.calling import matlab_function
from matxai.images.checks import colour_image, finite_numbers, image_array
from matxai.lang.integer_classes import to_class

__all__ = ["im2gray", "luma", "mat2gray", "rgb2gray"]

# The first row of the inverse of the matrix that turns YIQ into RGB.
_WEIGHTS = (0.298936021293775, 0.587043074451121, 0.114020904255103)


def luma(image: np.ndarray) -> np.ndarray:
    """Weigh the last dimension, red, green and blue, of an image of any class."""
    red, green, blue = np.moveaxis(image.astype(np.float64), -1, 0)
    grey = red * _WEIGHTS[0] + green * _WEIGHTS[1] + blue * _WEIGHTS[2]
    return to_class(grey, image.dtype)


def _rgb_or_map(value: Any, name: str) -> np.ndarray:
    array = image_array(value, name)
    if array.ndim not in (2, 3) or array.shape[-1] != 3:
        raise ValueError(
            f"{name} must be an RGB image (H×W×3) or a colormap (K×3), but has the shape "
            f"{array.shape}."
        )
    if array.dtype == bool:
        raise TypeError(f"{name} must hold colours, but holds truth values.")
    return array


@matlab_function("I", accepts={"RGB": _rgb_or_map})
def rgb2gray(RGB):
    """Convert an RGB image or a colormap to grey.

    Parameters
    ----------
    RGB : array_like, shape (H, W, 3) or (K, 3)
        Image of any class, or colormap.

    Returns
    -------
    numpy.ndarray, shape (H, W) or (K, 3)
        The grey image, of the class of `RGB`; of a colormap the grey colormap.

    Raises
    ------
    TypeError
        If `RGB` holds truth values or no numbers.
    ValueError
        If it is neither an RGB image nor a colormap.

    See Also
    --------
    im2gray : leaves grey images as they are.

    Notes
    -----
    Documented: 0.2989 R + 0.5870 G + 0.1140 B, here with the digits behind these; integers are
    rounded.

    Examples
    --------
    >>> import numpy as np
    >>> from matxai import rgb2gray
    >>> rgb2gray(np.array([[[255, 0, 0], [0, 255, 0]]], dtype=np.uint8))
    array([[ 76, 150]], dtype=uint8)
    """
    grey = luma(RGB)
    return grey if RGB.ndim == 3 else np.repeat(grey[:, None], 3, axis=1)


@matlab_function("I", accepts={"RGB": colour_image})
def im2gray(RGB):
    """Convert an RGB image to grey; leave a grey one as it is.

    Parameters
    ----------
    RGB : array_like, shape (H, W, 3) or (H, W)
        Image of any class.

    Returns
    -------
    numpy.ndarray, shape (H, W)
        The grey image, of the same class.

    Raises
    ------
    TypeError
        If `RGB` holds no numbers.
    ValueError
        If it is neither grey nor RGB.

    Notes
    -----
    Documented: as `rgb2gray`.

    Examples
    --------
    >>> import numpy as np
    >>> from matxai import im2gray
    >>> im2gray(np.array([[0.25, 0.5]]))
    array([[0.25, 0.5 ]])
    """
    return luma(RGB) if RGB.ndim == 3 else RGB.copy()


def _limits(value: Any, name: str) -> np.ndarray | None:
    if value is None or np.size(value) == 0:
        return None
    return finite_numbers((2,))(value, name)


@matlab_function("I", accepts={"A": numeric_array, "limits": _limits})
def mat2gray(A, limits=None):
    """Scale a matrix into an image of 0 to 1.

    Parameters
    ----------
    A : array_like
        Numbers of any class and shape.
    limits : [amin, amax], optional
        What becomes 0 and 1; values beyond are clipped. By default the least and the greatest
        value of `A`.

    Returns
    -------
    numpy.ndarray of float64, shape of `A`
        The image.

    Raises
    ------
    TypeError
        If `A` holds no numbers.
    ValueError
        If `limits` are not two finite numbers.

    Notes
    -----
    Documented. Where both limits are equal, as for a constant `A`, values are clipped to 0…1, as
    GNU Octave does for compatibility. Chosen: NaN stays NaN and does not count for the limits;
    single becomes double.

    Examples
    --------
    >>> from matxai import mat2gray
    >>> mat2gray([[-1, 0, 3]])
    array([[0.  , 0.25, 1.  ]])
    >>> mat2gray([[-1, 0, 3]], [0, 2])
    array([[0., 0., 1.]])
    """
    values = A.astype(np.float64)
    if limits is None:
        known = values[np.isfinite(values)]
        limits = (known.min(), known.max()) if known.size else (0.0, 0.0)
    low, high = float(limits[0]), float(limits[1])
    if not np.isfinite(high - low):
        raise ValueError(f"mat2gray: A spans too far to be scaled: {describe([low, high])}.")
    if low == high:
        return np.clip(values, 0, 1)
    return np.clip((values - low) / (high - low), 0, 1)
