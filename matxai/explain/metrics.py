"""Does an explanation mark what the score depends on? Deletion, insertion, average drop."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from matxai.arguments import numeric_array, one_of, positive_integer
from matxai.calling import matlab_function
from matxai.explain.fills import fill_option, filled, maps_of_size
from matxai.explain.progress import progress_option, reporting
from matxai.explain.scoring import Scoring
from matxai.nets.inference import network

__all__ = ["CURVES", "deletionScore", "insertionScore"]

NUM_STEPS = 100

_ACCEPTS = {
    "net": network,
    "X": numeric_array,
    "NumSteps": positive_integer,
    "Fill": fill_option,
    "MiniBatchSize": positive_integer,
    "ExecutionEnvironment": one_of("auto", "gpu", "cpu"),
    "Progress": progress_option,
}


@matlab_function("score", "curve", "fractions", accepts=_ACCEPTS)
def deletionScore(
    net: Any,
    X: Any,
    channelIdx: Any,
    scoreMap: Any,
    *,
    NumSteps: int = NUM_STEPS,
    Fill: str | float | np.ndarray = "mean",
    MiniBatchSize: int = 128,
    ExecutionEnvironment: str = "auto",
    Progress: str | bool | Callable[[int, int], Any] = "auto",
    nargout: int = 1,
) -> Any:
    """Say how fast the score falls when what a map marks is removed. (Not in MATLAB.)

    The pixels are removed in the order of their importance, the highest first. A map that marks
    what the score depends on lets it fall at once: low is good.

    Parameters
    ----------
    net : dlnetwork, DAGNetwork or SeriesNetwork
        Network with a single image input and one output.
    X : array, H×W×C or H×W
        Image of the network's input size, with the values that the network takes.
    channelIdx : int or sequence of int; str, categorical or sequence of these
        Channels that the maps explain, counted from 1; of a DAGNetwork or SeriesNetwork also the
        labels of classes.
    scoreMap : array, H×W, or H×W×K for K channels
        The explanation. Only the order of its values counts.
    NumSteps : int, default 100
        Number of steps in which the pixels are removed, about equally many in each; at most as
        many as there are pixels.
    Fill : {"mean", "zeros", "blur"}, float or array, default "mean"
        What stands for a removed pixel: each channel's mean over the image; 0; the image blurred
        by a Gaussian; a number, one for each channel, or an image, H×W×C.
    MiniBatchSize : int, default 128
        Most altered images that are held in memory at once.
    ExecutionEnvironment : {"auto", "gpu", "cpu"}
        Where the network is scored. "auto" takes a GPU when there is one.
    Progress : {"auto", "on", "off"} or callable, default "auto"
        "auto" shows a bar on a terminal when the run takes over two seconds; a callable is
        called with the number of images scored and their total.
    nargout : int, default 1
        Number of outputs to return, 1 to 3.

    Returns
    -------
    score : float, or numpy.ndarray of float64, shape (K,), for K channels
        Area under the curve.
    curve : numpy.ndarray of float64, shape (NumSteps+1,), or (NumSteps+1)×K
        Score of the channel after each step, the first that of X.
    fractions : numpy.ndarray of float64, shape (NumSteps+1,)
        Fraction of the pixels that is removed by then, from 0 to 1.

    Raises
    ------
    TypeError
        If an argument is of a wrong kind, labels are given for a network without classes, or an
        option has no such name.
    ValueError
        If X has another size than the network takes or holds NaN or Inf, the map has another
        height and width than X or holds NaN or Inf, there is no such channel or class, Fill does
        not fit, or the network has several inputs or outputs.
    ExecutionEnvironmentError
        If a GPU is asked for and there is none. It is a ValueError.

    See Also
    --------
    insertionScore : the other way round.
    averageDrop : the part that a map marks, alone.

    Notes
    -----
    The definition is that of RISE: the area, by trapezoids, under the score as a function of the
    fraction of pixels removed. The score is the network's output as it is, not divided by that of
    X; of a channel with spatial dimensions its total activation. There 224 pixels of a 224×224
    image are removed at a time, which is ``NumSteps=224``.

    Chosen here: after step k, ⌊k·HW/NumSteps⌋ pixels are removed; the blur has a standard
    deviation of 5 pixels and 11×11 taps, as in RISE, and mirrored edges; pixels of equal value are
    removed down the columns, the order of MATLAB's ``sort(scoreMap(:),"descend")``, so that a
    constant map removes the image column by column.

    Pixels that are missing all over an image spoil it whatever they show, so scattered maps have
    low scores, even one of random numbers. Compare with such a map, and see
    :func:`matxai.insertionScore` as well.

    References
    ----------
    Petsiuk, Das and Saenko, "RISE: Randomized input sampling for explanation of black-box
    models", BMVC 2018.

    Examples
    --------
    >>> import skimage
    >>> from matxai import deletionScore, gradCAM, imagePretrainedNetwork, imresize, predict
    >>> net = imagePretrainedNetwork("efficientnet-lite0")
    >>> X = imresize(skimage.data.chelsea(), net.Layers[0].InputSize[:2])
    >>> channel = int(predict(net, X).argmax()) + 1
    >>> scoreMap = gradCAM(net, X, channel)
    >>> score, curve, fractions = deletionScore(net, X, channel, scoreMap, NumSteps=10, nargout=3)
    >>> curve.shape, bool(score < deletionScore(net, X, channel, -scoreMap, NumSteps=10))
    ((11,), True)
    """
    scoring = Scoring(net, X, channelIdx, MiniBatchSize, ExecutionEnvironment)
    removed = filled(Fill, scoring.image)
    return _area(
        _Curves(scoring, scoreMap, NumSteps), scoring.image, removed, Progress, "deletionScore"
    )


@matlab_function("score", "curve", "fractions", accepts=_ACCEPTS)
def insertionScore(
    net: Any,
    X: Any,
    channelIdx: Any,
    scoreMap: Any,
    *,
    NumSteps: int = NUM_STEPS,
    Fill: str | float | np.ndarray = "blur",
    MiniBatchSize: int = 128,
    ExecutionEnvironment: str = "auto",
    Progress: str | bool | Callable[[int, int], Any] = "auto",
    nargout: int = 1,
) -> Any:
    """Say how fast the score rises when what a map marks is inserted. (Not in MATLAB.)

    It begins with an image without any detail. The pixels of X are put back in the order of their
    importance, the highest first: high is good.

    Parameters
    ----------
    net, X, channelIdx, scoreMap, NumSteps
        As :func:`matxai.deletionScore` takes them.
    Fill : {"blur", "mean", "zeros"}, float or array, default "blur"
        The image to begin with; see :func:`matxai.deletionScore`.
    MiniBatchSize, ExecutionEnvironment, Progress, nargout
        As :func:`matxai.deletionScore` takes them.

    Returns
    -------
    score : float, or numpy.ndarray of float64, shape (K,), for K channels
        Area under the curve.
    curve : numpy.ndarray of float64, shape (NumSteps+1,), or (NumSteps+1)×K
        Score of the channel after each step, the last that of X.
    fractions : numpy.ndarray of float64, shape (NumSteps+1,)
        Fraction of the pixels that is inserted by then, from 0 to 1.

    Raises
    ------
    TypeError, ValueError, ExecutionEnvironmentError
        As :func:`matxai.deletionScore` does.

    See Also
    --------
    deletionScore : the other way round.

    Notes
    -----
    The definition is that of RISE; see :func:`matxai.deletionScore`, also for what was chosen.

    References
    ----------
    Petsiuk, Das and Saenko, "RISE: Randomized input sampling for explanation of black-box
    models", BMVC 2018.

    Examples
    --------
    >>> import skimage
    >>> from matxai import gradCAM, imagePretrainedNetwork, imresize, insertionScore, predict
    >>> net = imagePretrainedNetwork("efficientnet-lite0")
    >>> X = imresize(skimage.data.chelsea(), net.Layers[0].InputSize[:2])
    >>> channel = int(predict(net, X).argmax()) + 1
    >>> scoreMap = gradCAM(net, X, channel)
    >>> score = insertionScore(net, X, channel, scoreMap, NumSteps=10)
    >>> bool(score > insertionScore(net, X, channel, -scoreMap, NumSteps=10))
    True
    """
    scoring = Scoring(net, X, channelIdx, MiniBatchSize, ExecutionEnvironment)
    empty = filled(Fill, scoring.image)
    return _area(
        _Curves(scoring, scoreMap, NumSteps), empty, scoring.image, Progress, "insertionScore"
    )


CURVES = {"deletion": deletionScore, "insertion": insertionScore}


class _Curves:
    """The scores while pixels are replaced in the order of maps."""

    def __init__(self, scoring: Scoring, scoreMap: Any, num_steps: int):
        size = scoring.image.shape[1:]
        maps = maps_of_size(scoreMap, len(scoring.base), size)
        self._scoring = scoring
        self._orders = [_descending(maps[:, :, k]) for k in range(maps.shape[2])]
        self.single = np.ndim(scoreMap) == 2
        pixels = maps[:, :, 0].size
        steps = min(num_steps, pixels)
        self.counts = np.arange(steps + 1) * pixels // steps
        self.fractions = self.counts / pixels

    def __call__(self, before: np.ndarray, after: np.ndarray, progress: Any, label: str) -> Any:
        """Replace the pixels of one image by those of another: the scores, (NumSteps+1)×K."""
        total = len(self.counts) * len(self._orders)
        with reporting(progress, total, label) as report:
            curves = [
                self._curve(order, k, before, after, report) for k, order in enumerate(self._orders)
            ]
        return np.stack(curves, axis=1)

    def _curve(
        self,
        order: np.ndarray,
        k: int,
        before: np.ndarray,
        after: np.ndarray,
        report: Callable[[int], None],
    ) -> np.ndarray:
        old, new = (image.reshape(len(image), -1) for image in (before, after))
        done = k * len(self.counts)

        def replace(batch: np.ndarray, start: int) -> None:
            for image, count in zip(batch, self.counts[start : start + len(batch)], strict=True):
                places = order[:count]
                flat = image.reshape(old.shape)
                flat[:] = old
                flat[:, places] = new[:, places]

        scores = self._scoring.scores(len(self.counts), replace, lambda n: report(done + n))
        return scores[:, k]


def _descending(score_map: np.ndarray) -> np.ndarray:
    """Order pixels by their value, equal ones down the columns; as indices along the rows."""
    columns_first = np.argsort(-score_map.reshape(-1, order="F"), kind="stable")
    across, down = np.divmod(columns_first, len(score_map))
    return down * score_map.shape[1] + across


def _area(
    curves: _Curves, before: np.ndarray, after: np.ndarray, progress: Any, label: str
) -> tuple[Any, np.ndarray, np.ndarray]:
    """Say the area under each curve by trapezoids, the curves and where their points lie."""
    found = curves(before, after, progress, label)
    widths = np.diff(curves.fractions)[:, np.newaxis]
    areas = (widths * (found[1:] + found[:-1]) / 2).sum(axis=0)
    if curves.single:
        return float(areas[0]), found[:, 0], curves.fractions
    return areas, found, curves.fractions
