"""Checks of the arguments of functions of matrices."""

from __future__ import annotations

from typing import Any

import numpy as np

from matxai.arguments import describe
from matxai.lang.not_known import NotKnownError
from matxai.lang.values import array_of, is_dlarray

__all__ = ["as_column", "floating_matrix", "floats", "lying", "numbers", "square_matrix"]


def numbers(value: Any, name: str) -> np.ndarray:
    """Check an array of real numbers that is no dlarray."""
    array = array_of(value, name)
    if is_dlarray(array):
        raise TypeError(f"{name} must be no dlarray. Use extractdata({name}).")
    return array


def lying(value: Any, name: str) -> np.ndarray:
    """Check a matrix of which is known how it lies; a number is one of 1×1."""
    array = numbers(value, name)
    if array.ndim > 2:
        raise ValueError(f"{name} must be a matrix, but has {array.ndim} dimensions.")
    if array.size == 1:
        return array.reshape(1, 1)
    if array.ndim == 1:
        raise NotKnownError(
            f"{name}: a 1-D array is neither a row nor a column: write x[np.newaxis] or "
            f"x[:, np.newaxis]."
        )
    return array


def as_column(array: np.ndarray, name: str) -> np.ndarray:
    """Return a matrix; a 1-D array is a column of it."""
    if array.ndim > 2:
        raise ValueError(f"{name} must be a matrix, but has {array.ndim} dimensions.")
    return array.reshape(-1, 1) if array.ndim < 2 else array


def floats(value: Any, name: str) -> np.ndarray:
    """Check an array of single or double numbers."""
    array = numbers(value, name)
    if array.dtype.kind != "f":
        raise TypeError(
            f"{name} must be single or double, but is {describe(value)}. Use double({name})."
        )
    return array


def floating_matrix(value: Any, name: str) -> np.ndarray:
    """Check a matrix of single or double numbers; a 1-D array is a column."""
    return as_column(floats(value, name), name)


def square_matrix(value: Any, name: str) -> np.ndarray:
    """Check a square matrix of single or double numbers."""
    array = floating_matrix(value, name)
    if array.shape[0] != array.shape[1]:
        raise ValueError(
            f"{name} must be a square matrix, but is {'×'.join(map(str, array.shape))}."
        )
    return array
