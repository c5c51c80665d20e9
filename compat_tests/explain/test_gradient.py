"""gradientAttribution."""

import numpy as np
import pytest
import tiny_networks as tiny
from hypothesis import given, settings
from hypothesis import strategies as st

from matxai import DAGNetwork, dlarray, gradientAttribution, predict, rand, rng
from matxai.nets.differentiating import NotDifferentiableError
from matxai.nets.importing import network_from_model

METHODS = ["autodiff", "guided-backprop", "zeiler-fergus", "integrated-gradients", "smoothgrad"]
X_GOOD = np.random.RandomState(0).randint(0, 256, (16, 16, 3), np.uint8)


def attribution(*args, **options):
    return gradientAttribution(*args, **options, nargout=2)[1]


def rescaled(map):
    span = map.max() - map.min()
    return (map - map.min()) / span if span else np.zeros_like(map)


@pytest.fixture(scope="module")
def net():
    return tiny.conv()


# What is differentiated


@pytest.mark.tier("documented", "A linear score has its weights as gradient")
@given(
    st.tuples(st.integers(1, 9), st.integers(1, 9), st.integers(1, 4)),
    st.sampled_from([np.uint8, np.int16, np.float32, np.float64]),
    st.sampled_from("CF"),
    st.integers(1, 3),
)
def test_a_linear_score_has_its_weights_as_gradient(size, dtype, order, count):
    random = np.random.RandomState(0)
    weights = random.randn(count, *size)
    X = np.asarray(random.randint(0, 100, size), dtype, order=order)
    net = tiny.weighted_sum(weights.transpose(0, 3, 1, 2))
    maps, found = gradientAttribution(net, X, list(range(1, count + 1)), nargout=2)
    maps = maps.reshape(*size[:2], count)
    found = found.reshape(*size, count)
    for k in range(count):
        assert np.abs(found[..., k] - weights[k]).max() < 1e-6
        expected = rescaled(np.abs(weights[k].astype(np.float32)).sum(axis=2, dtype=float))
        assert np.abs(maps[..., k] - expected).max() < 1e-6


def tanh_network(size, classes, seed):
    """Make a network with tanh and softmax, and its scores computed in double."""
    random = np.random.RandomState(seed)
    height, width, channels = size
    first = random.randn(6, height * width * channels) / 2
    second = random.randn(classes, 6)
    nodes = [
        tiny.node("Flatten", ["data"], "flatten"),
        tiny.node("Gemm", ["flatten", "A"], "first", transB=1),
        tiny.node("Tanh", ["first"], "tanh"),
        tiny.node("Gemm", ["tanh", "B"], "second", transB=1),
        tiny.node("Softmax", ["second"], "prob", axis=1),
    ]
    made = tiny.model(
        nodes,
        {"A": first, "B": second},
        {"data": ["N", channels, height, width]},
        {"prob": ["N", classes]},
    )

    def scores(X):
        z = second @ np.tanh(first @ X.transpose(2, 0, 1).ravel())
        return np.exp(z - z.max()) / np.exp(z - z.max()).sum()

    return network_from_model(made, "test"), scores


@pytest.mark.tier("documented", "The gradient is that of the softmax, by finite differences")
@given(
    st.tuples(st.integers(1, 4), st.integers(1, 4), st.integers(1, 3)),
    st.integers(2, 4),
    st.integers(0, 100),
)
def test_gradients_are_finite_differences_of_the_softmax(size, classes, seed):
    net, scores = tanh_network(size, classes, seed)
    X = np.random.RandomState(seed + 1).randn(*size)
    expected = np.zeros((*size, classes))
    for place in np.ndindex(*size):
        step = np.zeros(size)
        step[place] = 1e-5
        expected[place] = (scores(X + step) - scores(X - step)) / 2e-5
    found = attribution(net, X, list(range(1, classes + 1))).reshape(expected.shape)
    assert np.abs(found - expected).max() < 2e-5
    assert np.abs(found.sum(axis=-1)).max() < 2e-5  # scores of a softmax have a constant sum


@pytest.mark.parametrize("method", METHODS)
def test_the_map_is_the_rescaled_sum_of_absolute_values(net, method):
    maps, found = gradientAttribution(net, X_GOOD, [4, 2], Method=method, nargout=2)
    assert maps.shape == (16, 16, 2)
    assert found.shape == (16, 16, 3, 2)
    assert (found < 0).any()
    assert maps.dtype == found.dtype == np.float64
    for k in range(2):
        expected = rescaled(np.abs(found[..., k]).sum(axis=2))
        assert np.abs(maps[..., k] - expected).max() < 1e-12
        assert (maps[..., k].min(), maps[..., k].max()) == (0, 1)


@pytest.mark.tier("documented", "A map without differences is zero")
def test_a_map_without_differences_is_zero():
    maps = gradientAttribution(tiny.weighted_sum(np.ones((2, 3, 4, 4))), np.ones((4, 4, 3)), [1, 2])
    assert np.array_equal(maps, np.zeros((4, 4, 2)))


def test_channels_are_explained_one_by_one(net):
    maps = gradientAttribution(net, X_GOOD, [5, 1, 5])
    for k, channel in enumerate([5, 1, 5]):
        assert np.allclose(maps[..., k], gradientAttribution(net, X_GOOD, channel), atol=1e-6)
    assert gradientAttribution(net, X_GOOD, [3]).shape == (16, 16)


def test_grey_images_have_no_third_dimension():
    net = tiny.conv((9, 7, 1))
    X = np.random.RandomState(0).rand(9, 7) * 255
    maps, found = gradientAttribution(net, X, 1, nargout=2)
    assert maps.shape == found.shape == (9, 7)
    assert attribution(net, X, [1, 2]).shape == (9, 7, 1, 2)
    assert np.array_equal(maps, gradientAttribution(net, X[:, :, None], 1))


def test_options_are_written_as_in_matlab(net):
    expected = attribution(net, X_GOOD, 2, Method="guided-backprop", ReductionLayer="fc")
    pairs = attribution(net, X_GOOD, 2, "reductionlayer", "fc", "METHOD", "Guided-Backprop")
    assert np.array_equal(pairs, expected)


def test_a_dlarray_stands_for_its_data(net):
    expected = gradientAttribution(net, X_GOOD, 2)
    X = dlarray(np.float32(X_GOOD), "SSC")
    assert np.array_equal(gradientAttribution(net, X, 2), expected)
    X = dlarray(np.float32(X_GOOD)[None].transpose(3, 0, 1, 2), "CBSS")
    assert np.array_equal(gradientAttribution(net, X, 2), expected)


# Layers and labels


def test_the_default_is_the_softmax(net):
    assert np.array_equal(
        attribution(net, X_GOOD, 1), attribution(net, X_GOOD, 1, ReductionLayer="prob")
    )
    before = attribution(net, X_GOOD, [1, 2, 3, 4, 5], ReductionLayer="fc")
    scores = predict(net, X_GOOD)[0].astype(float)
    # The derivative of the softmax, from that of the layer before.
    jacobian = np.diag(scores) - np.outer(scores, scores)
    found = attribution(net, X_GOOD, [1, 2, 3, 4, 5])
    assert np.abs(found - before @ jacobian).max() < 1e-5 * np.abs(found).max() + 1e-9


def test_a_layer_by_its_number(net):
    number = [layer.Name for layer in net.Layers].index("fc") + 1
    by_name = attribution(net, X_GOOD, 2, ReductionLayer="fc")
    assert np.array_equal(attribution(net, X_GOOD, 2, ReductionLayer=number), by_name)


@pytest.mark.tier("chosen", "Outputs with spatial dimensions count by their total")
def test_outputs_with_spatial_dimensions_count_by_their_total(net):
    found = attribution(net, X_GOOD, 3, ReductionLayer="conv_1")
    weight = next(w for w in net.Learnables if w.Parameter == "Weights" and w.Layer == "conv_1")
    # In the middle each pixel is seen once by every element of the filter.
    expected = weight.Value[:, :, :, 2].sum(axis=(0, 1))
    assert np.abs(found[1:-1, 1:-1] - expected).max() < 1e-5


def test_labels_stand_for_channels():
    names = ["ant", "bee", "cat", "dog", "eel"]
    net = DAGNetwork(tiny.conv_model(), Classes=names)
    plain = tiny.conv()
    assert np.array_equal(
        gradientAttribution(net, X_GOOD, "bee"), gradientAttribution(plain, X_GOOD, 2)
    )
    assert np.array_equal(
        attribution(net, X_GOOD, ["eel", "ant"], ReductionLayer="fc"),
        attribution(plain, X_GOOD, [5, 1], ReductionLayer="fc"),
    )
    with pytest.raises(ValueError, match="label must be one of .* 'bea'.* 'bee'"):
        gradientAttribution(net, X_GOOD, "bea")
    with pytest.raises(TypeError, match="channelIdx must be channel indices, but is 'bee'"):
        gradientAttribution(net, X_GOOD, "bee", ReductionLayer="conv_1")


def test_networks_with_a_fixed_batch():
    net = network_from_model(tiny.reshape_model(), "test")
    X = np.random.RandomState(0).rand(2, 2, 3)
    assert net._fixed_batch == 1
    expected = (np.arange(24.0).reshape(12, 2)[:, 1]).reshape(3, 2, 2).transpose(1, 2, 0)
    for method in ("autodiff", "smoothgrad"):
        assert np.allclose(attribution(net, X, 2, Method=method), expected, atol=1e-4)


# Integrated gradients


@given(st.integers(1, 60), st.sampled_from(["zeros", "mean", "number", "image"]))
def test_on_a_linear_score_each_value_counts_by_its_difference(steps, kind):
    random = np.random.RandomState(0)
    weights, X, other = random.randn(5, 6, 3), random.rand(5, 6, 3) * 9, random.randn(5, 6, 3)
    option, baseline = {
        "zeros": ("zeros", 0),
        "mean": ("mean", X.mean(axis=(0, 1))),
        "number": (2.5, 2.5),
        "image": (other, other),
    }[kind]
    net = tiny.weighted_sum(weights.transpose(2, 0, 1)[None])
    found = attribution(net, X, 1, Method="integrated-gradients", Baseline=option, NumSteps=steps)
    assert np.abs(found - weights * (X - baseline)).max() < 1e-5


@pytest.mark.tier(
    "chosen",
    "The way of integrated gradients has Gauss–Legendre nodes, 50 by default",
)
def test_the_way_has_gauss_legendre_nodes():
    random = np.random.RandomState(0)
    first, second, X, baseline = (random.randn(4, 4, 3) for _ in range(4))
    net = tiny.product(*(w.transpose(2, 0, 1) for w in (first, second)))
    # The gradient is linear along the way, so one node in its middle is exact; n equal parts,
    # taken at either end, would not be.
    middle = (X + baseline) / 2
    slope = first * (second * middle).sum() + second * (first * middle).sum()
    for steps in (1, 2, 50):
        found = attribution(
            net, X, 1, Method="integrated-gradients", Baseline=baseline, NumSteps=steps
        )
        assert np.abs(found - slope * (X - baseline)).max() < 1e-4


@pytest.mark.tier(
    "documented",
    "Parts of integrated gradients add up to the difference of the scores",
)
@settings(max_examples=10)
@given(st.integers(0, 1000), st.floats(0.1, 3), st.booleans())
def test_integrated_gradients_are_complete(seed, scale, to_mean):
    net, scores = tanh_network((3, 4, 2), 3, seed)
    X = np.random.RandomState(seed).randn(3, 4, 2) * scale
    start = np.broadcast_to(X.mean(axis=(0, 1)), X.shape) if to_mean else np.zeros_like(X)
    found = attribution(
        net, X, [1, 2, 3], Method="integrated-gradients", Baseline="mean" if to_mean else "zeros"
    )
    assert np.abs(found.sum(axis=(0, 1, 2)) - (scores(X) - scores(start))).max() < 2e-4


def test_integrated_gradients_are_complete_with_relu(net):
    found = attribution(net, X_GOOD, [1, 2, 3, 4, 5], Method="integrated-gradients", NumSteps=200)
    change = (predict(net, X_GOOD) - predict(net, np.zeros_like(X_GOOD)))[0]
    assert np.abs(change).max() > 1e-2
    assert np.abs(found.sum(axis=(0, 1, 2)) - change).max() < 1e-3


# SmoothGrad


@pytest.mark.tier(
    "chosen",
    "SmoothGrad's noise is `rand(H,W,C)` of each copy put through the inverse of the "
    "normal distribution, times `NoiseLevel` times the range of X",
)
def test_noise_is_uniform_numbers_put_through_the_inverse_normal():
    from scipy.stats import norm

    random = np.random.RandomState(0)
    first, second = random.randn(4, 3, 3), random.randn(4, 3, 3)
    X = random.rand(4, 3, 3)
    net = tiny.product(*(w.transpose(2, 0, 1) for w in (first, second)))
    rng(7)
    noise = np.stack([norm.ppf(rand(4, 3, 3)) for _ in range(6)]) * 0.25 * (X.max() - X.min())
    after = rand()
    # The gradient is linear, so its mean is that at the mean of the copies.
    mean = X + noise.mean(axis=0)
    expected = first * (second * mean).sum() + second * (first * mean).sum()
    rng(7)
    found = attribution(net, X, 1, Method="smoothgrad", NumSamples=6, NoiseLevel=0.25)
    assert rand() == after
    assert np.abs(found - expected).max() < 1e-4
    seeded = attribution(net, X, 1, Method="smoothgrad", NumSamples=6, NoiseLevel=0.25, Rng=7)
    assert np.array_equal(seeded, found)


@pytest.mark.parametrize("method", ["integrated-gradients", "smoothgrad"])
@pytest.mark.tier("documented", "MiniBatchSize changes the last digits only")
def test_the_mini_batch_size_does_not_matter(net, method):
    smooth = {"Method": method, "NumSamples": 11, "Rng": 3}
    options = smooth if method == "smoothgrad" else {"Method": method, "NumSteps": 11}
    expected = attribution(net, X_GOOD, [1, 4], **options)
    for size in (1, 3, 11):
        found = attribution(net, X_GOOD, [1, 4], **options, MiniBatchSize=size)
        assert np.abs(found - expected).max() < 1e-5 * np.abs(expected).max()


def test_images_without_range_have_no_noise(net):
    X = np.full((16, 16, 3), 90)
    smooth = attribution(net, X, 1, Method="smoothgrad", NumSamples=3)
    assert np.allclose(smooth, attribution(net, X, 1), rtol=1e-4, atol=1e-8)
    flat = attribution(net, X_GOOD, 1, Method="smoothgrad", NoiseLevel=0, NumSamples=2)
    assert np.allclose(flat, attribution(net, X_GOOD, 1), rtol=1e-4, atol=1e-8)


# What a call leaves behind


class StopRunError(Exception):
    pass


@pytest.mark.parametrize("method", METHODS)
def test_the_network_stays_as_it_is(method):
    import torch

    from matxai.nets.differentiating import torch_module

    net = tiny.conv()
    plain = attribution(net, X_GOOD, 2)
    scores, graph = predict(net, X_GOOD), net._model.SerializeToString()
    module = torch_module(net, ["prob"])
    weights = [p.clone() for p in module.module.parameters()]

    def stop(done, total):
        raise StopRunError

    with pytest.raises(StopRunError):
        gradientAttribution(net, X_GOOD, 2, Method=method, Progress=stop)
    gradientAttribution(net, X_GOOD, 2, Method=method)
    assert net._model.SerializeToString() == graph
    assert (net.OutputNames, net._custom) == (["prob"], {})
    assert np.array_equal(predict(net, X_GOOD), scores)
    assert np.array_equal(attribution(net, X_GOOD, 2), plain)
    assert torch_module(net, ["prob"]) is module
    assert set(net._modules) == {(("prob",), None, "auto")}
    for part in module.module.modules():
        assert not any([part.training, part._forward_hooks, part._backward_hooks])
    pairs = zip(weights, module.module.parameters(), strict=True)
    assert all(torch.equal(a, b) and b.grad is None for a, b in pairs)
    assert torch.is_grad_enabled()


def test_gradients_are_found_where_torch_is_told_to_keep_none(net):
    import torch

    with torch.no_grad():
        found = attribution(net, X_GOOD, 2, Method="guided-backprop")
    assert np.array_equal(found, attribution(net, X_GOOD, 2, Method="guided-backprop"))


def test_the_image_stays_as_it_is(net):
    X = X_GOOD.transpose(2, 0, 1).astype(np.float32)[..., ::-1].transpose(1, 2, 0)
    before = X.copy()
    for method in METHODS:
        gradientAttribution(net, X, 1, Method=method)
    assert np.array_equal(X, before)


@pytest.mark.parametrize(
    ("options", "total"),
    [
        ({}, 1),
        ({"Method": "integrated-gradients", "NumSteps": 20}, 20),
        ({"Method": "smoothgrad", "NumSamples": 9}, 9),
    ],
)
def test_progress_counts_images(net, options, total):
    told = []
    gradientAttribution(net, X_GOOD, 1, **options, Progress=lambda *args: told.append(args))
    assert told == [(min(n, total), total) for n in range(8, total + 8, 8)]


# Bad input


@pytest.mark.parametrize(
    ("args", "options", "error", "message"),
    [
        ((), {"Method": "deconvnet"}, ValueError, 'Method must be "autodiff" or .*\'deconvnet\''),
        ((), {"Method": 3}, TypeError, "Method must be .* but is 3"),
        ((), {"NumSteps": 9}, ValueError, 'NumSteps is an option of Method="integrated-grad'),
        (
            (),
            {"Method": "smoothgrad", "Baseline": np.zeros((16, 16, 3))},
            ValueError,
            'Baseline is an option of .*but Method is "smoothgrad": leave it out',
        ),
        ((), {"Method": "integrated", "NoiseLevel": 0.2}, ValueError, "NoiseLevel is an option"),
        ((), {"Method": "guided", "NumSamples": 3}, ValueError, "NumSamples is an option"),
        ((), {"Rng": 1}, ValueError, 'Rng is an option of Method="smoothgrad"'),
        ((), {"Method": "smoothgrad", "Rng": "a"}, TypeError, "Rng must be a seed"),
        ((), {"Method": "smoothgrad", "NoiseLevel": -1}, ValueError, "NoiseLevel .*0 or more.*-1"),
        ((), {"Method": "smoothgrad", "NumSamples": 0}, ValueError, "NumSamples must be a posit"),
        ((), {"Method": "integrated", "NumSteps": 1.5}, ValueError, "NumSteps must be a positive"),
        ((), {"Method": "integrated", "Baseline": "ones"}, ValueError, '"zeros" or "mean".*ones'),
        (
            (),
            {"Method": "integrated", "Baseline": np.zeros((8, 8, 3))},
            ValueError,
            "Baseline must be 16×16×3.* but is 8×8×3",
        ),
        (
            (),
            {"Method": "integrated", "Baseline": np.zeros((16, 16, 3, 2))},
            ValueError,
            "Baseline must be one image, but holds 2",
        ),
        ((), {"Method": "integrated", "Baseline": np.nan}, ValueError, "Baseline must hold finite"),
        ((), {"ReductionLayer": "conv1"}, ValueError, "no layer named 'conv1'. Near.*'conv_1'"),
        ((), {"ReductionLayer": 99}, ValueError, "ReductionLayer must be .* 1 to 7, .* 99"),
        ((), {"MiniBatchSize": 0}, ValueError, "MiniBatchSize must be a positive integer"),
        ((), {"Metod": "autodiff"}, TypeError, "'Metod' is not .* Did you mean 'Method'"),
        ((), {"Progress": 3}, TypeError, "Progress must be"),
        ((None, None, 0), {}, ValueError, "channelIdx must hold integers from 1 to 5"),
        ((None, None, 6), {}, ValueError, "from 1 to 5.*holds 6"),
        ((None, None, 9), {"ReductionLayer": "conv_1"}, ValueError, "from 1 to 8.*holds 9"),
        ((None, None, "cat"), {}, TypeError, "channelIdx .*no classes, but is 'cat'"),
        ((None, X_GOOD[:8]), {}, ValueError, "X must be 16×16×3.*imresize"),
        ((None, np.zeros((16, 16, 3, 2))), {}, ValueError, "X must be one image, but holds 2"),
        ((None, np.full((16, 16, 3), np.nan)), {}, ValueError, "X must hold finite values"),
        ((None, "cat.png"), {}, TypeError, "X must be a numeric array"),
        (("net.onnx",), {}, TypeError, "net must be a dlnetwork.*importNetworkFromONNX"),
    ],
)  # fmt: skip
def test_bad_input(net, args, options, error, message):
    good = [net, X_GOOD, 1]
    call = [
        default if i >= len(args) or args[i] is None else args[i] for i, default in enumerate(good)
    ]
    with pytest.raises(error, match=message):
        gradientAttribution(*call, **options)


def test_several_outputs_want_a_choice(net):
    several = network_from_model(tiny.conv_model(), "test")
    several.OutputNames = ["fc", "prob"]
    with pytest.raises(ValueError, match="net has 2 outputs.*ReductionLayer='fc'"):
        gradientAttribution(several, X_GOOD, 1)
    found = gradientAttribution(several, X_GOOD, 1, ReductionLayer="prob")
    assert np.array_equal(found, gradientAttribution(net, X_GOOD, 1))


def test_several_inputs_are_refused():
    net = network_from_model(tiny.two_inputs_model(), "test")
    with pytest.raises(ValueError, match="single input layer, but has 2"):
        gradientAttribution(net, np.zeros((4, 4, 3)), 1)


def chain(*nodes, weights=None, outputs=None):
    last = nodes[-1].output[0]
    made = tiny.model(nodes, weights or {}, {"data": ["N", 3, 4, 4]}, outputs or {last: ["N", 48]})
    return network_from_model(made, "test")


@pytest.mark.parametrize("method", ["autodiff", "integrated-gradients", "smoothgrad"])
def test_a_network_without_gradient_names_the_operator(method):
    from onnx import TensorProto, helper

    flatten = tiny.node("Flatten", ["data"], "flatten")
    choice = tiny.node("ArgMax", ["flatten"], "choice", axis=1)
    made = tiny.model([flatten, choice], {}, {"data": ["N", 3, 4, 4]}, {})
    made.graph.output.append(helper.make_tensor_value_info("choice", TensorProto.INT64, ["N", 1]))
    net = network_from_model(made, "test")
    with pytest.raises(NotDifferentiableError, match="no gradient.*ArgMax"):
        gradientAttribution(net, np.zeros((4, 4, 3)), 7, Method=method)


def test_a_network_that_torch_lacks_names_the_operator():
    net = chain(
        tiny.node("Flatten", ["data"], "flatten"), tiny.node("Hardmax", ["flatten"], "hard", axis=1)
    )
    assert predict(net, np.eye(4)[..., None].repeat(3, axis=2)).shape == (1, 48)
    with pytest.raises(NotDifferentiableError, match="Hardmax.*occlusionSensitivity"):
        gradientAttribution(net, np.zeros((4, 4, 3)), 1)


def test_scores_and_gradients_that_are_no_numbers_are_refused():
    root = chain(tiny.node("Sqrt", ["data"], "root"), tiny.node("Flatten", ["root"], "flat"))
    with pytest.raises(ValueError, match="The scores of net must be finite"):
        gradientAttribution(root, np.full((4, 4, 3), -1.0), 1)
    with pytest.raises(ValueError, match="The gradient of net must be finite"):
        gradientAttribution(root, np.zeros((4, 4, 3)), 1)
    assert gradientAttribution(root, np.ones((4, 4, 3)), 1).max() == 1
