"""Layers that are made, each against torch or a definition."""

import numpy as np
import pytest
import scipy.special
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch.nn import functional

import matxai as m

SIZE = (7, 9, 3)


def computed(layer, X=None, size=SIZE):
    """Compute a layer for images on ONNX Runtime and on torch, which must agree."""
    X = images(size=size) if X is None else X
    net = m.dlnetwork([m.imageInputLayer(size, Normalization="none"), layer])
    assert net.EngineDifference < 1e-5
    return m.predict(net, X)


def images(count=2, seed=0, size=SIZE):
    return np.random.RandomState(seed).randn(*size, count)


def tensor(X):
    return torch.from_numpy(np.asarray(X)).permute(3, 2, 0, 1)


def matlab(y):
    return y.permute(2, 3, 1, 0).numpy() if y.ndim == 4 else y.numpy()


def check(layer, function, tolerance=2e-5):
    X = images()
    expected = matlab(function(tensor(X)))
    assert np.allclose(np.squeeze(computed(layer, X)), np.squeeze(expected), atol=tolerance)


def weights(*shape, seed=1):
    return np.random.RandomState(seed).randn(*shape)


ACTIVATIONS = {
    "ReLU": (m.reluLayer(), functional.relu),
    "LeakyReLU": (m.leakyReluLayer(), lambda x: functional.leaky_relu(x, 0.01)),
    "LeakyReLU of 0.3": (m.leakyReluLayer(0.3), lambda x: functional.leaky_relu(x, 0.3)),
    "ClippedReLU": (m.clippedReluLayer(0.7), lambda x: x.clamp(0, 0.7)),
    "ELU": (m.eluLayer(), functional.elu),
    "ELU of 0.5": (m.eluLayer(0.5), lambda x: functional.elu(x, 0.5)),
    "Tanh": (m.tanhLayer(), torch.tanh),
    "Sigmoid": (m.sigmoidLayer(), torch.sigmoid),
    "Swish": (m.swishLayer(), functional.silu),
    "GELU": (m.geluLayer(), functional.gelu),
    "GELU tanh": (
        m.geluLayer(Approximation="tanh"),
        lambda x: functional.gelu(x, approximate="tanh"),
    ),
    "PReLU": (
        m.preluLayer(Alpha=[0.1, 0.2, 0.3]),
        lambda x: functional.prelu(x, torch.tensor([0.1, 0.2, 0.3]).double()),
    ),
    "Softmax": (m.softmaxLayer(), lambda x: torch.softmax(x, 1)),
    "Dropout": (m.dropoutLayer(0.3), lambda x: x),
    "GlobalAveragePooling2D": (m.globalAveragePooling2dLayer(), lambda x: x.mean((2, 3))),
    "GlobalMaxPooling2D": (m.globalMaxPooling2dLayer(), lambda x: x.amax((2, 3))),
}


@pytest.mark.tier("numeric")
@pytest.mark.parametrize("name", ACTIVATIONS)
def test_layers_without_weights_are_their_definitions(name):
    layer, function = ACTIVATIONS[name]
    assert layer.Class == f"nnet.cnn.layer.{name.split()[0]}Layer"
    X = images()
    found, expected = computed(layer, X), matlab(function(tensor(X)))
    if expected.ndim == 2:
        found = found[0, 0].T
    assert np.allclose(found, expected, atol=1e-5)


def test_gelu_is_x_times_the_normal_distribution():
    X = images()
    assert np.allclose(computed(m.geluLayer(), X), X * scipy.special.ndtr(X), atol=1e-6)


def triple(low, high):
    return st.tuples(st.integers(low, high), st.integers(low, high))


def same(n, kernel, stride, dilation=1):
    total = max((-(-n // stride) - 1) * stride + (kernel - 1) * dilation + 1 - n, 0)
    return total // 2, total - total // 2


@st.composite
def windows(draw, dilated=True):
    size, stride = draw(triple(1, 3)), draw(triple(1, 3))
    dilation = draw(triple(1, 2)) if dilated else (1, 1)
    padding = "same"
    if draw(st.booleans()):
        padding = [draw(st.integers(0, size[i // 2] - 1)) for i in range(4)]
    return size, stride, dilation, padding


def around(padding, size, stride, dilation):
    """Say padding as torch does: left, right, top, bottom."""
    if padding == "same":
        sides = [same(SIZE[i], size[i], stride[i], dilation[i]) for i in (1, 0)]
        return [n for side in sides for n in side]
    top, bottom, left, right = padding
    return [left, right, top, bottom]


@pytest.mark.tier(
    "numeric",
    "Convolutions, poolings, activations and normalizations are those of torch",
)
@given(windows())
def test_convolutions(window):
    size, stride, dilation, padding = window
    W, b = weights(*size, 3, 4), weights(1, 1, 4)
    layer = m.convolution2dLayer(
        size, 4, Stride=stride, DilationFactor=dilation, Padding=padding, Weights=W, Bias=b
    )

    def expected(x):
        x = functional.pad(x, around(padding, size, stride, dilation))
        kernel = torch.from_numpy(W).permute(3, 2, 0, 1)
        return functional.conv2d(x, kernel, torch.from_numpy(b.ravel()), stride, 0, dilation)

    check(layer, expected)
    net = m.dlnetwork([m.imageInputLayer(SIZE, Normalization="none"), layer])
    if padding == "same":
        sizes = [-(-n // s) for n, s in zip(SIZE, stride, strict=False)]
        assert list(net.activation_size("conv"))[:2] == sizes
    assert np.array_equal(net.Layers[1].Weights, W.astype(np.float32))


@pytest.mark.tier("numeric")
def test_grouped_convolutions():
    W, b = weights(3, 2, 1, 2, 3), weights(1, 1, 2, 3)
    kernel = np.concatenate([W[..., g].transpose(3, 2, 0, 1) for g in range(3)])
    bias = np.concatenate([b[0, 0, :, g] for g in range(3)])

    def expected(x):
        return functional.conv2d(x, torch.from_numpy(kernel), torch.from_numpy(bias), groups=3)

    for groups in (3, "channel-wise"):
        layer = m.groupedConvolution2dLayer([3, 2], 2, groups, Weights=W, Bias=b)
        check(layer, expected)
        # A layer that was read off a network has its weights in the same order.
        net = m.dlnetwork([m.imageInputLayer(SIZE, Normalization="none"), layer])
        read = m.dlnetwork(net._model).Layers[1]
        assert np.array_equal(read.Weights, W.astype(np.float32))
        assert np.array_equal(read.Bias, b.astype(np.float32))


@pytest.mark.tier("numeric")
@pytest.mark.parametrize("cropping", [0, [1, 0, 2, 1], "same"])
def test_transposed_convolutions(cropping):
    W, b = weights(4, 3, 2, 3), weights(2)
    layer = m.transposedConv2dLayer([4, 3], 2, Stride=2, Cropping=cropping, Weights=W, Bias=b)
    top, bottom, left, right = {0: (0,) * 4, "same": (1, 1, 0, 1)}.get(
        cropping if not isinstance(cropping, list) else "", cropping
    )

    def expected(x):
        kernel = torch.from_numpy(W).permute(3, 2, 0, 1)
        y = functional.conv_transpose2d(x, kernel, torch.from_numpy(b), stride=2)
        return y[:, :, top : y.shape[2] - bottom, left : y.shape[3] - right]

    check(layer, expected)
    if cropping == "same":
        assert computed(layer).shape[:2] == (14, 18)


@pytest.mark.tier(
    "documented",
    "`fullyConnectedLayer` and `flattenLayer` count an image's values down the columns",
)
def test_a_fully_connected_layer_counts_down_the_columns():
    W, b = weights(4, 7 * 9 * 3), weights(4, 1)
    layer = m.fullyConnectedLayer(4, Weights=W, Bias=b)
    X = images()
    expected = np.stack([W @ X[..., i].ravel("F") + b.ravel() for i in range(2)])
    assert np.allclose(computed(layer, X), expected, atol=1e-4)
    flat = [m.imageInputLayer(SIZE, Normalization="none"), m.flattenLayer(), layer]
    assert np.allclose(m.predict(m.dlnetwork(flat), X), expected, atol=1e-4)
    assert np.allclose(m.predict(m.dlnetwork(flat[:2]), X)[1], X[..., 1].ravel("F"), atol=1e-6)


@pytest.mark.tier("numeric")
def test_batch_normalization():
    mean, variance, scale, offset = (weights(3, seed=i) ** 2 for i in range(4))
    layer = m.batchNormalizationLayer(
        TrainedMean=mean.reshape(1, 1, 3), TrainedVariance=variance, Scale=scale, Offset=offset,
        Epsilon=1e-3,
    )  # fmt: skip
    X = images()
    by = [v[:, np.newaxis] for v in (mean, variance, scale, offset)]
    expected = by[2] * (X - by[0]) / np.sqrt(by[1] + 1e-3) + by[3]
    assert np.allclose(computed(layer, X), expected, atol=1e-4)
    plain = m.batchNormalizationLayer(TrainedMean=mean, TrainedVariance=variance)
    assert plain.Scale.ravel().tolist() == [1, 1, 1]
    assert plain._learnables == ("Offset", "Scale")


@pytest.mark.tier("numeric")
@given(windows(dilated=False))
def test_poolings(window):
    size, stride, _, padding = window
    sides = around(padding, size, stride, (1, 1))
    options = {"Stride": stride, "Padding": padding}

    def largest(x):
        x = functional.pad(x, sides, value=-np.inf)
        return functional.max_pool2d(x, size, stride)

    def mean(x):
        return functional.avg_pool2d(functional.pad(x, sides), size, stride)

    def inner(x):
        return mean(x) / mean(torch.ones_like(x))

    check(m.maxPooling2dLayer(size, **options), largest)
    check(m.averagePooling2dLayer(size, **options), mean)
    check(m.averagePooling2dLayer(size, PaddingValue="mean", **options), inner)


def test_max_pooling_can_have_the_outputs_for_unpooling():
    lgraph = m.layerGraph([
        m.imageInputLayer(SIZE, Normalization="none"),
        m.maxPooling2dLayer(2, Stride=2, HasUnpoolingOutputs=True, Name="pool"),
        m.reluLayer(),
    ])  # fmt: skip
    assert lgraph.Connections[1] == ("pool/out", "relu")
    net = m.dlnetwork(lgraph)
    assert net.OutputNames == ["pool/indices", "pool/size", "relu"]
    assert m.predict(net, images(1), Outputs="relu").shape == (3, 4, 3)


@pytest.mark.tier("numeric")
def test_cross_channel_normalization():
    layer = m.crossChannelNormalizationLayer(3, Alpha=0.2, Beta=0.6, K=1.5)
    check(layer, lambda x: functional.local_response_norm(x, 3, 0.2, 0.6, 1.5))


@pytest.mark.tier("documented")
@pytest.mark.parametrize(
    ("layer", "join"),
    [
        (m.additionLayer(2), lambda *x: sum(x)),
        (m.additionLayer(3), lambda *x: sum(x)),
        (m.multiplicationLayer(2), lambda *x: np.prod(x, axis=0)),
        (m.multiplicationLayer(4), lambda *x: np.prod(x, axis=0)),
        (m.depthConcatenationLayer(3), lambda *x: np.concatenate(x, 2)),
        (m.concatenationLayer(1, 2), lambda *x: np.concatenate(x, 0)),
        (m.concatenationLayer(2, 2), lambda *x: np.concatenate(x, 1)),
        (m.concatenationLayer(3, 2), lambda *x: np.concatenate(x, 2)),
        (m.functionLayer(lambda a, b: a - 2 * b, NumInputs=2), lambda a, b: a - 2 * b),
    ],
    ids=lambda value: getattr(value, "Class", "expected"),
)
def test_layers_with_several_inputs(layer, join):
    layer.Name = "join"
    lgraph = m.layerGraph([m.imageInputLayer(SIZE, Normalization="none"), layer])
    branches = [m.tanhLayer(Name="b2"), m.sigmoidLayer(Name="b3"), m.reluLayer(Name="b4")]
    made = [np.tanh, scipy.special.expit, lambda x: np.maximum(x, 0)]
    X = images()
    inputs = [X]
    for i, branch in enumerate(branches[: layer.NumInputs - 1]):
        lgraph = m.connectLayers(m.addLayers(lgraph, branch), "imageinput", branch.Name)
        lgraph = m.connectLayers(lgraph, branch.Name, f"join/in{i + 2}")
        inputs.append(made[i](X))
    net = m.dlnetwork(lgraph)
    assert np.allclose(m.predict(net, X), join(*inputs), atol=1e-5)
    assert layer.InputNames == [f"in{i + 1}" for i in range(len(inputs))]


@pytest.mark.tier("documented")
def test_normalization_of_images():
    options = {
        "zerocenter": {"Mean": [1, 2, 3]},
        "zscore": {"Mean": 1, "StandardDeviation": [2, 3, 4]},
        "rescale-symmetric": {"Min": -1, "Max": 3},
        "rescale-zero-one": {"Min": -1, "Max": 3},
    }
    X = images()
    x, rows = X.transpose(3, 0, 1, 2), {}
    rows["zerocenter"] = x - [1, 2, 3]
    rows["zscore"] = (x - 1) / [2, 3, 4]
    rows["rescale-symmetric"] = (x - 1) / 2
    rows["rescale-zero-one"] = (x + 1) / 4
    for kind, given_values in options.items():
        first = m.imageInputLayer(SIZE, Normalization=kind, Name="in put", **given_values)
        net = m.dlnetwork([first, m.dropoutLayer()])
        found = m.predict(net, X).transpose(3, 0, 1, 2)
        assert np.allclose(found, rows[kind], atol=1e-5)
        assert net.Layers[0].Normalization == kind
        assert net.InputNames == ["in put"]
    assert np.asarray(m.imageInputLayer([4, 5]).InputSize).tolist() == [4, 5, 1]


@pytest.mark.tier(
    "documented",
    "Layers without a name are named after their class, numbered where there are several",
)
def test_layers_without_a_name_are_named():
    relu = m.reluLayer
    layers = [m.featureInputLayer(2), relu(), relu(), relu(Name="relu_2"), m.tanhLayer()]
    names = [layer.Name for layer in m.layerGraph(layers).Layers]
    assert names == ["input", "relu_1", "relu_3", "relu_2", "tanh"]
    lgraph = m.addLayers(m.layerGraph(layers), [m.tanhLayer(), m.sigmoidLayer()])
    assert [layer.Name for layer in lgraph.Layers][-2:] == ["tanh_1", "sigmoid"]


def test_weights_are_copied():
    W = np.eye(2)
    layer = m.fullyConnectedLayer(2, Weights=W)
    W[:] = 0
    assert layer.Weights.tolist() == [[1, 0], [0, 1]]
    with pytest.raises(ValueError, match="read-only"):
        layer.Weights[0, 0] = 5


# What is refused ---------------------------------------------------------------------------------

WITHOUT_WEIGHTS = [
    (m.convolution2dLayer(3, 2), "'conv' .*no weights.*Weights="),
    (m.groupedConvolution2dLayer(3, 2, 3), "'groupedconv' .*no weights"),
    (m.transposedConv2dLayer(3, 2), "'transposed-conv' .*no weights"),
    (m.fullyConnectedLayer(2), "'fc' .*no weights"),
    (m.batchNormalizationLayer(), "'batchnorm' .*no TrainedMean.*TrainedMean="),
    (m.preluLayer(), "'prelu' .*no slopes.*Alpha="),
]


@pytest.mark.tier("chosen", "Layers without weights make no network; MATLAB draws them at random")
@pytest.mark.parametrize(
    ("layer", "message"), WITHOUT_WEIGHTS, ids=lambda value: getattr(value, "Class", "message")
)
def test_layers_without_weights_make_no_network(layer, message):
    lgraph = m.layerGraph([m.imageInputLayer(SIZE, Normalization="none"), layer])
    with pytest.raises(ValueError, match=f"dlnetwork: The layer {message}"):
        m.dlnetwork(lgraph)


def test_an_input_layer_without_its_mean_makes_no_network():
    with pytest.raises(ValueError, match="'imageinput'.*zerocenter.*needs Mean"):
        m.dlnetwork([m.imageInputLayer(SIZE), m.reluLayer()])


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: m.convolution2dLayer(3, 2, Weights=np.ones((3, 2, 1, 2))), "must be 3×3×C×2"),
        (lambda: m.convolution2dLayer(3, 2, Bias=[1, 2, 3]), "Bias must have 2 elements"),
        (lambda: m.convolution2dLayer(3, 2, Padding="valid"), 'Padding must be "same" or int'),
        (lambda: m.convolution2dLayer(3, 2, Padding=[1, 2, 3]), "one, two or four integers"),
        (lambda: m.convolution2dLayer([3, 3, 3], 2), "filterSize must be one integer or two"),
        (lambda: m.convolution2dLayer(3, 2, Weights=np.ones((1,) * 6)), "2 or 3 or 4 dimensions"),
        (lambda: m.fullyConnectedLayer(2, Weights=np.ones((3, 4))), "Weights must be 2×C"),
        (lambda: m.fullyConnectedLayer(2, Weights=[[np.nan], [1]]), "finite"),
        (lambda: m.groupedConvolution2dLayer(3, 2, 3, Weights=np.ones((3, 3, 1, 2))), "3×3×C×2×3"),
        (lambda: m.transposedConv2dLayer(1, 2, Stride=2, Cropping="same"), "not below Stride"),
        (lambda: m.batchNormalizationLayer(TrainedMean=[1], Offset=[1, 2]), "TrainedMean 1, Off"),
        (lambda: m.batchNormalizationLayer(TrainedVariance=[-1]), "must not be negative"),
        (lambda: m.maxPooling2dLayer(2, Padding=2), "Padding must be less than poolSize"),
        (lambda: m.averagePooling2dLayer(2, PaddingValue=3), 'must be 0 or "mean"'),
        (lambda: m.clippedReluLayer(0), "ceiling must be positive"),
        (lambda: m.dropoutLayer(1), "probability must be from 0"),
        (lambda: m.additionLayer(1), "numInputs must be at least 2"),
        (lambda: m.imageInputLayer([4]), "inputSize must have 2 or 3 elements"),
    ],
)
def test_what_cannot_be_made(make, message):
    with pytest.raises(ValueError, match=message):
        make()


def test_kinds_of_arguments():
    with pytest.raises(TypeError, match="fun must be a function, but is 'abs'"):
        m.functionLayer("abs")
    with pytest.raises(TypeError, match="Name must be a text"):
        m.reluLayer(Name=3)
    with pytest.raises(TypeError, match="'Nmae' is not one of its options"):
        m.reluLayer("Nmae", "relu")
    with pytest.raises(TypeError, match="Weights must be a numeric array"):
        m.fullyConnectedLayer(2, Weights="many")
