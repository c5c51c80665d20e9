"""The places where a network can be cut in two, with one tensor between."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from matxai.nets.graph import nodes_for, real_inputs
from matxai.nets.partial.reach import attributes_of, is_by_position

__all__ = ["CutNetwork"]

# Weights with more numbers hold no sizes.
_SMALL = 64


class CutNetwork:
    """A network's nodes, and the sizes of its tensors for one image."""

    def __init__(self, model: onnx.ModelProto, output: str, size: Sequence[int]):
        weights = {w.name: w for w in model.graph.initializer}
        self.input = real_inputs(model.graph)[0].name
        self.output = output
        self.nodes = nodes_for(model.graph, [output], [self.input])
        self.shapes = self._sizes(model, size)
        self.shapes |= {name: list(w.dims) for name, w in weights.items()}
        small = {name: w for name, w in weights.items() if np.prod(w.dims) <= _SMALL}
        self.constants: dict[str, np.ndarray | None] = dict.fromkeys(weights)
        self.constants |= {name: numpy_helper.to_array(w) for name, w in small.items()}
        self._add_constant_nodes()
        self.cuts = self._cuts()

    def _sizes(self, model: onnx.ModelProto, size: Sequence[int]) -> dict[str, list[int]]:
        """Find the sizes of tensors for one image, without moving the weights about."""
        values = [helper.make_tensor_value_info(self.input, TensorProto.FLOAT, [1, *size])]
        small = []
        for w in model.graph.initializer:
            if np.prod(w.dims) <= _SMALL:
                small.append(w)
            else:
                values.append(helper.make_tensor_value_info(w.name, w.data_type, w.dims))
        outputs = [helper.make_empty_tensor_value_info(self.output)]
        graph = helper.make_graph(self.nodes, "sizes", values, outputs, small)
        light = helper.make_model(graph, opset_imports=model.opset_import)
        graph = onnx.shape_inference.infer_shapes(light, data_prop=True).graph
        return {
            value.name: [d.dim_value for d in value.type.tensor_type.shape.dim]
            for value in [*graph.input, *graph.value_info, *graph.output]
            if all(d.HasField("dim_value") for d in value.type.tensor_type.shape.dim)
        }

    def _add_constant_nodes(self) -> None:
        for node in self.nodes:
            if node.op_type == "Constant":
                value = next((a.t for a in node.attribute if a.name == "value"), None)
                if value is not None:
                    array = numpy_helper.to_array(value)
                    self.constants[node.output[0]] = array
                    self.shapes[node.output[0]] = list(array.shape)

    def _cuts(self) -> list[str]:
        """List the tensors through which all goes that the output depends on, in order."""
        reads = {}
        for i, node in enumerate(self.nodes):
            for name in node.input:
                reads[name] = i
        reads[self.output] = len(self.nodes)
        depends, live, cuts = {self.input}, {self.input}, [self.input]
        for i, node in enumerate(self.nodes):
            if depends.isdisjoint(node.input):
                continue
            outputs = [name for name in node.output if name in reads]
            depends.update(outputs)
            live.update(outputs)
            live = {name for name in live if reads.get(name, -1) > i}
            if len(live) == 1 and outputs and live == set(outputs):
                cuts.extend(outputs)
        return cuts

    def start(self) -> str | None:
        """Find the last cut up to which each place depends on that place of the image only."""
        shape = self.shapes.get(self.input)
        if shape is None or len(shape) != 4:
            return None
        behind, found = {self.input}, self.input
        for node in self.nodes:
            if behind.isdisjoint(node.input):
                continue
            if not is_by_position(node, self.shapes, behind, whole_constants=True):
                break
            behind.update(node.output)
            if node.output[0] in self.cuts:
                found = node.output[0]
        return found

    def mean_of(self, tensor: str) -> str | None:
        """Return what averages a tensor over all its places, if nothing else reads the tensor."""
        readers = [node for node in self.nodes if tensor in node.input]
        if len(readers) != 1 or tensor == self.output or not self._averages(readers[0]):
            return None
        (name,) = readers[0].output
        return name if name in self.cuts else None

    def _averages(self, node: onnx.NodeProto) -> bool:
        """Tell whether a node's output is the mean over rows and columns."""
        given = attributes_of(node)
        if node.domain:
            return False
        if node.op_type == "GlobalAveragePool":
            return True
        if node.op_type == "ReduceMean":
            axes = given.get("axes")
            if axes is None and len(node.input) > 1:
                axes = self.constants.get(node.input[1])
            return axes is not None and sorted(int(a) % 4 for a in np.ravel(axes)) == [2, 3]
        if node.op_type != "AveragePool" or given.get("auto_pad", b"NOTSET") != b"NOTSET":
            return False
        whole = list(given["kernel_shape"]) == list(self.shapes[node.input[0]][2:])
        return whole and not any(given.get("pads", [0]))
