"""The layer list as MATLAB shows it."""

import numpy as np
import onnx
import pytest
import tiny_networks as tiny
from matlab_networks import saved_layers

from matxai import analyzeNetwork, importNetworkFromONNX
from matxai.nets.grouping import matlab_spelling
from matxai.nets.importing import network_from_model

# Texts, the epsilon (single in one file, double in the other), and sizes saved as height × width ×
# channels where MATLAB shows one number.
_NOT_COMPARED = ("PaddingMode", "Epsilon", "InputSize", "OutputSize")


def as_matlab_wrote_it(made):
    made.producer_name = "MATLAB Deep Learning Toolbox Converter for ONNX Model Format"
    return network_from_model(made, "test")


def names(net):
    return [layer.Name for layer in net.Layers]


def classes(net):
    return [layer.Class.rpartition(".")[2] for layer in net.Layers]


# Against what MATLAB saved of the same networks


@pytest.mark.parametrize("name", ["ccn_icub_objects", "reciclaria", "nisitka_segnet"])
@pytest.mark.tier(
    "exact",
    "Layers are those that MATLAB saved of the same network, in their order (three networks)",
)
def test_layers_are_those_of_the_saved_network(reference, name):
    saved = list(saved_layers(reference("mat", name + ".mat")))
    net = importNetworkFromONNX(reference("onnx", name + ".onnx"))
    # The output layer, whose classes the exporter drops, is the one that is missing.
    assert names(net) == saved[:-1]


@pytest.mark.parametrize("name", ["ccn_icub_objects", "reciclaria"])
@pytest.mark.tier(
    "exact",
    "So are weights, biases, statistics, sizes, strides and padding (two networks)",
)
def test_weights_and_sizes_are_those_of_the_saved_network(reference, name):
    saved = saved_layers(reference("mat", name + ".mat"))
    net = importNetworkFromONNX(reference("onnx", name + ".onnx"))
    compared = 0
    for layer in net.Layers:
        for prop, ours in layer._properties.items():
            if prop not in saved[layer.Name] or prop in _NOT_COMPARED:
                continue
            theirs = np.asarray(saved[layer.Name][prop])
            if prop == "Weights" and layer.Class.endswith("FullyConnectedLayer"):
                # Saved as height × width × channels × outputs, shown as outputs × inputs.
                theirs = theirs.reshape(-1, theirs.shape[3], order="F").T
            if theirs.dtype.kind in "fiub" and theirs.size:
                assert np.array_equal(np.squeeze(ours), np.squeeze(theirs)), (layer.Name, prop)
                compared += 1
    assert compared > 40


@pytest.mark.tier(
    "documented",
    "SqueezeNet's layers have hyphens, and `fire9-expand3x3` is the 60th",
)
def test_squeezenet_has_the_names_and_the_order_that_matlab_prints(reference):
    net = importNetworkFromONNX(reference("onnx", "squeezenet_newhacks.onnx"))
    # Documented: the expand layer of the last fire module is the 60th.
    assert net.Layers[59].Name == "fire9-expand3x3"
    assert names(net)[:5] == ["data", "conv1", "relu_conv1", "pool1", "fire2-squeeze1x1"]
    assert names(net)[-3:] == ["relu_conv10", "pool10", "prob"]
    assert classes(net)[-2:] == ["GlobalAveragePooling2DLayer", "SoftmaxLayer"]
    assert len(net.Connections) == 74
    assert ("fire9-relu_expand3x3", "fire9-concat/in2") in net.Connections
    assert net.Layers[0].Normalization == "zerocenter"
    assert net.Layers[0].Mean.shape == (1, 1, 3)


def test_segnet_connects_its_pooling_indices(reference):
    net = importNetworkFromONNX(reference("onnx", "nisitka_segnet.onnx"))
    assert ("encoder2_maxpool/indices", "decoder2_unpool/in2") in net.Connections
    assert net.Layers[7].HasUnpoolingOutputs is True
    assert net.OutputNames == ["softmax"]


def test_lstm_is_one_layer_with_its_gates_in_matlabs_order(reference):
    file = reference("onnx", "cscs_lstm.onnx")
    net = importNetworkFromONNX(file)
    assert names(net) == ["sequenceinput", "biLSTM", "fc", "softmax"]
    layer = net.Layers[1]
    assert layer.Class == "nnet.cnn.layer.BiLSTMLayer"
    raw = {w.name: onnx.numpy_helper.to_array(w) for w in onnx.load(file).graph.initializer}
    hidden = layer.NumHiddenUnits
    i, o, f, c = np.split(raw["biLSTM_W"][1], 4)
    assert np.array_equal(layer.InputWeights[4 * hidden :], np.concatenate([i, f, c, o]))
    assert layer.Bias.shape == (8 * hidden,)


# By hand


def test_helpers_are_hidden_in_files_of_matlab():
    made = tiny.conv_model()
    made.graph.node[4].name = "fc_Flatten"
    made.graph.node[6].name = "softmax"
    net = as_matlab_wrote_it(made)
    assert names(net) == ["data", "conv_1", "relu_1", "gap", "fc", "softmax"]
    assert net.OutputNames == ["softmax"]
    assert net.predict(np.zeros((16, 16, 3)), Outputs="fc").shape == (1, 5)


def test_a_fully_connected_layer_is_told_from_a_convolution():
    random = np.random.RandomState(0)
    weights = {"A": random.randn(4, 3, 3, 3), "F": random.randn(2, 4, 6, 5), "b": random.randn(2)}
    nodes = [
        tiny.node("Conv", ["data", "A"], "conv"),
        tiny.node("Conv", ["conv", "F", "b"], "fc"),
        tiny.node("Flatten", ["fc"], "softmax_Flatten"),
        tiny.node("Softmax", ["softmax_Flatten"], "softmax"),
    ]
    made = tiny.model(nodes, weights, {"data": ["B", 3, 8, 7]}, {"softmax": ["B", 2]})
    net = as_matlab_wrote_it(made)
    assert classes(net)[1:] == ["Convolution2DLayer", "FullyConnectedLayer", "SoftmaxLayer"]
    fc = net.Layers[2]
    X = random.rand(8, 7, 3)
    features, scores = net.predict(X, Outputs=["conv", "fc"], nargout=2)
    # MATLAB's product: weights times the activations, read down the columns.
    assert np.allclose(fc.Weights @ features.ravel("F") + fc.Bias, scores.ravel(), atol=1e-4)


def test_a_matrix_product_has_the_weights_of_a_fully_connected_layer():
    random = np.random.RandomState(0)
    nodes = [
        tiny.node("Flatten", ["data"], "fc_Flatten"),
        tiny.node("MatMul", ["fc_Flatten", "W"], "fc_MatMul"),
        tiny.node("Add", ["fc_MatMul", "b"], "fc_Add"),
        tiny.node("Softmax", ["fc_Add"], "softmax"),
    ]
    weights = {"W": random.randn(24, 3), "b": random.randn(3)}
    made = tiny.model(nodes, weights, {"data": ["B", 2, 3, 4]}, {"softmax": ["B", 3]})
    net = as_matlab_wrote_it(made)
    assert names(net) == ["data", "fc", "softmax"]
    X = random.rand(3, 4, 2)
    fc = net.Layers[1]
    expected = fc.Weights @ X.ravel("F") + fc.Bias
    assert np.allclose(net.predict(X, Outputs="fc").ravel(), expected, atol=1e-5)


@pytest.mark.parametrize("groups", [1, 2])
def test_weights_of_convolutions_are_height_width_channels_filters(groups):
    random = np.random.RandomState(0)
    weight = random.randn(6, 4 // groups, 3, 2).astype(np.float32)
    nodes = [
        tiny.node(
            "Conv", ["data", "W"], "conv",
            group=groups, strides=[2, 1], pads=[1, 2, 3, 4], dilations=[1, 2],
        )
    ]  # fmt: skip
    made = tiny.model(nodes, {"W": weight}, {"data": ["B", 4, 9, 9]}, {"conv": ["B", 6, 6, 13]})
    layer = network_from_model(made, "test").Layers[1]
    assert layer.Stride.tolist() == [2, 1]
    assert layer.PaddingSize.tolist() == [1, 3, 2, 4]
    assert layer.DilationFactor.tolist() == [1, 2]
    if groups == 1:
        assert layer.Weights.shape == (3, 2, 4, 6)
        assert layer.Weights[2, 1, 3, 5] == weight[5, 3, 2, 1]
    else:
        assert layer.Weights.shape == (3, 2, 2, 3, 2)
        assert layer.Weights[2, 1, 1, 2, 1] == weight[5, 1, 2, 1]
        assert layer.Bias.shape == (1, 1, 3, 2)


def test_a_layer_shows_itself_and_names_what_it_has():
    layer = tiny.conv().Layers[1]
    assert "FilterSize: [3, 3]" in str(layer)
    assert "Weights: [3×3×3×8 float32]" in str(layer)
    assert "Weights" in dir(layer)
    with pytest.raises(AttributeError, match="'conv_1' has no property 'Weight'; it has Name"):
        layer.Weight  # noqa: B018


def test_learnables():
    net = tiny.conv()
    assert [(x.Layer, x.Parameter) for x in net.Learnables] == [
        ("conv_1", "Weights"), ("conv_1", "Bias"), ("fc", "Weights"), ("fc", "Bias"),
    ]  # fmt: skip
    assert net.Connections[0] == ("data", "conv_1")


@pytest.mark.parametrize("given", ["relu_1", "relu-1", "RELU_1", "Relu 1"])
def test_names_in_either_spelling_and_any_case(given):
    net = tiny.conv()
    net.OutputNames = given
    assert net.OutputNames == ["relu_1"]


def test_names_that_differ_in_case_only_are_told_apart():
    made = tiny.conv_model()
    made.graph.node[2].name = "CONV_1"
    net = network_from_model(made, "test")
    net.OutputNames = "CONV_1"
    assert net.OutputNames == ["CONV_1"]
    with pytest.raises(ValueError, match="no layer named 'Conv_1'. Near to it are"):
        net.OutputNames = "Conv_1"


def test_hyphens_of_known_networks():
    assert matlab_spelling(["conv1", "fire2_squeeze1x1", "fire2_relu_expand3x3"]) == [
        "conv1", "fire2-squeeze1x1", "fire2-relu_expand3x3",
    ]  # fmt: skip
    assert matlab_spelling(
        ["conv1_7x7_s2", "inception_3a_1x1", "inception_3a_relu_1x1", "loss3_classifier", "prob"]
    ) == ["conv1-7x7_s2", "inception_3a-1x1", "inception_3a-relu_1x1", "loss3-classifier", "prob"]
    assert matlab_spelling(["conv1_1", "pool_2"]) == ["conv1_1", "pool_2"]


def test_analyze_network_prints_a_table(capsys):
    assert analyzeNetwork(tiny.conv()) is None
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["Name", "Class", "Activations", "Learnables"]
    assert lines[2].split()[:3] == ["2", "conv_1", "Convolution2DLayer"]
    assert "16 × 16 × 8" in lines[2]
    assert "Weights 3 × 3 × 3 × 8, Bias 1 × 1 × 8" in lines[2]
    assert lines[-1] == ("7 layers, 6 connections, 269 learnable parameters, input 16 × 16 × 3")
    with pytest.raises(TypeError, match="net must be a dlnetwork"):
        analyzeNetwork("net")


@pytest.mark.tier("numeric")
def test_the_difference_of_the_engines_is_kept():
    net = tiny.conv()
    assert 0 <= net.EngineDifference < 2e-5
    assert "EngineDifference" in net.__dict__
