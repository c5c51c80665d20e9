"""cov, corrcoef, corr2: NumPy and SciPy are the oracles."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis.extra import numpy as hnp
from matlab_arrays import elements
from scipy import stats

from matxai import corr2, corrcoef, cov, dlarray

X = np.random.RandomState(0).randn(12, 3)


@pytest.mark.tier("numeric")
@given(A=hnp.arrays("float64", (5, 3), elements=elements("float64", False)))
def test_covariances_are_numpys(A):
    np.testing.assert_allclose(cov(A), np.cov(A.T), 1e-12, 1e-12)
    np.testing.assert_allclose(cov(A, 1), np.cov(A.T, ddof=0), 1e-12, 1e-12)
    pair = np.stack([A[:, 0], A[:, 1]])
    np.testing.assert_allclose(cov(A[:, 0], A[:, 1]), np.cov(pair), 1e-12, 1e-12)
    known = A.std(0) > 0
    with np.errstate(all="ignore"):
        expected = np.corrcoef(A.T)
    made = corrcoef(A)
    np.testing.assert_allclose(made[known][:, known], expected[known][:, known], 1e-12, 1e-12)
    assert np.isnan(made[~known]).all()


@pytest.mark.tier("numeric")
def test_probabilities_and_intervals_are_scipys():
    R, P, low, high = corrcoef(X, Alpha=0.1, nargout=4)
    for i in range(3):
        for j in range(i):
            expected = stats.pearsonr(X[:, i], X[:, j])
            ends = expected.confidence_interval(0.9)
            np.testing.assert_allclose(
                [R[i, j], P[i, j], low[i, j], high[i, j]],
                [expected.statistic, expected.pvalue, ends.low, ends.high],
            )
    assert (np.diag(P) == 1).all()
    assert (np.diag(low) == 1).all()


@pytest.mark.tier("documented", "`cov` and `corrcoef` and what is left out for NaN")
def test_missing_values():
    A = X.copy()
    A[0, 0] = A[3, 1] = np.nan
    known = np.delete(A, [0, 3], 0)
    np.testing.assert_allclose(cov(A, "omitrows"), np.cov(known.T))
    np.testing.assert_allclose(corrcoef(A, Rows="complete"), np.corrcoef(known.T))
    pairs = corrcoef(A, "Rows", "pairwise")
    np.testing.assert_allclose(pairs[0, 2], np.corrcoef(X[1:, 0], X[1:, 2])[0, 1])
    np.testing.assert_allclose(cov(A, "partialrows")[1, 2], np.cov(np.delete(X, 3, 0).T)[1, 2])
    assert np.isnan(cov(A)[0]).all()
    assert np.isnan(corrcoef(A)[0]).all()


@pytest.mark.tier("documented")
def test_vectors_and_numbers():
    assert cov([1, 2, 6]) == 7
    assert cov([[1, 2, 6]]) == 7
    assert cov(5) == 0
    assert np.isnan(cov(np.zeros((0, 0))))
    assert corrcoef([1, 2, 6]) == 1
    assert corr2(X[:, :2], -X[:, :2]) == pytest.approx(-1)
    assert np.isnan(corr2(np.ones((2, 2)), X[:2, :2]))
    assert cov(np.float32([1, 2, 6])).dtype == np.float32


@pytest.mark.parametrize(
    ("call", "error", "says"),
    [
        (lambda: cov([1, 2], 2), ValueError, "w must be 0 or 1"),
        (lambda: cov([1, 2], [1, 2, 3]), ValueError, "same number of elements"),
        (lambda: cov([1, 2], "omitall"), ValueError, "nanflag must be"),
        (lambda: cov([1, 2], [1, 2], 0, 3), TypeError, "one too many"),
        (lambda: cov(np.uint8([1])), TypeError, "single or double"),
        (lambda: corrcoef([1, 2], [1, 2, 3]), ValueError, "same number of elements"),
        (lambda: corrcoef([1, 2], Alpha=2), ValueError, "Alpha must lie between"),
        (lambda: corrcoef(np.ones((2, 2, 2))), ValueError, "must be a matrix"),
        (lambda: corr2([1, 2], [1, 2, 3]), ValueError, "of one size"),
        (lambda: corr2(dlarray([1.0]), [1.0]), TypeError, "extractdata"),
    ],
)
def test_bad_input(call, error, says):
    with pytest.raises(error, match=says):
        call()
