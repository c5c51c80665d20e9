"""What characters are, and numbers in other bases: isspace, isletter, dec2bin, hex2dec, …."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from matxai.arguments import describe, numeric_array, positive_integer
from matxai.calling import matlab_function
from matxai.lang.text_values import text_array

__all__ = ["bin2dec", "dec2bin", "dec2hex", "hex2dec", "isletter", "isspace"]

_DIGITS = "0123456789ABCDEF"
_MOST = 2**53


def _question(name: str, which: str, holds: Callable[[str], bool], shown: str) -> Any:
    def function(A):
        if isinstance(A, str):
            return np.array([holds(character) for character in A], dtype=bool)
        try:
            return np.zeros(numeric_array(A, f"{name}: A").shape, dtype=bool)
        except TypeError:
            raise TypeError(f"{name}: A must be a text or numbers, but is {describe(A)}.") from None

    function.__name__ = function.__qualname__ = name
    function.__module__ = __name__
    function.__doc__ = f"""Tell which characters of a text are {which}.

    Parameters
    ----------
    A : str, or array of numbers
        The text.

    Returns
    -------
    numpy.ndarray of bool, shape (length,)
        Whether each character is; numbers are none.

    Raises
    ------
    TypeError
        If `A` is neither a text nor numbers.

    Notes
    -----
    Documented; held against GNU Octave.

    Examples
    --------
    >>> from matxai import {name}
    >>> {name}("a 1")
    {shown}
    """
    return matlab_function("TF")(function)


isspace = _question(
    "isspace", "white space", lambda c: c in " \t\n\v\f\r", "array([False,  True, False])"
)
isletter = _question("isletter", "letters", lambda c: c.isalpha(), "array([ True, False, False])")


def _whole(value: Any, name: str) -> np.ndarray:
    array = numeric_array(value, name)
    numbers = array.astype(np.float64)
    if not ((numbers >= 0) & (numbers <= _MOST) & (numbers == np.floor(numbers))).all():
        raise ValueError(f"{name} must hold integers from 0 to 2^53, but is {describe(value)}.")
    return numbers


def _writer(name: str, base: int, word: str, shown: str) -> Any:
    def function(D, minDigits=1):
        numbers = [int(n) for n in D.reshape(-1, order="F")]
        found = [_written(n, base) for n in numbers]
        width = max([minDigits, *map(len, found)])
        padded = [digits.rjust(width, "0") for digits in found]
        return padded[0] if D.size == 1 else np.array(padded, dtype=object)

    function.__name__ = function.__qualname__ = name
    function.__module__ = __name__
    function.__doc__ = f"""Write integers with {word} digits.

    Parameters
    ----------
    D : int, or array of int
        The integers, from 0.
    minDigits : int, default 1
        How many digits there are at least.

    Returns
    -------
    str, or numpy.ndarray of str
        The digits; of several integers one text for each, zeros in front making them equally long,
        where MATLAB has the rows of a character array.

    Raises
    ------
    TypeError
        If `D` holds no numbers.
    ValueError
        If it holds negative numbers or fractions.

    Notes
    -----
    Documented; held against GNU Octave.

    Examples
    --------
    >>> from matxai import {name}
    >>> {name}(23)
    {shown}
    """
    accepts = {"D": _whole, "minDigits": positive_integer}
    return matlab_function("txt", accepts=accepts)(function)


def _written(number: int, base: int) -> str:
    return format(number, "b") if base == 2 else format(number, "X")


dec2bin = _writer("dec2bin", 2, "binary", "'10111'")
dec2hex = _writer("dec2hex", 16, "hexadecimal", "'17'")


def _reader(name: str, base: int, word: str, shown: str) -> Any:
    allowed = set(_DIGITS[:base])

    def read(digits: str) -> float:
        kept = digits.replace(" ", "").upper() or "0"
        if not kept:
            return 0.0
        if not set(kept) <= allowed:
            raise ValueError(
                f"{name}: txt must hold {word} digits without a prefix, but is {digits!r}."
            )
        return float(int(kept, base))

    def function(txt):
        found = text_array(txt, f"{name}: txt")
        if found.ndim == 0 and not found.item():
            return np.zeros((0, 0))
        numbers = [read(digits) for digits in found.reshape(-1)]
        return numbers[0] if found.ndim == 0 else np.array(numbers)

    function.__name__ = function.__qualname__ = name
    function.__module__ = __name__
    function.__doc__ = f"""Read integers from {word} digits.

    Parameters
    ----------
    txt : str, or array or list of str
        The digits; blanks do not count.

    Returns
    -------
    float, or numpy.ndarray of float64
        The integers.

    Raises
    ------
    TypeError
        If `txt` holds other things than texts.
    ValueError
        If there are other characters, prefixes such as "0x" among them.

    Notes
    -----
    Documented; held against GNU Octave.

    Examples
    --------
    >>> from matxai import {name}
    >>> {name}("101")
    {shown}
    """
    return matlab_function("D")(function)


bin2dec = _reader("bin2dec", 2, "binary", "5.0")
hex2dec = _reader("hex2dec", 16, "hexadecimal", "257.0")
