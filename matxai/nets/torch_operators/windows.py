"""Where the windows of convolutions and poolings lie."""

from __future__ import annotations

from collections.abc import Sequence

from torch import Tensor
from torch.nn import functional

__all__ = ["overhang", "padded", "paddings", "same_pads"]


def same_pads(total: int, auto_pad: str) -> tuple[int, int]:
    """Divide padding between the two ends of an axis, the odd one where `auto_pad` says."""
    total = max(total, 0)
    small, large = total // 2, total - total // 2
    return (small, large) if auto_pad == "SAME_UPPER" else (large, small)


def paddings(
    sizes: Sequence[int],
    reach: Sequence[int],
    strides: Sequence[int],
    pads: Sequence[int] | None,
    auto_pad: str,
) -> list[tuple[int, int]]:
    """Return the padding before and after each spatial axis.

    Parameters
    ----------
    sizes : sequence of int
        The input's spatial sizes.
    reach : sequence of int
        Extent of the dilated window.
    strides, pads, auto_pad
        ONNX's attributes; `pads` counts where `auto_pad` is "NOTSET".
    """
    rank = len(sizes)
    if auto_pad.startswith("SAME"):
        return [
            same_pads((-(-n // s) - 1) * s + r - n, auto_pad)
            for n, r, s in zip(sizes, reach, strides, strict=True)
        ]
    if auto_pad == "VALID" or not pads:
        return [(0, 0)] * rank
    return list(zip(pads[:rank], pads[rank:], strict=True))


def overhang(size: int, reach: int, stride: int, pad: tuple[int, int]) -> int:
    """Return how far the last window of an axis hangs over its padding where sizes round up."""
    before, after = pad
    last = -(-(size + before + after - reach) // stride)
    if last * stride >= size + before:  # it would begin beyond the image: there is no such window
        last -= 1
    return max(last * stride + reach - (size + before + after), 0)


def padded(x: Tensor, pads: Sequence[tuple[int, int]], value: float = 0.0) -> Tensor:
    """Pad the last axes of a tensor, or crop them where a number is negative."""
    if not any(n for pad in pads for n in pad):
        return x
    return functional.pad(x, [n for pad in reversed(pads) for n in pad], value=value)
