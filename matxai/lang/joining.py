"""strcat, append, join, strjoin, strsplit and split: texts put together and taken apart."""

from __future__ import annotations

import re
from typing import Any

import numpy as np

from matxai.arguments import logical, positive_integer, text, texts
from matxai.calling import matlab_function
from matxai.lang.format_specs import unescaped
from matxai.lang.text_values import any_texts, joined_shape, paired, text_array

__all__ = ["append", "join", "split", "strcat", "strjoin", "strsplit"]

_BLANKS = " \t\n\v\f\r"


@matlab_function("s")
def strcat(*args: Any) -> Any:
    """Join texts side by side, as MATLAB joins character vectors.

    Parameters
    ----------
    *args : str, or array or list of str
        The texts: single ones, and arrays or lists of one size.

    Returns
    -------
    str, list or numpy.ndarray
        The joined text, or texts: a list if one of the arguments is a list.

    Raises
    ------
    TypeError
        If an argument holds other things than texts.
    ValueError
        If arrays or lists have different sizes.

    Notes
    -----
    Documented: MATLAB cuts the white space at the end of each ``'char'`` argument off, unless a
    cell array is among the arguments, and leaves that of strings. Python has one kind of text:
    here single texts are cut if all arguments are. ``+`` and :func:`append` cut nothing.

    Examples
    --------
    >>> from matxai import strcat
    >>> strcat("map ", "1")
    'map1'
    >>> strcat("map ", ["1", "2"])
    ['map 1', 'map 2']
    """
    if all(isinstance(arg, str) for arg in args):
        return "".join(arg.rstrip(_BLANKS + "\0") for arg in args)
    return _side_by_side("strcat", args)


@matlab_function("newStr")
def append(*args: Any) -> Any:
    """Join texts side by side.

    Parameters
    ----------
    *args : str, or array or list of str
        The texts: single ones, and arrays or lists of one size.

    Returns
    -------
    str, list or numpy.ndarray
        The joined text, or texts: a list if one of the arguments is a list.

    Raises
    ------
    TypeError
        If an argument holds other things than texts: ``string(x)`` writes a number.
    ValueError
        If arrays or lists have different sizes.

    Examples
    --------
    >>> from matxai import append, string
    >>> append("map ", string(1))
    'map 1'
    """
    return _side_by_side("append", args)


@matlab_function("newStr", accepts={"delimiter": text, "dim": positive_integer})
def join(str: Any, delimiter: str = " ", dim: int | None = None) -> Any:
    """Join the texts of an array into one.

    Parameters
    ----------
    str : array or list of str
        The texts.
    delimiter : str, default " "
        What stands between them.
    dim : int, optional
        The dimension to join along, counted from 1; the last one that is not 1 by default.

    Returns
    -------
    str or numpy.ndarray
        One text for a vector, an array of one dimension less for a matrix.

    Raises
    ------
    TypeError
        If `str` holds other things than texts, or `delimiter` is no text.
    ValueError
        If `str` has no dimension `dim`.

    Examples
    --------
    >>> from matxai import join
    >>> join(["a", "b", "c"], "-")
    'a-b-c'
    """
    array = _texts("join", str, "str")
    if array.ndim < 2:
        return delimiter.join(np.atleast_1d(array).tolist())
    if dim is not None and dim > array.ndim:
        raise ValueError(f"join: str has {array.ndim} dimensions; there is no dim {dim}.")
    longer = [i for i, n in enumerate(array.shape) if n != 1]
    axis = dim - 1 if dim is not None else (longer[-1] if longer else array.ndim - 1)
    rows = np.moveaxis(array, axis, -1)
    joined = np.empty(rows.shape[:-1], dtype=object)
    for i in np.ndindex(joined.shape):
        joined[i] = delimiter.join(rows[i].tolist())
    return joined.item() if joined.size == 1 else joined


@matlab_function("newStr", accepts={"C": texts, "delimiter": text})
def strjoin(C: Any, delimiter: str = " ") -> str:
    r"""Join the texts of a cell array into one.

    Parameters
    ----------
    C : list or array of str
        The texts.
    delimiter : str, default " "
        What stands between them; escapes such as ``\n`` are replaced.

    Returns
    -------
    str
        The joined text.

    Raises
    ------
    TypeError
        If `C` holds other things than texts, or `delimiter` is no text.

    Examples
    --------
    >>> from matxai import strjoin
    >>> strjoin(["cat", "dog"], ", ")
    'cat, dog'
    """
    return unescaped(delimiter).join(C)


@matlab_function(
    "C", "matches", accepts={"str": text, "delimiter": texts, "CollapseDelimiters": logical}
)
def strsplit(
    str: str,
    delimiter: Any = None,
    *,
    CollapseDelimiters: bool = True,
    nargout: int = 1,
) -> Any:
    r"""Split a text at delimiters.

    Parameters
    ----------
    str : str
        The text.
    delimiter : str or list of str, optional
        Where to split; white space by default. Escapes such as ``\n`` are replaced.
    CollapseDelimiters : bool, default True
        Delimiters one after the other count as one.
    nargout : int, default 1
        Number of outputs to return.

    Returns
    -------
    C : list of str
        The parts.
    matches : list of str
        What stood between them.

    Raises
    ------
    TypeError
        If an argument is no text.

    Notes
    -----
    Documented, and held against GNU Octave.

    Examples
    --------
    >>> from matxai import strsplit
    >>> strsplit("conv1-relu", "-")
    ['conv1', 'relu']
    """
    delimiters = list(_BLANKS) if delimiter is None else [unescaped(d) for d in delimiter]
    return _cut(str, delimiters, CollapseDelimiters)


@matlab_function("newStr", accepts={"str": any_texts, "delimiter": texts})
def split(str: Any, delimiter: Any = None) -> np.ndarray:
    """Split texts at delimiters, into an array of strings.

    Parameters
    ----------
    str : str, or array or list of str
        The texts; they must have as many parts each.
    delimiter : str or list of str, optional
        Where to split; white space by default.

    Returns
    -------
    numpy.ndarray of str, shape (K,) or (N, K)
        The K parts of one text, or of N.

    Raises
    ------
    TypeError
        If an argument holds other things than texts.
    ValueError
        If the texts have different numbers of parts.

    Notes
    -----
    Documented: delimiters one after the other have an empty text between them, unlike those of
    :func:`strsplit`.

    Examples
    --------
    >>> from matxai import split
    >>> split("a,b,,c", ",").tolist()
    ['a', 'b', '', 'c']
    """
    delimiters = list(_BLANKS) if delimiter is None else delimiter
    array = text_array(str, "str")
    parts = [_cut(t, delimiters, collapse=False)[0] for t in array.ravel().tolist()]
    counts = sorted({len(p) for p in parts})
    if len(counts) > 1:
        raise ValueError(
            f"split: the texts must have as many parts each, but have {counts[0]} to {counts[-1]}."
        )
    table = np.array(parts, dtype=object)
    return table[0] if array.ndim == 0 else table.reshape(*array.shape, -1)


def _cut(whole: str, delimiters: list[str], collapse: bool) -> tuple[list[str], list[str]]:
    longest_first = sorted((d for d in delimiters if d), key=len, reverse=True)
    if not longest_first:
        return [whole], []
    pattern = "|".join(map(re.escape, longest_first))
    found = re.split(f"((?:{pattern})+)" if collapse else f"({pattern})", whole)
    return found[::2], found[1::2]


def _texts(function: str, value: Any, name: str) -> np.ndarray:
    try:
        return text_array(value, name)
    except TypeError as error:
        hint = "" if isinstance(value, (str, list, tuple)) else " string(x) writes numbers."
        raise TypeError(f"{function}: {error}{hint}") from None


def _side_by_side(function: str, args: tuple[Any, ...]) -> Any:
    if not args:
        raise TypeError(f"{function}: no text is given. Call {function}(str1, str2, …).")
    arrays = [_texts(function, arg, f"argument {i}") for i, arg in enumerate(args, 1)]
    same = paired(arrays, function)
    joined = np.empty(joined_shape(arrays), dtype=object)
    for i in np.ndindex(joined.shape):
        joined[i] = "".join(a[i] for a in same)
    if joined.ndim == 0:
        return joined.item()
    return joined.tolist() if any(isinstance(arg, (list, tuple)) for arg in args) else joined
