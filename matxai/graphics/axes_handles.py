"""Handles of axes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from matxai.arguments import logical, one_of, real_scalar, texts
from matxai.graphics import rulers
from matxai.graphics.handles import Handle, handle_of, on_off
from matxai.graphics.shading import set_axes_colours, table_from, table_of
from matxai.graphics.state import axes_state
from matxai.graphics.writing import TextHandle
from matxai.images.colours import colour

__all__ = ["AxesHandle"]


class AxesHandle(Handle):
    """Handle of axes, as ``gca``, ``subplot`` and ``nexttile`` return it."""

    _kind = "Axes"

    @property
    def Parent(self) -> Any:
        from matxai.graphics.figure_handles import FigureHandle

        return handle_of(self._artist.figure, FigureHandle)

    @property
    def Children(self) -> list[Any]:
        drawn = self._artist
        artists = [*drawn.images, *drawn.patches, *drawn.collections, *drawn.lines, *drawn.texts]
        found = [getattr(artist, "_matxai_handle", None) for artist in artists]
        return [handle for handle in reversed(found) if handle is not None]

    @property
    def Title(self) -> TextHandle:
        return handle_of(self._artist.title, TextHandle)

    @property
    def XLabel(self) -> TextHandle:
        return handle_of(self._artist.xaxis.label, TextHandle)

    @property
    def YLabel(self) -> TextHandle:
        return handle_of(self._artist.yaxis.label, TextHandle)

    @property
    def CLim(self) -> np.ndarray:
        norm = axes_state(self._artist).norm
        return np.array([norm.vmin, norm.vmax])

    @CLim.setter
    def CLim(self, value: Any) -> None:
        rulers.set_colour_limits(self._artist, rulers.two_limits(value, "CLim"))

    @property
    def Colormap(self) -> np.ndarray:
        return table_of(self._artist).copy()

    @Colormap.setter
    def Colormap(self, value: Any) -> None:
        length = len(table_of(self._artist))
        set_axes_colours(self._artist, table_from(value, length, "Colormap"))

    @property
    def NextPlot(self) -> str:
        return "add" if axes_state(self._artist).hold else "replace"

    @NextPlot.setter
    def NextPlot(self, value: str) -> None:
        axes_state(self._artist).hold = one_of("add", "replace")(value, "NextPlot") == "add"

    @property
    def Position(self) -> np.ndarray:
        return np.array(self._artist.get_position(original=True).bounds)

    @Position.setter
    def Position(self, value: Any) -> None:
        spot = rulers.position(value, "Position")
        axes_state(self._artist).spot = spot
        self._artist.set_position(spot)

    @property
    def Visible(self) -> str:
        return on_off(self._artist.axison)

    @Visible.setter
    def Visible(self, value: Any) -> None:
        # MATLAB's axes are the box and the rulers: what is drawn in them stays.
        self._artist.axison = logical(value, "Visible")

    @property
    def Box(self) -> str:
        return on_off(self._artist.spines["top"].get_visible())

    @Box.setter
    def Box(self, value: Any) -> None:
        for side in ("top", "right"):
            self._artist.spines[side].set_visible(logical(value, "Box"))

    @property
    def Color(self) -> np.ndarray:
        return np.array(self._artist.get_facecolor()[:3])

    @Color.setter
    def Color(self, value: Any) -> None:
        self._artist.set_facecolor(colour(value, "Color"))

    @property
    def FontSize(self) -> float:
        return float(self._artist.xaxis.label.get_size())

    @FontSize.setter
    def FontSize(self, value: Any) -> None:
        size = real_scalar(value, "FontSize")
        self._artist.tick_params(labelsize=size)
        for label in (self._artist.xaxis.label, self._artist.yaxis.label):
            label.set_size(size)
        # MATLAB's TitleFontSizeMultiplier.
        self._artist.title.set_size(1.1 * size)


def _ruler_property(letter: str, get: Callable, set_: Callable) -> property:
    return property(lambda self: get(self._artist, letter), set_)


def _direction(letter: str) -> property:
    def get(self: AxesHandle) -> str:
        inverted = getattr(self._artist, f"{letter}axis_inverted")()
        return "reverse" if inverted else "normal"

    def set_(self: AxesHandle, value: Any) -> None:
        word = one_of("normal", "reverse")(value, f"{letter.upper()}Dir")
        getattr(self._artist, f"{letter}axis").set_inverted(word == "reverse")

    return property(get, set_)


def _add_ruler_properties(letter: str) -> None:
    """Give AxesHandle XLim, XTick, XTickLabel and XDir, or those of y."""
    big = letter.upper()

    def set_limits(self: AxesHandle, value: Any) -> None:
        rulers.set_limits(self._artist, letter, rulers.two_limits(value, f"{big}Lim"))

    def set_ticks(self: AxesHandle, value: Any) -> None:
        rulers.set_ticks(self._artist, letter, value, f"{big}Tick")

    def set_labels(self: AxesHandle, value: Any) -> None:
        rulers.set_tick_labels(self._artist, letter, texts(value, f"{big}TickLabel"))

    for name, get, set_ in (
        ("Lim", rulers.limits, set_limits),
        ("Tick", rulers.ticks, set_ticks),
        ("TickLabel", rulers.tick_labels, set_labels),
    ):
        setattr(AxesHandle, big + name, _ruler_property(letter, get, set_))
    setattr(AxesHandle, f"{big}Dir", _direction(letter))


for _letter in "xy":
    _add_ruler_properties(_letter)
