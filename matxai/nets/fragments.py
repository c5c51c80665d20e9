"""What a layer computes, in a form that can go into any graph.

A :class:`Fragment` is a piece of a graph: nodes, the weights that they read, and the tensors at
its ends. A :class:`Recipe` makes one as soon as it is known what comes in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np
import onnx
from onnx import helper, numpy_helper

from matxai.nets.grouping import Group, is_from_matlab
from matxai.nets.ports import Ports, reads

__all__ = ["Fragment", "Making", "Origin", "Recipe", "Shape", "Writer", "fragments_of"]

# The first size counts the images; None for one that is open.
Shape = Sequence[int | None]


@dataclass(frozen=True)
class Origin:
    """What is said once of a graph and holds for each of its nodes."""

    opsets: Mapping[str, int] = field(default_factory=dict)
    functions: tuple[onnx.FunctionProto, ...] = ()
    custom: Mapping[str, Callable[..., Any]] = field(default_factory=dict)
    producer: tuple[str, str] | None = None
    """Name and version of MATLAB's exporter, where that wrote the graph."""

    @classmethod
    def of(cls, model: onnx.ModelProto, custom: Mapping[str, Callable[..., Any]]) -> Origin:
        """Read it off a model."""
        opsets = {"" if o.domain == "ai.onnx" else o.domain: o.version for o in model.opset_import}
        producer = (model.producer_name, model.producer_version) if is_from_matlab(model) else None
        return cls(opsets, tuple(model.functions), custom, producer)


class Making(Protocol):
    """What makes the fragment of a layer: a fragment that is there already, or a recipe."""

    inputs: Any
    """Names of the inputs, in order."""
    outputs: Any
    """Names of the outputs, in order."""

    def made(self, name: str, shapes: Callable[[int], Shape]) -> Fragment:
        """Make the fragment of the layer of this name; `shapes` tells what its inputs get."""


@dataclass(frozen=True)
class Fragment:
    """The piece of a graph that is a layer.

    Attributes
    ----------
    name : str
        Name of the layer as it begins the names of tensors and nodes.
    nodes : tuple of onnx.NodeProto
        Its nodes. They may belong to a network: nobody changes them.
    inputs, outputs : dict of str to str
        Its inputs and outputs by name, and the tensors there.
    weights : tuple of onnx.TensorProto
        The weights that its nodes read.
    value : onnx.ValueInfoProto or None
        What is fed, of an input layer.
    origin : Origin
        What holds for the nodes.
    """

    name: str
    nodes: tuple[onnx.NodeProto, ...]
    inputs: Mapping[str, str]
    outputs: Mapping[str, str]
    weights: tuple[onnx.TensorProto, ...] = ()
    value: onnx.ValueInfoProto | None = None
    origin: Origin = Origin()

    def made(self, name: str, shapes: Callable[[int], Shape]) -> Fragment:
        """Return it: it is made."""
        return self


def fragments_of(
    model: onnx.ModelProto, groups: Sequence[Group], ports: Sequence[Ports], origin: Origin
) -> list[Fragment]:
    """Cut a graph into its layers, leaving it as it is."""
    weights = {w.name: w for w in model.graph.initializer}
    constants = {t: n for n in model.graph.node if n.op_type == "Constant" for t in n.output}
    values = {value.name: value for value in model.graph.input}
    fragments = []
    for group, own in zip(groups, ports, strict=True):
        read = list(dict.fromkeys(t for node in group.nodes for t in reads(node)))
        nodes = [*(constants[t] for t in read if t in constants), *group.nodes]
        used = tuple(weights[t] for t in read if t in weights)
        value = values.get(group.name) if group.main is None else None
        nodes, inputs = _told_apart(nodes, own.inputs)
        outputs = dict(own.outputs)
        fragments.append(Fragment(group.name, nodes, inputs, outputs, used, value, origin))
    return fragments


def _told_apart(
    nodes: list[onnx.NodeProto], inputs: Sequence[tuple[str, str]]
) -> tuple[tuple[onnx.NodeProto, ...], dict[str, str]]:
    """Give each input a tensor of its own, also where two read the same one: x + x."""
    tensors = [tensor for _, tensor in inputs]
    if len(set(tensors)) == len(tensors):
        return tuple(nodes), dict(inputs)
    copies, found = [], []
    for node in nodes:
        copy = onnx.NodeProto()
        copy.CopyFrom(node)
        for i, tensor in enumerate(node.input):
            if tensor in tensors:
                found.append(f"{tensor}#{len(found)}")
                copy.input[i] = found[-1]
        copies.append(copy)
    return tuple(copies), {port: t for (port, _), t in zip(inputs, found, strict=True)}


class Writer:
    """What a recipe writes a layer with: nodes and weights, named after the layer.

    Parameters
    ----------
    name : str
        Name of the layer.
    shapes : callable
        Gives the shape of the input of an index; a ValueError where it is not known.
    """

    def __init__(self, name: str, shapes: Callable[[int], Shape]):
        self.name = name
        self.shape = shapes
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []

    def node(self, op: str, inputs: Sequence[str], suffix: str = "", **attributes: Any) -> str:
        """Write a node of one output; the one that says what the layer is has no suffix."""
        name = self._named(suffix)
        self.add(helper.make_node(op, inputs, [name], name=name, **attributes))
        return name

    def add(self, node: onnx.NodeProto) -> None:
        """Write a node."""
        self.nodes.append(node)

    def weight(self, suffix: str, value: Any, dtype: Any = np.float32) -> str:
        """Write a weight."""
        array = np.ascontiguousarray(value, dtype=dtype)
        # Of a scalar ascontiguousarray makes a vector.
        array = array.reshape(np.shape(value))
        self.weights.append(numpy_helper.from_array(array, self._named(suffix)))
        return self.weights[-1].name

    def _named(self, suffix: str) -> str:
        return f"{self.name}_{suffix}" if suffix else self.name


@dataclass(frozen=True)
class Recipe:
    """Makes the fragment of a layer.

    Attributes
    ----------
    write : callable
        Is called with a :class:`Writer` and the tensors that come in; returns the tensor that goes
        out, or a tuple of several.
    inputs, outputs : tuple of str
        Names of the inputs and outputs.
    value : callable, optional
        Says what is fed to the layer of a name, of an input layer.
    custom : callable, optional
        Makes the function of torch tensors that computes the layer's node of the operator Custom.
    """

    write: Callable[..., Any]
    inputs: tuple[str, ...] = ("in",)
    outputs: tuple[str, ...] = ("out",)
    value: Callable[[str], onnx.ValueInfoProto] | None = None
    custom: Callable[[], Callable[..., Any]] | None = None

    def made(self, name: str, shapes: Callable[[int], Shape]) -> Fragment:
        """Write the layer."""
        writer = Writer(name, shapes)
        # No name of a layer and no file has the character in front.
        fed = {port: f"\0{port}" for port in self.inputs}
        results = self.write(writer, *fed.values())
        results = results if isinstance(results, tuple) else (results,)
        return Fragment(
            name,
            tuple(writer.nodes),
            fed,
            dict(zip(self.outputs, results, strict=True)),
            tuple(writer.weights),
            None if self.value is None else self.value(name),
            origin=Origin(custom={} if self.custom is None else {name: self.custom()}),
        )
