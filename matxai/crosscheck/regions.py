"""How far two divisions of an image agree: label maps, whose numbers are only names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import numpy as np

from matxai.crosscheck.diagnosing import Cause, Hypothesis
from matxai.crosscheck.reading import Run
from matxai.crosscheck.results import DIFFERS, EXACT, NUMERIC, Row
from matxai.crosscheck.setting import Setting, blamed
from matxai.crosscheck.thresholds import REGION_FRACTION
from matxai.crosscheck.verdicts import first_place, matlab_shaped, sizes

__all__ = ["compare_regions", "moved_regions", "part_elsewhere"]


def part_elsewhere(theirs: np.ndarray, ours: np.ndarray) -> float:
    """Say which part of the pixels lies in another region, however regions are numbered.

    Examples
    --------
    >>> import numpy as np
    >>> part_elsewhere(np.array([[1, 1, 2, 2]]), np.array([[7, 7, 7, 3]]))
    0.25
    """
    _, first = np.unique(theirs, return_inverse=True)
    names, second = np.unique(ours, return_inverse=True)
    first, second = first.reshape(-1), second.reshape(-1)
    pairs, counts = np.unique(first * len(names) + second, return_counts=True)
    # Each region is that of ours which it shares most with, and each of ours only once.
    taken_first: set[int] = set()
    taken_second: set[int] = set()
    shared = 0
    for pair, count in sorted(zip(pairs.tolist(), counts.tolist(), strict=True), key=_by_count):
        one, other = divmod(pair, len(names))
        if one not in taken_first and other not in taken_second:
            taken_first.add(one)
            taken_second.add(other)
            shared += count
    return 1 - shared / first.size


def _by_count(pair_and_count: tuple[int, int]) -> tuple[int, int]:
    return -pair_and_count[1], pair_and_count[0]


def compare_regions(
    setting: Setting,
    stage: str,
    what: str,
    theirs: np.ndarray,
    ours: np.ndarray,
    run: Run | None = None,
    hypotheses: Callable[[], Iterable[Hypothesis]] | None = None,
) -> Row:
    """Compare two label maps."""
    theirs, ours = matlab_shaped(theirs), matlab_shaped(ours)
    made = {"run": run.id if run else "", "kind": "regions", "theirs": theirs, "ours": ours}
    if theirs.shape != ours.shape:
        why = f"the size is {sizes(theirs)} in MATLAB and {sizes(ours)} here"
        row = Row(stage, what, DIFFERS, why=why, **made)
    elif np.array_equal(theirs, ours):
        return Row(stage, what, EXACT, why=f"{len(np.unique(ours))} regions", **made)
    elif not np.isfinite(theirs).all():
        return Row(stage, what, DIFFERS, why="MATLAB's regions hold NaN or Inf", **made)
    else:
        row = _of_one_size(stage, what, theirs, ours, made)
    if row.verdict != DIFFERS or row.blame or hypotheses is None:
        return row

    def agrees(array: np.ndarray) -> bool:
        return array.shape == theirs.shape and part_elsewhere(theirs, array) <= REGION_FRACTION

    cause = setting.cause(hypotheses(), agrees)
    return row if cause is None else blamed(row, cause)


def _of_one_size(
    stage: str, what: str, theirs: np.ndarray, ours: np.ndarray, made: dict[str, object]
) -> Row:
    part = part_elsewhere(theirs, ours)
    counts = f"{len(np.unique(theirs))} regions in MATLAB, {len(np.unique(ours))} here"
    if part == 0:
        why = f"the same {len(np.unique(ours))} regions, numbered otherwise"
        return Row(stage, what, DIFFERS, blame="numbering", why=why, **made)
    why = f"{part:.3g} of the pixels lie in another region; {counts}"
    place = first_place(theirs != ours)
    verdict = NUMERIC if part <= REGION_FRACTION else DIFFERS
    return Row(stage, what, verdict, place=place, why=why, **made)


def moved_regions(theirs: np.ndarray, ours: np.ndarray) -> Iterator[Hypothesis]:
    """Guess that a label map is turned, or shifted by a pixel; its inner part is what tells."""
    yield Hypothesis(Cause("regions", "the regions are transposed"), lambda: ours.T)
    if theirs.shape != ours.shape:
        return
    for axis, (ahead, back) in enumerate((("down", "up"), ("right", "left"))):
        for by, where in ((1, ahead), (-1, back)):
            said = f"MATLAB's regions lie one pixel further {where}"
            yield Hypothesis(
                Cause("regions", said), lambda by=by, axis=axis: _moved(theirs, ours, by, axis)
            )


def _moved(theirs: np.ndarray, ours: np.ndarray, by: int, axis: int) -> np.ndarray:
    """Shift ours; a line that comes in at the edge repeats its neighbour where that fits."""
    moved = np.roll(ours, by, axis=axis)
    edge, beside = [slice(None)] * 2, [slice(None)] * 2
    edge[axis] = slice(0, 1) if by > 0 else slice(-1, None)
    beside[axis] = slice(1, 2) if by > 0 else slice(-2, -1)
    their_edge, their_beside = theirs[tuple(edge)], theirs[tuple(beside)]
    # What comes in cannot be known: it goes to the region that theirs shows there, by our names.
    names = dict(zip(their_beside.reshape(-1).tolist(), moved[tuple(beside)].reshape(-1).tolist(),
                     strict=True))  # fmt: skip
    known = [names.get(label) for label in their_edge.reshape(-1).tolist()]
    fallback = moved[tuple(beside)].reshape(-1).tolist()
    line = [f if k is None else k for k, f in zip(known, fallback, strict=True)]
    moved[tuple(edge)] = np.array(line).reshape(their_edge.shape)
    return moved
