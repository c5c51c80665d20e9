"""Files of version 5 put together by hand, by MathWorks' public description of the format."""

import struct
import zlib

import numpy as np

__all__ = [
    "COMPRESSED",
    "MATRIX",
    "cells",
    "compressed",
    "element",
    "header",
    "int32",
    "numbers",
    "part",
    "structure",
    "variable",
    "written",
]

INT8, INT32, UINT32, DOUBLE, MATRIX, COMPRESSED = 1, 5, 6, 9, 14, 15


def header(place=0, order="<", text=b"MATLAB 5.0 MAT-file, put together by a test"):
    mark = b"\x00\x01IM" if order == "<" else b"\x01\x00MI"
    return text.ljust(116) + struct.pack(order + "Q", place) + mark


def part(kind, data, order="<", size=None):
    """One element of data; `size` is what it says that it has."""
    size = len(data) if size is None else size
    return struct.pack(order + "2I", kind, size) + data + b"\0" * (-len(data) % 8)


def int32(*numbers, order="<"):
    return part(INT32, struct.pack(f"{order}{len(numbers)}i", *numbers), order)


def element(data, order="<", size=None):
    return part(MATRIX, data, order, size)


def compressed(data, level=6):
    packed = zlib.compress(data, level)
    return struct.pack("<2I", COMPRESSED, len(packed)) + packed


def variable(mclass, dims, body, name=b"x", flags=0, order="<"):
    """An array of any class, whose values are the body."""
    start = part(UINT32, struct.pack(order + "2I", mclass | flags, 0), order)
    return element(start + int32(*dims, order=order) + part(INT8, name, order) + body, order)


def numbers(values, name=b"x", mclass=6, kind=DOUBLE, dims=None, order="<"):
    values = np.asarray(values)
    dims = (1, values.size) if dims is None else dims
    return variable(mclass, dims, part(kind, values.tobytes(), order), name, order=order)


def cells(*items, name=b"", dims=None):
    return variable(1, (1, len(items)) if dims is None else dims, b"".join(items), name)


def structure(fields, values, name=b"", dims=(1, 1), length=32):
    names = b"".join(field.ljust(length, b"\0") for field in fields)
    body = int32(length) + part(INT8, names) + b"".join(values)
    return variable(2, dims, body, name)


def written(folder, *parts):
    """Write a file of these bytes, and return its path."""
    path = folder / "v.mat"
    path.write_bytes(b"".join(parts))
    return path
