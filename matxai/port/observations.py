"""What networks return for one image: a row of scores, one label."""

from __future__ import annotations

from dataclasses import replace

from matxai.port.knowledge import ANY, Kind

__all__ = ["ONE_ROW", "is_one_row", "learned", "of_one_image", "open_dimensions"]

# The sizes of an array of two dimensions that is one row high, as wide as need be.
ONE_ROW = (1, -1)
_CLASSIFIER = Kind("classifier", "scalar")
_SCORES = Kind("single", "matrix", 2, safe=True, length=ONE_ROW)
_LABEL = Kind("categorical", "row", length=1)
_SCORE = Kind("single", "row", safe=True, length=1)
_NAMES = (
    "imagePretrainedNetwork googlenet squeezenet resnet18 resnet50 resnet101 alexnet vgg16 vgg19 "
    "mobilenetv2 efficientnetb0 inceptionv3 densenet201 xception shufflenet darknet19 darknet53 "
    "inceptionresnetv2 nasnetlarge nasnetmobile"
)
_PRETRAINED = frozenset(_NAMES.split())


def is_one_row(kind: Kind) -> bool:
    """Tell whether a value is a row in MATLAB that has two dimensions in Python."""
    return kind.shape == "matrix" and kind.length == ONE_ROW


def open_dimensions(kind: Kind) -> int | None:
    """Return how many dimensions may be longer than 1; None where that is not known."""
    if isinstance(kind.length, tuple):
        return sum(n != 1 for n in kind.length)
    if kind.shape in ("grid", "rowish"):
        return 2
    return kind.rank or None if kind.shape == "matrix" else None


def learned(net: Kind, X: Kind) -> Kind | None:
    """Return what a network is that classifies an image; None where that is known already."""
    image = X.shape == "matrix" and X.numeric and X.rank == 3
    return Kind("network", "scalar", items=_CLASSIFIER) if image and net.items is None else None


def of_one_image(name: str, arguments: list[Kind], made: list[Kind], options: bool) -> list[Kind]:
    """Return what the outputs of a function are, knowing networks that classify images."""
    if name in _PRETRAINED:
        return [replace(made[0], items=_CLASSIFIER), *made[1:]]
    if name == "dag2dlnetwork" and arguments:
        return [replace(made[0], items=arguments[0].items)]
    if len(arguments) < 2 or options:
        return made
    net, X = arguments[:2]
    sure = net.items == _CLASSIFIER and net.name == "network"
    image = X.shape == "matrix" and X.numeric and 0 < X.rank <= 3
    if name == "classify" and image and (sure or X.rank == 3) and len(arguments) == 2:
        return [_LABEL, _SCORES, *made[2:]][: len(made)]
    if name in ("predict", "minibatchpredict") and image and sure and len(arguments) == 2:
        return [_SCORES, *made[1:]]
    if name == "activations" and image and sure and len(arguments) == 3:
        return [replace(made[0], rank=3), *made[1:]]
    if name == "scores2label" and is_one_row(net):
        return [_LABEL, _SCORE, ANY][: len(made)]
    return made
