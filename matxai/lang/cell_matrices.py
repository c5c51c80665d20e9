"""Matrices cut into cells and put together again: cell2mat, mat2cell."""

from __future__ import annotations

from typing import Any

import numpy as np

from matxai.arguments import describe
from matxai.calling import matlab_function
from matxai.lang.matrix_checks import lying, numbers
from matxai.lang.not_known import NotKnownError
from matxai.lang.values import number

__all__ = ["cell2mat", "mat2cell"]


@matlab_function("A")
def cell2mat(C: Any) -> Any:
    """Put the matrices in the cells of a cell array together.

    Parameters
    ----------
    C : list, or list of lists
        The matrices or numbers, all of one class, those of each row of the cell array in a list. A
        list of numbers, or of matrices that fit together one way only, need not say whether it is
        a row.

    Returns
    -------
    numpy.ndarray or number
        The matrix; a 1-D array of a list of numbers.

    Raises
    ------
    TypeError
        If `C` is no list, or a cell holds something else, or they hold several classes.
    ValueError
        If the sizes do not fit, or it is not said which way vectors or cells lie.

    Notes
    -----
    Documented.

    Examples
    --------
    >>> from matxai import cell2mat
    >>> cell2mat([1, 2, 3])
    array([1., 2., 3.])
    """
    if not isinstance(C, list):
        raise TypeError(f"cell2mat: C must be a cell array, a list here, but is {describe(C)}.")
    if not C:
        return np.zeros((0, 0))
    if not any(isinstance(row, list) for row in C):
        return _of_list([_cell(item) for item in C])
    if not all(isinstance(row, list) and len(row) == len(C[0]) for row in C):
        raise TypeError("cell2mat: the rows of C must be lists of one length.")
    rows = [[_lying(_cell(item)) for item in row] for row in C]
    _one_class([item for row in rows for item in row])
    return _joined([_joined(row, 1) for row in rows], 0)


def _cell(value: Any) -> np.ndarray:
    if isinstance(value, (str, list, dict)):
        raise TypeError(
            f"cell2mat: the cells must hold numeric arrays, but one holds {describe(value)}."
        )
    return numbers(value, "cell2mat: a cell")


def _lying(array: np.ndarray) -> np.ndarray:
    return array if array.ndim > 2 else lying(array, "cell2mat: a cell")


def _one_class(arrays: list[np.ndarray]) -> None:
    classes = sorted({str(np.float64 if a.dtype == np.int64 else a.dtype) for a in arrays})
    if len(classes) > 1:
        raise TypeError(f"cell2mat: the cells must hold one class, but hold {describe(classes)}.")


def _joined(arrays: list[np.ndarray], axis: int) -> np.ndarray:
    try:
        return np.concatenate(arrays, axis)
    except ValueError:
        shapes = " and ".join("×".join(map(str, a.shape)) for a in arrays)
        raise ValueError(f"cell2mat: sizes do not fit: {shapes}.") from None


def _of_list(arrays: list[np.ndarray]) -> Any:
    """Join the arrays of cells that may be a row or a column."""
    _one_class(arrays)
    if all(a.size == 1 for a in arrays):
        made = np.concatenate([a.reshape(-1) for a in arrays])
        return number(made[0]) if len(made) == 1 else made
    arrays = [a if len(arrays) == 1 else _lying(a) for a in arrays]
    if len(arrays) == 1:
        return arrays[0].copy()
    row, column = ({(a.shape[i], *a.shape[2:]) for a in arrays} for i in (0, 1))
    if len(row) == len(column) == 1:
        raise NotKnownError(
            "cell2mat: a list of matrices of one size is neither a row of cells nor a column: "
            "write [C] or [[c] for c in C]."
        )
    return _joined(arrays, 1 if len(row) == 1 else 0)


@matlab_function("C")
def mat2cell(A: Any, *dist: Any) -> list[Any]:
    """Cut a matrix into the cells of a cell array.

    Parameters
    ----------
    A : array or number, shape (M, N)
        The matrix.
    *dist : sequence of int
        How many rows are in each row of cells, and how many columns in each of their columns; if
        only the first is said, all columns stay together.

    Returns
    -------
    list
        The parts: a list of the rows of cells, or one list if there is one row or one column.

    Raises
    ------
    TypeError
        If `A` is not numeric.
    ValueError
        If the numbers do not add up to the size of `A`, or `A` is a 1-D array: it is neither a row
        nor a column.

    Notes
    -----
    Documented, for matrices.

    Examples
    --------
    >>> import numpy as np
    >>> from matxai import mat2cell
    >>> [part.shape for part in mat2cell(np.ones((4, 2)), [1, 3])]
    [(1, 2), (3, 2)]
    """
    A = lying(A, "mat2cell: A")
    if len(dist) not in (1, 2):
        raise TypeError("mat2cell: call mat2cell(A, rows) or mat2cell(A, rows, columns).")
    lengths = [numbers(d, "mat2cell: dist").reshape(-1) for d in dist]
    lengths += [np.array([A.shape[1]])] if len(lengths) == 1 else []
    for given, count in zip(lengths, A.shape, strict=True):
        if given.sum() != count or (given < 0).any() or (given != np.floor(given)).any():
            raise ValueError(
                f"mat2cell: dist must be integers that add up to {count}, but is {describe(given)}."
            )
    cuts = [np.cumsum(given).astype(int)[:-1] for given in lengths]
    cells = [[part.copy() for part in np.split(row, cuts[1], 1)] for row in np.split(A, cuts[0])]
    if len(cells) == 1:
        return cells[0]
    return [row[0] for row in cells] if len(cells[0]) == 1 else cells
