"""The errors of ported scripts that MATLAB would not raise."""

from __future__ import annotations

import traceback

from matxai.lang.not_known import NotKnownError

__all__ = ["NotKnownError", "only_errors_of_matlab"]

# Reading what is not there is an error in MATLAB as well.
_FIELDS = ("matxai.lang.structs", "matxai.lang.tables")


def only_errors_of_matlab(error: BaseException) -> None:
    """Raise an error again, unless MATLAB would raise one in its place.

    A handler of a ported script calls it first, so that the limits of the port are not taken for
    errors of the script: lines that are not ported, values that leave open what MATLAB would do,
    and Python's own errors of types, attributes, names and arithmetic.

    Examples
    --------
    >>> only_errors_of_matlab(ValueError("no such layer"))
    """
    if isinstance(error, (NotImplementedError, NameError, ArithmeticError)):
        limit = True
    elif isinstance(error, AttributeError):
        limit = _raised_in(error) not in _FIELDS
    else:
        limit = isinstance(error, TypeError) and not _raised_in(error).startswith("matxai.")
    if limit:
        error.add_note("The script's catch let this error pass: MATLAB may not raise one here.")
        raise error


def _raised_in(error: BaseException) -> str:
    """Return the module whose line raised an error."""
    modules = [f.f_globals.get("__name__", "") for f, _ in traceback.walk_tb(error.__traceback__)]
    return modules[-1] if modules else ""
