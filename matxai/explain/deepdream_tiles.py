"""Gradients of a channel's mean activation by images of any size, tile by tile.

An image counts as a torus: what leaves it on the right comes in on the left. Tiles lie evenly on
it, shifted by a random number of pixels each time, so that their seams stay nowhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from math import ceil, prod
from typing import Any

import numpy as np

from matxai.arguments import channel_indices
from matxai.nets.differentiating import NotDifferentiableError, gradients, torch_module
from matxai.nets.network import Network

__all__ = ["ChannelGradients", "tile_starts"]

# Where the layer allows it, an image is one tile up to this height and width.
LARGEST_TILE = 512
# What a batch of tiles holds at most, unless one tile holds more. A GPU wants many at once; on a
# CPU larger batches leave the caches and take twice as long for an image.
BATCH_PIXELS = {"cpu": 256**2, "cuda": 32 * 256**2}

# Operators behind which an image of another size has another number of values, or none at all.
_BOUND_TO_A_SIZE = {"Flatten", "Gemm", "MatMul", "Reshape"}


def tile_starts(length: int, tile: int) -> list[int]:
    """Say where along one direction tiles start: as few as cover it, evenly."""
    count = ceil(length / tile)
    return [i * length // count for i in range(count)]


class ChannelGradients:
    """How the mean activation of a layer's channels changes with an image.

    Parameters
    ----------
    net : Network
        The network, with one image input.
    layer : str
        Name of the layer.
    environment : {"auto", "gpu", "cpu"}
        Where to compute.
    """

    def __init__(self, net: Network, layer: str, environment: str):
        height, width, _ = net.image_input().InputSize
        self._input_size = None if np.isnan([height, width]).any() else (int(height), int(width))
        self._layer = layer
        self._module = torch_module(net, [layer], environment=environment)
        self._bound = self._input_size is not None and (
            bool(self._module.operators & _BOUND_TO_A_SIZE) or _fully_connected(net, layer)
        )
        self.device = self._module.device

    def images_at_once(self, images: Any) -> int:
        """Say how many of the images, N×C×H×W, are best given to one call."""
        return self._at_once(images.shape[2:])

    def tile(self, images: Any) -> tuple[int, int]:
        """Say what part of images, N×C×H×W, the layer is computed of at once: its h and w.

        Raises
        ------
        ValueError
            If the layer cannot be computed of images as small as these.
        """
        size = tuple(images.shape[2:])
        whole = tuple(min(n, LARGEST_TILE) for n in size)
        if size == self._input_size or (not self._bound and self._takes(images, whole)):
            return whole
        fitting = self._input_size is not None and all(
            n >= least for n, least in zip(size, self._input_size, strict=True)
        )
        if not fitting:
            raise ValueError(self._too_small(size))
        return self._input_size

    def channels(self, given: Any, images: Any) -> np.ndarray:
        """Turn MATLAB's indices of the layer's channels into indices counted from 0, shape (K,)."""
        height, width = self.tile(images)
        count = self._means(images[:1, :, :height, :width]).shape[1]
        return channel_indices(given, count, "channelIdx")

    def __call__(
        self, images: Any, channels: Sequence[int], tile: tuple[int, int], shift: Sequence[int]
    ) -> tuple[np.ndarray, Any]:
        """Compute the mean activations of channels, each of its own image, and their gradients.

        Parameters
        ----------
        images : torch.Tensor, shape (N, C, H, W)
            The images.
        channels : sequence of int, N
            Channels of the layer, counted from 0.
        tile : (int, int)
            Height and width of the tiles.
        shift : (int, int)
            Where the first tile starts.

        Returns
        -------
        strengths : numpy.ndarray of float64, shape (N,)
            Means over the channel's activations of all tiles.
        gradients : torch.Tensor, shape (N, C, H, W)
            Gradients of the tiles' own means; where tiles overlap, their mean.

        Raises
        ------
        NotDifferentiableError
            If the layer has no gradient.
        ValueError
            If activations are NaN or Inf.
        """
        import torch

        places = self._places(images.shape[2:], tile, shift)
        wanted = torch.as_tensor(np.asarray(channels), device=self.device)
        items = list(product(range(len(images)), places))
        strengths = np.zeros(len(images))
        total, cover = torch.zeros_like(images), torch.zeros_like(images[0, 0])
        size = self._at_once(tile)
        for start in range(0, len(items), size):
            part = items[start : start + size]
            batch = torch.stack([images[k][:, rows, cols] for k, (rows, cols) in part])
            numbers = [k for k, _ in part]
            means, found = self._of_batch(batch, wanted[numbers])
            np.add.at(strengths, numbers, means.double().cpu().numpy())
            for (k, (rows, cols)), gradient in zip(part, found, strict=True):
                total[k][:, rows, cols] += gradient
        for rows, cols in places:
            cover[rows, cols] += 1
        return strengths / len(places), total / cover

    def _at_once(self, size: Sequence[int]) -> int:
        """Say how many images or tiles of a size make a batch."""
        return max(1, BATCH_PIXELS[self.device.type] // prod(size))

    def _places(
        self, size: Sequence[int], tile: Sequence[int], shift: Sequence[int]
    ) -> list[tuple[Any, Any]]:
        """List the rows and columns of each tile, as a column and a row of indices."""
        import torch

        rows, cols = (
            [(torch.arange(t, device=self.device) + s + first) % n for s in tile_starts(n, t)]
            for n, t, first in zip(size, tile, shift, strict=True)
        )
        return [(down[:, None], along) for down, along in product(rows, cols)]

    def _of_batch(self, batch: Any, channels: Any) -> tuple[Any, Any]:
        """Compute one channel's mean of each tile, and its gradient."""
        import torch

        with torch.enable_grad():
            batch = batch.detach().requires_grad_()
            means = self._means(batch).gather(1, channels[:, None])[:, 0]
            if not torch.isfinite(means).all():
                raise ValueError(
                    f"The activations of layer {self._layer!r} must be finite, but some are NaN or "
                    f"Inf. Look for NaN or Inf among the weights of net (net.Learnables)."
                )
            try:
                found = gradients(means.sum(), [batch], self._module, retain_graph=False)[0]
            except NotDifferentiableError as error:
                raise NotDifferentiableError(
                    f"layer {self._layer!r} cannot be visualized: {error}"
                ) from error
        return means.detach(), found

    def _means(self, batch: Any) -> Any:
        """Average each channel over its activations: N×C."""
        activations = self._module(batch)[0].to(batch.dtype)
        return activations.reshape(*activations.shape[:2], -1).mean(2)

    def _takes(self, images: Any, tile: tuple[int, int]) -> bool:
        """Tell by trying whether the layer can be computed of so small or large an image."""
        import torch

        try:
            with torch.no_grad():
                self._module(images[:1, :, : tile[0], : tile[1]])
        except (RuntimeError, ValueError, IndexError):
            return False
        return True

    def _too_small(self, size: Sequence[int]) -> str:
        message = f"InitialImage must be larger than {size[0]}×{size[1]} for layer {self._layer!r}"
        if self._input_size is None:
            return f"{message}, which cannot be computed of it."
        height, width = self._input_size
        return (
            f"{message}: at least {height}×{width}, the InputSize of the network. Only layers "
            f"before the first fully connected one take smaller images, and not all of them."
        )


def _fully_connected(net: Network, layer: str) -> bool:
    """Tell whether a layer is fully connected or depends on one that is."""
    sources: dict[str, list[str]] = {}
    for connection in net.Connections:
        # Layers with several inputs are named with the input: "add/in1".
        target = connection.Destination.partition("/")[0]
        sources.setdefault(target, []).append(connection.Source.partition("/")[0])
    classes = {each.Name: each.Class for each in net.Layers}
    seen, waiting = set(), [layer]
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting += sources.get(name, [])
    return any(classes.get(name, "").endswith("FullyConnectedLayer") for name in seen)
