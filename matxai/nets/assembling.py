"""From layers and their connections to one graph of ONNX."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
import onnx
from onnx import helper

from matxai.nets.custom_nodes import DOMAIN, with_domain
from matxai.nets.engines import OnnxRuntimeEngine, make_engine
from matxai.nets.fragments import Fragment, Making, Shape
from matxai.nets.graph import cut_at, fixed_batch_size
from matxai.nets.grouping import Group
from matxai.nets.inferring import Inference
from matxai.nets.layer_graph import LayerGraph
from matxai.nets.layer_values import class_of, layers_of, making_of
from matxai.nets.layers import OutputLayer
from matxai.nets.layouts import sequence_format
from matxai.nets.merging import merged_opsets, producer_of, sorted_nodes
from matxai.nets.placing import Placing
from matxai.nets.ports import Ports

__all__ = ["Assembled", "assembled", "layer_graph_of"]

# Images of an open size are taken to be this large where a size has to be known.
_ANY_SIZE = 224


class Assembled(NamedTuple):
    """A graph that was put together, and the layers in it."""

    model: onnx.ModelProto
    custom: dict[str, Callable[..., Any]]
    layers: list[Any]
    groups: list[Group]
    ports: list[Ports]


def layer_graph_of(value: Any, function: str) -> LayerGraph:
    """Take a layer graph, or a list of layers of which each is connected to the next."""
    if isinstance(value, LayerGraph):
        return value
    try:
        return LayerGraph.chain(layers_of(value, "layers"))
    except (TypeError, ValueError) as error:
        raise type(error)(f"{function}: {error}") from None


def assembled(value: LayerGraph | Sequence[Any], function: str) -> Assembled:
    """Put layers together.

    Parameters
    ----------
    value : LayerGraph or list of Layer
        The layers. Outputs that are connected to nothing become the graph's.
    function : str
        Who asks, for errors.

    Raises
    ------
    TypeError
        If `value` is neither.
    ValueError
        If the layers make no network; the message names the layer.
    """
    graph = layer_graph_of(value, function)
    try:
        _refuse_incomplete(graph)
        return _Assembly(graph).result()
    except ValueError as error:
        raise ValueError(f"{function}: {error}") from error


def _refuse_incomplete(graph: LayerGraph) -> None:
    layers = graph.order()
    if not layers:
        raise ValueError("There are no layers.")
    for layer in layers:
        if isinstance(layer, OutputLayer):
            raise ValueError(
                f"The layer {layer.Name!r} is an output layer ({class_of(layer)}), which this "
                f"network cannot have: lgraph = removeLayers(lgraph, {layer.Name!r}). "
                f"assembleNetwork makes a network with it."
            )
    connected = {(n.destination, n.input) for n in graph.links}
    for layer in layers:
        missing = [p for p in making_of(layer).inputs if (layer.Name, p) not in connected]
        if missing:
            raise ValueError(
                f"The layer {layer.Name!r} has nothing connected to its input {missing[0]!r}: "
                f'connectLayers(lgraph, source, "{layer.Name}/{missing[0]}").'
            )
    if not graph.InputNames:
        raise ValueError(
            f"There is no input layer; the first layer is {layers[0].Name!r} "
            f"({class_of(layers[0])}). Put imageInputLayer(inputSize) in front of it."
        )
    _refuse_parts(graph, [layer.Name for layer in layers])


def _refuse_parts(graph: LayerGraph, names: Sequence[str]) -> None:
    """Refuse layers that no connections join to the first input layer."""
    beside: dict[str, set[str]] = {name: set() for name in names}
    for n in graph.links:
        beside[n.source].add(n.destination)
        beside[n.destination].add(n.source)
    reached, waiting = set(), [graph.InputNames[0]]
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting.extend(beside[name])
    apart = [name for name in names if name not in reached]
    if apart:
        raise ValueError(
            f"The layers {', '.join(map(repr, apart[:5]))} are not connected to the input layer "
            f"{graph.InputNames[0]!r}: connectLayers connects them, removeLayers takes them away."
        )


class _Assembly:
    """A graph in the making, layer by layer."""

    def __init__(self, graph: LayerGraph):
        self.links = {(n.destination, n.input): (n.source, n.output) for n in graph.links}
        self.layers = graph.order()
        self.fed = {(n.source, n.output) for n in graph.links}
        self.placing = Placing(self.links)
        self.opsets = merged_opsets(self.layers)
        self.inference = Inference(self.opsets)
        self.fragments: list[Fragment] = []

    def result(self) -> Assembled:
        for layer in self.layers:
            self._add(layer)
        self.placing.finish()
        model = self.model(sorted_nodes(self.placing.nodes))
        if not self.placing.custom:
            _refuse_what_does_not_run(model)
        return Assembled(
            model, self.placing.custom, self.layers, self.placing.groups, self.placing.ports
        )

    def _add(self, layer: Any) -> None:
        making = making_of(layer)
        try:
            self._refuse_other_order(layer.Name, making)
            fragment = making.made(layer.Name, lambda i: self._shape(layer.Name, making, i))
        except ValueError as error:
            raise ValueError(f"The layer {layer.Name!r} ({class_of(layer)}): {error}") from error
        self.fragments.append(fragment)
        placed = self.placing.place(layer.Name, fragment)
        self.inference.add(placed, layer)

    def _refuse_other_order(self, layer: str, making: Making) -> None:
        """Refuse to put what takes sequences N×C×T into a graph that has them otherwise."""
        dims = [v for v in self.placing.values if len(v.type.tensor_type.shape.dim) == 3]
        if isinstance(making, Fragment) or all(sequence_format(v) == "BCT" for v in dims):
            return
        if any(len(self._shape(layer, making, i)) == 3 for i in range(len(making.inputs))):
            raise ValueError(
                "it takes sequences, but this network comes from an ONNX file, which orders them "
                "otherwise. Layers behind those that put out one vector for a sequence can be "
                "changed. Or make the network anew, with the weights of its layers"
            )

    def _shape(self, layer: str, making: Making, i: int) -> Shape:
        """Tell the shape of a layer's input, computing it where it cannot be inferred."""
        source = self.links[layer, list(making.inputs)[i]]
        tensor = self.placing.tensor(*source)
        if tensor is None or self.placing.waits(tensor):
            raise ValueError(
                f"what comes in, from {source[0]!r}, depends on this layer itself: the connections "
                f"go round in a circle, which disconnectLayers opens"
            )
        return self.inference.shape(tensor) or self._computed_shape(tensor)

    def _computed_shape(self, tensor: str) -> Shape:
        model = cut_at(self.model(sorted_nodes(self.placing.nodes)), [tensor])
        if len(model.graph.input) != 1:
            raise ValueError("the size of what comes in is not known")
        dims = model.graph.input[0].type.tensor_type.shape.dim[1:]
        engine = make_engine(model, "cpu", fixed_batch_size(model.graph), self.placing.custom)

        def computed(size: int) -> Sequence[int]:
            (result,) = engine(np.zeros([1, *(d.dim_value or size for d in dims)], np.float32))
            return result.shape[1:]

        found = computed(_ANY_SIZE)
        # Of sequences any length is taken, so what depends on it stays open.
        other = computed(2 * _ANY_SIZE) if len(dims) == 2 else found
        return [None, *(n if n == m else None for n, m in zip(found, other, strict=True))]

    def model(self, nodes: Sequence[onnx.NodeProto]) -> onnx.ModelProto:
        tensors = [
            self.placing.tensor(layer, port)
            for layer, ports in self.placing.outputs.items()
            for port in ports
            if (layer, port) not in self.fed
        ]
        graph = helper.make_graph(
            nodes,
            "Network",
            self.placing.values,
            [self.inference.value(tensor) for tensor in tensors],
            self.placing.weights,
        )
        opsets = [helper.make_opsetid(d, v) for d, v in self.opsets.items() if d != DOMAIN]
        producer, version = producer_of(self.layers, self.fragments)
        functions = {(f.domain, f.name): f for p in self.fragments for f in p.origin.functions}
        model = helper.make_model(
            graph,
            opset_imports=opsets,
            # The oldest version that both engines take as it is; newer opsets ask for newer ones.
            ir_version=max(8, helper.find_min_ir_version_for(opsets, ignore_unknown=True)),
            producer_name=producer,
            producer_version=version,
            functions=list(functions.values()),
        )
        return with_domain(model) if self.placing.custom else model


def _refuse_what_does_not_run(model: onnx.ModelProto) -> None:
    try:
        OnnxRuntimeEngine(model, fixed_batch_size(model.graph))
    except Exception as error:  # ONNX Runtime's errors share no class but this one
        raise ValueError(f"ONNX Runtime cannot run the network: {error}") from error
