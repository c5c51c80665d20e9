"""``matxai explain``: a map of what a network sees in an image, as PNG and as numbers."""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import Any

from matxai.files import write_whole

__all__ = ["METHODS", "run_explain"]

METHODS = {
    "lime": "imageLIME",
    "occlusion": "occlusionSensitivity",
    "gradcam": "gradCAM",
    "gradient": "gradientAttribution",
}

# What each puts out, by MATLAB's names.
_OUTPUTS = {
    "lime": ("scoreMap", "featureMap", "featureImportance"),
    "occlusion": ("scoreMap",),
    "gradcam": ("scoreMap", "featureLayer", "reductionLayer"),
    "gradient": ("scoreMap", "gradient"),
}


def run_explain(given: argparse.Namespace) -> int:
    """Explain an image with each method, and write the maps and the numbers."""
    import numpy as np

    import matxai

    methods = list(dict.fromkeys(given.method or ["lime"]))
    options_of = _shared_out(dict(map(_option, given.options)), methods)
    net, class_names = _network(given)
    X = _image(given.image, net.image_input().InputSize)
    scores = matxai.predict(net, X)
    totals = scores[0] if scores.ndim == 2 else scores.sum(axis=(0, 1))
    channels = _channels(given, class_names, totals)
    for method in methods:
        function, options = getattr(matxai, METHODS[method]), options_of[method]
        outputs = _OUTPUTS[method]
        parts = function(net, X, channels, nargout=len(outputs), **options)
        parts = parts if len(outputs) > 1 else (parts,)
        numbers = dict(zip(outputs, parts, strict=True)) | {
            "X": X,
            "channelIdx": np.array(channels, float),
            "scores": scores,
            "method": METHODS[method],
            "options": options or np.array([]),
            "matxaiVersion": matxai.__version__,
        }
        if class_names is not None:
            numbers["classNames"] = np.array(class_names, dtype=object)
        _write_explanation(given, method, numbers, X, channels, class_names, totals)
    return 0


def _shared_out(options: dict[str, Any], methods: list[str]) -> dict[str, dict[str, Any]]:
    """Give each method the options that it has; one that none has goes to all, to be refused."""
    import inspect

    import matxai

    has = {
        method: {n.lower() for n in inspect.signature(getattr(matxai, METHODS[method])).parameters}
        for method in methods
    }
    known = set().union(*has.values())
    return {
        method: {n: v for n, v in options.items() if n.lower() in has[method] | {n.lower()} - known}
        for method in methods
    }


def _network(given: argparse.Namespace) -> tuple[Any, list[str] | None]:
    """Load the network, and the class names where there are any."""
    from matxai import imagePretrainedNetwork, importNetworkFromMAT, importNetworkFromONNX

    names = None
    if given.classes is not None:
        names = given.classes.read_text(encoding="utf-8-sig").splitlines()
    if given.net.lower().endswith(".mat"):
        net = importNetworkFromMAT(given.net)
        classes = getattr(net.Layers[-1], "Classes", None)
        return net, classes.tolist() if names is None and classes is not None else names
    if given.net.lower().endswith(".onnx") or Path(given.net).exists():
        return importNetworkFromONNX(given.net), names
    if names is not None:
        return imagePretrainedNetwork(given.net), names
    net, pretrained = imagePretrainedNetwork(given.net, nargout=2)
    return net, pretrained.tolist()


def _image(file: Path, input_size: Any) -> Any:
    """Read an image and bring it to the network's size; a grey one to colour if need be."""
    import numpy as np

    from matxai import imread, imresize

    X = imread(file)
    if X.ndim == 2 and input_size[2] == 3:
        X = np.dstack([X] * 3)
    return X if np.isnan(input_size).any() else imresize(X, input_size[:2])


def _channels(given: argparse.Namespace, names: list[str] | None, scores: Any) -> list[int]:
    """Say which channels to explain, counted from 1."""
    if names is not None and len(names) != len(scores):
        raise ValueError(
            f"--classes has {len(names)} names, but the network's output has {len(scores)} "
            f"channels."
        )
    if given.label and names is None:
        raise ValueError("--class needs --classes FILE, the network's class names, one a line.")
    if given.label:
        return [_class_channel(label, names) for label in given.label]
    return given.channel or [int(scores.argmax()) + 1]


def _class_channel(label: str, names: list[str]) -> int:
    import difflib

    if label in names:
        return names.index(label) + 1
    near = difflib.get_close_matches(label, names, 3, 0.5)
    meant = f" Near to it are {', '.join(map(repr, near))}." if near else ""
    raise ValueError(f"--class: the network has no class {label!r}.{meant}")


def _option(text: str) -> tuple[str, Any]:
    """Read NAME=VALUE, the value as MATLAB would write it."""
    import ast

    name, equals, value = text.partition("=")
    if not equals or not name:
        raise ValueError(f"--set takes NAME=VALUE, but is {text!r}.")
    if re.fullmatch(r"\[.*\]", value.strip()):
        value = "[" + ",".join(re.split(r"[\s,]+", value.strip()[1:-1].strip())) + "]"
    try:
        return name.strip(), ast.literal_eval(value)
    except (ValueError, SyntaxError):
        return name.strip(), value.strip("\"'")


def _write_explanation(
    given: argparse.Namespace,
    method: str,
    numbers: dict[str, Any],
    X: Any,
    channels: list[int],
    names: list[str] | None,
    scores: Any,
) -> None:
    import numpy as np
    from scipy.io import savemat

    from matxai.graphics.overlay import draw_overlays

    def label(channel: int) -> str:
        name = names[channel - 1] if names else f"channel {channel}"
        return f"{name}: {scores[channel - 1]:.3g}"

    score_map = numbers["scoreMap"]
    maps = np.moveaxis(np.atleast_3d(score_map), 2, 0)
    figure = draw_overlays(
        X, maps, [given.image.name, *map(label, channels)], f"{numbers['method']}, {given.net}"
    )
    stem = given.out / f"{given.image.stem}_{method}"
    png, mat = stem.with_name(stem.name + ".png"), stem.with_name(stem.name + ".mat")
    write_whole(png, lambda file: figure.savefig(file, format="png", dpi=110))
    write_whole(mat, lambda file: savemat(file, numbers, do_compression=True, oned_as="column"))
    print(f"{METHODS[method]} of {', '.join(map(label, channels))}: wrote {png} and {mat}")
