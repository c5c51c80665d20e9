"""What goes in front of a network from elsewhere, so that it takes images as MATLAB's networks do.

Networks that MATLAB exports take raw pixels, N×C×H×W, and normalize them themselves. Others take
N×H×W×C, or images that were normalized before. Both is settled in the graph, once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from matxai.arguments import Check, describe, numeric_array, one_of
from matxai.nets.graph import real_inputs, with_reads_renamed
from matxai.nets.layouts import with_channels_first
from matxai.nets.opsets import opset_of

__all__ = [
    "NORMALIZATIONS",
    "NORMALIZATION_CHECKS",
    "adapted",
    "normalization_steps",
    "with_normalization",
]

# MATLAB's kinds of normalization, and the properties of imageInputLayer that each uses.
NORMALIZATIONS: Mapping[str, tuple[str, ...]] = {
    "none": (),
    "zerocenter": ("Mean",),
    "zscore": ("Mean", "StandardDeviation"),
    "rescale-symmetric": ("Min", "Max"),
    "rescale-zero-one": ("Min", "Max"),
}
_FLOATS = {TensorProto.FLOAT, TensorProto.DOUBLE, TensorProto.FLOAT16}
# From this opset on, operators broadcast as NumPy does.
_BROADCASTS = 7


def _finite(value: Any, name: str) -> np.ndarray:
    array = numeric_array(value, name).astype(np.float64)
    if not array.size or not np.isfinite(array).all():
        raise ValueError(f"{name} must hold finite numbers, but is {describe(value)}.")
    return array


NORMALIZATION_CHECKS: Mapping[str, Check] = {
    "Normalization": one_of(*NORMALIZATIONS),
    "Mean": _finite,
    "StandardDeviation": _finite,
    "Min": _finite,
    "Max": _finite,
}


def adapted(
    model: onnx.ModelProto,
    *,
    input_formats: Sequence[str] | None = None,
    output_formats: Sequence[str] | None = None,
    normalization: str = "none",
    mean: np.ndarray | None = None,
    deviation: np.ndarray | None = None,
    minimum: np.ndarray | None = None,
    maximum: np.ndarray | None = None,
) -> onnx.ModelProto:
    """Make a model take and give images channels first, and normalize them itself.

    Parameters
    ----------
    model : onnx.ModelProto
        The model; it is not changed.
    input_formats, output_formats : sequence of str, optional
        See :func:`~matxai.nets.layouts.with_channels_first`.
    normalization, mean, deviation, minimum, maximum
        See :func:`with_normalization`.
    """
    model = with_channels_first(model, input_formats, output_formats)
    return with_normalization(model, normalization, mean, deviation, minimum, maximum)


def with_normalization(
    model: onnx.ModelProto,
    kind: str,
    mean: np.ndarray | None = None,
    deviation: np.ndarray | None = None,
    minimum: np.ndarray | None = None,
    maximum: np.ndarray | None = None,
) -> onnx.ModelProto:
    """Copy a model with MATLAB's normalization of images in front of it.

    The nodes are named after the input, as MATLAB's exporter names them: ``data_Sub`` subtracts
    ``data_Mean``. Rescaling subtracts ``data_Min`` and divides by ``data_Range``, or subtracts
    ``data_Middle`` and divides by ``data_HalfRange``.

    Parameters
    ----------
    model : onnx.ModelProto
        The model, its input N×C×H×W; it is not changed.
    kind : str
        One of `NORMALIZATIONS`.
    mean, deviation, minimum, maximum : numpy.ndarray, optional
        What this kind needs: one value, one for each channel, or H×W×C.

    Raises
    ------
    ValueError
        If a value is missing, superfluous or of another size than the images, a standard deviation
        is not positive, a maximum is not above its minimum, or the network has several inputs,
        takes no images or normalizes them already.
    """
    given = {"Mean": mean, "StandardDeviation": deviation, "Min": minimum, "Max": maximum}
    _require_what_is_needed(kind, given)
    if kind == "none":
        return model
    image = _image_input(model.graph)
    _refuse_second_normalization(model.graph, image.name)
    sizes = [d.dim_value for d in image.type.tensor_type.shape.dim[1:]]
    return _with_steps(model, image, normalization_steps(kind, given, sizes))


def normalization_steps(
    kind: str, given: Mapping[str, np.ndarray | None], sizes: Sequence[int]
) -> list[tuple[str, str, np.ndarray]]:
    """List what a normalization does: operator, name of the weight, and the weight C×H×W.

    Parameters
    ----------
    kind : str
        One of `NORMALIZATIONS`.
    given : mapping of str to array
        Mean, StandardDeviation, Min and Max, None where not given.
    sizes : sequence of int
        Channels, height and width; 0 where open.

    Raises
    ------
    ValueError
        As :func:`with_normalization` does for values.
    """
    _require_what_is_needed(kind, given)
    values = {n: _laid_out(v, n, sizes) for n, v in given.items() if v is not None}
    _refuse_impossible(values)
    return _steps(kind, values) if kind != "none" else []


def _require_what_is_needed(kind: str, given: Mapping[str, np.ndarray | None]) -> None:
    for name, value in given.items():
        if value is None and name in NORMALIZATIONS[kind]:
            raise ValueError(
                f'Normalization is "{kind}", which needs {" and ".join(NORMALIZATIONS[kind])}, but '
                f"{name} is missing. Give one number, one for each channel, or H×W×C."
            )
        if value is not None and name not in NORMALIZATIONS[kind]:
            users = " or ".join(f'"{k}"' for k, uses in NORMALIZATIONS.items() if name in uses)
            raise ValueError(
                f'{name} is given, but Normalization is "{kind}", which does not use it: '
                f"set Normalization to {users}."
            )


def _image_input(graph: onnx.GraphProto) -> onnx.ValueInfoProto:
    inputs = real_inputs(graph)
    if len(inputs) != 1:
        raise ValueError(
            f"Normalization takes a network with a single input, but this one has {len(inputs)}: "
            f"{[value.name for value in inputs]}."
        )
    tensor = inputs[0].type.tensor_type
    if len(tensor.shape.dim) not in (4, 5) or tensor.elem_type not in _FLOATS:
        kind = TensorProto.DataType.Name(tensor.elem_type).lower()
        raise ValueError(
            f"Normalization takes a network of images, but the input {inputs[0].name!r} is "
            f"{kind} with {len(tensor.shape.dim)} dimensions, not float with 4 or 5."
        )
    return inputs[0]


def _refuse_second_normalization(graph: onnx.GraphProto, name: str) -> None:
    tensors = {t for node in graph.node for t in (node.name, *node.output)}
    found = sorted(tensors & {f"{name}_Sub", f"{name}_Div"})
    if found:
        raise ValueError(
            f"Normalization must be left out for this network: it normalizes its images itself, in "
            f"its node {found[0]!r}, as networks do that MATLAB exported."
        )


def _laid_out(value: np.ndarray, name: str, sizes: Sequence[int]) -> np.ndarray:
    """Lay a statistic out as C×H×W, C×1×1 where it has one value a channel; C×H×W×D of 3-D."""
    channels, *spatial = sizes
    image = [*spatial, channels]
    if value.size == 1:
        return value.reshape([1] * len(image))
    shape = value.shape + (1,) * (len(image) - value.ndim)
    if channels in (0, value.size) and max(value.shape) == value.size:
        return value.reshape(-1, *[1] * len(spatial))
    open_or_same = (n in (0, m) for n, m in zip(image, shape, strict=False))
    if len(shape) == len(image) and all(open_or_same):
        return np.moveaxis(value.reshape(shape), -1, 0)

    def spelled(sizes: Sequence[int]) -> str:
        return "×".join(str(n) if n else "any" for n in sizes)

    raise ValueError(
        f"{name} must be one number, one for each of the {spelled([channels])} channels, or "
        f"{spelled(image)} as the images, but is {spelled(value.shape)}."
    )


def _refuse_impossible(values: Mapping[str, np.ndarray]) -> None:
    deviation = values.get("StandardDeviation")
    if deviation is not None and (deviation <= 0).any():
        raise ValueError(
            f"StandardDeviation must be positive, but its least value is {deviation.min():g}."
        )
    if "Min" in values and (values["Max"] <= values["Min"]).any():
        raise ValueError("Max must be greater than Min everywhere, but is not.")


def _steps(kind: str, values: Mapping[str, np.ndarray]) -> list[tuple[str, str, np.ndarray]]:
    """List what is done to an image: operator, name of the weight, and the weight."""
    if kind == "zerocenter":
        return [("Sub", "Mean", values["Mean"])]
    if kind == "zscore":
        deviation = values["StandardDeviation"]
        return [("Sub", "Mean", values["Mean"]), ("Div", "StandardDeviation", deviation)]
    low, high = values["Min"], values["Max"]
    if kind == "rescale-zero-one":
        return [("Sub", "Min", low), ("Div", "Range", high - low)]
    return [("Sub", "Middle", (high + low) / 2), ("Div", "HalfRange", (high - low) / 2)]


def _with_steps(
    model: onnx.ModelProto,
    image: onnx.ValueInfoProto,
    steps: Sequence[tuple[str, str, np.ndarray]],
) -> onnx.ModelProto:
    last = f"{image.name}_{steps[-1][0]}"
    normalized = with_reads_renamed(model, image.name, last)
    graph = normalized.graph
    opset = opset_of(model)
    dtype = helper.tensor_dtype_to_np_dtype(image.type.tensor_type.elem_type)
    nodes, read = [], image.name
    for operator, statistic, value in steps:
        weight, put = f"{image.name}_{statistic}", f"{image.name}_{operator}"
        attributes = {} if opset >= _BROADCASTS else {"broadcast": 1, "axis": 1}
        nodes.append(helper.make_node(operator, [read, weight], [put], name=put, **attributes))
        value = value[np.newaxis] if opset >= _BROADCASTS else _for_old_opsets(value, image)
        graph.initializer.append(numpy_helper.from_array(value.astype(dtype), weight))
        if model.ir_version < 4:  # such files list weights among the inputs
            graph.input.append(
                helper.make_tensor_value_info(weight, image.type.tensor_type.elem_type, value.shape)
            )
        read = put
    old = list(graph.node)
    del graph.node[:]
    graph.node.extend([*nodes, *old])
    return normalized


def _for_old_opsets(value: np.ndarray, image: onnx.ValueInfoProto) -> np.ndarray:
    """Write a statistic out as C×H×W: opsets below 7 broadcast no axis of length 1."""
    dims = image.type.tensor_type.shape.dim[1:]
    sizes = (d.dim_value or n for d, n in zip(dims, value.shape, strict=True))
    return np.broadcast_to(value, tuple(sizes))
