"""The input layer of networks of sequences."""

from __future__ import annotations

from typing import Any

import numpy as np
from onnx import TensorProto, helper

from matxai.arguments import describe, positive_integer, text
from matxai.calling import matlab_function
from matxai.nets.constructors import layer
from matxai.nets.fragments import Recipe, Writer
from matxai.nets.graph import BATCH
from matxai.nets.layers import InputLayer
from matxai.nets.preprocessing import NORMALIZATION_CHECKS, NORMALIZATIONS, normalization_steps

__all__ = ["sequenceInputLayer"]

_TIME = "SequenceLength"


def _features(value: Any, name: str) -> int:
    if np.size(value) in (2, 3, 4) and not isinstance(value, str):
        raise ValueError(
            f"{name} must be one number, that of the features of a vector sequence, but is "
            f"{describe(value)}: sequences of images are not supported here."
        )
    return positive_integer(value, name)


@matlab_function(
    "layer",
    accepts={
        "inputSize": _features,
        "MinLength": positive_integer,
        "Name": text,
        **NORMALIZATION_CHECKS,
    },
)
def sequenceInputLayer(
    inputSize: int,
    *,
    MinLength: int = 1,
    Normalization: str = "none",
    Mean: Any = None,
    StandardDeviation: Any = None,
    Min: Any = None,
    Max: Any = None,
    Name: str = "",
) -> InputLayer:
    """Make the layer that takes sequences of vectors.

    Parameters
    ----------
    inputSize : int
        Number of features in each time step.
    MinLength : int, default 1
        Least number of time steps; shorter sequences are refused.
    Normalization : {"none", "zerocenter", "zscore", "rescale-symmetric", "rescale-zero-one"}
        What is done to a sequence first, the same in each time step.
    Mean, StandardDeviation, Min, Max : float or array of inputSize, optional
        What Normalization needs: one number, or one for each feature. Without it a network cannot
        be made: MATLAB computes it in training.
    Name : str, optional
        Name of the layer.

    Returns
    -------
    InputLayer
        The layer, with ``InputSize``, ``MinLength`` and ``Normalization``.

    Raises
    ------
    TypeError
        If an argument is of a wrong kind.
    ValueError
        If `inputSize` is that of images.

    Notes
    -----
    Options are as MathWorks documents them. Sequences of images are not supported.

    Examples
    --------
    >>> import numpy as np
    >>> from matxai import dlnetwork, predict, sequenceInputLayer
    >>> net = dlnetwork([sequenceInputLayer(2, Normalization="zerocenter", Mean=[1, 10])])
    >>> predict(net, np.array([[1.0, 10.0], [2.0, 30.0], [4.0, 20.0]]))
    array([[ 0.,  0.],
           [ 1., 20.],
           [ 3., 10.]], dtype=float32)
    """
    given = {"Mean": Mean, "StandardDeviation": StandardDeviation, "Min": Min, "Max": Max}

    def value(name: str) -> Any:
        return helper.make_tensor_value_info(name, TensorProto.FLOAT, [BATCH, inputSize, _TIME])

    def write(w: Writer) -> str:
        read = w.name
        for op, name, statistic in normalization_steps(Normalization, given, [inputSize, 1, 1]):
            read = w.node(op, [read, w.weight(name, statistic.reshape(1, -1, 1))], op)
        return read

    properties = {"InputSize": inputSize, "MinLength": MinLength, "Normalization": Normalization}
    used = {n: given[n] for n in NORMALIZATIONS[Normalization] if given[n] is not None}
    properties |= {n: v.reshape(-1, 1) for n, v in used.items()}
    recipe = Recipe(write, inputs=(), value=value)
    return layer("SequenceInputLayer", Name, recipe, properties, kind=InputLayer)
