"""Guided backpropagation and Zeiler–Fergus: the changed backward passes."""

import numpy as np
import pytest
import tiny_networks as tiny
from hypothesis import given
from hypothesis import strategies as st

from matxai import gradientAttribution, predict
from matxai.explain.rectifiers import rectified_module
from matxai.nets.importing import network_from_model

SIZE = (3, 4, 2)
BOUNDS = {"zero": 0.0, "six": 6.0, "below": -1.0}


def two_layers(rectifier, hidden=7, seed=0):
    """Make fully connected, rectifier, fully connected, and the same as a function of matrices."""
    random = np.random.RandomState(seed)
    count = int(np.prod(SIZE))
    first, bias, second = random.randn(hidden, count), random.randn(hidden), random.randn(3, hidden)
    height, width, channels = SIZE
    nodes = [
        tiny.node("Flatten", ["data"], "flatten"),
        tiny.node("Gemm", ["flatten", "A", "b"], "first", transB=1),
        rectifier,
        tiny.node("Gemm", ["rectified", "C"], "second", transB=1),
    ]
    weights = {"A": first, "b": bias, "C": second} | BOUNDS
    made = tiny.model(
        nodes, weights, {"data": ["N", channels, height, width]}, {"second": ["N", 3]}
    )
    return network_from_model(made, "test"), first, bias, second


RELU = tiny.node("Relu", ["first"], "rectified")
CLIPPED = tiny.node("Clip", ["first", "zero", "six"], "rectified")
OPEN_CLIP = tiny.node("Clip", ["first", "zero"], "rectified")
RECTIFIERS = {"relu": (RELU, np.inf), "clipped": (CLIPPED, 6.0), "open clip": (OPEN_CLIP, np.inf)}


def by_definition(method, X, first, bias, second, ceiling):
    """Hand the gradient of each output back, layer by layer."""
    reached = first @ X.transpose(2, 0, 1).ravel().astype(float) + bias
    arriving = np.maximum(second, 0)
    if method == "guided-backprop":
        arriving = arriving * ((reached > 0) & (reached < ceiling))
    height, width, channels = SIZE
    return (arriving @ first).reshape(3, channels, height, width).transpose(2, 3, 1, 0)


@pytest.mark.parametrize("method", ["guided-backprop", "zeiler-fergus"])
@pytest.mark.parametrize("kind", RECTIFIERS)
@pytest.mark.tier(
    "documented",
    'ReLU layers hand back what is positive: for `"guided-backprop"` where their input is'
    ' positive, for `"zeiler-fergus"` everywhere',
)
@given(seed=st.integers(0, 1000), scale=st.sampled_from([0.3, 1.0, 4.0]))
def test_what_arrives_is_cut_at_zero(method, kind, seed, scale):
    rectifier, ceiling = RECTIFIERS[kind]
    net, *matrices = two_layers(rectifier, seed=seed)
    X = np.random.RandomState(seed + 1).randn(*SIZE).astype(np.float32) * scale
    expected = by_definition(method, X, *matrices, ceiling)
    found = gradientAttribution(net, X, [1, 2, 3], Method=method, nargout=2)[1]
    assert np.abs(found - expected).max() < 1e-4


@pytest.mark.tier(
    "chosen",
    'Clipped ReLU layers count as ReLU layers; `"guided-backprop"` is zero at and above '
    "their ceiling too",
)
def test_a_clipped_relu_is_a_relu_with_a_ceiling():
    net, first, bias, second = two_layers(CLIPPED, hidden=40)
    X = np.random.RandomState(0).randn(*SIZE) * 3
    reached = first @ X.transpose(2, 0, 1).ravel() + bias
    assert (reached > 6).any()
    assert (reached < 0).any()
    assert ((reached > 0) & (reached < 6)).any()
    for method in ("guided-backprop", "zeiler-fergus"):
        found = gradientAttribution(net, X, [1, 2, 3], Method=method, nargout=2)[1]
        expected = by_definition(method, X, first, bias, second, 6.0)
        assert np.abs(found - expected).max() < 1e-4
        without = by_definition(method, X, first, bias, second, np.inf)
        assert np.array_equal(expected, without) == (method == "zeiler-fergus")


@pytest.mark.parametrize("method", ["guided-backprop", "zeiler-fergus"])
def test_without_negative_gradients_and_inputs_nothing_changes(method):
    net, first, bias, _ = two_layers(RELU)
    positive = network_from_model(_with(net, {"C": np.ones((3, 7)), "b": bias + 100}), "test")
    X = np.random.RandomState(0).randn(*SIZE)
    changed = gradientAttribution(positive, X, 2, Method=method, nargout=2)[1]
    assert np.allclose(changed, gradientAttribution(positive, X, 2, nargout=2)[1], atol=1e-5)
    assert np.allclose(changed.transpose(2, 0, 1).ravel(), first.sum(axis=0), atol=1e-4)


def _with(net, weights):
    from onnx import ModelProto, numpy_helper

    made = ModelProto()
    made.CopyFrom(net._model)
    for weight in made.graph.initializer:
        if weight.name in weights:
            array = np.asarray(weights[weight.name], np.float32)
            weight.CopyFrom(numpy_helper.from_array(array, weight.name))
    return made


OTHERS = {
    "LeakyRelu": tiny.node("LeakyRelu", ["first"], "rectified", alpha=0.1),
    "Elu": tiny.node("Elu", ["first"], "rectified"),
    "Clip from below zero": tiny.node("Clip", ["first", "below", "six"], "rectified"),
    "Clip without a floor": tiny.node("Clip", ["first", "", "six"], "rectified"),
    "Tanh": tiny.node("Tanh", ["first"], "rectified"),
}


@pytest.mark.tier(
    "chosen",
    "Leaky, parametric, exponential and other layers keep their own derivative; a network "
    "with these alone is refused",
)
@pytest.mark.parametrize("other", OTHERS)
def test_other_activations_stay_and_alone_are_refused(other):
    net = two_layers(OTHERS[other])[0]
    X = np.zeros(SIZE)
    with pytest.raises(ValueError, match='ReLULayer and ClippedReLULayer.*before.*"autodiff"'):
        gradientAttribution(net, X, 1, Method="guided-backprop")
    # Behind a rectifier whose input is positive and that gets no negative gradient.
    made = _with(net, {"b": np.full(7, 9.0)})
    made.graph.node.append(tiny.node("Relu", ["data"], "early"))
    nodes = list(made.graph.node)
    nodes[0].input[0] = "early"
    del made.graph.node[:]
    made.graph.node.extend([nodes[-1], *nodes[:-1]])
    both = network_from_model(made, "test")
    X = np.random.RandomState(0).rand(*SIZE) + 0.1
    plain = gradientAttribution(both, X, 1, nargout=2)[1]
    changed = gradientAttribution(both, X, 1, Method="zeiler-fergus", nargout=2)[1]
    assert (plain < -0.01).any()
    assert np.allclose(changed, np.maximum(plain, 0), atol=1e-6)


def test_a_rectifier_behind_the_reduction_layer_is_none():
    net = two_layers(RELU)[0]
    X = np.zeros(SIZE)
    with pytest.raises(ValueError, match="none before the output of 'first'"):
        gradientAttribution(net, X, 1, Method="zeiler-fergus", ReductionLayer="first")
    assert gradientAttribution(net, X, 1, Method="zeiler-fergus", ReductionLayer=4).max() == 1


def test_custom_layers_stay_what_they_are():
    from onnx import ModelProto

    from matxai import dlnetwork
    from matxai.nets.custom_nodes import custom_node, with_domain

    plain, first, bias, second = two_layers(RELU)
    made = ModelProto()
    made.CopyFrom(plain._model)
    made.graph.node[1].input[0] = "doubled"
    nodes = list(made.graph.node)
    del made.graph.node[:]
    made.graph.node.extend([nodes[0], custom_node("twice", ["flatten"], ["doubled"]), *nodes[1:]])
    net = dlnetwork(with_domain(made), custom={"twice": lambda x: 2 * x})
    X = np.random.RandomState(0).randn(*SIZE)
    for method in ("guided-backprop", "zeiler-fergus"):
        found = gradientAttribution(net, X, [1, 2, 3], Method=method, nargout=2)[1]
        expected = by_definition(method, X, 2 * first, bias, second, np.inf)
        assert np.abs(found - expected).max() < 1e-4


@pytest.mark.parametrize("kind", RECTIFIERS)
@pytest.mark.parametrize("method", ["guided-backprop", "zeiler-fergus"])
def test_the_way_forward_stays(kind, method):
    import torch

    net = two_layers(RECTIFIERS[kind][0])[0]
    X = np.random.RandomState(0).randn(*SIZE, 20) * 3
    module = rectified_module(net, "second", method, "cpu")
    batch = torch.from_numpy(X.transpose(3, 2, 0, 1).astype(np.float32))
    assert np.abs(module(batch)[0].numpy() - predict(net, X)).max() < 1e-4
