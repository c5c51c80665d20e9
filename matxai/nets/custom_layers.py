"""Layers that a user writes in Python, as in MATLAB in a class of their own."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from matxai.arguments import describe
from matxai.nets.dlarray import dlarray

if TYPE_CHECKING:
    from torch import Tensor

__all__ = ["CustomLayer", "CustomLayerError", "as_torch"]

# By the number of dimensions: how MATLAB orders those of a network, and back.
_TO_MATLAB = {2: (1, 0), 3: (1, 0, 2), 4: (2, 3, 1, 0), 5: (2, 3, 4, 1, 0)}
_FROM_MATLAB = {2: (1, 0), 3: (1, 0, 2), 4: (3, 2, 0, 1), 5: (4, 3, 0, 1, 2)}


class CustomLayerError(ValueError):
    """A layer that the user wrote does not do what a layer has to."""


class CustomLayer:
    """Base class of layers that users write, ``nnet.layer.Layer``.

    A subclass defines ``predict(self, X)``, which computes the layer's output, and optionally
    ``backward(self, X, Z, dLdZ, memory)``, which computes the derivative of the loss with respect
    to `X` from that with respect to the output `Z`; without it, what `predict` computes is
    differentiated. Both get dlarrays without labels, h×w×C×N for images and C×N without spatial
    dimensions. With several inputs or outputs, there is one argument for each, and a tuple of
    results. ``memory`` is None, and can be left out.

    Parameters
    ----------
    Name : str
        Name of the layer.

    Attributes
    ----------
    Name : str
        Name of the layer; ``replaceLayer`` and others find it by this name.
    NumInputs, NumOutputs : int, default 1
        Number of its inputs and outputs.
    Class : str
        Name of its class.

    Examples
    --------
    A rectifier whose gradient is that of guided backpropagation:

    >>> import numpy as np
    >>> from matxai import nnet
    >>> class GuidedRectifier(nnet.layer.Layer):
    ...     def predict(self, X):
    ...         return np.maximum(X, 0)
    ...
    ...     def backward(self, X, Z, dLdZ, memory):
    ...         return dLdZ * (X > 0) * (dLdZ > 0)
    >>> GuidedRectifier(Name="relu1")
    GuidedRectifier('relu1')
    """

    Name = ""
    NumInputs = 1
    NumOutputs = 1

    def __init__(self, Name: str = ""):
        self.Name = Name

    @property
    def Class(self) -> str:
        """Name of its class."""
        return type(self).__name__

    def __repr__(self) -> str:
        return f"{self.Class}({self.Name!r})"


def as_torch(layer: Any) -> Callable[..., Any]:
    """Make the function of torch tensors that a layer is.

    Parameters
    ----------
    layer : object
        It has a method ``predict`` and perhaps ``backward``, as :class:`CustomLayer` says.

    Returns
    -------
    callable
        Takes tensors N×C×H×W, or N×C, and returns one, or a tuple of several.

    Raises
    ------
    TypeError
        If the layer has no such method.
    """
    if not callable(getattr(layer, "predict", None)):
        raise TypeError(
            f"The layer {getattr(layer, 'Name', '')!r} must have a method predict(self, X), but "
            f"{type(layer).__name__} has none."
        )
    if not callable(getattr(layer, "backward", None)):
        return lambda *tensors: _predict(layer, tensors)
    function = _differentiated_by_hand(layer)

    def compute(*tensors: Tensor) -> Any:
        results = function.apply(*tensors)
        return results[0] if len(results) == 1 else results

    return compute


def _predict(layer: Any, tensors: Sequence[Tensor]) -> Any:
    given = layer.predict(*map(_to_matlab, tensors))
    results = _results(given, getattr(layer, "NumOutputs", 1), "predict", layer)
    if any(t.requires_grad for t in tensors) and not any(r.requires_grad for r in results):
        raise CustomLayerError(
            f"predict of the layer {layer.Name!r} ({type(layer).__name__}) must compute with "
            f"operators and NumPy's functions on the dlarray that it gets, so that it can be "
            f"differentiated. Or give it a method backward(self, X, Z, dLdZ, memory)."
        )
    return results[0] if len(results) == 1 else results


def _differentiated_by_hand(layer: Any) -> Any:
    """Make the torch function whose backward pass is the layer's own."""
    import torch

    inputs, outputs = getattr(layer, "NumInputs", 1), getattr(layer, "NumOutputs", 1)

    class ByHand(torch.autograd.Function):
        @staticmethod
        def forward(ctx: Any, *tensors: Tensor) -> tuple[Tensor, ...]:
            results = _results(layer.predict(*map(_to_matlab, tensors)), outputs, "predict", layer)
            ctx.save_for_backward(*tensors, *results)
            return results

        @staticmethod
        def backward(ctx: Any, *slopes: Tensor) -> tuple[Tensor, ...]:
            given = [_to_matlab(t) for t in [*ctx.saved_tensors, *slopes]]
            result = layer.backward(*given, *_memory(layer, len(given)))
            found = _results(result, inputs, "backward", layer)
            for x, g in zip(ctx.saved_tensors[:inputs], found, strict=True):
                if x.shape != g.shape:
                    raise CustomLayerError(
                        f"backward of the layer {layer.Name!r} ({type(layer).__name__}) must "
                        f"return an array of the size of X, {_to_matlab(x)!r}, but returned "
                        f"{_to_matlab(g)!r}."
                    )
            return found

    return ByHand


def _memory(layer: Any, given: int) -> list[None]:
    """Give the argument memory to a backward that takes it."""
    parameters = inspect.signature(layer.backward).parameters.values()
    takes_any = any(p.kind is p.VAR_POSITIONAL for p in parameters)
    return [None] if takes_any or len(parameters) > given else []


def _to_matlab(tensor: Tensor) -> dlarray:
    return dlarray.of_tensor(tensor.permute(_TO_MATLAB[tensor.ndim]))


def _results(given: Any, count: int, method: str, layer: Any) -> tuple[Tensor, ...]:
    """Turn what a method returned into tensors as networks have them."""
    results = given if isinstance(given, (tuple, list)) else (given,)
    said = f"{method} of the layer {layer.Name!r} ({type(layer).__name__})"
    if len(results) != count:
        raise CustomLayerError(f"{said} must return {count} results, but returned {len(results)}.")
    return tuple(_tensor(result, said) for result in results)


def _tensor(result: Any, said: str) -> Tensor:
    if isinstance(result, np.ndarray) and result.dtype.kind in "fb":
        result = dlarray(result)
    if not isinstance(result, dlarray) or result.ndim not in _FROM_MATLAB:
        raise CustomLayerError(
            f"{said} must return a dlarray, h×w×C×N or C×N as it gets them, but returned "
            f"{describe(result)}."
        )
    return result.tensor.permute(_FROM_MATLAB[result.ndim]).float()
