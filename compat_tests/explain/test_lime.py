"""imageLIME."""

import itertools

import numpy as np
import pytest
import tiny_networks as tiny
from hypothesis import given
from hypothesis import strategies as st

from matxai import imageLIME, imresize, predict, rng
from matxai.nets.importing import network_from_model

QUADRANTS = np.kron(np.array([[1, 3], [2, 4]]), np.ones((8, 8), int))
FACTORIAL = np.array(list(itertools.product([0, 1], repeat=4)) * 3)


def photograph(size=(16, 16, 3), seed=0):
    return np.random.RandomState(seed).randint(0, 256, size, np.uint8)


def explain(net, X, channel=1, **options):
    options = {"Segmentation": QUADRANTS, "NumSamples": 64, "Rng": 0} | options
    return imageLIME(net, X, channel, nargout=3, **options)


# Known answers


@pytest.mark.tier(
    "documented",
    "Contributions of regions are found, within the lasso's own shrinkage",
)
def test_linear_weights_are_the_contributions_within_the_shrinkage():
    """For a sum over regions, hiding a region takes its contribution away, whatever the rest."""
    weights = np.random.RandomState(1).randn(2, 3, 16, 16)
    X = photograph()
    n = 400
    importance = explain(
        tiny.weighted_sum(weights), X, [1, 2], Model="linear", NumSamples=n, Rng=5
    )[2]
    contrast = X - X.mean(axis=(0, 1))
    contribution = np.einsum("kchw,hwc->khw", weights, contrast)
    expected = np.array([[c[f == QUADRANTS].sum() for c in contribution] for f in (1, 2, 3, 4)])
    # λ = 1/n shrinks a weight by about λ over the variance of a fair coin.
    assert np.abs(importance - expected).max() < 2 * (1 / n) / 0.25 + 1e-4 * np.abs(expected).max()
    assert importance.shape == (4, 2)


@pytest.mark.tier("documented", "Linear importances are the lasso's weights, signed, with λ = 1/n")
def test_a_full_factorial_gives_the_lasso_by_hand():
    """Over all combinations the columns are orthogonal, so each weight shrinks by λ/var = 4λ."""
    effect = np.array([0.0, 0.4, -0.2, 0.05])
    weights = np.zeros((1, 1, 16, 16))
    X = np.zeros((16, 16))
    for feature in (1, 2, 3, 4):
        # Half of each quadrant is 1 and counts, half is -1: shown it adds its effect, hidden 0.
        rows, cols = np.nonzero(feature == QUADRANTS)
        X[rows, cols] = np.where(rows % 2, 1, -1)
        weights[0, 0, rows, cols] = np.where(rows % 2, effect[feature - 1] / 32, 0)
    importance = explain(tiny.weighted_sum(weights), X, Model="linear", Presence=FACTORIAL)[2]
    shrinkage = 4 / len(FACTORIAL)
    assert shrinkage > 0.05
    expected = np.sign(effect) * np.maximum(np.abs(effect) - shrinkage, 0)
    assert np.allclose(importance, expected, atol=1e-5)


@pytest.mark.parametrize("model", ["tree", "linear"])
def test_a_single_decisive_region_takes_all_importance(model):
    weights = np.zeros((1, 3, 16, 16))
    weights[0, :, QUADRANTS == 3] = 1
    scores, features, importance = explain(
        tiny.weighted_sum(weights), photograph(), Model=model, NumSamples=200
    )
    assert np.flatnonzero(np.abs(importance) > 1e-3 * np.abs(importance).max()).tolist() == [2]
    assert (scores[QUADRANTS == 3] == importance[2]).all()
    assert np.array_equal(features, QUADRANTS)


@pytest.mark.tier("documented", "Tree importances are `predictorImportance`, not normalized")
def test_an_interaction_of_two_regions_by_hand():
    """Score = a·b, each 1 when shown and 0 when hidden; the tree splits on one, then the other."""
    first, second = np.zeros((2, 1, 16, 16))
    first[0, QUADRANTS == 1] = 1 / 64
    second[0, QUADRANTS == 4] = 1 / 64
    X = np.zeros((16, 16))
    X[QUADRANTS == 1] = X[QUADRANTS == 4] = 1
    X[QUADRANTS == 2] = X[QUADRANTS == 3] = -1
    importance = explain(tiny.product(first, second), X, Presence=FACTORIAL)[2]
    # Risk 3/16 falls to 1/8 at the root and to 0 below it; two branch nodes share the sum.
    assert np.allclose(importance, [1 / 32, 0, 0, 1 / 16], atol=1e-9)


def test_importances_of_a_tree_are_not_negative():
    importance = explain(tiny.conv(), photograph())[2]
    assert (importance >= 0).all()
    assert importance.max() > 0


# Shapes, sizes, classes


@st.composite
def cases(draw):
    height, width = draw(st.tuples(st.integers(1, 64), st.integers(1, 64)))
    return height, width, draw(st.integers(1, 5)), draw(st.integers(1, min(60, height * width)))


@pytest.mark.tier("chosen", "Maps and importances are double, `featureMap` is int64")
@given(
    cases(),
    st.sampled_from(["grid", "superpixels", "matrix"]),
    st.sampled_from([np.uint8, np.int8, np.uint16, np.int32, np.uint64, np.float32, np.float64]),
    st.sampled_from("CF"),
    st.sampled_from(["tree", "linear"]),
    st.sampled_from(["nearest", "bicubic", "none"]),
    st.sampled_from([1, [2], [2, 1, 2]]),
)
def test_maps_have_the_documented_shapes(
    case, segmentation, dtype, order, model, upsampling, channel
):
    height, width, channels, wanted = case
    random = np.random.RandomState(0)
    X = np.asarray(random.randint(0, 100, (height, width, channels)), dtype, order=order)
    if segmentation == "matrix":
        segmentation = np.asarray(random.randint(-3, 3, (height, width)) * 2, order=order)
    scores, features, importance = explain(
        tiny.weighted_sum(random.randn(2, channels, height, width)),
        X,
        channel,
        Segmentation=segmentation,
        NumFeatures=wanted,
        NumSamples=20,
        Model=model,
        OutputUpsampling=upsampling,
    )
    assert (scores.dtype, features.dtype, importance.dtype) == (float, np.int64, float)
    count = features.max()
    several = () if np.size(channel) == 1 else (np.size(channel),)
    assert np.array_equal(np.unique(features), np.arange(1, count + 1))
    assert importance.shape == (count, *several)
    if isinstance(segmentation, str) and segmentation == "grid":
        assert count <= wanted
        if upsampling == "none":
            assert scores.shape[0] * scores.shape[1] == count
            assert np.array_equal(scores.reshape(count, *several, order="F"), importance)
            return
    assert scores.shape == (height, width, *several)
    if not (isinstance(segmentation, str) and segmentation == "grid" and upsampling == "bicubic"):
        assert np.array_equal(scores, importance[features - 1])


@pytest.mark.tier(
    "numeric",
    '`"bicubic"` and `"nearest"` maps of a grid are `imresize` of the grid',
)
def test_a_grid_of_100_features_on_224_is_10_by_10():
    net = tiny.weighted_sum(np.random.RandomState(0).randn(1, 1, 224, 224))
    X = photograph((224, 224))
    options = {"Segmentation": "grid", "NumFeatures": 100, "NumSamples": 30, "Rng": 3}
    coarse = imageLIME(net, X, 1, OutputUpsampling="none", **options)
    assert coarse.shape == (10, 10)
    assert np.array_equal(
        imageLIME(net, X, 1, OutputUpsampling="bicubic", **options), imresize(coarse, [224, 224])
    )
    assert np.array_equal(imageLIME(net, X, 1, **options), imresize(coarse, [224, 224], "nearest"))


def test_a_grey_image_with_or_without_a_third_axis():
    """The package lime 0.2.0.1 fails on H×W×1."""
    net = tiny.conv((16, 16, 1))
    X = photograph((16, 16))
    options = {"Segmentation": "superpixels", "NumFeatures": 9}
    assert np.array_equal(explain(net, X, **options)[0], explain(net, X[:, :, None], **options)[0])


@pytest.mark.parametrize("dtype", [np.uint16, np.int16, np.int64, np.float32, np.float64])
def test_the_class_of_the_image_does_not_matter(dtype):
    expected = explain(tiny.conv(), photograph(), Segmentation="grid")
    result = explain(tiny.conv(), photograph().astype(dtype), Segmentation="grid")
    assert all(map(np.array_equal, expected, result))


def test_a_constant_image_has_nothing_important():
    for model in ("tree", "linear"):
        scores, _, importance = explain(
            tiny.conv(), np.full((16, 16, 3), 7, np.uint8), Model=model, Segmentation="superpixels"
        )
        assert (scores == 0).all()
        assert (importance == 0).all()


def test_one_feature():
    importance = explain(tiny.conv(), photograph(), Segmentation=np.ones((16, 16)))[2]
    assert importance.shape == (1,)
    assert importance[0] > 0


def test_outputs_with_spatial_dimensions_count_by_their_sum():
    net = tiny.conv()
    net.OutputNames = "relu_1"
    X = photograph()
    importance = explain(net, X, 3, Presence=[[0, 0, 0, 0], [1, 1, 1, 1]] * 10)[2]
    hidden = np.broadcast_to(X.mean(axis=(0, 1)), X.shape)
    both = [predict(net, image)[:, :, 2].sum(dtype=float) for image in (hidden, X)]
    # One split explains all of the variance of a score that takes two values equally often.
    assert importance.sum() == pytest.approx((both[1] - both[0]) ** 2 / 4, rel=1e-4)


# The synthetic images


def seen_images(monkeypatch, net):
    """Keep every image that the network is shown."""
    engine = net.engine("auto")
    seen = []

    class Watched:
        batch_size = 8

        def __call__(self, batch):
            seen.extend(batch.copy())
            return engine(batch)

    monkeypatch.setattr(net, "engine", lambda *args: Watched())
    return seen


@pytest.mark.tier(
    "chosen",
    "An absent pixel takes each channel's mean over the image, computed in double, not "
    "rounded to the class of X",
)
def test_hidden_features_take_the_mean_colour_and_shown_ones_stay(monkeypatch):
    net = tiny.conv()
    seen = seen_images(monkeypatch, net)
    X = photograph()
    presence = np.array([[1, 0, 1, 0], [0, 0, 0, 1], [1, 1, 1, 1], [0, 0, 0, 0]])
    explain(net, X, Presence=presence)
    batch = X.transpose(2, 0, 1).astype(np.float32)
    mean = batch.mean(axis=(1, 2), dtype=float).astype(np.float32)[:, None, None]
    expected = [np.where(row[QUADRANTS - 1], batch, mean) for row in presence.astype(bool)]
    # The unaltered image is scored first, to learn the number of channels.
    assert np.array_equal(seen[0], batch)
    assert {e.tobytes() for e in expected} == {s.tobytes() for s in seen[1:]}


def test_every_feature_is_hidden_in_some_images_also_the_last(monkeypatch):
    """The package lime 0.2.0.1 never hides the last superpixel, and knows a feature 0."""
    net = tiny.conv()
    seen = seen_images(monkeypatch, net)
    X = photograph()
    features = explain(net, X, Segmentation="superpixels", NumFeatures=9, NumSamples=200)[1]
    assert features.min() == 1
    images = np.array(seen[1:])
    for feature in range(1, features.max() + 1):
        row, col = np.argwhere(features == feature)[0]
        shown = (images[:, :, row, col] == X[row, col]).all(axis=1).mean()
        assert 0.3 < shown < 0.7, feature


@pytest.mark.tier(
    "statistical",
    "Each feature is present with probability ½, independently of the others; samples are "
    "not weighted",
)
def test_a_feature_is_present_half_of_the_time_independently_of_others(monkeypatch):
    drawn = []
    from matxai.explain import lime

    original = lime._score

    def watched(scoring, features, presence, progress):
        drawn.append(presence)
        return original(scoring, features, presence, progress)

    monkeypatch.setattr(lime, "_score", watched)
    explain(tiny.conv(), photograph(), NumSamples=4000)
    presence = drawn[0]
    assert presence.shape == (4000, 4)
    # Four standard deviations of a fair coin, and of a correlation that is nought.
    assert np.abs(presence.mean(axis=0) - 0.5).max() < 4 * 0.5 / np.sqrt(4000)
    correlation = np.corrcoef(presence.T)[~np.eye(4, dtype=bool)]
    assert np.abs(correlation).max() < 4 / np.sqrt(4000)


def test_equal_synthetic_images_are_scored_once(monkeypatch):
    net = tiny.conv()
    seen = seen_images(monkeypatch, net)
    explain(net, photograph(), NumSamples=1000)
    assert len(seen) <= 1 + 2**4


# Random numbers


@pytest.mark.parametrize("seed", [0, 7, np.int64(7)])
def test_a_seed_is_not_dropped(seed):
    """The package lime 0.2.0.1 drops it."""
    options = {"Segmentation": "grid", "NumFeatures": 16, "NumSamples": 40}
    one = explain(tiny.conv(), photograph(), Rng=seed, **options)
    two = explain(tiny.conv(), photograph(), Rng=seed, **options)
    other = explain(tiny.conv(), photograph(), Rng=8, **options)
    assert all(map(np.array_equal, one, two))
    assert not np.array_equal(one[2], other[2])


@pytest.mark.tier(
    "chosen",
    "Without `Rng`, the numbers come from the stream that `rng` controls, as "
    "`rand(NumSamples, F) < 0.5`",
)
def test_without_rng_the_stream_that_rng_controls_is_drawn_from():
    options = {"Segmentation": "grid", "NumFeatures": 16, "NumSamples": 40, "Rng": None}
    rng(7)
    one = explain(tiny.conv(), photograph(), **options)[2]
    two = explain(tiny.conv(), photograph(), **options)[2]
    rng(7)
    three = explain(tiny.conv(), photograph(), **options)[2]
    seeded = explain(tiny.conv(), photograph(), **options | {"Rng": 7})[2]
    assert np.array_equal(one, three)
    assert np.array_equal(one, seeded)
    assert not np.array_equal(one, two)
    rng("default")


@pytest.mark.parametrize("make", [np.random.RandomState, np.random.default_rng])
def test_generators_of_numpy(make):
    one = explain(tiny.conv(), photograph(), Rng=make(3), Segmentation="grid")[2]
    two = explain(tiny.conv(), photograph(), Rng=make(3), Segmentation="grid")[2]
    assert np.array_equal(one, two)


def test_a_presence_matrix_repeats_a_run():
    presence = np.random.RandomState(0).randint(0, 2, (50, 4))
    one = explain(tiny.conv(), photograph(), Presence=presence, NumSamples=3)
    two = explain(tiny.conv(), photograph(), Presence=presence.astype(bool), Rng=99)
    assert all(map(np.array_equal, one, two))


@pytest.mark.parametrize("model", ["tree", "linear"])
def test_one_set_of_synthetic_images_serves_all_channels(model, monkeypatch):
    net = tiny.conv()
    together = explain(net, photograph(), [2, 5, 1], Model=model)
    seen = seen_images(monkeypatch, net)
    for k, channel in enumerate([2, 5, 1]):
        alone = explain(net, photograph(), channel, Model=model)
        assert np.allclose(together[0][:, :, k], alone[0], rtol=1e-6, atol=1e-12)
        assert np.allclose(together[2][:, k], alone[2], rtol=1e-6, atol=1e-12)
    count = len(seen)
    explain(net, photograph(), [2, 5, 1], Model=model)
    assert len(seen) - count == count // 3


@given(st.integers(1, 200))
def test_the_mini_batch_size_changes_nothing_that_shows(size):
    options = {"Segmentation": "grid", "NumFeatures": 16, "Model": "linear"}
    expected = explain(tiny.conv(), photograph(), **options)[2]
    importance = explain(tiny.conv(), photograph(), MiniBatchSize=size, **options)[2]
    assert np.abs(importance - expected).max() <= 1e-6 * np.ptp(expected)


# Bad input


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"Segmentation": np.ones((4, 4))}, "Segmentation must be 16×16.*but is 4×4"),
        ({"Segmentation": np.full((16, 16), np.nan)}, "Segmentation must hold integers.*nan"),
        ({"Segmentation": "hexagons"}, 'Segmentation must be "superpixels" or "grid"'),
        ({"Segmentation": "grid", "NumFeatures": 257}, "at most 256, the number of pixels"),
        ({"NumFeatures": 0}, "NumFeatures must be a positive integer, but is 0"),
        ({"NumSamples": 0}, "NumSamples must be a positive integer"),
        ({"Model": "forest"}, 'Model must be "tree" or "linear"'),
        ({"OutputUpsampling": "spline"}, 'OutputUpsampling must be "nearest"'),
        ({"MiniBatchSize": -1}, "MiniBatchSize must be a positive integer"),
        ({"Presence": np.ones((5, 3))}, "Presence must be N×4.*but is 5×3"),
        ({"Presence": np.ones((0, 4))}, "Presence must be N×4.*but is 0×4"),
        ({"Presence": np.full((5, 4), 2)}, "Presence must hold only 0 and 1, but holds 2"),
        ({"Presence": np.full((5, 4), np.nan)}, "Presence must hold only 0 and 1"),
    ],
)
def test_bad_options(options, says):
    with pytest.raises(ValueError, match=says):
        explain(tiny.conv(), photograph(), **options)


@pytest.mark.parametrize(
    "options",
    [
        {"NumFeatures": "many"},
        {"Segmentation": None},
        {"Presence": "all"},
        {"Rng": "seed"},
        {"Samples": 3},
    ],
)
def test_options_of_a_wrong_type(options):
    with pytest.raises(TypeError, match=next(iter(options))):
        explain(tiny.conv(), photograph(), **options)


@pytest.mark.parametrize("channel", [0, 6])
def test_channels_outside_the_output(channel):
    with pytest.raises(ValueError, match="channelIdx must hold integers from 1 to 5"):
        explain(tiny.conv(), photograph(), channel)


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_values_that_are_not_finite(bad):
    X = photograph().astype(float)
    X[0, 0, 0] = bad
    with pytest.raises(ValueError, match="X must hold finite values"):
        explain(tiny.conv(), X)


def test_bad_networks_and_images():
    with pytest.raises(ValueError, match="X must be 16×16×3"):
        explain(tiny.conv(), photograph((15, 16, 3)))
    with pytest.raises(ValueError, match="single input layer, but has 2"):
        imageLIME(network_from_model(tiny.two_inputs_model(), "test"), np.zeros((4, 4, 3)), 1)
    with pytest.raises(TypeError, match="net must be a dlnetwork"):
        explain(None, photograph())


# The real thing


@pytest.mark.slow
def test_a_cat_is_recognised_by_its_head():
    import skimage.data

    from matxai import imagePretrainedNetwork

    net, names = imagePretrainedNetwork("efficientnet-lite0", nargout=2)
    X = imresize(skimage.data.chelsea(), net.Layers[0].InputSize[:2])
    channel = int(predict(net, X).argmax()) + 1
    assert names[channel - 1] == "Egyptian cat"
    scores = imageLIME(net, X, channel, Rng=1)
    head = np.zeros((224, 224), bool)
    head[20:190, 50:180] = True
    top = np.quantile(scores, 0.95)
    assert head[scores >= top].mean() > 0.8
    again = imageLIME(net, X, channel, Rng=2)
    assert np.corrcoef(scores.ravel(), again.ravel())[0, 1] > 0.8


# What MATLAB drew


@pytest.mark.tier(
    "numeric",
    "The default segmentation of `sherlock.jpg` is that under MATLAB's default map, but "
    "for 2 of 50,176 pixels",
)
def test_matlab_painted_the_superpixels_that_are_found_here(reference):
    """MATLAB's default map of sherlock.jpg has one value in each of our superpixels."""
    from matxai import imread, superpixels

    painted = np.load(reference("matlab", "lime", "lime_golden_default.npy"))
    X = imresize(imread(reference("matlab", "images", "sherlock.jpg")), [224, 224])
    labels, count = superpixels(X, 49, nargout=2)
    strays = 0
    for label in range(1, count + 1):
        levels, pixels = np.unique(painted[labels == label], return_counts=True)
        strays += pixels.sum() - pixels.max()
        assert levels.size <= 2
    # Two stray pixels; the picture itself was recovered with two wrong values.
    assert strays <= 2
    assert painted.min() >= 0


@pytest.mark.tier("numeric", "A grid of 100 features on a 224×224 image is 10×10")
def test_matlab_drew_a_grid_of_the_same_size(reference):
    file = reference("matlab", "lime", "lime_golden_grid100_linear_grid10x10.csv")
    drawn = np.loadtxt(file, delimiter=",")
    net = tiny.weighted_sum(np.ones((1, 1, 224, 224)))
    ours = imageLIME(
        net, photograph((224, 224)), 1, Segmentation="grid", NumFeatures=100, Model="linear",
        OutputUpsampling="none", NumSamples=300,
    )  # fmt: skip
    assert ours.shape == drawn.shape
