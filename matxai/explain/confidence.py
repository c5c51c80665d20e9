"""averageDrop: how sure is the network of the part that an explanation marks?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from matxai.arguments import describe, numeric_array, one_of, positive_integer
from matxai.calling import matlab_function
from matxai.explain.fills import fill_option, filled, maps_of_size
from matxai.explain.scoring import Scoring
from matxai.nets.inference import network
from matxai.nets.network import Network

__all__ = ["averageDrop"]


@matlab_function(
    "drop",
    "increase",
    "scores",
    accepts={
        "net": network,
        "X": numeric_array,
        "Fill": fill_option,
        "MiniBatchSize": positive_integer,
        "ExecutionEnvironment": one_of("auto", "gpu", "cpu"),
    },
)
def averageDrop(
    net: Any,
    X: Any,
    channelIdx: Any,
    scoreMap: Any,
    *,
    Fill: str | float | np.ndarray = "zeros",
    MiniBatchSize: int = 128,
    ExecutionEnvironment: str = "auto",
    nargout: int = 1,
) -> Any:
    """Say how far scores fall when only what maps mark is shown. (Not in MATLAB.)

    Each image is multiplied by its map, rescaled from 0 to 1. Maps that mark what the network
    needs let the score fall little, or rise: a low drop and a high increase are good.

    Parameters
    ----------
    net : dlnetwork, DAGNetwork or SeriesNetwork
        Network with a single image input and one output.
    X : array, H×W×C or H×W×C×N (H×W where C is 1)
        One image or N of them, of the network's input size, with the values that it takes.
    channelIdx : int or sequence of int; str, categorical or sequence of these
        Channels that the maps explain, counted from 1; of a DAGNetwork or SeriesNetwork also the
        labels of classes. For N images one for all or one for each; for one image any number.
    scoreMap : array, H×W, or H×W×N
        The explanations: one for each image, or for each channel of the one image.
    Fill : {"zeros", "mean", "blur"}, float or array, default "zeros"
        What a pixel becomes where the map is lowest; see :func:`matxai.deletionScore`.
    MiniBatchSize : int, default 128
        Most altered images that are held in memory at once.
    ExecutionEnvironment : {"auto", "gpu", "cpu"}
        Where the network is scored. "auto" takes a GPU when there is one.
    nargout : int, default 1
        Number of outputs to return, 1 to 3.

    Returns
    -------
    drop : float
        Average drop in percent: the mean of max(0, Y − O)/Y·100, where Y is the score of an image
        and O that of its part.
    increase : float
        Increase in confidence in percent: how many of the parts have O > Y.
    scores : numpy.ndarray of float64, N×2
        Y and O of each.

    Raises
    ------
    TypeError
        If an argument is of a wrong kind, labels are given for a network without classes, or an
        option has no such name.
    ValueError
        If X has another size than the network takes or holds NaN or Inf, maps, images and channels
        are not equally many, a map has another height and width than X or holds NaN or Inf, there
        is no such channel or class, a score Y is not positive, Fill does not fit, or the network
        has several inputs or outputs.
    ExecutionEnvironmentError
        If a GPU is asked for and there is none. It is a ValueError.

    See Also
    --------
    deletionScore, insertionScore : pixels in the order of their importance.

    Notes
    -----
    The definitions are those of Grad-CAM++, where a part is the image multiplied by the map,
    pixel by pixel. Chosen here: a map m is rescaled from its lowest and highest value to 0…1, and
    a constant one is 0; a pixel becomes m·x + (1 − m)·Fill, which is the product m·x for "zeros".
    Of a channel with spatial dimensions the score is its total activation.

    References
    ----------
    Chattopadhay, Sarkar, Howlader and Balasubramanian, "Grad-CAM++: Generalized gradient-based
    visual explanations for deep convolutional networks", WACV 2018.

    Examples
    --------
    >>> import skimage
    >>> from matxai import averageDrop, gradCAM, imagePretrainedNetwork, imresize, predict
    >>> net = imagePretrainedNetwork("efficientnet-lite0")
    >>> X = imresize(skimage.data.chelsea(), net.Layers[0].InputSize[:2])
    >>> channels = (-predict(net, X)[0]).argsort()[:2] + 1
    >>> drop, increase, scores = averageDrop(
    ...     net, X, channels, gradCAM(net, X, channels), nargout=3)
    >>> scores.shape
    (2, 2)
    """
    pairs = _pairs(X, channelIdx, scoreMap)
    found = [
        _scores(net, image, channels, maps, Fill, MiniBatchSize, ExecutionEnvironment)
        for image, channels, maps in pairs
    ]
    scores = np.concatenate(found)
    whole, part = scores.T
    if (whole <= 0).any():
        raise ValueError(
            f"The scores of X must be positive, since the drop is a fraction of them, but one is "
            f"{describe(whole[whole <= 0][0])}. Take the output of a softmax layer: "
            f"net.OutputNames."
        )
    drop = float((np.maximum(0, whole - part) / whole).mean() * 100)
    return drop, float((part > whole).mean() * 100), scores


def _pairs(X: np.ndarray, channelIdx: Any, scoreMap: Any) -> Iterator[tuple[Any, Any, Any]]:
    """Give each image with its channels and maps."""
    if X.ndim != 4 or X.shape[3] == 1:
        yield X, channelIdx, scoreMap
        return
    count = X.shape[3]
    maps = numeric_array(scoreMap, "scoreMap")
    if maps.ndim != 3 or maps.shape[2] != count:
        size = "×".join(map(str, maps.shape))
        raise ValueError(f"scoreMap must be H×W×{count}, one map for each image, but is {size}.")
    channels = np.asarray(channelIdx, dtype=object).reshape(-1)
    if channels.size not in (1, count):
        raise ValueError(
            f"channelIdx must have one element, or {count}, one for each image, but has "
            f"{channels.size}."
        )
    for i, channel in enumerate(np.broadcast_to(channels, count)):
        yield X[:, :, :, i], channel, maps[:, :, i]


def _scores(
    net: Network,
    X: np.ndarray,
    channelIdx: Any,
    score_map: Any,
    fill: str | np.ndarray,
    mini_batch_size: int,
    environment: str,
) -> np.ndarray:
    """Score an image and its parts: K×2."""
    scoring = Scoring(net, X, channelIdx, mini_batch_size, environment)
    maps = maps_of_size(score_map, len(scoring.base), scoring.image.shape[1:])
    shown = np.moveaxis(_rescaled(maps), 2, 0)[:, np.newaxis]
    hidden = filled(fill, scoring.image)

    def mask(batch: np.ndarray, start: int) -> None:
        weight = shown[start : start + len(batch)]
        batch[:] = weight * scoring.image + (1 - weight) * hidden

    parts = scoring.scores(len(shown), mask, lambda done: None)
    return np.stack([scoring.base, np.diagonal(parts)], axis=1)


def _rescaled(maps: np.ndarray) -> np.ndarray:
    """Rescale maps, H×W×K, from 0 to 1 each; constant ones are 0."""
    low = maps.min(axis=(0, 1))
    span = maps.max(axis=(0, 1)) - low
    return np.divide(maps - low, span, out=np.zeros_like(maps), where=span > 0)
