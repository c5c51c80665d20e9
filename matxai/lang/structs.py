"""struct: values under names, as s.name."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from matxai.arguments import any_of, describe, text, texts
from matxai.calling import matlab_function
from matxai.lang.summaries import summary

__all__ = ["fieldnames", "isfield", "rmfield", "struct"]


class struct:  # MATLAB's name
    """Values under names: ``s.score`` reads one, ``s.score = 0.9`` sets it.

    Parameters
    ----------
    *pairs : str and value, in turn; or a mapping
        Names of the fields and their values.
    **fields
        Fields by keyword.

    Raises
    ------
    TypeError
        If a name is no text, or has no value.
    ValueError
        If a name is no name of a field: letters, digits and underscores, a letter first.

    Notes
    -----
    ``s[name]`` is MATLAB's ``s.(name)``. A struct array is a list of structs, and a list given as
    a value is the value: MATLAB makes a struct array of a cell array. Documented otherwise. As
    everywhere in Python, ``t = s`` is the same struct; ``copy.copy(s)`` is another one.

    Examples
    --------
    >>> from matxai import struct
    >>> s = struct("name", "espresso", "score", 0.9)
    >>> s.score
    0.9
    >>> s
      struct with fields:
    <BLANKLINE>
         name: 'espresso'
        score: 0.9000
    """

    def __init__(self, *pairs: Any, **fields: Any):
        if len(pairs) == 1 and isinstance(pairs[0], (Mapping, struct)):
            given = pairs[0]
            pairs = tuple(
                part
                for item in (vars(given) if isinstance(given, struct) else given).items()
                for part in item
            )
        if len(pairs) % 2:
            raise TypeError(f"struct: the field {describe(pairs[-1])} has no value.")
        for name, value in zip(pairs[::2], pairs[1::2], strict=True):
            self[name] = value
        for name, value in fields.items():
            self[name] = value

    def __getitem__(self, name: str) -> Any:
        if not isinstance(name, str):
            raise TypeError(f"A struct has no elements; {describe(name)} is no name of a field.")
        return getattr(self, name)

    def __setitem__(self, name: str, value: Any) -> None:
        if not isinstance(name, str):
            raise TypeError(f"Names of fields must be texts, not {describe(name)}.")
        if not name.isidentifier() or name.startswith("_"):
            raise ValueError(
                f"{name!r} is no name of a field: those are letters, digits and underscores, "
                f"a letter first."
            )
        vars(self)[name] = value

    def __getattr__(self, name: str) -> Any:
        fields = ", ".join(vars(self)) or "none"
        raise AttributeError(f"The struct has no field {name!r}. Its fields are: {fields}.")

    def __contains__(self, name: object) -> bool:
        return name in vars(self)

    def __iter__(self) -> Iterator[str]:
        return iter(vars(self))

    def __eq__(self, other: object) -> Any:
        from matxai.lang.equality import isequal

        return isequal(self, other) if isinstance(other, struct) else NotImplemented

    __hash__ = None

    def __repr__(self) -> str:
        if not vars(self):
            return "  struct with no fields."
        return f"  struct with fields:\n\n{self._lines()}"

    def _lines(self) -> str:
        widest = max(map(len, vars(self)), default=0)
        lines = (f"{name.rjust(widest + 4)}: {summary(v)}" for name, v in vars(self).items())
        return "\n".join(lines)


def _structs(value: Any, name: str) -> list[struct]:
    found = list(value) if isinstance(value, (list, tuple, np.ndarray)) else [value]
    if not found or not all(isinstance(item, struct) for item in found):
        raise TypeError(f"{name} must be a struct, or a list of structs, not {describe(value)}.")
    return found


@matlab_function("TF", accepts={"field": any_of(text, texts)})
def isfield(S: Any, field: Any) -> Any:
    """Tell whether a struct has a field.

    Parameters
    ----------
    S : struct
        The struct, or a list of structs with the same fields; anything else has no fields.
    field : str, or list of str
        Names of the fields.

    Returns
    -------
    bool, or numpy.ndarray of bool
        Whether it has, for each name.

    Raises
    ------
    TypeError
        If `field` holds other things than texts.

    Examples
    --------
    >>> from matxai import isfield, struct
    >>> isfield(struct("net", 1), ["net", "map"])
    array([ True, False])
    """
    first = S[0] if isinstance(S, (list, tuple)) and len(S) else S
    fields = vars(first) if isinstance(first, struct) else {}
    if isinstance(field, str):
        return field in fields
    return np.array([name in fields for name in field], dtype=bool)


@matlab_function("fields", accepts={"S": _structs})
def fieldnames(S: Any) -> list[str]:
    """List the names of the fields of a struct.

    Parameters
    ----------
    S : struct
        The struct, or a list of structs.

    Returns
    -------
    list of str
        The names, in the order in which the fields were made.

    Raises
    ------
    TypeError
        If `S` is no struct.

    Examples
    --------
    >>> from matxai import fieldnames, struct
    >>> fieldnames(struct("net", 1, "map", 2))
    ['net', 'map']
    """
    return list(vars(S[0]))


@matlab_function("S", accepts={"field": texts, "S": _structs})
def rmfield(S: Any, field: Any) -> Any:
    """Remove fields from a struct.

    Parameters
    ----------
    S : struct
        The struct, or a list of structs; it stays as it is.
    field : str, or list of str
        Names of the fields.

    Returns
    -------
    struct, or list of struct
        The struct without the fields.

    Raises
    ------
    TypeError
        If `S` is no struct, or `field` holds other things than texts.
    ValueError
        If there is no such field.

    Examples
    --------
    >>> from matxai import fieldnames, rmfield, struct
    >>> fieldnames(rmfield(struct("net", 1, "map", 2), "net"))
    ['map']
    """
    left = [copy.copy(s) for s in S]
    for each in left:
        for name in field:
            if name not in each:
                fields = ", ".join(vars(each)) or "none"
                raise ValueError(f"rmfield: there is no field {name!r}; the fields are: {fields}.")
            delattr(each, name)
    return left if len(left) > 1 else left[0]
