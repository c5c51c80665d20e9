"""Dividing an image into the features whose importance LIME determines."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from matxai.arguments import describe

__all__ = ["Features", "from_matrix", "grid", "segment", "superpixel"]


@dataclass(frozen=True)
class Features:
    """A division of an image into features.

    Attributes
    ----------
    labels : numpy.ndarray of int64, shape (H, W)
        The feature, counted from 0, that each pixel belongs to.
    count : int
        Number of features.
    grid : tuple of int, optional
        Rows and columns, where the features are the cells of a grid in column-major order.
    """

    labels: np.ndarray
    count: int
    grid: tuple[int, int] | None = None


def segment(X: np.ndarray, segmentation: str | np.ndarray, num_features: int) -> Features:
    """Divide the image X, H×W×C or H×W, as MATLAB's Segmentation option says."""
    height, width = X.shape[:2]
    if isinstance(segmentation, np.ndarray):
        return from_matrix(segmentation, (height, width))
    if num_features > height * width:
        raise ValueError(
            f"NumFeatures must be at most {height * width}, the number of pixels of X, "
            f"but is {num_features}."
        )
    if segmentation == "grid":
        return grid(height, width, num_features)
    return superpixel(X, num_features)


def grid(height: int, width: int, num_features: int) -> Features:
    """Divide into a regular grid of approximately square cells, at most `num_features`.

    Cells are square where rows : columns is height : width; both are rounded down, so that no
    more cells come out than were asked for.
    """
    rows = math.isqrt(num_features * height // width)
    cols = math.isqrt(num_features * width // height)
    rows, cols = min(max(rows, 1), height), min(max(cols, 1), width)
    # A strip narrower than one cell: the other direction takes all cells.
    if rows == 1:
        cols = min(cols, num_features)
    if cols == 1:
        rows = min(rows, num_features)
    from matxai.images.resize import resize

    cells = np.arange(rows * cols, dtype=np.float64).reshape(rows, cols, order="F")
    labels = resize(cells, (height, width), method="nearest").astype(np.int64)
    return Features(labels, rows * cols, (rows, cols))


def from_matrix(matrix: np.ndarray, size: tuple[int, int]) -> Features:
    """Take the features from a matrix of labels; they are numbered in the order of its values."""
    if matrix.shape != size:
        raise ValueError(
            f"Segmentation must be {size[0]}×{size[1]}, the height and width of X, but is "
            f"{'×'.join(map(str, matrix.shape))}."
        )
    if not np.isfinite(matrix).all() or (matrix != np.floor(matrix)).any():
        bad = matrix[~np.isfinite(matrix)] if not np.isfinite(matrix).all() else matrix
        shown = bad.flat[0] if bad is not matrix else matrix[matrix != np.floor(matrix)][0]
        raise ValueError(
            f"Segmentation must hold integers, one for each feature, but holds {describe(shown)}."
        )
    values, labels = np.unique(matrix, return_inverse=True)
    return Features(labels.reshape(size).astype(np.int64), values.size)


def superpixel(X: np.ndarray, num_features: int) -> Features:
    """Divide into superpixels."""
    from matxai.images.slic import segment as segment_superpixels

    labels, count = segment_superpixels(_unit_range(X), num_features)
    return Features(labels - 1, count)


def _unit_range(X: np.ndarray) -> np.ndarray:
    """Bring an image to what superpixels takes: grey or RGB, double, 0…1.

    Networks take raw values, so an image of class single or double mostly holds 0…255, where
    superpixels expects 0…1. Images of neither range are stretched to it.
    """
    if X.ndim == 3 and X.shape[2] != 3:
        X = X.mean(axis=2) if X.shape[2] > 1 else X[:, :, 0]
    values = X.astype(np.float64)
    if X.dtype == np.uint8:
        return values / 255
    if X.dtype == np.uint16:
        return values / 65535
    low, high = values.min(), values.max()
    if low >= 0 and high <= 1:
        return values
    if low >= 0 and high <= 255:
        return values / 255
    return (values - low) / (high - low) if high > low else np.zeros_like(values)
