"""string, char, cellstr and what changes texts one by one.

Both of MATLAB's kinds of text, ``'char'`` and ``"string"``, are Python's ``str``. A string array is
a NumPy array of objects that are texts, so that ``"class " + string(1:3)`` carries over as it
stands and a longer text can be put into a place of it. A cell array of texts is a list.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from matxai.arguments import describe, one_of, text
from matxai.calling import matlab_function
from matxai.lang.categorical import categorical
from matxai.lang.number_texts import number_text
from matxai.lang.text_values import has_texts, mapped, text_array

__all__ = ["cellstr", "char", "lower", "newline", "string", "strip", "strtrim", "upper"]

_BLANKS = " \t\n\v\f\r"


@matlab_function("str")
def string(A: Any) -> Any:
    """Turn numbers, truth values, labels and texts into strings.

    Parameters
    ----------
    A : number, bool, str, categorical, or array or list of these
        The values.

    Returns
    -------
    str, or numpy.ndarray of str
        A text for one value, else an array of the same shape, of objects. ``+`` joins it with a
        text, element by element.

    Raises
    ------
    TypeError
        If `A` holds other things.

    Notes
    -----
    Documented for texts, labels and truth values; chosen: numbers are written as by
    :func:`num2str`, NaN is "NaN" and an undefined label "<undefined>", where MATLAB has a missing
    string. Python adds no number to a text: write ``"k = " + string(k)`` or
    ``f"k = {string(k)}"``.

    Examples
    --------
    >>> from matxai import categorical, string
    >>> "LIME (" + string(categorical(["dog"])[0]) + ")"
    'LIME (dog)'
    >>> ("class " + string([1, 2])).tolist()
    ['class 1', 'class 2']
    >>> string(3.14159265)
    '3.1416'
    """
    if isinstance(A, str):
        return str(A)
    if has_texts(A):
        A = A._texts()
    items = _objects(A, "string")
    results = np.empty(items.shape, dtype=object)
    for i in np.ndindex(items.shape):
        item = items[i]
        results[i] = str(item) if isinstance(item, str) else _written(item, "string")
    return results.item() if results.ndim == 0 else results


@matlab_function("C")
def char(A: Any) -> Any:
    """Turn character codes, labels and texts into character vectors.

    Parameters
    ----------
    A : int, str, categorical, or array or list of these
        The values; numbers are codes of characters.

    Returns
    -------
    str, or numpy.ndarray of str, shape (M,)
        The text. Several texts, and matrices of codes, give one text for each row, padded with
        blanks to one length.

    Raises
    ------
    TypeError
        If `A` holds other things.
    ValueError
        If a number is no code of a character.

    Examples
    --------
    >>> from matxai import char
    >>> char([72, 105])
    'Hi'
    >>> char(["cat", "hippo"]).tolist()
    ['cat  ', 'hippo']
    """
    if isinstance(A, str):
        return str(A)
    items = _objects(A._texts() if has_texts(A) else A, "char")
    if all(isinstance(item, str) for item in items.flat):
        lines = [str(item) for item in items.flat]
    else:
        rows = items.reshape(1, -1) if items.ndim < 2 else items.reshape(len(items), -1)
        lines = ["".join(map(_character, row)) for row in rows.tolist()]
    longest = max(map(len, lines), default=0)
    if len(lines) < 2:
        return lines[0] if lines else ""
    return np.array([line.ljust(longest) for line in lines], dtype=object)


@matlab_function("C")
def cellstr(A: Any) -> list[Any]:
    """Put texts or labels into a cell array, which is a list here.

    Parameters
    ----------
    A : str, categorical, or array or list of str
        The texts.

    Returns
    -------
    list of str
        The texts, blanks at the end of a single one cut off; lists in a list for a matrix.

    Raises
    ------
    TypeError
        If `A` holds other things.

    Examples
    --------
    >>> from matxai import categorical, cellstr
    >>> cellstr(categorical(["dog", "cat"]))
    ['dog', 'cat']
    """
    if has_texts(A):
        found = A.tolist()
        return [found] if isinstance(found, str) else found
    array = _named("cellstr", text_array, A, "A")
    return [array.item().rstrip(_BLANKS + "\0")] if array.ndim == 0 else array.tolist()


@matlab_function("c")
def newline() -> str:
    r"""Give the character that starts a new line.

    Returns
    -------
    str
        The character.

    Examples
    --------
    >>> from matxai import newline
    >>> "two" + newline() + "lines"
    'two\nlines'
    """
    return "\n"


@matlab_function("newStr")
def upper(str: Any) -> Any:
    """Write texts in upper case.

    Parameters
    ----------
    str : str, or array or list of str
        The texts.

    Returns
    -------
    str, list or numpy.ndarray
        The texts, in the form of `str`.

    Raises
    ------
    TypeError
        If `str` holds other things than texts.

    Examples
    --------
    >>> from matxai import upper
    >>> upper("lime")
    'LIME'
    """
    return _named("upper", mapped, str, "str", lambda t: t.upper())


@matlab_function("newStr")
def lower(str: Any) -> Any:
    """Write texts in lower case.

    Parameters
    ----------
    str : str, or array or list of str
        The texts.

    Returns
    -------
    str, list or numpy.ndarray
        The texts, in the form of `str`.

    Raises
    ------
    TypeError
        If `str` holds other things than texts.

    Examples
    --------
    >>> from matxai import lower
    >>> lower(["LIME", "Grad-CAM"])
    ['lime', 'grad-cam']
    """
    return _named("lower", mapped, str, "str", lambda t: t.lower())


@matlab_function("newStr")
def strtrim(str: Any) -> Any:
    """Cut white space, and null characters at the end, off both sides of texts.

    Parameters
    ----------
    str : str, or array or list of str
        The texts.

    Returns
    -------
    str, list or numpy.ndarray
        The texts, in the form of `str`.

    Raises
    ------
    TypeError
        If `str` holds other things than texts.

    Examples
    --------
    >>> from matxai import strtrim
    >>> strtrim("  map  ")
    'map'
    """
    return _named("strtrim", mapped, str, "str", lambda t: t.lstrip(_BLANKS).rstrip(_BLANKS + "\0"))


@matlab_function("newStr", accepts={"side": one_of("both", "left", "right"), "stripChars": text})
def strip(str: Any, side: str = "both", stripChars: str = _BLANKS) -> Any:
    r"""Cut white space or another character off the sides of texts.

    Parameters
    ----------
    str : str, or array or list of str
        The texts.
    side : {"both", "left", "right"}, default "both"
        Where to cut.
    stripChars : str, default white space
        The characters to cut off.

    Returns
    -------
    str, list or numpy.ndarray
        The texts, in the form of `str`.

    Raises
    ------
    TypeError
        If `str` holds other things than texts.
    ValueError
        If `side` is none of these.

    Examples
    --------
    >>> from matxai import strip
    >>> strip("0012", "left", "0")
    '12'
    """
    cut = {"both": "strip", "left": "lstrip", "right": "rstrip"}[side]
    return _named("strip", mapped, str, "str", lambda t: getattr(t, cut)(stripChars))


def _named(function: str, step: Any, *args: Any) -> Any:
    try:
        return step(*args)
    except TypeError as error:
        raise TypeError(f"{function}: {error}") from None


def _objects(value: Any, function: str) -> np.ndarray:
    if isinstance(value, (list, tuple)):
        value = [item.tolist() if isinstance(item, categorical) else item for item in value]
    try:
        array = np.asarray(value)
        return np.array(value if array.dtype.kind in "USO" else array, dtype=object)
    except ValueError:  # lists of different lengths
        raise TypeError(
            f"{function}: A must be numbers, truth values, labels or texts, "
            f"but is {describe(value)}."
        ) from None


def _written(item: Any, function: str) -> str:
    if not isinstance(item, (bool, int, float, np.number, np.bool_)):
        raise TypeError(
            f"{function}: A must be numbers, truth values, labels or texts, but holds "
            f"{describe(item)}."
        )
    return number_text(item)


def _character(item: Any) -> str:
    if isinstance(item, str):
        return item
    if not isinstance(item, (int, float, np.number)):
        raise TypeError(f"char: A must be texts or codes of characters, not {describe(item)}.")
    if not 0 <= item <= 0x10FFFF or item != int(item):
        raise ValueError(f"char: A must hold codes of characters, but holds {describe(item)}.")
    return chr(int(item))
