"""Files of version 4: each variable's header held against the length of the file."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from matxai.lang.mat_budget import Budget
from matxai.lang.mat_kinds import level4_header, level4_order
from matxai.lang.mat_streams import FileBytes

__all__ = ["check_level4"]

_HEADER = 20
_PRECISIONS = ("f8", "f4", "i4", "i2", "u2", "u1")
_SPARSE = 2


def check_level4(path: Path, budget: Budget) -> None:
    """Check a file of version 4.

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
        order = level4_order(file.read(4))
        source = FileBytes(file, size)
        while source.place < size:
            budget.variable = None
            _check_variable(source, size, order, budget)


def _check_variable(source: FileBytes, size: int, order: str, budget: Budget) -> None:
    header = source.some(_HEADER)
    if len(header) < _HEADER:
        raise budget.cut_short()
    known = level4_header(header, order)
    if known is None:
        raise budget.damaged("has no type and size")
    kind, rows, columns, imaginary, name = known
    if name > size - source.place:
        raise budget.cut_short()
    budget.variable = source.read(name).strip(b"\0").decode("latin1")
    if kind // 1000 > 1:
        raise budget.refused("has the numbers of a VAX or Cray, which are not known here")
    dtype = np.dtype(order + _PRECISIONS[kind // 10 % 10])
    sparse = kind % 10 == _SPARSE
    length = rows * columns * dtype.itemsize * (1 + (imaginary and not sparse))
    if length > size - source.place:
        raise budget.cut_short()
    # Readers make numbers double, and characters take four bytes each.
    budget.take(2 * rows * columns * 8 * (1 + imaginary))
    end = source.place + length
    if sparse:
        _check_sparse(source, rows, columns, dtype, budget)
    source.skip(end - source.place)


def _check_sparse(
    source: FileBytes, rows: int, columns: int, dtype: np.dtype, budget: Budget
) -> None:
    """Check a sparse matrix: rows of (row, column, value), the last one being its size."""
    if rows < 1 or columns not in (3, 4):
        raise budget.damaged("is a sparse matrix that has not 3 or 4 columns")
    sizes = []
    for _ in range(2):
        source.skip((rows - 1) * dtype.itemsize)
        sizes.append(np.frombuffer(source.read(dtype.itemsize), dtype)[0])
    if not all(np.isfinite(s) and 0 <= s < 2**31 and s == int(s) for s in sizes):
        raise budget.damaged("is a sparse matrix without a size")
    budget.take(8 * (int(sizes[1]) + 1))
