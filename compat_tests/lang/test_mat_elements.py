"""Arrays in files of version 5 to 7 whose numbers are not true."""

import struct
import tracemalloc

import numpy as np
import pytest
from mat_bytes import (
    cells,
    compressed,
    element,
    header,
    int32,
    numbers,
    part,
    structure,
    variable,
    written,
)

from matxai import MatFileError, load
from matxai.lang.mat_checks import check_sizes

MIB = 2**20
HUGE = 2**31 - 1
LYING = {
    "numbers": (numbers([1.0], dims=(HUGE, HUGE)), "numbers, but has 1"),
    "more numbers than said": (numbers([1.0, 2.0], dims=(1, 1)), "has 1 numbers, but has 2"),
    "too large a part": (variable(6, (1, 1), part(9, b"\0" * 8, size=2**32 - 1)), "numbers"),
    "cells": (cells(dims=(HUGE, 1), name=b"x"), "holds more than its size has room for"),
    "no fields": (structure([], [], b"x", (HUGE, 2)), "holds too much"),
    "fields": (structure([b"a"], [], b"x", (HUGE, 2)), "holds more than its size"),
    "empty lists": (cells(dims=(HUGE, 2, 0), name=b"x"), "holds too much"),
    "blanks": (variable(4, (HUGE, 9), part(4, b"")), "holds too much"),
    "characters": (variable(4, (1, 9), part(4, b"abcd")), "9 characters, but has fewer"),
    "negative": (numbers([1.0], dims=(-1, -1)), "no dimensions that an array can have"),
    "dimensions": (numbers([1.0], dims=(1,) * 33), "has no sizes"),
    "no length of names": (structure([], [], b"x", length=0), "field names have no length"),
    "an unknown class": (variable(99, (1, 1), b""), "of a class that is not known, 99"),
    "no variable": (part(9, b"\0" * 8), "is not an array, but of type 9"),
    "nothing": (element(b""), "is not an array, but of type 14"),
    "no flags": (element(int32(1, 1)), "has no flags of an array"),
    "something else in a cell": (cells(part(9, b"\0" * 8), name=b"x"), "where an array belongs"),
    "a cell outside": (
        cells(element(b"\0" * 8, size=10**6), name=b"x"),
        "holds more than its size has room for",
    ),
    "data behind": (numbers([1.0]) + b"", None),
    "values behind": (variable(6, (1, 1), part(9, b"\0" * 8) * 2), "do not account for"),
}


@pytest.mark.tier(
    "chosen",
    "Sizes in a `.mat` file that do not fit its data are refused before it is read",
)
@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("lie", list(LYING))
def test_sizes_are_not_believed(tmp_path, lie, packed):
    body, said = LYING[lie]
    path = written(tmp_path, header(), compressed(body) if packed else body)
    tracemalloc.start()
    try:
        if said is None:
            load(path)
            return
        with pytest.raises(MatFileError) as error:
            load(path)
    finally:
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert said in str(error.value)
    assert peak < 8 * MIB


@pytest.mark.parametrize("kind", [0, 8, 10, 11, 14, 15, 19, 200, 60000])
def test_types_that_readers_have_no_entry_for_do_not_reach_them(tmp_path, kind):
    for body in (
        variable(6, (1, 1), part(kind, b"\0" * 8)),
        variable(4, (1, 1), part(kind, b"\0" * 8)),
        variable(5, (1, 1), int32(0) + int32(0, 1) + part(kind, b"\0" * 8)),
    ):
        with pytest.raises(MatFileError, match="data of type|without numbers"):
            load(written(tmp_path, header(), body))


@pytest.mark.parametrize(
    ("rows", "starts"),
    [
        ([0, 9], [0, 1, 2]),
        ([0, -1], [0, 1, 2]),
        ([0, 1], [0, 9, 2]),
        ([0, 1], [0, 1, 9]),
        ([0, 1], [1, 1, 2]),
        ([0, 1], [0, -5, 2]),
        ([0, 1], [0, 2]),
    ],
)
def test_indices_of_sparse_matrices_lie_inside(tmp_path, rows, starts):
    data = part(9, np.array([3.0, 4.0]).tobytes())
    right = variable(5, (2, 2), int32(0, 1) + int32(0, 1, 2) + data)
    assert load(written(tmp_path, header(), right)).x.toarray().tolist() == [[3, 0], [0, 4]]
    wrong = variable(5, (2, 2), int32(*rows) + int32(*starts) + data)
    with pytest.raises(MatFileError, match="whose indices lie outside of it"):
        load(written(tmp_path, header(), wrong))


def nest(depth):
    inner = numbers([1.0], b"")
    for _ in range(depth):
        inner = cells(inner)
    return cells(inner, name=b"x")


@pytest.mark.tier("chosen", "Cells and structs of a `.mat` file lie in each other up to 100 deep")
def test_nesting_has_an_end(tmp_path):
    load(written(tmp_path, header(), nest(90)))
    for depth in (101, 20_000):
        with pytest.raises(MatFileError, match="nested more than 100 deep"):
            load(written(tmp_path, header(), nest(depth)))


# What belongs to objects


def objects(inner, size=None):
    stream = b"\x00\x01IM\x00\x00\x00\x00" + inner
    return variable(9, (1, len(stream)), part(2, stream, size=size), b"")


@pytest.mark.parametrize(
    ("stream", "said"),
    [
        (lambda: objects(structure([b"MCOS"], [nest(3)])), None),
        (lambda: objects(structure([b"MCOS"], [nest(120)])), "nested more than 100 deep"),
        (lambda: objects(LYING["blanks"][0]), "with what belongs to objects, its values take more"),
        (lambda: objects(LYING["cells"][0]), "is damaged: what belongs to objects holds more"),
        (lambda: objects(compressed(LYING["cells"][0])), "holds more than its size has room for"),
        (lambda: objects(part(9, b"\0" * 16)), "is not an array, but of type 9"),
        (lambda: variable(9, (1, 16), part(2, b"\0" * 16), b""), "has no order of bytes"),
        (lambda: cells(name=b""), "is damaged: what belongs to objects"),
    ],
)
def test_what_belongs_to_objects_is_looked_at_as_well(tmp_path, stream, said):
    first = numbers([1.0])
    for last in (stream(), compressed(stream())):
        path = written(tmp_path, header(len(header() + first)), first, last)
        if said is None:
            check_sizes(path)
            continue
        with pytest.raises(MatFileError) as error:
            load(path)
        assert said in str(error.value)


def test_what_belongs_to_objects_is_where_the_file_says(tmp_path):
    first, last = numbers([1.0]), objects(structure([b"a"], [numbers([1.0], b"")]))
    for place, said in ((136, "is not where it should be"), (10**9, "is cut short")):
        with pytest.raises(MatFileError, match=said):
            load(written(tmp_path, header(place), first, last))
    spaces = header()[:116] + b" " * 8 + header()[124:]
    assert load(written(tmp_path, spaces, first)).x == 1


# References to objects, and the table of them


def opaque(body, kind=b"MyClass", name=b"o"):
    start = part(6, struct.pack("<2I", 17, 0))
    return element(start + part(1, name) + part(1, b"MCOS") + part(1, kind) + body)


def reference(*numbers_of_it, mclass=13, kind=6, dtype="u4"):
    return numbers(np.array(numbers_of_it, dtype), b"", mclass, kind, (len(numbers_of_it), 1))


MAGIC = 0xDD000000


def test_objects_that_are_not_there_are_refused(tmp_path):
    check_sizes(written(tmp_path, header(), opaque(reference(MAGIC, 2, 1, 1, 7, 3))))
    check_sizes(written(tmp_path, header(), opaque(reference(MAGIC, 2, 0, 0, 3))))
    wrong = [
        reference(MAGIC, 2, HUGE, 1, 7, 3),
        reference(MAGIC, 2, 2, 1, 7, 3),
        reference(MAGIC, HUGE, 1, 1, 7, 3),
        reference(MAGIC),
        reference(1, 2, HUGE, HUGE, 7, 3, mclass=15, kind=13, dtype="u8"),
        reference(1.0, 2, 3, mclass=12, kind=9, dtype="f8"),
    ]
    for body in wrong:
        with pytest.raises(MatFileError, match="refers to objects that are not there"):
            load(written(tmp_path, header(), opaque(body)))
    # In a cell it is one only by its first number.
    with pytest.raises(MatFileError, match="refers to objects that are not there"):
        load(written(tmp_path, header(), cells(wrong[0], name=b"c")))
    assert load(written(tmp_path, header(), cells(reference(1, 2, HUGE), name=b"c")))


def table(*, records=(0, 0), names=b"Name\0\0\0\0", regions=None):
    places = [48, 64, 64, 64, 64 + 4 * len(records), 64 + 4 * len(records), 0, 0]
    places = places if regions is None else regions
    return (
        struct.pack("<2i", 4, 1)
        + struct.pack("<8i", *places)
        + names
        + bytes(16)
        + struct.pack(f"<{len(records)}i", *records)
    )


@pytest.mark.parametrize(
    ("made", "sound"),
    [
        (table(), True),
        (table(records=[0, 0, 1, 5, 6, 7, 0, 0]), True),
        (table(records=[0, 0, -1, 5, 6, 7, 0, 0]), False),
        (table(records=[0, 0, 2**30, 5, 6, 7, 0, 0]), False),
        (table(records=[-4, 0]), False),
        (table(regions=[48, 64, 32, 64, 64, 64, 0, 0]), False),
        (table(regions=[48, 64, 64, 64, 9999, 9999, 0, 0]), False),
        (table(regions=[-8, 64, 64, 64, 64, 64, 0, 0]), False),
        (b"\0" * 8, False),
    ],
)
def test_the_table_of_objects_does_not_contradict_itself(tmp_path, made, sound):
    bytes_of_it = numbers(np.frombuffer(made, "u1"), b"", 9, 2, (len(made), 1))
    mcos = opaque(cells(bytes_of_it), b"FileWrapper__", b"")
    first = numbers([1.0])
    path = written(
        tmp_path, header(len(header() + first)), first, objects(structure([b"MCOS"], [mcos]))
    )
    if sound:
        check_sizes(path)
        return
    with pytest.raises(MatFileError, match="has a table of objects that contradicts itself"):
        load(path)


def test_the_table_of_objects_is_one_of_bytes(tmp_path):
    words = numbers(np.frombuffer(table(), "u4"), b"", 13, 6, (18, 1))
    mcos = opaque(cells(words), b"FileWrapper__", b"")
    path = written(tmp_path, header(128), objects(structure([b"MCOS"], [mcos])))
    with pytest.raises(MatFileError, match="has no table of objects"):
        load(path)
