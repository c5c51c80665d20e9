"""What the stages of one cross-check share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from matxai.crosscheck.altered import Altered, altered_images
from matxai.crosscheck.diagnosing import Cause, Hypothesis, first_cause
from matxai.crosscheck.reading import Folder, Run
from matxai.crosscheck.results import DIFFERS, NOT_COMPARABLE, Row
from matxai.crosscheck.thresholds import NUMERIC, RERUNS, Bound
from matxai.crosscheck.verdicts import compared

__all__ = ["Setting", "blamed", "not_comparable", "options_of"]

# They say where and how to compute, not what; and ours differ.
_NOT_OURS = {"executionenvironment", "verbose", "progress", "acceleration", "plots"}


@dataclass
class Setting:
    """One cross-check: the folder, the networks, and what is known by now.

    Attributes
    ----------
    folder : Folder
        The folder.
    report : callable
        Told what is being done.
    detector : callable, optional
        What runs of drise need, since a folder has none.
    reruns : int
        How often random methods are run.
    networks : dict of str to Network
        The networks by the names of their files.
    net : Network, optional
        The one that explanations are computed with.
    scores : numpy.ndarray, optional
        Our scores of the image.
    causes : list of Cause
        What explained differences so far.
    """

    folder: Folder
    report: Callable[[str], None] = lambda text: None
    detector: Callable[..., Any] | None = None
    reruns: int = RERUNS
    networks: dict[str, Any] = field(default_factory=dict)
    net: Any = None
    scores: np.ndarray | None = None
    causes: list[Cause] = field(default_factory=list)

    @property
    def can_compute(self) -> bool:
        """Whether there are a network and an image."""
        return self.net is not None and self.folder.image is not None

    def altered(self) -> Iterator[Altered]:
        """Give the image altered in each way that may explain a difference."""
        return altered_images(self.folder.image, self.folder.original, self.net)

    def score(self, channels: Iterable[int]) -> float:
        """Return MATLAB's largest score of some channels, or else ours, or 0 where there is none.

        MATLAB's says how far its own maps are rounded, whatever went wrong before.
        """
        scores = self.folder.scores.get("scores", self.scores)
        if scores is None or not np.isfinite(scores).all():
            return 0.0
        totals = np.abs(scores.reshape(-1, scores.shape[-1]).sum(axis=0, dtype=np.float64))
        return max((float(totals[c - 1]) for c in channels if 1 <= c <= totals.size), default=0.0)

    def row(
        self,
        stage: str,
        what: str,
        theirs: np.ndarray,
        ours: np.ndarray,
        kind: str = "values",
        run: Run | None = None,
        bound: Bound = NUMERIC["scores"],
        hypotheses: Callable[[], Iterable[Hypothesis]] | None = None,
    ) -> Row:
        """Compare two arrays; where they differ, look for the cause."""
        score = self.score(run.channels) if run is not None else 0.0
        found = compared(theirs, ours, bound, score)
        row = Row(
            stage,
            what,
            **vars(found),
            run=run.id if run else "",
            kind=kind,
            theirs=theirs,
            ours=ours,
        )
        if found.verdict != DIFFERS or hypotheses is None:
            return row
        cause = self.cause(hypotheses(), lambda a: compared(theirs, a, bound, score).agrees)
        return row if cause is None else blamed(row, cause)

    def cause(
        self, hypotheses: Iterable[Hypothesis], agrees: Callable[[np.ndarray], bool]
    ) -> Cause | None:
        """Find the cause of a difference, those found before first."""
        self.report("looking for the cause of a difference")
        cause = first_cause(hypotheses, agrees, self.causes)
        if cause is not None and cause not in self.causes:
            self.causes.append(cause)
        return cause

    def report_run(self, run: Run, number: int) -> None:
        """Say that a random method is run here, or run again before its result is doubted."""
        of = f"of {self.reruns}" if number < self.reruns else "to be sure"
        self.report(f"{run.id}: run {number + 1} {of}, with our own random numbers")

    def of_channels(
        self, run: Run, compute: Callable[[tuple[int, ...]], np.ndarray | None]
    ) -> Iterator[Hypothesis]:
        """Guess that something was computed of the class before or behind."""
        for by, where in ((1, "behind"), (-1, "before")):
            text = f"classes are off by one: MATLAB's is of the channel {where} the one asked for"
            moved = tuple(channel + by for channel in run.channels)
            yield Hypothesis(Cause("classes", text), lambda moved=moved: compute(moved))

    def of_altered(
        self, compute: Callable[[np.ndarray], np.ndarray | None]
    ) -> Iterator[Hypothesis]:
        """Guess that something was computed of an altered image."""
        for guess in self.altered():
            yield Hypothesis(guess.cause, lambda image=guess.image: compute(image))


def blamed(row: Row, cause: Cause) -> Row:
    """Add the cause of a difference to a row."""
    why = f"{cause.text}; with that they agree" + (f" ({row.why})" if row.why else "")
    return Row(**{**vars(row), "blame": cause.stage, "why": why})


def not_comparable(stage: str, what: str, why: str, run: Run | None = None) -> Row:
    """Make the row of what cannot be compared."""
    return Row(stage, what, NOT_COMPARABLE, why=why, run=run.id if run else "")


def options_of(run: Run, *without: str) -> dict[str, Any]:
    """Give the options of a run as our functions take them, without those that are named."""
    dropped = _NOT_OURS | {name.lower() for name in without}
    return {
        name: _python(value)
        for name, value in run.options.items()
        if name.lower() not in dropped and value is not None
    }


def _python(value: Any) -> Any:
    if not isinstance(value, list):
        return value
    try:
        array = np.asarray(value)
    except ValueError:
        return value
    return array if array.dtype.kind in "biuf" and array.size else value
