"""How far a change reaches through a network's operators, along rows and columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import onnx
from onnx import helper

__all__ = ["Part", "Reach", "Reaches", "attributes_of", "is_by_position", "reaches_from"]

# What these put out at a place depends on what comes in at that place. All keep to single
# precision, in which parts are fed: Cast is not among them.
_BY_POSITION = {
    "Abs", "Add", "BatchNormalization", "Ceil", "Clip", "Concat", "Div", "Dropout", "Elu",
    "Erf", "Exp", "Floor", "Gelu", "HardSigmoid", "HardSwish", "Identity", "LRN", "LeakyRelu",
    "Log", "LogSoftmax", "Max", "Min", "Mish", "Mul", "Neg", "PRelu", "Pow", "Relu", "Selu",
    "Sigmoid", "Softmax", "Softplus", "Softsign", "Sqrt", "Sub", "Sum", "Tanh",
}  # fmt: skip
_WINDOWED = {"AveragePool", "Conv", "LpPool", "MaxPool"}
_ALONG_AXIS = {"Concat", "Softmax", "LogSoftmax"}

Shapes = Mapping[str, Sequence[int]]
Constants = Mapping[str, "np.ndarray | None"]


class Part(NamedTuple):
    """A rectangle for each of several changes: rows and columns, the ends not included."""

    top: np.ndarray
    bottom: np.ndarray
    left: np.ndarray
    right: np.ndarray


@dataclass(frozen=True)
class Reach:
    """Along one axis, output o depends on o·step + low to o·step + high of the source."""

    step: int = 1
    low: int = 0
    high: int = 0

    def through(self, size: int, stride: int, before: int) -> Reach:
        """Go on through windows of a size in steps of a stride, with padding before the first."""
        return Reach(
            self.step * stride,
            self.low - before * self.step,
            self.high + (size - 1 - before) * self.step,
        )

    def then(self, other: Reach) -> Reach:
        """Go on from what this one leads to."""
        return Reach(
            self.step * other.step,
            self.low + other.low * self.step,
            self.high + other.high * self.step,
        )

    def joined(self, other: Reach) -> Reach:
        """Depend on what either depends on; both have the same step."""
        return Reach(self.step, min(self.low, other.low), max(self.high, other.high))

    def changed(self, start: np.ndarray, stop: np.ndarray, size: int) -> tuple[np.ndarray, ...]:
        """Say which outputs, of `size`, change with start to stop of the source."""
        first = np.clip(-((self.high - start) // self.step), 0, size)
        last = np.minimum((stop - 1 - self.low) // self.step, size - 1)
        return first, np.maximum(last + 1, first)


class Reaches(NamedTuple):
    """A reach along the rows and along the columns."""

    rows: Reach = Reach()
    cols: Reach = Reach()

    def then(self, other: Reaches) -> Reaches:
        """Go on from what this one leads to."""
        return Reaches(self.rows.then(other.rows), self.cols.then(other.cols))


def attributes_of(node: onnx.NodeProto) -> dict[str, object]:
    """Return a node's attributes as values."""
    return {a.name: helper.get_attribute_value(a) for a in node.attribute}


def reaches_from(
    nodes: Sequence[onnx.NodeProto], source: str, shapes: Shapes, constants: Constants
) -> dict[str, Reaches]:
    """Say how the tensors behind one depend on it.

    Parameters
    ----------
    nodes : sequence of onnx.NodeProto
        The nodes, each behind those whose outputs it reads.
    source : str
        The tensor.
    shapes : mapping of str to sequence of int
        The sizes of tensors.
    constants : mapping of str to array
        Tensors that do not depend on what is fed.

    Returns
    -------
    dict of str to Reaches
        For each tensor that depends on the source, and besides on constants only, by operators that
        work alike at all places. Others are missing.
    """
    found = {source: Reaches()}
    for node in nodes:
        inputs = [name for name in node.input if name]
        if not any(name in found for name in inputs):
            continue
        if all(name in found or name in constants for name in inputs):
            reaches = _through(node, found, shapes, constants)
            if reaches is not None:
                found |= dict.fromkeys([n for n in node.output if n][:1], reaches)
    return found


def _through(
    node: onnx.NodeProto, found: Mapping[str, Reaches], shapes: Shapes, constants: Constants
) -> Reaches | None:
    shape = shapes.get(node.output[0])
    if shape is None or len(shape) != 4 or node.domain:
        return None
    incoming = [found[name] for name in node.input if name in found]
    if node.op_type in _WINDOWED:
        return _through_windows(node, incoming[0], shapes)
    if node.op_type == "Pad":
        return _through_padding(node, incoming[0], constants)
    if not is_by_position(node, shapes, found, whole_constants=False):
        return None
    rows, cols = incoming[0]
    for other in incoming[1:]:
        if (other.rows.step, other.cols.step) != (rows.step, cols.step):
            return None
        rows, cols = rows.joined(other.rows), cols.joined(other.cols)
    return Reaches(rows, cols)


def is_by_position(
    node: onnx.NodeProto, shapes: Shapes, changing: object, whole_constants: bool
) -> bool:
    """Tell whether a node computes each place of its output from that place of its inputs.

    Parameters
    ----------
    node : onnx.NodeProto
        The node.
    shapes : mapping of str to sequence of int
        The sizes of tensors.
    changing : container of str
        The tensors that are not constant.
    whole_constants : bool
        Whether constants may differ from place to place, as a mean image does.
    """
    if node.domain or node.op_type not in _BY_POSITION or any(node.output[1:]):
        return False
    axis = attributes_of(node).get("axis")
    if node.op_type in _ALONG_AXIS and axis not in (1, -3):
        return False
    size = shapes.get(node.output[0])
    if size is None or len(size) != 4:
        return False
    for name in node.input:
        shape = shapes.get(name, ())
        if name in changing and list(shape[2:]) != list(size[2:]):
            return False
        varies = max(shape[-2:], default=1) > 1 and node.op_type != "BatchNormalization"
        if name and name not in changing and varies and not whole_constants:
            return False
    return True


def _through_windows(node: onnx.NodeProto, before: Reaches, shapes: Shapes) -> Reaches | None:
    if any(node.output[1:]):
        return None  # indices of maxima count from the image's corner
    given = attributes_of(node)
    kernel = given.get("kernel_shape") or shapes[node.input[1]][2:]
    strides = given.get("strides") or [1, 1]
    dilations = given.get("dilations") or [1, 1]
    if len(kernel) != 2:
        return None
    whole = [(k - 1) * d + 1 for k, d in zip(kernel, dilations, strict=True)]
    sizes = shapes[node.input[0]][2:]
    pads = _first_pads(given, whole, strides, sizes)
    if pads is None:
        return None
    along = zip(before, whole, strides, pads, strict=True)
    return Reaches(*(reach.through(k, s, p) for reach, k, s, p in along))


def _first_pads(
    given: Mapping[str, object], whole: Sequence[int], strides: Sequence[int], sizes: Sequence[int]
) -> list[int] | None:
    """Say how much padding is in front of rows and columns; None where engines disagree."""
    auto = given.get("auto_pad", b"NOTSET")
    if auto in (b"NOTSET", b"VALID"):
        return list((given.get("pads") or [0, 0])[:2]) if auto == b"NOTSET" else [0, 0]
    if any(s > k for s, k in zip(strides, whole, strict=True)):
        return None  # ONNX Runtime 1.31 takes less than no padding then
    found = []
    for k, s, n in zip(whole, strides, sizes, strict=True):
        total = max((-(-n // s) - 1) * s + k - n, 0)
        found.append(total // 2 if auto == b"SAME_UPPER" else total - total // 2)
    return found


def _through_padding(node: onnx.NodeProto, before: Reaches, constants: Constants) -> Reaches | None:
    given = attributes_of(node)
    pads = given.get("pads") if "pads" in given else constants.get(node.input[1])
    alike = given.get("mode", b"constant") == b"constant" and len(node.input) < 4
    if not alike or pads is None or len(pads) != 8 or any(pads[i] for i in (0, 1, 4, 5)):
        return None
    return Reaches(*(r.through(1, 1, int(p)) for r, p in zip(before, pads[2:4], strict=True)))
