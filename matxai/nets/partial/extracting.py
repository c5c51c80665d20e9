"""Parts of a graph as graphs of their own, with only the weights that they read."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from matxai.nets.graph import nodes_for

__all__ = ["extracted"]

# Weights of no more numbers stay in the graph: some are sizes and the like, which it is built by.
_SMALL = 64
# What makes a name of a new one.
_MEAN = "/matxai mean"


def extracted(
    model: onnx.ModelProto,
    source: str,
    size: Sequence[int],
    targets: Sequence[str],
    mean: bool = False,
) -> tuple[onnx.ModelProto, dict[str, np.ndarray]]:
    """Make a graph that computes some tensors of one, which can have any size.

    Parameters
    ----------
    model : onnx.ModelProto
        The whole; it is not changed. Weights of other parts are not copied.
    source : str
        What is fed.
    size : sequence of int
        Its channels, which ONNX Runtime orders for its kernels, and its rows and columns, in whose
        place there can be others.
    targets : sequence of str
        What is computed.
    mean : bool
        Whether it is the mean of the one target over rows and columns.

    Returns
    -------
    part : onnx.ModelProto
        The graph, in which the large weights have no numbers.
    weights : dict of str to array
        These weights. Messages of ONNX would copy them several times over.
    """
    nodes = nodes_for(model.graph, targets, [source])
    read = {name for node in nodes for name in node.input}
    used = [w for w in model.graph.initializer if w.name in read]
    kept = [w for w in used if np.prod(w.dims) <= _SMALL]
    outside = {w.name: numpy_helper.to_array(w) for w in used if np.prod(w.dims) > _SMALL}
    if mean:
        (target,) = targets
        targets = [target + _MEAN]
        nodes = [*nodes, helper.make_node("GlobalAveragePool", [target], targets)]
    dims = ["N", size[0], "H", "W"][: 1 + len(size)]
    graph = helper.make_graph(
        nodes,
        "part",
        [helper.make_tensor_value_info(source, TensorProto.FLOAT, dims)],
        [helper.make_empty_tensor_value_info(name) for name in targets],
        [*kept, *(_named_only(w) for w in used if w.name in outside)],
    )
    part = helper.make_model(graph, opset_imports=model.opset_import, ir_version=model.ir_version)
    return part, outside


def _named_only(weight: onnx.TensorProto) -> onnx.TensorProto:
    """Make what stands for a weight whose numbers are given apart."""
    named = onnx.TensorProto(name=weight.name, data_type=weight.data_type, dims=weight.dims)
    named.data_location = onnx.TensorProto.EXTERNAL
    named.external_data.add(key="location", value="given apart")
    return named
