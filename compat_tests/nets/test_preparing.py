"""What every graph goes through at import."""

import numpy as np
import onnx
import onnx.reference
import pytest
import tiny_networks as tiny
from hypothesis import given
from hypothesis import strategies as st

from matxai.nets.engines import OnnxRuntimeEngine
from matxai.nets.folding import with_constants_folded, with_padding_fused
from matxai.nets.preparing import TARGET_OPSET, prepared


def same_padding_model(size, kernel, stride):
    """Work out the padding "same" from the shape in the graph, as MATLAB R2024b does."""
    cast = {"to": onnx.TensorProto.FLOAT}
    nodes = [
        tiny.node("Shape", ["data"], "conv_InputShapeInt"),
        tiny.node("Cast", ["conv_InputShapeInt"], "conv_InputShape", **cast),
        tiny.node("Div", ["conv_InputShape", "stride"], "conv_Div"),
        tiny.node("Ceil", ["conv_Div"], "conv_Ceil"),
        tiny.node("Sub", ["conv_Ceil", "one"], "conv_Sub"),
        tiny.node("Mul", ["conv_Sub", "stride"], "conv_Mul"),
        tiny.node("Add", ["conv_Mul", "filter"], "conv_Add"),
        tiny.node("Sub", ["conv_Add", "conv_InputShape"], "conv_Sub1"),
        tiny.node("Relu", ["conv_Sub1"], "conv_Relu"),
        tiny.node("Mul", ["conv_Relu", "half"], "conv_Halved"),
        tiny.node("Floor", ["conv_Halved"], "conv_Before"),
        tiny.node("Ceil", ["conv_Halved"], "conv_After"),
        tiny.node("Mul", ["conv_Before", "spatial"], "conv_Before0"),
        tiny.node("Mul", ["conv_After", "spatial"], "conv_After0"),
        tiny.node("Concat", ["conv_Before0", "conv_After0"], "conv_paddingSize", axis=0),
        tiny.node("Cast", ["conv_paddingSize"], "conv_pads", to=onnx.TensorProto.INT64),
        tiny.node("Pad", ["data", "conv_pads"], "conv_Pad"),
        tiny.node("Conv", ["conv_Pad", "W"], "conv", strides=[stride, stride]),
    ]
    weights = {
        "stride": np.array([1.0, 1.0, stride, stride]),
        "one": np.ones(4),
        "half": np.full(4, 0.5),
        "filter": np.array([1.0, 1.0, kernel, kernel]),
        "spatial": np.array([0.0, 0.0, 1.0, 1.0]),
        "W": np.random.RandomState(0).randn(2, 3, kernel, kernel),
    }
    return tiny.model(nodes, weights, {"data": ["B", 3, *size]}, {"conv": ["B", 2, "h", "w"]})


@given(st.integers(1, 12), st.integers(1, 12), st.integers(1, 5), st.integers(1, 3))
def test_padding_worked_out_in_the_graph_becomes_the_convolutions_own(h, w, kernel, stride):
    made = same_padding_model((h, w), kernel, stride)
    folded = with_padding_fused(with_constants_folded(made))
    assert [node.op_type for node in folded.graph.node] == ["Conv"]
    images = np.random.RandomState(1).rand(3, 3, h, w).astype(np.float32)
    expected = onnx.reference.ReferenceEvaluator(made).run(None, {"data": images})[0]
    assert np.allclose(OnnxRuntimeEngine(folded)(images)[0], expected, atol=1e-5)


def test_what_depends_on_the_number_of_images_is_not_folded():
    nodes = [
        tiny.node("Shape", ["data"], "shape"),
        tiny.node("Gather", ["shape", "first"], "count", axis=0),
        tiny.node("Concat", ["count", "rest"], "target", axis=0),
        tiny.node("Reshape", ["data", "target"], "out"),
    ]
    weights = {"first": np.array([0]), "rest": np.array([12])}
    made = tiny.model(nodes, weights, {"data": ["B", 3, 2, 2]}, {"out": ["B", 12]})
    folded = with_constants_folded(made)
    images = np.random.RandomState(0).rand(5, 3, 2, 2).astype(np.float32)
    assert np.array_equal(OnnxRuntimeEngine(folded)(images)[0], images.reshape(5, 12))


def test_a_padding_that_others_read_is_left_alone():
    nodes = [
        tiny.node("Pad", ["data", "pads"], "padded"),
        tiny.node("Conv", ["padded", "W"], "conv"),
        tiny.node("Relu", ["padded"], "relu"),
    ]
    weights = {"pads": np.array([0, 0, 1, 1, 0, 0, 1, 1]), "W": np.ones((1, 1, 3, 3))}
    outputs = {"conv": ["B", 1, 4, 4], "relu": ["B", 1, 6, 6]}
    made = tiny.model(nodes, weights, {"data": ["B", 1, 4, 4]}, outputs)
    assert [n.op_type for n in with_padding_fused(made).graph.node] == ["Pad", "Conv", "Relu"]


@pytest.mark.parametrize(
    ("pads", "value"), [([0, 1, 1, 1, 0, 0, 1, 1], 0.0), ([0, 0, 1, 1, 0, 0, 1, 1], 1.0),
                        ([0, 0, -1, 1, 0, 0, 1, 1], 0.0)],
)  # fmt: skip
def test_padding_of_another_kind_is_left_alone(pads, value):
    nodes = [
        tiny.node("Pad", ["data", "pads", "value"], "padded"),
        tiny.node("Conv", ["padded", "W"], "conv"),
    ]
    channels = 1 + pads[1]
    weights = {"pads": np.array(pads), "value": np.float32(value),
               "W": np.ones((1, channels, 3, 3))}  # fmt: skip
    made = tiny.model(nodes, weights, {"data": ["B", 1, 6, 6]}, {"conv": ["B", 1, "h", "w"]})
    assert [n.op_type for n in with_padding_fused(made).graph.node] == ["Pad", "Conv"]


def test_the_model_that_is_prepared_is_not_changed():
    made = same_padding_model((8, 9), 3, 2)
    before = made.SerializeToString()
    after, fixed = prepared(made)
    assert fixed is None
    assert made.SerializeToString() == before
    assert next(o.version for o in after.opset_import if not o.domain) == TARGET_OPSET
