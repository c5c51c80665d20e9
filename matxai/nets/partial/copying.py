"""Windows of a map, in which the part that changes is put for each change."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from matxai.nets.partial.rectangles import Rectangles
from matxai.nets.partial.sessions import Buffer
from matxai.nets.partial.windows import Spans, Windows

__all__ = ["Changed", "Copying"]


class Changed(NamedTuple):
    """What some changes make of a map, as far as it was computed.

    Attributes
    ----------
    values : sequence of array, shape (C, H, W)
        A window of the map for each change.
    origins : (array, array) of int
        First row and first column of the windows, for each distinct span.
    """

    values: Sequence[np.ndarray]
    origins: tuple[np.ndarray, np.ndarray]


class _Cut(NamedTuple):
    """Along one axis: a window of the map, what of it changes, and where that is to be had."""

    window: slice
    into: slice
    out: slice
    covers: bool


def _cuts(windows: Windows, changed: Spans, origins: np.ndarray) -> list[_Cut]:
    """Say for each distinct span what is copied; in slices, which serve all changes."""
    length = windows.length
    first = np.maximum(changed.first, windows.starts)
    last = np.maximum(np.minimum(changed.last, windows.starts + length), first)
    of_each = zip(*(a.tolist() for a in (windows.starts, first, last, origins)), strict=True)
    return [
        _Cut(slice(s, s + length), slice(a - s, b - s), slice(a - o, b - o), b - a == length)
        for s, a, b, o in of_each
    ]


class Copying:
    """Makes windows of what is unchanged and of what is changed.

    Parameters
    ----------
    base : numpy.ndarray, shape (C, H, W)
        The map of the unchanged image.
    windows : (Windows, Windows)
        The windows of rows and of columns, for each distinct span.
    changed : (Spans, Spans)
        What changes of the map.
    origins : (array, array) of int
        Where the windows lie that this is to be had from.
    rectangles : Rectangles
        The changes.
    """

    def __init__(
        self,
        base: np.ndarray,
        windows: tuple[Windows, Windows],
        changed: tuple[Spans, Spans],
        origins: tuple[np.ndarray, np.ndarray],
        rectangles: Rectangles,
    ):
        self._base = base
        self._size = (len(base), *(along.length for along in windows))
        self._cuts = [_cuts(*along) for along in zip(windows, changed, origins, strict=True)]
        self._numbers = [side.numbers for side in rectangles.sides]

    def __call__(
        self, buffer: Buffer, values: Sequence[np.ndarray], numbers: np.ndarray
    ) -> np.ndarray:
        """Make the windows of some changes in a buffer."""
        base, (rows, cols) = self._base, self._cuts
        batch = buffer.array((len(numbers), *self._size))
        of_rows, of_cols = (of_all[numbers].tolist() for of_all in self._numbers)
        for window, new, r, c in zip(batch, values, of_rows, of_cols, strict=True):
            row, col = rows[r], cols[c]
            if not (row.covers and col.covers):
                window[...] = base[:, row.window, col.window]
            window[:, row.into, col.into] = new[:, row.out, col.out]
        return batch
