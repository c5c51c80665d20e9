"""Normalizations of each image by itself: over groups of channels, single channels, all channels.

What they compute is written with operators that mean the same in all opsets that recipes go into;
those of ONNX's own for groups and layers came later.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import numpy as np

from matxai.arguments import any_of, one_of, positive_integer, real_scalar, text
from matxai.calling import matlab_function
from matxai.nets.constructors import array, layer
from matxai.nets.fragments import Recipe, Shape, Writer
from matxai.nets.layers import Layer

__all__ = ["groupNormalizationLayer", "instanceNormalizationLayer", "layerNormalizationLayer"]


def _positive(value: Any, name: str) -> float:
    number = real_scalar(value, name)
    if number <= 0:
        raise ValueError(f"{name} must be positive, but is {number:g}.")
    return number


_OPTIONS = {"Epsilon": _positive, "Offset": array(), "Scale": array(), "Name": text}


@matlab_function(
    "layer",
    accepts={"numGroups": any_of(positive_integer, one_of("all-channels", "channel-wise"))}
    | _OPTIONS,
)
def groupNormalizationLayer(
    numGroups: Any,
    *,
    Epsilon: float = 1e-5,
    Offset: np.ndarray | None = None,
    Scale: np.ndarray | None = None,
    Name: str = "",
) -> Layer:
    """Make a layer that normalizes groups of channels.

    It computes Scale·(x − mean)/√(variance + Epsilon) + Offset, mean and variance being those of
    each image and each group of channels, over rows, columns and time.

    Parameters
    ----------
    numGroups : int, "all-channels" or "channel-wise"
        How many groups of neighbouring channels there are: a divisor of the number of channels, or
        one group of all channels, or one group for each channel.
    Epsilon : float, default 1e-5
        What is added to the variance.
    Offset, Scale : array, 1×1×C or C, optional
        One number for each channel, by default 0 and 1.
    Name : str, optional
        Name of the layer.

    Returns
    -------
    Layer
        The layer, with ``NumGroups``.

    Raises
    ------
    TypeError
        If an argument is of a wrong kind.
    ValueError
        If `numGroups` or `Epsilon` is not positive, or `Offset` and `Scale` have different sizes.

    Notes
    -----
    The meaning is as MathWorks documents it; the numbers are those of torch. A number of groups
    that does not divide the channels is found out when a network is made.

    Examples
    --------
    >>> import numpy as np
    >>> from matxai import dlnetwork, featureInputLayer, groupNormalizationLayer, predict
    >>> net = dlnetwork([featureInputLayer(4), groupNormalizationLayer(2)])
    >>> predict(net, np.array([[1.0, 3, 10, 30]])).round(2)
    array([[-1.,  1., -1.,  1.]], dtype=float32)
    """

    def write(w: Writer, x: str, shape: Shape, affine: _Affine) -> str:
        channels = shape[1]
        groups = {"all-channels": 1, "channel-wise": channels}.get(numGroups, numGroups)
        if channels % groups:
            raise ValueError(
                f"its NumGroups is {groups}, which does not divide the {channels} channels that "
                f"come in"
            )
        return affine.after(w, _by_groups(w, x, shape, groups, Epsilon), len(shape))

    shown = {"NumGroups": numGroups}
    return _layer("GroupNormalizationLayer", Name, write, shown, Epsilon, Offset, Scale)


@matlab_function("layer", accepts=_OPTIONS)
def instanceNormalizationLayer(
    *,
    Epsilon: float = 1e-5,
    Offset: np.ndarray | None = None,
    Scale: np.ndarray | None = None,
    Name: str = "",
) -> Layer:
    """Make a layer that normalizes each channel of each image.

    Parameters
    ----------
    Epsilon : float, default 1e-5
        What is added to the variance.
    Offset, Scale : array, 1×1×C or C, optional
        One number for each channel, by default 0 and 1.
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
        If `Epsilon` is not positive, or `Offset` and `Scale` have different sizes.

    See Also
    --------
    groupNormalizationLayer : the same with ``"channel-wise"``.

    Notes
    -----
    The meaning is as MathWorks documents it; the numbers are those of torch.
    """

    def write(w: Writer, x: str, shape: Shape, affine: _Affine) -> str:
        if len(shape) > 2:
            inputs = [x, w.weight("scale", affine.scale), w.weight("B", affine.offset)]
            return w.node("InstanceNormalization", inputs, epsilon=Epsilon)
        return affine.after(w, _by_groups(w, x, shape, shape[1], Epsilon), len(shape))

    return _layer("InstanceNormalizationLayer", Name, write, {}, Epsilon, Offset, Scale)


@matlab_function(
    "layer",
    accepts={
        "OperationDimension": one_of("auto", "channel-only", "spatial-channel", "batch-excluded")
    }
    | _OPTIONS,
)
def layerNormalizationLayer(
    *,
    Epsilon: float = 1e-5,
    OperationDimension: str = "auto",
    Offset: np.ndarray | None = None,
    Scale: np.ndarray | None = None,
    Name: str = "",
) -> Layer:
    """Make a layer that normalizes over all channels of each image.

    Parameters
    ----------
    Epsilon : float, default 1e-5
        What is added to the variance.
    OperationDimension : {"auto", "channel-only", "spatial-channel", "batch-excluded"}
        What mean and variance go over: the channels of each pixel and time step; rows, columns and
        channels of each time step; or all of these. "auto" is "spatial-channel" for images and
        "channel-only" for features and sequences.
    Offset, Scale : array, 1×1×C or C, optional
        One number for each channel, by default 0 and 1.
    Name : str, optional
        Name of the layer.

    Returns
    -------
    Layer
        The layer, with ``OperationDimension``.

    Raises
    ------
    TypeError
        If an argument is of a wrong kind.
    ValueError
        If `OperationDimension` is another one, `Epsilon` is not positive, or `Offset` and `Scale`
        have different sizes.

    Notes
    -----
    The meaning is as MathWorks documents it; the numbers are those of torch. Before R2023a MATLAB
    had no `OperationDimension` and normalized sequences as "batch-excluded" does.
    """

    def write(w: Writer, x: str, shape: Shape, affine: _Affine) -> str:
        images = len(shape) > 3
        of_all = {"auto": images, "spatial-channel": images, "batch-excluded": True}
        if of_all.get(OperationDimension, False) or len(shape) == 2:
            result = _by_groups(w, x, shape, 1, Epsilon)
        else:
            result = _by_channels(w, x, shape, Epsilon)
        return affine.after(w, result, len(shape))

    shown = {"OperationDimension": OperationDimension}
    return _layer("LayerNormalizationLayer", Name, write, shown, Epsilon, Offset, Scale)


class _Affine(NamedTuple):
    """What each channel is multiplied by, and what is added then."""

    scale: np.ndarray
    offset: np.ndarray

    def after(self, w: Writer, x: str, rank: int) -> str:
        """Write it behind a tensor of that many axes, as the layer's end."""
        shape = [-1, *[1] * (rank - 2)]
        product = w.node("Mul", [x, w.weight("scale", self.scale.reshape(shape))], "Mul")
        return w.node("Add", [product, w.weight("offset", self.offset.reshape(shape))])


def _layer(
    short: str,
    name: str,
    write: Callable[[Writer, str, Shape, _Affine], str],
    properties: Mapping[str, Any],
    epsilon: float,
    offset: np.ndarray | None,
    scale: np.ndarray | None,
) -> Layer:
    """Make a layer that normalizes, whose numbers are one for each channel."""
    given = {n: v.reshape(-1) for n, v in (("Offset", offset), ("Scale", scale)) if v is not None}
    if len({v.size for v in given.values()}) > 1:
        raise ValueError(
            f"{short[0].lower()}{short[1:]}: Offset and Scale must have one element a channel, but "
            f"have {given['Offset'].size} and {given['Scale'].size}."
        )
    count = next((v.size for v in given.values()), None)

    def checked(w: Writer, x: str) -> str:
        shape = w.shape(0)
        if count not in (None, shape[1]):
            raise ValueError(
                f"its Offset and Scale are for {count} channels, but what comes in has {shape[1]}"
            )
        ones, zeros = np.ones(shape[1], np.float32), np.zeros(shape[1], np.float32)
        affine = _Affine(given.get("Scale", ones), given.get("Offset", zeros))
        return write(w, x, shape, affine)

    shown = {n: v.reshape(1, 1, -1) for n, v in given.items()}
    properties = {**properties, "Epsilon": epsilon} | shown
    return layer(short, name, Recipe(checked), properties, tuple(shown))


def _by_groups(w: Writer, x: str, shape: Shape, groups: int, epsilon: float) -> str:
    """Normalize groups of channels, each as if it were one channel of a sequence."""
    back = w.weight("shape", _as_weight(shape), np.int64) if _is_clear(shape) else None
    back = back or w.node("Shape", [x], "Shape")
    grouped = w.weight("groups", [0, groups, -1], np.int64)
    return _standardized(w, w.node("Reshape", [x, grouped], "Reshape"), groups, back, epsilon)


def _by_channels(w: Writer, x: str, shape: Shape, epsilon: float) -> str:
    """Normalize the channels of each pixel or time step, each as if it were an image of its own."""
    rank = len(shape)
    turned = w.node("Transpose", [x], "Transpose1", perm=[0, *range(2, rank), 1])
    back = w.node("Shape", [turned], "Shape")
    apart = w.weight("channels", [-1, 1, shape[1]], np.int64)
    result = _standardized(w, w.node("Reshape", [turned, apart], "Reshape"), 1, back, epsilon)
    return w.node("Transpose", [result], "Transpose2", perm=[0, rank - 1, *range(1, rank - 1)])


def _standardized(w: Writer, x: str, channels: int, back: str, epsilon: float) -> str:
    """Bring each channel to mean 0 and variance 1, and the result into a shape."""
    plain = [w.weight("ones", np.ones(channels)), w.weight("zeros", np.zeros(channels))]
    result = w.node("InstanceNormalization", [x, *plain], "Normalized", epsilon=epsilon)
    return w.node("Reshape", [result, back], "Reshape_back")


def _is_clear(shape: Shape) -> bool:
    """Tell whether at most one size other than the number of images is open."""
    return list(shape[1:]).count(None) < 2


def _as_weight(shape: Shape) -> list[int]:
    return [0, *(-1 if n is None else n for n in shape[1:])]
