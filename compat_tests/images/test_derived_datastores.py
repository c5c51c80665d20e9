import numpy as np
import pytest
import tiny_networks as tiny

from matxai import (
    SeriesNetwork,
    augmentedImageDatastore,
    categorical,
    classify,
    combine,
    hasdata,
    imageDatastore,
    importNetworkFromONNX,
    imwrite,
    minibatchpredict,
    predict,
    preview,
    read,
    readall,
    reset,
    table,
    transform,
)

NAMES = ["cat", "dog", "cat"]
IMAGES = np.random.default_rng(0).integers(0, 256, (3, 6, 5), np.uint8)


@pytest.fixture
def imds(tmp_path):
    for i, image in enumerate(IMAGES):
        imwrite(image, tmp_path / f"{i}.png")
    return imageDatastore(tmp_path, Labels=NAMES)


def test_a_function_is_put_behind_reading(imds):
    inverted = transform(imds, lambda image: 255 - image)
    seen = []
    while hasdata(inverted):
        seen.append(read(inverted))
    assert np.array_equal(seen, 255 - IMAGES)
    with pytest.raises(ValueError, match="no more data"):
        inverted.read()
    reset(inverted)
    assert np.array_equal(read(inverted), 255 - IMAGES[0])
    assert inverted.Transforms
    assert inverted.IncludeInfo is False
    assert len(inverted.UnderlyingDatastores) == 1


@pytest.mark.tier(
    "documented", "`readall` of a transformed datastore puts the data below each other"
)
def test_all_data_stand_below_each_other(imds):
    assert readall(transform(imds, lambda x: x)).shape == (18, 5)
    cells = readall(transform(imds, lambda x: [x]))
    assert [c.shape for c in cells] == [(6, 5)] * 3
    rows = readall(transform(imds, lambda x, i: ([x, i.Label], i), "IncludeInfo", True))
    assert [str(label) for _, label in rows] == NAMES
    tables = readall(transform(imds, lambda x: table([float(x.sum())], VariableNames=["total"])))
    assert tables.total.tolist() == IMAGES.sum(axis=(1, 2)).tolist()
    labels = readall(transform(imds, lambda x, i: (i.Label, i), IncludeInfo=True))
    assert labels.tolist() == NAMES


def test_information_goes_through_the_function(imds):
    def rotated(data, info):
        info.Turned = True
        return np.rot90(data), info

    data, info = read(transform(imds, rotated, IncludeInfo=True), nargout=2)
    assert data.shape == (5, 6)
    assert info.Turned
    assert info.Filename.endswith("0.png")
    with pytest.raises(TypeError, match="must return data and info"):
        read(transform(imds, lambda x, i: x, IncludeInfo=True))


@pytest.mark.tier(
    "documented", "`combine` gives cells side by side; it ends where one of them ends"
)
def test_datastores_are_read_side_by_side(imds):
    pair = combine(imds, transform(imds, np.fliplr))
    image, mirrored = read(pair)
    assert np.array_equal(mirrored, image[:, ::-1])
    assert read(combine(pair, imds)).__len__() == 3
    two = imageDatastore(imds.Files[:2])
    short, n = combine(imds, two), 0
    while hasdata(short):
        info = read(short, nargout=2)[1]
        n += 1
    assert n == 2
    assert [i.Filename for i in info] == [imds.Files[1]] * 2
    assert np.array(readall(pair), dtype=object).shape[:2] == (3, 2)


def test_tables_are_joined(imds):
    auimds = augmentedImageDatastore([4, 4], imds)
    both = read(combine(auimds, auimds))
    assert both.Properties.VariableNames == ["input", "response", "input_1", "response_1"]
    assert both.response.tolist() == NAMES
    assert len(preview(transform(auimds, lambda T: T)).input) == 3


def test_datastores_are_read_one_after_the_other(imds):
    chain = combine(imds, transform(imds, lambda x: 255 - x), ReadOrder="sequential")
    data = readall(chain)
    assert np.array_equal(data, np.concatenate([*IMAGES, *(255 - IMAGES)]))


@pytest.mark.tier("chosen", "Reading a transformed or combined datastore does not move the others")
def test_reading_does_not_move_the_others(imds):
    read(imds)
    derived = transform(imds, lambda x: x)
    assert np.array_equal(read(derived), IMAGES[0])
    assert np.array_equal(read(imds), IMAGES[1])
    again = transform(derived, lambda x: x + 1)
    assert np.array_equal(read(again), IMAGES[0] + 1)
    assert np.array_equal(preview(derived), IMAGES[0])
    assert np.array_equal(read(derived), IMAGES[1])
    assert np.array_equal(preview(imds), IMAGES[0])


@pytest.mark.parametrize("size", [1, 2, 128])
def test_networks_take_them(imds, tmp_path, size):
    weights = {"W": np.random.default_rng(1).normal(size=(2, 1, 6, 5)) / 100}
    nodes = [
        tiny.node("Conv", ["data", "W"], "conv"),
        tiny.node("Flatten", ["conv"], "flat"),
        tiny.node("Softmax", ["flat"], "prob", axis=1),
    ]
    model = tiny.model(nodes, weights, {"data": ["N", 1, 6, 5]}, {"prob": ["N", 2]})
    tiny.save(model, tmp_path / "net.onnx")
    net = importNetworkFromONNX(tmp_path / "net.onnx")
    inverted = 255 - IMAGES
    expected = predict(net, np.moveaxis(inverted, 0, 2)[:, :, np.newaxis])
    images = transform(imds, lambda x: 255 - x)
    labelled = transform(imds, lambda x, i: ([255 - x, i.Label], i), IncludeInfo=True)
    for store in (images, labelled, combine(images, imds)):
        found = minibatchpredict(net, store, MiniBatchSize=size)
        np.testing.assert_allclose(found, expected, rtol=1e-5)
    labels = classify(SeriesNetwork(model, Classes=["a", "b"]), images)
    assert np.array_equal(labels == "b", expected[:, 1] > expected[:, 0])


def test_wrong_input_is_named(imds):
    with pytest.raises(TypeError, match="ds must be a datastore"):
        transform(IMAGES, np.fliplr)
    with pytest.raises(TypeError, match="fcn must be a function"):
        transform(imds, "fliplr")
    with pytest.raises(TypeError, match="ds2 must be a datastore"):
        combine(imds, categorical(["a"]))
    with pytest.raises(TypeError, match="ds1 is missing"):
        combine()
    with pytest.raises(ValueError, match="ReadOrder must be"):
        combine(imds, imds, ReadOrder="random")
    with pytest.raises(TypeError, match="preview: ds must be a datastore"):
        preview(IMAGES)
    with pytest.raises(ValueError, match="must have the same size"):
        list(transform(imds, lambda x: x[: x[0, 0] % 5 + 1]).batches(3))
