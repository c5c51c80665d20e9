"""imageLIME, stage by stage: features, their importances, the painted map, and all together."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from matxai.crosscheck.diagnosing import Cause, Hypothesis, first_cause, scaled_maps, turned_maps
from matxai.crosscheck.lime_runs import (
    columns,
    drawn_importances,
    flat,
    importances_on,
    painted,
    segmented,
)
from matxai.crosscheck.lime_samples import recorded_presence
from matxai.crosscheck.ranking import Likeness, confirmed, correlation, rank_correlation
from matxai.crosscheck.reading import Run
from matxai.crosscheck.regions import compare_regions, moved_regions
from matxai.crosscheck.results import DIFFERS, STATISTICAL, Row
from matxai.crosscheck.setting import Setting, blamed, not_comparable, options_of
from matxai.crosscheck.thresholds import NUMERIC as BOUNDS
from matxai.crosscheck.verdicts import compared, matlab_shaped

__all__ = ["lime_rows"]

_STAGE = "imageLIME"
_GUESS_SAMPLES = 512


def lime_rows(setting: Setting, run: Run) -> Iterator[Row]:
    """Compare a run of imageLIME."""
    features = run.output("featureMap", 1)
    importance = run.output("featureImportance", 2)
    score_map = run.output("scoreMap", 0)
    stages: list[Row] = []
    runs: list[np.ndarray] = []
    if features is None or setting.folder.image is None:
        missing = "it" if features is None else "the image"
        yield not_comparable(_STAGE, "featureMap", f"{missing} is not in the folder", run)
    else:
        stages.append(_feature_row(setting, run, features))
        yield stages[-1]
    same = bool(stages) and stages[0].verdict != DIFFERS
    if setting.can_compute and features is not None and importance is not None:
        for row in _importance_rows(setting, run, features, importance, runs):
            stages.append(row)
            yield row
    if features is not None and importance is not None and score_map is not None:
        stages.append(_painted_row(setting, run, features, importance, score_map))
        yield stages[-1]
    if score_map is None:
        yield not_comparable(_STAGE, "scoreMap", "it is not in the folder", run)
    elif setting.can_compute:
        row = _whole_row(setting, run, score_map, features if same else None, runs)
        yield _blamed_on_stages(row, stages)


def _blamed_on_stages(whole: Row, stages: list[Row]) -> Row:
    """Say of a map that differs from end to end which of its stages that comes from."""
    wrong = next((row for row in stages if row.verdict == DIFFERS), None)
    if whole.verdict != DIFFERS or wrong is None:
        return whole
    name = wrong.what.split(",")[0]
    why = f"{name} differs: {wrong.why}"
    return Row(**{**vars(whole), "blame": wrong.blame or name, "why": why})


def _feature_row(setting: Setting, run: Run, theirs: np.ndarray) -> Row:
    ours = segmented(run, setting.folder.image)
    image = setting.folder.image
    return compare_regions(
        setting,
        _STAGE,
        "featureMap",
        theirs,
        ours,
        run,
        lambda: [
            *(
                Hypothesis(guess.cause, lambda i=guess.image: segmented(run, i))
                for guess in setting.altered()
                if guess.image.shape == image.shape
            ),
            *moved_regions(theirs, ours),
        ],
    )


def _importance_rows(
    setting: Setting, run: Run, features: np.ndarray, theirs: np.ndarray, runs: list[np.ndarray]
) -> Iterator[Row]:
    what = "featureImportance, with MATLAB's featureMap"
    presence = recorded_presence(setting, run, features)
    if presence is not None:
        setting.report(f"{run.id}: importances of MATLAB's {len(presence)} samples")
        ours = importances_on(setting, run, features, 0, Presence=presence)
        yield setting.row(
            _STAGE, f"{what} and its samples", theirs, columns(ours), run=run,
            bound=BOUNDS["scores"],
        )  # fmt: skip
    for number in range(setting.reruns):
        runs.append(drawn_importances(setting, run, features, number))
    yield _judged_row(setting, run, what, features, columns(theirs, runs[0]), runs)


def _judged_row(
    setting: Setting,
    run: Run,
    what: str,
    features: np.ndarray,
    theirs: np.ndarray,
    runs: list[np.ndarray],
) -> Row:
    """Compare with the run of MATLAB's seed first, and else with the spread of our runs."""
    ours = columns(runs[0])
    found = compared(theirs, ours, BOUNDS["importances"])
    made = {"run": run.id, "theirs": theirs, "ours": ours}
    if found.agrees:
        why = "the random numbers of MATLAB's seed are ours"
        return Row(_STAGE, what, **{**vars(found), "why": why}, **made)
    if theirs.shape != ours.shape:
        return Row(_STAGE, what, DIFFERS, why=found.why, **made)
    if not np.isfinite(theirs).all():
        return Row(_STAGE, what, found.verdict, place=found.place, why=found.why, **made)
    likeness = confirmed(
        theirs, runs, lambda number: drawn_importances(setting, run, features, number)
    )
    numbers = {"largest": found.largest, "rms": found.rms, "relative": found.relative}
    verdict = STATISTICAL if likeness.fits else DIFFERS
    row = Row(_STAGE, what, verdict, why=str(likeness), **numbers, **made)
    if likeness.fits:
        return row
    cause = _cause(setting, run, features, theirs, likeness)
    return row if cause is None else blamed(row, cause)


def _cause(
    setting: Setting, run: Run, features: np.ndarray, theirs: np.ndarray, found: Likeness
) -> Cause | None:
    if found.order_fits:
        return _scale_cause(run, found.scale)

    def agrees(array: np.ndarray) -> bool:
        ours = columns(array)
        if ours.shape != theirs.shape:
            return False
        pairs = list(zip(theirs.T, ours.T, strict=True))
        # What explains a difference has to be clearly like it, not only less unlike.
        enough = max(0.7, found.least_values)
        return all(max(correlation(a, b), rank_correlation(a, b)) >= enough for a, b in pairs)

    return setting.cause(_guesses(setting, run, features, theirs), agrees)


def _scale_cause(run: Run, scale: float) -> Cause:
    options = {name.lower(): value for name, value in options_of(run).items()}
    samples = float(options.get("numsamples", 2048))
    for factor, said in ((samples, "sums"), (1 / samples, "means")):
        if abs(np.log(scale / factor)) < 0.3:
            other = "means" if said == "sums" else "sums"
            text = f"MATLAB's importances are {said} over the {samples:g} samples, ours {other}"
            return Cause("importances", text)
    return Cause("importances", f"MATLAB's importances are ours scaled by about {scale:.3g}")


def _guesses(
    setting: Setting, run: Run, features: np.ndarray, theirs: np.ndarray
) -> Iterator[Hypothesis]:
    seed = run.seed or 0
    options = {name.lower(): value for name, value in options_of(run).items()}
    # A cause shows in few samples, and each guess costs a run.
    fewer = {"NumSamples": min(_GUESS_SAMPLES, int(options.get("numsamples", _GUESS_SAMPLES)))}
    base = importances_on(setting, run, features, seed, **fewer)
    yield Hypothesis(
        Cause("importances", "MATLAB's importances have the other sign"), lambda: -base
    )
    yield Hypothesis(
        Cause("importances", "MATLAB's importances belong to the features in reverse order"),
        lambda: base[::-1],
    )
    yield Hypothesis(
        Cause("importances", "MATLAB's importances belong to the transposed featureMap"),
        lambda: importances_on(setting, run, features.T, seed, **fewer),
    )
    yield from setting.of_channels(
        run, lambda moved: importances_on(setting, run, features, seed, channels=moved, **fewer)
    )
    yield from setting.of_altered(
        lambda image: importances_on(setting, run, features, seed, image=image, **fewer)
    )


def _painted_row(
    setting: Setting, run: Run, features: np.ndarray, importance: np.ndarray, theirs: np.ndarray
) -> Row:
    """Paint MATLAB's importances on MATLAB's features: nothing random is in that."""
    what = "scoreMap, painted from MATLAB's featureMap and featureImportance"
    try:
        ours = painted(run, features, importance)
    except (ValueError, TypeError) as error:
        return not_comparable(_STAGE, what, f"it cannot be painted: {error}", run)
    return setting.row(
        _STAGE, what, theirs, ours, "map", run, BOUNDS["painting"],
        lambda: [*turned_maps(theirs, ours), *scaled_maps(theirs, ours)],
    )  # fmt: skip


def _whole_row(
    setting: Setting,
    run: Run,
    theirs: np.ndarray,
    features: np.ndarray | None,
    runs: list[np.ndarray],
) -> Row:
    """Compare the map with maps that owe nothing to MATLAB's stages."""
    what = "scoreMap, end to end"
    own = segmented(run, setting.folder.image)
    # With the same features these runs are those of our own features too.
    importances = list(runs) if features is not None else []
    used = own if features is None else features

    def another(number: int) -> np.ndarray:
        return flat(painted(run, used, columns(drawn_importances(setting, run, used, number))))

    while len(importances) < max(2, setting.reruns):
        importances.append(drawn_importances(setting, run, used, len(importances)))
    maps = [painted(run, used, columns(values)) for values in importances]
    ours, theirs = matlab_shaped(maps[0]), matlab_shaped(theirs)
    found = compared(theirs, ours, BOUNDS["importances"])
    made = {"run": run.id, "kind": "map", "theirs": theirs, "ours": ours}
    if found.verdict != DIFFERS or theirs.shape != ours.shape or not np.isfinite(theirs).all():
        return Row(_STAGE, what, **vars(found), **made)
    likeness = confirmed(flat(theirs), [flat(m) for m in maps], another)
    numbers = {"largest": found.largest, "rms": found.rms, "relative": found.relative}
    if likeness.fits:
        return Row(_STAGE, what, STATISTICAL, why=str(likeness), **numbers, **made)
    row = Row(_STAGE, what, DIFFERS, why=str(likeness), **numbers, **made)
    if not likeness.order_fits:
        enough = max(0.7, likeness.least_values)
        turned = first_cause(
            turned_maps(theirs, ours),
            lambda a: (
                a.shape == theirs.shape and correlation(a.reshape(-1), theirs.reshape(-1)) >= enough
            ),
        )
        return row if turned is None else blamed(row, turned)
    return blamed(row, _scale_cause(run, likeness.scale))
