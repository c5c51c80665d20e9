"""Altered copies of one image, made on the device that scores them.

The image and what takes the place of its pixels go to the device once; for each batch go only the
numbers that say which pixels are altered. The copies are those that NumPy would make, to the bit.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol

import numpy as np

__all__ = ["AlteredImages", "ChangedRectangles", "ShownFeatures", "sent"]


class AlteredImages(Protocol):
    """Copies of one image."""

    def __len__(self) -> int:
        """Return their number N."""

    def on(self, device: Any) -> Callable[[int, int], Any]:
        """Return what makes those from one number to another on a device: tensors n×C×H×W."""


def sent(array: np.ndarray, device: Any) -> Any:
    """Bring an array to a device; a GPU fetches it by itself from pinned memory."""
    import torch

    tensor = torch.from_numpy(array)
    if device.type == "cpu":
        return tensor
    return tensor.pin_memory().to(device, non_blocking=True)


class ShownFeatures:
    """Copies that show some features of an image and hide the others.

    Parameters
    ----------
    image : array, shape (C, H, W)
        The image.
    hidden : array, shape (C, H, W) or (C, 1, 1)
        What pixels of hidden features take.
    labels : array of int, shape (H, W)
        Which feature each pixel belongs to, counted from 0.
    presence : array of bool, shape (N, F)
        Which features each copy shows.
    """

    def __init__(
        self, image: np.ndarray, hidden: np.ndarray, labels: np.ndarray, presence: np.ndarray
    ):
        self._image, self._hidden = _single(image), _single(hidden)
        self._labels = np.array(labels, np.int64).reshape(-1)
        self._presence = np.array(presence, bool)

    def __len__(self) -> int:
        return len(self._presence)

    def on(self, device: Any) -> Callable[[int, int], Any]:
        """Return what makes those from one number to another on a device: tensors n×C×H×W."""
        import torch

        image, hidden = sent(self._image, device), sent(self._hidden, device)
        labels = sent(self._labels, device)

        def made(start: int, stop: int) -> Any:
            rows = sent(self._presence[start:stop], device)
            shown = rows.index_select(1, labels).reshape(-1, 1, *image.shape[1:])
            return torch.where(shown, image, hidden)

        return made


class ChangedRectangles:
    """Copies of an image, of each a rectangle taken from another image.

    Parameters
    ----------
    image, filled : array, shape (C, H, W)
        The image, and the one that the rectangles are taken from.
    boxes : sequence of (slice, slice)
        The rectangles: rows and columns.
    """

    def __init__(self, image: np.ndarray, filled: np.ndarray, boxes: Sequence[tuple[slice, slice]]):
        self._image, self._filled = _single(image), _single(filled)
        size = image.shape[1:]
        self._edges = np.array(
            [[s.indices(n)[:2] for s, n in zip(box, size, strict=True)] for box in boxes], np.int64
        ).reshape(-1, 2, 2)

    def __len__(self) -> int:
        return len(self._edges)

    def on(self, device: Any) -> Callable[[int, int], Any]:
        """Return what makes those from one number to another on a device: tensors n×C×H×W."""
        import torch

        image, filled = sent(self._image, device), sent(self._filled, device)
        places = [torch.arange(n, device=device) for n in image.shape[1:]]

        def made(start: int, stop: int) -> Any:
            edges = sent(self._edges[start:stop], device)
            down, along = (
                (place >= edges[:, axis, :1]) & (place < edges[:, axis, 1:])
                for axis, place in enumerate(places)
            )
            changed = down[:, None, :, None] & along[:, None, None, :]
            return torch.where(changed, filled, image)

        return made


def _single(image: np.ndarray) -> np.ndarray:
    # A copy, since torch warns of arrays that cannot be written to.
    return np.array(image, np.float32, order="C")
