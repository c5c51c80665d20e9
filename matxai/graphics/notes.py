"""``text``: a text at a point of the axes."""

from __future__ import annotations

from matxai.arguments import one_of, real_scalar
from matxai.calling import matlab_function
from matxai.graphics.containers import axes_first, axes_of
from matxai.graphics.state import current_axes
from matxai.graphics.texts import lines_of
from matxai.graphics.writing import interpreter, text_at, written

__all__ = ["text"]


@text_at(2)
@axes_first
@matlab_function("t", accepts={"txt": lines_of, "Interpreter": interpreter})
def text(
    x,
    y,
    txt,
    *,
    FontSize=None,
    FontWeight=None,
    Color=None,
    BackgroundColor=None,
    HorizontalAlignment="left",
    VerticalAlignment="middle",
    Rotation=None,
    Units="data",
    Interpreter="tex",
    Parent=None,
):
    """Write a text at a point of the axes.

    Parameters
    ----------
    x, y : float
        The point.
    txt : str or list
        The text; a list has several lines.
    FontSize : float, optional
        Size in points.
    FontWeight : {"bold", "normal"}, optional
        Weight of the letters.
    Color, BackgroundColor : colour, optional
        Colours of the letters and behind them.
    HorizontalAlignment : {"left", "center", "right"}
        Where the point lies.
    VerticalAlignment : {"middle", "top", "bottom", "baseline", "cap"}
        Where the point lies.
    Rotation : float, optional
        Degrees, against the clock.
    Units : {"data", "normalized"}
        Units of the point: those of the axes' rulers, or parts of the axes.
    Interpreter : {"tex", "latex", "none"}
        As for ``title``.
    Parent : handle, optional
        The axes, by default the current ones; they can also come first.

    Returns
    -------
    TextHandle
        Its properties are String, FontSize, FontWeight, Color, Interpreter, ….

    Raises
    ------
    TypeError, ValueError
        If an argument is wrong.

    Notes
    -----
    Documented behaviour. What is in the axes stays, as in MATLAB, with and without ``hold``.
    """
    axes = current_axes() if Parent is None else axes_of(Parent, "text: Parent")
    units = one_of("data", "normalized")(Units, "text: Units")
    place = {"transform": axes.transAxes} if units == "normalized" else {}
    artist = axes.text(
        real_scalar(x, "text: x"), real_scalar(y, "text: y"), "", clip_on=False, **place
    )
    options = {"HorizontalAlignment": HorizontalAlignment, "VerticalAlignment": VerticalAlignment}
    options |= {"FontSize": FontSize, "FontWeight": FontWeight, "Color": Color}
    options |= {"BackgroundColor": BackgroundColor, "Rotation": Rotation}
    return written(artist, txt, Interpreter, **options)
