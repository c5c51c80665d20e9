"""``colormap`` and ``colorbar``."""

from __future__ import annotations

from typing import Any

import numpy as np

from matxai.arguments import describe, numeric_array, one_of, real_scalar, texts
from matxai.calling import matlab_function
from matxai.graphics.containers import AxesHandle, axes_first, axes_of, figure_of, handle_from
from matxai.graphics.handles import Handle, handle_of
from matxai.graphics.rulers import two_limits
from matxai.graphics.shading import (
    recolour,
    set_axes_colours,
    set_figure_colours,
    table_from,
    table_of,
)
from matxai.graphics.state import (
    axes_state,
    current_axes,
    current_figure,
    figure_state,
    remove_colorbar,
)
from matxai.graphics.writing import TextHandle, set_options

__all__ = ["ColorbarHandle", "colorbar", "colormap"]


@matlab_function("cmap")
def colormap(target=None, map=None):
    """Set or ask for the colours that images are drawn with.

    Parameters
    ----------
    target : handle, optional
        Axes or figure; by default the current figure, and with it all axes in it. It can be left
        out: ``colormap("jet")``.
    map : str or array m×3, optional
        Name of a colormap, such as "jet", "parula", "gray", "hot", "turbo" or "default", which
        gets as many colours as the current one; or the colours themselves, from 0 to 1. Without
        it, nothing changes.

    Returns
    -------
    numpy.ndarray, shape (m, 3), or None
        Without `map` the colormap that counts, else nothing.

    Raises
    ------
    TypeError, ValueError
        If `target` is no axes or figure, or `map` no colormap.

    See Also
    --------
    jet, parula, gray : make the colours of a colormap.
    clim : which values are the first and the last colour.

    Notes
    -----
    Documented behaviour: the colormap belongs to the figure, or to axes that were given one of
    their own, as ``imshow`` gives them gray; the last call counts. ``jet`` is MATLAB's. MATLAB's
    parula is not published: matplotlib's viridis stands in for it.

    Examples
    --------
    >>> from matxai import close, colormap
    >>> colormap("hot")
    >>> colormap()[-1]
    array([1., 1., 1.])
    >>> close("all")
    """
    if map is None and not _is_container(target):
        target, map = None, target
    if target is None:
        figure = current_figure()
    elif isinstance(handle_from(target), AxesHandle):
        return _axes_colormap(axes_of(target, "colormap: target"), map)
    elif _is_container(target):
        figure = figure_of(target, "colormap: target")
    else:
        raise TypeError(f"colormap: target must be axes or a figure, not {describe(target)}.")
    table = figure_state(figure).colormap
    if map is None:
        return table.copy()
    set_figure_colours(figure, table_from(map, len(table), "colormap: map"))
    return None


def _is_container(value: Any) -> bool:
    return isinstance(value, Handle) or hasattr(value, "get_xlim") or hasattr(value, "savefig")


def _axes_colormap(axes: Any, map: Any) -> np.ndarray | None:
    table = table_of(axes)
    if map is None:
        return table.copy()
    set_axes_colours(axes, table_from(map, len(table), "colormap: map"))
    return None


# Bars inside of axes are drawn outside: matplotlib keeps them from what is drawn.
_LOCATIONS = {
    "eastoutside": "right",
    "westoutside": "left",
    "northoutside": "top",
    "southoutside": "bottom",
    "east": "right",
    "west": "left",
    "north": "top",
    "south": "bottom",
}
_location = one_of(*_LOCATIONS)


class ColorbarHandle(Handle):
    """Handle of a colour bar, as ``colorbar`` returns it.

    Attributes
    ----------
    Label : TextHandle
        The text along it.
    Ticks : numpy.ndarray
        Values with ticks.
    TickLabels : list of str
        Texts at the ticks.
    Limits : numpy.ndarray, shape (2,)
        Lowest and highest value shown.
    FontSize : float
        Of the texts.
    """

    _kind = "ColorBar"

    @property
    def Visible(self) -> str:
        return "on" if self._artist.ax.get_visible() else "off"

    @Visible.setter
    def Visible(self, value: Any) -> None:
        self._artist.ax.set_visible(one_of("on", "off")(value, "Visible") == "on")

    def _ruler(self) -> Any:
        axes = self._artist.ax
        return axes.yaxis if self._artist.orientation == "vertical" else axes.xaxis

    @property
    def Label(self) -> TextHandle:
        return handle_of(self._ruler().label, TextHandle)

    @property
    def Ticks(self) -> np.ndarray:
        low, high = self.Limits
        places = np.asarray(self._artist.get_ticks(), dtype=np.float64)
        return places[(places >= low) & (places <= high)]

    @Ticks.setter
    def Ticks(self, value: Any) -> None:
        self._artist.set_ticks(numeric_array(value, "Ticks").astype(np.float64).reshape(-1))

    @property
    def TickLabels(self) -> list[str]:
        return [text.get_text() for text in self._ruler().get_ticklabels()]

    @TickLabels.setter
    def TickLabels(self, value: Any) -> None:
        labels, places = texts(value, "TickLabels"), self.Ticks
        shown = [labels[i % len(labels)] if labels else "" for i in range(len(places))]
        self._artist.set_ticks(places, labels=shown)

    @property
    def Limits(self) -> np.ndarray:
        axes = self._artist.ax
        pair = axes.get_ylim() if self._artist.orientation == "vertical" else axes.get_xlim()
        return np.sort(np.array(pair, dtype=np.float64))

    @Limits.setter
    def Limits(self, value: Any) -> None:
        pair = two_limits(value, "Limits")
        axes = self._artist.ax
        set_ = axes.set_ylim if self._artist.orientation == "vertical" else axes.set_xlim
        set_(pair)

    @property
    def FontSize(self) -> float:
        return float(self._ruler().label.get_size())

    @FontSize.setter
    def FontSize(self, value: Any) -> None:
        size = real_scalar(value, "FontSize")
        self._artist.ax.tick_params(labelsize=size)
        self._ruler().label.set_size(size)


@axes_first
@matlab_function("c")
def colorbar(
    location=None,
    *,
    Location=None,
    Ticks=None,
    TickLabels=None,
    Limits=None,
    FontSize=None,
    Parent=None,
):
    """Show the colours of axes, and their values, in a bar beside them.

    Parameters
    ----------
    location : str, optional
        "eastoutside", the default, "westoutside", "northoutside" or "southoutside"; or "off",
        which takes the bar away.
    Location : str, optional
        The same, as an option.
    Ticks : array, optional
        Values with ticks.
    TickLabels : list of str, optional
        Texts at the ticks.
    Limits : [low, high], optional
        Values at the ends of the bar.
    FontSize : float, optional
        Size of the texts, in points.
    Parent : handle, optional
        The axes, by default the current ones; they can also come first.

    Returns
    -------
    ColorbarHandle or None
        Its properties are Label, Ticks, TickLabels, Limits, FontSize and Visible.

    Raises
    ------
    TypeError, ValueError
        If an argument is wrong.

    See Also
    --------
    clim : the values of the first and the last colour.

    Notes
    -----
    Documented behaviour; the axes become narrower. The bar shows the colours without AlphaData.
    Chosen: "east", "west", "north" and "south" are drawn outside of the axes as well.

    Examples
    --------
    >>> from matxai import close, colorbar, imagesc
    >>> h = imagesc([[0, 10]])
    >>> c = colorbar()
    >>> c.Label.String = "score"
    >>> c.Limits
    array([ 0., 10.])
    >>> close("all")
    """
    axes = current_axes() if Parent is None else axes_of(Parent, "colorbar: Parent")
    location = location or Location or "eastoutside"
    remove_colorbar(axes)
    if isinstance(location, str) and location.lower() in ("off", "hide", "delete"):
        return None
    bar = _draw_bar(axes, _LOCATIONS[_location(location, "colorbar: location")])
    handle = handle_of(bar, ColorbarHandle)
    set_options(handle, Limits=Limits, Ticks=Ticks, TickLabels=TickLabels, FontSize=FontSize)
    return handle


def _draw_bar(axes: Any, side: str) -> Any:
    from matplotlib.cm import ScalarMappable

    state, figure = axes_state(axes), axes.figure
    current = figure.gca()
    # A mappable of its own: an image's would bring its opacity along.
    mappable = ScalarMappable(norm=state.norm)
    state.before_bar = axes.get_position(original=True)
    state.bar = figure.colorbar(mappable, ax=axes, location=side, use_gridspec=False)
    if state.spot is not None:
        # In layouts matplotlib itself brings bars to the size of the images beside them.
        state.bar.ax.set_axes_locator(_beside(axes, upright=side in ("left", "right")))
    figure.sca(current)
    recolour(axes)
    return state.bar


def _beside(axes: Any, upright: bool) -> Any:
    """Make the locator that keeps a bar at what is left of axes whose pixels are square."""
    from matplotlib.transforms import Bbox

    def locate(bar: Any, renderer: Any) -> Any:
        axes.apply_aspect()
        whole, box = axes.get_position(original=True), axes.get_position()
        own = bar.get_position(original=True)
        if upright:
            shift = box.x1 - whole.x1 if own.x0 > whole.x0 else box.x0 - whole.x0
            return Bbox([[own.x0 + shift, box.y0], [own.x1 + shift, box.y1]])
        shift = box.y1 - whole.y1 if own.y0 > whole.y0 else box.y0 - whole.y0
        return Bbox([[box.x0, own.y0 + shift], [box.x1, own.y1 + shift]])

    return locate
