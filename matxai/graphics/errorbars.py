"""``errorbar``: lines with bars for the errors of their points."""

from __future__ import annotations

from typing import Any

import numpy as np

from matxai.arguments import describe, numeric_array, one_of, real_scalar
from matxai.calling import matlab_function
from matxai.graphics.containers import axes_first
from matxai.graphics.drawn_handles import LineHandle
from matxai.graphics.handles import handle_of
from matxai.graphics.limits import chosen_axes
from matxai.graphics.lines import columns
from matxai.graphics.state import axes_to_draw_in, put_on_top
from matxai.graphics.writing import set_options
from matxai.images.colours import colour, line_spec

__all__ = ["ErrorBarHandle", "errorbar"]

_WIDTH, _CAP = 0.5, 6
_ways = ("vertical", "horizontal", "both")


class ErrorBarHandle(LineHandle):
    """Handle of a line with error bars, as ``errorbar`` returns it."""

    _kind = "ErrorBar"

    def __init__(self, container: Any):
        super().__init__(container.lines[0])
        self._container = container

    @property
    def Color(self) -> np.ndarray:
        return LineHandle.Color.fget(self)

    @Color.setter
    def Color(self, value: Any) -> None:
        self._paint(colour(value, "Color"))

    def legend_symbol(self) -> Any:
        """Give the line with its bars."""
        return self._container

    def _paint(self, shade: Any) -> None:
        _, caps, bars = self._container.lines
        for part in (self._artist, *bars):
            part.set_color(shade)
        for cap in caps:
            cap.set_markeredgecolor(shade)

    @property
    def LineWidth(self) -> float:
        return LineHandle.LineWidth.fget(self)

    @LineWidth.setter
    def LineWidth(self, value: Any) -> None:
        width = real_scalar(value, "LineWidth")
        _, caps, bars = self._container.lines
        for part in [self._artist, *bars]:
            part.set_linewidth(width)
        for cap in caps:
            cap.set_markeredgewidth(width)

    @property
    def CapSize(self) -> float:
        caps = self._container.lines[1]
        return float(caps[0].get_markersize()) if caps else 0.0

    @CapSize.setter
    def CapSize(self, value: Any) -> None:
        for cap in self._container.lines[1]:
            cap.set_markersize(real_scalar(value, "CapSize"))


@axes_first
@matlab_function("e")
def errorbar(
    *args,
    Color=None,
    LineStyle=None,
    LineWidth=None,
    Marker=None,
    MarkerSize=None,
    MarkerFaceColor=None,
    MarkerEdgeColor=None,
    CapSize=None,
    DisplayName=None,
    Parent=None,
):
    """Draw lines with bars for the errors of their points.

    Parameters
    ----------
    *args
        ``y, err``, ``x, y, err`` or ``x, y, neg, pos``: the points and the lengths of the bars
        below and above them, one number or as many as points; matrices have one line in each
        column. Then "vertical", "horizontal" or "both", and a LineSpec such as "--o". Axes can
        come first.
    Color, LineStyle, LineWidth, Marker, MarkerSize, DisplayName : optional
        As for ``plot``; colour and width count for the bars as well.
    MarkerFaceColor, MarkerEdgeColor : colour, optional
        As for ``plot``.
    CapSize : float, optional
        Length of the strokes at the ends of the bars, in points; 6 by default.
    Parent : handle, optional
        Axes to draw in, by default the current ones.

    Returns
    -------
    ErrorBarHandle or list of ErrorBarHandle
        One handle for each line.

    Raises
    ------
    TypeError, ValueError
        If an argument is wrong, or the lengths differ.

    Notes
    -----
    Documented behaviour. Bars of different lengths in both directions, six arguments in MATLAB,
    are refused.

    Examples
    --------
    >>> from matxai import close, errorbar
    >>> e = errorbar([1, 2, 3], [4, 5, 6], [0.5, 0.5, 1], "o")
    >>> e.LineStyle, e.CapSize
    ('none', 6.0)
    >>> close("all")
    """
    numbers, way, spec = _sorted(list(args))
    x, y, below, above = _points(numbers)
    axes = axes_to_draw_in(chosen_axes(Parent, "errorbar"))
    handles = []
    for k in range(y.shape[1]):
        bars = np.stack([below[:, k], above[:, k]])
        lengths = {"yerr": bars if way != "horizontal" else None}
        lengths["xerr"] = bars if way != "vertical" else None
        seen = {"markerfacecolor": "none"} | spec
        container = axes.errorbar(
            x[:, k % x.shape[1]], y[:, k], **lengths, capsize=_CAP / 2, linewidth=_WIDTH,
            elinewidth=_WIDTH, capthick=_WIDTH, **seen,
        )  # fmt: skip
        for part in (container.lines[0], *container.lines[1], *container.lines[2]):
            put_on_top(axes, part)
        handles.append(handle_of(container, ErrorBarHandle))
    for handle in handles:
        set_options(
            handle,
            Color=Color,
            LineStyle=LineStyle,
            LineWidth=LineWidth,
            Marker=Marker,
            MarkerSize=MarkerSize,
            MarkerFaceColor=MarkerFaceColor,
            MarkerEdgeColor=MarkerEdgeColor,
            CapSize=CapSize,
            DisplayName=DisplayName,
        )
    return handles[0] if len(handles) == 1 else handles


def _sorted(args: list[Any]) -> tuple[list[Any], str, dict[str, Any]]:
    """Part numbers from the two texts that can stand behind them."""
    numbers = [arg for arg in args if not isinstance(arg, str)]
    way, spec = "vertical", {}
    for word in args[len(numbers) :]:
        if not isinstance(word, str):
            raise TypeError("errorbar: numbers must come before texts.")
        if word.lower() in _ways:
            way = one_of(*_ways)(word, "errorbar: ornt")
        else:
            spec = line_spec(word)
    if len(numbers) not in (2, 3, 4):
        raise TypeError(
            f"errorbar takes y, err or x, y, err or x, y, neg, pos, but got {len(numbers)} arrays."
        )
    return numbers, way, spec


def _points(numbers: list[Any]) -> tuple[np.ndarray, ...]:
    x, y = columns(numbers[0], numbers[1] if len(numbers) > 2 else None, "errorbar")
    errors = numbers[1:] if len(numbers) == 2 else numbers[2:]
    lengths = []
    for error in errors * (2 // len(errors)):
        values = numeric_array(error, "errorbar: err").astype(np.float64)
        if values.size not in (1, y.size):
            raise ValueError(
                f"errorbar: err must have as many elements as y, {y.size}, but is "
                f"{describe(values)}."
            )
        same = values.reshape(y.shape) if values.size == y.size else np.full(y.shape, values)
        # A bar of unknown or negative length is none, respectively turned round, in MATLAB.
        lengths.append(np.abs(same))
    return x, y, *lengths
