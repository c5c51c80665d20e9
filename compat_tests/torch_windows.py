"""Convolutions and poolings by NumPy's padding and torch, over any number of dimensions.

Nothing of matxai's own arithmetic is used for what is expected.
"""

from dataclasses import dataclass
from itertools import product

import numpy as np
import torch
from hypothesis import strategies as st
from torch.nn import functional

import matxai as m
from matxai.nets.engines import TorchEngine

SIZES = {1: (11,), 2: (7, 9), 3: (6, 7, 5)}
CHANNELS = 3
CONVOLUTIONS = {1: functional.conv1d, 2: functional.conv2d, 3: functional.conv3d}
TRANSPOSED = {
    1: functional.conv_transpose1d,
    2: functional.conv_transpose2d,
    3: functional.conv_transpose3d,
}
# MATLAB's ways to go on beyond the edge, and NumPy's of the same.
EDGES = {
    "symmetric-include-edge": "symmetric",
    "symmetric-exclude-edge": "reflect",
    "replicate": "edge",
}
PADDING_VALUES = [0, -1.5, *EDGES]


@dataclass(frozen=True)
class Window:
    size: tuple
    stride: tuple
    dilation: tuple
    padding: object
    """As users write it."""
    ends: tuple | None
    """Before and behind each dimension; None where it is computed."""

    @property
    def rank(self):
        return len(self.size)

    def pads(self, sizes):
        if self.ends is not None:
            return self.ends
        found = []
        for n, k, s, d in zip(sizes, self.size, self.stride, self.dilation, strict=True):
            reach = d * (k - 1) + 1
            if self.padding == "causal":
                found.append((reach - 1, 0))
            else:
                total = max((-(-n // s) - 1) * s + reach - n, 0)
                found.append((total // 2, total - total // 2))
        return tuple(found)


@st.composite
def windows(draw, rank, dilated=True, causal=False, value=0):
    """Draw windows; padding is always less than they are."""

    def each(low, high):
        return tuple(draw(st.integers(low, high)) for _ in range(rank))

    size, stride = each(1, 3), each(1, 3)
    dilation = each(1, 2) if dilated else (1,) * rank
    kinds = ["same", "ends", "dimensions", "one"] + ["causal"] * causal
    kind = draw(st.sampled_from(kinds))
    if kind == "same" and rank == 1:  # the length of sequences is open
        easy = value == 0 and dilation == (1,)
        stride = (min(stride[0], size[0]) if easy else 1,)
    if kind in ("same", "causal"):
        return Window(size, stride, dilation, kind, None)
    befores = [draw(st.integers(0, k - 1)) for k in size]
    behinds = [draw(st.integers(0, k - 1)) for k in size]
    if kind == "ends":
        ends = tuple(zip(befores, behinds, strict=True))
        flat = [n for pair in ends for n in pair]
        return Window(size, stride, dilation, [befores, behinds] if rank == 3 else flat, ends)
    if kind == "one":
        befores = [min(befores)] * rank
    padding = befores[0] if kind == "one" else befores
    return Window(size, stride, dilation, padding, tuple((n, n) for n in befores))


def padded(x, pads, value=0):
    around = [(0, 0), (0, 0), *pads]
    if isinstance(value, str):
        return np.pad(x, around, mode=EDGES[value])
    return np.pad(x, around, constant_values=value)


def convolved(x, window, weights, bias, value=0):
    x = padded(x, window.pads(x.shape[2:]), value)
    kernel = torch.from_numpy(np.moveaxis(weights, (-1, -2), (0, 1)).copy())
    bias = torch.from_numpy(bias.ravel())
    convolve = CONVOLUTIONS[window.rank]
    return convolve(torch.from_numpy(x), kernel, bias, window.stride, 0, window.dilation).numpy()


def transposed(x, size, stride, cropping, weights, bias):
    """Convolve transposed; cropping is before and behind each dimension, or "same"."""
    rank = len(size)
    kernel = torch.from_numpy(np.moveaxis(weights, (-1, -2), (0, 1)).copy())
    y = TRANSPOSED[rank](torch.from_numpy(x), kernel, torch.from_numpy(bias.ravel()), stride)
    if cropping == "same":
        cropping = [((k - s) // 2, -(-(k - s) // 2)) for k, s in zip(size, stride, strict=True)]
    cut = [slice(a, n - b) for (a, b), n in zip(cropping, y.shape[2:], strict=True)]
    return y.numpy()[(slice(None), slice(None), *cut)]


def pooled(x, window, reduce, fill):
    """Reduce each window of a padded input by NumPy's nanmax, mean or nanmean."""
    x = padded(x, window.pads(x.shape[2:]), fill)
    sizes = zip(x.shape[2:], window.size, window.stride, strict=True)
    counts = [(n - k) // s + 1 for n, k, s in sizes]
    y = np.empty((*x.shape[:2], *counts))
    for place in product(*map(range, counts)):
        inside = [
            slice(i * s, i * s + k)
            for i, s, k in zip(place, window.stride, window.size, strict=True)
        ]
        part = x[(slice(None), slice(None), *inside)]
        y[(slice(None), slice(None), *place)] = reduce(part, axis=tuple(range(2, x.ndim)))
    return y


def batch(rank, seed=0):
    return np.random.RandomState(seed).randn(2, CHANNELS, *SIZES[rank])


def weights(*shape, seed=1):
    return np.random.RandomState(seed).randn(*shape)


def network(layer, rank):
    """Put an input layer in front: of sequences, images or 3-D images."""
    if rank == 1:
        return m.dlnetwork([m.sequenceInputLayer(CHANNELS), layer])
    first = {2: m.imageInputLayer, 3: m.image3dInputLayer}[rank]
    return m.dlnetwork([first([*SIZES[rank], CHANNELS], Normalization="none"), layer])


def check(layer, rank, expected, tolerance=1e-5):
    """Hold a layer against what is expected of the batch, on ONNX Runtime and on torch."""
    net = network(layer, rank)
    x = batch(rank).astype(np.float32)
    for engine in (net.engine("cpu"), TorchEngine(net._model, "cpu")):
        scores = engine(x)[0]
        assert scores.shape == expected.shape
        assert np.abs(scores - expected).max() <= tolerance * max(np.ptp(expected), 1)
    return net
