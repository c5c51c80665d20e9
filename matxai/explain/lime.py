"""imageLIME: which features of an image does a simple model of the network rely on?

Its steps are public, for choices that MATLAB's function does not have::

    features = segment(X, "quickshift", kernel_size=4, max_dist=200, ratio=0.2)
    presence = sample(150, features, rng=0)
    images = synthesize(X, features, presence, fill=0)
    scores = score(net, images)
    importance = fit(presence, scores[:, k], LinearRegression(), weigh(presence))
    scoreMap = paint(importance, features)
    best = synthesize(X, features, top(importance, 4), fill=0)[0]

They are ordinary Python: features and channels are counted from 0, as Python's brackets count.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from matxai.arguments import any_of, numeric_array, one_of, positive_integer
from matxai.calling import matlab_function
from matxai.explain.image_scores import score, scores_of
from matxai.explain.lime_images import SyntheticImages, presence_matrix, sample, synthesize
from matxai.explain.painting import paint, top
from matxai.explain.progress import progress_option
from matxai.explain.scoring import Scoring
from matxai.explain.segmentation import Features, segment
from matxai.explain.surrogate import fit, weigh
from matxai.lang.random import random_source
from matxai.nets.inference import network

__all__ = [
    "Features",
    "SyntheticImages",
    "fit",
    "imageLIME",
    "paint",
    "sample",
    "score",
    "segment",
    "synthesize",
    "top",
    "weigh",
]


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
    if Presence is None:
        presence = sample(NumSamples, features, rng=Rng)
    else:
        presence = presence_matrix(Presence, features.count, "Presence")
    scores = _score(scoring, features, presence, Progress)
    importance = fit(presence, scores, Model)
    if importance.shape[1] == 1:
        importance = importance[:, 0]
    return paint(importance, features, OutputUpsampling), features.labels + 1, importance


def _score(scoring: Scoring, features: Features, presence: np.ndarray, progress: Any) -> np.ndarray:
    """Score the synthetic images, of X as the network takes it: N×K."""
    images = synthesize(np.moveaxis(scoring.image, 0, 2), features, presence, scoring.means)
    return scores_of(scoring, images, progress, "imageLIME")
