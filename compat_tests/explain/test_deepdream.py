"""deepDreamImage."""

import re

import numpy as np
import pytest
import tiny_networks as tiny
from hypothesis import given
from hypothesis import strategies as st

from matxai import deepDreamImage, imagePretrainedNetwork, imresize, predict, rng
from matxai.explain import deepdream
from matxai.explain.deepdream_pyramid import laplacian_merge, laplacian_normalized, laplacian_split
from matxai.explain.deepdream_tiles import ChannelGradients, tile_starts
from matxai.nets.differentiating import NotDifferentiableError
from matxai.nets.importing import network_from_model
from matxai.nets.preprocessing import with_normalization


def dream(net, layer="conv_1", channel=1, **options):
    options = {"Verbose": False, "Rng": 0, "PyramidLevels": 1, "NumIterations": 3} | options
    return deepDreamImage(net, layer, channel, **options)


def filtered_model(size=(24, 20), depth=1, activation=None):
    """Make a convolution of any input size behind no normalization, and maybe one more node."""
    weights = {"W": np.random.RandomState(0).randn(4, depth, 3, 3)}
    nodes = [tiny.node("Conv", ["data", "W"], "conv", pads=[1, 1, 1, 1])]
    if activation:
        nodes.append(tiny.node(activation, ["conv"], "last"))
    inputs = {"data": ["BatchSize", depth, *size]}
    return tiny.model(nodes, weights, inputs, {nodes[-1].output[0]: ["BatchSize", 4, *size]})


# What it is for


def channel_activation(net, X, channel):
    """Score an image of any size: the mean over tiles of the network's size that cover it."""
    height, width = net.Layers[0].InputSize[:2]
    tops, lefts = (
        [*range(0, n - t, t), n - t] for n, t in ((X.shape[0], height), (X.shape[1], width))
    )
    tiles = [X[i : i + height, j : j + width] for i in tops for j in lefts]
    return predict(net, np.stack(tiles, axis=-1), Outputs="fc")[:, channel - 1].mean()


def lift(net, channel, **options):
    """Say how many standard deviations the activation lies above its mean over random images."""
    random = np.random.RandomState(1).randint(0, 256, (224, 224, 3, 12), np.uint8)
    scores = predict(net, random, Outputs="fc")[:, channel - 1]
    image = deepDreamImage(
        net, "fc", channel, OutputScaling="none", Verbose=False, Rng=0, **options
    )
    return (channel_activation(net, image, channel) - scores.mean()) / scores.std()


@pytest.mark.tier(
    "documented",
    "A channel's activation rises more than ten standard deviations above its mean over "
    "random images (demo network)",
)
def test_the_image_strongly_activates_its_class():
    net = imagePretrainedNetwork("efficientnet-lite0")
    assert lift(net, 208, PyramidLevels=1, NumIterations=5) > 10


@pytest.mark.slow
@pytest.mark.tier(
    "documented",
    "It does so for three classes with one and three pyramid levels, and for one class "
    "with four levels of 100 steps",
)
@pytest.mark.parametrize(
    ("channel", "options"),
    [
        *[
            (channel, options)
            for channel in (131, 208, 964)
            for options in ({"PyramidLevels": 1}, {})
        ],
        # Minutes long, so for one channel only.
        (208, {"PyramidLevels": 4, "NumIterations": 100}),
    ],
)
def test_every_pyramid_strongly_activates_classes(channel, options):
    assert lift(imagePretrainedNetwork("efficientnet-lite0"), channel, **options) > 10


@pytest.mark.slow
def test_several_channels_of_the_demo_network_are_what_they_are_one_by_one():
    net = imagePretrainedNetwork("efficientnet-lite0")
    options = {"PyramidLevels": 2, "NumIterations": 5, "Verbose": False, "Rng": 0}
    together = deepDreamImage(net, "fc", [208, 131], **options)
    for k, channel in enumerate([208, 131]):
        alone = deepDreamImage(net, "fc", channel, **options)
        assert np.abs(together[..., k] - alone).max() < 1e-4


@pytest.mark.parametrize("layer", ["conv_1", "fc"])
def test_several_channels_are_what_they_are_one_by_one(layer):
    net = tiny.conv()
    together = dream(net, layer, [4, 1, 4], PyramidLevels=2, NumIterations=4)
    for k, channel in enumerate([4, 1, 4]):
        alone = dream(net, layer, channel, PyramidLevels=2, NumIterations=4)
        assert np.abs(together[..., k] - alone).max() < 1e-4


# Known answers


def test_the_image_of_a_weighted_sum_is_its_weights_level_by_level():
    """The gradient is that of the weights, laid where the tile lies at each step."""
    import torch

    weights = np.random.RandomState(1).randn(2, 3, 16, 16).astype(np.float32)
    start = np.full((16, 16, 3), 7.0)
    image = dream(
        tiny.weighted_sum(weights), "fc", 2, InitialImage=start, NumIterations=5,
        OutputScaling="none",
    )  # fmt: skip
    expected, draws = start, np.random.RandomState(5489)
    for _ in range(5):
        shift = (draws.random_sample(2) * 16).astype(int)
        gradient = torch.from_numpy(np.roll(weights[1:], shift, (2, 3)))
        way = laplacian_normalized(gradient, deepdream.LAPLACIAN_LEVELS)
        expected = expected + way[0].permute(1, 2, 0).numpy()
    assert np.abs(image - expected).max() < 1e-4


@pytest.mark.tier(
    "chosen",
    "Steps and noise are measured in grey levels, or in 1/64 of the standard deviation or "
    "half range that the network divides by",
)
def test_steps_and_noise_are_measured_by_the_scale_of_the_normalization():
    weights = np.random.RandomState(1).randn(1, 1, 32, 32)

    def image(scale, mean, iterations):
        model = with_normalization(
            tiny.weighted_sum_model(weights), "zscore", np.array([mean]), np.array([scale])
        )
        net = network_from_model(model, "test")
        return dream(net, "fc", NumIterations=iterations, OutputScaling="none")

    plain = dream(tiny.weighted_sum(weights), "fc", NumIterations=4, OutputScaling="none")
    assert np.abs(image(64.0, 0.0, 4) - plain).max() < 1e-3
    assert np.abs(image(32.0, 100.0, 4) - (100 + plain / 2)).max() < 1e-3


@pytest.mark.tier(
    "chosen",
    "The first image is noise around the mean that the network subtracts, where raw noise "
    "around 0 gave weaker and less class-like images",
)
def test_the_first_image_is_standard_normal_around_the_mean():
    net = tiny.conv((40, 40, 3))
    with pytest.warns(RuntimeWarning, match="zero throughout"):
        image = dream(dead(net.Layers[0].InputSize), "relu", OutputScaling="none")
    assert abs(image.mean()) < 0.1
    assert abs(image.std() - 1) < 0.1
    mean = dream(net, OutputScaling="none", NumIterations=1).mean()
    assert abs(mean - 127) < 1


def dead(size):
    """Make a ReLU that no image of usual values awakes."""
    height, width, depth = (int(n) for n in size)
    weights = {"W": np.ones((1, depth, 1, 1)), "B": [-1e6]}
    nodes = [tiny.node("Conv", ["data", "W", "B"], "conv"), tiny.node("Relu", ["conv"], "relu")]
    shapes = {"data": ["N", depth, height, width]}, {"relu": ["N", 1, height, width]}
    return network_from_model(tiny.model(nodes, weights, *shapes), "test")


@pytest.mark.tier(
    "chosen",
    'An image that has no gradient stays, with a warning; a constant one becomes 0 by `"linear"`',
)
def test_an_image_without_gradient_stays_and_the_channel_is_named():
    start = np.full((8, 8, 3), 5.0)
    net = dead(start.shape)
    with pytest.warns(RuntimeWarning, match=r"'relu' was zero throughout for the channels \[1\]"):
        image = dream(net, "relu", InitialImage=start, OutputScaling="none")
    assert (image == 5).all()
    with pytest.warns(RuntimeWarning):
        assert (dream(net, "relu", InitialImage=start) == 0).all()


# Pyramids and tiles


@pytest.mark.tier(
    "chosen",
    "Four levels of detail, split by the binomial filter of five taps with repeated edges,"
    " are made equally strong",
)
@given(st.integers(1, 50), st.integers(1, 50), st.integers(0, 5), st.floats(-1e3, 1e3))
def test_what_was_split_is_merged_again(height, width, levels, offset):
    import torch

    x = torch.from_numpy(np.random.RandomState(0).randn(2, 3, height, width) * 10 + offset)
    parts = laplacian_split(x, levels)
    assert len(parts) <= levels + 1
    sizes = [tuple(p.shape[2:]) for p in parts]
    assert sizes == [(-(-height // 2**i), -(-width // 2**i)) for i in range(len(parts))]
    assert (laplacian_merge(parts) - x).abs().max() < 1e-10


def test_a_constant_has_no_details():
    import torch

    *details, rest = laplacian_split(torch.full((1, 1, 21, 34), 3.0).double(), 3)
    assert max(d.abs().max() for d in details) < 1e-12
    assert (rest - 3).abs().max() < 1e-12


@given(st.floats(1e-30, 1e20), st.integers(0, 4))
def test_the_strength_of_a_gradient_does_not_matter(strength, levels):
    import torch

    x = torch.from_numpy(np.random.RandomState(0).randn(2, 3, 24, 17).astype(np.float32))
    expected = laplacian_normalized(x, levels)
    found = laplacian_normalized(x * strength, levels)
    assert (found - expected).abs().max() < 1e-3
    assert (laplacian_normalized(x * 0, levels) == 0).all()


def test_all_levels_of_detail_are_merged_equally_strong():
    import torch

    x = torch.from_numpy(np.random.RandomState(0).randn(2, 1, 64, 50) * [[[[1.0]]], [[[1e3]]]])
    parts = [p / p.square().mean((1, 2, 3), keepdim=True).sqrt() for p in laplacian_split(x, 4)]
    assert (laplacian_normalized(x, 4) - laplacian_merge(parts)).abs().max() < 1e-9


@given(st.integers(1, 300), st.integers(1, 100))
def test_tiles_cover_everything_evenly(length, tile):
    tile = min(tile, length)
    starts = tile_starts(length, tile)
    covered = np.zeros(length, int)
    for start in starts:
        covered[np.arange(start, start + tile) % length] += 1
    assert covered.min() >= 1
    assert covered.max() <= 2
    assert len(starts) == -(-length // tile)


@pytest.mark.tier(
    "chosen",
    "Behind a fully connected layer, larger images are cut into tiles of InputSize that "
    "wrap around and average where they overlap",
)
@given(st.integers(0, 28), st.integers(0, 19))
def test_tiles_are_averaged_where_they_overlap(down, right):
    """Weights that are all one have the gradient one everywhere, however the tiles lie."""
    import torch

    slopes = ChannelGradients(tiny.weighted_sum(np.ones((1, 1, 12, 10))), "fc", "cpu")
    image = torch.from_numpy(np.random.RandomState(0).rand(1, 1, 29, 20).astype(np.float32))
    tile = slopes.tile(image)
    assert tile == (12, 10)
    (strength,), gradient = slopes(image, [0], tile, (down, right))
    assert torch.equal(gradient, torch.ones_like(image))
    pixels = np.roll(image[0, 0].numpy(), (-down, -right), (0, 1))
    wrapped = np.pad(pixels, 12, mode="wrap")[12:, 12:]
    sums = [wrapped[i : i + 12, j : j + 10].sum() for i in (0, 9, 19) for j in (0, 10)]
    assert strength == pytest.approx(float(np.mean(sums)), rel=1e-5)


def test_a_convolution_takes_the_whole_image(monkeypatch):
    import torch

    net = network_from_model(filtered_model(), "test")
    image = torch.zeros(1, 1, 60, 48)
    slopes = ChannelGradients(net, "conv", "cpu")
    assert slopes.tile(image) == (60, 48)
    monkeypatch.setattr("matxai.explain.deepdream_tiles.LARGEST_TILE", 50)
    assert slopes.tile(image) == (50, 48)


def test_batches_are_bounded(monkeypatch):
    monkeypatch.setattr("matxai.explain.deepdream_tiles.BATCH_PIXELS", {"cpu": 3 * 16 * 16})
    sizes = []
    of_batch = ChannelGradients._of_batch

    def watched(self, batch, channels):
        sizes.append(len(batch))
        return of_batch(self, batch, channels)

    monkeypatch.setattr(ChannelGradients, "_of_batch", watched)
    dream(tiny.conv(), "fc", InitialImage=np.ones((40, 40, 3)), NumIterations=1)
    assert sizes == [3, 3, 3]
    sizes.clear()
    dream(tiny.conv(), "fc", [1, 2, 3, 4, 5], NumIterations=1)
    assert sizes == [3, 2]
    sizes.clear()
    dream(tiny.conv(), "fc", [1, 2], InitialImage=np.ones((17, 17, 3)), NumIterations=1)
    assert sizes == [3, 3, 2]


@pytest.mark.tier(
    "numeric",
    "Channels that are computed at once are what they are one by one, to 1e-4 of the range",
)
def test_channels_that_are_computed_at_once_are_what_they_are_one_by_one(monkeypatch):
    """Of more than one tile each, in batches that end within an image."""
    options = {"InitialImage": image_of(24, 40), "PyramidLevels": 2, "NumIterations": 3}
    together = dream(tiny.conv(), "fc", [4, 1, 3, 2], OutputScaling="none", **options)
    monkeypatch.setattr("matxai.explain.deepdream_tiles.BATCH_PIXELS", {"cpu": 5 * 24 * 40})
    in_chunks = dream(tiny.conv(), "fc", [4, 1, 3, 2], OutputScaling="none", **options)
    assert together.shape == in_chunks.shape == (34, 56, 3, 4)
    assert np.ptp(together) > 1
    assert np.abs(in_chunks - together).max() < 1e-4 * np.ptp(together)
    for k, channel in enumerate([4, 1, 3, 2]):
        alone = dream(tiny.conv(), "fc", channel, OutputScaling="none", **options)
        assert np.abs(together[..., k] - alone).max() < 1e-4 * np.ptp(alone)


def test_the_strengths_of_channels_are_theirs(capsys):
    net = tiny.conv()

    def strengths(channels):
        dream(net, "fc", channels, NumIterations=2, Verbose=True)
        return np.array([r.split("|")[1] for r in capsys.readouterr().out.splitlines()[2:]], float)

    alone = [strengths(channel) for channel in (1, 2, 3)]
    assert np.ptp(alone, axis=0).min() > 0.01
    assert np.abs(strengths([1, 2, 3]) - np.mean(alone, axis=0)).max() < 1e-3


def image_of(height, width):
    return np.random.RandomState(3).randint(0, 256, (height, width, 3)).astype(np.uint8)


# Sizes and scaling


@pytest.mark.tier(
    "chosen",
    "A level is `imresize(I, PyramidScale)` of the one before: sizes are rounded up, the "
    "method is bicubic",
)
@pytest.mark.parametrize(("levels", "scale"), [(1, 1.4), (2, 1.4), (3, 1.4), (2, 2), (3, 1.01)])
def test_each_level_is_imresize_of_the_one_before(levels, scale):
    image = dream(tiny.conv(), PyramidLevels=levels, PyramidScale=scale)
    expected = np.zeros((16, 16))
    for _ in range(levels - 1):
        expected = imresize(expected, scale)
    assert image.shape == (*expected.shape, 3)
    assert image.dtype == np.float32


@pytest.mark.tier(
    "documented",
    "One pyramid level keeps the size of the initial image; before the first fully "
    "connected layer that can be smaller than InputSize",
)
def test_sizes():
    colour, grey = tiny.conv(), network_from_model(filtered_model(), "test")
    assert dream(colour).shape == (16, 16, 3)
    assert dream(colour, channel=[1, 2]).shape == (16, 16, 3, 2)
    assert dream(grey, "conv").shape == (24, 20)
    assert dream(grey, "conv", [1, 2]).shape == (24, 20, 1, 2)
    for size in [(9, 11), (40, 17)]:
        assert dream(grey, "conv", InitialImage=np.ones(size)).shape == size
    assert dream(colour, "fc", InitialImage=np.ones((17, 30, 3))).shape == (17, 30, 3)


@pytest.mark.tier("documented", '`"linear"` stretches each channel\'s image to 0…1')
def test_linear_scaling_is_from_zero_to_one_for_each_channel():
    net = tiny.conv()
    raw = dream(net, channel=[1, 2], OutputScaling="none")
    scaled = dream(net, channel=[1, 2])
    for k in (0, 1):
        one = raw[..., k]
        expected = (one - one.min()) / (one.max() - one.min())
        assert np.abs(scaled[..., k] - expected).max() < 1e-6
    assert (scaled.min(axis=(0, 1, 2)) == 0).all()
    assert (scaled.max(axis=(0, 1, 2)) == 1).all()


@pytest.mark.parametrize("dtype", [np.uint8, np.int16, np.float32, np.float64, bool])
def test_the_initial_image_can_be_of_any_class(dtype):
    start = np.random.RandomState(0).randint(0, 2, (16, 16, 3)).astype(dtype)
    found = dream(tiny.conv(), InitialImage=start)
    assert np.array_equal(found, dream(tiny.conv(), InitialImage=start.astype(float)))


def test_layers_by_name_and_number():
    net = tiny.conv()
    number = [layer.Name for layer in net.Layers].index("conv_1") + 1
    assert np.array_equal(dream(net, number), dream(net, "conv_1"))


def test_random_numbers():
    net = tiny.conv()
    assert not np.array_equal(dream(net, Rng=1), dream(net, Rng=2))
    settings = rng(7)
    first = dream(net, Rng=None)
    rng(7)
    assert np.array_equal(first, dream(net, Rng=None))
    rng(settings)
    assert np.array_equal(first, dream(net, Rng=7))


@pytest.mark.tier("chosen", "The table shows the mean over the channels")
def test_the_table(capsys):
    net = tiny.conv()
    dream(net, channel=[1, 2], PyramidLevels=2, NumIterations=3, Verbose=True)
    head, rule, *rows = capsys.readouterr().out.splitlines()
    assert re.split(r" *\| *", head) == ["Iteration", "Activation Strength", "Pyramid Level"]
    assert set(rule) == {"-", "+"}
    cells = [[float(c) for c in row.split("|")] for row in rows]
    assert [(c[0], c[2]) for c in cells] == [(i, k) for k in (1, 2) for i in (1, 2, 3)]
    assert cells[2][1] > cells[0][1]
    dream(net, Verbose=0)
    assert capsys.readouterr().out == ""


# What it leaves alone, and what it refuses


def test_an_interrupted_run_leaves_the_network_as_it_was(monkeypatch):
    net = tiny.conv()
    X = np.random.RandomState(0).randint(0, 256, (16, 16, 3), np.uint8)
    before, model = predict(net, X), net._model.SerializeToString()
    expected = dream(net)
    calls = []

    def interrupt(*args):
        calls.append(args)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(deepdream, "laplacian_normalized", interrupt)
        with pytest.raises(KeyboardInterrupt):
            dream(net)
    assert calls
    assert net.OutputNames == ["prob"]
    assert net._model.SerializeToString() == model
    for module in net._modules.values():
        assert not module.module.training
        assert not any(p.requires_grad or p.grad is not None for p in module.module.parameters())
        assert not any(m._forward_hooks or m._backward_hooks for m in module.module.modules())
    assert np.array_equal(predict(net, X), before)
    assert np.array_equal(dream(net), expected)


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"PyramidLevels": 0}, "PyramidLevels must be a positive integer, but is 0"),
        ({"PyramidLevels": 1.5}, "PyramidLevels must be a positive integer, but is 1.5"),
        ({"NumIterations": 0}, "NumIterations must be a positive integer, but is 0"),
        ({"PyramidScale": 1}, "PyramidScale must be greater than 1, but is 1"),
        ({"PyramidScale": np.inf}, "PyramidScale must be finite"),
        ({"OutputScaling": "log"}, 'OutputScaling must be "linear" or "none", but is \'log\''),
        ({"ExecutionEnvironment": "tpu"}, 'ExecutionEnvironment must be "auto"'),
        ({"Rng": -1}, "Rng must be a seed"),
        ({"InitialImage": np.zeros((16, 16))}, "InitialImage must have 3 channels.*has 1"),
        ({"InitialImage": np.zeros((16, 16, 3, 2))}, "InitialImage must be an image"),
        ({"InitialImage": np.zeros((0, 16, 3))}, "InitialImage must be an image"),
        ({"InitialImage": np.full((16, 16, 3), np.nan)}, "InitialImage must hold finite values"),
        ({"InitialImage": np.full((16, 16, 3), 1e300)}, "InitialImage must hold finite values"),
        ({"channel": 9}, "channelIdx must hold integers from 1 to 8"),
        ({"channel": 0}, "channelIdx must hold integers from 1 to 8"),
        ({"layer": "conv_2"}, "no layer named 'conv_2'"),
        ({"layer": 99}, "layer must be a layer's name or its index"),
        (
            {"layer": "fc", "InitialImage": np.zeros((15, 30, 3))},
            "InitialImage must be larger than 15×30 for layer 'fc': at least 16×16",
        ),
    ],
)
def test_bad_values(options, says):
    with pytest.raises(ValueError, match=says):
        dream(tiny.conv(), **options)


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"InitialImage": "noise"}, "InitialImage must be a numeric array"),
        ({"PyramidScale": "big"}, "PyramidScale must be a number"),
        ({"Verbose": 2}, "Verbose must be true or false, but is 2"),
        ({"channel": "dog"}, "channelIdx must be channel indices"),
        ({"PyramidLevel": 2}, "Did you mean 'PyramidLevels'"),
        ({"layer": None}, "layer must be a"),
    ],
)
def test_arguments_of_a_wrong_kind(options, says):
    with pytest.raises(TypeError, match=says):
        dream(tiny.conv(), **options)
    with pytest.raises(TypeError, match="net must be a dlnetwork"):
        deepDreamImage("net.onnx", "fc", 1)


def test_an_image_too_small_for_a_convolution():
    weights = {"W": np.ones((1, 1, 5, 5))}
    nodes = [tiny.node("Conv", ["data", "W"], "conv")]
    shapes = {"data": ["N", 1, 12, 12]}, {"conv": ["N", 1, 8, 8]}
    net = network_from_model(tiny.model(nodes, weights, *shapes), "test")
    assert dream(net, "conv", InitialImage=np.ones((5, 7))).shape == (5, 7)
    with pytest.raises(ValueError, match="InitialImage must be larger than 4×7 for layer 'conv'"):
        dream(net, "conv", InitialImage=np.ones((4, 7)))


def test_networks_that_leave_the_size_open():
    net = network_from_model(filtered_model(["H", "W"]), "test")
    with pytest.raises(ValueError, match="InitialImage is needed"):
        dream(net, "conv")
    assert dream(net, "conv", InitialImage=np.ones((6, 9))).shape == (6, 9)
    net = network_from_model(tiny.two_inputs_model(), "test")
    with pytest.raises(ValueError, match="single input layer, but has 2"):
        dream(net, "flatten")


def test_a_layer_without_gradient_is_named():
    nodes = [tiny.node("Relu", ["data"], "relu"), tiny.node("ArgMax", ["relu"], "winner", axis=1)]
    made = tiny.model(nodes, {}, {"data": ["N", 3, 6, 6]}, {"relu": ["N", 3, 6, 6]})
    made.graph.output.extend([tiny.helper.make_empty_tensor_value_info("winner")])
    net = network_from_model(made, "test")
    with pytest.raises(NotDifferentiableError, match=r"layer 'winner' cannot.*ArgMax"):
        dream(net, "winner")


def test_activations_that_are_no_numbers():
    weights = np.ones((1, 1, 4, 4))
    weights[0, 0, 1, 1] = np.nan
    with pytest.raises(ValueError, match="activations of layer 'fc' must be finite"):
        dream(tiny.weighted_sum(weights), "fc")
