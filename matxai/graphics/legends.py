"""``legend``."""

from __future__ import annotations

from typing import Any

import numpy as np

from matxai.arguments import describe, logical, one_of, real_scalar, texts
from matxai.calling import matlab_function
from matxai.graphics.containers import axes_first, axes_of
from matxai.graphics.handles import Handle, handle_of, on_off
from matxai.graphics.state import current_axes
from matxai.graphics.texts import tex_to_mathtext
from matxai.graphics.writing import interpreter, set_options

__all__ = ["LegendHandle", "legend"]

_INSIDE = {
    "best": "best",
    "north": "upper center",
    "south": "lower center",
    "east": "center right",
    "west": "center left",
    "northeast": "upper right",
    "northwest": "upper left",
    "southeast": "lower right",
    "southwest": "lower left",
}
# Corner of the legend, and where it stands beside the axes.
_OUTSIDE = {
    "northoutside": ("lower center", (0.5, 1.02)),
    "southoutside": ("upper center", (0.5, -0.12)),
    "eastoutside": ("center left", (1.02, 0.5)),
    "westoutside": ("center right", (-0.12, 0.5)),
    "northeastoutside": ("upper left", (1.02, 1)),
    "northwestoutside": ("upper right", (-0.12, 1)),
    "southeastoutside": ("lower left", (1.02, 0)),
    "southwestoutside": ("lower right", (-0.12, 0)),
    "bestoutside": ("upper left", (1.02, 1)),
}
_location = one_of(*_INSIDE, *_OUTSIDE)


class LegendHandle(Handle):
    """Handle of a legend, as ``legend`` returns it."""

    _kind = "Legend"

    @property
    def String(self) -> list[str]:
        return list(self._artist._matxai_labels)

    @property
    def Box(self) -> str:
        return on_off(self._artist.get_frame_on())

    @Box.setter
    def Box(self, value: Any) -> None:
        self._artist.set_frame_on(logical(value, "Box"))


@axes_first
@matlab_function("lgd", accepts={"Location": _location, "Interpreter": interpreter})
def legend(
    *args,
    Location="northeast",
    NumColumns=1,
    FontSize=None,
    Box=None,
    Interpreter="tex",
    Parent=None,
):
    """Say which line, points or bars are what.

    Parameters
    ----------
    *args
        Texts, or a list of them, one for each of what was plotted, in the order of plotting;
        handles of what is to be listed before them; or "off", which takes the legend away.
        Without texts, the DisplayName of each counts.
    Location : str
        "northeast", "best", "southoutside", …: where it stands.
    NumColumns : int
        Number of columns.
    FontSize : float, optional
        Size of the texts, in points.
    Box : {"on", "off"}, optional
        Whether there is a frame.
    Interpreter : {"tex", "latex", "none"}
        As for ``title``.
    Parent : handle, optional
        The axes, by default the current ones; they can also come first.

    Returns
    -------
    LegendHandle or None
        Its properties are String, Box and Visible.

    Raises
    ------
    TypeError, ValueError
        If an argument is wrong, or there are more texts than things to be listed.

    Notes
    -----
    Documented behaviour.

    Examples
    --------
    >>> from matxai import close, legend, plot
    >>> h = plot([1, 2, 3], [[1, 2], [2, 4], [3, 8]])
    >>> legend("first", "second").String
    ['first', 'second']
    >>> close("all")
    """
    axes = current_axes() if Parent is None else axes_of(Parent, "legend: Parent")
    if args in (("off",), ("hide",)):
        if axes.get_legend() is not None:
            axes.get_legend().remove()
        return None
    listed, labels = _entries(axes, list(args))
    place = {"loc": _INSIDE.get(Location)}
    if Location in _OUTSIDE:
        place = dict(zip(("loc", "bbox_to_anchor"), _OUTSIDE[Location], strict=True))
    shown = [tex_to_mathtext(label) if Interpreter == "tex" else label for label in labels]
    size = None if FontSize is None else real_scalar(FontSize, "legend: FontSize")
    artist = axes.legend(
        [_symbol(handle) for handle in listed], shown, fontsize=size, ncols=NumColumns,
        frameon=True, framealpha=1, fancybox=False, **place,
    )  # fmt: skip
    for entry in artist.get_texts():
        entry.set_parse_math(Interpreter != "none")
    artist._matxai_labels = labels
    handle = handle_of(artist, LegendHandle)
    set_options(handle, Box=Box)
    return handle


def _symbol(handle: Handle) -> Any:
    """Give what matplotlib draws beside the text: mostly a small copy of the thing itself."""
    return handle.legend_symbol() if hasattr(handle, "legend_symbol") else handle._artist


def _entries(axes: Any, args: list[Any]) -> tuple[list[Handle], list[str]]:
    """Sort out handles and texts: what is listed, and as what."""
    handles = []
    first = args[0] if args else None
    several = isinstance(first, (list, tuple, np.ndarray)) and len(first)
    if isinstance(first, Handle) or (several and isinstance(first[0], Handle)):
        handles = list(first) if several else [first]
        args = args[1:]
    labels = [label for arg in args for label in texts(arg, "legend: labels")]
    handles = handles or _plotted(axes)
    if not labels:
        return handles, [h.DisplayName or f"data{i}" for i, h in enumerate(handles, 1)]
    if len(labels) > len(handles):
        raise ValueError(
            f"legend: there are {len(labels)} texts, such as {describe(labels[-1])}, for "
            f"{len(handles)} plotted things."
        )
    return handles[: len(labels)], labels


def _plotted(axes: Any) -> list[Handle]:
    """Give the handles of what was plotted, in the order of plotting."""
    artists = [*axes.lines, *axes.collections, *axes.containers]
    handles = [getattr(artist, "_matxai_handle", None) for artist in artists]
    return sorted((h for h in handles if h is not None), key=lambda h: h._place)
