"""Functions that make the colours of a colormap: ``jet``, ``parula``, ``gray``, …"""

from __future__ import annotations

import numbers
import sys
import textwrap
from collections.abc import Callable
from typing import Any

import numpy as np

from matxai.arguments import describe
from matxai.calling import matlab_function
from matxai.graphics.state import current_figure, figure_state
from matxai.images.palettes import DEFAULT_LENGTH, palette

__all__ = [
    "autumn",
    "bone",
    "cool",
    "copper",
    "gray",
    "hot",
    "hsv",
    "jet",
    "lines",
    "parula",
    "pink",
    "spring",
    "summer",
    "turbo",
    "winter",
]


def _length(value: Any, name: str) -> int:
    number = value.item() if isinstance(value, np.ndarray) and value.size == 1 else value
    if isinstance(number, bool) or not isinstance(number, numbers.Real):
        raise TypeError(f"{name} must be a number of colours, but is {describe(value)}.")
    if not np.isfinite(number) or number != int(number) or number < 0:
        raise ValueError(f"{name} must be an integer from 0, but is {describe(value)}.")
    return int(number)


def _current_length() -> int:
    """Give the length of the current figure's colormap, without making a figure."""
    # Where pyplot was never loaded there is no figure.
    if "matplotlib.pyplot" not in sys.modules:
        return DEFAULT_LENGTH
    figure = current_figure(make=False)
    return DEFAULT_LENGTH if figure is None else len(figure_state(figure).colormap)


def _colormap_function(name: str, colours: str, notes: str, last: str) -> Callable[..., Any]:
    notes = textwrap.fill(notes, 95, subsequent_indent="    ")

    def make(m=None):
        return palette(name, _current_length() if m is None else m)

    make.__name__ = make.__qualname__ = name
    make.__module__ = __name__
    make.__doc__ = f"""Make the colormap {name}: {colours}.

    Parameters
    ----------
    m : int, optional
        Number of colours. By default as many as the colormap of the current figure has, or 256
        if there is no figure.

    Returns
    -------
    numpy.ndarray, shape (m, 3)
        Red, green and blue of each colour, from 0 to 1.

    Raises
    ------
    TypeError, ValueError
        If `m` is no integer from 0.

    See Also
    --------
    colormap : draw with a colormap.

    Notes
    -----
    {notes}

    Examples
    --------
    >>> from matxai import {name}
    >>> {name}(3).round(4)[-1]
    {last}
    """
    return matlab_function("c", accepts={"m": _length})(make)


_FORMULA = "Documented colours, by the formula that is commonly known."

autumn = _colormap_function("autumn", "red to yellow", _FORMULA, "array([1., 1., 0.])")
bone = _colormap_function("bone", "grey with a blue tinge", _FORMULA, "array([1., 1., 1.])")
cool = _colormap_function("cool", "cyan to magenta", _FORMULA, "array([1., 0., 1.])")
copper = _colormap_function(
    "copper", "black to light copper", _FORMULA, "array([1. , 0.7812, 0.4975])"
)
gray = _colormap_function("gray", "black to white", _FORMULA, "array([1., 1., 1.])")
hot = _colormap_function("hot", "black, red, yellow, white", _FORMULA, "array([1., 1., 1.])")
hsv = _colormap_function(
    "hsv", "the circle of hues, from red to red", _FORMULA, "array([0., 0., 1.])"
)
jet = _colormap_function(
    "jet",
    "blue, cyan, yellow, red",
    "Exact for 256 colours: the rows that were recovered from MATLAB's figures are these. Other "
    "lengths follow the same rule.",
    "array([1., 1., 0.])",
)
lines = _colormap_function(
    "lines",
    "the colours of plotted lines, over and over",
    "Documented colours.",
    "array([0.929, 0.694, 0.125])",
)
parula = _colormap_function(
    "parula",
    "a stand-in for MATLAB's default",
    "Chosen: MATLAB's table is not published, so that this is matplotlib's viridis: as dark to as "
    "bright, and as even, but with other hues.",
    "array([0.9932, 0.9062, 0.1439])",
)
pink = _colormap_function("pink", "pastel shades of pink", _FORMULA, "array([1., 1., 1.])")
spring = _colormap_function("spring", "magenta to yellow", _FORMULA, "array([1., 1., 0.])")
summer = _colormap_function("summer", "green to yellow", _FORMULA, "array([1. , 1. , 0.4])")
turbo = _colormap_function(
    "turbo",
    "a smoother jet",
    "Chosen: Google's published table, taken at other places linearly.",
    "array([0.4796, 0.0158, 0.0106])",
)
winter = _colormap_function("winter", "blue to green", _FORMULA, "array([0. , 1. , 0.5])")
