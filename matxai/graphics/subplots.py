"""``subplot``: axes at the places of a grid."""

from __future__ import annotations

from typing import Any

import numpy as np

from matxai.arguments import describe, numeric_array, positive_integer
from matxai.calling import matlab_function
from matxai.graphics import rulers
from matxai.graphics.containers import AxesHandle, axes_handle, axes_of, use_figure
from matxai.graphics.figures import empty_figure
from matxai.graphics.state import (
    DEFAULT_POSITION,
    axes_state,
    current_figure,
    figure_state,
    new_axes,
    remove_axes,
    reset_axes,
)

__all__ = ["subplot"]

# Parts of a cell's width and height that lie between axes: they give MATLAB's printed positions,
# 0.3347 and 0.3412 of 2×2, 0.2134 and 0.2157 of 3×3.
_GAPS = (0.24, 0.28)
_SAME = 1e-6


@matlab_function("ax")
def subplot(m=None, n=None, p=None, option=None, *, Position=None):
    """Make axes at a place of a grid, or make those that are there the current ones.

    Parameters
    ----------
    m, n : int
        Rows and columns of the grid. `m` alone can be a number of three digits, 131 for 1, 3, 1,
        or the handle of axes.
    p : int or list of int
        Place, counted from 1 along the rows; several span the rectangle around them.
    option : {"replace", "align"}, optional
        "replace" empties axes that are there already.
    Position : [left, bottom, width, height], optional
        The place in parts of the figure, instead of a grid.

    Returns
    -------
    AxesHandle
        The axes, as ``gca`` returns them.

    Raises
    ------
    TypeError, ValueError
        If an argument is wrong, such as a place outside of the grid.

    See Also
    --------
    tiledlayout : grids that make room for titles and labels.

    Notes
    -----
    Documented behaviour: axes that the new ones would overlap are deleted.

    Examples
    --------
    >>> from matxai import close, subplot
    >>> ax = subplot(2, 2, [1, 3])
    >>> ax.Position.round(4)
    array([0.13 , 0.11 , 0.3347, 0.815 ])
    >>> subplot(2, 2, [1, 3]) == ax
    True
    >>> close("all")
    """
    if isinstance(m, AxesHandle) or hasattr(m, "get_xlim"):
        axes = axes_of(m, "subplot: ax")
        use_figure(axes.figure)
        axes.figure.sca(axes)
        return axes_handle(axes)
    if option is not None and option not in ("replace", "align"):
        raise ValueError(
            f'subplot: option must be "replace" or "align", but is {describe(option)}.'
        )
    spot = (
        rulers.position(Position, "subplot: Position") if Position is not None else _spot(m, n, p)
    )
    return axes_handle(_axes_at(spot, option == "replace"))


def _spot(m: Any, n: Any, p: Any) -> tuple[float, float, float, float]:
    if m is None:
        raise TypeError("subplot: m is missing. Call subplot(m, n, p) or subplot(131).")
    if n is None and p is None:
        digits = str(positive_integer(m, "subplot: m"))
        if len(digits) != 3 or "0" in digits:
            raise ValueError(
                f"subplot: one number must have three digits, such as 131 for subplot(1, 3, 1), "
                f"but is {describe(m)}."
            )
        m, n, p = map(int, digits)
    if n is None or p is None:
        raise TypeError("subplot: p is missing. Call subplot(m, n, p) or subplot(131).")
    rows, columns = positive_integer(m, "subplot: m"), positive_integer(n, "subplot: n")
    places = numeric_array(p, "subplot: p").reshape(-1)
    count = rows * columns
    if not places.size or (places < 1).any() or (places > count).any() or (places % 1).any():
        raise ValueError(
            f"subplot: p must hold integers from 1 to {count}, the places of a {rows}×{columns} "
            f"grid, but is {describe(p)}."
        )
    return grid_spot(rows, columns, places.astype(int) - 1)


def grid_spot(rows: int, columns: int, places: np.ndarray) -> tuple[float, float, float, float]:
    """Give the rectangle around places of a grid, counted from 0 along the rows."""
    left, bottom, width, height = DEFAULT_POSITION
    row, column = np.divmod(places, columns)
    wide, high = width / (columns - _GAPS[0]), height / (rows - _GAPS[1])
    down = rows - 1 - row.max()
    across = np.ptp(column) + 1 - _GAPS[0]
    up = np.ptp(row) + 1 - _GAPS[1]
    spot = (left + column.min() * wide, bottom + down * high, across * wide, up * high)
    return tuple(float(v) for v in spot)


def _axes_at(spot: tuple[float, float, float, float], replace: bool) -> Any:
    """Find the axes that stand at a place, or make them where nothing may be in the way."""
    figure = current_figure()
    if figure_state(figure).layout is not None:
        empty_figure(figure)
    for axes in list(figure.axes):
        there = axes_state(axes).spot
        if there is None:
            continue
        if np.allclose(there, spot, rtol=0, atol=_SAME):
            if replace:
                reset_axes(axes)
            figure.sca(axes)
            return axes
        if _overlap(there, spot):
            remove_axes(axes)
    return new_axes(figure, spot)


def _overlap(a: tuple[float, ...], b: tuple[float, ...]) -> bool:
    across = min(a[0] + a[2], b[0] + b[2]) - max(a[0], b[0])
    up = min(a[1] + a[3], b[1] + b[3]) - max(a[1], b[1])
    return across > _SAME and up > _SAME
