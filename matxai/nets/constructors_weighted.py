"""Layers with weights other than convolutions."""

from __future__ import annotations

from typing import Any

import numpy as np

from matxai.arguments import positive_integer, real_scalar, text
from matxai.calling import matlab_function
from matxai.nets.constructors import array, layer
from matxai.nets.fragments import Recipe, Writer
from matxai.nets.layers import Layer
from matxai.nets.weights import bias_of, missing, require_shape, with_weights
from matxai.nets.windowed import transposed_convolution
from matxai.nets.windows import Window, padding, window_sizes

__all__ = ["batchNormalizationLayer", "fullyConnectedLayer", "transposedConv2dLayer"]


@matlab_function(
    "layer",
    accepts={
        "filterSize": window_sizes(2),
        "numFilters": positive_integer,
        "Stride": window_sizes(2),
        "Cropping": padding(2, "same"),
        "Weights": array(2, 3, 4),
        "Bias": array(),
        "Name": text,
    },
)
def transposedConv2dLayer(
    filterSize: Any,
    numFilters: int,
    *,
    Stride: Any = 1,
    Cropping: Any = 0,
    Weights: np.ndarray | None = None,
    Bias: np.ndarray | None = None,
    Name: str = "",
) -> Layer:
    """Make a transposed convolution, which enlarges.

    Parameters
    ----------
    filterSize : int or [height, width]
        Size of the filters.
    numFilters : int
        Number of filters.
    Stride : int or [vertical, horizontal], default 1
        How much larger the output is.
    Cropping : int, [vertical, horizontal], [top, bottom, left, right] or "same", default 0
        What is cut off the output; "same" is such that its size is that of the input times the
        stride, the odd row or column being cut off at the end.
    Weights : array, height×width×numFilters×C
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
    window = Window.of(filterSize, Stride, Cropping)
    return transposed_convolution("transposedConv2dLayer", window, numFilters, Weights, Bias, Name)


@matlab_function(
    "layer",
    accepts={
        "outputSize": positive_integer,
        "Weights": array(2),
        "Bias": array(),
        "Name": text,
    },
)
def fullyConnectedLayer(
    outputSize: int,
    *,
    Weights: np.ndarray | None = None,
    Bias: np.ndarray | None = None,
    Name: str = "",
) -> Layer:
    """Make a fully connected layer.

    Parameters
    ----------
    outputSize : int
        Number of outputs.
    Weights : array, outputSize×inputSize
        The weights, the values of an image counted down the columns, height before width before
        channels; of a sequence the channels, in each time step. A network cannot be made without
        them.
    Bias : array of outputSize, optional
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
    this = "fullyConnectedLayer"
    require_shape(this, "Weights", Weights, [outputSize, None])
    bias = bias_of(this, Bias, outputSize)

    def write(w: Writer, x: str) -> str:
        if Weights is None:
            raise missing("weights", "Weights")
        channels, *sizes = w.shape(0)[1:]
        if sizes == [None] and channels == Weights.shape[1]:
            product = w.node("MatMul", [w.weight("MatMul_W", Weights), x], "MatMul")
            return w.node("Add", [product, w.weight("Add_B", bias.reshape(-1, 1))], "Add")
        matrix = Weights
        if None in sizes or np.prod([channels, *sizes]) != Weights.shape[1]:
            spelled = "×".join("any" if n is None else str(n) for n in [*sizes, channels])
            raise ValueError(
                f"its Weights are {outputSize}×{Weights.shape[1]}, but what comes in is {spelled}"
            )
        if sizes:
            moved = Weights.reshape(outputSize, *sizes, channels, order="F")
            matrix = np.moveaxis(moved, -1, 1).reshape(outputSize, -1)
            x = w.node("Flatten", [x], "Flatten", axis=1)
        product = w.node("MatMul", [x, w.weight("MatMul_W", matrix.T)], "MatMul")
        return w.node("Add", [product, w.weight("Add_B", bias)], "Add")

    properties = {"OutputSize": outputSize}
    if Weights is not None:
        properties = {"InputSize": Weights.shape[1]} | properties
    shown, learnables = with_weights(properties, Weights, bias)
    return layer("FullyConnectedLayer", Name, Recipe(write), shown, learnables)


_STATISTICS = ("TrainedMean", "TrainedVariance", "Offset", "Scale")


@matlab_function(
    "layer", accepts={n: array() for n in _STATISTICS} | {"Epsilon": real_scalar, "Name": text}
)
def batchNormalizationLayer(
    *,
    TrainedMean: np.ndarray | None = None,
    TrainedVariance: np.ndarray | None = None,
    Offset: np.ndarray | None = None,
    Scale: np.ndarray | None = None,
    Epsilon: float = 1e-5,
    Name: str = "",
) -> Layer:
    """Make a batch normalization: Scale·(x − mean)/√(variance + Epsilon) + Offset.

    Parameters
    ----------
    TrainedMean, TrainedVariance : array, 1×1×C or C
        Mean and variance of each channel. A network cannot be made without them.
    Offset, Scale : array, 1×1×C or C, optional
        By default 0 and 1.
    Epsilon : float, default 1e-5
        What is added to the variance.
    Name : str, optional
        Name of the layer.

    Returns
    -------
    Layer
        The layer.

    Raises
    ------
    ValueError
        If the arrays have different numbers of channels, or a variance is negative.
    """
    given = dict(zip(_STATISTICS, (TrainedMean, TrainedVariance, Offset, Scale), strict=True))
    flat = {n: v.reshape(-1) for n, v in given.items() if v is not None}
    if len({v.size for v in flat.values()}) > 1:
        sizes = ", ".join(f"{n} {v.size}" for n, v in flat.items())
        raise ValueError(
            f"batchNormalizationLayer: all must have one element a channel, but have {sizes}."
        )
    if (flat.get("TrainedVariance", np.zeros(1)) < 0).any():
        raise ValueError("batchNormalizationLayer: TrainedVariance must not be negative.")
    if flat:
        count = next(iter(flat.values())).size
        flat.setdefault("Offset", np.zeros(count, np.float32))
        flat.setdefault("Scale", np.ones(count, np.float32))

    def write(w: Writer, x: str) -> str:
        for name in ("TrainedMean", "TrainedVariance"):
            if name not in flat:
                raise missing(name, name)
        order = {"scale": "Scale", "B": "Offset", "mean": "TrainedMean", "var": "TrainedVariance"}
        weights = [w.weight(suffix, flat[name]) for suffix, name in order.items()]
        return w.node("BatchNormalization", [x, *weights], epsilon=Epsilon)

    shown = {n: v.reshape(1, 1, -1) for n, v in flat.items()}
    learnables = tuple(n for n in ("Offset", "Scale") if n in shown)
    properties = shown | {"Epsilon": Epsilon}
    return layer("BatchNormalizationLayer", Name, Recipe(write), properties, learnables)
