"""Handles of lines, points and bars."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np

from matxai.arguments import describe, logical, numeric_array, real_scalar, text
from matxai.graphics.handles import Handle, on_off
from matxai.images.colours import colour, marker, style

__all__ = ["BarHandle", "LineHandle", "Plotted", "ScatterHandle"]

_places = itertools.count()


class Plotted(Handle):
    """What a legend can list."""

    def __init__(self, artist: Any):
        super().__init__(artist)
        self._name, self._place = "", next(_places)

    @property
    def DisplayName(self) -> str:
        return self._name

    @DisplayName.setter
    def DisplayName(self, value: str) -> None:
        self._name = text(value, "DisplayName")

    @property
    def Parent(self) -> Any:
        from matxai.graphics.containers import axes_handle

        return axes_handle(self._artist.axes)


class LineHandle(Plotted):
    """Handle of a line, as ``plot`` and ``line`` return it."""

    _kind = "Line"

    @property
    def XData(self) -> np.ndarray:
        return np.array(self._artist.get_xdata(orig=True), dtype=np.float64)

    @XData.setter
    def XData(self, value: Any) -> None:
        self._set_data(value, self.YData, "XData")

    @property
    def YData(self) -> np.ndarray:
        return np.array(self._artist.get_ydata(orig=True), dtype=np.float64)

    @YData.setter
    def YData(self, value: Any) -> None:
        self._set_data(self.XData, value, "YData")

    def _set_data(self, x: Any, y: Any, name: str) -> None:
        x, y = (numeric_array(v, name).astype(np.float64).reshape(-1) for v in (x, y))
        if len(x) != len(y):
            raise ValueError(
                f"{name} must keep its length: there would be {len(x)} values of x and {len(y)} "
                f"of y."
            )
        self._artist.set_data(x, y)
        self._artist.axes.relim()
        self._artist.axes.autoscale_view()

    @property
    def Color(self) -> np.ndarray:
        from matplotlib.colors import to_rgb

        return np.array(to_rgb(self._artist.get_color()))

    @Color.setter
    def Color(self, value: Any) -> None:
        self._artist.set_color(colour(value, "Color"))

    @property
    def LineStyle(self) -> str:
        return self._artist.get_linestyle().replace("None", "none")

    @LineStyle.setter
    def LineStyle(self, value: str) -> None:
        self._artist.set_linestyle(style(value, "LineStyle"))

    @property
    def LineWidth(self) -> float:
        return float(self._artist.get_linewidth())

    @LineWidth.setter
    def LineWidth(self, value: Any) -> None:
        self._artist.set_linewidth(real_scalar(value, "LineWidth"))

    @property
    def Marker(self) -> Any:
        return self._artist.get_marker()

    @Marker.setter
    def Marker(self, value: str) -> None:
        self._artist.set_marker(marker(value, "Marker"))

    @property
    def MarkerSize(self) -> float:
        return float(self._artist.get_markersize())

    @MarkerSize.setter
    def MarkerSize(self, value: Any) -> None:
        self._artist.set_markersize(real_scalar(value, "MarkerSize"))

    @property
    def MarkerFaceColor(self) -> Any:
        return self._artist.get_markerfacecolor()

    @MarkerFaceColor.setter
    def MarkerFaceColor(self, value: Any) -> None:
        self._artist.set_markerfacecolor(colour(value, "MarkerFaceColor"))

    @property
    def MarkerEdgeColor(self) -> Any:
        return self._artist.get_markeredgecolor()

    @MarkerEdgeColor.setter
    def MarkerEdgeColor(self, value: Any) -> None:
        self._artist.set_markeredgecolor(colour(value, "MarkerEdgeColor"))


class ScatterHandle(Plotted):
    """Handle of points, as ``scatter`` returns it."""

    _kind = "Scatter"

    @property
    def XData(self) -> np.ndarray:
        return np.array(self._artist.get_offsets()[:, 0])

    @property
    def YData(self) -> np.ndarray:
        return np.array(self._artist.get_offsets()[:, 1])

    @property
    def SizeData(self) -> np.ndarray:
        return np.array(self._artist.get_sizes())

    @property
    def LineWidth(self) -> float:
        return float(self._artist.get_linewidths()[0])

    @LineWidth.setter
    def LineWidth(self, value: Any) -> None:
        self._artist.set_linewidths(real_scalar(value, "LineWidth"))


class BarHandle(Plotted):
    """Handle of a series of bars, as ``bar`` and ``barh`` return it."""

    _kind = "Bar"

    @property
    def YData(self) -> np.ndarray:
        return self._artist.datavalues

    @property
    def Parent(self) -> Any:
        from matxai.graphics.containers import axes_handle

        return axes_handle(self._artist.patches[0].axes)

    @property
    def Visible(self) -> str:
        return on_off(all(patch.get_visible() for patch in self._artist.patches))

    @Visible.setter
    def Visible(self, value: Any) -> None:
        for patch in self._artist.patches:
            patch.set_visible(logical(value, "Visible"))

    @property
    def FaceColor(self) -> np.ndarray:
        return np.array(self._artist.patches[0].get_facecolor()[:3])

    @FaceColor.setter
    def FaceColor(self, value: Any) -> None:
        if isinstance(value, str) and value.lower() == "flat":
            raise ValueError(f"FaceColor must be one colour, but is {describe(value)}.")
        for patch in self._artist.patches:
            patch.set_facecolor(colour(value, "FaceColor"))

    @property
    def EdgeColor(self) -> np.ndarray:
        return np.array(self._artist.patches[0].get_edgecolor()[:3])

    @EdgeColor.setter
    def EdgeColor(self, value: Any) -> None:
        for patch in self._artist.patches:
            patch.set_edgecolor(colour(value, "EdgeColor"))
