"""Random results: do MATLAB's agree with our runs as far as our runs agree with each other?"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from matxai.crosscheck.thresholds import (
    OVERLAP_MARGIN,
    RANK_MARGIN,
    RERUNS_IN_DOUBT,
    SCALE_FACTOR,
    TOP_FRACTION,
)

__all__ = ["Likeness", "confirmed", "correlation", "judged", "overlap", "rank_correlation"]


@dataclass(frozen=True)
class Likeness:
    """How like MATLAB's values are to those of our runs.

    Attributes
    ----------
    ranks, least_ranks : float
        Median rank correlation with our runs, and the least that is enough.
    values, least_values : float
        The same of the values themselves: where most are zero, their ranks are chance.
    shared, least_shared : float
        Median part of the most important values, by their sum, that are in the same places, and
        the least that is enough.
    scale : float
        How many times larger than ours MATLAB's values are.
    scale_fits : bool
        Whether our runs and the threshold allow that.
    """

    ranks: float
    least_ranks: float
    values: float
    least_values: float
    shared: float
    least_shared: float
    scale: float
    scale_fits: bool

    @property
    def order_fits(self) -> bool:
        """Whether the same values are important."""
        return self.room >= 0

    @property
    def room(self) -> float:
        """How far the order is above the least that is enough; below zero it does not fit."""
        correlation = max(self.ranks - self.least_ranks, self.values - self.least_values)
        return min(correlation, self.shared - self.least_shared)

    @property
    def fits(self) -> bool:
        """Whether all of it is as among our own runs."""
        return self.order_fits and self.scale_fits

    def __str__(self) -> str:
        return (
            f"rank correlation {self.ranks:.2f} (at least {self.least_ranks:.2f}) or correlation "
            f"{self.values:.2f} (at least {self.least_values:.2f}), shared among the highest "
            f"{self.shared:.2f} (at least {self.least_shared:.2f}), {self.scale:.3g} times ours in "
            f"size"
        )


def judged(theirs: np.ndarray, runs: Sequence[np.ndarray]) -> Likeness:
    """Hold MATLAB's values against those of our runs; of several columns the least like counts.

    Parameters
    ----------
    theirs : array, shape (F,) or (F, K)
        MATLAB's.
    runs : sequence of array of that shape
        Ours, two or more.
    """
    theirs = _columns(theirs)
    columns = [
        _column(theirs[:, k], [_columns(run)[:, k] for run in runs]) for k in range(theirs.shape[1])
    ]
    return min(columns, key=lambda found: found.room - 2 * (not found.scale_fits))


def confirmed(
    theirs: np.ndarray, runs: list[np.ndarray], another: Callable[[int], np.ndarray]
) -> Likeness:
    """Judge, and make more runs before values count as different.

    A few runs lie close together now and then, and the next one outside of them by chance.

    Parameters
    ----------
    theirs : array, shape (F,) or (F, K)
        MATLAB's.
    runs : list of array of that shape
        Ours, two or more; those that are made are appended.
    another : callable
        Makes the run of a number.
    """
    found = judged(theirs, runs)
    if found.fits:
        return found
    for number in range(len(runs), RERUNS_IN_DOUBT * len(runs)):
        runs.append(another(number))
    return judged(theirs, runs)


def _columns(values: np.ndarray) -> np.ndarray:
    values = np.asarray(values, dtype=np.float64)
    return values[:, np.newaxis] if values.ndim == 1 else values


def _column(theirs: np.ndarray, runs: Sequence[np.ndarray]) -> Likeness:
    noise = float(np.std(runs, axis=0).max())

    def median_and_least(
        measure: Callable[[np.ndarray, np.ndarray], float], margin: float
    ) -> tuple[float, float]:
        own = min(measure(a, b) for a, b in itertools.combinations(runs, 2))
        return float(np.median([measure(theirs, run) for run in runs])), max(0.0, own - margin)

    sizes = np.array([np.linalg.norm(run) for run in runs])
    middle = float(np.median(sizes))
    scale = float(np.linalg.norm(theirs)) / middle if middle else 1.0
    low, high = (sizes.min() / middle, sizes.max() / middle) if middle else (0.0, np.inf)
    return Likeness(
        *median_and_least(rank_correlation, RANK_MARGIN),
        *median_and_least(correlation, RANK_MARGIN),
        *median_and_least(lambda a, b: overlap(a, b, noise), OVERLAP_MARGIN),
        scale,
        bool(low / SCALE_FACTOR <= scale <= high * SCALE_FACTOR),
    )


def rank_correlation(first: np.ndarray, second: np.ndarray) -> float:
    """Correlate ranks, equal values sharing theirs; 0 where only one of them is constant.

    Examples
    --------
    >>> rank_correlation([1, 2, 3], [10, 20, 25])
    1.0
    """
    from scipy.stats import rankdata

    return correlation(rankdata(first), rankdata(second))


def correlation(first: np.ndarray, second: np.ndarray) -> float:
    """Correlate values; 0 where only one of them is constant."""
    one, other = np.asarray(first, np.float64), np.asarray(second, np.float64)
    one, other = one - one.mean(), other - other.mean()
    size = float(np.linalg.norm(one) * np.linalg.norm(other))
    if not size:
        return float(not one.any() and not other.any())
    return round(float(one @ other) / size, 12)


def overlap(first: np.ndarray, second: np.ndarray, noise: float = 0.0) -> float:
    """Say which part of the highest values, by their sum, is in the same places.

    Values up to `noise` are not high.

    Examples
    --------
    >>> overlap([9, 8, 1, 0, 0], [9, 0, 7, 0, 0])
    1.0
    """
    count = max(1, int(np.ceil(TOP_FRACTION * len(first))))
    both = np.asarray(first, np.float64), np.asarray(second, np.float64)
    tops = [
        {int(i) for i in np.argsort(-values, kind="stable")[:count] if values[i] > noise}
        for values in both
    ]
    if not all(tops):
        return float(not any(tops))
    # One small value more or less, which only one of them has, is not half of two values.
    common = sorted(tops[0] & tops[1])
    parts = [
        float(values[common].sum() / values[sorted(top)].sum())
        for values, top in zip(both, tops, strict=True)
    ]
    return min(1.0, *parts)
