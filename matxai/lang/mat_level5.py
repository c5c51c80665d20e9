"""Files of version 5 to 7: each variable, and what belongs to objects."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

from matxai.lang.mat_budget import Budget
from matxai.lang.mat_elements import COMPRESSED, MATRIX, ArrayWalk, check_compressed
from matxai.lang.mat_streams import FileBytes, OutOfBytesError

__all__ = ["check_level5"]

_HEADER = 128


def check_level5(path: Path, budget: Budget) -> None:
    """Check a file of version 5 to 7.

    Parameters
    ----------
    path : pathlib.Path
        The file.
    budget : Budget
        What its values may take.

    Raises
    ------
    MatFileError
        If it is damaged, cut short, or holds too much.
    """
    size = path.stat().st_size
    with path.open("rb") as file:
        source = FileBytes(file, size)
        header = source.read(_HEADER)
        order = "<" if header[126:128] == b"IM" else ">"
        objects = _place_of_objects(header, order)
        seen = objects is None
        while source.place < size:
            seen |= source.place == objects
            budget.variable = None
            _check_variable(source, size, order, budget, source.place == objects)
    if not seen:
        budget.variable = ""
        raise budget.cut_short() if objects >= size else budget.damaged("is not where it should be")


def _place_of_objects(header: bytes, order: str) -> int | None:
    """Find where the file says that what belongs to objects stands."""
    place = header[116:124]
    # Writers that know of no objects fill the place with zeros or go on with text.
    if not any(place) or min(place) >= 0x20:
        return None
    return struct.unpack(order + "Q", place)[0]


def _check_variable(file: FileBytes, size: int, order: str, budget: Budget, objects: bool) -> None:
    if size - file.place < 8:
        raise budget.cut_short()
    kind, count = struct.unpack(order + "2I", file.read(8))
    end = file.place + count
    try:
        if kind == COMPRESSED:
            check_compressed(file, count, order, budget, objects)
        elif kind == MATRIX and count:
            ArrayWalk(file, order, budget).contents(end, 0, objects)
        else:
            raise budget.damaged(f"is not an array, but of type {kind}")
    except (OutOfBytesError, zlib.error) as error:
        if end > size:
            raise budget.cut_short() from None
        what = "ends too early" if isinstance(error, OutOfBytesError) else "cannot be decompressed"
        raise budget.damaged(what) from None
    if end > size:
        raise budget.cut_short()
    file.skip(end - file.place)
