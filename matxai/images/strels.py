"""strel: the shapes that dilation and erosion work with."""

from __future__ import annotations

from typing import Any

import numpy as np

from matxai.arguments import describe, numeric_array, one_of, positive_integer, real_scalar
from matxai.calling import matlab_function
from matxai.images.checks import from_zero, one_or_two

__all__ = ["StructuringElement", "strel", "structuring_element"]


class StructuringElement:
    """A flat shape, as `strel` makes it.

    Attributes
    ----------
    Neighborhood : numpy.ndarray of bool
        True where a neighbour belongs to the shape; the middle is the element ⌊(n+1)/2⌋.
    Dimensionality : int
        Number of dimensions.
    """

    def __init__(self, neighborhood: np.ndarray):
        self.Neighborhood = neighborhood
        self.Dimensionality = neighborhood.ndim

    def __repr__(self) -> str:
        rows = "\n".join("  " + "  ".join(str(int(v)) for v in row) for row in self.Neighborhood)
        count = int(self.Neighborhood.sum())
        return f"strel is a flat structuring element with {count} neighbors\n{rows}"


def _neighbours(value: Any, name: str) -> np.ndarray:
    array = numeric_array(value, name) != 0
    if array.ndim != 2 or not array.any():
        raise ValueError(
            f"{name} must be a matrix with at least one element that is not 0, but is "
            f"{describe(value)}."
        )
    return array


def structuring_element(value: Any, name: str) -> np.ndarray:
    """Check what `strel` makes, or its neighbourhood."""
    if isinstance(value, StructuringElement):
        return value.Neighborhood
    return _neighbours(value, name)


def _whole(value: Any, name: str) -> int:
    number = from_zero(value, name)
    if number != int(number):
        raise ValueError(f"{name} must be a whole number, but is {describe(value)}.")
    return int(number)


def _disk(radius: int, n: int = 0) -> np.ndarray:
    if n != 0:
        raise ValueError(
            f"strel: n must be 0, a disk without approximation, but is {n}: MATLAB's approximation "
            f"by lines is not there."
        )
    around = np.arange(-radius, radius + 1)
    return around[:, None] ** 2 + around**2 <= radius**2


def _diamond(radius: int) -> np.ndarray:
    around = np.abs(np.arange(-radius, radius + 1))
    return around[:, None] + around <= radius


def _line(length: float, degrees: float) -> np.ndarray:
    """Draw a line through the middle, of about the length, counterclockwise from the x-axis."""
    angle = np.deg2rad(degrees % 180)
    reach = (np.array([-np.sin(angle), np.cos(angle)]) * (length - 1) / 2).round(9)
    reach = np.sign(reach) * np.floor(np.abs(reach) + 0.5)
    steps = int(np.abs(reach).max())
    h = np.zeros((2 * abs(int(reach[0])) + 1, 2 * abs(int(reach[1])) + 1), dtype=bool)
    for share in np.linspace(0, 1, steps + 1):
        way = reach * share
        row, column = (np.sign(way) * np.floor(np.abs(way) + 0.5)).astype(int)
        h[h.shape[0] // 2 + row, h.shape[1] // 2 + column] = True
        h[h.shape[0] // 2 - row, h.shape[1] // 2 - column] = True
    return h


_SHAPES: dict[str, tuple[Any, tuple[tuple[str, Any], ...], int]] = {
    "disk": (_disk, (("r", _whole), ("n", _whole)), 1),
    "diamond": (_diamond, (("r", _whole),), 1),
    "square": (lambda w: np.ones((w, w), bool), (("w", positive_integer),), 1),
    "rectangle": (lambda mn: np.ones(mn, bool), (("mn", one_or_two(positive_integer)),), 1),
    "line": (_line, (("len", from_zero), ("deg", real_scalar)), 2),
    "arbitrary": (lambda nhood: nhood, (("nhood", _neighbours),), 1),
}

_shape = one_of(*_SHAPES)


@matlab_function("SE")
def strel(shape, *parameters):
    """Make the shape that `imdilate` and its like work with.

    Parameters
    ----------
    shape : str or array_like
        "disk" (r), "diamond" (r), "square" (w), "rectangle" ([m, n]), "line" (len, deg) or
        "arbitrary" (nhood); or the neighbourhood itself, a matrix.
    *parameters : int, float or array_like
        The parameters in brackets, in this order.

    Returns
    -------
    StructuringElement
        The shape; its attribute Neighborhood is the matrix.

    Raises
    ------
    TypeError
        If a parameter is no number.
    ValueError
        If `shape` is unknown, or a parameter is missing, too many or out of its range.

    Notes
    -----
    Chosen: "disk" holds the pixels whose centres lie within the radius, as MATLAB's
    ``strel("disk",r,0)``. MATLAB's default for r ≥ 3 is an approximation by lines, which has
    fewer pixels. Documented otherwise; "line" is drawn by steps of its longer side.

    Examples
    --------
    >>> from matxai import strel
    >>> strel("disk", 2)
    strel is a flat structuring element with 13 neighbors
      0  0  1  0  0
      0  1  1  1  0
      1  1  1  1  1
      0  1  1  1  0
      0  0  1  0  0
    """
    if not isinstance(shape, str):
        shape, parameters = "arbitrary", (shape, *parameters)
    try:
        make, takes, least = _SHAPES[_shape(shape, "shape")]
        if not least <= len(parameters) <= len(takes):
            names = ", ".join(name for name, _ in takes)
            raise ValueError(f"{shape!r} takes {names}, but is given {len(parameters)}.")
        given = zip(parameters, takes, strict=False)
        checked = [check(value, name) for value, (name, check) in given]
    except (TypeError, ValueError) as error:
        raise type(error)(f"strel: {error}") from None
    return StructuringElement(make(*checked))
