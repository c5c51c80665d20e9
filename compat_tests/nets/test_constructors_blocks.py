"""Channels as blocks of pixels and back, against what MathWorks prints, torch and NumPy."""

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from lone_layers import close, computed, network, slopes, to_matlab
from torch.nn import functional

import matxai as m

BLOCKS = st.tuples(st.integers(1, 3), st.integers(1, 3))


def values(*shape):
    return np.random.RandomState(0).randn(*shape)


@pytest.mark.tier("exact", '`depthToSpace2dLayer` ("dcr"): the 48 values that MathWorks prints')
def test_channels_become_the_blocks_that_mathworks_prints():
    X = np.arange(1.0, 49).reshape(2, 2, 12, order="F")
    printed = [
        [[1, 13, 3, 15], [25, 37, 27, 39], [2, 14, 4, 16], [26, 38, 28, 40]],
        [[5, 17, 7, 19], [29, 41, 31, 43], [6, 18, 8, 20], [30, 42, 32, 44]],
        [[9, 21, 11, 23], [33, 45, 35, 47], [10, 22, 12, 24], [34, 46, 36, 48]],
    ]
    found = m.predict(network(m.depthToSpace2dLayer(2), (2, 2, 12)), X)
    assert np.array_equal(found, np.transpose(printed, (1, 2, 0)))


@pytest.mark.tier("exact", "`spaceToDepthLayer`: the 48 values that MathWorks prints")
def test_blocks_become_the_channels_that_mathworks_prints():
    X = np.arange(1.0, 49).reshape(4, 4, 3, order="F")
    printed = [
        *([[1, 9], [3, 11]], [[17, 25], [19, 27]], [[33, 41], [35, 43]]),
        *([[5, 13], [7, 15]], [[21, 29], [23, 31]], [[37, 45], [39, 47]]),
        *([[2, 10], [4, 12]], [[18, 26], [20, 28]], [[34, 42], [36, 44]]),
        *([[6, 14], [8, 16]], [[22, 30], [24, 32]], [[38, 46], [40, 48]]),
    ]
    found = m.predict(network(m.spaceToDepthLayer(2), (4, 4, 3)), X)
    assert np.array_equal(found, np.transpose(printed, (1, 2, 0)))


def definition(X, block, mode):
    """Put each channel where it belongs, one by one."""
    height, width = block
    rows, columns, channels, count = X.shape
    left = channels // (height * width)
    Y = np.zeros((rows * height, columns * width, left, count))
    for i, j, c in np.ndindex(height, width, left):
        pixel = i * width + j
        source = pixel * left + c if mode == "dcr" else c * height * width + pixel
        Y[i::height, j::width, c] = X[:, :, source]
    return Y


@pytest.mark.tier("documented")
@given(BLOCKS, st.integers(1, 3), st.sampled_from(["dcr", "crd"]))
def test_blocks_of_any_size_are_undone(block, left, mode):
    X = values(3, 2, left * block[0] * block[1], 2)
    expected = definition(X, block, mode)
    net = network(m.depthToSpace2dLayer(block, Mode=mode), X.shape[:3])
    assert close(m.predict(net, X), expected)
    assert net.activation_size(net.OutputNames[0]) == expected.shape[:3]
    if mode == "dcr":
        net = network(m.spaceToDepthLayer(block), expected.shape[:3])
        assert close(m.predict(net, expected), X)


@pytest.mark.tier(
    "numeric",
    '`depthToSpace2dLayer` with "crd" is torch\'s pixel shuffle, which ONNX calls so too',
)
@pytest.mark.parametrize("block", [2, 3])
def test_they_are_torch_s_pixel_shuffles(block):
    X = values(2, 3, block * block * 2, 2)
    x = torch.from_numpy(X).permute(3, 2, 0, 1)
    net = network(m.depthToSpace2dLayer(block, Mode="crd"), X.shape[:3])
    assert close(m.predict(net, X), to_matlab(functional.pixel_shuffle(x, block)))


@pytest.mark.tier("documented", "`spaceToDepthLayer` cuts off incomplete blocks at the end")
@given(BLOCKS, st.integers(3, 7), st.integers(3, 7))
def test_an_incomplete_block_is_cut_off(block, rows, columns):
    X = values(rows, columns, 2, 2)
    height, width = block
    kept = X[: rows // height * height, : columns // width * width]
    found = m.predict(network(m.spaceToDepthLayer(block), X.shape[:3]), X)
    back = definition(np.asarray(found, float), block, "dcr")
    assert back.shape == kept.shape
    assert close(back, kept)


@pytest.mark.parametrize(
    ("layer", "shape"),
    [
        (m.depthToSpace2dLayer(2), (2, 8, 3, 2)),
        (m.depthToSpace2dLayer([1, 2], Mode="crd"), (2, 8, 3, 2)),
        (m.spaceToDepthLayer(2), (2, 3, 5, 4)),
        (m.spaceToDepthLayer([2, 1]), (2, 3, 5, 4)),
    ],
    ids=lambda value: getattr(value, "Class", "shape"),
)
def test_the_gradient_is_the_slope(layer, shape):
    slopes(layer, values(*shape))
    computed(layer, values(*shape), opset=13)


def test_square_blocks_take_images_of_any_size():
    x = values(2, 8, 4, 6)
    found = computed(m.depthToSpace2dLayer(2), x, (8, None, None))
    assert np.array_equal(found, computed(m.depthToSpace2dLayer(2), x))
    back = computed(m.spaceToDepthLayer(2), found, (2, None, None))
    assert np.array_equal(back, x.astype(np.float32))
    for layer in (m.depthToSpace2dLayer([1, 2]), m.spaceToDepthLayer([1, 2])):
        with pytest.raises(ValueError, match=r"not square.*images of a known size"):
            computed(layer, x, (8, None, 6))


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: m.depthToSpace2dLayer(0), "blockSize must be a positive integer, but is 0"),
        (lambda: m.spaceToDepthLayer([1, 2, 3]), "blockSize must be one integer or two"),
        (lambda: m.depthToSpace2dLayer(2, Mode="cdr"), 'Mode must be "dcr" or "crd"'),
        (
            lambda: network(m.depthToSpace2dLayer([2, 3]), (2, 2, 8)),
            "BlockSize is 2×3, but the 8 channels that come in are no multiple of 6",
        ),
        (lambda: network(m.spaceToDepthLayer(3), (2, 4, 1)), "of which nothing would be left"),
        (lambda: network(m.spaceToDepthLayer([3, 1]), (2, 4, 1)), "nothing would be left"),
        (
            lambda: m.dlnetwork([m.featureInputLayer(4), m.depthToSpace2dLayer(2)]),
            "takes images, but what comes in has no height and width",
        ),
    ],
)
def test_what_is_refused(make, message):
    with pytest.raises(ValueError, match=message):
        make()
