"""tempdir and tempname: places for files that are not kept."""

from __future__ import annotations

import os
import tempfile
import uuid

from matxai.calling import matlab_function
from matxai.lang.paths import path_text

__all__ = ["tempdir", "tempname"]


@matlab_function("tmpDir")
def tempdir() -> str:
    """Give the folder for temporary files.

    Returns
    -------
    str
        Its path, with a separator at its end.

    Notes
    -----
    Documented. It is the folder that Python's ``tempfile.gettempdir()`` gives.

    Examples
    --------
    >>> import os
    >>> from matxai import tempdir
    >>> os.path.isdir(tempdir())
    True
    """
    return os.path.join(tempfile.gettempdir(), "")


@matlab_function("tmpName", accepts={"folder": path_text})
def tempname(folder: str | None = None) -> str:
    """Make up a path for a temporary file or folder.

    Parameters
    ----------
    folder : str, optional
        The folder it lies in; the one for temporary files by default.

    Returns
    -------
    str
        The path. Nothing is made; its name, of random digits, is most likely nobody else's.

    Raises
    ------
    TypeError
        If `folder` is no text.

    Notes
    -----
    Documented: the name starts with "tp".

    Examples
    --------
    >>> import os
    >>> from matxai import tempname
    >>> path = tempname("maps")
    >>> os.path.dirname(path), os.path.basename(path)[:2]
    ('maps', 'tp')
    """
    name = f"tp{uuid.uuid4()}".replace("-", "_")
    return os.path.join(tempfile.gettempdir() if folder is None else folder, name)
