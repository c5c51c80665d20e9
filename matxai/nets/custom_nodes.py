"""Nodes of a graph that no ONNX operator computes, but Python: ``matxai.Custom``.

The graph holds where such a node stands, and under which key its function is found; the functions
travel beside the graph.
"""

from __future__ import annotations

from collections.abc import Sequence

import onnx
from onnx import helper

__all__ = ["DOMAIN", "OPERATOR", "VERSION", "custom_node", "custom_nodes", "with_domain"]

DOMAIN, OPERATOR, VERSION = "matxai", "Custom", 1


def custom_node(
    key: str, inputs: Sequence[str], outputs: Sequence[str], name: str | None = None
) -> onnx.NodeProto:
    """Make a node that the function of this key computes.

    Parameters
    ----------
    key : str
        Names the function.
    inputs, outputs : sequence of str
        Tensors that it takes and gives.
    name : str, optional
        Name of the node, by default `key`.
    """
    return helper.make_node(OPERATOR, inputs, outputs, name or key, domain=DOMAIN, key=key)


def custom_nodes(model: onnx.ModelProto) -> list[onnx.NodeProto]:
    """List the custom nodes of a model."""
    return [node for node in model.graph.node if node.domain == DOMAIN]


def with_domain(model: onnx.ModelProto) -> onnx.ModelProto:
    """Say in a model, in place, that it has custom nodes; return it."""
    if all(opset.domain != DOMAIN for opset in model.opset_import):
        model.opset_import.append(helper.make_opsetid(DOMAIN, VERSION))
    return model
