"""Layers that join several inputs, and layers that are functions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from matxai.arguments import describe, positive_integer, text, texts
from matxai.calling import matlab_function
from matxai.nets.constructors import layer
from matxai.nets.fragments import Recipe, Writer
from matxai.nets.layer_values import python_recipe
from matxai.nets.layers import Layer
from matxai.nets.ports import numbered

__all__ = [
    "additionLayer",
    "concatenationLayer",
    "depthConcatenationLayer",
    "functionLayer",
    "multiplicationLayer",
]

# For the number of dimensions: which of ONNX's axes each of MATLAB's is, h×w×C×N or C×N;
# of sequences C×N×T, time left out.
_AXES = {5: (2, 3, 4, 1, 0), 4: (2, 3, 1, 0), 3: (1, 0), 2: (1, 0)}


def _several(value: Any, name: str) -> int:
    count = positive_integer(value, name)
    if count < 2:
        raise ValueError(f"{name} must be at least 2, but is {count}.")
    return count


def _joining(short: str, name: str, count: int, write: Callable[..., str]) -> Layer:
    recipe = Recipe(write, tuple(numbered("in", count)))
    return layer(short, name, recipe, {"NumInputs": count})


@matlab_function("layer", accepts={"numInputs": _several, "Name": text})
def additionLayer(numInputs: int, *, Name: str = "") -> Layer:
    """Make a layer that adds its inputs.

    Parameters
    ----------
    numInputs : int
        Number of inputs: in1, in2 and so on.
    Name : str, optional
        Name of the layer.

    Returns
    -------
    Layer
        The layer.
    """

    def write(w: Writer, *tensors: str) -> str:
        return w.node("Add" if numInputs == 2 else "Sum", tensors)

    return _joining("AdditionLayer", Name, numInputs, write)


@matlab_function("layer", accepts={"numInputs": _several, "Name": text})
def multiplicationLayer(numInputs: int, *, Name: str = "") -> Layer:
    """Make a layer that multiplies its inputs, element by element.

    Parameters
    ----------
    numInputs : int
        Number of inputs: in1, in2 and so on.
    Name : str, optional
        Name of the layer.

    Returns
    -------
    Layer
        The layer.
    """

    def write(w: Writer, *tensors: str) -> str:
        product = tensors[0]
        for i, tensor in enumerate(tensors[1:-1]):
            product = w.node("Mul", [product, tensor], f"Mul{i + 1}")
        return w.node("Mul", [product, tensors[-1]])

    return _joining("MultiplicationLayer", Name, numInputs, write)


@matlab_function("layer", accepts={"numInputs": _several, "Name": text})
def depthConcatenationLayer(numInputs: int, *, Name: str = "") -> Layer:
    """Make a layer that puts the channels of its inputs one behind the other.

    Parameters
    ----------
    numInputs : int
        Number of inputs: in1, in2 and so on.
    Name : str, optional
        Name of the layer.

    Returns
    -------
    Layer
        The layer.
    """

    def write(w: Writer, *tensors: str) -> str:
        return w.node("Concat", tensors, axis=1)

    return _joining("DepthConcatenationLayer", Name, numInputs, write)


@matlab_function("layer", accepts={"dim": positive_integer, "numInputs": _several, "Name": text})
def concatenationLayer(dim: int, numInputs: int, *, Name: str = "") -> Layer:
    """Make a layer that puts its inputs one behind the other along a dimension.

    Parameters
    ----------
    dim : int
        The dimension, counted from 1: of h×w×C, 3 are the channels, of h×w×d×C, 4; of activations
        without spatial dimensions, 1.
    numInputs : int
        Number of inputs: in1, in2 and so on.
    Name : str, optional
        Name of the layer.

    Returns
    -------
    Layer
        The layer, with ``Dim``.
    """

    def write(w: Writer, *tensors: str) -> str:
        axes = _AXES.get(len(w.shape(0)), ())
        # The last of them counts the images.
        if dim >= len(axes):
            raise ValueError(
                f"its dim is {dim}, but what comes in has {max(0, len(axes) - 1)} dimensions"
            )
        return w.node("Concat", tensors, axis=axes[dim - 1])

    recipe = Recipe(write, tuple(numbered("in", numInputs)))
    return layer("ConcatenationLayer", Name, recipe, {"Dim": dim, "NumInputs": numInputs})


class _Function:
    """A layer whose predict is a given function."""

    def __init__(self, function: Callable[..., Any], inputs: Sequence[str], outputs: Sequence[str]):
        self.predict = function
        self.Name = ""
        self.InputNames, self.OutputNames = list(inputs), list(outputs)
        self.NumInputs, self.NumOutputs = len(inputs), len(outputs)


def _function(value: Any, name: str) -> Callable[..., Any]:
    if not callable(value):
        raise TypeError(f"{name} must be a function, but is {describe(value)}.")
    return value


@matlab_function(
    "layer",
    accepts={
        "fun": _function,
        "NumInputs": positive_integer,
        "InputNames": texts,
        "NumOutputs": positive_integer,
        "OutputNames": texts,
        "Name": text,
    },
)
def functionLayer(
    fun: Callable[..., Any],
    *,
    NumInputs: int = 1,
    InputNames: Sequence[str] | None = None,
    NumOutputs: int = 1,
    OutputNames: Sequence[str] | None = None,
    Name: str = "",
) -> Layer:
    """Make a layer that is a function.

    Parameters
    ----------
    fun : callable
        Takes and returns dlarrays without labels, h×w×C×N for images and C×N without spatial
        dimensions; of several outputs a tuple. Operators and NumPy's functions work on them.
    NumInputs, NumOutputs : int, default 1
        Number of inputs and outputs.
    InputNames, OutputNames : list of str, optional
        Their names, by default "in", or "in1", "in2" and so on.
    Name : str, optional
        Name of the layer.

    Returns
    -------
    Layer
        The layer, with ``PredictFcn``. A network with it is scored by torch.

    Examples
    --------
    >>> import numpy as np
    >>> from matxai import dlnetwork, featureInputLayer, functionLayer, predict
    >>> net = dlnetwork([featureInputLayer(3), functionLayer(lambda X: np.maximum(X, 0) ** 2)])
    >>> predict(net, np.array([[-1.0, 2, 3]]))
    array([[0., 4., 9.]], dtype=float32)
    """
    inputs = InputNames or numbered("in", NumInputs)
    outputs = OutputNames or numbered("out", NumOutputs)
    recipe = python_recipe(_Function(fun, inputs, outputs))
    return layer("FunctionLayer", Name, recipe, {"PredictFcn": fun})
