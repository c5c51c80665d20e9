"""The scores stage: the network of the folder, on both engines, from both files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from matxai.crosscheck.altered import altered_images
from matxai.crosscheck.diagnosing import Hypothesis, of_the_scores
from matxai.crosscheck.results import DIFFERS, NOT_COMPARABLE, Row
from matxai.crosscheck.setting import Setting, not_comparable
from matxai.crosscheck.thresholds import NUMERIC
from matxai.crosscheck.verdicts import compared

__all__ = ["before_softmax", "load_networks", "network_rows"]

_STAGE = "scores"


def load_networks(setting: Setting) -> list[str]:
    """Load the networks of the folder into the setting; return what is to be said of them."""
    folder, notes = setting.folder, []
    loaders: dict[Path | None, Callable[[Path], Any]] = {folder.onnx: _from_onnx}
    loaders[folder.mat] = lambda file: _from_mat(file, folder.network.get("variable"))
    for file, load in loaders.items():
        if file is None:
            continue
        setting.report(f"loading {file.name}")
        try:
            setting.networks[file.name] = load(file)
        except (ValueError, TypeError, OSError, NotImplementedError) as error:
            notes.append(f"{file.name} cannot be loaded: {error}")
    if not setting.networks:
        notes.append("There is no network to compute with: what needs one is not compared.")
    setting.net = next(iter(setting.networks.values()), None)
    return notes


def _from_onnx(file: Path) -> Any:
    from matxai.nets.importing import importNetworkFromONNX

    return importNetworkFromONNX(file)


def _from_mat(file: Path, variable: Any) -> Any:
    from matxai.nets.mat_files.importing import importNetworkFromMAT

    return importNetworkFromMAT(file, Variable=variable if isinstance(variable, str) else None)


def network_rows(setting: Setting) -> Iterator[Row]:
    """Compare scores and logits; choose the network that explanations are computed with."""
    folder = setting.folder
    if folder.image is None or not setting.networks:
        return
    theirs = folder.scores.get("scores")
    if theirs is None:
        yield not_comparable(_STAGE, "scores", "MATLAB's scores are not in the folder")
    found: dict[str, np.ndarray] = {}
    agreeing: list[str] = []
    for name, net in setting.networks.items():
        rows = list(_rows_of(setting, name, net, theirs, found))
        if all(row.verdict not in (DIFFERS, NOT_COMPARABLE) for row in rows[:1]):
            agreeing.append(name)
        yield from rows
    chosen = next(iter(agreeing), next(iter(found), None))
    if chosen is not None:
        setting.net, setting.scores = setting.networks[chosen], found[chosen]
    yield from _logit_rows(setting)
    yield from _between_networks(setting, found, theirs, agreeing)


def _rows_of(
    setting: Setting, name: str, net: Any, theirs: np.ndarray | None, found: dict[str, np.ndarray]
) -> Iterator[Row]:
    """Compare the scores of one network on both engines."""
    image = setting.folder.image
    first: Row | None = None
    for engine, compute in {"ONNX Runtime": _on_onnx_runtime, "torch": _on_torch}.items():
        setting.report(f"scores of {name} on {engine}")
        what = f"scores of {name} on {engine}"
        try:
            ours = compute(net, image)
        except (ValueError, TypeError, NotImplementedError, RuntimeError) as error:
            yield not_comparable(_STAGE, what, f"they cannot be computed: {error}")
            continue
        found.setdefault(name, ours)
        if theirs is None:
            if first is None:
                first = Row(_STAGE, "", NOT_COMPARABLE, ours=ours)
            else:
                what = f"scores of {name} on torch, against those on ONNX Runtime here"
                yield setting.row(_STAGE, what, first.ours, ours)
            continue
        guesses = None if first is not None else _guesses(setting, net, theirs, ours)
        row = setting.row(_STAGE, what, theirs, ours, hypotheses=guesses)
        if first is not None and row.verdict == DIFFERS and first.blame:
            row = Row(**{**vars(row), "blame": first.blame, "why": first.why})
        first = first or row
        yield row


def _guesses(
    setting: Setting, net: Any, theirs: np.ndarray, ours: np.ndarray
) -> Callable[[], Iterator[Hypothesis]]:
    folder = setting.folder
    logits, layer = folder.scores.get("logits"), before_softmax(net)

    def with_logits(image: np.ndarray) -> np.ndarray | None:
        found = _on_onnx_runtime(net, image, layer)
        agree = compared(logits, _like(logits, found), NUMERIC["scores"]).agrees
        return _on_onnx_runtime(net, image) if agree else None

    def guesses() -> Iterator[Hypothesis]:
        # What was done to the image first: another order of classes can look like anything. And
        # scores that are all 0 or 1 fit many causes, where the logits before them fit one.
        computes = [lambda image: _on_onnx_runtime(net, image)]
        if logits is not None and layer is not None:
            computes.insert(0, with_logits)
        for compute in computes:
            for guess in altered_images(folder.image, folder.original, net):
                yield Hypothesis(guess.cause, lambda i=guess.image, c=compute: c(i))
        yield from of_the_scores(theirs, ours)

    return guesses


def _like(theirs: np.ndarray, ours: np.ndarray) -> np.ndarray:
    """Bring a vector to the size of MATLAB's; 1×1×C and 1×C are the same."""
    return ours.reshape(theirs.shape) if ours.size == theirs.size == max(theirs.shape) else ours


def _on_onnx_runtime(net: Any, image: np.ndarray, layer: str | None = None) -> np.ndarray:
    from matxai.nets.arrays import matlab_array, single_image

    batch = single_image(image, net.image_input().InputSize)
    return matlab_array(net.engine("cpu", [layer or net.OutputNames[0]])(batch)[0])


def _on_torch(net: Any, image: np.ndarray) -> np.ndarray:
    import torch

    from matxai.nets.arrays import matlab_array, single_image
    from matxai.nets.differentiating import torch_module

    batch = single_image(image, net.image_input().InputSize)
    module = torch_module(net, [net.OutputNames[0]], environment="cpu")
    with torch.inference_mode():
        return matlab_array(module(torch.from_numpy(batch))[0].cpu().numpy())


def _logit_rows(setting: Setting) -> Iterator[Row]:
    theirs = setting.folder.scores.get("logits")
    if theirs is None or setting.net is None:
        return
    layer = before_softmax(setting.net)
    if layer is None:
        why = "our network has no softmax layer at its end, so none before it"
        yield not_comparable(_STAGE, "logits", why)
        return
    ours = _like(theirs, _on_onnx_runtime(setting.net, setting.folder.image, layer))
    yield setting.row(
        _STAGE,
        f"logits: output of {layer}",
        theirs,
        ours,
        hypotheses=lambda: [
            *setting.of_altered(lambda i: _like(theirs, _on_onnx_runtime(setting.net, i, layer))),
            *of_the_scores(theirs, ours),
        ],
    )


def before_softmax(net: Any) -> str | None:
    """Name the layer before the last softmax layer."""
    softmax = [layer.Name for layer in net.Layers if layer.Class.endswith(".SoftmaxLayer")]
    if not softmax:
        return None
    sources = [c.Source for c in net.Connections if c.Destination == softmax[-1]]
    return sources[0] if len(sources) == 1 and sources[0] in _names(net) else None


def _names(net: Any) -> set[str]:
    return {layer.Name for layer in net.Layers}


def _between_networks(
    setting: Setting, found: dict[str, np.ndarray], theirs: np.ndarray | None, agreeing: list[str]
) -> Iterator[Row]:
    """Hold the two files of the network against each other."""
    if len(found) != 2:
        return
    (one, ours), (other, others) = found.items()
    what = f"scores of {one} against those of {other}, both computed here"
    row = setting.row(_STAGE, what, others, ours)
    if row.verdict == DIFFERS and theirs is not None and len(agreeing) == 1:
        wrong = one if agreeing == [other] else other
        text = f"{agreeing[0]} scores as MATLAB does, so {wrong} is another network"
        row = Row(**{**vars(row), "blame": wrong, "why": f"{text} ({row.why})"})
    yield row
