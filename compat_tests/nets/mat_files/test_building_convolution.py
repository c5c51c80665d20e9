"""Convolutions and fully connected layers of .mat files, each against torch."""

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch.nn import functional
from torch_windows import (
    CHANNELS,
    PADDING_VALUES,
    SIZES,
    batch,
    check,
    convolved,
    network,
    transposed,
    weights,
    windows,
)

import matxai as m
from matxai.nets.mat_files.building import built
from matxai.nets.mat_files.records import LayerRecord, RecordError

RANKS = (1, 2, 3)


def record(short, **fields):
    return LayerRecord(f"nnet.cnn.layer.{short}", {"Name": "made", **fields})


def learnable(value):
    """Make the struct that weights are in files; sizes of 1 at the end are not there."""
    value = np.asarray(value, np.float32)
    while value.ndim > 2 and value.shape[-1] == 1:
        value = value[..., 0]
    return {"Version": 2.0, "Value": value, "LearnRateFactor": 1.0, "L2Factor": 1.0}


def row(values):
    """Give numbers as files have them."""
    return np.array([values], float)


def window_fields(window, mode="PaddingMode", size="PaddingSize"):
    fields = {"FilterSize": row(window.size), "Stride": row(window.stride)}
    if isinstance(window.padding, str):
        # The sizes that were computed in training stand there as well.
        return fields | {mode: window.padding, size: row([9] * 2 * window.rank)}
    ends = np.array(window.ends, float)
    sizes = ends.T if window.rank == 3 else ends.reshape(1, -1)
    return fields | {mode: "manual", size: sizes}


@pytest.mark.tier(
    "documented",
    "Convolutions of a `.mat` in one, two and three dimensions, grouped and transposed "
    "ones; 2-D ones have the fields of real files, the others those of their documented "
    "properties",
)
@pytest.mark.parametrize("rank", RANKS)
@given(st.data(), st.sampled_from(PADDING_VALUES), st.integers(1, 3))
def test_convolutions(rank, data, value, filters):
    window = data.draw(windows(rank, causal=rank == 1, value=value))
    W, b = weights(*window.size, CHANNELS, filters), weights(*[1] * rank, filters)
    made = built(record(
        f"Convolution{rank}DLayer",
        NumFilters=float(filters),
        NumChannels=row([CHANNELS]),
        DilationFactor=row(window.dilation),
        PaddingValue=value if isinstance(value, str) else row([value]),
        Weights=learnable(W),
        Bias=learnable(b),
        **window_fields(window),
    ))  # fmt: skip
    assert (made.Name, made.Class) == ("made", f"nnet.cnn.layer.Convolution{rank}DLayer")
    check(made, rank, convolved(batch(rank), window, W, b, value))


@pytest.mark.tier("documented")
@given(windows(2), st.integers(1, 3), st.sampled_from([CHANNELS, "channel-wise"]), st.booleans())
def test_grouped_convolutions(window, each, groups, with_bias):
    W, b = weights(*window.size, 1, each, CHANNELS), weights(1, 1, each, CHANNELS) * with_bias
    made = built(record(
        "GroupedConvolution2DLayer",
        NumGroups=groups,
        NumFiltersPerGroup=float(each),
        NumChannelsPerGroup=1.0,
        DilationFactor=row(window.dilation),
        PaddingValue=0.0,
        Weights=learnable(W),
        Bias=learnable(b if with_bias else np.zeros((0, 0))),
        **window_fields(window),
    ))  # fmt: skip
    x = batch(2)
    one_by_one = [convolved(x[:, [g]], window, W[..., g], b[..., g]) for g in range(CHANNELS)]
    check(made, 2, np.concatenate(one_by_one, 1))


@pytest.mark.tier("documented")
def test_groups_of_several_channels():
    W, b = weights(3, 2, 2, 3, 2), weights(1, 1, 3, 2)
    fields = {"FilterSize": row([3, 2]), "NumGroups": 2.0, "NumFiltersPerGroup": 3.0}
    made = built(record(
        "GroupedConvolution2DLayer", Weights=learnable(W), Bias=learnable(b), **fields
    ))  # fmt: skip
    x = np.random.RandomState(0).randn(2, 4, 7, 9).astype(np.float32)
    kernel = np.concatenate([W[..., g].transpose(3, 2, 0, 1) for g in range(2)])
    bias = torch.from_numpy(b.ravel("F"))
    expected = functional.conv2d(
        torch.from_numpy(x).double(), torch.from_numpy(kernel), bias, groups=2
    ).numpy()
    net = m.dlnetwork([m.imageInputLayer([7, 9, 4], Normalization="none"), made])
    assert np.abs(net.engine("cpu")(x)[0] - expected).max() < 1e-5 * np.ptp(expected)


@pytest.mark.tier(
    "chosen",
    "A `Convolution2DLayer` of a `.mat` whose `NumFilters` are several is a grouped "
    "convolution, as in AlexNet before R2018b",
)
def test_convolutions_in_groups_before_these_had_a_class():
    """The layers conv2, conv4 and conv5 of AlexNet, in releases before R2018b."""
    W, b = weights(3, 3, 2, 6), weights(1, 1, 6)
    made = built(record(
        "Convolution2DLayer", FilterSize=row([3, 3]), NumFilters=row([3, 3]),
        NumChannels=row([2, 2]), Padding=row([1, 2]), Stride=row([1, 1]), Weights=learnable(W),
        Bias=learnable(b),
    ))  # fmt: skip
    x = np.random.RandomState(0).randn(2, 4, 7, 9).astype(np.float32)
    kernel, bias = torch.from_numpy(W.transpose(3, 2, 0, 1).copy()), torch.from_numpy(b.ravel())
    expected = functional.conv2d(torch.from_numpy(x).double(), kernel, bias, 1, (1, 2), groups=2)
    net = m.dlnetwork([m.imageInputLayer([7, 9, 4], Normalization="none"), made])
    found = net.engine("cpu")(x)[0]
    assert np.abs(found - expected.numpy()).max() < 1e-5 * np.ptp(expected.numpy())


@pytest.mark.tier("documented")
@pytest.mark.parametrize("rank", RANKS)
@given(st.data(), st.integers(1, 3))
def test_transposed_convolutions(rank, data, filters):
    window = data.draw(windows(rank, dilated=False))
    size = tuple(map(max, window.size, window.stride))
    W, b = weights(*size, filters, CHANNELS), weights(*[1] * rank, filters)
    fields = window_fields(window, "CroppingMode", "CroppingSize") | {"FilterSize": row(size)}
    made = built(record(
        f"TransposedConvolution{rank}DLayer", NumFilters=float(filters), Weights=learnable(W),
        Bias=learnable(b), **fields,
    ))  # fmt: skip
    ends = "same" if window.ends is None else window.ends
    check(made, rank, transposed(batch(rank), size, window.stride, ends, W, b))


@pytest.mark.tier(
    "chosen",
    "`Padding` and `Cropping` of the oldest `.mat` files are [vertical, horizontal], of "
    "convolutions",
)
def test_padding_and_cropping_of_the_oldest_files():
    """[vertical, horizontal], without a mode."""
    W = weights(3, 3, CHANNELS, 2)
    fields = {"FilterSize": row([3, 3]), "NumFilters": 2.0, "Weights": learnable(W)}
    x = torch.from_numpy(batch(2))
    kernel = torch.from_numpy(W).permute(3, 2, 0, 1)
    made = built(record("Convolution2DLayer", Padding=row([0, 2]), **fields))
    check(made, 2, functional.conv2d(x, kernel, padding=(0, 2)).numpy())
    V = weights(3, 3, 2, CHANNELS)
    fields["Weights"] = learnable(V)
    made = built(record("TransposedConvolution2DLayer", Cropping=row([1, 0]), **fields))
    kernel = torch.from_numpy(V).permute(3, 2, 0, 1)
    check(made, 2, functional.conv_transpose2d(x, kernel, padding=(1, 0)).numpy())


@pytest.mark.tier(
    "documented",
    "A fully connected layer of a `.mat` has weights outputs×inputs or, for images, "
    "h×w×C×outputs, down the columns; both stand in real files",
)
@pytest.mark.parametrize("rank", [2, 3])
@given(st.integers(1, 4), st.sampled_from(["matrix", "image"]), st.booleans())
def test_fully_connected_layers_of_images(rank, count, kind, long):
    """Weights are outputs × inputs, or h×w×C×outputs: down the columns either way."""
    size = [*SIZES[rank], CHANNELS]
    W, b = weights(*size, count), weights(count)
    flat = W.reshape(-1, count, order="F")
    made = built(record(
        "FullyConnectedLayer",
        InputSize=row(size) if kind == "image" else float(len(flat)),
        OutputSize=row([1] * rank + [count] if long else [count]),
        Weights=learnable(W if kind == "image" else flat.T),
        Bias=learnable(b.reshape(*[1] * rank, count) if long else b.reshape(-1, 1)),
    ))  # fmt: skip
    X = np.moveaxis(batch(rank), (0, 1), (-1, -2))
    expected = np.stack([flat.T @ X[..., i].ravel("F") + b for i in range(2)])
    check(made, rank, expected)


@pytest.mark.tier("documented")
def test_fully_connected_layers_of_features_and_of_images_of_one_pixel():
    W, b, x = weights(4, 5), weights(4), np.random.RandomState(0).randn(2, 5)
    options = {"OutputSize": 4.0, "Bias": learnable(b.reshape(-1, 1))}
    features = built(record("FullyConnectedLayer", InputSize=5.0, Weights=learnable(W), **options))
    net = m.dlnetwork([m.featureInputLayer(5), features])
    assert np.allclose(m.predict(net, x), x @ W.T + b, atol=1e-5)
    whole = learnable(W.T.reshape(1, 1, 5, 4))
    pixel = built(record("FullyConnectedLayer", InputSize=row([1, 1, 5]), Weights=whole, **options))
    net = m.dlnetwork([m.imageInputLayer([1, 1, 5], Normalization="none"), pixel])
    assert np.allclose(m.predict(net, x.T.reshape(1, 1, 5, 2)), x @ W.T + b, atol=1e-5)


# What is refused --------------------------------------------------------------------------------


def test_layers_that_were_not_trained():
    """Their weights are empty; they can be read, but make no network."""
    nothing = {"Weights": {"Value": np.zeros((0, 0))}, "Bias": np.zeros((0, 0))}
    sizes = {"FilterSize": row([3, 3]), "NumFilters": 2.0, "NumChannels": "auto"}
    groups = {"FilterSize": row([3, 3]), "NumFiltersPerGroup": 2.0, "NumGroups": "channel-wise"}
    layers = [
        record("Convolution2DLayer", **sizes, **nothing),
        record("TransposedConvolution2DLayer", **sizes, **nothing),
        record("GroupedConvolution2DLayer", **groups, **nothing),
        record("FullyConnectedLayer", InputSize="auto", OutputSize=2.0, **nothing),
    ]
    for each in layers:
        with pytest.raises(ValueError, match="'made' .*no weights"):
            network(built(each), 2)


@pytest.mark.parametrize(
    ("short", "fields", "message"),
    [
        ("Convolution2DLayer", {"FilterSize": None}, "has no FilterSize"),
        ("Convolution2DLayer", {"NumFilters": row([3, 2])}, r"NumFilters is \[3, 2\]"),
        ("Convolution1DLayer", {"NumFilters": row([2, 2])}, r"NumFilters is \[2, 2\]"),
        ("Convolution2DLayer", {"Weights": learnable(np.ones((3, 3, 4, 5)))}, "be 3×3×C×2"),
        ("Convolution2DLayer", {"PaddingValue": "mirror"}, "PaddingValue must be"),
        ("Convolution2DLayer", {"PaddingMode": "causal"}, "Padding must be .same."),
        ("Convolution2DLayer", {"PaddingSize": row([0.5] * 4)}, "PaddingSize must hold integers"),
        ("Convolution2DLayer", {"Weights": learnable(np.full((3, 3, 1, 2), np.nan))}, "finite"),
        ("FullyConnectedLayer", {"Weights": learnable(np.ones((4, 5)))}, "or 3×4×2, but are 4×5"),
        ("FullyConnectedLayer", {"OutputSize": None}, "has no OutputSize"),
    ],
)  # fmt: skip
def test_what_makes_no_layer(short, fields, message):
    given_fields = {
        "FilterSize": row([3, 3]), "NumFilters": 2.0, "InputSize": row([3, 4]), "OutputSize": 2.0
    }  # fmt: skip
    with pytest.raises(RecordError, match=f"The layer 'made' .nnet.*{short}.*{message}"):
        built(record(short, **(given_fields | fields)))
