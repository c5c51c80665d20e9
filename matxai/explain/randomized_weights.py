"""Copies of a network of which some layers have weights that mean nothing."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping
from functools import cached_property

import numpy as np
import onnx
from onnx import numpy_helper

from matxai.lang.random import Source
from matxai.nets.network import Network

__all__ = ["redrawn_weights", "weighted_layers", "with_weights"]

# Which inputs of an operator are learnt. Statistics of a batch normalization are not: a negative
# variance would leave nothing to compute with.
_LEARNT = {
    "Conv": (1, 2),
    "ConvTranspose": (1, 2),
    "Gemm": (0, 1, 2),
    "MatMul": (0, 1),
    "BatchNormalization": (1, 2),
    "InstanceNormalization": (1, 2),
    "LayerNormalization": (1, 2),
    "PRelu": (1,),
    "LSTM": (1, 2, 3),
    "GRU": (1, 2, 3),
    "RNN": (1, 2, 3),
}
_BESIDE = {"Add": (0, 1)}


def weighted_layers(net: Network) -> dict[str, list[str]]:
    """List the layers whose weights can be drawn anew, the last one first.

    Returns
    -------
    dict of str to list of str
        For each layer the names of its weights in the graph. Weights that layers share belong to
        the last of them; those without differences, which cannot be told from settings, to none.
    """
    weights = {w.name: w for w in net._model.graph.initializer}
    layer_of = {
        tensor: (name, group)
        for name, group in zip(net._names, net._groups, strict=True)
        for node in group.nodes
        for tensor in node.output
    }
    found: dict[str, list[str]] = {}
    taken: set[str] = set()
    for node in reversed(net._model.graph.node):
        known = next((layer_of[t] for t in node.output if t in layer_of), None)
        if known is None:
            continue
        name, group = known
        for tensor in _learnt(node, group.nodes):
            if tensor in weights and tensor not in taken and _varies(weights[tensor]):
                taken.add(tensor)
                found.setdefault(name, []).append(tensor)
    return found


def _learnt(node: onnx.NodeProto, beside: Iterable[onnx.NodeProto]) -> list[str]:
    places = _LEARNT.get(node.op_type, ())
    if any(other.op_type in ("MatMul", "Conv") for other in beside):
        places = places or _BESIDE.get(node.op_type, ())
    return [node.input[i] for i in places if i < len(node.input)]


def _varies(weight: onnx.TensorProto) -> bool:
    values = numpy_helper.to_array(weight)
    return values.dtype.kind == "f" and values.size > 1 and bool(np.ptp(values) > 0)


def redrawn_weights(
    net: Network, names: Iterable[str], source: Source
) -> dict[str, onnx.TensorProto]:
    """Draw weights from the normal distribution with the mean and deviation of each tensor."""
    weights = {w.name: w for w in net._model.graph.initializer}
    drawn = {}
    for name in names:
        values = numpy_helper.to_array(weights[name])
        mean, deviation = values.mean(dtype=np.float64), values.std(dtype=np.float64)
        noise = source.standard_normal(values.size).reshape(values.shape)
        drawn[name] = numpy_helper.from_array((mean + deviation * noise).astype(values.dtype), name)
    return drawn


def with_weights(net: Network, weights: Mapping[str, onnx.TensorProto]) -> Network:
    """Copy a network with other weights; the network itself is left as it is.

    Scores and gradients are those of the other weights. Of a network that was put together of
    layers, the copy's Layers and Learnables still show the weights that they were given.
    """
    model = onnx.ModelProto()
    model.CopyFrom(net._model)
    for weight in model.graph.initializer:
        if weight.name in weights:
            weight.CopyFrom(weights[weight.name])
    changed = copy.copy(net)
    for name in list(vars(changed)):
        # What was read off the old weights.
        if isinstance(getattr(type(changed), name, None), cached_property):
            delattr(changed, name)
    changed._model = model
    changed._engines, changed._modules = {}, {}
    return changed
