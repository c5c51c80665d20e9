"""Indexed images, whose values are rows of a colormap: ind2rgb, ind2gray, gray2ind."""

from __future__ import annotations

from typing import Any

import numpy as np

from matxai.arguments import describe, positive_integer
from matxai.calling import matlab_function
from matxai.images.checks import colourmap, two_dimensional
from matxai.images.classes import unit_scaled
from matxai.images.converting import as_class
from matxai.images.grey import luma
from matxai.lang.integer_classes import to_class

__all__ = ["gray2ind", "ind2gray", "ind2rgb", "rows_of"]


def _indices(value: Any, name: str) -> np.ndarray:
    array = two_dimensional(value, name)
    if array.dtype.kind == "f" and not (array == np.floor(array)).all():
        raise ValueError(f"{name} must hold whole numbers, but is {describe(array)}.")
    return array


def rows_of(indices: np.ndarray, colours: np.ndarray) -> np.ndarray:
    """Return 0-based rows of a colormap: floats count from 1, integers from 0."""
    rows = indices.astype(np.int64) - (1 if indices.dtype.kind == "f" else 0)
    return np.clip(rows, 0, len(colours) - 1)


@matlab_function("RGB", accepts={"X": _indices, "map": colourmap})
def ind2rgb(X, map):
    """Convert an indexed image to RGB.

    Parameters
    ----------
    X : array_like, shape (H, W)
        Indices of rows of `map`: from 1 in floats, from 0 in integers.
    map : array_like, shape (K, 3)
        Colormap, from 0 to 1.

    Returns
    -------
    numpy.ndarray of float64, shape (H, W, 3)
        The image, from 0 to 1.

    Raises
    ------
    TypeError
        If an argument holds no numbers.
    ValueError
        If `X` is no matrix of whole numbers, or `map` no colormap.

    Notes
    -----
    Documented. Indices outside the colormap take its first or last colour. NumPy's int64, which
    label maps and lists of whole numbers are of, counts as double, so from 1.

    Examples
    --------
    >>> from matxai import ind2rgb
    >>> ind2rgb([[1, 2]], [[0, 0, 0], [1, 0.5, 0]])
    array([[[0. , 0. , 0. ],
            [1. , 0.5, 0. ]]])
    """
    return map[rows_of(X, map)]


@matlab_function("I", accepts={"X": _indices, "map": colourmap})
def ind2gray(X, map):
    """Convert an indexed image to grey.

    Parameters
    ----------
    X : array_like, shape (H, W)
        Indices of rows of `map`: from 1 in floats, from 0 in integers.
    map : array_like, shape (K, 3)
        Colormap, from 0 to 1.

    Returns
    -------
    numpy.ndarray, shape (H, W)
        The grey image, of the class of `X`.

    Raises
    ------
    TypeError
        If an argument holds no numbers.
    ValueError
        If `X` is no matrix of whole numbers, or `map` no colormap.

    Notes
    -----
    Documented.

    Examples
    --------
    >>> import numpy as np
    >>> from matxai import ind2gray
    >>> ind2gray(np.array([[0, 1]], dtype=np.uint8), [[0, 0, 0], [1, 1, 1]])
    array([[  0, 255]], dtype=uint8)
    """
    return as_class(luma(map)[rows_of(X, map)], X.dtype)


def _colours(value: Any, name: str) -> int:
    count = positive_integer(value, name)
    if count > 65536:
        raise ValueError(f"{name} must be 1 to 65536, but is {count}.")
    return count


@matlab_function("X", "cmap", accepts={"I": two_dimensional, "c": _colours})
def gray2ind(I, c=None, *, nargout=1):  # noqa: E741
    """Convert a grey or binary image to an indexed one.

    Parameters
    ----------
    I : array_like, shape (H, W)
        Grey image, floats from 0 to 1, or truth values.
    c : int, optional
        Number of colours, 1 to 65536. By default 64, for truth values 2.

    Returns
    -------
    X : numpy.ndarray of uint8 or uint16, shape (H, W)
        Indices of colours, counted from 0; uint8 for up to 256 colours.
    cmap : numpy.ndarray of float64, shape (c, 3)
        The colormap, grey, with ``nargout=2``.

    Raises
    ------
    TypeError
        If an argument holds no numbers.
    ValueError
        If `I` is no matrix, or `c` is out of its range.

    Notes
    -----
    Documented.

    Examples
    --------
    >>> from matxai import gray2ind
    >>> gray2ind([[0, 0.5, 1]], 16)
    array([[ 0,  8, 15]], dtype=uint8)
    """
    count = c or (2 if I.dtype == bool else 64)
    indices = unit_scaled(I) * (count - 1)
    shades = np.linspace(0, 1, count) if count > 1 else np.zeros(1)
    kind = np.dtype(np.uint8 if count <= 256 else np.uint16)
    return to_class(np.clip(indices, 0, count - 1), kind), np.repeat(shades[:, None], 3, axis=1)
