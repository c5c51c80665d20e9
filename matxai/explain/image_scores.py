"""LIME's fourth step: scoring synthetic images, by a network or by any function."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

import numpy as np

from matxai.arguments import describe, numeric_array, one_of, positive_integer
from matxai.explain.lime_images import SyntheticImages
from matxai.explain.progress import progress_option, reporting
from matxai.explain.scoring import ALL_CHANNELS, Scoring
from matxai.nets.network import Network

__all__ = ["score", "scores_of"]


def score(
    net: Network | Callable[[np.ndarray], Any],
    images: SyntheticImages,
    *,
    mini_batch_size: int = 128,
    environment: str = "auto",
    progress: str | bool | Callable[[int, int], Any] = "auto",
) -> np.ndarray:
    """Score synthetic images: all channels of each.

    Parameters
    ----------
    net : dlnetwork, DAGNetwork, SeriesNetwork or callable
        A network with a single image input and one output. Or any function that takes n images,
        H×W×C×n, and returns their scores, n×K or n numbers: so models of other libraries come in.
    images : SyntheticImages
        What :func:`~matxai.explain.lime.synthesize` returns.
    mini_batch_size : int, default 128
        Most images that are made and scored at once.
    environment : {"auto", "gpu", "cpu"}
        Where a network is scored. "auto" takes a GPU when there is one.
    progress : {"auto", "on", "off"} or callable, default "auto"
        As option `Progress` of :func:`matxai.imageLIME`.

    Returns
    -------
    numpy.ndarray of float64, shape (N, K)
        Scores; for an output with spatial dimensions, the total activation of each channel.

    Raises
    ------
    TypeError
        If an argument is of a wrong kind, or the function does not return numbers.
    ValueError
        If the images have another size than the network takes, the network has several inputs or
        outputs, the function does not return a row for each image, or scores are NaN or Inf.
    ExecutionEnvironmentError
        If a GPU is asked for and there is none. It is a ValueError.

    Notes
    -----
    Equal images are scored once, so a function should score an image the same every time. It gets
    each batch in an array of its own, in the class of `images`; ``batch.transpose(3, 2, 0, 1)`` is
    the n×C×H×W of torch, contiguous, and ``batch.transpose(3, 0, 1, 2)`` the n×H×W×C of Keras.

    Examples
    --------
    >>> import numpy as np
    >>> from matxai.explain.lime import score, segment, synthesize
    >>> X = np.array([[1.0, 2], [3, 6]])
    >>> images = synthesize(X, segment(X, [[0, 1], [0, 1]]), [[1, 0], [1, 1]], fill=0)
    >>> score(lambda batch: batch.sum(axis=(0, 1, 2)), images)
    array([[ 4.],
           [12.]])
    """
    if not isinstance(images, SyntheticImages):
        raise TypeError(
            f"images must be SyntheticImages, as synthesize returns, but is {describe(images)}."
        )
    mini_batch_size = positive_integer(mini_batch_size, "mini_batch_size")
    environment = one_of("auto", "gpu", "cpu")(environment, "environment")
    progress = progress_option(progress, "progress")
    if isinstance(net, Network):
        scoring = Scoring(net, images.X, ALL_CHANNELS, mini_batch_size, environment)
        return scores_of(scoring, images, progress, "score")
    if not callable(net):
        raise TypeError(
            f"net must be a dlnetwork, DAGNetwork or SeriesNetwork, or a function that scores "
            f"images H×W×C×n, but is {describe(net)}."
        )
    scoring = _FunctionScoring(net, images, mini_batch_size)
    return scores_of(scoring, images, progress, "score")


class _Scores(Protocol):
    """What scores `count` images that ``alter(batch, start)`` writes; see :class:`Scoring`."""

    def scores(
        self, count: int, alter: Callable[[np.ndarray, int], None], report: Callable[[int], None]
    ) -> np.ndarray: ...


def scores_of(scoring: _Scores, images: SyntheticImages, progress: Any, label: str) -> np.ndarray:
    """Score synthetic images, N×K; equal ones are scored once.

    Parameters
    ----------
    scoring : Scoring or the like
        What scores.
    images : SyntheticImages
        The images.
    progress : {"auto", True, False} or callable
        As :func:`reporting` takes it.
    label : str
        What is shown beside the bar.
    """
    presence = images.presence
    packed, inverse = np.unique(np.packbits(presence, axis=1), axis=0, return_inverse=True)
    rows = np.unpackbits(packed, axis=1, count=presence.shape[1]).astype(bool)

    def make(batch: np.ndarray, start: int) -> None:
        images.write(batch, rows[start : start + len(batch)])

    with reporting(progress, len(rows), label) as report:
        if isinstance(scoring, Scoring) and scoring.on_device:
            scores = scoring.scores_of_altered(images.altered(rows), report)
        else:
            scores = scoring.scores(len(rows), make, report)
    return scores[inverse.reshape(-1)]


class _FunctionScoring:
    """Scores images with a function that somebody brings."""

    def __init__(
        self, function: Callable[[np.ndarray], Any], images: SyntheticImages, batch_size: int
    ):
        self._function = function
        self._size, self._dtype = np.atleast_3d(images.X).shape, images.dtype
        self._batch_size = batch_size

    def scores(
        self, count: int, alter: Callable[[np.ndarray, int], None], report: Callable[[int], None]
    ) -> np.ndarray:
        parts: list[np.ndarray] = []
        for start in range(0, count, self._batch_size):
            stop = min(start + self._batch_size, count)
            part = self._scored(self._made(alter, start, stop), stop - start)
            if parts and part.shape[1] != parts[0].shape[1]:
                raise ValueError(
                    f"net must return as many scores for each image, but returned "
                    f"{parts[0].shape[1]}, then {part.shape[1]}."
                )
            parts.append(part)
            report(stop)
        return np.concatenate(parts)

    def _made(self, alter: Callable[[np.ndarray, int], None], start: int, stop: int) -> np.ndarray:
        """Make images H×W×C×n, in an array of their own: a function may keep or change them."""
        height, width, channels = self._size
        batch = np.empty((stop - start, channels, height, width), self._dtype)
        alter(batch, start)
        return batch.transpose(2, 3, 1, 0)

    def _scored(self, batch: np.ndarray, count: int) -> np.ndarray:
        scores = numeric_array(self._function(batch), "What net returns").astype(np.float64)
        if scores.ndim not in (1, 2) or len(scores) != count or not scores.size:
            raise ValueError(
                f"net must return {count}×K scores, a row for each of the {count} images, but "
                f"returned {'×'.join(map(str, scores.shape)) or describe(scores)}."
            )
        if not np.isfinite(scores).all():
            raise ValueError("net must return finite scores, but some are NaN or Inf.")
        return scores.reshape(count, -1)
