"""LIME's first step: dividing an image into the features whose importance is to be determined."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from matxai.arguments import describe, numeric_array, one_of, positive_integer

__all__ = ["Features", "from_matrix", "grid", "quickshift", "segment", "superpixel"]


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


def segment(
    X: np.ndarray,
    method: str | np.ndarray | Callable[..., Any] = "superpixels",
    count: int = 49,
    **options: Any,
) -> Features:
    """Divide an image into features.

    Parameters
    ----------
    X : array, H×W×C or H×W
        The image.
    method : {"superpixels", "grid", "quickshift"}, array of int, H×W, or callable
        How to divide it: the first two are those of :func:`matxai.imageLIME`, and "quickshift" is
        ``skimage.segmentation.quickshift``. An array says for each pixel which feature it
        belongs to; so does what a callable ``method(X, **options)`` returns.
    count : int, default 49
        Number of features to aim at, for "superpixels" and "grid"; the others do not take it.
    **options
        What quickshift (`kernel_size`, `max_dist`, `ratio` and others) or the callable takes.

    Returns
    -------
    Features
        The features; those of an array are numbered in the order of its values.

    Raises
    ------
    TypeError
        If an argument is of a wrong kind, or there are options for a method that takes none.
    ValueError
        If X is no image or holds NaN or Inf, `method` is another text, more features are wanted
        than there are pixels, or an array does not fit.

    Notes
    -----
    Quickshift gets uint8, uint16 and values from -1 to 1 as they are, other values scaled as for
    superpixels; grey images become RGB. With equal options the labels are scikit-image's.

    Examples
    --------
    >>> import skimage
    >>> from matxai.explain.lime import segment
    >>> X = skimage.data.astronaut()[::8, ::8]
    >>> segment(X, "grid", 16).grid
    (4, 4)
    >>> segment(X, "quickshift", kernel_size=3, max_dist=6).labels.shape
    (64, 64)
    >>> segment(X, skimage.segmentation.felzenszwalb, scale=200).labels.min()
    np.int64(0)
    """
    X = _image(X)
    if callable(method):
        return from_matrix(numeric_array(method(X, **options), "The segmentation"), X.shape[:2])
    if isinstance(method, str):
        method = one_of("superpixels", "grid", "quickshift")(method, "method")
        if method == "quickshift":
            return quickshift(X, **options)
    if options:
        shown = f'"{method}"' if isinstance(method, str) else "a matrix"
        raise TypeError(
            f"segment takes options for quickshift or a function only, but method is {shown} and "
            f"there is {next(iter(options))!r}."
        )
    if not isinstance(method, str):
        return from_matrix(numeric_array(method, "method"), X.shape[:2])
    return _of_about(X, method, positive_integer(count, "count"))


def _image(X: Any) -> np.ndarray:
    X = numeric_array(X, "X")
    if X.ndim not in (2, 3) or not X.size:
        raise ValueError(f"X must be an image, H×W×C or H×W, but is {describe(X)}.")
    if not np.isfinite(X).all():
        raise ValueError("X must hold finite values, but holds NaN or Inf.")
    return X


def _of_about(X: np.ndarray, method: str, count: int) -> Features:
    height, width = X.shape[:2]
    if count > height * width:
        raise ValueError(
            f"The number of features, NumFeatures in imageLIME, must be at most {height * width}, "
            f"the number of pixels of X, but is {count}."
        )
    return grid(height, width, count) if method == "grid" else superpixel(X, count)


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

    labels, count = segment_superpixels(_unit_range(_grey_or_rgb(X)), num_features)
    return Features(labels - 1, count)


def quickshift(X: np.ndarray, **options: Any) -> Features:
    """Divide by quickshift, with the options of scikit-image's function."""
    from skimage.segmentation import quickshift as labels_of

    image = _grey_or_rgb(X)
    if image.dtype not in (np.uint8, np.uint16):
        # scikit-image takes other integers for fractions of their class's range.
        image = image if image.dtype.kind == "f" else image.astype(np.float64)
        if np.abs(image).max() > 1:
            image = _unit_range(image)
    image = np.atleast_3d(image)
    image = np.repeat(image, 3, axis=2) if image.shape[2] == 1 else image
    return from_matrix(labels_of(image, **options), X.shape[:2])


def _grey_or_rgb(X: np.ndarray) -> np.ndarray:
    """Leave RGB as it is; of other numbers of channels take the mean, H×W."""
    if X.ndim == 3 and X.shape[2] != 3:
        return X.mean(axis=2) if X.shape[2] > 1 else X[:, :, 0]
    return X


def _unit_range(X: np.ndarray) -> np.ndarray:
    """Bring an image to what superpixels takes: double, 0…1.

    Networks take raw values, so an image of class single or double mostly holds 0…255, where
    superpixels expects 0…1. Images of neither range are stretched to it.
    """
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
