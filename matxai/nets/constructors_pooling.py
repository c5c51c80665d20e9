"""Poolings, normalization across channels, dropout and flattening."""

from __future__ import annotations

from typing import Any

import numpy as np
from onnx import helper

from matxai.arguments import describe, logical, positive_integer, real_scalar, text
from matxai.calling import matlab_function
from matxai.nets.constructors import layer, padding, pads, pair, simple
from matxai.nets.fragments import Recipe, Writer
from matxai.nets.layers import Layer

__all__ = [
    "averagePooling2dLayer",
    "crossChannelNormalizationLayer",
    "dropoutLayer",
    "flattenLayer",
    "globalAveragePooling2dLayer",
    "globalMaxPooling2dLayer",
    "maxPooling2dLayer",
]

_WINDOW = {"poolSize": pair, "Stride": pair, "Padding": padding, "Name": text}


def _refuse_wide_padding(function: str, given: Any, size: tuple[int, int]) -> None:
    """Refuse windows that lie in the padding only."""
    if given != "same" and any(p >= size[i // 2] for i, p in enumerate(given)):
        raise ValueError(
            f"{function}: Padding must be less than poolSize, {list(size)}, but is {list(given)}."
        )


def _shown(size: Any, stride: Any, given: Any) -> dict[str, Any]:
    shown = {"PoolSize": np.array(size), "Stride": np.array(stride)}
    if given == "same":
        return shown | {"PaddingMode": "same"}
    return shown | {"PaddingMode": "manual", "PaddingSize": np.array(given)}


@matlab_function("layer", accepts=_WINDOW | {"HasUnpoolingOutputs": logical})
def maxPooling2dLayer(
    poolSize: Any,
    *,
    Stride: Any = (1, 1),
    Padding: Any = (0, 0, 0, 0),
    HasUnpoolingOutputs: bool = False,
    Name: str = "",
) -> Layer:
    """Make a layer of the largest values of windows.

    Parameters
    ----------
    poolSize : int or [height, width]
        Size of the windows.
    Stride : int or [vertical, horizontal], default 1
        From one window to the next.
    Padding : int, [vertical, horizontal], [top, bottom, left, right] or "same", default 0
        How far windows reach over the edges; "same" as in :func:`matxai.convolution2dLayer`.
    HasUnpoolingOutputs : bool, default False
        Whether the layer has the outputs "indices" and "size" besides "out".
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
    _refuse_wide_padding("maxPooling2dLayer", Padding, poolSize)

    def write(w: Writer, x: str) -> Any:
        around = pads(Padding, lambda: w.shape(0), poolSize, Stride)
        sizes = {"kernel_shape": poolSize, "strides": Stride} | around
        if not HasUnpoolingOutputs:
            return w.node("MaxPool", [x], **sizes)
        size = w.node("Shape", [x], "size")
        results = [f"{w.name}_out", f"{w.name}_indices"]
        w.add(helper.make_node("MaxPool", [x], results, w.name, **sizes))
        return *results, size

    outputs = ("out", "indices", "size") if HasUnpoolingOutputs else ("out",)
    shown = _shown(poolSize, Stride, Padding) | {"HasUnpoolingOutputs": HasUnpoolingOutputs}
    return layer("MaxPooling2DLayer", Name, Recipe(write, outputs=outputs), shown)


def _padding_value(value: Any, name: str) -> str | int:
    if isinstance(value, str) and value.lower() == "mean":
        return "mean"
    if isinstance(value, str) or real_scalar(value, name) != 0:
        raise ValueError(f'{name} must be 0 or "mean", but is {describe(value)}.')
    return 0


@matlab_function("layer", accepts=_WINDOW | {"PaddingValue": _padding_value})
def averagePooling2dLayer(
    poolSize: Any,
    *,
    Stride: Any = (1, 1),
    Padding: Any = (0, 0, 0, 0),
    PaddingValue: Any = 0,
    Name: str = "",
) -> Layer:
    """Make a layer of the means of windows.

    Parameters
    ----------
    poolSize : int or [height, width]
        Size of the windows.
    Stride, Padding
        See :func:`matxai.maxPooling2dLayer`.
    PaddingValue : {0, "mean"}
        What lies beyond the edges: zeros, which count, or "mean", the mean of the window's values
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
    _refuse_wide_padding("averagePooling2dLayer", Padding, poolSize)

    def write(w: Writer, x: str) -> str:
        around = pads(Padding, lambda: w.shape(0), poolSize, Stride)
        counted = int(PaddingValue == 0)
        sizes = {"kernel_shape": poolSize, "strides": Stride}
        return w.node("AveragePool", [x], count_include_pad=counted, **sizes, **around)

    return layer("AveragePooling2DLayer", Name, Recipe(write), _shown(poolSize, Stride, Padding))


@matlab_function("layer", accepts={"Name": text})
def globalAveragePooling2dLayer(*, Name: str = "") -> Layer:
    """Make a layer of the means of whole channels.

    Parameters
    ----------
    Name : str, optional
        Name of the layer.

    Returns
    -------
    Layer
        The layer.
    """
    return layer("GlobalAveragePooling2DLayer", Name, simple("GlobalAveragePool"))


@matlab_function("layer", accepts={"Name": text})
def globalMaxPooling2dLayer(*, Name: str = "") -> Layer:
    """Make a layer of the largest values of whole channels.

    Parameters
    ----------
    Name : str, optional
        Name of the layer.

    Returns
    -------
    Layer
        The layer.
    """
    return layer("GlobalMaxPooling2DLayer", Name, simple("GlobalMaxPool"))


@matlab_function(
    "layer",
    accepts={
        "windowChannelSize": positive_integer,
        "Alpha": real_scalar,
        "Beta": real_scalar,
        "K": real_scalar,
        "Name": text,
    },
)
def crossChannelNormalizationLayer(
    windowChannelSize: int,
    *,
    Alpha: float = 1e-4,
    Beta: float = 0.75,
    K: float = 2.0,
    Name: str = "",
) -> Layer:
    """Make a local response normalization: x/(K + Alpha·s/windowChannelSize)^Beta.

    Parameters
    ----------
    windowChannelSize : int
        Over how many channels around each the sum s of squares goes.
    Alpha, Beta, K : float, default 0.0001, 0.75, 2
        The numbers of the formula.
    Name : str, optional
        Name of the layer.

    Returns
    -------
    Layer
        The layer.
    """
    recipe = simple("LRN", size=windowChannelSize, alpha=Alpha, beta=Beta, bias=K)
    shown = {"WindowChannelSize": windowChannelSize, "Alpha": Alpha, "Beta": Beta, "K": K}
    return layer("CrossChannelNormalizationLayer", Name, recipe, shown)


@matlab_function("layer", accepts={"probability": real_scalar, "Name": text})
def dropoutLayer(probability: float = 0.5, *, Name: str = "") -> Layer:
    """Make a dropout layer, which changes nothing in prediction.

    Parameters
    ----------
    probability : float, default 0.5
        How likely a value is dropped in training, from 0 to less than 1.
    Name : str, optional
        Name of the layer.

    Returns
    -------
    Layer
        The layer.

    Raises
    ------
    ValueError
        If it is no such probability.
    """
    if not 0 <= probability < 1:
        raise ValueError(
            f"dropoutLayer: probability must be from 0 to less than 1, but is {probability:g}."
        )

    def write(w: Writer, x: str) -> str:
        return w.node("Dropout", [x, w.weight("ratio", probability)])

    return layer("DropoutLayer", Name, Recipe(write), {"Probability": probability})


@matlab_function("layer", accepts={"Name": text})
def flattenLayer(*, Name: str = "") -> Layer:
    """Make a layer that turns activations h×w×C into h·w·C channels, down the columns.

    Parameters
    ----------
    Name : str, optional
        Name of the layer.

    Returns
    -------
    Layer
        The layer.
    """

    def write(w: Writer, x: str) -> str:
        if len(w.shape(0)) == 4:
            x = w.node("Transpose", [x], "Transpose", perm=[0, 1, 3, 2])
        return w.node("Flatten", [x], axis=1)

    return layer("FlattenLayer", Name, Recipe(write))
