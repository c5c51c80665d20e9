"""The example "Explore Network Predictions", statement by statement, on the demo network.

Each step stands where the example has it, with the calls that it makes; the comments name those.
"""

import numpy as np
import onnx
import pytest
import skimage.data

import matxai
from matxai import (
    activations,
    classify,
    deepDreamImage,
    dlarray,
    dlfeval,
    dlgradient,
    dlnetwork,
    extractdata,
    gradCAM,
    gradientAttribution,
    imageLIME,
    importONNXNetwork,
    imresize,
    imtile,
    isa,
    layerGraph,
    mat2gray,
    max,
    maxk,
    nnet,
    occlusionSensitivity,
    predict,
    removeLayers,
    replaceLayer,
    reshape,
)
from matxai.nets.efficientnet import efficientnet_lite0, load_weights

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def net(tmp_path_factory):
    """Give net = googlenet: a DAGNetwork with classes."""
    file = tmp_path_factory.mktemp("net") / "net.onnx"
    onnx.save(efficientnet_lite0(load_weights()), file)
    _, names = matxai.imagePretrainedNetwork("efficientnet-lite0", nargout=2)
    return importONNXNetwork(file, OutputLayerType="classification", Classes=names)


@pytest.fixture(scope="module")
def img(net):
    return imresize(skimage.data.chelsea(), net.Layers[0].InputSize[:2])


@pytest.fixture(scope="module")
def predicted(net, img):
    YPred, scores = classify(net, img, nargout=2)
    _, topIdx = maxk(scores[0], 3, nargout=2)
    return YPred, scores, topIdx


def test_the_three_highest_scores(net, predicted):
    YPred, scores, topIdx = predicted
    classes = net.Layers[-1].Classes
    assert str(YPred[0]) == "Egyptian cat"
    topScores, topClasses = scores[0, topIdx - 1], classes[topIdx - 1]
    assert topClasses.tolist() == ["Egyptian cat", "tiger cat", "tabby"]
    assert (np.diff(topScores) < 0).all()


def test_activations(net, img):
    act = activations(net, img, "block1_depthwise_relu")
    assert act.shape == (112, 112, 32)
    tiles = imtile(mat2gray(reshape(act, [112, 112, 1, 32])[:, :, :, :12]))
    # Twelve tiles are 3×4, row by row; the display range is that of all channels together.
    assert tiles.shape[:2] == (3 * 112, 4 * 112)
    assert (tiles.min(), tiles.max()) == (0, 1)
    low, high = act[:, :, :12].min(), act[:, :, :12].max()
    fifth = np.squeeze(tiles)[112:224, :112]
    assert np.abs(fifth - (act[:, :, 4] - low) / (high - low)).max() < 1e-6
    deep = activations(net, img, "conv_head_relu")
    assert deep.shape == (7, 7, 1280)  # sz = size(actDeep)
    _, strongest = max(max(max(reshape(deep, [7, 7, 1, 1280]))), nargout=2)
    assert strongest == deep.max(axis=(0, 1)).argmax() + 1
    assert imresize(deep[:, :, strongest - 1], [224, 224]).shape == (224, 224)


def test_grad_cam_of_a_label(net, img, predicted):
    gradcamMap, feature, reduction = gradCAM(net, img, predicted[0], nargout=3)
    assert (feature, reduction) == ("conv_head_relu", "prob")
    shallow = gradCAM(net, img, predicted[0], 'FeatureLayer', "block1_depthwise_relu")  # fmt: skip
    assert gradcamMap.shape == shallow.shape == (224, 224)
    # The deep layer sees the face, which fills the upper two thirds; the shallow one edges.
    assert gradcamMap[:160].mean() > 2 * gradcamMap[160:].mean()


def test_occlusion_and_lime_of_labels(net, img, predicted):
    YPred, _, topIdx = predicted
    detail = occlusionSensitivity(net, img, YPred, 'Stride', 40, 'MaskSize', 40)  # fmt: skip
    assert detail.shape == (224, 224)
    topClasses = net.Layers[-1].Classes[topIdx - 1]
    for label in (topClasses[0], topClasses[1]):
        assert imageLIME(net, img, label, NumSamples=64, Rng=0).shape == (224, 224)


# The supporting functions of the example


class CustomBackpropReluLayer(nnet.layer.Layer):
    """A ReLU whose backward pass can be chosen, as the example's supporting file has it."""

    BackpropMode = "backprop"

    def predict(self, X):
        return np.clip(X, 0, 6)

    def backward(self, X, Z, dLdZ, memory):
        if self.BackpropMode == "guided-backprop":
            return (X > 0) * (X < 6) * (dLdZ > 0) * dLdZ
        return (X > 0) * (X < 6) * dLdZ


def replaceLayersOfType(lgraph, layerType, newLayer):
    for layer in lgraph.Layers:
        if isa(layer, layerType):
            newLayer.Name = layer.Name
            lgraph = replaceLayer(lgraph, layer.Name, newLayer)
    return lgraph


def gradientMap(dlnet, dlImgs, softmaxName, classIdx):
    dydI = dlarray(np.zeros(dlImgs.shape))
    for i in range(1):  # 1:size(dlImgs,4)
        one = dlImgs[:, :, :, i]
        scores = predict(dlnet, one, 'Outputs', [softmaxName])  # fmt: skip
        classScore = scores[classIdx]  # a categorical stands for its place
        dydI[:, :, :, i] = dlgradient(classScore, one)
    return dydI


def attribution(net, img, YPred, softmaxName, method):
    lgraph = layerGraph(net)
    lgraph = removeLayers(lgraph, lgraph.Layers[-1].Name)
    dlnet = dlnetwork(lgraph)
    dlImg = dlarray(np.float32(img), "SSC")
    if method == "guided-backprop":
        customRelu = CustomBackpropReluLayer()
        customRelu.BackpropMode = "guided-backprop"
        lgraph = replaceLayersOfType(lgraph, "nnet.cnn.layer.ClippedReLULayer", customRelu)
        dlnet = dlnetwork(lgraph)
    dydI = dlfeval(gradientMap, dlnet, dlImg, softmaxName, YPred)
    return extractdata(dydI)


@pytest.mark.tier("numeric")
@pytest.mark.parametrize("method", ["autodiff", "guided-backprop"])
def test_the_gradient_written_by_hand_is_that_of_gradient_attribution(net, img, predicted, method):
    before = net._model.SerializeToString()
    gradient = attribution(net, img, predicted[0], "prob", method)
    pixelMap, expected = gradientAttribution(net, img, predicted[0], Method=method, nargout=2)
    assert np.abs(gradient - expected).max() < 1e-4 * np.abs(expected).max()
    total = np.abs(gradient).sum(axis=2)
    rescaled = (total - total.min()) / np.ptp(total)
    assert np.abs(rescaled - pixelMap).max() < 1e-3
    assert net._model.SerializeToString() == before
    assert classify(net, img).tolist() == predicted[0].tolist()


def test_deep_dreams_of_the_three_highest_scores(net, predicted):
    channels = predicted[2]
    learnableLayer = "fc"
    dreamImage = deepDreamImage(
        net, learnableLayer, channels, 'Verbose', False,
        'NumIterations', 2, 'PyramidLevels', 2,
    )  # fmt: skip
    assert dreamImage.shape == (314, 314, 3, 3)
    assert (dreamImage.min(), dreamImage.max()) == (0, 1)
