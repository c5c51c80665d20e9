"""More from the random stream: randi, randperm, randn."""

from __future__ import annotations

from typing import Any

import numpy as np

from matxai.arguments import describe, positive_integer
from matxai.calling import matlab_function
from matxai.lang.classes import converted
from matxai.lang.creation import lengths_of
from matxai.lang.random import stream, uniform
from matxai.lang.values import CLASSES, number

__all__ = ["randi", "randn", "randperm"]

_DTYPES = {ours: np.dtype(name) for name, ours in CLASSES.items() if ours != "logical"}


def _sizes(function: str, args: tuple[Any, ...], classes: tuple[str, ...]) -> tuple[Any, np.dtype]:
    """Part sizes from the name of a class behind them."""
    kind = "double"
    if args and isinstance(args[-1], str):
        *args, kind = args
    if kind not in classes:
        raise ValueError(
            f"{function}: the class must be one of {', '.join(classes)}, not {kind!r}."
        )
    return (lengths_of(function, args) if args else ()), _DTYPES[kind]


def _limits(value: Any, name: str) -> tuple[int, int]:
    items = np.ravel(np.asarray(value))
    if (
        items.dtype.kind not in "iuf"
        or items.size not in (1, 2)
        or (items != np.floor(items)).any()
    ):
        raise ValueError(f"{name} must be an integer or two, but is {describe(value)}.")
    low, high = (1, int(items[0])) if items.size == 1 else map(int, items)
    if low > high:
        raise ValueError(f"{name} must be a range that is not empty, but is {describe(value)}.")
    return low, high


@matlab_function("X", accepts={"imax": _limits})
def randi(imax: Any, *sizes: Any) -> Any:
    """Draw random integers, all equally probable.

    Parameters
    ----------
    imax : int or sequence of 2 int
        The greatest integer, 1 being the least, or the least and the greatest.
    *sizes : int or sequence of int, then optionally a class name
        Nothing for one number; ``n`` for n×n; ``m, n, …`` or one vector of them. The class name
        comes last.

    Returns
    -------
    number or numpy.ndarray
        The integers, by default of class double, filled in column by column.

    Raises
    ------
    TypeError
        If a size is no number.
    ValueError
        If the range is empty, or there is no such class.

    Notes
    -----
    Numeric: after ``rng("default")`` the numbers are those that MATLAB's documentation prints, made
    of one number of ``rand`` each.

    Examples
    --------
    >>> from matxai import randi, rng
    >>> s = rng("default")
    >>> randi(10, 1, 5)
    array([[ 9., 10.,  2., 10.,  7.]])
    """
    low, high = imax
    shape, kind = _sizes("randi", sizes, tuple(_DTYPES))
    drawn = low + np.floor(uniform(stream(), *shape) * (high - low + 1.0))
    made = converted(np.asarray(drawn), kind)
    return made if sizes and shape else number(made[()])


@matlab_function("p", accepts={"n": positive_integer, "k": positive_integer})
def randperm(n: int, k: int | None = None) -> np.ndarray:
    """Draw a random order of the integers from 1.

    Parameters
    ----------
    n : int
        The greatest of the integers.
    k : int, optional
        How many of them; all by default.

    Returns
    -------
    numpy.ndarray of int, shape (n,) or (k,)
        The integers, no one twice.

    Raises
    ------
    TypeError
        If `n` or `k` is no number.
    ValueError
        If one is no positive integer, or `k` is above `n`.

    Notes
    -----
    Numeric for one argument: the order that sorts ``rand(1, n)``, which gives what MATLAB's
    documentation prints. Statistical for `k`: the integers are as probable as in MATLAB, but
    not the same.

    Examples
    --------
    >>> from matxai import randperm, rng
    >>> s = rng("default")
    >>> randperm(6)
    array([6, 3, 5, 1, 2, 4])
    """
    if k is not None and k > n:
        raise ValueError(f"randperm: k must be {n} at most, but is {k}.")
    return np.argsort(uniform(stream(), n), kind="stable")[:k] + 1


@matlab_function("X")
def randn(*sizes: Any) -> Any:
    """Draw random numbers of the normal distribution.

    Parameters
    ----------
    *sizes : int or sequence of int, then optionally "double" or "single"
        Nothing for one number; ``n`` for n×n; ``m, n, …`` or one vector of them. The class name
        comes last.

    Returns
    -------
    float or numpy.ndarray
        The numbers, filled in column by column.

    Raises
    ------
    TypeError
        If a size is no number.
    ValueError
        If a size is no integer, or there is no such class.

    Notes
    -----
    Statistical: the distribution is MATLAB's, the numbers are not. They come from the stream that
    ``rng`` controls.

    Examples
    --------
    >>> from matxai import randn, rng
    >>> s = rng(1)
    >>> randn(2, 3).shape
    (2, 3)
    """
    shape, kind = _sizes("randn", sizes, ("double", "single"))
    drawn = stream().standard_normal(int(np.prod(shape))).reshape(shape, order="F")
    made = drawn.astype(kind)
    return made if sizes and shape else number(made[()])
