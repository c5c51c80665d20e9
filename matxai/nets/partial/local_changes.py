"""Scores of an image of which parts are changed, equal to those of whole passes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import onnx

from matxai.nets.graph import real_inputs
from matxai.nets.partial.planning import Plan, Stage, planned
from matxai.nets.partial.reach import Part
from matxai.nets.partial.sessions import Session

__all__ = ["LocalChanges", "RectangleChanges", "UnexpectedSizeError", "local_changes"]

# Rectangles computed at once: larger batches leave the cores' caches.
_BATCH = 16
# Sessions that are kept before others are made.
_KEPT = 40


class RectangleChanges(NamedTuple):
    """An image, and rectangles of it that are taken from another image, one at a time.

    Attributes
    ----------
    image, filled : numpy.ndarray of float32, shape (C, H, W)
        The image, and the one that the rectangles are taken from.
    boxes : sequence of (slice, slice)
        The rectangles: rows and columns.
    """

    image: np.ndarray
    filled: np.ndarray
    boxes: Sequence[tuple[slice, slice]]

    def part(self) -> Part:
        """Return the edges of the rectangles."""
        edges = [(rows.start, rows.stop, cols.start, cols.stop) for rows, cols in self.boxes]
        return Part(*np.array(edges, dtype=np.int64).reshape(-1, 4).T)


def local_changes(
    model: onnx.ModelProto,
    output: str,
    sessions: dict[tuple[str, ...], Session],
    change: RectangleChanges,
    most: int,
) -> LocalChanges | None:
    """Prepare to score an image with each of several rectangles of it changed.

    Parameters
    ----------
    model : onnx.ModelProto
        A network of one input N×C×H×W, for ONNX Runtime.
    output : str
        The tensor that is wanted.
    sessions : dict
        Sessions of parts of the network; those that are made are added.
    change : RectangleChanges
        The image and what is changed.
    most : int
        Most images that are held at once.

    Returns
    -------
    LocalChanges or None
        None where whole passes are about as fast, or the only way.
    """
    plan = planned(model, output, change.image.shape, change.part())
    if len(sessions) > _KEPT:
        # Other masks are cut elsewhere, and each session has its weights.
        sessions.clear()
    try:
        return None if plan is None else LocalChanges(model, output, plan, change, most, sessions)
    except UnexpectedSizeError:
        return None


class UnexpectedSizeError(ValueError):
    """What was planned with does not hold: pooling whose sizes are rounded up is told otherwise."""


class LocalChanges:
    """Scores changes as a plan says; see :func:`local_changes`."""

    def __init__(
        self,
        model: onnx.ModelProto,
        output: str,
        plan: Plan,
        change: RectangleChanges,
        most: int,
        sessions: dict[tuple[str, ...], Session],
    ):
        self.plan = plan
        self.batch_size = max(1, min(_BATCH, most))
        self._model, self._sessions = model, sessions
        source = real_inputs(model.graph)[0].name
        self._channels = {name: size[0] for name, size in plan.sizes.items()}
        self._channels[source] = len(change.image)
        # What no rectangle reaches, at all cuts.
        names = [plan.start, *(stage.target for stage in plan.stages)]
        wanted = tuple(name for name in names if name != source)
        known = {source: change.image}
        if wanted:
            base = self._session(source, *wanted).fresh(change.image[np.newaxis])
            known |= {name: b[0] for name, b in zip(wanted, base, strict=True)}
        if any(list(known[name].shape) != plan.sizes[name] for name in names):
            raise UnexpectedSizeError("ONNX Runtime's maps have other sizes than ONNX says")
        self._filled = change.filled
        if plan.start != source:
            (whole,) = self._session(source, plan.start).fresh(change.filled[np.newaxis])
            self._filled = whole[0]
        self._stages = [
            _StageRun(s, self._session(s.source, s.target), known[s.source], self.batch_size)
            for s in plan.stages
        ]
        rest = self._session(plan.last, output)
        self._rest = _Rest(rest, known[plan.last], plan.changed, self.batch_size)

    def _session(self, source: str, *targets: str) -> Session:
        """Return what computes some tensors of another."""
        key = (source, *targets)
        if key not in self._sessions:
            self._sessions[key] = Session(self._model, source, self._channels[source], targets)
        return self._sessions[key]

    def __call__(self, start: int, stop: int) -> np.ndarray:
        """Return the outputs for the changes from one to another, not included."""
        values: Sequence[np.ndarray] = [self._filled] * (stop - start)
        origins = np.zeros((stop - start, 2), np.int64)
        for stage in self._stages:
            values, origins = stage(values, origins, start, stop)
        return self._rest(values, origins, start, stop)


class _StageRun:
    """A stage, its session, and the buffers that serve all changes."""

    def __init__(self, stage: Stage, session: Session, base: np.ndarray, count: int):
        self._stage = stage
        self._session = session
        self._base = base
        shape = (count, len(base), stage.rows.length, stage.cols.length)
        self._buffer = np.empty(shape, np.float32)

    def __call__(
        self, values: Sequence[np.ndarray], origins: np.ndarray, start: int, stop: int
    ) -> tuple[np.ndarray, np.ndarray]:
        stage = self._stage
        batch = self._buffer[: stop - start]
        height, width = batch.shape[2:]
        for i, n in enumerate(range(start, stop)):
            top, left = stage.rows.starts[n], stage.cols.starts[n]
            batch[i] = self._base[:, top : top + height, left : left + width]
            edges = _within(stage.changed, n, top, top + height, left, left + width)
            _paste(batch[i], (top, left), values[i], origins[i], edges)
        out = self._session.reused(batch)
        return out, np.stack([stage.rows.origins[start:stop], stage.cols.origins[start:stop]], 1)


class _Rest:
    """What is computed whole behind the last stage."""

    def __init__(self, session: Session, base: np.ndarray, changed: Part, count: int):
        self._session = session
        self._base = base
        self._changed = changed
        self._buffer = np.empty((count, *base.shape), np.float32)
        self._buffer[:] = base
        self._dirty: list[tuple[int, ...]] = []

    def __call__(
        self, values: Sequence[np.ndarray], origins: np.ndarray, start: int, stop: int
    ) -> np.ndarray:
        for i, (top, bottom, left, right) in enumerate(self._dirty):
            part = np.s_[:, top:bottom, left:right]
            self._buffer[i][part] = self._base[part]
        batch = self._buffer[: stop - start]
        height, width = batch.shape[2:]
        self._dirty = [_within(self._changed, n, 0, height, 0, width) for n in range(start, stop)]
        for i, edges in enumerate(self._dirty):
            _paste(batch[i], (0, 0), values[i], origins[i], edges)
        return self._session.fresh(batch)[0]


def _within(
    part: Part, n: int, top: int, bottom: int, left: int, right: int
) -> tuple[int, int, int, int]:
    """Cut a rectangle to a window."""
    return (
        max(part.top[n], top), min(part.bottom[n], bottom),
        max(part.left[n], left), min(part.right[n], right),
    )  # fmt: skip


def _paste(
    into: np.ndarray,
    corner: tuple[int, int],
    values: np.ndarray,
    origin: np.ndarray,
    edges: tuple[int, int, int, int],
) -> None:
    top, bottom, left, right = edges
    if top < bottom and left < right:
        into[:, top - corner[0] : bottom - corner[0], left - corner[1] : right - corner[1]] = (
            values[:, top - origin[0] : bottom - origin[0], left - origin[1] : right - origin[1]]
        )
