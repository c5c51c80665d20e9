"""Graphs whose names and outputs onnx2torch would confuse, and those that torch cannot take."""

import numpy as np
import pytest
from one_node import assert_same, case, model, torch_module
from onnx import helper, numpy_helper

from matxai.nets import engines

BATCH = np.random.RandomState(0).randn(2, 4, 6, 6).astype(np.float32)
SHAPE = ["N", 4, 6, 6]


def node(op, inputs, outputs, name="", **attributes):
    return helper.make_node(op, inputs, outputs, name=name, **attributes)


def halves(outputs=("a", "b")):
    return node("Split", ["data"], list(outputs), axis=1)


def test_names_that_collide_or_are_a_modules_own():
    names = ["Relu", "", "Relu_1", "half", "initializers", "a.b", "a/b"]
    tensors = ["data", *(f"t{i}" for i in range(len(names)))]
    nodes = [
        node("Relu" if i == 1 else "Neg", [tensors[i]], [tensors[i + 1]], name)
        for i, name in enumerate(names)
    ]
    assert_same(model(nodes, SHAPE, [tensors[-1]]), BATCH)


@pytest.mark.parametrize("outputs", [["b"], ["b", "a"], ["a", "c", "b"], ["c", "a", "data"]])
def test_some_outputs_of_a_node_that_has_several(outputs):
    nodes = [halves(), node("Add", ["a", "b"], ["c"])]
    assert_same(model(nodes, SHAPE, outputs), BATCH)


def test_outputs_that_nothing_uses():
    nodes = [
        node("Dropout", ["data"], ["kept", "mask"]),
        node("MaxPool", ["kept"], ["pooled", "places"], kernel_shape=[2, 2]),
        node("LayerNormalization", ["pooled", "scale"], ["y", "mean", "deviation"]),
    ]
    scale = numpy_helper.from_array(np.arange(5, dtype=np.float32), "scale")
    assert_same(model(nodes, SHAPE, ["y"], [scale]), BATCH)


def test_the_model_is_left_as_it_was():
    made = model([halves()], SHAPE, ["b"])
    before = made.SerializeToString()
    torch_module(made)
    assert made.SerializeToString() == before


def test_all_operators_without_converter_are_named():
    nodes = [
        node("Hardmax", ["data"], ["h"]),
        node("Det", ["h"], ["d"]),
        helper.make_node("Mine", ["d"], ["y"], domain="org.example"),
    ]
    made = model(nodes, SHAPE, ["y"])
    made.opset_import.append(helper.make_opsetid("org.example", 1))
    said = "operators Det, Hardmax, org.example:Mine .opset 17"
    with pytest.raises(NotImplementedError, match=said):
        torch_module(made)


def test_attributes_that_are_not_computed_are_refused():
    scales = np.array([1, 1, 0.5, 0.5], np.float32)
    made = case("Resize", (4, 6, 6), None, scales, mode="linear", antialias=1, since=18)
    with pytest.raises(NotImplementedError, match="Resize with antialias 1"):
        torch_module(made.model(18))
    made = case("Pad", (4, 6, 6), np.ones(8, np.int64), mode="reflect").model(17)
    made.graph.node[0].attribute.append(helper.make_attribute("mine", 1))
    with pytest.raises(NotImplementedError, match="Pad with mine"):
        torch_module(made)


def test_what_breaks_onnx2torch_is_not_implemented():
    nodes = [node("LayerNormalization", ["data", "nowhere"], ["y"])]
    with pytest.raises(NotImplementedError, match="onnx2torch cannot take it"):
        torch_module(model(nodes, SHAPE, ["y"]))


def test_such_a_network_is_scored_on_the_cpu(monkeypatch):
    monkeypatch.setattr(engines, "gpu_available", lambda: True)
    made = model([node("Hardmax", ["data"], ["y"])], SHAPE, ["y"])
    with pytest.warns(RuntimeWarning, match="scored on the CPU.*Hardmax"):
        engine = engines.make_engine(made, "auto")
    assert isinstance(engine, engines.OnnxRuntimeEngine)
