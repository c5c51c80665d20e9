"""What counts as text: Python's str, lists of them (MATLAB's cell arrays), arrays of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from matxai.arguments import describe
from matxai.lang.categorical import categorical

__all__ = [
    "any_texts",
    "each",
    "has_texts",
    "is_text",
    "joined_shape",
    "like",
    "mapped",
    "paired",
    "text_array",
]

_TEXTS = "a text, or a list or array of texts"


def has_texts(value: Any) -> bool:
    """Tell whether a value is an array of labels or times, whose elements are shown as texts."""
    return hasattr(type(value), "_texts")


def is_text(value: Any) -> bool:
    """Tell whether a value is one text, or a list or array that holds texts only.

    Examples
    --------
    >>> is_text("a"), is_text(["a", "b"]), is_text([]), is_text(["a", 1])
    (True, True, False, False)
    """
    try:
        return bool(text_array(value, "").size)
    except TypeError:
        return False


def text_array(value: Any, name: str) -> np.ndarray:
    """Return the texts as an object array, of no dimensions for a single text.

    Arrays of objects, since those of texts cut off what is too long for them, and null characters.
    """
    if isinstance(value, categorical):
        raise TypeError(
            f"{name} must be {_TEXTS}, but is a categorical: string({name}) has its texts."
        )
    if isinstance(value, str):
        array = np.array(None, dtype=object)
        array[()] = str(value)
        return array
    if not isinstance(value, (list, tuple, np.ndarray)):
        raise TypeError(f"{name} must be {_TEXTS}, but is {describe(value)}.")
    for item in value:  # before NumPy takes things that hold names for lists of texts
        if not isinstance(item, (str, list, tuple, np.ndarray)):
            raise TypeError(f"{name} must be {_TEXTS}, but holds {describe(item)}.")
    try:
        array = np.array(value, dtype=object)
    except ValueError:  # lists of different lengths
        raise TypeError(f"{name} must be {_TEXTS}, but is {describe(value)}.") from None
    for item in array.flat:
        if not isinstance(item, str):
            raise TypeError(f"{name} must be {_TEXTS}, but holds {describe(item)}.")
    return array


def any_texts(value: Any, name: str) -> Any:
    """Check one text or several, and leave their form as it is."""
    text_array(value, name)
    return value


def like(value: Any, results: np.ndarray) -> Any:
    """Give results the form of the value they came from: a text, a list or an array."""
    if results.ndim == 0:
        return results.item()
    return results.tolist() if isinstance(value, (list, tuple)) else results


def mapped(value: Any, name: str, function: Callable[[str], Any]) -> Any:
    """Apply a function that gives texts to one or each text, and keep the form.

    Examples
    --------
    >>> mapped(["a", "b"], "str", str.upper)
    ['A', 'B']
    """
    return like(value, _applied(text_array(value, name), function))


def each(value: Any, name: str, function: Callable[[str], Any], dtype: Any) -> Any:
    """Apply a function that gives numbers or truth values: one, or an array of the class.

    Examples
    --------
    >>> each(["a", "bc"], "str", len, float)
    array([1., 2.])
    """
    results = _applied(text_array(value, name), function)
    return dtype(results.item()) if results.ndim == 0 else results.astype(dtype)


def paired(arrays: list[np.ndarray], function: str) -> list[np.ndarray]:
    """Bring arrays of texts to one size: single ones are repeated."""
    many = [a for a in arrays if a.size != 1]
    shapes = {a.shape for a in many}
    if len(shapes) > 1:
        raise ValueError(
            f"{function}: texts must be single, or as many in each argument, but there are "
            f"{' and '.join(str(a.size) for a in many)}."
        )
    shape = joined_shape(arrays)
    return [a if a.shape == shape else np.broadcast_to(a.reshape(()), shape) for a in arrays]


def joined_shape(arrays: list[np.ndarray]) -> tuple[int, ...]:
    """Say the shape of what comes of arrays of texts together."""
    many = [a.shape for a in arrays if a.size != 1]
    return many[0] if many else max((a.shape for a in arrays), key=len, default=())


def _applied(array: np.ndarray, function: Callable[[str], Any]) -> np.ndarray:
    results = np.empty(array.shape, dtype=object)
    for i in np.ndindex(array.shape):
        results[i] = function(array[i])
    return results
