"""Connected regions of binary images: bwlabel."""

from __future__ import annotations

from typing import Any

import numpy as np

from matxai.arguments import describe, positive_integer
from matxai.calling import matlab_function
from matxai.images.checks import mask

__all__ = ["bwlabel", "connectivity"]


def connectivity(value: Any, name: str) -> int:
    """Check a number of neighbours."""
    number = positive_integer(value, name)
    if number not in (4, 8):
        raise ValueError(f"{name} must be 4 or 8, but is {describe(value)}.")
    return number


@matlab_function("L", "n", accepts={"BW": mask, "conn": connectivity})
def bwlabel(BW, conn=8, *, nargout=1):
    """Label the connected regions of a binary image.

    Parameters
    ----------
    BW : array_like, shape (H, W)
        Binary image; everything but 0 is true.
    conn : {8, 4}, default 8
        Number of neighbours that a pixel is connected with.

    Returns
    -------
    L : numpy.ndarray of int64, shape (H, W)
        1, 2, … in the regions, in the order of their first pixels down the columns; 0 elsewhere.
        MATLAB's is a double.
    n : int
        Number of regions, with ``nargout=2``.

    Raises
    ------
    TypeError
        If `BW` holds no numbers.
    ValueError
        If `BW` is no matrix, or `conn` neither 4 nor 8.

    Notes
    -----
    Documented; regions and their order are those of GNU Octave's image package.

    Examples
    --------
    >>> from matxai import bwlabel
    >>> bwlabel([[1, 0, 0], [0, 1, 0], [0, 0, 0], [1, 0, 1]])
    array([[1, 0, 0],
           [0, 1, 0],
           [0, 0, 0],
           [2, 0, 3]])
    """
    from skimage.measure import label

    # Turned, scikit-image numbers down the columns.
    labels, count = label(BW.T, connectivity=1 if conn == 4 else 2, return_num=True)
    return np.ascontiguousarray(labels.T).astype(np.int64), int(count)
