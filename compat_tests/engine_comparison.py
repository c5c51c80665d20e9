"""What the two engines score, held against the reference evaluator on the untouched file."""

from typing import NamedTuple

import numpy as np
import onnx
from onnx.reference import ReferenceEvaluator
from onnx.reference.op_run import OpRun

from matxai.nets.engines import OnnxRuntimeEngine, TorchEngine
from matxai.nets.graph import cut_at, real_inputs
from matxai.nets.importing import network_from_model


class MaxUnpool(OpRun):
    """MathWorks' operator: it takes the shape to return to and no window."""

    op_domain = "com.mathworks"
    op_schema = None

    def _run(self, x, indices, shape):
        whole = np.zeros(shape, x.dtype)
        whole.ravel()[indices.ravel()] = x.ravel()
        return (whole,)


class BatchNormalization(OpRun):
    """What is specified; onnx 1.23 mixes statistics of the batch in below opset 14."""

    op_domain = ""

    def _run(self, x, scale, bias, mean, var, epsilon=None, **_):
        scale, bias, mean, var = (v.reshape(-1, 1, 1) for v in (scale, bias, mean, var))
        return ((scale * (x - mean) / np.sqrt(var + np.float32(epsilon)) + bias).astype(x.dtype),)


class LRN(OpRun):
    """What is specified; onnx 1.23 normalizes as many channels as there are images."""

    op_domain = ""

    def _run(self, x, alpha=None, beta=None, bias=None, size=None):
        before, after = (size - 1) // 2, size // 2
        wide = np.pad(x**2, [(0, 0), (before, after), (0, 0), (0, 0)])
        sums = sum(wide[:, i : i + x.shape[1]] for i in range(size))
        return ((x / (bias + alpha / size * sums) ** beta).astype(x.dtype),)


CORRECTED = [MaxUnpool, BatchNormalization, LRN]


def reference_scores(model, images, tensors=(), size=1, axis=0):
    """Score a file's model as it stands, in batches of the size that it wants.

    Parameters
    ----------
    model : onnx.ModelProto
        The untouched model.
    images : array
        The batch.
    tensors : sequence of str
        What to return; by default the outputs.
    size : int
        Number of images in a batch.
    axis : int
        Axis of `images` along which they are counted.
    """
    shown = onnx.ModelProto()
    shown.CopyFrom(model)
    for name in tensors:
        if all(name != value.name for value in shown.graph.output):
            shown.graph.output.append(onnx.helper.make_empty_tensor_value_info(name))
    tensors = list(tensors) or [value.name for value in model.graph.output]
    evaluator = ReferenceEvaluator(shown, new_ops=CORRECTED)
    (name,) = set(evaluator.input_names) - {w.name for w in model.graph.initializer}
    parts = np.split(images, images.shape[axis] // size, axis)
    rows = [evaluator.run(tensors, {name: part}) for part in parts]
    return [np.concatenate(row) for row in zip(*rows, strict=True)]


ENGINES = {
    "ONNX Runtime": lambda net, cut: OnnxRuntimeEngine(cut, net._fixed_batch),
    "torch": lambda net, cut: TorchEngine(cut, "cpu"),
}


def engines(net, tensors, names=tuple(ENGINES)):
    """Make engines of an imported network, cut at tensors."""
    cut = cut_at(net._model, list(tensors))
    return {name: ENGINES[name](net, cut) for name in names}


def difference(scores, expected):
    """Largest difference, as a part of the range of what is expected, zero included."""
    span = max(expected.max(), 0) - min(expected.min(), 0)
    return np.abs(scores.reshape(expected.shape) - expected).max() / span


# The files that MATLAB wrote ----------------------------------------------------------------------


class Compared(NamedTuple):
    """How far both engines are from the reference on one tensor of one file."""

    file: str
    producer: str
    tensor: str
    differences: dict[tuple[str, int], float]  # of each engine and number of images


# What takes the reference evaluator hours at the size of the file.
SMALLER = {"nisitka_segnet": (96, 120)}
SEQUENCE_LENGTH = 25
BATCHES = (1, 4)


def compare(file):
    """Hold both engines against the reference on a file, scores and what goes into the softmax."""
    model = onnx.load(file)
    resize_input(model, SMALLER.get(file.stem))
    tensors = [logits_of(model), model.graph.output[0].name]
    batch, axis = random_input(model)
    expected = reference_scores(model, batch, tensors, axis=axis)
    net = network_from_model(model, file.stem)
    found: list[dict[tuple[str, int], float]] = [{} for _ in tensors]
    for name, engine in engines(net, tensors).items():
        for count in BATCHES:
            scores = engine(batch.take(range(count), axis))
            for i, (part, whole) in enumerate(zip(scores, expected, strict=True)):
                found[i][name, count] = difference(part, whole[:count])
    return [
        Compared(file.stem, model.producer_version, tensor, differences)
        for tensor, differences in zip(tensors, found, strict=True)
    ]


def resize_input(model, size):
    """Make a network of images take images of another height and width."""
    if size is not None:
        for value in [*real_inputs(model.graph), *model.graph.output]:
            for dim, length in zip(value.type.tensor_type.shape.dim[2:], size, strict=True):
                dim.dim_value = length


def logits_of(model):
    """Name what goes into the softmax, before it is only laid out otherwise."""
    made_by = {name: node for node in model.graph.node for name in node.output}
    node = next(node for node in model.graph.node if node.op_type == "Softmax")
    while node.op_type in ("Softmax", "Flatten", "Transpose"):
        tensor = node.input[0]
        node = made_by[tensor]
    return tensor


def random_input(model):
    """Draw images, 0 to 255, or sequences; return them and the axis along which they count."""
    random = np.random.RandomState(0)
    (value,) = real_inputs(model.graph)
    sizes = [dim.dim_value for dim in value.type.tensor_type.shape.dim]
    if len(sizes) == 3:
        shape = SEQUENCE_LENGTH, max(BATCHES), sizes[-1]
        return random.standard_normal(shape).astype(np.float32), 1
    shape = max(BATCHES), *sizes[1:]
    return random.random_sample(shape).astype(np.float32) * 255, 0


def table(rows):
    """Lay rows out as a Markdown table."""
    columns = list(rows[0].differences)
    head = ["file", "exporter", "tensor", *(f"{name}, {count}" for name, count in columns)]
    lines = [head, ["---"] * 3 + ["--:"] * len(columns)]
    lines += [
        [row.file, row.producer, row.tensor, *(f"{row.differences[c]:.1e}" for c in columns)]
        for row in rows
    ]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


BEGIN, END = "<!-- engines: begin -->", "<!-- engines: end -->"


def read_table(page):
    """Read the table in a page: the cells of each row."""
    lines = page.partition(BEGIN)[2].partition(END)[0].strip().splitlines()
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def with_table(page, rows):
    """Put a table into a page, in place of its own."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{table(rows)}\n{END}{after}"
