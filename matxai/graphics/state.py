"""What MATLAB knows of its figures and axes: which is current, what is held, whose colours count.

matplotlib's pyplot holds the figures, so that notebooks show them; what it has no notion of stands
beside each figure and axes here. Invisible figures are kept from pyplot, which would show them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from matxai.images.palettes import LINE_COLOURS, default_palette

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = [
    "DEFAULT_POSITION",
    "AxesState",
    "FigureState",
    "axes_state",
    "axes_to_draw_in",
    "current_axes",
    "current_figure",
    "figure_numbers",
    "figure_state",
    "figure_with",
    "forget_figure",
    "is_visible",
    "new_axes",
    "new_figure",
    "put_on_top",
    "remove_axes",
    "remove_colorbar",
    "reset_axes",
    "select_figure",
    "show_figure",
]

# MATLAB's: 560×420 pixels of 1/96 inch, and where the axes stand in it.
DEFAULT_SIZE, PIXELS_PER_INCH = (560, 420), 96
DEFAULT_POSITION = (0.13, 0.11, 0.775, 0.815)


@dataclass
class FigureState:
    """What belongs to a figure."""

    number: int
    colormap: np.ndarray = field(default_factory=default_palette)
    layout: Any = None
    units: str = "pixels"
    corner: tuple[float, float] = (1.0, 1.0)


@dataclass
class AxesState:
    """What belongs to axes: hold, their own colormap or none, and one norm for all images."""

    norm: Any
    hold: bool = False
    colormap: np.ndarray | None = None
    limits_given: bool = False
    images: list[Any] = field(default_factory=list)
    bar: Any = None
    before_bar: Any = None
    drawn: int = 0
    spot: tuple[float, float, float, float] | None = None


def _pyplot() -> Any:
    import matplotlib.pyplot as plt

    return plt


def figure_state(figure: Figure) -> FigureState:
    """Give the state of a figure; one that pyplot made gets its own here."""
    if not hasattr(figure, "_matxai_state"):
        figure._matxai_state = FigureState(getattr(figure, "number", 0))
    return figure._matxai_state


def axes_state(axes: Axes) -> AxesState:
    """Give the state of axes; those that pyplot made get their own here."""
    if not hasattr(axes, "_matxai_state"):
        from matplotlib.colors import Normalize

        axes._matxai_state = AxesState(Normalize(0, 1))
    return axes._matxai_state


# Figures


class _Invisible:
    """Figures that pyplot does not know, and whether one of them is the current figure."""

    def __init__(self) -> None:
        self.managers: dict[int, Any] = {}
        self.current: int | None = None


_invisible = _Invisible()


def figure_numbers() -> list[int]:
    """Give the numbers of all figures, in ascending order."""
    return sorted({*_pyplot().get_fignums(), *_invisible.managers})


def figure_with(number: int) -> Figure | None:
    """Give the figure of a number, if there is one."""
    if number in _invisible.managers:
        return _invisible.managers[number].canvas.figure
    from matplotlib._pylab_helpers import Gcf

    manager = Gcf.figs.get(number)
    return manager.canvas.figure if manager else None


def current_figure(make: bool = True) -> Figure | None:
    """Give the current figure, making one if there is none and it is wanted."""
    plt = _pyplot()
    if _invisible.current is not None:
        return figure_with(_invisible.current)
    if plt.get_fignums():
        return plt.gcf()
    if _invisible.managers:
        _invisible.current = max(_invisible.managers)
        return figure_with(_invisible.current)
    return new_figure() if make else None


def new_figure(number: int | None = None) -> Figure:
    """Make a figure, the current one from now on, with the lowest free number by default."""
    import matplotlib

    taken = figure_numbers()
    number = number or next(n for n in range(1, len(taken) + 2) if n not in taken)
    size = tuple(length / PIXELS_PER_INCH for length in DEFAULT_SIZE)
    # MATLAB does not warn of many figures.
    with matplotlib.rc_context({"figure.max_open_warning": 0}):
        figure = _pyplot().figure(number, figsize=size, dpi=PIXELS_PER_INCH, facecolor="white")
    figure_state(figure).number = number
    _invisible.current = None
    return figure


def select_figure(figure: Figure) -> None:
    """Make a figure the current one."""
    number = figure_state(figure).number
    if number in _invisible.managers:
        _invisible.current = number
    else:
        _pyplot().figure(number)
        _invisible.current = None


def show_figure(figure: Figure, visible: bool) -> None:
    """Make a figure visible or invisible, without changing which one is current."""
    from matplotlib._pylab_helpers import Gcf

    number, before = figure_state(figure).number, current_figure()
    if visible and number in _invisible.managers:
        Gcf.set_active(_invisible.managers.pop(number))
    elif not visible and number in Gcf.figs:
        _invisible.managers[number] = Gcf.figs.pop(number)
    select_figure(before)


def is_visible(figure: Figure) -> bool:
    """Tell whether a figure is shown."""
    return figure_state(figure).number not in _invisible.managers


def forget_figure(number: int) -> None:
    """Close a figure."""
    manager = _invisible.managers.pop(number, None)
    if manager is None:
        _pyplot().close(number)
    else:
        manager.destroy()
    if _invisible.current == number:
        _invisible.current = None


# Axes


def current_axes(make: bool = True) -> Axes | None:
    """Give the current axes of the current figure, making what is missing if it is wanted."""
    figure = current_figure(make)
    if figure is not None and figure.axes:
        return figure.gca()
    return new_axes(figure, DEFAULT_POSITION) if make else None


def new_axes(figure: Figure, place: Any) -> Axes:
    """Make axes at a position [left bottom width height] or a matplotlib SubplotSpec."""
    spot = place if isinstance(place, tuple) else None
    axes = figure.add_axes(place) if spot else figure.add_subplot(place)
    axes_state(axes).spot = spot
    reset_axes(axes)
    return axes


def axes_to_draw_in(axes: Axes | None = None) -> Axes:
    """Give the axes to draw in, the current ones by default, and empty them unless held."""
    axes = axes or current_axes()
    if not axes_state(axes).hold:
        reset_axes(axes)
    return axes


def put_on_top(axes: Axes, artist: Any) -> None:
    """Let what is drawn later cover what is there, whatever it is: matplotlib goes by kind."""
    state = axes_state(axes)
    state.drawn += 1
    # Between matplotlib's grid, at 0.5, and its frame, at 2.5.
    artist.set_zorder(2 - 1 / (1 + state.drawn))


def reset_axes(axes: Axes) -> None:
    """Empty axes and give them MATLAB's defaults again; where they stand stays."""
    from cycler import cycler

    state = axes_state(axes)
    remove_colorbar(axes)
    axes.clear()
    axes.set_axis_on()
    axes.set_aspect("auto")
    axes.set_box_aspect(None)
    axes.set_prop_cycle(cycler(color=LINE_COLOURS))
    axes._matxai_state = AxesState(type(state.norm)(0, 1), spot=state.spot)


def remove_colorbar(axes: Axes) -> None:
    """Take the colour bar of axes away and give them its place."""
    state = axes_state(axes)
    if state.bar is None:
        return
    current = axes.figure.gca()
    bar, state.bar = state.bar, None
    bar.remove()
    # In layouts the engine gives the place back.
    if axes.figure.get_layout_engine() is None or state.spot is not None:
        axes.set_position(state.before_bar)
    axes.set_anchor("C")
    axes.figure.sca(current if current in axes.figure.axes else axes)


def remove_axes(axes: Axes) -> None:
    """Delete axes with their colour bar."""
    remove_colorbar(axes)
    axes.remove()
