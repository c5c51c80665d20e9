"""Random results: as like to ours as ours are to each other, or not."""

import numpy as np
import pytest
import scipy.stats
from hypothesis import given
from hypothesis import strategies as st

from matxai.crosscheck.ranking import confirmed, judged, overlap, rank_correlation

vectors = st.lists(st.integers(-5, 5), min_size=3, max_size=12)


@given(st.data(), vectors)
def test_rank_correlation_is_scipys(data, first):
    second = data.draw(st.lists(st.integers(-5, 5), min_size=len(first), max_size=len(first)))
    found = rank_correlation(first, second)
    if len(set(first)) > 1 and len(set(second)) > 1:
        assert found == pytest.approx(scipy.stats.spearmanr(first, second).statistic, abs=1e-9)
    else:
        assert found == float(len(set(first)) == len(set(second)) == 1)


def test_overlap_counts_what_both_find_important():
    first = np.array([9.0, 8, 7, 0, 0, 0, 0, 0, 0, 0])
    assert overlap(first, first) == 1
    assert overlap(first, first[::-1]) == 0
    assert overlap(first, np.array([9.0, 0, 0, 0, 0, 0, 0, 0, 0, 8])) == 9 / 17
    # Where nothing is above the noise, nothing is important.
    assert overlap(first, np.zeros(10), noise=0.1) == 0
    assert overlap(np.zeros(10), np.zeros(10)) == 1


def noisy(true, seed, noise=0.1):
    return true + noise * np.random.default_rng(seed).standard_normal(true.shape)


TRUE = np.array([5.0, 3, 0, -1, 2, 0, 0, 1, -2, 0.5])


@given(st.integers(0, 10**6))
def test_another_run_of_the_same_fits(seed):
    assert judged(noisy(TRUE, seed), [noisy(TRUE, seed + i) for i in range(1, 6)]).fits


@given(st.integers(0, 10**6))
def test_few_important_values_among_zeros_fit_whatever_the_ranks_of_the_rest(seed):
    """As the lasso gives them."""

    def run(number):
        values = noisy(np.where(np.arange(16) == 9, 1.0, 0), seed + number, 0.05)
        return np.where(np.abs(values) > 0.08, values, 0)

    assert judged(run(0), [run(i) for i in range(1, 6)]).fits


@pytest.mark.parametrize("change", [lambda x: -x, lambda x: x[::-1], lambda x: np.roll(x, 1)])
def test_another_order_does_not_fit(change):
    runs = [noisy(TRUE, i) for i in range(5)]
    found = judged(change(noisy(TRUE, 9)), runs)
    assert not found.order_fits
    assert not found.fits


@pytest.mark.parametrize("factor", [0.3, 2, 100])
def test_another_scale_does_not_fit_though_the_order_does(factor):
    found = judged(factor * noisy(TRUE, 9), [noisy(TRUE, i) for i in range(5)])
    assert found.order_fits
    assert not found.fits
    assert found.scale == pytest.approx(factor, rel=0.1)


def test_of_several_channels_the_least_like_counts():
    runs = [np.stack([noisy(TRUE, i), noisy(TRUE, i + 50)], axis=1) for i in range(5)]
    good = np.stack([noisy(TRUE, 8), noisy(TRUE, 9)], axis=1)
    assert judged(good, runs).fits
    good[:, 1] *= -1
    assert not judged(good, runs).fits


def test_results_that_never_vary_are_judged_too():
    zero = np.zeros(5)
    assert judged(zero, [zero, zero]).fits
    assert judged(TRUE, [TRUE, TRUE]).fits
    assert not judged(TRUE, [np.zeros(10), np.zeros(10)]).fits


def test_more_runs_are_made_before_values_count_as_different():
    true = np.random.default_rng(0).standard_normal(16)
    made = []

    def another(number):
        made.append(number)
        return noisy(true, number, noise=0.5)

    # Three runs that happen to be nearly equal leave no room for a fourth.
    close = [noisy(true, 0, noise=0.01 * i) for i in range(3)]
    theirs = noisy(true, 99, noise=0.5)
    assert not judged(theirs, close).fits
    assert confirmed(theirs, close, another).fits
    assert made == [3, 4, 5, 6, 7, 8]
    assert len(close) == 9
    assert not confirmed(-theirs, [noisy(true, i, noise=0.5) for i in range(3)], another).fits
    made.clear()
    runs = [noisy(true, i, noise=0.5) for i in range(3)]
    assert confirmed(runs[0], runs, another).fits
    assert not made
