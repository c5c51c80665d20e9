"""Parts of values are set or removed, subscripts counting from 1; values may grow."""

from __future__ import annotations

from typing import Any

import numpy as np

from matxai.lang.classes import converted
from matxai.lang.structs import struct
from matxai.lang.values import trimmed
from matxai.port.runtime_errors import NotKnownError
from matxai.port.runtime_reading import AMBIGUOUS, folded, only_subscript, places_of

__all__ = ["put", "put_field", "put_item", "put_text", "removed", "struct_in"]


def put(array: Any, value: Any, *subs: Any) -> Any:
    """Return what ``array(subs) = value`` makes of an array; it grows where it has to.

    Examples
    --------
    >>> put(np.zeros(0), 5.0, 3)
    array([0., 0., 5.])
    """
    if isinstance(array, list):
        return _put_list(array, value, only_subscript(subs))
    if isinstance(array, str) or isinstance(value, (str, list, struct)):
        raise NotKnownError("Elements of texts and structs are not set by this port.")
    array = np.asarray(array)
    value = _fitted(array, np.asarray(value))
    if array.dtype == np.int64:
        array = array.astype(np.float64)
    if len(subs) == 1:
        return _put_linear(array, value, subs[0])
    return _put_grid(array, value, subs)


def _fitted(array: np.ndarray, value: np.ndarray) -> np.ndarray:
    """Bring a value to the class of the array it goes into."""
    if value.dtype.kind not in "biuf":
        raise TypeError("What is put into an array must be numbers or truth values.")
    if value.dtype == np.int64:
        value = value.astype(np.float64)
    kind = np.dtype(np.float64) if array.dtype == np.int64 else array.dtype
    if value.dtype == kind or kind.kind in "iu":
        return converted(value, kind)
    if kind == np.bool_:
        if np.any(value != value):
            raise ValueError("NaN is put into an array of truth values.")
        return value != 0
    if value.dtype.kind in "iu" or (not array.size and value.dtype != kind):
        raise NotKnownError(
            f"{value.dtype} values are put into an array of {kind}. If it begins here, make it "
            f"of their class before: np.zeros(0, np.{value.dtype})."
        )
    return value.astype(kind)


def put_text(text: str, value: Any, sub: Any) -> str:
    """Return what ``text(sub) = value`` makes of a char vector.

    Examples
    --------
    >>> put_text("cat", "o", 2)
    'cot'
    """
    if not isinstance(text, str):
        raise NotKnownError("This is taken to be char, and is not.")
    given = value if isinstance(value, str) else "".join(chr(int(v)) for v in np.ravel(value))
    places = places_of(sub, len(text), grows=True).reshape(-1)
    if len(given) not in (1, len(places)):
        raise ValueError(f"{len(given)} characters do not fit into {len(places)}.")
    characters = list(text) + ["\0"] * (int(places.max(initial=-1)) + 1 - len(text))
    for i, place in enumerate(places):
        characters[int(place)] = given[i if len(given) > 1 else 0]
    return "".join(characters)


def _put_linear(array: np.ndarray, value: np.ndarray, sub: Any) -> np.ndarray:
    shape = array.shape
    flat = array.reshape(-1, order="F")
    places = places_of(sub, flat.size, grows=True).reshape(-1)
    longest = int(places.max(initial=-1)) + 1
    if longest > flat.size:
        if array.ndim == 2 and 1 not in shape and array.size:
            raise IndexError("A matrix does not grow by one subscript.")
        row = array.ndim < 2 or shape[0] == 1 or not array.size
        flat = np.concatenate([flat, np.zeros(longest - flat.size, flat.dtype)])
        if array.ndim == 2 and array.size:
            shape = (1, longest) if row else (longest, 1)
        else:
            shape = (longest,)
    elif array.ndim != 1:
        flat = flat.copy()
    values = value.reshape(-1, order="F")
    if values.size not in (1, places.size):
        raise ValueError(f"{values.size} values do not fit into {places.size} elements.")
    flat[places] = values if values.size == places.size else values[0]
    return flat if shape == () else flat.reshape(shape, order="F")


def _put_grid(array: np.ndarray, value: np.ndarray, subs: tuple[Any, ...]) -> np.ndarray:
    if array.ndim == 1 and array.size > 1:
        raise NotKnownError(f"Two subscripts: {AMBIGUOUS}.")
    if array.ndim < 2:
        array = array.reshape((0, 0) if not array.size else (1, 1))
    if array.ndim > len(subs):
        raise IndexError("Fewer subscripts than dimensions.")
    array = folded(array, len(subs))
    places = _grid_places(array, value, subs)
    needed = [max(n, int(p.max(initial=-1)) + 1) for n, p in zip(array.shape, places, strict=True)]
    if needed != list(array.shape):
        bigger = np.zeros(needed, array.dtype)
        bigger[tuple(slice(n) for n in array.shape)] = array
        array = bigger
    counts = [p.size for p in places]
    if value.size == 1:
        filled = value.reshape(-1)[0]
    elif [n for n in value.shape if n != 1] == [n for n in counts if n != 1]:
        filled = value.reshape(counts, order="F")
    else:
        raise ValueError("The values do not fit into the part that is assigned to.")
    array[np.ix_(*places)] = filled
    return trimmed(array)


def _grid_places(array: np.ndarray, value: np.ndarray, subs: tuple[Any, ...]) -> list[np.ndarray]:
    """Return the places of each subscript; a colon of something empty is as long as the value."""
    wide = [n for n in value.shape if n != 1]
    places = []
    for sub, length in zip(subs, array.shape, strict=True):
        if isinstance(sub, str) and length == 0 and not array.size:
            colons = [s for s in subs if isinstance(s, str)]
            if len(colons) > 1 and value.size != 1:
                wide = list(value.shape) + [1] * (len(subs) - value.ndim)
                places.append(np.arange(wide[len(places)]))
                continue
            places.append(np.arange(wide[0] if wide else 1))
            continue
        places.append(places_of(sub, length, grows=True).reshape(-1))
    return places


def put_item(cells: Any, value: Any, sub: Any) -> Any:
    """Return what ``cells{sub} = value`` makes of a cell array; it grows where it has to.

    Examples
    --------
    >>> put_item(["a"], "c", 3)
    ['a', None, 'c']
    """
    if isinstance(cells, np.ndarray) and not cells.size:
        cells = []
    if not isinstance(cells, list):
        raise TypeError("{…} sets elements of cell arrays.")
    places = places_of(sub, len(cells), grows=True).reshape(-1)
    if len(places) != 1:
        raise ValueError("{…} sets one value here.")
    cells.extend([None] * (int(places[0]) + 1 - len(cells)))
    cells[int(places[0])] = value
    return cells


def _put_list(cells: list[Any], value: Any, sub: Any) -> list[Any]:
    places = places_of(sub, len(cells), grows=True).reshape(-1)
    values = value if isinstance(value, list) else [value]
    if isinstance(value, struct) or type(value).__module__.startswith("matxai.nets."):
        values = [value]
    elif not isinstance(value, list):
        raise TypeError("Only cells are put into a part of a cell array.")
    if len(values) not in (1, len(places)):
        raise ValueError(f"{len(values)} cells do not fit into {len(places)}.")
    cells.extend([None] * (int(places.max(initial=-1)) + 1 - len(cells)))
    for i, place in enumerate(places):
        cells[int(place)] = values[i if len(values) > 1 else 0]
    return cells


def put_field(structs: Any, name: str, value: Any, sub: Any) -> list[Any]:
    """Return what ``structs(sub).name = value`` makes of an array of structs.

    Examples
    --------
    >>> put_field([], "score", 1, 1)[0].score
    1
    """
    if isinstance(structs, struct):
        structs = [structs]
    if isinstance(structs, np.ndarray) and not structs.size:
        structs = []
    if not isinstance(structs, list):
        raise TypeError("Fields are set in arrays of structs.")
    places = places_of(sub, len(structs), grows=True).reshape(-1)
    if len(places) != 1:
        raise ValueError("The field of one struct is set here.")
    fields = list(vars(structs[0])) if structs else []
    empty = {field: np.zeros((0, 0)) for field in fields}
    while len(structs) <= places[0]:
        structs.append(struct(empty))
    for each in structs:
        if name not in each:
            each[name] = np.zeros((0, 0))
    structs[int(places[0])][name] = value
    return structs


def removed(array: Any, *subs: Any) -> Any:
    """Return what ``array(subs) = []`` leaves of an array.

    Examples
    --------
    >>> removed(np.array([1.0, 2.0, 3.0]), [1, 3])
    array([2.])
    """
    if isinstance(array, list):
        gone = set(places_of(only_subscript(subs), len(array)).reshape(-1).tolist())
        return [each for i, each in enumerate(array) if i not in gone]
    if isinstance(array, str):
        gone = set(places_of(only_subscript(subs), len(array)).reshape(-1).tolist())
        return "".join(c for i, c in enumerate(array) if i not in gone)
    array = np.asarray(array)
    if len(subs) == 1:
        if array.ndim > 1 and 1 not in array.shape:
            return np.delete(array.reshape(-1, order="F"), places_of(subs[0], array.size))
        axis = 0 if array.ndim == 1 else int(np.argmax(array.shape))
        return np.delete(array, places_of(subs[0], array.size).reshape(-1), axis=axis)
    axes = [
        i
        for i, (s, n) in enumerate(zip(subs, array.shape, strict=True))
        if not isinstance(s, str) and len(set(places_of(s, n).reshape(-1).tolist())) != n
    ]
    if array.ndim != len(subs) or len(axes) > 1:
        raise IndexError("Whole rows or columns are removed.")
    axis = axes[0] if axes else next(i for i, s in enumerate(subs) if not isinstance(s, str))
    return np.delete(array, places_of(subs[axis], array.shape[axis]).reshape(-1), axis=axis)


def struct_in(value: Any, name: str) -> Any:
    """Return a field that gets fields of its own: an empty struct where there is none yet.

    Examples
    --------
    >>> options = struct()
    >>> struct_in(options, "training").rate = 0.1
    >>> options.training.rate
    0.1
    """
    if isinstance(value, struct):
        found = vars(value).get(name)
        if found is None or (isinstance(found, np.ndarray) and not found.size):
            value[name] = struct()
    return getattr(value, name)
