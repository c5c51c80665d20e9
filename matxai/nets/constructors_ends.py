"""Input layers, and the output layers of the older network classes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from onnx import TensorProto, helper

from matxai.arguments import positive_integer, positive_integers, text, texts
from matxai.calling import matlab_function
from matxai.lang.categorical import categorical
from matxai.nets.constructors import layer
from matxai.nets.flavours import is_auto, output_layer
from matxai.nets.fragments import Recipe, Writer
from matxai.nets.graph import BATCH
from matxai.nets.layers import ImageInputLayer, InputLayer, OutputLayer
from matxai.nets.preprocessing import (
    NORMALIZATION_CHECKS,
    NORMALIZATIONS,
    normalization_steps,
    with_normalization,
)

__all__ = [
    "classificationLayer",
    "featureInputLayer",
    "imageInputLayer",
    "image_input_layer",
    "pixelClassificationLayer",
    "regressionLayer",
]


@matlab_function(
    "layer",
    accepts={"inputSize": positive_integers([2, 3]), "Name": text, **NORMALIZATION_CHECKS},
)
def imageInputLayer(
    inputSize: Any,
    *,
    Normalization: str = "zerocenter",
    Mean: Any = None,
    StandardDeviation: Any = None,
    Min: Any = None,
    Max: Any = None,
    Name: str = "",
) -> ImageInputLayer:
    """Make the layer that takes images.

    Parameters
    ----------
    inputSize : [height, width, channels] or [height, width]
        Size of the images.
    Normalization : {"zerocenter", "zscore", "rescale-symmetric", "rescale-zero-one", "none"}
        What is done to an image first; see :func:`matxai.importNetworkFromONNX`.
    Mean, StandardDeviation, Min, Max : float or array, optional
        What Normalization needs: one number, one for each channel (C or 1×1×C), or H×W×C. Without
        it a network cannot be made: MATLAB computes it in training.
    Name : str, optional
        Name of the layer.

    Returns
    -------
    ImageInputLayer
        The layer, with ``InputSize`` and ``Normalization``.

    Raises
    ------
    TypeError
        If an argument is of a wrong kind.
    """
    size = [*inputSize, 1][:3]
    given = {"Mean": Mean, "StandardDeviation": StandardDeviation, "Min": Min, "Max": Max}
    return image_input_layer(ImageInputLayer, size, Normalization, given, Name)


def image_input_layer(
    kind: type[InputLayer],
    size: Sequence[int],
    normalization: str,
    given: Mapping[str, np.ndarray | None],
    name: str,
) -> Any:
    """Make the layer that takes images of a size, the channels last."""
    *spatial, channels = size
    shape = [BATCH, channels, *spatial]

    def value(name: str) -> Any:
        return helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)

    def write(w: Writer) -> str:
        # A graph that does nothing is normalized, and what is in front of the nothing taken.
        nothing = helper.make_node("Identity", [w.name], ["\0out"])
        result = helper.make_tensor_value_info("\0out", TensorProto.FLOAT, shape)
        graph = helper.make_graph([nothing], "nothing", [value(w.name)], [result])
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
        model = with_normalization(model, normalization, *given.values())
        w.nodes.extend(model.graph.node[:-1])
        w.weights.extend(model.graph.initializer)
        return model.graph.node[-1].input[0]

    properties = {"InputSize": np.array(size), "Normalization": normalization}
    used = {n: given[n] for n in NORMALIZATIONS[normalization] if given[n] is not None}
    ones = [1] * len(spatial)
    properties |= {n: v.reshape(*ones, -1) if v.ndim < 3 else v for n, v in used.items()}
    recipe = Recipe(write, inputs=(), value=value)
    return layer(kind.__name__, name, recipe, properties, kind=kind)


@matlab_function(
    "layer", accepts={"numFeatures": positive_integer, "Name": text, **NORMALIZATION_CHECKS}
)
def featureInputLayer(
    numFeatures: int,
    *,
    Normalization: str = "none",
    Mean: Any = None,
    StandardDeviation: Any = None,
    Min: Any = None,
    Max: Any = None,
    Name: str = "",
) -> InputLayer:
    """Make the layer that takes features.

    Parameters
    ----------
    numFeatures : int
        Number of features.
    Normalization : {"none", "zerocenter", "zscore", "rescale-symmetric", "rescale-zero-one"}
        What is done to them first; see :func:`matxai.importNetworkFromONNX`.
    Mean, StandardDeviation, Min, Max : float or array of numFeatures, optional
        What Normalization needs. Without it a network cannot be made.
    Name : str, optional
        Name of the layer.

    Returns
    -------
    InputLayer
        The layer, with ``InputSize`` and ``Normalization``.

    Raises
    ------
    TypeError
        If an argument is of a wrong kind.
    """
    given = {"Mean": Mean, "StandardDeviation": StandardDeviation, "Min": Min, "Max": Max}

    def value(name: str) -> Any:
        return helper.make_tensor_value_info(name, TensorProto.FLOAT, [BATCH, numFeatures])

    def write(w: Writer) -> str:
        tensor = w.name
        for operator, statistic, weight in normalization_steps(
            Normalization, given, [numFeatures, 1, 1]
        ):
            row = np.broadcast_to(weight.reshape(-1), [numFeatures])
            tensor = w.node(operator, [tensor, w.weight(statistic, row)], operator)
        return tensor

    used = {n: given[n].reshape(-1) for n in NORMALIZATIONS[Normalization] if given[n] is not None}
    properties = {"InputSize": numFeatures, "Normalization": Normalization} | used
    recipe = Recipe(write, inputs=(), value=value)
    return layer("FeatureInputLayer", Name, recipe, properties, kind=InputLayer)


def _classes(value: Any, name: str) -> Any:
    if is_auto(value):
        return "auto"
    names = texts(value, name)
    return categorical(names, names)


@matlab_function("layer", accepts={"Classes": _classes, "Name": text})
def classificationLayer(*, Classes: Any = "auto", Name: str = "") -> OutputLayer:
    """Make the output layer of a network that classifies, for assembleNetwork.

    Parameters
    ----------
    Classes : "auto", list of str or categorical
        Names of the classes, in the order of the channels; "auto" names them "1", "2", …
    Name : str, optional
        Name of the layer.

    Returns
    -------
    OutputLayer
        The layer, with ``Classes``.
    """
    return output_layer("classification", Name, {"Classes": Classes})


@matlab_function("layer", accepts={"Classes": _classes, "Name": text})
def pixelClassificationLayer(*, Classes: Any = "auto", Name: str = "") -> OutputLayer:
    """Make the output layer of a network that classifies pixels, for assembleNetwork.

    Parameters
    ----------
    Classes : "auto", list of str or categorical
        Names of the classes, in the order of the channels; "auto" names them "1", "2", …
    Name : str, optional
        Name of the layer.

    Returns
    -------
    OutputLayer
        The layer, with ``Classes``.
    """
    return output_layer("pixelclassification", Name, {"Classes": Classes})


@matlab_function("layer", accepts={"Name": text})
def regressionLayer(*, Name: str = "") -> OutputLayer:
    """Make the output layer of a network that predicts numbers, for assembleNetwork.

    Parameters
    ----------
    Name : str, optional
        Name of the layer.

    Returns
    -------
    OutputLayer
        The layer.
    """
    return output_layer("regression", Name, {})
