"""The random masks of D-RISE: coarse grids of shown and hidden nodes, enlarged and shifted."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from matxai.lang.random import Source, uniform

__all__ = ["RandomMasks"]

# Probability that a node of the grid is shown, as in the D-RISE paper.
SHOWN = 0.5
# Variance of one pixel over random masks. A node at distance t weighs 1 − t and the next one t, and
# the shift makes t uniform: the mean of (1 − t)² + t² is 2/3, along rows and along columns.
PIXEL_VARIANCE = SHOWN * (1 - SHOWN) * (2 / 3) ** 2

_DRAWN_AT_ONCE = 256
_PIXELS_AT_ONCE = 2**22


class RandomMasks:
    """Random masks for an image, held as their coarse grids and made full-size when needed.

    The nodes of a grid lie one cell apart and reach beyond the image, so that the shift, uniform
    over one cell, leaves every pixel with the same distribution, at the edges too.

    Parameters
    ----------
    count : int
        Number of masks.
    size : tuple of int
        Height and width of the image.
    cells : tuple of int
        Number of cells that divide its height and its width.
    source : numpy.random.RandomState or numpy.random.Generator
        Where the random numbers come from. The first masks of more are the same masks.
    """

    def __init__(self, count: int, size: tuple[int, int], cells: tuple[int, int], source: Source):
        self.size = size
        self._cells = cells
        nodes = (cells[0] + 2, cells[1] + 2)
        self._grids = np.empty((count, *nodes), bool)
        self._shifts = np.empty((count, 2))
        for start in range(0, count, _DRAWN_AT_ONCE):
            stop = min(start + _DRAWN_AT_ONCE, count)
            drawn = uniform(source, nodes[0] * nodes[1] + 2, stop - start).T
            self._grids[start:stop] = drawn[:, 2:].reshape(-1, *nodes) < SHOWN
            self._shifts[start:stop] = drawn[:, :2]

    def __len__(self) -> int:
        return len(self._grids)

    def full_size(self, start: int, stop: int) -> np.ndarray:
        """Make some of the masks: n×H×W, 0 where the image is hidden to 1 where it is shown."""
        masks = np.empty((stop - start, *self.size))
        for i, mask in enumerate(masks, start):
            # Not as products of matrices: threads of BLAS cost more than so small ones take.
            upper, down = self._places(0, i)
            left, right = self._places(1, i)
            rows = _between(self._grids[i], upper, down[:, np.newaxis], axis=0)
            mask[:] = _between(rows, left, right, axis=1)
        return masks

    def _places(self, axis: int, i: int) -> tuple[np.ndarray, np.ndarray]:
        """Say which node lies before each pixel along one direction, and how far, 0 to 1."""
        length, cells = self.size[axis], self._cells[axis]
        places = np.arange(length) * (cells / length) + self._shifts[i, axis]
        nodes = places.astype(np.intp)
        return nodes, places - nodes

    def _chunks(self) -> Iterator[slice]:
        # The chunks must not depend on how the images were scored, so that the sums do not either.
        step = max(1, _PIXELS_AT_ONCE // (self.size[0] * self.size[1]))
        for start in range(0, len(self), step):
            yield slice(start, min(start + step, len(self)))

    def slopes(self, responses: np.ndarray) -> np.ndarray:
        """Say how much a response rises, on average, when a pixel goes from hidden to shown.

        It is the covariance of response and pixel over the masks that were drawn, divided by the
        variance that a pixel has over all masks: the slope of the regression on that pixel alone.

        Parameters
        ----------
        responses : numpy.ndarray of float64, shape (N, K)
            K responses to each of the masks.

        Returns
        -------
        numpy.ndarray of float64, shape (H, W, K)
            The slopes; exactly 0 for a response that is always the same.
        """
        # A response that never changes has to give exact zeros, which its rounded mean would not.
        deviations = responses - responses[0]
        deviations -= deviations.mean(axis=0)
        total = np.zeros((responses.shape[1], self.size[0] * self.size[1]))
        for part in self._chunks():
            masks = self.full_size(part.start, part.stop).reshape(part.stop - part.start, -1)
            total += deviations[part].T @ masks
        total /= len(self) * PIXEL_VARIANCE
        return np.moveaxis(total.reshape(-1, *self.size), 0, 2)


def _between(values: np.ndarray, nodes: np.ndarray, parts: np.ndarray, axis: int) -> np.ndarray:
    """Interpolate linearly between each node and the next one."""
    return values.take(nodes, axis) * (1 - parts) + values.take(nodes + 1, axis) * parts
