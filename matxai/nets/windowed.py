"""Convolutions and poolings, over any number of dimensions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from onnx import helper

from matxai.arguments import describe, real_scalar
from matxai.nets.constructors import layer
from matxai.nets.fragments import Recipe, Writer
from matxai.nets.layers import Layer
from matxai.nets.weights import bias_of, missing, require_shape, with_weights
from matxai.nets.windows import Window, per_dimension

__all__ = [
    "average_pooling",
    "convolution",
    "convolved",
    "global_pooling",
    "max_pooling",
    "pooling_padding_value",
    "transposed_convolution",
]

_GLOBAL = {
    "GlobalAveragePooling": ("GlobalAveragePool", "ReduceMean"),
    "GlobalMaxPooling": ("GlobalMaxPool", "ReduceMax"),
}


def convolved(
    w: Writer,
    x: str,
    window: Window,
    value: float | str,
    filters: np.ndarray,
    bias: np.ndarray,
    **attributes: Any,
) -> str:
    """Write a convolution by filters N×C×…"""
    x, around = window.surrounded(w, x, value)
    inputs = [x, w.weight("W", filters), w.weight("B", bias)]
    return w.node("Conv", inputs, **window.sizes, **around, **attributes)


def convolution(
    function: str,
    window: Window,
    filters: int,
    value: float | str,
    weights: np.ndarray | None,
    bias: np.ndarray | None,
    name: str,
) -> Layer:
    """Make a convolution.

    Parameters
    ----------
    function : str
        Who makes it, for errors.
    window : Window
        What the filters cover.
    filters : int
        Number of filters.
    value : float or str
        What lies around the input.
    weights : array …×C×N, optional
        The filters.
    bias : array of N, optional
        The bias.
    name : str
        Name of the layer.
    """
    require_shape(function, "Weights", weights, [*window.size, None, filters])
    bias = bias_of(function, bias, filters)

    def write(w: Writer, x: str) -> str:
        if weights is None:
            raise missing("weights", "Weights")
        laid = _channels_first(weights.reshape(*window.size, -1, filters))
        return convolved(w, x, window, value, laid, bias)

    rank = len(window.size)
    properties = {
        "FilterSize": per_dimension(window.size),
        "NumFilters": filters,
        "Stride": window.step(),
        "DilationFactor": per_dimension(window.dilation),
    }
    properties |= window.shown() | {"PaddingValue": value}
    shown, learnables = with_weights(properties, weights, bias.reshape(*[1] * rank, -1))
    return layer(f"Convolution{rank}DLayer", name, Recipe(write), shown, learnables)


def transposed_convolution(
    function: str,
    window: Window,
    filters: int,
    weights: np.ndarray | None,
    bias: np.ndarray | None,
    name: str,
) -> Layer:
    """Make a transposed convolution, the window's padding being cut off.

    Parameters
    ----------
    function, window, filters, bias, name
        As of :func:`convolution`.
    weights : array …×N×C, optional
        The filters.
    """
    require_shape(function, "Weights", weights, [*window.size, filters, None])
    bias = bias_of(function, bias, filters)
    total = [k - s for k, s in zip(window.size, window.stride, strict=True)]
    if window.padding == "same" and min(total) < 0:
        raise ValueError(
            f'{function}: Cropping can be "same" only if filterSize, {_listed(window.size)}, is '
            f"not below Stride, {_listed(window.stride)}."
        )

    def write(w: Writer, x: str) -> str:
        if weights is None:
            raise missing("weights", "Weights")
        laid = _channels_first(weights.reshape(*window.size, filters, -1))
        pairs = window.padding
        if pairs == "same":
            pairs = [(t // 2, t - t // 2) for t in total]
        cut = [pair[end] for end in (0, 1) for pair in pairs]
        inputs = [x, w.weight("W", laid), w.weight("B", bias)]
        return w.node("ConvTranspose", inputs, **window.sizes, pads=cut)

    rank = len(window.size)
    properties = {
        "FilterSize": per_dimension(window.size),
        "NumFilters": filters,
        "Stride": window.step(),
    } | window.shown("CroppingMode", "CroppingSize")
    shown, learnables = with_weights(properties, weights, bias.reshape(*[1] * rank, -1))
    return layer(f"TransposedConvolution{rank}DLayer", name, Recipe(write), shown, learnables)


def _channels_first(weights: np.ndarray) -> np.ndarray:
    """Turn MATLAB's order of axes, the window's first, to ONNX's, the window's last."""
    return np.moveaxis(weights, (-1, -2), (0, 1))


def max_pooling(function: str, window: Window, name: str, unpooling: bool = False) -> Layer:
    """Make a layer of the largest values of windows.

    Parameters
    ----------
    function : str
        Who makes it, for errors.
    window : Window
        The windows.
    name : str
        Name of the layer.
    unpooling : bool
        Whether the layer has the outputs "indices" and "size" besides "out".
    """
    _refuse_wide_padding(function, window)

    def write(w: Writer, x: str) -> Any:
        sizes = window.sizes | window.around(w)
        if not unpooling:
            return w.node("MaxPool", [x], **sizes)
        size = w.node("Shape", [x], "size")
        results = [f"{w.name}_out", f"{w.name}_indices"]
        w.add(helper.make_node("MaxPool", [x], results, w.name, **sizes))
        return *results, size

    rank = len(window.size)
    recipe = Recipe(write, outputs=("out", "indices", "size") if unpooling else ("out",))
    shown = _pooling_shown(window) | ({"HasUnpoolingOutputs": unpooling} if rank == 2 else {})
    return layer(f"MaxPooling{rank}DLayer", name, recipe, shown)


def average_pooling(function: str, window: Window, value: str | int, name: str) -> Layer:
    """Make a layer of the means of windows.

    Parameters
    ----------
    function, window, name
        As of :func:`max_pooling`.
    value : {0, "mean"}
        Whether what lies around the input counts as zeros, or not at all.
    """
    _refuse_wide_padding(function, window)

    def write(w: Writer, x: str) -> str:
        counted = int(value == 0)
        return w.node(
            "AveragePool", [x], count_include_pad=counted, **window.sizes, **window.around(w)
        )

    shown = _pooling_shown(window) | {"PaddingValue": value}
    return layer(f"AveragePooling{len(window.size)}DLayer", name, Recipe(write), shown)


def global_pooling(short: str, rank: int, name: str) -> Layer:
    """Make a layer of one value for each channel.

    Parameters
    ----------
    short : {"GlobalAveragePooling", "GlobalMaxPooling"}
        What it is.
    rank : int
        Over how many dimensions it goes. The one of a sequence goes away.
    name : str
        Name of the layer.
    """
    whole, along = _GLOBAL[short]

    def write(w: Writer, x: str) -> str:
        found = len(w.shape(0)) - 2
        if found != rank:
            raise ValueError(
                f"it goes over {rank} dimension{'s' * (rank > 1)} of space or time, but what comes "
                f"in has {found}"
            )
        if rank == 1:
            return w.node(along, [x], axes=[2], keepdims=0)
        return w.node(whole, [x])

    return layer(f"{short}{rank}DLayer", name, Recipe(write))


def pooling_padding_value(value: Any, name: str) -> str | int:
    """Check what lies around the input of an average pooling: zeros, or nothing that counts."""
    if isinstance(value, str) and value.lower() == "mean":
        return "mean"
    if isinstance(value, str) or real_scalar(value, name) != 0:
        raise ValueError(f'{name} must be 0 or "mean", but is {describe(value)}.')
    return 0


def _refuse_wide_padding(function: str, window: Window) -> None:
    """Refuse windows that lie in the padding only."""
    if isinstance(window.padding, str):
        return
    if any(max(pair) >= k for pair, k in zip(window.padding, window.size, strict=True)):
        shown = window.shown()["PaddingSize"]
        raise ValueError(
            f"{function}: Padding must be less than poolSize, {_listed(window.size)}, but is "
            f"{shown.tolist()}."
        )


def _pooling_shown(window: Window) -> dict[str, Any]:
    return {"PoolSize": per_dimension(window.size), "Stride": window.step()} | window.shown()


def _listed(values: Sequence[int]) -> Any:
    return values[0] if len(values) == 1 else list(values)
