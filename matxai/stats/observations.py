"""Observations as the fitting functions take them: predictors, responses, weights."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from matxai.arguments import describe, numeric_array, real_scalar

__all__ = [
    "average_loss",
    "names",
    "nonnegative_scalar",
    "positive_scalar",
    "predictors",
    "same_length",
    "usable",
    "vector",
    "weights",
]


def predictors(value: Any, name: str) -> np.ndarray:
    """Check a matrix of predictors; a vector is one predictor.

    Returns
    -------
    numpy.ndarray of float64, shape (n, P)
        The predictors.
    """
    array = numeric_array(value, name).astype(np.float64)
    if array.ndim < 2:
        array = array.reshape(-1, 1)
    if array.ndim > 2 or array.size == 0:
        raise ValueError(
            f"{name} must be a matrix with one row for each observation and one column for each "
            f"predictor, but has the size {'×'.join(map(str, array.shape))}."
        )
    return array


def vector(value: Any, name: str) -> np.ndarray:
    """Check a vector of numbers.

    Returns
    -------
    numpy.ndarray of float64, shape (n,)
        The vector.
    """
    array = numeric_array(value, name).astype(np.float64)
    if array.size != max(array.shape, default=1):
        raise ValueError(f"{name} must be a vector, but is {describe(value)}.")
    if np.isinf(array).any():
        raise ValueError(f"{name} must not hold infinite values.")
    return array.reshape(-1)


def weights(value: Any, name: str) -> np.ndarray:
    """Check a vector of weights: none is negative.

    Returns
    -------
    numpy.ndarray of float64, shape (n,)
        The weights.
    """
    array = vector(value, name)
    if (array < 0).any():
        raise ValueError(f"{name} must not be negative, but holds {array[array < 0][0]:g}.")
    return array


def names(value: Any, name: str) -> list[str]:
    """Check a list of names; one text is a list of one."""
    items = [value] if isinstance(value, str) else list(value) if np.iterable(value) else None
    if items is None or not all(isinstance(item, str) for item in items):
        raise TypeError(f"{name} must be a list of names, but is {describe(value)}.")
    return [str(item) for item in items]


def nonnegative_scalar(value: Any, name: str) -> float:
    """Check a finite number that is not negative."""
    number = real_scalar(value, name)
    if number < 0:
        raise ValueError(f"{name} must not be negative, but is {describe(value)}.")
    return number


def positive_scalar(value: Any, name: str) -> float:
    """Check a finite number above zero."""
    number = real_scalar(value, name)
    if number <= 0:
        raise ValueError(f"{name} must be above zero, but is {describe(value)}.")
    return number


def same_length(function: str, name: str, value: np.ndarray, n: int) -> None:
    """Require as many elements of a vector as there are observations."""
    if len(value) != n:
        raise ValueError(
            f"{function}: {name} must have one element for each of the {n} observations of X, "
            f"but has {len(value)}."
        )


def usable(function: str, Y: np.ndarray, weights: np.ndarray | None, n: int) -> np.ndarray:
    """Tell which observations have a response and, where weights are given, weight.

    Returns
    -------
    numpy.ndarray of bool, shape (n,)
        True where an observation can be used.

    Raises
    ------
    ValueError
        If responses or weights are not as many as the observations.
    """
    same_length(function, "Y", Y, n)
    used = ~np.isnan(Y)
    if weights is not None:
        same_length(function, "Weights", weights, n)
        used &= weights > 0
    return used


def average_loss(
    Y: np.ndarray,
    fit: np.ndarray,
    weights: np.ndarray | None,
    loss: Callable[[np.ndarray], np.ndarray] = np.square,
) -> float:
    """Average a loss of the residuals with the weights, as the method ``loss`` of models does.

    Observations without response, fit or weight are left out.
    """
    used = usable("loss", Y, weights, len(fit)) & ~np.isnan(fit)
    if not used.any():
        raise ValueError(
            "loss: no observation is left: in every row X or Y is NaN or the weight is 0."
        )
    w = None if weights is None else weights[used]
    return float(np.average(loss(Y[used] - fit[used]), weights=w))
