"""Lists of values, which MATLAB makes of cells and of structs."""

from __future__ import annotations

from typing import Any

import numpy as np

from matxai.lang.structs import struct
from matxai.port.runtime_errors import NotKnownError
from matxai.port.runtime_reading import places_of

__all__ = ["each_of", "listed", "listed_grid", "put_row", "struct_of"]


def listed(cells: Any, sub: Any, *, flat: bool = False) -> list[Any]:
    """Return the values of ``cells{sub}``; `flat` where lists in the list are cells of its own.

    Examples
    --------
    >>> listed(["a", "b", "c"], [1, 3])
    ['a', 'c']
    """
    if not isinstance(cells, (list, tuple)):
        raise TypeError("{…} takes elements of cell arrays.")
    if not flat and any(isinstance(each, list) for each in cells):
        raise NotKnownError("{…}: whether these are cells in rows and columns is not known.")
    return [cells[i] for i in places_of(sub, len(cells)).reshape(-1, order="F")]


def listed_grid(cells: list[list[Any]], *subs: Any) -> list[Any]:
    """Return the values of ``cells{subs}``, of cells in rows and columns, column by column.

    Examples
    --------
    >>> listed_grid([[1, 2], [3, 4]], ":")
    [1, 3, 2, 4]
    >>> listed_grid([[1, 2], [3, 4]], 2, ":")
    [3, 4]
    """
    wide = len(cells[0]) if cells else 0
    if len(subs) == 1:
        places = places_of(subs[0], len(cells) * wide).reshape(-1, order="F")
        return [cells[i % len(cells)][i // len(cells)] for i in places]
    rows = places_of(subs[0], len(cells)).reshape(-1)
    return [cells[i][j] for j in places_of(subs[1], wide).reshape(-1) for i in rows]


def put_row(cells: list[list[Any]], row: list[Any], number: Any) -> list[list[Any]]:
    """Return what ``cells(number, :) = row`` makes of cells in rows and columns.

    Examples
    --------
    >>> put_row([[None, None], [None, None]], ["a", 1], 2)
    [[None, None], ['a', 1]]
    """
    (place,) = places_of(number, len(cells), grows=True).reshape(-1)
    wide = len(cells[0]) if cells else len(row)
    if len(row) not in (1, wide):
        raise ValueError(f"{len(row)} cells do not fit into a row of {wide}.")
    grown = [*cells, *([None] * wide for _ in range(int(place) + 1 - len(cells)))]
    grown[int(place)] = list(row) if len(row) == wide else row * wide
    return grown


def each_of(values: Any) -> list[Any]:
    """Return structs or objects as a list, also where it is one.

    Examples
    --------
    >>> each_of("one")
    ['one']
    """
    if isinstance(values, np.ndarray) and not values.size:
        return []
    return values if isinstance(values, list) else [values]


def struct_of(*pairs: Any) -> struct:
    """Return ``struct(c{:})``, if it is one struct: a cell array would make several.

    Examples
    --------
    >>> struct_of("a", 1).a
    1
    """
    if any(isinstance(value, list) for value in pairs[1::2]):
        raise NotKnownError("struct: whether this list is a cell array of values is not known.")
    return struct(*pairs)
