"""classify and scores2label."""

import numpy as np
import pytest
import tiny_networks as tiny
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from matxai import (
    DAGNetwork,
    SeriesNetwork,
    categorical,
    categories,
    classify,
    dlnetwork,
    imresize,
    predict,
    scores2label,
)

CLASSES = ["owl", "cat", "dog", "Bee", "ant"]
values = st.floats(0, 1, width=32)


def images(count=6, size=(16, 16, 3)):
    return np.random.RandomState(0).randint(0, 256, (*size, count), np.uint8)


def names(count):
    return [f"class {i}" for i in range(count)]


# classify


@pytest.mark.tier(
    "documented",
    "`classify` gives the class of the highest score, and the scores N×C",
)
@pytest.mark.parametrize("flavour", [DAGNetwork, SeriesNetwork])
def test_the_class_of_the_highest_score(flavour):
    weights = np.random.RandomState(2).randn(5, 3, 16, 16)
    net = flavour(tiny.weighted_sum_model(weights), Classes=CLASSES)
    X = images()
    labels, scores = classify(net, X, nargout=2)
    assert isinstance(labels, categorical)
    assert labels.shape == (6,)
    assert categories(labels).tolist() == CLASSES
    assert scores.shape == (6, 5)
    assert scores.dtype == np.float32
    assert labels.tolist() == [CLASSES[i] for i in scores.argmax(axis=1)]
    assert np.allclose(scores, np.einsum("kchw,hwcn->nk", weights, X), rtol=1e-4, atol=0.1)
    assert len(set(labels.tolist())) > 1


@pytest.mark.tier("documented")
def test_one_image_has_one_label_and_one_row_of_scores():
    net = DAGNetwork(tiny.conv_model(), Classes=CLASSES)
    label, scores = classify(net, images()[..., 0], nargout=2)
    assert label.shape == (1,)
    assert scores.shape == (1, 5)
    assert str(label) == CLASSES[scores.argmax()]
    assert str(label) == str(classify(net, images()[..., 0]))


@pytest.mark.parametrize("size", [1, 4, 6, 100, 2.0])
def test_the_mini_batch_size_does_not_matter(size):
    net = DAGNetwork(tiny.conv_model())
    whole = classify(net, images(), nargout=2)
    parts = classify(net, images(), "MiniBatchSize", size, nargout=2)
    assert np.all(whole[0] == parts[0])
    assert np.allclose(whole[1], parts[1], atol=1e-6)


def test_scores_that_are_one_pixel_are_scores():
    made = tiny.conv_model()
    del made.graph.node[4:]
    made.graph.output[0].CopyFrom(tiny.model([], {}, {}, {"gap": ["N", 8, 1, 1]}).graph.output[0])
    labels, scores = classify(DAGNetwork(made), images(), nargout=2)
    assert scores.shape == (6, 8)
    assert labels.shape == (6,)


@pytest.mark.tier("chosen", "A score of NaN gives an undefined label")
def test_scores_of_nan_have_no_label():
    net = DAGNetwork(tiny.conv_model(), Classes=CLASSES)
    X = images().astype(float)
    X[3, 4, 1, 2] = np.nan
    assert classify(net, X).isundefined().tolist() == [False, False, True, False, False, False]


def test_a_dlnetwork_knows_no_classes():
    with pytest.raises(TypeError, match=r"Use scores2label\(predict\(net, X\), classNames\)"):
        classify(dlnetwork(tiny.conv_model()), images())


def test_what_does_not_classify():
    net = DAGNetwork(tiny.conv_model(), OutputLayerType="regression")
    with pytest.raises(ValueError, match=r"a RegressionOutputLayer. Use predict\(net, X\)"):
        classify(net, images())
    made = tiny.conv_model()
    del made.graph.node[3:]
    made.graph.output[0].CopyFrom(
        tiny.model([], {}, {}, {"relu_1": ["N", 8, 16, 16]}).graph.output[0]
    )
    net = DAGNetwork(made, OutputLayerType="pixelclassification")
    with pytest.raises(ValueError, match=r"classifies pixels. Use scores2label\(predict"):
        classify(net, images())
    labels = scores2label(predict(net, images()), net.Layers[-1].Classes)
    assert labels.shape == (16, 16, 6)


@pytest.mark.parametrize(
    ("args", "error", "says"),
    [
        (("net.onnx", 3), TypeError, "classify: net must be a dlnetwork.*Import it"),
        ((3, 3), TypeError, "classify: net must be.*but is 3"),
    ],
)
def test_wrong_networks(args, error, says):
    with pytest.raises(error, match=says):
        classify(*args)


def test_wrong_images():
    net = DAGNetwork(tiny.conv_model())
    with pytest.raises(ValueError, match="X must be 16×16×3"):
        classify(net, np.zeros((8, 8, 3)))
    with pytest.raises(ValueError, match="X must be 16×16×3"):
        classify(net, np.zeros((8, 8, 3, 20)), MiniBatchSize=2)
    with pytest.raises(TypeError, match="X must be a numeric array"):
        classify(net, "peppers.png")


def test_the_older_era_end_to_end():
    """Load, size, classify, three best classes: the lines that most scripts begin with."""
    net = DAGNetwork(tiny.conv_model(), Classes=CLASSES)
    X = imresize(np.random.RandomState(1).randint(0, 256, (40, 30, 3), np.uint8),
                 net.Layers[0].InputSize[:2])  # fmt: skip
    label, scores = classify(net, X, nargout=2)
    top = np.argsort(-scores[0], kind="stable")[:3]
    best = net.Layers[-1].Classes[top]
    assert str(best[0]) == str(label)
    assert (best == label).tolist() == [True, False, False]
    assert "LIME (" + str(label) + ")" == f"LIME ({label})"


# scores2label


@pytest.mark.tier(
    "documented",
    "`scores2label` takes the class of the highest score along a dimension",
)
@given(hnp.arrays(np.float32, st.tuples(st.integers(0, 6), st.integers(1, 6)), elements=values))
def test_labels_of_a_matrix(scores):
    labels, top = scores2label(scores, names(scores.shape[1]), nargout=2)
    assert labels.shape == top.shape == scores.shape[:1]
    expected = scores.argmax(axis=1) if len(scores) else []
    assert labels.tolist() == [f"class {i}" for i in expected]
    assert np.array_equal(top, scores.max(axis=1))
    assert categories(labels).tolist() == names(scores.shape[1])


@given(hnp.arrays(np.float32, hnp.array_shapes(min_dims=1, max_dims=4, max_side=5),
                  elements=values), st.data())  # fmt: skip
def test_labels_along_any_dimension(scores, data):
    dim = data.draw(st.integers(1, scores.ndim))
    labels, top = scores2label(scores, names(scores.shape[dim - 1]), dim, nargout=2)
    assert np.array_equal(top, scores.max(axis=dim - 1))
    expected = np.char.add("class ", scores.argmax(axis=dim - 1).astype(str))
    assert np.array_equal(np.asarray(labels), expected)


@pytest.mark.tier(
    "chosen",
    "Without `dim`, the classes lie along dimension 2 of a matrix, 3 of larger arrays",
)
@pytest.mark.parametrize(
    ("shape", "dim"), [((5,), 1), ((4, 5), 2), ((4, 3, 5), 3), ((4, 3, 5, 2), 3)]
)
def test_the_dimension_of_the_classes(shape, dim):
    scores = np.random.RandomState(0).rand(*shape)
    assert np.all(scores2label(scores, CLASSES) == scores2label(scores, CLASSES, dim))


@pytest.mark.parametrize("make", [list, np.array, tuple, lambda c: categorical(c, c), categorical])
def test_class_names_of_any_kind(make):
    labels = scores2label([[0, 1, 0], [1, 0, 0]], make(["owl", "cat", "ant"]))
    assert labels.tolist() == ["cat", "owl"]
    assert categories(labels).tolist() == ["owl", "cat", "ant"]


@pytest.mark.tier("chosen", "Equal class names given to `scores2label` are one category")
def test_equal_names_are_one_category():
    """ImageNet's common names have two cranes."""
    labels = scores2label(np.eye(3), ["crane", "owl", "crane"])
    assert labels.tolist() == ["crane", "owl", "crane"]
    assert categories(labels).tolist() == ["crane", "owl"]


def test_the_first_of_equal_scores_counts():
    assert scores2label([[1, 2, 2]], ["a", "b", "c"]).tolist() == ["b"]


@pytest.mark.parametrize(
    ("args", "error", "says"),
    [
        ((np.zeros((2, 3)), ["a", "b"]), ValueError, "hold 2 scores along dimension 2.*holds 3"),
        ((np.zeros((2, 3)), ["a", "b", "c"], 1), ValueError, "along dimension 1"),
        ((np.zeros((2, 3)), ["a", "b", "c"], 3), ValueError, "dim must be a dimension of scores"),
        ((np.zeros((2, 3)), ["a", "b", "c"], 0), ValueError, "dim must be a positive integer"),
        ((np.zeros((2, 0)), []), ValueError, "classNames must be names"),
        ((np.zeros((2, 2)), ["a", " "]), ValueError, "classNames must be names"),
        ((np.zeros((2, 3)), [1, 2, 3]), TypeError, "classNames must be texts"),
        (("a", ["a"]), TypeError, "scores must be a numeric array"),
        ((3.0, ["a"]), ValueError, "dim must be a dimension of scores"),
    ],
)
def test_wrong_arguments(args, error, says):
    with pytest.raises(error, match=f"scores2label: .*{says}"):
        scores2label(*args)
