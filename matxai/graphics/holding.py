"""What stays in axes: ``hold``, ``ishold`` and ``cla``."""

from __future__ import annotations

from matxai.arguments import one_of
from matxai.calling import matlab_function
from matxai.graphics.containers import axes_first, axes_of
from matxai.graphics.state import axes_state, current_axes, reset_axes

__all__ = ["cla", "hold", "ishold"]


@axes_first
@matlab_function()
def hold(state=None, *, Parent=None):
    """Keep what is in the axes when something is drawn into them.

    Parameters
    ----------
    state : {"on", "off", "all"}, optional
        "on" keeps; with "off", as at first, drawing empties the axes before. Without it, the
        state changes to the other one.
    Parent : handle, optional
        The axes, by default the current ones; they can also come first.

    Raises
    ------
    TypeError, ValueError
        If `state` is another word, or `Parent` are no axes.

    See Also
    --------
    ishold : ask for the state.

    Notes
    -----
    Documented behaviour. MATLAB's command ``hold on`` is ``hold("on")``.

    Examples
    --------
    >>> from matxai import close, hold, ishold
    >>> hold("on")
    >>> ishold()
    True
    >>> close("all")
    """
    axes = current_axes() if Parent is None else axes_of(Parent, "Parent")
    kept = axes_state(axes)
    if state is None:
        kept.hold = not kept.hold
    else:
        kept.hold = one_of("on", "off", "all")(state, "hold: state") != "off"


@matlab_function("tf")
def ishold(ax=None):
    """Tell whether axes keep what is in them when something is drawn.

    Parameters
    ----------
    ax : handle, optional
        The axes; by default the current ones.

    Returns
    -------
    bool
        The state that ``hold`` sets.

    Raises
    ------
    TypeError, ValueError
        If `ax` are no axes.
    """
    axes = current_axes(make=False) if ax is None else axes_of(ax, "ax")
    return axes is not None and axes_state(axes).hold


@matlab_function()
def cla(ax=None):
    """Empty axes and give them their defaults again.

    Parameters
    ----------
    ax : handle, optional
        The axes; by default the current ones, which are made if there are none.

    Raises
    ------
    TypeError, ValueError
        If `ax` are no axes.

    Notes
    -----
    Chosen: limits, titles and directions are reset as well, as ``cla("reset")`` does in MATLAB.
    """
    reset_axes(current_axes() if ax in (None, "reset") else axes_of(ax, "ax"))
