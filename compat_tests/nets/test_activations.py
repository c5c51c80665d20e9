"""activations."""

import numpy as np
import pytest
import tiny_networks as tiny
from hypothesis import given
from hypothesis import strategies as st

from matxai import DAGNetwork, activations, dlnetwork, predict
from matxai.nets.activations import layer_name

NET = DAGNetwork(tiny.conv_model((16, 12, 3)))


def images(count=5):
    return np.random.RandomState(0).randint(0, 256, (16, 12, 3, count), np.uint8)


@pytest.mark.tier("documented", "`activations` as channels are h×w×C×N")
def test_channels():
    act = activations(NET, images(), "relu_1")
    assert act.shape == (16, 12, 8, 5)
    assert act.dtype == np.float32
    assert np.array_equal(act, predict(NET, images(), Outputs="relu_1"))
    one = activations(NET, images()[..., 2], "relu_1", "OutputAs", "channels")
    assert one.shape == (16, 12, 8)
    assert np.allclose(one, act[..., 2], atol=1e-4)


@pytest.mark.tier("documented", "Layers without spatial dimensions have activations 1×1×C×N")
def test_layers_without_spatial_dimensions_have_them_of_length_one():
    assert activations(NET, images(), "fc").shape == (1, 1, 5, 5)
    assert activations(NET, images()[..., 0], "fc").shape == (1, 1, 5)
    assert activations(NET, images()[..., 0], "gap").shape == (1, 1, 8)
    fc = activations(NET, images(), "fc")
    assert np.array_equal(fc[0, 0].T, predict(NET, images(), Outputs="fc"))


@pytest.mark.tier("documented", "Rows and columns take each image's h×w×C down the columns")
@given(st.integers(1, 5), st.sampled_from(["relu_1", "gap", "fc", "prob"]))
def test_rows_and_columns_run_down_the_columns_of_each_image(count, layer):
    X = images(count)
    act = activations(NET, X, layer).reshape(*activations(NET, X, layer).shape[:3], count)
    rows = activations(NET, X, layer, OutputAs="rows")
    assert rows.shape == (count, act[..., 0].size)
    for k in range(count):
        assert np.array_equal(rows[k], act[..., k].ravel("F"))
    columns = activations(NET, X, layer, OutputAs="COLUMNS")
    assert np.array_equal(columns, rows.T)


@pytest.mark.tier("documented")
def test_a_layer_by_its_number_counted_from_one():
    for i, layer in enumerate(NET.Layers):
        by_number = activations(NET, images(2), i + 1)
        assert np.array_equal(by_number, activations(NET, images(2), layer.Name))
    assert layer_name(NET, 1) == "data"
    assert layer_name(NET, len(NET.Layers)) == NET.Layers[-1].Name


def test_activations_of_the_input_layer_are_the_normalized_image():
    assert np.array_equal(activations(NET, images(), 1), images() - np.float32(127))
    plain = DAGNetwork(tiny.weighted_sum_model(np.ones((2, 3, 16, 12))))
    assert np.array_equal(activations(plain, images(), 1), images())


def test_activations_of_the_output_layer_are_the_scores():
    act = activations(NET, images(), "ClassificationLayer_prob")
    assert np.array_equal(act[0, 0].T, predict(NET, images()))


def test_the_network_is_not_changed():
    activations(NET, images(), "relu_1")
    assert NET.OutputNames == ["ClassificationLayer_prob"]


@pytest.mark.tier("chosen", "`activations` takes a dlnetwork as well")
def test_a_dlnetwork_is_taken_as_well():
    net = dlnetwork(tiny.conv_model((16, 12, 3)))
    assert np.array_equal(activations(net, images(), "fc"), activations(NET, images(), "fc"))


@given(st.integers(1, 7))
def test_the_mini_batch_size_does_not_matter(size):
    whole = activations(NET, images(), "relu_1")
    assert np.allclose(
        activations(NET, images(), "relu_1", MiniBatchSize=size), whole, rtol=1e-5, atol=1e-4
    )


@pytest.mark.parametrize(
    ("args", "error", "says"),
    [
        ((NET, images(), "relu"), ValueError, "no layer named 'relu'"),
        ((NET, images(), 0), ValueError, "layer must be a positive integer, but is 0"),
        ((NET, images(), 99), ValueError, "its index from 1 to 8, the number of layers"),
        ((NET, images(), 1.5), ValueError, "layer must be a positive integer"),
        ((NET, images(), None), TypeError, "layer must be a text.* Or: "),
        ((NET, images(), "fc", "OutputAs", "cells"), ValueError, "OutputAs must be"),
        ((NET, images()), TypeError, "layer is missing"),
        ((NET, np.zeros((8, 8, 3)), "fc"), ValueError, "X must be 16×12×3"),
        ((3, images(), "fc"), TypeError, "net must be a dlnetwork"),
    ],
)
def test_wrong_arguments(args, error, says):
    with pytest.raises(error, match=says):
        activations(*args)
