"""fgetl, fgets and feof: files that are open, line by line."""

from __future__ import annotations

import io
from typing import Any

from matxai.arguments import describe
from matxai.calling import matlab_function

__all__ = ["feof", "fgetl", "fgets"]

# What MATLAB returns behind the end of a file, where a line would be a text.
_END = -1
# Whether it has been noticed is kept with the file.
_NOTICED = "_matxai_end"


def _line(file: Any) -> str:
    line = file.readline()
    if not line:
        setattr(file, _NOTICED, True)
    return line


def _file(value: Any, name: str) -> Any:
    if not isinstance(value, io.TextIOBase):
        raise TypeError(
            f"{name} must be a file that Python's open has opened for texts, but is "
            f"{describe(value)}."
        )
    return value


@matlab_function("tline", accepts={"fileID": _file})
def fgetl(fileID):
    r"""Read the next line of an open file, without the mark of its end.

    Parameters
    ----------
    fileID : file
        The file, as Python's ``open`` returns it.

    Returns
    -------
    str or int
        The line; -1 behind the last one.

    Raises
    ------
    TypeError
        If `fileID` is no open file.

    Notes
    -----
    Documented. Chosen: of a line that ends as on Windows both characters are cut off.

    Examples
    --------
    >>> import io
    >>> from matxai import fgetl
    >>> file = io.StringIO("cat\ndog\n")
    >>> fgetl(file), fgetl(file), fgetl(file)
    ('cat', 'dog', -1)
    """
    line = _line(fileID)
    return line.removesuffix("\n").removesuffix("\r") if line else _END


@matlab_function("tline", accepts={"fileID": _file})
def fgets(fileID):
    r"""Read the next line of an open file, with the mark of its end.

    Parameters
    ----------
    fileID : file
        The file, as Python's ``open`` returns it.

    Returns
    -------
    str or int
        The line; -1 behind the last one.

    Raises
    ------
    TypeError
        If `fileID` is no open file.

    Notes
    -----
    Documented.

    Examples
    --------
    >>> import io
    >>> from matxai import fgets
    >>> fgets(io.StringIO("cat\ndog\n"))
    'cat\n'
    """
    return _line(fileID) or _END


@matlab_function("status", accepts={"fileID": _file})
def feof(fileID):
    r"""Tell whether an open file has been read to its end.

    Parameters
    ----------
    fileID : file
        The file, as Python's ``open`` returns it.

    Returns
    -------
    bool
        Whether it has; not before something has been read.

    Raises
    ------
    TypeError
        If `fileID` is no open file.

    Notes
    -----
    Documented for files that are read with ``fgetl`` and ``fgets``, which notice the end behind a
    line.

    Examples
    --------
    >>> import io
    >>> from matxai import feof, fgetl
    >>> file = io.StringIO("cat\n")
    >>> feof(file), fgetl(file), feof(file)
    (False, 'cat', True)
    """
    place = fileID.tell()
    if place == 0:
        # Of an empty file, too, the end is noticed by reading only.
        return getattr(fileID, _NOTICED, False)
    ends = not fileID.read(1)
    fileID.seek(place)
    return ends
