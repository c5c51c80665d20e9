"""Connected components of binary images: bwconncomp, bwareaopen, imfill and bwperim."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np

from matxai.arguments import describe, one_of, real_scalar
from matxai.calling import matlab_function
from matxai.images.checks import mask, two_dimensional
from matxai.images.regions import bwlabel, connectivity
from matxai.lang.structs import struct

__all__ = ["bwareaopen", "bwconncomp", "bwperim", "imfill"]


@matlab_function("CC", accepts={"BW": mask, "conn": connectivity})
def bwconncomp(BW, conn=8):
    """Find the connected regions of a binary image.

    Parameters
    ----------
    BW : array_like, shape (H, W)
        Binary image; everything but 0 is true.
    conn : {8, 4}, default 8
        Number of neighbours that a pixel is connected with.

    Returns
    -------
    struct
        Connectivity, ImageSize, NumObjects, and PixelIdxList: a list with the linear indices of
        the pixels of each region, down the columns, counted from 1.

    Raises
    ------
    TypeError
        If `BW` holds no numbers.
    ValueError
        If `BW` is no matrix, or `conn` neither 4 nor 8.

    See Also
    --------
    regionprops : what the regions are like.

    Notes
    -----
    Documented; held against GNU Octave's image package. Volumes are refused.

    Examples
    --------
    >>> from matxai import bwconncomp
    >>> bwconncomp([[1, 0, 1], [1, 0, 0]]).PixelIdxList
    [array([1, 2]), array([5])]
    """
    labels, count = bwlabel(BW, conn, nargout=2)
    return struct(
        Connectivity=conn,
        ImageSize=np.array(BW.shape),
        NumObjects=count,
        PixelIdxList=pixel_lists(labels, count),
    )


def pixel_lists(labels: np.ndarray, count: int) -> list[np.ndarray]:
    """List the pixels of each of the labels from 1, as linear indices counted from 1."""
    flat = labels.reshape(-1, order="F")
    order = np.argsort(flat, kind="stable")
    ends = np.searchsorted(flat[order], np.arange(1, count + 2))
    return [order[a:b] + 1 for a, b in itertools.pairwise(ends)]


def _least(value: Any, name: str) -> float:
    number = real_scalar(value, name)
    if number < 0 or number != int(number):
        raise ValueError(f"{name} must be a number of pixels, but is {describe(value)}.")
    return number


@matlab_function("BW2", accepts={"BW": mask, "P": _least, "conn": connectivity})
def bwareaopen(BW, P, conn=8):
    """Take the small regions out of a binary image.

    Parameters
    ----------
    BW : array_like, shape (H, W)
        Binary image.
    P : int
        Regions of fewer pixels go.
    conn : {8, 4}, default 8
        Number of neighbours that a pixel is connected with.

    Returns
    -------
    numpy.ndarray of bool, shape (H, W)
        The image without them.

    Raises
    ------
    TypeError
        If an argument holds no numbers.
    ValueError
        If `BW` is no matrix, `P` no number of pixels, or `conn` neither 4 nor 8.

    Notes
    -----
    Documented; held against GNU Octave's image package.

    Examples
    --------
    >>> from matxai import bwareaopen
    >>> bwareaopen([[1, 0, 1], [1, 0, 0]], 2)
    array([[ True, False, False],
           [ True, False, False]])
    """
    labels, count = bwlabel(BW, conn, nargout=2)
    sizes = np.bincount(labels.ravel(), minlength=count + 1)
    return BW & (sizes >= P)[labels]


@matlab_function("BW2", accepts={"I": two_dimensional})
def imfill(I, *args):  # noqa: E741
    """Fill the holes of a binary or grey image.

    Parameters
    ----------
    I : array_like, shape (H, W)
        Binary image of truth values, or grey image.
    *args
        "holes", and before it perhaps the number of neighbours of a pixel of the background, 4 by
        default, or 8.

    Returns
    -------
    numpy.ndarray, shape and class of `I`
        The image: what of the background cannot be reached from the edges belongs to the regions;
        in a grey image dark areas are as bright as the darkest way out of them.

    Raises
    ------
    TypeError
        If `I` holds no numbers.
    ValueError
        If `I` is no matrix, or "holes" is missing: filling from points is not there.

    Notes
    -----
    Documented; held against GNU Octave's image package.

    Examples
    --------
    >>> import numpy as np
    >>> from matxai import imfill
    >>> imfill(np.array([[0, 1, 0], [1, 0, 1], [0, 1, 0]], dtype=bool), "holes")
    array([[False,  True, False],
           [ True,  True,  True],
           [False,  True, False]])
    """
    from skimage.morphology import reconstruction

    conn = 4
    for arg in args:
        if isinstance(arg, str):
            one_of("holes")(arg, "imfill: argument")
        elif np.size(arg) == 1 and len(args) == 2:
            conn = connectivity(arg, "imfill: conn")
        else:
            raise ValueError(
                f"imfill fills holes only, imfill(I, 'holes'); it does not fill from the points "
                f"{describe(arg)}."
            )
    if not args or not any(isinstance(arg, str) for arg in args):
        raise ValueError("imfill: 'holes' is missing. Call imfill(I, 'holes').")
    values = I.astype(np.float64)
    seed = np.full(values.shape, values.max())
    # A way out leads over the edge pixels themselves.
    for edge in (np.s_[0, :], np.s_[-1, :], np.s_[:, 0], np.s_[:, -1]):
        seed[edge] = values[edge]
    around = np.ones((3, 3)) if conn == 8 else np.array([[0, 1, 0], [1, 1, 1], [0, 1, 0]])
    return reconstruction(seed, values, method="erosion", footprint=around).astype(I.dtype)


@matlab_function("BW2", accepts={"BW": mask, "conn": connectivity})
def bwperim(BW, conn=4):
    """Find the pixels at the rim of the regions of a binary image.

    Parameters
    ----------
    BW : array_like, shape (H, W)
        Binary image.
    conn : {4, 8}, default 4
        Number of neighbours that are looked at.

    Returns
    -------
    numpy.ndarray of bool, shape (H, W)
        True where a pixel is, and one of its neighbours is not or lies beyond the edge of the
        image.

    Raises
    ------
    TypeError
        If `BW` holds no numbers.
    ValueError
        If `BW` is no matrix, or `conn` neither 4 nor 8.

    Notes
    -----
    Documented; held against GNU Octave's image package.

    Examples
    --------
    >>> from matxai import bwperim
    >>> bwperim([[1, 1, 1], [1, 1, 1], [1, 1, 1]])
    array([[ True,  True,  True],
           [ True, False,  True],
           [ True,  True,  True]])
    """
    from scipy import ndimage

    around = ndimage.generate_binary_structure(2, 2 if conn == 8 else 1)
    return BW & ~ndimage.binary_erosion(BW, around, border_value=0)
