"""deepDreamImage and drise: random, so that only likeness can be shown."""

from __future__ import annotations

import contextlib
import io
import warnings
from collections.abc import Iterator
from typing import Any

import numpy as np

from matxai.crosscheck.ranking import confirmed, correlation, rank_correlation
from matxai.crosscheck.reading import Run
from matxai.crosscheck.results import DIFFERS, NOT_COMPARABLE, STATISTICAL, Row
from matxai.crosscheck.setting import Setting, not_comparable, options_of
from matxai.crosscheck.thresholds import LIKENESS_MARGIN, NUMERIC
from matxai.crosscheck.verdicts import compared, matlab_shaped

__all__ = ["dream_rows", "drise_rows"]

_DREAM = "deepDreamImage"
_DRISE = "drise"


def dream_rows(setting: Setting, run: Run) -> Iterator[Row]:
    """Compare a run of deepDreamImage."""
    theirs = run.output("I")
    options = {name.lower(): value for name, value in options_of(run).items()}
    layer = options.pop("layer", None)
    if theirs is None or layer is None:
        missing = "I" if theirs is None else "the option layer"
        yield not_comparable(_DREAM, "I", f"{missing} is not there", run)
        return
    if setting.net is None:
        return
    setting.report(f"{run.id}: dreaming")
    ours = _dream(setting, run, layer, options, run.seed or 0)
    found = compared(theirs, ours, NUMERIC["gradients"])
    made = {"run": run.id, "kind": "image", "theirs": theirs, "ours": ours}
    what = f"I of {layer}"
    if found.agrees or matlab_shaped(theirs).shape != matlab_shaped(ours).shape:
        yield Row(_DREAM, what, **vars(found), **made)
        return
    start = options.get("initialimage")
    verdict, why = _likeness(setting, run, layer, (theirs, ours), start)
    numbers = {"largest": found.largest, "rms": found.rms, "relative": found.relative}
    yield Row(_DREAM, what, verdict, why=why, **numbers, **made)


def _dream(
    setting: Setting, run: Run, layer: Any, options: dict[str, Any], seed: int
) -> np.ndarray:
    from matxai.explain.deepdream import deepDreamImage

    channel: Any = run.channels[0] if len(run.channels) == 1 else list(run.channels)
    with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
        # A channel that nothing activates is found by the comparison.
        warnings.simplefilter("ignore", RuntimeWarning)
        return deepDreamImage(setting.net, layer, channel, Verbose=False, Rng=seed, **options)


def _likeness(
    setting: Setting, run: Run, layer: Any, images: tuple[np.ndarray, np.ndarray], start: Any
) -> tuple[str, str]:
    """Judge a dream by what was added to its initial image, and by how it activates the channel."""
    theirs, ours = images
    added = -1.0 if start is None else _added(theirs, ours, start)
    begun = np.random.RandomState(0).random_sample(np.shape(ours)) if start is None else start
    of_theirs, of_ours, before = (
        _activation(setting, run, layer, np.asarray(image), stretched=start is None)
        for image in (theirs, ours, begun)
    )
    begin = "noise" if start is None else "the initial image"
    why = (
        f"MATLAB's activates the channel by {of_theirs:.3g}, ours by {of_ours:.3g}, {begin} by "
        f"{before:.3g}"
    )
    if start is not None:
        why += f"; what was added to the initial image correlates by {added:.2f}"
    if added >= LIKENESS_MARGIN:
        return STATISTICAL, why
    if of_ours <= before:
        return NOT_COMPARABLE, f"{why}: ours does not activate it more, so nothing can be told"
    enough = of_theirs - before >= LIKENESS_MARGIN * (of_ours - before)
    return STATISTICAL if enough else DIFFERS, why


def _added(theirs: np.ndarray, ours: np.ndarray, start: Any) -> float:
    """Correlate what was added to the same initial image."""
    from matxai.images.resize import resize

    theirs, ours = (np.atleast_3d(matlab_shaped(a)).astype(np.float64) for a in (theirs, ours))
    begun = resize(np.atleast_3d(np.asarray(start, np.float64)), theirs.shape[:2])
    if theirs.ndim > begun.ndim:
        begun = begun[..., np.newaxis]
    return correlation((theirs - begun).reshape(-1), (ours - begun).reshape(-1))


def _activation(
    setting: Setting, run: Run, layer: Any, image: np.ndarray, stretched: bool
) -> float:
    """Return the mean activation of the channels by the middle of images.

    Images that may be scaled for showing are stretched to 0…255, all alike.
    """
    from matxai.nets.activations import activations

    height, width, depth = (int(n) for n in setting.net.image_input().InputSize)
    count = len(run.channels)
    images = np.asarray(image, np.float64).reshape(*image.shape[:2], depth, -1)[..., -count:]
    down, right = (
        max(0, (n - m) // 2) for n, m in zip(images.shape, (height, width), strict=False)
    )
    means = []
    for k, channel in enumerate(run.channels):
        part = images[down : down + height, right : right + width, :, min(k, images.shape[3] - 1)]
        low, span = part.min(), np.ptp(part)
        part = (part - low) / span * 255 if stretched and span else part
        act = np.atleast_3d(activations(setting.net, part, layer))
        means.append(float(act[:, :, channel - 1].mean()))
    return float(np.mean(means))


def drise_rows(setting: Setting, run: Run) -> Iterator[Row]:
    """Compare a run of drise, if there is a detector."""
    theirs = run.output("scoreMap")
    if theirs is None:
        yield not_comparable(_DRISE, "scoreMap", "it is not in the folder", run)
        return
    if setting.detector is None or setting.folder.image is None:
        why = (
            "a folder has no detector: a network alone does not say how its outputs become boxes. "
            "In Python, crosscheck(folder, detector=f) takes yours"
        )
        yield not_comparable(_DRISE, "scoreMap", why, run)
        return
    from matxai.explain.drise import drise

    options = options_of(run)
    # The same boxes, so that maps are of the same objects.
    boxes = run.arrays.get("bboxOut")

    def drawn(number: int) -> np.ndarray:
        setting.report_run(run, number)
        seed = (run.seed or 0) + number
        return drise(
            setting.detector, setting.folder.image, boxes, Rng=seed, Progress=False, **options
        )

    maps = [drawn(number) for number in range(setting.reruns)]
    ours = maps[0]
    found = compared(theirs, ours, NUMERIC["importances"])
    made = {"run": run.id, "kind": "map", "theirs": theirs, "ours": ours}
    if found.agrees or matlab_shaped(theirs).shape != matlab_shaped(ours).shape:
        yield Row(_DRISE, "scoreMap", **vars(found), **made)
        return
    likeness = confirmed(_flat(theirs), [_flat(m) for m in maps], lambda n: _flat(drawn(n)))
    # Masks are smooth, and how large a map is depends on choices that nobody documents.
    verdict = STATISTICAL if likeness.order_fits else DIFFERS
    numbers = {"largest": found.largest, "rms": found.rms, "relative": found.relative}
    blame = ""
    if verdict == DIFFERS and _turned(theirs, ours):
        blame = "map"
    yield Row(_DRISE, "scoreMap", verdict, blame=blame, why=str(likeness), **numbers, **made)


def _turned(theirs: np.ndarray, ours: np.ndarray) -> bool:
    turned = np.swapaxes(np.atleast_3d(ours), 0, 1)
    theirs = np.atleast_3d(matlab_shaped(theirs))
    return turned.shape == theirs.shape and rank_correlation(
        turned.reshape(-1), theirs.reshape(-1)
    ) > 0.9  # fmt: skip


def _flat(maps: np.ndarray) -> np.ndarray:
    maps = np.atleast_3d(np.asarray(maps, np.float64))
    return maps.reshape(-1, maps.shape[2])
