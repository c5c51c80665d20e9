"""Colours, line styles and markers as MATLAB names them."""

from __future__ import annotations

import re
from typing import Any

import numpy as np

from matxai.arguments import describe

__all__ = ["colour", "line_spec", "marker", "style"]

_COLOURS = {
    "r": (1.0, 0.0, 0.0),
    "g": (0.0, 1.0, 0.0),
    "b": (0.0, 0.0, 1.0),
    "c": (0.0, 1.0, 1.0),
    "m": (1.0, 0.0, 1.0),
    "y": (1.0, 1.0, 0.0),
    "k": (0.0, 0.0, 0.0),
    "w": (1.0, 1.0, 1.0),
}
_NAMES = {
    "red": "r",
    "green": "g",
    "blue": "b",
    "cyan": "c",
    "magenta": "m",
    "yellow": "y",
    "black": "k",
    "white": "w",
}
# matplotlib's tuples are (points, 1 for a star or 2 for an asterisk, angle).
_MARKERS = {
    **{letter: letter for letter in "o+x.^v<>sd_|"},
    "*": (6, 2, 0),
    "h": (6, 1, 0),
    "hexagram": (6, 1, 0),
    "p": "*",
    "pentagram": "*",
    "square": "s",
    "diamond": "d",
    "none": "None",
}
_STYLES = ("-", "--", ":", "-.", "none")
_SPEC = re.compile(
    r"(?P<style>--|-\.|-|:)|(?P<marker>square|diamond|pentagram|hexagram|[o+*x.^v<>shpd_|])"
    r"|(?P<colour>[rgbcmykw])"
)


def colour(value: Any, name: str) -> Any:
    """Check a colour: a letter or name, "#RRGGBB", "none", or [r g b] from 0 to 1."""
    if isinstance(value, str):
        word = _NAMES.get(value.lower(), value.lower())
        if word in _COLOURS:
            return _COLOURS[word]
        if re.fullmatch("#(?:[0-9a-f]{3}|[0-9a-f]{6})|none", word):
            return word
    elif np.shape(value) in ((3,), (1, 3)):
        rgb = np.asarray(value, dtype=np.float64).reshape(-1)
        if (rgb >= 0).all() and (rgb <= 1).all():
            return tuple(rgb.tolist())
    raise ValueError(
        f'{name} must be a colour: "r", "red", "#FF0000", "none" or [r g b] from 0 to 1, but is '
        f"{describe(value)}."
    )


def marker(value: Any, name: str) -> Any:
    """Check the name of a marker, such as "o" or "square"."""
    if not isinstance(value, str) or value.lower() not in _MARKERS:
        known = ", ".join(_MARKERS)
        raise ValueError(f"{name} must be one of {known}, but is {describe(value)}.")
    return _MARKERS[value.lower()]


def style(value: Any, name: str) -> str:
    """Check the style of a line, such as "--"."""
    if not isinstance(value, str) or value.lower() not in _STYLES:
        known = " ".join(_STYLES)
        raise ValueError(f"{name} must be one of {known}, but is {describe(value)}.")
    return "None" if value.lower() == "none" else value


def line_spec(text: str) -> dict[str, Any]:
    """Take a LineSpec such as "r--o" apart, for matplotlib's lines.

    Examples
    --------
    >>> line_spec("--r")
    {'color': (1.0, 0.0, 0.0), 'linestyle': '--'}
    """
    found: dict[str, str] = {}
    place = 0
    while place < len(text):
        part = _SPEC.match(text, place)
        if part is None or part.lastgroup in found:
            raise ValueError(
                f'LineSpec must be a line style, a marker and a colour, such as "--or", '
                f"but is {text!r}."
            )
        found[part.lastgroup] = part[0]
        place = part.end()
    given: dict[str, Any] = {}
    if "colour" in found:
        given["color"] = _COLOURS[found["colour"]]
    if "style" in found:
        given["linestyle"] = found["style"]
    if "marker" in found:
        given["marker"] = _MARKERS[found["marker"]]
        given.setdefault("linestyle", "None")
    return given
