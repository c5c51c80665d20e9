"""Parts of values are read, subscripts counting from 1."""

from __future__ import annotations

from typing import Any

import numpy as np

from matxai.lang.categorical import categorical, categories
from matxai.lang.structs import struct
from matxai.lang.time_arrays import TimeArray
from matxai.lang.values import number, trimmed
from matxai.port.runtime_errors import NotKnownError

__all__ = ["AMBIGUOUS", "at", "folded", "item", "only_subscript", "places_of", "zero_based"]

AMBIGUOUS = "whether this vector is a row or a column is not known"


def places_of(sub: Any, length: int, grows: bool = False) -> np.ndarray:
    """Return the places that a subscript takes, counted from 0."""
    if isinstance(sub, str):
        if sub != ":":
            raise TypeError(f"A subscript must be a number, not {sub!r}.")
        return np.arange(length)
    array = np.asarray(sub)
    if array.dtype.kind == "b":
        if array.size > length and array.reshape(-1, order="F")[length:].any() and not grows:
            raise IndexError(f"A mask of {array.size} elements is too long for {length}.")
        return np.flatnonzero(array.reshape(-1, order="F"))
    if array.dtype.kind not in "fiu":
        raise TypeError("A subscript must be a number or a truth value.")
    if array.size and not np.all((array == np.floor(array)) & (array >= 1)):
        raise IndexError("Subscripts must be whole numbers from 1.")
    places = array.astype(np.int64) - 1
    if places.size and places.max() >= length and not grows:
        raise IndexError(f"The subscript {places.max() + 1} is beyond the length {length}.")
    return places


def _is_one(sub: Any) -> bool:
    return not isinstance(sub, str) and np.ndim(sub) == 0 and np.asarray(sub).dtype.kind != "b"


def at(value: Any, *subs: Any) -> Any:
    """Return ``value(subs)``; a colon is ``":"``.

    Examples
    --------
    >>> at(np.array([[1.0, 2.0], [3.0, 4.0]]), 2)
    3.0
    >>> at("abc", [3, 1])
    'ca'
    """
    if callable(value) and not isinstance(value, np.ndarray):
        made = value(*subs)
        # A function of several outputs; one is asked for.
        return made[0] if isinstance(made, tuple) else made
    if not subs:
        return value
    if isinstance(value, dict):
        return value[subs[0]]
    if isinstance(value, str):
        return _of_text(value, subs)
    if isinstance(value, (list, tuple)):
        return _of_list(list(value), subs)
    if hasattr(value, "iloc") or type(value).__name__ == "table":
        raise NotKnownError("Part of a table: what the subscripts are is not known.")
    if isinstance(value, struct):
        if all(_is_one(s) and s == 1 for s in subs):
            return value
        raise IndexError("A struct has one element.")
    subs = tuple(_by_category(sub) for sub in subs)
    if isinstance(value, (categorical, TimeArray)):
        return _of_labels(value, subs)
    array = np.asarray(value) if isinstance(value, (bool, int, float, np.generic)) else value
    if len(subs) == 1:
        return _linear(array, subs[0])
    return _grid(array, subs)


def _of_labels(value: Any, subs: tuple[Any, ...]) -> Any:
    """Take part of labels or times."""
    if len(subs) > 1 and len(subs) == value.ndim:
        places = [places_of(sub, n) for sub, n in zip(subs, value.shape, strict=True)]
        part = value[np.ix_(*(np.reshape(p, -1) for p in places))]
        wide = [axis for axis, p in enumerate(places) if p.ndim]
        last = max(wide, default=-1)
        # What lies behind all others is dropped, and of a row or column also what lies before.
        kept = [axis in wide or (len(wide) > 1 and axis < last) for axis in range(value.ndim)]
        if len(wide) == 1 and last > 1:
            raise NotKnownError("Labels along a third dimension.")
        return part[tuple(slice(None) if keep else 0 for keep in kept)]
    places = places_of(only_subscript(subs), value.size)
    if value.ndim == 0:
        return value
    if places.ndim > 1:
        raise NotKnownError("Part of labels by a matrix of subscripts.")
    return value[np.unravel_index(places, value.shape, order="F")]


def _by_category(sub: Any) -> Any:
    """Return a categorical that is a subscript as the numbers of its categories."""
    if not isinstance(sub, categorical):
        return sub
    names = np.asarray(categories(sub)).tolist()
    numbers = [names.index(name) + 1 for name in np.asarray(sub.tolist(), object).reshape(-1)]
    return numbers[0] if len(numbers) == 1 else np.array(numbers)


def zero_based(sub: Any) -> int:
    """Return a subscript counted from 0.

    Examples
    --------
    >>> zero_based(3)
    2
    """
    return int(places_of(sub, 0, grows=True))


def only_subscript(subs: tuple[Any, ...]) -> Any:
    """Return the one subscript, or refuse several."""
    if len(subs) != 1:
        raise NotKnownError(f"Several subscripts: {AMBIGUOUS}.")
    return subs[0]


def _of_text(text: str, subs: tuple[Any, ...]) -> str:
    if len(subs) == 2 and _is_one(subs[0]) and subs[0] == 1:
        subs = subs[1:]
    elif len(subs) == 1 and isinstance(subs[0], str) and len(text) > 1:
        raise NotKnownError("A column of characters, if this is char, is not ported.")
    return "".join(text[i] for i in places_of(only_subscript(subs), len(text)).reshape(-1))


def _of_list(items: list[Any], subs: tuple[Any, ...]) -> Any:
    sub = only_subscript(subs)
    places = places_of(sub, len(items))
    if places.size == 1 and items and all(isinstance(i, struct) for i in items):
        return items[int(places.reshape(-1)[0])]
    if places.ndim == 0 and items and not isinstance(items[0], (str, float, int, list)):
        return items[int(places)]
    return [items[i] for i in places.reshape(-1)]


def _linear(array: Any, sub: Any) -> Any:
    if not isinstance(array, np.ndarray):
        flat = array.ravel("F") if hasattr(array, "ravel") else array
        return flat[places_of(sub, len(flat))]
    flat = array.reshape(-1, order="F")
    places = places_of(sub, flat.size)
    if places.ndim == 0:
        return _out(flat[int(places)])
    if isinstance(sub, str):
        return flat.copy()
    if array.ndim == 1 and 1 in places.shape:
        # What is taken of a vector lies as the vector does.
        places = places.reshape(-1)
    if array.ndim == 2 and array.size > 1 and 1 in array.shape and max(places.shape) == places.size:
        places = places.reshape((1, -1) if array.shape[0] == 1 else (-1, 1))
    return flat[places]


def _out(value: Any) -> Any:
    return number(value) if isinstance(value, np.generic) else value


def _grid(array: Any, subs: tuple[Any, ...]) -> Any:
    if array.ndim == 1:
        return _of_vector(array, subs)
    array = folded(array, len(subs))
    places = [places_of(s, n) for s, n in zip(subs, array.shape, strict=True)]
    if all(_is_one(s) for s in subs):
        return _out(array[tuple(int(p) for p in places)])
    made = array[np.ix_(*(p.reshape(-1) for p in places))]
    wide = [i for i, s in enumerate(subs) if not _is_one(s)]
    if len(wide) == 1 and wide[0] < 2:
        return made.reshape(-1)
    return trimmed(made)


def _of_vector(array: np.ndarray, subs: tuple[Any, ...]) -> Any:
    """Take a part of a vector of one dimension by two subscripts, where one of them is 1 or all."""
    if array.size == 1:
        return _grid(array.reshape(1, 1), subs)
    raise NotKnownError(f"Two subscripts: {AMBIGUOUS}.")


def folded(array: np.ndarray, count: int) -> np.ndarray:
    """Give an array as many dimensions as there are subscripts: the last one holds the rest."""
    if array.ndim < count:
        return array.reshape(*array.shape, *(1,) * (count - array.ndim))
    if array.ndim > count:
        return array.reshape(*array.shape[: count - 1], -1, order="F")
    return array


def item(cells: Any, sub: Any) -> Any:
    """Return ``cells{sub}``.

    Examples
    --------
    >>> item(["a", "b"], 2.0)
    'b'
    """
    if not isinstance(cells, (list, tuple, np.ndarray)):
        raise TypeError("{…} takes elements of cell arrays.")
    places = places_of(sub, len(cells)).reshape(-1)
    if len(places) != 1:
        raise ValueError("{…} gives one value here.")
    return cells[int(places[0])]
