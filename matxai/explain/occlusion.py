"""occlusionSensitivity: how does the score change when a part of the image is covered?"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

import numpy as np

from matxai.arguments import (
    any_of,
    describe,
    logical,
    numeric_array,
    one_of,
    positive_integer,
    positive_integers,
)
from matxai.calling import matlab_function
from matxai.explain.progress import progress_option, reporting
from matxai.explain.scoring import Scoring
from matxai.nets.activations import layer_name
from matxai.nets.inference import network

__all__ = ["occlusionSensitivity"]

MASK_FRACTION = 0.2
STRIDE_FRACTION = 0.1

_auto_or_size = any_of(one_of("auto"), positive_integers((1, 2)))


def _mask_value(value: Any, name: str) -> str | np.ndarray:
    if isinstance(value, str):
        return one_of("auto")(value, name)
    values = numeric_array(value, name).astype(np.float64).reshape(-1)
    if not values.size or not np.isfinite(values).all():
        raise ValueError(f"{name} must hold finite numbers, but is {describe(value)}.")
    return values


@matlab_function(
    "scoreMap",
    accepts={
        "net": network,
        "X": numeric_array,
        "MaskSize": _auto_or_size,
        "Stride": _auto_or_size,
        "MaskValue": _mask_value,
        "OutputUpsampling": one_of("bicubic", "nearest", "none"),
        "MaskClipping": logical,
        "MiniBatchSize": positive_integer,
        "ExecutionEnvironment": one_of("auto", "gpu", "cpu"),
        "Progress": progress_option,
    },
)
def occlusionSensitivity(
    net: Any,
    X: Any,
    channelIdx: Any,
    channel: Any = None,
    *,
    MaskSize: str | int | tuple[int, int] = "auto",
    Stride: str | int | tuple[int, int] = "auto",
    MaskValue: str | float | np.ndarray = "auto",
    OutputUpsampling: str = "bicubic",
    MaskClipping: str | bool = "on",
    MiniBatchSize: int = 128,
    ExecutionEnvironment: str = "auto",
    Progress: str | bool | Callable[[int, int], Any] = "auto",
) -> np.ndarray:
    """Explain a network's score by occluding parts of the image.

    A mask moves over the image; the map says for each place of the mask how much the total
    activation of the channel falls when the mask covers that part.

    Parameters
    ----------
    net : dlnetwork, DAGNetwork or SeriesNetwork
        Network with a single image input and one output.
    X : array, H×W×C or H×W
        Image of the network's input size, with the values that the network takes (0 to 255 for
        most); any integer or floating-point class.
    channelIdx : int or sequence of int; str, categorical or sequence of these
        Channels of the output to explain, counted from 1: classes, in a classification network.
        For a DAGNetwork or SeriesNetwork also the labels of classes (MATLAB's argument `label`).
        With `channel`, it is the layer to explain (MATLAB's argument `layer`): its name, or its
        number in ``net.Layers``, counted from 1.
    channel : int or sequence of int, optional
        Channels of that layer, counted from 1, to explain instead of the network's output.
    MaskSize : "auto", int or [h, w], default "auto"
        Height and width of the mask in pixels; "auto" is 20% of the image's, rounded.
    Stride : "auto", int or [a, b], default "auto"
        Vertical and horizontal step of the mask in pixels; "auto" is 10% of the image's size,
        rounded.
    MaskValue : "auto", float or array of C floats, default "auto"
        Value of covered pixels, for all channels or for each; "auto" is each channel's mean.
    OutputUpsampling : {"bicubic", "nearest", "none"}
        How to bring the map to the size of the image.
    MaskClipping : {"on", "off"}, default "on"
        "on" puts the centre of the first mask on the first pixel and cuts masks at the edges;
        "off" puts the mask's first corner there and leaves out masks that pass an edge.
    MiniBatchSize : int, default 128
        Most occluded images that are held in memory at once.
    ExecutionEnvironment : {"auto", "gpu", "cpu"}
        Where the network is scored. "auto" takes a GPU when there is one.
    Progress : {"auto", "on", "off"} or callable, default "auto"
        "auto" shows a bar on a terminal when the run takes over two seconds; a callable is
        called with the number of images scored and their total. (Not in MATLAB.)

    Returns
    -------
    numpy.ndarray of float64, H×W, or H×W×K for K channels
        Total activation of the image minus that of the occluded image: positive where the part
        supports the channel. With OutputUpsampling "none", one value for each mask:
        ⌈H/a⌉×⌈W/b⌉ with clipping, (⌊(H−h)/a⌋+1)×(⌊(W−w)/b⌋+1) without.

    Raises
    ------
    TypeError
        If an argument is of a wrong kind, labels are given for a network without classes, or an
        option has no such name.
    ValueError
        If X has another size than the network takes or holds NaN or Inf, a channel lies outside
        the output, there is no such class or layer, a mask does not fit into the image without
        clipping, or an option has a value that is none of its own; also if the network has several
        inputs or outputs.
    ExecutionEnvironmentError
        If a GPU is asked for and there is none. It is a ValueError.

    See Also
    --------
    imageLIME : features instead of masks.

    Notes
    -----
    The number of masks and the upsampling are those of maps that MATLAB drew. Chosen here,
    since MathWorks documents nothing: a mask of even size reaches from h/2 pixels before its
    centre to h/2 − 1 behind; "auto" sizes are at least 1; the mask's value is not rounded to the
    class of X; without clipping the map is stretched over the whole image as with it. A DAGNetwork
    takes channel indices beside labels, and a dlnetwork takes `channel`, as chosen here.

    References
    ----------
    Zeiler and Fergus, "Visualizing and understanding convolutional networks", ECCV 2014.

    Examples
    --------
    >>> import skimage
    >>> from matxai import imagePretrainedNetwork, imresize, occlusionSensitivity, predict
    >>> net = imagePretrainedNetwork("efficientnet-lite0")
    >>> X = imresize(skimage.data.chelsea(), net.Layers[0].InputSize[:2])
    >>> channel = int(predict(net, X).argmax()) + 1
    >>> occlusionSensitivity(net, X, channel, 'Stride', 56, 'OutputUpsampling', 'none').shape
    (4, 4)
    >>> occlusionSensitivity(net, X, channel, Stride=56).shape
    (224, 224)
    """
    clipping = logical(MaskClipping, "MaskClipping")
    layer = None if channel is None else layer_name(net, channelIdx)
    channels = channelIdx if channel is None else channel
    scoring = Scoring(net, X, channels, MiniBatchSize, ExecutionEnvironment, layer)
    size = scoring.image.shape[1:]
    mask = _resolved(MaskSize, size, MASK_FRACTION)
    stride = _resolved(Stride, size, STRIDE_FRACTION)
    value = _fill_value(MaskValue, scoring)
    rows, cols = (_spans(*along, clipping) for along in zip(size, mask, stride, strict=True))
    coarse = _changes(scoring, rows, cols, value, Progress)
    if OutputUpsampling != "none":
        from matxai.images.resize import resize

        coarse = resize(coarse, size, method=OutputUpsampling)
    return coarse[:, :, 0] if coarse.shape[2] == 1 else coarse


def _resolved(
    option: str | tuple[int, ...], size: tuple[int, int], fraction: float
) -> tuple[int, int]:
    """Say height and width (or the two steps) in pixels."""
    if option == "auto":
        # Rounds half away from zero, as MATLAB's round does.
        height, width = (max(1, int(np.floor(fraction * n + 0.5))) for n in size)
        return height, width
    return (option[0], option[-1])


def _fill_value(option: str | np.ndarray, scoring: Scoring) -> np.ndarray:
    """Say the value of covered pixels for each channel, shape (C, 1, 1)."""
    channels = len(scoring.image)
    if isinstance(option, str):
        values = scoring.means
    elif option.size in (1, channels):
        values = np.broadcast_to(option, channels)
    else:
        raise ValueError(
            f"MaskValue must be a scalar or have {channels} elements, one for each channel of X, "
            f"but has {option.size}."
        )
    return values.astype(np.float32)[:, np.newaxis, np.newaxis]


def _spans(length: int, mask: int, stride: int, clipping: bool) -> list[slice]:
    """List what the masks cover along one direction of the image."""
    if clipping:
        starts = [centre - mask // 2 for centre in range(0, length, stride)]
        return [slice(max(0, s), min(length, s + mask)) for s in starts]
    if mask > length:
        raise ValueError(
            f'MaskSize must be at most the size of X with MaskClipping "off": no mask of '
            f"{mask} pixels fits into {length}."
        )
    return [slice(s, s + mask) for s in range(0, length - mask + 1, stride)]


def _changes(
    scoring: Scoring, rows: list[slice], cols: list[slice], value: np.ndarray, progress: Any
) -> np.ndarray:
    """Score the image under each mask: how far each channel falls, rows×cols×K."""
    masks = list(itertools.product(rows, cols))
    filled = np.ascontiguousarray(np.broadcast_to(value, scoring.image.shape))
    with reporting(progress, len(masks), "occlusionSensitivity") as report:
        scores = scoring.scores_of_rectangles(filled, masks, report)
    return (scoring.base - scores).reshape(len(rows), len(cols), -1)
