"""The greatest and the least: max, min."""

from __future__ import annotations

from typing import Any

import numpy as np

from matxai.calling import matlab_function
from matxai.lang.classes import converted
from matxai.lang.elementwise import common_class, matched
from matxai.lang.reducing import Reduction, reduction
from matxai.lang.values import (
    array_of,
    axes_of,
    data_of,
    expanded,
    is_dlarray,
    owned,
    result,
    tidy,
)

__all__ = ["max", "min"]


def _extreme(name: str, A: Any, B: Any, args: tuple[Any, ...]) -> tuple[Any, Any]:
    if isinstance(B, str):
        raise ValueError(f"{name}: options stand behind []: {name}(A, [], {B!r}).")
    how = reduction(name, args, ("linear",))
    if B is None or np.shape(B) in ((0,), (0, 0)):
        return _along(name, A, how)
    if how.dim is not None or how.flags:
        raise ValueError(
            f"{name}: two arrays are compared, so there is no dim: {name}(A, [], dim)."
        )
    return _of_two(name, A, array_of(B, f"{name}: B"), how), None


def _of_two(name: str, A: Any, B: Any, how: Reduction) -> Any:
    greater = name == "max"
    with_nan = np.maximum if greater else np.minimum
    if is_dlarray(A) or is_dlarray(B):
        return with_nan(*matched(name, A, B))
    kind = common_class(name, A, B)
    if A.dtype == B.dtype == np.bool_:
        kind = A.dtype
    without_nan = np.fmax if greater else np.fmin
    function = with_nan if how.omit is False else without_nan
    made = function(*(converted(x, kind) for x in matched(name, A, B)))
    return tidy(made, made)


def _along(name: str, A: Any, how: Reduction) -> tuple[Any, Any]:
    if how.dim is None and A.size == 0 and A.shape in ((0, 0), (0,)):
        return owned(A, A), np.zeros(A.shape, np.int64)
    try:
        axes = axes_of(A, how.dim)
    except (TypeError, ValueError) as error:
        raise type(error)(f"{name}: {error}") from None
    A = expanded(A, axes)
    if is_dlarray(A):
        axes = tuple(axis for axis in axes if axis < A.ndim)
    if not all(A.shape[axis] for axis in axes):
        empty = tuple(0 if i in axes else n for i, n in enumerate(A.shape))
        return np.zeros(empty, A.dtype), np.zeros(empty, np.int64)
    linear = "linear" in how.flags or how.dim == "all" or len(axes) > 1
    places = _places(name, data_of(A), axes, how.omit is False)
    index = result(_linear(places, A.shape, axes) if linear else places + 1)
    if is_dlarray(A):
        made = getattr(np, name)(A, axis=axes, keepdims=True)
        return (np.reshape(made, ()) if how.dim == "all" else result(made)), index
    return result(_picked(A, axes, places)), index


def _flat(data: np.ndarray, axes: tuple[int, ...]) -> np.ndarray:
    """Lay the axes that are reduced out as one, the last, in MATLAB's order."""
    rest = [i for i in range(data.ndim) if i not in axes]
    moved = data.transpose([*rest, *reversed(axes)])
    count = int(np.prod([data.shape[i] for i in axes]))
    return moved.reshape(*(data.shape[i] for i in rest), count)


def _places(name: str, data: np.ndarray, axes: tuple[int, ...], include: bool) -> np.ndarray:
    """Say where the first extreme lies among the reduced elements, in dimensions kept as 1."""
    values = _flat(data, axes)
    missing = np.isnan(values) if values.dtype.kind == "f" else np.zeros(values.shape, bool)
    if include:
        first = np.where(missing.any(-1), missing.argmax(-1), _first(name, values, missing))
    else:
        first = _first(name, values, missing)
    return first.reshape([1 if i in axes else n for i, n in enumerate(data.shape)])


def _first(name: str, values: np.ndarray, missing: np.ndarray) -> np.ndarray:
    if not missing.any():
        return values.argmax(-1) if name == "max" else values.argmin(-1)
    worst = -np.inf if name == "max" else np.inf
    known = np.where(missing, worst, values)
    best = (np.max if name == "max" else np.min)(known, axis=-1, keepdims=True)
    return ((known == best) & ~missing).argmax(-1)


def _picked(data: np.ndarray, axes: tuple[int, ...], places: np.ndarray) -> np.ndarray:
    flat = _flat(data, axes)
    picked = np.take_along_axis(flat, places.reshape(*flat.shape[:-1], 1), -1)
    return picked.reshape(places.shape)


def _linear(places: np.ndarray, shape: tuple[int, ...], axes: tuple[int, ...]) -> np.ndarray:
    """Turn places among the reduced elements into MATLAB's linear indices."""
    numbers = np.arange(1, int(np.prod(shape)) + 1).reshape(shape, order="F")
    return _picked(numbers, axes, places)


def _public(name: str, greatest: str, first: str, rows: tuple[int, int], two: str) -> Any:
    def pick(A: Any, B: Any = None, *args: Any, nargout: int = 1) -> tuple[Any, Any]:
        return _extreme(name, A, B, args)

    pick.__name__ = pick.__qualname__ = name
    pick.__doc__ = f"""Return the {greatest} elements of an array, or of two.

    Parameters
    ----------
    A : array, number or dlarray
        The numbers.
    B : array or number, optional
        What `A` is compared with, element by element. ``[]`` or None for nothing.
    *args : int, sequence of int or str
        The dimension, counted from 1, or several of them, or "all"; by default the first whose
        length is not 1. Then "includenan" to let NaN win, and "linear" for linear indices.
    nargout : int
        Number of outputs.

    Returns
    -------
    M : number, numpy.ndarray or dlarray
        The {greatest} elements, of the class of `A`; NaN is left out unless there is nothing else.
        Reduced dimensions are of length 1; a number where one is left.
    I : int or numpy.ndarray of int
        Where the first of them lies, counted from 1: along the dimension, or, for several
        dimensions and "all", down the columns of `A`. None where two arrays are compared.

    Raises
    ------
    TypeError
        If an array is not numeric, or the two are of classes that do not go together.
    ValueError
        If sizes do not fit, or there is no such dimension or option.

    Notes
    -----
    Documented. Chosen: truth values stay truth values, and Python's whole numbers double.

    Examples
    --------
    >>> from matxai import {name}
    >>> {name}([3, 1, 2], nargout=2)
    {first}
    >>> {name}([[1, 5], [7, 3]], [], 2)
    array([[{rows[0]}.],
           [{rows[1]}.]])
    >>> {name}([1, 5], 2)
    array([{two}])
    """
    return matlab_function("M", "I", accepts={"A": array_of})(pick)


max = _public("max", "greatest", "(3.0, 1)", (5, 7), "2., 5.")
min = _public("min", "least", "(1.0, 2)", (1, 3), "1., 2.")
