"""crosscheck: a folder of MATLAB's outputs in, what agrees and what does not out."""

from __future__ import annotations

import os
import platform
from collections.abc import Callable, Iterator, Mapping
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import numpy as np

from matxai.crosscheck.dreams import dream_rows, drise_rows
from matxai.crosscheck.gradcam import gradcam_rows
from matxai.crosscheck.gradients import activation_rows, attribution_rows
from matxai.crosscheck.lime import lime_rows
from matxai.crosscheck.networks import load_networks, network_rows
from matxai.crosscheck.occlusion import occlusion_rows
from matxai.crosscheck.probes import image_rows, probe_rows
from matxai.crosscheck.reading import CrosscheckError, Folder, Run, read_folder
from matxai.crosscheck.results import DIFFERS, NOT_COMPARABLE, Result, Row
from matxai.crosscheck.setting import Setting, not_comparable
from matxai.crosscheck.thresholds import RERUNS

__all__ = ["CrosscheckError", "crosscheck"]

_METHODS: Mapping[str, Callable[[Setting, Run], Iterator[Row]]] = {
    "imageLIME": lime_rows,
    "occlusionSensitivity": occlusion_rows,
    "gradCAM": gradcam_rows,
    "gradientAttribution": attribution_rows,
    "activations": activation_rows,
    "deepDreamImage": dream_rows,
    "drise": drise_rows,
}
# What computing with arrays of any size and value may raise.
_TROUBLE = (ValueError, TypeError, RuntimeError, ArithmeticError, LookupError, MemoryError)
_NEEDS_NO_CHANNEL = {"activations", "drise"}


def crosscheck(
    folder: str | os.PathLike[str],
    *,
    progress: Callable[[str], Any] | None = None,
    detector: Callable[..., Any] | None = None,
    reruns: int = RERUNS,
) -> Result:
    """Compute anew what MATLAB computed, and compare stage by stage.

    Parameters
    ----------
    folder : str or path
        A folder that `matxaiReference` wrote in MATLAB.
    progress : callable, optional
        Called with a text that says what is being done, at each step.
    detector : callable, optional
        The detector of runs of `drise`, as :func:`matxai.drise` takes it: a folder has none.
    reruns : int, default 5
        How often random methods are run here, two or more, to see how far their runs agree.

    Returns
    -------
    Result
        A row for each comparison, notes on the folder, and versions.

    Raises
    ------
    CrosscheckError
        If there is nothing to compare: no folder, no manifest, or nothing in it. It is a
        ValueError. All else that is missing or wrong is said in `notes` and the rest compared.
    """
    if isinstance(reruns, bool) or not isinstance(reruns, int) or reruns < 2:
        raise ValueError(f"reruns must be an integer of 2 or more, but is {reruns!r}.")
    read = read_folder(folder)
    setting = Setting(read, progress or (lambda text: None), detector, reruns)
    notes = [*_call_notes(read), *read.notes, *load_networks(setting), *_size_notes(setting)]
    # Foreign numbers may overflow and divide by zero; the verdicts say what came of it.
    with np.errstate(all="ignore"):
        rows = _guarded(image_rows(setting), "imresize", "the image")
        rows += _guarded(probe_rows(setting), "probe", "further probes")
        rows += _guarded(network_rows(setting), "scores", "further scores")
        for run in read.runs:
            rows += _run_rows(setting, run)
    if all(row.verdict == NOT_COMPARABLE for row in rows):
        raise CrosscheckError(_nothing(read, notes, rows))
    notes += _class_notes(setting)
    return Result(
        rows=tuple(_as_blamed(rows)),
        notes=tuple(notes),
        environment=read.environment,
        versions=_versions(),
        folder=read.path.resolve().name,
        written=read.written,
        network=read.network,
        classes=read.classes,
        image=read.image,
        runs={run.id: _described(run) for run in read.runs},
    )


def _guarded(rows: Iterator[Row], stage: str, what: str, run: Run | None = None) -> list[Row]:
    """Gather rows; what cannot be computed is said, and the rows before it stay."""
    found: list[Row] = []
    try:
        found.extend(rows)
    except _TROUBLE as error:
        said = str(error) if isinstance(error, (ValueError, TypeError)) else repr(error)
        found.append(not_comparable(stage, what, f"it cannot be computed: {said}", run))
    return found


def _run_rows(setting: Setting, run: Run) -> list[Row]:
    """Compare one run."""
    stage = run.method or "run"
    if run.problem:
        return [not_comparable(stage, run.id, run.problem, run)]
    if run.method not in _METHODS:
        why = f"the method {run.method!r} is not known here"
        return [not_comparable(stage, run.id, why, run)]
    if not run.channels and run.method not in _NEEDS_NO_CHANNEL:
        return [not_comparable(stage, run.id, "it has no channel", run)]
    rows = _guarded(_METHODS[run.method](setting, run), stage, "further stages", run)
    if not rows:
        why = "it needs a network and an image, and the folder lacks one"
        rows.append(not_comparable(stage, run.id, why, run))
    return rows


def _as_blamed(rows: list[Row]) -> Iterator[Row]:
    """Blame a difference whose cause was not found on the scores, where these differ too."""
    scores = [row for row in rows if row.stage == "scores" and row.verdict == DIFFERS]
    for row in rows:
        if row.verdict == DIFFERS and not row.blame and row.run and scores:
            why = f"the network's scores differ already; {row.why}"
            row = Row(**{**vars(row), "blame": "scores", "why": why})
        yield row


def _call_notes(folder: Folder) -> Iterator[str]:
    if folder.calls:
        yield (
            f"It has {len(folder.calls)} calls of small functions, which "
            f"scripts/golden_calls.py in the source of matxai compares."
        )


def _size_notes(setting: Setting) -> Iterator[str]:
    image, net = setting.folder.image, setting.net
    if image is None or net is None:
        return
    try:
        wanted = net.image_input().InputSize
    except (ValueError, AttributeError) as error:
        yield f"The network takes no single image: {error}"
        return
    given = (*image.shape, 1)[:3]
    if any(w == w and w != g for w, g in zip(wanted, given, strict=True)):
        sizes = ["×".join(f"{n:g}" for n in size) for size in (given, wanted)]
        yield f"The image is {sizes[0]}, but the network takes {sizes[1]}."


def _class_notes(setting: Setting) -> Iterator[str]:
    """Say where class names do not fit the scores, or labels their channels."""
    classes = setting.folder.classes
    if classes is None:
        return
    count = None if setting.scores is None else setting.scores.shape[-1]
    if count not in (None, len(classes)):
        yield f"There are {len(classes)} class names for {count} scores."
    for run in setting.folder.runs:
        for channel, label in zip(run.channels, run.labels, strict=False):
            named = classes[channel - 1] if 1 <= channel <= len(classes) else None
            if named != label:
                yield (
                    f"{run.id}: channel {channel} is {label!r} in MATLAB, but class {channel} of "
                    f"the folder is {named!r}: classes may be off by some."
                )


def _nothing(folder: Folder, notes: list[str], rows: list[Row]) -> str:
    said = [*notes, *(f"{row.stage}, {row.what}: {row.why}" for row in rows)]
    reasons = " ".join(said[:8]) or "The manifest lists nothing."
    return f"there is nothing to compare in {str(folder.path)!r}. {reasons}"


def _described(run: Run) -> dict[str, Any]:
    return {
        "method": run.method,
        "channels": list(run.channels),
        "labels": list(run.labels),
        "options": {name: _short(value) for name, value in run.options.items()},
        "seed": run.seed,
        "seconds": run.seconds,
    }


def _short(value: Any) -> Any:
    shape = getattr(value, "shape", None)
    return value if shape is None else f"{'×'.join(map(str, shape))} array"


def _versions() -> dict[str, str]:
    from matxai import __version__

    found = {"matxai": __version__, "python": platform.python_version()}
    for name in ("numpy", "onnxruntime", "torch"):
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "not installed"
    return found
