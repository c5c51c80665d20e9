"""dlfeval and dlgradient, against finite differences and against gradients known by hand."""

import numpy as np
import pytest
import tiny_networks as tiny
from hypothesis import given
from hypothesis import strategies as st

from matxai import (
    categorical,
    dims,
    dlarray,
    dlfeval,
    dlgradient,
    dlnetwork,
    extractdata,
    featureInputLayer,
    fullyConnectedLayer,
    importNetworkFromONNX,
    predict,
    relu,
    sigmoid,
)


def slopes(fun, at, step=1e-6):
    """Differentiate a function of an array numerically."""
    found = np.zeros_like(at)
    for i in np.ndindex(at.shape):
        up, down = at.copy(), at.copy()
        up[i] += step
        down[i] -= step
        found[i] = (fun(up) - fun(down)) / (2 * step)
    return found


FUNCTIONS = {
    "products": lambda x: (x * x[::1] * 2 + x).sum(),
    "quotients": lambda x: (1 / (x**2 + 1)).mean(),
    "elements": lambda x: (np.exp(np.sin(x)) - np.tanh(x) * x).sum(),
    "maxima": lambda x: np.maximum(x, 0.1).sum() + x.max(),
    "matrices": lambda x: (x @ np.ones((x.shape[1], 2)) * x[:, :1]).sum(),
    "deviations": lambda x: np.std(x) + np.sqrt(x**2 + 1).sum(),
    "pieces": lambda x: (x[0] * x[1, 0]).sum() + np.concatenate([x, 2 * x]).sum(),
    "choices": lambda x: np.where(x > 0, x**3, -x).sum(),
}


@pytest.mark.tier("numeric", "Gradients are the slopes, by finite differences")
# Drawn from a grid without kinks, and no two equal: there are no slopes else.
@given(
    st.lists(
        st.sampled_from([k / 7 + 0.03 for k in range(-14, 14)]), min_size=6, max_size=6, unique=True
    ),
    st.sampled_from(sorted(FUNCTIONS)),
)
def test_gradients_are_the_slopes(values, name):
    at, fun = np.reshape(values, (3, 2)), FUNCTIONS[name]
    gradient = dlfeval(lambda x: dlgradient(fun(x), x), dlarray(at))
    np.testing.assert_allclose(extractdata(gradient), slopes(fun, at), rtol=1e-5, atol=1e-6)


def test_several_gradients_at_once():
    def both(a, b):
        return dlgradient((a * b**2).sum(), a, b, nargout=2)

    a, b = dlarray(np.array([1.0, 2.0])), dlarray(np.array([3.0, 4.0]))
    da, db = dlfeval(both, a, b)
    assert extractdata(da).tolist() == [9, 16]
    assert extractdata(db).tolist() == [6, 16]


def test_gradients_come_in_what_holds_the_arrays():
    parameters = {"W": dlarray(np.array([2.0])), "b": [dlarray(np.array([1.0]))]}

    def slope(p):
        return dlgradient((p["W"] * 3 + p["b"][0] * 5).sum(), p)

    found = dlfeval(slope, parameters)
    assert float(found["W"]) == 3
    assert float(found["b"][0]) == 5


@pytest.mark.tier("documented", "What y does not depend on has gradient zero")
def test_what_y_does_not_depend_on_has_gradient_zero():
    found = dlfeval(lambda a, b: dlgradient(a.sum(), b), dlarray(np.ones(2)), dlarray(np.ones(3)))
    assert extractdata(found).tolist() == [0, 0, 0]


def test_gradients_can_be_differentiated_again():
    def second(x):
        return dlgradient(dlgradient((x**3).sum(), x).sum(), x)

    assert float(dlfeval(second, dlarray(np.array([2.0])))) == 12


def test_gradients_can_be_taken_again_of_the_same_recording():
    def twice(x):
        y = (x**2).sum()
        return dlgradient(y, x), dlgradient(y, x, "RetainData", False)

    first, second = dlfeval(twice, dlarray(np.array([3.0])))
    assert float(first) == float(second) == 6


def test_the_gradient_of_what_was_computed():
    def slope(x):
        y = x**2
        return dlgradient((3 * y).sum(), y)

    assert float(dlfeval(slope, dlarray(np.array([5.0])))) == 3


def test_results_and_arguments_are_no_longer_recorded():
    x = dlarray(np.ones(2))
    y = dlfeval(lambda x: {"y": [x * 2]}, x)["y"][0]
    assert not y.tensor.requires_grad
    assert not x.tensor.requires_grad
    assert np.asarray(y).tolist() == [2, 2]


def test_elements_can_be_set_while_recording():
    def slope(x):
        y = dlarray(np.zeros(3))
        y[1] = x[0] * 4
        x[0] = 0
        return dlgradient(y.sum(), y), y

    gradient, y = dlfeval(slope, dlarray(np.array([2.0])))
    assert extractdata(gradient).tolist() == [1, 1, 1]
    assert extractdata(y).tolist() == [0, 8, 0]


@pytest.mark.tier("chosen", "`dlfeval` inside of `dlfeval` goes on recording")
def test_a_call_inside_of_another_goes_on_recording():
    def outer(x):
        y = dlfeval(lambda x: x**2, x)
        return dlgradient(y.sum(), x)

    assert float(dlfeval(outer, dlarray(np.array([3.0])))) == 6


@pytest.mark.parametrize("fmt", ["SSC", "SSCB", ""])
def test_the_gradient_of_a_score_is_that_of_the_network(fmt):
    weights = np.random.RandomState(0).randn(3, 2, 4, 5)
    net = tiny.weighted_sum(weights)
    shape = (4, 5, 2, 1) if fmt == "SSCB" else (4, 5, 2)
    X = dlarray(np.ones(shape, np.float32), fmt)

    def slope(net, X):
        scores = predict(net, X)
        return scores, dlgradient(scores[1].sum(), X)

    scores, gradient = dlfeval(slope, net, X)
    assert (dims(scores), scores.shape) == (("CB", (3, 1)) if fmt == "SSCB" else ("C", (3,)))
    assert gradient.shape == shape
    assert dims(gradient) == fmt
    found = extractdata(gradient).reshape(4, 5, 2)
    np.testing.assert_allclose(found, weights[1].transpose(1, 2, 0), rtol=1e-6)


def test_batches_keep_their_order():
    net = tiny.conv()
    X = np.random.RandomState(0).rand(16, 16, 3, 2).astype(np.float32) * 255
    scores = predict(net, dlarray(X, "SSCB"))
    np.testing.assert_allclose(extractdata(scores).T, predict(net, X), rtol=1e-4, atol=1e-5)
    one = predict(net, dlarray(X.transpose(3, 2, 0, 1), "BCSS"))
    assert extractdata(one).tolist() == extractdata(scores).tolist()


def test_a_label_stands_for_the_channel_of_its_class():
    net = tiny.weighted_sum(np.random.RandomState(0).randn(3, 1, 2, 2))
    label = categorical(["b"], ["a", "b", "c"])
    scores = predict(net, dlarray(np.ones((2, 2), np.float32)))
    assert float(scores[label]) == float(scores[1])


def test_activations_can_be_differentiated_with_respect_to():
    net = tiny.conv()
    X = dlarray(np.random.RandomState(0).rand(16, 16, 3).astype(np.float32), "SSC")
    layer = next(layer.Name for layer in net.Layers if "Convolution" in layer.Class)

    def slope(net, X):
        scores, features = predict(net, X, Outputs=[net.OutputNames[0], layer], nargout=2)
        return features, dlgradient(scores[0].sum(), features)

    features, gradient = dlfeval(slope, net, X)
    assert features.shape == gradient.shape
    assert dims(gradient) == "SSC"
    assert extractdata(gradient).any()


def test_the_network_is_left_as_it_was():
    net = tiny.conv()
    X = dlarray(np.ones((16, 16, 3), np.float32), "SSC")
    before, scores = net._model.SerializeToString(), predict(net, extractdata(X))
    with pytest.raises(RuntimeError, match="interrupted"):
        dlfeval(_interrupted, net, X)
    dlfeval(lambda net, X: dlgradient(predict(net, X).sum(), X), net, X)
    assert net._model.SerializeToString() == before
    assert predict(net, extractdata(X)).tolist() == scores.tolist()
    with pytest.raises(ValueError, match="dlfeval"):
        dlgradient(predict(net, X).sum(), X)


def _interrupted(net, X):
    predict(net, X)
    raise RuntimeError("interrupted")


def argmax_network(tmp_path):
    import onnx

    made = tiny.model(
        [
            tiny.node("Relu", ["data"], "relu"),
            tiny.node("ArgMax", ["relu"], "best", axis=1),
            tiny.node("Cast", ["best"], "out", to=1),
        ],
        {},
        {"data": ["N", 2, 4, 4]},
        {"out": ["N", 1, 4, 4]},
    )
    onnx.save(made, tmp_path / "net.onnx")
    return importNetworkFromONNX(tmp_path / "net.onnx")


def test_a_network_without_gradient_says_which_operator(tmp_path):
    X = dlarray(np.random.RandomState(0).rand(4, 4, 2).astype(np.float32), "SSC")
    with pytest.raises(ValueError, match="dlgradient: y was not computed.*ArgMax, which has no"):
        dlfeval(lambda net, X: dlgradient(predict(net, X).sum(), X), argmax_network(tmp_path), X)


def test_images_of_another_size_go_through_layers_that_take_them():
    made = tiny.model(
        [
            tiny.node("Conv", ["data", "W"], "conv", pads=[1, 1, 1, 1]),
            tiny.node("Relu", ["conv"], "relu"),
            tiny.node("GlobalAveragePool", ["relu"], "pool"),
            tiny.node("Flatten", ["pool"], "out"),
        ],
        {"W": np.random.RandomState(0).randn(4, 3, 3, 3)},
        {"data": ["N", 3, 8, 8]},
        {"out": ["N", 4]},
    )
    net = tiny.network_from_model(made, "test")
    large = dlarray(np.random.RandomState(1).rand(12, 20, 3).astype(np.float32), "SSC")
    scores, features = predict(net, large, Outputs=["out", "relu"], nargout=2)
    assert scores.shape == (4,)
    assert features.shape == (12, 20, 4)
    np.testing.assert_allclose(
        extractdata(features).mean(axis=(0, 1)), extractdata(scores), rtol=1e-5
    )


ones = dlarray(np.ones((2, 2)))


@pytest.mark.parametrize(
    ("call", "error", "says"),
    [
        (lambda: dlgradient(ones.sum(), ones), ValueError, "in a function that dlfeval calls"),
        (lambda: dlfeval(3, ones), TypeError, "fun must be a function.*but is 3"),
        (lambda: dlfeval(lambda x: dlgradient(x, x), ones), ValueError, "one element, but is 2×2"),
        (
            lambda: dlfeval(lambda x: dlgradient(1.0, x), ones),
            TypeError,
            "y must be a dlarray.*1.0",
        ),
        (lambda: dlfeval(lambda x: dlgradient(x.sum()), ones), TypeError, "x is missing"),
        (
            lambda: dlfeval(lambda x: dlgradient(x.sum(), np.ones(2)), ones),
            TypeError,
            "x must be a dlarray",
        ),
        (
            lambda: dlfeval(lambda x: dlgradient(x.sum(), ones), ones),
            ValueError,
            "x must be an argument of the function",
        ),
        (
            lambda: dlfeval(lambda x: dlgradient(dlarray(extractdata(x)).sum(), x), ones),
            ValueError,
            "y was not computed from what dlfeval records. Compute.*extractdata",
        ),
        (
            lambda: dlfeval(lambda x: dlgradient(x.sum(), x, nargout=2), ones),
            TypeError,
            "nargout is 2, but there are 1",
        ),
        (lambda: dlfeval(lambda x: np.asarray(x), ones), TypeError, "being differentiated"),
        (
            lambda: predict(tiny.conv(), dlarray(np.ones((16, 16), np.float32), "SS")),
            ValueError,
            r"3 channels, as many as the network takes, but is 16\(S\)×16\(S\)",
        ),
        (
            lambda: predict(tiny.conv(), dlarray(np.ones((3, 5), np.float32), "CT")),
            ValueError,
            r"labels 'SSCB'.*3\(C\)×5\(T\)",
        ),
        (
            lambda: predict(
                tiny.weighted_sum(np.ones((1, 3, 4, 4))),
                dlarray(np.ones((9, 9, 3), np.float32), "SSC"),
            ),
            ValueError,
            "cannot compute with: its InputSize is 4×4×3",
        ),
    ],
)
def test_bad_input(call, error, says):
    with pytest.raises(error, match=says):
        call()


def test_functions_of_layers_are_differentiated():
    at = np.random.RandomState(0).randn(3, 2)

    def fun(x):
        return (relu(x) * sigmoid(x)).sum()

    gradient = dlfeval(lambda x: dlgradient(fun(x), x), dlarray(at))
    expected = slopes(lambda a: float(fun(dlarray(a))), at)
    np.testing.assert_allclose(extractdata(gradient), expected, rtol=1e-5, atol=1e-8)


def test_networks_of_features_take_channels_and_observations():
    weights = np.random.RandomState(0).randn(3, 4)
    layers = [featureInputLayer(4), fullyConnectedLayer(3, Weights=weights, Bias=np.zeros(3))]
    net = dlnetwork(layers)
    X = np.random.RandomState(1).rand(5, 4).astype(np.float32)

    def slope(net, X):
        scores = predict(net, X)
        return scores, dlgradient(scores[1].sum(), X)

    scores, gradient = dlfeval(slope, net, dlarray(X, "BC"))
    np.testing.assert_allclose(extractdata(scores), weights @ X.T, rtol=1e-4, atol=1e-5)
    assert dims(gradient) == "CB"
    np.testing.assert_allclose(extractdata(gradient), np.tile(weights[1:2].T, 5), rtol=1e-5)


def test_networks_of_sequences_take_channels_and_time(reference):
    net = importNetworkFromONNX(reference("onnx", "cscs_lstm.onnx"))
    sequence = np.random.RandomState(0).rand(2, 7).astype(np.float32)
    scores = extractdata(predict(net, dlarray(sequence, "CT")))
    expected = net.engine("cpu")(np.ascontiguousarray(sequence.T[:, np.newaxis]))[0]
    np.testing.assert_allclose(scores, expected.reshape(-1), atol=1e-6)
