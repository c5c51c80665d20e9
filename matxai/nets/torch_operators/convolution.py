"""Convolution and its transpose, with any padding, and weights from anywhere in the graph."""

from __future__ import annotations

from collections.abc import Sequence

from torch import Tensor
from torch.nn import functional

from matxai.nets.torch_operators.registering import operator
from matxai.nets.torch_operators.windows import padded, paddings, same_pads

CONVOLUTIONS = {1: functional.conv1d, 2: functional.conv2d, 3: functional.conv3d}
TRANSPOSED = {
    1: functional.conv_transpose1d,
    2: functional.conv_transpose2d,
    3: functional.conv_transpose3d,
}


# onnx2torch's refuses automatic padding, and weights that are no initialisers.
@operator("Conv", 1)
def conv(
    x: Tensor,
    weights: Tensor,
    bias: Tensor | None = None,
    *,
    auto_pad: str = "NOTSET",
    dilations: Sequence[int] | None = None,
    group: int = 1,
    kernel_shape: Sequence[int] | None = None,
    pads: Sequence[int] | None = None,
    strides: Sequence[int] | None = None,
) -> Tensor:
    """Convolve."""
    rank = weights.ndim - 2
    strides, dilations = strides or [1] * rank, dilations or [1] * rank
    reach = _reach(weights, dilations)
    around = paddings(x.shape[2:], reach, strides, pads, auto_pad)
    symmetric = all(before == after for before, after in around)
    return CONVOLUTIONS[rank](
        x if symmetric else padded(x, around),
        weights,
        bias,
        strides,
        [before for before, _ in around] if symmetric else 0,
        dilations,
        group,
    )


# onnx2torch's refuses asymmetric and automatic padding, and passes over output_shape.
@operator("ConvTranspose", 1)
def conv_transpose(
    x: Tensor,
    weights: Tensor,
    bias: Tensor | None = None,
    *,
    auto_pad: str = "NOTSET",
    dilations: Sequence[int] | None = None,
    group: int = 1,
    kernel_shape: Sequence[int] | None = None,
    output_padding: Sequence[int] | None = None,
    output_shape: Sequence[int] | None = None,
    pads: Sequence[int] | None = None,
    strides: Sequence[int] | None = None,
) -> Tensor:
    """Convolve transposed: the whole result, its padding cut off."""
    rank = weights.ndim - 2
    strides, dilations = strides or [1] * rank, dilations or [1] * rank
    whole = TRANSPOSED[rank](
        x, weights, bias, strides, 0, output_padding or [0] * rank, group, dilations
    )
    if output_shape is None and auto_pad.startswith("SAME"):
        output_shape = [n * s for n, s in zip(x.shape[2:], strides, strict=True)]
    if output_shape is None:
        around = paddings(whole.shape[2:], [0] * rank, strides, pads, auto_pad)
    else:
        around = [
            same_pads(have - want, auto_pad)
            for have, want in zip(whole.shape[2:], output_shape[-rank:], strict=True)
        ]
    return padded(whole, [(-before, -after) for before, after in around])


def _reach(weights: Tensor, dilations: Sequence[int]) -> list[int]:
    return [d * (k - 1) + 1 for k, d in zip(weights.shape[2:], dilations, strict=True)]
