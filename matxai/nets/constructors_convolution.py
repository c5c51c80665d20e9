"""Convolutions."""

from __future__ import annotations

from typing import Any

import numpy as np

from matxai.arguments import positive_integer, text
from matxai.calling import matlab_function
from matxai.nets.constructors import array, layer
from matxai.nets.fragments import Recipe, Writer
from matxai.nets.layers import Layer
from matxai.nets.weights import bias_of, missing, require_shape, with_weights
from matxai.nets.windowed import convolution, convolved
from matxai.nets.windows import Window, padding, padding_value, window_sizes

__all__ = ["convolution2dLayer", "groupedConvolution2dLayer"]

_WINDOW = {
    "filterSize": window_sizes(2),
    "Stride": window_sizes(2),
    "DilationFactor": window_sizes(2),
    "Padding": padding(2, "same"),
    "PaddingValue": padding_value,
    "Name": text,
}


@matlab_function(
    "layer",
    accepts=_WINDOW
    | {
        "numFilters": positive_integer,
        "Weights": array(2, 3, 4),
        "Bias": array(),
    },
)
def convolution2dLayer(
    filterSize: Any,
    numFilters: int,
    *,
    Stride: Any = 1,
    DilationFactor: Any = 1,
    Padding: Any = 0,
    PaddingValue: float | str = 0,
    Weights: np.ndarray | None = None,
    Bias: np.ndarray | None = None,
    Name: str = "",
) -> Layer:
    """Make a convolution.

    Parameters
    ----------
    filterSize : int or [height, width]
        Size of the filters.
    numFilters : int
        Number of filters.
    Stride, DilationFactor : int or [vertical, horizontal], default 1
        Step of the filters, and from one value of a filter to the next.
    Padding : int, [vertical, horizontal], [top, bottom, left, right] or "same", default 0
        How much lies around the input; "same" is such that the output has the size of the input
        divided by the stride, rounded up.
    PaddingValue : float or text, default 0
        What lies there: a number; "symmetric-include-edge" or "symmetric-exclude-edge", the input
        mirrored with or without its edge; or "replicate", the edge.
    Weights : array, height×width×C×numFilters
        The filters. A network cannot be made without them.
    Bias : array of numFilters, optional
        The bias, by default zeros.
    Name : str, optional
        Name of the layer.

    Returns
    -------
    Layer
        The layer.

    Raises
    ------
    TypeError
        If an argument is of a wrong kind.
    ValueError
        If sizes do not fit.
    """
    window = Window.of(filterSize, Stride, Padding, DilationFactor)
    return convolution("convolution2dLayer", window, numFilters, PaddingValue, Weights, Bias, Name)


@matlab_function(
    "layer",
    accepts=_WINDOW
    | {
        "numFiltersPerGroup": positive_integer,
        "Weights": array(2, 3, 4, 5),
        "Bias": array(),
    },
)
def groupedConvolution2dLayer(
    filterSize: Any,
    numFiltersPerGroup: int,
    numGroups: Any,
    *,
    Stride: Any = 1,
    DilationFactor: Any = 1,
    Padding: Any = 0,
    PaddingValue: float | str = 0,
    Weights: np.ndarray | None = None,
    Bias: np.ndarray | None = None,
    Name: str = "",
) -> Layer:
    """Make a convolution whose filters see the channels of their group only.

    Parameters
    ----------
    filterSize : int or [height, width]
        Size of the filters.
    numFiltersPerGroup : int
        Number of filters of each group.
    numGroups : int or "channel-wise"
        Number of groups; "channel-wise" makes each channel one.
    Stride, DilationFactor, Padding, PaddingValue
        See :func:`matxai.convolution2dLayer`.
    Weights : array, height×width×(C/numGroups)×numFiltersPerGroup×numGroups
        The filters. A network cannot be made without them.
    Bias : array of numFiltersPerGroup×numGroups, optional
        The bias, by default zeros.
    Name : str, optional
        Name of the layer.

    Returns
    -------
    Layer
        The layer.

    Raises
    ------
    TypeError
        If an argument is of a wrong kind.
    ValueError
        If sizes do not fit.
    """
    this = "groupedConvolution2dLayer"
    wise = isinstance(numGroups, str) and numGroups.lower() == "channel-wise"
    if wise and Weights is not None:
        groups = Weights.shape[4] if Weights.ndim == 5 else 1
    else:
        groups = 1 if wise else positive_integer(numGroups, f"{this}: numGroups")
    each = numFiltersPerGroup
    require_shape(this, "Weights", Weights, [*filterSize, 1 if wise else None, each, groups])
    grouped = None if Bias is None else Bias.reshape(-1, order="F")
    bias = bias_of(this, grouped, each * groups)
    window = Window.of(filterSize, Stride, Padding, DilationFactor)

    def write(w: Writer, x: str) -> str:
        if Weights is None:
            raise missing("weights", "Weights")
        whole = Weights.reshape(*filterSize, -1, each, groups)
        # MATLAB lays the filters of a group before the groups, ONNX the groups first.
        filters = np.moveaxis(whole, -1, -2).reshape(*filterSize, -1, each * groups)
        laid = filters.transpose(3, 2, 0, 1)
        return convolved(w, x, window, PaddingValue, laid, bias, group=groups)

    properties = {
        "FilterSize": np.array(filterSize),
        "NumGroups": numGroups if wise and Weights is None else groups,
        "NumFiltersPerGroup": each,
        "Stride": np.array(window.stride),
        "DilationFactor": np.array(window.dilation),
    }
    properties |= window.shown() | {"PaddingValue": PaddingValue}
    laid = bias.reshape(1, 1, each, groups, order="F")
    shown, learnables = with_weights(properties, Weights, laid)
    return layer("GroupedConvolution2DLayer", Name, Recipe(write), shown, learnables)
