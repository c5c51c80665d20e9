"""Small networks whose behaviour is known, made for the tests."""

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from matxai.nets.importing import network_from_model


def model(nodes, weights, inputs, outputs, opset=15):
    """Make an ONNX model; inputs and outputs are {name: shape}."""

    def infos(shapes):
        return [helper.make_tensor_value_info(n, TensorProto.FLOAT, s) for n, s in shapes.items()]

    initializers = [
        numpy_helper.from_array(
            np.asarray(w, np.int64 if np.asarray(w).dtype.kind == "i" else np.float32), n
        )
        for n, w in weights.items()
    ]
    graph = helper.make_graph(nodes, "Network", infos(inputs), infos(outputs), initializers)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset)], ir_version=8)


def node(op, inputs, output, **attributes):
    return helper.make_node(op, inputs, [output], name=output, **attributes)


def weighted_sum_model(weights, batch="BatchSize"):
    """Make a network whose score k is the sum of weights[k] · image; weights are K×C×H×W."""
    weights = np.asarray(weights, float)
    count = len(weights)
    nodes = [node("Flatten", ["data"], "flatten"), node("Gemm", ["flatten", "W"], "fc", transB=1)]
    return model(
        nodes,
        {"W": weights.reshape(count, -1)},
        {"data": [batch, *weights.shape[1:]]},
        {"fc": [batch, count]},
    )


def weighted_sum(weights):
    return network_from_model(weighted_sum_model(weights), "test")


def product(first, second):
    """Make a network whose one score is (Σ first·image) · (Σ second·image); weights are C×H×W."""
    first, second = np.asarray(first, float), np.asarray(second, float)
    nodes = [
        node("Flatten", ["data"], "flatten"),
        node("Gemm", ["flatten", "A"], "a", transB=1),
        node("Gemm", ["flatten", "B"], "b", transB=1),
        node("Mul", ["a", "b"], "times"),
    ]
    made = model(
        nodes,
        {"A": first.reshape(1, -1), "B": second.reshape(1, -1)},
        {"data": ["BatchSize", *first.shape]},
        {"times": ["BatchSize", 1]},
    )
    return network_from_model(made, "test")


def conv_model(size=(16, 16, 3), classes=5, seed=0, batch="BatchSize"):
    """Make a convolution, ReLU, global pooling, fully connected and softmax, weights random."""
    height, width, channels = size
    random = np.random.RandomState(seed)
    weights = {
        "mean": np.full((1, channels, 1, 1), 127.0),
        "conv_W": random.randn(8, channels, 3, 3) / 60,
        "conv_B": random.randn(8) / 10,
        "fc_W": random.randn(classes, 8),
        "fc_B": random.randn(classes),
    }
    nodes = [
        node("Sub", ["data", "mean"], "data_Sub"),
        node("Conv", ["data_Sub", "conv_W", "conv_B"], "conv_1", pads=[1, 1, 1, 1]),
        node("Relu", ["conv_1"], "relu_1"),
        node("GlobalAveragePool", ["relu_1"], "gap"),
        node("Flatten", ["gap"], "flatten"),
        node("Gemm", ["flatten", "fc_W", "fc_B"], "fc", transB=1),
        node("Softmax", ["fc"], "prob", axis=1),
    ]
    inputs = {"data": [batch, channels, height, width]}
    return model(nodes, weights, inputs, {"prob": [batch, classes]})


def conv(size=(16, 16, 3), classes=5, seed=0):
    return network_from_model(conv_model(size, classes, seed), "test")


def reshape_model(batch=1):
    """Make a network that reshapes to a fixed batch size, so that its batch cannot be opened."""
    nodes = [node("Reshape", ["data", "shape"], "flat"), node("Gemm", ["flat", "W"], "fc")]
    weights = {"shape": np.array([batch, 12]), "W": np.arange(24.0).reshape(12, 2)}
    return model(nodes, weights, {"data": [batch, 3, 2, 2]}, {"fc": [batch, 2]})


def two_inputs_model():
    nodes = [node("Add", ["a", "b"], "sum"), node("Flatten", ["sum"], "flatten")]
    shape = ["BatchSize", 3, 4, 4]
    return model(nodes, {}, {"a": shape, "b": shape}, {"flatten": ["BatchSize", 48]})


def save(made, path):
    onnx.save(made, path)
    return path
