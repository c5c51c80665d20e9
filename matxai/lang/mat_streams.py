"""Bytes that are looked at once, front to back, and never all in memory."""

from __future__ import annotations

import zlib
from typing import IO, Protocol

__all__ = ["FileBytes", "InflatedBytes", "OutOfBytesError", "Source"]

_PIECE = 2**18
_PACKED_PIECE = 2**16


class OutOfBytesError(Exception):
    """Fewer bytes are there than are needed."""


class Source(Protocol):
    """Bytes from a place on."""

    place: int

    def some(self, most: int) -> bytes: ...

    def read(self, count: int) -> bytes: ...

    def skip(self, count: int) -> None: ...


class FileBytes:
    """Bytes of an open file.

    Parameters
    ----------
    file : binary file
        The file.
    size : int
        How many bytes it has.
    place : int, optional
        Where to begin.
    """

    def __init__(self, file: IO[bytes], size: int, place: int = 0):
        self._file = file
        self._size = size
        self.place = place
        file.seek(place)

    def some(self, most: int) -> bytes:
        """Read as many bytes as there are, up to a number."""
        found = self._file.read(most)
        self.place += len(found)
        return found

    def read(self, count: int) -> bytes:
        """Read bytes, exactly so many, of which memory has to have room for."""
        if count > self._size - self.place:
            raise OutOfBytesError
        return self.some(count)

    def skip(self, count: int) -> None:
        """Go on without looking."""
        if count > self._size - self.place:
            raise OutOfBytesError
        self.place += count
        self._file.seek(self.place)


class InflatedBytes:
    """Bytes that stand compressed in others, decompressed piece by piece.

    Parameters
    ----------
    packed : Source
        The bytes of which they are made.
    count : int
        How many of them.
    """

    def __init__(self, packed: Source, count: int):
        self._packed = packed
        self._packed_left = count
        self._inflater = zlib.decompressobj()
        self._piece = b""
        self._used = 0
        self.place = 0

    def some(self, most: int) -> bytes:
        """Read some bytes, none at the end."""
        if self._used == len(self._piece):
            self._inflate()
        found = self._piece[self._used : self._used + most]
        self._used += len(found)
        self.place += len(found)
        return found

    def read(self, count: int) -> bytes:
        """Read bytes, exactly so many, of which memory has to have room for."""
        end = self._used + count
        if end <= len(self._piece):
            found = self._piece[self._used : end]
            self._used = end
            self.place += count
            return found
        parts = []
        while count:
            part = self.some(count)
            if not part:
                raise OutOfBytesError
            parts.append(part)
            count -= len(part)
        return b"".join(parts)

    def skip(self, count: int) -> None:
        """Go on without looking."""
        end = self.place + count
        while self.place < end:
            if self._used == len(self._piece):
                self._inflate()
            step = min(end - self.place, len(self._piece) - self._used)
            if not step:
                raise OutOfBytesError
            self._used += step
            self.place += step

    def _inflate(self) -> None:
        self._piece, self._used = b"", 0
        while not self._piece and not self._inflater.eof:
            packed = self._inflater.unconsumed_tail
            if not packed:
                packed = self._packed.some(min(self._packed_left, _PACKED_PIECE))
                self._packed_left -= len(packed)
            self._piece = self._inflater.decompress(packed, _PIECE)
            if not packed and not self._piece:
                return
