"""The steps of LIME as public functions, against their arithmetic written out."""

import numpy as np
import pytest
import skimage.segmentation
import tiny_networks as tiny
from hypothesis import given
from hypothesis import strategies as st
from sklearn.linear_model import Lasso, LinearRegression, Ridge
from sklearn.metrics import pairwise_distances
from sklearn.tree import DecisionTreeRegressor

from matxai import fitrlinear, fitrtree, imageLIME, imresize, predict, predictorImportance, rng
from matxai.explain.lime import (
    Features,
    fit,
    paint,
    sample,
    score,
    segment,
    synthesize,
    top,
    weigh,
)

QUADRANTS = np.kron(np.array([[0, 2], [1, 3]]), np.ones((8, 8), int))


def photograph(size=(16, 16, 3), seed=0):
    return np.random.RandomState(seed).randint(0, 256, size, np.uint8)


def astronaut(step=8):
    return skimage.data.astronaut()[::step, ::step]


# LIME for images as scripts for NumPy and scikit-learn write it out


def written_out(X, score_one, seed, count, **quickshift):
    """Return labels, presence, one hidden image, scores, weights, coefficients, the best four."""
    labels = skimage.segmentation.quickshift(X, **quickshift)
    number = len(set(labels.ravel().tolist()))
    np.random.seed(seed)
    presence = np.random.binomial(1, 0.5, size=(count, number))

    def covered(image, row):
        lit = np.zeros(labels.shape)
        for segment_number in range(number):
            lit[labels == segment_number] = row[segment_number]
        return image * lit[..., None]

    scores = np.stack([score_one(covered(X, row)) for row in presence])
    whole = np.ones((1, number))
    distances = pairwise_distances(presence, whole, metric="cosine")[:, 0]
    weights = np.sqrt(np.exp(-(distances**2) / 0.25**2))
    best_class = score_one(X.astype(float)).argmax()
    line = LinearRegression().fit(presence, scores[:, best_class], sample_weight=weights)
    order = np.argsort(line.coef_)[-4:]
    only = np.zeros(number)
    only[order] = 1
    return labels, presence, covered(X, presence[0]), scores, weights, line.coef_, covered(X, only)


def with_the_steps(X, net, best_class, seed, count, **quickshift):
    features = segment(X, "quickshift", **quickshift)
    presence = sample(count, features, method="binomial", rng=np.random.RandomState(seed))
    images = synthesize(X, features, presence, fill=0)
    scores = score(net, images)
    weights = weigh(presence)
    importance = fit(presence, scores[:, best_class], LinearRegression(), weights)
    best = synthesize(X, features, top(importance, 4), fill=0)
    return features.labels, presence, images[0], scores, weights, importance, best[0]


def softmax_of_projections(size, classes=6, seed=0):
    """Make a model that scores images H×W×C×n, in double."""
    weights = np.random.RandomState(seed).randn(classes, *size) / np.sqrt(np.prod(size))

    def model(batch):
        heights = 3 * np.einsum("khwc,hwcn->nk", weights, batch)
        powers = np.exp(heights - heights.max(axis=1, keepdims=True))
        return powers / powers.sum(axis=1, keepdims=True)

    return model


@pytest.mark.tier(
    "numeric",
    "The steps with quickshift, black fill, cosine weights and a linear regression are "
    "that arithmetic written out in NumPy and scikit-learn: of a function to 1e-10",
)
@pytest.mark.parametrize("scale", [lambda X: X / 255, lambda X: (X / 255 - 0.5) * 2])
def test_of_a_function_the_steps_are_the_arithmetic_written_out(scale):
    X = scale(astronaut().astype(float))
    model = softmax_of_projections(X.shape)
    one = lambda image: model(image[..., None])[0]
    options = {"kernel_size": 2, "max_dist": 40, "ratio": 0.3}
    expected = written_out(X, one, 3, 150, **options)
    best = one(X).argmax()
    result = with_the_steps(X, model, best, 3, 150, **options)
    assert 15 < len(expected[-2]) < 100
    for ours, theirs in zip(result, expected, strict=True):
        assert ours.shape == theirs.shape
        assert np.abs(ours - theirs).max() < 1e-10


@pytest.mark.tier("numeric", "So they are of a network, to 1e-6: it scores in single precision")
def test_of_a_network_the_steps_are_the_arithmetic_written_out():
    X = astronaut()
    net = tiny.conv(X.shape)
    options = {"kernel_size": 2, "max_dist": 40, "ratio": 0.3}
    expected = written_out(X, lambda image: predict(net, image)[0], 0, 150, **options)
    best = predict(net, X)[0].argmax()
    result = with_the_steps(X, net, best, 0, 150, **options)
    assert np.abs(expected[-2]).max() > 0.01
    for ours, theirs in zip(result, expected, strict=True):
        assert ours.shape == theirs.shape
        assert np.abs(ours - theirs).max() < 1e-6


@pytest.mark.slow
def test_on_the_demo_network_the_steps_are_the_arithmetic_written_out():
    from matxai import imagePretrainedNetwork

    net = imagePretrainedNetwork("efficientnet-lite0")
    X = imresize(skimage.data.chelsea(), net.Layers[0].InputSize[:2])
    options = {"kernel_size": 4, "max_dist": 200, "ratio": 0.2}
    expected = written_out(X, lambda image: predict(net, image)[0], 0, 150, **options)
    result = with_the_steps(X, net, predict(net, X)[0].argmax(), 0, 150, **options)
    for ours, theirs in zip(result, expected, strict=True):
        assert np.abs(ours - theirs).max() < 1e-6


@pytest.mark.tier(
    "numeric",
    "`imageLIME` is the steps of `matxai.explain.lime` with their defaults, to the last bit",
)
@pytest.mark.parametrize("model", ["tree", "linear"])
@pytest.mark.parametrize("method", ["superpixels", "grid"])
def test_imagelime_is_the_steps_with_their_defaults(method, model):
    net, X = tiny.conv(), photograph()
    options = {"Segmentation": method, "NumFeatures": 9, "NumSamples": 80, "Model": model}
    expected = imageLIME(net, X, 2, Rng=5, OutputUpsampling="bicubic", nargout=3, **options)
    features = segment(X, method, 9)
    presence = sample(80, features, rng=5)
    importance = fit(presence, score(net, synthesize(X, features, presence))[:, 1], model)
    assert np.array_equal(paint(importance, features, "bicubic"), expected[0])
    assert np.array_equal(features.labels, expected[1] - 1)
    assert np.array_equal(importance, expected[2])


# Segmenting


@pytest.mark.tier(
    "chosen",
    '`segment` by `"quickshift"` has scikit-image\'s labels for uint8 and for values from -1 to 1',
)
@pytest.mark.parametrize("dtype", [np.uint8, np.float32, np.float64])
def test_quickshift_is_that_of_scikit_image(dtype):
    X = astronaut()
    X = X if dtype == np.uint8 else (X / 127.5 - 1).astype(dtype)
    options = {"kernel_size": 3, "max_dist": 8, "ratio": 0.7, "rng": 1}
    labels = skimage.segmentation.quickshift(X, **options)
    features = segment(X, "quickshift", **options)
    assert np.array_equal(features.labels, labels)
    assert features.count == labels.max() + 1 > 10
    assert features.grid is None


@pytest.mark.tier(
    "chosen",
    "Quickshift of other values is that of the values scaled as for superpixels",
)
def test_quickshift_of_raw_values_is_that_of_fractions():
    X = astronaut()
    # An eighth of the values, so that scaling rounds nothing.
    raw = (X // 8 * 8).astype(float)
    expected = segment(raw / 255, "quickshift").labels
    for dtype in (np.float64, np.float32, np.int64, np.int16):
        assert np.array_equal(segment(raw.astype(dtype), "quickshift").labels, expected)


@pytest.mark.tier(
    "chosen",
    "Quickshift of grey images is that of the same image in RGB; of 2 or more than 3 "
    "channels, of their mean",
)
def test_quickshift_of_grey_images_is_that_of_grey_rgb():
    X = astronaut()[:, :, 0]
    expected = skimage.segmentation.quickshift(np.dstack([X] * 3))
    assert np.array_equal(segment(X, "quickshift").labels, expected)
    assert np.array_equal(segment(X[:, :, None], "quickshift").labels, expected)
    four = np.dstack([X] * 4) / 255
    expected = skimage.segmentation.quickshift(np.dstack([four.mean(axis=2)] * 3))
    assert np.array_equal(segment(four, "quickshift").labels, expected)


def test_a_function_segments():
    X = astronaut()
    labels = skimage.segmentation.felzenszwalb(X, scale=80)
    features = segment(X, skimage.segmentation.felzenszwalb, scale=80)
    assert np.array_equal(features.labels, labels)
    features = segment(X, lambda image: image[:, :, 0].astype(int) // 200 * 7 - 3)
    assert np.array_equal(features.labels, X[:, :, 0] // 200)
    assert features.count == 2


@pytest.mark.parametrize(
    ("arguments", "options", "says"),
    [
        ((photograph(), "hexagons"), {}, 'method must be "superpixels" or "grid" or "quickshift"'),
        ((photograph(), "grid", 0), {}, "count must be a positive integer, but is 0"),
        ((photograph(), "grid", 257), {}, "at most 256, the number of pixels of X, but is 257"),
        ((np.zeros((2, 2, 3, 4)),), {}, "X must be an image.*float64 array"),
        ((np.zeros((0, 3)),), {}, "X must be an image"),
        ((np.full((4, 4), np.nan), "quickshift"), {}, "X must hold finite values"),
        ((photograph(), np.ones((3, 3))), {}, "must be 16×16, the height and width of X"),
        ((photograph(), lambda X: np.ones((3, 3))), {}, "must be 16×16.*but is 3×3"),
        ((photograph(), lambda X: np.full((16, 16), 0.5)), {}, "integers.*but holds 0.5"),
    ],
)
def test_bad_segmentations(arguments, options, says):
    with pytest.raises(ValueError, match=says):
        segment(*arguments, **options)


@pytest.mark.parametrize(
    ("arguments", "options", "says"),
    [
        (("cat",), {}, "X must be a numeric array"),
        ((photograph(), None), {}, "method must be a numeric array, but is None"),
        ((photograph(), "grid", "many"), {}, "count must be a positive integer"),
        ((photograph(), "grid"), {"ratio": 1}, "method is \"grid\" and there is 'ratio'"),
        ((photograph(), QUADRANTS), {"ratio": 1}, "method is a matrix and there is 'ratio'"),
        ((photograph(), "quickshift"), {"rate": 1}, "rate"),
        ((photograph(), lambda X: "a"), {}, "The segmentation must be a numeric array"),
    ],
)
def test_segmentations_of_a_wrong_type(arguments, options, says):
    with pytest.raises(TypeError, match=says):
        segment(*arguments, **options)


# Sampling


@pytest.mark.tier("chosen", '`sample` by `"binomial"` draws NumPy\'s binomial numbers, row by row')
@given(st.integers(1, 60), st.integers(1, 40), st.floats(0, 1), st.integers(0, 2**32 - 1))
def test_binomial_samples_are_those_of_numpy(count, number, probability, seed):
    drawn = sample(count, number, probability, method="binomial", rng=np.random.RandomState(seed))
    np.random.seed(seed)
    assert drawn.dtype == bool
    assert np.array_equal(drawn, np.random.binomial(1, probability, (count, number)))


@given(st.integers(1, 60), st.integers(1, 40), st.floats(0, 1))
def test_uniform_samples_come_down_the_columns(count, number, probability):
    drawn = sample(count, number, probability, rng=7)
    numbers = np.random.RandomState(7).random_sample(count * number)
    assert np.array_equal(drawn.T.ravel(), numbers < probability)


@pytest.mark.parametrize("method", ["uniform", "binomial"])
def test_sources_of_random_numbers(method):
    features = Features(QUADRANTS, 4)
    rng(3)
    one = sample(50, features, method=method)
    two = sample(50, features, method=method)
    rng("default")
    assert np.array_equal(one, sample(50, 4, method=method, rng=3))
    assert not np.array_equal(one, two)
    new = [sample(50, 4, method=method, rng=np.random.default_rng(1)) for _ in range(2)]
    assert np.array_equal(*new)


def test_extreme_probabilities():
    for method in ("uniform", "binomial"):
        assert not sample(20, 5, 0, method=method).any()
        assert sample(20, 5, 1, method=method).all()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ({"count": 0}, "count must be a positive integer, but is 0"),
        ({"features": 0}, "features must be a positive integer, but is 0"),
        ({"probability": 1.5}, "probability must be from 0 to 1, but is 1.5"),
        ({"probability": np.nan}, "probability must be finite"),
        ({"method": "poisson"}, 'method must be "uniform" or "binomial"'),
        ({"rng": -1}, "rng must be a seed"),
    ],
)
def test_bad_samples(arguments, says):
    with pytest.raises(ValueError, match=says):
        sample(**{"count": 3, "features": 4} | arguments)


@pytest.mark.parametrize("name", ["count", "features", "probability", "rng"])
def test_samples_of_a_wrong_type(name):
    with pytest.raises(TypeError, match=f"{name} must be"):
        sample(**{"count": 3, "features": 4} | {name: "many"})


# Synthesizing

presences = st.lists(st.lists(st.booleans(), min_size=4, max_size=4), min_size=1, max_size=9)


@given(
    presences,
    st.sampled_from([np.uint8, np.int32, np.float32, np.float64]),
    st.sampled_from([(16, 16), (16, 16, 1), (16, 16, 3), (16, 16, 5)]),
    st.sampled_from(["number", "colour", "grey", "image", "function"]),
    st.sampled_from("CF"),
)
def test_hidden_pixels_take_the_fill_and_shown_ones_stay(presence, dtype, size, kind, order):
    X = np.asarray(photograph(size, 1), dtype, order=order)
    random = np.random.RandomState(2)
    fill = {
        "number": 7.5,
        "colour": random.rand(*np.atleast_3d(X).shape[2:]) * 99,
        "grey": random.rand(16, 16) * 99,
        "image": random.rand(*size) * 99,
        "function": lambda image: image[::-1] * 0.5,
    }[kind]
    images = synthesize(X, Features(QUADRANTS, 4), presence, fill)
    values = np.asarray(fill(X) if kind == "function" else fill)
    if kind == "grey" and len(size) == 3:
        values = values[:, :, None]
    wanted = dtype if dtype in (np.float32, np.float64) else np.float32
    assert len(images) == len(presence)
    assert images.dtype == wanted
    for image, row in zip(images, presence, strict=True):
        shown = np.array(row)[QUADRANTS].reshape(16, 16, *[1] * (len(size) - 2))
        expected = np.where(shown, X, values).astype(wanted)
        assert image.shape == size
        assert image.dtype == wanted
        assert np.array_equal(image, expected)
    together = images[:]
    assert together.shape == (*np.atleast_3d(X).shape, len(presence))
    assert np.array_equal(together[..., -1].reshape(size), images[-1])


def test_the_mean_is_the_default_fill():
    X = photograph()
    image = synthesize(X, Features(QUADRANTS, 4), [0, 1, 1, 1])[0]
    assert np.allclose(image[QUADRANTS == 0], X.mean(axis=(0, 1)), rtol=1e-7)
    assert np.array_equal(image[QUADRANTS > 0], X[QUADRANTS > 0])


def test_making_images_changes_nothing():
    X, fill = photograph().astype(float), np.zeros((16, 16, 3))
    before = X.copy()
    images = synthesize(X, Features(QUADRANTS, 4), np.eye(4, dtype=int), fill)
    first = images[0]
    images[:][:] = -1
    images[1][:] = -1
    assert np.array_equal(X, before)
    assert not fill.any()
    assert np.array_equal(images[0], first)


def test_images_know_their_number():
    images = synthesize(photograph(), Features(QUADRANTS, 4), np.eye(4))
    assert repr(images) == "SyntheticImages(4 of 16×16×3, 4 features)"
    assert images[[0, 2]].shape == (16, 16, 3, 2)
    with pytest.raises(IndexError):
        images[4]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ({"X": photograph((8, 8, 3))}, "features divides, 16×16 or 16×16×C, but is 8×8×3"),
        ({"X": 3}, "but is 3"),
        ({"presence": np.ones((2, 3))}, "presence must be N×4.*but is 2×3"),
        ({"presence": np.ones((0, 4))}, "presence must be N×4.*but is 0×4"),
        ({"presence": 1}, "presence must be N×4.*but is 1"),
        ({"presence": [0, 0.5, 1, 1]}, "presence must hold only 0 and 1, but holds 0.5"),
        ({"fill": "median"}, 'fill must be "mean"'),
        ({"fill": [1, 2]}, "fill must be one number, 3 of them, or an image 16×16 or 16×16×3"),
        ({"fill": np.zeros((16, 16, 1))}, "but is 16×16×1"),
        ({"fill": np.nan}, "fill must hold finite values, but is nan"),
        ({"fill": lambda X: X[:3]}, "fill must be one number.*but is 3×16×3"),
    ],
)
def test_bad_synthesis(arguments, says):
    good = {"X": photograph(), "features": Features(QUADRANTS, 4), "presence": np.eye(4)}
    with pytest.raises(ValueError, match=says):
        synthesize(**good | arguments)


@pytest.mark.parametrize("name", ["X", "features", "presence", "fill"])
def test_synthesis_of_a_wrong_type(name):
    good = {"X": photograph(), "features": Features(QUADRANTS, 4), "presence": np.eye(4)}
    with pytest.raises(TypeError, match=f"{name} must be"):
        synthesize(**good | {name: {"a": 1}})


# Scoring


def some_images(dtype=np.float64, count=40, size=(16, 16, 3)):
    X = photograph(size).astype(dtype)
    features = segment(X, "grid", 16)
    return synthesize(X, features, sample(count, features, rng=1), fill=0)


@given(st.integers(1, 50))
def test_a_function_scores_batches_in_bounded_memory(size):
    images = some_images()
    model = softmax_of_projections((16, 16, 3))
    lengths = []

    def watched(batch):
        assert batch.shape[:3] == (16, 16, 3)
        assert batch.dtype == np.float64
        lengths.append(batch.shape[3])
        return model(batch)

    told = []
    scores = score(watched, images, mini_batch_size=size, progress=lambda *done: told.append(done))
    expected = np.concatenate([model(image[..., None]) for image in images])
    assert np.abs(scores - expected).max() < 1e-12
    assert max(lengths) <= size
    assert sum(lengths) == 40
    assert told[-1] == (40, 40)


def test_equal_images_are_scored_once():
    X, count = photograph(), []
    images = synthesize(X, Features(QUADRANTS, 4), sample(500, 4, rng=0))
    scores = score(lambda b: count.append(b.shape[3]) or b.mean(axis=(0, 1)).T, images)
    assert sum(count) <= 16
    assert scores.shape == (500, 3)


def test_a_function_may_change_and_keep_its_batches():
    images = some_images()
    kept = []

    def rude(batch):
        kept.append(batch)
        sums = batch.sum(axis=(0, 1, 2))
        batch[:] = 0
        return sums

    scores = score(rude, images, mini_batch_size=7)
    assert np.allclose(scores[:, 0], [image.sum() for image in images])
    assert not np.shares_memory(kept[0], kept[1])
    assert np.array_equal(score(rude, images, mini_batch_size=7), scores)


@pytest.mark.parametrize("size", [(16, 16), (16, 16, 1)])
def test_grey_images_have_a_channel(size):
    shapes = []
    score(lambda b: shapes.append(b.shape) or b.sum(axis=(0, 1, 2)), some_images(size=size))
    assert shapes == [(16, 16, 1, 40)]


def test_a_model_of_torch_scores_as_its_network():
    torch = pytest.importorskip("torch")
    weights = np.random.RandomState(0).randn(4, 3, 16, 16) / 1000
    module = torch.nn.Sequential(torch.nn.Flatten(), torch.nn.Linear(768, 4, bias=False))
    with torch.no_grad():
        module[1].weight[:] = torch.from_numpy(weights.reshape(4, -1))
    images = some_images(np.uint8)

    @torch.no_grad()
    def by_torch(batch):
        batch = batch.transpose(3, 2, 0, 1)
        assert batch.flags.c_contiguous
        return module(torch.from_numpy(batch))

    scores = score(by_torch, images)
    assert np.abs(scores - score(tiny.weighted_sum(weights), images)).max() < 1e-3
    assert np.ptp(scores) > 10


def test_a_network_scores_all_of_its_channels():
    net, images = tiny.conv(), some_images(np.uint8)
    expected = np.concatenate([predict(net, image) for image in images])
    scores = score(net, images, mini_batch_size=3)
    assert scores.dtype == np.float64
    assert np.abs(scores - expected).max() < 1e-6
    assert np.ptp(scores) > 0.01


def test_a_network_is_not_changed():
    net, images = tiny.conv(), some_images(np.uint8)
    names, before = net.OutputNames, predict(net, photograph())
    weights = net._model.SerializeToString()

    def interrupt(done, total):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        score(net, images, progress=interrupt)
    score(net, images)
    assert net.OutputNames == names
    assert net._model.SerializeToString() == weights
    assert np.array_equal(predict(net, photograph()), before)


def two_then_three():
    shapes = iter((2, 3))
    return lambda batch: np.zeros((batch.shape[3], next(shapes)))


@pytest.mark.parametrize(
    ("net", "says"),
    [
        (lambda b: b.sum(), "must return 20×K scores, a row for each of the 20.*returned"),
        (lambda b: np.zeros((3, 20)), "must return 20×K scores.*but returned 3×20"),
        (lambda b: np.zeros((20, 0)), "but returned 20×0"),
        (lambda b: np.zeros((20, 1, 5)), "but returned 20×1×5"),
        (lambda b: np.full(20, np.nan), "finite scores, but some are NaN or Inf"),
        (two_then_three(), "as many scores for each image, but returned 2, then 3"),
    ],
)
def test_functions_that_return_something_else(net, says):
    with pytest.raises(ValueError, match=says):
        score(net, some_images(), mini_batch_size=20)


@pytest.mark.parametrize(
    ("net", "options", "says"),
    [
        ("net.onnx", {}, "net must be a dlnetwork, .* or a function .* but is 'net.onnx'"),
        (lambda b: ["a"] * 40, {}, "What net returns must be a numeric array"),
        (len, {"images": photograph()}, "images must be SyntheticImages, as synthesize returns"),
        (len, {"mini_batch_size": "all"}, "mini_batch_size must be a positive integer"),
        (len, {"progress": "loud"}, "progress must be"),
    ],
)
def test_scoring_of_a_wrong_type(net, options, says):
    with pytest.raises(TypeError, match=says):
        score(**{"net": net, "images": some_images()} | options)


def test_bad_scoring():
    with pytest.raises(ValueError, match="X must be 16×16×3, the InputSize of the network"):
        score(tiny.conv(), some_images(size=(15, 16, 3)))
    with pytest.raises(ValueError, match='environment must be "auto" or "gpu" or "cpu"'):
        score(tiny.conv(), some_images(), environment="tpu")
    with pytest.raises(ValueError, match="mini_batch_size must be a positive integer, but is 0"):
        score(tiny.conv(), some_images(), mini_batch_size=0)


# Weighing


@pytest.mark.tier(
    "chosen",
    "`weigh` gives sqrt(exp(-d²/width²)), d being the cosine distance from the row of "
    "ones, and 1 for a row of zeros",
)
@given(st.integers(1, 30), st.integers(1, 80), st.floats(0.05, 10), st.floats(0, 1))
def test_weights_are_those_of_cosine_distances(count, number, width, probability):
    presence = np.random.RandomState(0).binomial(1, probability, (count, number))
    distances = pairwise_distances(presence, np.ones((1, number)), metric="cosine").ravel()
    expected = np.sqrt(np.exp(-(distances**2) / width**2))
    assert np.abs(weigh(presence, width=width) - expected).max() < 1e-12


@given(st.integers(1, 80), st.floats(0.05, 10))
def test_images_that_show_more_count_more(number, width):
    weights = weigh(np.tri(number + 1, number, -1), width=width)
    assert weights[-1] == 1
    assert (np.diff(weights) > 0).all()
    assert (weights > 0).all()


def test_distances_and_kernels_of_ones_own():
    presence = np.array([[1, 1, 1, 1], [1, 0, 0, 1], [0, 0, 0, 0]])
    hidden = lambda shown: (~shown).sum(axis=1)
    assert np.allclose(weigh(presence, hidden, width=2), np.exp(-(np.array([0, 4, 16]) / 8)))
    assert np.array_equal(weigh(presence, hidden, lambda d: 1 / (1 + d)), [1, 1 / 3, 1 / 5])


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"presence": [[0, 2]]}, "presence must hold only 0 and 1, but holds 2"),
        ({"presence": [0, 1]}, "presence must be N×F.*but is 2"),
        ({"distance": "euclidean"}, 'distance must be "cosine", but is'),
        ({"kernel": "gaussian"}, 'kernel must be "exponential"'),
        ({"width": 0}, "width must be above zero, but is 0"),
        ({"distance": lambda p: [1, 2, 3]}, "The distances must be 2 finite numbers"),
        ({"distance": lambda p: [np.inf, 2]}, "The distances must be 2 finite numbers"),
        ({"kernel": lambda d: -1 - d}, "The weights must not be negative"),
        ({"kernel": lambda d: 0 * d}, "The weights must not be negative, nor all be zero"),
    ],
)
def test_bad_weighing(options, says):
    with pytest.raises(ValueError, match=says):
        weigh(**{"presence": [[0, 1], [1, 1]]} | options)


@pytest.mark.parametrize("name", ["presence", "distance", "kernel", "width"])
def test_weighing_of_a_wrong_type(name):
    with pytest.raises(TypeError, match=f"{name} must be"):
        weigh(**{"presence": [[0, 1], [1, 1]]} | {name: {}})


# Fitting


def observations(count=80, number=7, seed=0):
    random = np.random.RandomState(seed)
    presence = random.randint(0, 2, (count, number))
    responses = presence @ random.randn(number, 2) + presence[:, :1] * presence[:, 1:2]
    return presence, responses + random.randn(count, 2) / 5, random.rand(count)


@pytest.mark.parametrize("weighted", [False, True])
@pytest.mark.parametrize("estimator", [LinearRegression(), Ridge(0.3), Lasso(0.01)])
def test_coefficients_of_an_estimator(estimator, weighted):
    presence, responses, weights = observations()
    weights = weights if weighted else None
    importance = fit(presence, responses, estimator, weights)
    assert importance.shape == (7, 2)
    for k in range(2):
        alone = type(estimator)(**estimator.get_params())
        alone.fit(presence, responses[:, k], sample_weight=weights)
        assert np.abs(importance[:, k] - alone.coef_).max() < 1e-10
        assert np.array_equal(fit(presence, responses[:, k], estimator, weights), importance[:, k])
    assert not hasattr(estimator, "coef_")


def test_importances_of_an_estimator():
    presence, responses, weights = observations()
    forest = DecisionTreeRegressor(max_depth=3, random_state=0)
    importance = fit(presence, responses[:, 0], forest, weights)
    expected = DecisionTreeRegressor(max_depth=3, random_state=0)
    expected.fit(presence, responses[:, 0], sample_weight=weights)
    assert np.array_equal(importance, expected.feature_importances_)


def test_an_estimator_that_is_not_of_scikit_learn():
    class Means:
        def fit(self, presence, response):
            self.coef_ = response @ presence

    presence, responses, _ = observations()
    assert np.allclose(fit(presence, responses, Means()), presence.T @ responses)


@pytest.mark.tier(
    "chosen",
    "With weights, tree and lasso are those of `fitrtree` and `fitrlinear`; images of "
    "weight 0 are left out, also of n in λ = 1/n",
)
def test_weights_of_our_own_models_are_those_of_the_observations():
    presence, responses, weights = observations()
    weights[::5] = 0
    used = weights > 0
    y = responses[:, 0]
    tree = fitrtree(presence, y, Weights=weights)
    line = fitrlinear(
        presence, y, Learner="leastsquares", Regularization="lasso", Weights=weights,
        Lambda=1 / used.sum(),
    )  # fmt: skip
    assert np.allclose(fit(presence, y, "tree", weights), predictorImportance(tree), rtol=1e-12)
    assert np.allclose(fit(presence, y, "linear", weights), line.Beta, atol=1e-9)
    for model in ("tree", "linear"):
        unweighted = fit(presence, y, model)
        assert np.allclose(fit(presence, y, model, np.full(80, 0.3)), unweighted, atol=1e-9)
        assert not np.allclose(fit(presence, y, model, weights), unweighted, atol=1e-3)


@given(st.integers(1, 6), st.integers(0, 100))
def test_least_squares_finds_a_sum_of_contributions(number, seed):
    effects = np.random.RandomState(seed).randn(number)
    presence = np.array(list(np.ndindex(*[2] * number)))
    weights = weigh(presence)
    found = fit(presence, presence @ effects + 3, LinearRegression(), weights)
    assert np.abs(found - effects).max() < 1e-9


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ({"presence": np.full((80, 7), 0.5)}, "presence must hold only 0 and 1"),
        ({"responses": np.zeros(79)}, "responses must be 80 or 80×K.*but is 79"),
        ({"responses": np.zeros((80, 0))}, "but is 80×0"),
        ({"responses": np.zeros((80, 1, 1))}, "but is 80×1×1"),
        ({"responses": np.full(80, np.inf)}, "responses must be finite"),
        ({"model": "forest"}, 'model must be "tree" or "linear", but is \'forest\''),
        ({"weights": np.ones(79)}, "weights must be 80 finite numbers"),
        ({"weights": -np.ones(80)}, "weights must not be negative"),
        ({"weights": np.zeros(80)}, "weights must not be negative, nor all be zero"),
    ],
)
def test_bad_fits(arguments, says):
    presence, responses, _ = observations()
    with pytest.raises(ValueError, match=says):
        fit(**{"presence": presence, "responses": responses} | arguments)


class Weightless:
    def fit(self, presence, response):
        return self


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ({"presence": "all"}, "presence must be a numeric array"),
        ({"responses": "high"}, "responses must be a numeric array"),
        ({"model": LinearRegression}, "an estimator such as LinearRegression"),
        ({"model": 3}, "an estimator such as LinearRegression\\(\\), but is 3"),
        ({"model": Weightless()}, "model must have coef_ or feature_importances_.*Weightless"),
        ({"model": Weightless(), "weights": np.ones(80)}, "must take weights, but Weightless"),
        ({"weights": "equal"}, "weights must be a numeric array"),
    ],
)
def test_fits_of_a_wrong_type(arguments, says):
    presence, responses, _ = observations()
    with pytest.raises(TypeError, match=says):
        fit(**{"presence": presence, "responses": responses} | arguments)


# Choosing and painting


@pytest.mark.tier(
    "chosen",
    "`top` takes the greatest importances, sign included, and of equal ones the first",
)
@given(st.lists(st.integers(-3, 3), min_size=1, max_size=30), st.data())
def test_the_top_features_are_the_greatest_and_of_equal_ones_the_first(importance, data):
    count = data.draw(st.integers(1, len(importance)))
    order = sorted(range(len(importance)), key=lambda i: (-importance[i], i))
    chosen = top(importance, count)
    assert set(np.flatnonzero(chosen)) == set(order[:count])
    # Written out with argsort, where none are equal.
    distinct = np.array(importance) - np.arange(len(importance)) / 100
    assert set(np.flatnonzero(top(distinct, count))) == set(np.argsort(distinct)[-count:])


@given(st.integers(1, 30), st.integers(1, 30), st.integers(1, 4), st.data())
def test_a_pixel_takes_the_value_of_its_feature(height, width, several, data):
    X = np.zeros((height, width))
    features = segment(X, "grid", data.draw(st.integers(1, height * width)))
    values = np.random.RandomState(0).randn(features.count, several)
    painted = paint(values, features)
    assert painted.shape == (height, width, several)
    row, col = data.draw(st.integers(0, height - 1)), data.draw(st.integers(0, width - 1))
    assert np.array_equal(painted[row, col], values[features.labels[row, col]])
    assert np.array_equal(paint(values[:, 0], features), painted[:, :, 0])
    coarse = paint(values[:, 0], features, "none")
    assert np.array_equal(coarse.ravel(order="F"), values[:, 0])
    assert np.array_equal(
        paint(values[:, 0], features, "bicubic"), imresize(coarse, [height, width])
    )


def test_a_row_of_presence_is_painted_as_a_mask():
    mask = paint(top([3, 1, 2, 0], 2), Features(QUADRANTS, 4))
    assert mask.dtype == bool
    assert np.array_equal(mask, QUADRANTS % 2 == 0)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (([1, 2], 3), "count must be at most 2, the number of features, but is 3"),
        (([1, 2], 0), "count must be a positive integer"),
        (([[1, 2]], 1), "importance must be one finite number for each feature"),
        (([np.nan, 2], 1), "importance must be one finite number for each feature"),
    ],
)
def test_bad_tops(arguments, says):
    with pytest.raises(ValueError, match=says):
        top(*arguments)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (([1, 2],), "importance must be 4 or 4×K, one for each feature, but is 2"),
        ((3,), "but is 3"),
        ((np.zeros((4, 1, 1)),), "but is 4×1×1"),
    ],
)
def test_bad_paint(arguments, says):
    with pytest.raises(ValueError, match=says):
        paint(*arguments, Features(QUADRANTS, 4))
    with pytest.raises(ValueError, match='upsampling must be "nearest"'):
        paint([1, 2, 3, 4], Features(QUADRANTS, 4), "spline")
    with pytest.raises(TypeError, match="features must be Features"):
        paint([1, 2, 3, 4], QUADRANTS)
    with pytest.raises(TypeError, match="importance must be a numeric array"):
        paint("high", Features(QUADRANTS, 4))
