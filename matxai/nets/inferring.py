"""Sizes of what goes from layer to layer, and whether they fit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper

from matxai.nets.fragments import Fragment, Shape
from matxai.nets.layer_values import class_of
from matxai.nets.opsets import STANDARD

__all__ = ["Inference", "spelled"]

# Weights with more numbers than this hold no sizes.
_SMALL = 64
# For operators whose inference does not look at channels: which axis of the weight counts them.
_CHANNELS = {"Conv": 1, "ConvTranspose": 0, "BatchNormalization": 0, "PRelu": 0}


class Inference:
    """What is known of the tensors of a graph, found out one layer after the other.

    Parameters
    ----------
    opsets : mapping of str to int
        The versions of operators.
    """

    def __init__(self, opsets: Mapping[str, int]):
        self._opsets = [helper.make_opsetid(d, v) for d, v in opsets.items()]
        self._values: dict[str, onnx.ValueInfoProto] = {}
        self._measured: dict[str, str] = {}

    def shape(self, tensor: str) -> Shape | None:
        """Return the shape of a tensor, None for sizes that are open; None where unknown."""
        value = self._values.get(tensor)
        if value is None or not value.type.tensor_type.HasField("shape"):
            return None
        dims = value.type.tensor_type.shape.dim
        return [d.dim_value if d.HasField("dim_value") else None for d in dims]

    def value(self, tensor: str) -> onnx.ValueInfoProto:
        """Return what is known of a tensor."""
        return self._values.get(tensor) or helper.make_empty_tensor_value_info(tensor)

    def add(self, placed: Fragment, layer: Any) -> None:
        """Find out what a layer puts out.

        Raises
        ------
        ValueError
            If what comes in does not fit to the layer.
        """
        self._refuse_other_channels(placed, layer)
        if placed.value is not None:
            self._values[placed.value.name] = placed.value
        if any(n.domain not in STANDARD for n in placed.nodes) or not placed.nodes:
            return
        inputs = [self._fed(t) for t in dict.fromkeys(placed.inputs.values())]
        inputs += [placed.value] if placed.value is not None else []
        small = [w for w in placed.weights if np.prod(w.dims) <= _SMALL]
        large = [w for w in placed.weights if np.prod(w.dims) > _SMALL]
        inputs += [helper.make_tensor_value_info(w.name, w.data_type, w.dims) for w in large]
        results = [helper.make_empty_tensor_value_info(t) for t in placed.outputs.values()]
        graph = helper.make_graph(placed.nodes, "layer", inputs, results, small)
        model = helper.make_model(graph, opset_imports=self._opsets)
        try:
            model = onnx.shape_inference.infer_shapes(model, strict_mode=True, data_prop=True)
        except onnx.shape_inference.InferenceError as error:
            raise ValueError(f"{self._misfit(placed, layer)} ({_reason(error)})") from error
        for value in [*model.graph.output, *model.graph.value_info]:
            dims = value.type.tensor_type.shape.dim
            if any(d.HasField("dim_value") and d.dim_value < 1 for d in dims[1:]):
                raise ValueError(f"{self._misfit(placed, layer)}, of which nothing would be left")
            self._values[value.name] = value
        self._note_unpooled(placed)

    def _note_unpooled(self, placed: Fragment) -> None:
        """Note that unpooling leads back to the size of what was pooled, which a tensor holds."""
        for node in placed.nodes:
            if node.op_type == "Shape":
                self._measured[node.output[0]] = node.input[0]
            source = self._measured.get(node.input[2]) if node.op_type == "MaxUnpool" else None
            if source is not None and self.shape(source) is not None:
                self._values[node.output[0]] = onnx.ValueInfoProto()
                self._values[node.output[0]].CopyFrom(self._values[source])
                self._values[node.output[0]].name = node.output[0]

    def _fed(self, tensor: str) -> onnx.ValueInfoProto:
        return self._values.get(tensor) or helper.make_tensor_value_info(
            tensor, TensorProto.FLOAT, None
        )

    def _refuse_other_channels(self, placed: Fragment, layer: Any) -> None:
        weights = {w.name: w for w in placed.weights}
        for node in placed.nodes:
            axis = _CHANNELS.get(node.op_type)
            weight = weights.get(node.input[1]) if axis is not None else None
            shape = self.shape(node.input[0])
            if weight is None or shape is None or len(shape) < 2 or shape[1] is None:
                continue
            groups = next((a.i for a in node.attribute if a.name == "group"), 1)
            takes = weight.dims[axis] * (groups if node.op_type == "Conv" else 1)
            # Slopes can be one for all channels, or one for each value.
            slopes = node.op_type == "PRelu" and (takes == 1 or len(weight.dims) != len(shape) - 1)
            if shape[1] != takes and not slopes:
                raise ValueError(f"{self._misfit(placed, layer)}; it takes {takes} channels")

    def _misfit(self, placed: Fragment, layer: Any) -> str:
        sizes = [spelled(self.shape(t)) for t in placed.inputs.values()]
        return (
            f"The layer {layer.Name!r} ({class_of(layer)}) does not fit to what comes in, "
            f"{' and '.join(sizes) or 'nothing'}"
        )


def spelled(shape: Shape | None) -> str:
    """Spell a shape as MATLAB does, h×w×C."""
    if shape is None:
        return "of unknown size"
    _, *sizes = shape
    ordered: Sequence[int | None] = [*sizes[1:], *sizes[:1]]
    return "×".join("any" if n is None else str(n) for n in ordered)


def _reason(error: Exception) -> str:
    lines = [line for line in str(error).splitlines() if line.strip()]
    return lines[-1].rpartition("] ")[2] if lines else "no reason given"
