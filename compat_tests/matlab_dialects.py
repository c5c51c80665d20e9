"""Networks as MATLAB's exporter writes them, release by release.

A :class:`Description` says what a network computes; :func:`write` puts it in a :class:`Dialect`.
The twin is the same network in plain ONNX of opset 13, without any of the exporter's ways: what it
scores is what every dialect of it must score.

The dialects follow files that MATLAB wrote. Some layers were seen in none of these files: their
form is what the operator's specification allows at that opset (``matlab_layers`` says which).
"""

from dataclasses import dataclass, replace
from typing import Any, NamedTuple
from zlib import crc32

import numpy as np
import onnx
from matlab_inputs import NORMALIZATIONS
from matlab_layers import LAYERS, fully_connected, pixel_softmax, softmax
from onnx import TensorProto, helper, numpy_helper

PRODUCER = "MATLAB Deep Learning Toolbox Converter for ONNX Model Format"


@dataclass(frozen=True)
class Dialect:
    """What a release of the exporter does."""

    release: str
    producer: str
    opset: int
    ir: int
    open_batch: bool  # whether the batch size is a name rather than 1
    listed: bool  # whether weights stand among the graph's inputs as well
    dense: str  # what a fully connected layer becomes: "MatMul" or "Conv"
    average: str  # suffix of the name of what is subtracted
    dynamic: bool = False  # whether the padding "same" is computed in the graph

    @property
    def legacy(self):
        """Tell whether operators broadcast only when told to."""
        return self.opset < 7


R2018b = Dialect("R2018b", "18.2.5", 6, 3, False, True, "MatMul", "AvgImg")
R2019a = Dialect("R2019a", "19.1.5", 8, 3, False, True, "Conv", "AvgImg")
R2020a = Dialect("R2020a", "20.1.0", 8, 5, False, True, "Conv", "Mean")
R2020b = Dialect("R2020b", "20.2.2", 8, 6, True, True, "Conv", "Mean")
R2021b = Dialect("R2021b", "21.2.0", 8, 7, True, False, "Conv", "Mean")
R2024b = Dialect("R2024b", "24.2.0", 14, 9, True, False, "Conv", "Mean", dynamic=True)
TWIN = Dialect("", "", 13, 8, True, False, "Conv", "Mean")

DIALECTS = (R2018b, R2019a, R2020a, R2020b, R2021b, R2024b)

# OpsetVersion= takes others than a release's own; these keep to what the operators' forms allow.
OPSETS = {
    "R2018b": (6,),
    "R2019a": (7, 8, 9),
    "R2020a": (7, 8, 9),
    "R2020b": (8, 9, 10, 11),
    "R2021b": (8, 9, 10, 11, 12, 13),
    "R2024b": (13, 14, 15, 16, 17),
}


@dataclass(frozen=True)
class Description:
    """A network: its input, a chain of layers or blocks of layers, and how it ends."""

    size: tuple[int, int, int]  # height, width, channels
    steps: tuple[tuple[str, dict[str, Any]], ...]
    head: str = "fully connected"
    classes: int = 3
    normalization: str = "zerocenter"
    seed: int = 0


class Tensor(NamedTuple):
    """A tensor of one image: channels, height and width, or channels only."""

    name: str
    shape: tuple[int, ...]


class Written(NamedTuple):
    """A network in a file's form, and what is known of it."""

    model: onnx.ModelProto
    logits: str  # the tensor in front of the softmax
    layers: list[tuple[str, str]]  # name and class of each of MATLAB's layers


class Writer:
    """What the layers write themselves to."""

    def __init__(self, dialect, seed):
        self.dialect = dialect
        self.seed = seed
        self.nodes, self.weights, self.layers = [], [], []
        self._counts = {}

    def layer(self, kind, name):
        """Note a layer of MATLAB's; return its name as the file spells it."""
        self.layers.append((name, f"nnet.cnn.layer.{kind}"))
        return "".join(c if c.isalnum() else "_" for c in name)

    def named(self, stem):
        """Make a name that no layer has."""
        self._counts[stem] = self._counts.get(stem, 0) + 1
        return f"{stem}_{self._counts[stem]}"

    def random(self, name, *shape, scale=1.0, offset=0.0):
        """Draw weights that depend on their name and the seed only."""
        random = np.random.RandomState([self.seed, crc32(name.encode())])
        return random.standard_normal(shape) * scale + offset

    def weight(self, name, values):
        """Write a weight, floats as bytes and integers as a field, as MATLAB does."""
        values = np.asarray(values)
        if values.dtype.kind == "f":
            proto = numpy_helper.from_array(values.astype(np.float32), name)
        else:
            flat = values.astype(np.int64).ravel().tolist()
            proto = helper.make_tensor(name, TensorProto.INT64, values.shape, flat)
        self.weights.append(proto)
        return name

    def node(self, op, inputs, name, outputs=None, **attributes):
        """Write a node whose output has its name, or that has the given outputs."""
        outputs = outputs or [name]
        self.nodes.append(helper.make_node(op, inputs, outputs, name=name, **attributes))
        return outputs[0]

    def legacy(self, axis=1):
        """Attributes that make an operator broadcast where it must be told."""
        return {"broadcast": 1, "axis": axis} if self.dialect.legacy else {}


def write(description: Description, dialect: Dialect, batch: int | None = None) -> Written:
    """Write a network in a dialect.

    Parameters
    ----------
    description, dialect : Description, Dialect
        What to write and how.
    batch : int, optional
        BatchSize= of exportONNXNetwork; by default the dialect's.
    """
    writer = Writer(dialect, description.seed)
    height, width, channels = description.size
    writer.layer("ImageInputLayer", "imageinput")
    x = Tensor("imageinput", (channels, height, width))
    x, gain = NORMALIZATIONS[description.normalization](writer, x)
    for kind, parameters in description.steps:
        x = LAYERS[kind](writer, x, writer.named(kind), **parameters)
    logits, x = HEADS[description.head](writer, x, description.classes, gain)
    return Written(_model(writer, description, x, batch), logits, writer.layers)


def shape_after(description: Description) -> tuple[int, ...]:
    """Shape, channels first, in front of a network's head."""
    writer = Writer(TWIN, 0)
    height, width, channels = description.size
    x = Tensor("imageinput", (channels, height, width))
    for kind, parameters in description.steps:
        x = LAYERS[kind](writer, x, writer.named(kind), **parameters)
    return x.shape


def twin(description: Description) -> Written:
    """Write a network in plain ONNX."""
    return write(description, TWIN)


def with_opset(dialect: Dialect, opset: int) -> Dialect:
    """Take OpsetVersion= instead of the release's own."""
    return replace(dialect, opset=opset)


def _model(writer, description, x, batch):
    dialect = writer.dialect
    count = batch or ("BatchSize" if dialect.open_batch else 1)
    height, width, channels = description.size
    image = _info("imageinput", [count, channels, height, width])
    listed = [_info(w.name, w.dims, w.data_type) for w in writer.weights] if dialect.listed else []
    graph = helper.make_graph(
        writer.nodes,
        "Network",
        [*listed, image],
        [_info(x.name, [count, *x.shape])],
        writer.weights,
    )
    opsets = [onnx.OperatorSetIdProto(version=dialect.opset)]
    if any(node.domain == "com.mathworks" for node in writer.nodes):
        opsets.append(helper.make_opsetid("com.mathworks", 1))
    return helper.make_model(
        graph,
        opset_imports=opsets,
        ir_version=dialect.ir,
        producer_name=PRODUCER,
        producer_version=dialect.producer,
    )


def _info(name, shape, kind=TensorProto.FLOAT):
    return helper.make_tensor_value_info(name, kind, shape)


def _fully_connected_head(w, x, classes, gain):
    x = fully_connected(w, x, "fc", classes, gain)
    return x.name, softmax(w, x, "softmax")


def _two_fully_connected_head(w, x, classes, gain):
    x = fully_connected(w, x, "fc_1", 2 * classes, gain)
    x = LAYERS["dropout"](w, LAYERS["relu"](w, x, "fc_1-relu"), "drop")
    x = fully_connected(w, x, "fc_2", classes)
    return x.name, softmax(w, x, "prob")


def _pooled_head(w, x, classes, gain):
    x = LAYERS["global average pooling"](w, x, "gap")
    x = fully_connected(w, x, "fc", classes, gain)
    return x.name, softmax(w, x, "softmax")


def _convolutional_head(w, x, classes, gain):
    x = LAYERS["convolution"](w, x, "conv10", classes, (1, 1), gain=gain)
    x = LAYERS["global average pooling"](w, x, "pool10")
    return x.name, softmax(w, x, "prob")


def _pixel_head(w, x, classes, gain):
    x = LAYERS["convolution"](w, x, "final-conv", classes, (1, 1), gain=gain)
    return x.name, pixel_softmax(w, x, "softmax")


def _regression_head(w, x, classes, gain):
    x = fully_connected(w, x, "fc", classes, gain)
    if len(x.shape) > 1:
        x = Tensor(w.node("Flatten", [x.name], "fc_Flatten", axis=1), x.shape[:1])
    return x.name, x


HEADS = {
    "fully connected": _fully_connected_head,
    "two fully connected": _two_fully_connected_head,
    "pooled": _pooled_head,
    "convolutional": _convolutional_head,
    "pixels": _pixel_head,
    "regression": _regression_head,
}
