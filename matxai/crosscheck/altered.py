"""What may have been done to an image on its way into a network: guesses, for finding a cause."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from matxai.crosscheck.diagnosing import Cause

__all__ = [
    "Altered",
    "altered_images",
    "resized_otherwise",
    "scaled_images",
    "turned_images",
    "undone_normalization",
]

# What networks of ImageNet are normalized with, for values from 0 to 255.
_IMAGENET_MEAN = np.array([123.675, 116.28, 103.53])
_IMAGENET_DEVIATION = np.array([58.395, 57.12, 57.375])


@dataclass(frozen=True)
class Altered:
    """An image that was altered, and what that says."""

    cause: Cause
    image: np.ndarray


def altered_images(
    image: np.ndarray, original: np.ndarray | None = None, net: Any = None
) -> Iterator[Altered]:
    """Give an image altered in each way that is commonly a mistake, and that changes it.

    Parameters
    ----------
    image : array, H×W×C or H×W
        The image as given to the network.
    original : array, optional
        The image before it was resized.
    net : Network, optional
        The network, for what its input layer does to images.
    """
    guesses = [
        *turned_images(image),
        *scaled_images(image),
        *([] if net is None else _normalized_otherwise(image, net)),
        *([] if original is None else resized_otherwise(original, image)),
    ]
    for guess in guesses:
        if guess.image.shape == image.shape and not np.array_equal(guess.image, image):
            yield guess


def turned_images(image: np.ndarray) -> Iterator[Altered]:
    """Give an image with its channels and axes in another order."""
    if image.ndim == 3 and image.shape[2] == 3:
        said = "the image's channels are in the order BGR instead of RGB"
        yield Altered(Cause("image", said), image[:, :, ::-1])
    yield Altered(Cause("image", "the image is transposed"), np.swapaxes(image, 0, 1))
    yield Altered(Cause("image", "the image is upside down"), image[::-1])
    yield Altered(Cause("image", "the image is mirrored from left to right"), image[:, ::-1])


def scaled_images(image: np.ndarray) -> Iterator[Altered]:
    """Give an image with values of another range."""
    values = image.astype(np.float32)
    said = "the image has values from 0 to 1 where from 0 to 255 are meant"
    yield Altered(Cause("normalization", said), values / np.float32(255))
    said = "the image has values from 0 to 255 where from 0 to 1 are meant"
    yield Altered(Cause("normalization", said), values * np.float32(255))


def _normalized_otherwise(image: np.ndarray, net: Any) -> Iterator[Altered]:
    """Give images that undo what the input layer does, or do what it may lack."""
    layer = net.Layers[0]
    kind = getattr(layer, "Normalization", "none")
    values = image.astype(np.float64)
    if kind not in ("none", "custom"):
        said = f"the network's normalization, {kind}, is missing"
        yield Altered(Cause("normalization", said), undone_normalization(values, layer))
        return
    guesses = {
        "each channel's mean over the image is subtracted": values
        - values.mean(axis=(0, 1), keepdims=True),
        "128 is subtracted": values - 128,
        "127.5 is subtracted": values - 127.5,
        "values are brought to -1 … 1": values / 127.5 - 1,
    }
    if image.ndim == 3 and image.shape[2] == 3:
        guesses["the means of ImageNet are subtracted"] = values - _IMAGENET_MEAN
        guesses["means and deviations of ImageNet are taken off"] = (
            values - _IMAGENET_MEAN
        ) / _IMAGENET_DEVIATION
    for said, guess in guesses.items():
        said = f"network.onnx lacks the normalization: in MATLAB {said} first"
        yield Altered(Cause("normalization", said), guess.astype(np.float32))


def undone_normalization(values: np.ndarray, layer: Any) -> np.ndarray:
    """Give the image of which an input layer makes the values, H×W×C or H×W."""
    kind = getattr(layer, "Normalization", "none")
    shape, values = values.shape, np.atleast_3d(values).astype(np.float64)
    if kind == "zerocenter":
        values = values + np.asarray(layer.Mean)
    elif kind == "zscore":
        values = values * np.asarray(layer.StandardDeviation) + np.asarray(layer.Mean)
    elif kind in ("rescale-zero-one", "rescale-symmetric"):
        low, high = np.asarray(layer.Min), np.asarray(layer.Max)
        part = values if kind == "rescale-zero-one" else (values + 1) / 2
        values = low + part * (high - low)
    return values.reshape(shape).astype(np.float32)


def resized_otherwise(original: np.ndarray, image: np.ndarray) -> Iterator[Altered]:
    """Give the original resized in other ways than by imresize with its defaults."""
    from matxai.images.resize import resize

    size = image.shape[:2]
    for method, antialiasing in (
        ("nearest", False), ("bilinear", True), ("bilinear", False), ("bicubic", False),
        ("box", True), ("lanczos3", True),
    ):  # fmt: skip
        how = " without antialiasing" * (method in ("bilinear", "bicubic") and not antialiasing)
        said = f"the image was resized by {method} interpolation{how}"
        yield Altered(Cause("imresize", said), resize(original, size, method, antialiasing))
