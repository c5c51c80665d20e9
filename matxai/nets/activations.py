"""activations: what a layer makes of images."""

from __future__ import annotations

from typing import Any

import numpy as np

from matxai.arguments import any_of, one_of, positive_integer, text
from matxai.calling import matlab_function
from matxai.nets.inference import network, results_of
from matxai.nets.network import Network
from matxai.nets.sequences import Given, scored, takes_sequences

__all__ = ["activations", "layer_name"]

_name_or_index = any_of(text, positive_integer)


def layer_name(net: Network, layer: str | int, name: str = "layer") -> str:
    """Find a layer by its name or by its index, counted from 1.

    Raises
    ------
    TypeError
        If `layer` is neither text nor number.
    ValueError
        If there is no such layer.
    """
    layer = _name_or_index(layer, name)
    if isinstance(layer, str):
        return net._known(layer)
    if layer > len(net.Layers):
        raise ValueError(
            f"{name} must be a layer's name or its index from 1 to {len(net.Layers)}, the number "
            f"of layers, but is {layer}."
        )
    return net.Layers[layer - 1].Name


@matlab_function(
    "act",
    accepts={
        "net": network,
        "layer": _name_or_index,
        "OutputAs": one_of("channels", "rows", "columns"),
        "MiniBatchSize": positive_integer,
        "ExecutionEnvironment": one_of("auto", "gpu", "cpu"),
    },
)
def activations(
    net: Network,
    X: Any,
    layer: str | int,
    *,
    OutputAs: str = "channels",
    MiniBatchSize: int = 128,
    ExecutionEnvironment: str = "auto",
) -> np.ndarray:
    """Compute the activations of a layer.

    Parameters
    ----------
    net : DAGNetwork or SeriesNetwork
        The network; a dlnetwork is taken as well.
    X : array, H×W×C or H×W×C×N (H×W where C is 1)
        One image or N of them, of the network's input size and with raw values. For a network of
        sequences: one sequence C×T, or a list of them; for a dlnetwork T×C.
    layer : str or int
        Name of the layer, or its number in ``net.Layers``, counted from 1.
    OutputAs : {"channels", "rows", "columns"}
        Shape of the activations.
    MiniBatchSize : int, default 128
        Most images that are scored at once.
    ExecutionEnvironment : {"auto", "gpu", "cpu"}
        Where the network is scored. "auto" takes a GPU when there is one.

    Returns
    -------
    numpy.ndarray of float32
        "channels": h×w×C×N, for one image h×w×C, of 3-D images h×w×d×C×N; a layer without spatial
        dimensions has h = w = d = 1.
        "rows": N×(h·w·C), one row for each image, h×w×C taken down the columns. "columns":
        (h·w·C)×N. For sequences C×T, for a dlnetwork T×C, and a list of these for a list; C×N for
        a layer without time, or N×C for "rows".

    Raises
    ------
    TypeError
        If an argument is of a wrong kind.
    ValueError
        If there is no such layer, or `X` has another size than the network takes; if OutputAs is
        not "channels" for a layer that puts out sequences.
    ExecutionEnvironmentError
        If a GPU is asked for and there is none. It is a ValueError.

    Notes
    -----
    Options and shapes are as MathWorks documents them, or as they are commonly known. That a
    dlnetwork is taken is chosen here, and shapes for sequences are.

    Examples
    --------
    >>> import numpy as np
    >>> from matxai import activations, imagePretrainedNetwork
    >>> net = imagePretrainedNetwork("efficientnet-lite0")
    >>> activations(net, np.zeros((224, 224, 3)), "conv_head_relu").shape
    (7, 7, 1280)
    >>> activations(net, np.zeros((224, 224, 3, 2)), "fc", OutputAs="rows").shape
    (2, 1000)
    """
    name = layer_name(net, layer)
    if takes_sequences(net):
        return _of_sequences(net, X, name, OutputAs, MiniBatchSize, ExecutionEnvironment)
    raw = results_of(net, X, [name], MiniBatchSize, ExecutionEnvironment)[0]
    ones = [1] * (net.image_dimensions() - 1)
    shaped = raw.reshape(*raw.shape, *ones) if raw.ndim == 2 else raw
    if OutputAs == "channels":
        channels = np.moveaxis(shaped, (1, 0), (-2, -1))
        return channels[..., 0] if len(raw) == 1 else channels
    # MATLAB counts down the columns of h×w×C, so rows vary first and channels last.
    rows = np.moveaxis(shaped, 1, -1).reshape(len(raw), -1, order="F")
    return rows if OutputAs == "rows" else rows.T


def _of_sequences(
    net: Network, X: Any, name: str, shape: str, mini_batch_size: int, environment: str
) -> Any:
    given = Given.of(net, X)
    (found,) = scored(net, given.sequences, [name], mini_batch_size, environment)
    shaped = given.shaped(found, net.sequence_labels)
    if found[0].ndim == 1:
        return shaped if shape == "rows" else shaped.T
    if shape != "channels":
        raise ValueError(
            f'activations: OutputAs must be "channels" for the layer {name!r}, which puts out '
            f"sequences, but is {shape!r}."
        )
    return shaped
