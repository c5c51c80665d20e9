"""How confusion matrices are drawn: cells with their values, and summaries beside them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

__all__ = ["Look", "cell", "draw_chart"]

# Between the matrix and a summary, in cells.
_GAP = 0.3


@dataclass
class Look:
    """What a chart looks like, by MATLAB's properties."""

    normalization: str = "absolute"
    row_summary: str = "off"
    column_summary: str = "off"
    font_size: float = 10.0
    grid_visible: str = "on"
    diagonal_color: np.ndarray = field(default_factory=lambda: np.array([0.0, 0.4471, 0.7412]))
    off_diagonal_color: np.ndarray = field(
        default_factory=lambda: np.array([0.8510, 0.3255, 0.0980])
    )


def cell(
    axes: Any, x: float, y: float, written: str, face: Any, edge: Any = "0.4", **font: Any
) -> list[Any]:
    """Draw a cell around a place, with a text in it; return what was drawn."""
    from matplotlib.patches import Rectangle

    square = Rectangle((x - 0.5, y - 0.5), 1, 1, facecolor=face, edgecolor=edge)
    drawn = [axes.add_patch(square)]
    if written:
        drawn.append(axes.text(x, y, written, ha="center", va="center", **font))
    return drawn


def draw_chart(
    axes: Any, counts: np.ndarray, values: np.ndarray, names: list[str], look: Look
) -> list[Any]:
    """Draw the cells of a confusion matrix, and its summaries; return what was drawn."""
    size = len(counts)
    places = np.arange(size, dtype=float)
    right = np.eye(size, dtype=bool)
    parts = look.normalization != "absolute"
    drawn = _block(axes, places, places, values, right, parts, look)
    beside = size + _GAP + np.arange(2)
    sides = np.array([True, False])
    if look.row_summary != "off":
        drawn += _block(
            axes, beside, places, _summary(counts, 1, look.row_summary),
            np.broadcast_to(sides, (size, 2)), look.row_summary != "absolute", look,
        )  # fmt: skip
    if look.column_summary != "off":
        drawn += _block(
            axes, places, beside, _summary(counts, 0, look.column_summary).T,
            np.broadcast_to(sides[:, np.newaxis], (2, size)), look.column_summary != "absolute",
            look,
        )  # fmt: skip
    _rulers(axes, size, names, look)
    return drawn


def _summary(counts: np.ndarray, axis: int, how: str) -> np.ndarray:
    """Say for each class how many are right and how many are not, or their parts: K×2."""
    totals, right = counts.sum(axis=axis), np.diagonal(counts)
    both = np.stack([right, totals - right], axis=1)
    if how == "absolute":
        return both
    whole = counts.sum() if how == "total-normalized" else totals[:, np.newaxis]
    with np.errstate(all="ignore"):
        return both / whole


def _block(
    axes: Any,
    columns: np.ndarray,
    rows: np.ndarray,
    values: np.ndarray,
    right: np.ndarray,
    parts: bool,
    look: Look,
) -> list[Any]:
    """Draw cells side by side, whose colours go with their values."""
    drawn = []
    # Parts are of 1; counts are of the highest.
    highest = 1.0 if parts else max(values.max(initial=0), 1)
    edge = "0.15" if look.grid_visible == "on" else "none"
    for (i, j), value in np.ndenumerate(values):
        strength = 0.0 if np.isnan(value) else value / highest
        full = look.diagonal_color if right[i, j] else look.off_diagonal_color
        face = 1 - strength * (1 - full)
        ink = "white" if face @ [0.299, 0.587, 0.114] < 0.5 else "black"
        font = {"color": ink, "fontsize": look.font_size}
        drawn += cell(axes, columns[j], rows[i], _written(value, parts), face, edge, **font)
    return drawn


def _written(value: float, parts: bool) -> str:
    if np.isnan(value) or value == 0:
        return ""
    return f"{100 * value:.1f}%" if parts else f"{value:g}" if value < 1e6 else f"{value:.4g}"


def _rulers(axes: Any, size: int, names: list[str], look: Look) -> None:
    right = size - 0.5 + (2 + _GAP) * (look.row_summary != "off")
    bottom = size - 0.5 + (2 + _GAP) * (look.column_summary != "off")
    axes.set(xlim=(-0.5, right), ylim=(bottom, -0.5))
    turned = max(map(len, names), default=0) > 40 // max(size, 1)
    axes.set_xticks(
        range(size), names, rotation=45 if turned else 0, ha="right" if turned else "center"
    )
    axes.set_yticks(range(size), names)
    axes.tick_params(length=0, labelsize=look.font_size)
    for spine in axes.spines.values():
        spine.set_visible(False)
