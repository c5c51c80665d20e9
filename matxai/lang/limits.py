"""intmax, intmin, realmax, realmin, flintmax: the ends of the classes of numbers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from matxai.arguments import one_of
from matxai.calling import matlab_function

__all__ = ["flintmax", "intmax", "intmin", "realmax", "realmin"]

_WHOLE = tuple(f"{sign}int{bits}" for sign in ("", "u") for bits in (8, 16, 32, 64))
_FLOATING = ("double", "single")
_DOC = """Return the {what}.

    Parameters
    ----------
    classname : str, default {default!r}
        The class: {classes}.

    Returns
    -------
    number of this class
        The number.

    Raises
    ------
    ValueError
        If there is no such class.

    Notes
    -----
    Documented. In this package int64 stands for whole numbers of class double as well.

    Examples
    --------
    >>> from matxai import {name}
    >>> float({name}({example!r}))
    {shown}
    """


def _limit(
    name: str,
    what: str,
    classes: tuple[str, ...],
    default: str,
    example: tuple[str, float],
    compute: Callable[[Any], Any],
) -> Any:
    """Make a function that returns a number for each class."""

    def function(classname: str = default) -> Any:
        kind = np.dtype({"double": "float64", "single": "float32"}.get(classname, classname))
        made = kind.type(compute(kind))
        return float(made) if classname == "double" else made

    function.__name__ = function.__qualname__ = name
    function.__doc__ = _DOC.format(
        what=what,
        default=default,
        classes=", ".join(map(repr, classes)),
        name=name,
        example=example[0],
        shown=repr(example[1]),
    )
    return matlab_function("v", accepts={"classname": one_of(*classes)})(function)


intmax = _limit(
    "intmax",
    "largest number of a class of integers",
    _WHOLE,
    "int32",
    ("uint8", 255.0),
    lambda kind: np.iinfo(kind).max,
)
intmin = _limit(
    "intmin",
    "smallest number of a class of integers",
    _WHOLE,
    "int32",
    ("int8", -128.0),
    lambda kind: np.iinfo(kind).min,
)
realmax = _limit(
    "realmax",
    "largest finite number of a floating-point class",
    _FLOATING,
    "double",
    ("double", float(np.finfo(np.float64).max)),
    lambda kind: np.finfo(kind).max,
)
realmin = _limit(
    "realmin",
    "smallest normalized positive number of a floating-point class",
    _FLOATING,
    "double",
    ("double", float(np.finfo(np.float64).tiny)),
    lambda kind: np.finfo(kind).tiny,
)
flintmax = _limit(
    "flintmax",
    "number from which on whole numbers of a floating-point class have gaps",
    _FLOATING,
    "double",
    ("single", 16777216.0),
    lambda kind: 2.0 ** (np.finfo(kind).nmant + 1),
)
