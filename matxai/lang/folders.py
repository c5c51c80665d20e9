"""exist, isfile, dir, ls, mkdir and their relatives: what files and folders there are."""

from __future__ import annotations

import os
import time
from typing import Any

from matxai.arguments import one_of
from matxai.calling import matlab_function
from matxai.lang.paths import path_text
from matxai.lang.structs import struct
from matxai.lang.text_values import any_texts, each

__all__ = ["dir", "exist", "isfile", "isfolder", "ls", "mkdir", "pwd"]

_FILE, _FOLDER = 2, 7


@matlab_function("result", accepts={"name": path_text, "searchType": one_of("file", "dir")})
def exist(name: str, searchType: str | None = None) -> int:
    """Tell whether there is a file or folder.

    Parameters
    ----------
    name : str
        Path of the file or folder.
    searchType : {"file", "dir"}, optional
        "dir" looks for folders only; "file" for files and folders, as MATLAB does.

    Returns
    -------
    int
        2 for a file, 7 for a folder, 0 if there is none.

    Raises
    ------
    TypeError
        If an argument is no text.
    ValueError
        If `searchType` is another one: variables cannot be looked for, ``"x" in globals()`` can.

    Examples
    --------
    >>> from matxai import exist
    >>> exist("no such file", "file")
    0
    """
    if os.path.isdir(name):
        return _FOLDER
    return _FILE if os.path.isfile(name) and searchType != "dir" else 0


@matlab_function("tf", accepts={"fileName": any_texts})
def isfile(fileName: Any) -> Any:
    """Tell whether there is a file.

    Parameters
    ----------
    fileName : str, or array or list of str
        Paths of files.

    Returns
    -------
    bool or numpy.ndarray of bool
        Whether there is, for each.

    Raises
    ------
    TypeError
        If `fileName` holds other things than texts.

    Examples
    --------
    >>> from matxai import isfile
    >>> isfile("no such file")
    False
    """
    return each(fileName, "fileName", lambda p: os.path.isfile(os.path.expanduser(p)), bool)


@matlab_function("tf", accepts={"folderName": any_texts})
def isfolder(folderName: Any) -> Any:
    """Tell whether there is a folder.

    Parameters
    ----------
    folderName : str, or array or list of str
        Paths of folders.

    Returns
    -------
    bool or numpy.ndarray of bool
        Whether there is, for each.

    Raises
    ------
    TypeError
        If `folderName` holds other things than texts.

    Examples
    --------
    >>> from matxai import isfolder
    >>> isfolder(".")
    True
    """
    return each(folderName, "folderName", lambda p: os.path.isdir(os.path.expanduser(p)), bool)


@matlab_function("listing", accepts={"name": path_text})
def dir(name: str = ".") -> list[struct]:
    r"""List what is in a folder, or what matches a path with wildcards.

    Parameters
    ----------
    name : str, default "."
        A folder, or a path in which ``*`` stands for anything, and ``**`` for folders in folders.

    Returns
    -------
    list of struct
        One for each file and folder, sorted by name: the fields name, folder, date, bytes, isdir.
        The list of a folder starts with "." and "..", as in MATLAB.

    Raises
    ------
    TypeError
        If `name` is no text.

    Notes
    -----
    Documented; MATLAB's field datenum is missing. Python's own function is ``builtins.dir``.

    Examples
    --------
    >>> from matxai import dir
    >>> [entry.name for entry in dir("no such folder")]
    []
    """
    import glob

    if os.path.isdir(name):
        names = [".", "..", *sorted(os.listdir(name))]
        return [_entry(os.path.join(name, n), n, name) for n in names]
    recursive = "**" in name
    return [
        _entry(path, os.path.basename(path), os.path.dirname(path) or ".")
        for path in sorted(glob.glob(name, recursive=recursive))
    ]


@matlab_function("list", accepts={"name": path_text})
def ls(name: str = ".") -> str:
    """List the names of what is in a folder, or of what matches a path with wildcards.

    Parameters
    ----------
    name : str, default "."
        A folder, a file, or a path in which ``*`` stands for anything.

    Returns
    -------
    str
        The names, sorted, one a line; hidden files are left out.

    Raises
    ------
    TypeError
        If `name` is no text.
    FileNotFoundError
        If there is no such file or folder.

    Notes
    -----
    Chosen: one name a line, on all systems. MATLAB leaves the form to the operating system. Where a
    script goes on with the names, ``dir`` is the better choice in MATLAB, too.

    Examples
    --------
    >>> import tempfile
    >>> from matxai import ls
    >>> with tempfile.TemporaryDirectory() as empty:
    ...     ls(empty)
    ''
    """
    entries = dir(name)
    if not entries and not os.path.isdir(name):
        raise FileNotFoundError(f"ls: there is no file or folder {name!r}.")
    return "\n".join(e.name for e in entries if not e.name.startswith("."))


@matlab_function("currentFolder")
def pwd() -> str:
    """Give the current folder.

    Returns
    -------
    str
        Its path.

    Examples
    --------
    >>> import os
    >>> from matxai import pwd
    >>> pwd() == os.getcwd()
    True
    """
    return os.getcwd()


@matlab_function("status", "msg", accepts={"folderName": path_text, "newFolder": path_text})
def mkdir(folderName: str, newFolder: str | None = None, *, nargout: int = 1) -> Any:
    """Make a folder, and those above it.

    Parameters
    ----------
    folderName : str
        Path of the folder; with two arguments that of the folder it lies in.
    newFolder : str, optional
        Name of the folder in `folderName`.
    nargout : int, default 1
        Number of outputs to return.

    Returns
    -------
    status : bool
        True: a folder that cannot be made is an error here.
    msg : str
        "Directory already exists." if it did.

    Raises
    ------
    TypeError
        If an argument is no text.
    OSError
        If the folder cannot be made.

    Examples
    --------
    >>> import os, tempfile
    >>> from matxai import isfolder, mkdir
    >>> with tempfile.TemporaryDirectory() as home:
    ...     made = mkdir(home, "maps")
    ...     print(isfolder(os.path.join(home, "maps")))
    True
    """
    path = folderName if newFolder is None else os.path.join(folderName, newFolder)
    before = os.path.isdir(path)
    os.makedirs(path, exist_ok=True)
    return True, "Directory already exists." if before else ""


def _entry(path: str, name: str, folder: str) -> struct:
    status = os.stat(path)
    is_folder = os.path.isdir(path)
    when = time.strftime("%d-%b-%Y %H:%M:%S", time.localtime(status.st_mtime))
    return struct(
        name=name,
        folder=os.path.abspath(folder),
        date=when,
        bytes=0 if is_folder else status.st_size,
        isdir=is_folder,
    )
