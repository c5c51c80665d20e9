"""From the groups of nodes to the list of layers and its learnable parameters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import onnx

from matxai.nets.grouping import Group
from matxai.nets.layers import Image3DInputLayer, ImageInputLayer, InputLayer, Layer
from matxai.nets.layouts import sequence_format
from matxai.nets.properties import Facts, layer_facts

__all__ = ["Learnable", "describe_layers", "learnables_of"]

_IMAGES = {4: ImageInputLayer, 5: Image3DInputLayer}
_OTHER_INPUTS = {3: "SequenceInputLayer", 2: "FeatureInputLayer"}


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
    if len(dims) not in _IMAGES:
        kind = _OTHER_INPUTS.get(len(dims), "InputLayer")
        axis = sequence_format(value).index("C") if len(dims) == 3 else -1
        size = dims[axis].dim_value if dims and dims[axis].dim_value > 0 else np.nan
        return InputLayer(name, f"nnet.cnn.layer.{kind}", {"InputSize": size})
    channels, *spatial = (d.dim_value if d.dim_value > 0 else np.nan for d in dims[1:])
    size = np.array([*spatial, channels])
    if not np.isnan(size).any():
        size = size.astype(np.int64)
    properties = {"InputSize": size} | _normalization(group, facts)
    kind = _IMAGES[len(dims)]
    return kind(name, f"nnet.cnn.layer.{kind.__name__}", properties)


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
    """Return the weight of a node in MATLAB's order, 1×1×C or H×W×C, of 3-D images H×W×D×C."""
    weight = next((w for w in map(facts.weight, node.input) if w is not None), None)
    if weight is None:
        return None
    while weight.ndim < 4:
        weight = weight[np.newaxis]
    return np.moveaxis(weight[0], 0, -1)


def learnables_of(layers: Sequence[Layer]) -> list[Learnable]:
    """List the learnable parameters of all layers."""
    return [
        Learnable(layer.Name, parameter, getattr(layer, parameter))
        for layer in layers
        for parameter in getattr(layer, "_learnables", ())
    ]
