"""Numbers in steps and grids of them: linspace, logspace, colon, ndgrid, meshgrid."""

from __future__ import annotations

from typing import Any

import numpy as np

from matxai.arguments import describe, real_scalar
from matxai.calling import matlab_function
from matxai.lang.values import array_of, data_of, is_vector

__all__ = ["colon", "linspace", "logspace", "meshgrid", "ndgrid"]


def _count(value: Any, name: str) -> int:
    return max(0, int(np.floor(real_scalar(value, name))))


def _spaced(low: float, high: float, n: int) -> np.ndarray:
    return np.linspace(low, high, n) if n != 1 else np.array([float(high)])


@matlab_function("y", accepts={"x1": real_scalar, "x2": real_scalar, "n": _count})
def linspace(x1: float, x2: float, n: int = 100) -> np.ndarray:
    """Return evenly spaced numbers from one number to another.

    Parameters
    ----------
    x1, x2 : float
        The first and the last number.
    n : int
        How many; rounded down. One is `x2`, none where it is not positive.

    Returns
    -------
    numpy.ndarray, shape (n,)
        The numbers.

    Raises
    ------
    TypeError
        If an argument is no number.
    ValueError
        If an argument is not finite.

    Notes
    -----
    Documented.

    Examples
    --------
    >>> from matxai import linspace
    >>> linspace(0, 1, 5)
    array([0.  , 0.25, 0.5 , 0.75, 1.  ])
    """
    return _spaced(x1, x2, n)


@matlab_function("y", accepts={"a": real_scalar, "b": real_scalar, "n": _count})
def logspace(a: float, b: float, n: int = 50) -> np.ndarray:
    """Return numbers between two powers of 10, their logarithms evenly spaced.

    Parameters
    ----------
    a, b : float
        Exponents of the first and the last number; for `b` equal to pi the last number is pi.
    n : int
        How many; rounded down. One is the last, none where it is not positive.

    Returns
    -------
    numpy.ndarray, shape (n,)
        The numbers.

    Raises
    ------
    TypeError
        If an argument is no number.
    ValueError
        If an argument is not finite.

    Notes
    -----
    Documented.

    Examples
    --------
    >>> from matxai import logspace
    >>> logspace(0, 2, 3)
    array([  1.,  10., 100.])
    """
    return 10.0 ** _spaced(a, np.log10(np.pi) if b == np.pi else b, n)


@matlab_function("x", accepts={"j": real_scalar, "i": real_scalar, "k": real_scalar})
def colon(j: float, i: float, k: float | None = None) -> np.ndarray:
    """Return the numbers of MATLAB's range ``j:k`` or ``j:i:k``.

    Parameters
    ----------
    j : float
        The first number.
    i : float
        The step, or, if there is no third argument, the end `k`; the step is then 1.
    k : float, optional
        The end, which is reached or stopped short of.

    Returns
    -------
    numpy.ndarray, shape (n,)
        The numbers; none where the step leads away from the end.

    Raises
    ------
    TypeError
        If an argument is no number.
    ValueError
        If an argument is not finite.

    Notes
    -----
    Documented. An end that is missed by roundoff alone is reached, as in MATLAB.

    Examples
    --------
    >>> from matxai import colon
    >>> colon(1, 4)
    array([1., 2., 3., 4.])
    >>> colon(0, 0.1, 0.3).size
    4
    """
    step, end = (1.0, i) if k is None else (i, k)
    if step == 0 or (end - j) * step < 0:
        return np.zeros(0)
    quotient = (end - j) / step
    count = int(np.floor(quotient * (1 + 3 * np.finfo(float).eps))) + 1
    numbers = j + step * np.arange(count)
    # Roundoff must not lead beyond the end.
    return np.minimum(numbers, end) if step > 0 else np.maximum(numbers, end)


def _vector(function: str, x: Any, name: str) -> np.ndarray:
    array = data_of(array_of(x, f"{function}: {name}"))
    if not is_vector(array):
        raise ValueError(f"{function}: {name} must be a vector, but is {describe(array)}.")
    return array.reshape(-1)


@matlab_function("X1", "...")
def ndgrid(*x: Any, nargout: int = 1) -> tuple[np.ndarray, ...]:
    """Return the coordinates of the points of a grid, the first along the rows.

    Parameters
    ----------
    *x : vector
        The coordinates along each dimension; one vector stands for all dimensions.
    nargout : int
        Number of outputs, of dimensions if there is one vector.

    Returns
    -------
    numpy.ndarray, shape (n1, n2, …)
        For each dimension, the coordinates of all points.

    Raises
    ------
    TypeError
        If a vector is not numeric, or there is none.
    ValueError
        If it is no vector, or there are more outputs than vectors.

    Notes
    -----
    Documented. Chosen: one vector and one output give a 1-D array.

    Examples
    --------
    >>> from matxai import ndgrid
    >>> rows, columns = ndgrid([1, 2], [5, 6, 7], nargout=2)
    >>> rows
    array([[1., 1., 1.],
           [2., 2., 2.]])
    """
    if not x:
        raise TypeError("ndgrid: x1 is missing. Call ndgrid(x1, x2, …).")
    vectors = [_vector("ndgrid", v, f"x{i}") for i, v in enumerate(x, 1)]
    if len(vectors) == 1:
        vectors *= max(1, nargout)
    if nargout > len(vectors):
        raise ValueError(f"ndgrid: {len(vectors)} vectors give no {nargout} outputs.")
    return tuple(np.meshgrid(*vectors, indexing="ij"))


@matlab_function("X", "Y", "Z")
def meshgrid(x: Any, y: Any = None, z: Any = None, *, nargout: int = 1) -> tuple[np.ndarray, ...]:
    """Return the coordinates of the points of a grid, the first along the columns.

    Parameters
    ----------
    x : vector
        The coordinates along the columns.
    y, z : vector, optional
        Those along the rows and the pages; like `x` where they are left out.
    nargout : int
        Number of outputs: with three there are pages.

    Returns
    -------
    X, Y : numpy.ndarray, shape (ny, nx) or (ny, nx, nz)
        The coordinates of all points.
    Z : numpy.ndarray, shape (ny, nx, nz)
        Where there are pages.

    Raises
    ------
    TypeError
        If a vector is not numeric.
    ValueError
        If it is no vector.

    Notes
    -----
    Documented.

    Examples
    --------
    >>> from matxai import meshgrid
    >>> X, Y = meshgrid([1, 2, 3], [5, 6], nargout=2)
    >>> X
    array([[1., 2., 3.],
           [1., 2., 3.]])
    """
    first = _vector("meshgrid", x, "x")
    second = first if y is None else _vector("meshgrid", y, "y")
    if z is None and nargout < 3:
        return tuple(np.meshgrid(first, second))
    third = first if z is None else _vector("meshgrid", z, "z")
    return tuple(np.meshgrid(first, second, third))
