"""What is computed in windows is what whole passes compute."""

import numpy as np
import onnx
import pytest
import tiny_networks as tiny
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from onnx import TensorProto, helper, numpy_helper

from matxai.nets.engines import OnnxRuntimeEngine
from matxai.nets.network import dlnetwork
from matxai.nets.partial.local_changes import LocalChanges, RectangleChanges, UnexpectedSizeError
from matxai.nets.partial.parts import Parts
from matxai.nets.partial.planning import Planner
from matxai.nets.partial.reach import Reaches
from matxai.nets.partial.rectangles import Rectangles

# Networks ----------------------------------------------------------------------------------------


class Writer:
    """Writes a network node by node, and knows the sizes."""

    def __init__(self, seed):
        self.random = np.random.default_rng(seed)
        self.nodes, self.weights = [], []

    def weight(self, *shape):
        value = self.random.normal(size=shape) / np.sqrt(max(np.prod(shape[1:]), 1))
        return self.constant(value.astype(np.float32))

    def constant(self, value):
        self.weights.append(numpy_helper.from_array(value, f"w{len(self.weights)}"))
        return self.weights[-1].name

    def node(self, op, *inputs, **attributes):
        name = f"n{len(self.nodes)}"
        self.nodes.append(helper.make_node(op, inputs, [name], name=name, **attributes))
        return name


@st.composite
def windows(draw, size, most=4):
    kernel = [draw(st.integers(1, min(most, n))) for n in size]
    strides = [draw(st.integers(1, 3)) for _ in size]
    pads = [draw(st.integers(0, (k - 1))) for k in (*kernel, *kernel)]
    return {"kernel_shape": kernel, "strides": strides, "pads": pads}


def convolution(w, x, channels, draw, size, filters):
    given = draw(windows(size))
    given["dilations"] = [draw(st.integers(1, 2)) if (k - 1) * 2 < n else 1
                          for k, n in zip(given["kernel_shape"], size, strict=True)]  # fmt: skip
    group = draw(st.sampled_from([1, 1, channels]))
    filters = filters * group if group > 1 else filters
    weights = w.weight(filters, channels // group, *given["kernel_shape"])
    return w.node("Conv", x, weights, w.weight(filters), group=group, **given)


def keeping(w, x, channels, filters, kernel):
    """A convolution that keeps the size."""
    weights = w.weight(filters, channels, kernel, kernel)
    return w.node("Conv", x, weights, kernel_shape=[kernel] * 2, pads=[kernel // 2] * 4)


@st.composite
def networks(draw):
    """Draw a model: what each step may be, up to where the map is too small."""
    size = (draw(st.integers(1, 3)), draw(st.integers(8, 30)), draw(st.integers(8, 30)))
    w = Writer(draw(st.integers(0, 10**6)))
    x, channels = "data", size[0]
    if draw(st.booleans()):
        x = w.node("Sub", x, w.weight(*size))
    for _ in range(draw(st.integers(1, 6))):
        shape = _shape(w, x, size)
        if shape is None or min(shape[2:]) < 4:
            break
        channels, *spatial = shape[1:]
        kind = draw(st.sampled_from(
            ["conv", "conv", "max", "mean", "relu", "norm", "lrn", "residual", "fire", "pad",
             "resize"]
        ))  # fmt: skip
        if kind == "conv":
            x = convolution(w, x, channels, draw, spatial, draw(st.integers(1, 4)))
        elif kind in ("max", "mean"):
            op = {"max": "MaxPool", "mean": "AveragePool"}[kind]
            more = {"count_include_pad": draw(st.integers(0, 1))} if kind == "mean" else {}
            x = w.node(op, x, **draw(windows(spatial)), ceil_mode=draw(st.integers(0, 1)), **more)
        elif kind == "relu":
            x = w.node("Relu", x)
        elif kind == "norm":
            scale, shift, mean = (w.weight(channels) for _ in range(3))
            variance = w.constant(np.full(channels, 0.7, np.float32))
            x = w.node("BatchNormalization", x, scale, shift, mean, variance)
        elif kind == "lrn":
            x = w.node("LRN", x, size=3, alpha=0.1)
        elif kind == "residual":
            inner = w.node("Relu", keeping(w, x, channels, channels, 3))
            x = w.node("Add", keeping(w, inner, channels, channels, 3), x)
        elif kind == "fire":
            narrow = w.node("Relu", keeping(w, x, channels, 2, 1))
            branches = [keeping(w, narrow, 2, 2, k) for k in (1, 3, 5)]
            x = w.node("Concat", *branches, axis=1)
        elif kind == "resize":
            scales = w.constant(np.array([1, 1, *draw(st.sampled_from([(2, 2), (1.5, 1)]))], "f"))
            mode = draw(st.sampled_from(["nearest", "linear"]))
            x = w.node("Resize", x, "", scales, mode=mode)
        else:
            around = [draw(st.integers(0, 2)) for _ in range(4)]
            x = w.node("Pad", x, w.constant(np.array([0, 0, *around[:2], 0, 0, *around[2:]])))
    shape = _shape(w, x, size)
    assume(shape is not None and min(shape[1:]) > 0)
    end = draw(st.sampled_from(["mean", "mean", "reduced", "pooled", "dense", "map"]))
    if end in ("mean", "reduced", "pooled") and draw(st.booleans()):
        x = w.node("Relu", keeping(w, x, shape[1], 3, 1))
    if end == "mean":
        x = w.node("Flatten", w.node("GlobalAveragePool", x))
    elif end == "reduced":
        x = w.node("ReduceMean", x, axes=draw(st.sampled_from([[2, 3], [-1, -2]])),
                   keepdims=draw(st.integers(0, 1)))  # fmt: skip
    elif end == "pooled" and shape[2:] == _inferred(w, x, size)[2:]:
        x = w.node("AveragePool", x, kernel_shape=shape[2:])
    elif end == "dense" and shape[1:] == _inferred(w, x, size)[1:]:
        x = w.node("Gemm", w.node("Flatten", x), w.weight(int(np.prod(shape[1:])), 3))
    return _model(w, x, size), size


def _model(w, output, size):
    graph = helper.make_graph(
        w.nodes, "net",
        [helper.make_tensor_value_info("data", TensorProto.FLOAT, ["B", *size])],
        [helper.make_empty_tensor_value_info(output)],
        w.weights,
    )  # fmt: skip
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)


def _shape(w, tensor, size):
    """Say the size of a tensor; ONNX's own inference is wrong where poolings round up."""
    if tensor == "data":
        return [1, *size]
    try:
        engine = OnnxRuntimeEngine(_model(w, tensor, size))
        return list(engine(np.zeros((1, *size), np.float32))[0].shape)
    except Exception:  # of sizes that cannot be ONNX Runtime raises errors of many classes
        return None


def _inferred(w, tensor, size):
    """Say the size that ONNX infers, by which ONNX Runtime judges what follows."""
    model = onnx.shape_inference.infer_shapes(_model(w, tensor, size), data_prop=True)
    return [d.dim_value for d in model.graph.output[0].type.tensor_type.shape.dim]


def rectangles(size, count=5):
    _, height, width = size

    def spans(n):
        return st.tuples(st.integers(0, n - 1), st.integers(1, n)).map(
            lambda s: slice(s[0], min(n, s[0] + s[1]))
        )

    return st.lists(st.tuples(spans(height), spans(width)), min_size=1, max_size=count)


def output_of(model):
    return model.graph.output[0].name


def whole(model, change):
    batch = np.repeat(change.image[np.newaxis], len(change.boxes), axis=0)
    for image, (rows, cols) in zip(batch, change.boxes, strict=True):
        image[:, rows, cols] = change.filled[:, rows, cols]
    return OnnxRuntimeEngine(model)(batch)[0]


def scored(local, count):
    numbers, outputs = (np.concatenate(a) for a in zip(*local.batches(), strict=True))
    assert sorted(numbers.tolist()) == list(range(count))
    return outputs[np.argsort(numbers)]


def planner_for(model, size, boxes):
    trail = Parts(model).trail(output_of(model), size)
    return None if trail is None else Planner(trail, Rectangles(boxes))


def planned(model, size, boxes):
    planner = planner_for(model, size, boxes)
    return None if planner is None else planner.best()


def local_changes_of(model, plan, change, most):
    return LocalChanges(Parts(model), output_of(model), plan, change, most)


def change_of(size, boxes, seed=0):
    random = np.random.default_rng(seed)
    image, filled = random.normal(size=(2, *size)).astype(np.float32)
    return RectangleChanges(image, filled, boxes)


MOST = st.integers(1, 8)

# The tests ---------------------------------------------------------------------------------------


@pytest.mark.tier(
    "numeric",
    "So it is for drawn networks, cut anywhere, within 2e-6 of the largest score",
)
@settings(max_examples=3 * settings.default.max_examples)
@given(st.data())
def test_windows_give_what_whole_passes_give(data):
    """Through any of the places where a network can be cut, be it cheap or not."""
    model, size = data.draw(networks())
    boxes = data.draw(rectangles(size))
    change = change_of(size, boxes)
    expected = whole(model, change)
    planner = planner_for(model, size, boxes)
    count = len(planner.trail.cuts)
    chosen = data.draw(st.lists(st.booleans(), min_size=count, max_size=count))
    numbers = [0, *(i for i in range(1, count) if chosen[i])]
    # The mean behind the last cut, of means of windows of what each place of it depends on alone.
    last = count - 1
    means = [i for i in range(last) if planner.trail.between(i, last) == Reaches()]
    means = means if planner.trail.mean is not None and data.draw(st.booleans()) else []
    if means:
        numbers = [*(i for i in numbers if i < means[0]), means[0], last]
    plan = planner.through(sorted(set(numbers)), data.draw(st.integers(1, 3)), bool(means))
    try:
        local = local_changes_of(model, plan, change, data.draw(MOST))
    except UnexpectedSizeError:
        return  # left to whole passes
    found = scored(local, len(boxes))
    assert found.shape == expected.shape
    scale = max(np.abs(expected).max(), 1e-3)
    np.testing.assert_allclose(found, expected, rtol=0, atol=2e-6 * scale)


@pytest.mark.tier("numeric")
@settings(max_examples=3 * settings.default.max_examples)
@given(st.data())
def test_what_a_change_can_reach_is_not_underrated(data):
    """Whatever differs at a cut lies in the rectangle that is said to change."""
    model, size = data.draw(networks())
    boxes = data.draw(rectangles(size, 3))
    change = change_of(size, boxes)
    planner = planner_for(model, size, boxes)
    row_of, col_of = (side.numbers for side in planner.rectangles.sides)
    for cut, (rows, cols) in zip(planner.trail.cuts, planner.changed, strict=True):
        if cut == "data":
            continue
        part = onnx.ModelProto()
        part.CopyFrom(model)
        del part.graph.output[:]
        part.graph.output.append(helper.make_empty_tensor_value_info(cut))
        engine = OnnxRuntimeEngine(part)
        base = engine(np.repeat(change.image[np.newaxis], len(boxes), axis=0))[0]
        # Rounding may depend on where in a batch something stands.
        noise = 1e-6 * np.abs(base).max()
        differs = (np.abs(whole(part, change) - base) > noise).any(axis=1)
        if list(base.shape[1:]) != planner.trail.sizes[cut]:
            return  # left to whole passes
        for n, there in enumerate(differs):
            r, c = row_of[n], col_of[n]
            there[rows.first[r] : rows.last[r], cols.first[c] : cols.last[c]] = False
            assert not there.any(), cut


def deep_model():
    size = (3, 64, 64)
    w = Writer(0)
    x = "data"
    for channels, filters in ((3, 32), (32, 32), (32, 32), (32, 64)):
        x = w.node("Relu", keeping(w, x, channels, filters, 3))
    x = w.node("Flatten", w.node("GlobalAveragePool", w.node("MaxPool", x, kernel_shape=[2, 2])))
    return _model(w, x, size), size


def small_boxes():
    return [(slice(i, i + 6), slice(i, i + 6)) for i in range(0, 58, 6)]


def test_many_small_masks_of_a_deep_network_are_planned_in_windows():
    model, size = deep_model()
    boxes = small_boxes()
    change = change_of(size, boxes)
    plan = planned(model, size, boxes)
    assert plan.gain > 3
    local = local_changes_of(model, plan, change, 8)
    np.testing.assert_allclose(scored(local, 10), whole(model, change), atol=1e-5)


def test_changes_that_are_stepped_over_change_nothing():
    size = (1, 20, 20)
    w = Writer(0)
    stepped = w.node("Conv", "data", w.weight(2, 1, 1, 1), kernel_shape=[1, 1], strides=[3, 3])
    x = w.node("Conv", stepped, w.weight(2, 2, 3, 3), kernel_shape=[3, 3])
    model = _model(w, w.node("Flatten", w.node("GlobalAveragePool", x)), size)
    boxes = [(slice(1, 3), slice(4, 6)), (slice(19, 20), slice(2, 3))]
    change = change_of(size, boxes)
    for chain in ([0, 2], [0, 1, 2]):
        plan = planner_for(model, size, boxes).through(chain)
        found = scored(local_changes_of(model, plan, change, 8), 2)
        np.testing.assert_allclose(found, whole(model, change), rtol=0, atol=1e-7)


def test_large_masks_are_left_to_whole_passes():
    model = tiny.conv_model((24, 32, 3))
    assert planned(model, (3, 24, 32), [(slice(0, 24), slice(0, 30))]) is None


def test_sessions_are_kept_by_the_network():
    model, size = deep_model()
    net = dlnetwork(model)
    change = change_of(size, small_boxes())
    layer = net.OutputNames[0]
    net.local_changes("cpu", layer, change, 8)
    kept = {k: id(v) for k, v in net._cut_parts._sessions.items()}
    assert kept
    net.local_changes("cpu", layer, change, 8)
    assert {k: id(v) for k, v in net._cut_parts._sessions.items()} == kept


def test_scoring_can_be_left_in_the_middle():
    model, size = deep_model()
    boxes = small_boxes()
    local = local_changes_of(model, planned(model, size, boxes), change_of(size, boxes), 2)
    numbers, _ = next(iter(local.batches()))
    assert 0 < len(numbers) < len(boxes)


def test_networks_that_compute_in_half_precision_are_left_to_whole_passes():
    size = (3, 32, 32)
    w = Writer(0)
    half = w.node("Cast", "data", to=TensorProto.FLOAT16)
    kernel = np.ones((8, 3, 3, 3), np.float16)
    inner = w.node("Conv", half, w.constant(kernel), kernel_shape=[3, 3], pads=[1] * 4)
    x = w.node("GlobalAveragePool", w.node("Cast", inner, to=TensorProto.FLOAT))
    assert planned(_model(w, x, size), size, [(slice(2, 4), slice(2, 4))]) is None


def test_networks_with_graphs_inside_of_nodes_are_left_to_whole_passes():
    size = (3, 32, 32)
    w = Writer(0)
    x = w.node("Relu", keeping(w, "data", 3, 8, 3))
    branches = [
        helper.make_graph(
            [helper.make_node(op, [x], ["inner"])],
            op, [], [helper.make_empty_tensor_value_info("inner")],
        )
        for op in ("Relu", "Neg")
    ]  # fmt: skip
    condition = w.constant(np.array(True))
    x = w.node("If", condition, then_branch=branches[0], else_branch=branches[1])
    assert planner_for(_model(w, x, size), size, [(slice(2, 4), slice(2, 4))]) is None
