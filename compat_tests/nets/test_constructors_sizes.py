"""Layers that change height and width, against torch, NumPy and what MathWorks prints."""

import numpy as np
import onnx
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from lone_layers import close, computed, network, slopes, to_matlab
from one_node import model
from onnx import helper
from torch.nn import functional

import matxai as m
from matxai.nets.engines import OnnxRuntimeEngine, TorchEngine

SIZE = (6, 9, 2)


def images(*shape, seed=0):
    return np.random.RandomState(seed).randn(*(shape or (*SIZE, 2)))


def with_reference(layer, wanted, size=SIZE):
    """Make a network of a layer whose input "ref" gets images of the wanted height and width."""
    layer.Name = "it"
    lgraph = m.layerGraph([m.imageInputLayer(size, Normalization="none"), layer])
    lgraph = m.addLayers(lgraph, m.resize2dLayer(OutputSize=wanted, Name="small"))
    lgraph = m.connectLayers(lgraph, "imageinput", "small")
    return m.dlnetwork(m.connectLayers(lgraph, "small", "it/ref"))


def open_network(layer):
    """Make a network that takes images of any size, and a layer whose "ref" is half as large."""
    half = np.array([1, 1, 0.5, 0.5], np.float32)
    nodes = [
        helper.make_node("Relu", ["data"], ["full"], name="full"),
        helper.make_node("Resize", ["data", "", "half"], ["small"], name="small", mode="linear"),
    ]
    weights = [onnx.numpy_helper.from_array(half, "half")]
    lgraph = m.layerGraph(m.dlnetwork(model(nodes, ["N", 2, "H", "W"], ["full", "small"], weights)))
    layer.Name = "it"
    lgraph = m.connectLayers(m.addLayers(lgraph, layer), "full", "it/in")
    return m.dlnetwork(m.connectLayers(lgraph, "small", "it/ref"))


# Resizing ----------------------------------------------------------------------------------------

FACTORS = st.sampled_from([0.5, 1, 1.5, 2, 2.5, 3, 0.75])


def interpolated(X, **how):
    x = torch.from_numpy(X).permute(3, 2, 0, 1)
    return to_matlab(functional.interpolate(x, mode="bilinear", **how))


@pytest.mark.tier("numeric", '`resize2dLayer` by "bilinear" is torch\'s interpolation')
@given(FACTORS, FACTORS)
def test_bilinear_resizing_is_that_of_torch(vertical, horizontal):
    X = images()
    scale = [vertical, horizontal]
    expected = interpolated(X, scale_factor=tuple(scale), recompute_scale_factor=False)
    layer = m.resize2dLayer(Scale=scale, Method="bilinear")
    assert close(m.predict(network(layer, SIZE), X), expected)
    size = list(expected.shape[:2])
    exact = interpolated(X, size=tuple(size))
    layer = m.resize2dLayer(OutputSize=size, Method="bilinear")
    net = network(layer, SIZE)
    assert close(m.predict(net, X), exact)
    assert net.activation_size("resize") == (*size, 2)


def sources(layer, size):
    """Find from which row and column each pixel of the output comes."""
    rows, columns = np.mgrid[: size[0], : size[1]]
    X = np.stack([rows, columns], 2)[..., np.newaxis].astype(float)
    Y = m.predict(network(layer, (*size, 2)), X)
    return Y[:, 0, 0], Y[0, :, 1]


@pytest.mark.tier("documented")
@given(
    st.integers(1, 9),
    st.integers(1, 20),
    st.sampled_from(["half-pixel", "asymmetric"]),
    st.sampled_from(["round", "floor", "onnx-10"]),
)
def test_the_nearest_pixel_is_the_documented_one(given_size, wanted, transform, rounding):
    layer = m.resize2dLayer(
        OutputSize=[wanted, 2], GeometricTransformMode=transform, NearestRoundingMode=rounding
    )
    found = sources(layer, (given_size, 2))[0]
    i = np.arange(wanted)
    if transform == "half-pixel" and rounding != "onnx-10":
        at = (i + 0.5) * given_size / wanted - 0.5
    else:
        at = i * given_size / wanted
    at = at + 0.5 if rounding == "round" else at
    # In single precision a place between two pixels can fall to either side.
    low, high = (np.clip(np.floor(at + d), 0, given_size - 1) for d in (-1e-5, 1e-5))
    assert ((found == low) | (found == high)).all()


@pytest.mark.tier(
    "documented",
    '`resize2dLayer` by "nearest": "round" rounds halves up, "floor" rounds down, '
    '"onnx-10" is "asymmetric" with "floor"',
)
@pytest.mark.parametrize(
    ("rounding", "transform", "expected"),
    [
        ("round", "half-pixel", [0, 0, 1, 1, 2, 2]),
        ("round", "asymmetric", [0, 1, 1, 2, 2, 2]),
        ("floor", "half-pixel", [0, 0, 0, 1, 1, 2]),
        ("floor", "asymmetric", [0, 0, 1, 1, 2, 2]),
        ("onnx-10", "half-pixel", [0, 0, 1, 1, 2, 2]),
    ],
)
def test_halves_are_rounded_up(rounding, transform, expected):
    layer = m.resize2dLayer(Scale=2, GeometricTransformMode=transform, NearestRoundingMode=rounding)
    assert sources(layer, (3, 3))[0].tolist() == expected


@pytest.mark.tier("documented")
@pytest.mark.parametrize("method", ["nearest", "bilinear"])
def test_the_size_can_be_that_of_another_input(method):
    X = images()
    reference = m.resize2dLayer(EnableReferenceInput=True, Method=method)
    assert reference.InputNames == ["in", "ref"]
    alone = m.resize2dLayer(OutputSize=[4, 5], Method=method)
    found = m.predict(with_reference(reference, [4, 5]), X)
    assert np.array_equal(found, m.predict(network(alone, SIZE), X))


@pytest.mark.tier(
    "chosen",
    "`resize2dLayer`: `Scale` rounds sizes down; where `OutputSize` has NaN that size is "
    "rounded up",
)
def test_a_size_that_is_left_open_follows_from_the_aspect_ratio_and_is_rounded_up():
    def size(**options):
        return network(m.resize2dLayer(**options), SIZE).activation_size("resize")

    assert size(OutputSize=[5, np.nan]) == (5, 8, 2)
    assert size(OutputSize=[np.nan, 10]) == (7, 10, 2)
    # What a factor leaves of a pixel is left out.
    assert size(Scale=0.4) == (2, 3, 2)


# Cropping ----------------------------------------------------------------------------------------


@pytest.mark.tier(
    "documented",
    "`crop2dLayer` at a location: what begins at column x and row y, counted from 1",
)
@given(st.integers(1, 6), st.integers(1, 9), st.data())
def test_what_begins_at_a_location_is_cut_out(height, width, data):
    y = data.draw(st.integers(1, 7 - height))
    x = data.draw(st.integers(1, 10 - width))
    X = images()
    layer = m.crop2dLayer([x, y])
    found = m.predict(with_reference(layer, [height, width]), X)
    expected = X[y - 1 : y - 1 + height, x - 1 : x - 1 + width]
    assert close(found, expected)
    assert (layer.Mode, layer.Location.tolist()) == ("custom", [x, y])
    assert layer.InputNames == ["in", "ref"]


@pytest.mark.tier(
    "chosen",
    '`crop2dLayer` by "centercrop": where the rest is odd, the window lies half a pixel '
    "nearer to the first row and column",
)
@given(st.integers(1, 6), st.integers(1, 9))
def test_a_centre_lies_nearer_to_the_first_pixel_if_at_all(height, width):
    X = images()
    top, left = (6 - height) // 2, (9 - width) // 2
    net = with_reference(m.crop2dLayer("centercrop"), [height, width])
    assert close(m.predict(net, X), X[top : top + height, left : left + width])
    assert net.activation_size("it") == (height, width, 2)


@pytest.mark.parametrize(
    ("layer", "expected"),
    [
        (m.crop2dLayer("centercrop"), lambda x: x[:, :, 1:4, 2:6]),
        (m.crop2dLayer([3, 2]), lambda x: x[:, :, 1:4, 2:6]),
        (
            m.resize2dLayer(EnableReferenceInput=True),
            lambda x: functional.interpolate(torch.from_numpy(x), (3, 4), mode="nearest-exact"),
        ),
    ],
    ids=lambda value: getattr(value, "Class", "expected"),
)
def test_images_can_be_of_any_size(layer, expected):
    net = open_network(layer)
    x = np.abs(images(2, 2, 6, 8)).astype(np.float32)
    for engine in (OnnxRuntimeEngine(net._model), TorchEngine(net._model, "cpu")):
        outputs = engine(x)
        assert any(
            o.shape == (2, 2, 3, 4) and np.allclose(o, expected(x), atol=1e-6) for o in outputs
        )


# Unpooling ---------------------------------------------------------------------------------------


def pooled_and_back(size, **window):
    pool = m.maxPooling2dLayer(**window, HasUnpoolingOutputs=True, Name="pool")
    lgraph = m.layerGraph([m.imageInputLayer(size, Normalization="none"), pool])
    lgraph = m.addLayers(lgraph, m.maxUnpooling2dLayer(Name="unpool"))
    for output, port in (("out", "in"), ("indices", "indices"), ("size", "size")):
        lgraph = m.connectLayers(lgraph, f"pool/{output}", f"unpool/{port}")
    return m.dlnetwork(lgraph)


@pytest.mark.tier(
    "numeric",
    "`maxUnpooling2dLayer` puts the maxima of MathWorks' 6×6 example where it prints their places",
)
def test_maxima_go_where_mathworks_prints_their_places():
    X = np.random.RandomState(5489).random_sample(36).reshape(6, 6, order="F")
    net = pooled_and_back((6, 6, 1), poolSize=2, Stride=2)
    Y = m.predict(net, X).ravel("F")
    places = np.array([2, 10, 12, 20, 15, 24, 26, 27, 36]) - 1
    printed = [0.9058, 0.9649, 0.9706, 0.9595, 0.8003, 0.9340, 0.7577, 0.7431, 0.8235]
    assert np.allclose(Y[places], printed, atol=5e-5)
    assert not np.delete(Y, places).any()


@pytest.mark.tier("numeric")
@given(
    st.tuples(st.integers(1, 3), st.integers(1, 3)), st.tuples(st.integers(1, 3), st.integers(1, 3))
)
def test_unpooling_is_that_of_torch(size, stride):
    X = images()
    net = pooled_and_back(SIZE, poolSize=size, Stride=stride)
    x = torch.from_numpy(X.astype(np.float32)).permute(3, 2, 0, 1)
    pooled, places = functional.max_pool2d(x, size, stride, return_indices=True)
    expected = torch.zeros(2, 2, 54).scatter(2, places.flatten(2), pooled.flatten(2))
    assert net.EngineDifference == 0
    assert np.array_equal(m.predict(net, X), to_matlab(expected.reshape(x.shape)))


def test_a_network_that_unpools_is_explained():
    pool = m.maxPooling2dLayer(2, Stride=2, HasUnpoolingOutputs=True, Name="pool")
    lgraph = m.layerGraph([m.imageInputLayer([6, 8, 2], Normalization="none"), pool])
    decoder = [
        m.maxUnpooling2dLayer(),
        m.convolution2dLayer(3, 3, Padding="same", Weights=images(3, 3, 2, 3), Name="conv"),
        m.softmaxLayer(),
    ]
    lgraph = m.addLayers(lgraph, decoder)
    for output, port in (("out", "in"), ("indices", "indices"), ("size", "size")):
        lgraph = m.connectLayers(lgraph, f"pool/{output}", f"maxunpool/{port}")
    net = m.dlnetwork(lgraph)
    X = images(6, 8, 2)
    assert m.predict(net, X).shape == (6, 8, 3)
    scoreMap = m.gradCAM(
        net, X, lambda Y: Y[:, :, 0].sum(), FeatureLayer="maxunpool", ReductionLayer="softmax"
    )
    assert scoreMap.shape == (6, 8)
    assert np.ptp(scoreMap) > 0


@pytest.mark.parametrize(
    "layer",
    [
        m.resize2dLayer(Scale=1.5, Method="bilinear"),
        m.resize2dLayer(OutputSize=[4, 7]),
        m.resize2dLayer(OutputSize=[9, 3], Method="bilinear", GeometricTransformMode="asymmetric"),
    ],
    ids=lambda layer: layer.Method,
)
def test_the_gradient_is_the_slope(layer):
    slopes(layer, images(2, 3, 6, 5))
    computed(layer, images(2, 3, 6, 5), opset=13)


def test_the_gradient_of_a_crop_is_where_it_was_cut_out():
    net = with_reference(m.crop2dLayer([3, 2]), [2, 2])
    X = images(*SIZE)
    dlX = m.dlarray(X, "SSC")
    gradient = m.dlfeval(lambda dlX: m.dlgradient(m.predict(net, dlX).sum(), dlX), dlX)
    expected = np.zeros(SIZE)
    expected[1:3, 2:4] = 1
    assert np.array_equal(m.extractdata(gradient).squeeze(), expected)


# What is refused ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: m.resize2dLayer(), "give one of Scale, OutputSize and EnableReferenceInput"),
        (lambda: m.resize2dLayer(Scale=2, OutputSize=[3, 4]), "give one of Scale"),
        (lambda: m.resize2dLayer(Scale=2, EnableReferenceInput=True), "give one of Scale"),
        (lambda: m.resize2dLayer(Scale=0), "Scale must be positive and finite"),
        (lambda: m.resize2dLayer(Scale=[1, -1]), "Scale must be positive and finite"),
        (lambda: m.resize2dLayer(Scale=[1, np.nan]), "Scale must be positive and finite"),
        (lambda: m.resize2dLayer(Scale=[1, 2, 3]), "one positive number or two"),
        (lambda: m.resize2dLayer(OutputSize=[np.nan, np.nan]), "one positive number or two"),
        (lambda: m.resize2dLayer(OutputSize=[2.5, 3]), "must hold integers"),
        (lambda: m.resize2dLayer(Scale=2, Method="bicubic"), '"nearest" or "bilinear"'),
        (lambda: m.resize2dLayer(Scale=2, NearestRoundingMode="ceil"), "NearestRoundingMode must"),
        (lambda: m.crop2dLayer("custom"), 'Location must be "centercrop"'),
        (lambda: m.crop2dLayer([0, 1]), "Location must be a positive integer, but is 0"),
        (lambda: m.crop2dLayer([1, 2, 3]), "Location must have 2 elements"),
    ],
)
def test_what_makes_no_layer(make, message):
    with pytest.raises(ValueError, match=message):
        make()


@pytest.mark.parametrize(
    ("layer", "message"),
    [
        (m.crop2dLayer("centercrop"), r"'it' \(.*Crop2DLayer\): it cannot cut 7×4 out of 6×9 at"),
        (m.crop2dLayer([7, 1]), r"it cannot cut 7×4 out of 6×9 at its Location \[7, 1\]"),
    ],
)
def test_what_cannot_be_cut_out(layer, message):
    with pytest.raises(ValueError, match=message):
        with_reference(layer, [7, 4])


def test_features_have_no_height():
    for layer in (m.resize2dLayer(Scale=2), m.resize2dLayer(OutputSize=[2, 2])):
        with pytest.raises(ValueError, match="takes images, but what comes in has no height"):
            m.dlnetwork([m.featureInputLayer(3), layer])


def test_unpooling_takes_what_a_pooling_gives():
    with pytest.raises(ValueError, match="'maxunpool' has nothing connected to.*'indices'"):
        network(m.maxUnpooling2dLayer(), SIZE)
