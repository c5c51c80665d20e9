"""How the data of several reads come together: below each other, or side by side."""

from __future__ import annotations

from itertools import chain
from typing import Any

import numpy as np

from matxai.lang.categorical import categorical, categories
from matxai.lang.concatenating import vertcat
from matxai.lang.tables import table

__all__ = ["beside", "images_of", "stacked_rows"]


def stacked_rows(parts: list[Any]) -> Any:
    """Put data below each other: cells and tables by rows, arrays along the first dimension."""
    if not parts:
        return []
    if all(isinstance(part, list) for part in parts):
        rows = [row for part in parts for row in _rows(part)]
        return [row[0] for row in rows] if all(len(row) == 1 for row in rows) else rows
    if all(isinstance(part, table) for part in parts):
        names = list(parts[0].columns())
        return _table({n: _column([part.columns()[n] for part in parts]) for n in names})
    if len(parts) == 1:
        return parts[0]
    if all(isinstance(part, categorical) for part in parts):
        return _column(parts)
    return vertcat(*parts)


def _rows(cell: list[Any]) -> list[Any]:
    """Return the rows of a cell array: a list is one of them, a list of lists are several."""
    return cell if cell and all(isinstance(row, list) for row in cell) else [cell]


def _column(parts: list[Any]) -> Any:
    if all(isinstance(part, categorical) for part in parts):
        names = list(dict.fromkeys(n for part in parts for n in categories(part).tolist()))
        texts = np.concatenate([np.atleast_1d(np.asarray(p.tolist(), object)) for p in parts])
        return categorical(texts, names)
    if any(isinstance(part, list) for part in parts):
        return [item for part in parts for item in part]
    return np.concatenate([np.asarray(part) for part in parts])


def _table(columns: dict[str, Any]) -> table:
    """Make a table whose columns stay what they are: lists of arrays do not become arrays."""
    length = len(next(iter(columns.values()), []))
    made = table(*[[None] * length for _ in columns], VariableNames=list(columns))
    made._columns.update(columns)
    return made


def beside(parts: list[Any]) -> Any:
    """Put data side by side: tables by columns, and all else in a cell each, cells as they are."""
    if parts and all(isinstance(part, table) for part in parts):
        columns: dict[str, Any] = {}
        for part in parts:
            columns |= {_free(name, columns): values for name, values in part.columns().items()}
        return _table(columns)
    cells = [part if isinstance(part, list) else [part] for part in parts]
    if any(cell and all(isinstance(row, list) for row in cell) for cell in cells):
        rows = [_rows(cell) for cell in cells]
        return [[*chain(*row)] for row in zip(*rows, strict=True)]
    return [*chain(*cells)]


def _free(name: str, taken: dict[str, Any]) -> str:
    """Find a name that no column has: MATLAB adds numbers to those that come twice."""
    tried = [name, *(f"{name}_{i}" for i in range(1, len(taken) + 2))]
    return next(each for each in tried if each not in taken)


def images_of(data: Any) -> list[Any]:
    """Return the images among data: the first column of a table or cell, else the array itself."""
    if isinstance(data, table):
        return list(next(iter(data.columns().values())))
    if isinstance(data, list):
        return [row[0] for row in _rows(data)] if data else []
    return [data]
