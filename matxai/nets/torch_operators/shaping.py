"""Operators that move elements about."""

from __future__ import annotations

import math

import torch
from torch import Tensor

from matxai.nets.torch_operators.registering import operator, unchanged
from matxai.nets.torch_operators.windows import padded


# onnx2torch's gives one dimension for axis 0.
@operator("Flatten", 1)
def flatten(x: Tensor, *, axis: int = 1) -> Tensor:
    """Make a matrix."""
    shape = x.shape
    axis = axis + x.ndim if axis < 0 else axis
    return x.reshape(math.prod(shape[:axis]), math.prod(shape[axis:]))


# onnx2torch's copies, so that what is put out would not be what the rest of the graph reads.
@operator("Identity", 1)
def identity(x: Tensor) -> Tensor:
    """Pass on."""
    return x


# onnx2torch's refuses allowzero.
@operator("Reshape", 5)
def reshape(x: Tensor, shape: Tensor, *, allowzero: int = 0) -> Tensor:
    """Reshape; 0 keeps a size."""
    sizes = [
        x.shape[i] if size == 0 and not allowzero else size for i, size in enumerate(shape.tolist())
    ]
    return x.reshape(sizes)


# onnx2torch's places several negative axes wrongly.
@operator("Unsqueeze", 13)
def unsqueeze(x: Tensor, axes: Tensor) -> Tensor:
    """Insert axes, counted in the output."""
    places = axes.flatten().tolist()
    rank = x.ndim + len(places)
    for axis in sorted(axis % rank for axis in places):
        x = x.unsqueeze(axis)
    return x


# onnx2torch has no num_outputs.
@operator("Split", 18)
def split(
    x: Tensor,
    sizes: Tensor | None = None,
    *,
    axis: int = 0,
    num_outputs: int | None = None,
    outputs: int = 1,
) -> tuple[Tensor, ...]:
    """Split; equal parts of which the last may be smaller, if no sizes are given."""
    if sizes is not None:
        return x.split(sizes.tolist(), axis)
    return x.split(-(-x.shape[axis] // (num_outputs or outputs)), axis)


# onnx2torch's indexes with a list, against which torch warns.
@operator("Slice", 10)
def slice_of(
    x: Tensor,
    starts: Tensor,
    ends: Tensor,
    axes: Tensor | None = None,
    steps: Tensor | None = None,
) -> Tensor:
    """Take a part of some axes."""
    count = len(starts)
    along = range(count) if axes is None else axes.tolist()
    strides = [1] * count if steps is None else steps.tolist()
    for axis, start, end, step in zip(along, starts.tolist(), ends.tolist(), strides, strict=True):
        places = range(*slice(start, end, step).indices(x.shape[axis]))
        if step == 1:
            x = x.narrow(axis, places.start, len(places))
        else:
            x = x.index_select(axis, torch.tensor(places, dtype=torch.int64, device=x.device))
    return x


# onnx2torch has no axes, and takes other modes than constant along the last axes only.
@operator("Pad", 11, only={"mode": ("constant", "reflect", "edge", "wrap")})
def pad(
    x: Tensor,
    pads: Tensor,
    value: Tensor | None = None,
    axes: Tensor | None = None,
    *,
    mode: str = "constant",
) -> Tensor:
    """Pad, or crop where a number is negative."""
    given = pads.tolist()
    half = len(given) // 2
    chosen = range(x.ndim) if axes is None else [axis % x.ndim for axis in axes.tolist()]
    around = dict(zip(chosen, zip(given[:half], given[half:], strict=True), strict=True))
    if mode == "constant":
        every = [around.get(axis, (0, 0)) for axis in range(x.ndim)]
        return padded(x, every, 0.0 if value is None else value.item())
    for axis, (before, after) in around.items():
        if before or after:
            size = x.shape[axis]
            places = torch.arange(-before, size + after, device=x.device)
            x = x.index_select(axis, _folded(places, size, mode))
    return x


def _folded(places: Tensor, size: int, mode: str) -> Tensor:
    """Bring places outside an axis inside."""
    if mode == "edge":
        return places.clamp(0, size - 1)
    if mode == "wrap":
        return places % size
    period = max(2 * (size - 1), 1)
    turned = places % period
    return torch.minimum(turned, period - turned) if size > 1 else turned


# onnx2torch's knows one of the two modes only.
@operator("DepthToSpace", 1, only={"mode": ("DCR", "CRD")})
def depth_to_space(x: Tensor, *, blocksize: int, mode: str = "DCR") -> Tensor:
    """Turn channels into blocks of pixels."""
    n, c, h, w = x.shape
    b, left = blocksize, c // blocksize**2
    if mode == "CRD":
        blocks = x.reshape(n, left, b, b, h, w).permute(0, 1, 4, 2, 5, 3)
    else:
        blocks = x.reshape(n, b, b, left, h, w).permute(0, 3, 4, 1, 5, 2)
    return blocks.reshape(n, left, h * b, w * b)


@operator("SpaceToDepth", 1)
def space_to_depth(x: Tensor, *, blocksize: int) -> Tensor:
    """Turn blocks of pixels into channels."""
    n, c, h, w = x.shape
    b = blocksize
    blocks = x.reshape(n, c, h // b, b, w // b, b).permute(0, 3, 5, 1, 2, 4)
    return blocks.reshape(n, c * b * b, h // b, w // b)


# onnx2torch's passes over the reduction.
@operator("ScatterND", 11, only={"reduction": ("none", "add")})
def scatter_nd(x: Tensor, places: Tensor, updates: Tensor, *, reduction: str = "none") -> Tensor:
    """Put slices in."""
    return x.index_put(places.unbind(-1), updates, accumulate=reduction == "add")


@operator("Trilu", 14)
def trilu(x: Tensor, k: Tensor | None = None, *, upper: int = 1) -> Tensor:
    """Keep a triangle."""
    diagonal = 0 if k is None else int(k)
    return x.triu(diagonal) if upper else x.tril(diagonal)


unchanged(
    *("Cast", "Constant", "ConstantOfShape", "Shape", "Squeeze", "Transpose"),
    *("Acos", "Asin", "Atan", "Cos", "Sin", "Tan", "Round", "IsNaN", "IsInf", "TopK", "EyeLike"),
    *("Elu", "HardSigmoid", "HardSwish", "Selu", "Softplus", "Softsign"),
    *("Equal", "GreaterOrEqual", "LessOrEqual", "RoiAlign"),
)
