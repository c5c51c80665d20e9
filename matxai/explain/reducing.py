"""From the output of a layer to the scores that are explained, traced by torch."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from matxai.arguments import describe
from matxai.explain.channels import channels_of
from matxai.nets.dlarray import dlarray
from matxai.nets.network import Network

if TYPE_CHECKING:
    from torch import Tensor

__all__ = ["reduced_scores"]


def reduced_scores(net: Network, output: Tensor, channelIdx: Any) -> list[Tensor]:
    """Reduce a layer's output for one image to scores.

    Parameters
    ----------
    net : Network
        The network.
    output : torch.Tensor, shape (1, C) or (1, C, h, w)
        The output.
    channelIdx : int, label, or sequence of these; callable
        MATLAB's 1-based channel indices, or class labels; or a function that is given the output
        as a dlarray, h×w×C, or of length C if it has but one pixel, and returns one element.

    Returns
    -------
    list of torch.Tensor
        Tensors of one element, one for each channel.

    Raises
    ------
    TypeError
        If labels are given for a network without classes, or the function returns no dlarray.
    ValueError
        If there is no such channel or class, if a channel is asked for of an output that has
        height and width, or the function returns more than one element.
    """
    if callable(channelIdx):
        return [_by_function(channelIdx, output)]
    if output.shape[2:].numel() > 1:
        size = "×".join(map(str, (*output.shape[2:], output.shape[1])))
        raise ValueError(
            f"channelIdx must be a function where the output of the reduction layer has a height "
            f"and width, as here, where it is {size}: lambda Y: Y[:, :, k].sum(), k counted from 0."
        )
    values = output.reshape(-1)
    indices = channels_of(net, channelIdx, len(values))
    if indices.max() >= len(values):
        raise ValueError(
            f"A label names a channel of the network's output, but the reduction layer has only "
            f"{len(values)} channels: give the index of one."
        )
    return [values[i] for i in indices]


def _by_function(function: Callable[[dlarray], dlarray], output: Tensor) -> Tensor:
    """Call the user's function with the output in MATLAB's order."""
    if output.shape[2:].numel() == 1:
        given = dlarray.of_tensor(output.reshape(-1), "C")
    else:
        given = dlarray.of_tensor(output[0].movedim(0, -1), "S" * (output.ndim - 2) + "C")
    result = function(given)
    if not isinstance(result, dlarray):
        raise TypeError(
            f"reductionFcn must return a dlarray that is computed from the one it is given, but "
            f"returns {describe(result)}, which cannot be differentiated: leave out float, "
            f"extractdata and what makes NumPy arrays."
        )
    if result.size != 1:
        raise ValueError(
            f"reductionFcn must return one element, but returns "
            f"{'×'.join(map(str, result.shape))} of them. Add them up: Y.sum()."
        )
    return result.tensor
