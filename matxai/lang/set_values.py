"""What functions of sets share: values become numbers in their order."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

import numpy as np

from matxai.arguments import describe
from matxai.lang.categorical import categorical
from matxai.lang.ordering import sortable
from matxai.lang.values import data_of

__all__ = ["elements_of", "flags_of", "grouped", "numbered", "numbered_pair"]


def elements_of(function: str, value: Any, name: str) -> np.ndarray:
    """Return numbers or texts; those of a categorical are its texts."""
    value = sortable(value, f"{function}: {name}")
    return np.asarray(value) if isinstance(value, (categorical, str)) else data_of(value)


def flags_of(function: str, args: Sequence[Any], known: Sequence[str]) -> set[str]:
    """Check options without values, and return them in lower case."""
    for arg in args:
        if not isinstance(arg, str) or arg.lower() not in known:
            listed = ", ".join(f'"{k}"' for k in known)
            raise ValueError(f"{function}: {describe(arg)} is not one of its options: {listed}.")
    return {arg.lower() for arg in args}


def numbered(*arrays: np.ndarray) -> list[np.ndarray]:
    """Give the values of arrays numbers in their order; every NaN is a value of its own."""
    kinds = {"U" if a.dtype.kind == "U" else "n" for a in arrays if a.size}
    if len(kinds) > 1:
        raise TypeError("numbers and texts can not be compared.")
    parts = [a.reshape(-1, order="F") for a in arrays]
    joined = np.concatenate([p for p in parts if p.size] or parts[:1])
    codes = np.unique(joined, return_inverse=True, equal_nan=False)[1].reshape(-1)
    if joined.dtype.kind == "f":
        missing = np.flatnonzero(np.isnan(joined))
        codes[missing] = codes.size + np.arange(missing.size)
    ends = np.cumsum([0, *(p.size for p in parts)])
    return [codes[a:b] for a, b in itertools.pairwise(ends)]


def grouped(codes: np.ndarray, stable: bool, last: bool) -> tuple[np.ndarray, np.ndarray]:
    """Return the place of the first (or last) of each value, and the number of each one's value."""
    order = np.argsort(codes, kind="stable")
    new = np.append(True, np.diff(codes[order]) != 0)[: codes.size]
    group = np.empty(codes.size, np.int64)
    group[order] = np.cumsum(new) - 1
    first = order[new]
    if last:
        first = order[np.append(np.flatnonzero(new)[1:], codes.size) - 1] if codes.size else first
    if not stable:
        return first, group
    ranks = np.argsort(order[new], kind="stable")
    place = np.empty(len(ranks), np.int64)
    place[ranks] = np.arange(len(ranks))
    return first[ranks], place[group]


def numbered_pair(function: str, a: np.ndarray, b: np.ndarray) -> list[np.ndarray]:
    """Do so for two arrays, and refuse numbers beside texts in the function's name."""
    try:
        return numbered(a, b)
    except TypeError as error:
        raise TypeError(f"{function}: {error}") from None
