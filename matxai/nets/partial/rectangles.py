"""Rectangles of an image that change, and which of them are alike."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from matxai.nets.partial.windows import Spans

__all__ = ["Rectangles", "Side", "classes_of"]


class Side:
    """The distinct spans of rectangles along one axis.

    Parameters
    ----------
    parts : sequence of slice
        What each rectangle spans.

    Attributes
    ----------
    spans : Spans
        The distinct ones.
    numbers : numpy.ndarray of int
        Which of them each rectangle has.
    """

    def __init__(self, parts: Sequence[slice]):
        edges = np.array([(part.start, part.stop) for part in parts], np.int64).reshape(-1, 2)
        distinct, numbers = np.unique(edges, axis=0, return_inverse=True)
        self.spans = Spans(*distinct.T)
        self.numbers = numbers.reshape(-1)


class Rectangles:
    """Rectangles, each given by its rows and its columns.

    Parameters
    ----------
    boxes : sequence of (slice, slice)
        Rows and columns.
    """

    def __init__(self, boxes: Sequence[tuple[slice, slice]]):
        self.sides = Side([rows for rows, _ in boxes]), Side([cols for _, cols in boxes])
        self.count = len(boxes)


def classes_of(extents: np.ndarray, weights: np.ndarray, count: int) -> np.ndarray:
    """Divide spans into classes of about equal extent, to be computed in windows of one length.

    Near an edge of the image less can be reached than in its middle.

    Parameters
    ----------
    extents : numpy.ndarray of float
        How much each span reaches.
    weights : numpy.ndarray of int
        How many rectangles have it.
    count : int
        Most classes.

    Returns
    -------
    numpy.ndarray of int
        Each span's class, from 0 on.
    """
    distinct, which = np.unique(extents, return_inverse=True)
    of_each = np.bincount(which.reshape(-1), weights, len(distinct))
    smaller = np.cumsum(of_each) - of_each
    classes = (smaller[which.reshape(-1)] * count / of_each.sum()).astype(np.int64)
    return np.unique(classes, return_inverse=True)[1].reshape(-1)
