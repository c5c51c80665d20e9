"""Activations, joining and ends of .mat files, against torch."""

from functools import partial

import numpy as np
import pandas as pd
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from matxai import imageInputLayer, predict
from matxai.nets.layer_graph import LayerGraph, Link
from matxai.nets.mat_files.building import built
from matxai.nets.mat_files.records import LayerRecord, RecordError
from matxai.nets.network import dlnetwork

F = torch.nn.functional
SIZE = np.array([[4.0, 3, 2]])


def record(short, **fields):
    return LayerRecord(f"nnet.cnn.layer.{short}", {"Name": "made", **fields})


def single(value):
    return np.array([[value]], dtype=float)


def computed(layer, X):
    """Score images with one layer behind an input."""
    net = dlnetwork([imageInputLayer(X.shape[:3], Normalization="none", Name="in"), layer])
    return predict(net, X)


images = st.integers(0, 2**32 - 1).map(
    lambda seed: np.random.default_rng(seed).normal(0, 3, (4, 3, 2, 2)).astype(np.float32)
)
numbers = st.floats(0.01, 5).map(lambda x: round(x, 2))


WITHOUT_OPTIONS = [
    (record("ReLULayer"), F.relu),
    (record("TanhLayer"), torch.tanh),
    (record("SigmoidLayer"), torch.sigmoid),
    (record("SwishLayer"), F.silu),
    (record("SoftmaxLayer", ChannelDim=single(3)), partial(F.softmax, dim=1)),
    (record("GELULayer"), F.gelu),
    (record("GELULayer", Approximation="tanh"), partial(F.gelu, approximate="tanh")),
    (record("ELULayer"), F.elu),
]


@st.composite
def activations(draw):
    """Draw a record, and what torch computes for it."""
    a, b = draw(numbers), draw(numbers)
    slopes = {"Value": np.float32([a, b]).reshape(1, 1, 2)}
    with_options = [
        (record("LeakyReLULayer", Scale=single(a)), partial(F.leaky_relu, negative_slope=a)),
        (record("ClippedReLULayer", Ceiling=single(a)), partial(torch.clamp, min=0, max=a)),
        (record("ELULayer", Alpha=single(a)), partial(F.elu, alpha=a)),
        (record("PReLULayer", Alpha=slopes), partial(F.prelu, weight=torch.tensor([a, b]))),
    ]
    return draw(st.sampled_from(WITHOUT_OPTIONS + with_options))


@pytest.mark.tier(
    "documented",
    "Activations, joining layers, and normalizations of images and features of a `.mat` "
    "are torch's and NumPy's; names of fields that no file at hand has are the documented "
    "properties",
)
@given(images, activations())
def test_activations(X, case):
    made, expected = case
    x = torch.from_numpy(X.transpose(3, 2, 0, 1).copy())
    theirs = expected(x).numpy().transpose(2, 3, 1, 0)
    np.testing.assert_allclose(computed(built(made), X), theirs, rtol=1e-5, atol=1e-5)


def joined(layer, X):
    """Score images with a layer that gets the input, and as often as it has inputs."""
    first = imageInputLayer(X.shape[:3], Normalization="none", Name="in")
    graph = LayerGraph([first, layer])
    links = [Link("in", "out", layer.Name, port) for port in layer.InputNames]
    return predict(dlnetwork(graph.with_links(links)), X)


@pytest.mark.tier("documented")
@given(images, st.integers(2, 4))
def test_joining(X, count):
    fields = {"NumInputs": single(count)}
    np.testing.assert_allclose(
        joined(built(record("AdditionLayer", **fields)), X), count * X, rtol=1e-5
    )
    np.testing.assert_allclose(
        joined(built(record("MultiplicationLayer", **fields)), X), X**count, rtol=1e-4
    )
    np.testing.assert_array_equal(
        joined(built(record("DepthConcatenationLayer", **fields)), X),
        np.concatenate([X] * count, axis=2),
    )
    for dim in (1, 2, 3):
        layer = built(record("ConcatenationLayer", Dim=single(dim), **fields))
        np.testing.assert_array_equal(joined(layer, X), np.concatenate([X] * count, axis=dim - 1))


statistics = st.sampled_from([(1, 1, 2), (4, 3, 2), (1, 1)])


@pytest.mark.tier("documented")
@given(images, statistics, st.integers(0, 99), st.sampled_from(["struct", "beside"]))
def test_normalizations_of_images(X, shape, seed, form):
    rng = np.random.default_rng(seed)
    low = rng.normal(size=shape).astype(np.float32)
    high = low + rng.uniform(0.5, 2, shape).astype(np.float32)
    spread = high - low
    # A statistic that is 1×1 is one for all.
    a, b, d = (
        v.reshape(v.shape + (1,) * (3 - v.ndim))[..., np.newaxis] for v in (low, high, spread)
    )
    cases = {
        "zerocenter": ({"AverageImage" if form == "struct" else "Mean": low}, X - a),
        "zscore": ({"Mean": low, "StandardDeviation": spread}, (X - a) / d),
        "rescale-symmetric": ({"Min": low, "Max": high}, 2 * (X - a) / (b - a) - 1),
        "rescale-zero-one": ({"Min": low, "Max": high}, (X - a) / (b - a)),
    }
    for kind, (values, expected) in cases.items():
        fields = {"InputSize": SIZE}
        if form == "struct":
            fields["Normalization"] = {"Type": kind, **values}
        else:
            fields |= {"Normalization": kind, **values}
        net = dlnetwork(
            [built(record("ImageInputLayer", **fields)), built(record("ReLULayer", Name="r"))]
        )
        assert net.Layers[0].Normalization == kind
        np.testing.assert_allclose(predict(net, X), np.maximum(expected, 0), rtol=1e-4, atol=1e-4)


@given(st.integers(0, 99))
def test_normalizations_of_features(seed):
    rng = np.random.default_rng(seed)
    X, mean = rng.normal(size=(5, 3)).astype(np.float32), rng.normal(size=(3, 1)).astype(np.float32)
    spread = rng.uniform(0.5, 2, (3, 1)).astype(np.float32)
    made = record(
        "FeatureInputLayer", InputSize=single(3),
        Normalization={"Type": "zscore", "Mean": mean, "StandardDeviation": spread},
    )  # fmt: skip
    net = dlnetwork([built(made), built(record("TanhLayer", Name="t"))])
    expected = np.tanh((X - mean.T) / spread.T)
    np.testing.assert_allclose(predict(net, X), expected, rtol=1e-5, atol=1e-5)


def test_a_normalization_that_is_a_function_is_refused_with_a_way_out():
    made = record("ImageInputLayer", InputSize=SIZE, Normalization={"Type": "custom"})
    with pytest.raises(RecordError, match=r"'made'.*function.*CustomLayers"):
        built(made)


def test_an_empty_normalization_is_none():
    made = built(record("ImageInputLayer", InputSize=SIZE, Normalization=np.zeros((1, 0))))
    assert made.Normalization == "none"


@pytest.mark.parametrize("form", ["categorical", "cells", "text", "auto", "nothing"])
def test_classes(form):
    value = {
        "categorical": pd.Categorical(["b", "a"], categories=["a", "b"]),
        "cells": ["b", "a"], "text": "b", "auto": "auto", "nothing": np.zeros((0, 0)),
    }[form]  # fmt: skip
    made = built(record("ClassificationOutputLayer", Categories=value))
    if form in ("auto", "nothing"):
        assert made.Classes == "auto"
    else:
        # The order is that of the channels, which need not be that of the categories.
        assert made.Classes.tolist() == (["b"] if form == "text" else ["b", "a"])
    assert made.Class == "nnet.cnn.layer.ClassificationOutputLayer"


def test_output_layers():
    assert built(record("RegressionOutputLayer")).Class == "nnet.cnn.layer.RegressionOutputLayer"
    made = built(record("PixelClassificationLayer", Categories=["road", "sky"]))
    assert made.Classes.tolist() == ["road", "sky"]


@pytest.mark.parametrize(
    ("made", "message"),
    [
        (record("LeakyReLULayer"), "no Scale"),
        (record("ClippedReLULayer", Ceiling="high"), "Ceiling must be a number"),
        (record("AdditionLayer", NumInputs=single(2.5)), "NumInputs must be an integer"),
        (
            record("ImageInputLayer", InputSize=np.array([[1.5, 2, 3]])),
            "InputSize must hold integers",
        ),
        (record("PReLULayer", Alpha={"Value": np.zeros((0, 0))}), "no Alpha"),
        (record("PReLULayer", Alpha={"Value": "text"}), "Alpha must hold real numbers"),
    ],
)
def test_records_that_are_not_whole_are_refused(made, message):
    with pytest.raises(RecordError, match=f"'made'.*{message}"):
        built(made)


def test_classes_of_users_are_not_known_even_under_a_name_of_matlabs():
    assert built(LayerRecord("mine.ReLULayer", {"Name": "r"})) is None
    assert built(LayerRecord("ReLULayer", {"Name": "r"})) is None
    assert built(record("NoSuchLayer")) is None
    assert built(record("ReLULayer")).Name == "made"
