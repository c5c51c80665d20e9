"""deepDreamImage: images that strongly activate a channel of a network."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any

import numpy as np

from matxai.arguments import (
    describe,
    logical,
    numeric_array,
    one_of,
    positive_integer,
    real_scalar,
)
from matxai.calling import matlab_function
from matxai.explain.deepdream_pyramid import laplacian_normalized
from matxai.explain.deepdream_tiles import ChannelGradients
from matxai.lang.random import Source, random_source, stream, uniform
from matxai.nets.activations import layer_name
from matxai.nets.inference import network
from matxai.nets.layers import ImageInputLayer

__all__ = ["deepDreamImage"]

# Chosen, since MathWorks documents neither. Both are those of the notebook that its page cites:
# how far a step goes in units of the image, and how many levels of detail are made equally strong.
STEP = 1.0
LAPLACIAN_LEVELS = 4
# The unit of an image is one grey level; where the network divides by a standard deviation, or by
# half of the values' range, it is this fraction of that.
UNITS_IN_A_DEVIATION = 64


def _initial_image(value: Any, name: str) -> np.ndarray:
    # Beyond the range of single there is Inf, which is refused.
    with np.errstate(over="ignore"):
        image = numeric_array(value, name).astype(np.float32)
    if image.ndim not in (2, 3) or not image.size:
        raise ValueError(f"{name} must be an image, H×W×C or H×W, but is {describe(value)}.")
    if not np.isfinite(image).all():
        raise ValueError(f"{name} must hold finite values, but holds NaN or Inf (as single).")
    return np.atleast_3d(image)


def _scale(value: Any, name: str) -> float:
    number = real_scalar(value, name)
    if number <= 1:
        raise ValueError(f"{name} must be greater than 1, but is {describe(value)}.")
    return number


@matlab_function(
    "I",
    accepts={
        "net": network,
        "InitialImage": _initial_image,
        "PyramidLevels": positive_integer,
        "PyramidScale": _scale,
        "NumIterations": positive_integer,
        "OutputScaling": one_of("linear", "none"),
        "Verbose": logical,
        "ExecutionEnvironment": one_of("auto", "gpu", "cpu"),
        "Rng": random_source,
    },
)
def deepDreamImage(
    net: Any,
    layer: str | int,
    channelIdx: Any,
    *,
    InitialImage: Any = None,
    PyramidLevels: int = 3,
    PyramidScale: float = 1.4,
    NumIterations: int = 10,
    OutputScaling: str = "linear",
    Verbose: bool = True,
    ExecutionEnvironment: str = "auto",
    Rng: Any = None,
) -> np.ndarray:
    """Make images that strongly activate channels of a layer.

    An image of noise is changed step by step so that the mean activation of the channel grows,
    first at a small size and then at larger ones. What appears is what the channel looks for:
    edges in early layers, classes in the last fully connected one.

    Parameters
    ----------
    net : dlnetwork, DAGNetwork or SeriesNetwork
        Network with a single image input.
    layer : str or int
        Name of the layer, or its number in ``net.Layers``, counted from 1. For classes take the
        last fully connected layer, not the softmax layer behind it.
    channelIdx : int or sequence of int
        Channels of that layer, counted from 1.
    InitialImage : array, H×W×C or H×W, optional
        Image to start from, with as many channels as the network takes and of its range of values
        (0 to 255 for most). It is at least as large as the network's InputSize; for layers before
        the first fully connected one it can be smaller. By default standard normal noise of
        InputSize around the middle of the network's range.
    PyramidLevels : int, default 3
        Number of sizes at which the image is made, each larger than the one before; 1 keeps the
        size of the initial image.
    PyramidScale : float, default 1.4
        How many times larger each size is than the one before, greater than 1.
    NumIterations : int, default 10
        Number of steps at each size.
    OutputScaling : {"linear", "none"}
        "linear" stretches each channel's image to 0…1 for showing it; "none" returns the values
        that the network takes.
    Verbose : bool, default True
        Whether to print a table of the channel's activation, one row for each step.
    ExecutionEnvironment : {"auto", "gpu", "cpu"}
        Where to compute. "auto" takes a GPU when there is one.
    Rng : int, numpy.random.RandomState or numpy.random.Generator, optional
        Source of the random numbers, an int being a seed as in :func:`matxai.rng`; by default the
        stream that ``rng`` controls. (Not in MATLAB.)

    Returns
    -------
    numpy.ndarray of float32, H×W×C, or H×W×C×K for K channels
        The images; H×W for one channel of a network that takes grey images. Each level of the
        pyramid after the first is ``imresize(I, PyramidScale)`` of the one before, so that its
        size is rounded up.

    Raises
    ------
    TypeError
        If an argument is of a wrong kind, or an option has no such name.
    ValueError
        If there is no such layer or channel, InitialImage does not fit the network or the layer,
        or holds NaN or Inf, or an option has a value that is none of its own; also if the network
        has several inputs, or InitialImage is needed since the network leaves its size open.
    NotDifferentiableError
        If the layer has no gradient. It is a ValueError.
    ExecutionEnvironmentError
        If a GPU is asked for and there is none. It is a ValueError.

    Warns
    -----
    RuntimeWarning
        If the gradient of a channel was zero throughout, so that its image was not changed.

    See Also
    --------
    activations : what a layer makes of a given image.

    Notes
    -----
    The options, and that the algorithm is a pyramid of sizes with gradients normalized by a
    Laplacian pyramid, are documented or commonly known. No output of MATLAB is at hand to compare
    with. Chosen here: a gradient is split into four levels of detail, by a binomial filter of five
    taps, and the rest; each is divided by its root mean square. The step is one grey level, or
    1/64 of the standard deviation, or of half the range, that the network divides by; the noise is
    measured by the same unit, around the mean that the network subtracts. Images larger than
    a layer behind a fully connected one takes are cut into tiles of InputSize, others into tiles
    of at most 512 pixels; tiles wrap around, are shifted at random at each step, and average where
    they overlap. All channels start from the same noise, with the same shifts, so that several in
    one call are what they are one by one, but for rounding: small images, and on a GPU large ones,
    are computed several at once. The table shows the mean over the channels. The mean
    activation of a first convolution rises with any pattern alike, so that its images show little
    but the padding at the seams: take a later layer.

    References
    ----------
    Mordvintsev, "DeepDreaming with TensorFlow", 2016.

    Examples
    --------
    >>> from matxai import deepDreamImage, imagePretrainedNetwork
    >>> net = imagePretrainedNetwork("efficientnet-lite0")
    >>> I = deepDreamImage(
    ...     net, "block3_expand", 7, 'PyramidLevels', 2, NumIterations=1, Verbose=False, Rng=0)
    >>> I.shape, float(I.min()), float(I.max())
    ((314, 314, 3), 0.0, 1.0)
    """
    name = layer_name(net, layer)
    input_layer = net.image_input()
    source = stream(Rng)
    start = _start(InitialImage, input_layer, source)
    slopes = ChannelGradients(net, name, ExecutionEnvironment)
    channels = slopes.channels(channelIdx, _tensor(start[..., np.newaxis], slopes.device))
    images = np.repeat(start[..., np.newaxis], len(channels), axis=-1)
    report = _Table().add if Verbose else _say_nothing
    step = STEP * _unit(input_layer)
    moved = np.zeros(len(channels), bool)
    for level in range(1, PyramidLevels + 1):
        if level > 1:
            images = _enlarged(images, PyramidScale)
        images, changed = _climb(
            slopes, images, channels, NumIterations, step, source,
            lambda iteration, strength, level=level: report(iteration, strength, level),
        )  # fmt: skip
        moved |= changed
    if not moved.all():
        _warn_of_constant(name, channels[~moved] + 1)
    return _matlab_shape(_stretched(images) if OutputScaling == "linear" else images)


# The image to start from


def _start(given: np.ndarray | None, layer: ImageInputLayer, source: Source) -> np.ndarray:
    """Return the initial image, H×W×C."""
    height, width, depth = layer.InputSize
    if given is not None:
        if not np.isnan(depth) and given.shape[2] != depth:
            raise ValueError(
                f"InitialImage must have {int(depth)} channels, as the network takes them, but has "
                f"{given.shape[2]}."
            )
        return given
    if np.isnan(layer.InputSize).any():
        raise ValueError(
            "InitialImage is needed, since the network leaves the size of its images open."
        )
    size = int(height), int(width), int(depth)
    noise = source.standard_normal(int(np.prod(size))).reshape(size, order="F")
    return (_middle(layer) + _unit(layer) * noise).astype(np.float32)


def _middle(layer: ImageInputLayer) -> np.ndarray | float:
    """Return what the network maps to about zero, one value or one for each channel."""
    if getattr(layer, "Mean", None) is not None:
        mean = np.asarray(layer.Mean, np.float64)
        return mean.mean(axis=(0, 1)) if mean.ndim == 3 else mean.reshape(-1)
    span = _range(layer)
    return 0.0 if span is None else float(np.mean(span))


def _unit(layer: ImageInputLayer) -> float:
    """Return the unit that steps and noise are measured by."""
    deviation = getattr(layer, "StandardDeviation", None)
    if deviation is None:
        span = _range(layer)
        if span is None:
            return 1.0
        deviation = np.subtract(*span[::-1]) / 2
    return float(np.mean(deviation)) / UNITS_IN_A_DEVIATION


def _range(layer: ImageInputLayer) -> tuple[float, float] | None:
    """Return the least and the largest value that the network rescales, where it does."""
    least, largest = (getattr(layer, name, None) for name in ("Min", "Max"))
    if least is None or largest is None:
        return None
    return float(np.mean(least)), float(np.mean(largest))


# Climbing


def _climb(
    slopes: ChannelGradients,
    images: np.ndarray,
    channels: np.ndarray,
    iterations: int,
    step: float,
    source: Source,
    report: Callable[[int, float], None],
) -> tuple[np.ndarray, np.ndarray]:
    """Change images, H×W×C×K, such that channel k responds more to image k.

    Returns
    -------
    images : numpy.ndarray, H×W×C×K
        The images.
    moved : numpy.ndarray of bool, shape (K,)
        Whether there was any gradient.
    """
    xs = _tensor(images, slopes.device)
    tile, size = slopes.tile(xs), slopes.images_at_once(xs)
    moved = np.zeros(len(channels), bool)
    strengths = np.empty(len(channels))
    for iteration in range(1, iterations + 1):
        shift = (uniform(source, 2) * xs.shape[2:]).astype(int).tolist()
        for start in range(0, len(channels), size):
            some = slice(start, start + size)
            strengths[some], gradients = slopes(xs[some], channels[some], tile, shift)
            xs[some] += step * laplacian_normalized(gradients, LAPLACIAN_LEVELS)
            moved[some] |= (gradients != 0).flatten(1).any(1).cpu().numpy()
        report(iteration, float(np.mean(strengths)))
    return xs.permute(2, 3, 1, 0).contiguous().cpu().numpy(), moved


def _tensor(images: np.ndarray, device: Any) -> Any:
    """Turn images, H×W×C×K, into a tensor K×C×H×W."""
    import torch

    return torch.from_numpy(np.ascontiguousarray(images.transpose(3, 2, 0, 1))).to(device)


def _enlarged(images: np.ndarray, scale: float) -> np.ndarray:
    from matxai.images.resize import imresize

    return imresize(images, scale)


# What is returned and said


def _stretched(images: np.ndarray) -> np.ndarray:
    """Stretch each image to 0…1; what is constant becomes 0."""
    least = images.min(axis=(0, 1, 2))
    extent = images.max(axis=(0, 1, 2)) - least
    return (images - least) / np.where(extent == 0, 1, extent)


def _matlab_shape(images: np.ndarray) -> np.ndarray:
    """Drop trailing dimensions of length 1, as MATLAB does, down to H×W."""
    while images.ndim > 2 and images.shape[-1] == 1:
        images = images[..., 0]
    return np.ascontiguousarray(images)


def _warn_of_constant(layer: str, channels: np.ndarray) -> None:
    warnings.warn(
        f"deepDreamImage: the gradient of layer {layer!r} was zero throughout for the channels "
        f"{channels.tolist()}, so that their images are the initial image. Behind a ReLU or "
        f"softmax layer take the layer before it, or give another InitialImage.",
        RuntimeWarning,
        stacklevel=2,
    )


def _say_nothing(iteration: int, strength: float, level: int) -> None:
    pass


class _Table:
    """The table that Verbose prints, row by row."""

    _HEADS = ("Iteration", "Activation Strength", "Pyramid Level")

    def __init__(self) -> None:
        print(" | ".join(self._HEADS))
        print("-+-".join("-" * len(head) for head in self._HEADS))

    def add(self, iteration: int, strength: float, level: int) -> None:
        cells = (f"{iteration}", f"{strength:.4f}", f"{level}")
        print(" | ".join(c.rjust(len(h)) for c, h in zip(cells, self._HEADS, strict=True)))
