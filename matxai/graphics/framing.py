"""Axes themselves: ``axes``, ``box``, ``linkaxes``, ``xtickangle`` and ``ytickangle``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from matxai.arguments import one_of, real_scalar
from matxai.calling import matlab_function
from matxai.graphics import rulers
from matxai.graphics.containers import (
    axes_first,
    axes_handle,
    axes_of,
    figure_of,
    use_figure,
)
from matxai.graphics.limits import chosen_axes, published
from matxai.graphics.state import DEFAULT_POSITION, current_figure, new_axes
from matxai.graphics.writing import set_options

__all__ = ["axes", "box", "linkaxes", "xtickangle", "ytickangle"]


@matlab_function("ax", accepts={"Units": one_of("normalized")})
def axes(
    ax=None,
    *,
    Position=DEFAULT_POSITION,
    Units="normalized",
    Visible=None,
    XLim=None,
    YLim=None,
    Color=None,
    Box=None,
    FontSize=None,
    NextPlot=None,
    Tag=None,
    Parent=None,
):
    """Make axes, or make axes that are there the current ones.

    Parameters
    ----------
    ax : handle, optional
        Axes that become the current ones; or the figure to make new ones in.
    Position : [left, bottom, width, height]
        Where new axes stand, in parts of the figure.
    Units : {"normalized"}
        Units of `Position`.
    Visible, XLim, YLim, Color, Box, FontSize, NextPlot, Tag : optional
        Properties of the new axes.
    Parent : handle, optional
        The figure, by default the current one.

    Returns
    -------
    AxesHandle
        The axes, as ``gca`` returns them.

    Raises
    ------
    TypeError, ValueError
        If an argument is wrong.

    See Also
    --------
    subplot : axes at the places of a grid.

    Notes
    -----
    Documented behaviour: new axes lie above those that are there, and cover them where they have
    a colour.

    Examples
    --------
    >>> from matxai import axes, close
    >>> ax = axes("Position", [0.1, 0.2, 0.5, 0.5])
    >>> ax.Position
    array([0.1, 0.2, 0.5, 0.5])
    >>> close("all")
    """
    is_figure = ax is not None and (getattr(ax, "_kind", "") == "Figure" or hasattr(ax, "savefig"))
    if ax is not None and not is_figure:
        chosen = axes_of(ax, "axes: ax")
        use_figure(chosen.figure)
        chosen.figure.sca(chosen)
        return axes_handle(chosen)
    parent = ax if is_figure else Parent
    figure = current_figure() if parent is None else figure_of(parent, "axes: Parent")
    handle = axes_handle(new_axes(figure, rulers.position(Position, "axes: Position")))
    set_options(
        handle,
        Visible=Visible,
        XLim=XLim,
        YLim=YLim,
        Color=Color,
        Box=Box,
        FontSize=FontSize,
        NextPlot=NextPlot,
        Tag=Tag,
    )
    return handle


@axes_first
@matlab_function()
def box(state=None, *, Parent=None):
    """Show or hide the sides of the axes that have no ruler.

    Parameters
    ----------
    state : {"on", "off"}, optional
        Without it, the state changes to the other one.
    Parent : handle, optional
        The axes, by default the current ones; they can also come first.

    Raises
    ------
    TypeError, ValueError
        If `state` is another word.

    Notes
    -----
    Documented behaviour. MATLAB's command ``box off`` is ``box("off")``.

    Examples
    --------
    >>> from matxai import box, close, gca
    >>> box("off")
    >>> gca().Box
    'off'
    >>> close("all")
    """
    handle = axes_handle(chosen_axes(Parent, "box"))
    other = "off" if handle.Box == "on" else "on"
    handle.Box = other if state is None else one_of("on", "off")(state, "box: state")


@matlab_function(accepts={"dimension": one_of("xy", "x", "y", "off")})
def linkaxes(ax, dimension="xy"):
    """Give axes the same limits, now and when one of them changes.

    Parameters
    ----------
    ax : list of handle
        The axes.
    dimension : {"xy", "x", "y", "off"}
        Which limits; "off" lets each have its own again.

    Raises
    ------
    TypeError, ValueError
        If `ax` are no axes, or `dimension` is another word.

    Notes
    -----
    Documented behaviour: the limits are first those that hold what all axes show. Chosen: axes
    that are emptied are no longer linked.

    Examples
    --------
    >>> from matxai import close, linkaxes, plot, subplot, xlim
    >>> left, right = subplot(1, 2, 1), subplot(1, 2, 2)
    >>> linkaxes([left, right], "x")
    >>> xlim(left, [0, 5])
    >>> right.XLim
    array([0., 5.])
    >>> close("all")
    """
    items = ax if isinstance(ax, (list, tuple, np.ndarray)) else [ax]
    linked = [axes_of(each, "linkaxes: ax") for each in np.ravel(np.array(items, dtype=object))]
    for each in linked:
        for signal in each.__dict__.pop("_matxai_links", ()):
            each.callbacks.disconnect(signal)
    for letter in "" if dimension == "off" else dimension:
        ends = np.array([rulers.limits(each, letter) for each in linked])
        _link(linked, letter)
        # The others follow.
        rulers.set_limits(linked[0], letter, (float(ends[:, 0].min()), float(ends[:, 1].max())))


def _link(linked: list[Any], letter: str) -> None:
    def follow(changed: Any) -> None:
        pair = tuple(rulers.limits(changed, letter).tolist())
        for each in linked:
            if tuple(rulers.limits(each, letter).tolist()) != pair:
                rulers.set_limits(each, letter, pair)

    for each in linked:
        signal = each.callbacks.connect(f"{letter}lim_changed", follow)
        # The callbacks of matplotlib hold functions weakly.
        each.__dict__.setdefault("_matxai_links", {})[signal] = follow


def _angle_function(letter: str) -> Callable[..., Any]:
    name = f"{letter}tickangle"

    def function(angle=None, *, Parent=None):
        chosen = chosen_axes(Parent, name)
        if angle is None:
            return float(getattr(chosen, "_matxai_angles", {}).get(letter, 0.0))
        degrees = real_scalar(angle, f"{name}: angle")
        chosen.__dict__.setdefault("_matxai_angles", {})[letter] = degrees
        chosen.tick_params(axis=letter, labelrotation=degrees)
        if letter == "x":
            _hang(chosen, degrees)
        return None

    function.__doc__ = f"""Turn the texts at the ticks of the {letter} axis, or ask for their angle.

    Parameters
    ----------
    angle : float, optional
        Degrees, against the clock. Without it, nothing changes.
    Parent : handle, optional
        The axes, by default the current ones; they can also come first.

    Returns
    -------
    float or None
        Without `angle` the angle, else nothing.

    Raises
    ------
    TypeError, ValueError
        If `angle` is no finite number.

    Notes
    -----
    Documented behaviour.

    Examples
    --------
    >>> from matxai import close, {name}
    >>> {name}(45)
    >>> {name}()
    45.0
    >>> close("all")
    """
    return published(function, name, "angle", __name__)


def _hang(chosen: Any, degrees: float) -> None:
    """Let turned texts end, or begin, at their ticks."""
    turned = degrees % 180
    side = "center" if turned in (0, 90) else ("right" if turned < 90 else "left")
    for tick in chosen.get_xticklabels():
        tick.set_horizontalalignment(side)
        tick.set_rotation_mode("default" if side == "center" else "anchor")


xtickangle, ytickangle = _angle_function("x"), _angle_function("y")
