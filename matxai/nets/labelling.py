"""Which class is it? Labels from networks and from scores."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from matxai.arguments import describe, numeric_array, one_of, positive_integer, texts
from matxai.calling import matlab_function
from matxai.lang.categorical import categorical
from matxai.nets.flavours import output_classes
from matxai.nets.inference import network, results_of
from matxai.nets.network import Network
from matxai.nets.sequences import Given, scored, takes_sequences

__all__ = ["classify", "scores2label"]


@matlab_function(
    "YPred",
    "scores",
    accepts={
        "net": network,
        "MiniBatchSize": positive_integer,
        "ExecutionEnvironment": one_of("auto", "gpu", "cpu"),
    },
)
def classify(
    net: Network,
    X: Any,
    *,
    MiniBatchSize: int = 128,
    ExecutionEnvironment: str = "auto",
    nargout: int = 1,
) -> Any:
    """Say which class images are in.

    Parameters
    ----------
    net : DAGNetwork or SeriesNetwork
        Network whose last layer is a classification layer.
    X : array, H×W×C or H×W×C×N (H×W where C is 1)
        One image or N of them, of the network's input size and with raw values; also a
        datastore, as imageDatastore or transform return. For a network of sequences: one sequence
        C×T, or a list of them.
    MiniBatchSize : int, default 128
        Most images that are scored at once.
    ExecutionEnvironment : {"auto", "gpu", "cpu"}
        Where the network is scored. "auto" takes a GPU when there is one.
    nargout : int, default 1
        2 returns the scores as well.

    Returns
    -------
    YPred : categorical, shape (N,)
        The class of the highest score for each image, the first one among equals; undefined where
        a score is NaN. For scores of each time step: (T,), a list of these for a list.
    scores : numpy.ndarray of float32, N×C
        Scores of all classes; for scores of each time step C×T, a list of these for a list.

    Raises
    ------
    TypeError
        If `net` is a dlnetwork, which knows no classes, or no network, or `X` is not numeric.
    ValueError
        If the last layer is no classification layer, or `X` has another size than the network
        takes.
    ExecutionEnvironmentError
        If a GPU is asked for and there is none. It is a ValueError.

    See Also
    --------
    scores2label : the same for the scores of a dlnetwork.

    Notes
    -----
    Outputs and options are as MathWorks documents them; that NaN scores give undefined labels is
    chosen here.

    Examples
    --------
    >>> import skimage
    >>> from matxai import DAGNetwork, classify, imresize
    >>> from matxai.nets.efficientnet import efficientnet_lite0, load_weights
    >>> net = DAGNetwork(efficientnet_lite0(load_weights()))
    >>> X = imresize(skimage.data.coffee(), net.Layers[0].InputSize[:2])
    >>> label, scores = classify(net, X, nargout=2)
    >>> label
    categorical
         968
    >>> scores.shape
    (1, 1000)
    """
    classes = _classes_to_choose_from(net)
    if takes_sequences(net):
        given, names = Given.of(net, X), texts(classes, "Classes")
        (found,) = scored(
            net, given.sequences, net.OutputNames, MiniBatchSize, ExecutionEnvironment
        )
        return _labels_of_sequences(found, names, given.form), given.shaped(found, "CT")
    scores = results_of(net, X, net.OutputNames, MiniBatchSize, ExecutionEnvironment)[0]
    scores = scores.reshape(len(scores), -1)
    return _best(scores, texts(classes, "Classes"), axis=1)[0], scores


def _labels_of_sequences(scores: Sequence[np.ndarray], names: Sequence[str], form: str) -> Any:
    """Label sequences, their scores K each, or their time steps, K×T."""
    if scores[0].ndim == 1:
        return _best(np.stack(scores), names, axis=1)[0]
    labels = [_best(each, names, axis=0)[0] for each in scores]
    return labels if form == "list" else labels[0]


def _classes_to_choose_from(net: Network) -> categorical:
    classes = output_classes(net)
    kind = net.Layers[-1].Class.rpartition(".")[2]
    if kind == "ClassificationOutputLayer":
        return classes
    if classes is not None:
        raise ValueError(
            f"classify: net must classify images, but its last layer {net.Layers[-1].Name!r} "
            f"classifies pixels. Use scores2label(predict(net, X), net.Layers[-1].Classes)."
        )
    if kind == "RegressionOutputLayer":
        raise ValueError(
            f"classify: net must classify images, but its last layer {net.Layers[-1].Name!r} is a "
            f"{kind}. Use predict(net, X)."
        )
    raise TypeError(
        "classify: net must be a DAGNetwork or SeriesNetwork, as importONNXNetwork returns, but is "
        "a dlnetwork, which knows no classes. Use scores2label(predict(net, X), classNames)."
    )


@matlab_function(
    "labels",
    "topScores",
    accepts={"scores": numeric_array, "classNames": texts, "dim": positive_integer},
)
def scores2label(scores: Any, classNames: Any, dim: int | None = None, *, nargout: int = 1) -> Any:
    """Turn scores into labels: the class of the highest score.

    Parameters
    ----------
    scores : array, N×C, or h×w×C or h×w×C×N
        Scores of C classes for N observations, or for each pixel; also a vector of C scores.
    classNames : list of str, array of str or categorical, length C
        Names of the classes, in the order of the scores. Equal names are one category.
    dim : int, optional
        Dimension that holds the classes, counted from 1. By default 2 for a matrix, 3 for arrays
        with more dimensions.
    nargout : int, default 1
        2 returns the highest scores as well.

    Returns
    -------
    labels : categorical, shape (N,), h×w or h×w×N
        The class of the highest score, the first one among equals; undefined where a score is NaN.
        Its shape is that of `scores` without the dimension of the classes.
    topScores : numpy.ndarray, shape of `labels`
        The highest scores.

    Raises
    ------
    TypeError
        If `scores` are not numbers, or `classNames` no texts.
    ValueError
        If there is no such dimension, or `scores` have another number of classes than
        `classNames`.

    Notes
    -----
    The meaning is as MathWorks documents it. Chosen here: the default dimension, and labels of NaN
    scores.

    Examples
    --------
    >>> from matxai import scores2label
    >>> labels, topScores = scores2label([[0.1, 0.9], [0.8, 0.2]], ["cat", "dog"], nargout=2)
    >>> labels
    2×1 categorical
         dog
         cat
    >>> topScores
    array([0.9, 0.8])
    """
    axis = (min(scores.ndim, 2 if scores.ndim < 3 else 3) if dim is None else dim) - 1
    if not 0 <= axis < scores.ndim:
        raise ValueError(
            f"scores2label: dim must be a dimension of scores, which is {describe(scores)}, but is "
            f"{dim}."
        )
    if scores.shape[axis] != len(classNames):
        raise ValueError(
            f"scores2label: scores must hold {len(classNames)} scores along dimension {axis + 1}, "
            f"one for each of classNames, but holds {scores.shape[axis]}."
        )
    if not classNames or not all(name.strip() for name in classNames):
        raise ValueError(
            "scores2label: classNames must be names, but is empty or holds an empty one."
        )
    return _best(scores, classNames, axis)


def _best(scores: np.ndarray, names: Sequence[str], axis: int) -> tuple[categorical, np.ndarray]:
    """Choose the class of the highest score along an axis."""
    top = scores.max(axis=axis)
    number = np.where(np.isnan(top), np.nan, scores.argmax(axis=axis))
    return categorical(number, range(len(names)), names), top
