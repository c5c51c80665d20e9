"""``tiledlayout`` and ``nexttile``."""

from __future__ import annotations

from typing import Any

import numpy as np

from matxai.arguments import any_of, describe, one_of, positive_integer, positive_integers
from matxai.calling import matlab_function
from matxai.graphics.containers import axes_handle, figure_of, use_figure
from matxai.graphics.figures import empty_figure
from matxai.graphics.state import current_figure, figure_state
from matxai.graphics.tiling import LayoutHandle, spacing

__all__ = ["nexttile", "tiledlayout"]

_arrangement = one_of("flow", "horizontal", "vertical")


@matlab_function(
    "t",
    accepts={
        "m": any_of(_arrangement, positive_integer),
        "n": positive_integer,
        "TileSpacing": spacing,
        "Padding": spacing,
    },
)
def tiledlayout(m="flow", n=None, *, TileSpacing="loose", Padding="loose", Parent=None):
    """Make a grid of tiles in the current figure, for ``nexttile`` to put axes on.

    Parameters
    ----------
    m, n : int, optional
        Rows and columns. Or `m` alone: "flow" for a grid that grows, with tiles of about 4:3;
        "horizontal" or "vertical" for one row or column.
    TileSpacing, Padding : {"loose", "compact", "tight", "none"}
        Space between the tiles, and around all of them.
    Parent : handle, optional
        The figure, by default the current one.

    Returns
    -------
    LayoutHandle
        Its properties are GridSize, TileArrangement, TileSpacing and Padding; ``title``,
        ``xlabel`` and ``ylabel`` take it as their first argument.

    Raises
    ------
    TypeError, ValueError
        If an argument is wrong.

    See Also
    --------
    subplot : axes at fixed places.

    Notes
    -----
    Documented behaviour; what was in the figure is replaced. Chosen: where two grids of a "flow"
    are as close to 4:3, the wider one.

    Examples
    --------
    >>> from matxai import close, nexttile, tiledlayout
    >>> t = tiledlayout("flow")
    >>> axes = [nexttile() for i in range(3)]
    >>> t.GridSize
    array([2, 2])
    >>> close("all")
    """
    figure = current_figure() if Parent is None else figure_of(Parent, "tiledlayout: Parent")
    if isinstance(m, str) != (n is None):
        raise TypeError('tiledlayout: give m and n, or "flow", "horizontal" or "vertical".')
    empty_figure(figure)
    figure.set_layout_engine("constrained")
    layout = LayoutHandle(figure, m, 1, 1) if n is None else LayoutHandle(figure, "fixed", m, n)
    layout.TileSpacing, layout.Padding = TileSpacing, Padding
    figure_state(figure).layout = layout
    return layout


@matlab_function("ax")
def nexttile(*args):
    """Make axes on the next free tile, or make those on a tile the current ones.

    Parameters
    ----------
    *args
        Nothing, or the number of a tile, counted from 1 along the rows, or [rows, columns] that
        the axes span, or a number and a span. A layout can come first.

    Returns
    -------
    AxesHandle
        The axes, as ``gca`` returns them.

    Raises
    ------
    TypeError, ValueError
        If there is no such tile, or no room.

    See Also
    --------
    tiledlayout : make the layout; without one, ``tiledlayout("flow")`` is made.

    Notes
    -----
    Documented behaviour. Chosen: a layout that is full is an error.

    Examples
    --------
    >>> from matxai import close, nexttile, tiledlayout
    >>> t = tiledlayout(2, 3)
    >>> wide, next = nexttile([1, 2]), nexttile()
    >>> nexttile(1) == wide
    True
    >>> close("all")
    """
    args = list(args)
    layout = args.pop(0) if args and isinstance(args[0], LayoutHandle) else _current_layout()
    first, span = _tile_and_span(args)
    use_figure(layout.figure)
    if first is not None:
        _require_tile(layout, first)
        there = layout.tile_at(first - 1)
        if there is not None:
            layout.figure.sca(there.axes)
            return axes_handle(there.axes)
    return axes_handle(layout.add(span, None if first is None else first - 1))


def _current_layout() -> LayoutHandle:
    figure = current_figure()
    return figure_state(figure).layout or tiledlayout("flow")


def _tile_and_span(args: list[Any]) -> tuple[int | None, tuple[int, int]]:
    first, span = None, (1, 1)
    if args and np.size(args[0]) == 1:
        first = positive_integer(args.pop(0), "nexttile: tilenum")
    if args:
        span = positive_integers((2,))(args.pop(0), "nexttile: span")
    if args:
        raise TypeError(f"nexttile takes (tilenum, span); {describe(args[0])} is too much.")
    return first, span


def _require_tile(layout: LayoutHandle, first: int) -> None:
    count = int(layout.GridSize.prod())
    if layout.TileArrangement == "fixed" and first > count:
        raise ValueError(
            f"nexttile: tilenum must be an integer from 1 to {count}, the number of tiles, but is "
            f"{first}."
        )
