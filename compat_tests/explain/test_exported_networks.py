"""The explainers on networks that MATLAB exported, grey and colour, of several sizes."""

import numpy as np
import pytest

from matxai import imageLIME, importNetworkFromONNX, imread, imresize, occlusionSensitivity, predict

NETWORKS = {
    "squeezenet_newhacks": (227, 227, 3),
    "ccn_icub_objects": (150, 150, 3),
    "flir_gray": (300, 320, 1),
    "reciclaria": (224, 224, 3),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", NETWORKS)
def test_explanations_of_a_photograph(reference, name):
    net = importNetworkFromONNX(reference("onnx", f"{name}.onnx"))
    size = net.Layers[0].InputSize
    assert tuple(size) == NETWORKS[name]
    X = imresize(imread(reference("matlab", "images", "sherlock.jpg")), size[:2])
    if size[2] == 1:
        X = X[:, :, 1]
    # The class that is least sure of itself: a saturated softmax would show nothing.
    scores = predict(net, X)
    channel = int(np.abs(scores - 0.5).argmin()) + 1

    coarse = occlusionSensitivity(net, X, channel, OutputUpsampling="none")
    covered = X.astype(float)
    rows, cols = (int(0.2 * n + 0.5) for n in size[:2])
    covered[: rows - rows // 2, : cols - cols // 2] = X.mean(axis=(0, 1))
    fall = scores[0, channel - 1] - predict(net, covered)[0, channel - 1]
    assert coarse[0, 0] == pytest.approx(fall, abs=1e-6)

    whole, features, importance = imageLIME(
        net, X, channel, "Segmentation", "grid", NumFeatures=9, NumSamples=64, Rng=0, nargout=3
    )
    assert whole.shape == tuple(size[:2])
    assert np.array_equal(whole, importance[features - 1])
    assert (importance >= 0).all()
    superpixels = imageLIME(net, X, [channel, 1], NumSamples=16, Rng=0)
    assert superpixels.shape == (*size[:2], 2)
