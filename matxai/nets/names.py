"""Layers found by their names, however these are spelled."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterable
from typing import Any

from matxai.arguments import describe

__all__ = ["find_name", "names_of"]


def _exported(name: str) -> str:
    """Spell a name as MATLAB's exporter does."""
    return re.sub(r"\W", "_", name)


def find_name(name: str, names: Collection[str], owner: str) -> str:
    """Find the layer of a name: as it is, as the exporter spells it, or in another case.

    Parameters
    ----------
    name : str
        What was asked for.
    names : collection of str
        The layers' names.
    owner : str
        Whose layers they are, for the error.

    Raises
    ------
    ValueError
        If there is no such layer; those near to it are named.
    """
    if name in names:
        return name
    for alike in (_exported, lambda n: _exported(n).lower()):
        found = [known for known in names if alike(known) == alike(name)]
        if len(found) == 1:
            return found[0]
    near = difflib.get_close_matches(name, names, 3, 0.5)
    meant = f" Near to it are {', '.join(map(repr, near))}." if near else ""
    raise ValueError(f"{owner} has no layer named {name!r}.{meant}")


def names_of(value: Any, name: str) -> list[str]:
    """Check a layer's name, or several of them."""
    names = [value] if isinstance(value, str) else value
    names = list(names) if isinstance(names, Iterable) else [names]
    if not all(isinstance(n, str) for n in names):
        raise TypeError(
            f"{name} must be a layer's name or a list of names, but is {describe(value)}."
        )
    if not names:
        raise ValueError(f"{name} must hold at least one layer's name, but is empty.")
    return names
