"""What is looked at before a .mat file is read: what it is, and how much memory it will take."""

from __future__ import annotations

import os
from pathlib import Path

from matxai.lang.mat_budget import Budget, memory_limit
from matxai.lang.mat_kinds import MatFileError, mat_version

__all__ = ["MatFileError", "check_mat_file", "check_sizes", "mat_version", "memory_limit"]


def check_sizes(
    path: str | os.PathLike[str], function: str = "load", limit: int | None = None
) -> None:
    """Go through a .mat file with little memory, without believing the sizes that it gives.

    Nothing in the file is run, and no other file is opened. What passes can be given to a reader:
    every size fits the data that is there, and all values together fit the limit.

    Parameters
    ----------
    path : str or path
        The file.
    function : str, optional
        The function that errors speak of.
    limit : int, optional
        Bytes that the values may take; half of the machine's memory by default, at least 1 GiB.

    Raises
    ------
    MatFileError
        If it is no .mat file, is damaged or cut short, or its values take more than the limit.
    """
    check_mat_file(path, function, limit)


def check_mat_file(
    path: str | os.PathLike[str], function: str = "load", limit: int | None = None
) -> str:
    """Check a .mat file as `check_sizes` does, and tell its version: "4", "5" or "7.3"."""
    path = Path(path)
    version = mat_version(path, function)
    budget = Budget(function, path, memory_limit() if limit is None else limit)
    if version == "5":
        from matxai.lang.mat_level5 import check_level5

        check_level5(path, budget)
    elif version == "4":
        from matxai.lang.mat_level4 import check_level4

        check_level4(path, budget)
    else:
        from matxai.lang.mat_hdf5 import check_hdf5

        check_hdf5(path, budget)
    return version
