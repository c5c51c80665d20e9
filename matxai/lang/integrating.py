"""Areas below lines through points: trapz, cumtrapz."""

from __future__ import annotations

from typing import Any

import numpy as np

from matxai.arguments import describe
from matxai.calling import matlab_function
from matxai.lang.matrix_checks import numbers
from matxai.lang.not_known import NotKnownError
from matxai.lang.values import axes_of, dimension, expanded, floating, is_given, result

__all__ = ["cumtrapz", "trapz"]


def _strips(function: str, args: tuple[Any, ...]) -> tuple[np.ndarray, int, np.ndarray]:
    """Return the areas of the strips between neighbours, the axis they lie along, and Y."""
    X, Y, dim = _arguments(function, args)
    if dim is not None:
        dimension(dim, f"{function}: dim")
        if Y.ndim == 1:
            raise NotKnownError(
                f"{function}: a 1-D array is neither a row nor a column, and has no dim: leave it "
                f"out."
            )
    axis = axes_of(Y, 1 if dim is None and Y.shape == (0, 0) else dim)[0]
    Y = expanded(floating(Y), (axis,))
    widths = _widths(function, X, Y, axis)
    heights = np.moveaxis(Y, axis, -1)
    areas = (heights[..., :-1] + heights[..., 1:]) / 2 * widths
    return np.moveaxis(areas, -1, axis), axis, Y


def _arguments(function: str, args: tuple[Any, ...]) -> tuple[Any, np.ndarray, Any]:
    if not 1 <= len(args) <= 3:
        raise TypeError(f"{function}: call {function}(Y), {function}(X, Y) or with a dim behind.")
    if len(args) == 1:
        return None, numbers(args[0], f"{function}: Y"), None
    if len(args) == 2 and np.size(args[1]) == 1 and np.size(args[0]) > 1:
        return None, numbers(args[0], f"{function}: Y"), args[1]
    X = floating(numbers(args[0], f"{function}: X")) if is_given(args[0]) else None
    return X, numbers(args[1], f"{function}: Y"), args[2] if len(args) == 3 else None


def _widths(function: str, X: Any, Y: np.ndarray, axis: int) -> Any:
    if X is None:
        return Y.dtype.type(1)
    if X.size == 1:
        return X.reshape(-1)[0]
    if X.size == Y.shape[axis] and X.size == max(X.shape):
        return np.diff(X.reshape(-1))
    if X.shape == Y.shape:
        return np.diff(np.moveaxis(X, axis, -1), axis=-1)
    raise ValueError(
        f"{function}: X must be as long as Y along the dimension, {Y.shape[axis]}, but is "
        f"{describe(X)}."
    )


@matlab_function("Q")
def trapz(*args: Any) -> Any:
    """Integrate numerically, by straight lines between the points.

    Parameters
    ----------
    *args : array, array, int
        ``Y``, the values; or ``X, Y``, the places first, as many as `Y` is long, or one number,
        the distance of neighbours; then, optionally, the dimension, counted from 1, by default the
        first of `Y` whose length is not 1. One number behind an array is a dimension.

    Returns
    -------
    number or numpy.ndarray
        The integrals, in a dimension of length 1; a number where one is left.

    Raises
    ------
    TypeError
        If an array is not numeric.
    ValueError
        If `X` does not fit `Y`, or there is no such dimension.

    Notes
    -----
    Documented. Held against GNU Octave.

    Examples
    --------
    >>> from matxai import trapz
    >>> trapz([1, 4, 9])
    9.0
    >>> trapz([0, 2, 3], [1, 4, 9])
    11.5
    """
    areas, axis, _ = _strips("trapz", args)
    return result(areas.sum(axis=axis, keepdims=True))


@matlab_function("Q")
def cumtrapz(*args: Any) -> Any:
    """Integrate numerically up to each point, by straight lines between the points.

    Parameters
    ----------
    *args : array, array, int
        As of :func:`matxai.trapz`.

    Returns
    -------
    number or numpy.ndarray
        The integrals up to each element of `Y`, of its size, the first 0.

    Raises
    ------
    TypeError
        If an array is not numeric.
    ValueError
        If `X` does not fit `Y`, or there is no such dimension.

    Notes
    -----
    Documented. Held against GNU Octave.

    Examples
    --------
    >>> from matxai import cumtrapz
    >>> cumtrapz([1, 4, 9])
    array([0. , 2.5, 9. ])
    """
    areas, axis, Y = _strips("cumtrapz", args)
    if not Y.shape[axis]:
        return Y.copy()
    first = np.zeros_like(np.take(Y, [0], axis))
    return result(np.concatenate([first, np.cumsum(areas, axis)], axis=axis))
