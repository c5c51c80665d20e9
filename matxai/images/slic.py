"""SLIC and SLIC0 as MATLAB's superpixels runs them: seeds, windowed k-means, connected parts.

The method is that of Achanta et al., "SLIC superpixels compared to state-of-the-art superpixel
methods", 2012. Its details are those that reproduce MATLAB's output: each of them shows in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor

import numpy as np

from matxai.images.color import rgb_to_lab

__all__ = ["segment"]


def segment(
    image: np.ndarray,
    n: int,
    *,
    method: str = "slic0",
    iterations: int = 10,
    compactness: float | None = None,
    is_lab: bool = False,
) -> tuple[np.ndarray, int]:
    """Cut an image into superpixels: the core of :func:`superpixels`.

    Parameters
    ----------
    image : numpy.ndarray of float64, shape (H, W), (H, W, 1) or (H, W, 3)
        Grey or RGB from 0 to 1, or L*a*b*.
    n : int
        Number of superpixels that is aimed at.
    method, iterations, compactness, is_lab
        As the options of :func:`superpixels`.

    Returns
    -------
    labels : numpy.ndarray of int64, shape (H, W)
        Labels from 1 to `count`, each of which occurs.
    count : int
        Number of labels.

    Raises
    ------
    ValueError
        If the image has neither 1 nor 3 channels.
    """
    if image.ndim not in (2, 3) or (image.ndim == 3 and image.shape[2] not in (1, 3)):
        raise ValueError(
            f"A must be a grey image (H×W) or an RGB image (H×W×3), "
            f"but has the shape {image.shape}."
        )
    pixels = image if is_lab else rgb_to_lab(image)
    lattice = Lattice.over(*image.shape[:2], n)
    seeds = _off_edges(lattice.seeds(), pixels)
    if compactness is None:
        compactness = 1.0 if method == "slic0" else 10.0
    clusters = _cluster(pixels, seeds, lattice.spacing, iterations, compactness, method == "slic0")
    return _connect(clusters, clusters.size / len(seeds) / 4)


@dataclass(frozen=True)
class Lattice:
    """The regular grid of cells that the superpixels start from."""

    height: int
    width: int
    ny: int
    nx: int

    @classmethod
    def over(cls, height: int, width: int, n: int) -> Lattice:
        """Lay a grid of about `n` square cells over an image."""
        step = (height * width / n) ** 0.5
        ny, nx = _round(height / step), _round(width / step)
        # An image that is thinner than half a cell is a strip of them.
        if ny == 0:
            ny, nx = 1, n
        if nx == 0:
            ny, nx = n, 1
        return cls(height, width, min(ny, height), min(nx, width))

    @property
    def spacing(self) -> int:
        """Distance of neighbours, in whole pixels, for both directions.

        It scales distances and is the half-width of the window that a superpixel grows in.
        """
        # Rounding up to odd numbers is chosen: all MATLAB outputs at hand have an even one.
        return max(ceil(self.height / self.ny), ceil(self.width / self.nx))

    def seeds(self) -> np.ndarray:
        """Give row and column of each cell's centre, columns of cells outermost."""
        ys = _centres(self.height, self.ny)
        xs = _centres(self.width, self.nx)
        return np.array([(y, x) for x in xs for y in ys])


def _round(x: float) -> int:
    return floor(x + 0.5)


def _centres(length: int, cells: int) -> list[int]:
    # MATLAB counts pixels from 1 here, and rounds halves up: the order of the two matters.
    spacing = length / cells
    centres = (_round(_round(spacing / 2) + i * spacing) - 1 for i in range(cells))
    return [min(c, length - 1) for c in centres]


def _off_edges(seeds: np.ndarray, pixels: np.ndarray) -> np.ndarray:
    """Move each seed to the least gradient among its pixel and the eight around it."""
    padded = np.pad(pixels, [(1, 1), (1, 1), (0, 0)], mode="edge")
    across = padded[1:-1, 2:] - padded[1:-1, :-2]
    down = padded[2:, 1:-1] - padded[:-2, 1:-1]
    gradient = np.pad((across**2 + down**2).sum(axis=2), 1, constant_values=np.inf)
    steps = np.array([(dy, dx) for dx in (-1, 0, 1) for dy in (-1, 0, 1)])
    around = seeds[:, None, :] + steps
    found = gradient[around[..., 0] + 1, around[..., 1] + 1]
    best = found.argmin(axis=1)
    # A tie with the seed itself leaves it where it is.
    own = found[:, 4]
    best[found[np.arange(len(seeds)), best] == own] = 4
    return seeds + steps[best]


def _cluster(
    pixels: np.ndarray,
    seeds: np.ndarray,
    spacing: int,
    iterations: int,
    compactness: float,
    adaptive: bool,
) -> np.ndarray:
    """Assign every pixel to a cluster, by k-means within windows: the passes of SLIC."""
    height, width, channels = pixels.shape
    planes = np.ascontiguousarray(np.moveaxis(pixels, 2, 0))
    rows, cols = (axis.ravel() for axis in np.indices((height, width)))
    features = np.stack([rows, cols, *planes.reshape(channels, -1)]).astype(np.float64)
    centres = np.column_stack([seeds, pixels[seeds[:, 0], seeds[:, 1]]]).astype(np.float64)
    weights = np.full(len(seeds), float(compactness))
    labels = np.zeros((height, width), dtype=np.int64)
    colour = np.zeros((height, width))
    for _ in range(iterations):
        _assign(planes, centres, weights, spacing, labels, colour)
        flat = labels.ravel()
        if adaptive:
            # A running maximum: a weight never falls again.
            np.maximum.at(weights, flat, np.sqrt(colour.ravel()))
        counts = np.bincount(flat, minlength=len(seeds))
        held = counts > 0
        for i, feature in enumerate(features):
            sums = np.bincount(flat, weights=feature, minlength=len(seeds))
            centres[held, i] = sums[held] / counts[held]
    return labels


def _assign(
    planes: np.ndarray,
    centres: np.ndarray,
    weights: np.ndarray,
    spacing: int,
    labels: np.ndarray,
    colour: np.ndarray,
) -> None:
    """Give each pixel to the nearest cluster whose window it lies in, with its colour distance.

    A pixel outside all windows keeps what it has.
    """
    height, width = labels.shape
    nearest = np.full((height, width), np.inf)
    for k, (y, x, *centre) in enumerate(centres):
        top, left = floor(y) - spacing, floor(x) - spacing
        bottom, right = top + 2 * spacing + 1, left + 2 * spacing + 1
        top, left, bottom, right = max(top, 0), max(left, 0), min(bottom, height), min(right, width)
        window = slice(top, bottom), slice(left, right)
        squared = sum((plane[window] - c) ** 2 for plane, c in zip(planes, centre, strict=True))
        down = (np.arange(top, bottom) - y) ** 2
        across = (np.arange(left, right) - x) ** 2
        distance = squared + weights[k] ** 2 * (down[:, None] + across) / spacing**2
        closer = distance < nearest[window]
        np.copyto(nearest[window], distance, where=closer)
        np.copyto(colour[window], squared, where=closer)
        np.copyto(labels[window], k, where=closer)


def _connect(clusters: np.ndarray, smallest: float) -> tuple[np.ndarray, int]:
    """Give the connected parts of clusters their labels, and add small ones to a neighbour.

    Parts are taken in the order of their first pixels, down the columns. One of at most
    `smallest` pixels joins the part left of its first pixel, or above it in the first column.
    """
    from skimage.measure import label

    parts = label(clusters, background=-1, connectivity=1) - 1
    flat = parts.ravel(order="F")
    _, first, sizes = np.unique(flat, return_index=True, return_counts=True)
    height = clusters.shape[0]
    final = np.zeros(len(first), dtype=np.int64)
    count = 0
    for part in np.argsort(first):
        start = first[part]
        if sizes[part] > smallest:
            count += 1
            final[part] = count
        elif start == 0:
            # There is nothing to join yet: it becomes one with the next part that is kept.
            final[part] = 1
        else:
            final[part] = final[flat[start - height if start >= height else start - 1]]
    return final[parts], max(count, 1)
