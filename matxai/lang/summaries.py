"""One value in a few words, as MATLAB writes it inside a struct, a cell array or a table."""

from __future__ import annotations

from typing import Any

import numpy as np

__all__ = ["matlab_class", "short_number", "size_text", "summary"]

_CLASSES = {"float64": "double", "float32": "single", "bool": "logical"}
_LONGEST_ROW = 10


def matlab_class(value: Any) -> str:
    """Name the class of a value as MATLAB does.

    Examples
    --------
    >>> import numpy as np
    >>> matlab_class(np.float32(1)), matlab_class("a"), matlab_class([1])
    ('single', 'char', 'cell')
    """
    if isinstance(value, str):
        return "char"
    if isinstance(value, bool):
        return "logical"
    if isinstance(value, (int, float, complex)) or value is None:
        return "double"
    if isinstance(value, (list, tuple)):
        return "cell"
    if isinstance(value, (np.ndarray, np.generic)):
        name = value.dtype.name
        return "string" if value.dtype.kind in "UO" else _CLASSES.get(name, name)
    return type(value).__name__


def size_text(value: Any) -> str:
    """Write the size of a value, a vector as a column.

    Examples
    --------
    >>> import numpy as np
    >>> size_text(np.zeros((3, 4, 2))), size_text([1, 2]), size_text("abc")
    ('3×4×2', '1×2', '1×3')
    """
    if isinstance(value, (str, list, tuple)):
        return f"1×{len(value)}" if len(value) else "0×0"
    if value is None:
        return "0×0"
    shape = tuple(getattr(value, "shape", ()))
    if isinstance(value, np.ndarray) and len(shape) == 1:
        shape = (1, *shape)
    return "×".join(map(str, shape + (1,) * (2 - len(shape))))


def short_number(number: Any) -> str:
    """Write a number in MATLAB's format short.

    Examples
    --------
    >>> short_number(0.55419), short_number(7.0), short_number(12345.678), short_number(True)
    ('0.5542', '7', '1.2346e+04', '1')
    """
    number = number.item() if isinstance(number, np.generic) else number
    if number != number or number in (np.inf, -np.inf):
        return "NaN" if number != number else ("Inf" if number > 0 else "-Inf")
    if number == int(number) and abs(number) < 1e9:
        return str(int(number))
    return f"{number:.4f}" if 0.001 <= abs(number) < 1000 else f"{number:.4e}"


def summary(value: Any) -> str:
    """Write a value in one line.

    Examples
    --------
    >>> import numpy as np
    >>> summary("cat"), summary(0.5), summary(np.arange(3)), summary(np.zeros((4, 4)))
    ("'cat'", '0.5000', '[0 1 2]', '[4×4 double]')
    """
    if isinstance(value, str):
        return f"'{value}'"
    if isinstance(value, (list, tuple)):
        return f"{{{size_text(value)} cell}}"
    kind = matlab_class(value)
    if value is None or isinstance(value, (bool, int, float, np.ndarray, np.generic)):
        return _array(np.asarray([] if value is None else value), size_text(value), kind)
    return f"[{size_text(value)} {kind}]"


def _array(array: np.ndarray, size: str, kind: str) -> str:
    if array.dtype.kind not in "biuf":
        single = array.size == 1 and isinstance(array.reshape(-1)[0], str)
        return f'"{array.reshape(-1)[0]}"' if single else f"[{size} {kind}]"
    if array.size == 1:
        return short_number(array.reshape(-1)[0])
    if not array.size:
        return "[]" if size in ("1×0", "0×0") else f"[{size} {kind}]"
    if array.ndim == 1 and array.size <= _LONGEST_ROW:
        return "[" + " ".join(short_number(n) for n in array) + "]"
    return f"[{size} {kind}]"
