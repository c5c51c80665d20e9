"""The interior-point method: the optimum that libsvm finds, and awkward cases."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matxai.stats import svm
from matxai.stats.svm import support_vector_regression


def primal(X, y, w, lam, epsilon, beta, bias):
    excess = np.maximum(0, np.abs(y - X @ beta - bias) - epsilon)
    return w @ excess + lam * beta @ beta / 2


@pytest.mark.peer
@given(
    st.integers(0, 2**32 - 1),
    st.sampled_from([1e-3, 1e-2, 1.0, 100.0]),
    st.sampled_from([0.0, 0.1, 0.5]),
)
def test_the_same_optimum_as_libsvm(seed, lam, epsilon):
    from sklearn.svm import SVR

    random = np.random.default_rng(seed)
    X = random.normal(size=(30, 3))
    y = X @ random.normal(size=3) + random.standard_t(2, size=30)
    w = random.random(30) + 0.1
    w /= w.sum()
    beta, bias = support_vector_regression(X, y, w, lam, epsilon)
    peer = SVR(kernel="linear", C=1 / lam, epsilon=epsilon, tol=1e-9).fit(X, y, sample_weight=w)
    reached = primal(X, y, w, lam, epsilon, beta, bias)
    by_peer = primal(X, y, w, lam, epsilon, peer.coef_.ravel(), peer.intercept_[0])
    # libsvm stops a little above the optimum; by strict convexity β is as near as the objective.
    assert reached <= by_peer * (1 + 1e-8) + 1e-9
    assert by_peer == pytest.approx(reached, rel=1e-4)


def equal(n):
    return np.full(n, 1 / n)


def test_all_within_the_band():
    X = np.arange(5.0)[:, np.newaxis]
    beta, bias = support_vector_regression(X, X[:, 0] / 10, equal(5), 0.1, 1)
    assert beta == pytest.approx(0, abs=1e-6)
    assert primal(X, X[:, 0] / 10, equal(5), 0.1, 1, beta, bias) == pytest.approx(0, abs=1e-8)


def test_constant_response_and_predictor():
    beta, bias = support_vector_regression(np.ones((4, 2)), np.full(4, 7.0), equal(4), 0.1, 0)
    np.testing.assert_allclose(beta, 0, atol=1e-7)
    assert beta.sum() + bias == pytest.approx(7)


def test_one_observation():
    beta, bias = support_vector_regression(np.array([[2.0]]), np.array([3.0]), equal(1), 0.1, 0)
    assert 2 * beta[0] + bias == pytest.approx(3)


def test_exact_line_with_hardly_any_penalty():
    X = np.linspace(0, 1, 50)[:, np.newaxis]
    beta, bias = support_vector_regression(X, 2 * X[:, 0] + 1, equal(50), 1e-9, 0)
    assert beta[0] == pytest.approx(2, abs=1e-5)
    assert bias == pytest.approx(1, abs=1e-5)


@pytest.mark.parametrize("size", [1e-9, 1e9])
def test_units_do_not_matter(size):
    random = np.random.default_rng(0)
    X, y = random.normal(size=(50, 3)), random.normal(size=50)
    beta, _ = support_vector_regression(X, y, equal(50), 0.01, 0.1)
    # λ counts coefficients squared, in y's units squared, against residuals in y's units.
    scaled, _ = support_vector_regression(X, y * size, equal(50), 0.01 / size, 0.1 * size)
    np.testing.assert_allclose(scaled / size, beta, rtol=1e-6)
    other, _ = support_vector_regression(X / size, y, equal(50), 0.01 / size**2, 0.1)
    np.testing.assert_allclose(other / size, beta, rtol=1e-6)


def test_more_predictors_than_observations_and_hardly_any_penalty():
    random = np.random.default_rng(0)
    X, y = random.normal(size=(2, 10)) * 1e3, np.array([1.0, 2.0])
    beta, bias = support_vector_regression(X, y, equal(2), 1e-8, 0)
    np.testing.assert_allclose(X @ beta + bias, y, atol=1e-6)


def test_without_bias():
    X = np.array([[1.0], [2], [3]])
    beta, bias = support_vector_regression(X, X[:, 0] * 2, equal(3), 1e-6, 0, fit_bias=False)
    assert bias == 0
    assert beta[0] == pytest.approx(2, abs=1e-4)


def test_says_where_it_does_not_converge(monkeypatch):
    monkeypatch.setattr(svm, "_STEPS", 2)
    with pytest.raises(RuntimeError, match="did not converge within 2 steps"):
        support_vector_regression(np.eye(3), np.arange(3.0), equal(3), 0.1, 0)
