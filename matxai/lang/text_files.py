"""readlines, writelines, fileread, jsonencode and jsondecode."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

from matxai.arguments import describe, logical, one_of, text
from matxai.calling import matlab_function
from matxai.files import write_whole
from matxai.lang.categorical import categorical
from matxai.lang.paths import path_text
from matxai.lang.structs import struct
from matxai.lang.text_values import any_texts, text_array

__all__ = ["fileread", "jsondecode", "jsonencode", "readlines", "writelines"]


@matlab_function(
    "S",
    accepts={
        "filename": path_text,
        "EmptyLineRule": one_of("read", "skip", "error"),
        "Encoding": text,
    },
)
def readlines(filename: str, *, EmptyLineRule: str = "read", Encoding: str = "UTF-8") -> np.ndarray:
    """Read the lines of a text file.

    Parameters
    ----------
    filename : str
        The file.
    EmptyLineRule : {"read", "skip", "error"}, default "read"
        What happens to empty lines.
    Encoding : str, default "UTF-8"
        The encoding.

    Returns
    -------
    numpy.ndarray of str, shape (N,)
        The lines. A file that ends with a new line gives an empty text at the end, as in MATLAB;
        "skip" leaves it out.

    Raises
    ------
    FileNotFoundError
        If there is no such file.
    ValueError
        If a line is empty and `EmptyLineRule` is "error".

    Notes
    -----
    Documented.

    Examples
    --------
    >>> import os, tempfile
    >>> from matxai import readlines, writelines
    >>> with tempfile.TemporaryDirectory() as home:
    ...     file = os.path.join(home, "classes.txt")
    ...     writelines(["cat", "dog"], file)
    ...     readlines(file, EmptyLineRule="skip").tolist()
    ['cat', 'dog']
    """
    lines = _read(filename, Encoding).split("\n")
    if EmptyLineRule == "error" and not all(lines[:-1]):
        raise ValueError(f"readlines: the file {filename!r} has an empty line.")
    kept = lines if EmptyLineRule == "read" else [line for line in lines if line]
    return np.array(kept, dtype=object)


@matlab_function(
    accepts={
        "lines": any_texts,
        "filename": path_text,
        "WriteMode": one_of("overwrite", "append"),
        "Encoding": text,
    }
)
def writelines(
    lines: Any, filename: str, *, WriteMode: str = "overwrite", Encoding: str = "UTF-8"
) -> None:
    """Write texts into a file, one on each line.

    Parameters
    ----------
    lines : str, or array or list of str
        The texts.
    filename : str
        The file.
    WriteMode : {"overwrite", "append"}, default "overwrite"
        Whether the lines replace what is in the file, or follow it.
    Encoding : str, default "UTF-8"
        The encoding.

    Raises
    ------
    TypeError
        If `lines` holds other things than texts.

    Examples
    --------
    See :func:`readlines`.
    """
    written = "".join(f"{line}\n" for line in text_array(lines, "lines").ravel().tolist())
    path = Path(filename)
    if WriteMode == "append" and path.exists():
        written = _read(filename, Encoding) + written
    write_whole(path, lambda file: file.write(written.encode(Encoding)))


@matlab_function("text", accepts={"filename": path_text, "Encoding": text})
def fileread(filename: str, *, Encoding: str = "UTF-8") -> str:
    r"""Read a text file as one text.

    Parameters
    ----------
    filename : str
        The file.
    Encoding : str, default "UTF-8"
        The encoding.

    Returns
    -------
    str
        What is in it, the ends of lines included.

    Raises
    ------
    FileNotFoundError
        If there is no such file.

    Examples
    --------
    >>> import os, tempfile
    >>> from matxai import fileread, writelines
    >>> with tempfile.TemporaryDirectory() as home:
    ...     file = os.path.join(home, "note.txt")
    ...     writelines("a map", file)
    ...     fileread(file)
    'a map\n'
    """
    with open(filename, encoding=Encoding, newline="") as file:
        return file.read()


@matlab_function("txt", accepts={"PrettyPrint": logical, "ConvertInfAndNaN": logical})
def jsonencode(data: Any, *, PrettyPrint: bool = False, ConvertInfAndNaN: bool = True) -> str:
    """Write a value as JSON.

    Parameters
    ----------
    data : number, bool, str, array, list, struct, dict or table
        The value. A table becomes a list of its rows.
    PrettyPrint : bool, default False
        Whether to write it on several lines.
    ConvertInfAndNaN : bool, default True
        Whether infinite numbers and NaN become null.

    Returns
    -------
    str
        The JSON.

    Raises
    ------
    TypeError
        If `data` holds something that has no JSON.

    Examples
    --------
    >>> from matxai import jsonencode, struct
    >>> jsonencode(struct("name", "cat", "scores", [0.25, 0.5]))
    '{"name":"cat","scores":[0.25,0.5]}'
    """
    plain = _plain(data, ConvertInfAndNaN)
    separators = None if PrettyPrint else (",", ":")
    indent = 2 if PrettyPrint else None
    return json.dumps(plain, ensure_ascii=False, separators=separators, indent=indent)


@matlab_function("data", accepts={"txt": text})
def jsondecode(txt: str) -> Any:
    """Read a value from JSON.

    Parameters
    ----------
    txt : str
        The JSON.

    Returns
    -------
    float, bool, str, numpy.ndarray, list or struct
        The value: objects become structs; arrays of numbers, or of arrays of as many, arrays; null
        among numbers NaN, on its own an empty array; other arrays lists.

    Raises
    ------
    TypeError
        If `txt` is no text.
    ValueError
        If it is no JSON.

    Notes
    -----
    Documented. Names of fields that are none in MATLAB get an "x" in front, and underscores for
    other characters.

    Examples
    --------
    >>> from matxai import jsondecode
    >>> jsondecode('{"name":"cat","scores":[0.25,null]}').scores
    array([0.25,  nan])
    """
    try:
        return _from_json(json.loads(txt))
    except json.JSONDecodeError as error:
        raise ValueError(f"jsondecode: txt is no JSON: {error}.") from None


def _read(filename: str, encoding: str) -> str:
    with open(filename, encoding=encoding) as file:
        return file.read().removeprefix("\ufeff")


def _plain(value: Any, convert: bool) -> Any:
    from matxai.lang.tables import table

    if isinstance(value, table):
        columns = [_plain(column, convert) for column in value.columns().values()]
        return [dict(zip(value, row, strict=True)) for row in zip(*columns, strict=True)]
    if isinstance(value, struct):
        value = vars(value)
    if isinstance(value, dict):
        return {str(name): _plain(item, convert) for name, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item, convert) for item in value]
    if isinstance(value, (categorical, np.ndarray, np.generic)):
        value = value.tolist()
        return _plain(value, convert) if isinstance(value, list) else _plain_scalar(value, convert)
    return _plain_scalar(value, convert)


def _plain_scalar(value: Any, convert: bool) -> Any:
    if isinstance(value, float) and convert and not np.isfinite(value):
        return None
    if isinstance(value, float) and np.isfinite(value) and value == int(value):
        return int(value)
    if value is None:
        return []
    if not isinstance(value, (bool, int, float, str)):
        raise TypeError(f"jsonencode: there is no JSON for {describe(value)}.")
    return value


def _from_json(value: Any) -> Any:
    if isinstance(value, dict):
        return struct({_field(name): _from_json(item) for name, item in value.items()})
    if value is None:
        return np.zeros((0, 0))
    if isinstance(value, list):
        return _array(value)
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _array(items: list[Any]) -> Any:
    numbers = [float("nan") if i is None else i for i in items]
    kinds = {type(n) for n in numbers}
    if items and kinds <= {int, float} and kinds:
        return np.array(numbers, dtype=float)
    if kinds == {bool}:
        return np.array(numbers, dtype=bool)
    found = [_from_json(item) for item in items]
    if (
        found
        and all(isinstance(f, np.ndarray) for f in found)
        and len({f.shape for f in found}) == 1
    ):
        return np.array(found)
    return found


def _field(name: str) -> str:
    valid = "".join(c if c.isalnum() or c == "_" else "_" for c in name)
    return valid if valid[:1].isalpha() else f"x{valid}"
