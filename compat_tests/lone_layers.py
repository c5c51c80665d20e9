"""Graphs and networks of one layer."""

import numpy as np
from one_node import assert_same, check_gradient, model
from onnx import ModelProto, helper

import matxai as m
from matxai.nets.engines import OnnxRuntimeEngine
from matxai.nets.layer_values import making_of


def graph_of(layer, size, opset=17, batch="N") -> ModelProto:
    """Write a layer as a graph; `size` is that of one input as graphs have it, None if open."""
    made = making_of(layer).made("layer", lambda i: [None, *size])
    (fed,), (result,) = made.inputs.values(), made.outputs.values()
    nodes = [helper.make_node("Identity", ["data"], [fed]), *made.nodes]
    open_sizes = [f"S{i}" if n is None else n for i, n in enumerate(size)]
    return model(nodes, [batch, *open_sizes], [result], made.weights, opset)


def computed(layer, x, known=None, opset=17):
    """Compute a layer for x, N×C×…, on both engines, which must agree; check its gradient."""
    graph = graph_of(layer, x.shape[1:] if known is None else known, opset)
    x = x.astype(np.float32)
    assert_same(graph, x, x[:1])
    return OnnxRuntimeEngine(graph)(x)[0]


def slopes(layer, x):
    """Hold the gradient of a layer against finite differences."""
    check_gradient(graph_of(layer, x.shape[1:]), x.astype(np.float32))


def close(found, expected, share=1e-5):
    """Tell whether arrays are equal within a share of the range of values."""
    found, expected = np.asarray(found, float), np.asarray(expected, float)
    assert found.shape == expected.shape
    assert np.abs(found - expected).max() <= share * max(np.ptp(expected), 1e-3)
    return True


def network(layer, size):
    """Make a network of a layer behind one that takes images h×w×C."""
    return m.dlnetwork([m.imageInputLayer(size, Normalization="none"), layer])


def to_graph(X):
    """Turn images h×w×C×N into N×C×h×w."""
    return np.asarray(X).transpose(3, 2, 0, 1)


def to_matlab(y):
    """Turn N×C×h×w into h×w×C×N."""
    return np.asarray(y).transpose(2, 3, 1, 0)
