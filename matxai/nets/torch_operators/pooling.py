"""Pooling with any padding, its indices, and its undoing."""

from __future__ import annotations

import math
from collections.abc import Sequence

import torch
from torch import Tensor
from torch.nn import functional

from matxai.nets.torch_operators.convolution import CONVOLUTIONS
from matxai.nets.torch_operators.registering import operator
from matxai.nets.torch_operators.windows import overhang, padded, paddings

MAXIMA = {1: functional.max_pool1d, 2: functional.max_pool2d, 3: functional.max_pool3d}
AVERAGES = {1: functional.avg_pool1d, 2: functional.avg_pool2d, 3: functional.avg_pool3d}

Pads = list[tuple[int, int]]


class Windows:
    """The windows of a pooling over one input."""

    def __init__(
        self,
        sizes: Sequence[int],
        kernel: Sequence[int],
        strides: Sequence[int] | None,
        dilations: Sequence[int] | None,
        pads: Sequence[int] | None,
        auto_pad: str,
        ceil_mode: int,
    ):
        rank = len(kernel)
        self.kernel = list(kernel)
        self.strides = list(strides or [1] * rank)
        self.dilations = list(dilations or [1] * rank)
        reach = [d * (k - 1) + 1 for k, d in zip(kernel, self.dilations, strict=True)]
        self.pads: Pads = paddings(sizes, reach, self.strides, pads, auto_pad)
        """Padding before and after each axis."""
        self.over: Pads = [
            (0, overhang(n, r, s, pad) if ceil_mode else 0)
            for n, r, s, pad in zip(sizes, reach, self.strides, self.pads, strict=True)
        ]
        """What the last windows of rounded-up sizes need beyond the padding."""
        self.all: Pads = [
            (before, after + more)
            for (before, after), (_, more) in zip(self.pads, self.over, strict=True)
        ]
        self.torch_can_pad = all(
            before == after and 2 * before <= k
            for (before, after), k in zip(self.all, kernel, strict=True)
        )


# onnx2torch's gives no indices, refuses automatic padding, takes no padding wider than half a
# window, and rounds sizes up otherwise where the padding is asymmetric.
@operator("MaxPool", 1, only={"storage_order": (0,)})
def max_pool(
    x: Tensor,
    *,
    auto_pad: str = "NOTSET",
    ceil_mode: int = 0,
    dilations: Sequence[int] | None = None,
    kernel_shape: Sequence[int],
    pads: Sequence[int] | None = None,
    storage_order: int = 0,
    strides: Sequence[int] | None = None,
    outputs: int = 1,
) -> tuple[Tensor, ...]:
    """Pool maxima; the second output is where they lie in the whole batch, flattened."""
    windows = Windows(x.shape[2:], kernel_shape, strides, dilations, pads, auto_pad, ceil_mode)
    around = [(0, 0)] * len(kernel_shape) if windows.torch_can_pad else windows.all
    within = padded(x, around, -math.inf)
    inner = [before for before, _ in windows.all] if windows.torch_can_pad else 0
    result = MAXIMA[len(kernel_shape)](
        within, kernel_shape, windows.strides, inner, windows.dilations, False, outputs > 1
    )
    if outputs == 1:
        return (result,)
    pooled, places = result
    return pooled, _batch_places(places, x.shape, within.shape[2:], around)


def _batch_places(
    places: Tensor, shape: Sequence[int], padded_sizes: Sequence[int], around: Pads
) -> Tensor:
    """Turn places in each padded plane into places in the flattened batch."""
    planes = torch.arange(shape[0] * shape[1], device=places.device)
    flat = planes.reshape(*shape[:2], *[1] * (len(shape) - 2)) * math.prod(shape[2:])
    for axis in reversed(range(len(padded_sizes))):
        along = places % padded_sizes[axis] - around[axis][0]
        flat = flat + along * math.prod(shape[3 + axis :])
        places = places // padded_sizes[axis]
    return flat


@operator("MaxUnpool", 9)
def max_unpool(
    x: Tensor,
    places: Tensor,
    output_shape: Tensor | None = None,
    *,
    kernel_shape: Sequence[int],
    pads: Sequence[int] | None = None,
    strides: Sequence[int] | None = None,
) -> Tensor:
    """Put values where the maxima were, zeros elsewhere."""
    rank = len(kernel_shape)
    if output_shape is not None:
        shape = output_shape.tolist()
    else:
        strides, pads = strides or [1] * rank, pads or [0] * 2 * rank
        shape = list(x.shape[:2]) + [
            (x.shape[2 + i] - 1) * strides[i] + kernel_shape[i] - pads[i] - pads[rank + i]
            for i in range(rank)
        ]
    empty = x.new_zeros(math.prod(shape))
    return empty.scatter(0, places.flatten(), x.flatten()).reshape(shape)


# onnx2torch's refuses asymmetric and automatic padding, and dilation.
@operator("AveragePool", 1)
def average_pool(
    x: Tensor,
    *,
    auto_pad: str = "NOTSET",
    ceil_mode: int = 0,
    count_include_pad: int = 0,
    dilations: Sequence[int] | None = None,
    kernel_shape: Sequence[int],
    pads: Sequence[int] | None = None,
    strides: Sequence[int] | None = None,
) -> Tensor:
    """Pool averages."""
    windows = Windows(x.shape[2:], kernel_shape, strides, dilations, pads, auto_pad, ceil_mode)
    if windows.torch_can_pad and not any(d > 1 for d in windows.dilations):
        inner = [before for before, _ in windows.all]
        pool = AVERAGES[len(kernel_shape)]
        return pool(x, kernel_shape, windows.strides, inner, False, bool(count_include_pad))
    ones = x.new_ones(1, 1, *x.shape[2:])
    counted = padded(padded(ones, windows.pads, float(count_include_pad)), windows.over)
    return _sums(padded(x, windows.all), windows) / _sums(counted, windows)


@operator("LpPool", 2)
def lp_pool(
    x: Tensor,
    *,
    auto_pad: str = "NOTSET",
    ceil_mode: int = 0,
    dilations: Sequence[int] | None = None,
    kernel_shape: Sequence[int],
    p: int = 2,
    pads: Sequence[int] | None = None,
    strides: Sequence[int] | None = None,
) -> Tensor:
    """Pool p-norms."""
    windows = Windows(x.shape[2:], kernel_shape, strides, dilations, pads, auto_pad, ceil_mode)
    return _sums(padded(x.abs() ** p, windows.all), windows) ** (1 / p)


def _sums(x: Tensor, windows: Windows) -> Tensor:
    """Sum each window of a padded input."""
    singly = x.reshape(-1, 1, *x.shape[2:])
    ones = x.new_ones(1, 1, *windows.kernel)
    convolve = CONVOLUTIONS[len(windows.kernel)]
    sums = convolve(singly, ones, None, windows.strides, 0, windows.dilations)
    return sums.reshape(*x.shape[:2], *sums.shape[2:])


def _spatial(x: Tensor) -> tuple[int, ...]:
    return tuple(range(2, x.ndim))


# onnx2torch's needs a shape that shape inference does not always find.
@operator("GlobalAveragePool", 1)
def global_average_pool(x: Tensor) -> Tensor:
    """Average each channel."""
    return x.mean(_spatial(x), keepdim=True)


@operator("GlobalMaxPool", 1)
def global_max_pool(x: Tensor) -> Tensor:
    """Take each channel's maximum."""
    return x.amax(_spatial(x), keepdim=True)


@operator("GlobalLpPool", 2)
def global_lp_pool(x: Tensor, *, p: int = 2) -> Tensor:
    """Take each channel's p-norm."""
    return torch.linalg.vector_norm(x, p, _spatial(x), keepdim=True)
