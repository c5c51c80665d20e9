"""The best split of a node, held against its definition in exact arithmetic."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from matxai.stats.splitting import Columns, best_split

responses = arrays(np.float64, st.shared(st.integers(2, 12), key="n"), elements=st.integers(-9, 9))


def predictor_values(missing):
    values = st.integers(0, 5).map(float)
    return arrays(
        np.float64,
        st.tuples(st.shared(st.integers(2, 12), key="n"), st.integers(1, 3)),
        elements=values | st.just(float("nan")) if missing else values,
        fill=st.nothing(),
    )


def squared_error(y):
    mean = sum(y) / len(y)
    return sum((each - mean) ** 2 for each in y)


def gains_by_definition(X, y, min_leaf):
    """Map each allowed (predictor, cut) to how far it lowers the error; exact, not divided by n."""
    exact = [Fraction(int(each)) for each in y]
    error = squared_error(exact) / len(exact)
    gains = {}
    for p, x in enumerate(X.T):
        levels = np.unique(x[~np.isnan(x)])
        for cut in (levels[1:] + levels[:-1]) / 2:
            left = [e for e, goes in zip(exact, x < cut, strict=True) if goes]
            right = [e for e, goes in zip(exact, x >= cut, strict=True) if goes]
            if min(len(left), len(right)) >= min_leaf:
                reached = len(left) + len(right)
                gains[p, cut] = reached * error - squared_error(left) - squared_error(right)
    return gains


def split_of(X, y, min_leaf=1):
    centred = y - y.mean()
    w = np.full(len(y), 1 / len(y))
    return best_split(Columns.of(X), centred, w, float(np.mean(centred**2)), min_leaf)


@pytest.mark.tier("documented", "Splits are the best by their definition")
@given(predictor_values(missing=False), responses, st.integers(1, 3))
def test_is_the_best_by_definition(X, y, min_leaf):
    check_best(X, y, min_leaf)


@pytest.mark.tier(
    "chosen",
    "A predictor with missing values is judged on the observations that have it",
)
@given(predictor_values(missing=True), responses, st.integers(1, 3))
def test_is_the_best_by_definition_where_values_are_missing(X, y, min_leaf):
    check_best(X, y, min_leaf)


def check_best(X, y, min_leaf):
    gains = gains_by_definition(X, y, min_leaf)
    best = max(gains.values(), default=0)
    split = split_of(X, y, min_leaf)
    if split is None:
        assert best <= 1e-12
        return
    assert gains[split.predictor, split.cut] >= best - Fraction(1, 10**9)
    assert split.gain * len(y) == pytest.approx(float(best), rel=1e-9, abs=1e-12)


@pytest.mark.tier("numeric")
def test_of_two_equal_predictors_the_first_wins():
    X = np.array([[1.0, 10], [2, 20], [3, 30]])
    assert split_of(X, np.array([0.0, 0, 3])).predictor == 0


@pytest.mark.tier("numeric")
def test_of_two_equal_cuts_the_lower_wins():
    split = split_of(np.array([[1.0], [2], [3]]), np.array([0.0, 1, 0]))
    assert split.cut == 1.5


def test_no_split_where_nothing_varies():
    assert split_of(np.ones((4, 2)), np.arange(4.0)) is None
    assert split_of(np.arange(4.0)[:, np.newaxis], np.ones(4)) is None
    assert split_of(np.full((4, 1), np.nan), np.arange(4.0)) is None
    assert split_of(np.ones((1, 1)), np.ones(1)) is None


@pytest.mark.parametrize(
    ("lower", "upper"),
    [(1.0, np.nextafter(1, 2)), (-np.inf, 0.0), (0.0, np.inf), (-np.inf, np.inf), (-1e308, 1e308)],
)
def test_the_cut_parts_even_where_there_is_no_middle(lower, upper):
    split = split_of(np.array([[lower], [upper]]), np.array([0.0, 1]))
    assert lower < split.cut <= upper


@given(predictor_values(missing=True), st.data())
def test_keep_is_the_same_as_sorting_the_kept_rows(X, data):
    wanted = np.array(data.draw(st.lists(st.booleans(), min_size=len(X), max_size=len(X))))
    kept = Columns.of(X).keep(wanted)
    afresh = Columns.of(X[wanted])
    np.testing.assert_array_equal(kept.values, afresh.values)
    np.testing.assert_array_equal(kept.rows, np.flatnonzero(wanted)[afresh.rows])


@given(predictor_values(missing=False), st.data())
def test_replace_is_the_same_as_sorting_the_other_values(X, data):
    other = np.array(
        data.draw(st.lists(st.integers(0, 3), min_size=len(X), max_size=len(X))), dtype=float
    )
    columns = Columns.of(X)
    columns.replace(0, other)
    X[:, 0] = other
    afresh = Columns.of(X)
    np.testing.assert_array_equal(columns.values, afresh.values)
    np.testing.assert_array_equal(columns.rows, afresh.rows)


@given(predictor_values(missing=False), responses, st.booleans())
def test_gains_are_added_up_in_the_order_of_the_values(X, y, weighted):
    """To the last bit: which of nearly equal gains wins is up to the order of the additions."""
    w = np.arange(1, len(y) + 1) ** 0.5 if weighted else np.ones(len(y))
    w = w / w.sum()
    centred = y - (w * y).sum()
    best = None
    for p, x in enumerate(X.T):
        order = np.argsort(x, kind="stable")
        weights, sums = np.cumsum(w[order]), np.cumsum((w * centred)[order])
        for i in np.flatnonzero(np.diff(x[order])):
            left, right = weights[i], weights[-1] - weights[i]
            left_sum, right_sum = sums[i], sums[-1] - sums[i]
            gain = left * (left_sum / left) ** 2 + right * (right_sum / right) ** 2
            if gain > (best[2] if best else 0):
                best = p, (x[order][i] + x[order][i + 1]) / 2, gain
    split = best_split(Columns.of(X), centred, w, 0.0, 1)
    assert (split and (split.predictor, split.cut, split.gain)) == best
