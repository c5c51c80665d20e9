"""The random stream: MATLAB's numbers, and what rng gives back."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matxai import rand, rng
from matxai.lang import random

# First column of rand(6, 6) after rng("default"), printed in MATLAB's documentation.
PRINTED = [0.8147, 0.9058, 0.1270, 0.9134, 0.6324, 0.0975]

seeds = st.integers(0, 2**32 - 1)


@pytest.fixture(autouse=True)
def _restored():
    before = rng()
    yield
    rng(before)


@pytest.mark.tier(
    "numeric",
    'After `rng("default")`: 0.8147 0.9058 0.1270 0.9134 0.6324 0.0975, down the columns',
)
@pytest.mark.parametrize("start", ["default", 0, "twister"])
def test_first_numbers_are_the_printed_ones(start):
    rng(start)
    assert rand(6, 6)[:, 0].round(4).tolist() == PRINTED


@pytest.mark.tier("documented", "A seed other than 0 is the twister's own")
@given(seed=seeds)
def test_seed_is_the_twisters_seed(seed):
    rng(seed, "twister")
    twister = np.random.RandomState(seed or 5489)
    np.testing.assert_array_equal(rand(3, 2), twister.random_sample(6).reshape(2, 3).T)


@given(seed=seeds, drawn=st.integers(0, 1300))
def test_settings_bring_the_stream_back(seed, drawn):
    rng(seed)
    rand(drawn, 1)
    settings = rng()
    first = rand(5)
    assert rng(settings) != settings
    np.testing.assert_array_equal(rand(5), first)
    rng({"Type": "twister", "Seed": settings.Seed, "State": settings.State})
    assert rng() == settings


def test_rng_returns_the_settings_before():
    rng(3)
    before = rng(4)
    assert (before.Type, before.Seed) == ("twister", 3)
    assert rng().Seed == 4
    assert rng(before).Seed == 4
    assert rng().Seed == 3


def test_state_has_the_shape_of_matlabs_and_cannot_be_written():
    state = rng().State
    assert state.shape == (625,)
    assert state.dtype == np.uint32
    with pytest.raises(ValueError, match="read-only"):
        state[0] = 1


def test_shuffle_takes_another_seed_each_time():
    rng("shuffle")
    first = rng().Seed
    for _ in range(1000):
        rng("shuffle", "twister")
        if rng().Seed != first:
            return
    pytest.fail("the seed stays the same")


def test_numpys_own_stream_is_left_alone():
    before = np.random.get_state()[1].copy()
    rng(7)
    rand(700)
    np.testing.assert_array_equal(np.random.get_state()[1], before)


@pytest.mark.parametrize(
    ("sizes", "shape"),
    [
        ((3,), (3, 3)),
        ((1,), (1, 1)),
        ((2, 3), (2, 3)),
        (([2, 3],), (2, 3)),
        ((np.array([2, 3, 4]),), (2, 3, 4)),
        ((2, 3, 1, 1), (2, 3)),
        ((3.0, np.int8(2)), (3, 2)),
        ((-1,), (0, 0)),
        ((0, 4), (0, 4)),
    ],
)
def test_sizes(sizes, shape):
    assert rand(*sizes).shape == shape
    assert rand(*sizes, "double").dtype == np.float64


def test_without_a_size_it_is_one_number():
    assert isinstance(rand(), float)
    assert isinstance(rand("single"), float)


def test_arrays_fill_column_by_column():
    rng(1)
    flat = [rand() for _ in range(24)]
    rng(1)
    np.testing.assert_array_equal(rand(2, 3, 4), np.reshape(flat, (2, 3, 4), order="F"))


@pytest.mark.tier("chosen", '`rand(…, "single")` rounds the doubles, below 1')
def test_single_is_the_double_rounded_and_stays_below_one(monkeypatch):
    rng(1)
    doubles = rand(4)
    rng(1)
    np.testing.assert_array_equal(rand(4, "single"), doubles.astype(np.float32))
    monkeypatch.setattr(random, "uniform", lambda *_: np.full((1, 1), np.nextafter(1, 0)))
    assert rand(1, 1, "single") < 1


@pytest.mark.parametrize(
    ("arguments", "error", "words"),
    [
        ((-1,), ValueError, "from 0 to 2\\^32 − 1, but is -1"),
        ((2**32,), ValueError, "4294967296"),
        ((0.5,), ValueError, "0.5"),
        ((float("nan"),), ValueError, "nan"),
        ((True,), TypeError, "True"),
        (([1, 2],), TypeError, "settings that rng returned"),
        (("defalt",), ValueError, "'defalt'"),
        (("philox",), ValueError, 'only the generator "twister".*not .philox'),
        ((1, "Threefry"), ValueError, "not 'Threefry'"),
        ((1, 2), TypeError, "generator"),
        (({"Type": "twister", "Seed": 1},), ValueError, "State is missing"),
        (({"Type": "philox", "Seed": 1, "State": [1]},), ValueError, "not 'philox'"),
        (({"Type": "twister", "Seed": 1, "State": [1]},), ValueError, "625 elements, not 1"),
        (({"Type": "twister", "Seed": 1, "State": [625] * 625},), ValueError, "at most 624"),
        ((1, "twister", 3), TypeError, "argument 3"),
    ],
)
def test_rng_refuses(arguments, error, words):
    before = rng()
    with pytest.raises(error, match=words):
        rng(*arguments)
    assert rng() == before


@pytest.mark.parametrize(
    ("arguments", "error", "words"),
    [
        ((2.5,), ValueError, "sizes must be integers, but one is 2.5"),
        ((float("inf"),), ValueError, "inf"),
        ((True,), TypeError, "True"),
        (([1, 2], 3), TypeError, r"\[1, 2\]"),
        ((2, "int8"), ValueError, "'int8'"),
        ((2, "like", np.ones(2)), TypeError, "like"),
    ],
)
def test_rand_refuses(arguments, error, words):
    with pytest.raises(error, match=words):
        rand(*arguments)


def test_stream_none_is_the_global_one():
    rng(9)
    expected = rand()
    rng(9)
    assert float(random.uniform(random.stream())) == expected


def test_stream_of_a_seed_follows_matlabs_rule():
    rng(0)
    np.testing.assert_array_equal(random.uniform(random.stream(0), 2, 3), rand(2, 3))


def test_stream_of_settings_starts_where_they_were_taken():
    settings = rng()
    expected = rand(2, 3)
    np.testing.assert_array_equal(random.uniform(random.stream(settings), 2, 3), expected)


@pytest.mark.parametrize("make", [np.random.RandomState, np.random.default_rng])
def test_stream_of_a_numpy_source_is_that_source(make):
    source = make(5)
    assert random.stream(source) is source
    np.testing.assert_array_equal(random.uniform(source, 2, 3), make(5).random(6).reshape(3, 2).T)


@pytest.mark.parametrize("given", ["default", [1, 2], True])
def test_stream_refuses(given):
    with pytest.raises(TypeError, match="seed"):
        random.stream(given)
