"""Observations as the fitting functions take them: predictors, responses, weights."""

from __future__ import annotations

from typing import Any

import numpy as np

from matxai.arguments import describe, numeric_array, real_scalar

__all__ = [
    "nonnegative_scalar",
    "positive_scalar",
    "predictors",
    "same_length",
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
