"""Where a difference comes from: causes are tried in turn, and the first that explains it counts.

A cause explains a difference where our numbers, with that mistake made on purpose, agree with
MATLAB's as far as numbers without a mistake would have to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from matxai.crosscheck.verdicts import matlab_shaped

__all__ = [
    "Cause",
    "Hypothesis",
    "first_cause",
    "moved_maps",
    "of_the_scores",
    "scaled_maps",
    "turned_maps",
]


@dataclass(frozen=True)
class Cause:
    """What made a difference.

    Attributes
    ----------
    stage : str
        The stage: "image", "normalization", "imresize", "classes", "mask", "map", …
    text : str
        What is different in MATLAB's numbers, in words.
    """

    stage: str
    text: str


@dataclass(frozen=True)
class Hypothesis:
    """A cause, and what our numbers would be with it."""

    cause: Cause
    compute: Callable[[], np.ndarray | None]


def first_cause(
    hypotheses: Iterable[Hypothesis],
    agrees: Callable[[np.ndarray], bool],
    suspects: Iterable[Cause] = (),
) -> Cause | None:
    """Find the first cause with which our numbers agree.

    Parameters
    ----------
    hypotheses : iterable of Hypothesis
        What to try.
    agrees : callable
        Says of an array whether it agrees with MATLAB's.
    suspects : iterable of Cause
        Causes that explained other differences of the same folder: they are tried first.
    """
    known = set(suspects)
    ordered = sorted(hypotheses, key=lambda h: h.cause not in known) if known else hypotheses
    for hypothesis in ordered:
        try:
            array = hypothesis.compute()
        except (ValueError, TypeError, ArithmeticError, LookupError):
            # What cannot be computed explains nothing.
            continue
        if array is not None and agrees(array):
            return hypothesis.cause
    return None


def of_the_scores(theirs: np.ndarray, ours: np.ndarray) -> Iterator[Hypothesis]:
    """Guess what may have been done to scores, whose last dimension is the classes."""
    theirs, ours = matlab_shaped(theirs), matlab_shaped(ours)
    if theirs.shape != ours.shape:
        return

    def moved(by: int) -> np.ndarray:
        return _moved(theirs, ours, by, theirs.ndim - 1)

    if theirs.shape[-1] > 3:
        for by, where in ((1, "behind"), (-1, "before")):
            said = f"classes are off by one: MATLAB's stand one place {where} ours"
            yield Hypothesis(Cause("classes", said), lambda by=by: moved(by))
    yield Hypothesis(
        Cause("softmax", "MATLAB's are before a softmax, which ours have passed"),
        lambda: theirs if _close(_softmax(theirs), ours) else None,
    )
    yield Hypothesis(
        Cause("softmax", "MATLAB's have passed a softmax, ours have not"), lambda: _softmax(ours)
    )
    order = np.argsort(ours.reshape(-1), kind="stable")
    placed = np.empty_like(ours.reshape(-1))
    placed[np.argsort(theirs.reshape(-1), kind="stable")] = ours.reshape(-1)[order]
    if theirs.size > 2:
        said = "the classes are in another order: MATLAB has the same numbers at other places"
        yield Hypothesis(Cause("classes", said), lambda: placed.reshape(ours.shape))


def turned_maps(theirs: np.ndarray, ours: np.ndarray) -> Iterator[Hypothesis]:
    """Guess that a map, H×W or H×W×K, has its axes or channels in another order."""
    theirs, ours = matlab_shaped(theirs), matlab_shaped(ours)
    yield Hypothesis(Cause("map", "the map is transposed"), lambda: np.swapaxes(ours, 0, 1))
    if theirs.shape != ours.shape:
        return
    yield Hypothesis(Cause("map", "the map is upside down"), lambda: ours[::-1])
    yield Hypothesis(Cause("map", "the map is mirrored"), lambda: ours[:, ::-1])
    if ours.ndim == 3:
        said = "the channels of the map are in reverse order"
        yield Hypothesis(Cause("map", said), lambda: ours[:, :, ::-1])


def scaled_maps(
    theirs: np.ndarray, ours: np.ndarray, sum_of: float | None = None, summed: str = ""
) -> Iterator[Hypothesis]:
    """Guess that a map is scaled.

    Parameters
    ----------
    theirs, ours : array, H×W or H×W×K
        The maps.
    sum_of : float, optional
        Of how many values something is averaged here, that may have been summed.
    summed : str
        What that is.
    """
    theirs, ours = matlab_shaped(theirs), matlab_shaped(ours)
    if theirs.shape != ours.shape:
        return
    factor = _factor(theirs, ours)
    if factor is not None:
        yield Hypothesis(_scaled(factor, sum_of, summed), lambda: ours * factor)
    yield Hypothesis(Cause("map", "MATLAB's map is rescaled to 0…1"), lambda: _rescaled(ours))


def moved_maps(theirs: np.ndarray, ours: np.ndarray) -> Iterator[Hypothesis]:
    """Guess by how many places a map may be shifted; its inner part is what tells."""
    theirs, ours = matlab_shaped(theirs), matlab_shaped(ours)
    if theirs.shape != ours.shape:
        return
    for axis, (ahead, back) in enumerate((("down", "up"), ("right", "left"))):
        if theirs.shape[axis] < 4:
            continue
        for by, where in ((1, ahead), (-1, back)):
            said = f"the mask is shifted by one stride: MATLAB's map lies one place further {where}"
            yield Hypothesis(
                Cause("mask", said), lambda by=by, axis=axis: _moved(theirs, ours, by, axis)
            )


def _moved(theirs: np.ndarray, ours: np.ndarray, by: int, axis: int) -> np.ndarray | None:
    """Shift ours; what comes in at the edge is taken from theirs, so that the rest decides."""
    moved = np.roll(ours, by, axis=axis).astype(np.float64)
    edge = [slice(None)] * ours.ndim
    edge[axis] = slice(0, 1) if by > 0 else slice(-1, None)
    moved[tuple(edge)] = theirs[tuple(edge)]
    inner = [slice(None)] * ours.ndim
    inner[axis] = slice(1, None) if by > 0 else slice(0, -1)
    # Where the inner part is flat, any shift would do.
    return moved if np.ptp(moved[tuple(inner)]) > 0 else None


def _factor(theirs: np.ndarray, ours: np.ndarray) -> float | None:
    theirs, ours = theirs.astype(np.float64), ours.astype(np.float64)
    square = float((ours * ours).sum())
    if not square or not np.isfinite(square) or not np.isfinite(theirs).all():
        return None
    factor = float((theirs * ours).sum()) / square
    return factor if factor else None


def _scaled(factor: float, sum_of: float | None, summed: str) -> Cause:
    if sum_of and sum_of > 1:
        for guess, said in ((sum_of, "sums"), (1 / sum_of, "averages")):
            if abs(factor / guess - 1) < 1e-3:
                other = "averaged" if said == "sums" else "summed"
                return Cause("map", f"MATLAB {said} {summed}, which are {other} here")
    if abs(factor + 1) < 1e-6:
        return Cause("map", "MATLAB's map has the other sign")
    return Cause("map", f"MATLAB's map is ours scaled by {factor:.6g}")


def _rescaled(maps: np.ndarray) -> np.ndarray | None:
    low = maps.min(axis=(0, 1))
    span = maps.max(axis=(0, 1)) - low
    return (maps - low) / span if np.all(span > 0) else None


def _softmax(values: np.ndarray) -> np.ndarray:
    values = values.astype(np.float64)
    raised = np.exp(values - values.max(axis=-1, keepdims=True))
    return raised / raised.sum(axis=-1, keepdims=True)


def _close(first: np.ndarray, second: np.ndarray) -> bool:
    return bool(np.allclose(first, second, rtol=1e-4, atol=1e-6))
