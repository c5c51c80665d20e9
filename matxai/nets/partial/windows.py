"""Where a window has to lie so that what is computed in it is what is computed of the whole."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from matxai.nets.partial.reach import Reach

__all__ = ["Spans", "Windows", "length_for", "needed_for", "windows_for"]


class Spans(NamedTuple):
    """Parts along one axis, one for each change; the last is not included."""

    first: np.ndarray
    last: np.ndarray


class Windows(NamedTuple):
    """Windows of one length along one axis, one for each change."""

    length: int
    starts: np.ndarray
    """Where they begin in what is fed."""
    origins: np.ndarray
    """Where the first of what they put out lies."""


def windows_for(
    reach: Reach, wanted: Spans, size: int, among: np.ndarray | slice = slice(None)
) -> Windows:
    """Place windows of `size` values such that the outputs wanted `among` all come out right.

    A window's edge is no edge of the whole: what is computed near it, with padding where there is
    none, is wrong. Where the window ends with the whole, padding is as it should be; so windows
    begin at multiples of the step, and their length is the size less such a multiple.
    """
    needed = needed_for(reach.step, reach.low, reach.high, wanted, size)
    longest = int((needed.last - needed.first)[among].max())
    length = int(length_for(longest, reach.high - reach.low + 1, reach.step, size))
    starts = np.minimum(needed.first, size - length)
    return Windows(length, starts, starts // reach.step)


def needed_for(
    step: np.ndarray | int,
    low: np.ndarray | int,
    high: np.ndarray | int,
    wanted: Spans,
    size: np.ndarray | int,
) -> Spans:
    """Say what outputs depend on, from a multiple of the step on; arrays for many reaches."""
    first = np.minimum(np.maximum(wanted.first * step + low, 0), size) // step * step
    return Spans(first, np.minimum((wanted.last - 1) * step + (high + 1), size))


def length_for(
    longest: np.ndarray | int,
    least: np.ndarray | int,
    step: np.ndarray | int,
    size: np.ndarray | int,
) -> np.ndarray:
    """Say the least length that leaves a multiple of the step in front of a window at the end.

    Where no output is wanted, as of a change that is stepped over, there is `least`, what one
    output depends on: ONNX Runtime computes nothing of less.
    """
    longest = np.maximum(longest, np.minimum(least, size))
    return np.minimum(size, longest + (size - longest) % step)
