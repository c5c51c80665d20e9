"""Lines of other kinds: ``stairs``, ``semilogx``, ``semilogy`` and ``loglog``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from matxai.calling import matlab_function
from matxai.graphics.containers import axes_first
from matxai.graphics.limits import chosen_axes
from matxai.graphics.lines import columns, plot
from matxai.graphics.state import axes_state

__all__ = ["loglog", "semilogx", "semilogy", "stairs"]


@axes_first
@matlab_function("h", "yb")
def stairs(
    *args,
    Color=None,
    LineStyle=None,
    LineWidth=None,
    Marker=None,
    MarkerSize=None,
    MarkerFaceColor=None,
    MarkerEdgeColor=None,
    DisplayName=None,
    Parent=None,
    nargout=1,
):
    """Draw lines that go in steps.

    Parameters
    ----------
    *args
        ``Y``, ``X, Y`` or ``X, Y, LineSpec``, as for ``plot``: each value holds until the next x.
    Color, LineStyle, LineWidth, Marker, MarkerSize, DisplayName : optional
        As for ``plot``.
    MarkerFaceColor, MarkerEdgeColor : colour, optional
        As for ``plot``.
    Parent : handle, optional
        Axes to draw in, by default the current ones; they can also come first.

    Returns
    -------
    LineHandle or list of LineHandle
        As of ``plot``. With ``nargout=2`` nothing is drawn: the two outputs are the coordinates of
        the corners, for ``plot``.

    Raises
    ------
    TypeError, ValueError
        If an argument is wrong, or x and y differ in length.

    Notes
    -----
    Documented; held against GNU Octave.

    Examples
    --------
    >>> from matxai import stairs
    >>> x, y = stairs([10, 20], [1, 3], nargout=2)
    >>> x.tolist(), y.tolist()
    ([10.0, 20.0, 20.0], [1.0, 1.0, 3.0])
    """
    if nargout == 2:
        return _corners(args)
    options = {"Color": Color, "LineStyle": LineStyle, "LineWidth": LineWidth, "Marker": Marker}
    options |= {"MarkerSize": MarkerSize, "MarkerFaceColor": MarkerFaceColor}
    options |= {"MarkerEdgeColor": MarkerEdgeColor, "DisplayName": DisplayName}
    handles = plot(*args, Parent=Parent, **options)
    for handle in handles if isinstance(handles, list) else [handles]:
        handle._artist.set_drawstyle("steps-post")
    return handles, None


def _corners(args: tuple[Any, ...]) -> tuple[np.ndarray, np.ndarray]:
    numbers = [arg for arg in args if not isinstance(arg, str)]
    if len(numbers) not in (1, 2):
        raise TypeError("stairs: Y is missing. Call stairs(Y) or stairs(X, Y).")
    x, y = columns(numbers[0], numbers[1] if len(numbers) > 1 else None, "stairs")
    across = np.repeat(np.broadcast_to(x, y.shape), 2, axis=0)[1:]
    up = np.repeat(y, 2, axis=0)[:-1]
    return (across[:, 0], up[:, 0]) if y.shape[1] == 1 else (across, up)


def _logarithmic(name: str, letters: str) -> Callable[..., Any]:
    def function(
        *args,
        Color=None,
        LineStyle=None,
        LineWidth=None,
        Marker=None,
        MarkerSize=None,
        MarkerFaceColor=None,
        MarkerEdgeColor=None,
        DisplayName=None,
        Parent=None,
    ):
        axes = chosen_axes(Parent, name)
        held = axes_state(axes).hold
        options = {"Color": Color, "LineStyle": LineStyle, "LineWidth": LineWidth}
        options |= {"Marker": Marker, "MarkerSize": MarkerSize}
        options |= {"MarkerFaceColor": MarkerFaceColor, "MarkerEdgeColor": MarkerEdgeColor}
        handles = plot(*args, Parent=axes, DisplayName=DisplayName, **options)
        for letter in letters if not held else "":
            getattr(axes, f"set_{letter}scale")("log")
        return handles

    rulers = {"x": "x axis", "y": "y axis", "xy": "x and y axes"}[letters]
    function.__name__ = function.__qualname__ = name
    function.__module__ = __name__
    function.__doc__ = f"""Draw lines with powers of 10 on the {rulers}.

    Parameters
    ----------
    *args
        As for ``plot``.
    Color, LineStyle, LineWidth, Marker, MarkerSize, DisplayName : optional
        As for ``plot``.
    MarkerFaceColor, MarkerEdgeColor : colour, optional
        As for ``plot``.
    Parent : handle, optional
        Axes to draw in, by default the current ones; they can also come first.

    Returns
    -------
    LineHandle or list of LineHandle
        As of ``plot``.

    Raises
    ------
    TypeError, ValueError
        If an argument is wrong, or x and y differ in length.

    Notes
    -----
    Documented behaviour: axes that are held keep their rulers, and values that are not positive
    are left out.

    Examples
    --------
    >>> from matxai import close, {name}
    >>> {name}([1, 10, 100], [1, 100, 1000]).YData
    array([   1.,  100., 1000.])
    >>> close("all")
    """
    return axes_first(matlab_function("p")(function))


semilogx = _logarithmic("semilogx", "x")
semilogy = _logarithmic("semilogy", "y")
loglog = _logarithmic("loglog", "xy")
