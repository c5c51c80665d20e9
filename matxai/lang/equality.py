"""isequal: are values the same, through and through?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from matxai.calling import matlab_function
from matxai.lang.categorical import categorical

__all__ = ["isequal", "isequaln"]


@matlab_function("tf")
def isequal(A: Any, B: Any, *more: Any) -> bool:
    """Tell whether values are equal: arrays, texts, lists, structs, tables and labels.

    Parameters
    ----------
    A, B, *more : object
        The values.

    Returns
    -------
    bool
        Whether all are. Numbers are compared whatever their class, structs whatever the order of
        their fields; NaN equals nothing.

    Notes
    -----
    Documented. Chosen: a 1-D array equals a row and a column of the same numbers, and a text
    equals no numbers.

    Examples
    --------
    >>> import numpy as np
    >>> from matxai import isequal, struct
    >>> isequal(np.uint8([1, 2]), [1.0, 2.0])
    True
    >>> isequal(struct("a", [1, 2]), struct("a", [1, 3]))
    False
    """
    return all(_equal(A, other, nan=False) for other in (B, *more))


@matlab_function("tf")
def isequaln(A: Any, B: Any, *more: Any) -> bool:
    """Tell whether values are equal, NaN being equal to NaN.

    Parameters
    ----------
    A, B, *more : object
        The values.

    Returns
    -------
    bool
        Whether all are, as :func:`isequal` compares them otherwise.

    Examples
    --------
    >>> import numpy as np
    >>> from matxai import isequaln
    >>> isequaln([1, np.nan], [1, np.nan])
    True
    """
    return all(_equal(A, other, nan=True) for other in (B, *more))


def _equal(a: Any, b: Any, nan: bool) -> bool:
    if isinstance(a, categorical) or isinstance(b, categorical):
        return _labels_equal(a, b, nan)
    fields = _fields(a), _fields(b)
    if fields[0] is not None or fields[1] is not None:
        return _fields_equal(*fields, nan)
    if isinstance(a, str) or isinstance(b, str):
        return isinstance(a, str) and isinstance(b, str) and str(a) == str(b)
    arrays = _array(a), _array(b)
    if arrays[0] is None or arrays[1] is None:
        return arrays[0] is arrays[1] and _items_equal(a, b, nan)
    return _arrays_equal(*arrays, nan)


def _fields(value: Any) -> Mapping[str, Any] | None:
    from matxai.lang.structs import struct
    from matxai.lang.tables import table

    if isinstance(value, Mapping):
        return value
    if isinstance(value, struct):
        return vars(value)
    return value.columns() if isinstance(value, table) else None


def _fields_equal(a: Any, b: Any, nan: bool) -> bool:
    if a is None or b is None or set(a) != set(b):
        return False
    return all(_equal(a[name], b[name], nan) for name in a)


def _array(value: Any) -> np.ndarray | None:
    """Return numbers or texts as an array, and nothing for anything else."""
    if value is None:
        return np.zeros((0, 0))
    if not isinstance(value, (bool, int, float, complex, list, tuple, np.ndarray, np.generic)):
        value = value if hasattr(value, "__array__") else None
    if value is None or not _holds_plain(value):
        return None
    try:
        array = np.asarray(value)
    except ValueError:  # lists of different lengths
        return None
    if array.dtype.kind in "OU":
        items = np.array(value, dtype=object)
        return items if items.size and all(isinstance(i, str) for i in items.flat) else None
    return array if array.dtype.kind in "biufc" else None


def _holds_plain(value: Any) -> bool:
    """Tell whether lists hold no more than texts, numbers and lists of these."""
    if not isinstance(value, (list, tuple)):
        return True
    plain = (str, bool, int, float, complex, list, tuple, np.ndarray, np.generic)
    return all(isinstance(item, plain) and _holds_plain(item) for item in value)


def _arrays_equal(a: np.ndarray, b: np.ndarray, nan: bool) -> bool:
    if (a.dtype == object) != (b.dtype == object) or not _same_size(a, b):
        return False
    a, b = a.ravel("F"), b.ravel("F")
    same = a == b
    if nan and a.dtype.kind in "fc" and b.dtype.kind in "fc":
        same = same | ((a != a) & (b != b))
    return bool(np.all(same))


def _same_size(a: np.ndarray, b: np.ndarray) -> bool:
    def full(shape: tuple[int, ...]) -> tuple[int, ...]:
        while len(shape) > 2 and shape[-1] == 1:
            shape = shape[:-1]
        return shape if len(shape) > 1 else (*shape, 1) if shape else (1, 1)

    first, second = full(a.shape), full(b.shape)
    vector = min(a.ndim, b.ndim) == 1 and len(first) == len(second) == 2
    return first == second or (vector and first == second[::-1])


def _labels_equal(a: Any, b: Any, nan: bool) -> bool:
    if not (isinstance(a, categorical) and isinstance(b, categorical)) or a.shape != b.shape:
        return False
    same = np.asarray(a == b)
    return bool(np.all(same | (a.isundefined() & b.isundefined()) if nan else same))


def _items_equal(a: Any, b: Any, nan: bool) -> bool:
    if isinstance(a, (list, tuple, np.ndarray)) and isinstance(b, (list, tuple, np.ndarray)):
        return len(a) == len(b) and all(_equal(x, y, nan) for x, y in zip(a, b, strict=True))
    return type(a) is type(b) and bool(a == b)
