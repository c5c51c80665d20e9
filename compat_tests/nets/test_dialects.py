"""Networks in the dialects of MATLAB's exporter score as what they say, on both engines."""

import tempfile
from pathlib import Path

import matlab_dialects as dialects
import numpy as np
import onnx
import pytest
from engine_comparison import difference, engines, reference_scores
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from matlab_dialects import Description

from matxai import importNetworkFromONNX, predict

LIMIT = 2e-5


# What is compared --------------------------------------------------------------------------------


def images(size, count=4, seed=0):
    height, width, channels = size
    random = np.random.RandomState(seed)
    return random.random_sample((count, channels, height, width)).astype(np.float32) * 255


def imported(written):
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "net.onnx"
        onnx.save(written.model, file)
        return importNetworkFromONNX(file)


def shown(written):
    """Names of the tensors to compare: the logits, and the output."""
    return [written.logits, written.model.graph.output[0].name]


def twin_scores(description, batch):
    """Score the twin in plain ONNX: no dialect, no preparation."""
    import onnxruntime

    twin = dialects.twin(description)
    model = onnx.ModelProto()
    model.CopyFrom(twin.model)
    if twin.logits != model.graph.output[0].name:
        model.graph.output.append(onnx.helper.make_empty_tensor_value_info(twin.logits))
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(
        model.SerializeToString(), options, providers=["CPUExecutionProvider"]
    )
    return session.run(shown(twin), {"imageinput": batch})


def check_scores(description, dialect, batch_size=None, names=("ONNX Runtime", "torch")):
    written = dialects.write(description, dialect, batch_size)
    batch = images(description.size)
    expected = twin_scores(description, batch)
    net = imported(written)
    found = engines(net, shown(written), names)
    for name, engine in found.items():
        for count in (1, 4):
            scores = engine(batch[:count])
            for tensor, part, whole in zip(shown(written), scores, expected, strict=True):
                off = difference(part, whole[:count])
                assert off <= LIMIT, f"{name}, {count} images, {tensor}: {off}"
    scores = predict(net, batch.transpose(2, 3, 1, 0))
    if scores.ndim == 4:
        scores = scores.transpose(3, 2, 0, 1)
    assert difference(scores, expected[1]) <= LIMIT


# What is drawn -----------------------------------------------------------------------------------


def pair(strategy):
    return st.tuples(strategy, strategy)


def up_to(sizes, most):
    return st.tuples(*(st.integers(1, min(most, size)) for size in sizes))


@st.composite
def padding(draw, most):
    """Draw "same", or an amount for each side, up to what a window of that size may have."""
    if draw(st.booleans()):
        return "same"
    return tuple(draw(st.integers(0, min(2, m))) for m in (*most, *most))


@st.composite
def convolutions(draw, shape, opset):
    channels, *sizes = shape
    size, groups = draw(up_to(sizes, 5)), draw(st.sampled_from([1, 1, channels]))
    roomy = all((k - 1) * 2 < n for k, n in zip(size, sizes, strict=True))
    return {
        "filters": groups * draw(st.integers(1, 4 // groups if groups <= 4 else 1)),
        "size": size,
        "stride": draw(pair(st.integers(1, 3))),
        "dilation": draw(pair(st.integers(1, 2))) if roomy else (1, 1),
        "groups": groups,
        "padding": draw(padding((2, 2))),
    }


@st.composite
def transposed_convolutions(draw, shape, opset):
    size = draw(pair(st.integers(1, 4)))
    most = [(k - 1) // 2 for k in size]
    return {
        "filters": draw(st.integers(1, 4)),
        "size": size,
        "stride": draw(pair(st.integers(1, 2))),
        "cropping": tuple(draw(st.integers(0, m)) for m in (*most, *most)),
    }


@st.composite
def poolings(draw, shape, opset):
    size = draw(up_to(shape[1:], 3))
    given = {"size": size, "stride": draw(pair(st.integers(1, 3)))}
    return given | {"padding": draw(padding([k - 1 for k in size]))}


@st.composite
def average_poolings(draw, shape, opset):
    # Below opset 7 it is not said whether padding counts.
    return draw(poolings(shape, opset)) | {"zeros": opset < 7 or draw(st.booleans())}


@st.composite
def crops(draw, shape, opset):
    size = draw(up_to(shape[1:], 24))
    room = [n - s for n, s in zip(shape[1:], size, strict=True)]
    offset = tuple(draw(st.integers(0, r)) for r in room)
    return {"size": size, "offset": offset, "negative_pad": draw(st.booleans())}


@st.composite
def unpoolings(draw, shape, opset):
    size = draw(up_to(shape[1:], 3))
    return {"size": size, "stride": tuple(k + draw(st.integers(0, 1)) for k in size)}


def choices(**strategies):
    return lambda shape, opset: st.fixed_dictionaries(strategies)


# For each kind of layer its parameters, and the opset that it needs.
KINDS = {
    "convolution": (convolutions, 6),
    "transposed convolution": (transposed_convolutions, 6),
    "batch normalization": (choices(), 6),
    "relu": (choices(), 6),
    "leaky relu": (choices(alpha=st.sampled_from([0.0, 0.01, 0.3])), 6),
    "clipped relu": (choices(ceiling=st.sampled_from([1.0, 6.0, 40.0])), 6),
    "prelu": (choices(), 6),
    "elu": (choices(alpha=st.sampled_from([0.5, 1.0])), 6),
    "tanh": (choices(), 6),
    "sigmoid": (choices(), 6),
    "max pooling": (poolings, 6),
    "average pooling": (average_poolings, 6),
    "global average pooling": (choices(), 6),
    "global max pooling": (choices(), 6),
    "cross channel normalization": (
        choices(
            size=st.sampled_from([1, 3, 5]),
            alpha=st.sampled_from([1e-4, 1e-2]),
            bias=st.sampled_from([1.0, 2.0]),
        ),
        6,
    ),
    "dropout": (choices(ratio=st.sampled_from([0.25, 0.5])), 6),
    "concatenation": (choices(filters=st.integers(1, 2)), 6),
    "addition": (choices(branches=st.integers(1, 2)), 6),
    "crop": (crops, 6),
    "resize": (
        choices(scale=pair(st.integers(1, 3)), method=st.sampled_from(["nearest", "linear"])),
        7,
    ),
    "unpooling": (unpoolings, 8),
}
LARGEST = 24 * 24
# Behind others two values may be equal but for rounding, and either be the largest of its window.
BEFORE_UNPOOLING = {"convolution", "relu", "batch normalization"}


@st.composite
def steps(draw, size, opset):
    """Draw layers one after the other, each with parameters that the maps before it allow."""
    chosen: tuple = ()
    kinds = [kind for kind, (_, least) in KINDS.items() if least <= opset]
    for _ in range(draw(st.integers(1, 6))):
        shape = dialects.shape_after(Description(size, chosen))
        kind = draw(st.sampled_from(kinds))
        if kind == "unpooling" and not {k for k, _ in chosen} <= BEFORE_UNPOOLING:
            continue
        chosen = (*chosen, (kind, draw(KINDS[kind][0](shape, opset))))
        shape = dialects.shape_after(Description(size, chosen))
        if min(shape) < 1 or np.prod(shape[1:]) > LARGEST:
            chosen = chosen[:-1]
    return chosen


@st.composite
def networks(draw):
    """Draw a description, a dialect and a batch size."""
    dialect = draw(st.sampled_from(dialects.DIALECTS))
    dialect = dialects.with_opset(dialect, draw(st.sampled_from(dialects.OPSETS[dialect.release])))
    size = draw(st.tuples(st.integers(4, 24), st.integers(4, 20), st.integers(1, 4)))
    description = Description(
        size,
        draw(steps(size, dialect.opset)),
        draw(st.sampled_from(list(dialects.HEADS))),
        draw(st.integers(2, 5)),
        draw(st.sampled_from(list(dialects.NORMALIZATIONS))),
        draw(st.integers(0, 9)),
    )
    return description, dialect, draw(st.sampled_from([None, None, 1, 3]))


# The tests ---------------------------------------------------------------------------------------


@pytest.mark.tier(
    "numeric",
    "So do networks generated in six dialects of MATLAB's exporter, against the same "
    "network written plainly; forms of layers that no file of MATLAB shows are conjectures",
)
@given(networks())
def test_both_engines_score_what_the_network_says(drawn):
    check_scores(*drawn)


@pytest.mark.slow
@pytest.mark.tier("numeric")
@settings(max_examples=400)
@given(networks())
def test_both_engines_score_what_many_networks_say(drawn):
    check_scores(*drawn)


def plain(kind, opset=14):
    """Describe a network around one layer, at that layer's defaults."""
    given = {"crop": {"size": (5, 7), "offset": (2, 1)}, "convolution": {"filters": 3}}
    given["transposed convolution"] = {"filters": 3, "size": (3, 2), "cropping": (1, 0, 0, 0)}
    first = ("convolution", {"filters": 4, "padding": (1, 1, 1, 1)})
    return Description((9, 12, 3), (first, (kind, given.get(kind, {}))))


@pytest.mark.tier("numeric")
@pytest.mark.parametrize("kind", KINDS)
def test_each_layer_in_three_dialects_on_onnx_runtime(kind):
    for dialect in (dialects.R2018b, dialects.R2020b, dialects.R2024b):
        if dialect.opset >= KINDS[kind][1]:
            check_scores(plain(kind), dialect, names=["ONNX Runtime"])


@pytest.mark.slow
@pytest.mark.tier("numeric")
@pytest.mark.parametrize("dialect", dialects.DIALECTS, ids=lambda dialect: dialect.release)
@pytest.mark.parametrize("kind", KINDS)
def test_each_layer_in_each_opset_on_both_engines(kind, dialect):
    for opset in dialects.OPSETS[dialect.release]:
        if opset >= KINDS[kind][1]:
            check_scores(plain(kind), dialects.with_opset(dialect, opset))


@pytest.mark.tier("numeric")
@pytest.mark.parametrize("head", dialects.HEADS)
@pytest.mark.parametrize("normalization", dialects.NORMALIZATIONS)
def test_each_beginning_with_each_end(normalization, head):
    description = Description((6, 5, 2), (("relu", {}),), head, normalization=normalization)
    for dialect in (dialects.R2018b, dialects.R2024b):
        check_scores(description, dialect, names=["ONNX Runtime"])


@pytest.mark.tier("documented")
@given(networks())
def test_the_layers_are_those_that_were_written(drawn):
    """Each of MATLAB's layers is there once, in order, under both spellings of its name."""
    written = dialects.write(*drawn)
    net = imported(written)
    found = [layer.Name for layer in net.Layers]
    assert found == [spelled(name) for name, _ in written.layers]
    for layer, (_, expected) in zip(net.Layers, written.layers, strict=True):
        if not expected.endswith(CONJECTURED) and not could_be_either(net, layer):
            assert layer.Class == expected
    hyphened = [name for name, _ in written.layers if "-" in name]
    if hyphened and drawn[2] is None:
        X = images(drawn[0].size, 1)[0].transpose(1, 2, 0)
        assert np.array_equal(
            predict(net, X, Outputs=hyphened[0]), predict(net, X, Outputs=spelled(hyphened[0]))
        )


# No file of MATLAB's shows how these are written.
CONJECTURED = ("Crop2DLayer",)


def could_be_either(net, layer):
    """Tell whether a file cannot say if a layer is a convolution or fully connected."""
    ambiguous = layer.Class.endswith(("FullyConnectedLayer", "Convolution2DLayer"))
    return ambiguous and net.activation_size(layer.Name)[:2] == (1, 1)


def spelled(name):
    return "".join(c if c.isalnum() else "_" for c in name)


def test_a_convolution_that_keeps_its_size_needs_no_padding_of_its_own():
    description = Description((9, 12, 3), (("convolution", {"filters": 4, "stride": (2, 2)}),))
    net = imported(dialects.write(description, dialects.R2024b))
    assert not {"Pad", "Shape", "Split"} & {node.op_type for node in net._model.graph.node}


# The writer itself -------------------------------------------------------------------------------

# What onnx.reference does not know: operators of opset 6 that broadcast when told to, Dropout of
# opset 6, Upsample of opset 7 and 8 and of linear interpolation, Pad of less than nothing.
UNKNOWN_TO_THE_REFERENCE = (TypeError, RuntimeError, ValueError)


def is_wrong_in_the_reference(step):
    """Tell whether onnx.reference 1.23 computes something else, or nothing, for a layer."""
    kind, given = step
    around = given.get("padding", ())
    uneven = around == "same" or tuple(around[:2]) != tuple(around[2:])
    return kind == "unpooling" or (kind == "max pooling" and uneven)


def old_arithmetic(model):
    """List the nodes that say along which axis the smaller operand lies."""
    return [n for n in model.graph.node if n.op_type in ("Sub", "Mul", "Div")]


@settings(max_examples=4 * settings.default.max_examples)
@given(networks())
def test_what_is_written_is_valid_and_means_what_the_twin_does(drawn):
    description, dialect, batch = drawn
    written = dialects.write(description, dialect, batch)
    onnx.checker.check_model(written.model)
    pictures = images(description.size, batch or 2)
    whole = twin_scores(description, pictures)
    assume(not any(map(is_wrong_in_the_reference, description.steps)))
    # The reference does not know this, which shows only where sizes happen to differ.
    assume(not any(a.name == "axis" for n in old_arithmetic(written.model) for a in n.attribute))
    try:
        with np.errstate(all="ignore"):
            scores = reference_scores(written.model, pictures, shown(written), batch or 1)
    except UNKNOWN_TO_THE_REFERENCE:
        return
    for part, expected in zip(scores, whole, strict=True):
        assert difference(part, expected) <= LIMIT


def form(model, count, **renamed):
    """Say all of a model's first nodes but the numbers in it, under other layers' names."""
    lines = [
        f"{n.op_type} {n.name} {n.input} {n.output} {sorted(a.name for a in n.attribute)}"
        for n in model.graph.node[:count]
    ]
    lines += [model.producer_name, model.producer_version, str(model.ir_version)]
    text = "\n".join([*lines, str(model.opset_import), str(model.graph.input[-1])])
    for old, new in renamed.items():
        text = text.replace(old, new)
    return text


def test_r2024b_is_written_as_matlab_does(reference):
    real = onnx.load(reference("onnx", "reciclaria.onnx"))
    steps = (("convolution", {"filters": 8}), ("batch normalization", {}), ("relu", {}))
    steps += (("max pooling", {}),)
    made = dialects.write(Description((224, 224, 3), steps), dialects.R2024b).model
    names = {"convolution": "conv", "batch_normalization": "batchnorm", "max_pooling": "maxpool"}
    assert form(made, 25, **names) == form(real, 25)


def test_r2018b_is_written_as_matlab_does(reference):
    real = onnx.load(reference("onnx", "gazescan_149k.onnx"))
    steps = (("convolution", {"filters": 20, "size": (5, 5), "padding": (0, 0, 0, 0)}),)
    steps += (("relu", {}), ("max pooling", {}))
    description = Description((32, 32, 1), steps, normalization="zerocenter of pixels")
    made = dialects.write(description, dialects.R2018b).model
    names = {"convolution_1": "conv", "relu_1": "relu", "max_pooling_1": "maxpool", "fc_": "fc_1_"}
    assert form(made, 7, **names) == form(real, 7)


def test_r2020a_is_written_as_matlab_does(reference):
    real = onnx.load(reference("onnx", "flir_gray.onnx"))
    conv = {"filters": 10, "size": (5, 5), "stride": (2, 2)}
    block = (("convolution", conv), ("batch normalization", {}), ("relu", {}))
    steps = (*block, ("max pooling", {}), *block)
    made = dialects.write(Description((300, 320, 1), steps), dialects.R2020a).model
    names = {"convolution": "conv", "batch_normalization": "batchnorm", "max_pooling_1": "maxpool"}
    count = len(real.graph.node)
    assert form(made, count, **names) == form(real, count)
    assert [list(w.dims)[1:] for w in made.graph.initializer] == [
        list(w.dims)[1:] for w in real.graph.initializer
    ]


def test_r2020b_is_written_as_matlab_does(reference):
    real = onnx.load(reference("onnx", "nisitka_segnet.onnx"))
    made = dialects.write(Description((8, 8, 3), (("unpooling", {}),)), dialects.R2020b).model

    def unpooling(model):
        nodes = model.graph.node
        index = next(i for i, n in enumerate(nodes) if n.op_type == "MaxUnpool")
        indices = nodes[index].input[1]
        pool = next(i for i, n in enumerate(nodes) if indices in n.output)
        kept = [nodes[pool - 1], nodes[pool], nodes[index]]
        suffixes = [
            (n.op_type, n.domain, n.doc_string, [name.rpartition("_")[2] for name in n.output])
            for n in kept
        ]
        attributes = [sorted(a.name for a in n.attribute) for n in kept]
        return suffixes, attributes, str(model.opset_import), model.ir_version

    found, expected = unpooling(made), unpooling(real)
    found[0][2][3][:] = expected[0][2][3]  # the block's own name
    assert found == expected
