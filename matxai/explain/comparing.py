"""compareMethods: what do several explainers say of one image?"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping, Sequence
from time import perf_counter
from typing import Any

import numpy as np

from matxai.arguments import numeric_array, one_of, texts
from matxai.calling import matlab_function
from matxai.explain.comparison import Comparison
from matxai.explain.methods import METHODS, Method, methods_option, seed_option
from matxai.explain.metrics import CURVES
from matxai.explain.progress import progress_option
from matxai.explain.scoring import Scoring
from matxai.nets.flavours import output_classes
from matxai.nets.inference import network
from matxai.nets.network import Network

__all__ = ["compareMethods"]


def _metric_names(value: Any, name: str) -> list[str]:
    check = one_of(*CURVES)
    return list(dict.fromkeys(check(each, name) for each in texts(value, name)))


@matlab_function(
    "comparison",
    accepts={
        "net": network,
        "X": numeric_array,
        "Methods": methods_option,
        "Metrics": _metric_names,
        "ClassNames": texts,
        "ExecutionEnvironment": one_of("auto", "gpu", "cpu"),
        "Rng": seed_option,
        "Progress": progress_option,
    },
)
def compareMethods(
    net: Any,
    X: Any,
    channelIdx: Any,
    *,
    Methods: Any = METHODS,
    Metrics: str | Sequence[str] = (),
    ClassNames: Any = None,
    ExecutionEnvironment: str = "auto",
    Rng: Any = None,
    Progress: str | bool | Callable[[int, int], Any] = "auto",
) -> Comparison:
    """Explain an image with several methods, to be seen side by side. (Not in MATLAB.)

    Parameters
    ----------
    net : dlnetwork, DAGNetwork or SeriesNetwork
        Network with a single image input and one output.
    X : array, H×W×C or H×W
        Image of the network's input size, with the values that the network takes (0 to 255 for
        most); any integer or floating-point class.
    channelIdx : int or sequence of int; str, categorical or sequence of these
        Channels of the output to explain, counted from 1; of a DAGNetwork or SeriesNetwork also
        the labels of classes. Each is a row of the picture.
    Methods : sequence, or dict of titles and methods
        The methods, each a column of the picture. One is a name, in any case ("gradCAM",
        "occlusionSensitivity", "imageLIME" or "gradientAttribution", the default); a function
        ``f(net, X, channelIdx)`` that returns a map H×W, or H×W×K for K channels; or a pair of
        either and a dict of its options, as ``("imageLIME", {"NumSamples": 500})``.
    Metrics : str or sequence of str, default none
        "deletion", "insertion" or both: what :func:`matxai.deletionScore` and
        :func:`matxai.insertionScore` say of each map, with their defaults.
    ClassNames : sequence of str, optional
        Names of the output's channels; by default the classes that the network has, if any.
    ExecutionEnvironment : {"auto", "gpu", "cpu"}
        Where the network is computed. "auto" takes a GPU when there is one.
    Rng : int, numpy.random.RandomState or numpy.random.Generator, optional
        Source of the random numbers of methods that draw any; with an int each starts from this
        seed. By default the stream that :func:`matxai.rng` controls.
    Progress : {"auto", "on", "off"} or callable, default "auto"
        Handed on to each method that tells how far it is; see :func:`matxai.imageLIME`.

    Returns
    -------
    Comparison
        The maps and what belongs to them. In a notebook it shows itself as a picture;
        ``figure()`` returns that as a figure of matplotlib, ``save(file)`` writes it. Attributes:
        ``Maps``, ``Errors``, ``Options`` and ``Seconds``, each a dict by method; ``Methods``,
        their names; ``X``, ``Channels``, ``Labels`` and ``Scores``, what is explained; and
        ``Metrics``, by name and method.

    Raises
    ------
    TypeError
        If an argument is of a wrong kind, labels are given for a network without classes, or an
        option, or an option of a method, has no such name.
    ValueError
        If X has another size than the network takes or holds NaN or Inf, there is no such channel,
        class or method, ClassNames do not fit, or every method failed; also if the network has
        several inputs or outputs.
    ExecutionEnvironmentError
        If a GPU is asked for and there is none. It is a ValueError.

    Warns
    -----
    RuntimeWarning
        If a method failed. The others are not lost; its place in the picture says why, and
        ``Errors`` holds the error.

    See Also
    --------
    deletionScore : how fast the score falls without what a map marks.
    weightRandomizationTest : does a map depend on what the network has learnt?

    Notes
    -----
    All behaviour is chosen: MATLAB has no such function. Each map has a colour bar and a scale of
    its own, since methods measure in units of their own. The time of a method is what a person
    waits for it, without importing torch; the first method on torch also converts the network.
    Methods that are called alike are numbered. Metrics of maps smaller than X are those of the map
    enlarged by "nearest".

    Examples
    --------
    >>> import skimage
    >>> from matxai import compareMethods, imagePretrainedNetwork, imresize, predict
    >>> net, classNames = imagePretrainedNetwork("efficientnet-lite0", nargout=2)
    >>> X = imresize(skimage.data.chelsea(), net.Layers[0].InputSize[:2])
    >>> channel = int(predict(net, X).argmax()) + 1
    >>> compareMethods(
    ...     net, X, channel, ClassNames=classNames,
    ...     Methods=[("occlusionSensitivity", {"Stride": 56}), ("imageLIME", {"NumSamples": 64})])
    Comparison of explanations of Egyptian cat (...)
      occlusionSensitivity  ... s
      imageLIME             ... s
    """
    methods = methods_option(METHODS, "Methods") if Methods is METHODS else Methods
    scoring = Scoring(net, X, channelIdx, 1, ExecutionEnvironment)
    channels = (scoring.channels + 1).tolist()
    labels = _labels(net, channels, ClassNames)
    comparison = Comparison(X, channels, labels, scoring.base, methods)
    shared = {
        "ExecutionEnvironment": ExecutionEnvironment,
        "Rng": Rng,
        "Progress": Progress,
    }
    for method in methods:
        _explain(comparison, method, net, channelIdx, shared)
    if not comparison.Maps:
        told = "; ".join(f"{t}: {error}" for t, error in comparison.Errors.items())
        raise ValueError(f"compareMethods: every method failed. {told}") from next(
            iter(comparison.Errors.values())
        )
    for name in Metrics:
        _measure(comparison, name, net, ExecutionEnvironment)
    return comparison


def _explain(
    comparison: Comparison, method: Method, net: Network, channelIdx: Any, shared: Mapping[str, Any]
) -> None:
    """Add the map of a method, or why there is none."""
    method.prepare()
    begin = perf_counter()
    try:
        maps = method.maps(net, comparison.X, channelIdx, len(comparison.Channels), **shared)
    except Exception as error:  # a function of the user's may raise anything
        comparison.Errors[method.title] = error
        warnings.warn(
            f"compareMethods: {method.title} failed, the others go on: {error}", RuntimeWarning
        )
        return
    comparison.Seconds[method.title] = perf_counter() - begin
    comparison.Maps[method.title] = maps[:, :, 0] if maps.shape[2] == 1 else maps


def _measure(comparison: Comparison, name: str, net: Network, environment: str) -> None:
    from matxai.images.resize import resize

    size = comparison.X.shape[:2]
    comparison.Metrics[name] = {}
    for title, maps in comparison.Maps.items():
        shaped = np.atleast_3d(maps)
        if shaped.shape[:2] != size:
            shaped = resize(shaped, size, method="nearest")
        found = CURVES[name](
            net,
            comparison.X,
            comparison.Channels,
            shaped,
            ExecutionEnvironment=environment,
            Progress="off",
        )
        comparison.Metrics[name][title] = np.atleast_1d(found)


def _labels(net: Network, channels: Sequence[int], given: Sequence[str] | None) -> list[str]:
    """Name channels, which are counted from 1."""
    classes = output_classes(net)
    if given is None and classes is None:
        return [f"channel {channel}" for channel in channels]
    names = classes.tolist() if given is None else list(given)
    size = net.activation_size(net.OutputNames[0])
    count = size[-1] if size and size[-1] is not None else max(max(channels), len(names))
    if len(names) != count:
        raise ValueError(
            f"ClassNames must hold {count} names, one for each channel of the network's output, "
            f"but holds {len(names)}."
        )
    return [names[channel - 1] for channel in channels]
