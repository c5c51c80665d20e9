"""Limits and looks of axes: ``axis``, ``xlim``, ``ylim``, ``clim`` and ``caxis``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from matxai.arguments import describe, one_of
from matxai.calling import matlab_function
from matxai.graphics import rulers
from matxai.graphics.containers import AxesHandle, axes_first, axes_of
from matxai.graphics.shading import recolour
from matxai.graphics.state import axes_state, current_axes

__all__ = ["axis", "caxis", "chosen_axes", "clim", "published", "xlim", "ylim"]


def chosen_axes(parent: Any, name: str) -> Any:
    """Give the axes of the option Parent, the current ones where it is not given."""
    return current_axes() if parent is None else axes_of(parent, f"{name}: Parent")


def _fit(axes: Any) -> None:
    rulers.fit_limits(axes, "x")
    rulers.fit_limits(axes, "y")


def _equal(axes: Any) -> None:
    axes.set_box_aspect(None)
    axes.set_aspect("equal", adjustable="datalim")


def _image(axes: Any) -> None:
    axes.set_box_aspect(None)
    axes.set_aspect("equal", adjustable="box")
    _fit(axes)


def _normal(axes: Any) -> None:
    axes.set_box_aspect(None)
    axes.set_aspect("auto")


def _auto(axes: Any) -> None:
    axes.set_autoscale_on(True)
    axes.autoscale_view()


_STYLES: dict[str, Callable[[Any], Any]] = {
    "on": lambda axes: axes.set_axis_on(),
    "off": lambda axes: axes.set_axis_off(),
    "tight": _fit,
    "equal": _equal,
    "image": _image,
    "square": lambda axes: axes.set_box_aspect(1),
    "normal": _normal,
    "fill": _normal,
    "auto": _auto,
    "manual": lambda axes: axes.set_autoscale_on(False),
    "ij": lambda axes: axes.yaxis.set_inverted(True),
    "xy": lambda axes: axes.yaxis.set_inverted(False),
}
_style = one_of(*_STYLES)


@axes_first
@matlab_function("lim")
def axis(*args, Parent=None):
    """Set the limits and the looks of axes.

    Parameters
    ----------
    *args
        Words: "on", "off", "tight", "equal", "image", "square", "normal", "fill", "auto",
        "manual", "ij" or "xy"; or limits [xmin, xmax, ymin, ymax]; or nothing, which asks for
        the limits. Axes can come first, or a list of several.
    Parent : handle, optional
        The axes, by default the current ones.

    Returns
    -------
    numpy.ndarray, shape (4,), or None
        Without arguments the limits, else nothing.

    Raises
    ------
    TypeError, ValueError
        If a word is another one, or limits are not four numbers in order.

    Notes
    -----
    Documented behaviour. MATLAB's command ``axis off`` is ``axis("off")``.

    Examples
    --------
    >>> from matxai import axis, close
    >>> axis([0, 10, -1, 1])
    >>> axis()
    array([ 0., 10., -1.,  1.])
    >>> axis("square", "off")
    >>> close("all")
    """
    several = args and isinstance(args[0], Sequence | np.ndarray) and len(args[0]) > 0
    if several and all(isinstance(one, AxesHandle) for one in args[0]):
        for one in args[0]:
            axis(one, *args[1:])
        return None
    axes = chosen_axes(Parent, "axis")
    if not args:
        return np.concatenate([rulers.limits(axes, "x"), rulers.limits(axes, "y")])
    for arg in args:
        if isinstance(arg, str):
            for word in arg.split():
                _STYLES[_style(word, "axis: style")](axes)
            continue
        if np.size(arg) != 4:
            raise ValueError(
                f"axis: limits must be [xmin, xmax, ymin, ymax], but are {describe(arg)}."
            )
        pairs = np.reshape(np.asarray(arg), (2, 2))
        for letter, pair in zip("xy", pairs, strict=True):
            rulers.set_limits(axes, letter, rulers.two_limits(pair, "axis: limits"))
    return None


def _limits_function(letter: str) -> Callable[..., Any]:
    name = f"{letter}lim"

    def function(limits=None, *, Parent=None):
        axes = chosen_axes(Parent, name)
        if limits is None:
            return rulers.limits(axes, letter)
        if not isinstance(limits, str):
            rulers.set_limits(axes, letter, rulers.two_limits(limits, f"{name}: limits"))
            return None
        word = one_of("auto", "tight", "manual")(limits, f"{name}: limits")
        if word == "tight":
            rulers.fit_limits(axes, letter)
        else:
            getattr(axes, f"set_autoscale{letter}_on")(word == "auto")
            axes.autoscale_view()
        return None

    function.__doc__ = f"""Set or ask for the limits of the {letter} axis.

    Parameters
    ----------
    limits : [low, high] or str, optional
        The limits; or "auto" to let them follow what is drawn, "tight" to set them to what is
        drawn, "manual" to leave them where they are. Without it, nothing changes.
    Parent : handle, optional
        The axes, by default the current ones; they can also come first.

    Returns
    -------
    numpy.ndarray, shape (2,), or None
        Without `limits` the limits, else nothing.

    Raises
    ------
    TypeError, ValueError
        If `limits` are not two numbers in order.

    See Also
    --------
    axis : both at once.

    Notes
    -----
    Documented behaviour.

    Examples
    --------
    >>> from matxai import close, {name}
    >>> {name}([2, 3])
    >>> {name}()
    array([2., 3.])
    >>> close("all")
    """
    return published(function, name, "limits", __name__)


def published(
    function: Callable[..., Any], name: str, output: str, module: str
) -> Callable[..., Any]:
    """Name a function that was made for an axis, and make it MATLAB's."""
    function.__name__ = function.__qualname__ = name
    function.__module__ = module
    return axes_first(matlab_function(output)(function))


xlim, ylim = _limits_function("x"), _limits_function("y")


def _colour_limits_function(name: str, other: str) -> Callable[..., Any]:
    def function(limits=None, *, Parent=None):
        axes = chosen_axes(Parent, name)
        if limits is None:
            norm = axes_state(axes).norm
            return np.array([norm.vmin, norm.vmax])
        if isinstance(limits, str):
            auto = one_of("auto", "manual")(limits, f"{name}: limits") == "auto"
            axes_state(axes).limits_given = not auto
        else:
            rulers.set_colour_limits(axes, rulers.two_limits(limits, f"{name}: limits"))
        recolour(axes)
        return None

    function.__doc__ = f"""Set or ask for the values of the first and the last colour of axes.

    Parameters
    ----------
    limits : [low, high], "auto" or "manual", optional
        The values; or "auto" to let them span all images in the axes, "manual" to leave them
        where they are. Without it, nothing changes.
    Parent : handle, optional
        The axes, by default the current ones; they can also come first.

    Returns
    -------
    numpy.ndarray, shape (2,), or None
        Without `limits` the values, else nothing.

    Raises
    ------
    TypeError, ValueError
        If `limits` are not two numbers in order.

    See Also
    --------
    {other} : the same.
    colormap : the colours.

    Notes
    -----
    Measured in figures of MATLAB's: several images in the same axes share these limits.

    Examples
    --------
    >>> from matxai import {name}, close, imagesc
    >>> h = imagesc([[1, 4]])
    >>> {name}()
    array([1., 4.])
    >>> close("all")
    """
    return published(function, name, "limits", __name__)


clim, caxis = _colour_limits_function("clim", "caxis"), _colour_limits_function("caxis", "clim")
