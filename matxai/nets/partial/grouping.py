"""Which changes are computed together, in windows of one size, and what that costs."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from matxai.nets.partial.rectangles import Rectangles, classes_of
from matxai.nets.partial.trail import Trail
from matxai.nets.partial.windows import Spans, length_for, needed_for

__all__ = ["BATCH", "Grouping", "Pairs"]

# Changes computed at once: larger batches leave a core's caches.
BATCH = 8


class Grouping:
    """Changes divided by classes of their rows and of their columns.

    Parameters
    ----------
    trail : Trail
        The cuts.
    changed : sequence of (Spans, Spans)
        What changes of each.
    rectangles : Rectangles
        The changes.
    count : int
        Most classes along each axis.

    Attributes
    ----------
    classes : list of array of int
        For rows and for columns, the class of each distinct span.
    counts, calls : numpy.ndarray of int
        How many changes are in each group, and in how many batches they are computed.
    """

    def __init__(
        self,
        trail: Trail,
        changed: Sequence[tuple[Spans, Spans]],
        rectangles: Rectangles,
        count: int,
    ):
        self._sides = rectangles.sides
        self.classes = []
        for axis, side in enumerate(self._sides):
            extents = np.zeros(len(side.spans.first))
            for sides, cut in zip(changed, trail.cuts, strict=True):
                extents += (sides[axis].last - sides[axis].first) / trail.sizes[cut][1 + axis]
            weights = np.bincount(side.numbers, minlength=len(extents))
            self.classes.append(classes_of(extents, weights, count))
        rows, cols = self._of_each()
        self.counts = np.zeros([classes.max() + 1 for classes in self.classes], np.int64)
        np.add.at(self.counts, (rows, cols), 1)
        self.calls = -(-self.counts // BATCH)

    def _of_each(self) -> tuple[np.ndarray, ...]:
        return tuple(c[side.numbers] for c, side in zip(self.classes, self._sides, strict=True))

    def numbers(self, row: int, col: int) -> np.ndarray:
        """List the changes of a group."""
        rows, cols = self._of_each()
        return np.flatnonzero((rows == row) & (cols == col))


class Pairs:
    """All pairs of cuts between which windows might be computed at once.

    Attributes
    ----------
    number : dict of (int, int) to int
        The number of the pair of two cuts.
    """

    def __init__(self, trail: Trail, changed: Sequence[tuple[Spans, Spans]]):
        self._trail, self._changed = trail, changed
        self.number = {pair: number for number, pair in enumerate(trail.pairs)}
        self._longest = [self._needed(axis) for axis in (0, 1)]
        places = [trail.costs.per_place(trail.cuts[i], trail.cuts[j]) for i, j in trail.pairs]
        self._per_place = np.array(places).reshape(-1, 1, 1)
        self._into: list[list[tuple[int, int]]] = [[] for _ in trail.cuts]
        for (i, j), number in self.number.items():
            self._into[j].append((i, number))

    def into(self, j: int) -> list[tuple[int, int]]:
        """List the cuts from which windows may lead to one, and the numbers of these pairs."""
        return self._into[j]

    def _needed(self, axis: int) -> tuple[np.ndarray, ...]:
        """Say how long windows have to be for each pair and span; and what lengths depend on.

        For all at once: there are some hundred pairs.
        """
        trail = self._trail
        along = [(r[axis].step, r[axis].low, r[axis].high) for r in trail.pairs.values()]
        step, low, high = np.array(along, np.int64).reshape(-1, 3, 1).transpose(1, 0, 2)
        size = [trail.sizes[trail.cuts[i]][1 + axis] for i, _ in trail.pairs]
        size = np.array(size, np.int64).reshape(-1, 1)
        wanted = [self._changed[j][axis] for _, j in trail.pairs]
        count = len(self._changed[0][axis].first)
        edges = np.array([(w.first, w.last) for w in wanted], np.int64).reshape(-1, 2, count)
        needed = needed_for(step, low, high, Spans(edges[:, 0], edges[:, 1]), size)
        return needed.last - needed.first, high - low + 1, step, size

    def costs(self, grouping: Grouping) -> np.ndarray:
        """Cost of each pair for each group: pairs×classes of rows×classes of columns."""
        rows, cols = (
            self._lengths(*found, classes)
            for found, classes in zip(self._longest, grouping.classes, strict=True)
        )
        area = rows[:, :, np.newaxis] * cols[:, np.newaxis, :]
        calls = self._trail.costs.of_calls(grouping.counts, grouping.calls)
        return area * self._per_place * grouping.counts + calls

    @staticmethod
    def _lengths(
        needed: np.ndarray,
        least: np.ndarray,
        step: np.ndarray,
        size: np.ndarray,
        classes: np.ndarray,
    ) -> np.ndarray:
        longest = [needed[:, classes == k].max(axis=1) for k in range(classes.max() + 1)]
        return length_for(np.stack(longest, axis=1), least, step, size)
