"""The network object and predict."""

import numpy as np
import onnx.reference
import pytest
import tiny_networks as tiny
from hypothesis import given
from hypothesis import strategies as st

from matxai import predict
from matxai.nets.importing import network_from_model


@given(
    st.integers(1, 6), st.integers(1, 6), st.integers(1, 5), st.integers(1, 20),
    st.sampled_from([np.uint8, np.int16, np.float32, np.float64]), st.sampled_from("CF"),
)  # fmt: skip
def test_scores_follow_the_image_axes(height, width, channels, count, dtype, order):
    random = np.random.RandomState(0)
    weights = random.randn(3, channels, height, width)
    X = np.asarray(random.randint(0, 100, (height, width, channels, count)), dtype, order=order)
    net = tiny.weighted_sum(weights)
    expected = np.einsum("kchw,hwcn->nk", weights, X.astype(float))
    assert np.allclose(predict(net, X), expected, rtol=1e-4, atol=1e-2)
    assert np.allclose(predict(net, X[..., 0]), expected[:1], rtol=1e-4, atol=1e-2)


def test_one_image_gives_one_row_of_single():
    scores = predict(tiny.conv(), np.zeros((16, 16, 3), np.uint8))
    assert scores.shape == (1, 5)
    assert scores.dtype == np.float32


def test_a_grey_image_needs_no_third_axis():
    net = tiny.conv((8, 9, 1))
    X = np.random.RandomState(0).randint(0, 256, (8, 9))
    assert np.array_equal(predict(net, X), predict(net, X[:, :, None]))


def test_predict_is_a_method_as_well():
    net = tiny.conv()
    X = np.random.RandomState(0).rand(16, 16, 3) * 255
    assert np.array_equal(net.predict(X), predict(net, X))


@pytest.mark.tier(
    "chosen",
    "Of a file that MATLAB did not write, one layer is shown for each ONNX node, with "
    "MATLAB's class of such a layer",
)
def test_layers():
    net = tiny.conv((16, 20, 3))
    assert [layer.Name for layer in net.Layers] == [
        "data", "conv_1", "relu_1", "gap", "flatten", "fc", "prob",
    ]  # fmt: skip
    assert [layer.Class.rpartition(".")[2] for layer in net.Layers[1:]] == [
        "Convolution2DLayer", "ReLULayer", "GlobalAveragePooling2DLayer", "FlattenLayer",
        "FullyConnectedLayer", "SoftmaxLayer",
    ]  # fmt: skip
    assert net.Layers[0].Class == "nnet.cnn.layer.ImageInputLayer"
    assert net.Layers[0].InputSize.tolist() == [16, 20, 3]
    assert net.Layers[0].InputSize.dtype.kind == "i"
    assert net.InputNames == ["data"]
    assert net.OutputNames == ["prob"]
    assert "OutputNames: ['prob']" in repr(net)


def test_nameless_nodes_get_names():
    made = tiny.conv_model()
    for each in made.graph.node:
        each.name = ""
    net = network_from_model(made, "test")
    assert [layer.Name for layer in net.Layers][:3] == ["data", "conv_1", "relu_1"]


@pytest.mark.tier("documented", "Scores are N×C; outputs with spatial dimensions are h×w×C×N")
def test_output_names_move_the_scoring():
    made = tiny.conv_model()
    net = network_from_model(made, "test")
    X = np.random.RandomState(1).rand(16, 16, 3) * 255
    whole = predict(net, X)
    net.OutputNames = "relu_1"
    assert net.OutputNames == ["relu_1"]
    activations = predict(net, X)
    assert activations.shape == (16, 16, 8)
    reference = onnx.reference.ReferenceEvaluator(made)
    batch = X.transpose(2, 0, 1)[None].astype(np.float32)
    conv = made.graph.node[1]
    assert conv.output[0] == "conv_1"
    expected = np.maximum(reference.run(["conv_1"], {"data": batch})[0], 0)
    assert np.allclose(activations, expected[0].transpose(1, 2, 0), atol=1e-5)
    net.OutputNames = ["prob", "gap"]
    prob, gap = predict(net, X, nargout=2)
    assert np.array_equal(prob, whole)
    assert gap.shape == (1, 1, 8)


def test_outputs_of_a_single_call():
    net = tiny.conv()
    X = np.zeros((16, 16, 3, 4))
    fc, relu = predict(net, X, "Outputs", ["fc", "relu_1"], nargout=2)
    assert fc.shape == (4, 5)
    assert relu.shape == (16, 16, 8, 4)
    assert net.OutputNames == ["prob"]
    with pytest.raises(TypeError, match="nargout is 3, but the network has 2 outputs"):
        predict(net, X, Outputs=["fc", "relu_1"], nargout=3)


def test_a_wrong_layer_name_lists_near_ones():
    net = tiny.conv()
    with pytest.raises(ValueError, match="no layer named 'relu1'. Near to it are 'relu_1'"):
        net.OutputNames = "relu1"
    assert net.OutputNames == ["prob"]
    with pytest.raises(ValueError, match="no layer named 'pool'"):
        predict(net, np.zeros((16, 16, 3)), Outputs="pool")
    with pytest.raises(TypeError, match="OutputNames must be a layer's name"):
        net.OutputNames = 3


@pytest.mark.parametrize(
    ("shape", "says"),
    [
        ((8, 16, 3), r"X must be 16×16×3.*but is 8×16×3. Resize it: X = imresize"),
        ((16, 16), r"is grey: np.dstack"),
        ((16, 16, 1), r"is grey"),
        ((16, 16, 4), "transparency"),
        ((16,), "but is 16"),
        ((16, 16, 3, 0), "but is 16×16×3×0"),
        ((1, 3, 16, 16, 1), "but is"),
        ((), "but is"),
    ],
)
def test_an_image_of_another_size(shape, says):
    with pytest.raises(ValueError, match=says):
        predict(tiny.conv(), np.zeros(shape))


def test_a_colour_image_for_a_grey_network():
    with pytest.raises(ValueError, match="takes grey images"):
        predict(tiny.conv((8, 8, 1)), np.zeros((8, 8, 3)))


def test_no_image():
    with pytest.raises(TypeError, match="X must be a numeric array"):
        predict(tiny.conv(), "peppers.png")


def test_a_network_with_two_inputs():
    net = network_from_model(tiny.two_inputs_model(), "test")
    assert net.InputNames == ["a", "b"]
    with pytest.raises(ValueError, match=r"single input layer, but has 2: \['a', 'b'\]"):
        predict(net, np.zeros((4, 4, 3)))


def test_a_network_of_features():
    nodes = [tiny.node("Gemm", ["x", "W"], "fc")]
    made = tiny.model(nodes, {"W": np.eye(3)}, {"x": ["N", 3]}, {"fc": ["N", 3]})
    net = network_from_model(made, "test")
    assert net.Layers[0].Class == "nnet.cnn.layer.FeatureInputLayer"
    X = np.arange(6.0).reshape(2, 3)
    assert np.array_equal(predict(net, X), X)
    with pytest.raises(ValueError, match="imageInputLayer"):
        net.image_input()


def test_an_open_input_size_is_nan_and_takes_any_image():
    made = tiny.conv_model()
    for dim in made.graph.input[0].type.tensor_type.shape.dim[2:]:
        dim.dim_param = "side"
    net = network_from_model(made, "test")
    assert np.isnan(net.Layers[0].InputSize[:2]).all()
    assert predict(net, np.zeros((7, 11, 3))).shape == (1, 5)
    with pytest.raises(ValueError, match="any×any×3"):
        predict(net, np.zeros((7, 11, 2)))
