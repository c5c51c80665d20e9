"""What one group of changes makes of a network's output, window by window."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from matxai.nets.partial.copying import Copying
from matxai.nets.partial.parts import Parts
from matxai.nets.partial.planning import Group, Plan, Stage
from matxai.nets.partial.sessions import Buffer, Session
from matxai.nets.partial.windows import Spans, Windows

__all__ = ["Context", "GroupRun"]


class Context:
    """What all groups have in common.

    Parameters
    ----------
    parts : Parts
        The network's parts.
    plan : Plan
        What to compute.
    known : mapping of str to array
        The maps of the unchanged image at the cuts.
    filled : numpy.ndarray, shape (C, H, W)
        The map at the first cut that changed parts are taken from.
    output : str
        The tensor that is wanted.
    """

    def __init__(
        self,
        parts: Parts,
        plan: Plan,
        known: Mapping[str, np.ndarray],
        filled: np.ndarray,
        output: str,
    ):
        self.parts, self.rectangles = parts, plan.rectangles
        self.known, self.filled, self.output = known, filled, output
        self._sums: np.ndarray | None = None

    def session(self, source: str, target: str, mean: bool = False) -> Session:
        """Return what computes one tensor of another."""
        return self.parts.session(self.known[source].shape, source, target, mean=mean)

    def sums(self, tensor: str) -> np.ndarray:
        """Return sums from the corner on of the last map, any window's sum being a difference."""
        if self._sums is None:
            base = self.known[tensor]
            sums = np.zeros((len(base), base.shape[1] + 1, base.shape[2] + 1))
            sums[:, 1:, 1:] = base.astype(np.float64).cumsum(1).cumsum(2)
            self._sums = np.ascontiguousarray(np.moveaxis(sums, 0, 2))
        return self._sums


class GroupRun:
    """Scores the changes of a group.

    Parameters
    ----------
    group : Group
        What to compute.
    context : Context
        What all groups have in common.

    Attributes
    ----------
    numbers : numpy.ndarray of int
        The changes.
    """

    def __init__(self, group: Group, context: Context):
        self.numbers = group.numbers
        self._context = context
        self._steps: list[tuple[Copying, Session | None]] = []
        self._means = None
        self._at_start = tuple(np.zeros_like(side.spans.first) for side in context.rectangles.sides)
        self._rest = None
        if group.last != context.output:
            self._rest = context.session(group.last, context.output)
        origins = self._at_start
        for stage in group.stages:
            windows = stage.rows, stage.cols
            self._add(stage.source, windows, stage.changed, origins,
                      context.session(stage.source, stage.target, stage.mean))  # fmt: skip
            origins = stage.rows.origins, stage.cols.origins
            if stage.mean:
                self._means = _Means(stage, context, context.known[group.last].shape)
        if self._means is None:
            rows, cols = (
                Windows(size, start, start)
                for size, start in zip(
                    context.known[group.last].shape[1:], self._at_start, strict=True
                )
            )
            self._add(group.last, (rows, cols), group.changed, origins, self._rest)

    def _add(
        self,
        source: str,
        windows: tuple[Windows, Windows],
        changed: tuple[Spans, Spans],
        origins: tuple[np.ndarray, ...],
        session: Session | None,
    ) -> None:
        """Compute in windows of a map, as the next step."""
        context = self._context
        base = context.known[source]
        self._steps.append((Copying(base, windows, changed, origins, context.rectangles), session))

    def __call__(self, numbers: np.ndarray, fed: Buffer, made: Buffer) -> np.ndarray:
        """Return the outputs for some of the changes."""
        values: Sequence[np.ndarray] = [self._context.filled] * len(numbers)
        for copying, session in self._steps:
            batch = copying(fed, values, numbers)
            values = batch if session is None else session.into(made, batch)
        if self._means is None:
            return np.array(values)
        means = self._means(values, numbers)
        return means if self._rest is None else self._rest.fresh(means)[0]


class _Means:
    """Means over whole maps, from means over windows of them.

    What the window adds is put in the place of what was there before.
    """

    def __init__(self, stage: Stage, context: Context, shape: Sequence[int]):
        self._shape = shape
        self._numbers = [side.numbers for side in context.rectangles.sides]
        self._sums = context.sums(stage.target)
        self._rows, self._cols = stage.rows, stage.cols

    def __call__(self, of_windows: np.ndarray, numbers: np.ndarray) -> np.ndarray:
        """Return the means of the changed maps, given those of the windows."""
        sums, (rows, cols) = self._sums, (of_all[numbers] for of_all in self._numbers)
        top, left = self._rows.origins[rows], self._cols.origins[cols]
        bottom, right = top + self._rows.length, left + self._cols.length
        before = sums[bottom, right] - sums[top, right] - sums[bottom, left] + sums[top, left]
        places = self._rows.length * self._cols.length
        new = of_windows.reshape(before.shape) * np.float64(places)
        whole = (sums[-1, -1] - before + new) / ((sums.shape[0] - 1) * (sums.shape[1] - 1))
        return whole.astype(np.float32).reshape(len(numbers), *self._shape)
