"""Titles and labels: ``title``, ``sgtitle``, ``xlabel`` and ``ylabel``."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from matxai.calling import matlab_function
from matxai.graphics.containers import axes_first, axes_of
from matxai.graphics.state import current_axes, current_figure
from matxai.graphics.texts import lines_of
from matxai.graphics.tiling import LayoutHandle
from matxai.graphics.writing import interpreter, text_at, written

__all__ = ["sgtitle", "title", "xlabel", "ylabel"]

_CHECKS = {"txt": lines_of, "Interpreter": interpreter}


def _layout_first(function: Callable[..., Any]) -> Callable[..., Any]:
    """Let a layout come before the other arguments, too: it is passed on as Parent."""

    @functools.wraps(function)
    def call(*args: Any, **kwargs: Any) -> Any:
        if args and isinstance(args[0], LayoutHandle):
            kwargs["Parent"], args = args[0], args[1:]
        return function(*args, **kwargs)

    return call


def _target(parent: Any, of_axes: Callable[[Any], Any], of_figure: str, name: str) -> Any:
    """Give the text of matplotlib: of the axes given, of the current ones, or of a layout."""
    if isinstance(parent, LayoutHandle):
        return getattr(parent.figure, of_figure)("")
    return of_axes(current_axes() if parent is None else axes_of(parent, f"{name}: Parent"))


@text_at(0)
@_layout_first
@axes_first
@matlab_function("t", accepts=_CHECKS)
def title(
    txt,
    *,
    FontSize=None,
    FontWeight="bold",
    FontName=None,
    Color=None,
    Interpreter="tex",
    Parent=None,
):
    r"""Write a title over axes, or over a tiled layout.

    Parameters
    ----------
    txt : str or list
        The text; a list of texts, numbers or labels has one line for each.
    FontSize : float, optional
        Size in points; 11 at first.
    FontWeight : {"bold", "normal"}
        Weight of the letters.
    FontName : str, optional
        Name of a font.
    Color : colour, optional
        Colour of the letters.
    Interpreter : {"tex", "latex", "none"}
        "tex" reads MATLAB's marks: ``_`` and ``^`` lower and raise what follows, ``\alpha`` is
        the letter, ``\newline`` a new line, ``\_`` an underscore. "none" shows the text as it
        stands. "latex" is matplotlib's own notation, with formulas between dollar signs.
    Parent : handle, optional
        Axes or layout, by default the current axes; they can also come first.

    Returns
    -------
    TextHandle
        Its properties are String, FontSize, FontWeight, Color, Interpreter, ….

    Raises
    ------
    TypeError, ValueError
        If an argument is wrong.

    See Also
    --------
    sgtitle : over a whole figure.

    Notes
    -----
    Documented behaviour. As in MATLAB, "conv_relu" is shown with a lowered r; give
    ``Interpreter="none"`` for names of layers. Marks for fonts, colours and sizes inside a text
    are left out. ``"\newline"`` works in Python's raw and other texts.

    Examples
    --------
    >>> from matxai import close, title
    >>> t = title(["goldfish", "0.98"])
    >>> t.String
    ['goldfish', '0.98']
    >>> close("all")
    """
    artist = _target(Parent, lambda axes: axes.title, "suptitle", "title")
    if FontSize is None and not isinstance(Parent, LayoutHandle):
        FontSize = 11
    options = {"FontSize": FontSize, "FontWeight": FontWeight, "FontName": FontName}
    return written(artist, txt, Interpreter, Color=Color, **options)


def _label_function(letter: str) -> Callable[..., Any]:
    side = {"x": "below", "y": "left of"}[letter]

    def label(txt, *, FontSize=None, FontWeight=None, Color=None, Interpreter="tex", Parent=None):
        artist = _target(
            Parent,
            lambda axes: getattr(axes, f"{letter}axis").label,
            f"sup{letter}label",
            f"{letter}label",
        )
        return written(
            artist, txt, Interpreter, FontSize=FontSize, FontWeight=FontWeight, Color=Color
        )

    label.__name__ = label.__qualname__ = f"{letter}label"
    label.__module__ = __name__
    label.__doc__ = f"""Write a text {side} the {letter} axis of axes, or of a tiled layout.

    Parameters
    ----------
    txt : str or list
        The text; a list has several lines.
    FontSize : float, optional
        Size in points.
    FontWeight : {{"bold", "normal"}}, optional
        Weight of the letters.
    Color : colour, optional
        Colour of the letters.
    Interpreter : {{"tex", "latex", "none"}}
        As for ``title``.
    Parent : handle, optional
        Axes or layout, by default the current axes; they can also come first.

    Returns
    -------
    TextHandle
        Its properties are String, FontSize, FontWeight, Color, Interpreter, ….

    Raises
    ------
    TypeError, ValueError
        If an argument is wrong.

    See Also
    --------
    title : over the axes.

    Notes
    -----
    Documented behaviour. Where ``axis("off")`` hides the axes, as ``imshow`` does, the text is
    hidden as well.
    """
    return text_at(0)(_layout_first(axes_first(matlab_function("t", accepts=_CHECKS)(label))))


xlabel = _label_function("x")
ylabel = _label_function("y")


@text_at(0)
@matlab_function("sgt", accepts=_CHECKS)
def sgtitle(txt, *, FontSize=None, FontWeight=None, Color=None, Interpreter="tex"):
    """Write a title over all axes of the current figure.

    Parameters
    ----------
    txt : str or list
        The text; a list has several lines.
    FontSize : float, optional
        Size in points.
    FontWeight : {"bold", "normal"}, optional
        Weight of the letters.
    Color : colour, optional
        Colour of the letters.
    Interpreter : {"tex", "latex", "none"}
        As for ``title``.

    Returns
    -------
    TextHandle
        Its properties are String, FontSize, FontWeight, Color, Interpreter, ….

    Raises
    ------
    TypeError, ValueError
        If an argument is wrong.

    See Also
    --------
    title : over axes.

    Notes
    -----
    Documented behaviour. Chosen: the axes stay where they are.
    """
    artist = current_figure().suptitle("")
    return written(artist, txt, Interpreter, FontSize=FontSize, FontWeight=FontWeight, Color=Color)
