"""fitrlinear: what it returns is the optimum of the documented objective."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matxai import RegressionLinear, fitrlinear, loss, predict
from matxai.stats.linear import lasso_weights

seeds = st.integers(0, 2**32 - 1)
PROBLEMS = [
    (learner, penalty) for learner in ("svm", "leastsquares") for penalty in ("ridge", "lasso")
]


def some_data(seed, n=40, p=4):
    random = np.random.default_rng(seed)
    scale = 10.0 ** random.integers(-3, 4)
    X = (random.random((n, p)) < 0.5).astype(float)
    Y = scale * (X @ random.normal(size=p) + 3 + 0.3 * random.normal(size=n))
    return X, Y, random


def objective(model, X, Y, w, beta, bias):
    residual = np.abs(Y - X @ beta - bias)
    if model.Learner == "svm":
        losses = np.maximum(0, residual - model.Epsilon)
    else:
        losses = residual**2 / 2
    lasso = model.Regularization == "lasso (L1)"
    penalty = np.abs(beta).sum() if lasso else beta @ beta / 2
    return np.average(losses, weights=w) + model.Lambda * penalty


@pytest.mark.tier(
    "documented",
    "The optimum of the documented objective is returned, where MATLAB stops near it; "
    "Solver has no influence",
)
@pytest.mark.parametrize(("learner", "penalty"), PROBLEMS)
@pytest.mark.parametrize("fit_bias", [True, False])
@given(seed=seeds, weighted=st.booleans(), lam=st.sampled_from(["auto", 0, 1e-4, 0.01, 1]))
def test_no_neighbour_is_better(learner, penalty, fit_bias, seed, weighted, lam):
    X, Y, random = some_data(seed)
    w = random.random(len(Y)) + 0.1 if weighted else np.ones(len(Y))
    model = fitrlinear(
        X, Y, Learner=learner, Regularization=penalty, Lambda=lam, FitBias=fit_bias, Weights=w
    )
    if not fit_bias:
        assert model.Bias == 0
    reached = objective(model, X, Y, w, model.Beta, model.Bias)
    size = np.abs(Y).max()
    for _ in range(60):
        step = size * 10.0 ** random.uniform(-6, 0)
        beta = model.Beta + step * random.normal(size=4) * (random.random(4) < 0.5)
        bias = model.Bias + step * random.normal() * fit_bias
        assert objective(model, X, Y, w, beta, bias) >= reached - 1e-8 * max(reached, size * 1e-3)


@given(seeds, st.floats(1e-4, 0.5))
def test_lasso_meets_the_conditions_of_its_optimum(seed, lam):
    X, Y, _ = some_data(seed, n=60)
    size = np.abs(Y).max()
    lam *= size
    beta, bias = lasso_weights(X, Y, lam)
    residual = Y - X @ beta - bias
    slope = X.T @ residual / len(Y)
    assert abs(residual.mean()) < 1e-9 * size
    assert (np.abs(slope) <= lam + 1e-5 * size).all()
    np.testing.assert_allclose(slope[beta != 0], lam * np.sign(beta[beta != 0]), atol=1e-5 * size)


def test_lasso_of_a_constant_response():
    beta, bias = lasso_weights(np.eye(3), np.full(3, 0.1), 0.01)
    assert beta.tolist() == [0, 0, 0]
    assert bias == 0.1


def test_lasso_weights_are_fitrlinears():
    X, Y, _ = some_data(1)
    model = fitrlinear(X, Y, Learner="leastsquares", Regularization="lasso")
    beta, bias = lasso_weights(X, Y, 1 / len(Y))
    np.testing.assert_array_equal(model.Beta, beta)
    assert model.Bias == bias


@pytest.mark.tier("documented", "Least squares with ridge is the closed form")
@given(seeds, st.floats(1e-4, 10))
def test_ridge_is_the_closed_form(seed, lam):
    X, Y, random = some_data(seed)
    w = random.random(len(Y)) + 0.1
    w /= w.sum()
    model = fitrlinear(X, Y, Learner="leastsquares", Lambda=lam, Weights=w)
    middle = w @ X
    centred = X - middle
    beta = np.linalg.solve(
        centred.T @ (centred * w[:, np.newaxis]) + lam * np.eye(4), centred.T @ (w * (Y - w @ Y))
    )
    np.testing.assert_allclose(model.Beta, beta, rtol=1e-8, atol=1e-10 * np.abs(Y).max())
    assert model.Bias == pytest.approx(w @ Y - middle @ beta)


@pytest.mark.peer
def test_svm_is_libsvms():
    from sklearn.svm import SVR

    X, Y, _ = some_data(3, n=100)
    Y = Y / Y.std()
    model = fitrlinear(X, Y, Lambda=0.05, Epsilon=0.2)
    peer = SVR(kernel="linear", C=1 / (0.05 * 100), epsilon=0.2, tol=1e-9).fit(X, Y)
    np.testing.assert_allclose(model.Beta, peer.coef_.ravel(), atol=1e-6)


@pytest.mark.tier("documented", 'Lambda `"auto"` is 1/n, Epsilon `"auto"` is iqr(Y)/13.49, or 0.1')
def test_automatic_values():
    Y = np.array([1.0, 2, 3, 4, 10, 20, 30, 40])
    model = fitrlinear(np.arange(8.0), Y)
    assert isinstance(model, RegressionLinear)
    assert model.Lambda == 1 / 8
    # MATLAB's percentiles: halfway between the two middle values of either half.
    assert pytest.approx((25 - 2.5) / 13.49) == model.Epsilon
    assert fitrlinear(np.arange(8.0), np.ones(8)).Epsilon == 0.1
    assert fitrlinear(np.arange(8.0), Y, Learner="leastsquares").Epsilon is None


@pytest.mark.parametrize(("learner", "penalty"), PROBLEMS)
def test_observations_with_anything_missing_are_left_out(learner, penalty):
    X, Y, _ = some_data(2)
    options = {"Learner": learner, "Regularization": penalty}
    expected = fitrlinear(X[3:], Y[3:], **options)
    X[0, 0] = Y[1] = np.nan
    weights = np.ones(len(Y))
    weights[2] = 0
    model = fitrlinear(X, Y, Weights=weights, **options)
    np.testing.assert_allclose(model.Beta, expected.Beta, rtol=1e-6)
    assert expected.Lambda == model.Lambda


def test_observations_in_columns():
    X, Y, _ = some_data(4)
    model = fitrlinear(X.T, Y, "ObservationsIn", "columns")
    np.testing.assert_array_equal(model.Beta, fitrlinear(X, Y).Beta)
    np.testing.assert_array_equal(
        predict(model, X.T, "ObservationsIn", "columns"), predict(model, X)
    )
    assert loss(model, X.T, Y, ObservationsIn="columns") == loss(model, X, Y)


@pytest.mark.parametrize(("learner", "penalty"), PROBLEMS)
def test_several_lambdas_give_one_model_each(learner, penalty):
    X, Y, _ = some_data(5)
    options = {"Learner": learner, "Regularization": penalty}
    models = fitrlinear(X, Y, Lambda=[0.1, 0.01, 0.1], **options)
    assert models.Lambda.tolist() == [0.01, 0.1]
    assert models.Beta.shape == (4, 2)
    one = fitrlinear(X, Y, Lambda=0.1, **options)
    np.testing.assert_allclose(models.Beta[:, 1], one.Beta)
    np.testing.assert_allclose(predict(models, X)[:, 1], predict(one, X))
    assert loss(models, X, Y)[1] == pytest.approx(loss(one, X, Y))


def test_losses():
    model = RegressionLinear(
        np.array([1.0]), 0.0, 0.1, Epsilon=0.5, Learner="svm", Regularization="ridge (L2)"
    )
    X, Y = [0, 1, 2, np.nan, 3], [2, 1, 1, 1, np.nan]
    assert loss(model, X, Y) == pytest.approx(5 / 3)
    assert loss(model, X, Y, LossFun="epsiloninsensitive") == pytest.approx(2 / 3)
    assert loss(model, X, Y, Weights=[1, 2, 1, 1, 1]) == pytest.approx(5 / 4)
    assert np.isnan(predict(model, X)[3])


def test_more_predictors_than_observations():
    X, Y, _ = some_data(6, n=5, p=12)
    for learner, penalty in PROBLEMS:
        model = fitrlinear(X, Y, Learner=learner, Regularization=penalty)
        assert model.Beta.shape == (12,)


def test_predictors_of_different_scales(reference):
    cars = np.genfromtxt(
        reference("matlab", "fitrtree", "carsmall.csv"), delimiter=",", skip_header=1
    )
    X, Y = cars[:, :6], cars[:, 6]
    used = ~np.isnan(cars).any(axis=1)
    for learner, penalty in PROBLEMS:
        model = fitrlinear(X, Y, Learner=learner, Regularization=penalty)
        values = [
            objective(model, X[used], Y[used], None, model.Beta * scale, model.Bias)
            for scale in (1, 1.0001, 0.9999)
        ]
        assert values[0] == min(values)


@pytest.mark.parametrize(
    ("options", "error", "words"),
    [
        ({"Lambda": -1}, ValueError, "Lambda must not be negative, but holds -1"),
        ({"Lambda": []}, ValueError, "Lambda"),
        ({"Lambda": np.nan}, ValueError, "Lambda must hold finite"),
        ({"Lambda": "aut0"}, ValueError, "'aut0'"),
        ({"Epsilon": -0.1}, ValueError, "Epsilon must not be negative, but is -0.1"),
        ({"Learner": "tree"}, ValueError, '"svm" or "leastsquares"'),
        ({"Regularization": "elastic"}, ValueError, '"ridge" or "lasso"'),
        ({"Solver": "newton"}, ValueError, "'newton'"),
        ({"Solver": "sparsa"}, ValueError, 'is for Regularization "lasso"'),
        ({"ObservationsIn": "pages"}, ValueError, '"rows" or "columns"'),
        ({"Weights": [1]}, ValueError, "Weights must have one element for each of the 3"),
        ({"BetaTolerance": 1}, TypeError, "'BetaTolerance' is not one of its options"),
    ],
)
def test_fitrlinear_refuses_options(options, error, words):
    with pytest.raises(error, match=words):
        fitrlinear([[1, 2], [3, 4], [5, 7]], [1, 2, 3], **options)


def test_fitrlinear_refuses_data():
    with pytest.raises(ValueError, match="X must not hold infinite"):
        fitrlinear([1, np.inf], [1, 2])
    with pytest.raises(ValueError, match="no observation is left"):
        fitrlinear([np.nan, 1], [1, np.nan])
    with pytest.raises(ValueError, match="Y must have one element for each of the 2"):
        fitrlinear([1, 2], [1, 2, 3])


def test_solver_names_are_accepted_and_change_nothing():
    X, Y, _ = some_data(7)
    np.testing.assert_array_equal(
        fitrlinear(X, Y, Solver=["sgd", "lbfgs"]).Beta, fitrlinear(X, Y).Beta
    )


def test_methods_refuse():
    model = fitrlinear([[1, 2], [3, 4], [5, 7]], [1, 2, 3], Learner="leastsquares")
    with pytest.raises(ValueError, match="2 predictors in its rows, but holds"):
        model.predict([1, 2, 3])
    with pytest.raises(ValueError, match='is for models of the learner "svm"'):
        model.loss([[1, 2]], [1], LossFun="epsiloninsensitive")


def test_where_coordinate_descent_creeps_the_path_is_followed(monkeypatch):
    from matxai.stats import linear_solvers

    X, Y, _ = some_data(8)
    X[:, 1] = X[:, 0] + 1e-3 * X[:, 1]
    expected = lasso_weights(X, Y, 1e-3)
    monkeypatch.setattr(linear_solvers, "_LASSO_ITERATIONS", 1)
    beta, bias = lasso_weights(X, Y, 1e-3)
    assert beta == pytest.approx(expected[0], rel=1e-4, abs=1e-6)
    assert bias == pytest.approx(expected[1], rel=1e-4, abs=1e-6)


def test_fewer_observations_than_predictors_and_large_responses_fit_exactly():
    random = np.random.RandomState(0)
    X = (random.rand(20, 60) < 0.5).astype(float)
    Y = 1e6 * random.randn(20)
    beta, bias = lasso_weights(X, Y, 1 / 20)
    assert np.abs(X @ beta + bias - Y).max() < 10
    assert np.count_nonzero(np.abs(beta) > 1) <= 20


def test_a_lasso_that_does_not_converge_says_so(monkeypatch):
    from matxai.stats import linear_solvers

    monkeypatch.setattr(linear_solvers, "_LASSO_ITERATIONS", 1)
    monkeypatch.setattr(
        linear_solvers._Centred, "along_the_path", lambda self, lam: np.zeros(self.X.shape[1])
    )
    X, Y, _ = some_data(8)
    X[:, 1] = X[:, 0] + 1e-3 * X[:, 1]
    with pytest.warns(RuntimeWarning, match="Lambda = 1e-06 did not converge"):
        lasso_weights(X, Y, 1e-6)
