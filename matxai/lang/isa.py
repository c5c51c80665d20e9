"""isa: is a value of a class?"""

from __future__ import annotations

import inspect
from typing import Any

import numpy as np

from matxai.arguments import text
from matxai.calling import matlab_function

__all__ = ["isa"]

_NUMBERS = {"f": "float", "i": "integer", "u": "integer"}
_FLOATS = {"float32": "single", "float64": "double"}
_LAYERS = ("nnet.cnn.layer.Layer", "nnet.layer.Layer")


@matlab_function("tf", accepts={"dataType": text})
def isa(A: Any, dataType: str) -> bool:
    """Tell whether a value is of a class, or of one that is derived from it.

    Parameters
    ----------
    A : object
        The value.
    dataType : str
        A class of MATLAB's, ``"nnet.cnn.layer.ReLULayer"``, ``"dlnetwork"`` or ``"uint8"`` for
        example; a kind of numbers, ``"numeric"``, ``"float"`` or ``"integer"``; or the name of a
        Python class.

    Returns
    -------
    bool
        Whether it is.

    Raises
    ------
    TypeError
        If `dataType` is no text.

    Notes
    -----
    Documented for MATLAB's classes. Chosen here: numbers of Python are double, as MATLAB's are that
    are written so; a text of Python is both char and string, a list or tuple a cell, a dict a
    struct; every layer is an ``nnet.cnn.layer.Layer``.

    Examples
    --------
    >>> import numpy as np
    >>> from matxai import isa, reluLayer
    >>> isa(reluLayer(), "nnet.cnn.layer.ReLULayer"), isa(reluLayer(), "nnet.cnn.layer.Layer")
    (True, True)
    >>> isa(np.uint8(3), "integer"), isa(3.0, "integer")
    (True, False)
    """
    return dataType in _classes(A)


def _classes(value: Any) -> set[str]:
    """List the names of all classes that a value is of."""
    kinds = type(value).__mro__[:-1]
    found = {cls.__name__ for cls in kinds} | {f"{c.__module__}.{c.__qualname__}" for c in kinds}
    # Here a SeriesNetwork is a kind of DAGNetwork; in MATLAB they are two classes.
    if "SeriesNetwork" in found:
        found.discard("DAGNetwork")
    if "LayerGraph" in found:
        found.add("nnet.cnn.LayerGraph")
    return found | _matlab_classes(value) | _layer_classes(value, found)


def _matlab_classes(value: Any) -> set[str]:
    if isinstance(value, str):
        return {"char", "string"}
    if isinstance(value, (bool, int, float, complex, np.ndarray, np.generic)):
        return _array_classes(np.asarray(value), plain=isinstance(value, (int, float, complex)))
    if isinstance(value, dict):
        return {"struct"}
    if isinstance(value, (list, tuple)):
        return {"cell"}
    return {"function_handle"} if inspect.isroutine(value) else set()


def _array_classes(array: np.ndarray, plain: bool) -> set[str]:
    kind, name = array.dtype.kind, array.dtype.name
    if kind == "O" and array.size and all(isinstance(item, str) for item in array.flat):
        return {"string"}
    if kind == "b":
        return {"logical"}
    if kind == "c" or (plain and kind in "iuO"):
        return {"double", "float", "numeric"}
    if kind in _NUMBERS:
        return {_FLOATS.get(name, name), _NUMBERS[kind], "numeric"}
    return {"U": {"string"}, "O": {"cell"}}.get(kind, set())


def _layer_classes(value: Any, found: set[str]) -> set[str]:
    matlab_class = getattr(value, "Class", None)
    if "matxai.nets.layers.Layer" in found and isinstance(matlab_class, str):
        return {matlab_class, "nnet.cnn.layer.Layer"}
    return set(_LAYERS) if "CustomLayer" in found else set()
