"""fullfile, fileparts and filesep: paths put together and taken apart."""

from __future__ import annotations

import os
from typing import Any

from matxai.arguments import text
from matxai.calling import matlab_function
from matxai.lang.text_values import mapped

__all__ = ["fileparts", "filesep", "fullfile", "path_text"]


def path_text(value: Any, name: str) -> str:
    """Check the path of a file or folder; "~" is the home folder."""
    if isinstance(value, os.PathLike):
        value = os.fspath(value)
    return os.path.expanduser(text(value, name))


@matlab_function("f")
def fullfile(*args: Any) -> Any:
    """Join parts of a path.

    Parameters
    ----------
    *args : str, or one array or list of str
        The parts, folders first.

    Returns
    -------
    str, list or numpy.ndarray
        The path, with the separator of the platform; one for each text of an array or list.

    Raises
    ------
    TypeError
        If an argument holds other things than texts.

    Examples
    --------
    >>> import os
    >>> from matxai import fullfile
    >>> fullfile("data", "cats", "1.png").split(os.sep)
    ['data', 'cats', '1.png']
    """
    plain = [os.fspath(arg) if isinstance(arg, os.PathLike) else arg for arg in args]
    several = [i for i, arg in enumerate(plain) if not isinstance(arg, str)]
    if len(several) > 1:
        raise TypeError("fullfile: only one argument can be an array or list of texts.")
    if not several:
        return _joined(plain)
    place = several[0]
    try:
        return mapped(
            plain[place],
            f"argument {place + 1}",
            lambda part: _joined([*plain[:place], part, *plain[place + 1 :]]),
        )
    except TypeError as error:
        raise TypeError(f"fullfile: {error}") from None


@matlab_function("filepath", "name", "ext", accepts={"filename": path_text})
def fileparts(filename: str, *, nargout: int = 1) -> Any:
    """Take a path apart.

    Parameters
    ----------
    filename : str
        The path.

    Returns
    -------
    filepath : str
        The folder.
    name : str
        The name of the file, without the extension.
    ext : str
        The extension, with the dot.

    Raises
    ------
    TypeError
        If `filename` is no text.

    Notes
    -----
    Documented, and held against GNU Octave. On Windows a backslash separates folders as well.

    Examples
    --------
    >>> from matxai import fileparts
    >>> fileparts("data/cup.v2.png", nargout=3)
    ('data', 'cup.v2', '.png')
    """
    separators = {"/", os.sep}
    cut = max(filename.rfind(s) for s in separators)
    folder = filename[:cut] if cut > 0 else filename[: cut + 1]
    rest = filename[cut + 1 :]
    dot = rest.rfind(".")
    return (folder, rest, "") if dot < 0 else (folder, rest[:dot], rest[dot:])


@matlab_function("f")
def filesep() -> str:
    """Give the character that separates folders in a path.

    Returns
    -------
    str
        "/", and a backslash on Windows.

    Examples
    --------
    >>> import os
    >>> from matxai import filesep
    >>> filesep() == os.sep
    True
    """
    return os.sep


def _joined(parts: list[str]) -> str:
    if not parts:
        raise TypeError("fullfile: no part of a path is given.")
    parts = [part if os.sep == "/" else part.replace("/", os.sep) for part in parts if part]
    whole = os.sep.join(parts)
    while os.sep * 2 in whole[1:]:
        whole = whole[:1] + whole[1:].replace(os.sep * 2, os.sep)
    return whole[1:] if whole.startswith("//") else whole
