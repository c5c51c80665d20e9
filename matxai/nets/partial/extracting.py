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


def extracted(
    model: onnx.ModelProto, source: str, channels: int, targets: Sequence[str]
) -> tuple[onnx.ModelProto, dict[str, np.ndarray]]:
    """Make a graph that computes some tensors of one, which can have any size.

    Parameters
    ----------
    model : onnx.ModelProto
        The whole; it is not changed. Weights of other parts are not copied.
    source : str
        What is fed.
    channels : int
        Its number of channels; ONNX Runtime orders what it knows that of for its kernels.
    targets : sequence of str
        What is computed.

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
    graph = helper.make_graph(
        nodes,
        "part",
        [helper.make_tensor_value_info(source, TensorProto.FLOAT, ["N", channels, "H", "W"])],
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
