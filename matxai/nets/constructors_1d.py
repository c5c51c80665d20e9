"""Convolutions and poolings over time, or over the one dimension of space."""

from __future__ import annotations

from typing import Any

import numpy as np

from matxai.arguments import positive_integer, text
from matxai.calling import matlab_function
from matxai.nets.constructors import array
from matxai.nets.layers import Layer
from matxai.nets.windowed import (
    average_pooling,
    convolution,
    global_pooling,
    max_pooling,
    pooling_padding_value,
    transposed_convolution,
)
from matxai.nets.windows import Window, padding, padding_value, window_sizes

__all__ = [
    "averagePooling1dLayer",
    "convolution1dLayer",
    "globalAveragePooling1dLayer",
    "globalMaxPooling1dLayer",
    "maxPooling1dLayer",
    "transposedConv1dLayer",
]

_FILTERS = {
    "filterSize": window_sizes(1),
    "numFilters": positive_integer,
    "Stride": window_sizes(1),
    "Weights": array(1, 2, 3),
    "Bias": array(),
    "Name": text,
}
_POOL = {
    "poolSize": window_sizes(1),
    "Stride": window_sizes(1),
    "Padding": padding(1, "same"),
    "Name": text,
}


@matlab_function(
    "layer",
    accepts=_FILTERS
    | {
        "DilationFactor": window_sizes(1),
        "Padding": padding(1, "same", "causal"),
        "PaddingValue": padding_value,
    },
)
def convolution1dLayer(
    filterSize: int,
    numFilters: int,
    *,
    Stride: int = 1,
    DilationFactor: int = 1,
    Padding: Any = 0,
    PaddingValue: float | str = 0,
    Weights: np.ndarray | None = None,
    Bias: np.ndarray | None = None,
    Name: str = "",
) -> Layer:
    """Make a convolution over time, or over the one dimension of space.

    Parameters
    ----------
    filterSize : int
        Size of the filters.
    numFilters : int
        Number of filters.
    Stride, DilationFactor : int, default 1
        Step of the filters, and from one value of a filter to the next.
    Padding : int, [left, right], "same" or "causal", default 0
        How much lies around the input; "same" is such that the output has the length of the input
        divided by the stride, rounded up; "causal" lies on the left only, as wide as the filters
        reach back, so that no output depends on a later input.
    PaddingValue : float or text, default 0
        What lies there: a number; "symmetric-include-edge" or "symmetric-exclude-edge", the input
        mirrored with or without its edge; or "replicate", the edge.
    Weights : array, filterSize×C×numFilters
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

    Notes
    -----
    Options are as MathWorks documents them; the values are held against torch.

    Examples
    --------
    >>> from matxai import convolution1dLayer
    >>> layer = convolution1dLayer(5, 8, Padding="causal", DilationFactor=2)
    >>> layer.PaddingMode, layer.NumFilters
    ('causal', 8)
    """
    window = Window.of(filterSize, Stride, Padding, DilationFactor)
    this = "convolution1dLayer"
    return convolution(this, window, numFilters, PaddingValue, Weights, Bias, Name)


@matlab_function("layer", accepts=_FILTERS | {"Cropping": padding(1, "same")})
def transposedConv1dLayer(
    filterSize: int,
    numFilters: int,
    *,
    Stride: int = 1,
    Cropping: Any = 0,
    Weights: np.ndarray | None = None,
    Bias: np.ndarray | None = None,
    Name: str = "",
) -> Layer:
    """Make a transposed convolution over time or the one dimension of space, which lengthens.

    Parameters
    ----------
    filterSize : int
        Size of the filters.
    numFilters : int
        Number of filters.
    Stride : int, default 1
        How much longer the output is.
    Cropping : int, [left, right] or "same", default 0
        What is cut off the output; "same" is such that its length is that of the input times the
        stride, an odd one being cut off at the end.
    Weights : array, filterSize×numFilters×C
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

    Notes
    -----
    Options are as MathWorks documents them; the values are held against torch.
    """
    window = Window.of(filterSize, Stride, Cropping)
    return transposed_convolution("transposedConv1dLayer", window, numFilters, Weights, Bias, Name)


@matlab_function("layer", accepts=_POOL)
def maxPooling1dLayer(poolSize: int, *, Stride: int = 1, Padding: Any = 0, Name: str = "") -> Layer:
    """Make a layer of the largest values of windows over time or the one dimension of space.

    Parameters
    ----------
    poolSize : int
        Size of the windows.
    Stride : int, default 1
        From one window to the next.
    Padding : int, [left, right] or "same", default 0
        How far windows reach over the ends; "same" as in :func:`matxai.convolution1dLayer`.
    Name : str, optional
        Name of the layer.

    Returns
    -------
    Layer
        The layer.

    Raises
    ------
    ValueError
        If the padding is not less than the windows.
    """
    return max_pooling("maxPooling1dLayer", Window.of(poolSize, Stride, Padding), Name)


@matlab_function("layer", accepts=_POOL | {"PaddingValue": pooling_padding_value})
def averagePooling1dLayer(
    poolSize: int,
    *,
    Stride: int = 1,
    Padding: Any = 0,
    PaddingValue: Any = 0,
    Name: str = "",
) -> Layer:
    """Make a layer of the means of windows over time or the one dimension of space.

    Parameters
    ----------
    poolSize : int
        Size of the windows.
    Stride, Padding
        See :func:`matxai.maxPooling1dLayer`.
    PaddingValue : {0, "mean"}
        What lies beyond the ends: zeros, which count, or "mean", the mean of the window's values
        that do not lie there.
    Name : str, optional
        Name of the layer.

    Returns
    -------
    Layer
        The layer.

    Raises
    ------
    ValueError
        If the padding is not less than the windows.
    """
    window = Window.of(poolSize, Stride, Padding)
    return average_pooling("averagePooling1dLayer", window, PaddingValue, Name)


@matlab_function("layer", accepts={"Name": text})
def globalAveragePooling1dLayer(*, Name: str = "") -> Layer:
    """Make a layer of the means over time, or over the one dimension of space.

    Parameters
    ----------
    Name : str, optional
        Name of the layer.

    Returns
    -------
    Layer
        The layer, whose output has channels only.
    """
    return global_pooling("GlobalAveragePooling", 1, Name)


@matlab_function("layer", accepts={"Name": text})
def globalMaxPooling1dLayer(*, Name: str = "") -> Layer:
    """Make a layer of the largest values over time, or over the one dimension of space.

    Parameters
    ----------
    Name : str, optional
        Name of the layer.

    Returns
    -------
    Layer
        The layer, whose output has channels only.
    """
    return global_pooling("GlobalMaxPooling", 1, Name)
