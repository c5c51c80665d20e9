"""gradCAM: where are the features that the score rises with?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from matxai.arguments import any_of, describe, one_of, text
from matxai.calling import matlab_function
from matxai.explain.feature_layers import (
    automatic_feature_layer,
    automatic_reduction_layer,
    layers_before,
)
from matxai.explain.labelled_images import image_data, one_image
from matxai.explain.reducing import reduced_scores
from matxai.nets.differentiating import gradients, torch_module
from matxai.nets.engines import OnnxRuntimeEngine
from matxai.nets.inference import network
from matxai.nets.network import Network

if TYPE_CHECKING:
    from torch import Tensor

    from matxai.nets.torch_module import TorchModule

__all__ = ["class_activation_map", "gradCAM"]


def _none(value: Any, name: str) -> None:
    if value is not None:
        raise TypeError(f"{name} must be a text, but is {describe(value)}.")


_text_or_none = any_of(text, _none)


@matlab_function(
    "scoreMap",
    "featureLayer",
    "reductionLayer",
    accepts={
        "net": network,
        "X": image_data,
        "FeatureLayer": _text_or_none,
        "ReductionLayer": _text_or_none,
        "Format": _text_or_none,
        "OutputUpsampling": one_of("bicubic", "nearest", "none"),
        "ExecutionEnvironment": one_of("auto", "gpu", "cpu"),
    },
)
def gradCAM(
    net: Any,
    X: Any,
    channelIdx: Any,
    *,
    FeatureLayer: str | None = None,
    ReductionLayer: str | None = None,
    Format: str | None = None,
    OutputUpsampling: str = "bicubic",
    ExecutionEnvironment: str = "auto",
    nargout: int = 1,
) -> Any:
    """Explain a network's score by the features that it rises with (Grad-CAM).

    The features are the output of one layer. The score, a channel of the reduction layer, is
    differentiated with respect to them; each feature map is weighted by its mean derivative, and
    the map is their sum where it is positive.

    Parameters
    ----------
    net : dlnetwork, DAGNetwork or SeriesNetwork
        Network with a single image input.
    X : array, H×W×C or H×W; dlarray
        Image of the network's input size, with the values that the network takes (0 to 255 for
        most). A dlarray may have another height and width, where the network can compute that.
    channelIdx : int or sequence of int; str, categorical or sequence of these; callable
        Channels of the reduction layer to explain, counted from 1: classes, in a classification
        network (MATLAB's argument `classIdx`). For a DAGNetwork or SeriesNetwork also the labels
        of classes (`label`). Or a function that reduces the reduction layer's output to one
        element (`reductionFcn`): it is given a :class:`dlarray`, h×w×C for an output with spatial
        dimensions and of length C for one without, and returns a dlarray of one element.
        ``lambda Y: Y[:, :, 3].sum()`` explains the 4th class of a segmentation network.
    FeatureLayer : str, optional
        Name of the layer whose features are weighted. By default it is the last ReLU layer whose
        output is larger than one pixel, or the last layer that gathers the outputs of ReLU layers
        (by concatenation or addition); in a network without ReLU the last such convolution.
    ReductionLayer : str, optional
        Name of the layer whose output is the score. By default the last output of a dlnetwork; of
        a DAGNetwork or SeriesNetwork the layer before the output layer.
    Format : str, optional
        A label for each dimension of X: S for space, C for channel, B for batch; "CSS" for
        C×H×W. Not for a dlarray that has labels.
    OutputUpsampling : {"bicubic", "nearest", "none"}
        How to bring the map to the size of the image.
    ExecutionEnvironment : {"auto", "gpu", "cpu"}
        Where the network is computed. "auto" takes a GPU when there is one.
    nargout : int, default 1
        Number of outputs to return.

    Returns
    -------
    scoreMap : numpy.ndarray of float64, H×W, or H×W×K for K channels
        High where the features are that the score rises with. With OutputUpsampling "none" it has
        the height and width of the features, and no negative values; bicubic interpolation
        overshoots them.
    featureLayer : str
        Name of the feature layer; with ``nargout=2``.
    reductionLayer : str
        Name of the reduction layer; with ``nargout=3``.

    Raises
    ------
    TypeError
        If an argument is of a wrong kind, labels are given for a network without classes, or the
        function returns anything but a dlarray, so that nothing can be differentiated.
    ValueError
        If X is no single image that the network takes or holds NaN or Inf, there is no such
        channel, class or layer, the feature layer has no height and width or does not lead to the
        reduction layer, a channel is asked for of an output that has height and width, the
        function returns more than one element, or Format does not fit.
    NotDifferentiableError
        If there is no gradient; the message names the operators. It is a ValueError.
    ExecutionEnvironmentError
        If a GPU is asked for and there is none. It is a ValueError.

    See Also
    --------
    occlusionSensitivity : needs no gradient.
    imageLIME : needs no gradient.

    Notes
    -----
    The choice of layers, and that the map is positive and enlarged to the size of X, are as
    MathWorks documents them or as they are commonly known; no map of MATLAB has been held against
    this one. Held against Captum and pytorch-grad-cam. Chosen here: the map is double and not
    clipped after enlarging; LeakyReLU, clipped ReLU, PReLU and ELU layers count as ReLU layers; an
    output of one pixel is given to a function as a vector.

    Where the softmax is close to 0 or 1 its derivative vanishes, and the map with it: set
    ReductionLayer to the layer before.

    References
    ----------
    Selvaraju et al., "Grad-CAM: visual explanations from deep networks via gradient-based
    localization", ICCV 2017.

    Examples
    --------
    >>> import skimage
    >>> from matxai import gradCAM, imagePretrainedNetwork, imresize, predict
    >>> net = imagePretrainedNetwork("efficientnet-lite0")
    >>> X = imresize(skimage.data.chelsea(), net.Layers[0].InputSize[:2])
    >>> channel = int(predict(net, X).argmax()) + 1
    >>> scoreMap, featureLayer, reductionLayer = gradCAM(net, X, channel, nargout=3)
    >>> scoreMap.shape, featureLayer, reductionLayer
    ((224, 224), 'conv_head_relu', 'prob')
    >>> gradCAM(net, X, lambda Y: Y[channel - 1], OutputUpsampling="none").shape
    (7, 7)
    """
    image = one_image(net, X, Format)
    reduction = _layer(net, ReductionLayer, "ReductionLayer") or automatic_reduction_layer(net)
    feature = _layer(net, FeatureLayer, "FeatureLayer")
    if feature is None:
        feature = automatic_feature_layer(net, reduction, image)
    else:
        _check_order(net, feature, reduction)
    features = _features(net, feature, image, ExecutionEnvironment)
    rest = torch_module(net, [reduction], [feature], ExecutionEnvironment)
    slopes = _slopes(net, features, rest, image, channelIdx)
    values = features.detach()[0].cpu().numpy()
    coarse = np.stack([class_activation_map(values, slope) for slope in slopes], axis=2)
    _check_finite(coarse)
    if OutputUpsampling != "none":
        from matxai.images.resize import resize

        coarse = resize(coarse, image.shape[2:], method=OutputUpsampling)
    return coarse[:, :, 0] if coarse.shape[2] == 1 else coarse, feature, reduction


def class_activation_map(features: np.ndarray, slopes: np.ndarray) -> np.ndarray:
    """Weight each feature map by its mean derivative, add them up and keep what is positive.

    Parameters
    ----------
    features : numpy.ndarray, shape (C, h, w)
        Output of the feature layer.
    slopes : numpy.ndarray, shape (C, h, w)
        Derivative of the score with respect to it.

    Returns
    -------
    numpy.ndarray of float64, shape (h, w)
        The map.
    """
    weights = slopes.mean(axis=(1, 2), dtype=np.float64)
    return np.maximum(np.tensordot(weights, features.astype(np.float64), axes=1), 0)


def _layer(net: Network, given: str | None, name: str) -> str | None:
    """Find a layer that was named."""
    if given is None:
        return None
    try:
        return net._known(given)
    except ValueError as error:
        raise ValueError(f"{name} must name a layer of net. {error}") from None


def _check_order(net: Network, feature: str, reduction: str) -> None:
    if feature not in layers_before(net, reduction):
        raise ValueError(
            f"FeatureLayer must lead to ReductionLayer, but no way goes from {feature!r} to "
            f"{reduction!r}: net.Connections lists what leads where."
        )


def _features(net: Network, layer: str, image: np.ndarray, environment: str) -> Tensor:
    """Compute the features, 1×C×h×w: the point from which on derivatives are known."""
    import torch

    engine = net.engine(environment, [layer])
    if isinstance(engine, OnnxRuntimeEngine) and _of_input_size(net, image):
        # No derivatives are needed up to here, and ONNX Runtime is several times as fast.
        features = torch.from_numpy(engine(image)[0])
    else:
        module = torch_module(net, [layer], environment=environment)
        with torch.no_grad():
            features = _computed(net, module, torch.from_numpy(image))
    if features.ndim != 4 or features.shape[2:].numel() == 1:
        size = "×".join(map(str, (*features.shape[2:], features.shape[1])))
        raise ValueError(
            f"FeatureLayer must have an output with a height and width over 1, but that of "
            f"{layer!r} is {size} for X. Take an earlier layer."
        )
    return features.requires_grad_()


def _slopes(
    net: Network, features: Tensor, module: TorchModule, image: np.ndarray, channelIdx: Any
) -> list[np.ndarray]:
    """Differentiate each score with respect to the features: C×h×w for each."""
    import torch

    with torch.enable_grad():
        # Where other ways lead past the features, the image is taken as well.
        output = _computed(net, module, *[features, torch.from_numpy(image)][: module.inputs])
        scores = reduced_scores(net, output, channelIdx)
        found = [gradients(score, [features], module)[0] for score in scores]
    return [slope[0].cpu().numpy() for slope in found]


def _computed(net: Network, module: TorchModule, *tensors: Tensor) -> Tensor:
    """Compute one output; a network that cannot take the size of X says so."""
    try:
        return module(*tensors)[0]
    except RuntimeError as error:
        if _of_input_size(net, tensors[-1]):
            raise
        height, width, _ = net.image_input().InputSize
        raise ValueError(
            f"X must have the InputSize of net, {height}×{width}, since net cannot compute "
            f"another: {error}"
        ) from error


def _of_input_size(net: Network, image: np.ndarray | Tensor) -> bool:
    return list(image.shape[2:]) == list(net.image_input().InputSize[:2])


def _check_finite(maps: np.ndarray) -> None:
    """Refuse maps that explain nothing."""
    if not np.isfinite(maps).all():
        raise ValueError(
            "The features of net and their gradients must be finite, but some are NaN or Inf. "
            "Look for NaN or Inf among its weights (net.Learnables); if it has none, the values "
            "of X are beyond its range."
        )
