"""The columns of a table: what they can be, and how rows of them are taken."""

from __future__ import annotations

from typing import Any

import numpy as np

from matxai.lang.categorical import categorical
from matxai.lang.text_values import is_text

__all__ = ["column", "flat_rows", "height_of", "taken"]


def column(value: Any) -> Any:
    """Turn a value into a column: an array, a categorical, or a list, which is a cell array.

    Examples
    --------
    >>> column([1, 2])
    array([1, 2])
    >>> column(["a", "b"])
    ['a', 'b']
    """
    if isinstance(value, str):
        return np.array([str(value)], dtype=object)
    if isinstance(value, categorical):
        return value if value.ndim else value[np.newaxis]
    if isinstance(value, (list, tuple)):
        return _from_list(list(value))
    array = np.atleast_1d(np.asarray(value))
    if array.dtype.kind == "U":
        array = array.astype(object)
    # A column is a vector here.
    return array[:, 0] if array.ndim == 2 and array.shape[1] == 1 else array


def height_of(value: Any) -> int:
    """Say how many rows a column has."""
    return len(value)


def flat_rows(array: np.ndarray) -> np.ndarray:
    """Put all that belongs to one row of an array into that row."""
    return array.reshape(len(array), int(np.prod(array.shape[1:])))


def taken(value: Any, places: list[int]) -> Any:
    """Take rows of a column, counted from 0."""
    if isinstance(value, list):
        return [value[i] for i in places]
    return value[np.array(places, dtype=int)]


def _from_list(items: list[Any]) -> Any:
    if is_text(items):
        return [str(i) if isinstance(i, str) else i for i in items]
    if items and all(isinstance(item, categorical) for item in items):
        return categorical([str(item) for item in items])
    try:
        array = np.asarray(items)
    except ValueError:  # lists of different lengths are cells
        return items
    return array if array.dtype.kind in "biufc" else items
