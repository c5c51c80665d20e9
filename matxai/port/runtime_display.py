"""How ported scripts show a value that has no semicolon behind it."""

from __future__ import annotations

import sys
from typing import Any

import numpy as np

from matxai.lang.display import disp
from matxai.lang.structs import struct
from matxai.lang.summaries import matlab_class
from matxai.lang.time_arrays import TimeArray
from matxai.lang.values import matlab_size

__all__ = ["display"]


def display(name: str, value: Any, kind: str = "") -> None:
    """Print a value under its name, as MATLAB does in its format short.

    A vector of one dimension is shown as a row. `kind` is "string" for texts that are strings.

    Examples
    --------
    >>> display("x", 3)
    x =
    <BLANKLINE>
         3
    <BLANKLINE>
    """
    sys.stdout.write(f"{name} =\n\n")
    if isinstance(value, str):
        quote = '"' if kind == "string" else "'"
        sys.stdout.write(f"    {quote}{value}{quote}\n\n")
        return
    if isinstance(value, struct):
        sys.stdout.write(f"{value!r}\n\n")
        return
    sys.stdout.write(_head(value))
    if value is None or (isinstance(value, (list, np.ndarray)) and not np.size(value)):
        sys.stdout.write("     []\n\n" if not isinstance(value, list) else "")
        return
    disp(value)
    sys.stdout.write("\n")


def _head(value: Any) -> str:
    """Return the line that names class and size, where MATLAB writes one."""
    if isinstance(value, TimeArray):
        return f"  {value._head()}\n\n"
    if type(value).__name__ == "categorical":
        size = _size(np.shape(value))
        return f"  {size} categorical array\n\n" if value.size != 1 else "  categorical\n\n"
    if isinstance(value, list):
        rows = len(value) if value and isinstance(value[0], list) else 1
        columns = len(value[0]) if rows > 1 else len(value)
        if not value:
            return "  0×0 empty cell array\n\n"
        return f"  {rows}×{columns} cell array\n\n"
    if not isinstance(value, (bool, np.ndarray, np.generic)):
        return ""
    name = matlab_class(value)
    if name in ("double", "int64"):
        return ""
    shape = np.shape(value)
    if np.size(value) == 1:
        return f"  {name}\n\n" if name != "string" else ""
    if name in ("logical", "string"):
        return f"  {_size(shape)} {name} array\n\n"
    size = matlab_size((1, *shape) if len(shape) == 1 else shape)
    if len(size) > 2:
        return f"  {_size(shape)} {name} array\n\n"
    what = "row vector" if size[0] == 1 else "column vector" if size[1] == 1 else "matrix"
    return f"  {_size(shape)} {name} {what}\n\n"


def _size(shape: tuple[int, ...]) -> str:
    return "×".join(map(str, matlab_size((1, *shape) if len(shape) == 1 else shape)))
