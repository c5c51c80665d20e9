"""Laplacian pyramids of torch tensors N×C×H×W, and gradients normalized level by level.

A level holds the details that the next, half as large, lacks; the last holds the rest. Details
are told from the rest by a binomial filter of five taps.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

__all__ = ["laplacian_merge", "laplacian_normalized", "laplacian_split"]

_BINOMIAL = (1 / 16, 4 / 16, 6 / 16, 4 / 16, 1 / 16)
_REACH = len(_BINOMIAL) // 2

# A level weaker than this fraction of the whole gradient is rounding, and is not made as strong
# as the others.
NEGLIGIBLE = 1e-4


def laplacian_split(x: Any, levels: int) -> list[Any]:
    """Split images into levels of detail, the finest first, and the rest.

    Parameters
    ----------
    x : torch.Tensor, shape (N, C, H, W)
        The images.
    levels : int
        Most levels of detail. An image that has shrunk to less than two pixels in a direction is
        split no further.

    Returns
    -------
    list of torch.Tensor
        Details of H×W pixels, of ⌈H/2⌉×⌈W/2⌉, and so on; then the rest.
    """
    parts = []
    for _ in range(levels):
        if min(x.shape[2:]) < 2:
            break
        smaller = _shrunk(x)
        parts.append(x - _grown(smaller, x.shape[2:]))
        x = smaller
    return [*parts, x]


def laplacian_merge(parts: Sequence[Any]) -> Any:
    """Put together what :func:`laplacian_split` parted."""
    *details, x = parts
    for detail in reversed(details):
        x = _grown(x, detail.shape[2:]) + detail
    return x


def laplacian_normalized(gradient: Any, levels: int) -> Any:
    """Make all levels of detail of each gradient equally strong.

    Parameters
    ----------
    gradient : torch.Tensor, shape (N, C, H, W)
        The gradients.
    levels : int
        Most levels of detail.

    Returns
    -------
    torch.Tensor, shape (N, C, H, W)
        Each level divided by its root mean square, and all merged. Where a gradient is zero
        everywhere it stays so.
    """
    least = _root_mean_square(gradient) * NEGLIGIBLE
    # What is zero everywhere is divided by something else than zero.
    least = least + (least == 0)
    parts = laplacian_split(gradient, levels)
    return laplacian_merge([part / _root_mean_square(part).maximum(least) for part in parts])


def _root_mean_square(x: Any) -> Any:
    """Return one number for each image, shape (N, 1, 1, 1)."""
    # The squares of small gradients are zero in single precision.
    largest = x.abs().amax((1, 2, 3), keepdim=True)
    scale = largest + (largest == 0)
    return (x / scale).square().mean((1, 2, 3), keepdim=True).sqrt() * largest


def _shrunk(x: Any) -> Any:
    """Filter and take every second pixel; edges are repeated outwards."""
    for axis in (2, 3):
        weights = _filter(x, axis)
        stride = (2, 1) if axis == 2 else (1, 2)
        x = _per_channel("conv2d", _padded(x, axis), weights, stride=stride)
    return x


def _grown(x: Any, size: Sequence[int]) -> Any:
    """Put the pixels on every second place of a larger image and fill the gaps by the filter."""
    for axis in (2, 3):
        weights = _filter(x, axis) * 2
        stride = (2, 1) if axis == 2 else (1, 2)
        x = _per_channel("conv_transpose2d", _padded(x, axis), weights, stride=stride)
        # The first pixel lies behind the padding, and in the middle of its filter.
        x = x.narrow(axis, 3 * _REACH, size[axis - 2])
    return x


def _filter(x: Any, axis: int) -> Any:
    taps = x.new_tensor(_BINOMIAL)
    return taps.reshape(1, 1, -1, 1) if axis == 2 else taps.reshape(1, 1, 1, -1)


def _padded(x: Any, axis: int) -> Any:
    import torch

    pads = (0, 0, _REACH, _REACH) if axis == 2 else (_REACH, _REACH, 0, 0)
    return torch.nn.functional.pad(x, pads, mode="replicate")


def _per_channel(function: str, x: Any, weights: Any, stride: tuple[int, int]) -> Any:
    import torch

    flat = x.reshape(-1, 1, *x.shape[2:])
    y = getattr(torch.nn.functional, function)(flat, weights, stride=stride)
    return y.reshape(*x.shape[:2], *y.shape[2:])
