"""findpeaks: local maxima of a signal."""

from __future__ import annotations

from typing import Any

import numpy as np

from matxai.arguments import describe, numeric_array, one_of, positive_integer, real_scalar
from matxai.calling import matlab_function

__all__ = ["findpeaks"]


def _not_negative(value: Any, name: str) -> float:
    number = real_scalar(value, name)
    if number < 0:
        raise ValueError(f"{name} must not be negative, but is {number:g}.")
    return number


def _height(value: Any, name: str) -> float:
    return -np.inf if np.ndim(value) == 0 and value == -np.inf else real_scalar(value, name)


@matlab_function(
    "pks",
    "locs",
    "w",
    "p",
    accepts={
        "data": numeric_array,
        "x": numeric_array,
        "NPeaks": positive_integer,
        "SortStr": one_of("none", "ascend", "descend"),
        "MinPeakHeight": _height,
        "MinPeakProminence": _not_negative,
        "Threshold": _not_negative,
        "MinPeakDistance": _not_negative,
        "MinPeakWidth": _not_negative,
        "MaxPeakWidth": _not_negative,
    },
)
def findpeaks(
    data: Any,
    x: Any = None,
    *,
    NPeaks: int | None = None,
    SortStr: str = "none",
    MinPeakHeight: float = -np.inf,
    MinPeakProminence: float = 0.0,
    Threshold: float = 0.0,
    MinPeakDistance: float = 0.0,
    MinPeakWidth: float = 0.0,
    MaxPeakWidth: float | None = None,
    nargout: int = 1,
) -> Any:
    """Find the local maxima of a signal.

    Parameters
    ----------
    data : array of N numbers, N ≥ 3
        The signal.
    x : float or array of N numbers, optional
        The sample rate, or where each sample lies, in ascending order; by default at 1, 2, ….
    NPeaks : int, optional
        Most peaks that are returned: the first ones that pass everything else.
    SortStr : {"none", "ascend", "descend"}
        Order of the peaks: as they come, or by height.
    MinPeakHeight : float, optional
        Peaks are higher than this.
    MinPeakProminence : float, default 0
        How far a peak at least stands out from what surrounds it.
    Threshold : float, default 0
        How far a peak at least stands above both neighbours.
    MinPeakDistance : float, default 0
        How far peaks lie apart at least, in units of `x`: beginning with the highest, lower ones
        that are nearer are left out.
    MinPeakWidth, MaxPeakWidth : float, optional
        Bounds of the width at half the prominence, in units of `x`.
    nargout : int, default 1
        Number of outputs to return.

    Returns
    -------
    pks : numpy.ndarray of float64, shape (P,)
        Heights of the peaks.
    locs : numpy.ndarray, shape (P,)
        Where they are: indices counted from 1, or values of `x`. Of a flat top, its first sample.
    w : numpy.ndarray of float64, shape (P,)
        Widths at half the prominence.
    p : numpy.ndarray of float64, shape (P,)
        Prominences.

    Raises
    ------
    TypeError
        If an argument is of a wrong kind.
    ValueError
        If `data` has fewer than three values, `x` does not fit or does not ascend, or an option is
        out of range.

    Notes
    -----
    SciPy finds the peaks, prominences and widths. Documented; not held against MATLAB. An end of
    the signal is no peak. Chosen: peaks exactly MinPeakDistance apart are both kept. Options that
    are not here: WidthReference, Annotate.

    Examples
    --------
    >>> from matxai import findpeaks
    >>> findpeaks([0, 2, 1, 5, 5, 0], nargout=2)
    (array([2., 5.]), array([2, 4]))
    """
    from scipy import signal

    values = data.astype(np.float64).reshape(-1)
    if values.size < 3 or values.size != max(data.shape):
        raise ValueError(
            f"findpeaks: data must be a vector of at least 3 numbers, but is {describe(data)}."
        )
    places = _places(x, values.size)
    found, seen = signal.find_peaks(values, plateau_size=1)
    first = seen["left_edges"]
    prominence = signal.peak_prominences(values, found)[0] if found.size else np.zeros(0)
    width = _widths(values, found, places)
    step = np.minimum(values[first] - values[first - 1], values[found] - values[_after(seen)])
    keep = (values[found] > MinPeakHeight) & (prominence >= MinPeakProminence)
    keep &= (step >= Threshold) & (width >= MinPeakWidth)
    if MaxPeakWidth is not None:
        keep &= width <= MaxPeakWidth
    chosen = np.flatnonzero(keep)
    chosen = chosen[_apart(values[found][chosen], places[first][chosen], MinPeakDistance)]
    chosen = chosen[:NPeaks]
    if SortStr != "none":
        height = values[found][chosen]
        chosen = chosen[np.argsort(height if SortStr == "ascend" else -height, kind="stable")]
    where = first[chosen] + 1 if x is None else places[first][chosen]
    return values[found][chosen], where, width[chosen], prominence[chosen]


def _places(x: Any, count: int) -> np.ndarray:
    """Give the place of each sample."""
    if x is None:
        return np.arange(1.0, count + 1)
    if x.size == 1:
        rate = real_scalar(x, "findpeaks: x")
        if rate <= 0:
            raise ValueError(f"findpeaks: x, the sample rate, must be positive, but is {rate:g}.")
        return np.arange(count) / rate
    places = x.astype(np.float64).reshape(-1)
    if places.size != count or not (np.diff(places) > 0).all():
        raise ValueError(
            f"findpeaks: x must hold {count} ascending places, one for each value of data, but is "
            f"{describe(x)}."
        )
    return places


def _after(seen: dict[str, np.ndarray]) -> np.ndarray:
    """Give the sample behind each peak, whose top can be flat."""
    return seen["right_edges"] + 1


def _widths(values: np.ndarray, found: np.ndarray, places: np.ndarray) -> np.ndarray:
    from scipy import signal

    if not found.size:
        return np.zeros(0)
    _, _, left, right = signal.peak_widths(values, found)
    samples = np.arange(values.size)
    return np.interp(right, samples, places) - np.interp(left, samples, places)


def _apart(heights: np.ndarray, places: np.ndarray, distance: float) -> np.ndarray:
    """Tell which peaks stay when the highest ones come first; of equal ones the first."""
    keep = np.ones(len(heights), bool)
    for i in np.argsort(-heights, kind="stable"):
        if keep[i]:
            near = np.abs(places - places[i]) < distance
            near[i] = False
            keep &= ~near
    return keep
