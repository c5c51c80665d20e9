"""The four convex problems behind ``fitrlinear``, each left to the library that solves it best.

All minimize, over the coefficients β and the bias b, the weighted mean of a loss of y − Xβ − b plus
a penalty of β; the weights sum to 1 and the bias is not penalized.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np

from matxai.stats.svm import support_vector_regression

__all__ = ["lasso_weights", "solver"]

Solver = Callable[[np.ndarray, np.ndarray, np.ndarray, float], tuple[np.ndarray, float]]

# What coordinate descent aims at, of the squared length of y; and of the objective, what counts as
# solved, and what is returned without a warning.
_GAP_AIM, _GAP_ENOUGH, _GAP_SILENT = 1e-11, 1e-6, 1e-3
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

    Warns
    -----
    RuntimeWarning
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
    problem = _Centred.of(X, y / size, w, fit_bias)
    beta = model.coef_
    gap = problem.gap(beta, lam / size)
    if gap > _GAP_ENOUGH:
        other = problem.along_the_path(lam / size)
        gap, beta = min((gap, beta), (problem.gap(other, lam / size), other), key=lambda c: c[0])
    if not gap <= _GAP_SILENT:
        warnings.warn(
            f"The lasso with Lambda = {lam:g} did not converge: its objective may lie {gap:.1%} "
            "above the least. Use more observations, predictors of "
            "similar scales, or a larger Lambda.",
            RuntimeWarning,
        )
    return beta * size, problem.bias(beta) * size


@dataclass(frozen=True)
class _Centred:
    """A least-squares problem with its weights and bias worked into the data."""

    X: np.ndarray
    y: np.ndarray
    X_mean: np.ndarray
    y_mean: float

    @classmethod
    def of(cls, X: np.ndarray, y: np.ndarray, w: np.ndarray, fit_bias: bool) -> _Centred:
        X_mean = np.average(X, axis=0, weights=w) if fit_bias else np.zeros(X.shape[1])
        y_mean = float(np.average(y, weights=w)) if fit_bias else 0.0
        root = np.sqrt(w)
        return cls((X - X_mean) * root[:, None], (y - y_mean) * root, X_mean, y_mean)

    def bias(self, beta: np.ndarray) -> float:
        return self.y_mean - float(self.X_mean @ beta)

    def gap(self, beta: np.ndarray, lam: float) -> float:
        """Bound how far the objective at β lies above the lasso's optimum, as a fraction of it."""
        rest = self.y - self.X @ beta
        steepest = np.abs(self.X.T @ rest).max()
        # The residual, scaled until it is feasible, is a solution of the dual problem.
        dual = rest * min(1.0, lam / steepest) if steepest > 0 else rest
        primal_value = rest @ rest / 2 + lam * np.abs(beta).sum()
        dual_value = (self.y @ self.y - (self.y - dual) @ (self.y - dual)) / 2
        return float((primal_value - dual_value) / primal_value)

    def along_the_path(self, lam: float) -> np.ndarray:
        """Follow the lasso's path from β = 0 down to λ: slow where long, but exact.

        Coordinate descent creeps where λ is next to nothing and solutions are many, as with more
        features than images and large scores.
        """
        from sklearn.linear_model import lars_path

        # lars_path has thresholds of its own near 1e-7: in these units the λ it ends at is 1.
        scale = np.sqrt(len(self.y))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            path = lars_path(self.X * scale, self.y * (scale / lam), method="lasso", alpha_min=1.0)
        return path[2][:, -1] * lam


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
