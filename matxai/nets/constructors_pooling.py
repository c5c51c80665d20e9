"""Poolings, normalization across channels, dropout and flattening."""

from __future__ import annotations

from typing import Any

from matxai.arguments import logical, positive_integer, real_scalar, text
from matxai.calling import matlab_function
from matxai.nets.constructors import layer, simple
from matxai.nets.fragments import Recipe, Writer
from matxai.nets.layers import Layer
from matxai.nets.windowed import average_pooling, max_pooling, pooling_padding_value
from matxai.nets.windows import Window, padding, window_sizes

__all__ = [
    "averagePooling2dLayer",
    "crossChannelNormalizationLayer",
    "dropoutLayer",
    "flattenLayer",
    "globalAveragePooling2dLayer",
    "globalMaxPooling2dLayer",
    "maxPooling2dLayer",
]

_WINDOW = {
    "poolSize": window_sizes(2),
    "Stride": window_sizes(2),
    "Padding": padding(2, "same"),
    "Name": text,
}


@matlab_function("layer", accepts=_WINDOW | {"HasUnpoolingOutputs": logical})
def maxPooling2dLayer(
    poolSize: Any,
    *,
    Stride: Any = 1,
    Padding: Any = 0,
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
    window = Window.of(poolSize, Stride, Padding)
    return max_pooling("maxPooling2dLayer", window, Name, HasUnpoolingOutputs)


@matlab_function("layer", accepts=_WINDOW | {"PaddingValue": pooling_padding_value})
def averagePooling2dLayer(
    poolSize: Any,
    *,
    Stride: Any = 1,
    Padding: Any = 0,
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
    window = Window.of(poolSize, Stride, Padding)
    return average_pooling("averagePooling2dLayer", window, PaddingValue, Name)


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

    Of 3-D images it makes h·w·d·C channels; sequences of vectors stay what they are.

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
        rank = len(w.shape(0))
        if rank == 3:
            # A sequence of vectors: the time steps stay.
            return w.node("Identity", [x])
        if rank > 3:
            x = w.node("Transpose", [x], "Transpose", perm=[0, 1, *reversed(range(2, rank))])
        return w.node("Flatten", [x], axis=1)

    return layer("FlattenLayer", Name, Recipe(write))
