"""Functions that are written in their own way: by Python, by NumPy, or as constants."""

from __future__ import annotations

import functools
import math
from collections.abc import Callable
from typing import Any

from matxai.port import (
    special_classes,
    special_constants,
    special_data,
    special_datastores,
    special_joining,
    special_names,
    special_numbers,
    special_numpy,
    special_shapes,
    special_sizes,
    special_structures,
    special_tables,
    special_texts,
    special_times,
    syntax,
)
from matxai.port.code import Refused
from matxai.port.emitter import Emitter

__all__ = ["packages", "special"]

_TABLES: tuple[dict[str, Callable[..., Any]], ...] = (
    special_classes.HANDLERS,
    special_constants.HANDLERS,
    special_data.HANDLERS,
    special_joining.HANDLERS,
    special_names.HANDLERS,
    special_numbers.HANDLERS,
    special_numpy.HANDLERS,
    special_shapes.HANDLERS,
    special_sizes.HANDLERS,
    special_structures.HANDLERS,
    special_tables.HANDLERS,
    special_texts.HANDLERS,
    special_times.HANDLERS,
    special_datastores.HANDLERS,
)


_ONE_OR_MORE = [
    "cat", "class", "ctranspose", "disp", "find", "flip", "fliplr", "flipud", "iscell",
    "ischar", "iscolumn", "isempty", "isfloat", "isKey", "islogical", "ismissing", "isnumeric",
    "isrow", "isscalar", "isstring", "isstruct", "isvarname", "keys", "length",
    "matlab.lang.makeUniqueStrings", "matlab.lang.makeValidName", "ndims", "not", "num2cell",
    "num2str", "randi", "reshape", "rmmissing", "size", "sprintf", "string", "strlength",
    "transpose", "unique", "values",
]  # fmt: skip
_COUNTS: dict[str, tuple[int, float]] = {
    **dict.fromkeys(_ONE_OR_MORE, (1, math.inf)),
    **dict.fromkeys(("magic", "struct2cell"), (1, 1)),
    **dict.fromkeys(("ismember", "pdist2", "repmat"), (2, math.inf)),
    **dict.fromkeys(("atan2", "hypot", "isfield", "kron"), (2, 2)),
    "cell2struct": (2, 3),
}
"""How many arguments the writers of these functions count on."""


def special(name: str) -> Callable[..., Any] | None:
    """Return what writes the calls of a function, if it is written in a way of its own.

    It is called with the emitter, the arguments and the number of outputs. It returns None where
    the call is an ordinary one after all.
    """
    for table in _TABLES:
        if name in table:
            return functools.partial(_counted, name) if name in _COUNTS else table[name]
    return None


def _counted(
    name: str, emitter: Emitter, nodes: tuple[syntax.Expression, ...], nargout: int
) -> Any:
    """Refuse a call that MATLAB itself would refuse."""
    least, most = _COUNTS[name]
    if not least <= len(nodes) <= most:
        counted = "one argument" if least == 1 else f"{least} arguments"
        counted = counted if least == most else f"at least {counted}"
        raise Refused(f"{name} needs {counted}, but has {len(nodes)}")
    handler = next(table[name] for table in _TABLES if name in table)
    return handler(emitter, nodes, nargout)


@functools.cache
def packages() -> frozenset[str]:
    """Return the names of packages of functions, such as containers."""
    return frozenset(name.split(".")[0] for table in _TABLES for name in table if "." in name)
