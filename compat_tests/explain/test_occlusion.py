"""occlusionSensitivity."""

import math

import numpy as np
import pytest
import skimage.data
import tiny_networks as tiny
from hypothesis import given
from hypothesis import strategies as st

from matxai import imagePretrainedNetwork, imresize, occlusionSensitivity, predict
from matxai.nets.importing import network_from_model
from matxai.nets.network import Network


def occlude_by_definition(X, weights, mask, stride, value, clipping):
    """Change of Σ weights·X for every place of the mask, straight from the documentation."""
    height, width, _ = X.shape
    if clipping:
        tops = [c - mask[0] // 2 for c in range(0, height, stride[0])]
        lefts = [c - mask[1] // 2 for c in range(0, width, stride[1])]
    else:
        tops = [t for t in range(0, height, stride[0]) if t + mask[0] <= height]
        lefts = [t for t in range(0, width, stride[1]) if t + mask[1] <= width]
    change = np.zeros((len(tops), len(lefts), len(weights)))
    for i, top in enumerate(tops):
        for j, left in enumerate(lefts):
            occluded = X.astype(float)
            rows = slice(max(top, 0), max(top + mask[0], 0))
            cols = slice(max(left, 0), max(left + mask[1], 0))
            occluded[rows, cols] = value
            change[i, j] = np.einsum("khwc,hwc->k", weights, X - occluded)
    return change


sizes = st.integers(1, 64)


@st.composite
def cases(draw):
    height, width = draw(st.tuples(sizes, sizes))
    # Small strides on large images make thousands of masks that show nothing new.
    stride = [draw(st.integers(max(1, n // 8), 70)) for n in (height, width)]
    clipping = draw(st.booleans())
    most = [80, 80] if clipping else [height, width]
    mask = [draw(st.integers(1, m)) for m in most]
    return height, width, draw(st.integers(1, 5)), mask, stride, clipping


@pytest.mark.tier(
    "documented",
    "The map is the total activation before minus after, for every mask, value, stride and"
    " clipping",
)
@given(
    cases(),
    st.sampled_from([np.uint8, np.int8, np.uint16, np.int32, np.int64, np.float32, np.float64]),
    st.sampled_from("CF"),
    st.sampled_from(["auto", "scalar", "channels"]),
    st.integers(1, 3),
)
def test_the_map_is_the_change_of_the_score(case, dtype, order, value, num_channels):
    height, width, channels, mask, stride, clipping = case
    random = np.random.RandomState(0)
    X = np.asarray(random.randint(0, 100, (height, width, channels)), dtype, order=order)
    weights = random.randint(-3, 4, (3, channels, height, width))
    fill = {
        "auto": X.mean(axis=(0, 1), dtype=float),
        "scalar": 11.0,
        "channels": np.arange(channels) * 7.0,
    }[value]
    scores = occlusionSensitivity(
        tiny.weighted_sum(weights),
        X,
        list(range(1, num_channels + 1)),
        MaskSize=mask,
        Stride=stride,
        MaskValue="auto" if value == "auto" else fill,
        MaskClipping="on" if clipping else "off",
        OutputUpsampling="none",
    )
    used = weights.transpose(0, 2, 3, 1)[:num_channels]
    expected = occlude_by_definition(X, used, mask, stride, fill, clipping)
    if clipping:
        assert expected.shape[:2] == (
            math.ceil(height / stride[0]),
            math.ceil(width / stride[1]),
        )
    if num_channels == 1:
        expected = expected[..., 0]
    scale = np.abs(used * 100).sum() + 1
    assert np.abs(scores - expected).max() < 1e-6 * scale


@pytest.mark.tier("numeric", "224×224 gives 11×11 by default, 23×23 with Stride 10 and MaskSize 80")
def test_sizes_that_matlab_gives():
    net = tiny.weighted_sum(np.ones((1, 1, 224, 224)))
    X = np.random.RandomState(0).rand(224, 224)

    def shape(**options):
        return occlusionSensitivity(net, X, 1, OutputUpsampling="none", **options).shape

    assert shape() == (11, 11)
    assert shape(Stride=10, MaskSize=80) == (23, 23)
    assert shape(MaskClipping="off") == (9, 9)
    assert shape(MaskSize=45, Stride=22) == (11, 11)


@pytest.mark.tier("documented", '`"auto"` is 20% and 10% of height and of width, halves rounded up')
def test_auto_sizes_are_fractions_of_each_direction():
    net = tiny.weighted_sum(np.random.RandomState(0).randn(1, 1, 60, 25))
    X = np.random.RandomState(1).rand(60, 25)
    auto = occlusionSensitivity(net, X, 1, OutputUpsampling="none")
    # 10 % of 25 is 2.5, which MATLAB rounds to 3.
    spelled = {"MaskSize": [12, 5], "Stride": [6, 3]}
    assert auto.shape == (10, 9)
    assert np.array_equal(auto, occlusionSensitivity(net, X, 1, OutputUpsampling="none", **spelled))


@pytest.mark.tier(
    "numeric",
    "The upsampled map is `imresize` of the coarse one, with and without clipping",
)
@pytest.mark.parametrize("method", ["bicubic", "nearest"])
@pytest.mark.parametrize("channel", [2, [1, 3]])
def test_the_upsampled_map_is_imresize_of_the_coarse_one(method, channel):
    net = tiny.conv((30, 44, 3))
    X = np.random.RandomState(0).randint(0, 256, (30, 44, 3), np.uint8)
    coarse = occlusionSensitivity(net, X, channel, "OutputUpsampling", "none")
    whole = occlusionSensitivity(net, X, channel, "OutputUpsampling", method)
    assert np.array_equal(whole, imresize(coarse, [30, 44], method))
    if method == "bicubic":
        assert np.array_equal(whole, occlusionSensitivity(net, X, channel))


def test_several_channels_are_explained_as_one_by_one():
    net = tiny.conv()
    X = np.random.RandomState(0).randint(0, 256, (16, 16, 3), np.uint8)
    together = occlusionSensitivity(net, X, [4, 1, 4], Stride=5)
    assert together.shape == (16, 16, 3)
    for k, channel in enumerate([4, 1, 4]):
        alone = occlusionSensitivity(net, X, channel, Stride=5)
        assert np.allclose(together[:, :, k], alone, atol=1e-7)


@pytest.mark.tier("documented", "Outputs with spatial dimensions count by their sum")
def test_outputs_with_spatial_dimensions_count_by_their_sum():
    net = tiny.conv()
    net.OutputNames = "relu_1"
    X = np.random.RandomState(0).randint(0, 256, (16, 16, 3), np.uint8)
    scores = occlusionSensitivity(net, X, 3, MaskSize=5, Stride=4, OutputUpsampling="none")
    occluded = X.astype(float)
    occluded[2:7, 6:11] = X.mean(axis=(0, 1))
    change = predict(net, X)[:, :, 2].sum() - predict(net, occluded)[:, :, 2].sum()
    assert scores[1, 2] == pytest.approx(change, rel=1e-4)


@pytest.mark.tier(
    "chosen",
    "A mask of even size reaches from h/2 pixels before its centre to h/2 − 1 behind",
)
def test_even_masks_reach_further_up_and_left():
    weights = np.zeros((1, 1, 9, 9))
    weights[0, 0, 4, 4] = 1
    scores = occlusionSensitivity(
        tiny.weighted_sum(weights), np.ones((9, 9)), 1,
        MaskSize=4, Stride=1, MaskValue=0, OutputUpsampling="none",
    )  # fmt: skip
    centres = np.argwhere(scores)
    # Rows c−2 … c+1 are covered, so pixel 4 is covered from the centres 3, 4, 5 and 6.
    assert centres.min() == 3
    assert centres.max() == 6


@pytest.mark.tier(
    "chosen",
    '`"auto"` sizes are at least 1; the map is double; the mask\'s value is not rounded to '
    "the class of X",
)
def test_auto_sizes_of_tiny_images_are_one():
    net = tiny.weighted_sum(np.array([[[[1.0, 10.0], [100.0, 1000.0]]]]))
    X = np.array([[1, 2], [3, 5]], np.uint8)
    scores = occlusionSensitivity(net, X, 1, OutputUpsampling="none")
    # The mean, 2.75, is not rounded to uint8.
    assert np.allclose(scores, (X - 2.75) * [[1, 10], [100, 1000]], rtol=1e-5)
    assert scores.dtype == float


def test_a_single_decisive_region_stands_out():
    weights = np.zeros((1, 1, 40, 40))
    weights[0, 0, 12:20, 20:28] = 1
    X = np.zeros((40, 40))
    X[12:20, 20:28] = 200
    scores = occlusionSensitivity(
        tiny.weighted_sum(weights), X, 1, MaskSize=9, Stride=4, MaskValue=0, OutputUpsampling="none"
    )
    assert np.unravel_index(scores.argmax(), scores.shape) == (4, 6)
    assert scores[4, 6] == 64 * 200
    far = np.ones_like(scores, bool)
    far[2:7, 4:9] = False
    assert (scores[far] == 0).all()


@given(st.integers(1, 300))
def test_the_mini_batch_size_changes_nothing_that_shows(size):
    X = np.random.RandomState(0).randint(0, 256, (16, 16, 3), np.uint8)
    net = tiny.conv()
    expected = occlusionSensitivity(net, X, 1, Stride=1, OutputUpsampling="none")
    scores = occlusionSensitivity(net, X, 1, Stride=1, OutputUpsampling="none", MiniBatchSize=size)
    assert np.abs(scores - expected).max() <= 1e-6 * np.ptp(expected)


def test_memory_is_bounded_whatever_the_number_of_masks(monkeypatch):
    net = tiny.conv()
    engine = net.engine("auto")
    sizes_seen = set()

    class Watched:
        batch_size = 10**9

        def __call__(self, batch):
            sizes_seen.add(len(batch))
            return engine(batch)

    monkeypatch.setattr(net, "engine", lambda *args: Watched())
    X = np.zeros((16, 16, 3), np.uint8)
    occlusionSensitivity(net, X, 1, Stride=1, MiniBatchSize=12)
    assert max(sizes_seen) == 12


@pytest.mark.peer
@pytest.mark.tier("numeric", "Captum's `Occlusion` has the same values where masks do not overlap")
def test_captum_computes_the_same_where_masks_do_not_overlap():
    occlusion = pytest.importorskip("captum.attr").Occlusion
    import onnx2torch
    import torch

    made = tiny.conv_model((24, 24, 3))
    X = np.random.RandomState(0).randint(0, 256, (24, 24, 3), np.uint8)
    module = onnx2torch.convert(made).eval()
    batch = torch.from_numpy(X.transpose(2, 0, 1)[None].astype(np.float32))
    theirs = (
        occlusion(module)
        .attribute(batch, (3, 6, 6), strides=(3, 6, 6), baselines=100, target=1)[0, 0]
        .numpy()[::6, ::6]
    )
    ours = occlusionSensitivity(
        network_from_model(made, "test"), X, 2,
        MaskSize=6, Stride=6, MaskValue=100, MaskClipping="off", OutputUpsampling="none",
    )  # fmt: skip
    assert ours.shape == theirs.shape == (4, 4)
    assert np.ptp(ours) > 1e-3
    assert np.abs(ours - theirs).max() < 1e-5


X_GOOD = np.zeros((16, 16, 3), np.uint8)


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"MaskSize": 0}, "MaskSize must be a positive integer, but is 0"),
        ({"MaskSize": -3}, "MaskSize must be a positive integer, but is -3"),
        ({"MaskSize": [5, 0]}, "MaskSize must be a positive integer"),
        ({"MaskSize": 2.5}, "MaskSize must be a positive integer, but is 2.5"),
        ({"MaskSize": [1, 2, 3]}, "MaskSize must have 1 or 2 elements"),
        ({"MaskSize": "big"}, "MaskSize must be \"auto\", but is 'big'"),
        ({"MaskSize": 17, "MaskClipping": "off"}, "no mask of 17 pixels fits into 16"),
        ({"Stride": 0}, "Stride must be a positive integer, but is 0"),
        ({"MaskValue": [1, 2]}, "MaskValue must be a scalar or have 3 elements.*has 2"),
        ({"MaskValue": np.nan}, "MaskValue must hold finite numbers"),
        ({"MaskValue": "grey"}, 'MaskValue must be "auto"'),
        ({"OutputUpsampling": "linear"}, 'OutputUpsampling must be "bicubic"'),
        ({"MaskClipping": "maybe"}, 'MaskClipping must be "on" or "off"'),
        ({"MiniBatchSize": 0}, "MiniBatchSize must be a positive integer"),
    ],
)
def test_bad_options(options, says):
    with pytest.raises(ValueError, match=says):
        occlusionSensitivity(tiny.conv(), X_GOOD, 1, **options)


@pytest.mark.parametrize("channel", [0, 6, -1, 1.5, [1, 6]])
def test_channels_outside_the_output(channel):
    with pytest.raises(ValueError, match="channelIdx must hold integers from 1 to 5"):
        occlusionSensitivity(tiny.conv(), X_GOOD, channel)


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf, 1e300])
def test_values_that_are_not_finite(bad):
    X = X_GOOD.astype(float)
    X[3, 4, 1] = bad
    with pytest.raises(ValueError, match="X must hold finite values"):
        occlusionSensitivity(tiny.conv(), X, 1)


def test_bad_networks_and_images():
    with pytest.raises(ValueError, match="X must be 16×16×3.*imresize"):
        occlusionSensitivity(tiny.conv(), np.zeros((20, 16, 3)), 1)
    with pytest.raises(ValueError, match="X must be one image, but holds 2"):
        occlusionSensitivity(tiny.conv(), np.zeros((16, 16, 3, 2)), 1)
    net = network_from_model(tiny.two_inputs_model(), "test")
    with pytest.raises(ValueError, match="single input layer, but has 2"):
        occlusionSensitivity(net, np.zeros((4, 4, 3)), 1)
    with pytest.raises(TypeError, match="net must be a dlnetwork.*Import it"):
        occlusionSensitivity("net.onnx", X_GOOD, 1)
    net = tiny.conv()
    net.OutputNames = ["prob", "fc"]
    with pytest.raises(ValueError, match="net must have one output.*Choose one"):
        occlusionSensitivity(net, X_GOOD, 1)


@pytest.mark.slow
@pytest.mark.tier(
    "numeric",
    "Where only what a mask reaches is computed again, the map is that of whole passes, "
    "within 1e-6",
)
@pytest.mark.parametrize(
    "options", [{}, {"MaskSize": [9, 30], "Stride": 28, "MaskClipping": "off"}]
)
def test_computing_what_masks_reach_gives_the_numbers_of_whole_passes(monkeypatch, options):
    net = imagePretrainedNetwork("efficientnet-lite0")
    X = imresize(skimage.data.chelsea(), [224, 224])
    given = {"OutputUpsampling": "none", "MiniBatchSize": 5, **options}
    quick = occlusionSensitivity(net, X, [282, 286], **given)
    assert net._cut_parts._sessions
    monkeypatch.setattr(Network, "local_changes", lambda *_: None)
    whole = occlusionSensitivity(net, X, [282, 286], **given)
    np.testing.assert_allclose(quick, whole, rtol=0, atol=1e-6)
