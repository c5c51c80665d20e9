"""gradientAttribution and activations."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from matxai.crosscheck.diagnosing import Cause, Hypothesis, scaled_maps, turned_maps
from matxai.crosscheck.reading import Run
from matxai.crosscheck.results import DIFFERS, Row
from matxai.crosscheck.setting import Setting, blamed, not_comparable, options_of
from matxai.crosscheck.thresholds import NUMERIC

__all__ = ["activation_rows", "attribution_rows"]

_GRADIENT = "gradientAttribution"
_ACTIVATIONS = "activations"


def attribution_rows(setting: Setting, run: Run) -> Iterator[Row]:
    """Compare a run of gradientAttribution: the gradient, the map of MATLAB's gradient, the map."""
    gradient, theirs = run.arrays.get("gradient"), run.output("scoreMap")
    gradient_row = map_row = None
    if setting.can_compute:
        setting.report(f"{run.id}: gradient")
        ours_map, ours = _computed(setting, run)
        if gradient is not None:
            gradient_row = setting.row(
                _GRADIENT, "gradient", gradient, ours, "values", run, NUMERIC["gradients"],
                lambda: _guesses(setting, run, gradient, ours, 1),
            )  # fmt: skip
            yield gradient_row
    if theirs is None:
        yield not_comparable(_GRADIENT, "scoreMap", "it is not in the folder", run)
        return
    if gradient is not None:
        mapped = _mapped(gradient)
        map_row = setting.row(
            _GRADIENT, "scoreMap, of MATLAB's gradient", theirs, mapped, "map", run,
            NUMERIC["painting"], lambda: _map_guesses(theirs, mapped, gradient),
        )  # fmt: skip
        yield map_row
    if setting.can_compute:
        row = setting.row(
            _GRADIENT, "scoreMap, end to end", theirs, ours_map, "map", run, NUMERIC["gradients"],
            None if gradient_row else lambda: _guesses(setting, run, theirs, ours_map, 0),
        )  # fmt: skip
        yield _with_stage(row, gradient_row, map_row)


def _with_stage(whole: Row, gradient: Row | None, mapped: Row | None) -> Row:
    for name, row in (("gradient", gradient), ("map made of the gradient", mapped)):
        if whole.verdict == DIFFERS and row is not None and row.verdict == DIFFERS:
            why = f"the {name} differs: {row.why}"
            return Row(**{**vars(whole), "blame": row.blame or name.split()[0], "why": why})
    return whole


def _computed(setting: Setting, run: Run, **changed: Any) -> tuple[np.ndarray, np.ndarray]:
    from matxai.explain.gradient import gradientAttribution

    image = changed.pop("image", setting.folder.image)
    channels = changed.pop("channels", run.channels)
    channel: Any = channels[0] if len(channels) == 1 else list(channels)
    given = {name.lower() for name in changed}
    options = {n: v for n, v in options_of(run).items() if n.lower() not in given}
    return gradientAttribution(
        setting.net, image, channel, Progress=False, nargout=2, **options, **changed
    )


def _guesses(
    setting: Setting, run: Run, theirs: np.ndarray, ours: np.ndarray, output: int
) -> Iterator[Hypothesis]:
    yield from turned_maps(theirs, ours)
    yield from setting.of_channels(
        run, lambda moved: _computed(setting, run, channels=moved)[output]
    )
    yield from setting.of_altered(lambda image: _computed(setting, run, image=image)[output])
    for method in ("autodiff", "guided-backprop", "zeiler-fergus"):
        text = f"MATLAB's is that of the method {method}"
        yield Hypothesis(
            Cause("method", text), lambda m=method: _computed(setting, run, Method=m)[output]
        )
    yield from scaled_maps(theirs, ours)


def _mapped(gradient: np.ndarray, greatest: bool = False) -> np.ndarray:
    """Make the map of a gradient, H×W×C or H×W×C×K."""
    size = np.abs(gradient.astype(np.float64))
    size = size[:, :, np.newaxis] if size.ndim == 2 else size
    summed = size.max(axis=2) if greatest else size.sum(axis=2)
    return _rescaled(summed)


def _rescaled(maps: np.ndarray) -> np.ndarray:
    low = maps.min(axis=(0, 1), keepdims=True)
    span = maps.max(axis=(0, 1), keepdims=True) - low
    return np.divide(maps - low, span, out=np.zeros_like(maps), where=span > 0)


def _map_guesses(
    theirs: np.ndarray, ours: np.ndarray, gradient: np.ndarray
) -> Iterator[Hypothesis]:
    text = "MATLAB's map has the greatest of the channels' derivatives, ours their sum"
    yield Hypothesis(Cause("map", text), lambda: _mapped(gradient, greatest=True))
    size = np.abs(gradient.astype(np.float64))
    text = "MATLAB's map is not rescaled to 0…1"
    yield Hypothesis(Cause("map", text), lambda: size.sum(axis=2))
    yield from turned_maps(theirs, ours)
    yield from scaled_maps(theirs, ours)


def activation_rows(setting: Setting, run: Run) -> Iterator[Row]:
    """Compare the activations of a layer."""
    theirs = run.output("act")
    options = {name.lower(): value for name, value in options_of(run).items()}
    layer = options.pop("layer", None)
    if theirs is None or not isinstance(layer, str):
        missing = "act" if theirs is None else "the option layer"
        yield not_comparable(_ACTIVATIONS, f"act of {layer}", f"{missing} is not there", run)
        return
    if not setting.can_compute:
        return
    setting.report(f"{run.id}: activations of {layer}")

    def compute(image: np.ndarray) -> np.ndarray:
        from matxai.nets.activations import activations

        act = activations(setting.net, image, layer, **options)
        # Vectors may stand as C×1, 1×C or 1×1×C.
        same_vector = act.size == theirs.size == max(theirs.shape)
        return act.reshape(theirs.shape) if same_vector else act

    ours = compute(setting.folder.image)
    row = setting.row(
        _ACTIVATIONS, f"act of {layer}", theirs, ours, "values", run, NUMERIC["activations"],
        lambda: [*setting.of_altered(compute),
            *turned_maps(theirs, ours),
            *scaled_maps(theirs, ours),
        ],
    )  # fmt: skip
    if row.verdict == DIFFERS and not row.blame and theirs.shape == np.shape(ours):
        row = _of_channels(setting, row)
    yield row


def _of_channels(setting: Setting, row: Row) -> Row:
    """Find channels that stand one place further."""
    from matxai.crosscheck.diagnosing import of_the_scores
    from matxai.crosscheck.verdicts import compared

    classes = [h for h in of_the_scores(row.theirs, row.ours) if h.cause.stage == "classes"]
    cause = setting.cause(classes, lambda a: compared(row.theirs, a, NUMERIC["activations"]).agrees)
    return row if cause is None else blamed(row, cause)
