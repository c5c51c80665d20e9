import numpy as np
import pytest
import tiny_networks as tiny
from hypothesis import given
from hypothesis import strategies as st

from matxai import (
    DAGNetwork,
    categories,
    dlnetwork,
    imageDatastore,
    importNetworkFromMAT,
    imwrite,
    predict,
    readimage,
    semanticseg,
)

NAMES = ["sky", "road", "car"]
WEIGHTS = np.random.default_rng(0).normal(size=(3, 3, 3, 3)) / 100


def model(size=(6, 8), name="soft"):
    nodes = [
        tiny.node("Conv", ["data", "W"], "conv", pads=[1, 1, 1, 1]),
        tiny.node("Softmax", ["conv"], name, axis=1),
    ]
    return tiny.model(nodes, {"W": WEIGHTS}, {"data": ["N", 3, *size]}, {name: ["N", 3, *size]})


@pytest.fixture(scope="module")
def net():
    return DAGNetwork(model(), OutputLayerType="pixelclassification", Classes=NAMES)


def images(count, size=(6, 8)):
    return np.random.default_rng(count).integers(0, 256, (*size, 3, count), np.uint8)


@pytest.mark.tier("documented", "`semanticseg` gives the class of the highest score at each pixel")
@given(st.integers(1, 5), st.integers(1, 5))
def test_classes_are_those_of_the_highest_score(net, count, batch):
    X = images(count)
    C, score, allScores = semanticseg(X, net, MiniBatchSize=batch, nargout=3)
    expected = predict(net, X).reshape(6, 8, 3, count)
    np.testing.assert_allclose(allScores, expected, rtol=1e-5)
    np.testing.assert_allclose(score, expected.max(axis=2), rtol=1e-5)
    assert C.shape == score.shape == (6, 8, count)
    assert np.array_equal(np.array(C.tolist()), np.array(NAMES)[expected.argmax(axis=2)])
    assert categories(C).tolist() == NAMES


def test_one_image_has_no_fourth_dimension(net):
    C, score, allScores = semanticseg(images(1)[..., 0], net, nargout=3)
    assert C.shape == score.shape == (6, 8)
    assert allScores.shape == (6, 8, 3)


@pytest.mark.parametrize(("kind", "dtype"), [("double", np.float64), ("uint8", np.uint8)])
def test_numbers_of_classes(net, kind, dtype):
    X = images(2)
    numbers = semanticseg(X, net, "OutputType", kind)
    assert numbers.dtype == dtype
    assert np.array_equal(np.array(NAMES)[numbers.astype(int) - 1], semanticseg(X, net).tolist())


def test_names_of_classes():
    dl = dlnetwork(model())
    assert categories(semanticseg(images(1), dl)).tolist() == ["1", "2", "3"]
    assert categories(semanticseg(images(1), dl, Classes=["c", "b", "a"])).tolist() == [*"cba"]


def test_scores_that_are_nan_have_no_class(net):
    X = images(1)[..., 0].astype(float)
    X[0, 0] = np.nan
    assert semanticseg(X, net)[0, 0].isundefined()
    assert semanticseg(X, net, OutputType="double")[0, 0] == 0


@pytest.mark.slow
@pytest.mark.tier("numeric", "Images of another size than the network's are segmented as they are")
def test_images_of_another_size(net):
    X = images(2, (9, 7))
    wide = DAGNetwork(model((9, 7)), OutputLayerType="pixelclassification", Classes=NAMES)
    for given_ in (X, X[..., 0]):
        C, _, allScores = semanticseg(given_, net, nargout=3)
        other, _, expected = semanticseg(given_, wide, nargout=3)
        np.testing.assert_allclose(allScores, expected, atol=1e-5)
        assert C.tolist() == other.tolist()


@pytest.mark.tier(
    "chosen", "`semanticseg` numbers its files with as many digits as the last one has"
)
def test_the_classes_of_a_datastore_are_written(net, tmp_path):
    X = images(10)
    for i in range(10):
        imwrite(X[..., i], tmp_path / "in" / f"{i}.png")
    imds = imageDatastore(tmp_path / "in")
    pxds = semanticseg(imds, net, WriteLocation=str(tmp_path / "out"), NamePrefix="px")
    assert [f.rpartition("/")[2] for f in pxds.Files[::9]] == ["px_01.png", "px_10.png"]
    for i in range(10):
        assert readimage(pxds, i + 1).tolist() == semanticseg(X[..., i], net).tolist()
    assert pxds.ClassNames == NAMES
    with pytest.raises(ValueError, match="there is one output"):
        semanticseg(imds, net, nargout=2)


@pytest.mark.slow
@pytest.mark.tier("numeric", "A segmentation network from a `.mat` file names the pixels' classes")
def test_a_network_of_matlab(reference):
    import skimage.data

    net = importNetworkFromMAT(reference("mat", "nisitka_segnet.mat"))
    X = np.kron(skimage.data.coffee()[:180, :240], np.ones((4, 4, 1), np.uint8))
    C, score, allScores = semanticseg(X, net, nargout=3)
    assert C.shape == (720, 960)
    assert set(np.unique(np.array(C.tolist()))) <= {*net.Layers[-1].Classes.tolist()}
    np.testing.assert_allclose(allScores.sum(axis=2), 1, atol=1e-4)
    assert np.array_equal(score, allScores.max(axis=2))
    half = semanticseg(X[:360, :480], net)
    assert half.shape == (360, 480)


def test_wrong_input_is_named(net):
    with pytest.raises(ValueError, match="Classes must hold 3 names"):
        semanticseg(images(1), net, Classes=["a"])
    with pytest.raises(TypeError, match="network must be a dlnetwork"):
        semanticseg(images(1), 3)
    with pytest.raises(ValueError, match="OutputType must be"):
        semanticseg(images(1), net, OutputType="single")
    with pytest.raises(ValueError, match="must be 6×8×3"):
        semanticseg(np.ones((6, 8)), net)
    flat = [tiny.node("Conv", ["data", "W"], "conv"), tiny.node("Flatten", ["conv"], "flat")]
    shapes = {"data": ["N", 3, 3, 3]}, {"flat": ["N", 3]}
    whole = tiny.model(flat, {"W": WEIGHTS}, *shapes)
    with pytest.raises(ValueError, match="scores for each pixel"):
        semanticseg(images(1, (3, 3)), dlnetwork(whole))
    with pytest.raises(ValueError, match="is a ClassificationOutputLayer"):
        semanticseg(images(1, (3, 3)), DAGNetwork(whole, Classes=NAMES))
