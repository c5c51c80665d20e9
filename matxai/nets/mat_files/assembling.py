"""Networks and layer graphs made of what a .mat file says of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from matxai.nets.assembling_older import assembleNetwork
from matxai.nets.layer_graph import LayerGraph, Link
from matxai.nets.layers import OutputLayer
from matxai.nets.mat_files.building import built
from matxai.nets.mat_files.placeholders import PlaceholderLayer, mapped, placeholder
from matxai.nets.mat_files.records import LayerRecord, NetworkRecord, RecordError
from matxai.nets.network import Network, dlnetwork

__all__ = ["UnsupportedLayersError", "layer_graph", "network_of", "unknown_layers"]

_UNKNOWN_FORM = (
    "is saved in a form in which no layers and connections are found. In MATLAB, "
    "exportONNXNetwork(net, filename), or lgraph = layerGraph(net) and save that"
)
_CHAINS = ("SeriesNetwork", "nnet.cnn.layer.Layer")


class UnsupportedLayersError(ValueError):
    """A network has layers of classes that are not known.

    Attributes
    ----------
    layers : list of (name, class)
        These layers.
    """

    def __init__(self, message: str, layers: list[tuple[str, str]]):
        super().__init__(message)
        self.layers = layers


def layer_graph(record: NetworkRecord, custom: Mapping[str, Any] | None = None) -> LayerGraph:
    """Make the layer graph of a network in a file.

    Parameters
    ----------
    record : NetworkRecord
        What the file says.
    custom : mapping of str to object, optional
        Layers for classes that are not known; see :func:`matxai.importNetworkFromMAT`.

    Returns
    -------
    LayerGraph
        The layers and their connections; PlaceholderLayers where the class is not known.

    Raises
    ------
    RecordError
        If a layer lacks what it needs, or connections lead nowhere.
    """
    if not record.layers:
        raise RecordError(f"{record.place}, a {record.kind}, {_UNKNOWN_FORM}")
    ports = _Ports(record)
    layers = [_layer(ports.counted(layer), custom or {}, ports) for layer in record]
    if record.connections is None:
        if record.kind not in _CHAINS and len(layers) > 1:
            raise RecordError(f"{record.place}, a {record.kind}, {_UNKNOWN_FORM}")
        return LayerGraph.chain(layers)
    graph = LayerGraph(layers)
    try:
        links = [
            Link(*graph.end(source, "outputs"), *graph.end(destination, "inputs"))
            for source, destination in record.connections
        ]
    except ValueError as error:
        raise RecordError(
            f"{record.place}: its Connections do not fit its layers: {error}"
        ) from None
    return graph.with_links(links)


class _Ports:
    """The inputs and outputs of layers, as far as connections tell."""

    def __init__(self, record: NetworkRecord):
        names = {layer.name for layer in record}
        self._inputs: dict[str, list[str]] = {}
        self._outputs: dict[str, list[str]] = {}
        for source, destination in record.connections or ():
            _note(self._outputs, source, names)
            _note(self._inputs, destination, names)

    def of(self, record: LayerRecord) -> tuple[list[str], list[str]]:
        """Return the inputs and the outputs of a layer."""
        return self._inputs.get(record.name, ["in"]), self._outputs.get(record.name, ["out"])

    def counted(self, record: LayerRecord) -> LayerRecord:
        """Add the number of inputs where the file does not have it."""
        inputs = self._inputs.get(record.name, [])
        if record.has("NumInputs") or len(inputs) < 2:
            return record
        return LayerRecord(record.kind, {**record.fields, "NumInputs": len(inputs)})


def _note(found: dict[str, list[str]], label: str, names: set[str]) -> None:
    layer, slash, port = label.rpartition("/")
    if label in names or not slash:
        return
    ports = found.setdefault(layer, [])
    if port not in ports:
        ports.append(port)


def _layer(record: LayerRecord, custom: Mapping[str, Any], ports: _Ports) -> Any:
    given = mapped(record, custom)
    if given is not None:
        return given
    made = built(record)
    return placeholder(record, *ports.of(record)) if made is None else made


def unknown_layers(graph: LayerGraph) -> list[tuple[str, str]]:
    """List the layers, by name and class, that only stand in for one."""
    return [(n.Name, n.Class) for n in graph.Layers if isinstance(n, PlaceholderLayer)]


def network_of(record: NetworkRecord, custom: Mapping[str, Any] | None = None) -> Network:
    """Make the network of what a file says of it.

    Returns
    -------
    SeriesNetwork, DAGNetwork or dlnetwork
        As in the file. Of a layer graph, or an array of layers, one with the output layer if there
        is one. A DAGNetwork with several output layers becomes a dlnetwork without them.

    Raises
    ------
    UnsupportedLayersError
        If there are layers of classes that are not known.
    ValueError
        If the layers make no network.
    """
    graph = layer_graph(record, custom)
    unknown = unknown_layers(graph)
    if unknown:
        raise UnsupportedLayersError(_unsupported(record, unknown), unknown)
    ends = [layer.Name for layer in graph.Layers if isinstance(layer, OutputLayer)]
    if len(ends) == 1 and record.kind != "dlnetwork":
        is_chain = record.connections is None
        return assembleNetwork(graph.order() if is_chain else graph)
    return dlnetwork(graph.without(ends))


def _unsupported(record: NetworkRecord, unknown: list[tuple[str, str]]) -> str:
    listed = "".join(f"\n  {name!r} ({kind})" for name, kind in unknown)
    kind = unknown[0][1].rpartition(".")[2]
    layers = "a layer" if len(unknown) == 1 else f"{len(unknown)} layers"
    return (
        f"{record.place} has {layers} of a class that is not known here:{listed}\n"
        f"What they compute is not in the file. Say it with a layer, CustomLayers={{{kind!r}: "
        f"functionLayer(lambda X: X)}}, or with a class of your own that has a method predict. Or "
        f"take the layers, lgraph = importLayersFromMAT(file), put others in their place with "
        f"replaceLayer, and make a network with assembleNetwork(lgraph)."
    )
