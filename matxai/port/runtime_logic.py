"""Comparisons and logic of ported scripts on values of which little is known before the run."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from matxai.lang.elementwise import matched
from matxai.lang.text_values import is_text
from matxai.lang.time_arrays import TimeArray
from matxai.lang.values import array_of, tidy
from matxai.port.runtime_errors import NotKnownError

__all__ = [
    "both",
    "either",
    "equal",
    "greater",
    "greater_equal",
    "less",
    "less_equal",
    "negated",
    "truth",
    "unequal",
]


def _compared(name: str, compare: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    def function(A: Any, B: Any) -> Any:
        if isinstance(A, TimeArray) or isinstance(B, TimeArray):
            return compare(A, B)
        if _texts(A) or _texts(B):
            return _texts_compared(name, compare, A, B)
        a, b = matched(name, array_of(A, "A"), array_of(B, "B"))
        made = compare(a, b)
        return tidy(made, made)

    function.__name__ = function.__qualname__ = name
    function.__doc__ = f"""Compare two arrays, element by element, as MATLAB does: {name}."""
    return function


def _texts(value: Any) -> bool:
    return type(value).__name__ == "categorical" or is_text(value) or isinstance(value, str)


def _texts_compared(name: str, compare: Callable[[Any, Any], Any], A: Any, B: Any) -> Any:
    from matxai.lang.categorical import categorical

    if isinstance(A, categorical) or isinstance(B, categorical):
        return compare(A, B)
    if isinstance(A, str) and isinstance(B, str):
        if len(A) == len(B) == 1:
            return bool(compare(A, B))
        # Of char, each character is compared; of strings, the whole.
        if len(A) != len(B) or A == B == "":
            return bool(compare(A, B))
        raise NotKnownError(f"{name}: whether these texts are char or string is not known.")
    if not (_texts(A) and _texts(B)):
        raise TypeError(f"{name}: a text is compared with something else.")
    a, b = (np.asarray(x, dtype=object) for x in (A, B))
    return np.asarray(compare(a, b), dtype=bool)


equal = _compared("equal", lambda a, b: a == b)


unequal = _compared("unequal", lambda a, b: a != b)


less = _compared("less", lambda a, b: a < b)


less_equal = _compared("less_equal", lambda a, b: a <= b)


greater = _compared("greater", lambda a, b: a > b)


greater_equal = _compared("greater_equal", lambda a, b: a >= b)


def _truths(value: Any, name: str) -> np.ndarray:
    array = np.asarray(array_of(value, name))
    if array.dtype.kind == "f" and np.isnan(array).any():
        raise ValueError(f"{name}: NaN is no truth value.")
    return array != 0


def both(A: Any, B: Any) -> Any:
    """Return ``A & B``.

    Examples
    --------
    >>> both([1, 0], 1)
    array([ True, False])
    """
    a, b = matched("and", _truths(A, "A"), _truths(B, "B"))
    made = np.logical_and(a, b)
    return tidy(made, made)


def either(A: Any, B: Any) -> Any:
    """Return ``A | B``.

    Examples
    --------
    >>> either([1, 0], 0)
    array([ True, False])
    """
    a, b = matched("or", _truths(A, "A"), _truths(B, "B"))
    made = np.logical_or(a, b)
    return tidy(made, made)


def negated(A: Any) -> Any:
    """Return ``~A``.

    Examples
    --------
    >>> negated(0)
    True
    """
    made = ~_truths(A, "A")
    return tidy(made, made)


def truth(value: Any) -> bool:
    """Tell whether a value holds as a condition: it is not empty, and nothing in it is 0.

    Examples
    --------
    >>> truth([1, 2]), truth([1, 0]), truth([])
    (True, False, False)
    """
    if isinstance(value, str):
        return bool(value) and "\0" not in value
    array = _truths(value, "if")
    return bool(array.size) and bool(array.all())
