"""Figures: ``figure``, ``gcf``, ``gca``, ``clf``, ``close`` and ``drawnow``."""

from __future__ import annotations

from typing import Any

from matxai.arguments import one_of, positive_integer
from matxai.calling import matlab_function
from matxai.graphics.containers import (
    FigureHandle,
    axes_handle,
    figure_handle,
    figure_of,
)
from matxai.graphics.state import (
    current_axes,
    current_figure,
    figure_numbers,
    figure_state,
    figure_with,
    forget_figure,
    new_figure,
    select_figure,
)
from matxai.graphics.writing import set_options

__all__ = ["clf", "close", "drawnow", "empty_figure", "figure", "gca", "gcf"]


@matlab_function("f")
def figure(
    f=None, *, Name=None, Visible=None, Position=None, Color=None, Units=None, NumberTitle=None
):
    """Make a figure, or make an existing one the current figure.

    Parameters
    ----------
    f : int or handle, optional
        Number of the figure, which is made if there is none, or handle of one. By default a
        figure with the lowest free number is made.
    Name : str, optional
        Title of the window.
    Visible : {"on", "off"}, optional
        Whether it is shown; "on" by default. Invisible figures can be drawn in and saved.
    Position : [left, bottom, width, height], optional
        In pixels by default; 560 wide and 420 high at first.
    Color : colour, optional
        Background; white at first.
    Units : {"pixels", "normalized", "inches", "centimeters", "points"}, optional
        Units of Position; "normalized" is relative to a screen of 1920×1080.
    NumberTitle : any, optional
        Has no effect.

    Returns
    -------
    FigureHandle
        Handle with the properties Number, Name, Visible, Position, Color, Colormap, CurrentAxes
        and Children.

    Raises
    ------
    TypeError, ValueError
        If `f` is no positive integer and no figure that is there, or an option is wrong.

    See Also
    --------
    close : close figures.

    Notes
    -----
    Documented behaviour. The figures are pyplot's: notebooks show those of a cell under it, and
    ``matplotlib.pyplot.show()`` shows them at the end of a script. Chosen: the background is
    white, and 96 pixels are an inch.

    Examples
    --------
    >>> from matxai import close, figure, gcf
    >>> f = figure(2, "Visible", "off")
    >>> f.Number, gcf() == f
    (2, True)
    >>> close("all")
    """
    if f is None:
        made = new_figure()
    elif isinstance(f, FigureHandle) or hasattr(f, "savefig"):
        made = figure_of(f, "f")
    else:
        number = positive_integer(f, "f")
        made = figure_with(number) or new_figure(number)
    select_figure(made)
    handle = figure_handle(made)
    set_options(handle, Name=Name, Units=Units, Position=Position, Color=Color, Visible=Visible)
    return handle


@matlab_function("fig")
def gcf():
    """Give the current figure, and make one if there is none.

    Returns
    -------
    FigureHandle
        Its handle.

    See Also
    --------
    gca : the current axes.

    Examples
    --------
    >>> from matxai import close, gcf
    >>> gcf()
    <Figure 1>
    >>> close("all")
    """
    return figure_handle(current_figure())


@matlab_function("ax")
def gca():
    """Give the current axes, and make some if there are none.

    Returns
    -------
    AxesHandle
        Their handle: Title, XLabel, YLabel, XLim, YLim, CLim, XTick, YTick, XTickLabel,
        YTickLabel, XDir, YDir, Position, Colormap, NextPlot, Visible, Box, Color, FontSize,
        Children and Parent are properties.

    See Also
    --------
    gcf : the current figure.

    Examples
    --------
    >>> from matxai import close, gca
    >>> gca().XLim = [0, 5]
    >>> gca().XLim
    array([0., 5.])
    >>> close("all")
    """
    return axes_handle(current_axes())


@matlab_function("fig")
def clf(fig=None):
    """Empty a figure.

    Parameters
    ----------
    fig : int or handle, optional
        The figure; by default the current one, which is made if there is none.

    Returns
    -------
    FigureHandle
        Its handle.

    Raises
    ------
    TypeError, ValueError
        If `fig` is no figure.

    Examples
    --------
    >>> from matxai import clf, close, gcf, imshow
    >>> h = imshow([[0, 1]])
    >>> clf().Children
    []
    >>> close("all")
    """
    made = current_figure() if fig is None else figure_of(fig, "fig")
    empty_figure(made)
    return figure_handle(made)


def empty_figure(figure: Any) -> None:
    """Take all axes and texts out of a figure of matplotlib."""
    figure.clear()
    figure.set_layout_engine("none")
    figure_state(figure).layout = None


@matlab_function()
def close(fig=None):
    """Close figures.

    Parameters
    ----------
    fig : int, handle, str or list of these, optional
        Number, handle or Name of the figure, or "all". By default the current figure is closed,
        if there is one.

    Raises
    ------
    TypeError, ValueError
        If `fig` is no figure.

    Examples
    --------
    >>> from matxai import close, figure
    >>> f1, f2 = figure(), figure()
    >>> close("all")
    """
    if fig is None:
        current = current_figure(make=False)
        numbers = [] if current is None else [figure_state(current).number]
    elif isinstance(fig, str):
        numbers = _numbers_named(fig)
    else:
        items = fig if isinstance(fig, (list, tuple)) else [fig]
        numbers = [figure_state(figure_of(item, "fig")).number for item in items]
    for number in numbers:
        forget_figure(number)


def _numbers_named(name: str) -> list[int]:
    numbers = figure_numbers()
    if name.lower() == "all":
        return numbers
    named = [n for n in numbers if figure_handle(figure_with(n)).Name == name]
    if not named:
        raise ValueError(f'close: fig must be "all" or the Name of a figure, but is {name!r}.')
    return named


@matlab_function()
def drawnow(option=None):
    """Draw what has changed in the current figure, where there is a window.

    Parameters
    ----------
    option : {"limitrate", "nocallbacks", "expose", "update"}, optional
        Has no effect.

    Raises
    ------
    ValueError
        If `option` is another word.
    """
    if option is not None:
        one_of("limitrate", "nocallbacks", "expose", "update")(option, "drawnow: option")
    figure = current_figure(make=False)
    if figure is not None:
        figure.canvas.draw_idle()
        figure.canvas.flush_events()
