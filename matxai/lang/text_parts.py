"""Parts of texts: extractBefore, extractAfter, extractBetween, erase, pad, deblank, blanks."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from matxai.arguments import describe, one_of, positive_integer, real_scalar, text, texts
from matxai.calling import matlab_function
from matxai.lang.text_values import mapped, text_array

__all__ = ["blanks", "deblank", "erase", "extractAfter", "extractBefore", "extractBetween", "pad"]

# Parameters are called str, as in MATLAB.
_Text = str
_BLANKS = " \t\n\v\f\r\0"


def _part_function(name: str, where: str, shown: str) -> Callable[..., Any]:
    before = where == "before"

    def cut(whole: str, mark: Any) -> str:
        if isinstance(mark, str):
            place = whole.find(mark)
            if place < 0:
                return ""
            return whole[:place] if before else whole[place + len(mark) :]
        position = positive_integer(mark, f"{name}: pos")
        if position > len(whole):
            raise ValueError(
                f"{name}: pos must be at most {len(whole)}, the length of {whole!r}, but is "
                f"{position}."
            )
        return whole[: position - 1] if before else whole[position:]

    def function(str, mark):
        return mapped(str, f"{name}: str", lambda whole: cut(whole, mark))

    function.__name__ = function.__qualname__ = name
    function.__module__ = __name__
    function.__doc__ = f"""Take what stands {where} a text or a place.

    Parameters
    ----------
    str : str, or array or list of str
        The texts.
    mark : str or int
        The text whose first occurrence counts; or a place, counted from 1.

    Returns
    -------
    str, list or numpy.ndarray
        The parts, in the form of `str`, without the mark. Where it does not occur the part is
        empty, as in MATLAB for character vectors; of strings MATLAB makes missing ones.

    Raises
    ------
    TypeError
        If `str` holds other things than texts.
    ValueError
        If a place lies outside of a text.

    Notes
    -----
    Documented.

    Examples
    --------
    >>> from matxai import {name}
    >>> {name}("conv_1_relu", "_")
    {shown}
    """
    return matlab_function("newStr")(function)


extractBefore = _part_function("extractBefore", "before", "'conv'")
extractAfter = _part_function("extractAfter", "after", "'1_relu'")


@matlab_function("newStr", accepts={"str": text, "Boundaries": one_of("exclusive", "inclusive")})
def extractBetween(str, startMark, endMark, *, Boundaries=None):
    """Take what stands between two texts, or two places, of a text.

    Parameters
    ----------
    str : str
        The text.
    startMark, endMark : str or int
        The texts around each part; or the first and the last place, counted from 1.
    Boundaries : {"exclusive", "inclusive"}, optional
        Whether the parts hold the marks, too; by default they hold places, and no texts.

    Returns
    -------
    list of str
        The parts, one for each pair of marks, where MATLAB has a cell array. Of a string with one
        part MATLAB makes a string: that is the first element.

    Raises
    ------
    TypeError
        If an argument is no text or place.
    ValueError
        If a place lies outside of the text.

    Notes
    -----
    Documented for character vectors.

    Examples
    --------
    >>> from matxai import extractBetween
    >>> extractBetween("<b>cat</b> <b>dog</b>", "<b>", "</b>")
    ['cat', 'dog']
    """
    if isinstance(startMark, _Text) and isinstance(endMark, _Text):
        marks = re.escape(startMark), re.escape(endMark)
        found = re.finditer(f"{marks[0]}(.*?){marks[1]}", str, flags=re.DOTALL)
        return [match[0] if Boundaries == "inclusive" else match[1] for match in found]
    first, last = (
        positive_integer(m, f"extractBetween: {n}")
        for m, n in ((startMark, "startPos"), (endMark, "endPos"))
    )
    if not first <= last <= len(str):
        raise ValueError(
            f"extractBetween: startPos and endPos must be in order and at most {len(str)}, the "
            f"length of the text, but are {first} and {last}."
        )
    return [str[first : last - 1] if Boundaries == "exclusive" else str[first - 1 : last]]


@matlab_function("newStr")
def erase(str, match):
    """Take texts out of texts.

    Parameters
    ----------
    str : str, or array or list of str
        The texts.
    match : str, or array or list of str
        What is taken out, wherever it occurs.

    Returns
    -------
    str, list or numpy.ndarray
        The texts without it, in the form of `str`.

    Raises
    ------
    TypeError
        If an argument holds other things than texts.

    Notes
    -----
    Documented. Where several could be taken out at one place, the longest is.

    Examples
    --------
    >>> from matxai import erase
    >>> erase(["conv_1", "relu_1"], "_1")
    ['conv', 'relu']
    """
    wanted = sorted(texts(match, "erase: match"), key=len, reverse=True)
    pattern = re.compile("|".join(re.escape(each) for each in wanted if each) or "(?!)")
    return mapped(str, "erase: str", lambda whole: pattern.sub("", whole))


_side = one_of("left", "right", "both")


@matlab_function("newStr")
def pad(str, *args):
    """Fill texts up with blanks to one length.

    Parameters
    ----------
    str : str, or array or list of str
        The texts.
    *args
        The length, by default that of the longest text; the side that is filled up, "right" by
        default, "left" or "both"; and a character in place of the blank.

    Returns
    -------
    str, list or numpy.ndarray
        The texts, in the form of `str`. Those that are longer stay as they are.

    Raises
    ------
    TypeError
        If `str` holds other things than texts.
    ValueError
        If an argument is wrong.

    Notes
    -----
    Documented. Chosen: with "both" and an odd number of blanks one more is on the right.

    Examples
    --------
    >>> from matxai import pad
    >>> pad(["cat", "hippo"], "left", ".")
    ['..cat', 'hippo']
    """
    found = text_array(str, "pad: str")
    rest = list(args)
    length = max((len(each) for each in found.flat), default=0)
    if rest and not isinstance(rest[0], _Text):
        length = positive_integer(rest.pop(0), "pad: numberOfCharacters")
    side = "right"
    if rest and len(rest[0]) != 1:
        side = _side(rest.pop(0), "pad: side")
    character = text(rest.pop(0), "pad: padCharacter") if rest else " "
    if rest or len(character) != 1:
        raise ValueError(f"pad: padCharacter must be one character, but is {describe(character)}.")
    fill = {"right": _Text.ljust, "left": _Text.rjust, "both": _around}[side]
    return mapped(str, "pad: str", lambda whole: fill(whole, length, character))


def _around(whole: str, length: int, character: str) -> str:
    missing = max(0, length - len(whole))
    return character * (missing // 2) + whole + character * (missing - missing // 2)


@matlab_function("newStr")
def deblank(str):
    """Cut white space and null characters off the ends of texts.

    Parameters
    ----------
    str : str, or array or list of str
        The texts.

    Returns
    -------
    str, list or numpy.ndarray
        The texts, in the form of `str`; what stands in front stays.

    Raises
    ------
    TypeError
        If `str` holds other things than texts.

    See Also
    --------
    strtrim : cuts on both sides.

    Notes
    -----
    Documented; held against GNU Octave.

    Examples
    --------
    >>> from matxai import deblank
    >>> deblank("  map  ")
    '  map'
    """
    return mapped(str, "deblank: str", lambda whole: whole.rstrip(_BLANKS))


def _count(value: Any, name: str) -> int:
    number = real_scalar(value, name)
    if number < 0 or number != int(number):
        raise ValueError(f"{name} must be an integer from 0, but is {describe(value)}.")
    return int(number)


@matlab_function("chr", accepts={"n": _count})
def blanks(n):
    """Make a text of blanks.

    Parameters
    ----------
    n : int
        How many.

    Returns
    -------
    str
        The text.

    Raises
    ------
    TypeError, ValueError
        If `n` is no integer from 0.

    Notes
    -----
    Documented.

    Examples
    --------
    >>> from matxai import blanks
    >>> "a" + blanks(3) + "b"
    'a   b'
    """
    return " " * n
