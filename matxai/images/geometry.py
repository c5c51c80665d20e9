"""Parts of images and images turned: imcrop, imrotate."""

from __future__ import annotations

from typing import Any

import numpy as np

from matxai.arguments import describe, one_of, real_scalar
from matxai.calling import matlab_function
from matxai.images.checks import finite_numbers, image_array
from matxai.images.filtering import back_in_class
from matxai.images.kernels import Kernel

__all__ = ["imcrop", "imrotate"]


def _rectangle(value: Any, name: str) -> np.ndarray:
    rect = finite_numbers((4,))(value, name)
    if (rect[2:] < 0).any():
        raise ValueError(
            f"{name} must be [xmin, ymin, width, height], width and height not negative, but is "
            f"{describe(value)}."
        )
    return rect


def _pixel(place: float) -> int:
    return int(np.floor(place + 0.5))


@matlab_function("Icropped", "rectout", accepts={"I": image_array, "rect": _rectangle})
def imcrop(I, rect, *, nargout=1):  # noqa: E741
    """Cut a rectangle out of an image.

    Parameters
    ----------
    I : array_like, shape (H, W) or (H, W, ...)
        Image of any class.
    rect : [xmin, ymin, width, height]
        The rectangle, in pixels, the centre of the first one being (1, 1).

    Returns
    -------
    Icropped : numpy.ndarray
        All pixels of which the rectangle has a part: for whole numbers one row more than height
        and one column more than width.
    rectout : numpy.ndarray of float64, shape (4,)
        The rectangle as it was given, with ``nargout=2``.

    Raises
    ------
    TypeError
        If an argument holds no numbers.
    ValueError
        If `I` is no image, or the rectangle is not four numbers or lies outside `I`.

    Notes
    -----
    Documented; held against GNU Octave's image package. Chosen: a rectangle beside the image is
    an error, where MATLAB returns nothing. Cropping with the mouse is not there.

    Examples
    --------
    >>> import numpy as np
    >>> from matxai import imcrop
    >>> imcrop(np.arange(16).reshape(4, 4), [2, 1, 1, 1])
    array([[1., 2.],
           [5., 6.]])
    """
    xmin, ymin, width, height = rect
    top, left = _pixel(ymin) - 1, _pixel(xmin) - 1
    bottom, right = _pixel(ymin + height), _pixel(xmin + width)
    part = I[max(top, 0) : max(bottom, 0), max(left, 0) : max(right, 0)]
    if not part.size:
        raise ValueError(
            f"imcrop: rect {describe(rect)} lies outside I, which is {I.shape[0]}×{I.shape[1]}."
        )
    return part.copy(), rect


_METHODS = {"nearest": "box", "bilinear": "triangle", "bicubic": "cubic"}
_method = one_of(*_METHODS)


@matlab_function(
    "J",
    accepts={
        "I": image_array,
        "angle": real_scalar,
        "method": _method,
        "bbox": one_of("loose", "crop"),
    },
)
def imrotate(I, angle, method="nearest", bbox="loose"):  # noqa: E741
    """Rotate an image counterclockwise around its centre.

    Parameters
    ----------
    I : array_like, shape (H, W) or (H, W, ...)
        Image of any class.
    angle : float
        Degrees; negative ones turn clockwise.
    method : {"nearest", "bilinear", "bicubic"}, default "nearest"
        How to interpolate.
    bbox : {"loose", "crop"}, default "loose"
        Whether the result is large enough for the whole rotated image or as large as `I`.

    Returns
    -------
    numpy.ndarray
        The rotated image, of the class of `I`, 0 outside.

    Raises
    ------
    TypeError
        If an argument has the wrong type.
    ValueError
        If `I` is no image, or an option is unknown.

    Notes
    -----
    Multiples of 90° are exact. Chosen, where MATLAB documents nothing: the loose size is
    ``⌈H·|cos| + W·|sin|⌉ × ⌈W·|cos| + H·|sin|⌉``, and at the edges pixels are blended with 0.

    Examples
    --------
    >>> from matxai import imrotate
    >>> imrotate([[1, 2, 3]], 90)
    array([[3.],
           [2.],
           [1.]])
    """
    quarters, rest = divmod(angle, 90)
    if rest == 0 and (bbox == "loose" or quarters % 2 == 0 or I.shape[0] == I.shape[1]):
        return np.rot90(I, int(quarters % 4)).copy()
    turn = np.deg2rad(angle)
    cos, sin = np.cos(turn), np.sin(turn)
    height, width = I.shape[:2]
    if bbox == "crop":
        rows, columns = height, width
    else:
        # Rounded first, so that a hair above a whole number is no further pixel.
        rows = int(np.ceil(round(height * abs(cos) + width * abs(sin), 9)))
        columns = int(np.ceil(round(width * abs(cos) + height * abs(sin), 9)))
    y = (np.arange(rows) - (rows - 1) / 2)[:, None]
    x = np.arange(columns) - (columns - 1) / 2
    # Where each pixel of the result comes from; y points down.
    source_x = cos * x - sin * y + (width - 1) / 2
    source_y = sin * x + cos * y + (height - 1) / 2
    planes = I.reshape(height, width, -1).astype(np.float64)
    sampled = _sampled(planes, source_y, source_x, Kernel.of(method))
    return back_in_class(sampled.reshape(rows, columns, *I.shape[2:]), I.dtype)


def _sampled(planes: np.ndarray, y: np.ndarray, x: np.ndarray, kernel: Kernel) -> np.ndarray:
    """Interpolate at places between pixels; there are zeros around the image."""
    reach = int(np.ceil(kernel.width / 2))
    # Roundoff must not tip the choice between two pixels.
    y, x = y.round(9), x.round(9)
    result = np.zeros((*y.shape, planes.shape[2]))
    padded = np.pad(planes, [(1, 1), (1, 1), (0, 0)])
    first_row, first_column = np.floor(y).astype(int), np.floor(x).astype(int)
    steps = range(1 - reach, reach + 1)
    across = [
        (kernel(first_column + k - x), np.clip(first_column + k + 1, 0, padded.shape[1] - 1))
        for k in steps
    ]
    for k in steps:
        weight_down = kernel(first_row + k - y)
        row = np.clip(first_row + k + 1, 0, padded.shape[0] - 1)
        for weight_across, column in across:
            result += (weight_down * weight_across)[..., None] * padded[row, column]
    return result
