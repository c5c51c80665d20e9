"""Ticks of axes: ``xticks``, ``xticklabels``, ``grid``, and those of y."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from matxai.arguments import one_of, texts
from matxai.calling import matlab_function
from matxai.graphics import rulers
from matxai.graphics.containers import axes_first
from matxai.graphics.limits import chosen_axes, published

__all__ = ["grid", "xticklabels", "xticks", "yticklabels", "yticks"]


def _ticks_function(letter: str) -> Callable[..., Any]:
    name = f"{letter}ticks"

    def function(ticks=None, *, Parent=None):
        axes = chosen_axes(Parent, name)
        if ticks is None:
            return rulers.ticks(axes, letter)
        rulers.set_ticks(axes, letter, ticks, f"{name}: ticks")
        return None

    function.__doc__ = f"""Set or ask for the places of ticks on the {letter} axis.

    Parameters
    ----------
    ticks : array or "auto", optional
        The places, in ascending order; empty for none. Without it, nothing changes.
    Parent : handle, optional
        The axes, by default the current ones; they can also come first.

    Returns
    -------
    numpy.ndarray or None
        Without `ticks` the places within the limits, else nothing.

    Raises
    ------
    TypeError, ValueError
        If `ticks` are no numbers in ascending order.

    See Also
    --------
    {letter}ticklabels : what is written there.

    Notes
    -----
    Documented behaviour; where ticks are by default is matplotlib's choice.
    """
    return published(function, name, "ticks", __name__)


xticks, yticks = _ticks_function("x"), _ticks_function("y")


def _tick_labels_function(letter: str) -> Callable[..., Any]:
    name = f"{letter}ticklabels"

    def function(labels=None, *, Parent=None):
        axes = chosen_axes(Parent, name)
        if labels is None:
            return rulers.tick_labels(axes, letter)
        if isinstance(labels, str) and labels.lower() == "auto":
            rulers.set_ticks(axes, letter, "auto", name)
        else:
            rulers.set_tick_labels(axes, letter, texts(labels, f"{name}: labels"))
        return None

    function.__doc__ = f"""Set or ask for the texts at the ticks of the {letter} axis.

    Parameters
    ----------
    labels : list of str or "auto", optional
        The texts, shown as they stand; empty for none. Where there are too few they are used
        again from the first. Without it, nothing changes.
    Parent : handle, optional
        The axes, by default the current ones; they can also come first.

    Returns
    -------
    list of str or None
        Without `labels` the texts, else nothing.

    Raises
    ------
    TypeError
        If `labels` are no texts.

    See Also
    --------
    {letter}ticks : where they are.

    Notes
    -----
    Documented behaviour, without MATLAB's TeX marks.
    """
    return published(function, name, "labels", __name__)


xticklabels, yticklabels = _tick_labels_function("x"), _tick_labels_function("y")


@axes_first
@matlab_function()
def grid(state=None, *, Parent=None):
    """Show or hide the lines at the ticks.

    Parameters
    ----------
    state : {"on", "off", "minor"}, optional
        Without it, the state changes to the other one.
    Parent : handle, optional
        The axes, by default the current ones; they can also come first.

    Raises
    ------
    TypeError, ValueError
        If `state` is another word.

    Notes
    -----
    Documented behaviour. MATLAB's command ``grid on`` is ``grid("on")``.
    """
    axes = chosen_axes(Parent, "grid")
    shown = any(line.get_visible() for line in axes.get_xgridlines())
    word = "off" if shown else "on"
    if state is not None:
        word = one_of("on", "off", "minor")(state, "grid: state")
    if word == "minor":
        axes.minorticks_on()
        axes.grid(True, which="minor", linewidth=0.4)
    else:
        axes.grid(word == "on", which="major")
        axes.set_axisbelow(True)
