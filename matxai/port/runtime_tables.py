"""Parts of tables are read and set, subscripts counting from 1."""

from __future__ import annotations

from typing import Any

import numpy as np

from matxai.lang.categorical import categorical
from matxai.lang.concatenating import horzcat, vertcat
from matxai.lang.tables import table
from matxai.lang.values import number
from matxai.port.runtime_errors import NotKnownError
from matxai.port.runtime_reading import places_of
from matxai.port.runtime_setting import put

__all__ = [
    "put_in_table",
    "put_rows",
    "sized_table",
    "table_part",
    "table_values",
    "tables_below",
    "tables_beside",
    "without",
]


def _rows(owner: table, sub: Any) -> list[int]:
    """Return the rows that a subscript takes, counted from 0."""
    names = owner.Properties.RowNames
    wanted = [sub] if isinstance(sub, str) and sub != ":" else sub
    if isinstance(wanted, list) and wanted and all(isinstance(each, str) for each in wanted):
        return [_place(names, each, "row") for each in wanted]
    return places_of(sub, len(owner)).reshape(-1).tolist()


def _names(owner: table, sub: Any) -> list[str]:
    """Return the names of the variables that a subscript takes."""
    names = list(owner)
    wanted = [sub] if isinstance(sub, str) and sub != ":" else sub
    if isinstance(wanted, np.ndarray) and wanted.dtype == object:
        wanted = wanted.reshape(-1).tolist()
    if isinstance(wanted, list) and wanted and all(isinstance(each, str) for each in wanted):
        return [names[_place(names, each, "variable")] for each in wanted]
    return [names[i] for i in places_of(sub, len(names)).reshape(-1)]


def _place(names: list[str], name: str, what: str) -> int:
    if name not in names:
        raise KeyError(f"The table has no {what} named {name!r}.")
    return names.index(name)


def table_part(owner: table, rows: Any, names: Any) -> table:
    """Return ``T(rows, names)``.

    Examples
    --------
    >>> table_part(table([1, 2], VariableNames=["a"]), 2.0, ":").a
    array([2])
    """
    return owner[_rows(owner, rows), _names(owner, names)]


def table_values(owner: table, rows: Any, names: Any) -> Any:
    """Return ``T{rows, names}``: what stands there, as one array.

    Examples
    --------
    >>> T = table([1.0, 2.0], [3.0, 4.0], VariableNames=["a", "b"])
    >>> table_values(T, 2, ":")
    array([[2., 4.]])
    """
    part = table_part(owner, rows, names)
    columns = list(part.columns().values())
    if not columns:
        return np.zeros((len(part), 0))
    if len(columns) == 1:
        return _alone(columns[0])
    if all(isinstance(c, list) for c in columns) and len(part) == 1:
        return [c[0] for c in columns]
    if all(isinstance(c, list) for c in columns):
        return [list(row) for row in zip(*columns, strict=True)]
    if not all(isinstance(c, np.ndarray) for c in columns):
        raise NotKnownError("T{…}: what variables of several classes are together is not known.")
    texts = [c.dtype == object for c in columns]
    if any(texts) and not all(texts):
        raise NotKnownError("T{…}: texts beside numbers.")
    join = np.column_stack if all(texts) else lambda parts: horzcat(*parts)
    return join([_double(c.reshape(len(part), -1)) for c in columns])


def _double(values: np.ndarray) -> np.ndarray:
    return values.astype(np.float64) if values.dtype == np.int64 else values


def _alone(column: Any) -> Any:
    """Return one variable's part: a single number is one, a cell array of one cell stays so."""
    if isinstance(column, (list, categorical)):
        return column
    if column.ndim == 1 and column.size == 1:
        return number(column[0]) if isinstance(column[0], np.generic) else column[0]
    return column[:, np.newaxis] if column.ndim == 1 else column


def put_in_table(owner: table, value: Any, rows: Any, names: Any) -> table:
    """Return what ``T{rows, names} = value`` makes of a table.

    Examples
    --------
    >>> put_in_table(table([1.0, 2.0], VariableNames=["a"]), 5, 2, "a").a
    array([1., 5.])
    """
    wanted = _names(owner, names)
    if isinstance(value, list) and len(wanted) > 1:
        raise NotKnownError("T{…} = …: which cells belong to which variable is not known.")
    parts = [value] * len(wanted)
    if len(wanted) > 1 and np.size(value) > 1:
        parts = _split(value, len(wanted))
    made = dict(owner.columns())
    for name, part in zip(wanted, parts, strict=True):
        if np.ndim(made[name]) > 1:
            raise NotKnownError("T{…} = …: a variable of several columns.")
        made[name] = _with(made[name], part, rows, len(owner))
    return _table(owner, made)


def _split(value: Any, count: int) -> list[Any]:
    values = np.asarray(value)
    if values.ndim == 1 and values.size == count:
        return list(values)
    if values.ndim == 2 and values.shape[1] == count:
        return list(values.T)
    raise ValueError(f"{values.size} values do not fit into {count} variables.")


def _with(column: Any, value: Any, rows: Any, height: int) -> Any:
    """Return a variable with some values set; `rows` may be behind the end."""
    places = places_of(rows, height, grows=True).reshape(-1)
    if isinstance(column, list):
        values = value if isinstance(value, list) else [value]
        column = column + [np.zeros((0, 0))] * (int(places.max(initial=-1)) + 1 - len(column))
        for i, place in enumerate(places):
            column[place] = values[i if len(values) > 1 else 0]
        return column
    if isinstance(column, np.ndarray) and column.dtype == object:
        made = np.full(max(len(column), int(places.max(initial=-1)) + 1), "", object)
        made[: len(column)] = column
        made[places] = value
        return made
    if isinstance(column, categorical):
        raise NotKnownError("T{…} = …: a variable of class categorical.")
    if isinstance(value, list):
        raise TypeError("A cell array does not go into a variable of numbers.")
    return put(_double(column), value, places + 1)


def _table(owner: table, columns: dict[str, Any]) -> table:
    made = table(*columns.values(), VariableNames=list(columns))
    names = owner.Properties.RowNames
    if names:
        names += [f"Row{i + 1}" for i in range(len(names), len(made))]
        made.Properties.RowNames = names
    return made


def put_rows(owner: table, value: Any, rows: Any) -> table:
    """Return what ``T(rows, :) = value`` makes of a table; a row behind the last is added.

    Examples
    --------
    >>> put_rows(table([1.0], VariableNames=["a"]), [5], 2).a
    array([1., 5.])
    """
    names = list(owner)
    places = places_of(rows, len(owner), grows=True).reshape(-1)
    if isinstance(value, table):
        given = list(value.columns().values())
    elif isinstance(value, list) and len(places) == 1:
        given = value
    else:
        raise NotKnownError("T(…, :) = …: only a table, or a cell array for one row, is known.")
    if len(given) != len(names):
        raise ValueError(f"{len(given)} values do not fit into {len(names)} variables.")
    made = dict(owner.columns())
    for name, part in zip(names, given, strict=True):
        made[name] = _with(made[name], part, rows, len(owner))
    return _table(owner, made)


def tables_beside(*tables: table) -> table:
    """Return ``[T, U]``, whose variables are those of all.

    Examples
    --------
    >>> list(tables_beside(table([1], VariableNames=["a"]), table([2], VariableNames=["b"])))
    ['a', 'b']
    """
    made = [pair for each in tables for pair in each.columns().items()]
    names = [name for name, _ in made]
    joined = table(*(values for _, values in made), VariableNames=names)
    rows = next((t.Properties.RowNames for t in tables if t.Properties.RowNames), None)
    if rows:
        joined.Properties.RowNames = rows
    return joined


def tables_below(*tables: table) -> table:
    """Return ``[T; U]``, of tables with the same variables.

    Examples
    --------
    >>> tables_below(table([1.0], VariableNames=["a"]), table([2.0], VariableNames=["a"])).a
    array([1., 2.])
    """
    names = list(tables[0])
    if any(sorted(each) != sorted(names) for each in tables):
        raise ValueError("Tables that are put below each other must have the same variables.")
    if any(each.Properties.RowNames for each in tables):
        raise NotKnownError("[T; U]: tables whose rows have names.")
    columns = [_below([each[name] for each in tables]) for name in names]
    return table(*columns, VariableNames=names)


def _below(parts: list[Any]) -> Any:
    if all(isinstance(part, list) for part in parts):
        return [cell for part in parts for cell in part]
    if not all(isinstance(part, np.ndarray) for part in parts):
        raise NotKnownError("[T; U]: variables of these classes.")
    texts = [part.dtype == object for part in parts]
    if all(texts):
        return np.concatenate(parts)
    if any(texts):
        raise NotKnownError("[T; U]: texts below numbers.")
    return vertcat(*(_double(part.reshape(len(part), -1)) for part in parts))


def without(owner: table, rows: Any, names: Any) -> table:
    """Return what ``T(rows, names) = []`` leaves of a table.

    Examples
    --------
    >>> without(table([1, 2], VariableNames=["a"]), 1, ":").a
    array([2])
    """
    gone, lost = set(_rows(owner, rows)), set(_names(owner, names))
    if len(lost) == len(list(owner)):
        return owner[[i for i in range(len(owner)) if i not in gone], :]
    if len(gone) != len(owner):
        raise IndexError("Whole rows or whole variables are removed.")
    return owner[:, [name for name in owner if name not in lost]]


def sized_table(sizes: Any, types: Any, names: Any = None) -> table:
    """Return ``table('Size', sizes, 'VariableTypes', types)``.

    Examples
    --------
    >>> sized_table([2, 1], ["double"], ["a"]).a
    array([0., 0.])
    """
    height, width = (int(n) for n in np.asarray(sizes).reshape(-1))
    types = [str(each) for each in np.asarray(types, object).reshape(-1)]
    if len(types) != width:
        raise ValueError(f"VariableTypes must hold {width} types, but holds {len(types)}.")
    columns = [_empty(each, height) for each in types]
    given = list(names) if names is not None else [f"Var{i + 1}" for i in range(width)]
    return table(*columns, VariableNames=given)


def _empty(of_class: str, height: int) -> Any:
    if of_class in ("double", "single", "logical", *_INTEGERS):
        return np.zeros(height, {"logical": bool}.get(of_class, of_class))
    if of_class == "cell":
        return [np.zeros((0, 0)) for _ in range(height)]
    if of_class == "string" and not height:
        return np.zeros(0, object)
    raise NotKnownError(f"table: what a variable of class {of_class} is before it is set.")


_INTEGERS = ("int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64")
