"""gradCAM, stage by stage: the layers, the coarse map, its upsampling, and all together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from matxai.crosscheck.diagnosing import Cause, Hypothesis, scaled_maps, turned_maps
from matxai.crosscheck.networks import before_softmax
from matxai.crosscheck.reading import Run
from matxai.crosscheck.results import DIFFERS, EXACT, Row
from matxai.crosscheck.setting import Setting, not_comparable, options_of
from matxai.crosscheck.thresholds import NUMERIC
from matxai.crosscheck.upsampling import blame_stages, upsampled_row, upsampling_of

__all__ = ["gradcam_rows"]

_STAGE = "gradCAM"


def gradcam_rows(setting: Setting, run: Run) -> Iterator[Row]:
    """Compare a run of gradCAM."""
    theirs, coarse = run.output("scoreMap"), run.arrays.get("coarse")
    coarse_row = upsampled = None
    layers = _layers(run)
    chosen_as_matlab = True
    if setting.can_compute:
        setting.report(f"{run.id}: layers and coarse map")
        ours, *names = _computed(setting, run, OutputUpsampling="none", nargout=3)
        if layers:
            row = _layer_row(run, layers, names)
            chosen_as_matlab = row.verdict == EXACT
            yield row
        if coarse is not None:
            coarse_row = _coarse_row(setting, run, layers, coarse, ours, chosen_as_matlab)
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
    whole = _computed(setting, run)
    method = upsampling_of(run)
    row = setting.row(
        _STAGE, "scoreMap, end to end", theirs, whole, "map", run, NUMERIC["gradients"],
        None if coarse_row else lambda: _guesses(setting, run, {}, theirs, whole, method),
    )  # fmt: skip
    if row.verdict == DIFFERS and not chosen_as_matlab and not _differs(coarse_row):
        why = "another layer is chosen here; on MATLAB's layers the maps agree"
        row = Row(**{**vars(row), "blame": "layers", "why": why})
        if coarse_row is None:
            row = Row(**{**vars(row), "why": "another layer is chosen here"})
    yield blame_stages(row, coarse_row, upsampled)


def _differs(row: Row | None) -> bool:
    return row is not None and row.verdict == DIFFERS


def _layers(run: Run) -> dict[str, str]:
    """Return the layers that MATLAB chose, by the names of our options."""
    chosen = {name.lower(): value for name, value in run.chosen.items()}
    found = {n: chosen.get(n.lower()) for n in ("FeatureLayer", "ReductionLayer")}
    return {n: v for n, v in found.items() if isinstance(v, str) and v}


def _layer_row(run: Run, theirs: dict[str, str], names: list[str]) -> Row:
    ours = dict(zip(("FeatureLayer", "ReductionLayer"), names, strict=True))
    other = [n for n, value in theirs.items() if value != ours[n]]
    if not other:
        why = ", ".join(f"{n} is {v}" for n, v in theirs.items())
        return Row(_STAGE, "layers chosen", EXACT, why=why, run=run.id)
    why = "; ".join(f"{n} is {theirs[n]} in MATLAB and {ours[n]} here" for n in other)
    return Row(_STAGE, "layers chosen", DIFFERS, blame="layers", why=why, run=run.id)


def _computed(setting: Setting, run: Run, **changed: Any) -> Any:
    from matxai.explain.gradcam import gradCAM

    image = changed.pop("image", setting.folder.image)
    channels = changed.pop("channels", run.channels)
    channel: Any = channels[0] if len(channels) == 1 else list(channels)
    given = {name.lower() for name in changed}
    options = {n: v for n, v in options_of(run).items() if n.lower() not in given}
    return gradCAM(setting.net, image, channel, **options, **changed)


def _coarse_row(
    setting: Setting,
    run: Run,
    layers: dict[str, str],
    theirs: np.ndarray,
    ours: np.ndarray,
    chosen_as_matlab: bool,
) -> Row:
    what = "coarse map"
    if layers and not chosen_as_matlab:
        what = "coarse map, on MATLAB's layers"
        try:
            ours = _computed(setting, run, OutputUpsampling="none", **layers)
        except (ValueError, TypeError) as error:
            return not_comparable(_STAGE, what, f"it cannot be computed: {error}", run)
    return setting.row(
        _STAGE, what, theirs, ours, "map", run, NUMERIC["gradients"],
        lambda: _guesses(setting, run, layers, theirs, ours, "none"),
    )  # fmt: skip


def _guesses(
    setting: Setting,
    run: Run,
    layers: dict[str, str],
    theirs: np.ndarray,
    ours: np.ndarray,
    method: str,
) -> Iterator[Hypothesis]:
    fixed = {**layers, "OutputUpsampling": method}
    yield from turned_maps(theirs, ours)
    yield from setting.of_channels(
        run, lambda moved: _computed(setting, run, channels=moved, **fixed)
    )
    yield from setting.of_altered(lambda image: _computed(setting, run, image=image, **fixed))
    before = before_softmax(setting.net)
    if before is not None:
        text = f"MATLAB differentiates the layer before the softmax, {before}"
        changed = {**fixed, "ReductionLayer": before}
        yield Hypothesis(Cause("layers", text), lambda: _computed(setting, run, **changed))
    places = float(ours.shape[0] * ours.shape[1]) if method == "none" else None
    summed = "derivatives over the places of the features"
    yield from scaled_maps(theirs, ours, places, summed)
