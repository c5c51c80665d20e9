"""3-D images, and layers over them, each against torch or a definition."""

import numpy as np
import pytest
import scipy.special
import torch
from hypothesis import given
from hypothesis import strategies as st
from one_node import check_gradient
from torch_windows import (
    CHANNELS,
    PADDING_VALUES,
    SIZES,
    batch,
    check,
    convolved,
    network,
    pooled,
    transposed,
    weights,
    windows,
)

import matxai as m
from matxai.nets.layers import Image3DInputLayer

SIZE = (*SIZES[3], CHANNELS)


def images(count=2):
    """Give the batch as MATLAB has it, h×w×d×C×N."""
    return np.random.RandomState(0).randn(*SIZE, count)


def classifier(**normalization):
    """Make a small network of every kind of layer, and torch's function of the same."""
    normalization = normalization or {"Normalization": "none"}
    W, V, F = weights(3, 2, 2, CHANNELS, 4), weights(2, 2, 2, 3, 4), weights(5, 6 * 6 * 4 * 3) / 20
    b = weights(5)
    mean, variance = weights(4) / 9, weights(4, seed=3) ** 2 + 1
    layers = [
        m.image3dInputLayer(SIZE, **normalization),
        m.convolution3dLayer([3, 2, 2], 4, Padding="same", Weights=W),
        m.batchNormalizationLayer(TrainedMean=mean, TrainedVariance=variance, Name="norm"),
        m.reluLayer(),
        m.dropoutLayer(0.3),
        m.maxPooling3dLayer(2, Stride=2, Name="pool"),
        m.transposedConv3dLayer(2, 3, Stride=2, Weights=V, Name="up"),
        m.fullyConnectedLayer(5, Weights=F, Bias=b, Name="fc"),
        m.softmaxLayer(),
    ]

    def expected(X):
        x = torch.from_numpy(np.moveaxis(X, (-1, -2), (0, 1)).copy())
        x = torch.nn.functional.pad(x, (0, 1, 0, 1, 1, 1))
        x = torch.conv3d(x, torch.from_numpy(W).permute(4, 3, 0, 1, 2))
        x = torch.nn.functional.batch_norm(x, *map(torch.from_numpy, (mean, variance)))
        x = torch.nn.functional.max_pool3d(x.relu(), 2)
        x = torch.conv_transpose3d(x, torch.from_numpy(V).permute(4, 3, 0, 1, 2), stride=2)
        x = np.moveaxis(x.numpy(), (0, 1), (-1, -2))
        rows = np.stack([F @ x[..., i].ravel("F") + b for i in range(x.shape[-1])])
        return scipy.special.softmax(rows, 1)

    return layers, expected


@pytest.mark.tier(
    "numeric",
    "The same of 3-D images, padding and cropping being the matrix [top, left, front; "
    "bottom, right, back]",
)
@given(st.data(), st.sampled_from(PADDING_VALUES))
def test_convolutions_of_3d_images(data, value):
    window = data.draw(windows(3, value=value))
    W, b = weights(*window.size, CHANNELS, 2), weights(1, 1, 1, 2)
    layer = m.convolution3dLayer(
        window.size, 2, Stride=window.stride, DilationFactor=window.dilation,
        Padding=window.padding, PaddingValue=value, Weights=W, Bias=b,
    )  # fmt: skip
    net = check(layer, 3, convolved(batch(3), window, W, b, value))
    shown = net.Layers[1]
    assert shown.Class == "nnet.cnn.layer.Convolution3DLayer"
    assert np.array_equal(shown.Weights, W.astype(np.float32))
    if window.ends is not None:
        assert shown.PaddingSize.tolist() == np.transpose(window.ends).tolist()
    else:
        assert shown.PaddingMode == "same"


three = st.tuples(*[st.integers(1, 3)] * 3)
ends = st.tuples(*[st.tuples(st.integers(0, 1), st.integers(0, 1))] * 3)


@pytest.mark.tier("numeric")
@given(three, three, st.one_of(st.just("same"), ends))
def test_transposed_convolutions_of_3d_images(size, stride, cropping):
    given_as = cropping if cropping == "same" else np.transpose(cropping)
    if cropping == "same":
        stride = tuple(min(pair) for pair in zip(size, stride, strict=True))
    W, b = weights(*size, 2, CHANNELS), weights(1, 1, 1, 2)
    options = {"Stride": stride, "Cropping": given_as, "Weights": W, "Bias": b}
    layer = m.transposedConv3dLayer(size, 2, **options)
    expected = transposed(batch(3), size, stride, cropping, W, b)
    check(layer, 3, expected)
    if cropping == "same":
        assert expected.shape[2:] == tuple(np.multiply(SIZE[:3], stride))
    else:
        assert layer.CroppingSize.tolist() == given_as.tolist()


@pytest.mark.tier("numeric")
@given(windows(3, dilated=False))
def test_poolings_of_3d_images(window):
    options = {"Stride": window.stride, "Padding": window.padding}
    x, size = batch(3), window.size
    check(m.maxPooling3dLayer(size, **options), 3, pooled(x, window, np.nanmax, np.nan))
    check(m.averagePooling3dLayer(size, **options), 3, pooled(x, window, np.mean, 0))
    layer = m.averagePooling3dLayer(size, PaddingValue="mean", **options)
    check(layer, 3, pooled(x, window, np.nanmean, np.nan))


@pytest.mark.tier("documented")
def test_poolings_of_whole_3d_images():
    axes = {"axis": (2, 3, 4), "keepdims": True}
    check(m.globalAveragePooling3dLayer(), 3, batch(3).mean(**axes))
    check(m.globalMaxPooling3dLayer(), 3, batch(3).max(**axes))


@pytest.mark.tier("documented", "Networks of 3-D images take and give h×w×d×C×N")
def test_scores_of_3d_images():
    layers, expected = classifier()
    net, X = m.dlnetwork(layers), images(5)
    assert net.EngineDifference < 1e-5
    scores = expected(X)
    assert np.ptp(scores) > 0.1
    assert np.allclose(m.predict(net, X), scores, atol=1e-5)
    assert np.allclose(m.predict(net, X[..., 0]), scores[:1], atol=1e-5)
    assert np.allclose(m.minibatchpredict(net, X, MiniBatchSize=2), scores, atol=1e-5)
    assert m.predict(net, X, Outputs="pool").shape == (3, 3, 2, 4, 5)
    names = ["a", "b", "c", "d", "e"]
    older = m.assembleNetwork([*layers, m.classificationLayer(Classes=names)])
    labels, found = m.classify(older, X, nargout=2)
    assert [str(label) for label in labels] == [names[i] for i in scores.argmax(1)]
    assert np.allclose(found, scores, atol=1e-5)


@pytest.mark.tier("documented")
def test_activations_of_3d_images():
    layers, _ = classifier()
    net, X = m.dlnetwork(layers), images(2)
    pool = m.activations(net, X, "pool")
    assert pool.shape == (3, 3, 2, 4, 2)
    assert np.array_equal(m.activations(net, X[..., 1], "pool"), pool[..., 1])
    rows = m.activations(net, X, "pool", OutputAs="rows")
    assert np.array_equal(rows[1], pool[..., 1].ravel("F"))
    assert np.array_equal(m.activations(net, X, "pool", OutputAs="columns"), rows.T)
    assert net.activation_size("pool") == (3, 3, 2, 4)


@pytest.mark.tier(
    "chosen",
    "In networks of 3-D images `activations` of a layer without spatial dimensions are 1×1×1×C×N",
)
def test_activations_without_space_have_three_dimensions_of_it():
    net = m.dlnetwork(classifier()[0])
    fc = m.activations(net, images(2), "fc")
    assert fc.shape == (1, 1, 1, 5, 2)
    assert np.array_equal(fc[0, 0, 0].T, m.predict(net, images(2), Outputs="fc"))


@pytest.mark.tier("documented")
def test_normalization_of_3d_images():
    X, whole = images(), weights(*SIZE)
    options = {
        "zerocenter": [{"Mean": [1, 2, 3]}, {"Mean": whole}, {"Mean": 2}],
        "zscore": [{"Mean": np.reshape([1, 2, 3], (1, 1, 1, 3)), "StandardDeviation": [2, 3, 4]}],
        "rescale-symmetric": [{"Min": -1, "Max": [3, 4, 5]}],
        "rescale-zero-one": [{"Min": whole, "Max": whole + 2}],
    }
    steps = {
        "zerocenter": lambda x, Mean: x - Mean,
        "zscore": lambda x, Mean, StandardDeviation: (x - Mean) / StandardDeviation,
        "rescale-symmetric": lambda x, Min, Max: 2 * (x - Min) / (np.asarray(Max) - Min) - 1,
        "rescale-zero-one": lambda x, Min, Max: (x - Min) / (Max - Min),
    }
    for kind, several in options.items():
        for values in several:
            first = m.image3dInputLayer(SIZE, Normalization=kind, **values)
            found = m.predict(m.dlnetwork([first, m.dropoutLayer()]), X)
            rows = np.moveaxis(X, -1, 0)
            expected = np.moveaxis(steps[kind](rows, **values), 0, -1)
            assert np.allclose(found, expected, atol=1e-5)
    assert m.image3dInputLayer(SIZE, Normalization="zscore", Mean=[1, 2, 3]).Mean.shape == (
        *(1, 1, 1), 3
    )  # fmt: skip


@pytest.mark.tier("documented")
def test_sizes_of_one_at_the_end_need_not_be_there():
    net = m.dlnetwork([m.image3dInputLayer([4, 5, 6], Normalization="none"), m.reluLayer()])
    assert net.Layers[0].InputSize.tolist() == [4, 5, 6, 1]
    X = np.random.RandomState(0).rand(4, 5, 6, 1, 7).astype(np.float32)
    assert np.array_equal(m.predict(net, X[:, :, :, 0, 0]), X[:, :, :, 0, 0])
    assert np.array_equal(m.predict(net, X), X)


@pytest.mark.tier("documented")
@pytest.mark.parametrize(
    ("join", "expected"),
    [
        (m.additionLayer(2), lambda a, b: a + b),
        (m.multiplicationLayer(2), lambda a, b: a * b),
        (m.depthConcatenationLayer(2), lambda a, b: np.concatenate([a, b], 3)),
        *[
            (m.concatenationLayer(dim, 2), lambda a, b, dim=dim: np.concatenate([a, b], dim - 1))
            for dim in (1, 2, 3, 4)
        ],
    ],
    ids=lambda value: getattr(value, "Class", "expected"),
)
def test_joined_3d_images(join, expected):
    join.Name = "join"
    lgraph = m.layerGraph([m.image3dInputLayer(SIZE, Normalization="none"), m.reluLayer(), join])
    lgraph = m.connectLayers(lgraph, "image3dinput", "join/in2")
    X = images()
    assert np.allclose(m.predict(m.dlnetwork(lgraph), X), expected(np.maximum(X, 0), X), atol=1e-6)


@pytest.mark.tier("documented")
def test_other_layers_take_3d_images():
    X = images()
    x = [m.image3dInputLayer(SIZE, Normalization="none")]
    flat = np.stack([X[..., i].ravel("F") for i in range(2)])
    assert np.allclose(m.predict(m.dlnetwork([*x, m.flattenLayer()]), X), flat, atol=1e-6)
    soft = m.predict(m.dlnetwork([*x, m.softmaxLayer()]), X)
    assert np.allclose(soft, scipy.special.softmax(X, 3), atol=1e-5)
    mean = m.dlnetwork([*x, m.globalAveragePooling3dLayer(), m.softmaxLayer()])
    rows = scipy.special.softmax(X.mean((0, 1, 2)).T, 1)
    assert np.allclose(m.predict(mean, X), rows, atol=1e-5)
    double = m.dlnetwork([*x, m.functionLayer(lambda x: 2 * x)])
    assert np.allclose(m.predict(double, X), 2 * X, atol=1e-5)


@pytest.mark.tier("documented")
def test_dlarrays_of_3d_images_can_be_differentiated():
    layers, expected = classifier()
    net, X = m.dlnetwork(layers), images(1)[..., 0]
    y = m.predict(net, m.dlarray(X, "SSSC"))
    assert np.allclose(m.extractdata(y).ravel(), expected(X[..., np.newaxis])[0], atol=1e-5)

    def slopes(x):
        return m.dlgradient(m.predict(net, x)[1], x)

    found = m.extractdata(m.dlfeval(slopes, m.dlarray(X, "SSSC")))
    way = weights(*SIZE, seed=7) * 1e-5
    rise = [expected((X + sign * way)[..., np.newaxis])[0, 1] for sign in (1, -1)]
    assert found.shape == SIZE
    assert np.isclose((found * way).sum(), (rise[0] - rise[1]) / 2, rtol=1e-2)


@pytest.mark.parametrize(
    "layer",
    [
        m.convolution3dLayer(2, 2, Padding=1, Weights=weights(2, 2, 2, CHANNELS, 2)),
        m.convolution3dLayer(
            2, 2, Padding=[[0, 2, 1], [1, 0, 0]], PaddingValue="symmetric-include-edge",
            Weights=weights(2, 2, 2, CHANNELS, 2),
        ),
        m.transposedConv3dLayer(3, 2, Stride=2, Cropping="same", Weights=weights(3, 3, 3, 2, 3)),
        m.maxPooling3dLayer(3, Stride=2, Padding="same"),
        m.averagePooling3dLayer(2, Padding=[[1, 0, 1], [0, 0, 1]], PaddingValue="mean"),
        m.globalAveragePooling3dLayer(),
    ],
    ids=lambda layer: layer.Class,
)  # fmt: skip
def test_gradients(layer):
    check_gradient(network(layer, 3)._model, batch(3))


@pytest.mark.tier("documented")
def test_networks_of_3d_images_go_through_onnx(tmp_path):
    layers, _ = classifier(Normalization="zerocenter", Mean=[1, 2, 3])
    layers[-2:] = [m.globalAveragePooling3dLayer(Name="gap"), m.softmaxLayer()]
    net, file = m.dlnetwork(layers), tmp_path / "net.onnx"
    m.exportONNXNetwork(net, str(file))
    read = m.importNetworkFromONNX(str(file))
    assert isinstance(read.Layers[0], Image3DInputLayer)
    assert read.Layers[0].InputSize.tolist() == list(SIZE)
    assert read.Layers[0].Mean.ravel().tolist() == [1, 2, 3]
    classes = {layer.Name: layer.Class.rpartition(".")[2] for layer in read.Layers}
    assert classes["pool"] == "MaxPooling3DLayer"
    assert classes["up"] == "TransposedConvolution3DLayer"
    assert "GlobalAveragePooling3DLayer" in classes.values()
    X = images()
    assert np.array_equal(m.predict(read, X), m.predict(net, X))


# What is refused --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "explain",
    [
        lambda net, X: m.imageLIME(net, X, 1),
        lambda net, X: m.occlusionSensitivity(net, X, 1),
        lambda net, X: m.gradCAM(net, X, 1),
        lambda net, X: m.gradientAttribution(net, X, 1),
    ],
)
def test_explainers_refuse_3d_images(explain):
    net = m.dlnetwork(classifier()[0])
    with pytest.raises(ValueError, match=r"imageInputLayer, but 'image3dinput' is a .*Image3DInpu"):
        explain(net, images(1)[..., 0])


@pytest.mark.parametrize(
    "shape", [(6, 7, 5, 2), (6, 7, 5), (5, 7, 6, 3), (6, 7, 5, 3, 2, 2), (6, 7), (6,), (0, 7, 5, 3)]
)
def test_images_of_another_size(shape):
    net = m.dlnetwork(classifier()[0])
    with pytest.raises(ValueError, match="X must be 6×7×5×3, the InputSize of the network"):
        m.predict(net, np.zeros(shape))


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: m.image3dInputLayer([4, 5]), "inputSize must have 3 or 4 elements"),
        (lambda: m.convolution3dLayer([3, 3], 2), "filterSize must be one integer or three"),
        (lambda: m.convolution3dLayer(3, 2, Padding=[1, 2]), "three integers from 0 on, or a 2×3"),
        (lambda: m.convolution3dLayer(3, 2, Padding=[1] * 6), "three integers from 0 on, or a 2×3"),
        (lambda: m.convolution3dLayer(3, 2, Padding=np.ones((3, 2))), "or a 2×3 matrix"),
        (lambda: m.convolution3dLayer(3, 2, Padding="causal"), 'must be "same" or integers'),
        (lambda: m.convolution3dLayer(3, 2, Weights=np.ones((3, 3, 2, 1, 2))), "be 3×3×3×C×2"),
        (lambda: m.transposedConv3dLayer(1, 2, Stride=2, Cropping="same"), "not below Stride"),
        (lambda: m.maxPooling3dLayer(2, Padding=[[0, 0, 2], [0, 0, 0]]), "less than poolSize"),
    ],
)
def test_what_cannot_be_made(make, message):
    with pytest.raises(ValueError, match=message):
        make()


def test_layers_of_3d_images_fit_to_nothing_else():
    W = weights(2, 2, 2, CHANNELS, 2)
    for layer, rank in ((m.convolution3dLayer(2, 2, Weights=W), 2), (m.maxPooling2dLayer(2), 3)):
        with pytest.raises(ValueError, match="does not fit to what comes in"):
            network(layer, rank)
    with pytest.raises(ValueError, match="goes over 3 dimensions .* in has 2"):
        network(m.globalMaxPooling3dLayer(), 2)
    layers = [m.image3dInputLayer(SIZE, Normalization="none", Name="in"), m.reluLayer()]
    lgraph = m.layerGraph([*layers, m.concatenationLayer(5, 2, Name="join")])
    lgraph = m.connectLayers(lgraph, "in", "join/in2")
    with pytest.raises(ValueError, match="dim is 5, but what comes in has 4 dimensions"):
        m.dlnetwork(lgraph)
