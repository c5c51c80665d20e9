"""From the groups of nodes to the list of layers, its connections and learnable parameters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import onnx

from matxai.nets.grouping import Group
from matxai.nets.layers import ImageInputLayer, InputLayer, Layer
from matxai.nets.properties import Facts, layer_facts

__all__ = ["Connection", "Learnable", "connections_of", "describe_layers", "learnables_of"]

_OTHER_INPUTS = {3: "SequenceInputLayer", 2: "FeatureInputLayer"}
_SEVERAL_OUTPUTS = ("out", "indices")


class Connection(NamedTuple):
    """A connection of two layers; of several inputs or outputs, the name says which."""

    Source: str
    Destination: str


class Learnable(NamedTuple):
    """A learnable parameter of a layer."""

    Layer: str
    Parameter: str
    Value: np.ndarray


def describe_layers(
    model: onnx.ModelProto,
    facts: Facts,
    groups: Sequence[Group],
    names: Sequence[str],
    from_matlab: bool,
) -> list[Layer]:
    """Describe each group of nodes as MATLAB describes a layer."""
    values = {value.name: value for value in model.graph.input}
    layers: list[Layer] = []
    for group, name in zip(groups, names, strict=True):
        if group.name in values and (group.main is None):
            layers.append(_input_layer(values[group.name], group, name, facts))
        else:
            layers.append(Layer(name, *layer_facts(group, facts, from_matlab)))
    return layers


def _input_layer(value: onnx.ValueInfoProto, group: Group, name: str, facts: Facts) -> InputLayer:
    dims = value.type.tensor_type.shape.dim
    if len(dims) != 4:
        kind = _OTHER_INPUTS.get(len(dims), "InputLayer")
        size = dims[-1].dim_value if dims and dims[-1].dim_value > 0 else np.nan
        return InputLayer(name, f"nnet.cnn.layer.{kind}", {"InputSize": size})
    channels, height, width = (d.dim_value if d.dim_value > 0 else np.nan for d in dims[1:])
    size = np.array([height, width, channels])
    if not np.isnan(size).any():
        size = size.astype(np.int64)
    properties = {"InputSize": size} | _normalization(group, facts)
    return ImageInputLayer(name, "nnet.cnn.layer.ImageInputLayer", properties)


def _normalization(group: Group, facts: Facts) -> dict[str, Any]:
    """Read what is done to an image first, off the nodes that the input layer has."""
    nodes = [node for node in group.nodes if node.op_type != "Transpose"]
    steps = [(node.op_type, _constant(node, facts)) for node in nodes]
    if not steps:
        return {"Normalization": "none"}
    if any(value is None for _, value in steps):
        return {"Normalization": "custom"}
    ops, values = zip(*steps, strict=True)
    if ops == ("Sub",):
        return {"Normalization": "zerocenter", "Mean": values[0]}
    if ops == ("Sub", "Div") and _has_weight(nodes[1], "_Range"):
        properties = {"Min": values[0], "Max": values[0] + values[1]}
        return {"Normalization": "rescale-zero-one"} | properties
    if ops == ("Sub", "Div") and _has_weight(nodes[1], "_HalfRange"):
        properties = {"Min": values[0] - values[1], "Max": values[0] + values[1]}
        return {"Normalization": "rescale-symmetric"} | properties
    if ops == ("Sub", "Div"):
        return {"Normalization": "zscore", "Mean": values[0], "StandardDeviation": values[1]}
    return {"Normalization": "custom"}


def _has_weight(node: onnx.NodeProto, suffix: str) -> bool:
    """Tell rescaling by the names that matxai gives its weights, as it looks like a z-score."""
    return any(name.endswith(suffix) for name in node.input)


def _constant(node: onnx.NodeProto, facts: Facts) -> np.ndarray | None:
    """Return the weight of a node in MATLAB's order, 1×1×C or H×W×C."""
    weight = next((w for w in map(facts.weight, node.input) if w is not None), None)
    if weight is None:
        return None
    while weight.ndim < 4:
        weight = weight[np.newaxis]
    return weight[0].transpose(1, 2, 0)


def connections_of(groups: Sequence[Group], names: Sequence[str]) -> list[Connection]:
    """List which layer's output goes where, in the order of the destinations."""
    source_of: dict[str, str] = {}
    for group, name in zip(groups, names, strict=True):
        source_of[group.tensor] = name
        for node in group.nodes:
            several = node.op_type == "MaxPool" and sum(map(bool, node.output)) > 1
            for i, tensor in enumerate(node.output):
                part = f"/{_SEVERAL_OUTPUTS[i]}" if several else ""
                source_of[tensor] = name + part
            if group.main is not None and node.op_type == "Shape" and group.main is not node:
                source_of[node.output[0]] = f"{name}/size"
        if not group.nodes:
            source_of[group.name] = name
    connections = []
    for group, name in zip(groups, names, strict=True):
        own = {t for node in group.nodes for t in node.output} | {group.name}
        inputs = [t for node in group.nodes for t in node.input if t in source_of and t not in own]
        # A helper beside the main node may read the same input again.
        inputs = inputs if _joins(group) else list(dict.fromkeys(inputs))
        for i, tensor in enumerate(inputs):
            suffix = f"/in{i + 1}" if len(inputs) > 1 else ""
            connections.append(Connection(source_of[tensor], name + suffix))
    return connections


def _joins(group: Group) -> bool:
    return group.main is not None and group.main.op_type in ("Add", "Concat", "Mul", "Sum")


def learnables_of(layers: Sequence[Layer]) -> list[Learnable]:
    """List the learnable parameters of all layers."""
    return [
        Learnable(layer.Name, parameter, getattr(layer, parameter))
        for layer in layers
        for parameter in layer._learnables
    ]
