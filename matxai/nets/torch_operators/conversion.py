"""An ONNX graph turned into a torch module."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import onnx
import onnx2torch
from onnx2torch.node_converters.registry import get_converter
from torch import nn

from matxai.nets.torch_operators import (  # noqa: F401  # importing them registers the operators
    arithmetic,
    convolution,
    pooling,
    recurrent,
    resizing,
    shaping,
)
from matxai.nets.torch_operators.custom import bind

__all__ = ["convert"]


def convert(
    model: onnx.ModelProto, custom: Mapping[str, Callable[..., Any]] | None = None
) -> nn.Module:
    """Convert an ONNX graph to a torch module.

    Parameters
    ----------
    model : onnx.ModelProto
        The graph; it is left as it is.
    custom : mapping of str to callable, optional
        What computes its custom nodes, by their keys.

    Returns
    -------
    torch.nn.Module
        Takes the graph's inputs and returns its outputs: a tensor, or a list of several.

    Raises
    ------
    NotImplementedError
        If torch cannot take the graph.
    """
    prepared = onnx.ModelProto()
    prepared.CopyFrom(model)
    _name_nodes(prepared.graph)
    _drop_unused_outputs(prepared.graph)
    _single_out_outputs(prepared.graph)
    _check_operators(prepared)
    try:
        module = onnx2torch.convert(prepared)
    except NotImplementedError:
        raise
    except (AttributeError, IndexError, KeyError, RuntimeError, TypeError, ValueError) as error:
        raise NotImplementedError(f"onnx2torch cannot take it ({error!r})") from error
    bind(module, custom or {})
    return module


def _check_operators(model: onnx.ModelProto) -> None:
    """Refuse a graph with operators that have no converter, naming all of them."""
    versions = {opset.domain: opset.version for opset in model.opset_import}
    unknown = set()
    for node in model.graph.node:
        try:
            get_converter(node.op_type, versions[node.domain], node.domain)
        except (KeyError, NotImplementedError):
            unknown.add(f"{node.domain}:{node.op_type}" if node.domain else node.op_type)
    if unknown:
        version = versions.get("", "unknown")
        raise NotImplementedError(
            f"there is no torch for the operators {', '.join(sorted(unknown))} (opset {version})"
        )


def _name_nodes(graph: onnx.GraphProto) -> None:
    """Name each node anew: the names become attributes of a module, where some would collide."""
    for i, node in enumerate(graph.node):
        node.name = f"{node.op_type}_{i}"


def _drop_unused_outputs(graph: onnx.GraphProto) -> None:
    """Forget outputs at the end that nothing uses: not every converter computes them."""
    used = {value.name for value in graph.output}
    used.update(name for node in graph.node for name in node.input)
    for node in graph.node:
        outputs = list(node.output)
        while len(outputs) > 1 and (not outputs[-1] or outputs[-1] not in used):
            outputs.pop()
        del node.output[:]
        node.output.extend(outputs)


def _single_out_outputs(graph: onnx.GraphProto) -> None:
    """Put each output of the graph behind a node of its own.

    onnx2torch returns all outputs of the node that an output of the graph comes from.
    """
    for i, value in enumerate(graph.output):
        single = f"single_output_{i}"
        graph.node.append(
            onnx.helper.make_node("Identity", [value.name], [single], name=f"Output_{i}")
        )
        value.name = single
