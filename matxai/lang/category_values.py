"""What the elements and the categories of a categorical are made from."""

from __future__ import annotations

from typing import Any

import numpy as np

from matxai.arguments import describe

__all__ = ["UNDEFINED", "codes_of", "default_names", "names_of", "values_of", "valueset_of"]

UNDEFINED = "<undefined>"

_DATA = "texts, numbers or truth values, an array of them, or a categorical"


def values_of(data: Any, name: str) -> tuple[np.ndarray, np.ndarray]:
    """Return the values, texts as an object array, and which of them are missing."""
    try:
        array = np.asarray(data)
    except ValueError:  # lists of different lengths
        raise TypeError(f"{name} must be {_DATA}, but is {describe(data)}.") from None
    if array.dtype.kind in "iub" or not array.size:
        return (array if array.size else array.astype(object)), np.zeros(array.shape, bool)
    if array.dtype.kind == "f":
        return array, np.isnan(array)
    return _trimmed(np.array(data, dtype=object), name)


def _trimmed(array: np.ndarray, name: str) -> tuple[np.ndarray, np.ndarray]:
    texts = np.full(array.shape, "", dtype=object)
    for i, item in enumerate(array.flat):
        if isinstance(item, str):
            texts.flat[i] = str(item).strip()
        elif item is not None and item == item:  # NaN stands for a missing text in tables
            raise TypeError(f"{name} must be {_DATA}, but holds {describe(item)}.")
    return texts, (texts == "") | (texts == UNDEFINED)


def valueset_of(valueset: Any, values: np.ndarray) -> list[Any]:
    """Check the values that become categories."""
    array, missing = values_of(valueset, "valueset")
    if array.ndim != 1:
        raise TypeError(f"valueset must be a list of values, but is {describe(valueset)}.")
    if missing.any():
        raise ValueError(
            f"valueset must hold no empty or missing values, nor {UNDEFINED!r}, but is "
            f"{describe(valueset)}."
        )
    if array.size and values.size and (array.dtype == object) != (values.dtype == object):
        raise TypeError(
            f"valueset must hold texts where data does, and numbers where data does, but is "
            f"{describe(valueset)}."
        )
    wanted = array.tolist()
    twice = [v for i, v in enumerate(wanted) if v in wanted[:i]] if _repeats(wanted) else []
    if twice:
        raise ValueError(f"valueset must not repeat a value, but repeats {twice[0]!r}.")
    return wanted


def _repeats(items: list[Any]) -> bool:
    return len(set(items)) < len(items)


def names_of(catnames: Any, count: int) -> list[str]:
    """Check the names of as many categories."""
    names, missing = values_of([catnames] if isinstance(catnames, str) else catnames, "catnames")
    if names.dtype != object or names.ndim != 1:
        raise TypeError(f"catnames must be a list of texts, but is {describe(catnames)}.")
    if len(names) != count:
        raise ValueError(
            f"catnames must hold a name for each of the {count} values, but holds {len(names)}."
        )
    if missing.any():
        raise ValueError(f"catnames must hold no empty text, nor {UNDEFINED!r}.")
    return names.tolist()


def default_names(values: list[Any]) -> list[str]:
    """Name categories after their values."""
    names = [_name(value) for value in values]
    if _repeats(names):
        raise ValueError(
            "Some of the numbers have the same five significant digits: give valueset and catnames."
        )
    return names


def _name(value: Any) -> str:
    if isinstance(value, (str, bool)):
        return str(value).lower() if isinstance(value, bool) else value
    if np.isinf(value):
        return "Inf" if value > 0 else "-Inf"
    return str(int(value)) if value == int(value) else f"{value:.5g}"


def codes_of(values: np.ndarray, missing: np.ndarray, place: dict[Any, int]) -> np.ndarray:
    """Say the category of each value, −1 for none."""
    codes = np.full(values.shape, -1)
    distinct, inverse = np.unique(values[~missing], return_inverse=True)
    found = np.array([place.get(value, -1) for value in distinct.tolist()], dtype=int)
    codes[~missing] = found[inverse.reshape(-1)]
    return codes
