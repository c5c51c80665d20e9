"""Maps of several explainers over the image that they explain, side by side."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from matxai.graphics.overlay import TRANSPARENCY, displayable

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["Column", "draw_comparison"]

_PANEL = 2.9
_TALLEST, _FLATTEST = 2.0, 0.4
_CHARACTERS, _LINES = 30, 9


class Column(NamedTuple):
    """What one explainer has to show.

    Attributes
    ----------
    title : str
        What stands above.
    maps : array, K×h×w, or None
        A map for each row; None where there is none.
    notes : sequence of str
        What stands below each map.
    failure : str
        What stands in place of maps.
    """

    title: str
    maps: np.ndarray | None
    notes: Sequence[str]
    failure: str = ""


def draw_comparison(image: np.ndarray, rows: Sequence[str], columns: Sequence[Column]) -> Figure:
    """Draw an image and, in a column for each explainer, its maps over it with their colour bars.

    Parameters
    ----------
    image : array, H×W or H×W×C
        The image; integers of 0…255 or floats of 0…1 or 0…255.
    rows : sequence of str
        What each row explains; stands under the image.
    columns : sequence of Column
        The explainers.

    Returns
    -------
    matplotlib.figure.Figure
        A figure of its own: nothing of pyplot's state is touched.
    """
    from matplotlib.figure import Figure

    height, width = image.shape[:2]
    tall = _PANEL * min(max(height / width, _FLATTEST), _TALLEST) + 0.3
    size = (_PANEL + 3.3 * len(columns), tall * len(rows) + 0.6)
    figure = Figure(figsize=size, layout="constrained")
    axes = figure.subplots(len(rows), 1 + len(columns), squeeze=False)
    shown = displayable(image)
    for k, row in enumerate(rows):
        _draw_image(axes[k, 0], shown)
        axes[k, 0].set_xlabel(row, parse_math=False)
        for axis, column in zip(axes[k, 1:], columns, strict=True):
            _draw_map(axis, shown, column, k)
    for axis, column in zip(axes[0, 1:], columns, strict=True):
        axis.set_title(column.title, fontsize="medium", parse_math=False)
    return figure


def _draw_image(axis: Axes, shown: np.ndarray, alpha: float = 1) -> None:
    axis.imshow(shown, cmap="gray", vmin=0, vmax=1, alpha=alpha)
    axis.set_xticks([])
    axis.set_yticks([])


def _draw_map(axis: Axes, shown: np.ndarray, column: Column, k: int) -> None:
    if column.maps is None:
        _draw_image(axis, shown, alpha=0.15)
        lines = textwrap.wrap(column.failure, _CHARACTERS)
        if len(lines) > _LINES:
            lines = [*lines[:_LINES], "…"]
        axis.text(
            0.5, 0.5, "\n".join(lines), transform=axis.transAxes, ha="center", va="center",
            fontsize="small", parse_math=False,
        )  # fmt: skip
        return
    _draw_image(axis, shown)
    height, width = shown.shape[:2]
    extent = (-0.5, width - 0.5, height - 0.5, -0.5)
    drawn = axis.imshow(column.maps[k], cmap="jet", alpha=TRANSPARENCY, extent=extent)
    axis.figure.colorbar(drawn, ax=axis, shrink=0.85)
    axis.set_xlabel(column.notes[k], fontsize="small", parse_math=False)
