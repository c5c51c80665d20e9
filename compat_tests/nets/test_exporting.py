"""Networks written to ONNX files."""

from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import pytest
import tiny_networks as tiny
from hypothesis import given, settings
from hypothesis import strategies as st

from matxai import (
    dag2dlnetwork,
    exportONNXNetwork,
    importNetworkFromONNX,
    importONNXNetwork,
    predict,
)
from matxai.nets.importing import network_from_model


def images(size=(16, 16, 3), count=3, seed=0):
    return np.random.RandomState(seed).random_sample((*size, count)).astype(np.float32) * 255


def scored_alone(file, X):
    """Score images with ONNX Runtime on the file, without this package."""
    session = onnxruntime.InferenceSession(str(file), providers=["CPUExecutionProvider"])
    batch = np.ascontiguousarray(X.transpose(3, 2, 0, 1), np.float32)
    return session.run(None, {session.get_inputs()[0].name: batch})


def shown(net):
    return [str(layer) for layer in net.Layers]


def deep_model(size=(9, 8, 3)):
    """Make a network of the operators that changed most from opset to opset."""
    height, width, channels = size
    random = np.random.RandomState(4)
    weights = {
        "mean": np.full((1, channels, 1, 1), 120.0),
        "W": random.randn(6, channels, 3, 3) / 60,
        "scale": random.rand(6) + 0.5,
        "shift": random.randn(6),
        "average": random.randn(6) / 5,
        "variance": random.rand(6) + 0.5,
        "low": np.array(0.0),
        "high": np.array(6.0),
        "amounts": np.array([0, 0, 1, 0, 0, 0, 0, 1]),
        "half": np.array(0.5),
        "starts": np.array([1]),
        "ends": np.array([5]),
        "axes": np.array([1]),
        "steps": np.array([1]),
        "parts": np.array([1, 3]),
        "last": np.array([2]),
        "V": random.randn(3, 5),
        "U": random.randn(3),
    }
    nodes = [
        tiny.node("Sub", ["data", "mean"], "data_Sub"),
        tiny.node("Conv", ["data_Sub", "W"], "conv", pads=[1, 1, 1, 1]),
        onnx.helper.make_node(
            "BatchNormalization",
            ["conv", "scale", "shift", "average", "variance"],
            ["bn"],
            name="bn",
            training_mode=0,
        ),
        tiny.node("Relu", ["bn"], "relu"),
        tiny.node("Clip", ["relu", "low", "high"], "clip"),
        tiny.node("Pad", ["clip", "amounts"], "pad"),
        tiny.node(
            "MaxPool", ["pad"], "pool", kernel_shape=[2, 2], strides=[2, 2], dilations=[1, 1]
        ),
        tiny.node("Dropout", ["pool", "half"], "drop"),
        tiny.node("Slice", ["drop", "starts", "ends", "axes", "steps"], "slice"),
        onnx.helper.make_node("Split", ["slice", "parts"], ["one", "three"], name="split", axis=1),
        tiny.node("Tanh", ["three"], "tanh"),
        tiny.node("Concat", ["one", "tanh", "one"], "concat", axis=1),
        tiny.node("Add", ["concat", "concat"], "add"),
        tiny.node("ReduceMean", ["add"], "rows", axes=[2], keepdims=1),
        tiny.node("Squeeze", ["rows", "last"], "squeezed"),
        tiny.node("GlobalAveragePool", ["add"], "gap"),
        tiny.node("Flatten", ["gap"], "flat"),
        tiny.node("Gemm", ["flat", "V", "U"], "fc", transB=1),
        tiny.node("Softmax", ["fc"], "prob"),
    ]
    inputs = {"data": ["N", channels, height, width]}
    return tiny.model(nodes, weights, inputs, {"prob": ["N", 3]}, opset=17)


@pytest.mark.tier(
    "numeric",
    "A network that was exported and imported has the same layers and scores",
)
@settings(max_examples=15)
@given(
    size=st.tuples(st.integers(3, 12), st.integers(3, 12), st.sampled_from([1, 3])),
    classes=st.integers(1, 6),
    outputs=st.sampled_from([None, "fc", "relu_1", ["gap", "prob"]]),
)
def test_a_network_that_went_out_and_in_is_the_same(tmp_path_factory, size, classes, outputs):
    file = tmp_path_factory.mktemp("exported") / "net.onnx"
    net = tiny.conv(size, classes)
    if outputs is not None:
        net.OutputNames = outputs
    exportONNXNetwork(net, file)
    onnx.checker.check_model(str(file), full_check=True)
    again = importNetworkFromONNX(file)
    X = images(size)
    count = len(net.OutputNames)

    def outputs_of(network):
        return predict(network, X, nargout=count) if count > 1 else [predict(network, X)]

    assert again.OutputNames == net.OutputNames
    assert shown(again) == shown(net)[: len(again.Layers)]
    for a, b in zip(outputs_of(again), outputs_of(net), strict=True):
        assert np.array_equal(a, b)


@pytest.mark.parametrize("as_text", [True, False])
def test_the_file_stands_alone(tmp_path, as_text):
    file = tmp_path / "net.onnx"
    net = tiny.conv()
    assert exportONNXNetwork(net, str(file) if as_text else file) is None
    X = images()
    assert np.abs(scored_alone(file, X)[0] - predict(net, X)).max() < 1e-6


@pytest.mark.parametrize("name", ["gazescan_149k", "flir_gray", "ccn_icub_objects", "reciclaria"])
def test_networks_of_matlab_come_back_as_they_were(reference, tmp_path, name):
    net = importNetworkFromONNX(reference("onnx", name + ".onnx"))
    file = tmp_path / "net.onnx"
    for options in [{}, {"OpsetVersion": 8}]:
        exportONNXNetwork(net, file, **options)
        again = importNetworkFromONNX(file)
        assert shown(again) == shown(net)
        assert again.OutputNames == net.OutputNames
        X = images(tuple(net.Layers[0].InputSize), 2)
        scores = predict(net, X)
        assert np.abs(predict(again, X) - scores).max() < 1e-5
        assert np.abs(scored_alone(file, X)[0].reshape(scores.shape) - scores).max() < 1e-5


@pytest.mark.slow
@pytest.mark.parametrize("name", ["squeezenet_newhacks", "nisitka_segnet", "cscs_lstm"])
@pytest.mark.parametrize("opset", [9, 21])
def test_larger_networks_of_matlab_come_back_as_they_were(reference, tmp_path, name, opset):
    net = importNetworkFromONNX(reference("onnx", name + ".onnx"))
    exportONNXNetwork(net, tmp_path / "net.onnx", OpsetVersion=opset)
    again = importNetworkFromONNX(tmp_path / "net.onnx")
    assert shown(again) == shown(net)
    onnx.checker.check_model(str(tmp_path / "net.onnx"), full_check=True)


def test_networks_with_classes_are_written_without_them(tmp_path):
    first, second = tmp_path / "first.onnx", tmp_path / "second.onnx"
    tiny.save(tiny.conv_model(classes=2), first)
    net = importONNXNetwork(first, OutputLayerType="classification", Classes=["cat", "dog"])
    exportONNXNetwork(net, second)
    again = importNetworkFromONNX(second)
    assert again.OutputNames == ["prob"]
    X = images()
    assert np.array_equal(predict(again, X), predict(dag2dlnetwork(net), X))


# Options


@pytest.mark.parametrize("opset", [7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21])
def test_every_opset_gives_the_same_scores(tmp_path, opset):
    file = tmp_path / "net.onnx"
    net = network_from_model(deep_model(), "test")
    exportONNXNetwork(net, file, OpsetVersion=opset)
    written = onnx.load(file)
    onnx.checker.check_model(written)
    assert [(o.domain, o.version) for o in written.opset_import] == [("", opset)]
    X = images((9, 8, 3), 4)
    assert np.abs(scored_alone(file, X)[0] - predict(net, X)).max() < 1e-6
    assert [value.name for value in written.graph.output] == ["prob"]


def test_without_batch_size_any_number_of_images_is_taken(tmp_path):
    exportONNXNetwork(tiny.conv(), tmp_path / "net.onnx")
    for count in (1, 5):
        assert scored_alone(tmp_path / "net.onnx", images(count=count))[0].shape == (count, 5)


def test_batch_size(tmp_path):
    file = tmp_path / "net.onnx"
    exportONNXNetwork(tiny.conv(), file, "BatchSize", 4)
    session = onnxruntime.InferenceSession(str(file), providers=["CPUExecutionProvider"])
    assert session.get_inputs()[0].shape == [4, 3, 16, 16]
    assert session.get_outputs()[0].shape == [4, 5]
    onnx.checker.check_model(str(file), full_check=True)
    X = images(count=4)
    assert np.allclose(scored_alone(file, X)[0], predict(tiny.conv(), X), atol=1e-6)
    # Imported again it takes any number: the batch is opened.
    assert predict(importNetworkFromONNX(file), images(count=3)).shape == (3, 5)


def test_a_batch_size_that_the_network_insists_on(tmp_path):
    file = tmp_path / "net.onnx"
    net = network_from_model(tiny.reshape_model(3), "test")
    exportONNXNetwork(net, file)
    assert onnx.load(file).graph.input[0].type.tensor_type.shape.dim[0].dim_value == 3
    exportONNXNetwork(net, file, BatchSize=3)
    with pytest.raises(ValueError, match="BatchSize must be 3, the only one.*but is 2"):
        exportONNXNetwork(net, file, BatchSize=2)


def test_names_in_the_file(tmp_path):
    file = tmp_path / "net.onnx"
    made = tiny.conv_model()
    made.producer_name = "MATLAB Deep Learning Toolbox Converter for ONNX Model Format"
    net = network_from_model(made, "test")
    exportONNXNetwork(net, file, NetworkName="Fish")
    written = onnx.load(file)
    assert written.graph.name == "Fish"
    assert {p.key: p.value for p in written.metadata_props} == {"written_by": "matxai"}
    # Layers are grouped as MATLAB's again.
    assert written.producer_name == made.producer_name
    assert shown(importNetworkFromONNX(file)) == shown(net)


# Files


def test_a_file_is_replaced_whole_or_stays_as_it_was(tmp_path, monkeypatch):
    file = tmp_path / "net.onnx"
    file.write_text("before")

    def fail(self, target):
        raise OSError("no space left")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", fail)
        with pytest.raises(OSError, match="no space left"):
            exportONNXNetwork(tiny.conv(), file)
    assert file.read_text() == "before"
    assert list(tmp_path.iterdir()) == [file]
    exportONNXNetwork(tiny.conv(), file)
    assert onnx.load(file).graph.node


def test_the_network_stays_as_it_was(tmp_path):
    net = tiny.conv()
    before = net._model.SerializeToString()
    exportONNXNetwork(net, tmp_path / "net.onnx", NetworkName="n", OpsetVersion=9, BatchSize=3)
    assert net._model.SerializeToString() == before


def test_places_where_no_file_can_be(tmp_path):
    with pytest.raises(FileNotFoundError, match="no folder .*none' for 'net.onnx'"):
        exportONNXNetwork(tiny.conv(), tmp_path / "none" / "net.onnx")
    with pytest.raises(ValueError, match="filename must be the name of a file, but .* is a folder"):
        exportONNXNetwork(tiny.conv(), tmp_path)
    with pytest.raises(TypeError, match="filename must be the name of a file, but is 3"):
        exportONNXNetwork(tiny.conv(), 3)


# What cannot be written


@pytest.mark.parametrize(
    ("options", "error", "says"),
    [
        ({"OpsetVersion": 6}, ValueError, "OpsetVersion must be 7 to .*, but is 6"),
        ({"OpsetVersion": 999}, ValueError, "OpsetVersion must be 7 to .*, but is 999"),
        ({"OpsetVersion": "new"}, TypeError, "OpsetVersion must be a positive integer"),
        ({"BatchSize": 0}, ValueError, "BatchSize must be a positive integer, but is 0"),
        ({"NetworkName": 3}, TypeError, "NetworkName must be a text, but is 3"),
    ],
)
def test_options_that_do_not_fit(tmp_path, options, error, says):
    with pytest.raises(error, match="exportONNXNetwork: " + says):
        exportONNXNetwork(tiny.conv(), tmp_path / "net.onnx", **options)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("net", [3, "net.onnx", None])
def test_what_is_no_network(tmp_path, net):
    with pytest.raises(
        TypeError, match="net must be a dlnetwork, as importNetworkFromONNX returns"
    ):
        exportONNXNetwork(net, tmp_path / "net.onnx")


def one_layer(node, weights=None, opset=17):
    shape = ["N", 4, 6, 6]
    made = tiny.model([node], weights or {}, {"data": shape}, {node.output[0]: shape}, opset)
    return network_from_model(made, "test")


@pytest.mark.parametrize(
    ("node", "weights", "opset", "says"),
    [
        (
            tiny.node("LayerNormalization", ["data", "W"], "norm"),
            {"W": np.ones(6)},
            14,
            "OpsetVersion 14: the layer 'norm', the operator LayerNormalization, is not in it: it "
            "came with opset 17. Without OpsetVersion it is written in opset 17",
        ),
        (
            tiny.node("Clip", ["data", "", "high"], "clip"),
            {"high": np.array(6.0)},
            7,
            None,
        ),
        (
            tiny.node("MaxPool", ["data"], "pool", kernel_shape=[1, 1], dilations=[2, 2]),
            {},
            8,
            "the layer 'pool', the operator MaxPool, has dilations, which is not in it",
        ),
        (
            tiny.node("Resize", ["data", "", "factors"], "resize", mode="nearest"),
            {"factors": np.ones(4)},
            10,
            "the layer 'resize', the operator Resize, has",
        ),
        (tiny.node("Softmax", ["data"], "softmax", axis=1), {}, 11, "it would give other scores"),
        (tiny.node("Softmax", ["data"], "softmax", axis=3), {}, 11, None),
        (tiny.node("Softmax", ["data"], "softmax"), {}, 11, None),
    ],
)
def test_layers_that_an_old_opset_does_not_have(tmp_path, node, weights, opset, says):
    file = tmp_path / "net.onnx"
    net = one_layer(node, weights)
    if says is None:
        exportONNXNetwork(net, file, OpsetVersion=opset)
        X = images((6, 6, 4), 2)
        assert np.allclose(
            scored_alone(file, X / 100)[0].transpose(2, 3, 1, 0), predict(net, X / 100)
        )
        return
    with pytest.raises(ValueError, match=says):
        exportONNXNetwork(net, file, OpsetVersion=opset)
    assert not file.exists()
