"""The list of layers that a network shows, one for each node of its graph."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import onnx

__all__ = ["ImageInputLayer", "InputLayer", "Layer", "layers_of"]

_CLASSES = {
    "Add": "AdditionLayer",
    "AveragePool": "AveragePooling2DLayer",
    "BatchNormalization": "BatchNormalizationLayer",
    "Clip": "ClippedReLULayer",
    "Concat": "DepthConcatenationLayer",
    "Conv": "Convolution2DLayer",
    "ConvTranspose": "TransposedConvolution2DLayer",
    "Dropout": "DropoutLayer",
    "Elu": "ELULayer",
    "Flatten": "FlattenLayer",
    "Gemm": "FullyConnectedLayer",
    "GlobalAveragePool": "GlobalAveragePooling2DLayer",
    "GlobalMaxPool": "GlobalMaxPooling2DLayer",
    "LRN": "CrossChannelNormalizationLayer",
    "LeakyRelu": "LeakyReLULayer",
    "MatMul": "FullyConnectedLayer",
    "MaxPool": "MaxPooling2DLayer",
    "Mul": "MultiplicationLayer",
    "Relu": "ReLULayer",
    "Sigmoid": "SigmoidLayer",
    "Softmax": "SoftmaxLayer",
    "Tanh": "TanhLayer",
}


@dataclass(frozen=True)
class Layer:
    """A layer of a network.

    Attributes
    ----------
    Name : str
        Its name: that of the ONNX node.
    Class : str
        MATLAB's class of such a layer, ``nnet.cnn.layer.Convolution2DLayer`` for example; for a
        node without a counterpart in MATLAB ``onnx.`` and its operator.
    """

    Name: str
    Class: str
    _tensors: tuple[str, ...] = field(default=(), repr=False, compare=False)


@dataclass(frozen=True)
class InputLayer(Layer):
    """The layer of an input that is no image."""


@dataclass(frozen=True, eq=False)
class ImageInputLayer(InputLayer):
    """The layer that takes images.

    Attributes
    ----------
    InputSize : numpy.ndarray, shape (3,)
        Height, width and number of channels. A size that the network leaves open is NaN.
    """

    InputSize: np.ndarray = field(default_factory=lambda: np.full(3, np.nan))


def layers_of(graph: onnx.GraphProto, inputs: list[onnx.ValueInfoProto]) -> list[Layer]:
    """List the layers of a graph: its inputs, then its nodes in their order, constants left out."""
    layers: list[Layer] = [_input_layer(value) for value in inputs]
    taken = {layer.Name for layer in layers}
    for i, node in enumerate(n for n in graph.node if n.op_type != "Constant"):
        name = node.name or (node.output[0] if node.output else "") or f"{node.op_type}_{i}"
        while name in taken:
            name += "_1"
        taken.add(name)
        layers.append(Layer(name, _class_of(node), tuple(t for t in node.output if t)))
    return layers


def _class_of(node: onnx.NodeProto) -> str:
    name = _CLASSES.get(node.op_type)
    if name is None or node.domain not in ("", "ai.onnx"):
        return f"onnx.{node.op_type}"
    groups = next((a.i for a in node.attribute if a.name == "group"), 1)
    if name == "Convolution2DLayer" and groups > 1:
        name = "GroupedConvolution2DLayer"
    return f"nnet.cnn.layer.{name}"


def _input_layer(value: onnx.ValueInfoProto) -> InputLayer:
    dims = value.type.tensor_type.shape.dim
    if len(dims) != 4:
        kind = {2: "FeatureInputLayer", 3: "SequenceInputLayer"}.get(len(dims), "InputLayer")
        return InputLayer(value.name, f"nnet.cnn.layer.{kind}", (value.name,))
    channels, height, width = (d.dim_value if d.dim_value > 0 else np.nan for d in dims[1:])
    size = np.array([height, width, channels])
    if not np.isnan(size).any():
        size = size.astype(np.int64)
    return ImageInputLayer(
        value.name, "nnet.cnn.layer.ImageInputLayer", (value.name,), InputSize=size
    )
