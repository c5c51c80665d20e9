"""Layers that are functions of each value, and softmax."""

from __future__ import annotations

import math

import numpy as np

from matxai.arguments import one_of, real_scalar, text
from matxai.calling import matlab_function
from matxai.nets.constructors import array, layer, simple
from matxai.nets.fragments import Recipe, Writer
from matxai.nets.layers import Layer
from matxai.nets.weights import missing

__all__ = [
    "clippedReluLayer",
    "eluLayer",
    "geluLayer",
    "leakyReluLayer",
    "preluLayer",
    "reluLayer",
    "sigmoidLayer",
    "softmaxLayer",
    "softplusLayer",
    "swishLayer",
    "tanhLayer",
]

_NAME = {"Name": text}


@matlab_function("layer", accepts=_NAME)
def reluLayer(*, Name: str = "") -> Layer:
    """Make a ReLU layer: what is negative becomes 0.

    Parameters
    ----------
    Name : str, optional
        Name of the layer; without it, the layer is named where it is put.

    Returns
    -------
    Layer
        The layer.

    Examples
    --------
    >>> from matxai import reluLayer
    >>> reluLayer(Name="relu1")
    Layer('relu1', 'nnet.cnn.layer.ReLULayer')
    """
    return layer("ReLULayer", Name, simple("Relu"))


@matlab_function("layer", accepts={"scale": real_scalar, **_NAME})
def leakyReluLayer(scale: float = 0.01, *, Name: str = "") -> Layer:
    """Make a leaky ReLU layer: what is negative is multiplied by a number.

    Parameters
    ----------
    scale : float, default 0.01
        The number.
    Name : str, optional
        Name of the layer.

    Returns
    -------
    Layer
        The layer, with ``Scale``.
    """
    return layer("LeakyReLULayer", Name, simple("LeakyRelu", alpha=scale), {"Scale": scale})


@matlab_function("layer", accepts={"ceiling": real_scalar, **_NAME})
def clippedReluLayer(ceiling: float, *, Name: str = "") -> Layer:
    """Make a clipped ReLU layer: what is negative becomes 0, what is above a ceiling the ceiling.

    Parameters
    ----------
    ceiling : float
        The ceiling, positive.
    Name : str, optional
        Name of the layer.

    Returns
    -------
    Layer
        The layer, with ``Ceiling``.

    Raises
    ------
    ValueError
        If the ceiling is not positive.
    """
    if ceiling <= 0:
        raise ValueError(f"clippedReluLayer: ceiling must be positive, but is {ceiling:g}.")

    def write(w: Writer, x: str) -> str:
        return w.node("Clip", [x, w.weight("min", 0.0), w.weight("max", ceiling)])

    return layer("ClippedReLULayer", Name, Recipe(write), {"Ceiling": ceiling})


@matlab_function("layer", accepts={"alpha": real_scalar, **_NAME})
def eluLayer(alpha: float = 1.0, *, Name: str = "") -> Layer:
    """Make an ELU layer: what is negative becomes α(eˣ − 1).

    Parameters
    ----------
    alpha : float, default 1
        The factor α.
    Name : str, optional
        Name of the layer.

    Returns
    -------
    Layer
        The layer, with ``Alpha``.
    """
    return layer("ELULayer", Name, simple("Elu", alpha=alpha), {"Alpha": alpha})


@matlab_function("layer", accepts={"Alpha": array(), **_NAME})
def preluLayer(*, Alpha: np.ndarray | None = None, Name: str = "") -> Layer:
    """Make a PReLU layer: what is negative is multiplied by a number of its channel.

    Parameters
    ----------
    Alpha : float or array, 1×1×C or C
        The numbers. A network cannot be made without them.
    Name : str, optional
        Name of the layer.

    Returns
    -------
    Layer
        The layer, with ``Alpha``.
    """

    def write(w: Writer, x: str) -> str:
        if Alpha is None:
            raise missing("slopes", "Alpha")
        shape = (-1,) + (1,) * (len(w.shape(0)) - 2)
        return w.node("PRelu", [x, w.weight("slope", Alpha.reshape(shape))])

    shown = {} if Alpha is None else {"Alpha": Alpha.reshape(1, 1, -1)}
    return layer("PReLULayer", Name, Recipe(write), shown, tuple(shown))


@matlab_function("layer", accepts=_NAME)
def tanhLayer(*, Name: str = "") -> Layer:
    """Make a layer of hyperbolic tangents.

    Parameters
    ----------
    Name : str, optional
        Name of the layer.

    Returns
    -------
    Layer
        The layer.
    """
    return layer("TanhLayer", Name, simple("Tanh"))


@matlab_function("layer", accepts=_NAME)
def sigmoidLayer(*, Name: str = "") -> Layer:
    """Make a layer of sigmoids, 1/(1 + e⁻ˣ).

    Parameters
    ----------
    Name : str, optional
        Name of the layer.

    Returns
    -------
    Layer
        The layer.
    """
    return layer("SigmoidLayer", Name, simple("Sigmoid"))


@matlab_function("layer", accepts=_NAME)
def softplusLayer(*, Name: str = "") -> Layer:
    """Make a softplus layer: each value becomes log(1 + eˣ).

    Parameters
    ----------
    Name : str, optional
        Name of the layer.

    Returns
    -------
    Layer
        The layer.
    """
    return layer("SoftplusLayer", Name, simple("Softplus"))


@matlab_function("layer", accepts=_NAME)
def swishLayer(*, Name: str = "") -> Layer:
    """Make a swish layer, x/(1 + e⁻ˣ).

    Parameters
    ----------
    Name : str, optional
        Name of the layer.

    Returns
    -------
    Layer
        The layer.
    """

    def write(w: Writer, x: str) -> str:
        return w.node("Mul", [x, w.node("Sigmoid", [x], "Sigmoid")])

    return layer("SwishLayer", Name, Recipe(write))


@matlab_function("layer", accepts={"Approximation": one_of("none", "tanh"), **_NAME})
def geluLayer(*, Approximation: str = "none", Name: str = "") -> Layer:
    """Make a GELU layer: x times the normal distribution at x.

    Parameters
    ----------
    Approximation : {"none", "tanh"}
        Whether the distribution is approximated by a hyperbolic tangent.
    Name : str, optional
        Name of the layer.

    Returns
    -------
    Layer
        The layer, with ``Approximation``.
    """

    def write(w: Writer, x: str) -> str:
        half, one = w.weight("half", 0.5), w.weight("one", 1.0)
        if Approximation == "none":
            scaled = w.node("Mul", [x, w.weight("scale", math.sqrt(0.5))], "Scaled")
            curve = w.node("Erf", [scaled], "Erf")
        else:
            square = w.node("Mul", [x, x], "Square")
            bent = w.node("Mul", [square, w.weight("cubic", 0.044715)], "Bent")
            factor = w.node("Add", [bent, one], "Factor")
            inner = w.node("Mul", [x, factor], "Inner")
            scaled = w.node("Mul", [inner, w.weight("scale", math.sqrt(2 / math.pi))], "Scaled")
            curve = w.node("Tanh", [scaled], "Tanh")
        share = w.node("Mul", [w.node("Add", [curve, one], "Raised"), half], "Share")
        return w.node("Mul", [x, share])

    return layer("GELULayer", Name, Recipe(write), {"Approximation": Approximation})


@matlab_function("layer", accepts=_NAME)
def softmaxLayer(*, Name: str = "") -> Layer:
    """Make a softmax layer, over the channels.

    Parameters
    ----------
    Name : str, optional
        Name of the layer.

    Returns
    -------
    Layer
        The layer.

    Notes
    -----
    Activations 1×1×C lose their spatial dimensions, as in networks that MATLAB exported, so that
    the scores of images are N×C.
    """

    def write(w: Writer, x: str) -> str:
        if len(w.shape(0)) > 3 and set(w.shape(0)[2:]) == {1}:
            x = w.node("Flatten", [x], "Flatten", axis=1)
        return w.node("Softmax", [x], axis=1)

    return layer("SoftmaxLayer", Name, Recipe(write))
