"""Maps over the image that they explain."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["TRANSPARENCY", "displayable", "draw_overlays"]

TRANSPARENCY = 0.5


def draw_overlays(
    image: np.ndarray, maps: Sequence[np.ndarray], titles: Sequence[str], caption: str = ""
) -> Figure:
    """Draw an image, then each map over it, half transparent, with its colour bar.

    Parameters
    ----------
    image : array, H×W or H×W×3
        The image; integers of 0…255 or floats of 0…1 or 0…255.
    maps : sequence of array, H×W or any coarser size
        What to lay over it.
    titles : sequence of str
        Title of the image, then of each map.
    caption : str
        Text under the image.

    Returns
    -------
    matplotlib.figure.Figure
        A figure of its own: nothing of pyplot's state is touched.
    """
    from matplotlib.figure import Figure

    height, width = image.shape[:2]
    panels = 1 + len(maps)
    figure = Figure(figsize=(4.4 * panels, 1.0 + 3.6 * height / width), layout="constrained")
    axes = np.atleast_1d(figure.subplots(1, panels))
    shown = displayable(image)
    for axis, title in zip(axes, titles, strict=True):
        axis.imshow(shown, cmap="gray", vmin=0, vmax=1)
        axis.set_title(title)
        axis.set_xticks([])
        axis.set_yticks([])
    axes[0].set_xlabel(caption)
    for axis, values in zip(axes[1:], maps, strict=True):
        extent = (-0.5, width - 0.5, height - 0.5, -0.5)
        drawn = axis.imshow(values, cmap="jet", alpha=TRANSPARENCY, extent=extent)
        figure.colorbar(drawn, ax=axis, shrink=0.85)
    return figure


def displayable(image: np.ndarray) -> np.ndarray:
    """Bring an image of any class to 0…1; channels beyond three are not shown."""
    values = np.asarray(image, dtype=float)
    if values.ndim == 3 and values.shape[2] not in (1, 3):
        values = values[:, :, :3] if values.shape[2] > 3 else values[:, :, 0]
    if values.ndim == 3 and values.shape[2] == 1:
        values = values[:, :, 0]
    top = 1 if image.dtype.kind == "f" and values.max() <= 1 else 255
    return np.clip(values / top, 0, 1)
