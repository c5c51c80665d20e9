"""What `load` makes of the networks among a file's variables."""

from __future__ import annotations

import warnings
from typing import Any

from matxai.lang.mat_objects import plain
from matxai.nets.mat_files.assembling import layer_graph, network_of, unknown_layers
from matxai.nets.mat_files.finding import networks_in
from matxai.nets.mat_files.records import NetworkRecord

__all__ = ["loaded"]

_NETWORKS = {"SeriesNetwork", "DAGNetwork", "dlnetwork"}


def loaded(value: Any) -> Any:
    """Turn an object of a .mat file into the network, layer graph or list of layers that it is.

    Parameters
    ----------
    value : object
        As mat-io gives it, an object that knows its class.

    Returns
    -------
    object
        A network that cannot be made is a layer graph, and a warning says why. Other objects stay
        as they are.
    """
    records = list(networks_in(plain(value), ""))
    if len(records) != 1 or records[0].place:
        return value
    record = records[0]
    try:
        return _made(record)
    except ValueError as error:
        warnings.warn(
            f"load: a {record.kind} cannot be made a network: {error} It stays as it was read.",
            stacklevel=2,
        )
        return value


def _made(record: NetworkRecord) -> Any:
    graph = layer_graph(record)
    if record.kind == "nnet.cnn.layer.Layer":
        return graph.Layers
    unknown = unknown_layers(graph)
    if record.kind not in _NETWORKS:
        return graph
    if not unknown:
        return network_of(record)
    listed = ", ".join(f"{name!r} ({kind})" for name, kind in unknown)
    warnings.warn(
        f"load: a {record.kind} comes as a layer graph, because classes of its layers are not "
        f"known here: {listed}. importNetworkFromMAT(file, CustomLayers={{…}}) makes the network, "
        f"or replaceLayer and assembleNetwork do.",
        stacklevel=2,
    )
    return graph
