"""``subtitle`` and ``annotation``: texts and shapes beside what is drawn."""

from __future__ import annotations

from typing import Any

from matxai.arguments import one_of
from matxai.calling import matlab_function
from matxai.graphics import rulers
from matxai.graphics.containers import axes_first, figure_of
from matxai.graphics.handles import handle_of
from matxai.graphics.limits import chosen_axes
from matxai.graphics.shape_handles import ShapeHandle, TextBoxHandle
from matxai.graphics.state import current_figure
from matxai.graphics.texts import lines_of
from matxai.graphics.writing import interpreter, set_options, text_at, written
from matxai.images.colours import colour, style

__all__ = ["annotation", "subtitle"]

_POINTS, _SUBTITLE_SIZE = 4, 10


@text_at(0)
@axes_first
@matlab_function("t", accepts={"txt": lines_of, "Interpreter": interpreter})
def subtitle(
    txt,
    *,
    FontSize=_SUBTITLE_SIZE,
    FontWeight="normal",
    FontName=None,
    Color=None,
    Interpreter="tex",
    Parent=None,
):
    """Write a text between axes and their title.

    Parameters
    ----------
    txt : str or list
        The text; a list has several lines.
    FontSize : float
        Size in points; 10 at first.
    FontWeight : {"normal", "bold"}
        Weight of the letters.
    FontName : str, optional
        Name of a font.
    Color : colour, optional
        Colour of the letters.
    Interpreter : {"tex", "latex", "none"}
        As for ``title``.
    Parent : handle, optional
        Axes, by default the current ones; they can also come first.

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
    title : above it.

    Notes
    -----
    Documented behaviour.

    Examples
    --------
    >>> from matxai import close, subtitle
    >>> subtitle("score 0.98").String
    'score 0.98'
    >>> close("all")
    """
    axes = chosen_axes(Parent, "subtitle")
    artist = getattr(axes, "_matxai_subtitle", None)
    if artist is None or artist not in axes.texts:
        artist = axes.annotate(
            "", (0.5, 1), (0, _POINTS), xycoords="axes fraction", textcoords="offset points",
            ha="center", va="bottom", annotation_clip=False,
        )  # fmt: skip
        axes._matxai_subtitle = artist
    options = {"FontSize": FontSize, "FontWeight": FontWeight, "FontName": FontName}
    handle = written(artist, txt, Interpreter, Color=Color, **options)
    title = axes.title
    # The title goes up by what the lines below it take.
    height = 1.3 * float(artist.get_size()) * (artist.get_text().count("\n") + 1)
    look = {"fontsize": title.get_size(), "fontweight": title.get_weight()}
    axes.set_title(title.get_text(), color=title.get_color(), pad=_POINTS + height, **look)
    return handle


@matlab_function("a")
def annotation(
    *args,
    Position=None,
    String=None,
    FitBoxToText=None,
    Color=None,
    EdgeColor=None,
    FaceColor=None,
    BackgroundColor=None,
    LineWidth=None,
    LineStyle=None,
    FaceAlpha=None,
    FontSize=None,
    FontWeight=None,
    HorizontalAlignment="left",
    VerticalAlignment="top",
    Interpreter="tex",
):
    """Put a text in a box, a rectangle or an ellipse on a figure.

    Parameters
    ----------
    *args
        "textbox", "rectangle" or "ellipse", and its place [left, bottom, width, height] in parts
        of the figure. A figure can come first.
    Position : array, optional
        The place.
    String : str or list, optional
        The text of a text box.
    FitBoxToText : {"off", "on"}, optional
        Whether the box is as large as its text.
    Color : colour, optional
        Of the letters, or of the edge of a shape.
    EdgeColor, LineWidth, LineStyle : optional
        Of the edge; black, 0.5 points and "-" at first.
    FaceColor, FaceAlpha : optional
        Of the face of a shape; "none" at first.
    BackgroundColor : colour, optional
        Of the face of a text box.
    FontSize, FontWeight, HorizontalAlignment, VerticalAlignment, Interpreter : optional
        As for ``text``; texts begin at the upper left corner of the box.

    Returns
    -------
    TextBoxHandle or ShapeHandle
        With the options above as properties.

    Raises
    ------
    TypeError, ValueError
        If an argument is wrong, or the kind is another one: lines and arrows are not drawn.

    Notes
    -----
    Documented behaviour, with the place in parts of the figure only. Long lines are not broken.

    Examples
    --------
    >>> from matxai import annotation, close
    >>> a = annotation("textbox", [0.1, 0.8, 0.3, 0.1], "String", "espresso")
    >>> a.String
    'espresso'
    >>> close("all")
    """
    rest = list(args)
    figure = current_figure()
    if rest and not isinstance(rest[0], str):
        figure = figure_of(rest.pop(0), "annotation: container")
    if not rest:
        raise TypeError('annotation: the kind is missing. Call annotation("textbox", Position).')
    kind = one_of("textbox", "rectangle", "ellipse")(rest.pop(0), "annotation: lineType")
    place = rest.pop(0) if rest else Position
    if rest:
        raise TypeError(f"annotation: {kind} takes one place, [left, bottom, width, height].")
    spot = (0.3, 0.3, 0.1, 0.1) if place is None else rulers.position(place, "annotation: dim")
    if kind != "textbox":
        handle = _shape(figure, spot, kind == "ellipse")
        edge = EdgeColor if EdgeColor is not None else Color
        set_options(handle, FaceColor=FaceColor, EdgeColor=edge, FaceAlpha=FaceAlpha)
        set_options(handle, LineWidth=LineWidth, LineStyle=LineStyle)
        return handle
    box = {"facecolor": "none", "edgecolor": "k", "linewidth": 0.5}
    box |= {} if EdgeColor is None else {"edgecolor": colour(EdgeColor, "EdgeColor")}
    box |= {} if BackgroundColor is None else {"facecolor": colour(BackgroundColor, "Color")}
    box |= {} if LineWidth is None else {"linewidth": LineWidth}
    box |= {} if LineStyle is None else {"linestyle": style(LineStyle, "LineStyle")}
    fits = FitBoxToText in ("on", True)
    artist = _framed(figure, spot, box, fits, (HorizontalAlignment, VerticalAlignment))
    options = {"FontSize": FontSize, "FontWeight": FontWeight, "Color": Color}
    handle_of(artist, TextBoxHandle)._spot = spot
    return written(artist, lines_of(String or "", "annotation: String"), Interpreter, **options)


def _shape(figure: Any, spot: tuple[float, ...], round_: bool) -> ShapeHandle:
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    artist = PathPatch(
        Path([(0, 0), (1, 1)]), transform=figure.transFigure, joinstyle="miter", linewidth=0.5
    )
    figure.add_artist(artist)
    # On top of the axes.
    artist.set_zorder(5)
    handle = handle_of(artist, ShapeHandle)
    handle._curvature = (1.0, 1.0) if round_ else (0.0, 0.0)
    handle.Position = spot
    handle.FaceColor = "none"
    return handle


def _framed(
    figure: Any, spot: tuple[float, ...], box: dict[str, Any], fits: bool, sides: tuple[str, str]
) -> Any:
    """Make the text, with a frame around it or one of the size that is given."""
    from matplotlib.patches import Rectangle

    left, bottom, width, height = spot
    across, up = (
        one_of("left", "center", "right")(sides[0], "annotation: HorizontalAlignment"),
        one_of("top", "middle", "bottom")(sides[1], "annotation: VerticalAlignment"),
    )
    x = left + {"left": 0, "center": 0.5, "right": 1}[across] * width
    y = bottom + {"top": 1, "middle": 0.5, "bottom": 0}[up] * height
    gap = {"left": 4, "center": 0, "right": -4}[across], {"top": -4, "middle": 0, "bottom": 4}[up]
    artist = figure.text(x, y, "", ha=across, va=up.replace("middle", "center"), zorder=6)
    from matplotlib.transforms import ScaledTranslation

    shift = ScaledTranslation(gap[0] / 72, gap[1] / 72, figure.dpi_scale_trans)
    artist.set_transform(figure.transFigure + shift)
    if fits:
        artist.set_bbox({"boxstyle": "square,pad=0.3", **box})
    else:
        frame = Rectangle((left, bottom), width, height, transform=figure.transFigure, **box)
        figure.add_artist(frame)
        frame.set_zorder(5)
    return artist
