"""Elements in order: sort, maxk, mink, issorted."""

from __future__ import annotations

from typing import Any

import numpy as np

from matxai.arguments import describe, one_of, positive_integer
from matxai.calling import matlab_function
from matxai.lang.categorical import categorical, categories
from matxai.lang.values import (
    array_of,
    axes_of,
    data_of,
    dimension,
    expanded,
    is_dlarray,
    owned,
    result,
    trimmed,
)

__all__ = ["issorted", "maxk", "mink", "order_of", "sort", "sortable"]

_direction = one_of("ascend", "descend")


def sortable(value: Any, name: str) -> Any:
    """Check what can be sorted: numbers, texts, a categorical."""
    if isinstance(value, (categorical, str)):
        return value
    texts = np.asarray(value) if isinstance(value, (list, tuple, np.ndarray)) else None
    if texts is not None and texts.dtype.kind == "U":
        return texts
    if texts is not None and texts.dtype == object:
        if all(isinstance(item, str) for item in texts.flat):
            return texts.astype(np.str_)
        raise TypeError(f"{name} must hold numbers or texts, but is {describe(value)}.")
    return array_of(value, name)


def keys_of(array: Any) -> np.ndarray:
    """Return what an array is sorted by: a categorical by its categories, undefined ones last."""
    if not isinstance(array, categorical):
        return data_of(array)
    places = {name: i for i, name in enumerate(categories(array).tolist())}
    texts = np.asarray(array)
    codes = [places.get(t, np.nan) for t in texts.reshape(-1).tolist()]
    return np.array(codes, dtype=np.float64).reshape(texts.shape)


def order_of(
    keys: np.ndarray, axis: int, descend: bool, nan_last: bool | None = None
) -> np.ndarray:
    """Return the places that sort an array, counted from 0; equal elements stay in order.

    NaN is the greatest, unless it has to be last.
    """
    if not descend:
        return np.argsort(keys, axis=axis, kind="stable")
    if nan_last and keys.dtype.kind == "f":
        return np.argsort(-keys, axis=axis, kind="stable")
    backwards = np.argsort(np.flip(keys, axis), axis=axis, kind="stable")
    return keys.shape[axis] - 1 - np.flip(backwards, axis)


def _axis(array: Any, dim: Any) -> int:
    if dim is None and array.shape == (0, 0):
        return 0
    return axes_of(array, None if dim is None else dim + 1)[0]


def _arranged(array: Any, order: np.ndarray, axis: int) -> Any:
    if is_dlarray(array):
        key = tuple(np.ix_(*map(np.arange, order.shape)))
        key = (*key[:axis], order, *key[axis + 1 :])
        return type(array).of_tensor(array[key].tensor, array.labels)
    return np.take_along_axis(array, order, axis)


@matlab_function("B", "I", accepts={"A": sortable})
def sort(A: Any, *args: Any, nargout: int = 1) -> tuple[Any, Any]:
    """Sort elements along a dimension.

    Parameters
    ----------
    A : array, list of texts, categorical or dlarray
        What is sorted: numbers by value, texts by the codes of their characters, a categorical by
        its categories.
    *args : int or str
        The dimension, counted from 1; by default the first whose length is not 1. Then "ascend",
        the default, or "descend"; then, optionally, "MissingPlacement" and "auto", "first" or
        "last".
    nargout : int
        Number of outputs.

    Returns
    -------
    B : as `A`
        The sorted elements. Equal ones stay in order; NaN counts as greater than all numbers.
    I : numpy.ndarray of int
        Where each of them was along the dimension, counted from 1.

    Raises
    ------
    TypeError
        If `A` can not be sorted.
    ValueError
        If there is no such dimension or direction.

    Notes
    -----
    Documented.

    Examples
    --------
    >>> from matxai import sort
    >>> sort([3, 1, 2], "descend", nargout=2)
    (array([3., 2., 1.]), array([1, 3, 2]))
    """
    dim, descend, placement = _sort_arguments(args)
    if isinstance(A, str):
        raise TypeError(f"sort: A must be an array or a list of texts, but is {A!r}.")
    keys = keys_of(A)
    if keys.ndim == 0:
        return A, 1
    axis = _axis(A, dim)
    if axis >= keys.ndim:
        return owned(A, A), np.ones(keys.shape, np.int64)
    order = order_of(keys, axis, descend)
    if placement != "auto" and keys.dtype.kind == "f":
        ordered = np.isnan(np.take_along_axis(keys, order, axis))
        moved = np.argsort(ordered if placement == "last" else ~ordered, axis=axis, kind="stable")
        order = np.take_along_axis(order, moved, axis)
    if isinstance(A, categorical):
        if A.ndim > 1:
            raise ValueError("sort: a categorical must be a vector.")
        return A[order], order + 1
    return _arranged(A, order, axis), order + 1


def _sort_arguments(args: tuple[Any, ...]) -> tuple[int | None, bool, str]:
    dim, direction, placement = None, "ascend", "auto"
    rest = list(args)
    if rest and not isinstance(rest[0], str):
        dim = dimension(rest.pop(0), "sort: dim")
    if rest and str(rest[0]).lower() != "missingplacement":
        direction = _direction(rest.pop(0), "sort: direction")
    if len(rest) == 2 and str(rest[0]).lower() == "missingplacement":
        placement = one_of("auto", "first", "last")(rest[1], "sort: MissingPlacement")
    elif rest:
        raise ValueError(f"sort: {describe(rest[0])} is not one of its options.")
    return dim, direction == "descend", placement


def _best(name: str, A: Any, k: int, dim: Any, descend: bool) -> tuple[Any, Any]:
    keys = data_of(A)
    if keys.ndim == 0:
        return result(A), 1
    axis = axes_of(A, None if dim is None else dim + 1)[0] if keys.size else dim or 0
    A = expanded(A, (axis,))
    order = order_of(data_of(A), axis, descend, nan_last=True)
    order = np.take(order, np.arange(min(k, order.shape[axis])), axis)
    single = k == 1 and order.size == 1
    B = _arranged(A, order, axis)
    return (result(B), result(order + 1)) if single else (trimmed(B), trimmed(order + 1))


def _extreme(name: str, greatest: str, example: str) -> Any:
    def best(A: Any, k: int, dim: Any = None, *, nargout: int = 1) -> tuple[Any, Any]:
        return _best(name, A, k, dim, name == "maxk")

    best.__name__ = best.__qualname__ = name
    best.__doc__ = f"""Return the k {greatest} elements along a dimension.

    Parameters
    ----------
    A : array, number or dlarray
        The numbers.
    k : int
        How many; if there are fewer, all.
    dim : int, optional
        The dimension, counted from 1; by default the first whose length is not 1.
    nargout : int
        Number of outputs.

    Returns
    -------
    B : numpy.ndarray, number or dlarray
        The {greatest} elements, beginning with the {greatest}; NaN comes last. A number where `k`
        is 1 and `A` a vector.
    I : numpy.ndarray of int, or int
        Where each of them is along the dimension, counted from 1; of equal ones the first.

    Raises
    ------
    TypeError
        If `A` is not numeric or `k` no number.
    ValueError
        If `k` or `dim` is no positive integer.

    Notes
    -----
    Documented.

    Examples
    --------
    >>> from matxai import {name}
    {example}
    """
    checks = {"A": array_of, "k": positive_integer, "dim": dimension}
    return matlab_function("B", "I", accepts=checks)(best)


maxk = _extreme(
    "maxk",
    "greatest",
    ">>> maxk([3, 1, 7, 5], 2, nargout=2)\n    (array([7., 5.]), array([3, 4]))",
)
mink = _extreme(
    "mink", "least", ">>> mink([3, 1, 7, 5], 2, nargout=2)\n    (array([1., 3.]), array([2, 1]))"
)


@matlab_function("TF", accepts={"A": sortable})
def issorted(A: Any, direction: Any = "ascend") -> bool:
    """Tell whether the elements of a vector are in order.

    Parameters
    ----------
    A : array, list of texts or categorical
        The vector.
    direction : {"ascend", "descend", "monotonic", "strictascend", "strictdescend"}
        Which order.

    Returns
    -------
    bool
        Whether they are.

    Raises
    ------
    TypeError
        If `A` can not be sorted.
    ValueError
        If `A` is no vector, or there is no such direction.

    Notes
    -----
    Documented. NaN is the greatest.

    Examples
    --------
    >>> from matxai import issorted
    >>> issorted([1, 2, 2]), issorted([1, 2, 2], "strictascend")
    (True, False)
    """
    names = ("ascend", "descend", "monotonic", "strictascend", "strictdescend")
    wanted = one_of(*names)(direction, "issorted: direction")
    keys = np.atleast_1d(keys_of(A))
    if keys.size != max(keys.shape, default=1):
        raise ValueError(f"issorted: A must be a vector, but is {describe(keys)}.")
    keys = keys.reshape(-1)
    if wanted == "monotonic":
        return issorted(A, "ascend") or issorted(A, "descend")
    if wanted.startswith("strict") and len(np.unique(keys, equal_nan=False)) < len(keys):
        return False
    order = order_of(keys, 0, wanted.endswith("descend"))
    return bool((order == np.arange(len(order))).all())
