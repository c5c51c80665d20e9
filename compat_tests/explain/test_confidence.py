"""averageDrop."""

import numpy as np
import pytest
import tiny_networks as tiny
from hypothesis import given
from hypothesis import strategies as st

from matxai import DAGNetwork, averageDrop, predict

RANDOM = np.random.RandomState(0)
WEIGHTS = RANDOM.rand(2, 3, 6, 5)
X = RANDOM.randint(1, 256, (6, 5, 3, 4), np.uint8)
MAPS = RANDOM.randn(6, 5, 4)


@pytest.fixture(scope="module")
def net():
    return tiny.weighted_sum(WEIGHTS)


@pytest.mark.tier("documented", "`averageDrop` of a weighted sum is the one by hand")
def test_the_drop_of_a_weighted_sum_by_hand(net):
    shown = np.zeros((6, 5))
    shown[:, :2] = 1
    parts = (WEIGHTS[0] * X[..., 0].transpose(2, 0, 1)).sum(axis=0)
    whole, part = parts.sum(), parts[:, :2].sum()
    drop, increase, scores = averageDrop(net, X[..., 0], 1, shown, nargout=3)
    assert drop == pytest.approx((whole - part) / whole * 100, rel=1e-5)
    assert increase == 0
    assert np.allclose(scores, [[whole, part]], rtol=1e-5)
    assert isinstance(drop, float)
    assert isinstance(increase, float)


def signed_network(**weights):
    """Make channels that are positive, and fall or rise where only the left is shown."""
    left, right = np.zeros((3, 6, 5)), np.zeros((3, 6, 5))
    left[:, :, :2], right[:, :, 2:] = 1, 1
    return tiny.weighted_sum([3 * left - 0.5 * right, 3 * left + right])


@pytest.mark.tier(
    "documented",
    "A score that rises counts as increase in confidence, and as a drop of 0",
)
def test_a_score_that_rises_counts_as_increase_and_as_no_drop():
    image, shown = np.full((6, 5, 3), 10.0), np.zeros((6, 5, 2))
    shown[:, :2] = 1
    drop, increase, scores = averageDrop(signed_network(), image, [1, 2], shown, nargout=3)
    assert scores.tolist() == [[810, 1080], [1620, 1080]]
    assert drop == pytest.approx((0 + 540 / 1620) / 2 * 100)
    assert increase == 50


@pytest.mark.tier("chosen", "A map counts from its lowest value, 0, to its highest, 1")
@given(st.floats(0.01, 100), st.floats(-100, 100))
def test_a_map_counts_from_its_lowest_to_its_highest_value(scale, shift):
    net = tiny.weighted_sum(WEIGHTS)
    score_map = MAPS[:, :, 0]
    moved = averageDrop(net, X[..., 0], 2, scale * score_map + shift, nargout=3)[2]
    shown = (score_map - score_map.min()) / np.ptp(score_map)
    expected = predict(net, X[..., 0] * shown[:, :, None])[0, 1]
    assert moved[0, 1] == pytest.approx(expected, rel=1e-4)


@pytest.mark.tier("chosen", "A constant map shows nothing of the image")
def test_a_constant_map_shows_nothing(net):
    for value in (0, 1, -3.5):
        drop, _, scores = averageDrop(net, X[..., 0], 1, np.full((6, 5), value), nargout=3)
        assert drop == 100
        assert scores[0, 1] == 0


@pytest.mark.tier("chosen", "A pixel becomes m·x + (1 − m)·`Fill`, 0 by default")
def test_what_is_not_shown_becomes_the_fill(net):
    shown = np.array([[0, 0.25, 0.5, 0.75, 1]] * 6)[:, :, None]
    image = X[..., 0].astype(float)
    mean = image.mean(axis=(0, 1))
    for fill, hidden in (("zeros", 0), ("mean", mean), (9, 9), ([1, 2, 3], np.array([1, 2, 3]))):
        scores = averageDrop(net, image, 1, shown[:, :, 0], Fill=fill, nargout=3)[2]
        expected = predict(net, shown * image + (1 - shown) * hidden)[0, 0]
        assert scores[0, 1] == pytest.approx(expected, rel=1e-5)
    assert averageDrop(net, image, 1, shown) == averageDrop(net, image, 1, shown, Fill="zeros")


def test_several_images_are_averaged_one_by_one(net):
    channels = [1, 2, 2, 1]
    drop, increase, scores = averageDrop(net, X, channels, MAPS, nargout=3)
    singles = [
        averageDrop(net, X[..., i], c, MAPS[..., i], nargout=3) for i, c in enumerate(channels)
    ]
    assert drop == pytest.approx(np.mean([s[0] for s in singles]))
    assert increase == pytest.approx(np.mean([s[1] for s in singles]))
    assert np.array_equal(scores, np.concatenate([s[2] for s in singles]))
    same = averageDrop(net, X, 2, MAPS, nargout=3)[2]
    assert np.array_equal(same, averageDrop(net, X, [2] * 4, MAPS, nargout=3)[2])


def test_channels_of_one_image_have_maps_of_their_own(net):
    scores = averageDrop(net, X[..., 0], [2, 1], MAPS[..., :2], nargout=3)[2]
    for k, channel in enumerate([2, 1]):
        single = averageDrop(net, X[..., 0], channel, MAPS[..., k], nargout=3)[2]
        assert np.allclose(scores[k], single[0], rtol=1e-6)


def test_labels():
    net = DAGNetwork(tiny.conv_model((6, 5, 3)), Classes=list("abcde"))
    by_label = averageDrop(net, X[..., :2], ["b", "e"], MAPS[..., :2])
    assert by_label == averageDrop(net, X[..., :2], [2, 5], MAPS[..., :2])


@pytest.mark.parametrize(
    ("arguments", "options", "error", "message"),
    [
        ((X, 1, MAPS[..., 0]), {}, ValueError, "scoreMap must be H×W×4, one map for each image"),
        ((X, [1, 2], MAPS), {}, ValueError, "channelIdx must have one element, or 4"),
        ((X, 1, MAPS[1:]), {}, ValueError, "scoreMap must have the height and width of X, 6×5"),
        ((X, 1, MAPS * np.nan), {}, ValueError, "scoreMap must hold finite values"),
        ((X, 3, MAPS), {}, ValueError, "channelIdx must hold integers from 1 to 2"),
        ((X[1:], 1, MAPS[1:]), {}, ValueError, "X must be 6×5×3"),
        ((X * 0, 1, MAPS), {}, ValueError, "scores of X must be positive.*but one is 0.0"),
        ((X, 1, MAPS), {"Fill": "grey"}, ValueError, "Fill must be"),
        ((X, 1, "map"), {}, TypeError, "scoreMap must be a numeric array"),
    ],
)
def test_bad_input(net, arguments, options, error, message):
    with pytest.raises(error, match=message):
        averageDrop(net, *arguments, **options)
