"""Layers over time, each against torch or a definition."""

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from one_node import check_gradient
from torch_windows import (
    CHANNELS,
    PADDING_VALUES,
    Window,
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
from matxai.nets.engines import OnnxRuntimeEngine


@pytest.mark.tier(
    "numeric",
    "Convolutions, their transposes and poolings over time are torch's, on both engines; "
    "what lies around the input (`PaddingValue`) is NumPy's padding",
)
@given(st.data(), st.sampled_from(PADDING_VALUES))
def test_convolutions_over_time(data, value):
    window = data.draw(windows(1, causal=True, value=value))
    W, b = weights(*window.size, CHANNELS, 4), weights(1, 4)
    layer = m.convolution1dLayer(
        window.size[0], 4, Stride=window.stride, DilationFactor=window.dilation,
        Padding=window.padding, PaddingValue=value, Weights=W, Bias=b,
    )  # fmt: skip
    net = check(layer, 1, convolved(batch(1), window, W, b, value))
    shown = net.Layers[1]
    assert shown.Class == "nnet.cnn.layer.Convolution1DLayer"
    assert np.array_equal(shown.Weights, W.astype(np.float32))
    assert (shown.FilterSize, shown.Stride) == (window.size[0], window.stride[0])


@pytest.mark.tier("documented", "No output of a causal convolution depends on a later input")
@given(st.integers(1, 4), st.integers(1, 3))
def test_no_output_of_a_causal_convolution_depends_on_a_later_input(size, dilation):
    W = weights(size, CHANNELS, 2)
    layer = m.convolution1dLayer(
        size, 2, DilationFactor=dilation, Padding="causal", Weights=W, Bias=[1, 2]
    )
    engine = network(layer, 1).engine("cpu")
    x = batch(1).astype(np.float32)
    scores = engine(x)[0]
    assert scores.shape[2] == x.shape[2]
    later = x.copy()
    later[..., 6:] = 9
    assert np.array_equal(engine(later)[0][..., :6], scores[..., :6])
    assert layer.PaddingMode == "causal"


@pytest.mark.tier("numeric")
@given(
    st.integers(1, 4),
    st.integers(1, 3),
    st.one_of(st.just("same"), st.tuples(st.integers(0, 2), st.integers(0, 2))),
)
def test_transposed_convolutions_over_time(size, stride, cropping):
    if cropping == "same":
        stride = min(stride, size)
    W, b = weights(size, 2, CHANNELS), weights(2)
    options = {"Stride": stride, "Cropping": cropping, "Weights": W, "Bias": b}
    layer = m.transposedConv1dLayer(size, 2, **options)
    ends = cropping if cropping == "same" else [cropping]
    expected = transposed(batch(1), [size], [stride], ends, W, b)
    check(layer, 1, expected)
    if cropping == "same":
        assert expected.shape[2] == batch(1).shape[2] * stride
        assert layer.CroppingMode == "same"
    else:
        assert layer.CroppingSize.tolist() == list(cropping)


@pytest.mark.tier(
    "numeric",
    "Transposed convolutions over time are torch's, and poolings their definition",
)
@given(windows(1, dilated=False))
def test_poolings_over_time(window):
    options = {"Stride": window.stride, "Padding": window.padding}
    x, size = batch(1), window.size[0]
    check(m.maxPooling1dLayer(size, **options), 1, pooled(x, window, np.nanmax, np.nan))
    check(m.averagePooling1dLayer(size, **options), 1, pooled(x, window, np.mean, 0))
    layer = m.averagePooling1dLayer(size, PaddingValue="mean", **options)
    check(layer, 1, pooled(x, window, np.nanmean, np.nan))
    assert (layer.PoolSize, layer.PaddingValue) == (size, "mean")


@pytest.mark.tier(
    "documented",
    "Global poolings in one dimension leave channels only, N×C, over time and over space",
)
def test_poolings_over_all_of_time_leave_channels():
    check(m.globalAveragePooling1dLayer(), 1, batch(1).mean(2))
    check(m.globalMaxPooling1dLayer(), 1, batch(1).max(2))


@pytest.mark.tier("documented")
def test_a_network_that_classifies_sequences():
    """MathWorks' documented network of 1-D convolutions, smaller."""
    W1, W2, W3 = weights(3, 2, 4), weights(3, 4, 6, seed=2), weights(5, 6, seed=3)
    net = m.dlnetwork([
        m.sequenceInputLayer(2),
        m.convolution1dLayer(3, 4, Padding="causal", Weights=W1),
        m.reluLayer(),
        m.convolution1dLayer(3, 6, Padding="causal", Weights=W2),
        m.reluLayer(),
        m.globalAveragePooling1dLayer(),
        m.fullyConnectedLayer(5, Weights=W3),
        m.softmaxLayer(),
    ])  # fmt: skip
    names = ["conv1d_1", "relu_1", "conv1d_2", "relu_2", "globalavgpool1d", "fc", "softmax"]
    assert [layer.Name for layer in net.Layers][1:] == names
    X = np.random.RandomState(0).randn(17, 2)
    x = torch.from_numpy(X.T[np.newaxis])
    for W in (W1, W2):
        x = torch.nn.functional.pad(x, (2, 0))
        x = torch.conv1d(x, torch.from_numpy(W).permute(2, 1, 0)).relu()
    expected = torch.softmax(x.mean(2) @ torch.from_numpy(W3).T, 1)
    assert np.allclose(m.predict(net, X), expected.numpy(), atol=1e-6)


@pytest.mark.tier(
    "chosen",
    "Padding of poolings is less than the window in every number of dimensions; MathWorks "
    "lets it be equal in one",
)
@pytest.mark.parametrize("make", [
    m.maxPooling1dLayer, m.maxPooling3dLayer, m.averagePooling1dLayer, m.averagePooling3dLayer
])  # fmt: skip
def test_padding_of_poolings_is_less_than_the_window(make):
    with pytest.raises(ValueError, match=f"{make.__name__}: Padding must be less than poolSize"):
        make(2, Padding=2)


@pytest.mark.tier(
    "chosen",
    "Names of layers in one and three dimensions without a name: conv1d, maxpool3d, "
    "transposed-conv1d, globalavgpool1d, …",
)
def test_default_names_of_layers_in_one_dimension_and_in_three():
    made = {
        m.convolution1dLayer(1, 1): "conv1d",
        m.transposedConv1dLayer(1, 1): "transposed-conv1d",
        m.maxPooling1dLayer(1): "maxpool1d",
        m.averagePooling1dLayer(1): "avgpool1d",
        m.globalMaxPooling1dLayer(): "globalmaxpool1d",
        m.globalAveragePooling1dLayer(): "globalavgpool1d",
        m.image3dInputLayer([1, 1, 1]): "image3dinput",
        m.convolution3dLayer(1, 1): "conv3d",
        m.transposedConv3dLayer(1, 1): "transposed-conv3d",
        m.maxPooling3dLayer(1): "maxpool3d",
        m.averagePooling3dLayer(1): "avgpool3d",
        m.globalMaxPooling3dLayer(): "globalmaxpool3d",
        m.globalAveragePooling3dLayer(): "globalavgpool3d",
    }
    assert [layer.Name for layer in m.layerGraph(list(made)).Layers] == list(made.values())


# The edges of the input -------------------------------------------------------------------------


@pytest.mark.tier(
    "documented",
    '"symmetric-include-edge", "symmetric-exclude-edge" and "replicate" go on with the '
    "input as they are documented",
)
@pytest.mark.parametrize(
    ("value", "left", "right"),
    [
        (7, [7, 7], [7, 7]),
        ("symmetric-include-edge", [2, 1], [5, 4]),
        ("symmetric-exclude-edge", [3, 2], [4, 3]),
        ("replicate", [1, 1], [5, 5]),
    ],
)
def test_what_lies_around_an_input(value, left, right):
    """A filter that is one shows it: of 1, …, 5."""
    layer = m.convolution1dLayer(1, 1, Padding=2, PaddingValue=value, Weights=[[[1]]])
    net = m.dlnetwork([m.sequenceInputLayer(1), layer])
    X = np.arange(1.0, 6)[:, np.newaxis]
    assert m.predict(net, X).ravel().tolist() == [*left, 1, 2, 3, 4, 5, *right]
    assert net.Layers[1].PaddingValue == value


@pytest.mark.parametrize(
    "layer",
    [
        m.convolution1dLayer(3, 2, Padding="causal", Weights=weights(3, CHANNELS, 2)),
        m.convolution1dLayer(
            3, 2, Padding=2, PaddingValue="symmetric-include-edge", Weights=weights(3, CHANNELS, 2)
        ),
        m.transposedConv1dLayer(3, 2, Stride=2, Cropping=1, Weights=weights(3, 2, CHANNELS)),
        m.maxPooling1dLayer(3, Padding=1),
        m.averagePooling1dLayer(3, Padding=[2, 0]),
        m.globalAveragePooling1dLayer(),
        m.globalMaxPooling1dLayer(),
    ],
    ids=lambda layer: layer.Class,
)
def test_gradients(layer):
    check_gradient(network(layer, 1)._model, batch(1))


def test_the_smallest_sequences_of_same_padding():
    W = weights(3, CHANNELS, 2)
    net = network(m.convolution1dLayer(3, 2, Stride=2, Padding="same", Weights=W), 1)
    engine = OnnxRuntimeEngine(net._model)
    for count in range(1, 6):
        assert engine(np.zeros((1, CHANNELS, count), np.float32))[0].shape[2] == -(-count // 2)


# What is refused --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: m.convolution1dLayer([3, 2], 2), "filterSize must be one integer, but is"),
        (lambda: m.convolution1dLayer(3, 2, Padding="valid"), '"same" or "causal" or integers'),
        (lambda: m.convolution1dLayer(3, 2, Padding=[1, 2, 3]), "Padding must be one or two int"),
        (lambda: m.convolution1dLayer(3, 2, Padding=-1), "from 0 on"),
        (lambda: m.convolution1dLayer(3, 2, PaddingValue="mirror"), "PaddingValue must be"),
        (lambda: m.convolution1dLayer(3, 2, PaddingValue=np.nan), "PaddingValue must be finite"),
        (lambda: m.convolution1dLayer(3, 2, Weights=np.ones((2, 1, 2))), "must be 3×C×2"),
        (lambda: m.convolution1dLayer(3, 2, Bias=[1]), "Bias must have 2 elements"),
        (lambda: m.transposedConv1dLayer(3, 2, Weights=np.ones((3, 1, 2))), "must be 3×2×C"),
        (lambda: m.transposedConv1dLayer(1, 2, Stride=2, Cropping="same"), "not below Stride, 2"),
        (lambda: m.maxPooling1dLayer(3, Padding="causal"), 'must be "same" or integers'),
        (lambda: m.averagePooling1dLayer(3, PaddingValue=1), 'must be 0 or "mean"'),
    ],
)
def test_what_cannot_be_made(make, message):
    with pytest.raises(ValueError, match=message):
        make()


@pytest.mark.tier(
    "chosen",
    '"same" padding that depends on an open length (with Stride over 1, and DilationFactor'
    " over 1, a PaddingValue, or a window below Stride) is refused",
)
def test_same_padding_that_depends_on_an_open_length():
    W = weights(3, CHANNELS, 2)
    options = {"Stride": 2, "Padding": "same", "Weights": W}
    with pytest.raises(ValueError, match="conv1d.*PaddingValue, which needs the size"):
        network(m.convolution1dLayer(3, 2, PaddingValue=1, **options), 1)
    with pytest.raises(ValueError, match="conv1d.*DilationFactor over 1, which needs the size"):
        network(m.convolution1dLayer(3, 2, DilationFactor=2, **options), 1)
    with pytest.raises(ValueError, match="maxpool1d.*Stride over the size of the window, which"):
        network(m.maxPooling1dLayer(2, Stride=3, Padding="same"), 1)
    x = batch(1)
    check(m.maxPooling1dLayer(1, Stride=3, Padding="same"), 1, x[..., ::3])


def test_mirrors_wider_than_the_image():
    options = {"Padding": 7, "Weights": weights(3, 3, CHANNELS, 2)}
    for value, most in (("symmetric-include-edge", 7), ("symmetric-exclude-edge", 6)):
        options["Padding"] = most
        window = Window((3, 3), (1, 1), (1, 1), most, ((most, most),) * 2)
        widest = m.convolution2dLayer(3, 2, PaddingValue=value, **options)
        check(widest, 2, convolved(batch(2), window, options["Weights"], np.zeros(2), value))
        options["Padding"] = most + 1
        with pytest.raises(ValueError, match=f"'conv' .*can mirror {most} at most"):
            network(m.convolution2dLayer(3, 2, PaddingValue=value, **options), 2)


def test_layers_over_time_without_weights_make_no_network():
    for layer in (m.convolution1dLayer(3, 2), m.transposedConv1dLayer(3, 2)):
        with pytest.raises(ValueError, match="no weights.*Weights="):
            network(layer, 1)


def test_layers_over_time_take_no_images():
    layer = m.convolution1dLayer(3, 2, Weights=weights(3, CHANNELS, 2))
    with pytest.raises(ValueError, match="'conv1d' .*does not fit"):
        network(layer, 2)
    with pytest.raises(ValueError, match="goes over 1 dimension of .* in has 2"):
        network(m.globalMaxPooling1dLayer(), 2)
