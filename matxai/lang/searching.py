"""strrep, replace, contains, strcmp and their relatives: texts searched and compared."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from matxai.arguments import logical, positive_integer, text, texts
from matxai.calling import matlab_function
from matxai.lang.categorical import categorical
from matxai.lang.text_values import any_texts, each, is_text, mapped, paired, text_array

__all__ = [
    "contains",
    "endsWith",
    "replace",
    "startsWith",
    "strcmp",
    "strcmpi",
    "strncmp",
    "strncmpi",
    "strrep",
]


_SEARCH = """{what}

    Parameters
    ----------
    str : str, or array or list of str
        The texts.
    pattern : str, or list of str
        What to look for; one of several is enough.
    IgnoreCase : bool, default False
        Whether upper and lower case are the same.

    Returns
    -------
    bool or numpy.ndarray of bool
        The answer for each text.

    Raises
    ------
    TypeError
        If an argument holds other things than texts.

    Examples
    --------
    >>> from matxai import {name}
    >>> {name}(["relu_1", "conv_1"], {example})
    array([ True, False])
    """


def _search(name: str, what: str, example: str, found: Callable[[str, str], bool]) -> Any:
    """Make a function that looks for patterns."""

    def function(str: Any, pattern: Any, *, IgnoreCase: bool = False) -> Any:
        patterns = [p.casefold() if IgnoreCase else p for p in pattern]

        def matches(whole: Any) -> bool:
            whole = whole.casefold() if IgnoreCase else whole
            return any(found(whole, p) for p in patterns)

        return each(str, "str", matches, bool)

    function.__name__ = function.__qualname__ = name
    function.__doc__ = _SEARCH.format(what=what, name=name, example=example)
    checks = {"str": any_texts, "pattern": texts, "IgnoreCase": logical}
    return matlab_function("TF", accepts=checks)(function)


contains = _search(
    "contains", "Tell which texts contain a pattern.", '"elu"', lambda whole, p: p in whole
)
startsWith = _search(
    "startsWith", "Tell which texts start with a pattern.", '"rel"', lambda t, p: t.startswith(p)
)
endsWith = _search(
    "endsWith", "Tell which texts end with a pattern.", '["lu_1", "x"]', lambda t, p: t.endswith(p)
)


@matlab_function("newStr", accepts={"str": any_texts, "old": text, "new": text})
def strrep(str: Any, old: str, new: str) -> Any:
    """Replace a part of texts wherever it occurs.

    Parameters
    ----------
    str : str, or array or list of str
        The texts.
    old : str
        What to replace.
    new : str
        What to put there.

    Returns
    -------
    str, list or numpy.ndarray
        The texts, in the form of `str`.

    Raises
    ------
    TypeError
        If an argument holds other things than texts.

    Notes
    -----
    Documented, and held against GNU Octave: occurrences that overlap are each replaced, so
    ``strrep("aaa", "aa", "b")`` is "bb". :func:`replace` replaces "aa" once.

    Examples
    --------
    >>> from matxai import strrep
    >>> strrep("golden_retriever", "_", " ")
    'golden retriever'
    """
    return mapped(str, "str", lambda whole: _overlapping(whole, old, new))


@matlab_function("newStr", accepts={"str": any_texts, "old": texts, "new": texts})
def replace(str: Any, old: Any, new: Any) -> Any:
    """Replace parts of texts wherever they occur.

    Parameters
    ----------
    str : str, or array or list of str
        The texts.
    old : str, or list of str
        What to replace.
    new : str, or list of str
        What to put there: one text for all, or one for each of `old`.

    Returns
    -------
    str, list or numpy.ndarray
        The texts, in the form of `str`.

    Raises
    ------
    TypeError
        If an argument holds other things than texts.
    ValueError
        If `new` has another number of texts than `old`, and more than one.

    Notes
    -----
    Documented. Chosen: several texts are replaced one after the other.

    Examples
    --------
    >>> from matxai import replace
    >>> replace("a-b_c", ["-", "_"], " ")
    'a b c'
    """
    if len(new) not in (1, len(old)):
        raise ValueError(
            f"replace: new must hold one text, or one for each of the {len(old)} of old, but holds "
            f"{len(new)}."
        )
    pairs = list(zip(old, new if len(new) > 1 else new * len(old), strict=True))

    def replaced(whole: str) -> str:
        for before, after in pairs:
            whole = whole.replace(before, after) if before else whole
        return whole

    return mapped(str, "str", replaced)


@matlab_function("tf")
def strcmp(s1: Any, s2: Any) -> Any:
    """Tell whether texts are equal.

    Parameters
    ----------
    s1, s2 : str, or array or list of str
        The texts: single ones, or as many in both. Anything else equals nothing.

    Returns
    -------
    bool or numpy.ndarray of bool
        Whether they are, for each text.

    Raises
    ------
    ValueError
        If both hold several texts, and not as many.

    Examples
    --------
    >>> from matxai import strcmp
    >>> strcmp(["cat", "dog"], "dog")
    array([False,  True])
    """
    return _compared("strcmp", s1, s2, lambda t: t)


@matlab_function("tf")
def strcmpi(s1: Any, s2: Any) -> Any:
    """Tell whether texts are equal but for upper and lower case.

    Parameters
    ----------
    s1, s2 : str, or array or list of str
        The texts: single ones, or as many in both. Anything else equals nothing.

    Returns
    -------
    bool or numpy.ndarray of bool
        Whether they are, for each text.

    Raises
    ------
    ValueError
        If both hold several texts, and not as many.

    Examples
    --------
    >>> from matxai import strcmpi
    >>> strcmpi("Grid", "GRID")
    True
    """
    return _compared("strcmpi", s1, s2, str.casefold)


@matlab_function("tf", accepts={"n": positive_integer})
def strncmp(s1: Any, s2: Any, n: int) -> Any:
    """Tell whether texts begin alike.

    Parameters
    ----------
    s1, s2 : str, or array or list of str
        The texts: single ones, or as many in both. Anything else equals nothing.
    n : int
        How many characters are compared, or all that there are.

    Returns
    -------
    bool or numpy.ndarray of bool
        Whether they do, for each text.

    Raises
    ------
    TypeError
        If `n` is no number.
    ValueError
        If `n` is no positive integer, or both hold several texts, and not as many.

    Examples
    --------
    >>> from matxai import strncmp
    >>> strncmp("conv_1", ["conv_2", "relu"], 4)
    array([ True, False])
    """
    return _compared("strncmp", s1, s2, lambda t: t[:n])


@matlab_function("tf", accepts={"n": positive_integer})
def strncmpi(s1: Any, s2: Any, n: int) -> Any:
    """Tell whether texts begin alike but for upper and lower case.

    Parameters
    ----------
    s1, s2 : str, or array or list of str
        The texts: single ones, or as many in both. Anything else equals nothing.
    n : int
        How many characters are compared, or all that there are.

    Returns
    -------
    bool or numpy.ndarray of bool
        Whether they do, for each text.

    Raises
    ------
    TypeError
        If `n` is no number.
    ValueError
        If `n` is no positive integer, or both hold several texts, and not as many.

    Examples
    --------
    >>> from matxai import strncmpi
    >>> strncmpi("Conv_1", "conv_2", 4)
    True
    """
    return _compared("strncmpi", s1, s2, lambda t: t[:n].casefold())


def _compared(function: str, s1: Any, s2: Any, key: Callable[[str], str]) -> Any:
    s1, s2 = (s.tolist() if isinstance(s, categorical) else s for s in (s1, s2))
    if not (is_text(s1) and is_text(s2)):
        return False
    first, second = paired([text_array(s1, "s1"), text_array(s2, "s2")], function)
    equal = np.empty(first.shape, dtype=bool)
    for i in np.ndindex(first.shape):
        equal[i] = key(first[i]) == key(second[i])
    return bool(equal) if equal.ndim == 0 else equal


def _overlapping(whole: str, old: str, new: str) -> str:
    """Replace each occurrence by the new text; overlapping ones share characters."""
    if not old:
        return whole
    out, end, at = [], 0, whole.find(old)
    while at >= 0:
        out.append(whole[end:at] if at > end else "")
        out.append(new)
        end, at = at + len(old), whole.find(old, at + 1)
    return "".join(out) + whole[end:]
