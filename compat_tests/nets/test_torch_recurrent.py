"""Recurrent layers on torch against ONNX Runtime's."""

import numpy as np
import onnx
import pytest
from one_node import assert_same, check_gradient, model, torch_module
from onnx import helper, numpy_helper, version_converter

pytestmark = pytest.mark.tier("numeric")
FEATURES, HIDDEN = 4, 5
GATES = {"LSTM": 4, "GRU": 3, "RNN": 1}
DIRECTIONS = {"forward": 1, "reverse": 1, "bidirectional": 2}


def layer(op, direction="forward", outputs=("Y", "Y_h"), states=(), bias=True, **attributes):
    """Make a network of one layer; `states` are initial states and peepholes that it gets."""
    random = np.random.RandomState(3)
    count = DIRECTIONS[direction]
    shapes = {
        "W": (count, GATES[op] * HIDDEN, FEATURES),
        "R": (count, GATES[op] * HIDDEN, HIDDEN),
        "B": (count, 2 * GATES[op] * HIDDEN),
        "P": (count, 3 * HIDDEN),
    }
    weights = [
        numpy_helper.from_array(random.randn(*shape).astype(np.float32), name)
        for name, shape in shapes.items()
    ]
    inputs = ["data", "W", "R", "B" if bias else "", "", *states]
    node = helper.make_node(
        op, inputs, list(outputs), direction=direction, hidden_size=HIDDEN, **attributes
    )
    nodes = [*initial_states(count), node]
    made = model(nodes, ["T", "N", FEATURES], [name for name in outputs if name], weights)
    made.graph.initializer.append(
        numpy_helper.from_array(random.rand(count, 1, HIDDEN).astype(np.float32), "start")
    )
    return made


def initial_states(count):
    """Repeat a state for each image, as MATLAB's exporter does: Shape, Gather, Concat, Tile."""
    one = numpy_helper.from_array(np.array([1], np.int64))
    return [
        helper.make_node("Shape", ["data"], ["shape"]),
        helper.make_node("Constant", [], ["one"], value=one),
        helper.make_node("Gather", ["shape", "one"], ["images"]),
        helper.make_node("Concat", ["one", "images", "one"], ["times"], axis=0),
        helper.make_node("Tile", ["start", "times"], ["h"]),
        helper.make_node("Neg", ["h"], ["c"]),
    ]


def sequences(count, length=6):
    return np.random.RandomState(count).randn(length, count, FEATURES).astype(np.float32)


def assert_same_scores(made):
    assert_same(made, sequences(1), sequences(3), sequences(2, 1))


@pytest.mark.parametrize("direction", DIRECTIONS)
@pytest.mark.parametrize(
    ("op", "attributes"),
    [("LSTM", {}), ("GRU", {}), ("GRU", {"linear_before_reset": 1}), ("RNN", {})],
)
def test_layers(op, attributes, direction):
    outputs = ("Y", "Y_h", "Y_c") if op == "LSTM" else ("Y", "Y_h")
    states = ("h", "c") if op == "LSTM" else ("h",)
    assert_same_scores(layer(op, direction, outputs, states, **attributes))
    assert_same_scores(layer(op, direction, outputs, **attributes))


@pytest.mark.parametrize("outputs", [("Y",), ("", "Y_h"), ("", "", "Y_c"), ("Y", "", "Y_c")])
def test_outputs_that_are_left_out(outputs):
    assert_same_scores(layer("LSTM", outputs=outputs, states=("h", "c")))


def test_an_output_without_name_is_no_input_that_is_left_out():
    made = layer("LSTM", outputs=("", "Y_h"))
    high = numpy_helper.from_array(np.array(0.1, np.float32), "high")
    made.graph.initializer.append(high)
    made.graph.node.append(helper.make_node("Clip", ["Y_h", "", "high"], ["clipped"]))
    made.graph.output[0].name = "clipped"
    assert_same_scores(made)


@pytest.mark.parametrize("op", GATES)
def test_without_bias(op):
    assert_same_scores(layer(op, bias=False))


def test_peepholes():
    assert_same_scores(layer("LSTM", states=("h", "c", "P")))
    assert_same_scores(layer("LSTM", "bidirectional", states=("", "", "P")))


@pytest.mark.parametrize(
    ("op", "direction", "attributes"),
    [
        ("LSTM", "forward", {"activations": ["HardSigmoid", "Softsign", "Tanh"]}),
        ("GRU", "reverse", {"activations": ["Sigmoid", "Relu"]}),
        ("RNN", "bidirectional", {"activations": ["Tanh", "Softplus"]}),
        (
            *("GRU", "forward"),
            {
                "activations": ["HardSigmoid", "Tanh"],
                "activation_alpha": [0.3],
                "activation_beta": [0.4],
            },
        ),
    ],
)
def test_activations(op, direction, attributes):
    assert_same_scores(layer(op, direction, **attributes))


@pytest.mark.parametrize("opset", [9, 13, 14, 21, 22])
def test_versions(opset):
    made = layer("LSTM", "bidirectional")
    made.opset_import[0].version = opset
    assert_same_scores(made)


@pytest.mark.parametrize(
    ("op", "attributes"),
    [("LSTM", {}), ("GRU", {}), ("GRU", {"linear_before_reset": 1}), ("RNN", {})],
)
def test_the_gradient_is_the_slope(op, attributes):
    made = layer(op, "bidirectional", states=("h",), **attributes)
    check_gradient(made, sequences(3))


@pytest.mark.parametrize(
    ("attributes", "said"),
    [
        ({"layout": 1}, "LSTM with layout 1"),
        ({"clip": 3.0}, "LSTM with clip"),
        ({"input_forget": 1}, "LSTM with input_forget 1"),
        ({"activations": ["Sigmoid", "Elu", "Tanh"]}, "LSTM with activations .*Elu"),
    ],
)
def test_what_is_refused(attributes, said):
    with pytest.raises(NotImplementedError, match=said):
        torch_module(layer("LSTM", **attributes))


def test_lengths_of_sequences_are_refused():
    made = layer("LSTM")
    made.graph.node[-1].input[4] = "images"
    with pytest.raises(NotImplementedError, match="LSTM with sequence_lens 'images'"):
        torch_module(made)


@pytest.mark.parametrize("target", [13, 17])
def test_what_matlab_exports(reference, target):
    made = onnx.load(reference("onnx", "cscs_lstm.onnx"))
    made = version_converter.convert_version(made, target)
    random = np.random.RandomState(0)
    assert_same(made, *(random.randn(30, n, 2).astype(np.float32) for n in (1, 4)))
