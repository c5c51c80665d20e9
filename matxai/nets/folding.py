"""Constants that a graph computes anew for each batch, computed once.

MATLAB's exporter works out the padding "same" in the graph, from the shape of each layer's input.
Such values depend neither on the pixels nor on the number of images, so the graph is scored with
batches of one and of two, and what comes out the same becomes a weight.
"""

from __future__ import annotations

import numpy as np
import onnx
from onnx import numpy_helper

from matxai.nets.graph import cut_at, real_inputs

__all__ = ["with_constants_folded", "with_padding_fused"]

# What tells a tensor's shape tells nothing of its values.
_SHAPE_OF = {"Shape", "Size"}
_RANDOM = {"RandomNormal", "RandomNormalLike", "RandomUniform", "RandomUniformLike", "Multinomial"}


def with_constants_folded(model: onnx.ModelProto) -> onnx.ModelProto:
    """Copy a model, open in its batch, with all that depends on no image made a weight."""
    wanted = _frontier(model.graph)
    shape = _image_shape(model.graph)
    if not wanted or shape is None:
        return model
    values = _values(model, wanted, shape)
    folded = cut_at(model, [value.name for value in model.graph.output], constants=values)
    return folded


def _frontier(graph: onnx.GraphProto) -> list[str]:
    """List the tensors that depend on no image's values but are used where others do."""
    free = {w.name for w in graph.initializer}
    computed: list[str] = []
    used: set[str] = {value.name for value in graph.output}
    for node in graph.node:
        alone = node.op_type not in _RANDOM and not any(a.HasField("g") for a in node.attribute)
        if alone and (node.op_type in _SHAPE_OF or all(n in free for n in node.input if n)):
            free.update(node.output)
            if node.op_type != "Constant":
                computed.extend(name for name in node.output if name)
        else:
            used.update(node.input)
    return [name for name in computed if name in used]


def _image_shape(graph: onnx.GraphProto) -> list[int] | None:
    """Shape of one image, where there is one input and all of its size but the batch is known."""
    inputs = real_inputs(graph)
    if len(inputs) != 1:
        return None
    first, *sizes = inputs[0].type.tensor_type.shape.dim or [None]
    if first is None or first.dim_value or not all(d.dim_value > 0 for d in sizes):
        return None
    return [d.dim_value for d in sizes]


def _values(model: onnx.ModelProto, tensors: list[str], shape: list[int]) -> dict[str, np.ndarray]:
    """Compute tensors for batches of one and two, and keep those that come out the same."""
    from matxai.nets.engines import OnnxRuntimeEngine

    def computed(count: int) -> list[np.ndarray]:
        # Where the shapes can be inferred, nothing of the network itself has to be computed.
        known = cut_at(model, tensors, _known_shapes(model, count))
        return OnnxRuntimeEngine(known)(np.zeros((count, *shape), np.float32))

    one, two = computed(1), computed(2)
    return {
        name: first
        for name, first, second in zip(tensors, one, two, strict=True)
        if isinstance(first, np.ndarray) and np.array_equal(first, second, equal_nan=True)
    }


def _known_shapes(model: onnx.ModelProto, count: int) -> dict[str, np.ndarray]:
    """Infer what the Shape nodes put out for a batch of `count` images, as far as that goes."""
    closed = onnx.ModelProto()
    closed.CopyFrom(model)
    for value in real_inputs(closed.graph):
        value.type.tensor_type.shape.dim[0].dim_value = count
    for value in closed.graph.output:
        value.type.tensor_type.ClearField("shape")
    try:
        graph = onnx.shape_inference.infer_shapes(closed).graph
    except onnx.shape_inference.InferenceError:
        return {}
    shapes = {
        value.name: [d.dim_value for d in value.type.tensor_type.shape.dim]
        for value in [*graph.input, *graph.value_info]
        if value.type.tensor_type.HasField("shape")
    }
    return {
        node.output[0]: np.array(shapes[node.input[0]], np.int64)
        for node in model.graph.node
        if node.op_type == "Shape" and not node.attribute and all(shapes.get(node.input[0], [0]))
    }


def with_padding_fused(model: onnx.ModelProto) -> onnx.ModelProto:
    """Copy a model with the padding by zeros in front of a convolution made its own."""
    fused = onnx.ModelProto()
    fused.CopyFrom(model)
    graph = fused.graph
    weights = {w.name: w for w in graph.initializer}
    readers: dict[str, int] = {}
    for name in [n for node in graph.node for n in node.input] + [v.name for v in graph.output]:
        readers[name] = readers.get(name, 0) + 1
    pads = {node.output[0]: node for node in graph.node if node.op_type == "Pad"}
    for node in graph.node:
        pad = pads.get(node.input[0]) if node.op_type == "Conv" else None
        amounts = _zero_padding(pad, weights) if pad is not None else None
        if amounts is None or readers[pad.output[0]] > 1:
            continue
        own = next((a for a in node.attribute if a.name == "pads"), None)
        before = list(own.ints) if own else [0] * len(amounts)
        if own:
            node.attribute.remove(own)
        total = [a + b for a, b in zip(amounts, before, strict=True)]
        node.attribute.append(onnx.helper.make_attribute("pads", total))
        node.input[0] = pad.input[0]
        graph.node.remove(pad)
    return fused


def _zero_padding(pad: onnx.NodeProto, weights: dict[str, onnx.TensorProto]) -> list[int] | None:
    """Read how a Pad node widens height and width by zeros; None if it does anything else."""
    mode = next((a.s for a in pad.attribute if a.name == "mode"), b"constant")
    if mode != b"constant" or len(pad.input) < 2 or pad.input[1] not in weights:
        return None
    if len(pad.input) > 2 and pad.input[2]:
        value = weights.get(pad.input[2])
        if value is None or numpy_helper.to_array(value).any():
            return None
    if len(pad.input) > 3 and pad.input[3]:
        return None
    amounts = numpy_helper.to_array(weights[pad.input[1]]).astype(int).tolist()
    half = len(amounts) // 2
    outer = amounts[:2] + amounts[half : half + 2]
    spatial = amounts[2:half] + amounts[half + 2 :]
    return None if any(outer) or min(spatial, default=0) < 0 else spatial
