"""A graph brought to another version of ONNX's set of operators.

onnx.version_converter raises the version; lowering it is here, since it refuses that for most
operators, ReLU among them. Between two versions an operator mostly took more types of numbers, or
what was an attribute became an input: both can be undone where the input is a weight.
"""

from __future__ import annotations

import numpy as np
import onnx
from onnx import defs, helper, numpy_helper, version_converter

__all__ = ["STANDARD", "OpsetError", "opset_of", "with_opset"]

STANDARD = ("", "ai.onnx")
_REDUCTIONS = ("ReduceL2", "ReduceMax", "ReduceMean", "ReduceMin", "ReduceProd", "ReduceSum")
# For each operator, the inputs that were attributes before, and the attributes' names.
_WERE_ATTRIBUTES = {
    "Clip": {1: "min", 2: "max"},
    "Dropout": {1: "ratio"},
    "Pad": {1: "pads", 2: "value"},
    "Slice": {1: "starts", 2: "ends", 3: "axes"},
    "Split": {1: "split"},
    "Squeeze": {1: "axes"},
    "Unsqueeze": {1: "axes"},
    **{operator: {1: "axes"} for operator in _REDUCTIONS},
}


# Inputs that no attribute stood for: this value says the same.
_MUST_BE = {("Dropout", 2): False, ("Slice", 4): 1}


class OpsetError(ValueError):
    """A graph cannot be written in an opset."""


def opset_of(model: onnx.ModelProto) -> int:
    """Return the version of the standard operators that a model uses."""
    return next((o.version for o in model.opset_import if o.domain in STANDARD), 1)


def with_opset(model: onnx.ModelProto, version: int) -> onnx.ModelProto:
    """Copy a model in another opset; that it still scores the same has to be checked.

    Parameters
    ----------
    model : onnx.ModelProto
        The model; it is not changed.
    version : int
        The opset.

    Raises
    ------
    OpsetError
        If a layer cannot be written in this opset; it is named.
    """
    now = opset_of(model)
    if version == now:
        return model
    if version < now:
        return _lowered(model, now, version)
    try:
        raised = version_converter.convert_version(model, version)
    except Exception as error:  # the converter's errors share no class but this one
        raise OpsetError(f"onnx cannot raise the network from opset {now}: {error}") from error
    for kept, values in (
        (model.graph.input, raised.graph.input),
        (model.graph.output, raised.graph.output),
    ):
        del values[:]  # the converter drops the names of sizes
        values.extend(kept)
    return raised


def _lowered(model: onnx.ModelProto, now: int, version: int) -> onnx.ModelProto:
    lowered = onnx.ModelProto()
    lowered.CopyFrom(model)
    if model.functions:
        raise OpsetError(f"the network has functions of its own, which need opset {now}")
    graph = lowered.graph
    weights = {w.name: numpy_helper.to_array(w) for w in graph.initializer} | {
        node.output[0]: numpy_helper.to_array(a.t)
        for node in graph.node
        for a in node.attribute
        if node.op_type == "Constant" and a.name == "value"
    }
    for node in graph.node:
        if node.domain in STANDARD:
            _lower(node, now, version, weights)
    for entry in lowered.opset_import:
        if entry.domain in STANDARD:
            entry.version = version
    _drop_unused_weights(graph)
    return lowered


def _drop_unused_weights(graph: onnx.GraphProto) -> None:
    used = {name for node in graph.node for name in node.input}
    used |= {value.name for value in graph.output}
    weights = [w for w in graph.initializer if w.name in used]
    nodes = [n for n in graph.node if n.op_type != "Constant" or n.output[0] in used]
    del graph.initializer[:], graph.node[:]
    graph.initializer.extend(weights)
    graph.node.extend(nodes)


def _lower(node: onnx.NodeProto, now: int, version: int, weights: dict[str, np.ndarray]) -> None:
    """Rewrite a node for an older opset, in place."""
    layer = f"the layer {node.name or node.output[0]!r}, the operator {node.op_type},"
    newer = defs.get_schema(node.op_type, now)
    if not defs.has(node.op_type, version):
        raise OpsetError(f"{layer} is not in it: it came with opset {_since(node.op_type)}")
    older = defs.get_schema(node.op_type, version)
    if older.since_version == newer.since_version:
        return
    if any(
        a.type in (onnx.AttributeProto.GRAPH, onnx.AttributeProto.GRAPHS) for a in node.attribute
    ):
        raise OpsetError(f"{layer} has a subgraph, which is not rewritten")
    _write_defaults(node, newer, older)
    _turn_inputs_to_attributes(node, older, weights, layer)
    for attribute in list(node.attribute):
        if attribute.name not in older.attributes:
            if not _says_nothing(attribute, newer):
                raise OpsetError(f"{layer} has {attribute.name}, which is not in it")
            node.attribute.remove(attribute)


def _since(operator: str) -> int:
    history = defs.get_all_schemas_with_history()
    return min(s.since_version for s in history if s.name == operator and s.domain in STANDARD)


def _default(schema: defs.OpSchema, name: str) -> onnx.AttributeProto | None:
    default = schema.attributes[name].default_value if name in schema.attributes else None
    return default if default is not None and default.type else None


def _write_defaults(node: onnx.NodeProto, newer: defs.OpSchema, older: defs.OpSchema) -> None:
    """Write out what a node leaves to a default that was another one before."""
    written = {a.name for a in node.attribute}
    for name in set(newer.attributes) & set(older.attributes) - written:
        default, before = _default(newer, name), _default(older, name)
        if default is not None and default != before:
            node.attribute.append(default)


def _turn_inputs_to_attributes(
    node: onnx.NodeProto, older: defs.OpSchema, weights: dict[str, np.ndarray], layer: str
) -> None:
    names = _WERE_ATTRIBUTES.get(node.op_type, {})
    while len(node.input) > older.max_input:
        i, tensor = len(node.input) - 1, node.input.pop()
        if not tensor:
            continue
        value = weights.get(tensor)
        if value is not None and (value == _MUST_BE.get((node.op_type, i))).all():
            continue
        if value is None or names.get(i) not in older.attributes:
            raise OpsetError(f"{layer} has the input {tensor!r}, which is no input in it")
        plain = value.item() if names[i] in ("min", "max", "ratio", "value") else value.tolist()
        node.attribute.append(helper.make_attribute(names[i], plain))


def _says_nothing(attribute: onnx.AttributeProto, newer: defs.OpSchema) -> bool:
    """Tell whether an attribute has the value that it has where it is left out."""
    if attribute.name == "dilations":
        return set(attribute.ints) <= {1}
    default = _default(newer, attribute.name)
    return default is not None and helper.get_attribute_value(
        attribute
    ) == helper.get_attribute_value(default)
