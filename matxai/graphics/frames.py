"""``getframe``: pictures of figures as arrays."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from matxai.calling import matlab_function
from matxai.graphics.containers import AxesHandle, axes_of, handle_from
from matxai.graphics.output import figure_holding
from matxai.graphics.state import current_axes

__all__ = ["Frame", "getframe"]


@dataclass(frozen=True)
class Frame:
    """A picture of a figure, as ``getframe`` returns it.

    Attributes
    ----------
    cdata : numpy.ndarray of uint8, H×W×3
        The picture.
    colormap : numpy.ndarray, 0×0
        Empty, as MATLAB's is for true colours.
    """

    cdata: np.ndarray
    colormap: np.ndarray = field(default_factory=lambda: np.empty((0, 0)))


@matlab_function("F")
def getframe(obj=None):
    """Take a picture of axes or a figure.

    Parameters
    ----------
    obj : handle or int, optional
        Axes or figure; by default the current axes.

    Returns
    -------
    Frame
        Its ``cdata`` is the picture, H×W×3 of uint8.

    Raises
    ------
    TypeError, ValueError
        If `obj` is no axes or figure.

    Notes
    -----
    Documented behaviour; the picture has the size of the figure in pixels.

    Examples
    --------
    >>> from matxai import close, gcf, getframe, imshow
    >>> h = imshow([[0, 1]])
    >>> getframe(gcf()).cdata.shape
    (420, 560, 3)
    >>> close("all")
    """
    handle = None if obj is None else handle_from(obj)
    if handle is None or isinstance(handle, AxesHandle):
        axes = current_axes() if handle is None else axes_of(handle, "getframe: obj")
        return Frame(_pixels(axes.figure, axes))
    return Frame(_pixels(figure_holding(handle, "getframe: obj")))


def _pixels(figure: Any, axes: Any = None) -> np.ndarray:
    from PIL import Image

    picture = io.BytesIO()
    figure.savefig(picture, format="png", dpi=figure.dpi)
    with Image.open(picture) as image:
        pixels = np.array(image.convert("RGB"))
    if axes is None:
        return pixels
    figure.draw_without_rendering()
    left, bottom, right, top = np.round(axes.get_window_extent().extents).astype(int)
    height = len(pixels)
    return pixels[height - top : height - bottom, left:right].copy()
