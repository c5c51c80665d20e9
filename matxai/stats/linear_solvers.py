"""The four convex problems behind ``fitrlinear``, each left to the library that solves it best.

All minimize, over the coefficients β and the bias b, the weighted mean of a loss of y − Xβ − b plus
a penalty of β; the weights sum to 1 and the bias is not penalized.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from functools import partial

import numpy as np

from matxai.stats.svm import support_vector_regression

__all__ = ["lasso_weights", "solver"]

Solver = Callable[[np.ndarray, np.ndarray, np.ndarray, float], tuple[np.ndarray, float]]

# Of the squared length of y: what coordinate descent aims at, and what still counts as solved.
_GAP_AIM, _GAP_ENOUGH = 1e-11, 1e-7
_LASSO_ITERATIONS = 20_000


def solver(learner: str, penalty: str, epsilon: float | None, fit_bias: bool) -> Solver:
    """Choose the function that solves a problem.

    Parameters
    ----------
    learner : str
        "leastsquares" for the loss ½(y − f)², "svm" for max(0, |y − f| − ε).
    penalty : str
        "ridge" for λ/2·Σβ², "lasso" for λ·Σ|β|.
    epsilon : float or None
        Half the width of the band without loss, for "svm".
    fit_bias : bool
        Whether there is a bias; else it is 0.

    Returns
    -------
    callable
        ``solve(X, y, w, lam)``, which returns β, shape (P,), and the bias.
    """
    if learner == "leastsquares":
        return partial(_ridge if penalty == "ridge" else _lasso, fit_bias=fit_bias)
    by_program = partial(_svm_lasso, epsilon=epsilon, fit_bias=fit_bias)
    if penalty == "lasso":
        return by_program
    by_svm = partial(_svm_ridge, epsilon=epsilon, fit_bias=fit_bias)
    # Without a penalty the support vector machine has no C, but the linear program remains.
    return lambda X, y, w, lam: (by_svm if lam > 0 else by_program)(X, y, w, lam)


def lasso_weights(X: np.ndarray, y: np.ndarray, lam: float) -> tuple[np.ndarray, float]:
    """Fit a linear model by least squares with a lasso penalty.

    Parameters
    ----------
    X : numpy.ndarray, shape (n, P)
        Predictors.
    y : numpy.ndarray, shape (n,)
        Responses.
    lam : float
        Factor λ of the penalty: the objective is Σ(y − Xβ − b)²/(2n) + λ·Σ|β|.

    Returns
    -------
    beta : numpy.ndarray, shape (P,)
        The coefficients.
    bias : float
        The bias.

    Raises
    ------
    RuntimeError
        If the iteration does not converge.
    """
    return _lasso(X, np.asarray(y, dtype=np.float64), np.full(len(y), 1 / len(y)), lam)


def _lasso(
    X: np.ndarray, y: np.ndarray, w: np.ndarray, lam: float, *, fit_bias: bool = True
) -> tuple[np.ndarray, float]:
    if lam == 0:
        return _ridge(X, y, w, 0, fit_bias=fit_bias)
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.linear_model import Lasso

    if fit_bias and y.min() == y.max():
        return np.zeros(X.shape[1]), float(y[0])
    # The problem in units of y's size, so that no threshold depends on them.
    size = float(np.abs(y).max()) or 1.0
    model = Lasso(
        alpha=lam / size,
        fit_intercept=fit_bias,
        precompute=len(y) > X.shape[1],
        tol=_GAP_AIM,
        max_iter=_LASSO_ITERATIONS,
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        model.fit(X, y / size, sample_weight=None if np.ptp(w) == 0 else w * len(w))
    centred = y / size - (np.average(y / size, weights=w) if fit_bias else 0)
    if model.dual_gap_ > _GAP_ENOUGH * np.average(centred**2, weights=w):
        raise RuntimeError(
            f"fitrlinear: the lasso with Lambda = {lam:g} did not converge in {model.n_iter_} "
            "iterations. Bring the predictors to similar scales, or use a larger Lambda."
        )
    return model.coef_ * size, float(model.intercept_) * size


def _ridge(
    X: np.ndarray, y: np.ndarray, w: np.ndarray, lam: float, *, fit_bias: bool
) -> tuple[np.ndarray, float]:
    from sklearn.linear_model import Ridge

    # By singular values: of many solutions, where λ is 0, it is the shortest.
    model = Ridge(alpha=lam, fit_intercept=fit_bias, solver="svd").fit(X, y, sample_weight=w)
    return model.coef_, float(model.intercept_)


def _svm_ridge(
    X: np.ndarray, y: np.ndarray, w: np.ndarray, lam: float, *, epsilon: float, fit_bias: bool
) -> tuple[np.ndarray, float]:
    return support_vector_regression(X, y, w, lam, epsilon, fit_bias)


def _svm_lasso(
    X: np.ndarray, y: np.ndarray, w: np.ndarray, lam: float, *, epsilon: float, fit_bias: bool
) -> tuple[np.ndarray, float]:
    from scipy import sparse
    from scipy.optimize import linprog

    n, p = X.shape
    # In units of y's size: the program's tolerances are absolute.
    size = float(np.abs(y).max()) or 1.0
    y, epsilon = y / size, epsilon / size
    # Unknowns: the positive and the negative parts of β, the bias, the excess of each residual.
    fit = np.hstack([X, -X, np.ones((n, 1))])
    excess = sparse.identity(n)
    program = linprog(
        c=np.concatenate([np.full(2 * p, lam), [0], w]),
        A_ub=sparse.bmat([[fit, -excess], [-fit, -excess]], format="csc"),
        b_ub=np.concatenate([epsilon + y, epsilon - y]),
        bounds=[(0, None)] * (2 * p) + [(None, None) if fit_bias else (0, 0)] + [(0, None)] * n,
        method="highs",
    )
    if program.status != 0:
        raise RuntimeError(f"fitrlinear: the linear program was not solved: {program.message}")
    beta = program.x[:p] - program.x[p : 2 * p]
    return beta * size, float(program.x[2 * p]) * size
