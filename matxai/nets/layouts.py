"""Networks that take or give images in another order of dimensions than N×C×H×W."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import onnx
from onnx import helper

from matxai.arguments import describe
from matxai.nets.graph import real_inputs, with_reads_renamed
from matxai.nets.grouping import is_from_matlab

__all__ = ["data_formats", "sequence_format", "with_channels_first"]

# In this order the engines take dimensions: batch, channels, spatial ones; time first.
_OURS = {2: "BC", 3: "TBC", 4: "BCSS", 5: "BCSSS"}
_LABELS = "SCBTU"
# Names of open dimensions that are time; MATLAB's is "sequenceinput_SequenceLength".
_TIME = re.compile(r"seq\w*_?len|^seq(uence)?$|^time", re.IGNORECASE)
_CHANNELS_OF_IMAGES = (1, 3, 4)


def data_formats(value: Any, name: str) -> list[str]:
    """Check MATLAB's formats of data: one text, or a list of texts, of the labels S, C, B, T, U."""
    formats = [value] if isinstance(value, str) else value
    formats = list(formats) if isinstance(formats, Iterable) else [formats]
    if not formats or not all(isinstance(f, str) for f in formats):
        raise TypeError(
            f'{name} must be a format as "BSSC", or a list of formats, but is {describe(value)}.'
        )
    formats = [f.upper() for f in formats]
    wrong = [f for f in formats if not f or set(f) - set(_LABELS)]
    if wrong:
        raise ValueError(
            f"{name} must consist of the labels S (space), C (channel), B (batch), T (time) and U "
            f'in the order of the dimensions, as "BSSC" does, but is {wrong[0]!r}.'
        )
    return formats


def sequence_format(value: onnx.ValueInfoProto) -> str:
    """Tell the order of the dimensions of an input of sequences: "BCT", "TBC" or "BTC".

    The name of the dimension that is time tells it: MATLAB's exporter writes T×N×C, and networks
    that are put together are N×C×T. Without a name, N×C×T is taken to be what has only its last
    two sizes fixed and open, and T×N×C, as ONNX's recurrent operators have it, all else.
    """
    sizes = value.type.tensor_type.shape.dim
    time = [i for i, size in enumerate(sizes) if _TIME.search(size.dim_param)]
    if len(time) == 1:
        return ("TBC", "BTC", "BCT")[time[0]]
    return "BCT" if sizes[1].dim_value > 0 and not sizes[2].dim_value > 0 else "TBC"


def with_channels_first(
    model: onnx.ModelProto,
    input_formats: Sequence[str] | None = None,
    output_formats: Sequence[str] | None = None,
) -> onnx.ModelProto:
    """Copy a model such that its images come in, and maps go out, as N×C×H×W.

    Parameters
    ----------
    model : onnx.ModelProto
        The model; it is not changed.
    input_formats : sequence of str, optional
        Order of the dimensions of each input: ``"BSSC"`` is N×H×W×C. By default an input is
        N×H×W×C if it has four dimensions, the last of 1, 3 or 4 and the second larger or open,
        unless MATLAB wrote the model.
    output_formats : sequence of str, optional
        The same of each output. By default outputs with four dimensions are N×H×W×C where an input
        is, else they are N×C×H×W.

    Raises
    ------
    ValueError
        If there is not one format for each input or output, or a format does not have its number
        of dimensions or is another order than of B, C, S and S.
    """
    inputs, outputs = real_inputs(model.graph), list(model.graph.output)
    if input_formats is None:
        input_formats = [_format_of_input(value, model) for value in inputs]
    if output_formats is None:
        last = "BSSC" in input_formats
        output_formats = ["BSSC" if last and _rank(value) == 4 else "" for value in outputs]
    moved_in = _transpositions("InputDataFormats", input_formats, inputs, "input")
    moved_out = _transpositions("OutputDataFormats", output_formats, outputs, "output")
    for name, order in moved_in.items():
        model = _with_input_transposed(model, name, order)
    for name, order in moved_out.items():
        model = _with_output_transposed(model, name, order)
    return model


def _rank(value: onnx.ValueInfoProto) -> int | None:
    tensor = value.type.tensor_type
    return len(tensor.shape.dim) if tensor.HasField("shape") else None


def _format_of_input(value: onnx.ValueInfoProto, model: onnx.ModelProto) -> str:
    """Guess the format of an input; nothing said is the engines' own."""
    if _rank(value) != 4 or is_from_matlab(model):
        return ""
    _, second, _, last = (d.dim_value for d in value.type.tensor_type.shape.dim)
    larger = second == 0 or second > last
    channels_last = last in _CHANNELS_OF_IMAGES and second not in _CHANNELS_OF_IMAGES and larger
    return "BSSC" if channels_last else ""


def _transpositions(
    option: str, formats: Sequence[str], values: Sequence[onnx.ValueInfoProto], kind: str
) -> dict[str, list[int]]:
    """Say for each tensor in another order which of our dimensions each of its dimensions is."""
    if len(formats) != len(values):
        raise ValueError(
            f"{option} must have one format for each of the network's {len(values)} {kind}s, but "
            f"has {len(formats)}."
        )
    orders = {}
    for given, value in zip(formats, values, strict=True):
        rank = _rank(value)
        if not given or given == _OURS.get(len(given) if rank is None else rank):
            continue
        if rank is not None and len(given) != rank:
            raise ValueError(
                f"{option} is {given!r}, which has {len(given)} dimensions, but the {kind} "
                f"{value.name!r} has {rank}."
            )
        if sorted(given) != sorted("BCSS"):
            raise ValueError(
                f'{option} must be "BC", "TBC", or an order of B, C, S and S as "BSSC", but is '
                f"{given!r} for the {kind} {value.name!r}."
            )
        spatial = iter((2, 3))
        orders[value.name] = [next(spatial) if d == "S" else "BC".index(d) for d in given]
    return orders


def _with_input_transposed(
    model: onnx.ModelProto, name: str, order: Sequence[int]
) -> onnx.ModelProto:
    inner = f"{name}_Transpose"
    turned = with_reads_renamed(model, name, inner)
    graph = turned.graph
    value = next(value for value in graph.input if value.name == name)
    _reorder(value, np.argsort(order))
    graph.node.insert(0, helper.make_node("Transpose", [name], [inner], name=inner, perm=order))
    return turned


def _with_output_transposed(
    model: onnx.ModelProto, name: str, order: Sequence[int]
) -> onnx.ModelProto:
    turned = onnx.ModelProto()
    turned.CopyFrom(model)
    graph = turned.graph
    value = next(value for value in graph.output if value.name == name)
    graph.value_info.append(value)
    outer, back = f"{name}_Transpose", np.argsort(order).tolist()
    graph.node.append(helper.make_node("Transpose", [name], [outer], name=outer, perm=back))
    value.name = outer
    _reorder(value, back)
    return turned


def _reorder(value: onnx.ValueInfoProto, order: Sequence[int]) -> None:
    tensor = value.type.tensor_type
    if not tensor.HasField("shape"):
        return
    before = onnx.TensorShapeProto()
    before.CopyFrom(tensor.shape)
    del tensor.shape.dim[:]
    tensor.shape.dim.extend(before.dim[i] for i in order)
