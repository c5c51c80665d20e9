"""Indices of sparse matrices, which readers in C follow wherever they lead."""

from __future__ import annotations

import numpy as np

__all__ = ["ColumnStarts", "RowIndices"]


class RowIndices:
    """Row indices, seen in pieces.

    Parameters
    ----------
    rows : int
        How many rows the matrix has.
    order : {"<", ">"}
        The order of bytes.
    """

    def __init__(self, rows: int, order: str = "<"):
        self._rows = rows
        self._dtype = np.dtype(f"{order}i4")
        self._seen = 0
        self._wrong_at: int | None = None

    def look(self, piece: bytes) -> None:
        """See some more as bytes."""
        self.see(np.frombuffer(piece, self._dtype))

    def see(self, indices: np.ndarray) -> None:
        """See some more."""
        wrong = np.flatnonzero((indices < 0) | (indices >= self._rows))
        if wrong.size and self._wrong_at is None:
            self._wrong_at = self._seen + int(wrong[0])
        self._seen += indices.size

    @property
    def right(self) -> int:
        """How many at the beginning are rows of the matrix."""
        return self._seen if self._wrong_at is None else self._wrong_at


class ColumnStarts:
    """Where each column begins among the row indices, seen in pieces.

    Parameters
    ----------
    columns : int
        How many columns the matrix has.
    order : {"<", ">"}
        The order of bytes.
    """

    def __init__(self, columns: int, order: str = "<"):
        self._wanted = columns + 1
        self._dtype = np.dtype(f"{order}i4")
        self._seen = 0
        self._right = True
        self.last = 0

    def look(self, piece: bytes) -> None:
        """See some more as bytes."""
        self.see(np.frombuffer(piece, self._dtype))

    def see(self, starts: np.ndarray) -> None:
        """See some more."""
        starts = starts[: max(self._wanted - self._seen, 0)].astype(np.int64)
        if not starts.size:
            return
        if self._seen == 0:
            self._right = starts[0] == 0
        ascending = bool((np.diff(starts, prepend=self.last) >= 0).all())
        self._right = bool(self._right and ascending)
        self._seen += starts.size
        self.last = int(starts[-1])

    def fit(self, rows: RowIndices) -> bool:
        """Tell whether these and the row indices make a matrix."""
        return self._right and self._seen == self._wanted and self.last <= rows.right
