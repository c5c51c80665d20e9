"""A network's graph, or a part of it, as a function of torch tensors."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping
from typing import Any

import onnx

from matxai.nets.graph import real_inputs
from matxai.nets.precision import full_precision

__all__ = ["TorchModule"]


class TorchModule:
    """What computes the outputs of a graph on torch, for scoring and for differentiating.

    Its weights are constants: no gradient with respect to them is kept, and none of its layers is
    in training mode.

    Parameters
    ----------
    model : onnx.ModelProto
        The graph; it is left as it is.
    device : str
        torch's name of the device.
    custom : mapping of str to callable, optional
        What computes the nodes of the operator ``matxai.Custom``, by their attribute ``key``: each
        is called with the node's inputs and returns its output, or a tuple of several.
    fixed_batch : int, optional
        The only batch size that the graph takes; other batches are cut and padded to it.

    Attributes
    ----------
    module : torch.nn.Module
        What computes.
    device : torch.device
        Where it computes.
    operators : set of str
        The ONNX operators that it consists of.
    inputs : int
        Number of tensors that it takes.

    Raises
    ------
    NotImplementedError
        If torch cannot take the graph.
    """

    def __init__(
        self,
        model: onnx.ModelProto,
        device: str = "cpu",
        custom: Mapping[str, Callable[..., Any]] | None = None,
        fixed_batch: int | None = None,
    ):
        import torch

        with warnings.catch_warnings():
            # onnx2torch tells torch of its converters in ways that newer torch comments on.
            warnings.simplefilter("ignore")
            from matxai.nets.torch_operators.conversion import convert

            module = convert(model, custom)
        self._torch = torch
        self.module = _channels_last(torch, module.eval().requires_grad_(False).to(device))
        self._fixed = fixed_batch
        self.device = torch.device(device)
        self.operators = {node.op_type for node in model.graph.node}
        self.inputs = len(real_inputs(model.graph))

    def __call__(self, *tensors: Any) -> list[Any]:
        """Compute the outputs, one tensor each; tensors that are traced stay so."""
        tensors = tuple(self._placed(t) for t in tensors)
        with full_precision(self._torch):
            if self._fixed is None or len(tensors[0]) == self._fixed:
                return self._run(tensors)
            starts = range(0, len(tensors[0]), self._fixed)
            parts = [self._padded([t[i : i + self._fixed] for t in tensors]) for i in starts]
        return [self._torch.cat(part) for part in zip(*parts, strict=True)]

    def _placed(self, tensor: Any) -> Any:
        """Bring a tensor to the device, the channels of a pixel beside each other."""
        # Towards a CPU a copy that nobody waits for would be read before it is there.
        tensor = tensor.to(self.device, non_blocking=self.device.type != "cpu")
        if tensor.ndim != 4:
            return tensor
        return tensor.contiguous(memory_format=self._torch.channels_last)

    def _padded(self, tensors: list[Any]) -> list[Any]:
        count = len(tensors[0])
        missing = self._fixed - count
        if missing:
            tensors = [self._torch.cat([t, t.new_zeros(missing, *t.shape[1:])]) for t in tensors]
        return [y[:count] for y in self._run(tensors)]

    def _run(self, tensors: Any) -> list[Any]:
        result = self.module(*tensors)
        return list(result) if isinstance(result, (tuple, list)) else [result]


def _channels_last(torch: Any, module: Any) -> Any:
    """Lay the weights of a module as convolutions are fastest with, on a GPU and on a CPU."""
    for tensor in (*module.parameters(), *module.buffers()):
        if tensor.ndim == 4:
            tensor.data = tensor.data.contiguous(memory_format=torch.channels_last)
    return module
