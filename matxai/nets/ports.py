"""Where the layers of a graph take data in and give it out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

import onnx

from matxai.nets.grouping import Group

__all__ = [
    "Connection",
    "Ports",
    "connections_of",
    "numbered",
    "port_label",
    "ports_of",
    "reads",
    "tensors_by_name",
]

_JOINING = ("Add", "Concat", "Mul", "Sum")


class Connection(NamedTuple):
    """A connection of two layers; of several inputs or outputs, the name says which."""

    Source: str
    Destination: str


class Ports(NamedTuple):
    """A layer's inputs and outputs: of each, its name and the tensor."""

    inputs: list[tuple[str, str]]
    outputs: list[tuple[str, str]]


def numbered(word: str, count: int) -> list[str]:
    """Name inputs or outputs as MATLAB does: "in", or "in1", "in2" and so on."""
    return [word] if count == 1 else [f"{word}{i + 1}" for i in range(count)]


def port_label(layer: str, port: str, ports: Collection[str]) -> str:
    """Name an input or output as connections do, by the layer alone where it has no other."""
    return layer if len(ports) == 1 and port in ("in", "out") else f"{layer}/{port}"


def reads(node: onnx.NodeProto) -> list[str]:
    """List what a node takes, and what the graphs inside of it (of If, Loop) take from outside."""
    inner = [t for a in node.attribute for g in [a.g, *a.graphs] for t in _taken_by(g)]
    return [t for t in [*node.input, *inner] if t]


def _taken_by(graph: onnx.GraphProto) -> list[str]:
    own = {v.name for v in graph.input} | {w.name for w in graph.initializer}
    own |= {t for node in graph.node for t in node.output}
    taken = [t for node in graph.node for t in reads(node)] + [v.name for v in graph.output]
    return [t for t in taken if t not in own]


def ports_of(groups: Sequence[Group], results: Iterable[str]) -> list[Ports]:
    """Find where each layer takes data in and gives it out.

    Parameters
    ----------
    groups : sequence of Group
        The layers.
    results : iterable of str
        The graph's outputs.
    """
    made = [_made(group) for group in groups]
    known = {tensor for own in made for tensor in own}
    taken = [_taken(group, known - own) for group, own in zip(groups, made, strict=True)]
    used = set(results).union(*taken)
    return [
        Ports(list(zip(numbered("in", len(t)), t, strict=True)), _outputs(group, own & used))
        for group, own, t in zip(groups, made, taken, strict=True)
    ]


def _made(group: Group) -> set[str]:
    own = {t for node in group.nodes for t in node.output if t}
    return own | ({group.name} if group.main is None else set())


def _taken(group: Group, others: set[str]) -> list[str]:
    tensors = [t for node in group.nodes for t in reads(node) if t in others]
    # A helper beside the main node may read the same input again.
    joins = group.main is not None and group.main.op_type in _JOINING
    return tensors if joins else list(dict.fromkeys(tensors))


def _outputs(group: Group, used: set[str]) -> list[tuple[str, str]]:
    if not used:
        return [("out", group.tensor or group.name)]
    special: dict[str, str] = {}
    for node in group.nodes:
        if node.op_type == "MaxPool" and len(node.output) > 1 and node.output[1] in used:
            special |= {node.output[0]: "out", node.output[1]: "indices"}
        if node.op_type == "Shape" and group.main is not None and node is not group.main:
            special[node.output[0]] = "size"
    order = [t for node in group.nodes for t in node.output if t in used]
    order = order if group.main is not None or group.name not in used else [group.name, *order]
    others = [t for t in order if t not in special]
    names = special | dict(zip(others, numbered("out", len(others)), strict=True))
    last = {"indices": 1, "size": 2}
    return sorted(((names[t], t) for t in order), key=lambda port: last.get(port[0], 0))


def connections_of(ports: Sequence[Ports], names: Sequence[str]) -> list[Connection]:
    """List which layer's output goes where, in the order of the destinations."""
    source_of = {
        tensor: port_label(name, port, [p for p, _ in own.outputs])
        for name, own in zip(names, ports, strict=True)
        for port, tensor in own.outputs
    }
    return [
        Connection(source_of[tensor], port_label(name, port, [p for p, _ in own.inputs]))
        for name, own in zip(names, ports, strict=True)
        for port, tensor in own.inputs
    ]


def tensors_by_name(
    names: Sequence[str], main: Sequence[str], ports: Sequence[Ports]
) -> dict[str, str]:
    """Say which tensor each layer puts out; of one with several outputs, also each of them."""
    tensors = dict(zip(names, main, strict=True))
    for name, own in zip(names, ports, strict=True):
        outputs = [port for port, _ in own.outputs]
        for port, tensor in own.outputs:
            tensors.setdefault(port_label(name, port, outputs), tensor)
    return tensors
