"""confusionmat: how often each class was taken for which."""

from __future__ import annotations

from typing import Any

import numpy as np

from matxai.arguments import describe
from matxai.calling import matlab_function
from matxai.lang.categorical import categorical, categories
from matxai.lang.text_values import is_text, text_array

__all__ = ["confusionmat", "counts_of", "pair_counts", "place_of_labels"]

_LABELS = "a categorical, texts, numbers or truth values"


@matlab_function("C", "order")
def confusionmat(group: Any, grouphat: Any, *, Order: Any = None, nargout: int = 1) -> Any:
    """Count how often each class was taken for which.

    Parameters
    ----------
    group, grouphat : categorical, list or array of texts, of numbers or of truth values, length N
        The known classes and the predicted ones, both of one kind. Undefined elements, empty texts
        and NaN are not counted.
    Order : like `group`, optional
        The classes in the order of rows and columns; it has to hold all that there are.
    nargout : int, default 1
        2 returns the order as well.

    Returns
    -------
    C : numpy.ndarray, shape (K, K)
        ``C[i, j]`` is the number of observations of class i that were taken for class j.
    order : categorical, list of str or numpy.ndarray, length K
        The classes, of the kind of `group`. By default numbers and truth values are sorted,
        categories in their order, and texts in the order in which they come first, in `group` and
        then in `grouphat`.

    Raises
    ------
    TypeError
        If the labels are of different kinds, or no labels at all.
    ValueError
        If there are not as many of one as of the other, or `Order` lacks a class or repeats one.

    See Also
    --------
    confusionchart : draw it.

    Notes
    -----
    Documented; the counts of MATLAB's examples come out.

    Examples
    --------
    >>> from matxai import confusionmat
    >>> C, order = confusionmat(["cat", "dog", "dog"], ["cat", "cat", "dog"], nargout=2)
    >>> C
    array([[1., 0.],
           [1., 1.]])
    >>> order
    ['cat', 'dog']
    """
    counts, order = counts_of(group, grouphat, "confusionmat", ("group", "grouphat"), Order)
    return counts, order


def counts_of(
    true: Any, predicted: Any, function: str, names: tuple[str, str], order: Any = None
) -> tuple[np.ndarray, Any]:
    """Count pairs of labels: K×K, and the classes in order, of the labels' kind."""
    given = zip((true, predicted), names, strict=True)
    rows, columns = (_labels(value, f"{function}: {name}") for value, name in given)
    if rows.kind != columns.kind:
        raise TypeError(
            f"{function}: {names[0]} and {names[1]} must be labels of one kind, but are "
            f"{rows.kind} and {columns.kind}."
        )
    if len(rows.values) != len(columns.values):
        raise ValueError(
            f"{function}: {names[0]} and {names[1]} must have as many elements, but have "
            f"{len(rows.values)} and {len(columns.values)}."
        )
    both = [v for v in (*rows.values, *columns.values) if v is not None]
    classes = _order(both, rows, columns) if order is None else _given(order, rows, both, function)
    place = {value: i for i, value in enumerate(classes)}
    places = [[-1 if v is None else place[v] for v in s.values] for s in (rows, columns)]
    counts = pair_counts(np.array(places[0], int), np.array(places[1], int), len(classes))
    return counts.astype(np.float64), _of_kind(classes, rows.kind, true)


def pair_counts(first: np.ndarray, second: np.ndarray, size: int) -> np.ndarray:
    """Count pairs of places, −1 being none: ``counts[i, j]`` of those with i first, j second."""
    known = (first >= 0) & (second >= 0)
    counts = np.zeros((size, size), np.int64)
    np.add.at(counts, (first[known], second[known]), 1)
    return counts


def place_of_labels(order: Any, classes: Any, name: str) -> list[int]:
    """Say where each class of an order stands among others, which it has to hold all of."""
    wanted, there = _labels(order, name), _labels(classes, name)
    places = {value: i for i, value in enumerate(there.values)}
    # Categories can be given by their names.
    found = [places.get(value, places.get(str(value))) for value in wanted.values]
    if None in found or sorted(found) != list(range(len(there.values))):
        raise ValueError(
            f"{name} must hold each of the classes {describe(there.values)} once, but is "
            f"{describe(wanted.values)}."
        )
    return found


class _Labels:
    """Labels of one kind: their values, None for those that are missing."""

    def __init__(self, kind: str, values: list[Any], names: list[str] | None = None):
        self.kind, self.values, self.names = kind, values, names


def _labels(value: Any, name: str) -> _Labels:
    if isinstance(value, categorical):
        texts = np.ravel(np.asarray(value.tolist(), object)).tolist()
        missing = value.isundefined().reshape(-1).tolist()
        values = [None if gone else t for t, gone in zip(texts, missing, strict=True)]
        return _Labels("categorical", values, categories(value).tolist())
    if is_text(value):
        items = [str(item) for item in text_array(value, name).reshape(-1)]
        return _Labels("texts", [item or None for item in items])
    array = _numbers(value, name)
    kind = "truth values" if array.dtype.kind == "b" else "numbers"
    return _Labels(kind, [None if item != item else item for item in array.tolist()])


def _numbers(value: Any, name: str) -> np.ndarray:
    try:
        array = np.asarray(value)
    except ValueError:
        array = np.asarray(None)
    if array.dtype.kind not in "fiub":
        raise TypeError(f"{name} must be {_LABELS}, but is {describe(value)}.")
    if array.size != max(array.shape, default=1):
        raise ValueError(f"{name} must be a vector of labels, but is {describe(value)}.")
    return array.reshape(-1)


def _order(both: list[Any], rows: _Labels, columns: _Labels) -> list[Any]:
    if rows.kind == "categorical":
        return list(dict.fromkeys([*rows.names, *columns.names]))
    distinct = list(dict.fromkeys(both))
    return distinct if rows.kind == "texts" else sorted(distinct)


def _given(order: Any, rows: _Labels, both: list[Any], function: str) -> list[Any]:
    wanted = _labels(order, f"{function}: Order")
    values = [str(v) for v in wanted.values] if rows.kind == "categorical" else wanted.values
    if rows.kind != "categorical" and wanted.kind != rows.kind:
        raise TypeError(f"{function}: Order must hold {rows.kind}, but holds {wanted.kind}.")
    lacking = [v for v in dict.fromkeys(both) if v not in values]
    if lacking or None in values or len(set(values)) < len(values):
        what = f"lacks {lacking[0]!r}" if lacking else "has one twice, or an empty one"
        raise ValueError(f"{function}: Order must hold each class once, but {what}.")
    return values


def _of_kind(classes: list[Any], kind: str, like: Any) -> Any:
    if kind == "categorical":
        return categorical(classes, classes)
    if kind == "texts":
        return np.array(classes, object) if isinstance(like, np.ndarray) else classes
    return np.array(classes, np.asarray(like).dtype)
