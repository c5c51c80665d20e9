"""rethrow, throw and getReport: what is done with an error that was caught."""

from __future__ import annotations

import os
import traceback
from typing import Any

from matxai.arguments import describe
from matxai.calling import matlab_function
from matxai.lang.messages import MException
from matxai.lang.structs import struct

__all__ = ["getReport", "rethrow", "throw"]


def _error(value: Any, name: str) -> Exception:
    if isinstance(value, struct) and "message" in value:
        identifier = value.identifier if "identifier" in value else ""
        return MException(identifier, value.message)
    if not isinstance(value, Exception):
        raise TypeError(f"{name} must be an error that was caught, but is {describe(value)}.")
    return value


def _thrower(name: str, does: str) -> Any:
    def function(ME):
        raise ME

    function.__name__ = function.__qualname__ = name
    function.__module__ = __name__
    function.__doc__ = f"""{does}

    Parameters
    ----------
    ME : MException or another exception
        The error; also a struct with the fields message and identifier.

    Raises
    ------
    Exception
        Always: `ME` itself.
    TypeError
        If it is no error.

    Notes
    -----
    Documented. In Python ``raise ME`` does the same.

    Examples
    --------
    >>> from matxai import MException, {name}
    >>> {name}(MException("net:noLayer", "There is no such layer."))
    Traceback (most recent call last):
        ...
    matxai.lang.messages.MException: There is no such layer.
    """
    return matlab_function(accepts={"ME": _error})(function)


rethrow = _thrower("rethrow", "Throw an error again that was caught.")
throw = _thrower("throw", "Throw an error.")


@matlab_function("msgText", accepts={"ME": _error})
def getReport(ME, *args):
    """Describe an error that was caught.

    Parameters
    ----------
    ME : MException or another exception
        The error.
    *args
        As in MATLAB: "basic" or "extended", and 'hyperlinks' with its value, which make no
        difference.

    Returns
    -------
    str
        Where it was thrown, as far as that is known, and its message.

    Raises
    ------
    TypeError
        If `ME` is no error.

    Notes
    -----
    Chosen: the form is that of MATLAB's basic report.

    Examples
    --------
    >>> from matxai import MException, getReport
    >>> getReport(MException("net:noLayer", "There is no such layer."))
    'There is no such layer.'
    """
    # Frames of matxai itself say nothing about a script.
    home = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    frames = traceback.extract_tb(ME.__traceback__)
    own = [f for f in frames if not os.path.abspath(f.filename).startswith(home + os.sep)]
    if not own:
        return str(ME)
    place = own[-1]
    name = os.path.splitext(os.path.basename(place.filename))[0]
    name = name if place.name == "<module>" else place.name
    return f"Error using {name} (line {place.lineno})\n{ME}"
