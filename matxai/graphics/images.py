"""Images in axes: ``imagesc`` and ``image``."""

from __future__ import annotations

from typing import Any

import numpy as np

from matxai.arguments import describe, numeric_array, one_of
from matxai.calling import matlab_function
from matxai.graphics import rulers
from matxai.graphics.containers import axes_first, axes_of
from matxai.graphics.image_handles import ImageHandle, add_image
from matxai.graphics.shading import recolour
from matxai.graphics.state import axes_state, axes_to_draw_in

__all__ = ["image", "imagesc", "pixels_of"]

_interpolation = one_of("nearest", "bilinear")


def pixels_of(value: Any, name: str) -> np.ndarray:
    """Check an image, H×W or H×W×3."""
    array = np.atleast_2d(numeric_array(value, name))
    if array.ndim == 3 and array.shape[2] == 1:
        array = array[:, :, 0]
    if not array.size or not (array.ndim == 2 or array.shape[2:] == (3,)):
        raise ValueError(
            f"{name} must be an H×W or H×W×3 array, but is {describe(value)}. Of several images "
            f"H×W×C×N, show one."
        )
    return array


@axes_first
@matlab_function("im", accepts={"Interpolation": _interpolation})
def imagesc(
    *args,
    AlphaData=None,
    CData=None,
    XData=None,
    YData=None,
    Interpolation="nearest",
    Parent=None,
):
    """Show a matrix in the colours of the colormap, from its lowest to its highest value.

    Parameters
    ----------
    *args
        ``C``, ``x, y, C``, ``C, clims`` or ``x, y, C, clims``: the matrix H×W, or H×W×3 colours;
        places of the centres of its first and last pixels; limits [low, high] of the colours.
        Axes to draw in can come first.
    AlphaData : float or array H×W, optional
        Opacity from 0 to 1, of all or of each pixel; 1 by default.
    CData : array, optional
        The matrix, as an option.
    XData, YData : [first, last], optional
        Places of the centres of the first and last pixels, 1…W and 1…H by default.
    Interpolation : {"nearest", "bilinear"}
        Between pixels, which are squares by default.
    Parent : handle, optional
        Axes to draw in, by default the current ones.

    Returns
    -------
    ImageHandle
        Its properties are CData, AlphaData, XData, YData, CDataMapping, Interpolation, Visible.

    Raises
    ------
    TypeError, ValueError
        If an argument is wrong, such as AlphaData of another size than the matrix.

    See Also
    --------
    colormap : the colours.
    clim : their limits.

    Notes
    -----
    A value v has the colour floor((v − low)/(high − low)·m) + 1 of m, and AlphaData blends
    linearly: both as measured in figures of MATLAB's. All images in the same axes share the
    limits low and high, which reach over all of them unless they are given, and the colormap.
    NaN has the lowest colour. Where axes hold an image, their limits stay.

    Examples
    --------
    >>> import numpy as np
    >>> from matxai import close, colormap, hold, imagesc, imshow
    >>> h = imshow(np.zeros((4, 4, 3)))
    >>> hold("on")
    >>> h = imagesc(np.eye(4), "AlphaData", 0.5)
    >>> colormap("jet")
    >>> h.AlphaData
    0.5
    >>> close("all")
    """
    C, x, y, clims = _image_arguments("imagesc", args, CData, XData, YData)
    return _draw("imagesc", C, x, y, clims, "scaled", AlphaData, Interpolation, Parent)


@axes_first
@matlab_function(
    "im",
    accepts={"Interpolation": _interpolation, "CDataMapping": one_of("direct", "scaled")},
)
def image(
    *args,
    AlphaData=None,
    CData=None,
    CDataMapping="direct",
    XData=None,
    YData=None,
    Interpolation="nearest",
    Parent=None,
):
    """Show a matrix whose values are numbers of colours, or true colours.

    Parameters
    ----------
    *args
        ``C`` or ``x, y, C``: indices into the colormap H×W, from 1 if they are floats and from 0
        if they are integers, or colours H×W×3; places of the centres of the first and last
        pixels. Axes to draw in can come first.
    AlphaData : float or array H×W, optional
        Opacity from 0 to 1; 1 by default.
    CData : array, optional
        The matrix, as an option.
    CDataMapping : {"direct", "scaled"}
        "scaled" for what ``imagesc`` does.
    XData, YData : [first, last], optional
        Places of the centres of the first and last pixels.
    Interpolation : {"nearest", "bilinear"}
        Between pixels.
    Parent : handle, optional
        Axes to draw in, by default the current ones.

    Returns
    -------
    ImageHandle
        Its properties are CData, AlphaData, XData, YData, CDataMapping, Interpolation, Visible.

    Raises
    ------
    TypeError, ValueError
        If an argument is wrong.

    See Also
    --------
    imagesc : scaled to the colormap.
    imshow : with square pixels and without axes.

    Notes
    -----
    Documented behaviour.
    """
    C, x, y, _ = _image_arguments("image", args, CData, XData, YData, most=3)
    return _draw("image", C, x, y, None, CDataMapping, AlphaData, Interpolation, Parent)


def _image_arguments(
    name: str, args: tuple[Any, ...], C: Any, x: Any, y: Any, most: int = 4
) -> tuple[Any, Any, Any, Any]:
    """Sort out ``C``, ``C, clims``, ``x, y, C`` and ``x, y, C, clims``."""
    args, clims = list(args), None
    if len(args) > most:
        raise TypeError(f"{name} takes {most} arguments before its options at most.")
    if most == 4 and len(args) in (2, 4):
        clims = rulers.two_limits(args.pop(), f"{name}: clims")
    if len(args) == 3:
        x, y, C = args
    elif len(args) == 1:
        C = args[0]
    elif args or C is None:
        raise TypeError(f"{name}: C is missing. Call {name}(C) or {name}(x, y, C).")
    return pixels_of(C, f"{name}: C"), x, y, clims


def _draw(
    name: str,
    C: np.ndarray,
    x: Any,
    y: Any,
    clims: tuple[float, float] | None,
    mapping: str,
    alpha: Any,
    interpolation: str,
    parent: Any,
) -> ImageHandle:
    axes = axes_to_draw_in(None if parent is None else axes_of(parent, f"{name}: Parent"))
    handle = add_image(axes, C, mapping, x, y)
    handle.Interpolation = interpolation
    if alpha is not None:
        handle.AlphaData = alpha
    if clims is not None:
        rulers.set_colour_limits(axes, clims)
    recolour(axes)
    if not axes_state(axes).hold:
        handle.fill_axes("auto")
    return handle
