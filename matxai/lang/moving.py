"""Means of the neighbours of each element: movmean, smoothdata."""

from __future__ import annotations

from typing import Any

import numpy as np

from matxai.arguments import describe, one_of
from matxai.calling import matlab_function
from matxai.lang.matrix_checks import numbers
from matxai.lang.not_known import NotKnownError
from matxai.lang.reducing import reduction
from matxai.lang.values import axes_of, dimension, expanded, floating, tidy

__all__ = ["movmean", "smoothdata"]

_ends = one_of("shrink", "fill", "discard")


def _window(function: str, k: Any) -> tuple[int, int]:
    """Return how many elements before and behind each one count."""
    lengths = numbers(k, f"{function}: k").reshape(-1)
    whole = np.isfinite(lengths).all() and (lengths == np.floor(lengths)).all()
    if not whole or lengths.size not in (1, 2) or (lengths < (lengths.size == 1)).any():
        raise ValueError(
            f"{function}: k must be a positive integer, or two that are not negative, but is "
            f"{describe(k)}."
        )
    if lengths.size == 2:
        return int(lengths[0]), int(lengths[1])
    length = int(lengths[0])
    return length // 2, (length - 1) // 2


def _means(A: np.ndarray, axis: int, before: int, behind: int, omit: bool, ends: Any) -> np.ndarray:
    moved = np.moveaxis(A, axis, -1)
    count = moved.shape[-1]
    number = not isinstance(ends, str)
    widths = [(0, 0)] * (moved.ndim - 1) + [(before, behind)]
    values = np.pad(moved, widths, constant_values=ends if number else 0)
    inside = np.pad(np.ones(moved.shape, bool), widths, constant_values=number)
    if omit:
        inside &= ~np.isnan(values)
        values = np.where(inside, values, 0)
    length = before + behind + 1
    windows = np.lib.stride_tricks.sliding_window_view(values, length, -1)
    counts = np.lib.stride_tricks.sliding_window_view(inside, length, -1).sum(-1)
    with np.errstate(invalid="ignore", divide="ignore"):
        made = (windows.sum(-1) / counts).astype(A.dtype)
    place = np.arange(count)
    whole = (place >= before) & (place + behind < count)
    if ends == "fill":
        made[..., ~whole] = np.nan
    return np.moveaxis(made[..., whole] if ends == "discard" else made, -1, axis)


@matlab_function("M", accepts={"A": numbers})
def movmean(A: Any, k: Any, *args: Any, Endpoints: Any = "shrink") -> Any:
    """Return the mean of the neighbours of each element.

    Parameters
    ----------
    A : array or number
        The numbers.
    k : int or sequence of 2 int
        How many elements count: as many before as behind, one more before if the number is even;
        or how many before and how many behind.
    *args : int or str
        The dimension, counted from 1; by default the first whose length is not 1. Then "omitnan"
        to leave NaN out.
    Endpoints : {"shrink", "fill", "discard"} or number
        What counts beyond the ends: nothing; NaN; nor do results that need it; or a number.

    Returns
    -------
    number or numpy.ndarray
        The means, of the size of `A` unless "discard" leaves less. Single stays single, all other
        classes give double.

    Raises
    ------
    TypeError
        If `A` is not numeric.
    ValueError
        If `k` holds other numbers, or there is no such dimension or option.

    Notes
    -----
    Documented. Held against GNU Octave.

    Examples
    --------
    >>> from matxai import movmean
    >>> movmean([1, 2, 6, 4], 3)
    array([1.5, 3. , 4. , 5. ])
    """
    how = reduction("movmean", args)
    if isinstance(how.dim, str):
        raise ValueError("movmean: dim must be one dimension, but is 'all'.")
    if how.dim is not None:
        dimension(how.dim, "movmean: dim")
    ends = _ends(Endpoints, "movmean: Endpoints") if isinstance(Endpoints, str) else None
    if ends is None:
        ends = float(numbers(Endpoints, "movmean: Endpoints").reshape(-1)[0])
    before, behind = _window("movmean", k)
    axis = axes_of(A, 1 if how.dim is None and A.shape == (0, 0) else how.dim)[0]
    if not A.size:
        return floating(A).copy()
    values = expanded(floating(A), (axis,))
    made = _means(values, axis, before, behind, bool(how.omit), ends)
    return tidy(made.reshape(A.shape) if made.size == A.size else made, A)


@matlab_function("B", accepts={"A": numbers})
def smoothdata(A: Any, *args: Any) -> Any:
    """Smooth data by moving means.

    Parameters
    ----------
    A : array or number
        The numbers.
    *args : int, str, int or sequence of 2 int, str
        The dimension, optionally, counted from 1; the method, "movmean"; its window, as `k` of
        :func:`matxai.movmean`; and "includenan" if NaN shall count, as it does not by default.

    Returns
    -------
    number or numpy.ndarray
        The smoothed data, of the same size.

    Raises
    ------
    TypeError
        If `A` is not numeric.
    ValueError
        If the method is another one, or the window is not said.

    Notes
    -----
    Documented. How MATLAB chooses a window by itself is not, so it has to be said; methods other
    than "movmean" are not there.

    Examples
    --------
    >>> from matxai import smoothdata
    >>> smoothdata([1, 2, 6, 4], "movmean", 3)
    array([1.5, 3. , 4. , 5. ])
    """
    rest = list(args)
    dim = [rest.pop(0)] if rest and not isinstance(rest[0], str) else []
    if not rest or str(rest[0]).lower() != "movmean" or len(rest) < 2 or isinstance(rest[1], str):
        raise NotKnownError(
            'smoothdata: give the method and its window, smoothdata(A, "movmean", window); other '
            "methods are not there, and which window MATLAB chooses is not documented."
        )
    flags = rest[2:] or ["omitnan"]
    return movmean(A, rest[1], *dim, *flags)
