"""Superpixels: an image cut into regions of similar colour, by SLIC as MATLAB does it."""

from __future__ import annotations

from typing import Any

import numpy as np

from matxai.arguments import (
    describe,
    logical,
    numeric_array,
    one_of,
    positive_integer,
    real_scalar,
)
from matxai.calling import matlab_function
from matxai.images.classes import unit_scaled
from matxai.images.slic import segment

__all__ = ["superpixels"]


def _image(value: Any, name: str) -> np.ndarray:
    image = numeric_array(value, name)
    if image.dtype == bool:
        raise TypeError(f"{name} must be a grey or RGB image of numbers, but holds truth values.")
    if image.ndim == 3 and image.shape[2] == 1:
        image = image[:, :, 0]
    if image.ndim not in (2, 3) or (image.ndim == 3 and image.shape[2] != 3) or image.size == 0:
        raise ValueError(
            f"{name} must be a grey image (H×W) or an RGB image (H×W×3) with at least one pixel, "
            f"but has the shape {image.shape}."
        )
    if image.dtype == np.int16 and image.ndim == 3:
        raise ValueError(f"{name} must be a grey image where its class is int16, but is RGB.")
    if image.dtype.kind == "f" and not np.all(np.isfinite(image)):
        raise ValueError(f"{name} must be finite, but holds NaN or Inf.")
    return image


def _compactness(value: Any, name: str) -> float:
    number = real_scalar(value, name)
    if number < 0:
        raise ValueError(f"{name} must not be negative, but is {describe(value)}.")
    return number


@matlab_function(
    "L",
    "numLabels",
    accepts={
        "A": _image,
        "N": positive_integer,
        "Compactness": _compactness,
        "IsInputLab": logical,
        "Method": one_of("slic0", "slic"),
        "NumIterations": positive_integer,
    },
)
def superpixels(
    A,
    N,
    *,
    Compactness=None,
    IsInputLab=False,
    Method="slic0",
    NumIterations=10,
    nargout=1,
):
    """Cut an image into superpixels, regions of similar colour and size.

    Parameters
    ----------
    A : array_like, shape (H, W) or (H, W, 3)
        Grey or RGB image of any integer class, single or double. Floats are taken as 0 to 1,
        integers over the range of their class.
    N : int
        Number of superpixels that is aimed at.
    Compactness : float, optional
        Weight of position against colour: the higher, the more alike to squares. For "slic" it
        holds throughout and is 10 by default; for "slic0" it is only where each region's own
        weight starts, and that is 1 by default.
    IsInputLab : bool, default False
        Whether `A` holds L*a*b* colours already, of class single or double, L* from 0 to 100.
    Method : {"slic0", "slic"}, default "slic0"
        Whether the weight adapts itself to each region or is the same for all.
    NumIterations : int, default 10
        Number of passes over the image.

    Returns
    -------
    L : numpy.ndarray of int64, shape (H, W)
        Label of each pixel, from 1 to `numLabels`; each label is one 4-connected region. MATLAB's
        is a double.
    numLabels : int
        Number of superpixels, with ``nargout=2``. It can be more or less than `N`, and is never
        more than there are pixels.

    Raises
    ------
    TypeError
        If `A` holds no numbers, or `A` is L*a*b* but not of class single or double.
    ValueError
        If `A` is neither grey nor RGB, is empty, int16 and RGB, or not finite, or if an option is
        out of its range.

    Notes
    -----
    Exact, for RGB images and the default options: the boundaries of MATLAB's superpixels of a
    419×479 image are reproduced in every pixel. Chosen: the half-width of the search window where
    the spacing of the superpixels rounds up to an odd number, "slic", and what happens to images
    thinner than a superpixel or with fewer than `N` pixels (at most one superpixel per pixel).
    bool images are refused, other integer classes are scaled like the documented ones.

    Examples
    --------
    >>> import numpy as np
    >>> from matxai import superpixels
    >>> image = np.zeros((4, 8), dtype=np.uint8)
    >>> image[:, 4:] = 200
    >>> superpixels(image, 2)
    array([[1, 1, 1, 1, 2, 2, 2, 2],
           [1, 1, 1, 1, 2, 2, 2, 2],
           [1, 1, 1, 1, 2, 2, 2, 2],
           [1, 1, 1, 1, 2, 2, 2, 2]])
    """
    if IsInputLab and (A.dtype.kind != "f" or A.ndim != 3):
        raise TypeError(
            f"superpixels: A must be an H×W×3 array of class single or double where IsInputLab is "
            f"true, but is {describe(A)}."
        )
    return segment(
        unit_scaled(A),
        N,
        method=Method,
        iterations=NumIterations,
        compactness=Compactness,
        is_lab=IsInputLab,
    )
