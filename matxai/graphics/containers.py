"""How functions find the figures and axes that they are given."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import numpy as np

from matxai.arguments import describe, positive_integer
from matxai.graphics.axes_handles import AxesHandle
from matxai.graphics.figure_handles import FigureHandle
from matxai.graphics.handles import Handle, handle_of
from matxai.graphics.state import (
    current_figure,
    figure_numbers,
    figure_state,
    figure_with,
    select_figure,
)

__all__ = [
    "AxesHandle",
    "FigureHandle",
    "axes_first",
    "axes_handle",
    "axes_of",
    "figure_handle",
    "figure_of",
    "handle_from",
    "use_figure",
]


def figure_handle(figure: Any) -> FigureHandle:
    """Give the handle of a figure of matplotlib."""
    return handle_of(figure, FigureHandle)


def axes_handle(axes: Any) -> AxesHandle:
    """Give the handle of axes of matplotlib."""
    return handle_of(axes, AxesHandle)


def handle_from(value: Any) -> Any:
    """Give the handle of a figure's number, or of a figure or axes of matplotlib."""
    if isinstance(value, Handle):
        return value
    if isinstance(value, (int, np.integer)) and not isinstance(value, bool):
        return figure_handle(figure_of(value, "H"))
    if hasattr(value, "savefig"):
        return figure_handle(value)
    return axes_handle(value) if hasattr(value, "get_xlim") else value


def axes_of(value: Any, name: str) -> Any:
    """Check a handle of axes, and give matplotlib's axes."""
    handle = None if isinstance(value, (int, np.integer)) else handle_from(value)
    if not isinstance(handle, AxesHandle):
        raise TypeError(f"{name} must be axes, such as gca() returns, but is {describe(value)}.")
    figure = handle._artist.figure
    if figure is None or handle._artist not in figure.axes:
        raise ValueError(f"{name} are axes that were deleted.")
    return handle._artist


def figure_of(value: Any, name: str) -> Any:
    """Check a figure, by handle or number, and give matplotlib's figure."""
    if isinstance(value, FigureHandle) or hasattr(value, "savefig"):
        figure = getattr(value, "_artist", value)
        number = figure_state(figure).number
        if figure_with(number) is not figure:
            raise ValueError(f"{name} is a figure that was closed.")
        return figure
    number = positive_integer(value, name)
    figure = figure_with(number)
    if figure is None:
        there = ", ".join(map(str, figure_numbers())) or "none"
        raise ValueError(f"{name}: there is no figure {number}; there are: {there}.")
    return figure


def axes_first(function: Callable[..., Any]) -> Callable[..., Any]:
    """Let axes come before the other arguments: ``title(ax, "text")``.

    They are passed on as the option ``Parent``, as matplotlib's axes.
    """

    @functools.wraps(function)
    def call(*args: Any, **kwargs: Any) -> Any:
        if args and (isinstance(args[0], AxesHandle) or hasattr(args[0], "get_xlim")):
            kwargs["Parent"], args = args[0], args[1:]
        return function(*args, **kwargs)

    return call


def use_figure(figure: Any) -> None:
    """Make a figure the current one, unless it is."""
    if current_figure(make=False) is not figure:
        select_figure(figure)
