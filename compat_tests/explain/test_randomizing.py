"""weightRandomizationTest."""

import numpy as np
import pytest
import tiny_networks as tiny
from onnx import numpy_helper
from scipy.stats import spearmanr
from skimage.filters import sobel
from skimage.metrics import structural_similarity

from matxai import DAGNetwork, dlnetwork, gradCAM, predict, weightRandomizationTest
from matxai import convolution2dLayer as conv2d
from matxai import fullyConnectedLayer as fully
from matxai import imageInputLayer as image_input
from matxai.explain.randomized_weights import redrawn_weights, weighted_layers, with_weights

X = np.random.RandomState(0).randint(0, 256, (16, 16, 3), np.uint8)
GRADCAM = ("gradCAM", {"ReductionLayer": "fc"})


@pytest.fixture
def net():
    return tiny.conv()


def edges(net, X, channelIdx):
    return sobel(X.mean(axis=2))


def weights_of(net):
    return {w.name: numpy_helper.to_array(w) for w in net._model.graph.initializer}


# What the test finds


@pytest.mark.tier("documented", "A map that ignores the weights has correlation and similarity 1")
@pytest.mark.parametrize("mode", ["cascading", "independent", "all"])
def test_a_map_that_ignores_the_weights_does_not_change(net, mode):
    correlation, similarity, _, maps = weightRandomizationTest(
        net, X, 1, edges, Mode=mode, nargout=4
    )
    assert np.allclose(correlation, 1, rtol=0, atol=1e-12)
    assert np.allclose(similarity, 1, rtol=0, atol=1e-12)
    assert all(np.array_equal(maps[:, :, s], edges(net, X, 1)) for s in range(maps.shape[2]))


@pytest.mark.tier("documented", "The map of `gradCAM` changes")
def test_grad_cam_changes(net):
    correlation, similarity = weightRandomizationTest(net, X, 1, GRADCAM, Rng=1, nargout=2)
    assert (correlation < 0.95).all()
    assert (similarity < 0.95).all()


def test_the_numbers_are_those_of_scipy_and_scikit_image(net):
    correlation, similarity, _, maps = weightRandomizationTest(net, X, 2, GRADCAM, Rng=3, nargout=4)
    first = gradCAM(net, X, 2, ReductionLayer="fc")

    def rescaled(a):
        return (a - a.min()) / np.ptp(a)

    for s in range(2):
        other = maps[:, :, s]
        assert correlation[s] == pytest.approx(spearmanr(first.ravel(), other.ravel())[0])
        expected = structural_similarity(rescaled(first), rescaled(other), data_range=1)
        assert similarity[s] == pytest.approx(expected)


# What is random


@pytest.mark.tier(
    "documented",
    "`weightRandomizationTest` gives random weights to the last layers first, the same in "
    "every mode",
)
def test_layers_lose_their_weights_from_the_last_one_on(net):
    seen = []

    def watching(net, X, channelIdx):
        seen.append(weights_of(net))
        return edges(net, X, channelIdx)

    layers = weightRandomizationTest(net, X, 1, watching, Rng=0, nargout=3)[2]
    assert layers == [["fc"], ["conv_1"]]
    assert [changed_layers(seen[0], other) for other in seen[1:]] == [{"fc"}, {"fc", "conv"}]
    cascade = seen[-1]
    seen.clear()
    weightRandomizationTest(net, X, 1, watching, Rng=0, Mode="independent")
    assert [changed_layers(seen[0], other) for other in seen[1:]] == [{"fc"}, {"conv"}]
    seen.clear()
    layers = weightRandomizationTest(net, X, 1, watching, Rng=0, Mode="all", nargout=3)[2]
    assert layers == [["fc", "conv_1"]]
    assert len(seen) == 2
    # The same seed draws the same weights in every mode.
    assert all(np.array_equal(seen[1][name], cascade[name]) for name in cascade)


def changed_layers(before, after):
    changed = {name for name in before if not np.array_equal(before[name], after[name])}
    assert {f"{name[:-1]}{k}" for name in changed for k in "WB"} == changed  # weights and biases
    return {name[:-2] for name in changed}


@pytest.mark.tier(
    "chosen",
    "Random weights are normal, with the mean and standard deviation of the tensor they replace",
)
def test_random_weights_are_normal_with_the_mean_and_deviation_of_those_before():
    net = tiny.weighted_sum(3 + 2 * np.random.RandomState(0).rand(20, 3, 16, 16))
    (drawn,) = redrawn_weights(net, ["W"], np.random.RandomState(5)).values()
    old, new = weights_of(net)["W"], numpy_helper.to_array(drawn)
    assert new.shape == old.shape
    assert new.dtype == np.float32
    assert abs(new.mean() - old.mean()) < 0.02
    assert abs(new.std() / old.std() - 1) < 0.02
    assert 0.31 < (np.abs(new - old.mean()) > old.std()).mean() < 0.325  # of a normal one 0.317


def normalized_model(scale):
    random = np.random.RandomState(0)
    nodes = [
        tiny.node("Conv", ["data", "W"], "conv"),
        tiny.node("BatchNormalization", ["conv", "scale", "offset", "mean", "variance"], "bn"),
        tiny.node("PRelu", ["bn", "slope"], "prelu"),
    ]
    weights = {
        "W": random.randn(4, 3, 3, 3) / 100,
        "scale": scale,
        "offset": [1.0, 2, 3, 4],
        "mean": [4.0, 3, 2, 1],
        "variance": [1.0, 2, 3, 4],
        "slope": np.full((4, 1, 1), 0.1),
    }
    return tiny.model(nodes, weights, {"data": ["N", 3, 16, 16]}, {"prelu": ["N", 4, 14, 14]})


@pytest.mark.tier(
    "chosen",
    "Weights, biases, scales, offsets and slopes are drawn anew; statistics of batch "
    "normalizations and constant tensors stay",
)
def test_scales_and_offsets_are_weights_and_statistics_and_constant_tensors_are_none():
    net = tiny.network_from_model(normalized_model([0.5, 1, 2, 1]), "test")
    assert weighted_layers(net) == {"bn": ["scale", "offset"], "conv": ["W"]}
    net = tiny.network_from_model(normalized_model(np.ones(4)), "test")
    assert weighted_layers(net) == {"bn": ["offset"], "conv": ["W"]}


def test_layers_that_a_matlab_export_splits_are_one():
    random = np.random.RandomState(0)
    nodes = [
        tiny.node("Flatten", ["data"], "fc_Flatten"),
        tiny.node("MatMul", ["fc_Flatten", "fc_W"], "fc_MatMul"),
        tiny.node("Add", ["fc_MatMul", "fc_B"], "fc_Add"),
    ]
    weights = {"fc_W": random.randn(12, 3), "fc_B": random.randn(3)}
    model = tiny.model(nodes, weights, {"data": ["N", 3, 2, 2]}, {"fc_Add": ["N", 3]})
    model.producer_name = "MATLAB Deep Learning Toolbox Converter for ONNX Model Format"
    (tensors,) = weighted_layers(tiny.network_from_model(model, "test")).values()
    assert sorted(tensors) == ["fc_B", "fc_W"]


@pytest.mark.tier(
    "chosen",
    "Neighbouring layers share one of the `NumStages` stages, 10 by default",
)
def test_neighbouring_layers_share_a_stage():
    random = np.random.RandomState(0)
    nodes = [tiny.node("Flatten", ["data"], "f0")]
    nodes += [tiny.node("MatMul", [f"f{i}", f"W{i}"], f"f{i + 1}") for i in range(7)]
    weights = {f"W{i}": random.randn(12, 12) for i in range(7)}
    model = tiny.model(nodes, weights, {"data": ["N", 3, 2, 2]}, {"f7": ["N", 12]})
    net = tiny.network_from_model(model, "test")
    image = random.rand(2, 2, 3)

    def layers(**options):
        method = lambda net, X, channelIdx: X[:, :, 0]
        return weightRandomizationTest(net, image, 1, method, nargout=3, **options)[2]

    assert layers(NumStages=3) == [["f7", "f6", "f5"], ["f4", "f3"], ["f2", "f1"]]
    assert layers() == [[f"f{i}"] for i in range(7, 0, -1)]


# The network itself


def test_the_network_is_not_changed(net):
    before, scores = net._model.SerializeToString(), predict(net, X)
    first = gradCAM(net, X, 1)
    weightRandomizationTest(net, X, 1, GRADCAM)

    def interrupted(net, X, channelIdx, calls=[]):  # noqa: B006
        calls.append(1)
        if len(calls) > 1:
            raise KeyboardInterrupt
        return edges(net, X, channelIdx)

    with pytest.raises(KeyboardInterrupt):
        weightRandomizationTest(net, X, 1, interrupted)
    assert net._model.SerializeToString() == before
    assert np.array_equal(predict(net, X), scores)
    assert np.array_equal(gradCAM(net, X, 1), first)


@pytest.mark.parametrize("kind", ["dlnetwork", "DAGNetwork", "of layers"])
def test_a_copy_is_a_network_of_its_own(kind):
    if kind == "of layers":
        random = np.random.RandomState(0)
        net = dlnetwork(
            [
                image_input([4, 4, 3], Normalization="none"),
                conv2d(3, 2, Weights=random.randn(3, 3, 3, 2), Bias=random.randn(2), Name="conv"),
                fully(3, Weights=random.randn(3, 8), Bias=random.randn(3), Name="fc"),
            ]
        )
    elif kind == "DAGNetwork":
        net = DAGNetwork(tiny.conv_model((4, 4, 3)), Classes=list("abcde"))
    else:
        net = tiny.conv((4, 4, 3))
    image = np.random.RandomState(1).rand(4, 4, 3) * 255
    scores, learnables = predict(net, image), [p.Value.copy() for p in net.Learnables]
    names = [t for tensors in weighted_layers(net).values() for t in tensors]
    assert len(names) == 4
    changed = with_weights(net, redrawn_weights(net, names, np.random.RandomState(2)))
    assert type(changed) is type(net)
    assert not np.allclose(predict(changed, image), scores)
    assert np.array_equal(predict(net, image), scores)
    assert [layer.Name for layer in changed.Layers] == [layer.Name for layer in net.Layers]
    pairs = list(zip(changed.Learnables, net.Learnables, learnables, strict=True))
    assert len(pairs) == 4
    for new, now, before in pairs:
        assert np.array_equal(now.Value, before)
        if kind != "of layers":  # whose layers show what they were given
            assert not np.array_equal(new.Value, before)


def test_a_seed_repeats_it_and_the_stream_of_rng_is_the_default(net):
    from matxai import rng

    runs = [weightRandomizationTest(net, X, 1, GRADCAM, Rng=7) for _ in range(2)]
    assert np.array_equal(*runs)
    rng(7)
    assert np.array_equal(weightRandomizationTest(net, X, 1, GRADCAM), runs[0])
    assert not np.array_equal(weightRandomizationTest(net, X, 1, GRADCAM, Rng=8), runs[0])


# Shapes, edges, bad input


def test_channels_have_numbers_of_their_own(net):
    results = weightRandomizationTest(net, X, [3, 1], GRADCAM, Rng=0, nargout=4)
    assert [np.shape(r) for r in (*results[:2], results[3])] == [(2, 2), (2, 2), (16, 16, 2, 2)]
    for k, channel in enumerate([3, 1]):
        single = weightRandomizationTest(net, X, channel, GRADCAM, Rng=0, nargout=4)
        assert np.allclose(results[0][:, k], single[0], atol=1e-4)
        assert np.allclose(results[3][:, :, k], single[3], atol=1e-5)


@pytest.mark.tier("chosen", "A map without differences gives NaN and a warning")
def test_a_map_without_differences_says_nothing(net):
    def saturated(net, X, channelIdx, calls=[]):  # noqa: B006
        calls.append(1)
        return edges(net, X, 1) if len(calls) == 1 else np.zeros((16, 16))

    with pytest.warns(RuntimeWarning, match="constant map.*a softmax may leave none"):
        correlation, similarity = weightRandomizationTest(
            net, X, 1, saturated, Mode="all", nargout=2
        )
    assert np.isnan(correlation).all()
    assert np.isnan(similarity).all()


def test_a_method_that_fails_with_random_weights_loses_that_stage_only(net):
    def failing(net, X, channelIdx, calls=[]):  # noqa: B006
        calls.append(1)
        if len(calls) == 2:
            raise ValueError("beyond all range")
        return edges(net, X, 1)

    with pytest.warns(RuntimeWarning, match="random weights of 'fc' failing failed: beyond all"):
        correlation, _, _, maps = weightRandomizationTest(net, X, 1, failing, nargout=4)
    assert np.isnan(correlation).tolist() == [True, False]
    assert np.isnan(maps[:, :, 0]).all()
    assert np.array_equal(maps[:, :, 1], edges(net, X, 1))


@pytest.mark.parametrize("size", [(1, 2), (2, 3), (4, 6), (7, 7)])
def test_maps_of_any_size_are_compared(net, size):
    values = np.random.RandomState(0).rand(*size)
    numbers = weightRandomizationTest(net, X, 1, lambda *_: values, nargout=2)
    assert np.allclose(numbers, 1)


def test_progress_is_told(net):
    calls = []
    weightRandomizationTest(net, X, 1, edges, Progress=lambda *a: calls.append(a))
    assert calls == [(1, 2), (2, 2)]


@pytest.mark.parametrize(
    ("method", "options", "error", "message"),
    [
        ("gradcan", {}, ValueError, "Method must hold names out of.*Did you mean 'gradCAM'"),
        (3, {}, TypeError, "Method must be the name of an explainer, a function"),
        (("gradCAM", 3), {}, TypeError, "Method must be the name of an explainer"),
        (("gradCAM", {"Upsampling": "none"}), {}, TypeError, "Did you mean 'OutputUpsampling'"),
        (lambda *_: np.ones((4, 4)), {}, ValueError, "must have differences.*is constant"),
        (lambda *_: np.full((4, 4), np.nan), {}, ValueError, "must hold finite values"),
        (lambda *_: np.ones(4), {}, ValueError, "The map of function must be H×W but is 4"),
        (lambda *_: None, {}, TypeError, "The map of function must be a numeric array"),
        (edges, {"Mode": "random"}, ValueError, 'Mode must be "cascading"'),
        (edges, {"NumStages": 0}, ValueError, "NumStages must be a positive integer"),
        (edges, {"Rng": "now"}, TypeError, "Rng must be a seed"),
    ],
)  # fmt: skip
def test_bad_input(net, method, options, error, message):
    with pytest.raises(error, match=message):
        weightRandomizationTest(net, X, 1, method, **options)


def test_a_network_without_weights():
    nodes = [tiny.node("Flatten", ["data"], "flatten")]
    model = tiny.model(nodes, {}, {"data": ["N", 3, 2, 2]}, {"flatten": ["N", 12]})
    net = tiny.network_from_model(model, "test")
    with pytest.raises(ValueError, match="net must have weights"):
        weightRandomizationTest(net, np.ones((2, 2, 3)), 1, lambda *_: np.eye(2))
