"""Fitting a linear model: the door ``fitrlinear`` to the solvers behind it."""

from __future__ import annotations

from typing import Any

import numpy as np

from matxai.arguments import any_of, describe, logical, one_of
from matxai.calling import matlab_function
from matxai.stats.linear import RegressionLinear
from matxai.stats.linear_solvers import solver
from matxai.stats.observations import (
    names,
    nonnegative_scalar,
    predictors,
    usable,
    vector,
    weights,
)

__all__ = ["fitrlinear"]

_PENALTIES = {"ridge": "ridge (L2)", "lasso": "lasso (L1)"}
_SOLVERS = ("sgd", "asgd", "dual", "bfgs", "lbfgs", "sparsa")


def _lambdas(value: Any, name: str) -> np.ndarray:
    """Check one factor or a vector of them; they become ascending and different."""
    array = weights(value, name)
    if array.size == 0 or np.isnan(array).any():
        raise ValueError(f"{name} must hold finite numbers, but is {describe(value)}.")
    return array if np.ndim(value) == 0 else np.unique(array)


def _solver_names(value: Any, name: str) -> list[str]:
    return [one_of(*_SOLVERS)(each, name) for each in names(value, name)]


@matlab_function(
    "Mdl",
    accepts={
        "X": predictors,
        "Y": vector,
        "Epsilon": any_of(one_of("auto"), nonnegative_scalar),
        "FitBias": logical,
        "Lambda": any_of(one_of("auto"), _lambdas),
        "Learner": one_of("svm", "leastsquares"),
        "ObservationsIn": one_of("rows", "columns"),
        "Regularization": one_of("ridge", "lasso"),
        "Solver": _solver_names,
        "Weights": weights,
    },
)
def fitrlinear(
    X: Any,
    Y: Any,
    *,
    Epsilon: Any = "auto",
    FitBias: bool = True,
    Lambda: Any = "auto",
    Learner: str = "svm",
    ObservationsIn: str = "rows",
    Regularization: str = "ridge",
    Solver: Any = None,
    Weights: Any = None,
) -> RegressionLinear:
    """Fit a linear regression model.

    Parameters
    ----------
    X : array_like, shape (n, P)
        Predictors, one observation a row. A vector is one predictor.
    Y : array_like, shape (n,)
        Responses.
    Epsilon : "auto" or float
        Half the width of the band without loss, for the learner "svm". "auto" is iqr(Y)/13.49, or
        0.1 where that is 0.
    FitBias : bool
        Whether the model has a bias.
    Lambda : "auto", float or sequence of float
        Factor λ of the penalty; "auto" is 1/n. With several, one model is fitted for each.
    Learner : "svm" or "leastsquares"
        The loss of y − f: ``max(0, |y − f| − Epsilon)``, or ½(y − f)².
    ObservationsIn : "rows" or "columns"
        Where the observations are; with "columns", X is P×n.
    Regularization : "ridge" or "lasso"
        The penalty: λ/2·Σβ², or λ·Σ|β|.
    Solver : str or sequence of str, optional
        MATLAB's names of methods. They are checked, but have no influence: what is returned is the
        optimum, which they approximate.
    Weights : array_like, shape (n,), optional
        Weights of the observations; equal ones by default.

    Returns
    -------
    RegressionLinear
        The model.

    Raises
    ------
    TypeError
        If an argument is of the wrong kind.
    ValueError
        If the sizes do not fit, a value is out of range, or the solver is "sparsa" and the penalty
        not "lasso".
    RuntimeError
        If the optimum is not reached; predictors of very different scales can cause that.

    Notes
    -----
    Observations with a missing (NaN) response or predictor, or of weight 0, are left out. The
    predictors are not standardized.

    Documented: the objectives, of which the optimum is taken; MATLAB stops near it. Chosen: where
    the optimum is not unique, which one is taken.

    Examples
    --------
    >>> from matxai import fitrlinear
    >>> model = fitrlinear([[0], [1]], [0, 1], Learner="leastsquares", Lambda=0.25)
    >>> model.Beta.round(4), round(model.Bias, 4)
    (array([0.5]), 0.25)
    """
    if Solver is not None and "sparsa" in Solver and Regularization == "ridge":
        raise ValueError(
            'fitrlinear: the Solver "sparsa" is for Regularization "lasso". Give both, '
            "or leave Solver out."
        )
    if np.isinf(X).any():
        raise ValueError("fitrlinear: X must not hold infinite values.")
    if ObservationsIn == "columns":
        X = X.T
    used = usable("fitrlinear", Y, Weights, len(X)) & ~np.isnan(X).any(axis=1)
    if not used.any():
        raise ValueError(
            "fitrlinear: no observation is left: in every row X or Y is NaN or the weight is 0."
        )
    X, Y = X[used], Y[used]
    w = np.ones(len(Y)) if Weights is None else Weights[used]
    lambdas = np.array([1 / len(Y)]) if isinstance(Lambda, str) else Lambda
    epsilon = None
    if Learner == "svm":
        epsilon = _automatic_epsilon(Y) if isinstance(Epsilon, str) else Epsilon
    solve = solver(Learner, Regularization, epsilon, FitBias)
    fits = [solve(X, Y, w / w.sum(), float(lam)) for lam in lambdas]
    several = len(lambdas) > 1
    return RegressionLinear(
        np.stack([beta for beta, _ in fits], axis=1) if several else fits[0][0],
        np.array([bias for _, bias in fits]) if several else fits[0][1],
        lambdas if several else float(lambdas[0]),
        Epsilon=epsilon,
        Learner=Learner,
        Regularization=_PENALTIES[Regularization],
    )


def _automatic_epsilon(Y: np.ndarray) -> float:
    # MATLAB's percentiles put the k-th of n sorted values at (k − ½)/n, which is Hazen's rule.
    lower, upper = np.quantile(Y, [0.25, 0.75], method="hazen")
    return float(upper - lower) / 13.49 or 0.1
