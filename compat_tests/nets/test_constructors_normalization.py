"""Normalizations that are made, each against its definition and torch's."""

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from lone_layers import close, computed, network, slopes, to_matlab
from torch.nn import functional

import matxai as m

SIZES = st.lists(st.integers(1, 4), min_size=0, max_size=3)
DIMENSIONS = ("auto", "channel-only", "spatial-channel", "batch-excluded")


def values(*shape, seed=0, mean=0.5):
    return np.random.RandomState(seed).randn(*shape) + mean


def standardized(x, axes, epsilon):
    x = x.astype(np.float32).astype(float)
    mean, variance = x.mean(axes, keepdims=True), x.var(axes, keepdims=True)
    return (x - mean) / np.sqrt(variance + epsilon)


def scaled(x, options):
    shape = [-1] + [1] * (x.ndim - 2)
    scale, offset = (options.get(n, np.array([d])) for n, d in (("Scale", 1), ("Offset", 0)))
    return x * scale.reshape(shape) + offset.reshape(shape)


@st.composite
def options(draw, channels):
    given_options = {"Epsilon": draw(st.sampled_from([1e-5, 1e-3, 0.5]))}
    for seed, name in enumerate(("Scale", "Offset")):
        if draw(st.booleans()):
            shape = draw(st.sampled_from([(channels,), (1, 1, channels), (channels, 1)]))
            given_options[name] = values(*shape, seed=seed + 1)
    return given_options


@pytest.mark.tier(
    "numeric",
    "Group and instance normalization of features, sequences, images and 3-D images are "
    "their definition; over images they are torch's",
)
@given(st.data(), st.integers(1, 3), st.integers(1, 3), SIZES, st.booleans())
def test_groups_are_their_definition(data, groups, each, sizes, is_open):
    channels = groups * each
    given_options = data.draw(options(channels))
    x = values(2, channels, *sizes)
    parted = x.reshape(2, groups, each, *sizes)
    axes = tuple(range(2, parted.ndim))
    expected = standardized(parted, axes, given_options["Epsilon"]).reshape(x.shape)
    names = {1: ["all-channels"], channels: ["channel-wise"]}.get(groups, [])
    known = [channels, *(None if is_open else n for n in sizes)]
    for number in [groups, *names]:
        layer = m.groupNormalizationLayer(number, **given_options)
        assert close(computed(layer, x, known), scaled(expected, given_options))
    assert layer.Class == "nnet.cnn.layer.GroupNormalizationLayer"
    assert layer._learnables == tuple(n for n in ("Offset", "Scale") if n in given_options)


@pytest.mark.tier("numeric")
@given(st.data(), st.integers(1, 4), SIZES.filter(lambda sizes: np.prod(sizes) > 1 or not sizes))
def test_each_channel_of_an_image_is_an_instance(data, channels, sizes):
    given_options = data.draw(options(channels))
    x = values(2, channels, *sizes)
    expected = standardized(x, tuple(range(2, x.ndim)), given_options["Epsilon"])
    layer = m.instanceNormalizationLayer(**given_options)
    assert close(computed(layer, x), scaled(expected, given_options))


def test_an_instance_of_one_value_is_the_offset():
    # ONNX Runtime rounds before it subtracts, by which a few digits are lost here.
    layer = m.instanceNormalizationLayer(Scale=[1, 2], Offset=[0.25, -3])
    net = network(layer, (1, 1, 2))
    X = values(1, 1, 2)
    assert np.allclose(np.ravel(m.predict(net, X)), [0.25, -3], atol=1e-3)


@pytest.mark.tier(
    "documented",
    "Layer normalization goes over the documented dimensions; activations N×C×T are taken "
    "for sequences of vectors, never for 1-D images",
)
@pytest.mark.parametrize("rank", [0, 1, 2, 3])
@pytest.mark.parametrize("dimension", DIMENSIONS)
@given(st.data(), st.integers(1, 4), st.booleans())
def test_layers_are_normalized_over_the_documented_dimensions(
    dimension, rank, data, channels, is_open
):
    sizes = data.draw(st.tuples(*[st.integers(2, 4)] * rank))
    given_options = data.draw(options(channels))
    x = values(2, channels, *sizes)
    everything = tuple(range(1, x.ndim))
    # Features have nothing but channels, and the last axis of vector sequences is time.
    spatial_channel = (1,) if x.ndim < 4 else everything
    axes = {"channel-only": (1,), "batch-excluded": everything}.get(dimension, spatial_channel)
    expected = scaled(standardized(x, axes, given_options["Epsilon"]), given_options)
    known = [channels, *(None if is_open else n for n in sizes)]
    layer = m.layerNormalizationLayer(OperationDimension=dimension, **given_options)
    assert close(computed(layer, x, known), expected)


@pytest.mark.tier("numeric")
@pytest.mark.parametrize(
    ("layer", "function"),
    [
        (m.groupNormalizationLayer(2), lambda x: functional.group_norm(x, 2)),
        (m.instanceNormalizationLayer(), functional.instance_norm),
        (m.layerNormalizationLayer(), lambda x: functional.layer_norm(x, x.shape[1:])),
    ],
    ids=lambda value: getattr(value, "Class", "function"),
)
def test_images_come_out_as_torch_normalizes_them(layer, function):
    X = values(5, 6, 4, 3, mean=100)
    expected = to_matlab(function(torch.from_numpy(X).permute(3, 2, 0, 1)))
    net = network(layer, (5, 6, 4))
    # Of values around 100 single precision keeps two digits less.
    assert close(m.predict(net, X), expected, 2e-5)
    assert net.activation_size(net.OutputNames[0]) == (5, 6, 4)


@pytest.mark.parametrize("opset", [13, 17, 21])
def test_all_opsets_mean_the_same(opset):
    x = values(2, 4, 3, 5)
    for layer in (m.groupNormalizationLayer(2), m.layerNormalizationLayer(OperationDimension="c")):
        assert np.array_equal(computed(layer, x), computed(layer, x, opset=opset))


LAYERS = [
    m.groupNormalizationLayer(2, Scale=values(4)),
    m.instanceNormalizationLayer(Offset=values(4)),
    *(m.layerNormalizationLayer(OperationDimension=d) for d in DIMENSIONS),
]


@pytest.mark.parametrize("layer", LAYERS, ids=lambda layer: layer.Class)
def test_the_gradient_is_the_slope(layer):
    slopes(layer, values(2, 4, 3, 5))
    slopes(layer, values(2, 4, 3))


def test_a_network_is_explained_through_them():
    layers = [
        m.imageInputLayer([6, 6, 2], Normalization="none"),
        m.convolution2dLayer(3, 4, Weights=values(3, 3, 2, 4), Name="conv"),
        m.groupNormalizationLayer(2, Scale=values(4, seed=3)),
        m.reluLayer(),
        m.globalAveragePooling2dLayer(),
        m.fullyConnectedLayer(3, Weights=values(3, 4)),
        m.softmaxLayer(),
    ]
    net = m.dlnetwork(layers)
    X = values(6, 6, 2)
    scoreMap = m.gradCAM(net, X, 2)
    assert scoreMap.shape == (6, 6)
    assert np.ptp(scoreMap) > 0


def test_they_are_named_after_their_class():
    layers = [m.featureInputLayer(4), *LAYERS[:3], m.batchNormalizationLayer()]
    names = [layer.Name for layer in m.layerGraph(layers).Layers[1:]]
    assert names == ["groupnorm", "instancenorm", "layernorm", "batchnorm"]


# What is refused ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: m.groupNormalizationLayer(0), "numGroups must be a positive integer"),
        (lambda: m.groupNormalizationLayer(2.5), "numGroups must be a positive integer"),
        (lambda: m.groupNormalizationLayer("all"), None),
        (lambda: m.groupNormalizationLayer("some"), 'must be "all-channels" or "channel-wise"'),
        (lambda: m.groupNormalizationLayer(2, Epsilon=0), "Epsilon must be positive, but is 0"),
        (lambda: m.instanceNormalizationLayer(Scale=[np.nan]), "Scale must hold finite numbers"),
        (
            lambda: m.instanceNormalizationLayer(Scale=[1], Offset=[1, 2]),
            "instanceNormalizationLayer: Offset and Scale must have one element a channel.*2 and 1",
        ),
        (lambda: m.layerNormalizationLayer(OperationDimension="all"), "OperationDimension must be"),
    ],
)
def test_what_makes_no_layer(make, message):
    if message is None:
        assert make().NumGroups == "all-channels"
        return
    with pytest.raises(ValueError, match=message):
        make()


@pytest.mark.parametrize(
    ("layer", "message"),
    [
        (m.groupNormalizationLayer(2), "'groupnorm' .*NumGroups is 2.*divide the 3 channels"),
        (m.groupNormalizationLayer(4), "NumGroups is 4"),
        (m.instanceNormalizationLayer(Scale=[1, 2]), "for 2 channels, but what comes in has 3"),
        (m.layerNormalizationLayer(Offset=[1]), "for 1 channels"),
    ],
)
def test_what_fits_to_no_channels(layer, message):
    with pytest.raises(ValueError, match=message):
        network(layer, (4, 4, 3))
