"""Distinct values: unique."""

from __future__ import annotations

from typing import Any

import numpy as np

from matxai.arguments import describe
from matxai.calling import matlab_function
from matxai.lang.categorical import categorical, categories
from matxai.lang.set_values import elements_of, flags_of, grouped, numbered
from matxai.lang.values import data_of, is_dlarray

__all__ = ["unique"]


@matlab_function("C", "ia", "ic")
def unique(A: Any, *args: Any, nargout: int = 1) -> tuple[Any, ...]:
    """Return the distinct values of an array.

    Parameters
    ----------
    A : array, list of texts or categorical
        The values; every NaN is distinct.
    *args : str
        "sorted", the default, or "stable" for the order in which they come; "rows" for the
        distinct rows of a matrix; "first", the default, or "last" for what `ia` tells.
    nargout : int
        Number of outputs.

    Returns
    -------
    C : numpy.ndarray or categorical, shape (K,); K×N with "rows"
        The distinct values.
    ia : numpy.ndarray of int, shape (K,)
        Where each of them is first, down the columns, counted from 1.
    ic : numpy.ndarray of int
        For each element of `A`, down the columns, which of `C` it is, counted from 1.

    Raises
    ------
    TypeError
        If `A` holds neither numbers nor texts.
    ValueError
        If there is no such option.

    Notes
    -----
    Documented. Chosen: the values are a 1-D array, also for a row or a matrix.

    Examples
    --------
    >>> from matxai import unique
    >>> unique([3, 1, 3], nargout=3)
    (array([1., 3.]), array([2, 1]), array([2, 1, 2]))
    >>> unique(["b", "a", "b"], "stable")
    array(['b', 'a'], dtype='<U1')
    """
    flags = flags_of("unique", args, ("sorted", "stable", "rows", "first", "last"))
    values = elements_of("unique", A, "A")
    if is_dlarray(A):
        values = data_of(A)
    if "rows" in flags:
        if values.ndim != 2:
            raise ValueError(f'unique: A must be a matrix for "rows", but is {describe(values)}.')
        codes = _row_codes(values)
    elif isinstance(A, categorical):
        codes = _category_codes(A, values)
    else:
        codes = numbered(values)[0]
    first, group = grouped(codes, "stable" in flags, "last" in flags)
    if "rows" in flags:
        C = values[first]
    elif isinstance(A, categorical) and A.ndim == 1:
        C = A[first]
    else:
        C = values.reshape(-1, order="F")[first]
    return C, first + 1, group + 1


def _row_codes(values: np.ndarray) -> np.ndarray:
    """Give the rows numbers in their order."""
    columns = [numbered(values[:, i])[0] for i in range(values.shape[1])]
    if not columns:
        return np.zeros(len(values), np.int64)
    keys = np.stack(columns, axis=1)
    return np.unique(keys, axis=0, return_inverse=True)[1].reshape(-1)


def _category_codes(labels: categorical, texts: np.ndarray) -> np.ndarray:
    """Give elements the numbers of their categories; undefined ones are all distinct."""
    places = {name: i for i, name in enumerate(categories(labels).tolist())}
    flat = texts.reshape(-1, order="F").tolist()
    return np.array([places.get(t, len(places) + i) for i, t in enumerate(flat)], dtype=np.int64)
