"""``area`` and ``pie``: values as areas."""

from __future__ import annotations

from typing import Any

import numpy as np

from matxai.arguments import describe, numeric_array, real_scalar, texts
from matxai.calling import matlab_function
from matxai.graphics.containers import axes_first
from matxai.graphics.handles import handle_of
from matxai.graphics.limits import chosen_axes
from matxai.graphics.lines import columns
from matxai.graphics.rulers import set_limits
from matxai.graphics.shading import table_of
from matxai.graphics.shapes import draw_polygons
from matxai.graphics.state import axes_state, axes_to_draw_in
from matxai.graphics.writing import TextHandle, set_options, write_text
from matxai.images.palettes import LINE_COLOURS

__all__ = ["area", "pie"]


@axes_first
@matlab_function("a")
def area(
    *args,
    BaseValue=None,
    FaceColor=None,
    EdgeColor="k",
    FaceAlpha=1,
    EdgeAlpha=1,
    LineWidth=None,
    LineStyle=None,
    DisplayName=None,
    Parent=None,
):
    """Fill the area under lines, one on top of the other.

    Parameters
    ----------
    *args
        ``Y`` or ``X, Y``, vectors, or matrices with one area in each column, and perhaps the
        value where the areas begin, 0 by default. Axes can come first.
    BaseValue : float, optional
        The same value.
    FaceColor, EdgeColor : colour, optional
        Colours of the areas, in MATLAB's order by default, and of their edges, black by default.
    FaceAlpha, EdgeAlpha : float
        Opacity, from 0 to 1.
    LineWidth, LineStyle : optional
        Of the edges.
    DisplayName : str, optional
        What ``legend`` calls it.
    Parent : handle, optional
        Axes to draw in, by default the current ones.

    Returns
    -------
    PatchHandle or list of PatchHandle
        One handle for each column of Y.

    Raises
    ------
    TypeError, ValueError
        If an argument is wrong, or X and Y differ in length.

    Notes
    -----
    Documented behaviour; limits of the y axis are matplotlib's choice.

    Examples
    --------
    >>> from matxai import area, close
    >>> len(area([[1, 5], [3, 2], [2, 7]]))
    2
    >>> close("all")
    """
    x, y, base = _series(list(args))
    base = base if BaseValue is None else real_scalar(BaseValue, "area: BaseValue")
    axes = axes_to_draw_in(chosen_axes(Parent, "area"))
    bottom, handles = np.full(len(y), base), []
    for k in range(y.shape[1]):
        across = x[:, k % x.shape[1]]
        top = bottom + y[:, k] - (0 if k else base)
        there = np.concatenate([across, across[::-1]]), np.concatenate([top, bottom[::-1]])
        handle = draw_polygons(axes, [np.stack(there, axis=1)])
        handle.FaceColor = LINE_COLOURS[k % len(LINE_COLOURS)]
        handles.append(handle)
        bottom = top
    for handle in handles:
        set_options(
            handle,
            FaceColor=FaceColor,
            EdgeColor=EdgeColor,
            FaceAlpha=FaceAlpha,
            EdgeAlpha=EdgeAlpha,
            LineWidth=LineWidth,
            LineStyle=LineStyle,
            DisplayName=DisplayName,
        )
    if not axes_state(axes).hold and x.min() < x.max():
        set_limits(axes, "x", (float(x.min()), float(x.max())))
    return handles[0] if len(handles) == 1 else handles


def _series(args: list[Any]) -> tuple[np.ndarray, np.ndarray, float]:
    base = 0.0
    if len(args) > 1 and np.size(args[-1]) == 1 and (len(args) == 3 or np.size(args[0]) > 1):
        base = real_scalar(args.pop(), "area: basevalue")
    if len(args) not in (1, 2):
        raise TypeError("area: Y is missing. Call area(Y) or area(X, Y).")
    return *columns(args[0], args[1] if len(args) > 1 else None, "area"), base


@axes_first
@matlab_function("p")
def pie(X, *args, Parent=None):
    """Draw numbers as the slices of a pie.

    Parameters
    ----------
    X : array
        The numbers. If their sum is less than 1 they are parts of the pie, which stays open;
        else their parts of the sum count.
    *args
        Which slices are moved out, an array of as many numbers as `X` that are not 0; and a list
        of as many texts, by default the percentages.
    Parent : handle, optional
        Axes to draw in, by default the current ones; they can also come first.

    Returns
    -------
    list of PatchHandle and TextHandle
        For each slice the slice and its text, one after the other.

    Raises
    ------
    TypeError, ValueError
        If an argument is wrong.

    Notes
    -----
    Documented behaviour: the first slice begins at the top and they follow against the clock, with
    colours from the whole colormap. Chosen: how far slices are moved and texts stand off.

    Examples
    --------
    >>> from matxai import close, pie
    >>> [part.String for part in pie([1, 3])[1::2]]
    ['25%', '75%']
    >>> close("all")
    """
    parts = numeric_array(X, "pie: X").astype(np.float64).reshape(-1)
    if not parts.size or not np.isfinite(parts).all() or (parts < 0).any() or not parts.sum():
        raise ValueError(f"pie: X must hold positive numbers, but is {describe(X)}.")
    parts = parts / parts.sum() if parts.sum() >= 1 else parts
    moved, labels = _pie_arguments(list(args), parts)
    axes = axes_to_draw_in(chosen_axes(Parent, "pie"))
    axes.set_axis_off()
    axes.set_aspect("equal")
    table = table_of(axes)
    picks = np.round(np.linspace(0, len(table) - 1, len(parts))).astype(int)
    ends = np.pi / 2 + 2 * np.pi * np.concatenate([[0], np.cumsum(parts)])
    handles: list[Any] = []
    for k, label in enumerate(labels):
        angles = np.linspace(ends[k], ends[k + 1], max(2, int(np.ceil(200 * parts[k])) + 1))
        middle = (ends[k] + ends[k + 1]) / 2
        towards = np.array([np.cos(middle), np.sin(middle)])
        rim = np.stack([np.cos(angles), np.sin(angles)], axis=1)
        slice_ = draw_polygons(axes, [np.vstack([[0, 0], rim]) + 0.1 * towards * moved[k]])
        slice_.FaceColor = table[picks[k]]
        artist = axes.text(*(towards * (1.1 + 0.1 * moved[k])), "", va="center")
        artist.set_horizontalalignment("left" if towards[0] >= 0 else "right")
        write_text(artist, [label])
        handles += [slice_, handle_of(artist, TextHandle)]
    set_limits(axes, "x", (-1.2, 1.2))
    set_limits(axes, "y", (-1.2, 1.2))
    return handles


def _pie_arguments(args: list[Any], parts: np.ndarray) -> tuple[np.ndarray, list[str]]:
    moved = np.zeros(len(parts), dtype=bool)
    if args and not _are_texts(args[0]):
        moved = numeric_array(args.pop(0), "pie: explode").reshape(-1) != 0
    labels = [f"{100 * part:.0f}%" if part >= 0.005 else "< 1%" for part in parts]
    if args:
        labels = texts(args.pop(0), "pie: labels")
    if len(moved) != len(parts) or len(labels) != len(parts) or args:
        raise ValueError(
            f"pie: explode and labels must have as many elements as X, {len(parts)}, but have "
            f"{len(moved)} and {len(labels)}."
        )
    return moved, labels


def _are_texts(value: Any) -> bool:
    items = np.asarray(value, dtype=object).reshape(-1)
    return bool(items.size) and isinstance(items[0], str)
