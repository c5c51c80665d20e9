"""Handles of what has a face and an edge: rectangles, patches, areas, annotations."""

from __future__ import annotations

from typing import Any

import numpy as np

from matxai.arguments import describe, numeric_array, real_scalar
from matxai.graphics import rulers
from matxai.graphics.drawn_handles import Plotted
from matxai.graphics.handles import Handle
from matxai.graphics.writing import TextHandle
from matxai.images.colours import colour, style

__all__ = ["PatchHandle", "RectangleHandle", "ShapeHandle", "TextBoxHandle", "outline"]

# How far the handles of a Bézier curve lie from its ends for a quarter of a circle.
_ARC = 4 / 3 * (np.sqrt(2) - 1)


class _Faced(Handle):
    """What has a face and an edge; `_parts` are matplotlib's artists of it."""

    def __init__(self, artist: Any):
        super().__init__(artist)
        self._look: dict[str, Any] = {"face": "none", "edge": (0.0, 0.0, 0.0)}
        self._alphas = {"face": 1.0, "edge": 1.0}

    def _draw_look(self) -> None:
        from matplotlib.colors import to_rgba

        for part in ("face", "edge"):
            seen = self._look[part] if self._look[part] != "none" else None
            rgba = (0, 0, 0, 0) if seen is None else to_rgba(seen, self._alphas[part])
            getattr(self._artist, f"set_{part}color")(rgba)

    def _colour(self, part: str) -> Any:
        from matplotlib.colors import to_rgb

        seen = self._look[part]
        return "none" if isinstance(seen, str) and seen == "none" else np.array(to_rgb(seen))

    def _set_colour(self, part: str, value: Any, name: str) -> None:
        if isinstance(value, str) and value.lower() in ("flat", "interp"):
            raise ValueError(f"{name} must be one colour or 'none', but is {describe(value)}.")
        self._look[part] = colour(value, name)
        self._draw_look()

    def _set_alpha(self, part: str, value: Any, name: str) -> None:
        alpha = real_scalar(value, name)
        if not 0 <= alpha <= 1:
            raise ValueError(f"{name} must be from 0 to 1, but is {describe(value)}.")
        self._alphas[part] = alpha
        self._draw_look()

    @property
    def FaceColor(self) -> Any:
        return self._colour("face")

    @FaceColor.setter
    def FaceColor(self, value: Any) -> None:
        self._set_colour("face", value, "FaceColor")

    @property
    def EdgeColor(self) -> Any:
        return self._colour("edge")

    @EdgeColor.setter
    def EdgeColor(self, value: Any) -> None:
        self._set_colour("edge", value, "EdgeColor")

    @property
    def FaceAlpha(self) -> float:
        return self._alphas["face"]

    @FaceAlpha.setter
    def FaceAlpha(self, value: Any) -> None:
        self._set_alpha("face", value, "FaceAlpha")

    @property
    def LineWidth(self) -> float:
        return float(np.ravel(self._artist.get_linewidth())[0])

    @LineWidth.setter
    def LineWidth(self, value: Any) -> None:
        self._artist.set_linewidth(real_scalar(value, "LineWidth"))

    @property
    def LineStyle(self) -> str:
        return self._line_style

    _line_style = "-"

    @LineStyle.setter
    def LineStyle(self, value: str) -> None:
        found = style(value, "LineStyle")
        self._line_style = "none" if found == "None" else found
        self._artist.set_linestyle(found)


def outline(
    spot: tuple[float, float, float, float], curvature: tuple[float, float]
) -> tuple[np.ndarray, list[int]]:
    """Give the corners and codes of matplotlib's path of a rectangle with rounded corners.

    `curvature` are the parts of the width and the height that are rounded, from 0 to 1.
    """
    from matplotlib.path import Path

    left, bottom, width, height = spot
    across, up = curvature[0] * width / 2, curvature[1] * height / 2
    corners = [
        # The corner, and the directions along the sides to and from it, against the clock.
        ((left + width, bottom), (-across, 0), (0, up)),
        ((left + width, bottom + height), (0, -up), (-across, 0)),
        ((left, bottom + height), (across, 0), (0, -up)),
        ((left, bottom), (0, up), (across, 0)),
    ]
    points, codes = [(left + across, bottom)], [Path.MOVETO]
    for corner, before, after in corners:
        at, to, away = np.array(corner), np.array(before), np.array(after)
        points += [at + to, at + (1 - _ARC) * to, at + (1 - _ARC) * away, at + away]
        codes += [Path.LINETO, Path.CURVE4, Path.CURVE4, Path.CURVE4]
    return np.array([*points, points[0]], dtype=np.float64), [*codes, Path.CLOSEPOLY]


class ShapeHandle(_Faced):
    """Handle of a rectangle or an ellipse of a figure, as ``annotation`` returns it."""

    _kind = "Shape"
    _curvature: tuple[float, float] = (0.0, 0.0)
    _spot: tuple[float, float, float, float] = (0.0, 0.0, 1.0, 1.0)

    @property
    def Position(self) -> np.ndarray:
        return np.array(self._spot)

    @Position.setter
    def Position(self, value: Any) -> None:
        self._spot = rulers.position(value, "Position")
        self._draw_outline()

    @property
    def Color(self) -> Any:
        return self._colour("edge")

    @Color.setter
    def Color(self, value: Any) -> None:
        self._set_colour("edge", value, "Color")

    def _draw_outline(self) -> None:
        from matplotlib.path import Path

        self._artist.set_path(Path(*outline(self._spot, self._curvature)))
        self._artist.stale = True


class RectangleHandle(_Faced):
    """Handle of a rectangle, as ``rectangle`` returns it."""

    _kind = "Rectangle"
    _curvature: tuple[float, float] | float = 0.0
    _spot: tuple[float, float, float, float] = (0.0, 0.0, 1.0, 1.0)

    @property
    def Parent(self) -> Any:
        from matxai.graphics.containers import axes_handle

        return axes_handle(self._artist.axes)

    @property
    def Position(self) -> np.ndarray:
        return np.array(self._spot)

    @Position.setter
    def Position(self, value: Any) -> None:
        values = numeric_array(value, "Position").astype(np.float64).reshape(-1)
        if values.size != 4 or not np.isfinite(values).all() or (values[2:] < 0).any():
            raise ValueError(
                f"Position must be [x, y, width, height], width and height not negative, but is "
                f"{describe(value)}."
            )
        self._spot = tuple(values.tolist())
        self._draw_outline()

    @property
    def Curvature(self) -> np.ndarray:
        return np.array(self._both_curvatures())

    @Curvature.setter
    def Curvature(self, value: Any) -> None:
        values = numeric_array(value, "Curvature").astype(np.float64).reshape(-1)
        if values.size not in (1, 2) or not ((values >= 0) & (values <= 1)).all():
            raise ValueError(
                f"Curvature must be one number from 0 to 1, or two, but is {describe(value)}."
            )
        self._curvature = float(values[0]) if values.size == 1 else tuple(values.tolist())
        self._draw_outline()

    def _both_curvatures(self) -> tuple[float, float]:
        """One number rounds as long a part of both sides: it is a part of the shorter one."""
        if isinstance(self._curvature, tuple):
            return self._curvature
        width, height = self._spot[2:]
        short = min(width, height)
        return tuple(self._curvature * short / side if side else 0.0 for side in (width, height))

    def _draw_outline(self) -> None:
        from matplotlib.path import Path

        self._artist.set_path(Path(*outline(self._spot, self._both_curvatures())))
        left, bottom, width, height = self._spot
        axes = self._artist.axes
        axes.update_datalim([(left, bottom), (left + width, bottom + height)])
        axes.autoscale_view()


class PatchHandle(Plotted, _Faced):
    """Handle of polygons, as ``patch``, ``fill`` and ``area`` return it."""

    _kind = "Patch"

    def _corners(self) -> list[np.ndarray]:
        return [path.vertices[:-1] for path in self._artist.get_paths()]

    @property
    def Faces(self) -> int:
        return len(self._artist.get_paths())

    @property
    def XData(self) -> np.ndarray:
        return self._data(0)

    @property
    def YData(self) -> np.ndarray:
        return self._data(1)

    def _data(self, place: int) -> np.ndarray:
        found = [corners[:, place] for corners in self._corners()]
        return found[0].copy() if len(found) == 1 else np.stack(found, axis=1)

    @property
    def EdgeAlpha(self) -> float:
        return self._alphas["edge"]

    @EdgeAlpha.setter
    def EdgeAlpha(self, value: Any) -> None:
        self._set_alpha("edge", value, "EdgeAlpha")


class TextBoxHandle(TextHandle):
    """Handle of a text in a box, as ``annotation("textbox", …)`` returns it."""

    _kind = "TextBox"
    _spot: tuple[float, float, float, float] = (0.0, 0.0, 1.0, 1.0)

    @property
    def Position(self) -> np.ndarray:
        return np.array(self._spot)
