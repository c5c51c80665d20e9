"""Handles of figures."""

from __future__ import annotations

from typing import Any

import numpy as np

from matxai.arguments import logical, one_of, text
from matxai.graphics.axes_handles import AxesHandle
from matxai.graphics.handles import Handle, handle_of, on_off
from matxai.graphics.rulers import position
from matxai.graphics.shading import set_figure_colours, table_from
from matxai.graphics.state import PIXELS_PER_INCH, axes_state, figure_state, is_visible, show_figure
from matxai.images.colours import colour

__all__ = ["FigureHandle"]

# A screen for the units "normalized", where there may be none.
_SCREEN = (1920, 1080)
_UNITS = {"pixels": 1.0, "inches": 96.0, "centimeters": 96 / 2.54, "points": 96 / 72}


class FigureHandle(Handle):
    """Handle of a figure, as ``figure`` and ``gcf`` return it."""

    _kind = "Figure"

    @property
    def Number(self) -> int:
        return figure_state(self._artist).number

    @property
    def Name(self) -> str:
        return self._artist.get_label()

    @Name.setter
    def Name(self, value: str) -> None:
        self._artist.set_label(text(value, "Name"))
        if self._artist.canvas.manager is not None:
            self._artist.canvas.manager.set_window_title(value or f"Figure {self.Number}")

    @property
    def Visible(self) -> str:
        return on_off(is_visible(self._artist))

    @Visible.setter
    def Visible(self, value: Any) -> None:
        show_figure(self._artist, logical(value, "Visible"))

    @property
    def Color(self) -> np.ndarray:
        return np.array(self._artist.get_facecolor()[:3])

    @Color.setter
    def Color(self, value: Any) -> None:
        self._artist.set_facecolor(colour(value, "Color"))

    @property
    def Units(self) -> str:
        return figure_state(self._artist).units

    @Units.setter
    def Units(self, value: str) -> None:
        figure_state(self._artist).units = one_of("normalized", *_UNITS)(value, "Units")

    def _unit(self) -> np.ndarray:
        units = figure_state(self._artist).units
        return np.tile(_SCREEN if units == "normalized" else (_UNITS[units],) * 2, 2).astype(float)

    @property
    def Position(self) -> np.ndarray:
        size = self._artist.get_size_inches() * PIXELS_PER_INCH
        return np.array([*figure_state(self._artist).corner, *size]) / self._unit()

    @Position.setter
    def Position(self, value: Any) -> None:
        pixels = np.array(position(value, "Position")) * self._unit()
        figure_state(self._artist).corner = tuple(pixels[:2].tolist())
        self._artist.set_size_inches(*pixels[2:] / PIXELS_PER_INCH)

    # There is no frame around a figure that could be told apart from it.
    OuterPosition = InnerPosition = Position

    @property
    def Colormap(self) -> np.ndarray:
        return figure_state(self._artist).colormap.copy()

    @Colormap.setter
    def Colormap(self, value: Any) -> None:
        set_figure_colours(self._artist, table_from(value, len(self.Colormap), "Colormap"))

    @property
    def CurrentAxes(self) -> Any:
        return handle_of(self._artist.gca(), AxesHandle) if self._artist.axes else None

    @CurrentAxes.setter
    def CurrentAxes(self, value: Any) -> None:
        if not isinstance(value, AxesHandle) or value._artist.figure is not self._artist:
            raise ValueError("CurrentAxes must be axes of the figure.")
        self._artist.sca(value._artist)

    @property
    def Children(self) -> list[Any]:
        # The newest first, as in MATLAB; colour bars belong to their axes here.
        bars = [axes_state(a).bar for a in self._artist.axes]
        hidden = [bar.ax for bar in bars if bar is not None]
        return [handle_of(a, AxesHandle) for a in reversed(self._artist.axes) if a not in hidden]

    def __repr__(self) -> str:
        return f"<Figure {self.Number}>"
