"""MATLAB's class and properties of each layer, read off the nodes of an ONNX graph."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any

import numpy as np
import onnx
from onnx import numpy_helper

from matxai.nets.grouping import Group

__all__ = ["Facts", "layer_facts"]

# Class and properties of a layer, and which properties are learnable.
Reading = tuple[str, dict[str, Any], tuple[str, ...]]


class Facts:
    """What is known of a graph's tensors.

    Parameters
    ----------
    model : onnx.ModelProto
        The model.
    """

    def __init__(self, model: onnx.ModelProto):
        self._model = model
        self._weights = {w.name: w for w in model.graph.initializer}

    def weight(self, name: str) -> np.ndarray | None:
        """Return a weight, or None where the tensor is computed."""
        found = self._weights.get(name)
        return None if found is None else numpy_helper.to_array(found)

    def shape(self, name: str) -> list[int | None] | None:
        """Return the shape of a tensor, None for sizes that are open; None where unknown."""
        return self._shapes.get(name)

    @cached_property
    def _shapes(self) -> dict[str, list[int | None]]:
        try:
            model = onnx.shape_inference.infer_shapes(self._model, data_prop=True)
        except onnx.shape_inference.InferenceError:
            model = self._model
        graph = model.graph
        shapes = {w.name: list(w.dims) for w in graph.initializer}
        for value in [*graph.input, *graph.value_info, *graph.output]:
            tensor = value.type.tensor_type
            if tensor.HasField("shape"):
                shapes[value.name] = [
                    d.dim_value if d.HasField("dim_value") else None for d in tensor.shape.dim
                ]
        return shapes


def layer_facts(group: Group, facts: Facts, from_matlab: bool) -> Reading:
    """Read the class and the properties of a layer that is no input."""
    node = group.main or group.nodes[-1]
    reader = _READERS.get(node.op_type) if node.domain in ("", "ai.onnx") else None
    if reader is None:
        return f"onnx.{node.op_type}", {}, ()
    if node.op_type == "Conv" and from_matlab and _is_fully_connected(node, facts):
        reader = _fully_connected_as_convolution
    name, properties, learnables = reader(group, node, facts)
    present = {n: v for n, v in properties.items() if v is not None}
    kept = tuple(n for n in learnables if n in present)
    return (name if "." in name else f"nnet.cnn.layer.{name}"), present, kept


def _attributes(node: onnx.NodeProto) -> dict[str, Any]:
    return {a.name: onnx.helper.get_attribute_value(a) for a in node.attribute}


def _input(node: onnx.NodeProto, i: int, facts: Facts) -> np.ndarray | None:
    return facts.weight(node.input[i]) if i < len(node.input) and node.input[i] else None


def _per_channel(weight: np.ndarray | None) -> np.ndarray | None:
    """Lay a vector along the third axis, 1×1×C, as MATLAB keeps what belongs to channels."""
    return None if weight is None else weight.reshape(1, 1, -1)


def _window(attributes: dict[str, Any], size_name: str, size: Any) -> dict[str, Any]:
    """Read size, stride and padding of a window; MATLAB orders padding top, bottom, left, right."""
    rank = len(size)
    pads = attributes.get("pads", [0] * 2 * rank)
    same = attributes.get("auto_pad", b"NOTSET").startswith(b"SAME")
    padding = np.array([pads[i + rank * end] for i in range(rank) for end in (0, 1)])
    return {
        size_name: np.array(size),
        "Stride": np.array(attributes.get("strides", [1] * rank)),
        "PaddingMode": "same" if same else "manual",
        "PaddingSize": None if same else padding,
    }


# Layers with weights


def _is_fully_connected(node: onnx.NodeProto, facts: Facts) -> bool:
    """Tell a fully connected layer from a convolution: its kernel covers the whole input."""
    weight, shape = _input(node, 1, facts), facts.shape(node.input[0])
    if weight is None or shape is None or any(_attributes(node).get("pads", [])):
        return False
    return weight.ndim == 4 and list(weight.shape[1:]) == shape[1:]


def _fully_connected_as_convolution(group: Group, node: onnx.NodeProto, facts: Facts) -> Reading:
    return _fully_connected(_input(node, 1, facts), _input(node, 2, facts))


def _fully_connected(weight: np.ndarray | None, bias: np.ndarray | None) -> Reading:
    """Describe a fully connected layer, its weights K×C×H×W or K×n."""
    if weight is None:
        return "FullyConnectedLayer", {}, ()
    if weight.ndim == 4:
        # MATLAB counts an image's values down the columns: rows fastest, then columns, channels.
        moved = weight.transpose(0, 2, 3, 1)
        weight = moved.reshape(len(weight), -1, order="F")
    properties = {
        "InputSize": weight.shape[1],
        "OutputSize": weight.shape[0],
        "Weights": weight,
        "Bias": np.zeros(len(weight), weight.dtype) if bias is None else bias.reshape(-1),
    }
    return "FullyConnectedLayer", properties, ("Weights", "Bias")


def _matrix_product(group: Group, node: onnx.NodeProto, facts: Facts) -> Reading:
    weight = _input(node, 1, facts)
    if weight is None or weight.ndim != 2:
        return "onnx.MatMul", {}, ()
    flatten = next((n for n in group.nodes if n.op_type == "Flatten"), None)
    shape = facts.shape(flatten.input[0]) if flatten is not None else None
    weight = weight.T
    if shape is not None and len(shape) == 4 and None not in shape[1:]:
        weight = weight.reshape(-1, *shape[1:])
    add = next((n for n in group.nodes if n.op_type == "Add"), None)
    weights = [] if add is None else [facts.weight(n) for n in add.input]
    return _fully_connected(weight, next((w for w in weights if w is not None), None))


def _gemm(group: Group, node: onnx.NodeProto, facts: Facts) -> Reading:
    weight = _input(node, 1, facts)
    if weight is not None and not _attributes(node).get("transB", 0):
        weight = weight.T
    return _fully_connected(weight, _input(node, 2, facts))


def _convolution(group: Group, node: onnx.NodeProto, facts: Facts) -> Reading:
    weight, bias = _input(node, 1, facts), _input(node, 2, facts)
    attributes = _attributes(node)
    if weight is None:
        return "Convolution2DLayer", {}, ()
    rank = weight.ndim - 2
    groups = attributes.get("group", 1)
    filters = len(weight)
    properties = _window(attributes, "FilterSize", weight.shape[2:])
    properties["DilationFactor"] = np.array(attributes.get("dilations", [1] * rank))
    # ONNX: filters × channels × height × width. MATLAB: height × width × channels × filters.
    turned = np.moveaxis(weight, (0, 1), (-1, -2))
    bias = np.zeros(filters, weight.dtype) if bias is None else bias
    if groups == 1:
        properties |= {"NumChannels": weight.shape[1], "NumFilters": filters}
        properties |= {"Weights": turned, "Bias": bias.reshape(*[1] * rank, filters)}
        return f"Convolution{rank}DLayer", properties, ("Weights", "Bias")
    each = filters // groups
    properties |= {
        "NumGroups": groups,
        "NumChannelsPerGroup": weight.shape[1],
        "NumFiltersPerGroup": each,
        "Weights": np.moveaxis(turned.reshape(*turned.shape[:-1], groups, each), -2, -1),
        "Bias": np.moveaxis(bias.reshape(*[1] * rank, groups, each), -2, -1),
    }
    return f"GroupedConvolution{rank}DLayer", properties, ("Weights", "Bias")


def _transposed_convolution(group: Group, node: onnx.NodeProto, facts: Facts) -> Reading:
    weight, bias = _input(node, 1, facts), _input(node, 2, facts)
    attributes = _attributes(node)
    if weight is None:
        return "TransposedConvolution2DLayer", {}, ()
    rank = weight.ndim - 2
    window = _window(attributes, "FilterSize", weight.shape[2:])
    filters = weight.shape[1] * attributes.get("group", 1)
    properties = {
        "FilterSize": window["FilterSize"],
        "NumChannels": len(weight),
        "NumFilters": filters,
        "Stride": window["Stride"],
        "CroppingMode": window["PaddingMode"],
        "CroppingSize": window["PaddingSize"],
        # ONNX: channels × filters × height × width. MATLAB: height × width × filters × channels.
        "Weights": np.moveaxis(weight, (0, 1), (-1, -2)),
        "Bias": np.zeros([1] * rank + [filters], weight.dtype)
        if bias is None
        else bias.reshape(*[1] * rank, filters),
    }
    return f"TransposedConvolution{rank}DLayer", properties, ("Weights", "Bias")


def _batch_normalization(group: Group, node: onnx.NodeProto, facts: Facts) -> Reading:
    scale, offset, mean, variance = (_per_channel(_input(node, i, facts)) for i in (1, 2, 3, 4))
    properties = {
        "NumChannels": None if scale is None else scale.size,
        "TrainedMean": mean,
        "TrainedVariance": variance,
        "Epsilon": _attributes(node).get("epsilon", 1e-5),
        "Offset": offset,
        "Scale": scale,
    }
    return "BatchNormalizationLayer", properties, ("Offset", "Scale")


# ONNX orders the gates of an LSTM input, output, forget, cell; MATLAB input, forget, cell, output.
_GATES = {"LSTM": (0, 2, 3, 1), "GRU": (1, 0, 2)}


def _recurrent(group: Group, node: onnx.NodeProto, facts: Facts) -> Reading:
    attributes = _attributes(node)
    both = attributes.get("direction", b"forward") == b"bidirectional"
    hidden = attributes.get("hidden_size")
    weight, recurrent, bias = (_input(node, i, facts) for i in (1, 2, 3))
    gates = _GATES[node.op_type]

    def in_order(array: np.ndarray | None, parts: int = 1) -> np.ndarray | None:
        if array is None:
            return None
        halves = array.reshape(len(array), parts, len(gates), hidden, -1).sum(axis=1)
        ordered = halves[:, list(gates)].reshape(len(array) * len(gates) * hidden, -1)
        return ordered[:, 0] if parts > 1 else ordered

    properties = {
        "InputSize": None if weight is None else weight.shape[-1],
        "NumHiddenUnits": hidden,
        "InputWeights": in_order(weight),
        "RecurrentWeights": in_order(recurrent),
        "Bias": in_order(bias, 2),
    }
    name = f"{'Bi' if both else ''}{node.op_type}Layer"
    return name, properties, ("InputWeights", "RecurrentWeights", "Bias")


# Layers without weights


def _pooling(name: str) -> Callable[[Group, onnx.NodeProto, Facts], Reading]:
    def read(group: Group, node: onnx.NodeProto, facts: Facts) -> Reading:
        attributes = _attributes(node)
        size = attributes.get("kernel_shape", [1, 1])
        properties = _window(attributes, "PoolSize", size)
        if name == "MaxPooling":
            properties["HasUnpoolingOutputs"] = len(node.output) > 1
        return f"{name}{len(size)}DLayer", properties, ()

    return read


def _global_pooling(name: str) -> Callable[[Group, onnx.NodeProto, Facts], Reading]:
    def read(group: Group, node: onnx.NodeProto, facts: Facts) -> Reading:
        shape = facts.shape(node.input[0])
        return f"{name}{2 if shape is None else len(shape) - 2}DLayer", {}, ()

    return read


def _joining(name: str) -> Callable[[Group, onnx.NodeProto, Facts], Reading]:
    def read(group: Group, node: onnx.NodeProto, facts: Facts) -> Reading:
        if any(facts.weight(n) is not None for n in node.input):
            return f"onnx.{node.op_type}", {}, ()
        axis = _attributes(node).get("axis", 1)
        named = "ConcatenationLayer" if node.op_type == "Concat" and axis != 1 else name
        return named, {"NumInputs": len(node.input)}, ()

    return read


def _with(name: str, **read: Callable[[dict[str, Any]], Any]) -> Callable[..., Reading]:
    """Make the reader of a layer whose properties are attributes of the node."""

    def reader(group: Group, node: onnx.NodeProto, facts: Facts) -> Reading:
        attributes = _attributes(node)
        return name, {n: value(attributes) for n, value in read.items()}, ()

    return reader


def _clip(group: Group, node: onnx.NodeProto, facts: Facts) -> Reading:
    low, high = (_input(node, i, facts) for i in (1, 2))
    if high is not None and low is not None and low == 0:
        return "ClippedReLULayer", {"Ceiling": float(high)}, ()
    return "onnx.Clip", {}, ()


def _prelu(group: Group, node: onnx.NodeProto, facts: Facts) -> Reading:
    return "PReLULayer", {"Alpha": _per_channel(_input(node, 1, facts))}, ("Alpha",)


def _dropout(group: Group, node: onnx.NodeProto, facts: Facts) -> Reading:
    ratio = _input(node, 1, facts)
    given = _attributes(node).get("ratio", 0.5)
    return "DropoutLayer", {"Probability": float(given if ratio is None else ratio)}, ()


_READERS: dict[str, Callable[[Group, onnx.NodeProto, Facts], Reading]] = {
    "Add": _joining("AdditionLayer"),
    "AveragePool": _pooling("AveragePooling"),
    "BatchNormalization": _batch_normalization,
    "Clip": _clip,
    "Concat": _joining("DepthConcatenationLayer"),
    "Conv": _convolution,
    "ConvTranspose": _transposed_convolution,
    "Dropout": _dropout,
    "Elu": _with("ELULayer", Alpha=lambda a: a.get("alpha", 1.0)),
    "Flatten": _with("FlattenLayer"),
    "GRU": _recurrent,
    "Gemm": _gemm,
    "GlobalAveragePool": _global_pooling("GlobalAveragePooling"),
    "GlobalMaxPool": _global_pooling("GlobalMaxPooling"),
    "LRN": _with(
        "CrossChannelNormalizationLayer",
        WindowChannelSize=lambda a: a.get("size"),
        Alpha=lambda a: a.get("alpha", 1e-4),
        Beta=lambda a: a.get("beta", 0.75),
        K=lambda a: a.get("bias", 1.0),
    ),
    "LSTM": _recurrent,
    "LeakyRelu": _with("LeakyReLULayer", Scale=lambda a: a.get("alpha", 0.01)),
    "MatMul": _matrix_product,
    "MaxPool": _pooling("MaxPooling"),
    "MaxUnpool": _with("MaxUnpooling2DLayer"),
    "Mul": _joining("MultiplicationLayer"),
    "PRelu": _prelu,
    "Relu": _with("ReLULayer"),
    "Resize": _with("Resize2DLayer"),
    "Sigmoid": _with("SigmoidLayer"),
    "Softmax": _with("SoftmaxLayer"),
    "Sum": _joining("AdditionLayer"),
    "Tanh": _with("TanhLayer"),
}
