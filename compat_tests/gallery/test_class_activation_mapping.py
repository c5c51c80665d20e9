"""The example "Class Activation Mapping": weights of the last layer before the mean."""

import numpy as np
import pytest
import skimage.data

from matxai import (
    activations,
    addLayers,
    assembleNetwork,
    classificationLayer,
    classify,
    connectLayers,
    exp,
    gradCAM,
    imagePretrainedNetwork,
    imresize,
    layerGraph,
    maxk,
    mean,
    squeeze,
    sum,
)

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def net():
    dlnet, classNames = imagePretrainedNetwork("efficientnet-lite0", nargout=2)
    lgraph = addLayers(layerGraph(dlnet), classificationLayer(Name="output", Classes=classNames))
    return assembleNetwork(connectLayers(lgraph, "prob", "output"))


@pytest.fixture(scope="module")
def img(net):
    return imresize(skimage.data.rocket(), net.Layers[0].InputSize[:2])


@pytest.fixture(scope="module")
def act(net, img):
    return activations(net, img, "conv_head_relu")


@pytest.mark.tier("numeric")
def test_means_and_weights_give_the_scores_that_classify_gives(net, img, act):
    fc = net.Layers[-3]
    assert fc.Name == "fc"
    assert (act.shape, fc.Weights.shape, fc.Bias.shape) == ((7, 7, 1280), (1000, 1280), (1000,))
    scores = fc.Weights @ squeeze(mean(act, [1, 2])).ravel() + fc.Bias
    label, expected = classify(net, img, nargout=2)
    assert np.abs(exp(scores) / sum(exp(scores)) - expected[0]).max() < 1e-5
    assert net.Layers[-1].Classes[maxk(scores, 1, nargout=2)[1] - 1] == label


@pytest.mark.tier(
    "numeric",
    "Before the softmax it is the map of class activation mapping, divided likewise, where"
    " that is positive",
)
@pytest.mark.parametrize("classId", [541, 658])
def test_the_map_divides_up_the_score_and_is_that_of_gradcam(net, img, act, classId):
    fc = net.Layers[-3]
    CAM = sum(act * fc.Weights[classId - 1], 3)
    score = activations(net, img, "fc").ravel()[classId - 1]
    assert mean(CAM, "all") + fc.Bias[classId - 1] == pytest.approx(score, abs=1e-3)
    label = net.Layers[-1].Classes[classId - 1]
    coarse = gradCAM(net, img, label, ReductionLayer="fc", OutputUpsampling="none")
    assert coarse.max() > 0
    assert np.abs(coarse - np.maximum(CAM, 0) / 49).max() < 1e-5 * coarse.max()
