"""Tables of arrays, cells and structs, and arrays of tables."""

from __future__ import annotations

from typing import Any

import numpy as np

from matxai.arguments import describe, numeric_array, texts
from matxai.calling import matlab_function
from matxai.lang.columns import flat_rows
from matxai.lang.structs import struct
from matxai.lang.tables import one_table, table

__all__ = ["array2table", "cell2table", "struct2table", "table2array"]


@matlab_function("T", accepts={"A": numeric_array, "VariableNames": texts, "RowNames": texts})
def array2table(A: Any, *, VariableNames: Any = None, RowNames: Any = None) -> table:
    """Make a table whose variables are the columns of an array.

    Parameters
    ----------
    A : array, shape (M, N)
        The array; a 1-D array is one column.
    VariableNames : list of str, optional
        Names of the variables; A1, A2, … by default.
    RowNames : list of str, optional
        Names of the rows.

    Returns
    -------
    table
        The table.

    Raises
    ------
    TypeError
        If `A` is not numeric.
    ValueError
        If the names are not as many.

    Examples
    --------
    >>> from matxai import array2table
    >>> array2table([[1, 2], [3, 4]], VariableNames=["x", "y"]).y
    array([2, 4])
    """
    parts = flat_rows(A).T if A.ndim else A.reshape(1, 1)
    names = VariableNames or [f"A{i + 1}" for i in range(len(parts))]
    return table(*parts, VariableNames=names, **({"RowNames": RowNames} if RowNames else {}))


@matlab_function("A", accepts={"T": one_table})
def table2array(T: Any) -> np.ndarray:
    """Put the variables of a table side by side in one array.

    Parameters
    ----------
    T : table
        A table of numbers or truth values.

    Returns
    -------
    numpy.ndarray, shape (M, N)
        The array.

    Raises
    ------
    TypeError
        If a variable holds other things.

    Examples
    --------
    >>> from matxai import table, table2array
    >>> table2array(table([1, 3], [2, 4]))
    array([[1, 2],
           [3, 4]])
    """
    for name in T:
        if not isinstance(T[name], np.ndarray) or T[name].dtype.kind not in "biuf":
            raise TypeError(f"table2array: the variable {name!r} does not hold numbers.")
    return np.concatenate([flat_rows(T[name]) for name in T], axis=1)


@matlab_function("T", accepts={"VariableNames": texts})
def cell2table(C: Any, *, VariableNames: Any = None) -> table:
    """Make a table whose variables are the columns of a cell array.

    Parameters
    ----------
    C : list of list
        The rows.
    VariableNames : list of str, optional
        Names of the variables; C1, C2, … by default.

    Returns
    -------
    table
        The table.

    Raises
    ------
    TypeError
        If `C` is no list of lists.
    ValueError
        If the rows differ in length, or the names are not as many.

    Examples
    --------
    >>> from matxai import cell2table
    >>> cell2table([["cat", 0.25], ["dog", 0.7]]).C2
    array([0.25, 0.7 ])
    """
    if not isinstance(C, list) or not all(isinstance(row, list) for row in C):
        raise TypeError(
            f"cell2table: C must be a list of the rows, lists as well, not {describe(C)}."
        )
    if len({len(row) for row in C}) > 1:
        raise ValueError("cell2table: the rows of C must have one length.")
    parts = [list(part) for part in zip(*C, strict=True)]
    return table(*parts, VariableNames=VariableNames or [f"C{i + 1}" for i in range(len(parts))])


@matlab_function("T")
def struct2table(S: Any) -> table:
    """Make a table whose variables are the fields of structs.

    Parameters
    ----------
    S : struct, or list of struct
        Structs with the same fields, one for each row; or one struct that holds the columns.

    Returns
    -------
    table
        The table.

    Raises
    ------
    TypeError
        If `S` is no struct.
    ValueError
        If the structs have different fields, or the columns different lengths.

    Examples
    --------
    >>> from matxai import struct, struct2table
    >>> T = struct2table([struct(name="cat", score=0.25), struct(name="dog", score=0.7)])
    >>> T.name, T.score
    (['cat', 'dog'], array([0.25, 0.7 ]))
    """
    rows = S if isinstance(S, list) else [S]
    if not rows or not all(isinstance(row, struct) for row in rows):
        raise TypeError(f"struct2table: S must be a struct or a list of them, not {describe(S)}.")
    names = list(rows[0])
    if any(list(row) != names for row in rows):
        raise ValueError("struct2table: the structs of S must have the same fields.")
    if isinstance(S, list):
        return table(*([row[n] for row in rows] for n in names), VariableNames=names)
    return table(*(S[n] for n in names), VariableNames=names)
