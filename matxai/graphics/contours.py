"""``contour`` and ``contourf``: lines of equal height."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from matxai.arguments import describe, logical, numeric_array, real_scalar
from matxai.calling import matlab_function
from matxai.graphics.containers import axes_first
from matxai.graphics.drawn_handles import Plotted
from matxai.graphics.handles import handle_of
from matxai.graphics.limits import chosen_axes
from matxai.graphics.rulers import set_limits
from matxai.graphics.shading import recolour
from matxai.graphics.state import axes_state, axes_to_draw_in, put_on_top
from matxai.images.colours import colour, line_spec, style

__all__ = ["ContourHandle", "contour", "contourf"]

_WIDTH = 0.5


class ContourHandle(Plotted):
    """Handle of contours, as ``contour`` and ``contourf`` return it with two outputs."""

    _kind = "Contour"
    _heights: np.ndarray = np.zeros((1, 1))
    _levels: np.ndarray = np.zeros(0)
    _colour: Any = "flat"
    _lines: Any = None
    _written: tuple[Any, ...] = ()

    @property
    def ZData(self) -> np.ndarray:
        return self._heights.copy()

    @property
    def LevelList(self) -> np.ndarray:
        return self._levels.copy()

    @property
    def LineWidth(self) -> float:
        drawn = self._drawn_lines()
        return float(np.ravel(drawn.get_linewidth())[0])

    @LineWidth.setter
    def LineWidth(self, value: Any) -> None:
        self._drawn_lines().set_linewidth(real_scalar(value, "LineWidth"))

    @property
    def LineColor(self) -> Any:
        return self._colour

    @LineColor.setter
    def LineColor(self, value: Any) -> None:
        word = value.lower() if isinstance(value, str) else ""
        self._colour = "flat" if word == "flat" else colour(value, "LineColor")
        if self._colour != "flat":
            drawn = self._drawn_lines()
            drawn.set_array(None)
            drawn.set_edgecolor(self._colour)

    def _drawn_lines(self) -> Any:
        return self._artist if self._lines is None else self._lines

    def legend_symbol(self) -> Any:
        """Give a line that looks like the first one."""
        from matplotlib.lines import Line2D

        shades = self._drawn_lines().get_edgecolor()
        return Line2D([], [], color=shades[0] if len(shades) else "k", linewidth=self.LineWidth)

    # What the axes ask of what they colour

    def scaled_values(self) -> np.ndarray:
        """Give the values that the limits of the colours have to span."""
        return self._heights

    def colour_with(self, colours: Any) -> None:
        """Draw with a colormap of matplotlib."""
        for drawn in {self._artist, self._drawn_lines()}:
            drawn.set_cmap(colours)
            drawn.changed()
        if self._colour != "flat":
            self.LineColor = self._colour


def _contour_function(name: str, filled: bool) -> Callable[..., Any]:
    def function(
        *args,
        LineColor="k" if filled else "flat",
        LineWidth=_WIDTH,
        LineStyle=None,
        LevelList=None,
        LevelStep=None,
        ShowText=False,
        DisplayName=None,
        Parent=None,
        nargout=1,
    ):
        x, y, heights, levels, spec = _arguments(name, list(args))
        given = LevelList is not None or np.size(levels) > 1
        levels = _levels(name, heights, levels, LevelList, LevelStep)
        if filled and not given:
            # Only below heights that are given nothing is filled.
            levels = np.union1d(heights[np.isfinite(heights)].min(), levels)
        axes = axes_to_draw_in(chosen_axes(Parent, name))
        handle = _draw(axes, x, y, heights, levels, filled)
        if LineStyle is not None:
            spec["linestyle"] = style(LineStyle, "LineStyle")
        handle._drawn_lines().set_linestyle(spec.get("linestyle", "-"))
        handle.LineWidth = LineWidth
        handle.LineColor = spec.get("color", LineColor)
        if DisplayName is not None:
            handle.DisplayName = DisplayName
        if logical(ShowText, f"{name}: ShowText"):
            axes.clabel(handle._drawn_lines(), fontsize=10, fmt="%g")
        return _matrix(handle._drawn_lines()), handle

    function.__name__ = function.__qualname__ = name
    function.__module__ = __name__
    function.__doc__ = f"""Draw lines of equal height{", and fill between them" if filled else ""}.

    Parameters
    ----------
    *args
        ``Z`` or ``X, Y, Z``: heights, a matrix, and the places of its columns and rows, vectors
        or matrices as of ``meshgrid``. Then the number of lines or their heights, [h, h] for one,
        and a LineSpec such as "--r". Axes can come first.
    LineColor : colour or "flat"
        {"Black by default" if filled else "From the colormap by default"}; "none" for no lines.
    LineWidth : float
        In points.
    LineStyle : str, optional
        As for ``plot``.
    LevelList : array, optional
        The heights.
    LevelStep : float, optional
        Distance of the heights.
    ShowText : {{"off", "on"}}
        Whether heights are written on the lines.
    DisplayName : str, optional
        What ``legend`` calls it.
    Parent : handle, optional
        Axes to draw in, by default the current ones.

    Returns
    -------
    M : numpy.ndarray, shape (2, K)
        The lines, one after the other: a column with its height and the number of its points,
        then their x and y.
    c : ContourHandle
        With ``nargout=2``: its properties are ZData, LevelList, LineColor, LineWidth.

    Raises
    ------
    TypeError, ValueError
        If an argument is wrong.

    Notes
    -----
    Documented where the heights are given. Chosen: those that are taken by default are round
    numbers, and a number of lines divides the range of heights evenly.

    Examples
    --------
    >>> from matxai import close, {name}
    >>> M, c = {name}([[0, 1], [0, 1]], [0.5, 0.5], nargout=2)
    >>> M.tolist()[0], c.LevelList
    ([0.5, 1.5, 1.5], array([0.5]))
    >>> close("all")
    """
    return axes_first(matlab_function("M", "c")(function))


def _arguments(name: str, args: list[Any]) -> tuple[Any, ...]:
    spec = line_spec(args.pop()) if args and isinstance(args[-1], str) else {}
    levels = args.pop() if len(args) in (2, 4) else None
    if len(args) not in (1, 3):
        raise TypeError(f"{name}: Z is missing. Call {name}(Z) or {name}(X, Y, Z).")
    heights = numeric_array(args[-1], f"{name}: Z").astype(np.float64)
    if heights.ndim != 2 or min(heights.shape) < 2:
        raise ValueError(f"{name}: Z must be a matrix, 2×2 at least, but is {describe(heights)}.")
    x, y = (np.arange(1.0, n + 1) for n in heights.shape[::-1])
    if len(args) == 3:
        x, y = (numeric_array(v, f"{name}: X and Y").astype(np.float64) for v in args[:2])
        x, y = (v.reshape(-1) if v.ndim < 2 or 1 in v.shape else v for v in (x, y))
        sizes = (heights.shape[1],), (heights.shape[0],)
        both = x.shape == y.shape == heights.shape
        if not both and (x.shape, y.shape) != sizes:
            raise ValueError(
                f"{name}: X must have as many elements as Z has columns, {sizes[0][0]}, and Y as "
                f"it has rows, {sizes[1][0]}, but they have {x.size} and {y.size}."
            )
    return x, y, heights, levels, spec


def _levels(name: str, heights: np.ndarray, levels: Any, listed: Any, step: Any) -> np.ndarray:
    finite = heights[np.isfinite(heights)]
    low, high = (finite.min(), finite.max()) if finite.size else (0.0, 0.0)
    if listed is None and levels is not None and np.size(levels) > 1:
        listed = levels
    if listed is not None:
        return np.unique(numeric_array(listed, f"{name}: levels").astype(np.float64))
    if low == high:
        raise ValueError(f"{name}: Z must hold different heights, but all are {low:g}.")
    if step is not None:
        size = real_scalar(step, f"{name}: LevelStep")
        if size <= 0 or (high - low) / size > 1000:
            raise ValueError(f"{name}: LevelStep must be positive and fit Z, but is {size:g}.")
        return size * np.arange(np.ceil(low / size), np.floor(high / size) + 1)
    if levels is not None:
        count = int(real_scalar(np.ravel(levels)[0], f"{name}: levels"))
        return np.linspace(low, high, count + 2)[1:-1]
    from matplotlib.ticker import MaxNLocator

    places = MaxNLocator(9).tick_values(low, high)
    return places[(places >= low) & (places < high)]


def _draw(
    axes: Any, x: Any, y: Any, heights: np.ndarray, levels: np.ndarray, filled: bool
) -> ContourHandle:
    state = axes_state(axes)
    masked = np.ma.masked_invalid(heights)
    inner = levels[levels > masked.min()] if filled and (levels > masked.min()).any() else levels
    lines = axes.contour(x, y, masked, inner, norm=state.norm)
    artist = lines
    if filled:
        # matplotlib fills between heights; MATLAB what is above each.
        above = np.append(levels, max(np.nextafter(heights.max(), np.inf), levels[-1] + 1))
        artist = axes.contourf(x, y, masked, above, norm=state.norm)
        # The colour of a face is that of its lower height.
        artist.set_array(levels)
        put_on_top(axes, artist)
    put_on_top(axes, lines)
    handle = handle_of(artist, ContourHandle)
    handle._heights, handle._lines = heights, lines if filled else None
    handle._levels = np.array(levels, dtype=np.float64)
    state.images.append(handle)
    recolour(axes)
    if not state.hold:
        set_limits(axes, "x", (float(np.min(x)), float(np.max(x))))
        set_limits(axes, "y", (float(np.min(y)), float(np.max(y))))
    return handle


def _matrix(lines: Any) -> np.ndarray:
    parts = [np.zeros((2, 0))]
    for level, segments in zip(lines.levels, lines.allsegs, strict=True):
        for points in segments:
            if len(points):
                parts += [np.array([[level], [len(points)]]), np.asarray(points).T]
    return np.concatenate(parts, axis=1)


contour, contourf = _contour_function("contour", False), _contour_function("contourf", True)
