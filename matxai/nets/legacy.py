"""Forms of old opsets that onnx's version converter gets wrong, put right around it."""

from __future__ import annotations

import onnx
from onnx import helper

__all__ = [
    "restore_resizing",
    "with_constants_as_weights",
    "with_ranks_aligned",
    "with_unpooled_shapes",
]

_BROADCASTING = {"Add", "And", "Div", "Equal", "Greater", "Less", "Mul", "Or", "Pow", "Sub", "Xor"}


def with_ranks_aligned(model: onnx.ModelProto) -> onnx.ModelProto:
    """Copy a model of opset 6 or older, no weights among its inputs, with NumPy's broadcasting.

    There an operator says at which axis the smaller operand begins; later on the last axes match,
    so that the operand needs axes of size 1 behind its own. R2018b wrote the average image so.
    """
    aligned = onnx.ModelProto()
    aligned.CopyFrom(model)
    ranks = _ranks(model)
    for node in list(aligned.graph.node):
        if node.op_type == "PRelu":
            axis = 1 if ranks.get(node.input[1]) == 1 else None
        elif node.op_type in _BROADCASTING:
            given = {a.name: a.i for a in node.attribute}
            axis = given.get("axis") if given.get("broadcast") else None
            for attribute in [a for a in node.attribute if a.name in ("axis", "broadcast")]:
                node.attribute.remove(attribute)
        else:
            continue
        whole, part = (ranks.get(name) for name in node.input[:2])
        if axis is None or whole is None or part is None:
            continue
        missing = whole - part - (axis + whole if axis < 0 else axis)
        if missing > 0:
            _append_axes(aligned.graph, node, part, missing)
    return aligned


def _append_axes(graph: onnx.GraphProto, node: onnx.NodeProto, rank: int, count: int) -> None:
    """Give a node's second operand axes of size 1 at its end."""
    old, new = node.input[1], f"{node.output[0]}_aligned"
    weight = next((w for w in graph.initializer if w.name == old), None)
    if weight is None:
        axes = list(range(rank, rank + count))
        unsqueeze = helper.make_node("Unsqueeze", [old], [new], name=new, axes=axes)
        graph.node.insert(list(graph.node).index(node), unsqueeze)
        node.input[1] = new
        return
    if sum(name == old for other in graph.node for name in other.input) > 1:
        graph.initializer.add().CopyFrom(weight)
        weight = graph.initializer[-1]
        weight.name = node.input[1] = new
    weight.dims.extend([1] * count)


def _ranks(model: onnx.ModelProto) -> dict[str, int]:
    graph = onnx.shape_inference.infer_shapes(model).graph
    ranks = {
        value.name: len(value.type.tensor_type.shape.dim)
        for value in [*graph.input, *graph.value_info, *graph.output]
    }
    return ranks | {w.name: len(w.dims) for w in graph.initializer}


def restore_resizing(before: onnx.ModelProto, after: onnx.ModelProto) -> None:
    """Give the resizing of opset 10 and older its grid and its name back.

    It had one grid, "asymmetric" as it was called later. The converter leaves the later default
    in its place, and drops the node's name and its output's.
    """
    old = [n for n in before.graph.node if n.op_type in ("Upsample", "Resize")]
    new = [n for n in after.graph.node if n.op_type == "Resize"]
    if len(old) != len(new):
        return
    for was, node in zip(old, new, strict=True):
        node.attribute.extend(
            [
                helper.make_attribute("coordinate_transformation_mode", "asymmetric"),
                helper.make_attribute("nearest_mode", "floor"),
            ]
        )
        _rename(after.graph, node.output[0], was.output[0])
        node.name = was.name


def _rename(graph: onnx.GraphProto, old: str, new: str) -> None:
    for node in graph.node:
        for names in (node.input, node.output):
            for i, name in enumerate(names):
                if name == old:
                    names[i] = new


def with_unpooled_shapes(model: onnx.ModelProto) -> onnx.ModelProto:
    """Copy a model with the shapes noted that unpooling leads back to, which inference misses."""
    unpools = [n for n in model.graph.node if n.op_type == "MaxUnpool" and len(n.input) > 2]
    if not unpools:
        return model
    noted = onnx.ModelProto()
    noted.CopyFrom(model)
    measured = {n.output[0]: n.input[0] for n in model.graph.node if n.op_type == "Shape"}
    for node in unpools:
        # Where one unpooling leads to the next, its shape has to be known first.
        graph = onnx.shape_inference.infer_shapes(noted).graph
        source = measured.get(node.input[2])
        for value in [*graph.input, *graph.value_info]:
            if value.name == source and value.type.tensor_type.HasField("shape"):
                noted.graph.value_info.add().CopyFrom(value)
                noted.graph.value_info[-1].name = node.output[0]
    return noted


def with_constants_as_weights(model: onnx.ModelProto) -> onnx.ModelProto:
    """Copy a model with its Constant nodes made weights, among which layers look for theirs."""
    turned = onnx.ModelProto()
    turned.CopyFrom(model)
    graph = turned.graph
    for node in [n for n in graph.node if n.op_type == "Constant"]:
        value = next((a.t for a in node.attribute if a.name == "value"), None)
        if value is not None and node.output[0] not in {v.name for v in graph.output}:
            graph.initializer.add().CopyFrom(value)
            graph.initializer[-1].name = node.output[0]
            graph.node.remove(node)
    return turned
