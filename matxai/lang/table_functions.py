"""height, width, head and sortrows."""

from __future__ import annotations

from typing import Any

import numpy as np

from matxai.arguments import any_of, describe, numeric_array, one_of, positive_integer, texts
from matxai.calling import matlab_function
from matxai.lang.categorical import categorical
from matxai.lang.tables import one_table, table

__all__ = ["head", "height", "sortrows", "width"]


@matlab_function("H")
def height(T: Any) -> int:
    """Count the rows of a table or array.

    Parameters
    ----------
    T : table or array
        The table.

    Returns
    -------
    int
        The number of rows; for a 1-D array its length.

    Examples
    --------
    >>> from matxai import height, table
    >>> height(table([1, 2, 3]))
    3
    """
    shape = T.shape if hasattr(T, "shape") else np.shape(T)
    return int(shape[0]) if shape else 1


@matlab_function("W")
def width(T: Any) -> int:
    """Count the variables of a table, or the columns of an array.

    Parameters
    ----------
    T : table or array
        The table.

    Returns
    -------
    int
        The number of variables; 1 for a 1-D array.

    Examples
    --------
    >>> from matxai import table, width
    >>> width(table([1, 2, 3], [4, 5, 6]))
    2
    """
    shape = T.shape if hasattr(T, "shape") else np.shape(T)
    return int(shape[1]) if len(shape) > 1 else 1


@matlab_function("B", accepts={"T": one_table, "k": positive_integer})
def head(T: Any, k: int = 8) -> table:
    """Take the first rows of a table.

    Parameters
    ----------
    T : table
        The table.
    k : int, default 8
        How many rows.

    Returns
    -------
    table
        The rows.

    Raises
    ------
    TypeError
        If `T` is no table.

    Examples
    --------
    >>> from matxai import head, table
    >>> head(table([1, 2, 3]), 2).Var1
    array([1, 2])
    """
    return T[:k, :]


_directions = any_of(one_of("ascend", "descend"), texts)


@matlab_function(
    "B",
    "index",
    accepts={"T": one_table, "vars": any_of(texts, numeric_array), "direction": _directions},
)
def sortrows(T: Any, vars: Any = None, direction: Any = "ascend", *, nargout: int = 1) -> Any:
    """Sort the rows of a table.

    Parameters
    ----------
    T : table
        The table.
    vars : str, list of str, or int or vector of int, optional
        What to sort by: names of variables, or their numbers from 1, negative ones for descending
        order. All variables by default.
    direction : {"ascend", "descend"} or list of these, default "ascend"
        The order, or one for each of `vars`.
    nargout : int, default 1
        Number of outputs to return.

    Returns
    -------
    B : table
        The sorted table. Rows that are equal stay in their order; NaN counts as the largest.
    index : numpy.ndarray of int, shape (M,)
        The rows of `T`, counted from 1, in their new order.

    Raises
    ------
    TypeError
        If `T` is no table.
    ValueError
        If there is no such variable.

    Examples
    --------
    >>> from matxai import sortrows, table
    >>> T = table(["cat", "dog"], [0.25, 0.7], VariableNames=["name", "score"])
    >>> sortrows(T, "score", "descend").name
    ['dog', 'cat']
    """
    names = list(T)
    keys = names if vars is None else _names(vars, names)
    signs = [1] * len(keys) if vars is None or isinstance(vars, list) else np.sign(vars).ravel()
    words = [direction] * len(keys) if isinstance(direction, str) else direction
    if len(words) != len(keys):
        raise ValueError(
            f"sortrows: direction must be one, or one for each of the {len(keys)} variables, but "
            f"there are {len(words)}."
        )
    order = np.arange(len(T))
    for key, sign, word in reversed(list(zip(keys, signs, words, strict=True))):
        ranks = _ranks(T[key])[order]
        down = (sign < 0) != word.lower().startswith("d")
        order = order[np.argsort(-ranks if down else ranks, kind="stable")]
    return T[order, :], order + 1


def _names(wanted: Any, names: list[str]) -> list[str]:
    if isinstance(wanted, list):
        missing = [n for n in wanted if n not in names]
    else:
        numbers = np.abs(wanted).ravel().tolist()
        missing = [n for n in numbers if n not in range(1, len(names) + 1)]
        wanted = [names[int(n) - 1] for n in numbers] if not missing else []
    if missing:
        raise ValueError(
            f"sortrows: the table has no variable {describe(missing[0])}; those are "
            f"{', '.join(names)}."
        )
    return wanted


def _ranks(values: Any) -> np.ndarray:
    """Rank the values of one variable in ascending order, NaN and undefined ones last."""
    if isinstance(values, categorical):
        codes = values._codes.astype(float)
        codes[codes < 0] = np.inf
        return codes
    array = np.array(values, dtype=object) if isinstance(values, list) else np.asarray(values)
    if array.ndim > 1:
        rows = [tuple(row) for row in array.reshape(len(array), -1).tolist()]
        place = {row: i for i, row in enumerate(sorted(set(rows)))}
        return np.array([place[row] for row in rows])
    return np.unique(array, return_inverse=True)[1].reshape(-1)
