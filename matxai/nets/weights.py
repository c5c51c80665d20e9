"""Weights that users give to layers: checks of them, and how layers show them."""

from __future__ import annotations

from typing import Any

import numpy as np

from matxai.arguments import describe

__all__ = ["bias_of", "missing", "require_shape", "with_weights"]


def missing(what: str, option: str) -> ValueError:
    """Make the error of a layer that has no weights."""
    return ValueError(
        f"it has no {what}. Networks here are not trained: give it {option}= when you make it"
    )


def require_shape(function: str, name: str, given: np.ndarray | None, wanted: list[Any]) -> None:
    """Refuse weights of another shape; None stands for any size."""
    if given is None:
        return
    # NumPy keeps sizes of 1 at the end, which MATLAB drops.
    shape = list(given.shape) + [1] * (len(wanted) - given.ndim)
    fits = (w in (None, n) for n, w in zip(shape, wanted, strict=False))
    if len(shape) != len(wanted) or not all(fits):
        spelled = "×".join("C" if n is None else str(n) for n in wanted)
        raise ValueError(f"{function}: {name} must be {spelled}, but is {describe(given)}.")


def bias_of(function: str, given: np.ndarray | None, count: int) -> np.ndarray:
    """Check a bias, by default zeros."""
    if given is not None and given.size != count:
        raise ValueError(
            f"{function}: Bias must have {count} elements, one for each output channel, but has "
            f"{given.size}."
        )
    return np.zeros(count, np.float32) if given is None else given.reshape(-1)


def with_weights(
    properties: dict[str, Any], weights: np.ndarray | None, bias: np.ndarray
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Add weights to the properties of a layer, and say which are learnable."""
    if weights is None:
        return properties, ()
    return properties | {"Weights": weights, "Bias": bias}, ("Weights", "Bias")
