"""One image with labelled dimensions, as a network takes it."""

from __future__ import annotations

from typing import Any

import numpy as np

from matxai.arguments import describe, numeric_array
from matxai.nets.arrays import single_image
from matxai.nets.dimension_labels import canonical_order, check_labels
from matxai.nets.dlarray import dlarray
from matxai.nets.network import Network

__all__ = ["image_data", "one_image"]


def image_data(value: Any, name: str) -> np.ndarray | dlarray:
    """Check an image: an array of numbers, or a dlarray."""
    return value if isinstance(value, dlarray) else numeric_array(value, name)


def one_image(net: Network, X: np.ndarray | dlarray, fmt: str | None) -> np.ndarray:
    """Lay an image out as the network takes it.

    Parameters
    ----------
    net : Network
        A network of images.
    X : array or dlarray
        The image. A dlarray may be of another height and width than the network's InputSize.
    fmt : str, optional
        Labels of the dimensions; by default those of a dlarray that has some, else H×W×C.

    Returns
    -------
    numpy.ndarray of float32, shape (1, C, H, W)
        The image.

    Raises
    ------
    ValueError
        If it is no image, several, of another size than the network takes or not finite, or the
        labels do not fit to it.
    """
    size = net.image_input().InputSize
    labels = fmt
    if isinstance(X, dlarray):
        if fmt and X.labels:
            raise ValueError(
                f"Format must be left out where X has labels, but is {fmt!r}; those of X are "
                f"{X.labels!r}."
            )
        labels = fmt or X.labels
        X = X.tensor.detach().cpu().numpy()
        size = np.array([np.nan, np.nan, size[2]])
    return single_image(_in_order(X, labels) if labels else X, size)


def _in_order(X: np.ndarray, fmt: str) -> np.ndarray:
    """Permute an array to H×W×C×N."""
    # Trailing dimensions of length 1 need not be there in MATLAB.
    X = X.reshape(*X.shape, *[1] * (len(fmt) - X.ndim))
    labels = check_labels(fmt, X.ndim, "Format")
    if labels.count("S") != 2 or set(labels) - set("SCB"):
        raise ValueError(
            f"Format must have two dimensions of space, as images have, and no time, but is "
            f"{describe(fmt)}: networks of sequences and of 3-D images are not explained here."
        )
    ordered = X.transpose(canonical_order(labels))
    return ordered if "C" in labels else ordered[:, :, np.newaxis]
