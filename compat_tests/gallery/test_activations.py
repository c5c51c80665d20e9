"""The pages on activations: what their text says of the demo network."""

import numpy as np
import pytest
import skimage.data

from matxai import activations, imagePretrainedNetwork, imresize, imtile, mat2gray, reshape, size


@pytest.fixture(scope="module")
def net():
    return imagePretrainedNetwork("efficientnet-lite0")


@pytest.fixture(scope="module")
def X(net):
    return imresize(skimage.data.chelsea(), net.Layers[0].InputSize[:2])


def test_the_channels_of_the_first_convolution_as_tiles(net, X):
    act = activations(net, X, "conv_stem")
    sz = size(act)
    assert sz.tolist() == [112, 112, 32]
    act = reshape(act, [sz[0], sz[1], 1, sz[2]])
    tiles = imtile(mat2gray(act), GridSize=[4, 8])
    assert tiles.shape == (4 * 112, 8 * 112)
    # Tiles go from left to right: the 10th is the second of the second row.
    assert np.array_equal(tiles[112:224, 112:224], mat2gray(act)[:, :, 0, 9])


def test_the_eighth_channel_finds_the_eyes(net, X):
    deep = activations(net, X, "block6_expand_relu")
    assert deep.shape == (28, 28, 240)
    eyes = deep[:, :, 7].copy()
    # Of the cat, in pixels of the image of 224×224: rows 66 to 122, columns 68 to 172.
    inside = eyes[8:16, 8:22].max()
    eyes[8:16, 8:22] = 0
    assert inside > 2 * eyes.max()
