"""interp1: values between points of a line."""

from __future__ import annotations

from typing import Any

import numpy as np

from matxai.arguments import describe, one_of
from matxai.calling import matlab_function
from matxai.lang.matrix_checks import numbers
from matxai.lang.not_known import NotKnownError
from matxai.lang.values import floating, is_vector, result

__all__ = ["interp1"]

_SMOOTH = ("pchip", "makima", "spline")
_METHODS = ("linear", "nearest", "next", "previous", *_SMOOTH, "cubic", "v5cubic")
_method = one_of(*_METHODS)


@matlab_function("vq")
def interp1(*args: Any) -> Any:
    """Interpolate a function of one variable.

    Parameters
    ----------
    *args : array, array, array, str, str or number
        ``x, v, xq``: the places, the values there, and the places that are asked for; or
        ``v, xq``, where the places are 1, 2, 3, …. Of a matrix `v` each column is a function.
        Then, optionally, the method: "linear", the default, "nearest", "next", "previous",
        "pchip", "makima" or "spline". Then "extrap" to extrapolate by the same method, or the
        number that stands for what lies outside.

    Returns
    -------
    number or numpy.ndarray
        The values at `xq`, of its size; of a matrix `v` a column for each of its columns. Outside
        of `x` NaN, for "pchip", "makima" and "spline" extrapolated.

    Raises
    ------
    TypeError
        If an array is not numeric.
    ValueError
        If `x` does not fit `v` or holds a number twice, there are less than two points, or no such
        method.

    Notes
    -----
    Documented. Held against GNU Octave; "makima" against SciPy. In the middle "nearest"
    takes the upper point, as Octave does. "cubic", which has meant two methods, is refused.

    Examples
    --------
    >>> from matxai import interp1
    >>> interp1([1, 2, 4], [10, 20, 60], [1.5, 3, 9])
    array([15., 40., nan])
    """
    words = [i for i, a in enumerate(args) if isinstance(a, str)]
    end = words[0] if words else len(args)
    method = _named(args[end]) if words else "linear"
    if end not in (2, 3) or len(args) > end + 2:
        raise TypeError(
            "interp1: call interp1(x, v, xq), interp1(v, xq), or with a method and 'extrap' or a "
            "number behind."
        )
    v = floating(numbers(args[end - 2], "interp1: v"))
    xq = floating(numbers(args[end - 1], "interp1: xq"))
    columns = v.reshape(-1, 1) if is_vector(v) else v.reshape(len(v), -1)
    x = np.arange(1.0, len(columns) + 1)
    if end == 3:
        x = floating(numbers(args[0], "interp1: x")).reshape(-1)
    x, columns = _in_order(x, columns)
    extrapolation = args[end + 1] if len(args) > end + 1 else None
    flat = xq.reshape(-1)
    made = _values(x, columns, flat, method)
    made = _outside(made, (flat < x[0]) | (flat > x[-1]), method, extrapolation)
    made[np.isnan(flat)] = np.nan
    made = made.astype(np.result_type(v.dtype, xq.dtype), copy=False)
    if is_vector(v):
        return result(made.reshape(xq.shape))
    lead = (xq.size,) if is_vector(xq) else xq.shape
    return result(made.reshape(*lead, *v.shape[1:]))


def _named(word: str) -> str:
    method = _method(word, "interp1: method")
    if method in ("cubic", "v5cubic"):
        raise NotKnownError(
            f"interp1: {method!r} has meant different methods in releases of MATLAB: use 'pchip' "
            f"or 'spline'."
        )
    return method


def _in_order(x: np.ndarray, columns: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    if len(x) != len(columns):
        raise ValueError(
            f"interp1: x and v must have the same length, but have {len(x)} and {len(columns)}."
        )
    if len(x) < 2 or not np.isfinite(x).all():
        raise ValueError(f"interp1: x must hold at least two finite numbers, but is {describe(x)}.")
    order = np.argsort(x, kind="stable")
    x = x[order]
    if (np.diff(x) == 0).any():
        raise ValueError(f"interp1: x must hold no number twice, but is {describe(x)}.")
    return x, columns[order]


def _values(x: np.ndarray, columns: np.ndarray, xq: np.ndarray, method: str) -> np.ndarray:
    """Return the values of each column, beyond the ends extrapolated."""
    if method in _SMOOTH:
        return _curve(x, columns, method)(np.nan_to_num(xq, posinf=x[-1], neginf=x[0]))
    xq = np.nan_to_num(xq, nan=x[0])
    last = len(x) - 1
    place = np.clip(np.searchsorted(x, xq, side="right") - 1, 0, last)
    if method == "previous":
        made = columns[place]
        made[xq < x[0]] = np.nan
        return made
    if method == "next":
        place = np.searchsorted(x, xq, side="left")
        made = columns[np.minimum(place, last)]
        made[place > last] = np.nan
        return made
    place = np.minimum(place, last - 1)
    with np.errstate(invalid="ignore"):
        share = ((xq - x[place]) / (x[place + 1] - x[place]))[:, np.newaxis]
        if method == "nearest":
            return columns[np.where(share[:, 0] >= 0.5, place + 1, place)]
        low, high = columns[place], columns[place + 1]
        made = low + share * (high - low)
    # Points themselves stay what they are, whatever stands next to them.
    return np.where(share == 0, low, np.where(share == 1, high, made))


def _curve(x: np.ndarray, columns: np.ndarray, method: str) -> Any:
    from scipy.interpolate import CubicHermiteSpline, CubicSpline, PchipInterpolator

    if method == "spline":
        return CubicSpline(x, columns)
    if method == "pchip":
        return PchipInterpolator(x, columns)
    if len(x) < 3:
        return PchipInterpolator(x, columns)
    return CubicHermiteSpline(x, columns, _makima_slopes(x, columns))


def _makima_slopes(x: np.ndarray, columns: np.ndarray) -> np.ndarray:
    """Weigh the slopes on both sides as the modified Akima method does."""
    slopes = np.diff(columns, axis=0) / np.diff(x)[:, np.newaxis]
    before = 2 * slopes[0] - slopes[1], 3 * slopes[0] - 2 * slopes[1]
    after = 2 * slopes[-1] - slopes[-2], 3 * slopes[-1] - 2 * slopes[-2]
    d = np.concatenate([[before[1], before[0]], slopes, [after[0], after[1]]])
    change = np.abs(np.diff(d, axis=0)) + np.abs(d[1:] + d[:-1]) / 2
    left, right = change[2:], change[:-2]
    total = left + right
    with np.errstate(invalid="ignore", divide="ignore"):
        weighed = (left * d[1:-2] + right * d[2:-1]) / total
    return np.where(total == 0, 0, weighed)


def _outside(made: np.ndarray, outside: np.ndarray, method: str, extrapolation: Any) -> np.ndarray:
    if isinstance(extrapolation, str):
        if extrapolation.lower() != "extrap":
            raise ValueError(
                f"interp1: extrapolation must be 'extrap' or a number, but is {extrapolation!r}."
            )
        return made
    if extrapolation is not None:
        made[outside] = np.asarray(numbers(extrapolation, "interp1: extrapolation")).reshape(-1)[0]
    elif method not in _SMOOTH:
        made[outside] = np.nan
    return made
