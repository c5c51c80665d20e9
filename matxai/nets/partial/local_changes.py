"""Scores of an image of which parts are changed, equal to those of whole passes."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import numpy as np

from matxai.nets.graph import real_inputs
from matxai.nets.partial.grouping import BATCH
from matxai.nets.partial.parts import Parts
from matxai.nets.partial.planning import Plan, Planner
from matxai.nets.partial.rectangles import Rectangles
from matxai.nets.partial.running import Context, GroupRun
from matxai.nets.partial.sessions import Buffer, cores

__all__ = ["LocalChanges", "RectangleChanges", "UnexpectedSizeError", "local_changes"]


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


def local_changes(
    parts: Parts, output: str, change: RectangleChanges, most: int
) -> LocalChanges | None:
    """Prepare to score an image with each of several rectangles of it changed.

    Parameters
    ----------
    parts : Parts
        The network's parts; those that are made are kept there.
    output : str
        The tensor that is wanted.
    change : RectangleChanges
        The image and what is changed.
    most : int
        Most images that are held at once.

    Returns
    -------
    LocalChanges or None
        None where whole passes are about as fast, or the only way.
    """
    trail = parts.trail(output, change.image.shape)
    plan = None if trail is None else Planner(trail, Rectangles(change.boxes)).best()
    parts.tidy()
    try:
        return None if plan is None else LocalChanges(parts, output, plan, change, most)
    except UnexpectedSizeError:
        return None


class UnexpectedSizeError(ValueError):
    """What was planned with does not hold: pooling whose sizes are rounded up is told otherwise."""


class LocalChanges:
    """Scores changes as a plan says; see :func:`local_changes`."""

    def __init__(
        self,
        parts: Parts,
        output: str,
        plan: Plan,
        change: RectangleChanges,
        most: int,
    ):
        self.plan = plan
        self._workers = min(cores(), most)
        self._batch_size = max(1, min(BATCH, most // self._workers))
        source = real_inputs(parts.model.graph)[0].name
        known = _known(parts, source, plan, change.image)
        filled = change.filled
        if plan.start != source:
            session = parts.session(filled.shape, source, plan.start)
            filled = session.fresh(filled[np.newaxis])[0][0]
        context = Context(parts, plan, known, filled, output)
        self._groups = [GroupRun(group, context) for group in plan.groups]
        self._of_thread = threading.local()

    def batches(self) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        """Return numbers of changes and the outputs for them, until all are scored."""
        size = self._batch_size
        tasks = [
            (group, group.numbers[i : i + size])
            for group in self._groups
            for i in range(0, len(group.numbers), size)
        ]
        pool = ThreadPoolExecutor(self._workers)
        try:
            yield from pool.map(self._scored, *zip(*tasks, strict=True))
        finally:
            pool.shutdown(cancel_futures=True)

    def _scored(self, group: GroupRun, numbers: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        if not hasattr(self._of_thread, "buffers"):
            # One for what a session is fed, and one for what comes out.
            self._of_thread.buffers = Buffer(), Buffer()
        return numbers, group(numbers, *self._of_thread.buffers)


def _known(parts: Parts, source: str, plan: Plan, image: np.ndarray) -> Mapping[str, np.ndarray]:
    """Compute what no change reaches, at all cuts."""
    stages = [stage for group in plan.groups for stage in group.stages]
    ends = [stage.target for stage in stages] + [group.last for group in plan.groups]
    names = [name for name in dict.fromkeys([plan.start, *ends]) if name != source]
    known = {source: image}
    if names:
        base = parts.session(image.shape, source, *names).fresh(image[np.newaxis])
        known |= {name: b[0] for name, b in zip(names, base, strict=True)}
    if any(list(known[name].shape) != plan.sizes[name] for name in [plan.start, *names]):
        raise UnexpectedSizeError("ONNX Runtime's maps have other sizes than ONNX says")
    return known
