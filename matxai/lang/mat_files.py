"""load and save: variables in .mat files."""

from __future__ import annotations

import fnmatch
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from matxai.arguments import describe
from matxai.calling import matlab_function
from matxai.files import write_whole
from matxai.lang.mat_checks import MatFileError, check_mat_file
from matxai.lang.mat_values import from_mat, to_mat
from matxai.lang.paths import path_text
from matxai.lang.structs import struct

__all__ = ["load", "save"]

_VERSIONS = {"-v4": "4", "-v6": "5", "-v7": "5", "-v7.3": "7.3"}
_OBJECTS = "MatlabOpaque", "MatlabFunction", "MatlabObject"


@matlab_function("S", accepts={"filename": path_text})
def load(filename: str, *variables: str) -> Any:
    """Read variables from a .mat file.

    Parameters
    ----------
    filename : str
        The file; ".mat" can be left out. A file with another extension is read as a matrix in
        text.
    *variables : str
        Names of the variables to read, ``*`` standing for anything; all by default.

    Returns
    -------
    struct
        The variables, as fields: MATLAB's ``S = load(…)``. Scalars are NumPy scalars of their
        class, vectors 1-D arrays, character vectors texts, cell arrays lists (of the rows, if
        there are several rows and columns), structs structs, and struct arrays lists of them.

    Raises
    ------
    FileNotFoundError
        If there is no such file.
    MatFileError
        If it is no .mat file (the message says what it is), is damaged or cut short, or if its
        values would take more than half of the machine's memory and more than 1 GiB. It is a
        ValueError.

    Warns
    -----
    UserWarning
        If there is no variable of a name, as in MATLAB.

    Notes
    -----
    MATLAB's ``load x`` puts the variables into the workspace; Python cannot: ``S = load("x")`` and
    then ``S.name``. Files of version 7.3, and objects such as strings, labels and tables, are read
    with mat-io. Networks, layer graphs and arrays of layers come out as such, see
    :func:`matxai.importNetworkFromMAT`; other objects as mat-io gives them. Files written by GNU
    Octave are read as they were written; no other evidence but that of SciPy and mat-io
    themselves.

    Chosen: before a file is read, its sizes are held against the data that is there and against
    the limit. No code in a file is ever run, and no other file is opened on its behalf: function
    handles and objects that are not known stay data.

    Examples
    --------
    >>> import os, tempfile
    >>> from matxai import load, save, struct
    >>> with tempfile.TemporaryDirectory() as home:
    ...     file = os.path.join(home, "result.mat")
    ...     save(file, struct("scores", [0.25, 0.7], "name", "dog"))
    ...     S = load(file)
    >>> S.name, S.scores
    ('dog', array([0.25, 0.7 ]))
    """
    path = Path(filename)
    if not path.exists() and not path.suffix:
        path = path.with_suffix(".mat")
    if not path.exists():
        raise FileNotFoundError(f"load: there is no file {str(path)!r}.")
    if path.suffix.lower() != ".mat":
        return np.loadtxt(path, comments="%", ndmin=1)
    found = _read(path, "load")
    if variables:
        found = _chosen(found, variables, path)
    with _reading(path, "load"):
        return struct({name: from_mat(value) for name, value in found.items()})


@matlab_function(accepts={"filename": path_text})
def save(filename: str, *variables: Any) -> None:
    """Write variables into a .mat file.

    Parameters
    ----------
    filename : str
        The file; ".mat" can be left out.
    *variables : struct or dict, and optionally "-v7.3", "-v7", "-v6" or "-append"
        The variables under their names: a Python function cannot see its caller's variables, so
        MATLAB's ``save("f.mat", "x", "y")`` is ``save("f.mat", {"x": x, "y": y})``. "-struct" in
        front of a struct says the same.

    Raises
    ------
    TypeError
        If no variables are given, or one cannot be written.

    Notes
    -----
    1-D arrays are written as columns, numbers and lists of Python as double, texts as character
    vectors, lists as cell arrays, labels and arrays of texts as cell arrays of texts, and tables as
    structs, since only MATLAB writes its objects. Version 7 by default, as in MATLAB.

    Examples
    --------
    >>> import os, tempfile
    >>> from matxai import load, save
    >>> with tempfile.TemporaryDirectory() as home:
    ...     file = os.path.join(home, "result")
    ...     save(file, {"map": [[1, 2], [3, 4]]})
    ...     load(file).map
    array([[1., 2.],
           [3., 4.]])
    """
    path = Path(filename)
    path = path if path.suffix else path.with_suffix(".mat")
    words = [v.lower() for v in variables if isinstance(v, str)]
    given = [v for v in variables if not isinstance(v, str)]
    strange = [w for w in words if w not in (*_VERSIONS, "-struct", "-append", "-nocompression")]
    if strange or not given or not all(isinstance(v, (Mapping, struct)) for v in given):
        wrong = strange or [v for v in given if not isinstance(v, (Mapping, struct))]
        raise TypeError(
            f"save: variables are given with their names, save(f, {{'x': x}}) or save(f, S) with "
            f"a struct S, but {describe(wrong[0]) if wrong else 'nothing'} is given."
        )
    contents: dict[str, Any] = {}
    if "-append" in words and path.exists():
        contents |= _read(path, "save")
    for value in given:
        named = vars(value) if isinstance(value, struct) else value
        contents |= {str(name): to_mat(item, str(name)) for name, item in named.items()}
    version = next((_VERSIONS[w] for w in words if w in _VERSIONS), "5")
    _write(path, contents, version, compressed="-v6" not in words and "-nocompression" not in words)


def _read(path: Path, function: str) -> dict[str, Any]:
    # The readers in C believe what a file says: only what is checked comes to them.
    version = check_mat_file(path, function)
    with _reading(path, function), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = _read_objects(path) if version == "7.3" else _read_older(path)
    return {n: v for n, v in found.items() if not n.startswith("__")}


@contextmanager
def _reading(path: Path, function: str) -> Iterator[None]:
    """Turn errors of readers into one kind: they raise whatever a contradiction leads to."""
    try:
        yield
    except Exception as error:
        raise MatFileError(f"{function}: {str(path)!r} cannot be read: {error}.") from error


def _read_older(path: Path) -> dict[str, Any]:
    from scipy.io import loadmat

    # chars_as_strings makes texts; mat_dtype keeps the classes that MATLAB shows, but leaves
    # imaginary parts out, with a warning.
    with warnings.catch_warnings():
        warnings.simplefilter("error", np.exceptions.ComplexWarning)
        try:
            found = loadmat(path, mat_dtype=True)
        except np.exceptions.ComplexWarning:
            return _read_objects(path)
    kinds = {type(value).__name__ for value in found.values()}
    if kinds & set(_OBJECTS) or "__function_workspace__" in found:
        return _read_objects(path)
    return found


def _read_objects(path: Path) -> dict[str, Any]:
    from matxai.lang.mat_objects import objects_in

    return objects_in(path)


def _mat_io() -> Any:
    # Its import sets an option of pandas that newer ones warn of.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import matio
    return matio


def _chosen(found: dict[str, Any], wanted: Any, path: Path) -> dict[str, Any]:
    names: list[str] = []
    for name in wanted:
        matching = fnmatch.filter(found, name)
        if not matching:
            warnings.warn(f"load: the file {str(path)!r} has no variable {name!r}.", stacklevel=5)
        names += matching
    return {name: found[name] for name in dict.fromkeys(names)}


def _write(path: Path, contents: dict[str, Any], version: str, compressed: bool) -> None:
    if version == "7.3":
        path.parent.mkdir(parents=True, exist_ok=True)
        _mat_io().save_to_mat(str(path), contents, version="v7.3")
        return
    from scipy.io import savemat

    def write(file: Any) -> None:
        if version == "4":
            savemat(file, contents, format="4")
        else:
            savemat(file, contents, do_compression=compressed, long_field_names=True)

    write_whole(path, write)
