"""Names: valid ones made of any texts, and distinct ones."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

import numpy as np

from matxai.arguments import describe, one_of, text
from matxai.calling import matlab_function
from matxai.lang.text_values import any_texts, is_text, like, mapped, text_array

__all__ = ["makeUniqueStrings", "makeValidName"]

# The words that no variable of MATLAB can have as its name.
_WORDS = (
    "break case catch classdef continue else elseif end for function global if otherwise parfor "
    "persistent return spmd switch try while"
)
_KEYWORDS = frozenset(_WORDS.split())
_LONGEST = 63


def _prefix(value: Any, name: str) -> str:
    found = text(value, name)
    if not re.fullmatch(r"[A-Za-z]\w*", found, re.ASCII) or found in _KEYWORDS:
        raise ValueError(f"{name} must be the beginning of a name, but is {describe(value)}.")
    return found


@matlab_function(
    "N",
    "modified",
    accepts={
        "S": any_texts,
        "ReplacementStyle": one_of("underscore", "delete", "hex"),
        "Prefix": _prefix,
    },
)
def makeValidName(
    S: Any, *, ReplacementStyle: str = "underscore", Prefix: str = "x", nargout: int = 1
) -> Any:
    """Make names of variables or fields out of texts.

    Parameters
    ----------
    S : str, or list or array of str
        The texts.
    ReplacementStyle : {"underscore", "delete", "hex"}, default "underscore"
        What becomes of characters other than letters, digits and underscores: an underscore,
        nothing, or "0x" and the character's number.
    Prefix : str, default "x"
        What is put before a text that starts with no letter, or is a word of the language.
    nargout : int, default 1
        Number of outputs to return.

    Returns
    -------
    N : str, list or numpy.ndarray
        The names, which have 63 characters at most.
    modified : bool or numpy.ndarray of bool
        Whether each differs from its text.

    Raises
    ------
    TypeError
        If `S` holds other things than texts.
    ValueError
        If `ReplacementStyle` is another one, or `Prefix` no beginning of a name.

    Notes
    -----
    Documented, and held against GNU Octave: white space is left out, and a small letter behind it
    becomes a capital. Words of MATLAB are changed, those of Python alone are not.

    Examples
    --------
    >>> from matxai import matlab
    >>> matlab.lang.makeValidName(["tabby cat", "egyptian-cat", "1st", "for"])
    ['tabbyCat', 'egyptian_cat', 'x1st', 'xFor']
    """
    names = mapped(S, "S", lambda one: _valid(one, ReplacementStyle, Prefix))
    return names, _changed(S, names)


@matlab_function("U", "modified", accepts={"S": any_texts})
def makeUniqueStrings(S: Any, excluded: Any = (), *, nargout: int = 1) -> Any:
    """Put numbers behind texts that repeat.

    Parameters
    ----------
    S : str, or list or array of str
        The texts.
    excluded : str or list of str, or array of bool or int, optional
        Texts that the results must differ from as well; or which of the texts may be changed, as
        truth values or as indices that count from 1. By default all may.
    nargout : int, default 1
        Number of outputs to return.

    Returns
    -------
    U : str, list or numpy.ndarray
        The texts; "_1", "_2", … is put behind those that were there before.
    modified : bool or numpy.ndarray of bool
        Whether each differs from its text.

    Raises
    ------
    TypeError
        If `S` holds other things than texts.
    IndexError
        If there is no text of an index.

    Notes
    -----
    Documented, and held against GNU Octave.

    Examples
    --------
    >>> from matxai import matlab
    >>> matlab.lang.makeUniqueStrings(["cat", "dog", "cat"])
    ['cat', 'dog', 'cat_1']
    """
    texts = text_array(S, "S")
    items = texts.reshape(-1).tolist()
    named = isinstance(excluded, str) or is_text(excluded)
    avoided = set(text_array(excluded, "excluded").reshape(-1)) if named else set()
    changing = np.ones(len(items), bool)
    if not named and np.size(excluded):
        changing = _chosen(excluded, len(items))
    taken = avoided | {item for item, free in zip(items, changing, strict=True) if not free}
    made = []
    for item, free in zip(items, changing, strict=True):
        name = _distinct(item, taken, items) if free else item
        taken.add(name)
        made.append(name)
    names = like(S, np.array(made, dtype=object).reshape(texts.shape))
    return names, _changed(S, names)


def _valid(given: str, style: str, prefix: str) -> str:
    # A small letter behind white space becomes a capital, but for white space at the beginning.
    name = re.sub(r"(?<=\S)\s+([a-z])", lambda found: found[1].upper(), given)
    name = re.sub(r"\s+", "", name)
    if name in _KEYWORDS:
        name = prefix + name.capitalize()
    replacements = {
        "underscore": lambda found: "_",
        "delete": lambda found: "",
        "hex": lambda found: f"0x{ord(found[0]):02X}",
    }
    # What is deleted at the beginning counts as the beginning.
    before = "" if re.match("[A-Za-z]", name) else prefix
    name = re.sub("[^A-Za-z0-9_]", replacements[style], name)
    return (before + name)[:_LONGEST]


def _chosen(places: Any, count: int) -> np.ndarray:
    """Return which of the texts are meant by truth values or by indices that count from 1."""
    array = np.ravel(places)
    chosen = np.zeros(count, bool)
    if array.dtype == bool and array.size == count:
        return array
    if array.dtype.kind not in "iuf" or (array != np.floor(array)).any():
        raise TypeError(
            f"makeUniqueStrings: excluded must be texts, a truth value for each text, or indices, "
            f"but is {describe(places)}."
        )
    if (array < 1).any() or (array > count).any():
        raise IndexError(
            f"makeUniqueStrings: indices must be from 1 to {count}, but are {describe(places)}."
        )
    chosen[array.astype(int) - 1] = True
    return chosen


def _distinct(item: str, taken: Collection[str], items: Collection[str]) -> str:
    if item not in taken:
        return item
    number = 1
    while (name := f"{item}_{number}") in taken or name in items:
        number += 1
    return name


def _changed(before: Any, after: Any) -> Any:
    changed = text_array(before, "S") != text_array(after, "S")
    return changed if np.ndim(changed) else bool(changed)
