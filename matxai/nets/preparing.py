"""What every graph goes through once, at import, so that both engines take it.

Graphs come as MATLAB R2018b to today wrote them, and from elsewhere: in opset 6 to the newest, with
a fixed batch size, weights listed among the inputs, operators of MathWorks' own, and the padding
"same" worked out anew for each batch.
"""

from __future__ import annotations

import math

import numpy as np
import onnx

from matxai.nets.engines import OnnxRuntimeEngine
from matxai.nets.folding import with_constants_folded, with_padding_fused
from matxai.nets.graph import fixed_batch_size, real_inputs, with_open_batch
from matxai.nets.legacy import (
    restore_resizing,
    with_constants_as_weights,
    with_ranks_aligned,
    with_unpooled_shapes,
)
from matxai.nets.opsets import STANDARD, OpsetError, opset_of, with_opset

__all__ = ["TARGET_OPSET", "UnsupportedOperatorError", "prepared"]

# The newest whose forms of operators onnx2torch mostly knows; ONNX Runtime takes all from 7 on.
TARGET_OPSET = 17
LARGEST_PROBE = 2**27  # numbers; a damaged file may claim any size
MATHWORKS = "com.mathworks"


class UnsupportedOperatorError(ValueError):
    """A graph has an operator that nothing here knows."""


def prepared(model: onnx.ModelProto) -> tuple[onnx.ModelProto, int | None]:
    """Bring a model to the form that both engines take.

    Parameters
    ----------
    model : onnx.ModelProto
        The model as it was in its file; it is not changed.

    Returns
    -------
    model : onnx.ModelProto
        The prepared model.
    fixed_batch : int or None
        The only batch size that it takes, where the batch could not be opened.

    Raises
    ------
    UnsupportedOperatorError
        If it has an operator that is neither standard nor known here.
    """
    _refuse_unknown_operators(model)
    model = _without_weight_inputs(model)
    model = _at_target_opset(with_unpooled_shapes(model))
    model = _with_standard_unpooling(model)
    model, fixed_batch = _open_batch(model)
    if fixed_batch is None:
        model = with_padding_fused(with_constants_folded(model))
    return with_unpooled_shapes(model), fixed_batch


def _refuse_unknown_operators(model: onnx.ModelProto) -> None:
    opsets = {entry.domain: entry.version for entry in model.opset_import}
    own = {(f.domain, f.name) for f in model.functions}
    for node in model.graph.node:
        known = (
            onnx.defs.has(node.op_type, opsets.get("", opsets.get("ai.onnx", 1)))
            if node.domain in STANDARD
            else node.domain in ("com.microsoft", "ai.onnx.ml")
            or (node.domain, node.op_type) == (MATHWORKS, "MaxUnpool")
            or (node.domain, node.op_type) in own
        )
        if not known:
            layer = node.name or (node.output[0] if node.output else "without a name")
            operator = f"{node.domain}:{node.op_type}" if node.domain else node.op_type
            raise UnsupportedOperatorError(
                f"the layer {layer!r} is the operator {operator}, which is not an ONNX operator. "
                f"A custom layer is exported so: replace it in MATLAB by standard layers "
                f"(replaceLayer) before exporting, or cut the network off before it."
            )


def _at_target_opset(model: onnx.ModelProto) -> onnx.ModelProto:
    version = opset_of(model)
    # Newer files are left as they are: both engines take them, and lowering breaks some.
    if version >= TARGET_OPSET or model.functions:
        return model
    if version < 7:
        model = with_ranks_aligned(model)
    try:
        converted = with_opset(model, TARGET_OPSET)
    except OpsetError:
        # ONNX Runtime may take the file as it is; if not, it says why.
        return model
    _restore_softmax(model, converted, version)
    if version < 11:
        restore_resizing(model, converted)
    return with_constants_as_weights(converted)


def _restore_softmax(model: onnx.ModelProto, converted: onnx.ModelProto, version: int) -> None:
    """Take away the nodes that the converter puts around a softmax over the last axis.

    Before opset 13 a softmax ran over all axes from its own on, which it keeps by flattening.
    """
    if version >= 13:
        return
    ranks = {
        value.name: len(value.type.tensor_type.shape.dim)
        for value in onnx.shape_inference.infer_shapes(model).graph.value_info
    }
    # MathWorks' own operators stop the inference; a transposition tells the rank all the same.
    ranks |= {
        node.output[0]: len(a.ints)
        for node in model.graph.node
        for a in node.attribute
        if node.op_type == "Transpose" and a.name == "perm"
    }
    last = set()
    for node in model.graph.node:
        axis = next((a.i for a in node.attribute if a.name == "axis"), 1)
        if node.op_type in ("Softmax", "LogSoftmax") and axis in (
            -1,
            ranks.get(node.input[0], 0) - 1,
        ):
            last.add(node.output[0])
    graph = converted.graph
    made_by = {name: node for node in graph.node for name in node.output}
    for reshape in [n for n in graph.node if n.op_type == "Reshape" and n.output[0] in last]:
        softmax = made_by.get(reshape.input[0])
        flatten = made_by.get(softmax.input[0]) if softmax is not None else None
        shape = made_by.get(reshape.input[1])
        if flatten is None or flatten.op_type != "Flatten" or shape is None:
            continue
        softmax.input[0] = flatten.input[0]
        softmax.output[0] = reshape.output[0]
        del softmax.attribute[:]
        softmax.attribute.append(onnx.helper.make_attribute("axis", -1))
        for node in (reshape, flatten, shape):
            graph.node.remove(node)


def _without_weight_inputs(model: onnx.ModelProto) -> onnx.ModelProto:
    inputs = real_inputs(model.graph)
    stripped = onnx.ModelProto()
    stripped.CopyFrom(model)
    del stripped.graph.input[:]
    stripped.graph.input.extend(inputs)
    # The first that lists weights apart from inputs is 4; both engines read this one.
    stripped.ir_version = max(stripped.ir_version, 8)
    return stripped


def _with_standard_unpooling(model: onnx.ModelProto) -> onnx.ModelProto:
    """Turn MathWorks' MaxUnpool into the standard one, which names the window it came from."""
    if not any(n.domain == MATHWORKS for n in model.graph.node):
        return model
    turned = onnx.ModelProto()
    turned.CopyFrom(model)
    pools = {node.output[1]: node for node in turned.graph.node if len(node.output) > 1}
    for node in turned.graph.node:
        if node.domain != MATHWORKS:
            continue
        pool = pools.get(node.input[1])
        if pool is None:
            raise UnsupportedOperatorError(
                f"the layer {node.name!r} unpools with indices of no pooling layer. Connect it to "
                f"a maxPooling2dLayer with HasUnpoolingOutputs in MATLAB."
            )
        node.domain = ""
        del node.attribute[:]
        node.attribute.extend(
            a for a in pool.attribute if a.name in ("kernel_shape", "strides", "pads")
        )
    kept = [o for o in turned.opset_import if o.domain != MATHWORKS]
    del turned.opset_import[:]
    turned.opset_import.extend(kept)
    return turned


def _open_batch(model: onnx.ModelProto) -> tuple[onnx.ModelProto, int | None]:
    """Make the batch size symbolic, if the scores stay what they are."""
    fixed = fixed_batch_size(model.graph)
    if fixed is None:
        return model, None
    opened = with_open_batch(model)
    shape = _probe_shape(model.graph, fixed)
    if shape is None or _same_scores(model, opened, shape, fixed):
        return opened, None
    return model, fixed


def _probe_shape(graph: onnx.GraphProto, batch: int) -> tuple[int, ...] | None:
    """Shape of one image where the graph has one input, whose size a file can claim; else None."""
    inputs = real_inputs(graph)
    sizes = tuple(d.dim_value for d in inputs[0].type.tensor_type.shape.dim[1:]) if inputs else ()
    fits = 0 < math.prod(sizes) * max(batch, 2) <= LARGEST_PROBE
    return sizes if len(inputs) == 1 and sizes and fits else None


def _same_scores(
    model: onnx.ModelProto, opened: onnx.ModelProto, shape: tuple[int, ...], fixed: int
) -> bool:
    """Tell whether the opened model scores images as the original does one batch at a time."""
    # One more than a batch: a model that only says that it takes any number would be found out.
    images = np.random.RandomState(0).random_sample((fixed + 1, *shape)).astype(np.float32) * 255
    try:
        singly = OnnxRuntimeEngine(model, fixed)(images)
        together = OnnxRuntimeEngine(opened)(images)
    except Exception:  # whatever ONNX Runtime raises: the opened model does not run
        return False
    return all(
        one.shape == two.shape and np.allclose(one, two, rtol=1e-3, atol=1e-5, equal_nan=True)
        for one, two in zip(singly, together, strict=True)
    )
