"""What is done to an ONNX graph before an engine takes it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

import numpy as np
import onnx
from onnx import numpy_helper

__all__ = [
    "cut_at",
    "fixed_batch_size",
    "nodes_for",
    "real_inputs",
    "with_open_batch",
    "with_reads_renamed",
]

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


def cut_at(
    model: onnx.ModelProto,
    tensors: Sequence[str],
    constants: Mapping[str, np.ndarray] | None = None,
    sources: Sequence[str] | None = None,
) -> onnx.ModelProto:
    """Copy a model such that the given tensors are its outputs, without the nodes beyond them.

    Parameters
    ----------
    model : onnx.ModelProto
        The model.
    tensors : sequence of str
        What the copy puts out.
    constants : mapping of str to numpy.ndarray, optional
        Tensors that are known: they become weights, and what computed them goes.
    sources : sequence of str, optional
        Tensors that are fed: they become the first inputs, and what computed them goes. Of the
        model's own inputs those follow that are needed still. By default the inputs stay.
    """
    constants = constants or {}
    given = {*constants, *(sources or ())}
    cut = onnx.ModelProto()
    cut.CopyFrom(model)
    graph = cut.graph
    values = [*model.graph.input, *model.graph.output, *model.graph.value_info]
    known = {value.name: value for value in values}

    def infos(names: Iterable[str]) -> list[onnx.ValueInfoProto]:
        return [known.get(n) or onnx.helper.make_empty_tensor_value_info(n) for n in names]

    del graph.output[:]
    graph.output.extend(infos(tensors))
    kept = nodes_for(graph, tensors, given)
    del graph.node[:]
    graph.node.extend(kept)
    used = {name for node in kept for name in [*node.input, *_captured(node)]} | set(tensors)
    weights = [w for w in graph.initializer if w.name in used and w.name not in constants]
    weights += [numpy_helper.from_array(v, n) for n, v in constants.items() if n in used]
    del graph.initializer[:]
    graph.initializer.extend(weights)
    if sources is not None:
        inputs = [value.name for value in real_inputs(model.graph)]
        del graph.input[:]
        others = [n for n in inputs if n in used and n not in sources]
        graph.input.extend(infos([*sources, *others]))
    return cut


def nodes_for(
    graph: onnx.GraphProto, tensors: Iterable[str], given: Collection[str] = ()
) -> list[onnx.NodeProto]:
    """List the nodes that compute some tensors, in order, of others that are given."""
    needed, kept = set(tensors) - set(given), []
    for node in reversed(graph.node):
        if needed.intersection(node.output):
            kept.append(node)
            needed.update(node.input)
            needed.update(_captured(node))
            needed.difference_update(given)
    return kept[::-1]


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


def with_reads_renamed(model: onnx.ModelProto, old: str, new: str) -> onnx.ModelProto:
    """Copy a model such that the nodes that read one tensor read another one instead.

    Outputs of the graph that are this tensor stay it.
    """
    copy = onnx.ModelProto()
    copy.CopyFrom(model)
    _rename_reads(copy.graph, old, new)
    return copy


def _rename_reads(graph: onnx.GraphProto, old: str, new: str) -> None:
    for node in graph.node:
        for i, name in enumerate(node.input):
            if name == old:
                node.input[i] = new
        for attribute in node.attribute:
            for inner in [attribute.g, *attribute.graphs]:
                _rename_reads(inner, old, new)
