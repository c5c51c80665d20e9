"""How many files of a label a datastore gets, and images stacked into one array."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np

from matxai.arguments import describe, numeric_array

__all__ = ["cut", "share_of", "stacked"]


def share_of(value: Any) -> float | int:
    """Check a share of the files, below 1, or a number of them."""
    number = numeric_array(value, "splitEachLabel: p")
    if number.size != 1 or not (0 < number.item() < 1 or number.item() == int(number.item()) >= 1):
        raise ValueError(
            f"splitEachLabel: p must be a share between 0 and 1 or a number of files, but is "
            f"{describe(value)}."
        )
    return number.item()


def cut(order: list[int], shares: list[float | int], label: str) -> list[list[int]]:
    """Cut the files of one label into parts; the last part is what remains."""
    total = len(order)
    counts = [int(s) if s >= 1 else int(np.floor(total * s + 0.5)) for s in shares]
    if all(s < 1 for s in shares) and sum(shares) <= 1 + 1e-9:
        # Shares that are rounded up may add up to more than there is.
        while sum(counts) > total:
            counts[counts.index(max(counts))] -= 1
    if sum(counts) > total:
        raise ValueError(
            f"splitEachLabel: p asks for {sum(counts)} files of each label, but {label!r} has "
            f"{total}."
        )
    ends = [0, *np.cumsum(counts).tolist(), total]
    return [order[a:b] for a, b in pairwise(ends)]


def stacked(images: list[Any]) -> np.ndarray:
    """Stack images of one size, H×W×C×N."""
    arrays = [np.asarray(image) for image in images]
    shapes = {a.shape[:2] + (a.shape[2:] or (1,)) for a in arrays}
    if len(shapes) > 1:
        listed = " and ".join(str(shape) for shape in sorted(shapes)[:2])
        raise ValueError(
            f"The images of a datastore must have the same size, but there are {listed}. "
            f"augmentedImageDatastore(outputSize, imds) resizes them."
        )
    return np.stack([a.reshape(next(iter(shapes))) for a in arrays], axis=3)
