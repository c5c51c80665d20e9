"""Gradients of scores with respect to an image, averaged in the ways that explainers do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

import numpy as np

from matxai.arguments import channel_indices
from matxai.explain.channels import channels_of
from matxai.explain.progress import reporting
from matxai.lang.random import Source, uniform
from matxai.nets.differentiating import gradients
from matxai.nets.flavours import output_classes
from matxai.nets.network import Network
from matxai.nets.torch_module import TorchModule

__all__ = ["MeanGradient", "Score", "around", "at", "from_baseline"]

# On a CPU larger batches take longer for each image, and each image takes up to 100 MB.
CPU_BATCH = 8


class Score:
    """The scores of some channels, to be differentiated with respect to images.

    Parameters
    ----------
    net : Network
        The network, for the labels of its classes.
    module : TorchModule
        What computes the output of images.
    image : numpy.ndarray of float32, shape (C, H, W)
        The image to explain.
    channelIdx : int, label, or sequence of these
        MATLAB's 1-based channel indices, or class labels.

    Attributes
    ----------
    channels : numpy.ndarray of int, shape (K,)
        The channels, counted from 0.
    on_cpu : bool
        Whether a CPU computes.

    Raises
    ------
    NotDifferentiableError
        If the scores have no gradient.
    """

    def __init__(self, net: Network, module: TorchModule, image: np.ndarray, channelIdx: Any):
        self._module = module
        self.on_cpu = module.device.type == "cpu"
        images, totals = self._traced(image[np.newaxis])
        if not totals.requires_grad:
            # Before the channels are looked at: it says which operator breaks the gradient off.
            gradients(totals.sum(), [images], module)
        _require_finite(totals.detach().cpu().numpy(), "scores")
        count = totals.shape[1]
        classes = output_classes(net)
        self.channels = (
            channels_of(net, channelIdx, count)
            if classes is None or len(classes) == count
            # Channels of a layer that has not one for each class are no classes.
            else channel_indices(channelIdx, count, "channelIdx")
        )

    def gradients(self, batch: np.ndarray) -> Iterator[np.ndarray]:
        """Give for each channel the gradients of its total activation, N×C×H×W."""
        import torch

        images, totals = self._traced(batch)
        for channel in self.channels:
            with torch.enable_grad():
                # Images do not meet in a network, so the sum has the gradient of each.
                (found,) = gradients(totals[:, channel].sum(), [images], self._module)
            yield found.cpu().numpy()

    def _traced(self, batch: np.ndarray) -> tuple[Any, Any]:
        """Compute the total activations of all channels, N×channels, to be differentiated."""
        import torch

        images = torch.from_numpy(batch).requires_grad_()
        with torch.enable_grad():
            output = self._module(images)[0]
            channels = output.shape[1] if output.ndim > 1 else 1
            return images, output.reshape(len(batch), channels, -1).sum(dim=2)


@dataclass(frozen=True)
class MeanGradient:
    """What every method is: a weighted mean of gradients at some images, times a factor.

    Attributes
    ----------
    images : iterator of numpy.ndarray of float32, shape (C, H, W)
        Where to differentiate.
    weights : numpy.ndarray of float64
        Weight of each.
    factor : float or numpy.ndarray of float64, shape (C, H, W)
        What the mean is multiplied by.
    """

    images: Iterator[np.ndarray]
    weights: np.ndarray
    factor: float | np.ndarray = 1.0

    def of(self, score: Score, mini_batch_size: int, progress: Any, label: str) -> np.ndarray:
        """Compute it for each channel of a score: K×C×H×W in double."""
        count = len(self.weights)
        size = min(mini_batch_size, CPU_BATCH) if score.on_cpu else mini_batch_size
        total: Any = 0.0
        with reporting(progress, count, label) as report:
            for start in range(0, count, size):
                batch = np.stack([*islice(self.images, size)])
                weights = self.weights[start : start + size]
                total = total + np.stack(
                    [np.tensordot(weights, found, 1) for found in score.gradients(batch)]
                )
                report(start + len(batch))
        return _require_finite(total * self.factor, "gradient")


def at(image: np.ndarray) -> MeanGradient:
    """Take the gradient at the image itself."""
    return MeanGradient(iter([image]), np.ones(1))


def from_baseline(image: np.ndarray, baseline: np.ndarray, steps: int) -> MeanGradient:
    """Go from the baseline to the image in a straight line, integrated by Gauss and Legendre."""
    nodes, weights = np.polynomial.legendre.leggauss(steps)
    difference = image.astype(np.float64) - baseline
    images = ((baseline + part * difference).astype(np.float32) for part in (nodes + 1) / 2)
    return MeanGradient(images, weights / 2, difference)


def around(image: np.ndarray, deviation: float, samples: int, source: Source) -> MeanGradient:
    """Take copies of the image with normally distributed noise.

    The noise is drawn one image after the other, each H×W×C down its columns.
    """
    from scipy.special import ndtri

    channels, height, width = image.shape

    def noisy() -> np.ndarray:
        # Uniform numbers can be 0, which would be noise without bound.
        drawn = np.maximum(uniform(source, height, width, channels), 2.0**-54)
        return (image + deviation * ndtri(drawn).transpose(2, 0, 1)).astype(np.float32)

    return MeanGradient((noisy() for _ in range(samples)), np.full(samples, 1 / samples))


def _require_finite(values: np.ndarray, what: str) -> np.ndarray:
    """Refuse what explains nothing."""
    if not np.isfinite(values).all():
        raise ValueError(
            f"The {what} of net must be finite, but some values are NaN or Inf. Look for NaN or "
            f"Inf among its weights (net.Learnables); if it has none, the values of X are beyond "
            f"its range."
        )
    return values
