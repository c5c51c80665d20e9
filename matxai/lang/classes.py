"""Conversions between MATLAB's numeric classes, and the class of a value."""

from __future__ import annotations

from typing import Any

import numpy as np

from matxai.arguments import describe
from matxai.calling import matlab_function
from matxai.lang.integer_classes import to_class
from matxai.lang.values import CLASSES, array_of, is_dlarray, tidy, traced

__all__ = [
    "cast",
    "class_",
    "converted",
    "double",
    "int8",
    "int16",
    "int32",
    "int64",
    "logical",
    "single",
    "uint8",
    "uint16",
    "uint32",
    "uint64",
]

_DTYPES = {ours: np.dtype(name) for name, ours in CLASSES.items()}


def converted(array: Any, dtype: Any) -> Any:
    """Convert an array to a class by MATLAB's rules: rounded, saturated, NaN to 0."""
    dtype = np.dtype(dtype)
    if is_dlarray(array):
        return _converted_traced(array, dtype)
    if array.dtype == dtype:
        return array
    if dtype == np.bool_:
        if array.dtype.kind == "f" and np.isnan(array).any():
            raise ValueError("NaN can not be converted to a truth value.")
        return array != 0
    if dtype.kind == "f":
        # Beyond the range of single there is Inf, without a word.
        with np.errstate(over="ignore"):
            return array.astype(dtype)
    if array.dtype.kind == "f":
        # Arrays of no dimensions become numbers on the way.
        return to_class(np.atleast_1d(array), dtype).reshape(array.shape)
    ours, theirs = np.iinfo(dtype), np.iinfo(array.dtype if array.dtype.kind != "b" else np.uint8)
    within = np.clip(
        array.astype(theirs.dtype), max(ours.min, theirs.min), min(ours.max, theirs.max)
    )
    return within.astype(dtype)


def _converted_traced(array: Any, dtype: np.dtype) -> Any:
    if array.dtype == dtype:
        return array
    if dtype.kind in "iu":
        raise TypeError(
            f"A dlarray can not be of class {CLASSES[dtype.name]}: take its data, extractdata(X)."
        )
    names = {"float64": "double", "float32": "float", "bool": "bool"}
    return traced(array, lambda x: getattr(x, names[dtype.name])())


def _conversion(name: str, rule: str, example: str) -> Any:
    def convert(X: Any) -> Any:
        try:
            made = converted(X, _DTYPES[name])
        except (TypeError, ValueError) as error:
            raise type(error)(f"{name}: {error}") from None
        if is_dlarray(made):
            return made
        return tidy(made.copy() if made is X else made, X)

    convert.__name__ = convert.__qualname__ = name
    convert.__doc__ = f"""Convert numbers to the class {name}.

    Parameters
    ----------
    X : array, number, list or dlarray
        The numbers.

    Returns
    -------
    numpy.ndarray, number or dlarray
        A new array of the same size. {rule}

    Raises
    ------
    TypeError
        If `X` is not numeric, or a dlarray is to be of an integer class.
    ValueError
        If NaN is to become a truth value.

    Notes
    -----
    Documented.

    Examples
    --------
    >>> from matxai import {name}
    {example}
    """
    return matlab_function("Y", accepts={"X": array_of})(convert)


_ROUNDED = "Numbers are rounded, halves away from zero, and NaN becomes 0; what lies beyond the "


def _integer(name: str) -> Any:
    low, high = np.iinfo(name).min, np.iinfo(name).max
    example = f">>> {name}([-1.5, 2.5]).tolist()\n    [{max(low, -2)}, 3]"
    return _conversion(name, f"{_ROUNDED}range of {low} to {high} takes its end.", example)


double = _conversion("double", "", ">>> double(True)\n    1.0")
single = _conversion("single", "", ">>> single([1.5]).dtype.name\n    'float32'")
logical = _conversion(
    "logical", "All but 0 is true.", ">>> logical([0, 2])\n    array([False,  True])"
)
uint8, uint16, uint32, uint64 = map(_integer, ("uint8", "uint16", "uint32", "uint64"))
int8, int16, int32, int64 = map(_integer, ("int8", "int16", "int32", "int64"))


@matlab_function("B", accepts={"A": array_of})
def cast(A: Any, *newclass: Any) -> Any:
    """Convert numbers to a class that is given by name.

    Parameters
    ----------
    A : array, number or dlarray
        The numbers.
    *newclass : str, or "like" and an array
        Name of the class, or an array of the class.

    Returns
    -------
    numpy.ndarray, number or dlarray
        A new array of the same size, by the rules of :func:`matxai.uint8` and its like.

    Raises
    ------
    TypeError
        If `A` is not numeric, or there is no class.
    ValueError
        If there is no class of the name.

    Notes
    -----
    Documented.

    Examples
    --------
    >>> from matxai import cast
    >>> cast([0.5, 300], "uint8")
    array([  1, 255], dtype=uint8)
    """
    name = newclass[0] if newclass and isinstance(newclass[0], str) else None
    if name == "like" and len(newclass) == 2:
        name = CLASSES[array_of(newclass[1], "cast: p").dtype.name]
    elif name is None or len(newclass) > 1:
        raise TypeError("cast: newclass must be the name of a class, or 'like' and an array.")
    if name.lower() not in _DTYPES:
        raise ValueError(
            f"cast: newclass must be one of {', '.join(_DTYPES)}, but is {describe(name)}."
        )
    return globals()[name.lower()](A)


@matlab_function("className")
def class_(obj: Any) -> str:
    """Return the name of a value's class in MATLAB.

    Parameters
    ----------
    obj : object
        The value. Numbers and lists of Python are of class double, None is MATLAB's ``[]``.

    Returns
    -------
    str
        "double", "single", "logical", "uint8", …; "string" for an array or list of texts, "char"
        for a text; "struct" for a dict, "cell" for other lists; of a network's layer its Class;
        otherwise the name of the class.

    Notes
    -----
    Documented for numeric classes. Chosen: what Python's other types are named. MATLAB calls it
    ``class``, which is a keyword of Python.

    Examples
    --------
    >>> import numpy as np
    >>> from matxai import class_
    >>> class_(np.zeros(3, np.float32)), class_(3), class_("text")
    ('single', 'double', 'char')
    """
    if is_dlarray(obj) or hasattr(obj, "codes") or hasattr(type(obj), "_texts"):
        return type(obj).__name__
    # A network's layers are of one class in Python, and know which they are of in MATLAB.
    if isinstance(getattr(obj, "Class", None), str):
        return obj.Class
    for kind, name in ((str, "char"), (dict, "struct")):
        if isinstance(obj, kind):
            return name
    try:
        return CLASSES[array_of(obj, "obj").dtype.name]
    except TypeError:
        pass
    if isinstance(obj, (np.ndarray, list, tuple)):
        texts = all(isinstance(item, str) for item in np.ravel(np.array(obj, dtype=object)))
        return "string" if texts else "cell"
    return "function_handle" if callable(obj) and not isinstance(obj, type) else type(obj).__name__
