"""Layers as MATLAB itself saved them in a .mat file, read with mat-io."""

import numpy as np
import pytest


def saved_layers(path):
    """List the layers of a saved network: name → {property: value}, weights unwrapped."""
    load_from_mat = pytest.importorskip("matio", reason="mat-io is not installed").load_from_mat
    network = _struct(load_from_mat(str(path))["net"].properties["any"])
    layers = {}
    for layer in np.ravel(network["Layers"]):
        properties = {n: _plain(v) for n, v in _struct(layer.properties["any"]).items()}
        layers[str(np.ravel(properties["Name"])[0])] = properties
    return layers


def saved_class(path):
    """Return the class of a saved network: SeriesNetwork or DAGNetwork."""
    load_from_mat = pytest.importorskip("matio", reason="mat-io is not installed").load_from_mat
    return load_from_mat(str(path))["net"].classname


def _struct(value):
    if isinstance(value, dict):
        return value
    return {name: value[name].reshape(-1)[0] for name in value.dtype.names}


def _plain(value):
    """Unwrap a learnable parameter: a struct with the array as its Value."""
    while isinstance(value, np.ndarray) and value.dtype == object and value.size == 1:
        value = value.reshape(-1)[0]
    if hasattr(value, "properties"):
        value = _struct(value.properties.get("any", value.properties))
    if isinstance(value, np.ndarray) and value.dtype.names:
        value = _struct(value)
    if isinstance(value, dict):
        return _plain(value["Value"]) if "Value" in value else value
    return value
