"""Layers and how they are connected, before they are a network."""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Collection, Iterable, Sequence
from typing import Any, NamedTuple

from matxai.nets.fragments import Making
from matxai.nets.layer_values import making_of, named
from matxai.nets.layers import InputLayer, OutputLayer, copied
from matxai.nets.names import find_name
from matxai.nets.ports import Connection, port_label

__all__ = ["LayerGraph", "Link"]


class Link(NamedTuple):
    """A connection: an output of a layer, and an input of another."""

    source: str
    output: str
    destination: str
    input: str


class LayerGraph:
    """Layers and their connections, of which :class:`matxai.dlnetwork` makes a network.

    :func:`matxai.layerGraph` returns one. It is a value: nothing changes it, and the functions that
    edit it return another one.

    Attributes
    ----------
    Layers : list of Layer
        The layers.
    Connections : list of Connection
        Which layer's output goes where: pairs of Source and Destination.
    InputNames : list of str
        Names of the input layers.
    OutputNames : list of str
        Names of the output layers.
    """

    def __init__(self, layers: Iterable[Any] = (), links: Iterable[Link] = ()):
        self._layers = {layer.Name: layer for layer in layers}
        self._links = tuple(links)

    @classmethod
    def chain(cls, layers: Sequence[Any]) -> LayerGraph:
        """Connect each of some layers to the next."""
        return cls().with_chain(layers)

    @property
    def Layers(self) -> list[Any]:
        """The layers."""
        return [copied(layer) for layer in self._layers.values()]

    @property
    def Connections(self) -> list[Connection]:
        """Which layer's output goes where: pairs of Source and Destination."""
        place = {name: i for i, name in enumerate(self._layers)}
        inputs = {name: list(making_of(layer).inputs) for name, layer in self._layers.items()}
        ordered = sorted(
            self._links,
            key=lambda n: (place[n.destination], inputs[n.destination].index(n.input)),
        )
        return [
            Connection(
                port_label(n.source, n.output, self.making(n.source).outputs),
                port_label(n.destination, n.input, inputs[n.destination]),
            )
            for n in ordered
        ]

    @property
    def InputNames(self) -> list[str]:
        """Names of the input layers."""
        return [n for n, layer in self._layers.items() if isinstance(layer, InputLayer)]

    @property
    def OutputNames(self) -> list[str]:
        """Names of the output layers."""
        return [n for n, layer in self._layers.items() if isinstance(layer, OutputLayer)]

    def __repr__(self) -> str:
        return (
            "LayerGraph with properties:\n\n"
            f"     InputNames: {self.InputNames}\n"
            f"    OutputNames: {self.OutputNames}\n"
            f"         Layers: [{len(self._layers)}×1 nnet.cnn.layer.Layer]\n"
            f"    Connections: [{len(self._links)}×2 table]\n"
        )

    # What is in it

    def known(self, name: str) -> str:
        """Find the layer of a name, in either spelling.

        Raises
        ------
        ValueError
            If there is none.
        """
        return find_name(name, self._layers, "The layer graph")

    def making(self, name: str) -> Making:
        """Return what makes the layer of this name."""
        return making_of(self._layers[name])

    def end(self, label: str, kind: str) -> tuple[str, str]:
        """Find the layer and the input or output that a label like "add/in2" means.

        Parameters
        ----------
        label : str
            The layer's name, and a slash and the input or output where it has several.
        kind : {"inputs", "outputs"}
            Which of them.

        Raises
        ------
        ValueError
            If there is no such layer, input or output, or one of several is not named.
        """
        layer, slash, port = label.rpartition("/")
        if label not in self._layers and slash and layer in self._layers:
            ports = list(getattr(self.making(layer), kind))
            if port not in ports:
                raise ValueError(
                    f"The layer {layer!r} has {_listed(kind, ports)}, but no {port!r}."
                )
            return layer, port
        layer = self.known(label)
        ports = list(getattr(self.making(layer), kind))
        if len(ports) != 1:
            which = f' Say which: "{layer}/{ports[0]}".' if ports else ""
            raise ValueError(f"The layer {layer!r} has {_listed(kind, ports)}.{which}")
        return layer, ports[0]

    def order(self) -> list[Any]:
        """Order the layers such that each comes after those before it, else as they are.

        Layers of a cycle come last.
        """
        place = {name: i for i, name in enumerate(self._layers)}
        waits = dict.fromkeys(place, 0)
        after: dict[str, list[str]] = {name: [] for name in place}
        for source, destination in {(n.source, n.destination) for n in self._links}:
            waits[destination] += 1
            after[source].append(destination)
        ready = [place[name] for name in place if not waits[name]]
        names, order = list(place), []
        while ready:
            name = names[heapq.heappop(ready)]
            order.append(name)
            for other in after[name]:
                waits[other] -= 1
                if not waits[other]:
                    heapq.heappush(ready, place[other])
        done = set(order)
        return [self._layers[n] for n in [*order, *(n for n in names if n not in done)]]

    # What becomes of it

    def with_chain(self, layers: Sequence[Any]) -> LayerGraph:
        """Add layers, each connected to the next where these have an output and an input.

        Raises
        ------
        ValueError
            If a layer of such a name is there.
        """
        layers = named(layers, set(self._layers))
        return LayerGraph([*self._layers.values(), *layers], [*self._links, *_chained(layers)])

    def without(self, names: Collection[str]) -> LayerGraph:
        """Take layers and their connections away."""
        layers = [layer for name, layer in self._layers.items() if name not in names]
        links = [n for n in self._links if not {n.source, n.destination} & set(names)]
        return LayerGraph(layers, links)

    def replaced(self, name: str, layers: Sequence[Any], by_order: bool) -> LayerGraph:
        """Put layers, each connected to the next, in the place of one.

        Connections of inputs and outputs that the new layers do not have are dropped.
        """
        new = named(layers, set(self._layers) - {name})
        old = self.making(name)
        inputs = _matched(old.inputs, making_of(new[0]).inputs, by_order)
        outputs = _matched(old.outputs, making_of(new[-1]).outputs, by_order)
        links = []
        for n in self._links:
            if n.destination == name:
                n = n._replace(destination=new[0].Name, input=inputs.get(n.input, ""))
            if n.source == name:
                n = n._replace(source=new[-1].Name, output=outputs.get(n.output, ""))
            if n.input and n.output:
                links.append(n)
        kept = list(self._layers.values())
        at = list(self._layers).index(name)
        return LayerGraph([*kept[:at], *new, *kept[at + 1 :]], [*links, *_chained(new)])

    def with_links(self, links: Iterable[Link]) -> LayerGraph:
        """Replace the connections."""
        return LayerGraph(self._layers.values(), links)

    @property
    def links(self) -> tuple[Link, ...]:
        """The connections."""
        return self._links


def _listed(kind: str, ports: Sequence[str]) -> str:
    return f"the {kind} {', '.join(map(repr, ports))}" if ports else f"no {kind}"


def _matched(old: Collection[str], new: Collection[str], by_order: bool) -> dict[str, str]:
    """Pair inputs or outputs: those of the same names, or the first with the first."""
    if by_order:
        return dict(zip(old, new, strict=False))
    return {port: port for port in old if port in set(new)}


def _chained(layers: Sequence[Any]) -> list[Link]:
    links = []
    for one, two in itertools.pairwise(layers):
        outputs, inputs = list(making_of(one).outputs), list(making_of(two).inputs)
        if outputs and inputs:
            links.append(Link(one.Name, outputs[0], two.Name, inputs[0]))
    return links
