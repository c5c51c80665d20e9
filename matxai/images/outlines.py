"""Outlines of the regions of binary images: bwboundaries."""

from __future__ import annotations

from typing import Any

import numpy as np

from matxai.arguments import one_of
from matxai.calling import matlab_function
from matxai.images.checks import mask
from matxai.images.regions import bwlabel, connectivity

__all__ = ["bwboundaries"]

# Steps (down, right) to the neighbours, clockwise from the one above.
_ROUND = ((-1, 0), (-1, 1), (0, 1), (1, 1), (1, 0), (1, -1), (0, -1), (-1, -1))


@matlab_function("B", "L", "n", accepts={"BW": mask})
def bwboundaries(BW, *args, nargout=1):
    """Trace the outlines of the regions of a binary image, and of their holes.

    Parameters
    ----------
    BW : array_like, shape (H, W)
        Binary image; everything but 0 is true.
    *args
        The number of neighbours that a pixel is connected with, 8 by default, or 4; and "holes",
        as by default, or "noholes".

    Returns
    -------
    B : list of numpy.ndarray, shape (Q, 2)
        For each region, then for each hole, the rows and columns of the pixels of its outline,
        counted from 1, clockwise; the first one stands at the end again.
    L : numpy.ndarray of int64, shape (H, W)
        With ``nargout=2``: the labels of regions and holes.
    n : int
        With ``nargout=3``: the number of regions.

    Raises
    ------
    TypeError
        If `BW` holds no numbers.
    ValueError
        If `BW` is no matrix, or an argument another word or number.

    Notes
    -----
    Documented for regions; the outlines are those of GNU Octave's image package. Chosen: outlines
    of holes run through the hole's own pixels, and the fourth output is not there.

    Examples
    --------
    >>> from matxai import bwboundaries
    >>> bwboundaries([[0, 1, 1], [0, 1, 1]])[0].tolist()
    [[1, 2], [1, 3], [2, 3], [2, 2], [1, 2]]
    """
    conn, with_holes = 8, True
    for arg in args:
        if isinstance(arg, str):
            with_holes = one_of("holes", "noholes")(arg, "bwboundaries: options") == "holes"
        else:
            conn = connectivity(arg, "bwboundaries: conn")
    labels, count = bwlabel(BW, conn, nargout=2)
    outlines = [_outline(labels == k, conn) for k in range(1, count + 1)]
    if with_holes:
        holes, number = _holes(BW, conn)
        outlines += [_outline(holes == k, 12 - conn) for k in range(1, number + 1)]
        labels = np.where(holes > 0, holes + count, labels)
    return outlines, labels, count


def _holes(BW: np.ndarray, conn: int) -> tuple[np.ndarray, int]:
    """Label the parts of the background that do not reach the edges."""
    outside, _ = bwlabel(np.pad(~BW, 1, constant_values=True), 12 - conn, nargout=2)
    inner = ~BW & (outside[1:-1, 1:-1] != outside[0, 0])
    return bwlabel(inner, 12 - conn, nargout=2)


def _outline(region: np.ndarray, conn: int) -> Any:
    """Follow the rim of one region clockwise, from its first pixel down the columns."""
    large = np.pad(region, 1)
    column, row = divmod(int(np.flatnonzero(large.reshape(-1, order="F"))[0]), large.shape[0])
    steps = range(0, 8, 8 // conn)
    start, here, back = (row, column), (row, column), 6
    path, first = [start], None
    while True:
        found = next((d for d in _after(back, steps) if large[_moved(here, d)]), None)
        if found is None:
            return np.array([[row, column], [row, column]])
        if here == start and found == first:
            break
        first = found if first is None else first
        here = _moved(here, found)
        path.append(here)
        # The search goes on behind the background pixel that was looked at last.
        back = (found + (6 if found % 2 == 0 else 5)) % 8 if conn == 8 else (found + 6) % 8
        back = (back - 1) % 8 if conn == 8 else (back - 2) % 8
    return np.array(path)


def _after(back: int, steps: range) -> list[int]:
    """Order the directions clockwise, those behind `back` first."""
    ordered = [(back + k) % 8 for k in range(1, 9)]
    return [d for d in ordered if d in steps]


def _moved(place: tuple[int, int], direction: int) -> tuple[int, int]:
    down, right = _ROUND[direction]
    return place[0] + down, place[1] + right
