"""ischar, iscell and their relatives: what kind of value is this?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from matxai.calling import matlab_function
from matxai.lang.categorical import categorical
from matxai.lang.structs import struct
from matxai.lang.tables import table
from matxai.lang.text_values import is_text

__all__ = [
    "iscategorical",
    "iscell",
    "iscellstr",
    "ischar",
    "islogical",
    "isnumeric",
    "isreal",
    "isstring",
    "isstruct",
    "istable",
]

_DOC = """Tell whether a value is {what}.

    Parameters
    ----------
    A : object
        The value.

    Returns
    -------
    bool
        Whether it is.

    Examples
    --------
    >>> import matxai
    >>> import numpy as np
    >>> matxai.{name}({example})
    True
    """


def _question(name: str, what: str, example: str, answer: Callable[[Any], bool]) -> Any:
    """Make a function that tells whether a value is of a kind."""

    def function(A: Any) -> bool:
        return bool(answer(A))

    function.__name__ = function.__qualname__ = name
    function.__doc__ = _DOC.format(what=what, name=name, example=example)
    return matlab_function("tf")(function)


def _kind(value: Any) -> str:
    """Say the kind of an array or a number: that of its dtype, empty for anything else."""
    if isinstance(value, (bool, int, float, complex, np.ndarray, np.generic)):
        return np.asarray(value).dtype.kind
    return ""


ischar = _question(
    "ischar", "a text (Python has one kind)", '"cat"', lambda value: isinstance(value, str)
)
isstring = _question(
    "isstring",
    "a text or an array of texts",
    'np.array(["cat", "dog"])',
    lambda value: isinstance(value, str) or (isinstance(value, np.ndarray) and is_text(value)),
)
iscellstr = _question(
    "iscellstr",
    "a cell array of texts, which is a list",
    '["cat", "dog"]',
    lambda value: isinstance(value, (list, tuple)) and (not value or is_text(value)),
)
iscell = _question(
    "iscell",
    "a cell array, which is a list",
    '[1, "cat"]',
    lambda value: isinstance(value, (list, tuple)),
)
isnumeric = _question(
    "isnumeric", "a number or an array of them", "3.5", lambda v: _kind(v) in [*"iufc"]
)
islogical = _question(
    "islogical", "a truth value or an array of them", "3 > 2", lambda value: _kind(value) == "b"
)
isreal = _question(
    "isreal",
    "an array of numbers, truth values or characters that is not complex",
    "3.5",
    lambda v: isinstance(v, str) or _kind(v) in [*"iufb"],
)
isstruct = _question(
    "isstruct",
    "a struct, or a list of structs",
    "matxai.struct()",
    lambda value: (
        isinstance(value, struct)
        or (isinstance(value, list) and value and all(isinstance(s, struct) for s in value))
    ),
)
istable = _question(
    "istable", "a table", "matxai.table([1, 2])", lambda value: isinstance(value, table)
)
iscategorical = _question(
    "iscategorical",
    "a categorical array",
    'matxai.categorical(["cat"])',
    lambda value: isinstance(value, categorical),
)
