"""ismissing and rmmissing: which values are not there, and the rest."""

from __future__ import annotations

from typing import Any

import numpy as np

from matxai.arguments import describe, positive_integer, texts
from matxai.calling import matlab_function
from matxai.lang.categorical import categorical
from matxai.lang.columns import flat_rows
from matxai.lang.not_known import NotKnownError
from matxai.lang.tables import table
from matxai.lang.time_arrays import TimeArray
from matxai.lang.values import array_of, data_of, dimension, is_vector, number

__all__ = ["ismissing", "rmmissing"]


@matlab_function("TF")
def ismissing(A: Any, indicator: Any = None) -> Any:
    """Tell which elements are missing.

    Parameters
    ----------
    A : array, number, text, list, categorical, datetime, duration or table
        The values.
    indicator : number, text, or array or list of these, optional
        The values that count as missing, in place of those below. Of a table, numbers count for
        its variables of numbers, texts for those of texts and labels.

    Returns
    -------
    bool or numpy.ndarray of bool
        For each element, whether it is missing: NaN among numbers, the empty text in a list (a cell
        array of texts), None in an array of texts, an undefined element of a categorical, NaT among
        times; nothing else is. Of a table, an array with a column for each variable.

    Raises
    ------
    TypeError
        If `A` is something else, or `indicator` holds other values than `A`.

    Notes
    -----
    Documented. A text alone counts as MATLAB's string, which is one element.

    Examples
    --------
    >>> from matxai import ismissing
    >>> ismissing([1, float("nan"), 3])
    array([False,  True, False])
    >>> ismissing(["cat", ""])
    array([False,  True])
    """
    wanted = None if indicator is None else _Indicators(indicator)
    if isinstance(A, table):
        columns = [_of_rows(A[name], wanted) for name in A]
        return np.stack(columns, axis=1) if columns else np.zeros(A.shape, bool)
    if wanted is not None and not wanted.fit(A):
        raise TypeError(
            f"ismissing: indicator must hold values such as those of A, but is "
            f"{describe(indicator)}."
        )
    try:
        found = _missing(A, wanted)
    except TypeError as error:
        raise TypeError(f"ismissing: {error}") from None
    return number(found[()]) if found.ndim == 0 else found


@matlab_function(
    "R",
    "TF",
    accepts={"dim": dimension, "MinNumMissing": positive_integer, "DataVariables": texts},
)
def rmmissing(
    A: Any,
    dim: Any = None,
    *,
    MinNumMissing: int = 1,
    DataVariables: Any = None,
    nargout: int = 1,
) -> Any:
    """Remove what has missing elements.

    Parameters
    ----------
    A : array, list of str, categorical, datetime, duration or table
        The values: a vector, a matrix or a table.
    dim : {1, 2}, optional
        Whether rows (1, the default) or columns of a matrix are removed.
    MinNumMissing : int, default 1
        How many missing elements a row or column has to have to be removed.
    DataVariables : str or list of str, optional
        The variables of a table that count; all by default.
    nargout : int, default 1
        Number of outputs to return.

    Returns
    -------
    R : of the class of A
        Of a vector the elements that are there, of a matrix or table the rows without missing ones.
    TF : numpy.ndarray of bool
        For each element of the vector, each row or each column, whether it is removed.

    Raises
    ------
    TypeError
        If `A` is something else.
    ValueError
        If `A` has more than two dimensions, or `dim` is none of the two.

    Notes
    -----
    Documented. What is missing is told at :func:`matxai.ismissing`.

    Examples
    --------
    >>> from matxai import rmmissing
    >>> rmmissing([1, float("nan"), 3])
    array([1., 3.])
    """
    if isinstance(A, table):
        return _rows_of_table(A, dim, MinNumMissing, DataVariables)
    if DataVariables is not None:
        raise TypeError(f"rmmissing: DataVariables is for tables, but A is {describe(A)}.")
    values = A if isinstance(A, (*_AS_IT_IS, list, tuple)) else _array(A)
    missing = np.atleast_1d(ismissing(values))
    if missing.ndim > 2 or (dim is not None and dim > 1):
        raise ValueError("rmmissing: A must be a vector or a matrix, and dim 1 or 2.")
    if missing.ndim == 1:
        if dim is not None and missing.size > 1:
            raise NotKnownError(
                "rmmissing: a 1-D array is neither a row nor a column: leave dim out, or make it a "
                "row, x[np.newaxis]."
            )
        gone = missing & (MinNumMissing < 2)
        return _kept(values, gone, 0), gone
    along = int(missing.shape[0] == 1) if dim is None and is_vector(missing) else dim or 0
    gone = missing.sum(axis=1 - along) >= MinNumMissing
    return _kept(values, gone, along), gone


_AS_IT_IS = (categorical, TimeArray)


class _Indicators:
    """The values that count as missing: numbers and texts."""

    def __init__(self, given: Any):
        one = isinstance(given, (str, categorical)) or np.ndim(given) == 0
        items = [given] if one else list(given)
        self.texts = [str(i) for i in items if isinstance(i, (str, categorical))]
        others = [i for i in items if not isinstance(i, (str, categorical))]
        try:
            self.numbers = np.array(others, dtype=np.float64)
        except (TypeError, ValueError):
            raise TypeError(
                f"ismissing: indicator must hold numbers or texts, but is {describe(given)}."
            ) from None

    def fit(self, values: Any) -> bool:
        """Tell whether all of them are of the kind of the values."""
        named = isinstance(values, categorical) or _texts(values) is not None
        return not self.numbers.size if named else not self.texts


def _missing(values: Any, wanted: _Indicators | None) -> np.ndarray:
    if isinstance(values, TimeArray):
        if wanted is not None:
            raise TypeError("times are not compared with an indicator: write A == indicator.")
        times = np.atleast_1d(values._times)
        return np.isnat(times) if times.dtype.kind == "M" else np.isnan(times)
    if isinstance(values, categorical):
        if wanted is None:
            return np.asarray(values.isundefined())
        sought = [text.strip() for text in wanted.texts]
        return np.isin(np.asarray(values, dtype=object), np.array(sought, dtype=object))
    found = _texts(values)
    if found is not None:
        sought = [""] if isinstance(values, (list, tuple)) else [None]
        sought = sought if wanted is None else wanted.texts
        return np.array([item in sought for item in found.flat], bool).reshape(found.shape)
    if isinstance(values, (list, tuple)) and not _is_numbers(values):
        return np.zeros(len(values), bool)  # a cell array of other things
    array = data_of(array_of(values, "A"))
    if wanted is None:
        return np.isnan(array)
    same = np.isin(array, wanted.numbers)
    return same | np.isnan(array) if np.isnan(wanted.numbers).any() else same


def _texts(values: Any) -> np.ndarray | None:
    """Return texts as an array of them, None among those that MATLAB's strings lack."""
    if not isinstance(values, (str, list, tuple, np.ndarray)):
        return None
    try:
        array = np.array(values, dtype=object)
    except ValueError:  # lists of different lengths
        return None
    holds = all(isinstance(item, str) or item is None for item in array.flat)
    return array if holds and any(isinstance(item, str) for item in array.flat) else None


def _is_numbers(values: Any) -> bool:
    try:
        return np.asarray(values).dtype.kind in "biuf"
    except ValueError:
        return False


def _of_rows(column: Any, wanted: _Indicators | None) -> np.ndarray:
    """Tell for each row of a table's variable whether one of its elements is missing."""
    missing = _missing(column, wanted)
    return flat_rows(missing).any(axis=1)


def _rows_of_table(T: table, dim: Any, least: int, names: Any) -> tuple[table, np.ndarray]:
    if dim is not None and dim > 1:
        raise ValueError("rmmissing: dim must be 1 or 2.")
    missing = ismissing(T if names is None else T[:, names])
    gone = missing.sum(axis=1 - (dim or 0)) >= least
    if not dim:
        return T[~gone, :], gone
    if names is not None:
        raise ValueError("rmmissing: DataVariables is for dim 1, where rows are removed.")
    return T[:, [name for name, drop in zip(T, gone, strict=True) if not drop]], gone


def _array(A: Any) -> Any:
    if isinstance(A, np.ndarray) and A.dtype.kind in "OU":
        return A
    try:
        return np.atleast_1d(data_of(array_of(A, "A")))
    except TypeError as error:
        raise TypeError(f"rmmissing: {error}") from None


def _kept(values: Any, gone: np.ndarray, along: int) -> Any:
    if isinstance(values, _AS_IT_IS):
        return values[~gone] if along == 0 else values[:, ~gone]
    if not isinstance(values, (list, tuple)):
        return np.compress(~gone, values, axis=along)
    if not _is_numbers(values):
        kept = np.compress(~gone, _cells(values), axis=along)
        return kept.tolist()
    return np.compress(~gone, array_of(values, "A"), axis=along)


def _cells(values: Any) -> np.ndarray:
    texts = _texts(values)
    if texts is not None:
        return texts
    cells = np.empty(len(values), dtype=object)
    for i, item in enumerate(values):
        cells[i] = item
    return cells
