"""Operators that compute, element by element or along axes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import torch
from torch import Tensor
from torch.nn import functional

from matxai.nets.torch_operators.registering import operator

Reduction = Callable[[Tensor, Sequence[int], bool], Tensor]


def _product(x: Tensor, axes: Sequence[int], keep: bool) -> Tensor:
    for axis in sorted((axis % x.ndim for axis in axes), reverse=True):
        x = x.prod(axis, keep)
    return x


REDUCTIONS: dict[str, Reduction] = {
    "ReduceL1": lambda x, axes, keep: x.abs().sum(axes, keep),
    "ReduceL2": lambda x, axes, keep: torch.linalg.vector_norm(x, 2, axes, keep),
    "ReduceLogSum": lambda x, axes, keep: x.sum(axes, keep).log(),
    "ReduceLogSumExp": lambda x, axes, keep: x.logsumexp(axes, keep),
    "ReduceMax": lambda x, axes, keep: x.amax(axes, keep),
    "ReduceMean": lambda x, axes, keep: x.mean(axes, keep),
    "ReduceMin": lambda x, axes, keep: x.amin(axes, keep),
    "ReduceProd": _product,
    "ReduceSumSquare": lambda x, axes, keep: (x * x).sum(axes, keep),
}


def _reduced(reduce: Reduction, x: Tensor, axes: Sequence[int], keep: int, noop: int) -> Tensor:
    if not axes and noop:
        return reduce(x.unsqueeze(-1), [-1], False)
    return reduce(x, axes or list(range(x.ndim)), bool(keep))


def _by_attribute(reduce: Reduction) -> Callable[..., Tensor]:
    def compute(x: Tensor, *, axes: Sequence[int] | None = None, keepdims: int = 1) -> Tensor:
        return _reduced(reduce, x, list(axes or []), keepdims, 0)

    return compute


def _by_input(reduce: Reduction) -> Callable[..., Tensor]:
    def compute(
        x: Tensor, axes: Tensor | None = None, *, keepdims: int = 1, noop_with_empty_axes: int = 0
    ) -> Tensor:
        chosen = [] if axes is None else axes.tolist()
        return _reduced(reduce, x, chosen, keepdims, noop_with_empty_axes)

    return compute


for _name, _reduce in REDUCTIONS.items():
    # onnx2torch mistakes the axes of some where positive and negative ones are mixed; it has none
    # of the versions that take the axes as an input.
    operator(_name, 1, 17)(_by_attribute(_reduce))
    operator(_name, 18)(_by_input(_reduce))


@operator("Gelu", 20)
def gelu(x: Tensor, *, approximate: str = "none") -> Tensor:
    """Weigh by the normal distribution function."""
    return functional.gelu(x, approximate=approximate)


@operator("Mish", 18)
def mish(x: Tensor) -> Tensor:
    """Compute x · tanh(softplus(x))."""
    return functional.mish(x)


@operator("Swish", 24)
def swish(x: Tensor, *, alpha: float = 1.0) -> Tensor:
    """Compute x · sigmoid(alpha · x)."""
    return x * torch.sigmoid(alpha * x)


@operator("ThresholdedRelu", 10)
def thresholded_relu(x: Tensor, *, alpha: float = 1.0) -> Tensor:
    """Keep what is above a threshold."""
    return torch.where(x > alpha, x, torch.zeros_like(x))


# onnx2torch's takes C slopes for one a channel, also where they belong to the last axis.
@operator("PRelu", 7)
def prelu(x: Tensor, slope: Tensor) -> Tensor:
    """Multiply what is negative."""
    return torch.where(x < 0, slope * x, x)


# onnx2torch's refuses an upper bound without a lower one.
@operator("Clip", 11)
def clip(x: Tensor, low: Tensor | None = None, high: Tensor | None = None) -> Tensor:
    """Bound."""
    return x if low is None and high is None else torch.clamp(x, low, high)


# onnx2torch accumulates backwards unless told not to.
@operator("CumSum", 11)
def cumsum(x: Tensor, axis: Tensor, *, exclusive: int = 0, reverse: int = 0) -> Tensor:
    """Accumulate."""
    along = int(axis)
    x = x.flip(along) if reverse else x
    sums = x.cumsum(along) - x if exclusive else x.cumsum(along)
    return sums.flip(along) if reverse else sums


# onnx2torch's gives no second output, which old exporters name though nothing uses it.
@operator("Dropout", 7)
def dropout(
    x: Tensor,
    ratio: Tensor | None = None,
    training_mode: Tensor | None = None,
    *,
    seed: int | None = None,
) -> tuple[Tensor, Tensor]:
    """Pass through: networks are explained as they are used."""
    return x, torch.ones_like(x, dtype=torch.bool)


# onnx2torch's wants parameters that are initialisers.
@operator("BatchNormalization", 9, only={"training_mode": (0,)})
def batch_normalization(
    x: Tensor,
    scale: Tensor,
    bias: Tensor,
    mean: Tensor,
    variance: Tensor,
    *,
    epsilon: float = 1e-5,
    momentum: float = 0.9,
    training_mode: int = 0,
) -> Tensor:
    """Normalize each channel by what training found."""
    return functional.batch_norm(x, mean, variance, scale, bias, False, momentum, epsilon)


# onnx2torch's needs a shape that shape inference does not always find, and torch's own rounds x and
# the mean before it subtracts them, which shows where a channel varies little.
@operator("InstanceNormalization", 6)
def instance_normalization(
    x: Tensor, scale: Tensor, bias: Tensor, *, epsilon: float = 1e-5
) -> Tensor:
    """Normalize each channel of each image."""
    axes = tuple(range(2, x.ndim))
    centred = x - x.mean(axes, keepdim=True)
    spread = (centred * centred).mean(axes, keepdim=True)
    shape = (-1, *[1] * len(axes))
    return centred * torch.rsqrt(spread + epsilon) * scale.reshape(shape) + bias.reshape(shape)


@operator("GroupNormalization", 21, only={"stash_type": (1,)})
def group_normalization(
    x: Tensor,
    scale: Tensor,
    bias: Tensor,
    *,
    epsilon: float = 1e-5,
    num_groups: int,
    stash_type: int = 1,
) -> Tensor:
    """Normalize groups of channels."""
    return functional.group_norm(x, num_groups, scale, bias, epsilon)
