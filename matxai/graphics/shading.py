"""Which table of colours counts for which axes, and what is drawn with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from matxai.arguments import describe, numeric_array
from matxai.graphics.rulers import fit_colour_limits
from matxai.graphics.state import axes_state, figure_state
from matxai.images.palettes import PALETTES, palette

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["recolour", "set_axes_colours", "set_figure_colours", "table_from", "table_of"]


def table_of(axes: Axes) -> np.ndarray:
    """Give the colormap of axes: their own, or else that of their figure."""
    own = axes_state(axes).colormap
    return figure_state(axes.figure).colormap if own is None else own


def set_axes_colours(axes: Axes, table: np.ndarray) -> None:
    """Give axes a colormap of their own."""
    axes_state(axes).colormap = table
    recolour(axes)


def set_figure_colours(figure: Figure, table: np.ndarray) -> None:
    """Give a figure a colormap, and all axes in it the same."""
    figure_state(figure).colormap = table
    for axes in figure.axes:
        axes_state(axes).colormap = None
        recolour(axes)


def recolour(axes: Axes) -> None:
    """Draw the images and the colour bar of axes with the colormap and limits that count now."""
    from matplotlib.colors import ListedColormap

    state = axes_state(axes)
    fit_colour_limits(axes)
    # matplotlib cuts the bytes of colours off where they are to be rounded.
    table = np.minimum((np.round(table_of(axes) * 255) + 1e-3) / 255, 1)
    # MATLAB draws NaN as the lowest value.
    colours = ListedColormap(table).with_extremes(bad=tuple(table[0]))
    for image in state.images:
        image.colour_with(colours)
    if state.bar is not None:
        state.bar.mappable.set_cmap(colours)


def table_from(value: Any, length: int, name: str) -> np.ndarray:
    """Check a colormap: a name, which gets the given length, or an m×3 array from 0 to 1."""
    if getattr(value, "__matlab_function__", False) and value.__name__ in PALETTES:
        value = value.__name__
    if isinstance(value, str):
        word = value.lower()
        if word == "default":
            word = "parula"
        if word not in PALETTES:
            known = ", ".join(sorted(PALETTES))
            raise ValueError(f"{name} must be one of {known} or an m×3 array, but is {value!r}.")
        return palette(word, length)
    table = numeric_array(value, name).astype(np.float64)
    if table.ndim != 2 or table.shape[1] != 3 or not len(table):
        raise ValueError(f"{name} must be an m×3 array of colours, but is {describe(value)}.")
    if not ((table >= 0) & (table <= 1)).all():
        raise ValueError(
            f"{name} must hold values from 0 to 1; those here reach from {np.nanmin(table):g} to "
            f"{np.nanmax(table):g}. Divide colours of 0 to 255 by 255."
        )
    return table.copy()
