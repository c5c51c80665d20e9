"""The machine and its system: ispc, isunix, ismac, computer, getenv and setenv."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Callable
from typing import Any

from matxai.arguments import describe, one_of, text
from matxai.calling import matlab_function

__all__ = ["computer", "getenv", "ismac", "ispc", "isunix", "setenv"]

_MOST_ELEMENTS = float(2**48 - 1)


def _system() -> str:
    """Name the system: "win", "mac" or "linux"."""
    return {"win32": "win", "cygwin": "win", "darwin": "mac"}.get(sys.platform, "linux")


def _question(name: str, system: str, holds: Callable[[str], bool]) -> Any:
    def function():
        return holds(_system())

    function.__name__ = function.__qualname__ = name
    function.__module__ = __name__
    function.__doc__ = f"""Tell whether this is {system}.

    Returns
    -------
    bool
        Whether it is.

    Notes
    -----
    Documented.

    Examples
    --------
    >>> from matxai import {name}
    >>> {name}() in (True, False)
    True
    """
    return matlab_function("tf")(function)


ispc = _question("ispc", "Windows", lambda s: s == "win")
ismac = _question("ismac", "macOS", lambda s: s == "mac")
isunix = _question("isunix", "Linux or macOS", lambda s: s != "win")


@matlab_function("str", "maxsize", "endian", accepts={"archstr": one_of("arch")})
def computer(archstr=None, *, nargout=1):
    """Name the kind of machine.

    Parameters
    ----------
    archstr : "arch", optional
        For the other name, as folders of MATLAB have it.
    nargout : int, default 1
        Number of outputs to return.

    Returns
    -------
    str : str
        "PCWIN64", "GLNXA64", "MACI64" or "MACA64"; with "arch" these in lower case, without the
        PC.
    maxsize : float
        The most elements of an array.
    endian : str
        "L" or "B": which byte of a number comes first.

    Notes
    -----
    Documented. Linux is called "GLNXA64" on other processors, too.

    Examples
    --------
    >>> from matxai import computer
    >>> computer() in ("PCWIN64", "GLNXA64", "MACI64", "MACA64")
    True
    """
    apple = "MACA64" if platform.machine() == "arm64" else "MACI64"
    name = {"win": "PCWIN64", "mac": apple}.get(_system(), "GLNXA64")
    if archstr is not None:
        name = name.removeprefix("PC").lower()
    return name, _MOST_ELEMENTS, "L" if sys.byteorder == "little" else "B"


@matlab_function("val", accepts={"name": text})
def getenv(name):
    """Read a variable of the environment.

    Parameters
    ----------
    name : str
        Its name.

    Returns
    -------
    str
        Its value; empty if there is none.

    Raises
    ------
    TypeError
        If `name` is no text.

    Notes
    -----
    Documented.

    Examples
    --------
    >>> from matxai import getenv
    >>> getenv("no such variable")
    ''
    """
    return os.environ.get(name, "")


@matlab_function(accepts={"name": text, "val": text})
def setenv(name, val=""):
    """Set a variable of the environment, for this program and those it starts.

    Parameters
    ----------
    name : str
        Its name.
    val : str, default ""
        Its value.

    Raises
    ------
    TypeError
        If an argument is no text.
    ValueError
        If `name` is empty or holds "=".

    Notes
    -----
    Documented.

    Examples
    --------
    >>> from matxai import getenv, setenv
    >>> setenv("MATXAI_EXAMPLE", "yes")
    >>> getenv("MATXAI_EXAMPLE")
    'yes'
    """
    if not name or "=" in name:
        raise ValueError(f"setenv: name must be the name of a variable, but is {describe(name)}.")
    os.environ[name] = val
