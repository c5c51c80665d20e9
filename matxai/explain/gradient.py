"""gradientAttribution: which pixels would change the score, were they changed a little?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from matxai.arguments import describe, numeric_array, one_of, positive_integer, real_scalar
from matxai.calling import matlab_function
from matxai.explain.mean_gradients import Score, around, at, from_baseline
from matxai.explain.progress import progress_option
from matxai.explain.rectifiers import BACKWARD_PASSES, rectified_module
from matxai.lang.random import random_source, stream
from matxai.nets.activations import layer_name
from matxai.nets.arrays import matlab_array, single_image
from matxai.nets.differentiating import torch_module
from matxai.nets.inference import network
from matxai.nets.network import Network

__all__ = ["gradientAttribution"]

NUM_STEPS = 50
NUM_SAMPLES = 50
NOISE_LEVEL = 0.1

_METHOD_OF = {
    "Baseline": "integrated-gradients",
    "NumSteps": "integrated-gradients",
    "NumSamples": "smoothgrad",
    "NoiseLevel": "smoothgrad",
    "Rng": "smoothgrad",
}


def _baseline(value: Any, name: str) -> str | np.ndarray:
    if isinstance(value, str):
        return one_of("zeros", "mean")(value, name)
    values = numeric_array(value, name)
    if not values.size or not np.isfinite(values).all():
        raise ValueError(f"{name} must hold finite numbers, but is {describe(value)}.")
    return values


def _noise_level(value: Any, name: str) -> float:
    level = real_scalar(value, name)
    if level < 0:
        raise ValueError(
            f"{name} must be a fraction of the range of X, so 0 or more, but is {describe(value)}."
        )
    return level


@matlab_function(
    "scoreMap",
    "gradient",
    accepts={
        "net": network,
        "X": numeric_array,
        "Method": one_of("autodiff", *BACKWARD_PASSES, "integrated-gradients", "smoothgrad"),
        "Baseline": _baseline,
        "NumSteps": positive_integer,
        "NumSamples": positive_integer,
        "NoiseLevel": _noise_level,
        "MiniBatchSize": positive_integer,
        "ExecutionEnvironment": one_of("auto", "gpu", "cpu"),
        "Rng": random_source,
        "Progress": progress_option,
    },
)
def gradientAttribution(
    net: Any,
    X: Any,
    channelIdx: Any,
    *,
    Method: str = "autodiff",
    ReductionLayer: str | int | None = None,
    Baseline: str | float | np.ndarray = "zeros",
    NumSteps: int = NUM_STEPS,
    NumSamples: int = NUM_SAMPLES,
    NoiseLevel: float = NOISE_LEVEL,
    MiniBatchSize: int = 32,
    ExecutionEnvironment: str = "auto",
    Rng: Any = None,
    Progress: str | bool | Callable[[int, int], Any] = "auto",
    nargout: int = 1,
) -> Any:
    """Explain a network's score by its gradient with respect to the pixels.

    The map says for each pixel how fast the score changes with it: the absolute values of the
    gradient, summed over the colour channels and rescaled from 0 to 1.

    Parameters
    ----------
    net : dlnetwork, DAGNetwork or SeriesNetwork
        Network with a single image input.
    X : array, H×W×C or H×W, or dlarray
        Image of the network's input size, with the values that the network takes (0 to 255 for
        most); any integer or floating-point class.
    channelIdx : int or sequence of int; str, categorical or sequence of these
        Channels to explain, counted from 1: classes, in a classification network. Of a DAGNetwork
        or SeriesNetwork also the labels of classes.
    Method : str, default "autodiff"
        "autodiff" is the gradient. "guided-backprop" and "zeiler-fergus" change what ReLU layers
        hand back of it: only what is positive, and "guided-backprop" only where the layer's input
        is. "integrated-gradients" is the mean of the gradients on the way from a baseline to X,
        times X minus the baseline; "smoothgrad" the mean of those at noisy copies of X. (The last
        three are not in MATLAB's example.)
    ReductionLayer : str or int, optional
        Layer whose channels are meant: its name, or its number in ``net.Layers``, counted from 1.
        By default the network's output, so the softmax layer of most.
    Baseline : {"zeros", "mean"}, float or array, H×W×C or H×W
        For "integrated-gradients": what X is compared with. Zeros, each channel's mean over X, one
        value for all pixels, or an image.
    NumSteps : int, default 50
        For "integrated-gradients": number of gradients on the way.
    NumSamples : int, default 50
        For "smoothgrad": number of noisy copies.
    NoiseLevel : float, default 0.1
        For "smoothgrad": standard deviation of the noise, as a fraction of the range of X.
    MiniBatchSize : int, default 32
        Most images that are differentiated at once; on a CPU never more than 8.
    ExecutionEnvironment : {"auto", "gpu", "cpu"}
        Where the network is differentiated. "auto" takes a GPU when there is one.
    Rng : int, numpy.random.RandomState or numpy.random.Generator, optional
        For "smoothgrad": source of the random numbers, an int being a seed as in
        :func:`matxai.rng`; by default the stream that ``rng`` controls.
    Progress : {"auto", "on", "off"} or callable, default "auto"
        "auto" shows a bar on a terminal when the run takes over two seconds; a callable is
        called with the number of images differentiated and their total.
    nargout : int, default 1
        Number of outputs to return, 1 or 2.

    Returns
    -------
    scoreMap : numpy.ndarray of float64, H×W, or H×W×K for K channels
        The map, from 0 to 1 for each channel; zeros where all pixels are alike.
    gradient : numpy.ndarray of float64, H×W×C, or H×W×C×K for K channels
        What it was summed from, with its sign: for "integrated-gradients" each value's part of
        the score's difference to that of the baseline, for all others a slope.

    Raises
    ------
    TypeError
        If an argument is of a wrong kind, labels are given for a network or layer without
        classes, or an option has no such name.
    ValueError
        If X has another size than the network takes or holds NaN or Inf, the Baseline is no such
        image, there is no such channel, class or layer, or an option has a value that is none of
        its own; if an option belongs to another Method; if the network has no ReLU layers where
        Method changes them, several inputs, or several outputs of which none is chosen.
    NotDifferentiableError
        If the network has no gradient; the message names the operator. It is a ValueError.
    ExecutionEnvironmentError
        If a GPU is asked for and there is none. It is a ValueError.

    See Also
    --------
    occlusionSensitivity : needs no gradient.

    Notes
    -----
    In MATLAB this is a function of an example, not of a toolbox. What "autodiff" and
    "guided-backprop" compute, and the map, are documented there, and the rule of "zeiler-fergus"
    in another example; no output of MATLAB was at hand. All five were held against Captum.

    Chosen here: clipped ReLU layers count as ReLU layers, and "guided-backprop" is zero at and
    above their ceiling too; leaky, parametric, exponential and other layers stay as they are. The
    score of a channel with spatial dimensions is its total. The way of "integrated-gradients" has
    Gauss–Legendre nodes. The noise is drawn column by column, as one uniform number for each value
    put through the inverse of the normal distribution. Results depend on MiniBatchSize in the last
    digits only.

    Where a class is nearly certain, the softmax layer hardly changes, so its gradient is tiny, or
    zero in single precision. A ReductionLayer before it explains the class without the others.

    References
    ----------
    Simonyan, Vedaldi and Zisserman, "Deep inside convolutional networks", ICLR workshop 2014;
    Springenberg et al., "Striving for simplicity", ICLR workshop 2015; Zeiler and Fergus,
    "Visualizing and understanding convolutional networks", ECCV 2014; Sundararajan, Taly and Yan,
    "Axiomatic attribution for deep networks", ICML 2017; Smilkov et al., "SmoothGrad", 2017.

    Examples
    --------
    >>> import skimage
    >>> from matxai import gradientAttribution, imagePretrainedNetwork, imresize, predict
    >>> net = imagePretrainedNetwork("efficientnet-lite0")
    >>> X = imresize(skimage.data.chelsea(), net.Layers[0].InputSize[:2])
    >>> channel = int(predict(net, X).argmax()) + 1
    >>> scoreMap, gradient = gradientAttribution(
    ...     net, X, channel, Method="guided-backprop", ReductionLayer="fc", nargout=2)
    >>> gradient.shape, float(scoreMap.min()), float(scoreMap.max())
    ((224, 224, 3), 0.0, 1.0)
    """
    _refuse_options_of_other_methods(
        Method,
        Baseline=not (isinstance(Baseline, str) and Baseline == "zeros"),
        NumSteps=NumSteps != NUM_STEPS,
        NumSamples=NumSamples != NUM_SAMPLES,
        NoiseLevel=NoiseLevel != NOISE_LEVEL,
        Rng=Rng is not None,
    )
    layer = _reduction_layer(net, ReductionLayer)
    image = single_image(X, net.image_input().InputSize)[0]
    if Method == "integrated-gradients":
        mean = from_baseline(image, _baseline_image(Baseline, image), NumSteps)
    elif Method == "smoothgrad":
        mean = around(image, NoiseLevel * float(np.ptp(image)), NumSamples, stream(Rng))
    else:
        mean = at(image)
    module = (
        rectified_module(net, layer, Method, ExecutionEnvironment)
        if Method in BACKWARD_PASSES
        else torch_module(net, [layer], environment=ExecutionEnvironment)
    )
    score = Score(net, module, image, channelIdx)
    attribution = mean.of(score, MiniBatchSize, Progress, "gradientAttribution")
    maps = _rescaled(np.abs(attribution).sum(axis=1))
    return maps[:, :, 0] if maps.shape[2] == 1 else maps, matlab_array(attribution)


def _refuse_options_of_other_methods(method: str, **given: bool) -> None:
    for name, is_given in given.items():
        if is_given and _METHOD_OF[name] != method:
            raise ValueError(
                f'{name} is an option of Method="{_METHOD_OF[name]}", but Method is "{method}": '
                f"leave it out."
            )


def _reduction_layer(net: Network, given: str | int | None) -> str:
    if given is not None:
        return layer_name(net, given, "ReductionLayer")
    if len(net.OutputNames) != 1:
        raise ValueError(
            f"net has {len(net.OutputNames)} outputs: {net.OutputNames}. Choose one: "
            f"ReductionLayer={net.OutputNames[0]!r}."
        )
    return net.OutputNames[0]


def _baseline_image(option: str | np.ndarray, image: np.ndarray) -> np.ndarray:
    if isinstance(option, str):
        if option == "zeros":
            return np.zeros_like(image)
        return np.broadcast_to(image.mean(axis=(1, 2), keepdims=True, dtype=float), image.shape)
    if option.size == 1:
        return np.full_like(image, option.reshape(-1)[0])
    channels, height, width = image.shape
    return single_image(option, np.array([height, width, channels]), "Baseline")[0]


def _rescaled(maps: np.ndarray) -> np.ndarray:
    """Rescale maps, K×H×W, from 0 to 1 each, as MATLAB's rescale does: H×W×K."""
    maps = np.moveaxis(maps, 0, -1)
    low = maps.min(axis=(0, 1))
    span = maps.max(axis=(0, 1)) - low
    return np.divide(maps - low, span, out=np.zeros_like(maps), where=span > 0)
