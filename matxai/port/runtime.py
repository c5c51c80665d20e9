"""What ported scripts call where Python alone would compute something else than MATLAB.

Subscripts count from 1 here, as in MATLAB. An array of one dimension is a vector that is neither a
row nor a column: where that decides, these functions refuse.
"""

from __future__ import annotations

import copy
from typing import Any

import numpy as np

from matxai.lang.arithmetic import rdivide
from matxai.lang.sizes import size
from matxai.port.runtime_arithmetic import (
    acos,
    asin,
    codes,
    elementwise,
    log1p,
    log2,
    log10,
    mldivide,
    mpower,
    mrdivide,
    mtimes,
    negative,
    power,
    transpose,
)
from matxai.port.runtime_display import display
from matxai.port.runtime_errors import NotKnownError, only_errors_of_matlab
from matxai.port.runtime_lists import each_of, listed, listed_grid, put_row, struct_of
from matxai.port.runtime_logic import (
    both,
    either,
    equal,
    greater,
    greater_equal,
    less,
    less_equal,
    negated,
    truth,
    unequal,
)
from matxai.port.runtime_reading import at, item, zero_based
from matxai.port.runtime_setting import put, put_field, put_item, put_text, removed, struct_in
from matxai.port.runtime_tables import (
    put_in_table,
    put_rows,
    sized_table,
    table_part,
    table_values,
    tables_below,
    tables_beside,
    without,
)

__all__ = [
    "NotKnownError",
    "acos",
    "asin",
    "at",
    "below",
    "beside",
    "both",
    "codes",
    "columns",
    "copied",
    "count_given",
    "display",
    "each_of",
    "either",
    "elementwise",
    "equal",
    "greater",
    "greater_equal",
    "horzcat",
    "item",
    "less",
    "less_equal",
    "listed",
    "listed_grid",
    "log1p",
    "log2",
    "log10",
    "lying",
    "mldivide",
    "mpower",
    "mrdivide",
    "mtimes",
    "negated",
    "negative",
    "only_errors_of_matlab",
    "power",
    "put",
    "put_field",
    "put_in_table",
    "put_item",
    "put_row",
    "put_rows",
    "put_text",
    "rdivide",
    "removed",
    "size_of",
    "sized_table",
    "struct_in",
    "struct_of",
    "table_part",
    "table_values",
    "tables_below",
    "tables_beside",
    "transpose",
    "truth",
    "unequal",
    "vertcat",
    "without",
    "zero_based",
]


def copied(value: Any) -> Any:
    """Copy what can be changed in place; whole numbers become floats, as MATLAB's double.

    Examples
    --------
    >>> x = [np.zeros(2)]
    >>> copied(x)[0] is x[0]
    False
    """
    from matxai.lang.categorical import categorical
    from matxai.lang.structs import struct
    from matxai.lang.tables import table
    from matxai.lang.time_arrays import TimeArray

    if isinstance(value, np.ndarray):
        return value.astype(np.float64) if value.dtype == np.int64 else value.copy()
    if isinstance(value, list):
        return [copied(each) for each in value]
    if isinstance(value, struct):
        twin = copy.copy(value)
        for name in list(vars(twin)):
            vars(twin)[name] = copied(vars(twin)[name])
        return twin
    return copy.deepcopy(value) if isinstance(value, (table, categorical, TimeArray)) else value


def count_given(*values: Any) -> int:
    """Count the arguments that are given: MATLAB's nargin.

    Examples
    --------
    >>> count_given(1, 2, None)
    2
    """
    return sum(value is not None for value in values)


def size_of(value: Any, *dim: Any, nargout: int = 1) -> Any:
    """Return the size of an array, unless it is a vector that may lie either way.

    Examples
    --------
    >>> size_of(np.zeros((2, 3)), 2)
    3
    """
    flat = isinstance(value, list) or (isinstance(value, np.ndarray) and value.ndim == 1)
    if flat and len(value) != 1:
        raise NotKnownError("size: whether this vector is a row or a column is not known.")
    if isinstance(value, str):
        raise NotKnownError("size: whether this text is char or string is not known.")
    return size(value, *dim, nargout=nargout)


def lying(value: Any) -> Any:
    """Return an array of which it is clear how it lies: a vector of one dimension is refused.

    Examples
    --------
    >>> lying(np.ones((1, 3))).shape
    (1, 3)
    """
    if isinstance(value, (list, str)) or (np.ndim(value) == 1 and np.size(value) != 1):
        raise NotKnownError("Whether this vector is a row or a column is not known.")
    return value


def columns(value: Any) -> Any:
    """Return what a loop over an array runs through: its columns.

    Examples
    --------
    >>> [c.tolist() for c in columns(np.array([[1, 2], [3, 4]]))]
    [[1, 3], [2, 4]]
    """
    if isinstance(value, (int, float, np.generic)):
        return [value]
    if isinstance(value, np.ndarray) and value.ndim == 2:
        return list(value[0]) if value.shape[0] == 1 else list(value.T)
    if isinstance(value, np.ndarray) and value.ndim == 1 and len(value) < 2:
        return list(value)
    raise NotKnownError("for: whether this runs over a row or a column is not known.")


def horzcat(*parts: Any) -> Any:
    """Put arrays side by side; NumPy's whole numbers are double.

    Examples
    --------
    >>> horzcat(np.array([1, 2]), 0.5)
    array([1. , 2. , 0.5])
    """
    from matxai import horzcat as join

    if any(isinstance(part, str) for part in parts):
        raise NotKnownError("[…]: these are taken to be numbers, and some are texts.")
    return join(*map(_doubled, parts)) if parts else np.zeros(0)


def vertcat(*parts: Any) -> Any:
    """Put arrays below each other; NumPy's whole numbers are double.

    Examples
    --------
    >>> vertcat(np.array([1, 2]), 0.5)
    array([1. , 2. , 0.5])
    """
    from matxai import vertcat as join

    return join(*map(_doubled, parts)) if parts else np.zeros(0)


def _doubled(value: Any) -> Any:
    whole = isinstance(value, (np.ndarray, np.generic)) and value.dtype == np.int64
    return value.astype(np.float64) if whole else value


def beside(*parts: Any) -> Any:
    """Put values side by side, where it is clear what they are.

    Examples
    --------
    >>> beside("a", "b")
    'ab'
    """
    if len(parts) == 1:
        return parts[0]
    return _lying(_together(horzcat, parts), (1, -1))


def below(*parts: Any) -> Any:
    """Put values below each other, where it is clear what they are.

    Examples
    --------
    >>> below(1, 2)
    array([[1.],
           [2.]])
    """
    if len(parts) == 1:
        return parts[0]
    if any(isinstance(part, str) for part in parts):
        raise NotKnownError("[…; …]: whether these texts are char or string is not known.")
    return _lying(_together(vertcat, parts), (-1, 1))


def _lying(made: Any, shape: tuple[int, int]) -> Any:
    """Give what was put together the two dimensions that tell which way it lies."""
    vector = isinstance(made, np.ndarray) and made.ndim == 1 and made.size > 1
    return made.reshape(shape) if vector else made


def _layers(parts: tuple[Any, ...]) -> list[Any]:
    """Put layers together, which are a list in Python."""
    made: list[Any] = []
    for part in parts:
        made += part if isinstance(part, list) else [] if np.size(part) == 0 else [part]
    return made


def _together(join: Any, parts: tuple[Any, ...]) -> Any:
    if parts and all(isinstance(part, str) for part in parts):
        return "".join(parts)
    if any(type(part).__module__.startswith("matxai.nets.") for part in parts):
        return _layers(parts)
    if any(isinstance(part, (str, list, dict)) for part in parts):
        raise NotKnownError("[…]: what these values are together is not known.")
    numbers = [_doubled(part) for part in parts]
    vectors = [p for p in numbers if isinstance(p, np.ndarray) and p.ndim == 1 and len(p) != 1]
    single = any(np.ndim(p) == 0 or np.size(p) == 1 for p in numbers)
    if len(vectors) > 1 and not single:
        raise NotKnownError("[…]: whether these vectors are rows or columns is not known.")
    if len(vectors) == 1 and not single and len([p for p in numbers if np.size(p)]) > 1:
        raise NotKnownError("[…]: whether this vector is a row or a column is not known.")
    return join(*numbers)
