"""The plain numeric arrays of a .mat file, each in MATLAB's size."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

import numpy as np

__all__ = ["arrays_in"]


def arrays_in(file: Path) -> tuple[dict[str, np.ndarray], list[str]]:
    """Read the numeric variables of a .mat file, once the file is checked.

    Parameters
    ----------
    file : Path
        The file; nothing in it is run.

    Returns
    -------
    arrays : dict of str to numpy.ndarray
        Real numbers and truth values, of two dimensions or more.
    problems : list of str
        Why the file cannot be read, or which of its variables are of another kind.
    """
    from matxai.lang.mat_checks import MatFileError, check_mat_file

    try:
        version = check_mat_file(file, "crosscheck")
        found = _read(file, version)
    except MatFileError as error:
        return {}, [f"it cannot be read: {error}"]
    named = {n: v for n, v in found.items() if not n.startswith("__")}
    arrays = {n: np.atleast_2d(v) for n, v in named.items() if _is_plain(v)}
    other = [n for n in named if n not in arrays]
    if not other:
        return arrays, []
    return arrays, [f"{', '.join(other)} is no plain numeric array and left out"]


def _read(file: Path, version: str) -> dict[str, Any]:
    from matxai.lang.mat_checks import MatFileError

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            if version == "7.3":
                from matxai.lang.mat_objects import objects_in

                return objects_in(file)
            return _read_older(file)
        except Exception as error:
            # Readers raise whatever a contradiction in the file leads to.
            raise MatFileError(f"{file.name!r} cannot be read: {error}.") from error


def _read_older(file: Path) -> dict[str, Any]:
    from scipy.io import loadmat

    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        found = loadmat(file, mat_dtype=True)
    if any(issubclass(w.category, np.exceptions.ComplexWarning) for w in caught):
        # With the class that MATLAB shows, complex numbers have lost their imaginary parts.
        whole = loadmat(file, mat_dtype=False)
        found |= {
            n: v for n, v in whole.items() if isinstance(v, np.ndarray) and v.dtype.kind == "c"
        }
    return found


def _is_plain(value: Any) -> bool:
    # A char array has the kind U, a cell array O, a struct V; complex numbers are not expected.
    return type(value) is np.ndarray and value.dtype.kind in "biuf"
