"""struct2cell and cell2struct: fields as cells, and cells as fields."""

from __future__ import annotations

from typing import Any

from matxai.arguments import describe, texts
from matxai.calling import matlab_function
from matxai.lang.not_known import NotKnownError
from matxai.lang.structs import struct
from matxai.lang.values import dimension

__all__ = ["cell2struct", "struct2cell"]


@matlab_function("C")
def struct2cell(S: struct) -> list[Any]:
    """List the values of the fields of a struct.

    Parameters
    ----------
    S : struct
        The struct.

    Returns
    -------
    list
        The values, in the order of the fields.

    Raises
    ------
    TypeError
        If `S` is no struct.
    ValueError
        If `S` is a list of structs, of which MATLAB makes a cell array of more dimensions:
        ``[struct2cell(s) for s in S]`` has them one by one.

    Notes
    -----
    Held against GNU Octave.

    Examples
    --------
    >>> from matxai import struct, struct2cell
    >>> struct2cell(struct("name", "cat", "score", 0.25))
    ['cat', 0.25]
    """
    if isinstance(S, list) and S and all(isinstance(s, struct) for s in S):
        raise NotKnownError(
            "struct2cell: S must be one struct, but is a list of them: write "
            "[struct2cell(s) for s in S]."
        )
    if not isinstance(S, struct):
        raise TypeError(f"struct2cell: S must be one struct, but is {describe(S)}.")
    return list(vars(S).values())


@matlab_function("S", accepts={"fields": texts, "dim": dimension})
def cell2struct(C: Any, fields: Any, dim: int = 0) -> Any:
    """Make structs of a cell array.

    Parameters
    ----------
    C : list
        The values: those of one struct, or a matrix of cells, which is a list of its rows.
    fields : str or list of str
        Names of the fields.
    dim : {1, 2}, default 1
        Whether each column of the matrix (1) or each row (2) has the values of one struct.

    Returns
    -------
    struct or list of struct
        The struct, or one for each column or row.

    Raises
    ------
    TypeError
        If `C` is no list, or `fields` no texts.
    ValueError
        If there are not as many names as values, or a name is no name of a field.

    Notes
    -----
    Held against GNU Octave. A list of values is MATLAB's column for ``dim`` 1 and its row for 2; a
    list that belongs to one field alone gives a struct for each value.

    Examples
    --------
    >>> from matxai import cell2struct
    >>> cell2struct(["cat", 0.25], ["name", "score"], 1).name
    'cat'
    >>> [s.name for s in cell2struct([["cat", 0.25], ["dog", 0.7]], ["name", "score"], 2)]
    ['cat', 'dog']
    """
    if not isinstance(C, (list, tuple)):
        raise TypeError(f"cell2struct: C must be a cell array, a list here, but is {describe(C)}.")
    if dim > 1:
        raise ValueError("cell2struct: dim must be 1 or 2.")
    rows = _rows(C)
    if rows is None:
        alone = len(fields) == 1 and len(C) != 1
        return _structs([[value] for value in C], fields) if alone else _structs([C], fields)[0]
    made = _structs(rows if dim else zip(*rows, strict=True), fields)
    return made[0] if len(made) == 1 else made


def _rows(C: Any) -> list[Any] | None:
    """Return the rows of a matrix of cells; None where the cells are one row or column."""
    rows = [row for row in C if isinstance(row, list)]
    whole = rows and len(rows) == len(C) and len({len(row) for row in rows}) == 1
    return rows if whole else None


def _structs(values: Any, fields: list[str]) -> list[struct]:
    made = []
    for one in values:
        if len(one) != len(fields):
            raise ValueError(
                f"cell2struct: fields must hold a name for each of the {len(one)} values of a "
                f"struct, but holds {len(fields)}."
            )
        try:
            made.append(struct(dict(zip(fields, one, strict=True))))
        except ValueError as error:
            raise ValueError(f"cell2struct: {error}") from None
    return made
