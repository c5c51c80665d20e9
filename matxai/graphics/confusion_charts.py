"""confusionchart: a confusion matrix, drawn."""

from __future__ import annotations

from typing import Any

import numpy as np

from matxai.arguments import describe, numeric_array
from matxai.calling import matlab_function
from matxai.graphics.confusion_handles import ConfusionMatrixChart, label_items
from matxai.graphics.containers import AxesHandle, FigureHandle, axes_of, figure_of, use_figure
from matxai.graphics.state import axes_to_draw_in
from matxai.graphics.tiling import LayoutHandle
from matxai.graphics.writing import set_options
from matxai.lang.categorical import categorical
from matxai.lang.text_values import is_text
from matxai.stats.confusion import counts_of

__all__ = ["confusionchart"]


@matlab_function("cm")
def confusionchart(
    *args,
    Title=None,
    XLabel=None,
    YLabel=None,
    Normalization=None,
    RowSummary=None,
    ColumnSummary=None,
    DiagonalColor=None,
    OffDiagonalColor=None,
    GridVisible=None,
    FontSize=None,
    Parent=None,
):
    """Draw a confusion matrix.

    Parameters
    ----------
    *args
        ``trueLabels, predictedLabels``: categoricals, texts, numbers or truth values, as
        :func:`confusionmat` takes them. Or ``m``, a matrix K×K of counts whose rows are the true
        classes, or ``m, classLabels``. A figure, axes or the handle of a tiled layout can come
        first.
    Title, XLabel, YLabel : str, optional
        Texts; by default none, "Predicted Class" and "True Class".
    Normalization : {"absolute", "column-normalized", "row-normalized", "total-normalized"}
        What is in the cells: counts, or parts of their column, row or of all.
    RowSummary : {"off", "absolute", "row-normalized", "total-normalized"}
        What stands beside each row: how many were taken for the right class and how many not.
    ColumnSummary : {"off", "absolute", "column-normalized", "total-normalized"}
        The same below each column.
    DiagonalColor, OffDiagonalColor : colour, optional
        Colours of right and wrong cells; the higher the value, the stronger.
    GridVisible : {"on", "off"}, optional
        Whether lines part the cells.
    FontSize : float, optional
        In points; 10 by default.
    Parent : handle, optional
        Figure, axes or tiled layout to draw in; by default the current axes.

    Returns
    -------
    ConfusionMatrixChart
        Its handle. The options are its properties and can be set; ClassLabels and NormalizedValues
        can be asked for, and :func:`sortClasses` puts the classes into another order.

    Raises
    ------
    TypeError
        If an argument is of a wrong kind.
    ValueError
        If labels and matrix do not fit each other, the matrix is not square or holds negative
        numbers, or an option has a value that it cannot have.

    See Also
    --------
    confusionmat : the counts.
    plotconfusion : the older chart.

    Notes
    -----
    Documented: options, properties and what the cells hold. Chosen: classes that are texts are
    sorted, cells of 0 are left blank, and the strength of colours, which goes with the value.

    Examples
    --------
    >>> from matxai import close, confusionchart
    >>> cm = confusionchart([[3, 1], [0, 4]], ["cat", "dog"], "RowSummary", "row-normalized")
    >>> cm.Normalization = "row-normalized"
    >>> cm.NormalizedValues
    array([[0.75, 0.25],
           [0.  , 1.  ]])
    >>> close("all")
    """
    rest = list(args)
    if rest and isinstance(rest[0], (AxesHandle, FigureHandle, LayoutHandle)):
        Parent = rest.pop(0)
    counts, labels = _matrix(rest)
    cm = ConfusionMatrixChart(axes_to_draw_in(_axes(Parent)), counts, labels)
    set_options(
        cm, Title=Title, XLabel=XLabel, YLabel=YLabel, Normalization=Normalization,
        RowSummary=RowSummary, ColumnSummary=ColumnSummary, DiagonalColor=DiagonalColor,
        OffDiagonalColor=OffDiagonalColor, GridVisible=GridVisible, FontSize=FontSize,
    )  # fmt: skip
    return cm


def _axes(parent: Any) -> Any:
    from matxai.graphics.tiles import nexttile

    if parent is None:
        return None
    if isinstance(parent, LayoutHandle):
        use_figure(parent.figure)
        return axes_of(nexttile(), "confusionchart: Parent")
    if isinstance(parent, FigureHandle):
        use_figure(figure_of(parent, "confusionchart: Parent"))
        return None
    return axes_of(parent, "confusionchart: Parent")


def _matrix(rest: list[Any]) -> tuple[np.ndarray, Any]:
    """Take what is drawn: counts K×K and the classes' labels."""
    if not 1 <= len(rest) <= 2:
        raise TypeError(
            "confusionchart: give labels, confusionchart(trueLabels, predictedLabels), or counts, "
            "confusionchart(m, classLabels)."
        )
    if len(rest) == 2 and not _is_matrix(*rest):
        counts, labels = counts_of(
            *rest, "confusionchart", ("trueLabels", "predictedLabels"), _sorted_texts(rest)
        )
        return counts, labels
    counts = numeric_array(rest[0], "confusionchart: m").astype(np.float64)
    if counts.ndim != 2 or counts.shape[0] != counts.shape[1] or not (counts >= 0).all():
        raise ValueError(
            f"confusionchart: m must be a square matrix of numbers from 0, but is "
            f"{describe(rest[0])}."
        )
    labels = rest[1] if len(rest) == 2 else np.arange(1.0, len(counts) + 1)
    if len(label_items(labels)) != len(counts):
        raise ValueError(
            f"confusionchart: classLabels must hold {len(counts)} labels, one for each row of m, "
            f"but hold {len(label_items(labels))}."
        )
    return counts, labels


def _is_matrix(value: Any, labels: Any) -> bool:
    """Tell counts from labels: numbers that other labels stand beside, or a square of them."""
    if isinstance(value, categorical) or is_text(value):
        return False
    if isinstance(labels, categorical) or is_text(labels):
        return True
    shape = np.shape(value)
    return len(shape) == 2 and shape[0] == shape[1] and shape[0] > 1


def _sorted_texts(pair: list[Any]) -> list[str] | None:
    if not all(is_text(labels) for labels in pair):
        return None
    return sorted({item for labels in pair for item in label_items(labels)} - {""})
