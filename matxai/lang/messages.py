"""error, warning and assert."""

from __future__ import annotations

import re
import warnings
from typing import Any

import numpy as np

from matxai.arguments import describe
from matxai.calling import matlab_function
from matxai.lang.format_specs import filled
from matxai.lang.structs import struct
from matxai.lang.values import array_of, data_of

__all__ = ["MException", "assert_", "error", "warning"]

_IDENTIFIER = re.compile(r"[A-Za-z]\w*(:[\w-]+)+")


class MException(Exception):
    """An error as :func:`error` throws it.

    Parameters
    ----------
    identifier : str
        Its identifier, "" if it has none.
    message : str
        Its message.

    Attributes
    ----------
    identifier : str
        Its identifier.
    message : str
        Its message.

    Examples
    --------
    >>> from matxai import MException
    >>> MException("net:noLayer", "There is no such layer.").identifier
    'net:noLayer'
    """

    def __init__(self, identifier: str, message: str):
        super().__init__(message)
        self.identifier, self.message = identifier, message

    def __reduce__(self) -> Any:
        return (type(self), (self.identifier, self.message))


@matlab_function()
def error(msg: Any, *args: Any) -> None:
    """Throw an error.

    Parameters
    ----------
    msg : str or struct
        The message, or an identifier such as "net:noLayer" followed by the message; or a struct
        with the fields message and identifier.
    *args : str or number
        The message, after an identifier, and the data that its format takes, as :func:`sprintf`.

    Raises
    ------
    MException
        Always; its identifier and message are those given.
    TypeError
        If there is no message.

    Notes
    -----
    Documented: escapes and conversions of a message are replaced only where something follows it.

    Examples
    --------
    >>> from matxai import error
    >>> error("net:noLayer", "There is no layer %s.", "relu")
    Traceback (most recent call last):
        ...
    matxai.lang.messages.MException: There is no layer relu.
    """
    if isinstance(msg, (struct, dict)):
        fields = msg if isinstance(msg, dict) else vars(msg)
        raise MException(fields.get("identifier", ""), fields.get("message", ""))
    identifier, message = _message("error", msg, args)
    raise MException(identifier, message)


@matlab_function()
def assert_(cond: Any, msg: Any = None, *args: Any) -> None:
    """Throw an error if a condition does not hold. MATLAB's name is ``assert``, a word of Python's.

    Parameters
    ----------
    cond : bool or number
        The condition.
    msg : str, optional
        The message, or an identifier such as "net:noLayer" followed by the message; "Assertion
        failed." by default.
    *args : str or number
        The message, after an identifier, and the data that its format takes, as :func:`sprintf`.

    Raises
    ------
    MException
        If the condition does not hold.
    TypeError
        If `cond` is no truth value or number, or `msg` no text.

    Notes
    -----
    Documented, and held against GNU Octave where a message is given. An array of several truth
    values is an error: ``all`` makes one of them.

    Examples
    --------
    >>> from matxai import assert_
    >>> assert_(3 < 2, "net:noLayer", "There is no layer %d.", 3)
    Traceback (most recent call last):
        ...
    matxai.lang.messages.MException: There is no layer 3.
    """
    if not _holds(cond):
        error(*(_FAILED if msg is None else (msg, *args)))


_FAILED = ("MATLAB:assertion:failed", "Assertion failed.")


def _holds(cond: Any) -> bool:
    try:
        values = data_of(array_of(cond, "cond"))
    except TypeError:
        values = None
    if values is None or values.size != 1 or np.isnan(values).any():
        raise TypeError(
            f"assert: cond must be one truth value, but is {describe(cond)}. all(cond) makes one "
            f"of several."
        )
    return bool(values.reshape(-1)[0])


@matlab_function()
def warning(msg: str, *args: Any) -> None:
    """Show a warning, or switch warnings on or off.

    Parameters
    ----------
    msg : str
        The message, or an identifier such as "net:slow" followed by the message; or "on" or "off".
    *args : str or number
        The message, after an identifier, and the data that its format takes, as :func:`sprintf`;
        after "on" and "off" an identifier, all warnings by default.

    Raises
    ------
    TypeError
        If the message is no text.

    Warns
    -----
    UserWarning
        With the message, behind the identifier if it has one.

    Notes
    -----
    Warnings are Python's. "off" is a filter for those of this function only.

    Examples
    --------
    >>> import warnings
    >>> from matxai import warning
    >>> with warnings.catch_warnings(record=True) as shown:
    ...     warnings.simplefilter("always")
    ...     warning("net:slow", "%d images are slow.", 900)
    >>> str(shown[0].message)
    'net:slow: 900 images are slow.'
    """
    if isinstance(msg, str) and msg.lower() in ("on", "off"):
        _switch(msg.lower() == "on", args[0] if args else "all")
        return
    identifier, message = _message("warning", msg, args)
    if "all" in _SILENT or identifier in _SILENT:
        return
    warnings.warn(f"{identifier}: {message}" if identifier else message, stacklevel=4)


_SILENT: set[str] = set()


def _switch(on: bool, identifier: str) -> None:
    if not on:
        _SILENT.add(identifier)
    elif identifier == "all":
        _SILENT.clear()
    else:
        _SILENT.discard(identifier)


def _message(function: str, msg: Any, args: tuple[Any, ...]) -> tuple[str, str]:
    if not isinstance(msg, str):
        raise TypeError(f"{function}: msg must be a text, but is {describe(msg)}.")
    identifier = ""
    if args and _IDENTIFIER.fullmatch(msg):
        identifier, (msg, *args) = msg, args
        if not isinstance(msg, str):
            raise TypeError(f"{function}: msg must be a text, but is {describe(msg)}.")
        return identifier, filled(msg, tuple(args))
    return identifier, filled(msg, tuple(args)) if args else msg
