"""cell, cellfun, arrayfun and num2cell.

A cell array is a list, a matrix of cells a list of its rows.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any

import numpy as np

from matxai.arguments import describe, logical, numeric_array
from matxai.calling import matlab_function
from matxai.lang.categorical import categorical

__all__ = ["arrayfun", "cell", "cellfun", "num2cell"]


def _callable(value: Any, name: str) -> Callable[..., Any]:
    if callable(value):
        return value
    if isinstance(value, str):
        function = getattr(importlib.import_module("matxai"), value, None)
        if callable(function):
            return function
        raise ValueError(f"{name} must be a function, but matxai has none named {value!r}.")
    raise TypeError(f"{name} must be a function, but is {describe(value)}.")


@matlab_function("C")
def cell(*sizes: Any) -> list[Any]:
    """Make a cell array of empty matrices.

    Parameters
    ----------
    *sizes : int or sequence of int
        ``n`` for n×n, or ``m, n``.

    Returns
    -------
    list
        A list for one row or one column, else a list of the rows. Each cell is None.

    Raises
    ------
    TypeError
        If a size is no number.
    ValueError
        If there are more than two sizes, or one is no integer.

    Examples
    --------
    >>> from matxai import cell
    >>> cell(1, 3)
    [None, None, None]
    """
    lengths = _numeric("cell", np.concatenate([np.ravel(s) for s in sizes]) if sizes else [0])
    if len(lengths) > 2 or not np.array_equal(lengths, np.floor(lengths)):
        raise ValueError(f"cell: the sizes must be one or two integers, but are {sizes}.")
    rows, columns = (max(0, int(n)) for n in (lengths if len(lengths) == 2 else [lengths[0]] * 2))
    if 1 in (rows, columns) or not rows * columns:
        return [None] * (rows * columns)
    return [[None] * columns for _ in range(rows)]


@matlab_function("A", "...", accepts={"func": _callable, "UniformOutput": logical})
def cellfun(
    func: Any, *C: Any, UniformOutput: bool = True, ErrorHandler: Any = None, nargout: int = 1
) -> Any:
    """Apply a function to each cell.

    Parameters
    ----------
    func : callable or str
        The function, or the name of one of matxai's.
    *C : list
        One cell array for each argument of the function, of the same size.
    UniformOutput : bool, default True
        Whether the function gives one number, truth value or character each time. If not, the
        outputs are collected in lists.
    ErrorHandler : callable, optional
        Called in place of a function that fails, with a struct of the fields message, identifier
        and index, and the same arguments.
    nargout : int, default 1
        Number of outputs to return.

    Returns
    -------
    A, ... : numpy.ndarray or list
        What the function returns for each cell, one for each of its outputs.

    Raises
    ------
    TypeError
        If an argument is no list, or `func` no function.
    ValueError
        If the lists differ in size, or an output is not uniform.

    Examples
    --------
    >>> from matxai import cellfun
    >>> cellfun(len, ["cat", "hippo"])
    array([3, 5])
    >>> cellfun(str.upper, ["cat", "dog"], UniformOutput=False)
    ['CAT', 'DOG']
    """
    wrong = [c for c in C if not isinstance(c, (list, tuple))]
    if wrong or not C:
        raise TypeError(
            f"cellfun: C must be cell arrays, which are lists here, but is "
            f"{describe(wrong[0]) if wrong else 'missing'}. arrayfun takes arrays."
        )
    return _mapped("cellfun", func, [_cells(c) for c in C], UniformOutput, ErrorHandler, nargout)


@matlab_function("B", "...", accepts={"func": _callable, "UniformOutput": logical})
def arrayfun(
    func: Any, *A: Any, UniformOutput: bool = True, ErrorHandler: Any = None, nargout: int = 1
) -> Any:
    """Apply a function to each element of an array.

    Parameters
    ----------
    func : callable or str
        The function, or the name of one of matxai's.
    *A : array or list
        One array, or list of structs, for each argument of the function, of the same size.
    UniformOutput : bool, default True
        Whether the function gives one number, truth value or character each time. If not, the
        outputs are collected in lists.
    ErrorHandler : callable, optional
        Called in place of a function that fails, with a struct of the fields message, identifier
        and index, and the same arguments.
    nargout : int, default 1
        Number of outputs to return.

    Returns
    -------
    B, ... : numpy.ndarray or list
        What the function returns for each element, one for each of its outputs.

    Raises
    ------
    TypeError
        If `func` is no function.
    ValueError
        If the arrays differ in size, or an output is not uniform.

    Examples
    --------
    >>> from matxai import arrayfun
    >>> arrayfun(lambda k: k**2, [1, 2, 3])
    array([1, 4, 9])
    """
    if not A:
        raise TypeError("arrayfun: A is missing. Call arrayfun(func, A).")
    arrays = [_elements(a) for a in A]
    return _mapped("arrayfun", func, arrays, UniformOutput, ErrorHandler, nargout)


@matlab_function("C", accepts={"A": numeric_array})
def num2cell(A: Any) -> list[Any]:
    """Put each element of an array into a cell of its own.

    Parameters
    ----------
    A : array
        The array.

    Returns
    -------
    list
        The elements, a list of the rows for a matrix.

    Raises
    ------
    TypeError
        If `A` is not numeric.

    Examples
    --------
    >>> from matxai import num2cell
    >>> num2cell([1.5, 2])
    [1.5, 2.0]
    """
    return A.tolist() if A.ndim else [A.item()]


def _numeric(function: str, value: Any) -> np.ndarray:
    try:
        return numeric_array(value, "The sizes")
    except TypeError as error:
        raise TypeError(f"{function}: {error}") from None


def _cells(value: Any) -> np.ndarray:
    """Return lists of lists as an array of the cells, whatever is in them."""
    rows = [list(row) if isinstance(row, list) else None for row in value]
    if rows and all(row is not None for row in rows) and len({len(r) for r in rows}) == 1:
        cells = np.empty((len(rows), len(rows[0])), dtype=object)
        for i in np.ndindex(cells.shape):
            cells[i] = rows[i[0]][i[1]]
        return cells
    cells = np.empty(len(value), dtype=object)
    for i, item in enumerate(value):
        cells[i] = item
    return cells


def _elements(value: Any) -> np.ndarray:
    if isinstance(value, categorical):
        return _cells(list(value))
    if isinstance(value, (list, tuple)):
        array = np.asarray(value) if _is_numeric(value) else _cells(value)
        return array
    return np.atleast_1d(np.asarray(value))


def _is_numeric(value: Any) -> bool:
    try:
        return np.asarray(value).dtype.kind in "biufc"
    except ValueError:
        return False


def _mapped(
    function: str, func: Any, arrays: list[np.ndarray], uniform: bool, handler: Any, nargout: int
) -> tuple[Any, ...]:
    shapes = {a.shape for a in arrays}
    if len(shapes) > 1:
        sizes = " and ".join("×".join(map(str, a.shape)) for a in arrays)
        raise ValueError(f"{function}: the arrays must have one size, but have {sizes}.")
    shape = shapes.pop()
    count = max(1, nargout)
    results = [np.empty(shape, dtype=object) for _ in range(count)]
    # Columns first, as MATLAB: a function with side effects shows the order.
    for place in sorted(np.ndindex(shape), key=lambda index: index[::-1]):
        found = _called(func, [a[place] for a in arrays], nargout, handler, place, shape)
        for result, item in zip(results, found if count > 1 else [found], strict=False):
            result[place] = item
    if nargout == 0:
        return (None,)
    if not uniform:
        return tuple(r.tolist() for r in results)
    return tuple(_uniform(function, r) for r in results)


def _called(func: Any, args: list[Any], nargout: int, handler: Any, place: Any, shape: Any) -> Any:
    more = {"nargout": nargout} if nargout > 1 and hasattr(func, "__matlab_function__") else {}
    if handler is None:
        return func(*args, **more)
    try:
        return func(*args, **more)
    except Exception as error:
        from matxai.lang.structs import struct

        index = int(np.ravel_multi_index(place, shape, order="F")) + 1
        failure = struct("message", str(error), "identifier", "", "index", index)
        return handler(failure, *args)


def _uniform(function: str, results: np.ndarray) -> Any:
    scalars = np.empty(results.shape, dtype=object)
    for place in np.ndindex(results.shape):
        item = results[place]
        array = np.asarray(item)
        if array.size != 1 or array.dtype.kind not in "biufcU" or len(str(item)) < 1:
            raise ValueError(
                f"{function}: the function must give one number or truth value each time, but "
                f"gives {describe(item)}. UniformOutput=False collects anything, in a list."
            )
        scalars[place] = array.reshape(-1)[0]
    if not results.size:
        return np.zeros(results.shape)
    return np.array(scalars.tolist())
