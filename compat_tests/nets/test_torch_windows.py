"""Windows of any shape on torch: convolution, pooling and its undoing against ONNX Runtime's."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from one_node import assert_same, case, check_gradient, model, torch_module
from onnx import helper, numpy_helper

pytestmark = pytest.mark.tier("numeric")
PLACED = {"pads": [0, 1, 2, 0]}, {"pads": [1, 1, 1, 1]}, {"auto_pad": "SAME_UPPER"}, {}


@st.composite
def windows(draw, dilated=True):
    """Draw the attributes of a window and an image that it fits on.

    ONNX Runtime pads automatically only where windows are not dilated and leave no gaps.
    """
    pair = lambda low, high: draw(st.lists(st.integers(low, high), min_size=2, max_size=2))
    automatic = draw(st.booleans())
    kernel, size = pair(1, 4), pair(4, 9)
    strides = [draw(st.integers(1, k if automatic else 4)) for k in kernel]
    dilations = pair(1, 2) if dilated and not automatic else [1, 1]
    found = {"kernel_shape": kernel, "strides": strides}
    if dilated:
        found["dilations"] = dilations
    if automatic:
        found["auto_pad"] = draw(st.sampled_from(["SAME_UPPER", "SAME_LOWER", "VALID"]))
        return size, found
    pads = found["pads"] = [draw(st.integers(0, kernel[i % 2] - 1)) for i in range(4)]
    reach = [d * (k - 1) + 1 for k, d in zip(kernel, dilations, strict=True)]
    assume(all(size[i] + pads[i] + pads[i + 2] >= reach[i] for i in range(2)))
    return size, found


@given(windows(), st.sampled_from([1, 2]))
def test_conv(window, group):
    size, attributes = window
    kernel = attributes.pop("kernel_shape")
    weights = np.random.RandomState(0).randn(6, 4 // group, *kernel).astype(np.float32)
    made = case("Conv", (4, *size), weights, group=group, **attributes)
    assert_same(made.model(17), made.batch(1), made.batch(3))


@given(windows(), st.booleans(), st.integers(1, 2))
def test_max_pool(window, ceil, outputs):
    size, attributes = window
    ceil = ceil and "auto_pad" not in attributes
    made = case("MaxPool", (3, *size), ceil_mode=int(ceil), outputs=outputs, **attributes)
    assert_same(made.model(17), made.batch(1), made.batch(3))


@given(windows(dilated=False), st.booleans(), st.booleans())
def test_average_pool(window, ceil, include):
    size, attributes = window
    ceil = ceil and "auto_pad" not in attributes
    made = case(
        *("AveragePool", (3, *size)),
        ceil_mode=int(ceil),
        count_include_pad=int(include),
        **attributes,
    )
    assert_same(made.model(17), made.batch(1), made.batch(3))


@given(windows())
def test_the_padding_of_a_pool_is_never_the_maximum(window):
    size, attributes = window
    made = case("MaxPool", (3, *size), outputs=2, **attributes)
    batch = -1 - np.abs(made.batch(2))
    assert_same(made.model(17), batch)


def pool_and_unpool(pooling, shape, sized):
    """Make a pooling and its undoing, the latter with the input's shape where `sized`."""
    pool = helper.make_node("MaxPool", ["data"], ["pooled", "places"], **pooling)
    size = helper.make_node("Shape", ["data"], ["shape"])
    undo = helper.make_node(
        "MaxUnpool", ["pooled", "places"] + ["shape"] * sized, ["undone"], **pooling
    )
    return model([pool, size, undo] if sized else [pool, undo], ["N", *shape], ["undone"])


@pytest.mark.parametrize(
    ("shape", "pooling", "sized"),
    [
        ((3, 6, 8), {"kernel_shape": [2, 2], "strides": [2, 2]}, False),
        ((3, 6, 8), {"kernel_shape": [2, 2], "strides": [2, 2]}, True),
        ((3, 7, 9), {"kernel_shape": [2, 2], "strides": [2, 2]}, True),
        ((3, 5, 9), {"kernel_shape": [3, 3], "strides": [3, 3], "pads": [1, 0, 0, 0]}, True),
        ((3, 9), {"kernel_shape": [2], "strides": [2]}, True),
        ((2, 4, 6, 4), {"kernel_shape": [2, 2, 2], "strides": [2, 2, 2]}, False),
    ],
)
def test_undone_pooling_equals_onnx_runtime(shape, pooling, sized):
    made = pool_and_unpool(pooling, shape, sized)
    batch = np.random.RandomState(0).randn(3, *shape).astype(np.float32)
    assert_same(made, batch[:1], batch)


def test_undone_pooling_puts_maxima_back_where_they_were():
    pooling = {"kernel_shape": [2, 2], "strides": [2, 2]}
    module = torch_module(pool_and_unpool(pooling, (3, 6, 8), False))
    import torch

    batch = torch.rand(4, 3, 6, 8, generator=torch.Generator().manual_seed(0)) + 1
    undone = module(batch)
    kept = undone != 0
    assert kept.sum() == batch.numel() / 4
    assert torch.equal(undone[kept], batch[kept])


def test_the_gradient_of_undone_pooling_is_the_slope():
    made = pool_and_unpool({"kernel_shape": [2, 2], "strides": [2, 2]}, (2, 5, 6), True)
    check_gradient(made, np.random.RandomState(0).randn(3, 2, 5, 6))


def test_the_gradient_of_values_put_back_is_taken_where_they_went():
    import torch

    places = numpy_helper.from_array(np.array([[[[5, 0], [9, 15]]]], np.int64), "places")
    attributes = {"kernel_shape": [2, 2], "strides": [2, 2]}
    node = helper.make_node("MaxUnpool", ["data", "places"], ["y"], **attributes)
    module = torch_module(model([node], [1, 1, 2, 2], ["y"], [places]))
    x = torch.ones(1, 1, 2, 2, requires_grad=True)
    weights = torch.arange(16.0).reshape(1, 1, 4, 4)
    slopes = torch.autograd.grad((module(x) * weights).sum(), x)[0]
    assert slopes.flatten().tolist() == [5, 0, 9, 15]


def test_places_in_columns_first_order_are_refused():
    made = case("MaxPool", (3, 6, 6), kernel_shape=[2, 2], outputs=2, storage_order=1)
    with pytest.raises(NotImplementedError, match="MaxPool with storage_order 1"):
        torch_module(made.model(17))


@pytest.mark.parametrize("placed", PLACED, ids=str)
@pytest.mark.parametrize("op", ["MaxPool", "AveragePool"])
def test_rounding_sizes_up(op, placed):
    if "auto_pad" not in placed:
        made = case(op, (3, 9, 8), kernel_shape=[3, 3], strides=[3, 2], ceil_mode=1, **placed)
        assert_same(made.model(17), made.batch(1), made.batch(3))


def test_weights_may_come_from_anywhere():
    weights = numpy_helper.from_array(np.ones((2, 3, 3, 3), np.float32), "weights")
    nodes = [
        helper.make_node("Identity", ["weights"], ["shared"]),
        helper.make_node("Conv", ["data", "shared"], ["y"]),
    ]
    assert_same(model(nodes, ["N", 3, 6, 6], ["y"], [weights]), np.ones((2, 3, 6, 6), np.float32))
