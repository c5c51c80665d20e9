"""accumarray, histc, conv2, filter2, movmean and smoothdata."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from matxai import accumarray, conv2, filter2, histc, movmean, smoothdata
from matxai import max as greatest

WHOLE = st.integers(-9, 9).map(float)


@pytest.mark.tier("documented")
@given(pairs=st.lists(st.tuples(st.integers(1, 4), WHOLE), min_size=1, max_size=9))
def test_values_are_gathered(pairs):
    subs, vals = np.array(pairs, float).T
    expected = [sum(v for s, v in pairs if s == n + 1) for n in range(int(subs.max()))]
    assert accumarray(subs, vals).tolist() == expected
    largest = accumarray(subs, vals, [5, 1], greatest, np.nan)
    groups = [[v for s, v in pairs if s == n + 1] for n in range(5)]
    np.testing.assert_array_equal(largest, [np.max(g) if g else np.nan for g in groups])
    assert accumarray(np.stack([subs, subs], 1), 1, [6, 7]).shape == (6, 7)


@pytest.mark.tier("documented")
def test_bins():
    counts, places = histc([[1, 5], [2, 2], [np.nan, 4]], [1, 2, 4], nargout=2)
    assert counts.tolist() == [[1, 0], [1, 1], [0, 1]]
    assert places.tolist() == [[1, 0], [2, 2], [0, 3]]
    assert histc(np.uint8([3, 3]), [1, 3]).tolist() == [0, 2]


@pytest.mark.tier("exact", "`conv2` and `filter2` of whole numbers")
@given(
    A=hnp.arrays("float64", st.tuples(st.integers(1, 5), st.integers(1, 5)), elements=WHOLE),
    B=hnp.arrays("float64", st.tuples(st.integers(1, 4), st.integers(1, 4)), elements=WHOLE),
)
def test_convolution_is_the_sum_of_shifted_copies(A, B):
    full = np.zeros(np.add(A.shape, B.shape) - 1)
    for i, j in np.ndindex(B.shape):
        full[i : i + A.shape[0], j : j + A.shape[1]] += B[i, j] * A
    made = np.reshape(conv2(A, B), full.shape)
    np.testing.assert_array_equal(made, full)
    np.testing.assert_array_equal(conv2(A, B), conv2(B, A))
    np.testing.assert_array_equal(filter2(B[::-1, ::-1], A, "full"), conv2(A, B))
    np.testing.assert_array_equal(conv2(B[:, 0], B[0], A), conv2(A, np.outer(B[:, 0], B[0])))
    assert np.size(conv2(A, B, "same")) == A.size


def test_convolution_of_classes_and_of_nothing():
    assert conv2(np.uint8([[200, 200]]), [[1, 1]]).tolist() == [[200, 400, 200]]
    assert conv2(np.float32([[1, 2]]), [[1, 1]]).dtype == np.float32
    assert conv2(np.zeros((0, 3)), [[1, 1]], "same").shape == (0, 3)
    assert conv2([[1, 2]], [[1, 1, 1]], "valid").shape == (1, 0)


@pytest.mark.tier("documented")
@given(
    A=hnp.arrays("float64", st.integers(1, 9), elements=WHOLE),
    before=st.integers(0, 4),
    behind=st.integers(0, 4),
)
def test_means_of_windows(A, before, behind):
    windows = [A[max([0, i - before]) : i + behind + 1] for i in range(len(A))]
    expected = np.array([w.mean() for w in windows])
    np.testing.assert_allclose(np.atleast_1d(movmean(A, [before, behind])), expected, atol=1e-14)
    whole = [len(w) == before + behind + 1 for w in windows]
    filled = np.atleast_1d(movmean(A, [before, behind], "Endpoints", "fill"))
    np.testing.assert_allclose(filled, np.where(whole, expected, np.nan), atol=1e-14)
    kept = movmean(A, [before, behind], Endpoints="discard")
    np.testing.assert_allclose(np.ravel(kept), expected[whole], atol=1e-14)


@pytest.mark.tier("documented")
def test_windows_and_nan():
    assert movmean([1, 2, 3, 4], 2).tolist() == [1, 1.5, 2.5, 3.5]
    assert movmean([3, 6, 9], 3, Endpoints=0).tolist() == [3, 6, 5]
    np.testing.assert_array_equal(movmean([1, np.nan, 3], 3), [np.nan] * 3)
    assert movmean([1, np.nan, 3], 3, "omitnan").tolist() == [1, 2, 3]
    assert smoothdata([1, np.nan, 3], "movmean", 3).tolist() == [1, 2, 3]
    assert np.isnan(smoothdata([1, np.nan, 3], "movmean", 3, "includenan")).all()
    assert movmean(np.arange(6.0).reshape(2, 3), 3, 2).tolist() == [[0.5, 1, 1.5], [3.5, 4, 4.5]]
    assert smoothdata(np.arange(6.0).reshape(2, 3), 2, "movmean", 1).shape == (2, 3)
    assert movmean(np.float32([1, 2]), 2).dtype == np.float32
    assert movmean(5, 3) == 5


@pytest.mark.parametrize(
    ("call", "error", "says"),
    [
        (lambda: accumarray([0, 1], 1), ValueError, "positive integers"),
        (lambda: accumarray([1, 2], [1, 2, 3]), ValueError, "one number or 2"),
        (lambda: accumarray([1, 4], 1, [3, 1]), ValueError, "sz must be a size"),
        (lambda: accumarray([1, 4], 1, [], lambda v: v[:0]), TypeError, "one number each time"),
        (lambda: histc([1], [3, 1]), ValueError, "edges must ascend"),
        (lambda: conv2([1, 2], [[1]]), ValueError, "neither a row nor a column"),
        (lambda: conv2([[1]]), TypeError, "call conv2"),
        (lambda: conv2([[1]], [[1]], "some"), ValueError, "shape must be"),
        (lambda: filter2([[1]], "a"), TypeError, "X must be a numeric array"),
        (lambda: movmean([1, 2], 0), ValueError, "k must be a positive integer"),
        (lambda: movmean([1, 2], [1, -1]), ValueError, "k must be a positive integer"),
        (lambda: movmean([1, 2], 3, "all"), ValueError, "one dimension"),
        (lambda: smoothdata([1, 2]), ValueError, "method and its window"),
        (lambda: smoothdata([1, 2], "gaussian", 3), ValueError, "other methods are not there"),
    ],
)
def test_bad_input(call, error, says):
    with pytest.raises(error, match=says):
        call()
