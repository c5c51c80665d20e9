"""Layers that pass on what they get, and softplus."""

import numpy as np
import pytest
import torch
from lone_layers import close, computed, slopes
from torch.nn import functional

import matxai as m

LAYERS = [m.identityLayer(), m.spatialDropoutLayer(), m.spatialDropoutLayer(Probability=0.2)]


@pytest.mark.tier(
    "documented",
    "`identityLayer` and `spatialDropoutLayer` change nothing in prediction",
)
@pytest.mark.parametrize("layer", LAYERS, ids=lambda layer: layer.Class)
@pytest.mark.parametrize("shape", [(2, 3), (2, 3, 4), (2, 3, 4, 5)], ids=str)
def test_they_change_nothing(layer, shape):
    x = np.random.RandomState(0).randn(*shape).astype(np.float32)
    assert np.array_equal(computed(layer, x), x)
    slopes(layer, x)


@pytest.mark.tier("numeric")
def test_softplus_is_that_of_torch():
    x = np.random.RandomState(0).randn(2, 3, 4, 5).astype(np.float32) * 5
    layer = m.softplusLayer(Name="splus")
    assert (layer.Name, layer.Class) == ("splus", "nnet.cnn.layer.SoftplusLayer")
    assert close(computed(layer, x), functional.softplus(torch.from_numpy(x)))
    slopes(layer, x)


def test_they_are_named_and_shown():
    layers = [m.featureInputLayer(3), *LAYERS[:2], m.softplusLayer()]
    names = [layer.Name for layer in m.layerGraph(layers).Layers[1:]]
    assert names == ["identity", "spatialdropout", "softplus"]
    assert [layer.Probability for layer in LAYERS[1:]] == [0.5, 0.2]


@pytest.mark.parametrize("probability", [1, -0.1, 2])
def test_what_is_no_probability(probability):
    with pytest.raises(ValueError, match=f"less than 1, but is {probability}"):
        m.spatialDropoutLayer(Probability=probability)
