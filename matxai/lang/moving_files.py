"""copyfile, movefile, rmdir and isdir: files and folders moved and removed."""

from __future__ import annotations

import glob
import os
import shutil
from collections.abc import Callable
from typing import Any

from matxai.arguments import one_of
from matxai.calling import matlab_function
from matxai.lang.paths import path_text

__all__ = ["copyfile", "isdir", "movefile", "rmdir"]


def _transfer(name: str, does: str, move: Callable[[str, str], Any]) -> Any:
    def function(source, destination, f=None, *, nargout=1):
        wild = any(mark in source for mark in "*?")
        paths = sorted(glob.glob(source)) if wild else [source]
        if not paths or not os.path.exists(paths[0]):
            raise FileNotFoundError(f"{name}: there is no file or folder {source!r}.")
        if wild:
            os.makedirs(destination, exist_ok=True)
        elif os.path.dirname(destination):
            os.makedirs(os.path.dirname(destination), exist_ok=True)
        for path in paths:
            inside = os.path.isdir(destination) and (wild or not _copies_contents(name, path))
            there = os.path.join(destination, os.path.basename(path)) if inside else destination
            if os.path.exists(there) and os.path.samefile(path, there):
                raise ValueError(f"{name}: {path!r} cannot become itself.")
            move(path, there)
        return True, ""

    function.__name__ = function.__qualname__ = name
    function.__module__ = __name__
    function.__doc__ = f"""{does} a file, a folder, or those that match a path with wildcards.

    Parameters
    ----------
    source : str
        The path; ``*`` stands for anything.
    destination : str
        The new path, or a folder that is there. Folders above it are made.
    f : "f", optional
        As in MATLAB, where it overwrites files that are read-only.
    nargout : int, default 1
        Number of outputs to return.

    Returns
    -------
    status : bool
        True: what cannot be done is an error here.
    msg : str
        Empty.

    Raises
    ------
    TypeError
        If an argument is no text.
    OSError
        If there is no such file, or it cannot be written.
    ValueError
        If a file would become itself.

    Notes
    -----
    Documented.

    Examples
    --------
    >>> import os, tempfile
    >>> from matxai import {name}, isfile
    >>> with tempfile.TemporaryDirectory() as home:
    ...     old, new = os.path.join(home, "a.txt"), os.path.join(home, "b.txt")
    ...     open(old, "w").close()
    ...     status = {name}(old, new)
    ...     isfile(new)
    True
    """
    checks = {"source": path_text, "destination": path_text, "f": one_of("f")}
    return matlab_function("status", "msg", accepts=checks)(function)


def _copies_contents(name: str, path: str) -> bool:
    """Tell whether what is in a folder is copied, and not the folder, as into one that is there."""
    return name == "copyfile" and os.path.isdir(path)


def _copy(path: str, there: str) -> None:
    if os.path.isdir(path):
        shutil.copytree(path, there, dirs_exist_ok=True)
    else:
        shutil.copy2(path, there)


def _move(path: str, there: str) -> None:
    if os.path.isfile(there):
        os.replace(path, there) if os.path.isfile(path) else shutil.move(path, there)
    else:
        shutil.move(path, there)


copyfile = _transfer("copyfile", "Copy", _copy)
movefile = _transfer("movefile", "Move or rename", _move)


@matlab_function("status", "msg", accepts={"folderName": path_text, "s": one_of("s")})
def rmdir(folderName, s=None, *, nargout=1):
    """Remove a folder.

    Parameters
    ----------
    folderName : str
        Path of the folder, which has to be empty.
    s : "s", optional
        Remove what is in it, too.
    nargout : int, default 1
        Number of outputs to return.

    Returns
    -------
    status : bool
        True: a folder that cannot be removed is an error here.
    msg : str
        Empty.

    Raises
    ------
    TypeError
        If an argument is no text.
    OSError
        If there is no such folder, or it is not empty.

    Notes
    -----
    Documented.

    Examples
    --------
    >>> import os, tempfile
    >>> from matxai import isfolder, mkdir, rmdir
    >>> with tempfile.TemporaryDirectory() as home:
    ...     maps = os.path.join(home, "maps")
    ...     status = mkdir(maps), rmdir(maps)
    ...     isfolder(maps)
    False
    """
    if s is None:
        os.rmdir(folderName)
    else:
        shutil.rmtree(folderName)
    return True, ""


@matlab_function("tf", accepts={"folderName": path_text})
def isdir(folderName):
    """Tell whether there is a folder.

    Parameters
    ----------
    folderName : str
        Its path.

    Returns
    -------
    bool
        Whether there is.

    Raises
    ------
    TypeError
        If `folderName` is no text.

    See Also
    --------
    isfolder : the newer name, for several folders, too.

    Notes
    -----
    Documented.

    Examples
    --------
    >>> from matxai import isdir
    >>> isdir(".")
    True
    """
    return os.path.isdir(folderName)
