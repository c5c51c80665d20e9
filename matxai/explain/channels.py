"""Which channels of an output are meant: by index, or by label where the network has classes."""

from __future__ import annotations

import difflib
from typing import Any

import numpy as np

from matxai.arguments import channel_indices, texts
from matxai.lang.categorical import categorical
from matxai.nets.flavours import output_classes
from matxai.nets.network import Network

__all__ = ["channels_of"]


def channels_of(net: Network, given: Any, count: int) -> np.ndarray:
    """Turn MATLAB's channel indices, or class labels, into indices counted from 0.

    Parameters
    ----------
    net : Network
        The network whose output it is.
    given : int, str, categorical, or sequence of these
        Indices from 1 to `count`; labels for a network with classes.
    count : int
        Number of channels of the output.

    Returns
    -------
    numpy.ndarray of int, shape (K,)
        The indices, counted from 0.

    Raises
    ------
    TypeError
        If labels are given for a network without classes, or labels and numbers together.
    ValueError
        If there is no such channel or class.
    """
    labels = _labels(given)
    if labels is None:
        return channel_indices(given, count, "channelIdx")
    classes = output_classes(net)
    if classes is None:
        raise TypeError(
            f"channelIdx must be channel indices, since net has no classes, but is {labels[0]!r}. "
            f"Give the index of the label: list(classNames).index({labels[0]!r}) + 1."
        )
    index = {name: i for i, name in enumerate(classes.tolist())}
    for label in labels:
        if label not in index:
            raise ValueError(_unknown(label, list(index)))
    return np.array([index[label] for label in labels])


def _labels(given: Any) -> list[str] | None:
    """Return labels as texts, None where these are no labels."""
    if isinstance(given, categorical):
        if not given.size or given.isundefined().any():
            raise ValueError(f"label must hold defined elements only, but is {given.tolist()!r}.")
        return texts(given, "label")
    try:
        items = np.asarray(given, dtype=object).reshape(-1)
    except ValueError:
        return None
    if any(isinstance(item, (str, categorical)) for item in items):
        return [label.strip() for label in texts(given, "label")]
    return None


def _unknown(label: str, classes: list[str]) -> str:
    lower = {name.lower(): name for name in reversed(classes)}
    near = [lower[n] for n in difflib.get_close_matches(label.lower(), lower, 3, 0.5)]
    listed = near or classes[:10]
    meant = "Near to it are" if near else "They are" if len(classes) <= 10 else "The first ones are"
    return (
        f"label must be one of the {len(classes)} classes of net, but is {label!r}. "
        f"{meant} {', '.join(map(repr, listed))}."
    )
