"""What is done to an ONNX graph before an engine takes it."""

from __future__ import annotations

import onnx

__all__ = ["cut_at", "fixed_batch_size", "real_inputs", "with_open_batch"]

BATCH = "BatchSize"


def real_inputs(graph: onnx.GraphProto) -> list[onnx.ValueInfoProto]:
    """List the inputs that a user feeds; old files list their weights among the inputs as well."""
    weights = {w.name for w in graph.initializer} | {
        w.values.name for w in graph.sparse_initializer
    }
    return [value for value in graph.input if value.name not in weights]


def fixed_batch_size(graph: onnx.GraphProto) -> int | None:
    """Return the batch size that the graph insists on, or None where it takes any."""
    for value in real_inputs(graph):
        dims = value.type.tensor_type.shape.dim
        if dims and dims[0].dim_value > 0:
            return dims[0].dim_value
    return None


def with_open_batch(model: onnx.ModelProto) -> onnx.ModelProto:
    """Copy a model with its batch dimension made symbolic.

    The shapes noted for intermediate tensors are dropped: they hold the old batch size, and
    engines infer them anew.
    """
    opened = onnx.ModelProto()
    opened.CopyFrom(model)
    del opened.graph.value_info[:]
    for value in [*real_inputs(opened.graph), *opened.graph.output]:
        dims = value.type.tensor_type.shape.dim
        if dims:
            dims[0].dim_param = BATCH
    return opened


def cut_at(model: onnx.ModelProto, tensors: list[str]) -> onnx.ModelProto:
    """Copy a model such that the given tensors are its outputs, without the nodes beyond them."""
    cut = onnx.ModelProto()
    cut.CopyFrom(model)
    graph = cut.graph
    known = {value.name: value for value in [*model.graph.output, *model.graph.value_info]}
    del graph.output[:]
    graph.output.extend(
        known.get(name) or onnx.helper.make_empty_tensor_value_info(name) for name in tensors
    )
    needed = set(tensors)
    kept = []
    for node in reversed(graph.node):
        if needed.intersection(node.output):
            kept.append(node)
            needed.update(node.input)
            needed.update(_captured(node))
    del graph.node[:]
    graph.node.extend(reversed(kept))
    return cut


def _captured(node: onnx.NodeProto) -> set[str]:
    """Names that a node's subgraphs (of If, Loop, Scan) use; those from outside are among them."""
    names: set[str] = set()
    for attribute in node.attribute:
        for graph in [attribute.g, *attribute.graphs]:
            for inner in graph.node:
                names.update(inner.input)
                names |= _captured(inner)
            names.update(value.name for value in graph.output)
    return names
