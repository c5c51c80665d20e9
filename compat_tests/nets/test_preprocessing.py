"""What goes in front of a network from elsewhere: normalization, and the order of dimensions."""

import numpy as np
import onnx
import onnx.reference
import pytest
import tiny_networks as tiny
from hypothesis import given, settings
from hypothesis import strategies as st

from matxai import importNetworkFromONNX, predict
from matxai.nets.importing import network_from_model
from matxai.nets.layouts import with_channels_first
from matxai.nets.preprocessing import NORMALIZATIONS, adapted, with_normalization

SIZES = st.tuples(st.integers(1, 5), st.integers(1, 5), st.sampled_from([1, 2, 3, 4]))


def same_model(size=(4, 5, 3), opset=15, shape=None):
    """Make a network that gives the image as it takes it: what comes out was done in front."""
    height, width, channels = size
    shape = shape or ["BatchSize", channels, height, width]
    nodes = [tiny.node("Identity", ["data"], "same")]
    return tiny.model(nodes, {}, {"data": shape}, {"same": shape}, opset)


def evaluated(made, batch):
    name = made.graph.input[0].name
    return onnx.reference.ReferenceEvaluator(made).run(None, {name: batch.astype(np.float32)})[0]


def batch_of(size, count=2, seed=0):
    height, width, channels = size
    shape = (count, channels, height, width)
    return (np.random.RandomState(seed).random_sample(shape) * 255).astype(np.float32)


def by_definition(kind, X, Mean=0, StandardDeviation=1, Min=0, Max=1):
    """Compute what the documentation of imageInputLayer says, on an image H×W×C."""
    if kind == "none":
        return X
    if kind == "zerocenter":
        return X - Mean
    if kind == "zscore":
        return (X - Mean) / StandardDeviation
    unit = (X - Min) / (Max - Min)
    return unit if kind == "rescale-zero-one" else 2 * unit - 1


@st.composite
def sizes_and_statistics(draw, kind):
    """A size of images, and a normalization's statistics in one of their forms."""
    height, width, channels = size = draw(SIZES)
    random = np.random.RandomState(draw(st.integers(0, 99)))
    shapes = [(), (channels,), (1, 1, channels), (channels, 1), (height, width, channels)]
    shapes += [(height, width)] * (channels == 1)

    def statistic(low, high):
        shape = draw(st.sampled_from(shapes))
        return low + (high - low) * random.random_sample(shape)

    ranges = {"Mean": (90, 150), "StandardDeviation": (20, 70), "Min": (0, 60), "Max": (200, 255)}
    return size, {name: statistic(*ranges[name]) for name in NORMALIZATIONS[kind]}


def as_image(value, channels):
    """Bring a statistic to a form that NumPy broadcasts against H×W×C."""
    value = np.asarray(value)
    if value.size == channels:
        return value.reshape(1, 1, channels)
    return value[:, :, None] if value.ndim == 2 else value


def normalized(made, kind, statistics):
    names = {"Mean": "mean", "StandardDeviation": "deviation", "Min": "minimum", "Max": "maximum"}
    return with_normalization(made, kind, **{names[n]: v for n, v in statistics.items()})


@pytest.mark.tier(
    "documented",
    "`Normalization` is what imageInputLayer is documented to do; in MATLAB it is no "
    "option of `importNetworkFromONNX`",
)
@pytest.mark.parametrize("kind", NORMALIZATIONS)
@given(st.data())
def test_normalization_is_its_definition(kind, data):
    size, statistics = data.draw(sizes_and_statistics(kind))
    made = normalized(same_model(size), kind, statistics)
    onnx.checker.check_model(made)
    batch = batch_of(size)
    expected = by_definition(
        kind,
        batch.transpose(0, 2, 3, 1).astype(float),
        **{name: as_image(value, size[2]) for name, value in statistics.items()},
    )
    assert np.allclose(evaluated(made, batch), expected.transpose(0, 3, 1, 2), atol=1e-4, rtol=1e-5)


@pytest.mark.parametrize("kind", NORMALIZATIONS)
@settings(max_examples=5)
@given(st.data())
def test_the_model_given_stays_as_it_is(kind, data):
    size, statistics = data.draw(sizes_and_statistics(kind))
    made = same_model(size)
    before = made.SerializeToString()
    normalized(made, kind, statistics)
    assert made.SerializeToString() == before


@pytest.mark.parametrize("kind", ["zerocenter", "zscore"])
@pytest.mark.parametrize("form", ["scalar", "channels", "image"])
def test_files_of_opset_6_are_normalized_as_well(kind, form):
    size = (4, 5, 3)
    shape = {"scalar": (), "channels": (3,), "image": size}[form]
    random = np.random.RandomState(1)
    statistics = {"Mean": 100 + random.random_sample(shape)}
    if kind == "zscore":
        statistics["StandardDeviation"] = 50 + random.random_sample(shape)
    made = same_model(size, opset=6, shape=[1, 3, 4, 5])
    made.ir_version = 3
    net = network_from_model(normalized(made, kind, statistics), "test")
    batch = batch_of(size, 1)
    X = batch[0].transpose(1, 2, 0)
    assert np.allclose(predict(net, X), by_definition(kind, X, **statistics), atol=1e-4)


def test_nodes_are_named_as_the_exporter_of_matlab_names_them():
    made = with_normalization(same_model(), "zerocenter", mean=np.array([1.0, 2, 3]))
    assert [node.name for node in made.graph.node] == ["data_Sub", "same"]
    assert made.graph.initializer[0].name == "data_Mean"
    assert list(made.graph.initializer[0].dims) == [1, 3, 1, 1]
    assert [value.name for value in made.graph.input] == ["data"]


def test_subgraphs_read_the_normalized_image_as_well():
    then = onnx.helper.make_graph(
        [tiny.node("Neg", ["data"], "negative")],
        "then",
        [],
        [onnx.helper.make_tensor_value_info("negative", 1, None)],
    )
    otherwise = onnx.helper.make_graph(
        [tiny.node("Abs", ["data"], "absolute")],
        "else",
        [],
        [onnx.helper.make_tensor_value_info("absolute", 1, None)],
    )
    choice = onnx.helper.make_node(
        "If", ["yes"], ["same"], name="same", then_branch=then, else_branch=otherwise
    )
    made = same_model()
    made.graph.node[0].CopyFrom(choice)
    made.graph.initializer.append(onnx.numpy_helper.from_array(np.array(True), "yes"))
    batch = batch_of((4, 5, 3))
    result = evaluated(with_normalization(made, "zerocenter", mean=np.array(10.0)), batch)
    assert np.allclose(result, 10 - batch, atol=1e-4)


@pytest.mark.parametrize(
    ("kind", "statistics", "says"),
    [
        ("zerocenter", {}, "which needs Mean, but Mean is missing"),
        ("zscore", {"mean": 1.0}, "needs Mean and StandardDeviation, but StandardDeviation is"),
        ("rescale-zero-one", {"minimum": 0.0}, "Max is missing"),
        ("none", {"mean": 1.0}, 'Mean is given.*set Normalization to "zerocenter" or "zscore"'),
        ("zerocenter", {"mean": 1.0, "maximum": 2.0}, "Max is given"),
        ("zerocenter", {"mean": [1.0, 2]}, "each of the 3 channels, or 4×5×3 .*but is 2"),
        ("zerocenter", {"mean": np.zeros((5, 4, 3))}, "but is 5×4×3"),
        ("zerocenter", {"mean": np.zeros((4, 5))}, "but is 4×5"),
        ("zerocenter", {"mean": np.zeros((1, 4, 5, 3))}, "but is 1×4×5×3"),
        ("zscore", {"mean": 1.0, "deviation": 0.0}, "StandardDeviation must be positive.*is 0"),
        ("rescale-symmetric", {"minimum": [0.0, 0, 9], "maximum": 9.0}, "Max must be greater"),
    ],
)
def test_statistics_that_do_not_fit(kind, statistics, says):
    statistics = {name: np.array(value) for name, value in statistics.items()}
    with pytest.raises(ValueError, match=says):
        with_normalization(same_model(), kind, **statistics)


def test_a_network_that_normalizes_already_is_not_normalized_again():
    with pytest.raises(ValueError, match="Normalization must be left out.*'data_Sub'"):
        with_normalization(tiny.conv_model(), "zerocenter", mean=np.array(1.0))


def test_networks_without_one_image_input_are_not_normalized():
    with pytest.raises(ValueError, match=r"a single input, but this one has 2: \['a', 'b'\]"):
        with_normalization(tiny.two_inputs_model(), "zerocenter", mean=np.array(1.0))
    features = same_model(shape=["BatchSize", 7])
    with pytest.raises(ValueError, match="a network of images, but the input 'data' is float with"):
        with_normalization(features, "zerocenter", mean=np.array(1.0))


# The order of dimensions


def conv_and_map(channels_last, size=(6, 7, 3), symbolic=True):
    """Make one network in either order, with two outputs: a map and scores."""
    height, width, channels = size
    random = np.random.RandomState(3)
    weights = {
        "W": random.randn(5, channels, 3, 3) / 100,
        "V": random.randn(4, 5),
    }
    batch = "N" if symbolic else 1
    nodes = [
        tiny.node("Conv", ["chw", "W"], "conv", pads=[1, 1, 1, 1]),
        tiny.node("Relu", ["conv"], "relu"),
        tiny.node("GlobalAveragePool", ["relu"], "gap"),
        tiny.node("Flatten", ["gap"], "flat"),
        tiny.node("Gemm", ["flat", "V"], "fc", transB=1),
    ]
    if not channels_last:
        nodes[0].input[0] = "image"
        inputs = {"image": [batch, channels, height, width]}
        outputs = {"relu": [batch, 5, height, width], "fc": [batch, 4]}
        return tiny.model(nodes, weights, inputs, outputs)
    nodes.insert(0, tiny.node("Transpose", ["image"], "chw", perm=[0, 3, 1, 2]))
    nodes.append(tiny.node("Transpose", ["relu"], "map", perm=[0, 2, 3, 1]))
    inputs = {"image": [batch, height, width, channels]}
    outputs = {"map": [batch, height, width, 5], "fc": [batch, 4]}
    return tiny.model(nodes, weights, inputs, outputs)


@pytest.mark.parametrize("symbolic", [True, False])
@settings(max_examples=8)
@given(size=st.tuples(st.integers(5, 9), st.integers(5, 9), st.sampled_from([1, 3, 4])))
def test_channels_last_is_the_same_network(symbolic, size):
    last = network_from_model(adapted(conv_and_map(True, size, symbolic)), "test")
    first = network_from_model(adapted(conv_and_map(False, size, symbolic)), "test")
    assert last.Layers[0].InputSize.tolist() == list(size)
    X = batch_of(size, 3).transpose(2, 3, 1, 0)
    for a, b in zip(predict(last, X, nargout=2), predict(first, X, nargout=2), strict=True):
        assert a.shape == b.shape
        assert np.allclose(a, b, atol=1e-5)


def test_normalization_of_images_with_channels_last():
    mean, deviation = np.array([10.0, 20, 30]), np.array([4.0, 5, 6])
    options = {"normalization": "zscore", "mean": mean, "deviation": deviation}
    made = adapted(conv_and_map(True), **options)
    onnx.checker.check_model(made, full_check=True)
    X = batch_of((6, 7, 3), 1)[0].transpose(1, 2, 0)
    scores = predict(network_from_model(made, "test"), X, Outputs="fc")
    plain = network_from_model(conv_and_map(False), "test")
    expected = predict(plain, (X - mean) / deviation, Outputs="fc")
    assert np.allclose(scores, expected, atol=1e-5)


@given(st.permutations("BCSS"))
def test_any_order_of_the_dimensions_can_be_said(order):
    spelled = "".join(order)
    spatial = iter("HW")
    dims = [next(spatial) if d == "S" else d for d in order]
    sizes = {"B": 2, "C": 3, "H": 4, "W": 5}
    shape = [sizes[d] for d in dims]
    made = with_channels_first(same_model(shape=shape), [spelled], [spelled])
    assert [d.dim_value for d in made.graph.input[0].type.tensor_type.shape.dim] == [2, 3, 4, 5]
    assert [d.dim_value for d in made.graph.output[0].type.tensor_type.shape.dim] == [2, 3, 4, 5]
    batch = batch_of((4, 5, 3), 2)
    assert np.array_equal(evaluated(made, batch), batch)
    inside = with_channels_first(same_model(shape=shape), [spelled], ["BCSS"])
    assert np.array_equal(
        evaluated(inside, batch), batch.transpose(["BCHW".index(d) for d in dims])
    )


@pytest.mark.tier(
    "chosen",
    "An input is taken for N×H×W×C if its last dimension is 1, 3 or 4 and its second is "
    "larger or open, unless MATLAB wrote the file",
)
@pytest.mark.parametrize(
    ("shape", "channels_last"),
    [
        (["N", 224, 224, 3], True),
        ([1, 28, 28, 1], True),
        (["N", "H", "W", 3], True),
        (["N", 3, 224, 224], False),
        (["N", 3, 4, 4], False),
        (["N", 1, 300, 4], False),
        (["N", 2, 8, 3], False),
        (["N", 64, 64, 64], False),
        (["N", "C", "H", "W"], False),
        (["N", 10], False),
    ],
)
def test_channels_last_is_told_from_the_shape(shape, channels_last):
    turned = with_channels_first(same_model(shape=shape))
    assert (turned.graph.node[0].op_type == "Transpose") == channels_last


def test_networks_of_matlab_have_channels_first_whatever_their_shape():
    made = same_model(shape=[1, 64, 100, 1])
    assert len(with_channels_first(made).graph.node) == 3
    made.producer_name = "MATLAB Deep Learning Toolbox Converter for ONNX Model Format"
    assert len(with_channels_first(made).graph.node) == 1


@pytest.mark.parametrize(
    ("formats", "error", "says"),
    [
        ("BSC", ValueError, "is 'BSC', which has 3 dimensions, but the input 'data' has 4"),
        ("BSSS", ValueError, 'must be "BC", "TBC", or an order of B, C, S and S.*\'BSSS\''),
        ("NHWC", ValueError, "must consist of the labels S .space., C"),
        (["BSSC", "BC"], ValueError, "one format for each of the network's 1 inputs, but has 2"),
        (7, TypeError, 'must be a format as "BSSC"'),
        ([], TypeError, "or a list of formats"),
    ],
)
def test_formats_that_do_not_fit(tmp_path, formats, error, says):
    file = tiny.save(same_model(), tmp_path / "net.onnx")
    with pytest.raises(error, match="InputDataFormats.*" + says):
        importNetworkFromONNX(file, InputDataFormats=formats)


# At the door


def test_options_of_import_network_from_onnx(tmp_path):
    file = tiny.save(conv_and_map(True), tmp_path / "net.onnx")
    X = batch_of((6, 7, 3), 1)[0].transpose(1, 2, 0)
    expected = predict(network_from_model(conv_and_map(False), "test"), X / 255, nargout=2)
    for options in [{}, {"InputDataFormats": "BSSC", "OutputDataFormats": ["bssc", "bc"]}]:
        net = importNetworkFromONNX(
            file, "Normalization", "rescale-zero-one", "Min", 0, "Max", 255, **options
        )
        for a, b in zip(predict(net, X, nargout=2), expected, strict=True):
            assert np.allclose(a, b, atol=1e-5)


@pytest.mark.parametrize(
    ("options", "error", "says"),
    [
        ({"Normalization": "whiten"}, ValueError, 'Normalization must be "none" or "zerocenter"'),
        ({"Normalization": "zerocenter", "Mean": "big"}, TypeError, "Mean must be a numeric array"),
        ({"Normalization": "zerocenter", "Mean": np.nan}, ValueError, "Mean must hold finite"),
        ({"Normalization": "zerocenter", "Mean": []}, ValueError, "Mean must hold finite"),
        ({"Mean": 127}, ValueError, 'Mean is given, but Normalization is "none"'),
    ],
)
def test_options_that_do_not_fit(tmp_path, options, error, says):
    file = tiny.save(same_model(), tmp_path / "net.onnx")
    with pytest.raises(error, match=says):
        importNetworkFromONNX(file, **options)
