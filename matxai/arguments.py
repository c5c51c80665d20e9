"""Checks of single arguments, in the words of MATLAB's documentation.

A check is called as ``check(value, name)``. It returns the value in the form that ordinary Python
behind the door works with, or raises a TypeError or ValueError that names the argument, quotes the
value and says what can be given instead.
"""

from __future__ import annotations

import numbers
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

__all__ = [
    "Check",
    "any_of",
    "channel_indices",
    "describe",
    "logical",
    "numeric_array",
    "one_of",
    "positive_integer",
    "positive_integers",
    "real_scalar",
    "text",
    "texts",
]

Check = Callable[[Any, str], Any]


def describe(value: Any) -> str:
    """Quote a value for an error message: short ones as they are, long ones by class and size.

    Examples
    --------
    >>> import numpy as np
    >>> describe(-3)
    '-3'
    >>> describe(np.zeros((3, 4)))
    'a 3×4 float64 array'
    """
    if isinstance(value, np.ndarray) and value.size > 6:
        return f"a {'×'.join(map(str, value.shape))} {value.dtype} array"
    if isinstance(value, np.ndarray):
        return np.array2string(value, separator=", ")
    if isinstance(value, np.generic):
        return repr(value.item())
    shown = repr(value)
    if len(shown) > 60:
        return f"a {type(value).__name__}"
    return shown


def _scalar(value: Any) -> Any:
    """Take the number out of a NumPy scalar or an array of one element; else the value itself."""
    if isinstance(value, np.ndarray) and value.size == 1:
        value = value.reshape(-1)[0]
    return value.item() if isinstance(value, np.generic) else value


def real_scalar(value: Any, name: str) -> float:
    """Check a finite real number.

    Examples
    --------
    >>> real_scalar(3, "Lambda")
    3.0
    """
    number = _scalar(value)
    if isinstance(number, bool) or not isinstance(number, numbers.Real):
        raise TypeError(f"{name} must be a number, but is {describe(value)}.")
    if not np.isfinite(number):
        raise ValueError(f"{name} must be finite, but is {describe(value)}.")
    return float(number)


def positive_integer(value: Any, name: str) -> int:
    """Check a positive integer; like MATLAB, 64.0 is one.

    Examples
    --------
    >>> positive_integer(64.0, "NumFeatures")
    64
    """
    number = _scalar(value)
    if isinstance(number, bool) or not isinstance(number, numbers.Real):
        raise TypeError(f"{name} must be a positive integer, but is {describe(value)}.")
    if not np.isfinite(number) or number != int(number) or number < 1:
        raise ValueError(f"{name} must be a positive integer, but is {describe(value)}.")
    return int(number)


def positive_integers(lengths: Sequence[int]) -> Check:
    """Make the check of a vector of positive integers that has one of the given lengths."""
    wanted = " or ".join(map(str, lengths))

    def check(value: Any, name: str) -> tuple[int, ...]:
        if isinstance(value, str):
            raise TypeError(f"{name} must be positive integers, but is {value!r}.")
        items = np.asarray(value).reshape(-1)
        if items.size not in lengths:
            raise ValueError(
                f"{name} must have {wanted} elements, but is {describe(value)}, which has "
                f"{items.size}."
            )
        return tuple(positive_integer(item, name) for item in items)

    return check


def text(value: Any, name: str) -> str:
    """Check a text: MATLAB's char vector or string scalar."""
    if not isinstance(value, str):
        raise TypeError(f"{name} must be a text, but is {describe(value)}.")
    return str(value)


def texts(value: Any, name: str) -> list[str]:
    """Check a text or several: a list or array of them, or a categorical.

    Examples
    --------
    >>> texts(["cat", "dog"], "Classes")
    ['cat', 'dog']
    """
    items = [value] if isinstance(value, str) else value
    try:
        # Objects, since arrays of texts cut off what stands behind a null character.
        items = np.asarray(items, dtype=object).reshape(-1).tolist()
        # Elements of a categorical are arrays themselves.
        items = [np.asarray(i, object).item() if hasattr(i, "__array__") else i for i in items]
    except ValueError:
        items = [value]
    if not all(isinstance(item, str) for item in items):
        raise TypeError(f"{name} must be texts, but is {describe(value)}.")
    return [str(item) for item in items]


def one_of(*choices: str) -> Check:
    """Make the check of a text that is one of the choices, in any case, or a unique beginning.

    Examples
    --------
    >>> check = one_of("superpixels", "grid")
    >>> check("GRID", "Segmentation")
    'grid'
    >>> check("hexagons", "Segmentation")
    Traceback (most recent call last):
        ...
    ValueError: Segmentation must be "superpixels" or "grid", but is 'hexagons'.
    """
    listed = " or ".join(f'"{c}"' for c in choices)

    def check(value: Any, name: str) -> str:
        if not isinstance(value, str):
            raise TypeError(f"{name} must be {listed}, but is {describe(value)}.")
        given = value.lower()
        exact = [c for c in choices if c.lower() == given]
        matches = exact or [c for c in choices if given and c.lower().startswith(given)]
        if len(matches) != 1:
            raise ValueError(f"{name} must be {listed}, but is {value!r}.")
        return matches[0]

    return check


def any_of(*checks: Check) -> Check:
    """Make the check that passes what one of the checks passes.

    A text is judged by the checks for texts, so that a misspelt choice is reported as such.
    """

    def check(value: Any, name: str) -> Any:
        errors: list[Exception] = []
        for each in checks:
            try:
                return each(value, name)
            except (TypeError, ValueError) as error:
                errors.append(error)
        # A ValueError comes from a check that knows this type: it speaks most to the point.
        fitting = [e for e in errors if isinstance(e, ValueError)]
        if fitting:
            raise fitting[0]
        raise TypeError(" Or: ".join(str(e) for e in errors))

    return check


def logical(value: Any, name: str) -> bool:
    """Check a truth value: true or false, 1 or 0, "on" or "off".

    Examples
    --------
    >>> logical("off", "MaskClipping")
    False
    """
    if isinstance(value, str):
        return one_of("on", "off")(value, name) == "on"
    flag = _scalar(value)
    if isinstance(flag, numbers.Real) and flag in (0, 1):
        return bool(flag)
    raise TypeError(f"{name} must be true or false, but is {describe(value)}.")


def numeric_array(value: Any, name: str) -> np.ndarray:
    """Check an array of real numbers or truth values; sequences become arrays."""
    try:
        array = np.asarray(value)
    except ValueError:
        raise TypeError(f"{name} must be a numeric array, but is {describe(value)}.") from None
    if array.dtype.kind not in "fiub":
        raise TypeError(f"{name} must be a numeric array, but is {describe(value)}.")
    return array


def channel_indices(value: Any, count: int, name: str) -> np.ndarray:
    """Turn MATLAB's 1-based channel indices into 0-based ones.

    Parameters
    ----------
    value : int or sequence of int
        One index, or a vector of them, from 1 to `count`.
    count : int
        Number of channels.
    name : str
        MATLAB's name of the argument.

    Returns
    -------
    numpy.ndarray of int, shape (K,)
        The indices, counted from 0.

    Raises
    ------
    TypeError
        If it holds anything but numbers.
    ValueError
        If it is empty, or an index is no integer or lies outside 1…count.

    Examples
    --------
    >>> channel_indices([1, 3], 3, "channelIdx")
    array([0, 2])
    """
    if isinstance(value, (str, bytes)):
        raise TypeError(f"{name} must be channel indices, but is {value!r}.")
    array = numeric_array(value, name)
    indices = array.reshape(-1)
    if array.dtype.kind == "b":
        raise TypeError(f"{name} must be channel indices, but holds truth values.")
    if indices.size == 0 or array.size != max(array.shape, default=1):
        raise ValueError(f"{name} must be one index or a vector of them, but is {describe(value)}.")
    wrong = [i for i in indices if not (np.isfinite(i) and i == np.floor(i) and 1 <= i <= count)]
    if wrong:
        raise ValueError(
            f"{name} must hold integers from 1 to {count}, the number of channels of the network's "
            f"output, but holds {describe(wrong[0])}. MATLAB counts from 1: add 1 to an argmax."
        )
    return indices.astype(np.int64) - 1
