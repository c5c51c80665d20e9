"""Layers whose class is not known: what stands in for them, and what users put in their place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from matxai.arguments import describe
from matxai.nets.fragments import Recipe
from matxai.nets.layers import Layer, copied
from matxai.nets.mat_files.records import LayerRecord

__all__ = ["PlaceholderLayer", "mapped", "placeholder"]

# Of the base class of layers that users write, and of no use here.
_HOUSEKEEPING = {"Name", "Description", "Type", "Version", "NumInputs", "NumOutputs"}


class PlaceholderLayer(Layer):
    """A layer of a class that is not known here, with the properties that the file has of it.

    It stands in a layer graph until :func:`matxai.replaceLayer` puts another one in its place.
    """


def placeholder(
    record: LayerRecord, inputs: Sequence[str] = ("in",), outputs: Sequence[str] = ("out",)
) -> PlaceholderLayer:
    """Make what stands in for a layer."""

    def write(writer: Any, *tensors: str) -> Any:
        raise ValueError(
            f"it is a placeholder: what {record.kind!r} computes is not known here. Put a layer in "
            f"its place: lgraph = replaceLayer(lgraph, {record.name!r}, layer)"
        )

    recipe = Recipe(write, tuple(inputs), tuple(outputs))
    return PlaceholderLayer(record.name, record.kind, properties_of(record), (), recipe)


def properties_of(record: LayerRecord) -> dict[str, Any]:
    """Return the properties of a layer that a user wrote: weights as arrays of single."""
    found = {}
    for name, value in record.fields.items():
        # Names with a point are those of the base classes.
        if name in _HOUSEKEEPING or "." in name or not name.isidentifier():
            continue
        held = record.array(name) if isinstance(value, Mapping) and "Value" in value else value
        found[name] = _scalar(held)
    return found


def _scalar(value: Any) -> Any:
    return value.reshape(-1)[0] if isinstance(value, np.ndarray) and value.size == 1 else value


def mapped(record: LayerRecord, layers: Mapping[str, Any]) -> Any | None:
    """Return the layer that a user gives for one of a file; None if there is none.

    Parameters
    ----------
    record : LayerRecord
        The layer of the file.
    layers : mapping of str to object
        By the layer's name, or by its class with or without its package: a layer; an object with a
        method ``predict``; the class of such objects, of which one is made that has the file's
        properties; or a function that takes a layer with the file's properties and returns one of
        these.

    Raises
    ------
    TypeError
        If what is given is no layer.
    """
    given = next((layers[k] for k in (record.name, record.kind, record.short) if k in layers), None)
    if given is None:
        return None
    if isinstance(given, type):
        return _object_of(given, record)
    if not isinstance(given, Layer) and not hasattr(given, "predict") and callable(given):
        given = given(placeholder(record))
    if not isinstance(given, Layer) and not callable(getattr(given, "predict", None)):
        raise TypeError(
            f"CustomLayers must give a layer for {record.name!r} ({record.kind}), an object with a "
            f"method predict, its class, or a function that returns one, but gives "
            f"{describe(given)}."
        )
    return copied(given, record.name)


def _object_of(kind: type, record: LayerRecord) -> Any:
    """Make an object of a user's class, with the properties that the file has of the layer."""
    if not callable(getattr(kind, "predict", None)):
        raise TypeError(
            f"CustomLayers gives the class {kind.__name__} for {record.name!r} ({record.kind}), "
            f"which must have a method predict(self, X)."
        )
    try:
        made = kind()
    except TypeError as error:
        raise TypeError(
            f"CustomLayers gives the class {kind.__name__} for {record.name!r}, of which no object "
            f"can be made without arguments ({error}). Give a function instead that makes it: "
            f'CustomLayers={{"{record.short}": lambda layer: {kind.__name__}(…)}}.'
        ) from error
    for name, value in properties_of(record).items():
        if not isinstance(getattr(kind, name, None), property):
            setattr(made, name, value)
    made.Name = record.name
    return made
