"""occlusionSensitivity, stage by stage: the coarse map, its upsampling, and both together."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any

import numpy as np

from matxai.crosscheck.diagnosing import Cause, Hypothesis, moved_maps, scaled_maps, turned_maps
from matxai.crosscheck.occlusion_masks import mask_row, moved_map
from matxai.crosscheck.reading import Run
from matxai.crosscheck.results import Row
from matxai.crosscheck.setting import Setting, not_comparable, options_of
from matxai.crosscheck.thresholds import NUMERIC
from matxai.crosscheck.upsampling import blame_stages, upsampled_row, upsampling_of

__all__ = ["occlusion_rows"]

_STAGE = "occlusionSensitivity"
_ROWS, _COLUMNS = ("up", "down"), ("left", "right")


def occlusion_rows(setting: Setting, run: Run) -> Iterator[Row]:
    """Compare a run of occlusionSensitivity."""
    theirs, coarse = run.output("scoreMap"), run.arrays.get("coarse")
    coarse_row = upsampled = None
    masks = mask_row(setting, run) if setting.can_compute else None
    if masks is not None:
        yield masks
    if coarse is not None and setting.can_compute:
        setting.report(f"{run.id}: coarse map")
        ours = _map(setting, run, OutputUpsampling="none")
        coarse_row = setting.row(
            _STAGE, "coarse map", coarse, ours, "map", run, NUMERIC["occlusion"],
            lambda: _guesses(setting, run, coarse, ours, "none"),
        )  # fmt: skip
        yield coarse_row
    if theirs is None:
        yield not_comparable(_STAGE, "scoreMap", "it is not in the folder", run)
        return
    if coarse is not None:
        upsampled = upsampled_row(setting, _STAGE, run, coarse, theirs)
        if upsampled is not None:
            yield upsampled
    if not setting.can_compute:
        return
    setting.report(f"{run.id}: end to end")
    whole = _map(setting, run)
    method = upsampling_of(run)
    row = setting.row(
        _STAGE, "scoreMap, end to end", theirs, whole, "map", run, NUMERIC["occlusion"],
        None if coarse_row else lambda: _guesses(setting, run, theirs, whole, method),
    )  # fmt: skip
    yield blame_stages(row, coarse_row, upsampled)


def _map(setting: Setting, run: Run, **changed: Any) -> np.ndarray:
    from matxai.explain.occlusion import occlusionSensitivity

    image = changed.pop("image", setting.folder.image)
    channels = changed.pop("channels", run.channels)
    channel: Any = channels[0] if len(channels) == 1 else list(channels)
    options = {n: v for n, v in options_of(run).items() if n.lower() not in _lower(changed)}
    layer = next((options.pop(n) for n in list(options) if n.lower() == "layer"), None)
    what = (channel,) if layer is None else (layer, channel)
    return occlusionSensitivity(setting.net, image, *what, Progress=False, **options, **changed)


def _lower(options: dict[str, Any]) -> set[str]:
    return {name.lower() for name in options}


def _guesses(
    setting: Setting, run: Run, theirs: np.ndarray, ours: np.ndarray, method: str
) -> Iterator[Hypothesis]:
    """Guess what may be different in MATLAB's map; cheap guesses first."""
    yield from turned_maps(theirs, ours)
    yield from moved_maps(theirs, ours) if method == "none" else ()
    yield from setting.of_channels(
        run, lambda moved: _map(setting, run, channels=moved, OutputUpsampling=method)
    )
    yield from setting.of_altered(
        lambda image: _map(setting, run, image=image, OutputUpsampling=method)
    )
    yield from _mask_guesses(setting, run, method)
    summed = "activations over the places of the output"
    yield from scaled_maps(theirs, ours, _area(setting), summed)


def _area(setting: Setting) -> float | None:
    """Return the number of places of the output, where it has more than one."""
    if setting.scores is None or setting.scores.ndim < 3:
        return None
    return float(setting.scores.shape[0] * setting.scores.shape[1])


def _mask_guesses(setting: Setting, run: Run, method: str) -> Iterator[Hypothesis]:
    if "layer" in _lower(options_of(run)):
        return
    for down, right in product((0, 1, -1), repeat=2):
        if down or right:
            where = [words[by > 0] for by, words in ((down, _ROWS), (right, _COLUMNS)) if by]
            text = (
                f"the mask is shifted by one pixel: in MATLAB it lies further {' and '.join(where)}"
            )
            yield Hypothesis(
                Cause("mask", text),
                lambda d=down, r=right: moved_map(setting, run, (d, r), method),
            )
    for name, values in {
        "MaskValue": ((0, "the mask is black, not the mean colour"),),
        "MaskClipping": (
            ("off", "masks are not clipped at the edges"), ("on", "masks are clipped at the edges"),
        ),
    }.items():  # fmt: skip
        for value, text in values:
            changed = {name: value, "OutputUpsampling": method}
            yield Hypothesis(Cause("mask", text), lambda c=changed: _map(setting, run, **c))
