"""Values gathered in bins: accumarray, histc."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from matxai.arguments import describe
from matxai.calling import matlab_function
from matxai.lang.matrix_checks import numbers
from matxai.lang.values import axes_of, dimension, expanded, is_given, is_vector

__all__ = ["accumarray", "histc"]


@matlab_function("B", accepts={"subs": numbers, "vals": numbers})
def accumarray(subs: Any, vals: Any, sz: Any = None, fun: Any = None, fillval: Any = 0) -> Any:
    """Gather values by their subscripts, and add up those that have the same.

    Parameters
    ----------
    subs : array, shape (N,) or (N, D)
        Where each value belongs, counted from 1; a 1-D array is a column.
    vals : array, shape (N,), or number
        The values, or one for all.
    sz : sequence of int, optional
        Size of the result, ``[n, 1]`` for a vector; by default as large as needed. ``[]`` or None
        for the default.
    fun : callable, optional
        What is done with the values of one place, a 1-D array, in their order; by default they
        are added up.
    fillval : number
        What stands where no value belongs.

    Returns
    -------
    numpy.ndarray
        What was gathered: a 1-D array of one column of subscripts.

    Raises
    ------
    TypeError
        If an argument is not numeric, or `fun` gives no number.
    ValueError
        If subscripts are no positive integers or lie outside of `sz`, or `vals` does not fit them.

    Notes
    -----
    Documented, but for the order of the values, on which MATLAB's depends. Held against GNU
    Octave.

    Examples
    --------
    >>> from matxai import accumarray
    >>> accumarray([1, 2, 4, 2], [10, 20, 30, 40])
    array([10., 60.,  0., 30.])
    >>> accumarray([1, 2, 2], [5, 6, 7], [], max)
    array([5., 7.])
    """
    rows = subs.reshape(-1, 1) if subs.ndim < 2 else subs
    if rows.ndim > 2 or not ((rows >= 1) & (rows == np.floor(rows))).all():
        raise ValueError(
            f"accumarray: subs must be a matrix of positive integers, but is {describe(subs)}."
        )
    places = rows.astype(np.int64) - 1
    values = np.broadcast_to(vals.reshape(-1), (len(rows),)) if vals.size == 1 else vals.reshape(-1)
    if len(values) != len(rows):
        raise ValueError(
            f"accumarray: vals must be one number or {len(rows)}, as many as subs has rows, but "
            f"are {len(values)}."
        )
    shape = _size(places, sz)
    linear = np.ravel_multi_index(tuple(places.T), shape) if len(places) else np.zeros(0, int)
    filler = numbers(fillval if is_given(fillval) else 0, "fillval").reshape(-1)[0]
    total = int(np.prod(shape))
    if fun is None:
        return _totals(linear, values, total, filler).reshape(shape)
    return _gathered(linear, values, total, filler, fun).reshape(shape)


def _size(places: np.ndarray, sz: Any) -> tuple[int, ...]:
    needed = tuple(places.max(0) + 1) if len(places) else (0,) * places.shape[1]
    if not is_given(sz):
        return needed
    given = numbers(sz, "accumarray: sz").reshape(-1)
    column = places.shape[1] == 1 and len(given) == 2 and given[1] == 1
    lengths = given[:1] if column else given
    fits = len(lengths) == places.shape[1] and (lengths >= needed).all()
    if not fits or not (lengths == np.floor(lengths)).all():
        raise ValueError(
            f"accumarray: sz must be a size that holds {'×'.join(map(str, needed))}, [n, 1] of one "
            f"column of subscripts, but is {describe(sz)}."
        )
    return tuple(int(n) for n in lengths)


def _totals(linear: np.ndarray, values: np.ndarray, total: int, filler: Any) -> np.ndarray:
    made = np.bincount(linear, values.astype(np.float64), minlength=total)
    if filler != 0:
        made[np.bincount(linear, minlength=total) == 0] = filler
    return made.astype(np.float32) if values.dtype == np.float32 else made


def _gathered(
    linear: np.ndarray, values: np.ndarray, total: int, filler: Any, fun: Callable[..., Any]
) -> np.ndarray:
    order = np.argsort(linear, kind="stable")
    found, starts = np.unique(linear[order], return_index=True)
    parts = np.split(values[order], starts[1:]) if len(found) else []
    results = [np.asarray(fun(part)) for part in parts]
    if any(r.size != 1 or r.dtype.kind not in "biuf" for r in results):
        raise TypeError("accumarray: fun must give one number each time.")
    single = bool(results) and all(r.dtype == np.float32 for r in results)
    made = np.full(total, filler, np.float32 if single else np.float64)
    made[found] = [r.reshape(-1)[0] for r in results]
    return made


@matlab_function("bincounts", "ind", accepts={"x": numbers, "edges": numbers, "dim": dimension})
def histc(x: Any, edges: Any, dim: Any = None, *, nargout: int = 1) -> tuple[Any, Any]:
    """Count the elements between edges; the last count is that of the last edge itself.

    Parameters
    ----------
    x : array or number
        The numbers; NaN is in no bin.
    edges : sequence of float
        Edges of the bins, in ascending order.
    dim : int, optional
        The dimension, counted from 1; by default the first whose length is not 1.
    nargout : int
        Number of outputs.

    Returns
    -------
    bincounts : numpy.ndarray
        The counts, along the dimension, which becomes as long as `edges`.
    ind : numpy.ndarray of int
        The bin of each element, counted from 1; 0 for none.

    Raises
    ------
    TypeError
        If an array is not numeric.
    ValueError
        If the edges do not ascend, or there is no such dimension.

    Notes
    -----
    Documented. Held against GNU Octave.

    Examples
    --------
    >>> from matxai import histc
    >>> histc([1, 2, 2, 4], [0, 2, 4])
    array([1., 2., 1.])
    """
    limits = edges.reshape(-1).astype(np.float64)
    if not len(limits) or not is_vector(edges) or not (np.diff(limits) >= 0).all():
        raise ValueError(f"histc: edges must ascend, but are {describe(edges)}.")
    axis = axes_of(x, 1 if dim is None and x.shape == (0, 0) else None if dim is None else dim + 1)
    data = expanded(x, axis).astype(np.float64)
    place = np.searchsorted(limits, data, side="right")
    place = np.where((data >= limits[0]) & (data <= limits[-1]), place, 0)
    moved = np.moveaxis(place, axis[0], -1)
    counts = (moved[..., np.newaxis] == np.arange(1, len(limits) + 1)).sum(-2)
    return np.moveaxis(counts, -1, axis[0]).astype(np.float64), place.reshape(x.shape)
