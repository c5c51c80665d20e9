"""Values of .mat files as Python's, and back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from matxai.arguments import describe
from matxai.lang.categorical import categorical
from matxai.lang.structs import struct
from matxai.lang.tables import table
from matxai.lang.text_values import is_text

__all__ = ["from_mat", "to_mat"]


def from_mat(value: Any) -> Any:
    """Turn what a reader of .mat files gives into ordinary values.

    Examples
    --------
    >>> from_mat(np.array([[1.0], [2.0]]))
    array([1., 2.])
    >>> from_mat(np.array(["cat"]))
    'cat'
    """
    if type(value).__module__.startswith("pandas"):
        return _from_pandas(value)
    if type(value).__name__ in ("MatlabOpaque", "MatlabOpaqueArray"):
        # Networks come through load as well, and with them what is above this package.
        from matxai.nets.mat_files.loading import loaded

        return loaded(value)
    if type(value).__name__.endswith("mat_struct"):
        return struct({name: from_mat(getattr(value, name)) for name in value._fieldnames})
    if isinstance(value, Mapping):
        return struct({name: from_mat(item) for name, item in value.items()})
    if not isinstance(value, np.ndarray):
        return value
    if value.dtype.names:
        return _structs(value)
    if value.dtype.kind in "US":
        return _texts(value)
    if value.dtype.kind == "T":
        return _vector(np.array(value.tolist(), dtype=object))
    if value.dtype.kind == "O":
        return _cells(value)
    return _vector(np.array(value))


def to_mat(value: Any, name: str) -> Any:
    """Turn a value into one that a writer of .mat files takes.

    Examples
    --------
    >>> to_mat([1, 2], "x")
    array([[1.],
           [2.]])
    """
    if value is None:
        return np.zeros((0, 0))
    if isinstance(value, table):
        return {n: to_mat(column, f"{name}.{n}") for n, column in value.columns().items()}
    if isinstance(value, struct):
        value = vars(value)
    if isinstance(value, Mapping):
        return {str(n): to_mat(item, f"{name}.{n}") for n, item in value.items()}
    if isinstance(value, categorical):
        value = value.tolist()
    if isinstance(value, str):
        return str(value)
    if isinstance(value, (list, tuple)) and not _is_numbers(value):
        return _to_cells(list(value), name)
    # A number written in Python is MATLAB's double.
    plain = isinstance(value, (int, float, list, tuple)) and not isinstance(value, bool)
    array = np.asarray(value)
    if array.dtype.kind not in "biufc":
        if isinstance(value, np.ndarray) and (array.dtype.kind == "U" or is_text(array)):
            return _to_cells(array.tolist(), name)
        raise TypeError(f"save: {name} cannot be written to a .mat file: it is {describe(value)}.")
    if plain and array.dtype.kind in "iu":
        array = array.astype(float)
    return array.reshape(-1, 1) if array.ndim == 1 else array


def _is_numbers(value: Any) -> bool:
    try:
        return bool(len(value)) and np.asarray(value).dtype.kind in "biufc"
    except ValueError:
        return False


def _to_cells(items: list[Any], name: str) -> np.ndarray:
    nested = [isinstance(item, list) for item in items]
    if items and all(nested) and len({len(item) for item in items}) == 1 and items[0]:
        rows = items
    else:
        rows = [[item] for item in items]
    cells = np.empty((len(rows), len(rows[0]) if rows else 0), dtype=object)
    for i in np.ndindex(cells.shape):
        cells[i] = to_mat(rows[i[0]][i[1]], f"{name}{{{i[0] + 1}}}")
    return cells


def _vector(array: np.ndarray) -> Any:
    """Return scalars as such, vectors in one dimension, and anything else as it is."""
    if array.size == 1 and array.ndim <= 2:
        return array.reshape(-1)[0]
    if array.ndim == 2 and 1 in array.shape and array.size:
        return array.ravel()
    return array


def _texts(array: np.ndarray) -> Any:
    if array.size == 0:
        return ""
    rows = array.ravel().tolist()
    return rows[0] if len(rows) == 1 else np.array(rows, dtype=object)


def _cells(array: np.ndarray) -> Any:
    if array.size and all(isinstance(item, str) for item in array.flat):
        return _nested(array)
    values = np.empty(array.shape, dtype=object)
    for i in np.ndindex(array.shape):
        values[i] = from_mat(array[i])
    return _nested(values)


def _nested(array: np.ndarray) -> Any:
    if array.ndim == 2 and (1 in array.shape or not array.size):
        array = array.ravel()
    return [array[i] if array.ndim == 1 else _nested(array[i]) for i in range(len(array))]


def _structs(array: np.ndarray) -> Any:
    found = np.empty(array.shape, dtype=object)
    for i in np.ndindex(array.shape):
        found[i] = struct({name: from_mat(array[i][name]) for name in array.dtype.names})
    return found.reshape(-1)[0] if found.size == 1 else _nested(found)


def _from_pandas(value: Any) -> Any:
    kind = type(value).__name__
    if kind == "Categorical":
        names = [str(name) for name in value.categories]
        # Code −1, undefined, takes the last one.
        return categorical(
            _vector(np.array([*names, None], object)[np.asarray(value.codes)]), names
        )
    if kind == "DataFrame":
        columns = [_column(value[name]) for name in value.columns]
        return table(*columns, VariableNames=[str(name) for name in value.columns])
    return value


def _column(series: Any) -> Any:
    values = series.array
    if type(values).__name__ == "Categorical":
        return _from_pandas(values)
    items = series.tolist()
    return items if is_text(items) else np.asarray(series.to_numpy())
