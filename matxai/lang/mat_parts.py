"""The parts of an array in files of version 5 to 7: tags, sizes, names and data."""

from __future__ import annotations

import struct
from collections.abc import Callable

from matxai.lang.mat_budget import Budget
from matxai.lang.mat_streams import Source

__all__ = ["INT8", "INT32", "UINT8", "UINT32", "Look", "Parts"]

INT8, UINT8, INT32, UINT32, _UTF8 = 1, 2, 5, 6, 16
_MOST_DIMENSIONS = 32
_LONGEST_NAME = 4096
_PIECE = 2**18

Look = Callable[[bytes], None]


class Parts:
    """Reads the parts of arrays from a stream, each of which has to end before its array does."""

    def __init__(self, source: Source, order: str, budget: Budget):
        self.source = source
        self.order = order
        self.budget = budget
        self.two = struct.Struct(order + "2I").unpack

    def dimensions(self, end: int) -> tuple[int, ...]:
        """Read the dimensions of an array."""
        dims = self.integers(end)
        if not 1 <= len(dims) <= _MOST_DIMENSIONS or min(dims) < 0:
            raise self.budget.damaged("has no dimensions that an array can have")
        return dims

    def integers(self, end: int) -> tuple[int, ...]:
        """Read a few integers."""
        kind, size, small = self.tag(end)
        if kind not in (INT32, UINT32) or size % 4 or size > 4 * _MOST_DIMENSIONS:
            raise self.budget.damaged("has no sizes")
        return struct.unpack(f"{self.order}{size // 4}i", self.content(size, small, end))

    def text(self, end: int, longest: int = _LONGEST_NAME) -> bytes:
        """Read a name, or several of them."""
        kind, size, small = self.tag(end)
        if kind not in (INT8, _UTF8) or size > longest:
            raise self.budget.damaged("has no name")
        return self.content(size, small, end)

    def tag(self, end: int) -> tuple[int, int, bytes | None]:
        """Read the type and size of data, and the data itself if it is so small as to be there."""
        self.within(8, end)
        tag = self.source.read(8)
        kind, size = self.two(tag)
        if kind < 0x10000:
            return kind, size, None
        kind, size = kind & 0xFFFF, kind >> 16
        if size > 4:
            raise self.budget.damaged(f"says that {size} bytes stand in 4")
        return kind, size, tag[4 : 4 + size]

    def content(self, size: int, small: bytes | None, end: int) -> bytes:
        """Read the data behind a tag."""
        if small is not None:
            return small
        padded = size + -size % 8
        self.within(padded, end)
        return self.source.read(padded)[:size]

    def pass_over(self, size: int, small: bytes | None, end: int, look: Look | None = None) -> None:
        """Pass over data, showing it to somebody in pieces."""
        if small is not None:
            if look is not None:
                look(small)
            return
        padded = size + -size % 8
        self.within(padded, end)
        if look is None:
            self.source.skip(padded)
            return
        for start in range(0, size, _PIECE):
            look(self.source.read(min(size - start, _PIECE)))
        self.source.skip(padded - size)

    def within(self, count: int, end: int) -> None:
        """Refuse what does not end where it has to."""
        if count > end - self.source.place:
            raise self.budget.damaged("holds more than its size has room for")
