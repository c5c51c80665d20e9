"""Files of version 7.3, which are HDF5: what their values take, and where they stand."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np

from matxai.lang.mat_budget import Budget
from matxai.lang.mat_kinds import MatFileError
from matxai.lang.mat_object_claims import REFERENCE_START, is_sound_reference, is_sound_table
from matxai.lang.mat_sparse import ColumnStarts, RowIndices

__all__ = ["check_hdf5"]

_MOST_DEPTH = 100
_PIECE = 2**20
# What NumPy, h5py and Python take for an array, and for one of its elements that is a reference.
_ARRAY_COST, _ITEM_COST = 512, 64
_OTHER_FILES = "takes values from other files, which is not allowed"


def check_hdf5(path: Path, budget: Budget) -> None:
    """Check a file of version 7.3.

    Parameters
    ----------
    path : pathlib.Path
        The file.
    budget : Budget
        What its values may take.

    Raises
    ------
    MatFileError
        If it is damaged, cut short, opens other files, or holds too much.
    """
    import h5py

    try:
        with h5py.File(path, "r") as file:
            _Walk(file, budget).check()
    except MatFileError:
        raise
    except OSError as error:
        if "truncated" in str(error) or path.stat().st_size <= 1024:
            raise budget.cut_short() from None
        raise budget.damaged(f"cannot be read ({error})") from None
    except Exception as error:
        # h5py raises whatever the structure that is damaged leads to.
        raise budget.damaged(f"cannot be read ({error})") from None


class _Walk:
    """A walk through the objects of one file, each counted as often as it is referred to.

    It works with h5py's inner interface: files have thousands of cells, each of them an object.
    """

    def __init__(self, file: Any, budget: Budget):
        import h5py

        self._h5py = h5py
        self._file = file.id
        self._budget = budget
        self._known: dict[int, int] = {}
        self._open: set[int] = set()

    def check(self) -> None:
        """Check all variables."""
        root = self._h5py.h5g.open(self._file, b"/")
        # The cells and what belongs to objects are not variables; the cells come last, since they
        # are known by then, and are counted where they are referred to.
        for name in sorted(root, key=lambda name: name == b"#refs#"):
            self._budget.variable = (
                "" if name.startswith(b"#") else name.decode("utf-8", errors="replace")
            )
            cost = self._linked(root, name, 0)
            if name != b"#refs#":
                self._budget.take(cost)
        if b"#subsystem#" in root:
            self._check_table(self._h5py.h5o.open(root, b"#subsystem#"))

    def _linked(self, group: Any, name: bytes, depth: int) -> int:
        info = group.links.get_info(name)
        if info.type == self._h5py.h5l.TYPE_HARD:
            if info.u in self._known:
                return self._known[info.u]
        elif info.type != self._h5py.h5l.TYPE_SOFT:
            raise self._budget.refused(_OTHER_FILES)
        # The target of a soft link is an object of this file, or none at all.
        elif name not in group:
            return 0
        return self._object(self._h5py.h5o.open(group, name), depth)

    def _object(self, found: Any, depth: int) -> int:
        """Return the bytes that an object and all that it refers to take."""
        place = self._h5py.h5o.get_info(found).addr
        if place in self._known:
            return self._known[place]
        if place in self._open:
            raise self._budget.damaged("holds itself")
        if depth > _MOST_DEPTH:
            raise self._budget.damaged(f"is nested more than {_MOST_DEPTH} deep")
        self._open.add(place)
        if isinstance(found, self._h5py.h5d.DatasetID):
            cost = self._dataset(found, depth)
        elif isinstance(found, self._h5py.h5g.GroupID):
            cost = self._group(found, depth)
        else:
            cost = _ARRAY_COST
        # Far beyond any limit it is enough to know that.
        self._known[place] = min(cost, 2**62)
        self._open.remove(place)
        return self._known[place]

    def _group(self, group: Any, depth: int) -> int:
        cost = _ARRAY_COST + sum(self._linked(group, name, depth + 1) for name in group)
        if self._has(group, b"MATLAB_sparse"):
            self._check_sparse(self._h5py.Group(group))
        return cost

    def _has(self, found: Any, attribute: bytes) -> bool:
        return self._h5py.h5a.exists(found, attribute)

    def _dataset(self, data: Any, depth: int) -> int:
        made = data.get_create_plist()
        self._check_storage(made)
        dtype = data.dtype
        count = math.prod(data.shape)
        cost = _ARRAY_COST + count * dtype.itemsize
        if made.get_layout() == self._h5py.h5d.CHUNKED:
            cost = max(cost, math.prod(made.get_chunk()) * dtype.itemsize)
        # From here on a few of its values are read.
        self._check_room(cost)
        if dtype.kind in "ui" and dtype.itemsize >= 4:
            self._check_reference(data, count)
        if dtype.kind == "O":
            cost += self._referred(self._h5py.Dataset(data), count, depth)
        elif self._has(data, b"MATLAB_empty"):
            cost += self._empty(self._h5py.Dataset(data), count)
        elif self._has(data, b"MATLAB_int_decode"):
            # Characters are made of integers of two bytes, truth values of one.
            cost += count * (8 if dtype.itemsize == 2 else 1)
        return cost

    def _check_storage(self, made: Any) -> None:
        """Refuse data that stand in other files; to be asked before anything else of a dataset."""
        layout = made.get_layout()
        if layout == self._h5py.h5d.VIRTUAL or (
            layout == self._h5py.h5d.CONTIGUOUS and made.get_external_count()
        ):
            raise self._budget.refused(_OTHER_FILES)

    def _check_reference(self, data: Any, count: int) -> None:
        """Check numbers that say which objects there are."""
        surely = self._has(data, b"MATLAB_object_decode")
        if not surely and (count < 3 or self._has(data, b"MATLAB_empty")):
            return
        dataset = self._h5py.Dataset(data)
        # They stand along the last dimension, which is MATLAB's first.
        first = np.ravel(dataset[(*[slice(1)] * (dataset.ndim - 1), slice(REFERENCE_START))])
        if not is_sound_reference(first.tolist(), dataset.shape[-1] if count else 0, surely):
            raise self._budget.damaged("refers to objects that are not there")

    def _check_table(self, group: Any) -> None:
        """Check the table of objects, the first cell of what belongs to objects."""
        if not isinstance(group, self._h5py.h5g.GroupID) or b"MCOS" not in group:
            return
        cells = self._h5py.Dataset(self._h5py.h5o.open(group, b"MCOS"))
        table = self._h5py.Dataset(self._h5py.h5r.dereference(np.ravel(cells[()])[0], self._file))
        if table.dtype != np.uint8:
            raise self._budget.damaged("has no table of objects")
        if not is_sound_table(np.ravel(table[()]).tobytes()):
            raise self._budget.damaged("has a table of objects that contradicts itself")

    def _empty(self, data: Any, count: int) -> int:
        """Return what an array without data takes, of which the file holds the dimensions.

        Structs without fields are such arrays as well, and need not be empty.
        """
        if not data.attrs["MATLAB_empty"]:
            return 0
        if not 1 <= count <= 64 or data.dtype.kind not in "ui":
            raise self._budget.damaged("has no data, and no dimensions either")
        dims = [int(d) for d in np.ravel(data[()])]
        listed = math.prod(dims) or len(dims) > 2
        return _ITEM_COST * math.prod(d for d in dims if d) if listed else 0

    def _referred(self, data: Any, count: int, depth: int) -> int:
        # What is only looked at takes memory as well.
        self._check_room(_ITEM_COST * count)
        if self._h5py.check_ref_dtype(data.dtype) is not self._h5py.Reference:
            return self._lists(data, count)
        cost = _ITEM_COST * count
        for reference in np.ravel(data[()]):
            found = self._h5py.h5r.dereference(reference, self._file) if reference else None
            if found is None:
                raise self._budget.damaged("refers to something that is not there")
            cost += self._object(found, depth + 1)
        return cost

    def _lists(self, data: Any, count: int) -> int:
        """Return what a dataset of lists takes, such as names of fields."""
        if self._h5py.check_vlen_dtype(data.dtype) is None or data.ndim != 1:
            raise self._budget.damaged("holds data of a type that MATLAB does not write")
        room = 0
        for i in range(count):
            room += _ARRAY_COST + 4 * np.size(data[i])
            self._check_room(room)
        return room

    def _check_room(self, cost: int) -> None:
        self._budget.take(cost)
        self._budget.take(-cost)

    def _check_sparse(self, group: Any) -> None:
        rows = int(group.attrs["MATLAB_sparse"])
        if "jc" not in group or not 0 <= rows < 2**48:
            raise self._budget.damaged("is a sparse matrix without indices")
        starts = ColumnStarts(max(group["jc"].size - 1, 0))
        indices = RowIndices(rows)
        self._see(group["jc"], starts)
        if "ir" in group:
            self._see(group["ir"], indices)
        if not starts.fit(indices):
            raise self._budget.damaged("is a sparse matrix whose indices lie outside of it")

    def _see(self, data: Any, indices: RowIndices | ColumnStarts) -> None:
        if data.ndim != 1 or data.dtype.kind not in "ui":
            raise self._budget.damaged("is a sparse matrix without indices")
        self._check_room(data.size * data.dtype.itemsize)
        for start in range(0, data.size, _PIECE):
            indices.see(data[start : start + _PIECE].astype(np.int64))
