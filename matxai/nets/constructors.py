"""What the functions that make layers share."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from matxai.arguments import Check, describe, numeric_array, positive_integer
from matxai.nets.fragments import Recipe, Shape
from matxai.nets.layers import Layer

__all__ = ["array", "layer", "padding", "pads", "pair", "simple"]


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


def pair(value: Any, name: str) -> tuple[int, int]:
    """Check one positive integer or two, height and width."""
    sizes = np.asarray(value).reshape(-1) if not isinstance(value, str) else [value]
    if len(sizes) not in (1, 2):
        raise ValueError(f"{name} must be one integer or two, but is {describe(value)}.")
    found = [positive_integer(size, name) for size in sizes]
    return found[0], found[-1]


def padding(value: Any, name: str) -> str | tuple[int, int, int, int]:
    """Check padding: "same", or one, two or four integers; top, bottom, left, right come out."""
    if isinstance(value, str):
        if value.lower() != "same":
            raise ValueError(f'{name} must be "same" or integers, but is {value!r}.')
        return "same"
    sizes = numeric_array(value, name).reshape(-1)
    if len(sizes) not in (1, 2, 4) or (sizes < 0).any() or (sizes != np.floor(sizes)).any():
        raise ValueError(
            f"{name} must be one, two or four integers from 0 on, but is {describe(value)}."
        )
    sizes = [int(size) for size in sizes]
    if len(sizes) == 4:
        return tuple(sizes)
    return sizes[0], sizes[0], sizes[-1], sizes[-1]


def pads(
    given: str | Sequence[int],
    shape: Callable[[], Shape],
    reach: Sequence[int],
    stride: Sequence[int],
) -> dict[str, Any]:
    """Say padding as ONNX does, for a window that reaches over so many rows and columns.

    "same" depends on the size of what comes in; the odd row or column goes to the end.
    """
    if given != "same":
        top, bottom, left, right = given
        return {"pads": [top, left, bottom, right]}
    sizes = list(shape())[2:]
    if None in sizes or len(sizes) != 2:
        return {"auto_pad": "SAME_UPPER"}
    total = [
        max((-(-n // s) - 1) * s + r - n, 0) for n, s, r in zip(sizes, stride, reach, strict=True)
    ]
    return {"pads": [t // 2 for t in total] + [t - t // 2 for t in total]}
