"""Fragments put into one graph, so that each reads what others write and no name is used twice."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

import onnx

from matxai.nets.custom_nodes import DOMAIN
from matxai.nets.fragments import Fragment
from matxai.nets.grouping import Group
from matxai.nets.ports import Ports, reads

__all__ = ["Placing"]

# Begins the names that stand for tensors; no name in a file has it.
_STANDS_IN = "\0"


class Placing:
    """The fragments that were placed so far.

    Parameters
    ----------
    links : mapping
        For each layer and input, the layer and output that it is connected to.
    """

    def __init__(self, links: Mapping[tuple[str, str], tuple[str, str]]):
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []
        self.values: list[onnx.ValueInfoProto] = []
        self.custom: dict[str, Callable[..., Any]] = {}
        self.groups: list[Group] = []
        self.ports: list[Ports] = []
        self.outputs: dict[str, list[str]] = {}
        self._links = links
        self._tensors: dict[tuple[str, str], str] = {}
        self._taken: set[str] = set()
        self._taken_nodes: set[str] = set()
        self._placed_weights: dict[int, tuple[onnx.TensorProto, onnx.TensorProto]] = {}

    def tensor(self, layer: str, port: str) -> str | None:
        """Name the tensor that an output of a layer is; None if the layer is not placed yet."""
        return self._tensors.get((layer, port))

    def place(self, layer: str, fragment: Fragment) -> Fragment:
        """Put a copy of a fragment into the graph; return it as it stands there."""
        stem = fragment.name if _alike(fragment.name, layer) else layer
        renamed = {t: self._source(layer, port) for port, t in fragment.inputs.items()}
        weights = [self._weight(w, fragment.name, stem, renamed) for w in fragment.weights]
        value = fragment.value
        if value is not None:
            value = _copy(value)
            value.name = renamed[value.name] = self._free(value.name, fragment.name, stem)
            self.values.append(value)
        nodes = [_copy(node) for node in fragment.nodes]
        for tensor in (t for node in nodes for t in node.output if t):
            renamed[tensor] = self._free(tensor, fragment.name, stem)
        for node in nodes:
            node.name = self._free_node(node, fragment.name, stem)
            _rename(node, renamed)
            self._take_custom(node, fragment)
        self.nodes.extend(nodes)
        outputs = {port: renamed[t] for port, t in fragment.outputs.items()}
        self._tensors |= {(layer, port): t for port, t in outputs.items()}
        self.outputs[layer] = list(outputs)
        inputs = {port: renamed[t] for port, t in fragment.inputs.items()}
        placed = Fragment(
            layer, tuple(nodes), inputs, outputs, tuple(weights), value, fragment.origin
        )
        self._describe(placed)
        return placed

    def _describe(self, placed: Fragment) -> None:
        main = None if placed.value is not None or not placed.nodes else placed.nodes[-1]
        tensor = next(iter(placed.outputs.values()))
        self.groups.append(Group(placed.name, main, list(placed.nodes), tensor))
        self.ports.append(Ports(list(placed.inputs.items()), list(placed.outputs.items())))

    def _source(self, layer: str, port: str) -> str:
        """Name what an input reads; where that layer comes later, by a name that stands for it.

        Layers can need each other without their nodes doing so.
        """
        source = self._links[layer, port]
        return self._tensors.get(source) or _stand_in(source)

    def waits(self, tensor: str) -> bool:
        """Tell whether a tensor is computed of something that comes later."""
        made_by = {t: node for node in self.nodes for t in node.output}
        seen, waiting = set(), [tensor]
        while waiting:
            name = waiting.pop()
            if name.startswith(_STANDS_IN):
                return True
            if name in made_by and name not in seen:
                waiting.extend(reads(made_by[name]))
            seen.add(name)
        return False

    def finish(self) -> None:
        """Put the tensors in for the names that stood for them."""
        found = {_stand_in(source): tensor for source, tensor in self._tensors.items()}
        for node in self.nodes:
            _rename(node, found)
        self.ports = [
            Ports([(port, found.get(t, t)) for port, t in own.inputs], own.outputs)
            for own in self.ports
        ]

    def _weight(
        self, weight: onnx.TensorProto, old: str, stem: str, renamed: dict[str, str]
    ) -> onnx.TensorProto:
        if id(weight) not in self._placed_weights:
            placed, name = weight, self._free(weight.name, old, stem)
            if name != weight.name:
                placed = _copy(weight)
                placed.name = name
            self.weights.append(placed)
            # The weight is kept as well, since the number of one that is gone may be used again.
            self._placed_weights[id(weight)] = weight, placed
        placed = self._placed_weights[id(weight)][1]
        renamed[weight.name] = placed.name
        return placed

    def _free(self, name: str, old: str, stem: str) -> str:
        return _unique(_restemmed(name, old, stem), self._taken)

    def _free_node(self, node: onnx.NodeProto, old: str, stem: str) -> str:
        name = node.name or next((t for t in node.output if t), node.op_type)
        return _unique(_restemmed(name, old, stem), self._taken_nodes)

    def _take_custom(self, node: onnx.NodeProto, fragment: Fragment) -> None:
        if node.domain != DOMAIN:
            return
        for attribute in node.attribute:
            if attribute.name == "key":
                self.custom[node.name] = fragment.origin.custom[attribute.s.decode()]
                attribute.s = node.name.encode()


def _stand_in(source: tuple[str, str]) -> str:
    return _STANDS_IN + _STANDS_IN.join(source)


def _alike(one: str, two: str) -> bool:
    """Tell whether two names are one for MATLAB's exporter."""
    return re.sub(r"\W", "_", one) == re.sub(r"\W", "_", two)


def _restemmed(name: str, old: str, stem: str) -> str:
    """Name a part of a layer after the layer's new name."""
    begins = name == old or name.startswith(f"{old}_")
    return stem + name[len(old) :] if begins else name


def _unique(name: str, taken: set[str]) -> str:
    free, i = name, 1
    while free in taken:
        free, i = f"{name}_{i}", i + 1
    taken.add(free)
    return free


def _copy(message: Any) -> Any:
    copy = type(message)()
    copy.CopyFrom(message)
    return copy


def _rename(node: onnx.NodeProto, renamed: Mapping[str, str]) -> None:
    """Rename the tensors of a node, and those that the graphs inside of it take from outside."""
    for i, tensor in enumerate(node.input):
        node.input[i] = renamed.get(tensor, tensor)
    for i, tensor in enumerate(node.output):
        node.output[i] = renamed.get(tensor, tensor)
    for attribute in node.attribute:
        for graph in [attribute.g, *attribute.graphs]:
            for inner in graph.node:
                _rename(inner, renamed)
            for value in graph.output:
                value.name = renamed.get(value.name, value.name)
