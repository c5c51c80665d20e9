"""Handles of confusion matrices that are drawn, and the order of their classes."""

from __future__ import annotations

import re
from typing import Any

import numpy as np

from matxai.arguments import logical, one_of, real_scalar, text
from matxai.calling import matlab_function, method_function
from matxai.graphics.confusion_drawing import Look, draw_chart
from matxai.graphics.handles import Handle, on_off
from matxai.images.colours import colour
from matxai.lang.categorical import categorical, categories
from matxai.stats.confusion import place_of_labels

__all__ = ["ConfusionMatrixChart", "label_items", "sortClasses"]

_normalization = one_of("absolute", "column-normalized", "row-normalized", "total-normalized")
_row_summary = one_of("off", "absolute", "row-normalized", "total-normalized")
_column_summary = one_of("off", "absolute", "column-normalized", "total-normalized")
_SORTED = ("auto", "ascending-diagonal", "descending-diagonal", "cluster")


def _of_look(name: str, check: Any) -> property:
    """Make the property of a part of a chart's look: it is drawn anew where that is set."""
    field = re.sub("(?<=[a-z])(?=[A-Z])", "_", name).lower()

    def set_(self: ConfusionMatrixChart, value: Any) -> None:
        setattr(self._look, field, check(value, name))
        self._draw()

    return property(lambda self: getattr(self._look, field), set_)


def _of_axes(name: str) -> property:
    """Make the property of a text that belongs to the axes: a title or label."""

    def get(self: ConfusionMatrixChart) -> str:
        return getattr(self._artist, f"get_{name.lower()}")()

    def set_(self: ConfusionMatrixChart, value: Any) -> None:
        how = {"fontweight": "bold"} if name == "Title" else {}
        getattr(self._artist, f"set_{name.lower()}")(text(value, name), parse_math=False, **how)

    return property(get, set_)


class ConfusionMatrixChart(Handle):
    """Handle of a confusion matrix that is drawn, as :func:`confusionchart` returns it."""

    _kind = "ConfusionMatrixChart"

    def __init__(self, axes: Any, counts: np.ndarray, labels: Any):
        super().__init__(axes)
        self._counts, self._labels = counts, labels
        self._natural = np.arange(len(counts))
        self._look, self._drawn = Look(), []
        self.XLabel, self.YLabel = "Predicted Class", "True Class"
        self._draw()

    Title, XLabel, YLabel = _of_axes("Title"), _of_axes("XLabel"), _of_axes("YLabel")
    Normalization = _of_look("Normalization", _normalization)
    RowSummary = _of_look("RowSummary", _row_summary)
    ColumnSummary = _of_look("ColumnSummary", _column_summary)
    FontSize = _of_look("FontSize", real_scalar)
    DiagonalColor = _of_look("DiagonalColor", lambda value, name: np.array(colour(value, name)))
    OffDiagonalColor = _of_look(
        "OffDiagonalColor", lambda value, name: np.array(colour(value, name))
    )
    GridVisible = _of_look("GridVisible", lambda value, name: on_off(logical(value, name)))

    @property
    def ClassLabels(self) -> Any:
        return self._labels

    @property
    def NormalizedValues(self) -> np.ndarray:
        return normalized(self._counts, self._look.normalization)

    @property
    def Parent(self) -> Any:
        from matxai.graphics.containers import figure_handle

        return figure_handle(self._artist.figure)

    @property
    def Position(self) -> np.ndarray:
        return np.array(self._artist.get_position(original=True).bounds)

    @matlab_function()
    def sortClasses(self, order):
        """Put the classes into another order."""
        places = np.array(self._order(order))
        self._counts = self._counts[np.ix_(places, places)]
        self._labels = _taken(self._labels, places)
        self._natural = self._natural[places]
        self._draw()

    def _order(self, order: Any) -> Any:
        if not (isinstance(order, str) and order.lower() in _SORTED):
            return place_of_labels(order, self._labels, "sortClasses: order")
        if order.lower() == "cluster":
            raise NotImplementedError(
                'sortClasses: order "cluster" is not there: how it measures classes is not '
                "documented. Give the classes in the order that you want."
            )
        if order.lower() == "auto":
            return np.argsort(self._natural)
        diagonal = np.nan_to_num(np.diagonal(self.NormalizedValues))
        down = order.lower().startswith("desc")
        return np.argsort(-diagonal if down else diagonal, kind="stable")

    def _draw(self) -> None:
        for artist in self._drawn:
            artist.remove()
        names = [_name(label) for label in label_items(self._labels)]
        self._drawn = draw_chart(
            self._artist, self._counts, self.NormalizedValues, names, self._look
        )


def normalized(counts: np.ndarray, how: str) -> np.ndarray:
    """Divide counts by the sums of their rows or columns, or of all; 0/0 is NaN."""
    if how == "absolute":
        return counts.copy()
    axis = {"row-normalized": 1, "column-normalized": 0, "total-normalized": None}[how]
    with np.errstate(all="ignore"):
        return counts / counts.sum(axis=axis, keepdims=True)


def label_items(labels: Any) -> list[Any]:
    """Return labels of any kind as a list: texts, numbers or truth values."""
    if isinstance(labels, categorical):
        return np.ravel(np.asarray(labels.tolist(), object)).tolist()
    return [labels] if isinstance(labels, str) else np.ravel(np.asarray(labels, object)).tolist()


def _name(label: Any) -> str:
    if isinstance(label, (bool, np.bool_)):
        return str(label).lower()
    return f"{label:g}" if isinstance(label, (int, float, np.number)) else str(label)


def _taken(labels: Any, places: np.ndarray) -> Any:
    if isinstance(labels, categorical):
        names = [label_items(labels)[i] for i in places]
        return categorical(names, categories(labels))
    if isinstance(labels, (list, tuple)):
        return [labels[i] for i in places]
    return np.asarray(labels).reshape(-1)[places]


sortClasses = method_function(
    "sortClasses",
    "a ConfusionMatrixChart, as confusionchart returns",
    """Put the classes of a confusion chart into another order.

    Parameters
    ----------
    obj : ConfusionMatrixChart
        The chart, which changes.
    order : {"auto", "ascending-diagonal", "descending-diagonal"} or labels
        "auto" is the order in which they were at first, the others go by the values that are shown
        on the diagonal; or all the classes, in the order that you want.

    Raises
    ------
    TypeError
        If the first argument is no chart.
    ValueError
        If the labels are not those of the chart.
    NotImplementedError
        If order is "cluster".

    Notes
    -----
    Documented. Chosen: classes of equal values stay in their order.

    Examples
    --------
    >>> from matxai import close, confusionchart, sortClasses
    >>> cm = confusionchart([[3, 1], [0, 4]], ["cat", "dog"])
    >>> sortClasses(cm, "descending-diagonal")
    >>> cm.ClassLabels
    ['dog', 'cat']
    >>> close("all")
    """,
)
