"""The example "Grad-CAM Reveals the Why": the map by hand and that of gradCAM."""

import numpy as np
import pytest
import skimage.data

from matxai import (
    dlarray,
    dlfeval,
    dlgradient,
    extractdata,
    gradCAM,
    imagePretrainedNetwork,
    imresize,
    predict,
    single,
    sum,
)

pytestmark = pytest.mark.slow


def slopes(net, img, scoreLayer, featureLayer, channel):
    scores, features = predict(net, img, Outputs=[scoreLayer, featureLayer], nargout=2)
    return features, dlgradient(scores[channel - 1], features)


@pytest.fixture(scope="module")
def net():
    return imagePretrainedNetwork("efficientnet-lite0")


@pytest.fixture(scope="module")
def img(net):
    return imresize(skimage.data.chelsea(), net.Layers[0].InputSize[:2])


@pytest.mark.tier(
    "numeric",
    "The map that MATLAB's older example computes by hand, divided by the number of "
    "places, is this one where it is positive",
)
@pytest.mark.parametrize(
    ("scoreLayer", "featureLayer", "channel"),
    [
        ("prob", "conv_head_relu", 286),
        ("prob", "conv_head_relu", 282),
        ("fc", "conv_head_relu", 286),
        ("prob", "block5_depthwise_relu", 286),
    ],
)
def test_gradcam_is_the_map_by_hand_over_the_places_where_positive(
    net, img, scoreLayer, featureLayer, channel
):
    dlImg = dlarray(single(img), "SSC")
    features, gradient = dlfeval(slopes, net, dlImg, scoreLayer, featureLayer, channel)
    byHand = np.squeeze(extractdata(sum(features * sum(gradient, [1, 2]), 3)))
    coarse = gradCAM(
        net, img, channel,
        FeatureLayer=featureLayer, ReductionLayer=scoreLayer, OutputUpsampling="none",
    )  # fmt: skip
    positive = np.maximum(byHand, 0) / byHand.size
    assert coarse.max() > 0
    assert np.abs(coarse - positive).max() < 1e-4 * coarse.max()
