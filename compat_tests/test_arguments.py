"""Checks of single arguments."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matxai.arguments import (
    any_of,
    channel_indices,
    logical,
    numeric_array,
    one_of,
    positive_integer,
    positive_integers,
    real_scalar,
)


@pytest.mark.parametrize("value", [3, 3.0, np.float32(3), np.uint8(3), np.array([[3]])])
def test_positive_integer_takes_any_class(value):
    result = positive_integer(value, "N")
    assert result == 3
    assert type(result) is int


@pytest.mark.parametrize("value", [0, -1, 2.5, np.nan, np.inf])
def test_no_positive_integer(value):
    with pytest.raises(ValueError, match="N must be a positive integer, but is"):
        positive_integer(value, "N")


@pytest.mark.parametrize("value", ["3", None, [1, 2], True, 1j])
def test_no_number(value):
    with pytest.raises(TypeError, match="N must be a positive integer, but is"):
        positive_integer(value, "N")


def test_texts_in_any_case_and_by_unique_beginning():
    check = one_of("nearest", "none", "bicubic")
    assert check("BiCubic", "M") == "bicubic"
    assert check("near", "M") == "nearest"
    with pytest.raises(ValueError, match='"nearest" or "none" or "bicubic", but is \'n\''):
        check("n", "M")
    with pytest.raises(ValueError, match="but is ''"):
        check("", "M")
    with pytest.raises(TypeError, match="but is 3"):
        check(3, "M")


def test_any_of_reports_the_check_that_knows_the_type():
    check = any_of(one_of("auto"), positive_integers((1, 2)))
    assert check("AUTO", "MaskSize") == "auto"
    assert check([5, 6], "MaskSize") == (5, 6)
    assert check(np.uint8(5), "MaskSize") == (5,)
    with pytest.raises(ValueError, match="positive integer, but is 0"):
        check(0, "MaskSize")
    with pytest.raises(ValueError, match="must be \"auto\", but is 'big'"):
        check("big", "MaskSize")
    with pytest.raises(ValueError, match=r"1 or 2 elements, but is \[1, 2, 3\], which has 3"):
        check([1, 2, 3], "MaskSize")


@pytest.mark.parametrize(("value", "flag"), [("on", True), ("OFF", False), (1, True), (0.0, False)])
def test_logical(value, flag):
    assert logical(value, "F") is flag


@pytest.mark.parametrize("value", [2, None, [1, 0]])
def test_no_logical(value):
    with pytest.raises(TypeError, match="F must be true or false"):
        logical(value, "F")


@pytest.mark.parametrize("value", ["text", None, [[1], [2, 3]], [1j], np.array(["a"])])
def test_no_numeric_array(value):
    with pytest.raises(TypeError, match="X must be a numeric array"):
        numeric_array(value, "X")


def test_real_scalar():
    assert real_scalar(np.float32(0.5), "L") == 0.5
    with pytest.raises(ValueError, match="finite"):
        real_scalar(np.nan, "L")
    with pytest.raises(TypeError, match="a number"):
        real_scalar("1", "L")


@given(st.lists(st.integers(1, 10), min_size=1), st.sampled_from([int, float, np.uint8]))
def test_channels_count_from_one(indices, kind):
    expected = [i - 1 for i in indices]
    assert channel_indices([kind(i) for i in indices], 10, "c").tolist() == expected
    assert channel_indices(np.array(indices, kind)[:, None], 10, "c").tolist() == expected


@pytest.mark.parametrize("value", [0, 11, -1, 1.5, np.nan, [1, 11], []])
def test_no_channel(value):
    with pytest.raises(ValueError, match="channelIdx must"):
        channel_indices(value, 10, "channelIdx")


@pytest.mark.parametrize("value", ["tabby", True, None])
def test_no_channel_at_all(value):
    with pytest.raises(TypeError, match="channelIdx must"):
        channel_indices(value, 10, "channelIdx")


def test_a_matrix_is_no_vector_of_channels():
    with pytest.raises(ValueError, match="a vector"):
        channel_indices(np.ones((2, 2)), 10, "channelIdx")
