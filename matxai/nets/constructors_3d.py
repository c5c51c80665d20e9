"""The input layer of 3-D images, and convolutions over them."""

from __future__ import annotations

from typing import Any

import numpy as np

from matxai.arguments import positive_integer, positive_integers, text
from matxai.calling import matlab_function
from matxai.nets.constructors import array
from matxai.nets.constructors_ends import image_input_layer
from matxai.nets.layers import Image3DInputLayer, Layer
from matxai.nets.preprocessing import NORMALIZATION_CHECKS
from matxai.nets.windowed import convolution, transposed_convolution
from matxai.nets.windows import Window, padding, padding_value, window_sizes

__all__ = ["convolution3dLayer", "image3dInputLayer", "transposedConv3dLayer"]

_FILTERS = {
    "filterSize": window_sizes(3),
    "numFilters": positive_integer,
    "Stride": window_sizes(3),
    "Weights": array(2, 3, 4, 5),
    "Bias": array(),
    "Name": text,
}


@matlab_function(
    "layer",
    accepts={"inputSize": positive_integers([3, 4]), "Name": text, **NORMALIZATION_CHECKS},
)
def image3dInputLayer(
    inputSize: Any,
    *,
    Normalization: str = "zerocenter",
    Mean: Any = None,
    StandardDeviation: Any = None,
    Min: Any = None,
    Max: Any = None,
    Name: str = "",
) -> Image3DInputLayer:
    """Make the layer that takes 3-D images.

    Parameters
    ----------
    inputSize : [height, width, depth, channels] or [height, width, depth]
        Size of the images.
    Normalization : {"zerocenter", "zscore", "rescale-symmetric", "rescale-zero-one", "none"}
        What is done to an image first; see :func:`matxai.importNetworkFromONNX`.
    Mean, StandardDeviation, Min, Max : float or array, optional
        What Normalization needs: one number, one for each channel (C or 1×1×1×C), or H×W×D×C.
        Without it a network cannot be made: MATLAB computes it in training.
    Name : str, optional
        Name of the layer.

    Returns
    -------
    Image3DInputLayer
        The layer, with ``InputSize`` and ``Normalization``.

    Raises
    ------
    TypeError
        If an argument is of a wrong kind.

    Notes
    -----
    Options are as MathWorks documents them. Three numbers for images of one channel are taken as
    well, as imageInputLayer takes two.

    Examples
    --------
    >>> import numpy as np
    >>> import matxai as m
    >>> layers = [m.image3dInputLayer([8, 8, 4, 2], Normalization="none"), m.reluLayer()]
    >>> m.predict(m.dlnetwork(layers), np.ones((8, 8, 4, 2, 5))).shape
    (8, 8, 4, 2, 5)
    """
    given = {"Mean": Mean, "StandardDeviation": StandardDeviation, "Min": Min, "Max": Max}
    size = [*inputSize, 1][:4]
    return image_input_layer(Image3DInputLayer, size, Normalization, given, Name)


@matlab_function(
    "layer",
    accepts=_FILTERS
    | {
        "DilationFactor": window_sizes(3),
        "Padding": padding(3, "same"),
        "PaddingValue": padding_value,
    },
)
def convolution3dLayer(
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
    """Make a convolution over 3-D images.

    Parameters
    ----------
    filterSize : int or [height, width, depth]
        Size of the filters.
    numFilters : int
        Number of filters.
    Stride, DilationFactor : int or [vertical, horizontal, in depth], default 1
        Step of the filters, and from one value of a filter to the next.
    Padding : int, [vertical, horizontal, in depth], 2×3 matrix or "same", default 0
        How much lies around the input, as a matrix [top, left, front; bottom, right, back];
        "same" is such that the output has the size of the input divided by the stride, rounded up.
    PaddingValue : float or text, default 0
        What lies there: a number; "symmetric-include-edge" or "symmetric-exclude-edge", the input
        mirrored with or without its edge; or "replicate", the edge.
    Weights : array, height×width×depth×C×numFilters
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
    >>> from matxai import convolution3dLayer
    >>> convolution3dLayer(3, 8, Padding=[[1, 1, 0], [0, 1, 2]]).PaddingSize
    array([[1, 1, 0],
           [0, 1, 2]])
    """
    window = Window.of(filterSize, Stride, Padding, DilationFactor)
    this = "convolution3dLayer"
    return convolution(this, window, numFilters, PaddingValue, Weights, Bias, Name)


@matlab_function("layer", accepts=_FILTERS | {"Cropping": padding(3, "same")})
def transposedConv3dLayer(
    filterSize: Any,
    numFilters: int,
    *,
    Stride: Any = 1,
    Cropping: Any = 0,
    Weights: np.ndarray | None = None,
    Bias: np.ndarray | None = None,
    Name: str = "",
) -> Layer:
    """Make a transposed convolution over 3-D images, which enlarges.

    Parameters
    ----------
    filterSize : int or [height, width, depth]
        Size of the filters.
    numFilters : int
        Number of filters.
    Stride : int or [vertical, horizontal, in depth], default 1
        How much larger the output is.
    Cropping : int, [vertical, horizontal, in depth], 2×3 matrix or "same", default 0
        What is cut off the output, as a matrix [top, left, front; bottom, right, back]; "same" is
        such that its size is that of the input times the stride, an odd one being cut off at the
        end.
    Weights : array, height×width×depth×numFilters×C
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
    return transposed_convolution("transposedConv3dLayer", window, numFilters, Weights, Bias, Name)
