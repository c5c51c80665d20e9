"""regexp and regexprep: MATLAB's regular expressions on Python's."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

import numpy as np

from matxai.arguments import text
from matxai.calling import matlab_function
from matxai.lang.structs import struct
from matxai.lang.text_values import any_texts, mapped, text_array

__all__ = ["regexp", "regexpi", "regexprep"]


_ORDER = ("start", "end", "tokenExtents", "match", "tokens", "names", "split")
_NAMES = ("startIndex", "endIndex", "tokIndex", "matchStr", "tokenStr", "exprNames", "splitStr")
_FLAGS = {
    "ignorecase": re.I,
    "matchcase": 0,
    "lineanchors": re.M,
    "freespacing": re.X,
    "dotexceptnewline": 0,
    "dotall": 0,
    "stringanchors": 0,
    "literalspacing": 0,
    "noemptymatch": 0,
    "emptymatch": 0,
    "forcecelloutput": 0,
}
_REFERENCE = re.compile(r"\\(.)|\$(\d)|\$<(\w+)>", re.S)


@matlab_function(*_NAMES, accepts={"str": any_texts, "expression": text})
def regexp(str: Any, expression: str, *options: str, nargout: int = 1) -> Any:
    r"""Find what matches a regular expression.

    Parameters
    ----------
    str : str, or array or list of str
        The texts.
    expression : str
        The regular expression.
    *options : str
        Outputs in the order wanted, of "start", "end", "tokenExtents", "match", "tokens",
        "names" and "split"; "once" for the first match only; "ignorecase", "lineanchors",
        "dotexceptnewline", "emptymatch", "freespacing".
    nargout : int, default 1
        Number of outputs to return.

    Returns
    -------
    startIndex, endIndex : numpy.ndarray of int, shape (M,)
        Where each match starts and ends, counted from 1; a number with "once".
    tokIndex : list of numpy.ndarray of int, shape (T, 2)
        Where each token of each match starts and ends.
    matchStr : list of str
        Text of each match; a text with "once", an empty one if nothing matches.
    tokenStr : list of list of str
        Tokens of each match; a list of texts with "once". Without tokens in the expression, the
        match itself.
    exprNames : struct
        The named tokens of the first match.
    splitStr : list of str
        The texts between the matches.

    Raises
    ------
    TypeError
        If an argument holds other things than texts.
    ValueError
        If `expression` is no regular expression, or there is no such option.

    Notes
    -----
    Documented, and held against GNU Octave. Each output is a list of such outputs where `str` is
    one. A token that took no part in a match is empty. MATLAB's expressions are read by Python's
    ``re``, whose further syntax works as well; dynamic expressions ``(??…)`` do not.

    Examples
    --------
    >>> from matxai import regexp
    >>> regexp("inception_5b-relu", r"\d+", "match", "once")
    '5'
    >>> regexp("k=3, n=10", r"(\w)=(\d+)", "tokens")
    [['k', '3'], ['n', '10']]
    """
    return _regexp("regexp", str, expression, options, nargout)


@matlab_function(*_NAMES, accepts={"str": any_texts, "expression": text})
def regexpi(str: Any, expression: str, *options: str, nargout: int = 1) -> Any:
    r"""Find what matches a regular expression, upper and lower case being the same.

    Parameters
    ----------
    str : str, or array or list of str
        The texts.
    expression : str
        The regular expression.
    *options : str
        As of :func:`regexp`.
    nargout : int, default 1
        Number of outputs to return.

    Returns
    -------
    startIndex, endIndex, tokIndex, matchStr, tokenStr, exprNames, splitStr
        As of :func:`regexp`.

    Raises
    ------
    TypeError
        If an argument holds other things than texts.
    ValueError
        If `expression` is no regular expression, or there is no such option.

    Examples
    --------
    >>> from matxai import regexpi
    >>> regexpi("ReLU and relu", "relu", "match")
    ['ReLU', 'relu']
    """
    return _regexp("regexpi", str, expression, ("ignorecase", *options), nargout)


@matlab_function("newStr", accepts={"str": any_texts, "expression": text, "replace": text})
def regexprep(str: Any, expression: str, replace: str, *options: str) -> Any:
    r"""Replace what matches a regular expression.

    Parameters
    ----------
    str : str, or array or list of str
        The texts.
    expression : str
        The regular expression.
    replace : str
        What to put there: ``$1`` is the first token, ``$0`` the match, ``$<name>`` a named token.
    *options : str
        "once" for the first match only, and options of :func:`regexp`.

    Returns
    -------
    str, list or numpy.ndarray
        The texts, in the form of `str`.

    Raises
    ------
    TypeError
        If an argument holds other things than texts.
    ValueError
        If `expression` is no regular expression, or there is no such option.

    Examples
    --------
    >>> from matxai import regexprep
    >>> regexprep("conv_12", r"(\w+)_(\d+)", "$2 $1")
    '12 conv'
    """
    words = _words("regexprep", options, outputs=False)
    pattern = _pattern("regexprep", expression, words)

    def expanded(match: re.Match[Any]) -> Any:
        return _REFERENCE.sub(lambda found: _referred(found, match), replace)

    def replaced(whole: Any) -> Any:
        out, end = [], 0
        for match in _matches(pattern, whole, words):
            out += [whole[end : match.start()], expanded(match)]
            end = match.end()
        return "".join(out) + whole[end:]

    return mapped(str, "str", replaced)


def _regexp(function: str, value: Any, expression: str, options: Any, nargout: int) -> Any:
    words = _words(function, options, outputs=True)
    pattern = _pattern(function, expression, words)
    chosen = [w for w in words if w in _ORDER]
    order = chosen + [w for w in _ORDER if w not in chosen]
    array = text_array(value, "str")
    if array.ndim == 0:
        found = _outputs(pattern, array.item(), words)
        return tuple(found[name] for name in order)
    all_found = [_outputs(pattern, whole, words) for whole in array.ravel().tolist()]
    return tuple([found[name] for found in all_found] for name in order)


def _words(function: str, options: Any, outputs: bool) -> list[str]:
    known = {w.lower(): w for w in (*(_ORDER if outputs else ()), *_FLAGS, "once")}
    known["preservecase"] = "ignorecase"
    words = []
    for option in options:
        word = known.get(option.lower()) if isinstance(option, str) else None
        if word is None:
            raise ValueError(
                f"{function}: {option!r} is not one of its options; those are "
                f"{', '.join(dict.fromkeys(known.values()))}."
            )
        words.append(word)
    return words


def _pattern(function: str, expression: str, words: list[str]) -> re.Pattern[str]:
    flags = re.S if "dotexceptnewline" not in words else 0
    for word in words:
        flags |= _FLAGS.get(word, 0)
    try:
        return _compiled(expression, int(flags))
    except re.error as error:
        raise ValueError(
            f"{function}: expression {expression!r} is no regular expression: {error}."
        ) from None


@lru_cache(maxsize=64)
def _compiled(expression: str, flags: int) -> re.Pattern[str]:
    """Compile an expression of MATLAB's, which writes some things in its own way."""
    translated, in_class = [], False
    for part in re.findall(r"\\.|\(\?<(?![=!])|.", expression, re.S):
        if in_class or part == "[":
            # Python would warn of what may mean operations on sets one day.
            part = "\\" + part if in_class and part in "[&|~" else part
            in_class = part != "]"
        elif part == r"\<":
            part = r"\b(?=\w)"
        elif part == r"\>":
            part = r"\b(?<=\w)"
        elif part == "(?<":
            part = "(?P<"
        elif part == "$" and not flags & re.M:
            part = r"\Z"
        translated.append(part)
    return re.compile("".join(translated), flags)


def _matches(pattern: re.Pattern[str], whole: str, words: list[str]) -> list[re.Match[str]]:
    found = [m for m in pattern.finditer(whole) if m.group() or "emptymatch" in words]
    return found[:1] if "once" in words else found


def _outputs(pattern: re.Pattern[str], whole: str, words: list[str]) -> dict[str, Any]:
    matches = _matches(pattern, whole, words)
    edges = [0, *(edge for m in matches for edge in m.span()), len(whole)]
    first = matches[0].groupdict("") if matches else {}
    names = {name: first.get(name, "") for name in pattern.groupindex}
    found = {
        "start": np.array([m.start() + 1 for m in matches], dtype=int),
        "end": np.array([m.end() for m in matches], dtype=int),
        "tokenExtents": [_extents(m) for m in matches],
        "match": [m.group() for m in matches],
        "tokens": [list(m.groups("")) or [m.group()] for m in matches],
    }
    if "once" in words:
        nothing = {"match": "", "tokens": [], "tokenExtents": np.zeros((0, 2), int)}
        empty = np.zeros(0, int)
        found = {k: v[0] if len(v) else nothing.get(k, empty) for k, v in found.items()}
    between = zip(edges[::2], edges[1::2], strict=True)
    return found | {"names": struct(names), "split": [whole[a:b] for a, b in between]}


def _extents(match: re.Match[str]) -> np.ndarray:
    spans = [match.span(i) for i in range(1, len(match.groups()) + 1)] or [match.span()]
    return np.array([(start + 1, end) for start, end in spans], dtype=int)


def _referred(found: re.Match[str], match: re.Match[str]) -> str:
    escaped, number, name = found.groups()
    if escaped is not None:
        known = {"n": "\n", "t": "\t", "r": "\r", "f": "\f", "v": "\v", "a": "\a", "b": "\b"}
        return known.get(escaped, escaped)
    if number is not None:
        index = int(number)
        return (match.group(index) or "") if index <= (match.re.groups) else found.group()
    return (match.groupdict().get(name) or "") if name in match.re.groupindex else found.group()
