"""minibatchpredict and forward."""

import numpy as np
import pytest
import tiny_networks as tiny
from hypothesis import given
from hypothesis import strategies as st

from matxai import (
    DAGNetwork,
    dlarray,
    dlfeval,
    dlgradient,
    dlnetwork,
    extractdata,
    forward,
    importNetworkFromONNX,
    minibatchpredict,
    predict,
)
from matxai.nets.inference import results_of


def images(count=7, size=(16, 16, 3)):
    return np.random.RandomState(0).randint(0, 256, (*size, count), np.uint8)


NET = dlnetwork(tiny.conv_model())


def with_layer(op, inputs, weights):
    """Put a layer behind the convolution."""
    made = tiny.conv_model()
    node = tiny.node(op, ["conv_1", *inputs], "extra")
    made.graph.node[2].input[0] = "extra"
    made.graph.node.insert(2, node)
    made.graph.initializer.extend(tiny.model([], weights, {}, {}).graph.initializer)
    return dlnetwork(made)


# minibatchpredict


@pytest.mark.tier(
    "documented",
    "`minibatchpredict` gives what `predict` does, whatever MiniBatchSize",
)
@given(st.integers(1, 9), st.integers(1, 12), st.sampled_from(["auto", "cpu"]))
def test_the_mini_batch_size_does_not_matter(count, size, environment):
    X = images(count)
    scores = minibatchpredict(NET, X, "MiniBatchSize", size, "ExecutionEnvironment", environment)
    assert scores.shape == (count, 5)
    assert np.allclose(scores, predict(NET, X), atol=1e-6)


def test_no_more_images_at_once_than_asked_for(monkeypatch):
    seen = []
    batch = dlnetwork._batch

    def watched(self, X):
        seen.append(X.shape[3])
        return batch(self, X)

    monkeypatch.setattr(dlnetwork, "_batch", watched)
    minibatchpredict(NET, images(7), MiniBatchSize=3)
    assert seen == [3, 3, 1]


@pytest.mark.tier("documented")
def test_several_outputs():
    relu, prob = minibatchpredict(NET, images(3), Outputs=["relu_1", "prob"], nargout=2)
    assert relu.shape == (16, 16, 8, 3)
    assert np.array_equal(relu, predict(NET, images(3), Outputs="relu_1"))
    assert prob.shape == (3, 5)
    assert minibatchpredict(NET, images(3), Outputs="relu_1").shape == (16, 16, 8, 3)


@pytest.mark.tier(
    "chosen",
    "With UniformOutput false, outputs are lists with an array for each image",
)
def test_outputs_that_are_not_uniform_are_lists():
    relu, prob = minibatchpredict(
        NET, images(3), Outputs=["relu_1", "prob"], UniformOutput=False, nargout=2
    )
    assert [y.shape for y in relu] == [(16, 16, 8)] * 3
    assert [y.shape for y in prob] == [(1, 5)] * 3
    assert np.array_equal(np.concatenate(prob), minibatchpredict(NET, images(3)))


def test_one_image_and_grey_images():
    assert minibatchpredict(NET, images(1)[..., 0]).shape == (1, 5)
    grey = dlnetwork(tiny.conv_model((8, 9, 1)))
    assert minibatchpredict(grey, np.zeros((8, 9))).shape == (1, 5)
    assert minibatchpredict(grey, np.zeros((8, 9, 1, 4)), MiniBatchSize=3).shape == (4, 5)


def test_a_network_of_features():
    nodes = [tiny.node("Gemm", ["x", "W"], "fc")]
    made = tiny.model(nodes, {"W": np.eye(3)}, {"x": ["N", 3]}, {"fc": ["N", 3]})
    X = np.arange(21.0).reshape(7, 3)
    assert np.array_equal(minibatchpredict(dlnetwork(made), X, MiniBatchSize=2), X)


def test_a_dagnetwork_is_taken_as_well():
    net = DAGNetwork(tiny.conv_model())
    assert np.allclose(minibatchpredict(net, images()), minibatchpredict(NET, images()), atol=1e-6)


def test_a_fixed_batch_is_kept(tmp_path):
    net = importNetworkFromONNX(tiny.save(tiny.reshape_model(batch=3), tmp_path / "net.onnx"))
    X = np.random.RandomState(0).rand(2, 2, 3, 8)
    expected = X.transpose(3, 2, 0, 1).reshape(8, 12) @ np.arange(24.0).reshape(12, 2)
    assert np.allclose(minibatchpredict(net, X, MiniBatchSize=2), expected, rtol=1e-5)


def test_results_have_images_first():
    raw = results_of(NET, images(4), ["relu_1"], 2, "cpu")[0]
    assert raw.shape == (4, 8, 16, 16)


@pytest.mark.parametrize("function", [minibatchpredict, forward])
@pytest.mark.parametrize(
    ("args", "options", "error", "says"),
    [
        ((3, images()), {}, TypeError, "net must be a dlnetwork"),
        (("net.onnx", images()), {}, TypeError, "Import it: net = importNetworkFromONNX"),
        ((NET, "cat.png"), {}, TypeError, "X must be a numeric array"),
        ((NET, np.zeros((8, 8, 3))), {}, ValueError, "X must be 16×16×3"),
        ((NET, images()), {"Outputs": "relu"}, ValueError, "no layer named 'relu'"),
        ((NET, images()), {"Outputs": 3}, TypeError, "Outputs must be texts, but is 3"),
        ((NET, images()), {"Outputs": []}, ValueError, "Outputs must hold at least one"),
        ((NET, images()), {"nargout": 2}, TypeError, "nargout is 2, but the network has 1"),
    ],
)
def test_wrong_arguments(function, args, options, error, says):
    with pytest.raises(error, match=says):
        function(*args, **options)


@pytest.mark.parametrize(
    ("options", "error", "says"),
    [
        ({"MiniBatchSize": 0}, ValueError, "MiniBatchSize must be a positive integer"),
        ({"UniformOutput": "maybe"}, ValueError, "UniformOutput must be"),
        ({"ExecutionEnvironment": "tpu"}, ValueError, "ExecutionEnvironment must be"),
    ],
)
def test_wrong_options(options, error, says):
    with pytest.raises(error, match=says):
        minibatchpredict(NET, images(), **options)


# forward


@pytest.mark.tier("chosen", "`forward` is `predict` for layers that are the same in training")
def test_forward_is_predict_where_training_changes_nothing():
    assert np.array_equal(forward(NET, images()), predict(NET, images()))
    fc, relu = forward(NET, images(), Outputs=["fc", "relu_1"], nargout=2)
    assert np.array_equal(fc, predict(NET, images(), Outputs="fc"))
    assert relu.shape == (16, 16, 8, 7)


def test_forward_of_a_dlarray_is_recorded_as_predict_is():
    X = dlarray(images()[..., 0].astype(np.float32), "SSC")

    def slope(X):
        return dlgradient(forward(NET, X).sum(), X)

    scores = forward(NET, X)
    assert np.allclose(extractdata(scores), extractdata(predict(NET, X)), atol=1e-6)
    assert extractdata(dlfeval(slope, X)).shape == X.shape


@pytest.mark.tier(
    "chosen",
    "`forward` refuses dropout and batch normalization, which a network for prediction "
    "cannot train",
)
@pytest.mark.parametrize(
    ("op", "inputs", "weights", "says"),
    [
        ("Dropout", [], {}, "'extra' .dropout. is not"),
        (
            "BatchNormalization",
            ["s", "b", "m", "v"],
            {n: np.ones(8) for n in "sbmv"},
            "'extra' .batch normalization. is not",
        ),
    ],
)
def test_forward_refuses_what_training_would_change(op, inputs, weights, says):
    net = with_layer(op, inputs, weights)
    assert predict(net, images()).shape == (7, 5)
    with pytest.raises(ValueError, match=says):
        forward(net, images())
    # What lies before is the same in training.
    assert np.array_equal(
        forward(net, images(), Outputs="conv_1"), predict(NET, images(), Outputs="conv_1")
    )
