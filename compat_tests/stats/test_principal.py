"""pca and corr: scikit-learn and SciPy are the oracles."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from sklearn.decomposition import PCA

from matxai import corr, pca


@pytest.mark.tier(
    "numeric", "Principal components are scikit-learn's (`pca`), their greatest elements positive"
)
@given(seed=st.integers(0, 99), rows=st.integers(3, 8), columns=st.integers(2, 6))
def test_components_are_scikit_learns(seed, rows, columns):
    X = np.random.RandomState(seed).randn(rows, columns)
    coeff, score, latent, tsquared, explained, mu = pca(X, nargout=6)
    count = min(rows - 1, columns)
    assert (coeff.shape, score.shape) == ((columns, count), (rows, count))
    oracle = PCA(count).fit(X)
    np.testing.assert_allclose(latent, oracle.explained_variance_, atol=1e-12)
    np.testing.assert_allclose(explained, 100 * oracle.explained_variance_ratio_, atol=1e-9)
    np.testing.assert_allclose(np.abs(coeff), np.abs(oracle.components_.T), atol=1e-8)
    greatest = np.abs(coeff).argmax(0)
    assert (coeff[greatest, np.arange(count)] > 0).all()
    np.testing.assert_allclose(score @ coeff.T + mu, X, atol=1e-10)
    expected = (score**2 / latent).sum(1)
    np.testing.assert_allclose(tsquared, expected, atol=1e-8)


@pytest.mark.tier("documented")
def test_options_of_pca():
    X = np.random.RandomState(0).randn(6, 3) + 5
    coeff, score, latent = pca(X, "NumComponents", 2, nargout=3)
    assert (coeff.shape, score.shape, latent.shape) == ((3, 2), (6, 2), (3,))
    *_, mu = pca(X, Centered=False, nargout=6)
    assert mu.tolist() == [0, 0, 0]
    np.testing.assert_allclose(
        pca(X, Centered=False, nargout=3)[2], np.linalg.svd(X, compute_uv=False) ** 2 / 6
    )
    full = pca(X[:2], Economy=False, nargout=3)
    assert [part.shape for part in full] == [(3, 3), (2, 3), (3,)]
    np.testing.assert_allclose(full[0].T @ full[0], np.eye(3), atol=1e-12)
    assert full[2][1:].tolist() == [0, 0]
    holes = np.vstack([X, [np.nan, 1, 1]])
    coeff, score = pca(holes, nargout=2)
    np.testing.assert_allclose(coeff, pca(X))
    assert np.isnan(score[-1]).all()


@pytest.mark.tier("numeric")
@given(seed=st.integers(0, 99), kind=st.sampled_from(["Pearson", "Spearman", "Kendall"]))
def test_correlations_are_scipys(seed, kind):
    X = np.random.RandomState(seed).randint(0, 5, (7, 2)).astype(float)
    Y = np.random.RandomState(seed + 1).randn(7, 1)
    if (X[0] == X).all(0).any():
        return
    function = {
        "Pearson": stats.pearsonr, "Spearman": stats.spearmanr, "Kendall": stats.kendalltau,
    }[kind]  # fmt: skip
    expected = [[function(X[:, i], Y[:, 0]).statistic] for i in range(2)]
    np.testing.assert_allclose(corr(X, Y, Type=kind), expected, atol=1e-12)
    np.testing.assert_allclose(np.diag(corr(X, Type=kind)), 1)
    if kind == "Pearson":
        for tail, other in (("both", "two-sided"), ("right", "greater"), ("left", "less")):
            pval = corr(X[:, 0], Y, Tail=tail, nargout=2)[1]
            known = stats.pearsonr(X[:, 0], Y[:, 0], alternative=other).pvalue
            assert pval == pytest.approx(known)


@pytest.mark.tier("documented")
def test_missing_values_of_corr():
    X = np.random.RandomState(0).randn(8, 2)
    X[2, 0] = np.nan
    assert np.isnan(corr(X)).tolist() == [[True, True], [True, False]]
    known = np.delete(X, 2, 0)
    expected = np.corrcoef(known.T)[0, 1]
    for rows in ("complete", "pairwise"):
        np.testing.assert_allclose(corr(X, Rows=rows)[0, 1], expected)
    assert np.isnan(corr([1, 1, 1], [1, 2, 3]))


@pytest.mark.parametrize(
    ("call", "error", "says"),
    [
        (lambda: pca([1, 2, 3]), ValueError, "neither a row nor a column"),
        (lambda: pca([[1, np.nan]], Rows="all"), ValueError, "X holds NaN"),
        (lambda: pca([[1, 2]], Algorithm="als"), ValueError, "Algorithm must be"),
        (lambda: pca(np.uint8([[1, 2]])), TypeError, "single or double"),
        (lambda: corr([1, 2], [1, 2, 3]), ValueError, "number of rows"),
        (lambda: corr([1, 2], [2, 1], Type="Kendall", nargout=2), ValueError, "ask for rho only"),
        (lambda: corr("a"), TypeError, "X must be a numeric array"),
    ],
)
def test_bad_input(call, error, says):
    with pytest.raises(error, match=says):
        call()
