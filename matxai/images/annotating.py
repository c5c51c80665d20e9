"""Text and shapes drawn into images: insertText, insertShape."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from matxai.arguments import describe, numeric_array, one_of, positive_integer, real_scalar
from matxai.calling import matlab_function
from matxai.images.checks import class_range, colour_image
from matxai.images.overlays import rgb_colour, true_colour
from matxai.lang.integer_classes import to_class

__all__ = ["insertShape", "insertText"]

# Room between a text and the border of its box, in font sizes.
_MARGIN = 0.25


def _opacity(value: Any, name: str) -> float:
    number = real_scalar(value, name)
    if not 0 <= number <= 1:
        raise ValueError(f"{name} must lie between 0 and 1, but is {describe(value)}.")
    return number


def _rows(value: Any, name: str, width: int | None = None) -> np.ndarray:
    """Check positions: a row for each thing that is drawn."""
    array = numeric_array(value, name).astype(np.float64)
    array = array.reshape(1, -1) if array.ndim == 1 else array
    if array.ndim != 2 or not array.size or not np.isfinite(array).all():
        raise ValueError(f"{name} must be a row of numbers for each, but is {describe(value)}.")
    if width is not None and array.shape[1] != width:
        raise ValueError(f"{name} must have {width} columns, but is {describe(value)}.")
    return array


def _colours(value: Any, name: str, count: int, image: np.ndarray) -> np.ndarray:
    """Return a colour in the range of the image's class for each thing that is drawn."""
    low, high = class_range(image.dtype)
    several = isinstance(value, (list, tuple)) and any(isinstance(v, str) for v in value)
    if isinstance(value, str) or several:
        named = [rgb_colour(v, name) for v in ([value] if isinstance(value, str) else value)]
        colours = np.array(named) * (high - low) + low
    else:
        colours = numeric_array(value, name).astype(np.float64)
        colours = colours.reshape(1, -1) if colours.ndim == 1 else colours
        if colours.ndim != 2 or colours.shape[1] != 3:
            raise ValueError(f"{name} must be colours, [r g b] or names: {describe(value)}.")
    if len(colours) not in (1, count):
        raise ValueError(f"{name} must be one colour or {count}, but is {describe(value)}.")
    return np.broadcast_to(colours, (count, 3))


def _blend(image: np.ndarray, cover: np.ndarray, colour: np.ndarray, opacity: float) -> None:
    """Paint, in place, with a mask of 0 to 1."""
    share = (cover * opacity)[:, :, None]
    image += share * (colour - image)


def _mask(shape: tuple[int, ...], draw: Callable[[Any], None]) -> np.ndarray:
    """Draw white on black."""
    from PIL import Image, ImageDraw

    canvas = Image.new("L", (shape[1], shape[0]))
    draw(ImageDraw.Draw(canvas))
    return np.asarray(canvas, dtype=np.float64) / 255


_ANCHORS = {
    "lefttop": (0.0, 0.0), "centertop": (0.5, 0.0), "righttop": (1.0, 0.0),
    "leftcenter": (0.0, 0.5), "center": (0.5, 0.5), "rightcenter": (1.0, 0.5),
    "leftbottom": (0.0, 1.0), "centerbottom": (0.5, 1.0), "rightbottom": (1.0, 1.0),
}  # fmt: skip


@matlab_function(
    "RGB",
    accepts={
        "I": colour_image,
        "FontSize": positive_integer,
        "BoxOpacity": _opacity,
        "AnchorPoint": one_of(*_ANCHORS),
    },
)
def insertText(
    I,  # noqa: E741
    position,
    text,
    *,
    FontSize=12,
    TextColor="black",
    BoxColor="yellow",
    BoxOpacity=0.6,
    AnchorPoint="LeftTop",
):
    """Write text into an image.

    Parameters
    ----------
    I : array_like, shape (H, W) or (H, W, 3)
        Grey or RGB image, floats from 0 to 1.
    position : [x, y] or array_like, shape (M, 2)
        Where each text stands, in pixels, the first pixel being (1, 1).
    text : str, number, or list of these
        One text for all positions, or one for each.
    FontSize : int, default 12
        Height of the letters, in pixels.
    TextColor, BoxColor : str, [r, g, b], or one for each text
        Colours, by name or in the range of the class of `I`: "black", and "yellow" for the box.
    BoxOpacity : float, default 0.6
        How much the box hides: 0 nothing, 1 all.
    AnchorPoint : str, default "LeftTop"
        Which point of the box `position` is: "LeftTop", "Center", "RightBottom", …

    Returns
    -------
    numpy.ndarray, shape (H, W, 3)
        The image, of the class of `I`.

    Raises
    ------
    TypeError
        If an argument has the wrong type.
    ValueError
        If there are not as many texts or colours as positions, or an option is out of its range.

    Notes
    -----
    Documented as far as options and defaults go. Chosen: the font is DejaVu Sans, which comes with
    matplotlib, so letters are not MATLAB's.

    Examples
    --------
    >>> import numpy as np
    >>> from matxai import insertText
    >>> insertText(np.zeros((30, 80)), [5, 5], "cat").shape
    (30, 80, 3)
    """
    places = _rows(position, "insertText: position", 2)
    words = text if isinstance(text, (list, tuple, np.ndarray)) else [text]
    words = [w if isinstance(w, str) else f"{w:.5g}" for w in np.asarray(words, object).ravel()]
    if len(words) not in (1, len(places)):
        raise ValueError(
            f"insertText: text must be one or {len(places)}, one for each position, but is "
            f"{len(words)}."
        )
    image = true_colour(I.astype(np.float64))
    inks = _colours(TextColor, "insertText: TextColor", len(places), I)
    boxes = _colours(BoxColor, "insertText: BoxColor", len(places), I)
    font = _font(FontSize)
    for i, (x, y) in enumerate(places):
        word = words[i % len(words)]
        ascent, descent = font.getmetrics()
        margin = round(FontSize * _MARGIN)
        width = round(font.getlength(word)) + 2 * margin
        height = ascent + descent + 2 * margin
        right, down = _ANCHORS[AnchorPoint.lower()]
        left, top = round(x - 1 - right * width), round(y - 1 - down * height)
        corners = (left, top, left + width - 1, top + height - 1)
        _blend(image, _mask(I.shape, _drawing("rectangle", corners)), boxes[i], BoxOpacity)
        letters = _mask(I.shape, _writing((left + margin, top + margin), word, font))
        _blend(image, letters, inks[i], 1.0)
    return to_class(image, I.dtype) if I.dtype != bool else image >= 0.5


def _font(size: int) -> Any:
    import matplotlib
    from PIL import ImageFont

    return ImageFont.truetype(f"{matplotlib.get_data_path()}/fonts/ttf/DejaVuSans.ttf", size)


def _writing(place: tuple[int, int], word: str, font: Any) -> Callable[[Any], None]:
    return lambda canvas: canvas.text(place, word, fill=255, font=font)


def _drawing(method: str, corners: Any, filled: bool = True, width: int = 1) -> Callable:
    style = {"fill": 255} if filled else {"outline": 255, "width": width}
    return lambda canvas: getattr(canvas, method)(corners, **style)


# How many numbers say where a shape is; None for pairs of any number.
_SHAPES = {"rectangle": 4, "circle": 3, "line": None, "polygon": None}
_NAMES = {
    **{name: (name, False) for name in _SHAPES},
    **{f"filled-{name}": (name, True) for name in ("rectangle", "circle", "polygon")},
    **{f"filled{name}": (name, True) for name in ("rectangle", "circle", "polygon")},
}


@matlab_function(
    "RGB",
    accepts={
        "I": colour_image,
        "shape": one_of(*_NAMES),
        "LineWidth": positive_integer,
        "Opacity": _opacity,
    },
)
def insertShape(
    I,  # noqa: E741
    shape,
    position,
    *,
    Color="yellow",
    ShapeColor=None,
    LineWidth=1,
    Opacity=0.6,
):
    """Draw shapes into an image.

    Parameters
    ----------
    I : array_like, shape (H, W) or (H, W, 3)
        Grey or RGB image, floats from 0 to 1.
    shape : str
        "rectangle", "circle", "line", "polygon", or filled: "filled-rectangle",
        "filled-circle", "filled-polygon".
    position : array_like
        A row for each shape, in pixels, the first pixel being (1, 1): [x, y, width, height] of
        rectangles, [x, y, radius] of circles, [x1, y1, x2, y2, …] of lines and polygons.
    Color, ShapeColor : str, [r, g, b], or one for each shape, default "yellow"
        Colours, by name or in the range of the class of `I`. The two are the same.
    LineWidth : int, default 1
        Width of lines, in pixels.
    Opacity : float, default 0.6
        How much filled shapes hide: 0 nothing, 1 all.

    Returns
    -------
    numpy.ndarray, shape (H, W, 3)
        The image, of the class of `I`.

    Raises
    ------
    TypeError
        If an argument has the wrong type.
    ValueError
        If a position has the wrong number of columns, or an option is out of its range.

    Notes
    -----
    Documented as far as options and defaults go. Chosen: a rectangle's line runs within it; lines
    are not smoothed.

    Examples
    --------
    >>> import numpy as np
    >>> from matxai import insertShape
    >>> insertShape(np.zeros((4, 4)), "rectangle", [2, 2, 2, 2], Color="red")[:, :, 0]
    array([[0., 0., 0., 0.],
           [0., 1., 1., 0.],
           [0., 1., 1., 0.],
           [0., 0., 0., 0.]])
    """
    kind, filled = _NAMES[shape]
    rows = _rows(position, "insertShape: position", _SHAPES[kind])
    least = 4 if kind == "line" else 6
    if _SHAPES[kind] is None and (rows.shape[1] % 2 or rows.shape[1] < least):
        raise ValueError(
            f"insertShape: position must be x and y of at least {least // 2} points, but is "
            f"{describe(position)}."
        )
    inks = _colours(ShapeColor or Color, "insertShape: Color", len(rows), I)
    image = true_colour(I.astype(np.float64))
    for row, ink in zip(rows, inks, strict=True):
        cover = _mask(I.shape, _shape(kind, row, filled, LineWidth))
        _blend(image, cover, ink, Opacity if filled else 1.0)
    return to_class(image, I.dtype) if I.dtype != bool else image >= 0.5


def _shape(kind: str, row: np.ndarray, filled: bool, width: int) -> Callable[[Any], None]:
    if kind == "rectangle":
        x, y, w, h = row
        corners = [round(v) for v in (x - 1, y - 1, x + max(w, 1) - 2, y + max(h, 1) - 2)]
        return _drawing("rectangle", corners, filled, width)
    if kind == "circle":
        x, y, radius = row
        reach = abs(radius)
        box = [round(v) for v in (x - 1 - reach, y - 1 - reach, x - 1 + reach, y - 1 + reach)]
        return _drawing("ellipse", box, filled, width)
    points = [tuple(p) for p in (row.reshape(-1, 2) - 1).tolist()]
    if kind == "polygon" and filled:
        return _drawing("polygon", points)
    if kind == "polygon":
        points.append(points[0])
    return lambda canvas: canvas.line(points, fill=255, width=width)
