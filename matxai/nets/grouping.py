"""Which nodes of a graph make up which layer.

MATLAB's exporter writes a layer as one node of the layer's name, or as that node with helpers
before and behind it, named after it: ``softmax_Flatten`` and ``softmax``, ``fc_MatMul`` and
``fc_Add``, ``imageinput_Sub``. Graphs from elsewhere have a layer for each node.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import onnx

__all__ = ["Group", "group_nodes", "is_from_matlab", "matlab_spelling"]

_PRODUCER = "MATLAB Deep Learning Toolbox Converter"
# What stands behind the layer's name in a helper's, digits and underscores aside.
_SUFFIX = re.compile(
    r"_(Sub|Div|Mul|Add|Flatten|MatMul|Transpose|Reshape|Shape|Gather|Concat|Tile[HC]|Pad|Split"
    r"|InputShape|InputShapeInt|Ceil|Floor|ReluInt|Relu|Squeeze|Unsqueeze|Cast|Slice|Identity"
    r"|paddingSize|paddingSizeInt|size|totalPaddingNeeded\d_\w+)\d*_?$"
)
# The only suffixes that may stand for a layer which has no node of its own name.
_PARTS_OF_FULLY_CONNECTED = ("_MatMul", "_Add", "_Flatten")


@dataclass
class Group:
    """A layer and its nodes.

    Attributes
    ----------
    name : str
        Name of the layer as the file spells it.
    main : onnx.NodeProto or None
        The node that says what the layer is; None for an input.
    nodes : list of onnx.NodeProto
        All of its nodes, in their order.
    tensor : str
        What the layer puts out.
    """

    name: str
    main: onnx.NodeProto | None
    nodes: list[onnx.NodeProto] = field(default_factory=list)
    tensor: str = ""


def is_from_matlab(model: onnx.ModelProto) -> bool:
    """Tell whether MATLAB wrote the model."""
    return model.producer_name.startswith(_PRODUCER)


def group_nodes(model: onnx.ModelProto, inputs: Sequence[str]) -> list[Group]:
    """Group the nodes of a model into layers, the inputs first, then in the order of the graph."""
    groups = {name: Group(name, None, [], name) for name in inputs}
    nodes = [node for node in model.graph.node if node.op_type != "Constant"]
    names = _unique_names(nodes, set(inputs))
    weights = {w.name for w in model.graph.initializer}
    # Elsewhere only the normalization of an input, which matxai names as MATLAB does, has helpers.
    layers = set(inputs) | (set(names) if is_from_matlab(model) else set())
    owners = [_owner(node, name, layers, weights) for node, name in zip(nodes, names, strict=True)]
    for node, name, owner in zip(nodes, names, owners, strict=True):
        group = groups.setdefault(owner, Group(owner, None))
        group.nodes.append(node)
        if name == owner or (group.main is None and node.op_type == "MatMul"):
            group.main = node
    _find_outputs(model.graph, groups)
    return _branch_by_branch(model.graph, groups) if is_from_matlab(model) else [*groups.values()]


def _unique_names(nodes: Sequence[onnx.NodeProto], taken: set[str]) -> list[str]:
    names = []
    for i, node in enumerate(nodes):
        name = node.name or next((t for t in node.output if t), "") or f"{node.op_type}_{i}"
        while name in taken:
            name += "_1"
        taken.add(name)
        names.append(name)
    return names


def _owner(node: onnx.NodeProto, name: str, layers: set[str], weights: set[str]) -> str:
    """Name the layer that a node belongs to."""
    found = _SUFFIX.search(name)
    if not found:
        return name
    base = name[: found.start()]
    if base in layers:
        # "block_Add" beside "block" is a helper only where it adds a weight: else a layer.
        joins = node.op_type in ("Add", "Concat", "Mul", "Relu", "Sub", "Div")
        return name if joins and not any(n in weights for n in node.input) else base
    if name.endswith(_PARTS_OF_FULLY_CONNECTED) and f"{base}_MatMul" in layers:
        return base
    return name


def _find_outputs(graph: onnx.GraphProto, groups: dict[str, Group]) -> None:
    """Say what each layer puts out: what others read of it, from its last node."""
    read_by: dict[str, set[int]] = {value.name: {-1} for value in graph.output}
    for i, group in enumerate(groups.values()):
        for node in group.nodes:
            for name in node.input:
                read_by.setdefault(name, set()).add(i)
    for i, group in enumerate(groups.values()):
        for node in group.nodes:
            first = next((t for t in node.output if t), "")
            if read_by.get(first, set()) - {i} or not group.tensor:
                group.tensor = first


def _branch_by_branch(graph: onnx.GraphProto, groups: dict[str, Group]) -> list[Group]:
    """Order layers as MATLAB's networks list them: what leads to each input in turn.

    The exporter sorts layers of parallel branches in some other order.
    """
    maker = {t: g.name for g in groups.values() for node in g.nodes for t in node.output}
    maker |= {group.name: group.name for group in groups.values() if not group.nodes}
    maker |= {value.name: value.name for value in graph.input if value.name in groups}
    needs = {
        group.name: list(
            dict.fromkeys(maker[t] for node in group.nodes for t in node.input if t in maker)
        )
        for group in groups.values()
    }
    order: dict[str, Group] = {value.name: groups[value.name] for value in graph.input}
    waiting = [maker[v.name] for v in reversed(graph.output) if v.name in maker]
    while waiting:
        name = waiting[-1]
        # Layers that need each other, as groups of nodes may, wait for one of them only.
        missing = [n for n in needs[name] if n not in order and n not in waiting]
        if name in order or not missing:
            order.setdefault(name, groups[name])
            waiting.pop()
        else:
            waiting.append(missing[0])
    return list((order | groups).values())


_SPELLINGS = {
    # Networks of MATLAB whose layers have hyphens, told by a layer that only they have.
    "fire2_squeeze1x1": re.compile(r"^(fire\d)_(.+)$"),
    "inception_3a_1x1": re.compile(r"^(inception_\d[a-z]|conv[12]|pool\d|loss3)_(.+)$"),
}


def matlab_spelling(names: Sequence[str]) -> list[str]:
    """Spell layers as MATLAB does: its exporter writes ``_`` for every other character.

    What stood there cannot be told from the file, but is known for SqueezeNet and GoogLeNet.
    """
    pattern = next((p for name, p in _SPELLINGS.items() if name in names), None)
    return [pattern.sub(r"\1-\2", name) for name in names] if pattern else list(names)
