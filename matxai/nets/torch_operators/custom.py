"""Nodes that a Python function computes: MATLAB's custom layers, and changed backward passes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from onnx2torch.node_converters.registry import add_converter
from onnx2torch.onnx_graph import OnnxGraph
from onnx2torch.onnx_node import OnnxNode
from onnx2torch.utils.common import (
    OnnxToTorchModule,
    OperationConverterResult,
    onnx_mapping_from_node,
)
from torch import nn

from matxai.nets.custom_nodes import DOMAIN, OPERATOR, VERSION

__all__ = ["bind"]


class CustomNode(nn.Module, OnnxToTorchModule):
    """Calls the function that :func:`bind` gives it."""

    def __init__(self, key: str):
        super().__init__()
        self.key = key
        self.compute: Callable[..., Any] | None = None

    def forward(self, *tensors: Any) -> Any:
        """Compute the node."""
        return self.compute(*tensors)


@add_converter(operation_type=OPERATOR, version=VERSION, domain=DOMAIN)
def _(node: OnnxNode, graph: OnnxGraph) -> OperationConverterResult:
    return OperationConverterResult(
        CustomNode(node.attributes["key"]), onnx_mapping_from_node(node)
    )


def bind(module: nn.Module, custom: Mapping[str, Callable[..., Any]]) -> None:
    """Give each custom node of a module what computes it."""
    for part in module.modules():
        if isinstance(part, CustomNode):
            part.compute = custom[part.key]
