"""Lines: ``plot`` and ``line``."""

from __future__ import annotations

from typing import Any

import numpy as np

from matxai.arguments import describe, numeric_array
from matxai.calling import matlab_function
from matxai.graphics.containers import axes_first, axes_of
from matxai.graphics.drawn_handles import LineHandle
from matxai.graphics.handles import handle_of
from matxai.graphics.state import axes_to_draw_in, current_axes, put_on_top
from matxai.graphics.writing import set_options
from matxai.images.colours import line_spec

__all__ = ["columns", "line", "plot"]

# MATLAB's LineWidth, and its MarkerSize.
_WIDTH, _MARKER_SIZE = 0.5, 6


@axes_first
@matlab_function("p")
def plot(
    *args,
    Color=None,
    LineStyle=None,
    LineWidth=None,
    Marker=None,
    MarkerSize=None,
    MarkerFaceColor=None,
    MarkerEdgeColor=None,
    DisplayName=None,
    Parent=None,
):
    """Draw lines.

    Parameters
    ----------
    *args
        ``Y``, ``X, Y``, ``X, Y, LineSpec`` or several of these: vectors, or matrices with one
        line in each column; a text such as "--or" for style, marker and colour. Axes can come
        first.
    Color : colour, optional
        "r", "red", "#FF0000" or [r, g, b] from 0 to 1.
    LineStyle : {"-", "--", ":", "-.", "none"}, optional
        Style of the lines.
    LineWidth : float, optional
        In points; 0.5 by default.
    Marker : str, optional
        "o", "+", "*", ".", "x", "square", "diamond", "^", …, "none".
    MarkerSize : float, optional
        In points; 6 by default.
    MarkerFaceColor, MarkerEdgeColor : colour, optional
        Colours of the markers.
    DisplayName : str, optional
        What ``legend`` calls the line.
    Parent : handle, optional
        Axes to draw in, by default the current ones.

    Returns
    -------
    LineHandle or list of LineHandle
        One handle, or a list of them for several lines, with XData, YData and the options above
        as properties.

    Raises
    ------
    TypeError, ValueError
        If an argument is wrong, or x and y differ in length.

    See Also
    --------
    hold : keep what is there.

    Notes
    -----
    Documented behaviour, colours in MATLAB's order. Limits and ticks are matplotlib's choice.

    Examples
    --------
    >>> from matxai import close, plot
    >>> p = plot([1, 2, 3], [1, 4, 9], "r--", "LineWidth", 2)
    >>> p.Color, p.LineWidth
    (array([1., 0., 0.]), 2.0)
    >>> close("all")
    """
    series = _series(args)
    axes = axes_to_draw_in(None if Parent is None else axes_of(Parent, "plot: Parent"))
    handles = []
    for x, y, spec in series:
        for column in range(y.shape[1]):
            across = x[:, column % x.shape[1]]
            look = {"linewidth": _WIDTH, "markersize": _MARKER_SIZE, "markerfacecolor": "none"}
            (artist,) = axes.plot(across, y[:, column], **look, **spec)
            put_on_top(axes, artist)
            handles.append(handle_of(artist, LineHandle))
    for handle in handles:
        set_options(
            handle,
            Color=Color,
            LineStyle=LineStyle,
            LineWidth=LineWidth,
            Marker=Marker,
            MarkerSize=MarkerSize,
            MarkerFaceColor=MarkerFaceColor,
            MarkerEdgeColor=MarkerEdgeColor,
            DisplayName=DisplayName,
        )
    return handles[0] if len(handles) == 1 else handles


def _series(args: tuple[Any, ...]) -> list[tuple[np.ndarray, np.ndarray, dict[str, Any]]]:
    """Sort the arguments into (x, y, look), x and y with one line a column."""
    rest, series = list(args), []
    while rest:
        if isinstance(rest[0], str):
            raise TypeError(f"plot: expected numbers, but got {rest[0]!r}.")
        first = rest.pop(0)
        second = rest.pop(0) if rest and not isinstance(rest[0], str) else None
        spec = line_spec(rest.pop(0)) if rest and isinstance(rest[0], str) else {}
        series.append((*columns(first, second), spec))
    if not series:
        raise TypeError("plot: Y is missing. Call plot(Y) or plot(X, Y).")
    return series


def columns(first: Any, second: Any, function: str = "plot") -> tuple[np.ndarray, np.ndarray]:
    """Give x and y with one series in each column; x has one column for all of them, or as many."""
    y = numeric_array(first if second is None else second, f"{function}: Y").astype(np.float64)
    if y.ndim > 2:
        raise ValueError(f"{function}: Y must be a vector or matrix, but is {describe(y)}.")
    if y.ndim < 2 or 1 in y.shape:
        y = y.reshape(-1, 1)
    if second is None:
        return np.arange(1.0, len(y) + 1)[:, np.newaxis], y
    x = numeric_array(first, f"{function}: X").astype(np.float64)
    x = x.reshape(-1, 1) if x.ndim < 2 or 1 in x.shape else x
    if x.shape[1] == 1 and len(x) != len(y) and len(x) == y.shape[1]:
        y = y.T
    if len(x) != len(y) or x.shape[1] not in (1, y.shape[1]):
        raise ValueError(
            f"{function}: X and Y must have the same length, but are "
            f"{describe(np.asarray(first))} and {describe(np.asarray(second))}."
        )
    return x, y


@axes_first
@matlab_function("pl")
def line(
    x,
    y,
    *,
    Color=None,
    LineStyle=None,
    LineWidth=None,
    Marker=None,
    MarkerSize=None,
    DisplayName=None,
    Parent=None,
):
    """Add a line to axes; what is there stays, held or not.

    Parameters
    ----------
    x, y : array
        The points; matrices have one line in each column.
    Color, LineStyle, LineWidth, Marker, MarkerSize, DisplayName : optional
        As for ``plot``.
    Parent : handle, optional
        The axes, by default the current ones.

    Returns
    -------
    LineHandle or list of LineHandle
        As of ``plot``.

    Raises
    ------
    TypeError, ValueError
        If an argument is wrong, or x and y differ in length.

    See Also
    --------
    plot : with what is there taken away first.

    Notes
    -----
    Documented behaviour; the colour is the first of MATLAB's order unless it is given.
    """
    axes = current_axes() if Parent is None else axes_of(Parent, "line: Parent")
    across, up = columns(x, y, "line")
    look = {"color": (0.0, 0.4470, 0.7410), "linewidth": _WIDTH, "markerfacecolor": "none"}
    artists = []
    for column in range(up.shape[1]):
        artists += axes.plot(across[:, column % across.shape[1]], up[:, column], **look)
        put_on_top(axes, artists[-1])
    handles = [handle_of(artist, LineHandle) for artist in artists]
    for handle in handles:
        set_options(
            handle,
            Color=Color,
            LineStyle=LineStyle,
            LineWidth=LineWidth,
            Marker=Marker,
            MarkerSize=MarkerSize,
            DisplayName=DisplayName,
        )
    return handles[0] if len(handles) == 1 else handles
