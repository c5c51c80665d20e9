"""Layers of .mat files that change sizes, or nothing, against torch and NumPy."""

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from lone_layers import close, computed, network, slopes, to_graph, to_matlab
from torch.nn import functional

import matxai as m
from matxai.nets.mat_files.building import built
from matxai.nets.mat_files.records import LayerRecord, RecordError

SIZE = (6, 8, 3)


def record(short, package="nnet.cnn.layer", **fields):
    return LayerRecord(f"{package}.{short}", {"Name": "made", **fields})


def row(*numbers):
    return np.array([numbers], dtype=float)


def values(*shape, seed=0):
    return np.random.RandomState(seed).randn(*shape).astype(np.float32)


def graph_values(count=2):
    return values(count, SIZE[2], *SIZE[:2])


def with_reference(layer, wanted):
    """Score images with a layer whose second input is as large as wanted."""
    lgraph = m.layerGraph([m.imageInputLayer(SIZE, Normalization="none", Name="in"), layer])
    lgraph = m.addLayers(lgraph, m.maxPooling2dLayer(wanted, Name="ref"))
    lgraph = m.connectLayers(m.connectLayers(lgraph, "in", "ref"), "ref", "made/ref")
    return m.predict(m.dlnetwork(lgraph), to_matlab(graph_values()))


# Resizing and cropping ---------------------------------------------------------------------------


@st.composite
def resizings(draw):
    """Draw a record's options, and what torch computes for them."""
    method = draw(st.sampled_from(["nearest", "bilinear"]))
    mode = {"nearest": {"mode": "nearest-exact"}, "bilinear": {"mode": "bilinear"}}[method]
    fields = {"Method": method, "GeometricTransformMode": "half-pixel"}
    if draw(st.booleans()):
        fields |= {"NearestRoundingMode": "round"}
    if draw(st.booleans()):
        scale = draw(st.sampled_from([(2, 2), (0.5, 3), (1.5, 1)]))
        # What the layer does not go by is empty or a text.
        fields |= {"Scale": row(*scale), "OutputSize": draw(st.sampled_from([row(), "auto"]))}
        how = {"scale_factor": scale, "recompute_scale_factor": False}
    else:
        size = draw(st.sampled_from([(12, 4), (3, 8), (6, 16)]))
        fields |= {"OutputSize": row(*size), "Scale": row()}
        how = {"size": size}
    return fields, how | mode


@pytest.mark.tier("numeric")
@given(resizings(), st.sampled_from([{}, {"EnableReferenceInput": np.array([[False]])}]))
def test_resizing_is_that_of_torch(resizing, reference):
    fields, how = resizing
    layer = built(record("Resize2DLayer", **fields, **reference))
    expected = functional.interpolate(torch.from_numpy(graph_values()), **how)
    found = m.predict(network(layer, SIZE), to_matlab(graph_values()))
    assert close(found, to_matlab(expected))


@pytest.mark.tier("documented")
@given(
    st.sampled_from(["floor", "onnx-10"]), st.sampled_from(["half-pixel", "asymmetric"]),
)  # fmt: skip
def test_resizing_by_rounding_down(rounding, transform):
    layer = built(
        record(
            "Resize2DLayer", Scale=row(2, 1), Method="nearest", NearestRoundingMode=rounding,
            GeometricTransformMode=transform,
        )
    )  # fmt: skip
    at = (np.arange(12) + 0.5) / 2 - 0.5 if (rounding, transform) == ("floor", "half-pixel") else (
        np.arange(12) / 2
    )  # fmt: skip
    rows = np.clip(np.floor(at), 0, 5).astype(int)
    assert close(computed(layer, graph_values()), graph_values()[:, :, rows])


@pytest.mark.tier("documented")
def test_resizing_to_a_reference():
    layer = built(record("Resize2DLayer", EnableReferenceInput=row(1), Scale=row()))
    expected = functional.interpolate(
        torch.from_numpy(graph_values()), size=(4, 5), mode="nearest-exact"
    )
    assert close(with_reference(layer, [3, 4]), to_matlab(expected))


@pytest.mark.tier(
    "documented",
    "Resizing, cropping, unpooling and blocks of a `.mat` have fields named as the "
    "documented properties; none was in a real file but unpooling",
)
@given(st.integers(1, 6), st.integers(1, 8), st.data())
def test_cropping(height, width, data):
    rows, columns = 7 - height, 9 - width
    y, x = data.draw(st.integers(1, 7 - rows)), data.draw(st.integers(1, 9 - columns))
    X = to_matlab(graph_values())
    custom = data.draw(
        st.sampled_from(
            [
                {"Mode": "custom", "Location": row(x, y)},
                {"Location": row(x, y)},
                {"CropLocation": row(x, y)},
            ]
        )
    )
    found = with_reference(built(record("Crop2DLayer", **custom)), [height, width])
    assert close(found, X[y - 1 : y - 1 + rows, x - 1 : x - 1 + columns])
    top, left = (6 - rows) // 2, (8 - columns) // 2
    for fields in (
        {"Mode": "centercrop", "Location": "auto"},
        {"CropLocation": "centercrop"},
        {"Mode": "centercrop", "Location": row(1, 1)},
    ):
        found = with_reference(built(record("Crop2DLayer", **fields)), [height, width])
        assert close(found, X[top : top + rows, left : left + columns])


@pytest.mark.tier("numeric")
@given(st.tuples(st.integers(1, 3), st.integers(1, 3)), st.integers(1, 2))
def test_unpooling(size, stride):
    pool = m.maxPooling2dLayer(size, Stride=stride, HasUnpoolingOutputs=True, Name="pool")
    lgraph = m.layerGraph([m.imageInputLayer(SIZE, Normalization="none"), pool])
    lgraph = m.addLayers(lgraph, built(record("MaxUnpooling2DLayer")))
    for output, port in (("out", "in"), ("indices", "indices"), ("size", "size")):
        lgraph = m.connectLayers(lgraph, f"pool/{output}", f"made/{port}")
    x = torch.from_numpy(graph_values())
    pooled, places = functional.max_pool2d(x, size, stride, return_indices=True)
    expected = torch.zeros(2, 3, 48).scatter(2, places.flatten(2), pooled.flatten(2))
    found = m.predict(m.dlnetwork(lgraph), to_matlab(graph_values()))
    assert np.array_equal(found, to_matlab(expected.reshape(x.shape)))


@pytest.mark.tier("documented")
@given(st.integers(1, 3), st.integers(1, 2), st.sampled_from(["dcr", "crd", None]))
def test_blocks(block, left, mode):
    x = torch.from_numpy(values(2, left * block**2, 3, 2))
    shuffled = functional.pixel_shuffle(x, block)
    if mode != "crd":
        # torch has the pixels of a channel side by side, MATLAB the channels of a pixel.
        by_pixel = x.reshape(2, block**2, left, 3, 2).transpose(1, 2).reshape(x.shape)
        shuffled = functional.pixel_shuffle(by_pixel, block)
    fields = {} if mode is None else {"Mode": mode}
    layer = built(record("DepthToSpace2DLayer", BlockSize=row(block, block), **fields))
    assert close(computed(layer, x.numpy()), shuffled)
    if mode != "crd":
        back = built(record("SpaceToDepthLayer", BlockSize=row(block, block)))
        assert close(computed(back, shuffled.numpy()), x)


# Flattening --------------------------------------------------------------------------------------


@pytest.mark.tier("documented")
@given(st.sampled_from([(), (4, 2), (3, 2, 4)]), st.integers(1, 3))
def test_flattening_counts_down_the_columns(sizes, channels):
    x = values(2, channels, *sizes)
    layer = built(record("FlattenLayer"))
    expected = [np.moveaxis(image, 0, -1).ravel("F") for image in x]
    assert close(computed(layer, x), expected)


@pytest.mark.tier("documented")
def test_flattening_leaves_the_time_steps_of_sequences():
    x = values(2, 3, 5)
    assert close(computed(built(record("FlattenLayer")), x, (3, None)), x)


@pytest.mark.tier(
    "documented",
    "A flatten layer leaves sequences of vectors as they are; that of importKerasNetwork "
    "counts channels first, then columns, then rows; that of importONNXNetwork columns, "
    "rows, channels",
)
@given(st.sampled_from([(), (4, 2), (3, 2, 4)]), st.integers(1, 3))
def test_importers_flatten_as_their_frameworks_do(sizes, channels):
    x = values(2, channels, *sizes)
    keras = built(record("FlattenCStyleLayer", "nnet.keras.layer"))
    assert close(computed(keras, x), np.moveaxis(x, 1, -1).reshape(2, -1))
    for short in ("FlattenLayer", "FlattenInto2dLayer"):
        onnx = built(record(short, "nnet.onnx.layer"))
        assert close(computed(onnx, x), torch.from_numpy(x).flatten(1))
        assert onnx.Class == f"nnet.onnx.layer.{short}"


def test_importers_flatten_no_sequences():
    for package, short in (("keras", "FlattenCStyleLayer"), ("onnx", "FlattenLayer")):
        layer = built(record(short, f"nnet.{package}.layer"))
        with pytest.raises(ValueError, match="takes images, but what comes in is a sequence"):
            computed(layer, values(2, 3, 5))


# What importers and other toolboxes have ---------------------------------------------------------


@pytest.mark.tier(
    "chosen",
    "Zero padding of importKerasNetwork: sizes in Top, Bottom, Left, Right, or in "
    "`PaddingSize` or `Padding`; the fields are guessed",
)
@given(st.tuples(*[st.integers(0, 3)] * 4))
def test_zero_padding(around):
    top, bottom, left, right = around
    expected = functional.pad(torch.from_numpy(graph_values()), (left, right, top, bottom))
    named = dict(zip(("Top", "Bottom", "Left", "Right"), map(row, around), strict=True))
    for fields in (named, {"PaddingSize": row(*around)}, {"Padding": row(*around)}):
        layer = built(record("ZeroPadding2dLayer", "nnet.keras.layer", **fields))
        assert close(computed(layer, graph_values()), expected)
    short = built(record("ZeroPadding2dLayer", "nnet.keras.layer", Padding=row(top, left)))
    expected = functional.pad(torch.from_numpy(graph_values()), (left, left, top, top))
    assert close(computed(short, graph_values()), expected)
    slopes(short, graph_values(1))


@pytest.mark.tier("documented")
def test_the_means_of_channels():
    layer = built(record("GlobalAveragePooling2dLayer", "nnet.keras.layer"))
    expected = graph_values().mean((2, 3), keepdims=True)
    assert close(computed(layer, graph_values()), expected)


@pytest.mark.tier(
    "documented",
    "Affine layers of importONNXNetwork and scaling layers multiply by `Scale` and add "
    "`Offset` or `Bias`, axes of size 1 expanded",
)
@given(
    st.sampled_from([(1, 1), (1, 1, 3), (6, 8, 3), (6, 8), (6, 1), (1, 8)]),
    st.sampled_from([(1, 1), (1, 1, 3), (6, 8, 3)]),
    st.sampled_from([("ElementwiseAffineLayer", "nnet.onnx.layer"), ("ScalingLayer", "rl.layer")]),
    st.sampled_from(["both", "scale", "offset"]),
)
def test_affine_layers_multiply_and_add(scale, offset, kind, which):
    a, b = values(*scale, seed=1), values(*offset, seed=2)
    names = ("Scale", "Bias" if kind[0] == "ScalingLayer" else "Offset")
    fields = {names[0]: a, names[1]: b}
    if which == "scale":
        fields, b = {names[0]: a, names[1]: np.zeros((0, 0))}, np.zeros((1, 1))
    elif which == "offset":
        fields, a = {names[1]: b}, np.ones((1, 1))
    X = to_matlab(graph_values())
    # MATLAB expands axes of size 1, those at the end among them.
    a, b = (v.reshape(*v.shape, *[1] * (4 - v.ndim)) for v in (a, b))
    layer = built(record(*kind, **fields))
    assert close(computed(layer, graph_values()), to_graph(X * a + b))
    assert layer.Class == f"{kind[1]}.{kind[0]}"


@pytest.mark.tier("documented")
@given(st.sampled_from([(), (5,)]))
def test_affine_layers_of_features_and_sequences(sizes):
    x, a, b = values(2, 3, *sizes), values(3, 1, seed=1), values(3, 1, seed=2)
    layer = built(record("ElementwiseAffineLayer", "nnet.onnx.layer", Scale=a, Offset=b))
    expected = x * a.reshape(3, *[1] * len(sizes)) + b.reshape(3, *[1] * len(sizes))
    assert close(computed(layer, x), expected)


@pytest.mark.tier("documented")
@pytest.mark.parametrize(
    "made",
    [
        record("IdentityLayer"),
        record("IdentityLayer", "nnet.onnx.layer"),
        record("DropoutLayer", Probability=row(0.3)),
        record("DropoutLayer"),
        record("SpatialDropoutLayer", Probability=row(0.3)),
    ],
    ids=lambda made: made.kind,
)
def test_what_changes_nothing(made):
    layer = built(made)
    assert np.array_equal(computed(layer, graph_values()), graph_values())
    if made.has("Probability"):
        assert layer.Probability == 0.3


@pytest.mark.tier("documented")
@pytest.mark.parametrize("package", ["rl.layer", "nnet.cnn.layer"])
def test_softplus(package):
    layer = built(record("SoftplusLayer", package))
    expected = functional.softplus(torch.from_numpy(graph_values()))
    assert close(computed(layer, graph_values()), expected)


@pytest.mark.tier(
    "chosen",
    "A class outside MATLAB's packages is the user's own, whatever its name",
)
def test_classes_of_the_user_s_are_not_taken_for_matlab_s():
    assert built(record("IdentityLayer", "mine")) is None
    assert built(LayerRecord("identityLayer", {"Name": "id"})) is None


@pytest.mark.parametrize(
    ("made", "message"),
    [
        (record("Resize2DLayer"), "neither an OutputSize nor a Scale nor a reference"),
        (record("Resize2DLayer", Scale=row(2, 2), Method="cubic"), "Method must be"),
        (record("Resize2DLayer", Scale=row(0, 2)), "Scale must be positive"),
        (record("Crop2DLayer", Location=row(0, 2)), "Location must be a positive integer"),
        (record("Crop2DLayer", Location=row(1.5, 2)), "Location must hold integers"),
        (record("DepthToSpace2DLayer"), "it has no BlockSize"),
        (record("SpaceToDepthLayer", BlockSize=row(1, 2, 3)), "blockSize must be one"),
        (record("ZeroPadding2dLayer", "nnet.keras.layer"), "it has no PaddingSize"),
        (
            record("ZeroPadding2dLayer", "nnet.keras.layer", Padding=row(1, 2, 3)),
            r"its padding must be four numbers from 0 on, but is \[1, 2, 3\]",
        ),
        (
            record("ZeroPadding2dLayer", "nnet.keras.layer", Padding=row(1, -1)),
            "its padding must be four",
        ),
        (record("DropoutLayer", Probability=row(1)), "probability must be from 0"),
        (record("SpatialDropoutLayer", Probability=row(-1)), "Probability must be from 0"),
    ],
)
def test_records_that_make_no_layer(made, message):
    with pytest.raises(RecordError, match=rf"The layer 'made' \({made.kind}\): .*{message}"):
        built(made)
