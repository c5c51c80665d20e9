"""weightRandomizationTest: does an explanation depend on what the network has learnt?"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from matxai.arguments import numeric_array, one_of, positive_integer
from matxai.calling import matlab_function
from matxai.explain.methods import Method, method_option, seed_option
from matxai.explain.progress import progress_option, reporting
from matxai.explain.randomized_weights import redrawn_weights, weighted_layers, with_weights
from matxai.explain.scoring import Scoring
from matxai.lang.random import stream
from matxai.nets.inference import network
from matxai.nets.network import Network

__all__ = ["weightRandomizationTest"]

NUM_STAGES = 10
SSIM_WINDOW = 7


@matlab_function(
    "correlation",
    "similarity",
    "layers",
    "maps",
    accepts={
        "net": network,
        "X": numeric_array,
        "Method": method_option,
        "Mode": one_of("cascading", "independent", "all"),
        "NumStages": positive_integer,
        "ExecutionEnvironment": one_of("auto", "gpu", "cpu"),
        "Rng": seed_option,
        "Progress": progress_option,
    },
)
def weightRandomizationTest(
    net: Any,
    X: Any,
    channelIdx: Any,
    Method: Any,
    *,
    Mode: str = "cascading",
    NumStages: int = NUM_STAGES,
    ExecutionEnvironment: str = "auto",
    Rng: Any = None,
    Progress: str | bool | Callable[[int, int], Any] = "auto",
    nargout: int = 1,
) -> Any:
    """Compare a map with those of the same network with random weights. (Not in MATLAB.)

    An explanation of what the network has learnt must change when that is destroyed. One that
    stays much the same shows the image, as an edge detector does, and not the network.

    Parameters
    ----------
    net : dlnetwork, DAGNetwork or SeriesNetwork
        Network with a single image input and one output. It is not changed.
    X : array, H×W×C or H×W
        Image of the network's input size, with the values that the network takes.
    channelIdx : int or sequence of int; str, categorical or sequence of these
        Channels to explain, counted from 1; of a DAGNetwork or SeriesNetwork also the labels of
        classes.
    Method : str, callable, or pair of either and a dict of options
        The explainer: "gradCAM", "occlusionSensitivity", "imageLIME" or "gradientAttribution", or
        a function ``f(net, X, channelIdx)`` that returns a map.
    Mode : {"cascading", "independent", "all"}
        "cascading" gives random weights to the last layers first, and to more and more of them
        stage by stage; "independent" to a part of the layers at a time, while the others keep
        theirs; "all" to all layers at once.
    NumStages : int, default 10
        Most stages; neighbouring layers share one where there are more of them. Each stage is
        one explanation.
    ExecutionEnvironment : {"auto", "gpu", "cpu"}
        Where the network is computed. "auto" takes a GPU when there is one.
    Rng : int, numpy.random.RandomState or numpy.random.Generator, optional
        Source of the random weights, an int being a seed as in :func:`matxai.rng`; by default the
        stream that ``rng`` controls. Give a method that draws numbers a seed of its own, as
        ``("imageLIME", {"Rng": 0})``, so that nothing but the weights differs.
    Progress : {"auto", "on", "off"} or callable, default "auto"
        "auto" shows a bar on a terminal when the run takes over two seconds; a callable is
        called with the number of explanations made and their total.
    nargout : int, default 1
        Number of outputs to return, 1 to 4.

    Returns
    -------
    correlation : numpy.ndarray of float64, shape (S,), or S×K for K channels
        Spearman's rank correlation of the map and that of each stage: 1 where random weights
        change nothing, about 0 where nothing is left of it.
    similarity : numpy.ndarray of float64, shape (S,), or S×K for K channels
        Structural similarity (SSIM) of the two, each rescaled from 0 to 1.
    layers : list of list of str
        Names of the layers that each stage gives random weights to; a stage of "cascading" has
        those of the stages before it as well.
    maps : numpy.ndarray of float64, H×W×S, or H×W×K×S for K channels
        The map of each stage.

    Raises
    ------
    TypeError
        If an argument is of a wrong kind, labels are given for a network without classes, or an
        option, or an option of the method, has no such name.
    ValueError
        If X has another size than the network takes or holds NaN or Inf, there is no such channel,
        class or method, the method fails on the network or its map is constant, the network has
        no weights, or several inputs or outputs.
    ExecutionEnvironmentError
        If a GPU is asked for and there is none. It is a ValueError.

    Warns
    -----
    RuntimeWarning
        If the method fails on a network with random weights, whose scores may be beyond all
        range, or gives a map without differences: the numbers of that stage are NaN.

    See Also
    --------
    compareMethods : several methods side by side.
    deletionScore : how fast the score falls without what a map marks.

    Notes
    -----
    The test is the "model parameter randomization test" of Adebayo et al. Chosen here: random
    weights are normally distributed, with the mean and standard deviation of the tensor that they
    replace; weights, biases, scales and offsets count, means and variances of batch normalizations
    stay, and so do tensors whose values are all equal and what layers that are Python hold; layers
    are ordered as the graph computes them. The order of values counts with its sign. The windows
    of SSIM are 7×7, or smaller where the map is. A function gets a copy of the network; the
    Learnables of a copy of one that was put together of layers still show the weights before.

    A map without differences says nothing, so its numbers are NaN. A softmax with random weights
    is often all but certain, and every gradient then zero:
    ``("gradCAM", {"ReductionLayer": name})`` with the layer before it avoids that. A map of
    gradCAM is zero as well where it marks nothing positive: another seed, or another channel,
    draws others.

    References
    ----------
    Adebayo, Gilmer, Muelly, Goodfellow, Hardt and Kim, "Sanity checks for saliency maps",
    NeurIPS 2018.

    Examples
    --------
    >>> import skimage
    >>> from matxai import imagePretrainedNetwork, imresize, predict, weightRandomizationTest
    >>> net = imagePretrainedNetwork("efficientnet-lite0")
    >>> X = imresize(skimage.data.chelsea(), net.Layers[0].InputSize[:2])
    >>> channel = int(predict(net, X).argmax()) + 1
    >>> edges = lambda net, X, channelIdx: skimage.filters.sobel(X.mean(axis=2))
    >>> weightRandomizationTest(net, X, channel, edges, NumStages=2)
    array([1., 1.])
    """
    count = len(Scoring(net, X, channelIdx, 1, ExecutionEnvironment).base)
    stages = _stages(list(weighted_layers(net)), Mode, NumStages)
    shared = {"ExecutionEnvironment": ExecutionEnvironment, "Progress": "off"}

    def explained(network: Network) -> np.ndarray:
        return Method.maps(network, X, channelIdx, count, **shared)

    first = explained(net)
    if _constant(first).any():
        raise ValueError(
            f"The map of {Method.title} must have differences, to be compared, but is constant."
        )
    maps = np.full((len(stages), *first.shape), np.nan)
    with reporting(Progress, len(stages), "weightRandomizationTest") as report:
        for s, changed in enumerate(_randomized(net, stages, Mode, stream(Rng))):
            maps[s] = _explained_if_possible(explained, changed, Method, stages[s])
            report(s + 1)
    pairs = [[(first[:, :, k], of_stage[:, :, k]) for k in range(count)] for of_stage in maps]
    correlation, similarity = (
        np.array([[compare(*pair) for pair in row] for row in pairs])
        for compare in (_rank_correlation, _structural_similarity)
    )
    maps = np.moveaxis(maps, 0, -1)
    if count == 1:
        return correlation[:, 0], similarity[:, 0], stages, maps[:, :, 0]
    return correlation, similarity, stages, maps


def _stages(layers: list[str], mode: str, most: int) -> list[list[str]]:
    """Share the layers out over the stages, in their order."""
    if not layers:
        raise ValueError("net must have weights, to make them random, but none were found.")
    count = 1 if mode == "all" else min(most, len(layers))
    return [part.tolist() for part in np.array_split(np.array(layers, dtype=object), count)]


def _randomized(net: Network, stages: list[list[str]], mode: str, source: Any) -> Iterator[Network]:
    """Make the network of each stage; layers get the same random weights in every mode."""
    tensors = weighted_layers(net)
    weights: dict[str, Any] = {}
    for stage in stages:
        drawn = redrawn_weights(net, [t for layer in stage for t in tensors[layer]], source)
        weights = drawn if mode == "independent" else weights | drawn
        yield with_weights(net, weights)


def _explained_if_possible(
    explained: Callable[[Network], np.ndarray], changed: Network, method: Method, stage: list[str]
) -> Any:
    begun = f"weightRandomizationTest: with random weights of {stage[-1]!r} {method.title}"
    try:
        maps = explained(changed)
    except ValueError as error:
        warnings.warn(f"{begun} failed: {error}", RuntimeWarning)
        return np.nan
    if _constant(maps).any():
        warnings.warn(
            f"{begun} gives a constant map, which says nothing. If it goes by gradients, a softmax "
            f"may leave none (choose the ReductionLayer before it), or none may be positive.",
            RuntimeWarning,
        )
    return maps


def _constant(maps: np.ndarray) -> np.ndarray:
    """Tell which of H×W×K maps have no differences."""
    return np.ptp(maps, axis=(0, 1)) == 0


def _rank_correlation(first: np.ndarray, second: np.ndarray) -> float:
    """Spearman's rank correlation of two maps; NaN where one says nothing."""
    from scipy.stats import spearmanr

    if np.isnan(second).any() or not np.ptp(second):
        return np.nan
    return float(spearmanr(first, second, axis=None).statistic)


def _structural_similarity(first: np.ndarray, second: np.ndarray) -> float:
    """SSIM of two maps, each rescaled; NaN where one says nothing."""
    from skimage.metrics import structural_similarity

    if np.isnan(second).any() or not np.ptp(second):
        return np.nan
    side = min(SSIM_WINDOW, *first.shape)
    window = side if side % 2 else side - 1
    rescaled = ((values - values.min()) / np.ptp(values) for values in (first, second))
    return float(
        structural_similarity(
            *rescaled, data_range=1, win_size=window, use_sample_covariance=window > 1
        )
    )
