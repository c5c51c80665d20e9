"""Layers as values: what users hand over, checked, copied and named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from matxai.arguments import describe
from matxai.nets.custom_nodes import custom_node
from matxai.nets.fragments import Making, Recipe, Writer
from matxai.nets.layers import Layer, copied
from matxai.nets.ports import numbered

__all__ = ["class_of", "layers_of", "making_of", "named", "python_recipe"]

# What MATLAB calls layers without a name; others are called after their class.
_DEFAULT_NAMES = {
    "AveragePooling1DLayer": "avgpool1d",
    "AveragePooling2DLayer": "avgpool",
    "AveragePooling3DLayer": "avgpool3d",
    "BatchNormalizationLayer": "batchnorm",
    "BiLSTMLayer": "biLSTM",
    "ClassificationOutputLayer": "classoutput",
    "ConcatenationLayer": "concat",
    "Convolution1DLayer": "conv1d",
    "Convolution2DLayer": "conv",
    "Convolution3DLayer": "conv3d",
    "Crop2DLayer": "crop",
    "CrossChannelNormalizationLayer": "crossnorm",
    "DepthConcatenationLayer": "depthcat",
    "FeatureInputLayer": "input",
    "FullyConnectedLayer": "fc",
    "FunctionLayer": "layer",
    "GlobalAveragePooling1DLayer": "globalavgpool1d",
    "GlobalAveragePooling2DLayer": "gap",
    "GlobalAveragePooling3DLayer": "globalavgpool3d",
    "GlobalMaxPooling1DLayer": "globalmaxpool1d",
    "GlobalMaxPooling2DLayer": "gmp",
    "GlobalMaxPooling3DLayer": "globalmaxpool3d",
    "GroupNormalizationLayer": "groupnorm",
    "GroupedConvolution2DLayer": "groupedconv",
    "InstanceNormalizationLayer": "instancenorm",
    "LayerNormalizationLayer": "layernorm",
    "MaxPooling1DLayer": "maxpool1d",
    "MaxPooling2DLayer": "maxpool",
    "MaxPooling3DLayer": "maxpool3d",
    "MaxUnpooling2DLayer": "maxunpool",
    "PixelClassificationLayer": "pixel-class",
    "RegressionOutputLayer": "regressionoutput",
    "Resize2DLayer": "resize",
    "SequenceInputLayer": "sequenceinput",
    "TransposedConvolution1DLayer": "transposed-conv1d",
    "TransposedConvolution2DLayer": "transposed-conv",
    "TransposedConvolution3DLayer": "transposed-conv3d",
}


def class_of(layer: Any) -> str:
    """Name MATLAB's class of a layer, for one of the user's own its Python class."""
    return layer.Class if isinstance(layer, Layer) else type(layer).__name__


def making_of(layer: Any) -> Making:
    """Return what makes the piece of a graph that a layer is.

    Raises
    ------
    ValueError
        If the layer cannot be taken out of its network.
    """
    if not isinstance(layer, Layer):
        return python_recipe(layer)
    if layer._fragment is None:
        raise ValueError(f"The layer {layer.Name!r} only describes a layer: it has no content.")
    return layer._fragment


def python_recipe(layer: Any) -> Recipe:
    """Make the recipe of a layer that is Python, its method ``predict``."""
    inputs = getattr(layer, "InputNames", None) or numbered("in", getattr(layer, "NumInputs", 1))
    outputs = getattr(layer, "OutputNames", None) or numbered(
        "out", getattr(layer, "NumOutputs", 1)
    )

    def write(w: Writer, *tensors: str) -> tuple[str, ...]:
        results = [w.name] if len(outputs) == 1 else [f"{w.name}_{port}" for port in outputs]
        w.add(custom_node(w.name, tensors, results))
        return tuple(results)

    return Recipe(write, tuple(inputs), tuple(outputs), custom=lambda: _function(layer))


def _function(layer: Any) -> Callable[..., Any]:
    from matxai.nets.custom_layers import as_torch

    return as_torch(layer)


def _is_layer(value: Any) -> bool:
    own = callable(getattr(value, "predict", None)) and not hasattr(value, "Layers")
    return isinstance(value, Layer) or (own and not isinstance(value, type))


def layers_of(value: Any, name: str) -> list[Any]:
    """Check a layer or several, and copy them.

    Raises
    ------
    TypeError
        If something is no layer.
    """
    items = [value] if _is_layer(value) else value
    if isinstance(items, (str, dict)) or not isinstance(items, (Sequence, np.ndarray)):
        items = [items]
    for item in items:
        if not _is_layer(item):
            hint = " Make an object of the class first." if isinstance(item, type) else ""
            raise TypeError(
                f"{name} must be layers, as reluLayer and its like return, or objects with a "
                f"method predict, but is {describe(item)}.{hint}"
            )
    layers = [copied(item) for item in items]
    for layer in layers:
        if not isinstance(getattr(layer, "Name", None), str):
            layer.Name = ""
    return layers


def named(layers: Sequence[Any], taken: set[str]) -> list[Any]:
    """Name layers without a name as MATLAB does: relu, or where there are several relu_1, …"""
    given = [layer.Name for layer in layers if layer.Name]
    for name, times in Counter([*given, *taken]).items():
        if times > 1:
            raise ValueError(
                f"Layers must have different names, but {name!r} is there more than once."
            )
    taken = taken.union(given)
    stems = [_default_name(class_of(layer)) for layer in layers]
    nameless = Counter(s for s, layer in zip(stems, layers, strict=True) if not layer.Name)
    result = []
    for stem, layer in zip(stems, layers, strict=True):
        name = layer.Name
        if not name:
            free = (f"{stem}_{i}" for i in range(1, len(taken) + 2) if f"{stem}_{i}" not in taken)
            name = stem if nameless[stem] == 1 and stem not in taken else next(free)
        taken.add(name)
        result.append(copied(layer, name))
    return result


def _default_name(class_name: str) -> str:
    short = class_name.rpartition(".")[2]
    own = class_name == short
    return _DEFAULT_NAMES.get(short, "layer" if own else short.removesuffix("Layer").lower())
