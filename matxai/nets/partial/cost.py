"""What computing parts of a network costs, estimated by counting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import onnx

from matxai.nets.partial.reach import attributes_of

__all__ = ["Costs"]

# In multiply-adds of a dense convolution, of which a core does some tens for each number that it
# moves: a number made, a number copied into a window, a window, and a call of the engine. Of some
# values that were tried the fastest.
_MOVED = 30.0
_COPIED = 90.0
_WINDOW = 5e5
_CALL = 4e6
# Convolutions of few channels each do less at once.
_NARROW = 4.0


class Costs:
    """The costs of a network's parts for one image.

    Parameters
    ----------
    nodes : sequence of onnx.NodeProto
        The nodes, in order.
    shapes : mapping of str to sequence of int
        The sizes of tensors for one image.
    output : str
        The output.
    """

    def __init__(
        self, nodes: Sequence[onnx.NodeProto], shapes: Mapping[str, Sequence[int]], output: str
    ):
        self._shapes = shapes
        self._made_by = {name: i for i, node in enumerate(nodes) for name in node.output}
        costs = [_cost(node, shapes) for node in nodes]
        # Between two cuts lie just the nodes between them in the order of computing, and what
        # belongs to constants, which costs nothing.
        self._sums = np.concatenate([[0.0], np.cumsum(costs)])
        self._end = self._made_by[output] + 1

    def _behind(self, tensor: str) -> int:
        return self._made_by.get(tensor, -1) + 1

    def per_place(self, source: str, target: str) -> float:
        """Cost of computing one tensor of another, for one row and column of the source."""
        _, channels, height, width = self._shapes[source]
        between = self._sums[self._behind(target)] - self._sums[self._behind(source)]
        return between / (height * width) + _COPIED * channels

    def of_calls(self, windows: np.ndarray, calls: np.ndarray) -> float:
        """Cost of computing any number of windows with any number of calls."""
        return _WINDOW * windows + _CALL * calls

    def rest(self, tensor: str) -> float:
        """Cost of all behind a tensor, for one image."""
        moved = float(np.prod(self._shapes[tensor]))
        return self._sums[self._end] - self._sums[self._behind(tensor)] + _COPIED * moved


def _cost(node: onnx.NodeProto, shapes: Mapping[str, Sequence[int]]) -> float:
    """Count multiply-adds, and what is moved."""
    made = float(np.prod(shapes.get(node.output[0], (0,)) if node.output else (0,)))
    if node.op_type in ("Conv", "ConvTranspose"):
        weight = shapes.get(node.input[1], (1,))
        group = attributes_of(node).get("group", 1)
        per_value = float(np.prod(weight[1:]))
        return made * (per_value * (_NARROW if group > 1 else 1.0) + _MOVED)
    if node.op_type in ("Gemm", "MatMul"):
        return float(np.prod(shapes.get(node.input[1], (1,)))) + made
    if node.op_type in ("MaxPool", "AveragePool", "LpPool"):
        kernel = attributes_of(node).get("kernel_shape", [1])
        return made * (float(np.prod(kernel)) + _MOVED)
    if node.op_type in ("Constant", "Shape", "Identity", "Dropout", "Reshape", "Flatten"):
        return 0.0
    return made * (_MOVED if node.op_type != "LRN" else 4 * _MOVED)
