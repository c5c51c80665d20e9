"""plotconfusion: how often each class was taken for which."""

from __future__ import annotations

from typing import Any

import numpy as np

from matxai.arguments import describe, numeric_array, text
from matxai.calling import matlab_function
from matxai.graphics.confusion_drawing import cell
from matxai.graphics.figures import figure
from matxai.graphics.state import current_figure
from matxai.lang.categorical import categorical, categories
from matxai.stats.confusion import pair_counts

__all__ = ["confusion_counts", "plotconfusion"]

_RIGHT, _WRONG, _SUM, _ALL = "#bce6c1", "#f9c4c0", "#f0f0f0", "#d9d9d9"
_SMALL = {"fontsize": "small"}


@matlab_function("fig", accepts={"name": text})
def plotconfusion(targets: Any, outputs: Any, name: str = "") -> Any:
    """Draw a confusion matrix into a new figure.

    Parameters
    ----------
    targets, outputs : categorical, shape (N,), or array of numbers, C×N
        The true classes and those that a network gave; or for each of N observations a column with
        a value for each class, of which the largest counts. One row of values stands for two
        classes: below ½, and not.
    name : str, optional
        What the title starts with.

    Returns
    -------
    handle
        The figure. Rows are classes of outputs, columns those of targets; each cell has the count
        and its part of all. The last column has the part of each output class that is right, the
        last row that of each target class.

    Raises
    ------
    TypeError
        If an argument is neither categorical nor numbers.
    ValueError
        If the two do not fit each other, or hold NaN or no observation.

    Notes
    -----
    Documented. Colours, fonts and the names of classes of numbers, 1, 2, …, are chosen.

    Examples
    --------
    >>> from matxai import categorical, close, plotconfusion
    >>> truth = categorical(["cat", "dog", "dog"])
    >>> f = plotconfusion(truth, categorical(["cat", "cat", "dog"]))
    >>> close(f)
    """
    counts, names = confusion_counts(targets, outputs)
    handle = figure()
    axes = current_figure().add_subplot()
    _draw(axes, counts, names)
    axes.set_title(f"{name} Confusion Matrix".strip())
    return handle


def confusion_counts(targets: Any, outputs: Any) -> tuple[np.ndarray, list[str]]:
    """Count how often each class of outputs met each of targets: C×C, and the classes' names."""
    if isinstance(targets, categorical) and isinstance(outputs, categorical):
        names = list(dict.fromkeys([*categories(targets), *categories(outputs)]))
        place = {name: i for i, name in enumerate(names)}
        true, given = ([place.get(n, -1) for n in np.ravel(c.tolist())] for c in (targets, outputs))
    else:
        true, count = _classes(targets, "targets")
        given, count_given = _classes(outputs, "outputs")
        if count != count_given:
            raise ValueError(
                f"plotconfusion: targets and outputs must have as many rows, one for each class, "
                f"but have {count} and {count_given}."
            )
        names = [str(i + 1) for i in range(count)]
    true, given = np.asarray(true, int), np.asarray(given, int)
    if len(true) != len(given) or not len(true):
        raise ValueError(
            f"plotconfusion: targets and outputs must have as many observations, at least one, but "
            f"have {len(true)} and {len(given)}."
        )
    return pair_counts(given, true, len(names)), names


def _classes(value: Any, name: str) -> tuple[np.ndarray, int]:
    if isinstance(value, categorical):
        raise TypeError("plotconfusion: targets and outputs must both be categorical, or neither.")
    values = np.atleast_2d(numeric_array(value, f"plotconfusion: {name}").astype(np.float64))
    if values.ndim != 2 or np.isnan(values).any():
        raise ValueError(
            f"plotconfusion: {name} must be C×N numbers without NaN, but is {describe(value)}."
        )
    if len(values) == 1:
        return (values[0] >= 0.5).astype(np.int64), 2
    return values.argmax(axis=0), len(values)


def _draw(axes: Any, counts: np.ndarray, names: list[str]) -> None:
    size, total = len(counts), max(counts.sum(), 1)
    right = np.diagonal(counts)
    for row in range(size):
        for column in range(size):
            part = counts[row, column] / total
            colour = _RIGHT if row == column else _WRONG
            cell(axes, column, row, f"{counts[row, column]}\n{part:.1%}", colour, **_SMALL)
        cell(axes, size, row, _share(right[row], counts[row].sum()), _SUM, **_SMALL)
        cell(axes, row, size, _share(right[row], counts[:, row].sum()), _SUM, **_SMALL)
    cell(axes, size, size, _share(right.sum(), counts.sum()), _ALL, **_SMALL)
    axes.set(xlim=(-0.5, size + 0.5), ylim=(size + 0.5, -0.5), aspect="equal")
    axes.set_xticks(range(size), names, rotation=45, ha="right")
    axes.set_yticks(range(size), names)
    axes.set(xlabel="Target Class", ylabel="Output Class")


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.1%}\n{1 - part / whole:.1%}" if whole else "NaN%"
