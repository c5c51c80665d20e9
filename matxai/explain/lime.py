"""imageLIME: which features of an image does a simple model of the network rely on?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from matxai.arguments import any_of, describe, numeric_array, one_of, positive_integer
from matxai.calling import matlab_function
from matxai.explain.progress import progress_option, reporting
from matxai.explain.scoring import Scoring
from matxai.explain.segmentation import Features, segment
from matxai.lang.random import random_source, stream, uniform
from matxai.nets.inference import network

__all__ = ["imageLIME"]


def _matrix(value: Any, name: str) -> np.ndarray:
    if isinstance(value, str):
        raise TypeError(f"{name} must be a matrix, but is {value!r}.")
    return numeric_array(value, name)


@matlab_function(
    "scoreMap",
    "featureMap",
    "featureImportance",
    accepts={
        "net": network,
        "X": numeric_array,
        "NumFeatures": positive_integer,
        "NumSamples": positive_integer,
        "Segmentation": any_of(one_of("superpixels", "grid"), _matrix),
        "Model": one_of("tree", "linear"),
        "OutputUpsampling": one_of("nearest", "bicubic", "none"),
        "MiniBatchSize": positive_integer,
        "ExecutionEnvironment": one_of("auto", "gpu", "cpu"),
        "Rng": random_source,
        "Progress": progress_option,
    },
)
def imageLIME(
    net: Any,
    X: Any,
    channelIdx: Any,
    *,
    NumFeatures: int = 49,
    NumSamples: int = 2048,
    Segmentation: str | np.ndarray = "superpixels",
    Model: str = "tree",
    OutputUpsampling: str = "nearest",
    MiniBatchSize: int = 128,
    ExecutionEnvironment: str = "auto",
    Presence: np.ndarray | None = None,
    Rng: Any = None,
    Progress: str | bool | Callable[[int, int], Any] = "auto",
    nargout: int = 1,
) -> Any:
    """Explain a network's score with locally interpretable model-agnostic explanations (LIME).

    The image is divided into features; synthetic images hide some of them, chosen at random, behind
    the image's mean colour; a simple regression model of the network's scores, given which features
    are present, says how important each feature is.

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
    NumFeatures : int, default 49
        Number of features to aim at. A grid has at most as many; superpixels can be fewer or
        more; a matrix has as many as it has distinct values.
    NumSamples : int, default 2048
        Number of synthetic images.
    Segmentation : {"superpixels", "grid"} or array of int, H×W
        How to divide the image; an array says for each pixel which feature it belongs to.
    Model : {"tree", "linear"}
        The simple model: a regression tree (:func:`matxai.fitrtree`) and its predictor
        importances, or a linear model with lasso regularization and its weights.
    OutputUpsampling : {"nearest", "bicubic", "none"}
        How to bring the map of a grid to the size of the image. Other segmentations always give
        a map of the image's size.
    MiniBatchSize : int, default 128
        Most synthetic images that are held in memory at once.
    ExecutionEnvironment : {"auto", "gpu", "cpu"}
        Where the network is scored. "auto" takes a GPU when there is one.
    Presence : array of 0 and 1, N×F, optional
        Which of the F features each of N synthetic images shows, instead of drawing it. (Not in
        MATLAB.)
    Rng : int, numpy.random.RandomState or numpy.random.Generator, optional
        Source of the random numbers, an int being a seed as in :func:`matxai.rng`; by default the
        stream that ``rng`` controls. (Not in MATLAB.)
    Progress : {"auto", "on", "off"} or callable, default "auto"
        "auto" shows a bar on a terminal when the run takes over two seconds; a callable is
        called with the number of images scored and their total. (Not in MATLAB.)
    nargout : int, default 1
        Number of outputs to return, 1 to 3.

    Returns
    -------
    scoreMap : numpy.ndarray of float64, H×W, or H×W×K for K channels
        Importance of the feature that each pixel belongs to. For a grid with OutputUpsampling
        "none": one value for each cell.
    featureMap : numpy.ndarray of int64, H×W
        Feature that each pixel belongs to, counted from 1.
    featureImportance : numpy.ndarray of float64, shape (F,), or F×K for K channels
        Importance of each feature.

    Raises
    ------
    TypeError
        If an argument is of a wrong kind, labels are given for a network without classes, or an
        option has no such name.
    ValueError
        If X has another size than the network takes or holds NaN or Inf, a channel lies outside
        the output or a label is no class, the segmentation does not fit, or an option has a value
        that is none of its own; also if the network has several inputs or outputs.
    ExecutionEnvironmentError
        If a GPU is asked for and there is none. It is a ValueError.

    See Also
    --------
    occlusionSensitivity : needs no features and no random numbers.

    Notes
    -----
    The steps, options and defaults are documented by MathWorks. Chosen here, since they are not:
    a feature is present with probability ½, independently; the scores are not weighted; an
    absent pixel takes the mean of each channel over the image, unrounded; a grid has
    ⌊√(N·H/W)⌋ × ⌊√(N·W/H)⌋ cells, numbered down the columns; the values of a matrix are numbered
    in ascending order. The response of a channel with spatial dimensions is its total activation.
    A DAGNetwork takes channel indices beside labels.

    References
    ----------
    Ribeiro, Singh and Guestrin, "Why should I trust you?", KDD 2016.

    Examples
    --------
    >>> import skimage
    >>> from matxai import imageLIME, imagePretrainedNetwork, imresize, predict
    >>> net = imagePretrainedNetwork("efficientnet-lite0")
    >>> X = imresize(skimage.data.chelsea(), net.Layers[0].InputSize[:2])
    >>> channel = int(predict(net, X).argmax()) + 1
    >>> scoreMap, featureMap, featureImportance = imageLIME(
    ...     net, X, channel, 'Segmentation', 'grid', NumFeatures=16, NumSamples=64, nargout=3)
    >>> scoreMap.shape, int(featureMap.max()), featureImportance.shape
    ((224, 224), 16, (16,))
    """
    scoring = Scoring(net, X, channelIdx, MiniBatchSize, ExecutionEnvironment)
    features = segment(X, Segmentation, NumFeatures)
    presence = _presence(Presence, NumSamples, features.count, Rng)
    scores = _score(scoring, features, presence, Progress)
    importance = np.stack([_fit(presence, response, Model) for response in scores.T], axis=1)
    score_map = _paint(importance, features, OutputUpsampling)
    if importance.shape[1] == 1:
        score_map, importance = score_map[:, :, 0], importance[:, 0]
    return score_map, features.labels + 1, importance


def _presence(given: Any, num_samples: int, num_features: int, rng: Any) -> np.ndarray:
    """Say which features each synthetic image shows: N×F, bool."""
    if given is None:
        return uniform(stream(rng), num_samples, num_features) < 0.5
    matrix = _matrix(given, "Presence")
    if matrix.ndim != 2 or matrix.shape[1] != num_features or not len(matrix):
        raise ValueError(
            f"Presence must be N×{num_features}, a column for each feature, but is "
            f"{'×'.join(map(str, matrix.shape))}."
        )
    if not np.isin(matrix, (0, 1)).all():
        other = matrix[~np.isin(matrix, (0, 1))][0]
        raise ValueError(f"Presence must hold only 0 and 1, but holds {describe(other)}.")
    return matrix.astype(bool)


def _score(scoring: Scoring, features: Features, presence: np.ndarray, progress: Any) -> np.ndarray:
    """Score the synthetic images: N×K. Equal ones are scored once."""
    packed, inverse = np.unique(np.packbits(presence, axis=1), axis=0, return_inverse=True)
    inverse = inverse.reshape(-1)
    rows = np.unpackbits(packed, axis=1, count=presence.shape[1]).astype(bool)
    labels = features.labels.reshape(-1)
    pixels = scoring.image.reshape(len(scoring.image), -1)
    absent = scoring.means.astype(np.float32)[:, np.newaxis]

    def synthesize(batch: np.ndarray, start: int) -> None:
        for image, shown in zip(batch, rows[start : start + len(batch)], strict=True):
            flat = image.reshape(pixels.shape)
            flat[:] = absent
            np.copyto(flat, pixels, where=shown[labels])

    with reporting(progress, len(rows), "imageLIME") as report:
        return scoring.scores(len(rows), synthesize, report)[inverse]


def _fit(presence: np.ndarray, response: np.ndarray, model: str) -> np.ndarray:
    """Fit the simple model and return the importance of each feature, shape (F,)."""
    if model == "linear":
        from matxai.stats.linear import lasso_weights

        return lasso_weights(presence.astype(np.float64), response, 1 / len(response))[0]
    from matxai.stats.tree import grow, importance

    return importance(grow(presence.astype(np.float64), response))


def _paint(importance: np.ndarray, features: Features, upsampling: str) -> np.ndarray:
    """Paint each pixel, or each cell of a grid, with the importance of its feature: H×W×K."""
    if features.grid is None or upsampling == "nearest":
        return importance[features.labels]
    coarse = importance.reshape(*features.grid, -1, order="F")
    if upsampling == "none":
        return coarse
    from matxai.images.resize import resize

    return resize(coarse, features.labels.shape, method="bicubic")
