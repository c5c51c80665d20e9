"""What functions that reduce an array share: their arguments, and missing values."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from matxai.lang.values import axes_of, expanded, is_dlarray, is_given, result

__all__ = ["Reduction", "reduced", "reduction"]

_MISSING = {"omitnan": True, "omitmissing": True, "includenan": False, "includemissing": False}


@dataclass(frozen=True)
class Reduction:
    """Which dimensions are reduced and how.

    Attributes
    ----------
    dim : None, "all", int or sequence of int
        The dimensions as given; None by default.
    omit : bool or None
        Whether NaN is left out; None if nothing was said.
    flags : tuple of str
        What else was said, in lower case.
    """

    dim: Any
    omit: bool | None
    flags: tuple[str, ...]


def reduction(function: str, args: Sequence[Any], flags: Sequence[str] = ()) -> Reduction:
    """Read what stands behind the array: a dimension, "all", "omitnan" and other flags."""
    dim, omit, said = None, None, []
    for i, arg in enumerate(args):
        if not isinstance(arg, str):
            if i > 0:
                raise TypeError(f"{function}: only texts can stand behind dim, but {arg!r} does.")
            dim = arg if is_given(arg) else None
            continue
        word = arg.lower()
        if word == "all" and i == 0:
            dim = word
        elif word in _MISSING:
            omit = _MISSING[word]
        elif word in flags:
            said.append(word)
        else:
            known = ", ".join(["all", *_MISSING, *flags])
            raise ValueError(f"{function}: {arg!r} is not one of its options: {known}.")
    return Reduction(dim, omit, tuple(said))


def reduced(
    function: str, array: Any, dim: Any, compute: Callable[[Any, tuple[int, ...]], Any]
) -> Any:
    """Reduce an array along the dimensions by a function that keeps them, of length 1."""
    try:
        axes = axes_of(array, dim)
    except (TypeError, ValueError) as error:
        raise type(error)(f"{function}: {error}") from None
    array = expanded(array, axes)
    if is_dlarray(array):
        axes = tuple(axis for axis in axes if axis < array.ndim)
    made = compute(array, axes)
    if is_dlarray(made) and isinstance(dim, str):
        return np.reshape(made, ())
    return result(made)
