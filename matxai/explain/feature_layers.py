"""Which layers gradCAM looks at, where nobody says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from matxai.nets.flavours import DAGNetwork
from matxai.nets.network import Network

__all__ = ["automatic_feature_layer", "automatic_reduction_layer", "layers_before"]

_RELU = re.compile(r"\.(|Leaky|Clipped|P)ReLULayer$|\.ELULayer$")
_JOIN = re.compile(r"\.(Addition|(Depth)?Concatenation)Layer$")
_SAME = re.compile(r"\.DropoutLayer$|^onnx\.Identity$")
# A fully connected layer that was exported as a convolution has its own class.
_CONVOLUTION = re.compile(r"\.(Grouped)?Convolution\dDLayer$")


def automatic_reduction_layer(net: Network) -> str:
    """Name the layer whose output is the score.

    It is the last output of a dlnetwork, and of the older classes the layer before the output
    layer.
    """
    return net.Connections[-1].Source if isinstance(net, DAGNetwork) else net.OutputNames[-1]


def automatic_feature_layer(net: Network, reduction: str, image: np.ndarray) -> str:
    """Name the layer whose features are weighted.

    Of the layers before the reduction layer that have more than one pixel, it is the last ReLU
    layer, or layer that gathers the outputs of ReLU layers; where there is none, the last
    convolutional layer.

    Parameters
    ----------
    net : Network
        The network.
    reduction : str
        Name of the reduction layer.
    image : numpy.ndarray, shape (1, C, H, W)
        What to find the sizes with that the network leaves open.

    Raises
    ------
    ValueError
        If there is no such layer.
    """
    # Layers are copied whenever somebody asks for them.
    every = {layer.Name: layer.Class for layer in net.Layers}
    sources = _sources(net, every)
    before = _before(sources, reduction)
    classes = {name: kind for name, kind in every.items() if name in before}
    convolutions = [name for name, kind in classes.items() if _CONVOLUTION.search(kind)]
    for names in (_gathering(sources, classes), convolutions):
        found = _with_space(net, names, image)
        if found:
            return found[-1]
    raise ValueError(
        f"FeatureLayer must be given: before {reduction!r}, net has neither a ReLU layer nor a "
        f"convolutional layer whose output is larger than one pixel."
    )


def layers_before(net: Network, name: str) -> set[str]:
    """Name the layers that the output of a layer is computed from, without itself."""
    return _before(_sources(net, [layer.Name for layer in net.Layers]), name)


def _before(sources: Mapping[str, Sequence[str]], name: str) -> set[str]:
    # An output that is no layer's, but that of a node inside of one, comes after all layers.
    waiting = list(sources.get(name, sources))
    found: set[str] = set()
    while waiting:
        layer = waiting.pop()
        if layer not in found:
            found.add(layer)
            waiting.extend(sources.get(layer, ()))
    return found


def _sources(net: Network, names: Iterable[str]) -> dict[str, list[str]]:
    """For each layer, name those that it reads."""
    sources: dict[str, list[str]] = {name: [] for name in names}

    def layer_of(end: str) -> str:
        # "add/in2" is an input of "add"; but names of layers can have slashes as well.
        return end if end in sources else end.rpartition("/")[0]

    for source, destination in net.Connections:
        sources[layer_of(destination)].append(layer_of(source))
    return sources


def _gathering(sources: Mapping[str, Sequence[str]], classes: Mapping[str, str]) -> list[str]:
    """List the ReLU layers, and the layers that gather their outputs."""
    # Layers with the values of ReLU layers, those that only hand them on among them.
    rectified: set[str] = set()
    found = []
    for name, kind in classes.items():
        reads = rectified.intersection(sources[name])
        gathers = _RELU.search(kind) or (reads and _JOIN.search(kind))
        if gathers:
            found.append(name)
        if gathers or (reads and _SAME.search(kind)):
            rectified.add(name)
    return found


def _with_space(net: Network, names: Sequence[str], image: np.ndarray) -> list[str]:
    """Keep the layers whose output is larger than one pixel."""
    sizes = {name: net.activation_size(name) for name in names}
    unknown = [name for name, size in sizes.items() if size is None or None in size[:-1]]
    if unknown:
        outputs = net.engine("cpu", unknown)(image)
        sizes |= {n: (*y.shape[2:], y.shape[1]) for n, y in zip(unknown, outputs, strict=True)}
    return [name for name in names if any(n > 1 for n in sizes[name][:-1])]
