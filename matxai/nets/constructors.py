"""What the functions that make layers share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from matxai.arguments import Check, describe, numeric_array
from matxai.nets.fragments import Recipe
from matxai.nets.layers import Layer

__all__ = ["array", "layer", "simple"]


def layer(
    short: str,
    name: str,
    recipe: Recipe,
    properties: Mapping[str, Any] | None = None,
    learnables: tuple[str, ...] = (),
    kind: type[Layer] = Layer,
) -> Layer:
    """Make a layer of MATLAB's class ``nnet.cnn.layer.<short>``."""
    return kind(name, f"nnet.cnn.layer.{short}", properties, learnables, recipe)


def simple(op: str, **attributes: Any) -> Recipe:
    """Make the recipe of a layer that is one node."""
    return Recipe(lambda w, x: w.node(op, [x], **attributes))


def array(*ndims: int) -> Check:
    """Make the check of weights; a copy of them is taken, so that nothing changes them later."""

    def check(value: Any, name: str) -> np.ndarray:
        given = numeric_array(value, name).astype(np.float32)
        if not given.size or not np.isfinite(given).all():
            raise ValueError(f"{name} must hold finite numbers, but is {describe(value)}.")
        if ndims and given.ndim not in ndims:
            raise ValueError(
                f"{name} must have {' or '.join(map(str, ndims))} dimensions, but is "
                f"{describe(given)}."
            )
        given.setflags(write=False)
        return given

    return check
