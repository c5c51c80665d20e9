"""Poolings over 3-D images."""

from __future__ import annotations

from typing import Any

from matxai.arguments import text
from matxai.calling import matlab_function
from matxai.nets.layers import Layer
from matxai.nets.windowed import (
    average_pooling,
    global_pooling,
    max_pooling,
    pooling_padding_value,
)
from matxai.nets.windows import Window, padding, window_sizes

__all__ = [
    "averagePooling3dLayer",
    "globalAveragePooling3dLayer",
    "globalMaxPooling3dLayer",
    "maxPooling3dLayer",
]

_WINDOW = {
    "poolSize": window_sizes(3),
    "Stride": window_sizes(3),
    "Padding": padding(3, "same"),
    "Name": text,
}


@matlab_function("layer", accepts=_WINDOW)
def maxPooling3dLayer(poolSize: Any, *, Stride: Any = 1, Padding: Any = 0, Name: str = "") -> Layer:
    """Make a layer of the largest values of windows over 3-D images.

    Parameters
    ----------
    poolSize : int or [height, width, depth]
        Size of the windows.
    Stride : int or [vertical, horizontal, in depth], default 1
        From one window to the next.
    Padding : int, [vertical, horizontal, in depth], 2×3 matrix or "same", default 0
        How far windows reach over the edges; see :func:`matxai.convolution3dLayer`.
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
    return max_pooling("maxPooling3dLayer", Window.of(poolSize, Stride, Padding), Name)


@matlab_function("layer", accepts=_WINDOW | {"PaddingValue": pooling_padding_value})
def averagePooling3dLayer(
    poolSize: Any,
    *,
    Stride: Any = 1,
    Padding: Any = 0,
    PaddingValue: Any = 0,
    Name: str = "",
) -> Layer:
    """Make a layer of the means of windows over 3-D images.

    Parameters
    ----------
    poolSize : int or [height, width, depth]
        Size of the windows.
    Stride, Padding
        See :func:`matxai.maxPooling3dLayer`.
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
    return average_pooling("averagePooling3dLayer", window, PaddingValue, Name)


@matlab_function("layer", accepts={"Name": text})
def globalAveragePooling3dLayer(*, Name: str = "") -> Layer:
    """Make a layer of the means of whole channels of 3-D images.

    Parameters
    ----------
    Name : str, optional
        Name of the layer.

    Returns
    -------
    Layer
        The layer.
    """
    return global_pooling("GlobalAveragePooling", 3, Name)


@matlab_function("layer", accepts={"Name": text})
def globalMaxPooling3dLayer(*, Name: str = "") -> Layer:
    """Make a layer of the largest values of whole channels of 3-D images.

    Parameters
    ----------
    Name : str, optional
        Name of the layer.

    Returns
    -------
    Layer
        The layer.
    """
    return global_pooling("GlobalMaxPooling", 3, Name)
