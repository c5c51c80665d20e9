"""What files say of objects in numbers, which the reader of objects believes.

MathWorks documents none of this; the authors of mat-io describe it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

__all__ = ["REFERENCE_START", "is_sound_reference", "is_sound_table"]

_REFERENCE = 0xDD000000
_MOST_DIMENSIONS = 32
_TABLE_START = 40
REFERENCE_START = _MOST_DIMENSIONS + 2


def is_sound_reference(start: Sequence[int], size: int, surely: bool = False) -> bool:
    """Tell whether an array of integers names as many objects as it says, if it names objects.

    Parameters
    ----------
    start : sequence of int
        How it begins: `REFERENCE_START` of its numbers, or all.
    size : int
        How many numbers it has.
    surely : bool, optional
        Whether it stands where an object belongs; else it is one by its first number.
    """
    if not surely and (size < 3 or start[0] != _REFERENCE):
        return True
    if size < 3 or not 0 <= start[1] <= min(_MOST_DIMENSIONS, size - 3):
        return False
    dims = start[2 : 2 + start[1]]
    return min(dims, default=0) >= 0 and math.prod(dims) <= size - start[1] - 3


def is_sound_table(table: bytes, order: str = "<") -> bool:
    """Tell whether the records in a file's table of objects lie one behind the other.

    Parameters
    ----------
    table : bytes
        The table.
    order : {"<", ">"}
        The order of bytes.
    """
    if len(table) < _TABLE_START:
        return False
    regions = np.frombuffer(table, f"{order}i4", 6, 8).tolist()
    if sorted(regions) != regions or not _TABLE_START <= regions[0] <= regions[-1] <= len(table):
        return False
    # Two kinds of properties, with three numbers each, and those that were added to objects.
    for i, numbers_each in ((1, 3), (3, 3), (4, 1)):
        count = (regions[i + 1] - regions[i]) // 4
        region = np.frombuffer(table, f"{order}i4", count, regions[i])
        if not _is_sound_region(region.tolist(), numbers_each):
            return False
    return True


def _is_sound_region(counts: list[int], numbers_each: int) -> bool:
    place = counts[0] if counts and numbers_each == 3 else 0
    if place < 0:
        return False
    while place < len(counts):
        if counts[place] < 0:
            return False
        # Each record has a count, what it counts, and a place more if the number is odd.
        place += 1 + numbers_each * counts[place]
        place += place % 2
    return place <= len(counts) + 1
