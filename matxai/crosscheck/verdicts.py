"""How far two arrays agree."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matxai.crosscheck.results import DIFFERS, EXACT, NOT_COMPARABLE, NUMERIC
from matxai.crosscheck.thresholds import INTEGER_FRACTION, INTEGER_LEVELS, Bound

__all__ = ["Comparison", "compared", "first_place", "matlab_shaped", "sizes", "subscripts"]


@dataclass(frozen=True)
class Comparison:
    """A verdict and its numbers; see :class:`matxai.crosscheck.results.Row`."""

    verdict: str
    largest: float | None = None
    rms: float | None = None
    relative: float | None = None
    digits: int | None = None
    place: tuple[int, ...] | None = None
    why: str = ""

    @property
    def agrees(self) -> bool:
        """Whether they agree."""
        return self.verdict in (EXACT, NUMERIC)


def compared(theirs: np.ndarray, ours: np.ndarray, bound: Bound, score: float = 0.0) -> Comparison:
    """Hold an array of ours against MATLAB's.

    Parameters
    ----------
    theirs, ours : numpy.ndarray
        The arrays; a vector counts as a row or a column, sizes of 1 at the end do not count.
    bound : Bound
        How far they may differ.
    score : float
        Score of the unaltered image, for bounds that are a fraction of it.

    Returns
    -------
    Comparison
        "exact", "numeric" or "differs"; "not comparable" where MATLAB's is all NaN, or is so small
        that it is nothing but rounding.

    Examples
    --------
    >>> import numpy as np
    >>> from matxai.crosscheck.thresholds import Bound
    >>> found = compared(np.array([[4.0, 2], [1, 0]]), np.array([[4, 2], [1, 0.5]]), Bound(0.1, ""))
    >>> found.verdict, found.largest, found.place
    ('differs', 0.5, (2, 2))
    """
    theirs, ours = matlab_shaped(theirs), matlab_shaped(ours)
    if theirs.shape != ours.shape and theirs.shape[::-1] == ours.shape and 1 in theirs.shape:
        ours = ours.T
    if theirs.shape != ours.shape:
        why = f"the size is {sizes(theirs)} in MATLAB and {sizes(ours)} here"
        return Comparison(DIFFERS, why=why)
    if not theirs.size:
        return Comparison(NOT_COMPARABLE, why="both are empty")
    if np.array_equal(theirs, ours, equal_nan=theirs.dtype.kind == "f" == ours.dtype.kind):
        if np.isfinite(theirs).any():
            return Comparison(EXACT, 0.0, 0.0, 0.0)
        return Comparison(NOT_COMPARABLE, why="MATLAB's and ours hold NaN or Inf only")
    integers = theirs.dtype.kind in "iu" and ours.dtype.kind in "iu"
    theirs, ours = theirs.astype(np.float64), ours.astype(np.float64)
    odd = _not_finite(theirs, ours)
    if odd is not None:
        return odd
    return _measured(theirs, ours, bound, bound.of_score * abs(score), integers)


def matlab_shaped(array: np.ndarray) -> np.ndarray:
    """Give an array the size that MATLAB says it has: two dimensions or more, no 1s behind them."""
    array = np.asarray(array)
    if array.ndim < 2:
        return array.reshape(-1, 1)
    shape = list(array.shape)
    while len(shape) > 2 and shape[-1] == 1:
        shape.pop()
    return array.reshape(shape)


def sizes(array: np.ndarray) -> str:
    """Write the size of an array as MATLAB does."""
    return "×".join(map(str, array.shape))


def subscripts(index: int, shape: tuple[int, ...]) -> tuple[int, ...]:
    """Turn a position down the columns, counted from 0, into MATLAB's subscripts."""
    return tuple(int(i) + 1 for i in np.unravel_index(index, shape, order="F"))


def _not_finite(theirs: np.ndarray, ours: np.ndarray) -> Comparison | None:
    """Say so where NaN or Inf stands at other places, or everywhere."""
    count = int((~np.isfinite(theirs)).sum())
    if count == theirs.size:
        return Comparison(NOT_COMPARABLE, why="MATLAB's values are all NaN or Inf")
    other = ~((theirs == ours) | (np.isnan(theirs) & np.isnan(ours)))
    other &= ~(np.isfinite(theirs) & np.isfinite(ours))
    if not other.any():
        return None
    here = int((~np.isfinite(ours)).sum())
    place = first_place(other)
    why = (
        f"NaN or Inf at {count} of {theirs.size} places in MATLAB and at {here} here; "
        f"{_seen(theirs, ours, place)}"
    )
    both = np.isfinite(theirs) & np.isfinite(ours)
    if both.any():
        largest = float(np.abs(theirs - ours, where=both, out=np.zeros_like(theirs)).max())
        why += f"; where both are finite, they differ by at most {largest:.3g}"
    return Comparison(DIFFERS, place=place, why=why)


def _measured(
    theirs: np.ndarray, ours: np.ndarray, bound: Bound, floor: float, integers: bool
) -> Comparison:
    with np.errstate(invalid="ignore"):
        difference = np.abs(theirs - ours)
    # Equal infinities, and NaN at the same places, are not apart.
    difference = np.where(np.isfinite(theirs), difference, 0.0)
    reach = float(np.abs(theirs[np.isfinite(theirs)]).max())
    largest, rms = float(difference.max()), float(np.sqrt(np.mean(difference**2)))
    allowed = bound.relative * reach + floor
    place, why = None, ""
    agree = largest <= allowed
    if integers:
        part = float((difference > 0).mean())
        agree = largest <= INTEGER_LEVELS and part <= INTEGER_FRACTION
        allowed = 0.0
        why = f"{part:.3g} of the values differ, by at most {largest:g}"
    if not agree:
        place = first_place(difference > allowed)
        why = _seen(theirs, ours, place)
    elif floor and reach <= floor:
        why = f"the whole map, {reach:.3g} at most, is within the rounding of the scores"
        return Comparison(NOT_COMPARABLE, largest, rms, why=why)
    relative = largest / reach if reach else None
    digits = max(0, int(np.floor(-np.log10(relative)))) if relative else None
    return Comparison(NUMERIC if agree else DIFFERS, largest, rms, relative, digits, place, why)


def first_place(where: np.ndarray) -> tuple[int, ...]:
    """Return MATLAB's subscripts of the first element that is true, down the columns."""
    return subscripts(int(np.argmax(where.reshape(-1, order="F"))), where.shape)


def _seen(theirs: np.ndarray, ours: np.ndarray, place: tuple[int, ...]) -> str:
    index = tuple(i - 1 for i in place)
    where = ",".join(map(str, place))
    return f"first at ({where}): {theirs[index]:.6g} in MATLAB, {ours[index]:.6g} here"
