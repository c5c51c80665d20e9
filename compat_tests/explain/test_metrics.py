"""deletionScore and insertionScore."""

import numpy as np
import pytest
import tiny_networks as tiny
from hypothesis import given
from hypothesis import strategies as st
from scipy.ndimage import convolve1d

from matxai import DAGNetwork, deletionScore, insertionScore, predict

SIZE = (6, 5, 3)
RANDOM = np.random.RandomState(0)
WEIGHTS = RANDOM.randn(2, 3, 6, 5)
X = RANDOM.randint(0, 256, SIZE, np.uint8)
# What each pixel adds to the score of channel 1.
PARTS = (WEIGHTS[0] * X.transpose(2, 0, 1)).sum(axis=0)
CONV_X = np.random.RandomState(0).randint(0, 256, (16, 16, 3), np.uint8)
BOTH = pytest.mark.parametrize("function", [deletionScore, insertionScore])


@pytest.fixture(scope="module")
def net():
    return tiny.weighted_sum(WEIGHTS)


@pytest.fixture(scope="module")
def conv():
    return tiny.conv()


def area(curve):
    return (curve.sum() - (curve[0] + curve[-1]) / 2) / (len(curve) - 1)


def sorted_column(score_map):
    """MATLAB's sort(scoreMap(:),"descend"), which keeps the order of equal values."""
    columns = score_map.ravel(order="F").tolist()
    return sorted(range(len(columns)), key=lambda i: -columns[i])


# Known answers


@pytest.mark.tier(
    "documented",
    "The deletion curve of a weighted sum is the one by hand; no map is better than the true one",
)
def test_the_perfect_map_lets_the_score_fall_by_the_largest_parts_first(net):
    score, curve, fractions = deletionScore(net, X, 1, PARTS, Fill=0, nargout=3)
    expected = PARTS.sum() - np.concatenate([[0], np.cumsum(np.sort(PARTS.ravel())[::-1])])
    assert np.abs(curve - expected).max() < 1e-2
    assert score == pytest.approx(area(expected), abs=1e-2)
    assert np.allclose(fractions, np.arange(31) / 30, rtol=0, atol=1e-15)
    assert isinstance(score, float)
    assert (curve.dtype, fractions.dtype) == (np.float64, np.float64)


@given(st.integers(0, 1000))
def test_no_map_is_better_than_the_perfect_one(seed):
    net = tiny.weighted_sum(WEIGHTS)
    other = np.random.RandomState(seed).randn(6, 5)
    assert deletionScore(net, X, 1, other, Fill=0) > deletionScore(net, X, 1, PARTS, Fill=0)
    assert insertionScore(net, X, 1, other, Fill=0) < insertionScore(net, X, 1, PARTS, Fill=0)


@given(st.integers(0, 1000))
def test_what_a_weighted_sum_loses_and_gains_is_the_same(seed):
    net = tiny.weighted_sum(WEIGHTS)
    score_map = np.random.RandomState(seed).randn(6, 5)
    lost = deletionScore(net, X, 1, score_map, Fill="mean", nargout=2)[1]
    gained = insertionScore(net, X, 1, score_map, Fill="mean", nargout=2)[1]
    assert np.ptp(lost + gained) < 1e-2
    assert lost[0] == pytest.approx(predict(net, X)[0, 0], rel=1e-6)
    assert gained[-1] == pytest.approx(predict(net, X)[0, 0], rel=1e-6)


@given(st.integers(0, 1000), st.integers(1, 300))
def test_insertion_is_deletion_of_the_opposite_map_read_backwards(seed, steps):
    net = tiny.conv((6, 5, 3))
    score_map = np.random.RandomState(seed).permutation(30).reshape(6, 5)
    steps = max(s for s in (1, 2, 3, 5, 6, 10, 15, 30) if s <= steps)  # equal steps
    forth = insertionScore(net, X, 2, score_map, Fill="blur", NumSteps=steps, nargout=2)[1]
    back = deletionScore(net, X, 2, -score_map, Fill="blur", NumSteps=steps, nargout=2)[1]
    assert np.abs(forth - back[::-1]).max() < 1e-6


@BOTH
@given(st.integers(0, 1000))
def test_only_the_order_of_the_values_counts(function, seed):
    net = tiny.weighted_sum(WEIGHTS)
    score_map = np.random.RandomState(seed).randint(0, 9, (6, 5))
    curve = function(net, X, 1, score_map, nargout=2)[1]
    for changed in (score_map * 3.5 - 7, np.exp(score_map / 3), score_map.astype(np.uint8)):
        assert np.array_equal(function(net, X, 1, changed, nargout=2)[1], curve)


# What was chosen


@pytest.mark.tier(
    "chosen",
    "In `deletionScore` and `insertionScore` pixels of equal value go down the columns, as"
    ' `sort(scoreMap(:),"descend")` has them',
)
@BOTH
@pytest.mark.parametrize("order", "CF")
@given(seed=st.integers(0, 1000))
def test_equal_values_go_down_the_columns(function, order, seed):
    net = tiny.weighted_sum(WEIGHTS)
    score_map = np.asarray(np.random.RandomState(seed).randint(0, 3, (6, 5)), order=order)
    curve = function(net, X, 1, score_map, Fill=0, nargout=2)[1]
    taken = np.concatenate([[0], np.cumsum(PARTS.ravel(order="F")[sorted_column(score_map)])])
    expected = taken if function is insertionScore else PARTS.sum() - taken
    assert np.abs(curve - expected).max() < 1e-2


@BOTH
def test_a_constant_map_takes_the_image_column_by_column(function, net):
    curve = function(net, X, 1, np.full((6, 5), 0.3), Fill=0, NumSteps=5, nargout=2)[1]
    taken = np.concatenate([[0], np.cumsum(PARTS.sum(axis=0))])
    expected = taken if function is insertionScore else PARTS.sum() - taken
    assert np.abs(curve - expected).max() < 1e-2


@pytest.mark.tier(
    "chosen",
    "After step k, ⌊k·HW/NumSteps⌋ pixels are replaced, with at most one step for each pixel",
)
@pytest.mark.parametrize("steps", [1, 4, 7, 29, 30])
def test_steps_are_about_equal_and_at_most_one_for_each_pixel(net, steps):
    fractions, all_of_them = (
        deletionScore(net, X, 1, PARTS, NumSteps=n, nargout=3)[2] for n in (steps, 1000)
    )
    assert fractions.tolist() == [(k * 30 // steps) / 30 for k in range(steps + 1)]
    assert len(all_of_them) == 31


def test_unequal_steps_weigh_by_their_width(net):
    score, curve, fractions = deletionScore(net, X, 1, PARTS, NumSteps=4, nargout=3)
    widths = fractions[1:] - fractions[:-1]
    assert len(set(widths.round(9))) == 2
    assert score == pytest.approx(float((widths * (curve[1:] + curve[:-1]) / 2).sum()))


def blurred(image):
    taps = np.exp(-(np.arange(-5, 6) ** 2) / 50)
    taps /= taps.sum()
    across = convolve1d(image.astype(float), taps, axis=0, mode="reflect")
    return convolve1d(across, taps, axis=1, mode="reflect")


@pytest.mark.tier(
    "chosen",
    "Removed pixels are the image's mean colour (`deletionScore`), the image blurred by "
    "11×11 taps with standard deviation 5 and mirrored edges (`insertionScore`), or as "
    "`Fill` says",
)
def test_fills(net):
    own = RANDOM.rand(*SIZE) * 255
    fills = {
        "zeros": np.zeros(SIZE),
        "mean": np.broadcast_to(X.mean(axis=(0, 1)), SIZE),
        "blur": blurred(X),
        7: np.full(SIZE, 7),
        (1, 2, 3): np.broadcast_to([1, 2, 3], SIZE),
    }
    for fill, image in [*fills.items(), (own, own)]:
        fill = list(fill) if isinstance(fill, tuple) else fill
        begun = insertionScore(net, X, 1, PARTS, Fill=fill, nargout=2)[1][0]
        assert begun == pytest.approx(predict(net, image)[0, 0], abs=0.02)
    defaults = insertionScore(net, X, 1, PARTS), deletionScore(net, X, 1, PARTS)
    assert defaults[0] == insertionScore(net, X, 1, PARTS, Fill="blur")
    assert defaults[1] == deletionScore(net, X, 1, PARTS, Fill="mean")


# Options and shapes


@BOTH
def test_channels_have_maps_of_their_own(function, net):
    maps = RANDOM.randn(6, 5, 2)
    score, curve, fractions = function(net, X, [2, 1], maps, NumSteps=7, nargout=3)
    assert (score.shape, curve.shape, fractions.shape) == ((2,), (8, 2), (8,))
    for k, channel in enumerate([2, 1]):
        single = function(net, X, channel, maps[:, :, k], NumSteps=7, nargout=2)
        assert score[k] == single[0]
        assert np.array_equal(curve[:, k], single[1])
    one = function(net, X, [2], maps[:, :, :1], NumSteps=7)
    assert one.shape == (1,)


@BOTH
def test_batches_do_not_matter_and_progress_is_told(function, conv):
    score_map = np.random.RandomState(1).randn(16, 16, 2)
    calls = []
    curves = [
        function(
            conv, CONV_X, [1, 2], score_map, NumSteps=20, MiniBatchSize=size, nargout=2,
            Progress=lambda *a: calls.append(a),
        )[1]
        for size in (1, 4, 1000)
    ]  # fmt: skip
    assert np.abs(curves[0] - curves[1]).max() < 1e-6
    assert np.abs(curves[0] - curves[2]).max() < 1e-6
    assert calls[-1] == (42, 42)
    assert calls[:2] == [(1, 42), (2, 42)]


@BOTH
def test_it_is_called_as_matlabs_functions_and_changes_nothing(function, net):
    before = X.copy(), PARTS.copy()
    pairs = function(net, X, 1, PARTS, "numsteps", 3, "FILL", "Zeros")
    assert pairs == function(net, X, 1, PARTS, NumSteps=3, Fill="zeros")
    assert np.array_equal(X, before[0])
    assert np.array_equal(PARTS, before[1])


@BOTH
def test_labels_and_grey_images(function):
    net = DAGNetwork(tiny.conv_model((9, 7, 1)), Classes=list("abcde"))
    image = np.random.RandomState(0).rand(9, 7) * 255
    score_map = np.random.RandomState(1).rand(9, 7)
    assert function(net, image, "c", score_map) == function(net, image, 3, score_map)


@BOTH
@pytest.mark.parametrize(
    ("arguments", "options", "error", "message"),
    [
        ((X, 1, PARTS.T), {}, ValueError, "scoreMap must have the height and width of X, 6×5, but"),
        ((X, 1, PARTS.ravel()), {}, ValueError, "scoreMap must be H×W but is 30"),
        ((X, [1, 2], PARTS), {}, ValueError, "scoreMap must be H×W×2"),
        ((X, 1, PARTS * np.nan), {}, ValueError, "scoreMap must hold finite values, but holds NaN"),
        ((X, 1, "gradCAM"), {}, TypeError, "scoreMap must be a numeric array, but is 'gradCAM'"),
        ((X, 1, None), {}, TypeError, "scoreMap must be a numeric array, but is None"),
        ((X, 3, PARTS), {}, ValueError, "channelIdx must hold integers from 1 to 2"),
        ((X, "cat", PARTS), {}, TypeError, "channelIdx must be channel indices"),
        ((X[1:], 1, PARTS), {}, ValueError, "X must be 6×5×3"),
        ((np.full(SIZE, np.inf), 1, PARTS), {}, ValueError, "X must hold finite values"),
        ((X, 1, PARTS), {"NumSteps": 0}, ValueError, "NumSteps must be a positive integer"),
        ((X, 1, PARTS), {"Fill": "black"}, ValueError, 'Fill must be "mean" or "zeros" or "blur"'),
        ((X, 1, PARTS), {"Fill": [1, 2]}, ValueError, "Fill must be 6×5×3"),
        ((X, 1, PARTS), {"Fill": np.nan}, ValueError, "Fill must hold finite numbers, but is nan"),
        ((X, 1, PARTS), {"Fill": None}, TypeError, "Fill must be a numeric array"),
        ((X, 1, PARTS), {"Steps": 3}, TypeError, "Did you mean 'NumSteps'"),
    ],
)  # fmt: skip
def test_bad_input(function, net, arguments, options, error, message):
    with pytest.raises(error, match=message):
        function(net, *arguments, **options)


@BOTH
def test_no_network(function):
    with pytest.raises(TypeError, match="net must be a dlnetwork"):
        function("net.onnx", X, 1, PARTS)
