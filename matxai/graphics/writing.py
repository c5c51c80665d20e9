"""Texts of figures and axes, and their handles."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import numpy as np

from matxai.arguments import one_of, real_scalar, text
from matxai.graphics.handles import Handle, handle_of
from matxai.graphics.texts import lines_of, write_text
from matxai.images.colours import colour

__all__ = ["TextHandle", "interpreter", "set_options", "text_at", "written"]

interpreter = one_of("tex", "latex", "none")
_weight = one_of("normal", "bold")
_horizontal = one_of("left", "center", "right")
_vertical = one_of("top", "middle", "bottom", "baseline", "cap")


class TextHandle(Handle):
    """Handle of a text, as ``title``, ``xlabel``, ``text``, … return it."""

    _kind = "Text"

    def _written(self) -> tuple[list[str], str]:
        return getattr(self._artist, "_matxai_text", ([self._artist.get_text()], "tex"))

    @property
    def String(self) -> str | list[str]:
        lines, _ = self._written()
        return lines[0] if len(lines) == 1 else list(lines)

    @String.setter
    def String(self, value: Any) -> None:
        write_text(self._artist, lines_of(value, "String"), self.Interpreter)

    @property
    def Interpreter(self) -> str:
        return self._written()[1]

    @Interpreter.setter
    def Interpreter(self, value: str) -> None:
        write_text(self._artist, self._written()[0], interpreter(value, "Interpreter"))

    @property
    def FontSize(self) -> float:
        return float(self._artist.get_size())

    @FontSize.setter
    def FontSize(self, value: Any) -> None:
        self._artist.set_size(real_scalar(value, "FontSize"))

    @property
    def FontWeight(self) -> str:
        return self._artist.get_weight()

    @FontWeight.setter
    def FontWeight(self, value: str) -> None:
        self._artist.set_weight(_weight(value, "FontWeight"))

    @property
    def FontName(self) -> str:
        return self._artist.get_fontname()

    @FontName.setter
    def FontName(self, value: str) -> None:
        self._artist.set_fontname(text(value, "FontName"))

    @property
    def Color(self) -> np.ndarray:
        from matplotlib.colors import to_rgb

        return np.array(to_rgb(self._artist.get_color()))

    @Color.setter
    def Color(self, value: Any) -> None:
        self._artist.set_color(colour(value, "Color"))

    @property
    def BackgroundColor(self) -> Any:
        box = self._artist.get_bbox_patch()
        return "none" if box is None else np.array(box.get_facecolor()[:3])

    @BackgroundColor.setter
    def BackgroundColor(self, value: Any) -> None:
        box = {"facecolor": colour(value, "BackgroundColor"), "edgecolor": "none", "pad": 2}
        self._artist.set_bbox(box)

    @property
    def HorizontalAlignment(self) -> str:
        return self._artist.get_horizontalalignment()

    @HorizontalAlignment.setter
    def HorizontalAlignment(self, value: str) -> None:
        self._artist.set_horizontalalignment(_horizontal(value, "HorizontalAlignment"))

    @property
    def VerticalAlignment(self) -> str:
        return self._artist.get_verticalalignment().replace("center", "middle")

    @VerticalAlignment.setter
    def VerticalAlignment(self, value: str) -> None:
        word = _vertical(value, "VerticalAlignment")
        self._artist.set_verticalalignment({"middle": "center", "cap": "top"}.get(word, word))

    @property
    def Rotation(self) -> float:
        return float(self._artist.get_rotation())

    @Rotation.setter
    def Rotation(self, value: Any) -> None:
        self._artist.set_rotation(real_scalar(value, "Rotation"))


def set_options(handle: Handle, **options: Any) -> None:
    """Set the properties whose options were given, that is, are not None."""
    for name, value in options.items():
        if value is not None:
            setattr(handle, name, value)


def written(artist: Any, txt: list[str], how: str, **options: Any) -> TextHandle:
    """Put lines into a text of matplotlib, with the properties that are given."""
    write_text(artist, txt, how)
    handle = handle_of(artist, TextHandle)
    set_options(handle, **options)
    return handle


def text_at(place: int) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Keep a text such as "Color", at this place, from being taken for the name of an option."""

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(function)
        def call(*args: Any, **kwargs: Any) -> Any:
            args = list(args)
            target = bool(args) and (isinstance(args[0], Handle) or hasattr(args[0], "get_xlim"))
            at = place + target
            if len(args) > at and isinstance(args[at], str):
                args[at] = [args[at]]
            return function(*args, **kwargs)

        return call

    return decorate
