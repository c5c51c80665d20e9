"""A network on torch, from some of its layers to others, to be differentiated.

Tensors are N×C×H×W, or N×C without spatial dimensions, as the engines have them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import onnx

from matxai.nets.engines import torch_device
from matxai.nets.graph import cut_at
from matxai.nets.network import Network
from matxai.nets.precision import full_precision
from matxai.nets.torch_module import TorchModule

__all__ = [
    "NotDifferentiableError",
    "gradient_breakers",
    "gradients",
    "made_module",
    "torch_module",
]

# Operators whose outputs are counts, choices or comparisons.
_WITHOUT_GRADIENT = {
    *("And", "ArgMax", "ArgMin", "Equal", "Greater", "GreaterOrEqual", "IsInf", "IsNaN", "Less"),
    *("LessOrEqual", "NonMaxSuppression", "NonZero", "Not", "OneHot", "Or", "Shape", "Size", "Xor"),
}


class NotDifferentiableError(ValueError):
    """There is no gradient of what was asked for."""


def torch_module(
    net: Network,
    targets: Sequence[str],
    sources: Sequence[str] | None = None,
    environment: str = "auto",
) -> TorchModule:
    """Return what computes the outputs of layers on torch; made once and kept.

    Parameters
    ----------
    net : Network
        The network.
    targets : sequence of str
        Names of the layers whose outputs are computed.
    sources : sequence of str, optional
        Names of layers whose outputs are fed instead of the network's input. Should a target
        depend on the network's input past them, then that is fed behind them.
    environment : {"auto", "gpu", "cpu"}
        Where to compute.

    Raises
    ------
    NotDifferentiableError
        If torch lacks one of the operators; the message names it.
    ExecutionEnvironmentError
        For "gpu" where there is none.
    """
    key = (tuple(targets), None if sources is None else tuple(sources), environment)
    if key not in net._modules:
        tensors = [net._tensor_of[name] for name in targets]
        fed = None if sources is None else [net._tensor_of[name] for name in sources]
        cut = cut_at(net._model, tensors, sources=fed)
        net._modules[key] = made_module(cut, environment, net._custom, net._fixed_batch)
    return net._modules[key]


def made_module(
    model: onnx.ModelProto,
    environment: str,
    custom: Mapping[str, Callable[..., Any]],
    fixed_batch: int | None,
) -> TorchModule:
    """Make a module of a graph to be differentiated; see :class:`TorchModule`."""
    try:
        return TorchModule(model, torch_device(environment), custom, fixed_batch)
    except NotImplementedError as error:
        raise NotDifferentiableError(
            f"net cannot be differentiated: {error}. Explainers that only score it work: "
            f"occlusionSensitivity, imageLIME."
        ) from error


def gradients(
    value: Any, tensors: Sequence[Any], module: TorchModule | None = None, **options: Any
) -> list[Any]:
    """Differentiate a tensor of one element; what it does not depend on has gradient zero.

    Parameters
    ----------
    value : torch.Tensor
        The tensor.
    tensors : sequence of torch.Tensor
        With respect to what.
    module : TorchModule, optional
        What computed it, for the message of an error.
    **options
        Of ``torch.autograd.grad``.

    Raises
    ------
    NotDifferentiableError
        If the value has no gradient; the message names the operators that break it off.
    """
    import torch

    if not value.requires_grad:
        why = "" if module is None else gradient_breakers(module.operators)
        raise NotDifferentiableError(
            f"There is no gradient: the output does not depend on the data in a way that can be "
            f"differentiated{why}."
        )
    try:
        with full_precision(torch):
            found = torch.autograd.grad(
                value.reshape(()), tensors, allow_unused=True, **{"retain_graph": True} | options
            )
    except NotImplementedError as error:
        raise NotDifferentiableError(f"There is no gradient: {error}.") from error
    pairs = zip(found, tensors, strict=True)
    return [torch.zeros_like(x) if g is None else g for g, x in pairs]


def gradient_breakers(operators: set[str]) -> str:
    """Name the operators among these that have no gradient, for an error message."""
    breaking = sorted(operators & _WITHOUT_GRADIENT)
    return f"; between them lies {', '.join(breaking)}, which has no gradient" if breaking else ""
