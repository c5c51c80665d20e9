"""fspecial: the filters that have names."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from matxai.arguments import describe, one_of, positive_integer, real_scalar
from matxai.calling import matlab_function
from matxai.images.checks import one_or_two

__all__ = ["fspecial", "gaussian"]

_size = one_or_two(positive_integer)


def _positive(value: Any, name: str) -> float:
    number = real_scalar(value, name)
    if number <= 0:
        raise ValueError(f"{name} must be positive, but is {describe(value)}.")
    return number


def _share(value: Any, name: str) -> float:
    number = real_scalar(value, name)
    if not 0 <= number <= 1:
        raise ValueError(f"{name} must lie between 0 and 1, but is {describe(value)}.")
    return number


def gaussian(size: tuple[int, int], sigma: float) -> np.ndarray:
    """Make a Gaussian filter, whose weights add up to 1."""
    squared = _squared_distances(size)
    h = np.exp(-squared / (2 * sigma**2))
    h[h < np.finfo(float).eps * h.max()] = 0
    return h / h.sum()


def _squared_distances(size: tuple[int, int]) -> np.ndarray:
    y, x = (np.arange(n) - (n - 1) / 2 for n in size)
    return x**2 + y[:, None] ** 2


def _average(size: tuple[int, int] = (3, 3)) -> np.ndarray:
    return np.full(size, 1 / (size[0] * size[1]))


def _disk(radius: float = 5.0) -> np.ndarray:
    """Weigh each pixel by how much of it lies within the circle."""
    reach = int(np.ceil(radius - 0.5))
    edges = np.arange(-reach, reach + 2) - 0.5
    corner = _area(np.abs(edges)[:, None], np.abs(edges), radius)
    corner = corner * np.sign(edges)[:, None] * np.sign(edges)
    covered = np.diff(np.diff(corner, axis=0), axis=1)
    # What is left of pixels outside is roundoff.
    covered[covered < 1e-12] = 0
    return covered / covered.sum()


def _area(x: np.ndarray, y: np.ndarray, radius: float) -> np.ndarray:
    """Measure the part of the rectangle from 0 to (x, y) that lies within the circle."""
    x, y = np.minimum(x, radius), np.minimum(y, radius)

    def under_arc(u: np.ndarray) -> np.ndarray:
        return (
            u * np.sqrt(np.maximum(radius**2 - u**2, 0)) + radius**2 * np.arcsin(u / radius)
        ) / 2

    bend = np.minimum(np.sqrt(np.maximum(radius**2 - y**2, 0)), x)
    return y * bend + under_arc(x) - under_arc(bend)


def _laplacian(alpha: float = 0.2) -> np.ndarray:
    corner, side = alpha / 4, (1 - alpha) / 4
    h = np.array([[corner, side, corner], [side, -1, side], [corner, side, corner]])
    return h * 4 / (alpha + 1)


def _log(size: tuple[int, int] = (5, 5), sigma: float = 0.5) -> np.ndarray:
    """Make the Laplacian of a Gaussian, whose weights add up to 0."""
    h = gaussian(size, sigma) * (_squared_distances(size) - 2 * sigma**2) / sigma**4
    return h - h.mean()


def _unsharp(alpha: float = 0.2) -> np.ndarray:
    h = np.array([[-alpha, alpha - 1, -alpha], [alpha - 1, alpha + 5, alpha - 1]])
    return np.vstack([h, h[:1]]) / (alpha + 1)


def _sobel() -> np.ndarray:
    return np.array([[1.0, 2, 1], [0, 0, 0], [-1, -2, -1]])


def _prewitt() -> np.ndarray:
    return np.array([[1.0, 1, 1], [0, 0, 0], [-1, -1, -1]])


# The function that makes a filter, and the names and checks of its parameters.
_FILTERS: dict[str, tuple[Callable[..., np.ndarray], tuple[tuple[str, Callable], ...]]] = {
    "average": (_average, (("hsize", _size),)),
    "disk": (_disk, (("radius", _positive),)),
    "gaussian": (
        lambda size=(3, 3), sigma=0.5: gaussian(size, sigma),
        (("hsize", _size), ("sigma", _positive)),
    ),
    "laplacian": (_laplacian, (("alpha", _share),)),
    "log": (_log, (("hsize", _size), ("sigma", _positive))),
    "prewitt": (_prewitt, ()),
    "sobel": (_sobel, ()),
    "unsharp": (_unsharp, (("alpha", _share),)),
}


@matlab_function("h", accepts={"type": one_of(*_FILTERS)})
def fspecial(type, *parameters):
    """Make one of the filters that have names.

    Parameters
    ----------
    type : str
        "average" (hsize=3), "disk" (radius=5), "gaussian" (hsize=3, sigma=0.5), "laplacian"
        (alpha=0.2), "log" (hsize=5, sigma=0.5), "prewitt", "sobel", which are horizontal edges,
        or "unsharp" (alpha=0.2).
    *parameters : int, float or [rows, columns]
        The parameters in brackets, in this order; hsize is one number or [rows, columns].

    Returns
    -------
    numpy.ndarray of float64
        The weights. "disk" has 2·⌈radius − ½⌉ + 1 rows and columns.

    Raises
    ------
    TypeError
        If a parameter is no number.
    ValueError
        If `type` is unknown, there are too many parameters, or one is out of its range.

    See Also
    --------
    imfilter : filter an image.

    Notes
    -----
    Documented; held against GNU Octave's image package. "motion" is not there.

    Examples
    --------
    >>> from matxai import fspecial
    >>> fspecial("gaussian", 3, 1).round(4)
    array([[0.0751, 0.1238, 0.0751],
           [0.1238, 0.2042, 0.1238],
           [0.0751, 0.1238, 0.0751]])
    """
    make, takes = _FILTERS[type]
    if len(parameters) > len(takes):
        names = ", ".join(name for name, _ in takes) or "no parameters"
        raise ValueError(f"fspecial: {type!r} takes {names}, but is given {len(parameters)}.")
    checked = []
    for value, (name, check) in zip(parameters, takes, strict=False):
        try:
            checked.append(check(value, name))
        except (TypeError, ValueError) as error:
            raise error.__class__(f"fspecial: {error}") from None
    return make(*checked)
