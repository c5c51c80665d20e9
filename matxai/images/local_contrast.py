"""Contrast enhanced in parts of an image: adapthisteq."""

from __future__ import annotations

from typing import Any

import numpy as np

from matxai.arguments import describe, one_of, positive_integer, positive_integers, real_scalar
from matxai.calling import matlab_function
from matxai.images.checks import grey_image
from matxai.images.classes import unit_scaled
from matxai.images.converting import as_class

__all__ = ["adapthisteq"]


def _part(value: Any, name: str) -> float:
    number = real_scalar(value, name)
    if not 0 <= number <= 1:
        raise ValueError(f"{name} must be from 0 to 1, but is {describe(value)}.")
    return number


@matlab_function(
    "J",
    accepts={
        "I": grey_image,
        "NumTiles": positive_integers((2,)),
        "ClipLimit": _part,
        "NBins": positive_integer,
        "Distribution": one_of("uniform"),
    },
)
def adapthisteq(I, *, NumTiles=(8, 8), ClipLimit=0.01, NBins=256, Distribution="uniform"):  # noqa: E741
    """Enhance the contrast of a grey image tile by tile (CLAHE).

    Parameters
    ----------
    I : array_like, shape (H, W)
        Grey image of any class, floats from 0 to 1.
    NumTiles : [int, int]
        Numbers of rows and columns of tiles.
    ClipLimit : float
        How far contrast is enhanced at most, from 0 to 1.
    NBins : int
        Number of bins of the histograms.
    Distribution : {"uniform"}
        Distribution of the grey values in a tile.

    Returns
    -------
    numpy.ndarray, shape and class of `I`
        The image.

    Raises
    ------
    TypeError
        If `I` holds no numbers.
    ValueError
        If `I` is no grey image, or an option is wrong.

    See Also
    --------
    histeq : for the image as a whole.

    Notes
    -----
    Chosen: the image is that of scikit-image's ``equalize_adapthist`` with these options, which
    follows the same paper; MATLAB's pixels differ. Other distributions are refused.

    Examples
    --------
    >>> import numpy as np
    >>> from matxai import adapthisteq
    >>> dull = np.tile(np.arange(100, 132, dtype=np.uint8), (32, 1))
    >>> int(np.ptp(adapthisteq(dull))) > int(np.ptp(dull))
    True
    """
    from skimage.exposure import equalize_adapthist

    image = np.clip(unit_scaled(I), 0, 1)
    tile = tuple(-(-n // t) for n, t in zip(image.shape, NumTiles, strict=True))
    made = equalize_adapthist(image, tile, clip_limit=ClipLimit, nbins=NBins)
    return as_class(np.clip(made, 0, 1), I.dtype)
