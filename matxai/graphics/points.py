"""Points: ``scatter``."""

from __future__ import annotations

from typing import Any

import numpy as np

from matxai.arguments import describe, numeric_array, real_scalar
from matxai.calling import matlab_function
from matxai.graphics.containers import axes_first, axes_of
from matxai.graphics.drawn_handles import ScatterHandle
from matxai.graphics.handles import handle_of
from matxai.graphics.shading import table_of
from matxai.graphics.state import axes_to_draw_in, put_on_top
from matxai.graphics.writing import set_options
from matxai.images.colours import colour, marker

__all__ = ["scatter"]

# MATLAB's area of a marker, in square points.
_AREA = 36


@axes_first
@matlab_function("s")
def scatter(
    x,
    y,
    sz=None,
    c=None,
    filled=None,
    *,
    Marker="o",
    MarkerFaceAlpha=1,
    LineWidth=None,
    DisplayName=None,
    Parent=None,
):
    """Draw points.

    Parameters
    ----------
    x, y : array
        The points.
    sz : float or array, optional
        Areas of the markers in square points; 36 by default.
    c : colour or array, optional
        One colour, or a number for each point, coloured by the colormap.
    filled : "filled", optional
        Whether markers are filled; it can also stand in the place of `sz` or `c`.
    Marker : str
        As for ``plot``.
    MarkerFaceAlpha : float
        Opacity from 0 to 1.
    LineWidth : float, optional
        Of the markers' edges.
    DisplayName : str, optional
        What ``legend`` calls the points.
    Parent : handle, optional
        Axes to draw in, by default the current ones; they can also come first.

    Returns
    -------
    ScatterHandle
        Its properties are XData, YData, SizeData, LineWidth, DisplayName and Visible.

    Raises
    ------
    TypeError, ValueError
        If an argument is wrong, or x and y differ in length.

    Notes
    -----
    Documented behaviour. Chosen: numbers are coloured when the points are drawn; a later
    ``colormap`` or ``clim`` does not reach them.
    """
    given = [value for value in (sz, c, filled) if not _is_filled(value)]
    fills = len(given) < 3
    sz, c = (*given, None, None)[:2]
    across, up = (numeric_array(v, f"scatter: {n}").reshape(-1) for v, n in ((x, "x"), (y, "y")))
    if len(across) != len(up):
        raise ValueError(
            f"scatter: x and y must have the same length, but have {len(across)} and {len(up)}."
        )
    areas = _AREA if sz is None or not np.size(sz) else numeric_array(sz, "scatter: sz")
    axes = axes_to_draw_in(None if Parent is None else axes_of(Parent, "scatter: Parent"))
    colours = _point_colours(axes, c, len(across))
    look = {"facecolors": colours if fills else "none", "edgecolors": colours}
    artist = axes.scatter(
        across,
        up,
        s=areas,
        marker=marker(Marker, "scatter: Marker"),
        alpha=real_scalar(MarkerFaceAlpha, "scatter: MarkerFaceAlpha"),
        **look,
    )
    put_on_top(axes, artist)
    handle = handle_of(artist, ScatterHandle)
    set_options(handle, LineWidth=LineWidth, DisplayName=DisplayName)
    return handle


def _is_filled(value: Any) -> bool:
    return isinstance(value, str) and value.lower() == "filled"


def _point_colours(axes: Any, c: Any, count: int) -> Any:
    if c is None:
        return [axes._get_lines.get_next_color()]
    if isinstance(c, str) or (np.size(c) == 3 and count != 3):
        return [colour(c, "scatter: c")]
    values = numeric_array(c, "scatter: c").astype(np.float64)
    if values.shape == (count, 3):
        return values
    if values.size != count:
        raise ValueError(
            f"scatter: c must be one colour or {count} numbers, one a point, but is {describe(c)}."
        )
    table, values = table_of(axes), values.reshape(-1)
    span = np.ptp(values) or 1.0
    places = np.floor((values - values.min()) / span * len(table)).astype(int)
    return table[np.clip(places, 0, len(table) - 1)]
