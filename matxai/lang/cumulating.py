"""Sums up to each element: cumsum."""

from __future__ import annotations

from typing import Any

import numpy as np

from matxai.calling import matlab_function
from matxai.lang.classes import converted
from matxai.lang.reducing import reduction
from matxai.lang.reductions import filled
from matxai.lang.values import (
    array_of,
    axes_of,
    dimension,
    floating,
    is_dlarray,
    number,
    owned,
    traced,
)

__all__ = ["cumsum"]


@matlab_function("B", accepts={"A": array_of})
def cumsum(A: Any, *args: Any) -> Any:
    """Add elements up, one after the other.

    Parameters
    ----------
    A : array, number or dlarray
        The numbers.
    *args : int or str
        The dimension, counted from 1; by default the first whose length is not 1. Then "reverse"
        to begin at the end, and "omitnan" to leave NaN out.

    Returns
    -------
    numpy.ndarray, number or dlarray
        The sums up to each element, of the same size and class; of truth values, double.

    Raises
    ------
    TypeError
        If `A` is not numeric.
    ValueError
        If there is no such dimension or option.

    Notes
    -----
    Documented. Sums of integers saturate.

    Examples
    --------
    >>> from matxai import cumsum
    >>> cumsum([1, 2, 3])
    array([1., 3., 6.])
    """
    how = reduction("cumsum", args, ("reverse", "forward"))
    if isinstance(how.dim, str):
        raise ValueError("cumsum: dim must be one dimension, but is 'all'.")
    dim = how.dim
    if dim is not None:
        dimension(dim)
    axis = axes_of(A, dim if dim is not None or A.shape != (0, 0) else 1)[0]
    if axis >= A.ndim:
        made = owned(floating(A) if A.dtype.kind == "b" else A, A)
        return made if is_dlarray(made) or made.ndim else number(made[()])
    back = "reverse" in how.flags
    if is_dlarray(A):
        flip = (lambda x: x.flip(axis)) if back else (lambda x: x)
        filled("cumsum", A, how, 0)
        return traced(A, lambda x: flip(flip(x).cumsum(axis)))
    kind = A.dtype if A.dtype.kind != "b" else np.dtype(np.float64)
    values = filled("cumsum", floating(A), how, 0)
    values = np.flip(values, axis) if back else values
    made = converted(_sums(values, axis, kind), kind)
    return np.flip(made, axis).copy() if back else made


def _sums(values: np.ndarray, axis: int, kind: np.dtype) -> np.ndarray:
    if kind.kind != "i" or kind.itemsize == 8:
        return np.cumsum(values, axis)
    # What saturates stays at the end of the range until numbers of the other sign come.
    limits = np.iinfo(kind)
    moved = np.moveaxis(values.copy(), axis, 0)
    for i in range(1, len(moved)):
        moved[i] = np.clip(moved[i - 1] + moved[i], limits.min, limits.max)
    return np.moveaxis(moved, 0, axis)
