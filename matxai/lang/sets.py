"""Two arrays as sets: ismember, setdiff, intersect, union."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from matxai.calling import matlab_function
from matxai.lang.categorical import categorical
from matxai.lang.classes import converted
from matxai.lang.concatenating import joined_class
from matxai.lang.set_values import elements_of, flags_of, grouped, numbered_pair

__all__ = ["intersect", "ismember", "setdiff", "union"]


@matlab_function("Lia", "Locb")
def ismember(A: Any, S: Any, *, nargout: int = 1) -> tuple[Any, Any]:
    """Tell which elements are in a set.

    Parameters
    ----------
    A : array, number, text, list of texts or categorical
        The elements.
    S : array, number, text, list of texts or categorical
        The set.
    nargout : int
        Number of outputs.

    Returns
    -------
    Lia : bool or numpy.ndarray of bool
        True for each element of `A` that is in `S`; NaN is in no set.
    Locb : int or numpy.ndarray of int
        Where it is first in `S`, down the columns, counted from 1; 0 where it is not.

    Raises
    ------
    TypeError
        If one holds neither numbers nor texts, or one numbers and the other texts.

    Notes
    -----
    Documented.

    Examples
    --------
    >>> from matxai import ismember
    >>> ismember([[1, 2], [3, 4]], [4, 1])
    array([[ True, False],
           [False,  True]])
    >>> ismember("dog", ["cat", "dog"], nargout=2)
    (True, 2)
    """
    elements, members = elements_of("ismember", A, "A"), elements_of("ismember", S, "S")
    codes, known = numbered_pair("ismember", elements, members)
    if isinstance(A, categorical):
        # An undefined element is in no set, whatever that holds.
        codes = np.where(A.isundefined().reshape(-1, order="F"), -1, codes)
    values, first = np.unique(known, return_index=True)
    at = np.searchsorted(values, codes)
    within = at < len(values)
    found = np.zeros(codes.shape, np.int64)
    hit = within & (values[np.where(within, at, 0)] == codes) if len(values) else within
    found[hit] = first[at[hit]] + 1
    found = found.reshape(elements.shape, order="F")
    if found.ndim == 0:
        return bool(found), int(found)
    return found > 0, found


def _chosen(values: np.ndarray, places: np.ndarray) -> np.ndarray:
    return values.reshape(-1, order="F")[places]


def _of_two(function: str, A: Any, B: Any, args: Sequence[Any]) -> tuple[Any, ...]:
    """Return both arrays, the numbers of their values, and whether the order is kept."""
    flags = flags_of(function, args, ("sorted", "stable"))
    a, b = elements_of(function, A, "A"), elements_of(function, B, "B")
    return (a, b, *numbered_pair(function, a, b), "stable" in flags)


_DOC = """{does}.

    Parameters
    ----------
    A, B : array, list of texts or categorical
        The sets; every NaN is distinct.
    *args : str
        "sorted", the default, or "stable" for the order in which the values come.
    nargout : int
        Number of outputs.

    Returns
    -------
    C : numpy.ndarray, shape (K,)
        The values, each once.
    ia{ib} : numpy.ndarray of int
        Where they are first in `A`{b}, down the columns, counted from 1.{more}

    Raises
    ------
    TypeError
        If one holds neither numbers nor texts, or one numbers and the other texts.
    ValueError
        If there is no such option.

    Notes
    -----
    Documented. Chosen: the values are a 1-D array, also of rows.

    Examples
    --------
    >>> from matxai import {name}
    {example}
    """


def _setdiff(A: Any, B: Any, *args: Any, nargout: int = 1) -> tuple[Any, Any]:
    a, _, mine, theirs, stable = _of_two("setdiff", A, B, args)
    first, _ = grouped(mine, stable, False)
    first = first[~np.isin(mine[first], theirs)]
    return _chosen(a, first), first + 1


def _intersect(A: Any, B: Any, *args: Any, nargout: int = 1) -> tuple[Any, Any, Any]:
    a, _, mine, theirs, stable = _of_two("intersect", A, B, args)
    first, _ = grouped(mine, stable, False)
    first = first[np.isin(mine[first], theirs)]
    values, places = np.unique(theirs, return_index=True)
    return _chosen(a, first), first + 1, places[np.searchsorted(values, mine[first])] + 1


def _union(A: Any, B: Any, *args: Any, nargout: int = 1) -> tuple[Any, Any, Any]:
    a, b, mine, theirs, stable = _of_two("union", A, B, args)
    first, _ = grouped(np.concatenate([mine, theirs]), stable, False)
    parts = [x.reshape(-1, order="F") for x in (a, b)]
    C = np.concatenate([p for p in parts if p.size] or parts[:1])[first]
    if C.dtype.kind != "U":
        C = converted(C, joined_class([a.dtype, b.dtype]))
    return C, first[first < a.size] + 1, first[first >= a.size] - a.size + 1


def _public(function: Any, outputs: Sequence[str], **words: str) -> Any:
    name = function.__name__.removeprefix("_")
    function.__name__ = function.__qualname__ = name
    function.__doc__ = _DOC.format(name=name, **words)
    return matlab_function(*outputs)(function)


setdiff = _public(
    _setdiff,
    ("C", "ia"),
    does="Return the values of one array that are not in another",
    ib="",
    b="",
    more="",
    example=">>> setdiff([5, 3, 1, 3], [1])\n    array([3., 5.])",
)
intersect = _public(
    _intersect,
    ("C", "ia", "ib"),
    does="Return the values that two arrays have in common",
    ib=", ib",
    b=" and in `B`",
    more="",
    example=">>> intersect([5, 3, 1], [1, 5, 9])\n    array([1., 5.])",
)
union = _public(
    _union,
    ("C", "ia", "ib"),
    does="Return the values of two arrays together",
    ib=", ib",
    b=" and in `B`",
    more=" What is in both counts\n        as one of `A`.",
    example=">>> union([5, 3], [1, 5])\n    array([1., 3., 5.])",
)
