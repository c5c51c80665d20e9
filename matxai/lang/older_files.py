"""csvread, csvwrite, dlmread and dlmwrite: numbers in text files, by their older names."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from matxai.arguments import describe, numeric_array, one_of, positive_integer, real_scalar
from matxai.calling import matlab_function
from matxai.files import write_whole
from matxai.lang.delimited_files import delimiter as one_delimiter
from matxai.lang.format_specs import filled
from matxai.lang.number_texts import str2double
from matxai.lang.paths import path_text

__all__ = ["csvread", "csvwrite", "dlmread", "dlmwrite"]


def _offset(value: Any, name: str) -> int:
    number = real_scalar(value, name)
    if number < 0 or number != int(number):
        raise ValueError(f"{name} must be an integer from 0, but is {describe(value)}.")
    return int(number)


_READ = {"filename": path_text, "R1": _offset, "C1": _offset}


@matlab_function("M", accepts=_READ)
def csvread(filename, R1=0, C1=0):
    """Read numbers from a file, commas between them.

    Parameters
    ----------
    filename : str
        The file.
    R1, C1 : int, default 0
        Row and column to begin at, counted from 0 as in MATLAB.

    Returns
    -------
    numpy.ndarray of float64
        The numbers, a 1-D array if there is one row or column; 0 where there is none.

    Raises
    ------
    OSError
        If there is no such file.
    ValueError
        If something else than numbers is read.

    See Also
    --------
    readmatrix : leaves out lines of texts.

    Notes
    -----
    Documented.

    Examples
    --------
    >>> import os, tempfile
    >>> from matxai import csvread, csvwrite
    >>> with tempfile.TemporaryDirectory() as home:
    ...     file = os.path.join(home, "map.csv")
    ...     csvwrite(file, [[1, 2.5], [3, 4]])
    ...     csvread(file)
    array([[1. , 2.5],
           [3. , 4. ]])
    """
    return _read("csvread", filename, ",", R1, C1)


@matlab_function("M", accepts={"filename": path_text})
def dlmread(filename, *args):
    r"""Read numbers from a file, any character between them.

    Parameters
    ----------
    filename : str
        The file.
    *args
        The character, found out by default; and the row and the column to begin at, counted from
        0 as in MATLAB.

    Returns
    -------
    numpy.ndarray of float64
        The numbers, a 1-D array if there is one row or column; 0 where there is none.

    Raises
    ------
    OSError
        If there is no such file.
    ValueError
        If something else than numbers is read.

    Notes
    -----
    Documented.

    Examples
    --------
    >>> import os, tempfile
    >>> from matxai import dlmread, dlmwrite
    >>> with tempfile.TemporaryDirectory() as home:
    ...     file = os.path.join(home, "map.txt")
    ...     dlmwrite(file, [[1, 2], [3, 4]], "\t")
    ...     dlmread(file, "\t", 1, 0)
    array([3., 4.])
    """
    rest = list(args)
    mark = None
    if rest and isinstance(rest[0], str):
        given = rest.pop(0)
        mark = one_delimiter(given, "dlmread: delimiter") if given else None
    if len(rest) not in (0, 2):
        raise TypeError("dlmread: call dlmread(filename, delimiter, R1, C1).")
    first = [_offset(v, f"dlmread: {n}") for v, n in zip(rest, ("R1", "C1"), strict=False)]
    return _read("dlmread", filename, mark, *(first or (0, 0)))


def _read(function: str, filename: str, mark: str | None, row: int, column: int) -> np.ndarray:
    lines = Path(filename).read_text(encoding="utf-8-sig").splitlines()[row:]
    lines = [line for line in lines if line.strip()]
    if mark is None:
        mark = next((m for m in ",\t;" if any(m in line for line in lines)), None)
    # Several blanks count as one.
    split = [line.split() if mark in (None, " ") else line.split(mark) for line in lines]
    rows = [[_number(function, item) for item in parts[column:]] for parts in split]
    longest = max(map(len, rows), default=0)
    # A delimiter at the end of all lines has no column behind it.
    if longest and all(len(p) - column == longest and not p[-1].strip() for p in split):
        longest -= 1
    made = np.zeros((len(rows), longest))
    for place, numbers in enumerate(rows):
        made[place, : len(numbers)] = numbers[:longest]
    return made.reshape(-1) if 1 in made.shape else made


def _number(function: str, item: str) -> float:
    if not item.strip():
        return 0.0
    number = str2double(item)
    if number != number and item.strip().lower() != "nan":
        raise ValueError(
            f"{function}: the file must hold numbers only, but holds {item.strip()!r}: readmatrix "
            f"and readtable read such files, R1 leaves lines out."
        )
    return float(number)


@matlab_function(accepts={"filename": path_text, "row": _offset, "col": _offset})
def csvwrite(filename, M, row=0, col=0):
    """Write numbers into a file, commas between them.

    Parameters
    ----------
    filename : str
        The file.
    M : array, shape (H, W)
        The numbers; a 1-D array is written as a column.
    row, col : int, default 0
        How many empty lines, and empty columns, come first.

    Raises
    ------
    TypeError
        If `M` holds no numbers.

    See Also
    --------
    writematrix : writes 15 digits.

    Notes
    -----
    Documented: numbers have at most five significant digits.

    Examples
    --------
    See :func:`csvread`.
    """
    _write(filename, _lines(M, "csvwrite", ",", "%.5g", row, col), "\n", False)


@matlab_function(
    accepts={
        "filename": path_text,
        "delimiter": one_delimiter,
        "newline": one_of("unix", "pc"),
        "append": one_of("on", "off"),
        "roffset": _offset,
        "coffset": _offset,
    }
)
def dlmwrite(
    filename,
    M,
    *args,
    delimiter=",",
    precision=5,
    newline="unix",
    append="off",
    roffset=0,
    coffset=0,
):
    """Write numbers into a file, any character between them.

    Parameters
    ----------
    filename : str
        The file.
    M : array, shape (H, W)
        The numbers; a 1-D array is written as a column.
    *args
        "-append", to write at the end of the file; or the character, and how many empty lines and
        columns come first.
    delimiter : str
        The character; "," by default.
    precision : int or str
        Significant digits, 5 by default; or a format such as "%.3f".
    newline : {"unix", "pc"}
        How lines end.
    append : {"off", "on"}
        Whether to write at the end of the file.
    roffset, coffset : int
        How many empty lines and columns come first.

    Raises
    ------
    TypeError
        If `M` holds no numbers.
    ValueError
        If an option is wrong.

    See Also
    --------
    writematrix : the newer function.

    Notes
    -----
    Documented; MATLAB's choice of line ends by default is that of the system.

    Examples
    --------
    See :func:`dlmread`.
    """
    rest = list(args)
    at_end = append == "on"
    if rest and isinstance(rest[0], str) and rest[0].lower() == "-append":
        at_end = bool(rest.pop(0))
    if rest:
        delimiter = _mark(rest.pop(0))
    offsets = [_offset(v, "dlmwrite: offset") for v in rest]
    roffset, coffset = (
        (*offsets, roffset, coffset)[:2] if len(offsets) != 1 else (offsets[0], coffset)
    )
    digits = precision
    if not isinstance(precision, str):
        digits = f"%.{positive_integer(precision, 'dlmwrite: precision')}g"
    lines = _lines(M, "dlmwrite", delimiter, digits, roffset, coffset)
    _write(filename, lines, {"unix": "\n", "pc": "\r\n"}[newline], at_end)


def _mark(value: Any) -> str:
    return one_delimiter(value, "dlmwrite: delimiter")


def _lines(M: Any, function: str, mark: str, digits: str, row: int, col: int) -> list[str]:
    array = numeric_array(M, f"{function}: M")
    if array.ndim > 2:
        raise ValueError(f"{function}: M must be a matrix, but is {describe(array)}.")
    array = array.reshape(-1, 1) if array.ndim < 2 else array
    empty = mark * (col + array.shape[1] - 1)
    # Numbers are Python's, of which formats take whole ones and others alike.
    written = [[filled(digits, (n,)) for n in line] for line in array.astype(np.float64).tolist()]
    return [empty] * row + [mark * col + mark.join(parts) for parts in written]


def _write(filename: str, lines: list[str], end: str, at_end: bool) -> None:
    text = "".join(line + end for line in lines).encode("utf-8")
    before = Path(filename).read_bytes() if at_end and Path(filename).is_file() else b""
    write_whole(Path(filename), lambda file: file.write(before + text))
