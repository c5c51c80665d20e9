"""readmatrix, writematrix, readtable and writetable: numbers and tables in text files."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import Any

import numpy as np

from matxai.arguments import any_of, logical, numeric_array, text
from matxai.calling import matlab_function
from matxai.files import write_whole
from matxai.lang.categorical import categorical
from matxai.lang.number_texts import str2double
from matxai.lang.paths import path_text
from matxai.lang.tables import one_table, table
from matxai.lang.text_values import any_texts, text_array

__all__ = ["delimiter", "readmatrix", "readtable", "writematrix", "writetable"]

_DELIMITERS = {"comma": ",", "space": " ", "tab": "\t", "semi": ";", "bar": "|"}
_TEXT_FILES = (".csv", ".txt", ".dat", ".tsv", "")


def delimiter(value: Any, name: str) -> str:
    """Check what stands between the parts of a line: a character, or its name."""
    word = text(value, name)
    found = _DELIMITERS.get(word, word.replace("\\t", "\t"))
    if len(found) != 1:
        raise ValueError(f"{name} must be one character, or of {[*_DELIMITERS]}, but is {value!r}.")
    return found


@matlab_function("A", accepts={"filename": path_text, "Delimiter": delimiter})
def readmatrix(filename: str, *, Delimiter: str | None = None) -> np.ndarray:
    """Read a matrix from a text file.

    Parameters
    ----------
    filename : str
        The file.
    Delimiter : str, optional
        What stands between the numbers; found out by default.

    Returns
    -------
    numpy.ndarray of float64, shape (M, N) or (M,)
        The numbers, a 1-D array if there is one row or column; NaN where there is none. Lines of
        texts at the beginning are left out.

    Raises
    ------
    FileNotFoundError
        If there is no such file.
    ValueError
        If it is no text file.

    Examples
    --------
    >>> import os, tempfile
    >>> from matxai import readmatrix, writematrix
    >>> with tempfile.TemporaryDirectory() as home:
    ...     file = os.path.join(home, "map.csv")
    ...     writematrix([[1, 2.5], [3, 4]], file)
    ...     readmatrix(file)
    array([[1. , 2.5],
           [3. , 4. ]])
    """
    rows = _rows("readmatrix", filename, Delimiter)
    numbers = [[str2double(item) for item in row] for row in rows]
    while numbers and all(n != n for n in numbers[0]) and any(rows[len(rows) - len(numbers)]):
        numbers.pop(0)
    matrix = np.array(numbers, dtype=float).reshape(len(numbers), -1)
    return matrix.ravel() if 1 in matrix.shape else matrix


@matlab_function(accepts={"filename": path_text, "Delimiter": delimiter})
def writematrix(A: Any, filename: str, *, Delimiter: str = ",") -> None:
    """Write a matrix into a text file.

    Parameters
    ----------
    A : array, or array or list of str
        The matrix; a 1-D array is written as a column.
    filename : str
        The file.
    Delimiter : str, default ","
        What stands between the elements.

    Raises
    ------
    TypeError
        If `A` holds neither numbers nor texts.
    ValueError
        If the file is no text file by its name.

    Notes
    -----
    Documented: numbers are written with up to 15 significant digits.

    Examples
    --------
    See :func:`readmatrix`.
    """
    if isinstance(A, categorical):
        A = A.tolist()
    try:
        array = any_of(numeric_array, lambda v, n: text_array(v, n))(A, "A")
    except TypeError as error:
        raise TypeError(f"writematrix: {error}") from None
    array = array.reshape(-1, 1) if array.ndim < 2 else array.reshape(len(array), -1, order="F")
    _write("writematrix", filename, [[_item(v) for v in row] for row in array.tolist()], Delimiter)


@matlab_function(
    "T",
    accepts={
        "filename": path_text,
        "Delimiter": delimiter,
        "ReadVariableNames": logical,
        "TextType": any_texts,
    },
)
def readtable(
    filename: str,
    *,
    Delimiter: str | None = None,
    ReadVariableNames: bool | None = None,
    TextType: str = "char",
) -> table:
    """Read a table from a text file.

    Parameters
    ----------
    filename : str
        The file.
    Delimiter : str, optional
        What stands between the values; found out by default.
    ReadVariableNames : bool, optional
        Whether the first line has the names of the variables; by default it has if it holds
        texts only.
    TextType : {"char", "string"}, default "char"
        Whether texts come in a list, MATLAB's cell array, or an array.

    Returns
    -------
    table
        The table: a variable of numbers where all its values are numbers or missing.

    Raises
    ------
    FileNotFoundError
        If there is no such file.
    ValueError
        If it is no text file.

    Notes
    -----
    Documented for what is there. Spreadsheets are not read: save them as text files. Names that are
    none in MATLAB are changed as by MATLAB: "my score" becomes "myScore".

    Examples
    --------
    >>> import os, tempfile
    >>> from matxai import readtable, table, writetable
    >>> T = table(["cat", "dog"], [0.25, 0.7], VariableNames=["name", "score"])
    >>> with tempfile.TemporaryDirectory() as home:
    ...     file = os.path.join(home, "scores.csv")
    ...     writetable(T, file)
    ...     readtable(file).score
    array([0.25, 0.7 ])
    """
    rows = _rows("readtable", filename, Delimiter)
    if ReadVariableNames is None:
        first = rows[0] if rows else []
        ReadVariableNames = bool(first) and not any(_is_number(item) for item in first)
    names = _valid_names(rows.pop(0)) if ReadVariableNames and rows else None
    columns = [_column(list(part), TextType) for part in zip(*rows, strict=True)]
    if not rows:
        columns = [[] for _ in names or []]
    return table(*columns, **({"VariableNames": names} if names else {}))


@matlab_function(
    accepts={
        "T": one_table,
        "filename": path_text,
        "Delimiter": delimiter,
        "WriteVariableNames": logical,
        "WriteRowNames": logical,
    }
)
def writetable(
    T: Any,
    filename: str,
    *,
    Delimiter: str = ",",
    WriteVariableNames: bool = True,
    WriteRowNames: bool = False,
) -> None:
    """Write a table into a text file.

    Parameters
    ----------
    T : table
        The table.
    filename : str
        The file.
    Delimiter : str, default ","
        What stands between the values.
    WriteVariableNames : bool, default True
        Whether the first line has the names of the variables.
    WriteRowNames : bool, default False
        Whether the first column has the names of the rows.

    Raises
    ------
    TypeError
        If `T` is no table.
    ValueError
        If the file is no text file by its name.

    Examples
    --------
    See :func:`readtable`.
    """
    header: list[str] = []
    parts: list[list[Any]] = []
    if WriteRowNames and T.Properties.RowNames:
        header, parts = ["Row"], [T.Properties.RowNames]
    for name, values in T.columns().items():
        items = values.tolist() if isinstance(values, categorical) else list(values)
        wide = np.array(items, dtype=object).reshape(len(items), -1).T.tolist()
        header += [name] if len(wide) == 1 else [f"{name}_{i + 1}" for i in range(len(wide))]
        parts += wide
    lines = [[_item(item) for item in row] for row in zip(*parts, strict=True)]
    _write("writetable", filename, [header, *lines] if WriteVariableNames else lines, Delimiter)


def _rows(function: str, filename: str, delimiter: str | None) -> list[list[str]]:
    _require_text_file(function, filename)
    with open(filename, encoding="utf-8-sig", newline="") as file:
        whole = file.read()
    lines = [line for line in whole.splitlines() if line.strip()]
    if delimiter is None:
        counts = {d: lines[0].count(d) for d in ",\t;|"} if lines else {}
        delimiter = max(counts, key=counts.__getitem__) if any(counts.values()) else None
    if delimiter is None:
        rows = [line.split() if _all_numbers(line) else [line.strip()] for line in lines]
    else:
        rows = [
            [item.strip() for item in row]
            for row in csv.reader(io.StringIO(whole), delimiter=delimiter)
            if row
        ]
    longest = max(map(len, rows), default=0)
    return [row + [""] * (longest - len(row)) for row in rows]


def _require_text_file(function: str, filename: str) -> None:
    if Path(filename).suffix.lower() not in _TEXT_FILES:
        raise ValueError(
            f"{function}: filename must end with .csv, .txt, .tsv or .dat, but is {filename!r}. "
            f"Spreadsheets are not read or written: use text files."
        )


def _write(function: str, filename: str, rows: list[list[str]], delimiter: str) -> None:
    _require_text_file(function, filename)
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerows(rows)
    write_whole(Path(filename), lambda file: file.write(out.getvalue().encode("utf-8")))


def _item(item: Any) -> str:
    item = item.item() if isinstance(item, np.generic) else item
    if isinstance(item, bool):
        return str(int(item))
    if isinstance(item, float):
        special = {"nan": "NaN", "inf": "Inf", "-inf": "-Inf"}
        return special.get(str(item), f"{item:.15g}")
    return str(item)


def _is_number(item: str) -> bool:
    value = str2double(item)
    return value == value or item.strip().lower() == "nan"


def _all_numbers(line: str) -> bool:
    return all(_is_number(item) for item in line.split())


def _column(items: list[str], text_type: str) -> Any:
    if all(not item or _is_number(item) for item in items) and any(items):
        return np.array([str2double(item) for item in items], dtype=float)
    return items if text_type != "string" else np.array(items, dtype=object)


def _valid_names(names: list[str]) -> list[str]:
    """Make distinct names of variables, as matlab.lang.makeValidName does."""
    valid: list[str] = []
    for i, name in enumerate(names):
        joined = re.sub(r"\s+(\w?)", lambda m: m[1].upper(), name.strip())
        name = re.sub(r"\W", "_", joined, flags=re.A) or f"Var{i + 1}"
        name = name if name[0].isalpha() else f"x{name}"
        again = sum(v == name or v.startswith(f"{name}_") for v in valid)
        valid.append(f"{name}_{again}" if again and name in valid else name)
    return valid
