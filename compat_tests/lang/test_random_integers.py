"""randi, randperm and randn: the numbers that MATLAB's documentation prints."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matxai import rand, randi, randn, randperm, rng


@pytest.fixture(autouse=True)
def _restored():
    before = rng()
    rng("default")
    yield
    rng(before)


@pytest.mark.tier(
    "numeric",
    'After `rng("default")`, `randi(10,1,5)` is 9 10 2 10 7, then 1 3 6 10 10; `randi([10 '
    "50],1,5)` is 43 47 15 47 35",
)
def test_randi_prints_what_the_documentation_does():
    assert randi(10, 1, 5).tolist() == [[9, 10, 2, 10, 7]]
    assert randi(10, 1, 5).tolist() == [[1, 3, 6, 10, 10]]
    rng("default")
    assert randi([10, 50], 1, 5).tolist() == [[43, 47, 15, 47, 35]]


@pytest.mark.tier(
    "numeric",
    "`randperm(6)` of the stream with seed 0 is 6 3 5 1 2 4: the order that sorts `rand(1,6)`",
)
def test_randperm_prints_what_the_documentation_does():
    assert randperm(6).tolist() == [6, 3, 5, 1, 2, 4]


@given(
    low=st.integers(-5, 5), width=st.integers(0, 9), sizes=st.lists(st.integers(0, 4), max_size=3)
)
def test_integers_lie_in_the_range(low, width, sizes):
    drawn = np.asarray(randi([low, low + width], *sizes))
    assert ((drawn >= low) & (drawn <= low + width) & (drawn == np.floor(drawn))).all()
    assert drawn.dtype == np.float64
    assert np.asarray(rand(*sizes)).shape == drawn.shape


@given(n=st.integers(1, 20), data=st.data())
def test_orders_hold_each_integer_once(n, data):
    assert sorted(randperm(n)) == list(range(1, n + 1))
    k = data.draw(st.integers(1, n))
    some = randperm(n, k)
    assert len(set(some.tolist())) == k
    assert set(some.tolist()) <= set(range(1, n + 1))


@pytest.mark.tier("statistical", "`randn` has MATLAB's distribution, not its numbers")
def test_normal_numbers():
    drawn = randn(200, 100)
    assert abs(drawn.mean()) < 0.03
    assert abs(drawn.std() - 1) < 0.03
    rng("default")
    np.testing.assert_array_equal(randn(200, 100), drawn)
    assert randn(2, "single").dtype == np.float32
    assert isinstance(randn(), float)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: randi(0), "a range that is not empty"),
        (lambda: randi(1.5), "imax must be an integer"),
        (lambda: randi([1, 2, 3]), "imax must be an integer or two"),
        (lambda: randi(3, 2, "text"), "the class must be one of"),
        (lambda: randperm(3, 4), "k must be 3 at most"),
        (lambda: randperm(0), "n must be a positive integer"),
        (lambda: randn(2, "uint8"), "the class must be one of double, single"),
    ],
)
def test_bad_values(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_bad_types():
    with pytest.raises(TypeError, match="randi: sizes must be integers"):
        randi(3, None)
