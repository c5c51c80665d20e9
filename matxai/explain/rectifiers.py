"""Backward passes of rectifiers that are changed: guided backpropagation and Zeiler–Fergus."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import onnx

from matxai.nets.custom_nodes import custom_node, with_domain
from matxai.nets.differentiating import made_module
from matxai.nets.graph import cut_at
from matxai.nets.network import Network
from matxai.nets.torch_module import TorchModule

__all__ = ["BACKWARD_PASSES", "rectified_module"]


def _guided(gradient: Any, x: Any, ceiling: float) -> Any:
    """Let through what is positive, where the rectifier itself is linear."""
    return gradient.clamp(min=0) * ((x > 0) & (x < ceiling))


def _zeiler_fergus(gradient: Any, x: Any, ceiling: float) -> Any:
    """Let through what is positive, whatever the rectifier's input."""
    return gradient.clamp(min=0)


BACKWARD_PASSES: dict[str, Callable[[Any, Any, float], Any]] = {
    "guided-backprop": _guided,
    "zeiler-fergus": _zeiler_fergus,
}


def rectified_module(net: Network, layer: str, method: str, environment: str) -> TorchModule:
    """Make what computes a layer's output on torch, its rectifiers with another backward pass.

    Rectifiers are ReLU layers and clipped ReLU layers. The network is left as it is.

    Parameters
    ----------
    net : Network
        The network.
    layer : str
        Name of the layer.
    method : str
        One of `BACKWARD_PASSES`.
    environment : {"auto", "gpu", "cpu"}
        Where to compute.

    Raises
    ------
    ValueError
        If there are no rectifiers up to that layer.
    NotDifferentiableError
        If torch lacks one of the operators; the message names it.
    """
    ceilings = _ceilings(net)
    cut = cut_at(net._model, [net._tensor_of[layer]])
    rectifiers: dict[str, Callable[[Any], Any]] = {}
    for node in cut.graph.node:
        if node.output[0] in ceilings:
            key = f"{method}: {node.output[0]}"
            rectifiers[key] = _rectifier(ceilings[node.output[0]], BACKWARD_PASSES[method])
            node.CopyFrom(custom_node(key, node.input[:1], node.output, node.name))
    if not rectifiers:
        raise ValueError(
            f'Method "{method}" changes the backward pass of ReLULayer and ClippedReLULayer, but '
            f"there are none before the output of {layer!r}, so the map would be that of "
            f'Method="autodiff".'
        )
    return made_module(
        with_domain(cut), environment, {**net._custom, **rectifiers}, net._fixed_batch
    )


def _ceilings(net: Network) -> dict[str, float]:
    """Find the rectifiers among the layers: the tensor that each puts out, and its ceiling."""
    # MATLAB's exporter also writes rectifiers that compute sizes, as helpers of other layers;
    # those are no layers, and stay.
    mains = [group.main or group.nodes[-1] for group in net._groups if group.nodes]
    found = {node.output[0]: _ceiling(node, net._facts.weight) for node in mains}
    return {tensor: ceiling for tensor, ceiling in found.items() if ceiling is not None}


def _ceiling(node: onnx.NodeProto, weight: Callable[[str], Any]) -> float | None:
    """Return where a rectifier ends, infinity for a ReLU; None for another node."""
    if node.domain not in ("", "ai.onnx"):
        return None
    if node.op_type == "Relu":
        return float("inf")
    if node.op_type != "Clip":
        return None
    names = [*node.input[1:], "", ""]
    low, high = (weight(name) for name in names[:2])
    if low is None or float(low) != 0 or (names[1] and high is None):
        return None
    return float("inf") if high is None else float(high)


def _rectifier(ceiling: float, backward_pass: Callable[..., Any]) -> Callable[[Any], Any]:
    """Make the function of a torch tensor that rectifies it, with this backward pass."""
    import torch

    class Rectifier(torch.autograd.Function):
        @staticmethod
        def forward(ctx: Any, x: Any) -> Any:
            ctx.save_for_backward(x)
            return x.clamp(0, ceiling)

        @staticmethod
        def backward(ctx: Any, gradient: Any) -> Any:
            return backward_pass(gradient, *ctx.saved_tensors, ceiling)

    return Rectifier.apply
