"""Scoring many altered copies of one image in bounded memory."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from matxai.arguments import channel_indices, numeric_array
from matxai.explain.channels import channels_of
from matxai.nets.altered_images import AlteredImages, ChangedRectangles
from matxai.nets.arrays import single_image
from matxai.nets.batch_sizes import batch_sizes, settle, untried
from matxai.nets.engines import TorchEngine
from matxai.nets.network import Network
from matxai.nets.partial.local_changes import RectangleChanges

__all__ = ["ALL_CHANNELS", "Scoring", "total_activation"]

# Asks for every channel. It is no value that a person gives: None stays an error.
ALL_CHANNELS = object()


def total_activation(output: np.ndarray) -> np.ndarray:
    """Sum each channel's activations over the spatial dimensions: N×C… to N×C in double."""
    return output.astype(np.float64).sum(axis=tuple(range(2, output.ndim)))


def _finite(scores: np.ndarray) -> np.ndarray:
    """Refuse scores that explain nothing."""
    if not np.isfinite(scores).all():
        raise ValueError(
            "The scores of net must be finite, but some are NaN or Inf. Look for NaN or Inf among "
            "its weights (net.Learnables); if it has none, the values of X are beyond its range."
        )
    return scores


def _one_output(net: Network) -> str:
    if len(net.OutputNames) != 1:
        raise ValueError(
            f"net must have one output, but OutputNames holds {len(net.OutputNames)}: "
            f"{net.OutputNames}. Choose one: net.OutputNames = {net.OutputNames[0]!r}."
        )
    return net.OutputNames[0]


class Scoring:
    """One image, and the scores that a network gives to altered copies of it.

    Parameters
    ----------
    net : Network
        The network.
    X : array, H×W×C or H×W
        The image.
    channelIdx : int, label, or sequence of these
        MATLAB's 1-based channel indices, or class labels; ALL_CHANNELS for all.
    mini_batch_size : int
        Most images that are held at once.
    environment : {"auto", "gpu", "cpu"}
        Where to score.
    layer : str, optional
        Name of the layer whose channels are meant, instead of the network's output.

    Attributes
    ----------
    image : numpy.ndarray of float32, shape (C, H, W)
        The image as the network takes it.
    means : numpy.ndarray of float64, shape (C,)
        Mean of each of its channels.
    channels : numpy.ndarray of int, shape (K,)
        The channels, counted from 0.
    base : numpy.ndarray, shape (K,)
        Total activations of the K channels for the unaltered image.
    """

    def __init__(
        self,
        net: Network,
        X: Any,
        channelIdx: Any,
        mini_batch_size: int,
        environment: str,
        layer: str | None = None,
    ):
        X = numeric_array(X, "X")
        batch = single_image(X, net.image_input().InputSize)
        self.image = batch[0]
        self.means = np.atleast_3d(X).mean(axis=(0, 1), dtype=np.float64)
        self._net, self._environment = net, environment
        self._layer = _one_output(net) if layer is None else layer
        self._engine = net.engine(environment, [self._layer])
        self._most = mini_batch_size
        self._batch_size, self._rest = batch_sizes(self._engine, mini_batch_size)
        whole = total_activation(self._engine(batch)[0])
        count = whole.shape[1]
        if channelIdx is ALL_CHANNELS:
            self.channels = np.arange(count)
        elif layer is None:
            self.channels = channels_of(net, channelIdx, count)
        else:
            self.channels = channel_indices(channelIdx, count, "channel")
        self.base = _finite(whole[0, self.channels])

    def scores(
        self,
        count: int,
        alter: Callable[[np.ndarray, int], None],
        report: Callable[[int], None],
    ) -> np.ndarray:
        """Score `count` altered copies.

        Parameters
        ----------
        count : int
            Number of copies.
        alter : callable
            ``alter(batch, start)`` fills ``batch`` (n×C×H×W, reused from call to call) with the
            copies from number `start` on; it may be asked for the same ones again.
        report : callable
            Called with the number of copies scored so far.

        Returns
        -------
        numpy.ndarray of float64, shape (count, K)
            Total activations of the K channels.
        """
        sizes = untried(self._engine, count, self._most)
        room = min(count, max(self._batch_size, self._rest, *sizes))
        # Fresh large arrays cost page faults for each batch; one buffer serves them all.
        buffer = np.empty((room, *self.image.shape), np.float32)
        scores = np.empty((count, len(self.channels)))

        def score(start: int, stop: int, size: int) -> None:
            for first in range(start, stop, size):
                last = min(first + size, stop)
                batch = buffer[: last - first]
                alter(batch, first)
                scores[first:last] = self._activations(batch)
                report(last)

        done = 0
        if sizes:
            alter(buffer, 0)
            done = settle(self._engine, sizes, score, buffer)
            self._batch_size, self._rest = batch_sizes(self._engine, self._most)
        # The rest is scored as with the usual size, so that another one changes no bit of it.
        whole = count - count % max(self._batch_size, self._rest)
        score(done, whole, self._batch_size)
        score(whole, count, self._rest)
        return _finite(scores)

    def _activations(self, batch: np.ndarray) -> np.ndarray:
        return total_activation(self._engine(batch)[0].take(self.channels, axis=1))

    @property
    def on_device(self) -> bool:
        """Whether altered copies are best made where they are scored, by torch."""
        return isinstance(self._engine, TorchEngine)

    def scores_of_altered(self, images: AlteredImages, report: Callable[[int], None]) -> np.ndarray:
        """Score copies that torch makes on its device: as :meth:`scores`, of as many at once."""
        return _finite(self._engine.totals(images, self._batch_size, self.channels, report))

    def scores_of_rectangles(
        self,
        filled: np.ndarray,
        boxes: Sequence[tuple[slice, slice]],
        report: Callable[[int], None],
    ) -> np.ndarray:
        """Score copies of the image, each with a rectangle taken from another image.

        Where it pays, only what a rectangle can reach is computed again; the scores are those of
        whole passes.

        Parameters
        ----------
        filled : array of float32, shape (C, H, W)
            The other image.
        boxes : sequence of (slice, slice)
            The rectangles: rows and columns.
        report : callable
            Called with the number of copies scored so far.

        Returns
        -------
        numpy.ndarray of float64, shape (count, K)
            Total activations of the K channels.
        """
        change = RectangleChanges(self.image, filled, boxes)
        if self.on_device:
            return self.scores_of_altered(ChangedRectangles(*change), report)
        local = self._net.local_changes(self._environment, self._layer, change, self._most)
        if local is None:
            return self.scores(len(boxes), _Filling(change), report)
        scores = np.empty((len(boxes), len(self.channels)))
        done = 0
        for numbers, outputs in local.batches():
            scores[numbers] = total_activation(outputs)[:, self.channels]
            done += len(numbers)
            report(done)
        return _finite(scores)


class _Filling:
    """Fills batches with copies of an image, each with its rectangle changed."""

    def __init__(self, change: RectangleChanges):
        self._change = change

    def __call__(self, batch: np.ndarray, start: int) -> None:
        batch[:] = self._change.image
        for i, image in enumerate(batch):
            rows, cols = self._change.boxes[start + i]
            image[:, rows, cols] = self._change.filled[:, rows, cols]
