"""The networks among the variables of a .mat file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from matxai.lang.mat_objects import MatObject
from matxai.nets.mat_files.records import LayerRecord, NetworkRecord, RecordError

__all__ = ["layer_record", "networks_in"]

# How deep variables are searched: structs in cells in structs.
_DEPTH = 8
_KINDS = {"SeriesNetwork", "DAGNetwork", "dlnetwork", "nnet.cnn.LayerGraph"}


def networks_in(value: Any, place: str) -> Iterator[NetworkRecord]:
    """Find the networks, layer graphs and arrays of layers in a value of a .mat file.

    Parameters
    ----------
    value : object
        As :func:`matxai.lang.mat_objects.plain` gives it.
    place : str
        What leads there, for example the variable.
    """
    yield from _search(value, place, _DEPTH)


def _search(value: Any, place: str, depth: int) -> Iterator[NetworkRecord]:
    if depth == 0:
        return
    if _is_layers(value):
        layers = [layer_record(item) for item in (value if isinstance(value, list) else [value])]
        yield NetworkRecord(place, "nnet.cnn.layer.Layer", layers)
    elif isinstance(value, MatObject):
        found = network_record(value, place)
        if found is not None:
            yield found
            return
        for name, item in value.properties.items():
            yield from _search(item, f"{place}.{name}", depth - 1)
    elif isinstance(value, Mapping):
        for name, item in value.items():
            yield from _search(item, f"{place}.{name}", depth - 1)
    elif isinstance(value, list):
        for i, item in enumerate(value, 1):
            brackets = f"({i})" if isinstance(item, Mapping) else f"{{{i}}}"
            yield from _search(item, place + brackets, depth - 1)


def network_record(value: MatObject, place: str) -> NetworkRecord | None:
    """Read a network or layer graph; None if the object has no layers."""
    holder = _holder(value.properties)
    if holder is None:
        # Parts of it are not searched: layers without their connections are another network.
        return NetworkRecord(place, value.kind, []) if value.kind in _KINDS else None
    layers = holder["Layers"]
    records = [layer_record(item) for item in (layers if isinstance(layers, list) else [layers])]
    # Weights that a dlnetwork keeps beside its layers.
    for name in ("Learnables", "State"):
        records = _with_values(records, holder.get(name))
    return NetworkRecord(place, value.kind, records, _connections(holder.get("Connections")))


def _holder(properties: Mapping[str, Any], depth: int = 3) -> Mapping[str, Any] | None:
    """Find the mapping that has the layers."""
    if _is_layers(properties.get("Layers")):
        return properties
    if depth:
        for value in properties.values():
            inner = value.properties if isinstance(value, MatObject) else value
            found = _holder(inner, depth - 1) if isinstance(inner, Mapping) else None
            if found is not None:
                return found
    return None


def _is_layers(value: Any) -> bool:
    """Tell whether objects are layers; among those of MATLAB's can be those of a user's class."""
    items = value if isinstance(value, list) else [value]
    return all(isinstance(n, MatObject) for n in items) and any(map(_is_layer, items))


def _is_layer(value: MatObject) -> bool:
    """Tell whether an object is a layer: its class says so, or it has what layers have."""
    inherited = {"Name", "nnet.layer.Layer.PrivateInputs"} <= set(value.properties)
    return ".layer." in value.kind or inherited


def layer_record(value: MatObject) -> LayerRecord:
    """Read a layer."""
    return LayerRecord(value.kind, {name: _unwrapped(v) for name, v in value.properties.items()})


def _unwrapped(value: Any, depth: int = _DEPTH) -> Any:
    """Turn objects inside a layer into mappings: weights can be dlarrays."""
    inner = value.properties if isinstance(value, MatObject) else value
    if not isinstance(inner, Mapping) or not depth:
        return value
    return {name: _unwrapped(item, depth - 1) for name, item in inner.items()}


def _connections(table: Any) -> list[tuple[str, str]] | None:
    """Read a table of connections: the names of Source and Destination."""
    if table is None:
        return None
    columns = getattr(table, "columns", ())
    if not {"Source", "Destination"} <= set(columns):
        raise RecordError(
            "its Connections are not a table of Source and Destination, as MATLAB has it"
        )
    return [
        (_text(s), _text(d)) for s, d in zip(table["Source"], table["Destination"], strict=True)
    ]


def _text(value: Any) -> str:
    return str(np.asarray(value, dtype=object).reshape(-1)[0])


def _with_values(records: list[LayerRecord], table: Any) -> list[LayerRecord]:
    """Put the values of a table of Layer, Parameter and Value into the layers."""
    if not {"Layer", "Parameter", "Value"} <= set(getattr(table, "columns", ())):
        return records
    found: dict[str, dict[str, Any]] = {}
    for layer, parameter, value in zip(
        table["Layer"], table["Parameter"], table["Value"], strict=True
    ):
        found.setdefault(_text(layer), {})[_text(parameter)] = _cell(value)
    return [
        LayerRecord(r.kind, {**r.fields, **found[r.name]}) if r.name in found else r
        for r in records
    ]


def _cell(value: Any) -> Any:
    from matxai.lang.mat_objects import plain

    value = plain(value)
    while isinstance(value, list) and len(value) == 1:
        value = value[0]
    return _unwrapped(value)
