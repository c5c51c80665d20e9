"""Labels instead of channel indices, and layers instead of the output."""

import numpy as np
import pytest
import tiny_networks as tiny
from hypothesis import given
from hypothesis import strategies as st

from matxai import (
    DAGNetwork,
    SeriesNetwork,
    categorical,
    classify,
    dag2dlnetwork,
    dlnetwork,
    imageLIME,
    importONNXNetwork,
    imread,
    imresize,
    occlusionSensitivity,
)
from matxai.explain.channels import channels_of

CLASSES = ["owl", "cat", "dog", "Egyptian cat", "ant"]
DAG = DAGNetwork(tiny.conv_model(), Classes=CLASSES)
DL = dag2dlnetwork(DAG)
X = np.random.RandomState(0).randint(0, 256, (16, 16, 3), np.uint8)


def lime(net, label, **options):
    return imageLIME(
        net, X, label, Segmentation="grid", NumFeatures=4, NumSamples=40, Rng=0, **options
    )


def occlude(net, label, **options):
    return occlusionSensitivity(net, X, label, **{"Stride": 8} | options)


both = pytest.mark.parametrize("explain", [lime, occlude])


# Which channel a label is


@pytest.mark.tier("documented", "A label stands for the channel of its class")
@given(st.lists(st.integers(0, 4), min_size=1, max_size=6))
def test_labels_stand_for_the_channels_of_their_classes(channels):
    labels = [CLASSES[i] for i in channels]
    kinds = [
        labels,
        tuple(labels),
        np.array(labels),
        np.array(labels, object)[:, None],
        categorical(labels),
        [categorical(labels)[i] for i in range(len(labels))],
        DAG.Layers[-1].Classes[np.array(channels)],
    ]
    for given_labels in kinds:
        assert channels_of(DAG, given_labels, 5).tolist() == channels
    for text in (labels[0], np.str_(labels[0]), categorical(labels[0]), categorical([labels[0]])):
        assert channels_of(DAG, text, 5).tolist() == channels[:1]
    assert channels_of(DAG, np.array(channels) + 1, 5).tolist() == channels


@both
@pytest.mark.tier(
    "documented",
    "`imageLIME` and `occlusionSensitivity` of a label are those of its channel",
)
def test_maps_of_labels_are_those_of_their_channels(explain):
    one = explain(DAG, "dog")
    assert one.shape == (16, 16)
    assert np.array_equal(one, explain(DL, 3))
    several = explain(DAG, ["ant", "owl", "dog"])
    assert several.shape == (16, 16, 3)
    assert np.array_equal(several, explain(DL, [5, 1, 3]))
    assert np.array_equal(several, explain(DAG, categorical(["ant", "owl", "dog"])))
    assert np.abs(one).max() > 0


@both
@pytest.mark.tier("documented")
def test_the_label_that_classify_returned(explain):
    label, scores = classify(DAG, X, nargout=2)
    assert np.array_equal(explain(DAG, label), explain(DL, int(scores.argmax()) + 1))


@both
@pytest.mark.tier("chosen", "A DAGNetwork takes channel indices beside labels")
def test_a_dagnetwork_takes_channel_indices_as_well(explain):
    assert np.array_equal(explain(DAG, 2), explain(DAG, "cat"))
    assert np.array_equal(explain(DAG, [2, 4]), explain(DAG, ["cat", "Egyptian cat"]))


@both
def test_numbered_classes(explain):
    net = SeriesNetwork(tiny.conv_model())
    assert np.array_equal(explain(net, "4"), explain(DL, 4))


def test_importance_has_a_column_for_each_label():
    _, _, importance = lime(DAG, ["cat", "dog"], nargout=3)
    assert importance.shape == (4, 2)


def test_options_may_follow_a_label():
    whole = occlude(DAG, "dog")
    by_pairs = occlusionSensitivity(DAG, X, "dog", "Stride", 8)
    assert np.array_equal(by_pairs, whole)
    assert np.array_equal(occlusionSensitivity(DAG, X, channelIdx="dog", Stride=8), whole)


@pytest.mark.tier(
    "numeric",
    "A label on a network that MATLAB exported: the map's corner is the fall of the score "
    "that `classify` gives",
)
def test_labels_on_a_network_of_matlab(reference):
    """The idiom of the older era: import, classify, explain the label."""
    names = ["Distracted", "Focused"]
    file = reference("onnx", "squeezenet_newhacks.onnx")
    net = importONNXNetwork(file, "OutputLayerType", "classification", "Classes", names)
    image = imresize(imread(reference("matlab", "images", "cat_dog.jpg")), [227, 227])
    label, scores = classify(net, image, nargout=2)
    coarse = occlusionSensitivity(
        net, image, label, MaskSize=100, Stride=76, OutputUpsampling="none"
    )
    covered = image.astype(float)
    covered[:50, :50] = image.mean(axis=(0, 1))
    after = classify(net, covered, nargout=2)[1]
    assert coarse.shape == (3, 3)
    channel = names.index(str(label))
    assert coarse[0, 0] == pytest.approx(scores[0, channel] - after[0, channel], abs=1e-5)


# What is no label


@both
def test_an_unknown_label_lists_near_ones(explain):
    with pytest.raises(ValueError, match="one of the 5 classes.*is 'egyptian cta'. Near to it are"):
        explain(DAG, "egyptian cta")
    with pytest.raises(ValueError, match="is 'Cat'. Near to it are 'cat'"):
        explain(DAG, ["dog", "Cat"])
    with pytest.raises(ValueError, match="is 'zzzzzz'. They are 'owl', 'cat'"):
        explain(DAG, categorical("zzzzzz"))
    many = DAGNetwork(tiny.conv_model(classes=20))
    with pytest.raises(ValueError, match="is 'zz'. The first ones are '1', .*'10'[.]$"):
        explain(many, "zz")


@both
@pytest.mark.parametrize("label", ["cat", ["cat", "dog"], np.array(["cat"]), categorical("cat")])
def test_a_dlnetwork_takes_no_labels(explain, label):
    says = r"channel indices, since net has no classes, but is 'cat'.*index\('cat'\) \+ 1"
    with pytest.raises(TypeError, match=says):
        explain(DL, label)


@both
def test_a_regression_network_takes_no_labels(explain):
    net = DAGNetwork(tiny.conv_model(), OutputLayerType="regression")
    assert np.array_equal(explain(net, 2), explain(DL, 2))
    with pytest.raises(TypeError, match="net has no classes"):
        explain(net, "cat")


@both
@pytest.mark.parametrize(
    ("label", "error", "says"),
    [
        (["cat", 3], TypeError, "label must be texts"),
        ([], (TypeError, ValueError), "channelIdx must"),
        ("", ValueError, "one of the 5 classes"),
        (categorical(["cat", ""]), ValueError, "label must hold defined elements only"),
        (categorical([]), ValueError, "label must hold defined elements only"),
        ([["cat"], ["dog", "owl"]], TypeError, "channelIdx must"),
        (None, TypeError, "channelIdx must"),
        (6, ValueError, "channelIdx must hold integers from 1 to 5"),
    ],
)
def test_wrong_labels(explain, label, error, says):
    with pytest.raises(error, match=says):
        explain(DAG, label)


# A layer and its channels


@pytest.mark.tier(
    "documented",
    "`occlusionSensitivity(net,X,layer,channel)` is that of the layer as output",
)
@pytest.mark.parametrize("channel", [1, 8, [3, 5, 3]])
def test_a_layer_and_its_channels(channel):
    moved = dlnetwork(tiny.conv_model())
    moved.OutputNames = "relu_1"
    expected = occlude(moved, channel)
    assert np.array_equal(occlusionSensitivity(DAG, X, "relu_1", channel, Stride=8), expected)
    number = [layer.Name for layer in DAG.Layers].index("relu_1") + 1
    assert np.array_equal(occlusionSensitivity(DAG, X, number, channel, "Stride", 8), expected)
    assert DAG.OutputNames == ["ClassificationLayer_prob"]
    assert np.array_equal(occlude(DAG, "dog"), occlude(DL, 3))


@pytest.mark.tier("chosen", "A dlnetwork takes a layer and its channel as well")
def test_a_dlnetwork_takes_a_layer_as_well():
    by_layer = occlusionSensitivity(DL, X, "fc", 2, Stride=8)
    assert np.array_equal(by_layer, occlusionSensitivity(DAG, X, "fc", 2, Stride=8))
    assert DL.OutputNames == ["prob"]


def test_a_layer_of_a_network_with_several_outputs():
    net = dlnetwork(tiny.conv_model())
    net.OutputNames = ["prob", "fc"]
    by_layer = occlusionSensitivity(net, X, "fc", 2, Stride=8)
    assert np.array_equal(by_layer, occlusionSensitivity(DAG, X, "fc", 2, Stride=8))


@pytest.mark.parametrize(
    ("args", "error", "says"),
    [
        (("dog", 1), ValueError, "no layer named 'dog'"),
        (("relu", 1), ValueError, "no layer named 'relu'"),
        ((99, 1), ValueError, "layer must be a layer's name or its index from 1 to"),
        ((None, 1), TypeError, "layer must be"),
        (("relu_1", 9), ValueError, "channel must hold integers from 1 to 8"),
        (("relu_1", "cat"), TypeError, "channel must be channel indices, but is 'cat'"),
        (("relu_1", []), ValueError, "channel must be one index"),
        (("dog", "Strid", 8), TypeError, "'Strid' is not one of its options. Did you mean 'Str"),
        ((3, "Strid", 8), TypeError, "'Strid' is not one of its options. Did you mean 'Stride'"),
        (("relu_1", 3, 8), TypeError, "argument 5 is 8"),
    ],
)
def test_wrong_layers(args, error, says):
    with pytest.raises(error, match=says):
        occlusionSensitivity(DAG, X, *args)
