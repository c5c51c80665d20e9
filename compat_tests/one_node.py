"""ONNX graphs of one node, run by both engines."""

import warnings
from dataclasses import dataclass, field

import numpy as np
import onnx
from onnx import TensorProto, defs, helper, numpy_helper

from matxai.nets.engines import OnnxRuntimeEngine, TorchEngine
from matxai.nets.torch_module import TorchModule

DATA = object()
"""Stands for the data among a node's inputs."""

TARGET = 17
"""The opset that older graphs are brought to."""


@dataclass
class Case:
    op: str
    shape: tuple
    inputs: tuple
    since: int
    until: int
    outputs: int
    low: float | None
    attributes: dict = field(default_factory=dict)

    def __str__(self):
        details = [f"{k}={v}" for k, v in self.attributes.items()]
        arrays = [i for i in self.inputs if isinstance(i, np.ndarray) and i.dtype != bool]
        details += [str(np.round(i, 1).tolist()) for i in arrays if np.allclose(i, np.round(i, 1))]
        return " ".join([self.op, str(len(self.shape) + 1) + "D", *details]).replace(" ", "_")

    def opsets(self):
        """Give one opset for each version of the operator, TARGET where that has it."""
        found = {}
        for opset in range(self.since, self.until + 1):
            version = defs.get_schema(self.op, opset).since_version
            if version not in found or opset == TARGET:
                found[version] = opset
        return list(found.values())

    def model(self, opset):
        weights, names = [], []
        for i, value in enumerate(self.inputs):
            names.append("data" if value is DATA else "" if value is None else f"w{i}")
            if names[-1].startswith("w"):
                weights.append(numpy_helper.from_array(np.asarray(value), names[-1]))
        outputs = [f"y{i}" for i in range(self.outputs)]
        # Names with dots and names of a module's own attributes are what exporters write.
        node = helper.make_node(self.op, names, outputs, name="layer.half", **self.attributes)
        return model([node], ["N", *self.shape], outputs, weights, opset)

    def batch(self, count, seed=1):
        x = np.random.RandomState(seed).randn(count, *self.shape).astype(np.float32) * 2
        return x if self.low is None else np.abs(x) + np.float32(self.low)


def case(op, shape, *inputs, since=13, until=25, outputs=1, low=None, **attributes):
    """Make a case; the data goes before the other inputs unless DATA is among them."""
    if not any(i is DATA for i in inputs):
        inputs = (DATA, *inputs)
    return Case(op, shape, inputs, since, until, outputs, low, attributes)


def model(nodes, shape, outputs, weights=(), opset=TARGET):
    data = helper.make_tensor_value_info("data", TensorProto.FLOAT, shape)
    results = [helper.make_empty_tensor_value_info(name) for name in outputs]
    graph = helper.make_graph(nodes, "Network", [data], results, list(weights))
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset)], ir_version=8)


def check_gradient(made, batch):
    """Hold the gradient of a weighted sum of the first output against finite differences."""
    import torch

    module = torch_module(made).double()
    x = torch.from_numpy(batch).double().requires_grad_()

    def total(at):
        y = module(at)
        y = y[0] if isinstance(y, (tuple, list)) else y
        return (y * torch.from_numpy(np.asarray(np.random.RandomState(4).randn(*y.shape)))).sum()

    slopes = torch.autograd.grad(total(x), x)[0]
    random = np.random.RandomState(5)
    for _ in range(3):
        way = torch.from_numpy(random.randn(*x.shape)) * 1e-6
        with torch.no_grad():
            rise = (total(x + way) - total(x - way)).item() / 2
        assert abs(rise - (slopes * way).sum().item()) <= 2e-4 * abs(rise) + 1e-9


def torch_module(made):
    return TorchModule(made).module


def assert_same(made: onnx.ModelProto, *batches):
    """Hold the torch engine's outputs against ONNX Runtime's."""
    here, there = OnnxRuntimeEngine(made), TorchEngine(made, "cpu")
    for batch in batches:
        one, two = here(batch), there(batch)
        assert len(one) == len(two)
        for a, b in zip(one, two, strict=True):
            assert (a.shape, a.dtype) == (b.shape, b.dtype)
            if a.size:
                close(a, b)


def close(a, b):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # infinities and what is not a number have to match, too
        a, b = a.astype(float), b.astype(float)
        finite = np.isfinite(a)
        same = (a == b) | (np.isnan(a) & np.isnan(b)) | finite
        assert same.all()
        if finite.any():
            scale = max(np.ptp(a[finite]), np.abs(a[finite]).max())
            assert np.abs(a[finite] - b[finite]).max() <= 2e-5 * scale
