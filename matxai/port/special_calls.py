"""Functions that are written in their own way: by Python, by NumPy, or as constants."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from matxai.port import (
    special_classes,
    special_constants,
    special_names,
    special_numpy,
    special_shapes,
    special_sizes,
    special_structures,
    special_texts,
)

__all__ = ["special"]

_TABLES: tuple[dict[str, Callable[..., Any]], ...] = (
    special_classes.HANDLERS,
    special_constants.HANDLERS,
    special_names.HANDLERS,
    special_numpy.HANDLERS,
    special_shapes.HANDLERS,
    special_sizes.HANDLERS,
    special_structures.HANDLERS,
    special_texts.HANDLERS,
)


def special(name: str) -> Callable[..., Any] | None:
    """Return what writes the calls of a function, if it is written in a way of its own.

    It is called with the emitter, the arguments and the number of outputs. It returns None where
    the call is an ordinary one after all.
    """
    for table in _TABLES:
        if name in table:
            return table[name]
    return None
