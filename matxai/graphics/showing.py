"""``imshow``: an image as an image."""

from __future__ import annotations

import os
from typing import Any

import numpy as np

from matxai.arguments import describe, one_of
from matxai.calling import matlab_function
from matxai.graphics import rulers
from matxai.graphics.containers import axes_of
from matxai.graphics.image_handles import add_image, class_range
from matxai.graphics.images import pixels_of
from matxai.graphics.shading import recolour, table_from
from matxai.graphics.state import axes_state, axes_to_draw_in
from matxai.images.palettes import palette

__all__ = ["imshow"]


def _magnification(value: Any, name: str) -> Any:
    number = isinstance(value, (int, float, np.number)) and not isinstance(value, bool)
    if (number and value > 0) or (isinstance(value, str) and value.lower() == "fit"):
        return value
    raise ValueError(f'{name} must be a positive percentage or "fit", but is {describe(value)}.')


@matlab_function(
    "h",
    accepts={
        "InitialMagnification": _magnification,
        "Border": one_of("loose", "tight"),
        "Interpolation": one_of("nearest", "bilinear"),
    },
)
def imshow(
    I,  # noqa: E741
    map=None,
    *,
    DisplayRange=None,
    Colormap=None,
    InitialMagnification=100,
    Border="loose",
    Interpolation="nearest",
    Parent=None,
    XData=None,
    YData=None,
):
    """Show an image: axes off, square pixels, first row on top.

    Parameters
    ----------
    I : array, H×W or H×W×3, or str
        The image, grey, true-colour, binary, or of indices into `map`; or the name of a file.
        Integers are shown in the range of their class, floats from 0 to 1.
    map : [low, high], [] or array m×3, optional
        Values shown as black and white of a grey image; empty for its minimum and maximum. Or
        the colormap of an indexed image, whose indices count from 1 if they are floats and from
        0 if they are integers.
    DisplayRange : [low, high] or [], optional
        The same as the second argument.
    Colormap : array m×3, optional
        The same as the second argument.
    InitialMagnification : float or "fit"
        Accepted, and without effect: the image fills the axes.
    Border : {"loose", "tight"}
        Whether there is a border around the axes; "tight" lets them fill the figure, except in
        a tiled layout.
    Interpolation : {"nearest", "bilinear"}
        Between pixels.
    Parent : handle, optional
        Axes to draw in; by default the current ones.
    XData, YData : [first, last], optional
        Places of the centres of the first and last pixel.

    Returns
    -------
    ImageHandle
        Its properties are CData, AlphaData, XData, YData, CDataMapping, Interpolation, Visible.

    Raises
    ------
    TypeError, ValueError
        If an argument is wrong, such as an image of another shape.

    See Also
    --------
    imagesc : show a matrix in the colours of the colormap.

    Notes
    -----
    Documented behaviour. A grey image sets the axes' colormap to gray and their colour limits to
    the range that is shown, both of which a map laid over it shares; where that is not wanted,
    make the image a true-colour one with ``np.dstack([I] * 3)``. Chosen: the figure keeps its
    size.

    Examples
    --------
    >>> import numpy as np
    >>> from matxai import close, imshow
    >>> h = imshow(np.array([[0, 255]], dtype=np.uint8))
    >>> h.CData
    array([[  0, 255]], dtype=uint8)
    >>> close("all")
    """
    values, map = _read(I, map)
    pixels = pixels_of(values, "imshow: I")
    shown, table = _second(pixels, map, DisplayRange, Colormap)
    axes = axes_to_draw_in(None if Parent is None else axes_of(Parent, "imshow: Parent"))
    direct = pixels.ndim == 3 or (table is not None and shown is None)
    handle = add_image(axes, pixels, "direct" if direct else "scaled", XData, YData)
    handle.Interpolation = Interpolation
    if pixels.ndim == 2:
        axes_state(axes).colormap = palette("gray", 256) if table is None else table
        if not direct:
            rulers.set_colour_limits(axes, shown or class_range(pixels.dtype))
    recolour(axes)
    handle.fill_axes("equal")
    axes.set_axis_off()
    if Border == "tight" and axes_state(axes).spot is not None:
        axes.set_position((0, 0, 1, 1))
        axes_state(axes).spot = (0.0, 0.0, 1.0, 1.0)
    return handle


def _read(image: Any, map: Any) -> tuple[Any, Any]:
    """Read the image if it is a file's name, and its colormap if it has one."""
    if not isinstance(image, (str, os.PathLike)):
        return image, map
    from matxai.images.files import imread

    pixels, table = imread(image, nargout=2)
    return pixels, map if map is not None or not table.size else table


def _second(
    pixels: np.ndarray, map: Any, display_range: Any, colormap: Any
) -> tuple[tuple[float, float] | None, np.ndarray | None]:
    """Tell a display range from a colormap: (range, table), each None where it is not given."""
    table = None if colormap is None else table_from(colormap, 256, "imshow: Colormap")
    if map is not None and not isinstance(map, str) and np.size(map) in (0, 2):
        if display_range is not None:
            raise TypeError("imshow: DisplayRange is given twice.")
        display_range = map
    elif map is not None:
        table = table_from(map, 256, "imshow: map")
    if display_range is None:
        return None, table
    if np.size(display_range):
        return rulers.two_limits(display_range, "imshow: DisplayRange"), table
    finite = pixels[np.isfinite(pixels)]
    if not finite.size or finite.min() == finite.max():
        return class_range(pixels.dtype), table
    return (float(finite.min()), float(finite.max())), table
