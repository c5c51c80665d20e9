"""Where elements are: GNU Octave is the oracle."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matlab_arrays import arrays
from octave import agree, evaluate

from matxai import dlarray, find, histcounts, ind2sub, sub2ind


@pytest.mark.octave
@pytest.mark.tier("documented", "`find`, linear and as subscripts, with a limit")
@given(X=arrays(nan=True), n=st.integers(1, 4), way=st.sampled_from(["first", "last"]))
def test_find(X, n, way):
    agree(find(X), evaluate("find(X)", X=X))
    agree(find(X, n, way), evaluate(f"find(X, {n}, '{way}')", X=X))
    for ours, theirs in zip(find(X, nargout=3), evaluate("find(X)", 3, X=X), strict=True):
        agree(ours, theirs)


@pytest.mark.octave
@pytest.mark.tier("documented")
@given(size=st.lists(st.integers(1, 4), min_size=2, max_size=4), data=st.data())
def test_subscripts(size, data):
    ind = data.draw(st.lists(st.integers(1, int(np.prod(size))), min_size=1, max_size=5))
    ind, sz = np.array(ind, float), np.array(size, float)
    outputs = data.draw(st.integers(1, 5))
    ours = ind2sub(sz, ind, nargout=outputs)
    ours = ours if outputs > 1 else (ours,)
    theirs = evaluate("ind2sub(sz', ind)", outputs, sz=sz, ind=ind)
    for mine, other in zip(ours, theirs, strict=True):
        agree(mine, other)
    if outputs > 1:
        np.testing.assert_array_equal(sub2ind(sz, *ours), ind)


@pytest.mark.octave
@pytest.mark.tier("documented")
@given(X=arrays(["float64"], nan=True, min_side=1))
def test_histcounts(X):
    edges = [-3.0, -1, 0, 0.5, 2, 3]
    inside = X[(X >= -3) & (X <= 3)]
    N, limits, place = histcounts(X, edges, nargout=3)
    # Octave's histc counts the last edge in a bin of its own.
    _, counts = evaluate("histc(X, e)", X=np.append(inside, -3.0), e=edges)
    counts = counts.reshape(-1)
    assert N.tolist() == [*(counts[:-2] - [1, 0, 0, 0]), counts[-2] + counts[-1]]
    assert limits.tolist() == edges
    np.testing.assert_array_equal(np.bincount(place.reshape(-1), minlength=6)[1:], N)
    known = np.count_nonzero(~np.isnan(X))
    if known:
        share = histcounts(X, edges, "Normalization", "pdf") * np.diff(edges)
        np.testing.assert_allclose(share, N / known)


def test_bins_of_equal_width():
    N, edges = histcounts([0, 1, 2, 4], 4, "BinLimits", [0, 4], nargout=2)
    assert edges.tolist() == [0, 1, 2, 3, 4]
    assert N.tolist() == [1, 1, 1, 1]
    assert histcounts([0, 4], [0, 2, 4], Normalization="cumcount").tolist() == [1, 2]


def test_of_dlarrays():
    assert find(dlarray([0.0, 2.0])).tolist() == [2]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: find([1], 0), "n must be a positive integer"),
        (lambda: find([1], 1, "middle"), 'direction must be "first" or "last"'),
        (lambda: sub2ind([2, 3], 3, 1), "I1 must hold integers from 1 to 2"),
        (lambda: sub2ind([2, 3], [1, 2], 1), "one size"),
        (lambda: sub2ind(3, 1), "sz must be a size"),
        (lambda: ind2sub([2, 3], 7), "ind must hold integers from 1 to 6"),
        (lambda: ind2sub([2, 3], 1.5), "ind must hold integers"),
        (lambda: histcounts([1, 2]), "give edges"),
        (lambda: histcounts([1, 2], 10), "not documented"),
        (lambda: histcounts([1, 2], [3, 1]), "edges must ascend"),
        (lambda: histcounts([1, 2], 2, BinLimits=[1, 1]), "two ascending numbers"),
    ],
)
def test_bad_values(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_bad_types():
    with pytest.raises(TypeError, match="X must be a numeric array"):
        find("text")
    with pytest.raises(TypeError, match="subscripts are missing"):
        sub2ind([2, 3])
