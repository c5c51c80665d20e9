"""LIME's simple model: what each image counts in it, and how important it finds each feature."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from matxai.arguments import describe, numeric_array, one_of, real_scalar
from matxai.explain.lime_images import presence_matrix

__all__ = ["fit", "weigh"]


def weigh(
    presence: np.ndarray,
    distance: str | Callable[[np.ndarray], Any] = "cosine",
    kernel: str | Callable[[np.ndarray], Any] = "exponential",
    width: float = 0.25,
) -> np.ndarray:
    """Say how much each synthetic image counts: the more, the more of the image it shows.

    Parameters
    ----------
    presence : array of 0 and 1, N×F
        Which features each image shows.
    distance : "cosine" or callable, default "cosine"
        The distance d from the unaltered image, which shows all features: one minus the cosine of
        the angle between the rows of 0 and 1, 1 for a row without 1; or ``distance(presence)``,
        one number for each image.
    kernel : "exponential" or callable, default "exponential"
        How distances become weights: sqrt(exp(-d²/width²)); or ``kernel(d)``.
    width : float, default 0.25
        Width of the exponential kernel.

    Returns
    -------
    numpy.ndarray of float64, shape (N,)
        The weights.

    Raises
    ------
    TypeError
        If an argument is of a wrong kind.
    ValueError
        If `presence` is no matrix of 0 and 1, a text is none of these, `width` is not positive,
        or a callable returns other than N numbers, all finite and, for weights, not negative.

    Examples
    --------
    >>> from matxai.explain.lime import weigh
    >>> weigh([[1, 1, 1, 1], [1, 1, 1, 0], [1, 0, 0, 0]]).round(4)
    array([1.    , 0.8662, 0.1353])
    """
    shown = presence_matrix(presence, None)
    if callable(distance):
        distances = _numbers(distance(shown), len(shown), "The distances")
    else:
        one_of("cosine")(distance, "distance")
        # The cosine between a row of 0 and 1 and the row of ones.
        distances = 1 - np.sqrt(shown.mean(axis=1))
    if callable(kernel):
        return _weights(kernel(distances), len(shown), "The weights")
    one_of("exponential")(kernel, "kernel")
    width = real_scalar(width, "width")
    if width <= 0:
        raise ValueError(f"width must be above zero, but is {width:g}.")
    return np.sqrt(np.exp(-((distances / width) ** 2)))


def _numbers(value: Any, count: int, name: str) -> np.ndarray:
    numbers = numeric_array(value, name).astype(np.float64)
    if numbers.shape != (count,) or not np.isfinite(numbers).all():
        raise ValueError(
            f"{name} must be {count} finite numbers, one for each image, but are "
            f"{describe(numbers)}."
        )
    return numbers


def _weights(value: Any, count: int, name: str) -> np.ndarray:
    weights = _numbers(value, count, name)
    if (weights < 0).any() or not weights.any():
        raise ValueError(
            f"{name} must not be negative, nor all be zero, but are {describe(weights)}."
        )
    return weights


def fit(
    presence: np.ndarray, responses: np.ndarray, model: Any = "tree", weights: Any = None
) -> np.ndarray:
    """Fit a simple model of the scores and say how important each feature is to it.

    Parameters
    ----------
    presence : array of 0 and 1, N×F
        Which of the F features each of N images shows.
    responses : array, shape (N,) or (N, K)
        The score of each image, or K of them; each gets a model of its own.
    model : {"tree", "linear"} or estimator, default "tree"
        The models of :func:`matxai.imageLIME`: a regression tree and its predictor importances,
        or the lasso with λ = 1/N and its weights. Or a regressor of scikit-learn, or with its
        methods, that has ``coef_`` or ``feature_importances_`` once it is fitted; a copy is fitted.
    weights : array, shape (N,), optional
        How much each image counts; equally by default.

    Returns
    -------
    numpy.ndarray of float64, shape (F,) or (F, K)
        Importance of each feature.

    Raises
    ------
    TypeError
        If an argument is of a wrong kind, or the estimator has no importances or takes no weights.
    ValueError
        If the sizes do not fit, a response is NaN or Inf, or weights are negative or all zero.

    Examples
    --------
    >>> from sklearn.linear_model import LinearRegression
    >>> from matxai.explain.lime import fit
    >>> fit([[1, 1], [1, 0], [0, 1], [0, 0]], [5, 3, 2, 0], LinearRegression()).round(8)
    array([3., 2.])
    """
    shown = presence_matrix(presence, None).astype(np.float64)
    responses = numeric_array(responses, "responses").astype(np.float64)
    if responses.ndim not in (1, 2) or len(responses) != len(shown) or not responses.size:
        raise ValueError(
            f"responses must be {len(shown)} or {len(shown)}×K, one row for each row of presence, "
            f"but is {'×'.join(map(str, responses.shape)) or describe(responses)}."
        )
    if not np.isfinite(responses).all():
        raise ValueError("responses must be finite, but some are NaN or Inf.")
    if weights is not None:
        weights = _weights(weights, len(shown), "weights")
    importances = _fitting(model)
    columns = responses.reshape(len(shown), -1).T
    fitted = [importances(shown, column, weights) for column in columns]
    return np.stack(fitted, axis=1) if responses.ndim == 2 else fitted[0]


def _fitting(model: Any) -> Callable[..., np.ndarray]:
    """Choose the function of presence, response and weights that gives importances."""
    if isinstance(model, str):
        name = one_of("tree", "linear")(model, "model")
        return _where_it_counts(_tree if name == "tree" else _lasso)
    if isinstance(model, type) or not hasattr(model, "fit"):
        raise TypeError(
            f'model must be "tree", "linear" or an estimator such as LinearRegression(), but is '
            f"{describe(model)}."
        )
    return lambda shown, response, weights: _estimate(model, shown, response, weights)


def _where_it_counts(importances: Callable[..., np.ndarray]) -> Callable[..., np.ndarray]:
    """Leave out the images that count nothing: our models want weights above zero."""

    def of_those(shown: np.ndarray, response: np.ndarray, weights: Any) -> np.ndarray:
        if weights is None:
            return importances(shown, response, None)
        used = weights > 0
        return importances(shown[used], response[used], weights[used])

    return of_those


def _tree(shown: np.ndarray, response: np.ndarray, weights: np.ndarray | None) -> np.ndarray:
    from matxai.stats.tree import grow, importance

    return importance(grow(shown, response, weights=weights))


def _lasso(shown: np.ndarray, response: np.ndarray, weights: np.ndarray | None) -> np.ndarray:
    from matxai.stats.linear_solvers import lasso_weights, solver

    penalty = 1 / len(response)
    if weights is None:
        return lasso_weights(shown, response, penalty)[0]
    solve = solver("leastsquares", "lasso", None, True)
    return solve(shown, response, weights / weights.sum(), penalty)[0]


def _estimate(
    model: Any, shown: np.ndarray, response: np.ndarray, weights: np.ndarray | None
) -> np.ndarray:
    from sklearn.base import clone
    from sklearn.utils.validation import has_fit_parameter

    name = type(model).__name__
    model = clone(model, safe=False)
    if weights is None:
        model.fit(shown, response)
    elif has_fit_parameter(model, "sample_weight"):
        model.fit(shown, response, sample_weight=weights)
    else:
        raise TypeError(f"model must take weights, but {name} does not: give none, or another.")
    for attribute in ("coef_", "feature_importances_"):
        found = np.asarray(getattr(model, attribute, ()), dtype=np.float64).reshape(-1)
        if found.size == shown.shape[1]:
            return found
    raise TypeError(
        f"model must have coef_ or feature_importances_ once fitted, a number for each feature, "
        f"but {name} has neither."
    )
