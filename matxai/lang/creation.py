"""Arrays of one value: zeros, ones, NaN, Inf, eye; and the sizes that such functions take."""

from __future__ import annotations

import numbers
from collections.abc import Sequence
from typing import Any

import numpy as np

from matxai.arguments import describe
from matxai.calling import matlab_function
from matxai.lang.values import CLASSES, array_of, is_dlarray, number

__all__ = ["Inf", "NaN", "eye", "lengths_of", "ones", "zeros"]

_DTYPES = {ours: np.dtype(name) for name, ours in CLASSES.items() if ours != "logical"}


def lengths_of(function: str, sizes: Sequence[Any]) -> tuple[int, ...]:
    """Read sizes as MATLAB's functions take them: n for n×n, a vector, or one after the other."""
    if len(sizes) == 1 and np.ndim(sizes[0]) and np.size(sizes[0]) != 1:
        sizes = np.ravel(sizes[0])
    lengths = [_length(function, size) for size in sizes]
    if len(lengths) == 1:
        lengths *= 2
    while len(lengths) > 2 and lengths[-1] == 1:
        lengths.pop()
    return tuple(lengths)


def _length(function: str, size: Any) -> int:
    if isinstance(size, (list, tuple, np.ndarray, np.generic)) and np.size(size) == 1:
        size = np.asarray(size).reshape(-1)[:1].tolist()[0]
    if isinstance(size, bool) or not isinstance(size, numbers.Real):
        raise TypeError(f"{function}: sizes must be integers, but one is {describe(size)}.")
    if not np.isfinite(size) or size != int(size):
        raise ValueError(f"{function}: sizes must be integers, but one is {describe(size)}.")
    return max(0, int(size))


def _filled(function: str, args: tuple[Any, ...], value: float, classes: Sequence[str]) -> Any:
    """Make an array of one value from sizes and a class name or "like", prototype."""
    like = None
    dtype = np.dtype(np.float64)
    if len(args) > 1 and isinstance(args[-2], str) and args[-2].lower() == "like":
        *args, _, like = args
        like = array_of(like, "prototype")
        dtype = like.dtype
    elif args and isinstance(args[-1], str):
        *args, name = args
        if name.lower() not in classes:
            raise ValueError(
                f"{function}: the class must be one of {', '.join(classes)}, but is {name!r}."
            )
        dtype = _DTYPES[name.lower()]
    if CLASSES[dtype.name] not in (*classes, "logical"):
        raise ValueError(f"{function}: the class can not be that of {describe(like)}.")
    array = np.full(lengths_of(function, args) if args else (), value, dtype)
    if is_dlarray(like):
        return type(like)(array)
    return array if args else number(array[()])


_FLOATS = ("double", "single")


def _constant(name: str, value: float, shown: str, classes: Sequence[str], example: str) -> Any:
    def make(*sizes: Any) -> Any:
        return _filled(name, sizes, value, classes)

    make.__name__ = make.__qualname__ = name
    make.__doc__ = f"""Make an array that holds {shown} everywhere.

    Parameters
    ----------
    *sizes : int or sequence of int, then optionally a class name
        Nothing for one number; ``n`` for n×n; ``m, n, …`` or one vector of them. Then, optionally,
        the name of the class, "double" by default, or "like" and an array of the class.

    Returns
    -------
    number, numpy.ndarray or dlarray
        A number where no size is given, else the array; a dlarray if it is to be like one.

    Raises
    ------
    TypeError
        If a size is no number.
    ValueError
        If a size is no integer, or there is no such class.

    Notes
    -----
    Documented. Negative sizes count as 0.

    Examples
    --------
    >>> from matxai import {name}
    {example}
    """
    return matlab_function("X")(make)


zeros = _constant(
    "zeros", 0, "0", tuple(_DTYPES), '>>> zeros(1, 2, "uint8")\n    array([[0, 0]], dtype=uint8)'
)
ones = _constant(
    "ones", 1, "1", tuple(_DTYPES), ">>> ones(2)\n    array([[1., 1.],\n           [1., 1.]])"
)
NaN = _constant("NaN", np.nan, "NaN", _FLOATS, ">>> NaN(1, 2)\n    array([[nan, nan]])")
Inf = _constant("Inf", np.inf, "Inf", _FLOATS, ">>> -Inf()\n    -inf")


@matlab_function("I")
def eye(*sizes: Any) -> Any:
    """Make an identity matrix.

    Parameters
    ----------
    *sizes : int or sequence of int, then optionally a class name
        Nothing for the number 1; ``n`` for n×n; ``m, n`` or a vector of both. Then, optionally, the
        name of the class or "like" and an array of the class.

    Returns
    -------
    number, numpy.ndarray or dlarray, m×n
        1 on the main diagonal, 0 elsewhere.

    Raises
    ------
    TypeError
        If a size is no number.
    ValueError
        If a size is no integer, there are more than two, or there is no such class.

    Notes
    -----
    Documented.

    Examples
    --------
    >>> from matxai import eye
    >>> eye(2, 3)
    array([[1., 0., 0.],
           [0., 1., 0.]])
    """
    made = _filled("eye", sizes, 1, tuple(_DTYPES))
    if np.ndim(made) == 0:
        return made
    if np.ndim(made) > 2:
        raise ValueError("eye: an identity matrix has two dimensions.")
    mask = np.eye(*made.shape, dtype=bool)
    if is_dlarray(made):
        return made * mask
    return made * mask.astype(made.dtype)
