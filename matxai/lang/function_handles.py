"""Functions as values: func2str, str2func, bsxfun, structfun."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any

import numpy as np

from matxai.arguments import describe, logical, text
from matxai.calling import matlab_function
from matxai.lang.cells import cellfun
from matxai.lang.elementwise import matched
from matxai.lang.not_known import NotKnownError
from matxai.lang.structs import struct
from matxai.lang.values import array_of

__all__ = ["bsxfun", "func2str", "str2func", "structfun"]

# MATLAB's functions that NumPy has under another name or the same.
_NUMPY = {
    **{name: name for name in ("sin", "cos", "tan", "sinh", "cosh", "tanh", "hypot")},
    "atan": "arctan",
    "atan2": "arctan2",
    "asinh": "arcsinh",
}


def _function(value: Any, name: str) -> Callable[..., Any]:
    if isinstance(value, str):
        return str2func(value)
    if not callable(value):
        raise TypeError(f"{name} must be a function, but is {describe(value)}.")
    return value


@matlab_function("str")
def func2str(fh: Any) -> str:
    """Return the name of a function.

    Parameters
    ----------
    fh : callable
        The function.

    Returns
    -------
    str
        Its name.

    Raises
    ------
    TypeError
        If `fh` is no function.
    ValueError
        If it has no name, or another one in MATLAB: Python keeps no text of a lambda.

    Notes
    -----
    Documented, but for anonymous functions.

    Examples
    --------
    >>> from matxai import func2str, mean
    >>> func2str(mean)
    'mean'
    """
    if not callable(fh):
        raise TypeError(f"func2str: fh must be a function, but is {describe(fh)}.")
    if isinstance(fh, np.ufunc):
        names = [there for there, here in _NUMPY.items() if here == fh.__name__]
    else:
        name = getattr(fh, "__name__", "<lambda>")
        ours = hasattr(fh, "__matlab_function__")
        names = [name.removesuffix("_") if ours else name]
    if not names or not names[0].isidentifier() or names[0].endswith("_"):
        raise NotKnownError("func2str: which name this function has in MATLAB is not known.")
    return names[0]


@matlab_function("fh", accepts={"str": text})
def str2func(str: Any) -> Callable[..., Any]:
    """Return the function of a name.

    Parameters
    ----------
    str : str
        The name of one of matxai's functions, or of an elementary one such as "sin".

    Returns
    -------
    callable
        The function.

    Raises
    ------
    TypeError
        If `str` is no text.
    ValueError
        If there is no such function, or the text is that of an anonymous one, "@(x) …".

    Notes
    -----
    Documented, but for anonymous functions.

    Examples
    --------
    >>> from matxai import str2func
    >>> str2func("max")([3, 7])
    7.0
    """
    name = str.strip()
    if name.startswith("@("):
        raise NotKnownError(
            f"str2func: {str!r} is the text of an anonymous function in MATLAB's language; write "
            f"it as a lambda."
        )
    name = name.removeprefix("@")
    if name in _NUMPY:
        return getattr(np, _NUMPY[name])
    matxai = importlib.import_module("matxai")
    for each in (name, f"{name}_"):
        function = getattr(matxai, each, None)
        if callable(function):
            return function
    raise NotKnownError(f"str2func: matxai has no function named {name!r}.")


@matlab_function("C", accepts={"fun": _function, "A": array_of, "B": array_of})
def bsxfun(fun: Any, A: Any, B: Any) -> Any:
    """Apply a function of two arrays, dimensions of length 1 repeated.

    Parameters
    ----------
    fun : callable or str
        The function, or its name.
    A, B : array or number
        The arrays.

    Returns
    -------
    numpy.ndarray or number
        What the function gives.

    Raises
    ------
    TypeError
        If `fun` is no function, or an array is not numeric.
    ValueError
        If sizes do not fit.

    Notes
    -----
    Documented.

    Examples
    --------
    >>> from matxai import bsxfun, minus
    >>> bsxfun(minus, [[1, 2], [3, 4]], [[1, 2]])
    array([[0., 0.],
           [2., 2.]])
    """
    return fun(*matched("bsxfun", A, B))


@matlab_function("A", "...", accepts={"func": _function, "UniformOutput": logical})
def structfun(
    func: Any, S: Any, *, UniformOutput: bool = True, ErrorHandler: Any = None, nargout: int = 1
) -> Any:
    """Apply a function to each field of a struct.

    Parameters
    ----------
    func : callable or str
        The function, or its name.
    S : struct
        The struct.
    UniformOutput : bool, default True
        Whether the function gives one number or truth value each time. If not, the outputs are
        collected in structs of the same fields.
    ErrorHandler : callable, optional
        As of :func:`matxai.cellfun`.
    nargout : int, default 1
        Number of outputs to return.

    Returns
    -------
    A, ... : numpy.ndarray or struct
        What the function gives for each field, one for each of its outputs.

    Raises
    ------
    TypeError
        If `func` is no function or `S` no struct.
    ValueError
        If an output is not uniform.

    Notes
    -----
    Documented.

    Examples
    --------
    >>> from matxai import struct, structfun
    >>> structfun(len, struct("a", "cat", "b", "hippo"))
    array([3, 5])
    """
    if not isinstance(S, struct):
        raise TypeError(f"structfun: S must be a struct, but is {describe(S)}.")
    names = list(S)
    # A list in a list of one row is one cell, whatever the fields hold.
    cells = [[S[name] for name in names]]
    made = (
        cellfun(
            func,
            cells,
            UniformOutput=UniformOutput,
            ErrorHandler=ErrorHandler,
            nargout=max(nargout, 2),
        )
        if nargout > 1
        else (cellfun(func, cells, UniformOutput=UniformOutput, ErrorHandler=ErrorHandler),)
    )
    if UniformOutput:
        return tuple(np.reshape(part, -1) for part in made)
    return tuple(struct(dict(zip(names, part[0], strict=True))) for part in made)
