"""analyzeNetwork: the layers of a network as a table."""

from __future__ import annotations

import numpy as np

from matxai.calling import matlab_function
from matxai.nets.inference import network
from matxai.nets.layer_values import class_of
from matxai.nets.layers import ImageInputLayer, Layer
from matxai.nets.network import Network

__all__ = ["analyzeNetwork"]


@matlab_function(accepts={"net": network})
def analyzeNetwork(net: Network) -> None:
    """Print the layers of a network, with the sizes of their activations and parameters.

    Parameters
    ----------
    net : dlnetwork, DAGNetwork or SeriesNetwork
        The network.

    Raises
    ------
    TypeError
        If `net` is no network.

    Notes
    -----
    MATLAB opens a window; what the columns hold is documented, their layout is chosen. Sizes of
    activations are height × width × channels for one image; a size that is open is "any".

    Examples
    --------
    >>> from matxai import analyzeNetwork, imagePretrainedNetwork
    >>> net = imagePretrainedNetwork("efficientnet-lite0")
    >>> analyzeNetwork(net)
         Name  ...
      1  input  ...
    """
    rows = [
        (
            str(i + 1),
            layer.Name,
            class_of(layer).removeprefix("nnet.cnn.layer."),
            _spelled(net.activation_size(layer.Name)),
            _parameters(layer),
        )
        for i, layer in enumerate(net.Layers)
    ]
    header = ("", "Name", "Class", "Activations", "Learnables")
    widths = [max(len(row[k]) for row in [header, *rows]) for k in range(len(header))]
    for row in [header, *rows]:
        number, *texts = row
        cells = [f"{text:<{width}}" for text, width in zip(texts, widths[1:], strict=True)]
        print("  ".join([f"{number:>{widths[0]}}", *cells]).rstrip())
    print(f"\n{_totals(net)}")


def _spelled(size: tuple[int | None, ...] | None) -> str:
    if size is None:
        return "unknown"
    return " × ".join("any" if n is None else str(n) for n in size)


def _parameters(layer: Layer) -> str:
    return ", ".join(
        f"{name} {' × '.join(map(str, np.shape(getattr(layer, name))))}"
        for name in getattr(layer, "_learnables", ())
    )


def _totals(net: Network) -> str:
    learnables = sum(np.size(learnable.Value) for learnable in net.Learnables)
    images = [layer.InputSize for layer in net.Layers if isinstance(layer, ImageInputLayer)]
    taken = f", input {_spelled(tuple(images[0]))}" if len(images) == 1 else ""
    return (
        f"{len(net.Layers)} layers, {len(net.Connections)} connections, "
        f"{learnables:,} learnable parameters{taken}"
    )
