"""table: columns under names, side by side."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from matxai.arguments import describe, texts
from matxai.calling import matlab_function
from matxai.lang.columns import column, height_of, taken
from matxai.lang.table_display import table_text

__all__ = ["Properties", "one_table", "table"]


def _made(*variables: Any, VariableNames: Any = None, RowNames: Any = None) -> Any:
    columns = [column(v) for v in variables]
    names = VariableNames or [f"Var{i + 1}" for i in range(len(columns))]
    if len(names) != len(columns):
        raise ValueError(
            f"table: VariableNames must hold a name for each of the {len(columns)} variables, but "
            f"holds {len(names)}."
        )
    return names, columns, RowNames


# What a person calls is the class.
_made.__name__ = "table"
_made = matlab_function("T", accepts={"VariableNames": texts, "RowNames": texts})(_made)


class Properties:
    """Names of the variables and rows of a table, to read and to set."""

    def __init__(self, owner: table):
        self._owner = owner

    @property
    def VariableNames(self) -> list[str]:
        """Names of the variables."""
        return list(self._owner._columns)

    @VariableNames.setter
    def VariableNames(self, names: Any) -> None:
        names = texts(names, "VariableNames")
        columns = list(self._owner._columns.values())
        self._owner._set(names, columns, self._owner._rows)

    @property
    def RowNames(self) -> list[str]:
        """Names of the rows, empty if they have none."""
        return list(self._owner._rows or [])

    @RowNames.setter
    def RowNames(self, names: Any) -> None:
        names = texts(names, "RowNames") if names is not None and len(names) else None
        self._owner._set(list(self._owner._columns), list(self._owner._columns.values()), names)

    def __repr__(self) -> str:
        return f"VariableNames: {self.VariableNames}\n     RowNames: {self.RowNames}"


class table:  # MATLAB's name
    """Columns of any kinds under names: ``T.score`` is one of them.

    Parameters
    ----------
    *variables : array, list or categorical
        The columns, each with as many rows: 1-D arrays, or M×N arrays for N columns under one
        name. A list of texts is a cell array of them, as everywhere; a list of numbers an array.
    VariableNames : list of str, optional
        Names of the columns. Python cannot tell a function how its arguments were called, so
        MATLAB's default is missing here: without names they are Var1, Var2, ….
    RowNames : list of str, optional
        Names of the rows.

    Attributes
    ----------
    Properties : Properties
        ``T.Properties.VariableNames`` and ``T.Properties.RowNames``, to read and to set.
    shape : tuple of int
        Numbers of rows and of variables.

    Raises
    ------
    TypeError
        If names are no texts.
    ValueError
        If the columns differ in length, or names repeat or are not as many.

    Notes
    -----
    ``T.score`` and ``T["score"]``, MATLAB's ``T.(name)``, read a column, and set one;
    ``T[rows, names]``, MATLAB's ``T(rows, names)``, is a table, its rows counted from 0 as in all
    brackets: ``T[:2, :]``, ``T[T.score > 0.1, ["name", "score"]]``. Numeric: a table of
    MATLAB's documentation is shown letter by letter as there. ``pandas.DataFrame(T.columns())``
    makes a data frame.

    Examples
    --------
    >>> from matxai import table
    >>> T = table(["cat", "dog"], [0.25, 0.7], VariableNames=["name", "score"])
    >>> T.score
    array([0.25, 0.7 ])
    >>> T[T.score > 0.5, :].name
    ['dog']
    """

    def __init__(self, *variables: Any, VariableNames: Any = None, RowNames: Any = None):
        named = {"VariableNames": VariableNames, "RowNames": RowNames}
        given = {name: value for name, value in named.items() if value is not None}
        self._set(*_made(*variables, **given))

    @property
    def Properties(self) -> Properties:
        """Names of the variables and of the rows."""
        return Properties(self)

    @property
    def shape(self) -> tuple[int, int]:
        """Numbers of rows and of variables."""
        return (self._height, len(self._columns))

    def columns(self) -> dict[str, Any]:
        """Return the columns under their names."""
        return dict(self._columns)

    def __len__(self) -> int:
        return self._height

    def __iter__(self) -> Iterator[str]:
        return iter(self._columns)

    def __contains__(self, name: object) -> bool:
        return name in self._columns

    def __getattr__(self, name: str) -> Any:
        columns = self.__dict__.get("_columns", {})
        if name in columns:
            return columns[name]
        known = ", ".join(columns) or "none"
        raise AttributeError(f"The table has no variable {name!r}. Its variables are: {known}.")

    def __setattr__(self, name: str, value: Any) -> None:
        if name.startswith("_"):
            object.__setattr__(self, name, value)
        elif name == "Properties":
            raise AttributeError("Set T.Properties.VariableNames or T.Properties.RowNames.")
        else:
            self[name] = value

    def __setitem__(self, name: Any, value: Any) -> None:
        if not isinstance(name, str):
            raise TypeError(
                f"A whole variable can be set, T[name] = values, but not {describe(name)}. To set "
                f"elements, set those of the variable: T.score[0] = 1."
            )
        columns = self._columns | {name: column(value)}
        self._set(list(columns), list(columns.values()), self._rows)

    def __delitem__(self, name: str) -> None:
        columns = {n: c for n, c in self._columns.items() if n != self._name(name)}
        self._set(list(columns), list(columns.values()), self._rows)

    def __getitem__(self, index: Any) -> Any:
        if isinstance(index, str):
            return self._columns[self._name(index)]
        rows, names = (
            index if isinstance(index, tuple) and len(index) == 2 else (index, slice(None))
        )
        names = self._names(names)
        places = self._places(rows)
        part = table.__new__(table)
        columns = [taken(self._columns[n], places) for n in names]
        part._set(names, columns, [self._rows[i] for i in places] if self._rows else None)
        return part

    def __repr__(self) -> str:
        size = f"{self.shape[0]}×{self.shape[1]}"
        if not all(self.shape):
            return f"{size} empty table"
        return f"{size} table\n{table_text(self._columns, self._rows)}"

    def _set(self, names: list[str], columns: list[Any], rows: list[str] | None) -> None:
        if len(names) != len(columns):
            raise ValueError(
                f"VariableNames must hold {len(columns)} names, but holds {len(names)}."
            )
        for what, given in (("VariableNames", names), ("RowNames", rows or [])):
            twice = [name for i, name in enumerate(given) if name in given[:i] or not name]
            if twice:
                raise ValueError(
                    f"table: {what} must be distinct and not empty, but hold {twice[0]!r}."
                )
        heights = {name: height_of(c) for name, c in zip(names, columns, strict=True)}
        if len(set(heights.values())) > 1:
            listed = ", ".join(f"{n} has {h}" for n, h in heights.items())
            raise ValueError(
                f"All table variables must have the same number of rows, but {listed}."
            )
        height = next(iter(heights.values()), len(rows or []))
        if rows and len(rows) != height:
            raise ValueError(f"RowNames must hold {height} names, but holds {len(rows)}.")
        self._columns = dict(zip(names, columns, strict=True))
        self._rows, self._height = rows, height

    def _name(self, name: Any) -> str:
        if name not in self._columns:
            known = ", ".join(self._columns) or "none"
            raise KeyError(f"The table has no variable {name!r}. Its variables are: {known}.")
        return name

    def _names(self, names: Any) -> list[str]:
        if isinstance(names, str):
            return [self._name(names)]
        if not isinstance(names, slice) and all(isinstance(n, str) for n in np.atleast_1d(names)):
            return [self._name(str(n)) for n in np.atleast_1d(names)]
        return np.atleast_1d(np.array(list(self._columns), dtype=object)[names]).tolist()

    def _places(self, rows: Any) -> list[int]:
        named = [rows] if isinstance(rows, str) else rows
        if not isinstance(named, slice) and all(isinstance(n, str) for n in np.atleast_1d(named)):
            known = {name: i for i, name in enumerate(self._rows or [])}
            missing = [n for n in named if n not in known]
            if missing:
                raise KeyError(f"The table has no row named {missing[0]!r}.")
            return [known[n] for n in named]
        return np.atleast_1d(np.arange(self._height)[rows]).tolist()


def one_table(value: Any, name: str) -> table:
    """Check a table."""
    if not isinstance(value, table):
        raise TypeError(f"{name} must be a table, but is {describe(value)}.")
    return value
