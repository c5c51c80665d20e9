"""Where a window has to lie so that what is computed in it is what is computed of the whole."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from matxai.nets.partial.reach import Reach

__all__ = ["Windows", "windows_for"]


class Windows(NamedTuple):
    """Windows of one length along one axis, one for each change."""

    length: int
    starts: np.ndarray
    """Where they begin in what is fed."""
    origins: np.ndarray
    """Where the first of what they put out lies."""


def windows_for(reach: Reach, first: np.ndarray, last: np.ndarray, size: int) -> Windows:
    """Place windows of `size` values such that outputs first to last, not included, come out right.

    A window's edge is no edge of the whole: what is computed near it, with padding where there is
    none, is wrong. Where the window ends with the whole, padding is as it should be; so windows
    begin at multiples of the step, and their length is the size less such a multiple.
    """
    step = reach.step
    # np.clip takes several times as long, and this is done for each pair of cuts.
    needed_from = np.minimum(np.maximum(first * step + reach.low, 0), size)
    needed_to = np.minimum((last - 1) * step + (reach.high + 1), size)
    starts = needed_from // step * step
    longest = max(int((needed_to - starts).max()), 0)
    # The least length that leaves a multiple of the step in front of a window at the end.
    length = min(size, max(longest + (size - longest) % step, 1))
    starts = np.minimum(starts, size - length)
    return Windows(length, starts, starts // step)
