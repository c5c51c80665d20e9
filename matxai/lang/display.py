"""disp: a value as MATLAB shows it in the command window, in format short."""

from __future__ import annotations

import sys
from typing import Any

import numpy as np

from matxai.calling import matlab_function
from matxai.lang.categorical import categorical
from matxai.lang.structs import struct
from matxai.lang.summaries import short_number
from matxai.lang.table_display import cell_text, table_text
from matxai.lang.tables import table
from matxai.lang.time_arrays import TimeArray

__all__ = ["disp"]


@matlab_function()
def disp(X: Any) -> None:
    """Print a value as MATLAB shows it, without its name.

    Parameters
    ----------
    X : object
        A text, number, array, list, struct, table or categorical; of anything else ``str(X)``.

    Notes
    -----
    Documented, in MATLAB's format short. A 1-D array is shown as a row. Chosen: long rows are not
    broken.

    Examples
    --------
    >>> from matxai import disp
    >>> disp("espresso")
    espresso
    >>> disp([[1, 2], [3, 4]])
         1     2
         3     4
    """
    sys.stdout.write(_shown(X) + "\n")


def _shown(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, table):
        return table_text(value.columns(), value.Properties.RowNames or None)
    if isinstance(value, struct):
        return value._lines()
    if isinstance(value, TimeArray):
        return value._lines()
    if isinstance(value, categorical):
        return "\n".join(repr(value).splitlines()[1:])
    if isinstance(value, (list, tuple)) and not _is_numbers(value):
        return "\n".join(_GAP + "{" + cell_text(item) + "}" for item in value)
    if isinstance(value, (bool, int, float, list, tuple, np.ndarray, np.generic)):
        return _array(np.asarray(value))
    return str(value)


_GAP = "    "


def _is_numbers(value: Any) -> bool:
    try:
        return np.asarray(value).dtype.kind in "biuf"
    except ValueError:
        return False


def _array(array: np.ndarray) -> str:
    if array.dtype.kind in "UO":
        rows = np.atleast_2d(array)
        widest = max((len(str(item)) for item in rows.flat), default=0) + 2
        lines = ("".join(f'{_GAP}"{item}"'.ljust(widest + 4) for item in row) for row in rows)
        return "\n".join(line.rstrip() for line in lines)
    if array.ndim < 3:
        return _matrix(np.atleast_2d(array))
    pages = []
    for place in np.ndindex(array.shape[2:]):
        where = ",".join(str(i + 1) for i in place)
        pages.append(f"(:,:,{where}) =\n\n{_matrix(array[(..., *place)])}\n")
    return "\n".join(pages)


def _matrix(rows: np.ndarray) -> str:
    if not rows.size:
        return ""
    # Whole numbers of Python are MATLAB's double; only its integer classes are shown as such.
    if rows.dtype.kind != "f" and rows.dtype != np.int64:
        widest = max(len(str(int(n))) for n in rows.flat)
        return _laid_out(rows, widest + 3, lambda n: str(int(n)))
    rows = rows.astype(float)
    finite = np.abs(rows[np.isfinite(rows)])
    largest = finite.max(initial=0)
    if np.array_equal(finite, np.floor(finite)) and largest < 1e9:
        width = 6 if largest < 1000 else 12
        return _laid_out(rows, width, lambda n: str(int(n)))
    if rows.size == 1:
        shown = short_number(rows.item())
        return shown.rjust(10) if "e" not in shown else "   " + shown
    return _scaled(rows, largest)


def _scaled(rows: np.ndarray, largest: float) -> str:
    """Write fractions with four decimals, a common factor in front if need be."""
    power = int(np.floor(np.log10(largest))) if largest else 0
    power = power if largest >= 1000 or largest < 0.001 else 0
    head = f"   1.0e{power:+03d} *\n\n" if power else ""
    return head + _laid_out(rows / 10.0**power, 10, lambda n: "0" if n == 0 else f"{n:.4f}")


def _laid_out(rows: np.ndarray, width: int, write: Any) -> str:
    lines = []
    for row in rows.tolist():
        texts = [write(n) if np.isfinite(n) else short_number(n) for n in row]
        lines.append("".join(text.rjust(width) for text in texts))
    return "\n".join(lines)
