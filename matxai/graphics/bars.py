"""Bars: ``bar`` and ``barh``."""

from __future__ import annotations

from typing import Any

import numpy as np

from matxai.arguments import describe, numeric_array, one_of, real_scalar, texts
from matxai.calling import matlab_function
from matxai.graphics.containers import axes_first, axes_of
from matxai.graphics.drawn_handles import BarHandle
from matxai.graphics.handles import handle_of
from matxai.graphics.state import axes_state, axes_to_draw_in, put_on_top
from matxai.graphics.writing import set_options
from matxai.images.palettes import LINE_COLOURS

__all__ = ["bar", "barh"]

_WIDTH, _GROUP_WIDTH = 0.8, 0.8
_style = one_of("grouped", "stacked")


def _bar_function(name: str, upright: bool) -> Any:
    across, up = ("x", "y") if upright else ("y", "x")

    def function(
        *args, FaceColor=None, EdgeColor=None, BarWidth=None, DisplayName=None, Parent=None
    ):
        places, labels, heights, width, style = _arguments(name, args)
        width = width if BarWidth is None else real_scalar(BarWidth, f"{name}: BarWidth")
        axes = axes_to_draw_in(None if Parent is None else axes_of(Parent, f"{name}: Parent"))
        handles = _draw(axes, places, heights, width, style, upright)
        if not axes_state(axes).hold:
            ruler = axes.xaxis if upright else axes.yaxis
            ruler.set_ticks(places, labels)
        for handle in handles:
            set_options(handle, FaceColor=FaceColor, EdgeColor=EdgeColor, DisplayName=DisplayName)
        return handles[0] if len(handles) == 1 else handles

    function.__name__ = function.__qualname__ = name
    function.__module__ = __name__
    function.__doc__ = f"""Draw {"upright" if upright else "lying"} bars.

    Parameters
    ----------
    *args
        ``Y`` or ``X, Y``: lengths of the bars, a matrix having one group of bars in each row;
        their places on the {across} axis, numbers or names. Then the width of a bar, 0.8 by
        default, and "grouped" or "stacked". Axes can come first.
    FaceColor, EdgeColor : colour, optional
        Colours of the bars and their edges.
    BarWidth : float, optional
        Width, in parts of the distance of bars.
    DisplayName : str, optional
        What ``legend`` calls the bars.
    Parent : handle, optional
        Axes to draw in, by default the current ones.

    Returns
    -------
    BarHandle or list of BarHandle
        One handle for each column of Y, with FaceColor, EdgeColor, YData and DisplayName.

    Raises
    ------
    TypeError, ValueError
        If an argument is wrong, or X and Y differ in length.

    Notes
    -----
    Documented behaviour; limits of the {up} axis are matplotlib's choice. Chosen: names stay in
    the order in which they are given.

    Examples
    --------
    >>> from matxai import close, {name}
    >>> b = {name}(["cat", "dog"], [0.7, 0.3])
    >>> b.YData
    array([0.7, 0.3])
    >>> close("all")
    """
    return axes_first(matlab_function("b")(function))


def _arguments(name: str, args: tuple[Any, ...]) -> tuple[Any, ...]:
    """Sort out places, their labels, heights N×K, width and style."""
    rest, style = list(args), "grouped"
    if rest and isinstance(rest[-1], str):
        style = _style(rest.pop(), f"{name}: style")
    width = _WIDTH
    if len(rest) > 1 and np.ndim(rest[-1]) == 0:
        before = rest[-2]
        # bar(1, 2) is one bar at a place; bar(Y, 0.5) has a width.
        if len(rest) == 3 or np.size(before) > 1:
            width = real_scalar(rest.pop(), f"{name}: width")
    if len(rest) not in (1, 2):
        raise TypeError(f"{name}: Y is missing. Call {name}(Y) or {name}(X, Y).")
    heights = np.atleast_1d(numeric_array(rest[-1], f"{name}: Y").astype(np.float64))
    if heights.ndim > 2:
        raise ValueError(f"{name}: Y must be a vector or matrix, but is {describe(heights)}.")
    if heights.ndim == 1 or 1 in heights.shape:
        heights = heights.reshape(-1, 1)
    places, labels = _places(name, rest[0] if len(rest) == 2 else None, len(heights))
    return places, labels, heights, width, style


def _places(name: str, X: Any, count: int) -> tuple[np.ndarray, list[str]]:
    numbers = np.arange(1.0, count + 1)
    if X is None:
        places, labels = numbers, [f"{n:g}" for n in numbers]
    elif np.asarray(X, dtype=object).size and _are_texts(X):
        places, labels = numbers, texts(X, f"{name}: X")
    else:
        places = np.atleast_1d(numeric_array(X, f"{name}: X").astype(np.float64)).reshape(-1)
        labels = [f"{n:g}" for n in places]
    if len(labels) != count:
        raise ValueError(
            f"{name}: X and Y must have the same length, but have {len(labels)} and {count}."
        )
    return places, labels


def _are_texts(X: Any) -> bool:
    if hasattr(X, "isundefined"):
        return True
    return isinstance(np.asarray(X, dtype=object).reshape(-1)[0], str)


def _draw(
    axes: Any, places: np.ndarray, heights: np.ndarray, width: float, style: str, upright: bool
) -> list[BarHandle]:
    gap = float(np.diff(np.sort(places)).min()) if len(places) > 1 else 1.0
    series = heights.shape[1]
    grouped = style == "grouped" and series > 1
    each = gap * (_GROUP_WIDTH / series if grouped else 1)
    base, handles = np.zeros(len(places)), []
    for k in range(series):
        shift = (k - (series - 1) / 2) * each if grouped else 0
        draw, thickness, start = (axes.bar, "width", "bottom") if upright else (
            axes.barh, "height", "left")  # fmt: skip
        look = {thickness: each * width, start: base, "edgecolor": "black", "linewidth": 0.5}
        bars = draw(
            places + shift, heights[:, k], color=LINE_COLOURS[k % len(LINE_COLOURS)], **look
        )
        for patch in bars.patches:
            put_on_top(axes, patch)
        handles.append(handle_of(bars, BarHandle))
        base = base + heights[:, k] if style == "stacked" else base
    return handles


bar, barh = _bar_function("bar", True), _bar_function("barh", False)
