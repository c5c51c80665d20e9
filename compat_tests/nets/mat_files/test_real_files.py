"""Networks that MATLAB saved, R2019a to R2024b, against what MATLAB exported of the same."""

import numpy as np
import pytest
import skimage.data
from hypothesis import given
from hypothesis import strategies as st

import matxai
from matxai import (
    SeriesNetwork,
    dlnetwork,
    functionLayer,
    gradCAM,
    imageInputLayer,
    imageLIME,
    importLayersFromMAT,
    importNetworkFromMAT,
    importNetworkFromONNX,
    imresize,
    layerGraph,
    load,
    minibatchpredict,
    occlusionSensitivity,
    predict,
    removeLayers,
    replaceLayer,
)
from matxai.nets.layer_graph import LayerGraph

PAIRS = ("ccn_icub_objects", "reciclaria")


def photographs(size, count):
    """Cut photographs out of scikit-image's own, in other places each."""
    rng = np.random.default_rng(1)
    sources = [skimage.data.astronaut(), skimage.data.coffee(), skimage.data.chelsea()]
    cut = []
    for i in range(count):
        whole = sources[i % len(sources)]
        top, left = (rng.integers(n // 2) for n in whole.shape[:2])
        cut.append(imresize(whole[top:, left:], size))
    return np.stack(cut, axis=3)


def by_image(scores):
    """Order scores N×K; MATLAB's export has fully connected layers as convolutions, 1×1×K×N."""
    return scores if scores.ndim == 2 else np.moveaxis(scores, 3, 0).reshape(scores.shape[3], -1)


@pytest.mark.slow
@pytest.mark.tier(
    "numeric",
    "Scores and logits of these two are those of MATLAB's exports on 32 images, 16 of them"
    " photographs, raw and scaled to 0…1: within 1e-5 of the range",
)
@pytest.mark.parametrize("name", PAIRS)
def test_scores_and_logits_are_those_of_matlabs_export(reference, name):
    net = importNetworkFromMAT(reference("mat", f"{name}.mat"))
    exported = importNetworkFromONNX(reference("onnx", f"{name}.onnx"))
    height, width, channels = map(int, net.Layers[0].InputSize)
    noise = np.random.default_rng(0).integers(0, 256, (height, width, channels, 16), np.uint8)
    X = np.concatenate([noise, photographs((height, width), 16)], axis=3)
    # One of them was trained on images of 0 to 1, where its softmax is not saturated.
    for images in (X, X.astype(np.float32) / 255):
        for layer in ("softmax", net.Layers[-3].Name):
            ours = by_image(minibatchpredict(net, images, Outputs=layer))
            theirs = by_image(minibatchpredict(exported, images, Outputs=layer))
            assert np.abs(ours - theirs).max() <= 1e-5 * np.ptp(theirs)


@pytest.mark.tier(
    "exact",
    "Names, classes and order of the layers of two `.mat` files are those of MATLAB's own "
    "exports of the same networks",
)
@pytest.mark.parametrize("name", PAIRS)
def test_names_of_layers_are_those_of_matlabs_export(reference, name):
    net = importNetworkFromMAT(reference("mat", f"{name}.mat"))
    exported = importNetworkFromONNX(reference("onnx", f"{name}.onnx"))
    assert [n.Name for n in net.Layers][:-1] == [n.Name for n in exported.Layers]
    assert [n.Class for n in net.Layers][:-1] == [n.Class for n in exported.Layers]
    assert net.Layers[-1].Class == "nnet.cnn.layer.ClassificationOutputLayer"


@pytest.mark.tier("exact", "The classes of an output layer come in the order of the channels")
def test_classes_come_in_the_order_of_the_channels(reference):
    net = importNetworkFromMAT(reference("mat", "reciclaria.mat"))
    assert isinstance(net, SeriesNetwork)
    assert net.Layers[-1].Classes.tolist() == [
        "Cardboard", "Food Organics", "Glass", "Metal", "Miscellaneous Trash", "Paper", "Plastic",
        "Textile Trash", "Vegetation",
    ]  # fmt: skip
    assert net.Layers[0].Normalization == "zerocenter"
    np.testing.assert_allclose(net.Layers[0].Mean.ravel(), [152.186, 157.777, 161.236], atol=1e-3)


@pytest.mark.tier("exact", "`load` gives a network as such, of its class in MATLAB")
def test_load_gives_the_network(reference):
    S = load(str(reference("mat", "reciclaria.mat")))
    assert isinstance(S.net, SeriesNetwork)
    X = skimage.data.chelsea()[:224, :224]
    label = matxai.classify(S.net, X)
    assert str(label[0]) in S.net.Layers[-1].Classes.tolist()


@pytest.mark.slow
def test_explainers_run_from_the_file_alone(reference):
    net = importNetworkFromMAT(reference("mat", "reciclaria.mat"))
    X = photographs((224, 224), 1)[..., 0]
    label = matxai.classify(net, X)
    for explain in (imageLIME, occlusionSensitivity, gradCAM):
        scores = explain(net, X, label)
        assert scores.shape == (224, 224)
        assert np.isfinite(scores).all()
        assert np.ptp(scores) > 0
    _, feature, reduction = gradCAM(net, X, label, nargout=3)
    assert (feature, reduction) == ("relu_3", "softmax")


def test_a_custom_layer_is_named_with_its_class_and_what_to_do(reference):
    file = reference("mat", "eegNet.mat")
    with pytest.raises(matxai.UnsupportedLayersError, match=r"(?s)identityLayer.*CustomLayers"):
        importNetworkFromMAT(file)
    graph = importLayersFromMAT(file)
    standing_in = matxai.findPlaceholderLayers(graph)
    assert [n.Class for n in standing_in] == ["identityLayer"] * 4
    with pytest.warns(UserWarning, match="identityLayer"):
        S = load(str(file))
    assert isinstance(S.net, LayerGraph)


def test_a_custom_layer_can_be_mapped_or_replaced(reference):
    file = reference("mat", "eegNet.mat")
    net = importNetworkFromMAT(file, CustomLayers={"identityLayer": functionLayer(lambda X: X)})
    graph = importLayersFromMAT(file)
    for layer in matxai.findPlaceholderLayers(graph):
        graph = replaceLayer(graph, layer.Name, functionLayer(lambda X: X, Name=layer.Name))
    replaced = matxai.assembleNetwork(graph)
    X = np.random.default_rng(0).normal(size=(21, 6000)) * 20
    np.testing.assert_array_equal(predict(net, X), predict(replaced, X))
    assert predict(net, X).shape == (1, 2)
    assert net.Layers[-1].Classes.tolist() == ["normal", "abnormal"]


@pytest.mark.slow
@pytest.mark.tier(
    "exact",
    "The segmentation network's layers, weights, biases and statistics are those of "
    "MATLAB's export, to the last bit: it is the very network",
)
def test_the_segmentation_network_is_the_one_that_was_exported(reference):
    """The ONNX file is of the same author and architecture, and of this very network."""
    net = importNetworkFromMAT(reference("mat", "nisitka_segnet.mat"))
    exported = importNetworkFromONNX(reference("onnx", "nisitka_segnet.onnx"))
    assert net.Layers[-1].Classes.tolist() == ["road", "sky", "vehicle", "pedestrian", "background"]
    assert [n.Class for n in net.Layers][:-1] == [n.Class for n in exported.Layers]
    assert [n.Name for n in net.Layers][:-1] == [n.Name for n in exported.Layers]
    for ours, theirs in zip(net.Layers, exported.Layers, strict=False):
        for name in ("Weights", "Bias", "TrainedMean", "TrainedVariance", "Scale", "Offset"):
            if name in dir(theirs):
                np.testing.assert_array_equal(getattr(ours, name), getattr(theirs, name))


@pytest.mark.slow
@pytest.mark.tier("numeric", "It scores as its export, at 96×120")
def test_the_segmentation_network_scores_as_its_export(reference):
    """At 96×120 of its 720×960, as the engines are compared there, and on both ways in."""
    small = smaller(importLayersFromMAT(reference("mat", "nisitka_segnet.mat")))
    exported = smaller(layerGraph(importNetworkFromONNX(reference("onnx", "nisitka_segnet.onnx"))))
    for X in (photographs((96, 120), 2), photographs((96, 120), 4)[..., 2:]):
        ours, theirs = predict(small, X), predict(exported, X)
        assert ours.shape == (96, 120, 5, 2)
        assert np.abs(ours - theirs).max() <= 1e-5 * np.ptp(theirs)


def smaller(graph):
    """Make a network of smaller images of a layer graph."""
    first = graph.Layers[0]
    mean = np.asarray(first.Mean)
    new = imageInputLayer([96, 120, 3], Normalization="zerocenter", Mean=mean, Name=first.Name)
    ends = [n.Name for n in graph.Layers if n.Class.endswith("PixelClassificationLayer")]
    return dlnetwork(replaceLayer(removeLayers(graph, ends), first.Name, new))


@pytest.mark.parametrize("at", [0.1, 0.5, 0.9])
def test_a_truncated_file_is_refused(reference, tmp_path, at):
    whole = reference("mat", "reciclaria.mat").read_bytes()
    cut = tmp_path / "cut.mat"
    cut.write_bytes(whole[: int(at * len(whole))])
    with pytest.raises(ValueError, match=r"cut\.mat"):
        importNetworkFromMAT(cut)


@given(st.sampled_from([b"", b"v01.00v00.00\0 p-code", b"function y = f(x)\ny = x;\n"]))
def test_what_is_no_mat_file_is_refused(tmp_path_factory, content):
    file = tmp_path_factory.mktemp("mat") / "net.mat"
    file.write_bytes(content)
    with pytest.raises(matxai.MatFileError, match=r"net\.mat"):
        importNetworkFromMAT(file)
