"""Rectangles and polygons in axes: ``rectangle``, ``patch`` and ``fill``."""

from __future__ import annotations

from typing import Any

import numpy as np

from matxai.arguments import describe, numeric_array
from matxai.calling import matlab_function
from matxai.graphics.containers import axes_first
from matxai.graphics.handles import handle_of
from matxai.graphics.limits import chosen_axes
from matxai.graphics.shape_handles import PatchHandle, RectangleHandle
from matxai.graphics.state import axes_to_draw_in, put_on_top
from matxai.graphics.writing import set_options

__all__ = ["draw_polygons", "fill", "patch", "rectangle"]

_WIDTH = 0.5


@axes_first
@matlab_function("r")
def rectangle(
    *,
    Position=(0, 0, 1, 1),
    Curvature=0,
    FaceColor="none",
    EdgeColor="k",
    LineWidth=_WIDTH,
    LineStyle="-",
    FaceAlpha=None,
    Parent=None,
):
    """Add a rectangle to axes; what is there stays, held or not.

    Parameters
    ----------
    Position : [x, y, width, height]
        Its corner with the lowest x and y, and its sides, on the axes' rulers.
    Curvature : float or [float, float]
        How round its corners are: 0 not at all, [1, 1] makes an ellipse. One number counts for
        the shorter side, and as long a part of the other is round.
    FaceColor, EdgeColor : colour
        What it is filled with, "none" at first, and its edge, black at first.
    LineWidth : float
        Of the edge, in points.
    LineStyle : {"-", "--", ":", "-.", "none"}
        Of the edge.
    FaceAlpha : float, optional
        Opacity of the face, from 0 to 1.
    Parent : handle, optional
        The axes, by default the current ones; they can also come first.

    Returns
    -------
    RectangleHandle
        Its properties are those above, and Visible.

    Raises
    ------
    TypeError, ValueError
        If an argument is wrong.

    See Also
    --------
    insertShape : draws into the pixels of an image.

    Notes
    -----
    Documented behaviour. Pixels of an image have their centres at whole numbers: the bounding box
    of ``regionprops`` is a Position as it stands.

    Examples
    --------
    >>> from matxai import close, rectangle
    >>> r = rectangle("Position", [10, 20, 30, 40], "EdgeColor", "r")
    >>> r.EdgeColor
    array([1., 0., 0.])
    >>> close("all")
    """
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    axes = chosen_axes(Parent, "rectangle")
    artist = PathPatch(Path([(0, 0), (1, 1)]), joinstyle="miter")
    axes.add_artist(artist)
    handle = handle_of(artist, RectangleHandle)
    put_on_top(axes, artist)
    set_options(
        handle,
        FaceColor=FaceColor,
        EdgeColor=EdgeColor,
        LineWidth=LineWidth,
        LineStyle=LineStyle,
        FaceAlpha=FaceAlpha,
        Position=Position,
        Curvature=Curvature,
    )
    return handle


@axes_first
@matlab_function("p")
def patch(
    X=None,
    Y=None,
    C=None,
    *,
    XData=None,
    YData=None,
    Faces=None,
    Vertices=None,
    FaceColor=None,
    EdgeColor="k",
    FaceAlpha=1,
    EdgeAlpha=1,
    LineWidth=_WIDTH,
    LineStyle="-",
    DisplayName=None,
    Parent=None,
):
    """Add filled polygons to axes; what is there stays, held or not.

    Parameters
    ----------
    X, Y : array
        The corners: vectors for one polygon, matrices with one in each column.
    C : colour, optional
        Colour of the faces: a name or [r, g, b].
    XData, YData : array, optional
        `X` and `Y` by name.
    Faces, Vertices : array, optional
        Instead of `X` and `Y`: the corners, K×2, and for each polygon a row of their numbers,
        counted from 1.
    FaceColor : colour, optional
        Colour of the faces, or "none"; black where nothing says it.
    EdgeColor : colour
        Colour of the edges, or "none".
    FaceAlpha, EdgeAlpha : float
        Opacity, from 0 to 1.
    LineWidth, LineStyle : optional
        Of the edges.
    DisplayName : str, optional
        What ``legend`` calls it.
    Parent : handle, optional
        The axes, by default the current ones; they can also come first.

    Returns
    -------
    PatchHandle
        Its properties are XData, YData, FaceColor, EdgeColor, FaceAlpha, ….

    Raises
    ------
    TypeError, ValueError
        If an argument is wrong, or X and Y differ in shape.

    Notes
    -----
    Documented behaviour for flat polygons of one colour. Numbers as colours, which MATLAB looks up
    in the colormap, and corners in space are refused.

    Examples
    --------
    >>> from matxai import close, patch
    >>> p = patch([0, 1, 1], [0, 0, 1], "red", "FaceAlpha", 0.3)
    >>> p.FaceAlpha
    0.3
    >>> close("all")
    """
    axes = chosen_axes(Parent, "patch")
    across, up = (XData if X is None else X), (YData if Y is None else Y)
    if Faces is not None and Vertices is not None:
        polygons = _by_numbers(Faces, Vertices)
    elif across is None or up is None:
        raise TypeError("patch: X and Y are missing. Call patch(X, Y, C).")
    else:
        polygons = _by_columns("patch", across, up)
    handle = draw_polygons(axes, polygons)
    face = next((c for c in (FaceColor, C) if c is not None), "k")
    _require_colour("patch", face)
    set_options(
        handle,
        FaceColor=face,
        EdgeColor=EdgeColor,
        FaceAlpha=FaceAlpha,
        EdgeAlpha=EdgeAlpha,
        LineWidth=LineWidth,
        LineStyle=LineStyle,
        DisplayName=DisplayName,
    )
    return handle


@axes_first
@matlab_function("p")
def fill(
    X,
    Y,
    C,
    *,
    EdgeColor="k",
    FaceColor=None,
    FaceAlpha=1,
    EdgeAlpha=1,
    LineWidth=_WIDTH,
    LineStyle="-",
    DisplayName=None,
    Parent=None,
):
    """Draw filled polygons; what was in the axes goes, unless it is held.

    Parameters
    ----------
    X, Y : array
        The corners: vectors for one polygon, matrices with one in each column.
    C : colour
        Colour of the faces: a name or [r, g, b].
    EdgeColor, FaceColor, FaceAlpha, EdgeAlpha, LineWidth, LineStyle, DisplayName : optional
        As for ``patch``.
    Parent : handle, optional
        The axes, by default the current ones; they can also come first.

    Returns
    -------
    PatchHandle
        As of ``patch``.

    Raises
    ------
    TypeError, ValueError
        If an argument is wrong, or X and Y differ in shape.

    See Also
    --------
    patch : leaves what is in the axes.

    Notes
    -----
    Documented behaviour for polygons of one colour; all of a matrix are one object here.

    Examples
    --------
    >>> from matxai import close, fill
    >>> fill([0, 1, 1], [0, 0, 1], "g").XData
    array([0., 1., 1.])
    >>> close("all")
    """
    polygons = _by_columns("fill", X, Y)
    _require_colour("fill", C)
    handle = draw_polygons(axes_to_draw_in(chosen_axes(Parent, "fill")), polygons)
    set_options(
        handle,
        FaceColor=C if FaceColor is None else FaceColor,
        EdgeColor=EdgeColor,
        FaceAlpha=FaceAlpha,
        EdgeAlpha=EdgeAlpha,
        LineWidth=LineWidth,
        LineStyle=LineStyle,
        DisplayName=DisplayName,
    )
    return handle


def draw_polygons(axes: Any, polygons: list[np.ndarray], make: Any = PatchHandle) -> Any:
    """Put polygons, each K×2, into axes of matplotlib."""
    from matplotlib.collections import PolyCollection

    artist = PolyCollection(polygons, linewidths=_WIDTH)
    axes.add_collection(artist, autolim=False)
    axes.update_datalim(np.concatenate(polygons))
    axes.autoscale_view()
    put_on_top(axes, artist)
    return handle_of(artist, make)


def _require_colour(function: str, value: Any) -> None:
    if not isinstance(value, str) and np.size(value) != 3:
        raise ValueError(
            f"{function}: C must be one colour, a name or [r, g, b], but is {describe(value)}: "
            f"numbers that stand for colours of the colormap are not looked up."
        )


def _by_columns(function: str, X: Any, Y: Any) -> list[np.ndarray]:
    x, y = (
        numeric_array(v, f"{function}: {n}").astype(np.float64) for v, n in ((X, "X"), (Y, "Y"))
    )
    x, y = (v.reshape(-1, 1) if v.ndim < 2 or 1 in v.shape else v for v in (x, y))
    if x.shape != y.shape or x.ndim != 2 or not x.size:
        raise ValueError(
            f"{function}: X and Y must have the same shape, but are {describe(np.asarray(X))} and "
            f"{describe(np.asarray(Y))}."
        )
    return [np.stack(pair, axis=1) for pair in zip(x.T, y.T, strict=True)]


def _by_numbers(Faces: Any, Vertices: Any) -> list[np.ndarray]:
    points = numeric_array(Vertices, "patch: Vertices").astype(np.float64)
    if points.ndim != 2 or points.shape[1] != 2:
        raise ValueError(f"patch: Vertices must be a K×2 array, but is {describe(points)}.")
    faces = np.atleast_2d(numeric_array(Faces, "patch: Faces").astype(np.float64))
    numbers = [row[~np.isnan(row)] for row in faces]
    wrong = [n for row in numbers for n in row if not (1 <= n <= len(points) and n == int(n))]
    if wrong:
        raise ValueError(
            f"patch: Faces must hold integers from 1 to {len(points)}, the number of Vertices, "
            f"but holds {describe(wrong[0])}."
        )
    return [points[row.astype(int) - 1] for row in numbers]
