"""Arrays in files of version 5 to 7 gone through without believing their numbers.

The format is that of MathWorks' public document "MAT-File Format". Readers in C trust a file's
types and sizes; so what they would stumble over is refused here, before they see it.
"""

from __future__ import annotations

import math
import struct

import numpy as np

from matxai.lang.mat_budget import Budget
from matxai.lang.mat_object_claims import REFERENCE_START, is_sound_reference, is_sound_table
from matxai.lang.mat_parts import INT8, INT32, UINT8, UINT32, Look, Parts
from matxai.lang.mat_sparse import ColumnStarts, RowIndices
from matxai.lang.mat_streams import InflatedBytes, Source

__all__ = ["COMPRESSED", "MATRIX", "ArrayWalk", "check_compressed"]

MATRIX, COMPRESSED = 14, 15
# Bytes of a number of each type of data, and of each class as it is in memory.
_NUMBERS = {1: 1, 2: 1, 3: 2, 4: 2, 5: 4, 6: 4, 7: 4, 9: 8, 12: 8, 13: 8}
_CHARACTERS = {1: 1, 2: 1, 3: 2, 4: 2, 16: 1, 17: 2, 18: 4}
_CLASSES = {6: 8, 7: 4, 8: 1, 9: 1, 10: 2, 11: 2, 12: 4, 13: 4, 14: 8, 15: 8}
_CELL, _STRUCT, _OBJECT, _CHAR, _SPARSE, _FUNCTION, _OPAQUE = 1, 2, 3, 4, 5, 16, 17

_INTEGERS, _UINT8_CLASS = range(8, 16), 9
_INTEGER_DATA = {5: "i4", 6: "u4", 12: "i8", 13: "u8"}
# The class of what holds all objects; its first array is the table of them.
_TABLE = b"FileWrapper__"

_MOST_DEPTH = 100
_LONGEST_TEXT = 2**20
# What NumPy and Python take for an array, and for an element of a nested list, beside its data.
_ARRAY_COST, _ITEM_COST = 256, 64


def check_compressed(
    packed: Source, count: int, order: str, budget: Budget, objects: bool = False
) -> None:
    """Check a compressed element, as `ArrayWalk.contents` does those that are not."""
    source = InflatedBytes(packed, count)
    kind, size = struct.unpack(order + "2I", source.read(8))
    if kind != MATRIX or not size:
        raise budget.damaged(f"is not an array, but of type {kind}")
    ArrayWalk(source, order, budget).contents(source.place + size, 0, objects)
    # Reading on to the end holds the data against its checksum.
    if source.some(1):
        raise budget.damaged("goes on behind its end")


class ArrayWalk(Parts):
    """A walk through the elements of one stream."""

    def __init__(self, source: Source, order: str, budget: Budget):
        super().__init__(source, order, budget)
        self._four = struct.Struct(order + "4I").unpack
        # The class of the object of which the next numbers speak.
        self._speaks_of: bytes | None = None

    def contents(self, end: int, depth: int, objects: bool = False) -> None:
        """Check what stands in a matrix element that ends at a place."""
        self.within(16, end)
        kind, size, flags, _ = self._four(self.source.read(16))
        if (kind, size) != (UINT32, 8):
            raise self.budget.damaged("has no flags of an array")
        if depth > _MOST_DEPTH:
            raise self.budget.damaged(f"is nested more than {_MOST_DEPTH} deep")
        mclass = flags & 0xFF
        dims = () if mclass == _OPAQUE else self.dimensions(end)
        name = self.text(end)
        if depth == 0 and self.budget.variable is None:
            self.budget.variable = name.decode("latin1")
        self.budget.take(_ARRAY_COST)
        if objects:
            self._objects(mclass, end)
            return
        self._values(mclass, dims, bool(flags & 0x0800), end, depth)
        # Octave counts the padding of small data twice. Readers go on behind the data as well.
        if end - self.source.place > 7:
            raise self.budget.damaged("has data that its sizes do not account for")

    def _values(
        self, mclass: int, dims: tuple[int, ...], is_complex: bool, end: int, depth: int
    ) -> None:
        if self._speaks_of == _TABLE and mclass not in (_CELL, _UINT8_CLASS):
            raise self.budget.damaged("has no table of objects")
        if mclass in _CLASSES:
            if mclass in _INTEGERS and not is_complex:
                self._integers_of_objects(mclass, math.prod(dims), end)
            else:
                self._numeric(math.prod(dims), _CLASSES[mclass], is_complex, end)
        elif mclass == _CHAR:
            self._characters(dims, end)
        elif mclass == _SPARSE:
            self._sparse(dims, is_complex, end)
        elif mclass in (_CELL, _STRUCT, _OBJECT):
            fields = 1
            if mclass == _OBJECT:
                self.text(end)
            if mclass != _CELL:
                fields = self._field_names(end)
            self._nested(dims, fields, end, depth)
        elif mclass == _FUNCTION:
            self._matrix(end, depth + 1)
        elif mclass == _OPAQUE:
            # The kind of object and its class; what it holds is data as any other.
            system, self._speaks_of = self.text(end), self.text(end)
            if system != b"MCOS":
                self._speaks_of = None
            self._matrix(end, depth + 1)
            self._speaks_of = None
        else:
            raise self.budget.damaged(f"is of a class that is not known, {mclass}")

    # Arrays of arrays

    def _matrix(self, end: int, depth: int) -> None:
        self.within(8, end)
        kind, size = self.two(self.source.read(8))
        if kind != MATRIX:
            raise self.budget.damaged(f"holds data of type {kind} where an array belongs")
        if not size:
            self.budget.take(_ARRAY_COST)
            return
        self.within(size, end)
        self.contents(self.source.place + size, depth)

    def _nested(self, dims: tuple[int, ...], fields: int, end: int, depth: int) -> None:
        count = math.prod(dims)
        # Each is 8 bytes at least.
        self.within(8 * count * fields, end)
        self._take_items(dims)
        for _ in range(count * fields):
            self._matrix(end, depth + 1)

    def _take_items(self, dims: tuple[int, ...]) -> None:
        """Count lists of lists, which take memory also where they are empty in the end."""
        if math.prod(dims) or len(dims) > 2:
            self.budget.take(_ITEM_COST * math.prod(d for d in dims if d))

    def _field_names(self, end: int) -> int:
        length = self.integers(end)
        if len(length) != 1 or length[0] < 1:
            raise self.budget.damaged("is a struct whose field names have no length")
        names = self.text(end, _LONGEST_TEXT)
        fields = len(names) // length[0]
        self.budget.take(fields * _ARRAY_COST)
        return fields

    def _objects(self, mclass: int, end: int) -> None:
        """Check what belongs to objects: a stream of elements in an array of bytes."""
        kind, size, small = self.tag(end)
        if mclass not in _CLASSES or kind not in (INT8, UINT8) or small is not None or size < 16:
            raise self.budget.damaged("is no array of bytes")
        self.budget.take(2 * size)
        self.within(size, end)
        inner = self.source.place + size
        start = self.source.read(8)
        order = {b"IM": "<", b"MI": ">"}.get(start[2:4])
        if order is None:
            raise self.budget.damaged("has no order of bytes")
        kind, count = struct.unpack(order + "2I", self.source.read(8))
        self.within(count, inner)
        if kind == COMPRESSED:
            place = self.source.place
            check_compressed(self.source, count, order, self.budget)
            if self.source.place > place + count:
                raise self.budget.damaged("is longer than it says")
        elif kind == MATRIX and count:
            ArrayWalk(self.source, order, self.budget).contents(self.source.place + count, 1)
        else:
            raise self.budget.damaged(f"is not an array, but of type {kind}")
        self.source.skip(end - self.source.place)

    # Arrays of numbers and characters

    def _numeric(
        self, count: int, width: int, is_complex: bool, end: int, look: Look | None = None
    ) -> int:
        """Check an array of numbers, and return the type they are stored in."""
        for _ in range(1 + is_complex):
            kind, size, small = self.tag(end)
            if kind not in _NUMBERS:
                raise self.budget.damaged(f"holds data of type {kind} where numbers belong")
            if size != count * _NUMBERS[kind]:
                raise self.budget.damaged(
                    f"says that it has {count} numbers, but has {size / _NUMBERS[kind]:g}"
                )
            self.budget.take(count * max(width, _NUMBERS[kind]))
            self.pass_over(size, small, end, look)
        return kind

    def _integers_of_objects(self, mclass: int, count: int, end: int) -> None:
        """Check integers, in which stands as well which objects there are."""
        speaks_of, self._speaks_of = self._speaks_of, None
        is_table = speaks_of == _TABLE
        most = count if is_table else 8 * REFERENCE_START
        kept = bytearray()

        def look(piece: bytes) -> None:
            kept.extend(piece[: most - len(kept)])

        looks = look if is_table or _CLASSES[mclass] >= 4 or speaks_of else None
        kind = self._numeric(count, _CLASSES[mclass], False, end, looks)
        if looks is None:
            return
        if is_table:
            if not is_sound_table(bytes(kept), self.order):
                raise self.budget.damaged("has a table of objects that contradicts itself")
            return
        dtype = f"{self.order}{_INTEGER_DATA[kind]}" if kind in _INTEGER_DATA else None
        if dtype is None and speaks_of is None:
            return
        start = np.frombuffer(kept, dtype, min(count, REFERENCE_START)).tolist() if dtype else []
        if not is_sound_reference(start, count if dtype else 0, speaks_of is not None):
            raise self.budget.damaged("refers to objects that are not there")

    def _characters(self, dims: tuple[int, ...], end: int) -> None:
        kind, size, small = self.tag(end)
        if kind not in _CHARACTERS:
            raise self.budget.damaged(f"holds data of type {kind} where characters belong")
        count = math.prod(dims)
        # Some writers leave out the data of blanks.
        if size and size < count * _CHARACTERS[kind]:
            raise self.budget.damaged(f"says that it has {count} characters, but has fewer")
        self.budget.take(size + _ITEM_COST * (0 if size else count))
        self.budget.take(8 * math.prod(d for d in dims if d))
        self.pass_over(size, small, end)

    def _sparse(self, dims: tuple[int, ...], is_complex: bool, end: int) -> None:
        if len(dims) != 2:
            raise self.budget.damaged("is a sparse matrix that has not two dimensions")
        rows, columns = RowIndices(dims[0], self.order), ColumnStarts(dims[1], self.order)
        for indices in (rows, columns):
            kind, size, small = self.tag(end)
            if kind not in (INT32, UINT32) or size % 4:
                raise self.budget.damaged("is a sparse matrix without indices")
            self.budget.take(2 * size)
            self.pass_over(size, small, end, indices.look)
        if not columns.fit(rows):
            raise self.budget.damaged("is a sparse matrix whose indices lie outside of it")
        for _ in range(1 + is_complex):
            kind, size, small = self.tag(end)
            if kind not in _NUMBERS or (size % _NUMBERS[kind] and size != columns.last):
                raise self.budget.damaged("is a sparse matrix without numbers")
            self.budget.take(2 * size * 8 // _NUMBERS[kind])
            self.pass_over(size, small, end)
