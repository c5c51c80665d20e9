"""Growing: the tree obeys its limits, and equals scikit-learn's where the rules agree."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matxai.stats.growing import grow
from matxai.stats.grown import descend, importance

seeds = st.integers(0, 2**32 - 1)


def some_data(seed, n=60, p=4, levels=8, missing=0.0):
    random = np.random.default_rng(seed)
    X = random.integers(0, levels, (n, p)).astype(float)
    X[random.random((n, p)) < missing] = np.nan
    return X, random.normal(size=n)


@pytest.mark.peer
@given(seeds, st.integers(1, 6), st.integers(2, 20))
def test_same_fit_as_scikit_learn_where_values_differ(seed, min_leaf, min_parent):
    from sklearn.tree import DecisionTreeRegressor

    random = np.random.default_rng(seed)
    # Exact in single precision, which scikit-learn casts to.
    X = np.column_stack([random.permutation(80) for _ in range(3)]).astype(float)
    y = random.normal(size=80)
    tree = grow(X, y, min_leaf=min_leaf, min_parent=min_parent, tolerance=0)
    peer = DecisionTreeRegressor(
        min_samples_leaf=min_leaf, min_samples_split=max(min_parent, 2 * min_leaf)
    )
    peer.fit(X, y)
    assert len(tree.mean) == peer.tree_.node_count
    np.testing.assert_allclose(tree.mean[descend(tree, X)], peer.predict(X), atol=1e-12)


@given(seeds, st.integers(1, 5), st.integers(1, 25), st.integers(1, 30))
def test_limits_hold(seed, min_leaf, min_parent, max_splits):
    X, y = some_data(seed, missing=0.1)
    tree = grow(X, y, min_leaf=min_leaf, min_parent=min_parent, max_splits=max_splits)
    branch = tree.predictor >= 0
    assert branch.sum() <= max_splits
    assert (tree.size[branch] >= max(min_parent, 2 * min_leaf)).all()
    if branch.any():
        assert (tree.size[tree.children[branch]] >= min_leaf).all()


@given(seeds)
def test_nodes_are_numbered_breadth_first(seed):
    X, y = some_data(seed)
    tree = grow(X, y)
    children = tree.children[tree.predictor >= 0].ravel()
    np.testing.assert_array_equal(children, np.arange(1, len(tree.mean)))
    np.testing.assert_array_equal(tree.parent[children], np.repeat(tree.parent[children][::2], 2))
    assert tree.parent[0] == -1


@given(seeds, st.sampled_from([(), (0,), (1, 3)]))
def test_nodes_describe_the_observations_that_reach_them(seed, categorical):
    X, y = some_data(seed, missing=0.1)
    w = np.random.default_rng(seed).random(len(y)) + 0.1
    tree = grow(X, y, weights=w, categorical=categorical)
    stops = descend(tree, X)
    for node in range(len(tree.mean)):
        reaching = [s for s in range(len(y)) if node in _path(tree, stops[s])]
        assert tree.size[node] == len(reaching)
        mean = np.average(y[reaching], weights=w[reaching])
        assert tree.mean[node] == pytest.approx(mean)
        error = np.average((y[reaching] - mean) ** 2, weights=w[reaching])
        assert tree.error[node] == pytest.approx(error, abs=1e-12)
        assert tree.weight[node] == pytest.approx(w[reaching].sum() / w.sum())


def _path(tree, node):
    path = []
    while node >= 0:
        path.append(node)
        node = tree.parent[node]
    return path


@given(seeds)
def test_whole_weights_are_repeated_observations(seed):
    X, y = some_data(seed, n=30)
    times = np.random.default_rng(seed).integers(1, 4, len(y))
    weighted = grow(X, y, weights=times, max_splits=3, min_parent=2)
    repeated = grow(np.repeat(X, times, axis=0), np.repeat(y, times), max_splits=3, min_parent=2)
    assert weighted.risk[0] == pytest.approx(repeated.risk[0])
    assert importance(weighted).sum() == pytest.approx(importance(repeated).sum())


@pytest.mark.tier(
    "documented",
    "Beyond MaxNumSplits, the splits of least gain of that layer are taken back",
)
@given(seeds, st.integers(1, 12))
def test_the_split_taken_back_is_the_one_of_least_gain(seed, max_splits):
    X, y = some_data(seed)
    full, limited = grow(X, y), grow(X, y, max_splits=max_splits)
    depth = lambda tree, node: len(_path(tree, node))
    last = max(depth(limited, n) for n in np.flatnonzero(limited.predictor >= 0))
    of_layer = [
        n for n in range(len(full.mean)) if depth(full, n) == last and full.predictor[n] >= 0
    ]
    kept = [
        n
        for n in range(len(limited.mean))
        if depth(limited, n) == last and limited.predictor[n] >= 0
    ]
    lowered = lambda tree, n: tree.risk[n] - tree.risk[tree.children[n]].sum()
    best = sorted((lowered(full, n) for n in of_layer), reverse=True)[: len(kept)]
    assert sorted((lowered(limited, n) for n in kept), reverse=True) == pytest.approx(best)


@given(seeds)
def test_categorical_split_is_the_best_of_all_parts_in_two(seed):
    random = np.random.default_rng(seed)
    x = random.integers(0, 6, 40).astype(float)
    y = random.normal(size=40)
    tree = grow(x[:, np.newaxis], y, categorical=(0,), max_splits=1)
    levels = np.unique(x)
    lowest = min(
        sum((y[side] - y[side].mean()) @ (y[side] - y[side].mean()) for side in (inside, ~inside))
        for part in range(1, 2 ** (len(levels) - 1))
        for inside in [np.isin(x, [v for i, v in enumerate(levels) if part >> i & 1])]
    )
    assert tree.risk[1:].sum() * 40 == pytest.approx(lowest)
    left, right = tree.levels[0]
    assert sorted([*left, *right]) == levels.tolist()
    assert tree.mean[1] < tree.mean[2]


def test_a_missing_value_stops_the_observation():
    X = np.array([[0.0], [0], [1], [1], [np.nan]])
    tree = grow(X, np.array([0.0, 0, 9, 9, 5]), min_parent=2)
    assert tree.size.tolist() == [5, 2, 2]
    assert descend(tree, np.array([[np.nan], [0.0], [1.0]])).tolist() == [0, 1, 2]


def test_an_unknown_category_stops_the_observation():
    X = np.array([[1.0], [1], [2], [2], [3], [3]])
    tree = grow(X, np.array([0.0, 0, 9, 9, 0, 0]), categorical=(0,), min_parent=2)
    assert [level.tolist() for level in tree.levels[0]] == [[1, 3], [2]]
    assert descend(tree, np.array([[7.0], [3], [2], [np.nan]])).tolist() == [0, 1, 2, 0]


def test_tolerance_stops_where_the_error_is_small():
    X = np.arange(8.0)[:, np.newaxis]
    y = np.array([0, 0, 0.1, 0.1, 9, 9, 9, 9])
    assert len(grow(X, y, min_parent=2).mean) == 5
    assert len(grow(X, y, min_parent=2, tolerance=0.01).mean) == 3


def test_constant_response_is_one_leaf():
    tree = grow(np.arange(20.0)[:, np.newaxis], np.full(20, 0.1))
    assert len(tree.mean) == 1
    np.testing.assert_array_equal(importance(tree), [0.0])


@given(seeds)
def test_merging_changes_no_split_that_lowers_the_risk(seed):
    X, y = some_data(seed)
    merged, full = grow(X, y), grow(X, y, merge=False)
    np.testing.assert_array_equal(merged.predictor, full.predictor)


@given(seeds)
def test_importances_share_out_the_risk_that_the_tree_removes(seed):
    X, y = some_data(seed)
    tree = grow(X, y)
    leaves = tree.predictor < 0
    removed = tree.risk[0] - tree.risk[leaves].sum()
    assert importance(tree).sum() * (~leaves).sum() == pytest.approx(removed)
    assert (importance(tree) >= 0).all()
