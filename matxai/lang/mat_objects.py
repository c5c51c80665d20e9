"""What is in a .mat file: its variables as plain values, and objects with their true classes."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from matxai.lang.mat_checks import MatFileError, check_mat_file

__all__ = ["MatObject", "checked_objects", "objects_in", "plain"]


@dataclass(frozen=True)
class MatObject:
    """An object of one of MATLAB's classes: data, of which nothing is ever run.

    Attributes
    ----------
    kind : str
        Its class.
    properties : mapping of str to object
        What was saved of it; what the class returned for saving, if that is one struct.
    """

    kind: str
    properties: Mapping[str, Any]


def checked_objects(path: Path, function: str) -> dict[str, Any]:
    """Read the variables of a .mat file of any version, once its sizes are checked.

    Parameters
    ----------
    path : Path
        The file.
    function : str
        Who asks, for errors.

    Raises
    ------
    MatFileError
        If it is no .mat file, is damaged, or would take too much memory.
    """
    version = check_mat_file(path, function)
    try:
        return _read_version_4(path) if version == "4" else objects_in(path)
    except Exception as error:
        # The reader raises whatever the contradiction leads to that it stumbles over.
        raise MatFileError(f"{function}: {str(path)!r} cannot be read: {error}.") from error


def objects_in(path: Path) -> dict[str, Any]:
    """Read the variables of a .mat file of version 5 or 7.3, whose sizes are checked already.

    Returns
    -------
    dict of str to object
        As mat-io gives them, but objects know their own class. mat-io calls each element of an
        array of objects by the class of the array, `nnet.cnn.layer.Layer` for layers of all kinds;
        the file's table of objects has the class of each.
    """
    with warnings.catch_warnings():
        # What cannot be read stays what it is, and is told of where it is needed. And mat-io sets
        # an option of pandas that pandas warns of.
        warnings.simplefilter("ignore")
        from matio.utils.matheaders import MAT_FILE_VERSIONS, read_mat_header

        offset, version, byte_order = read_mat_header(str(path))
        if version == MAT_FILE_VERSIONS.HDF:
            found, subsystem = _read_hdf5(path, byte_order)
        else:
            found, subsystem = _read_version_5(path, offset, byte_order)
        for number, value in _objects(subsystem):
            value.classname = subsystem.get_classname(subsystem.get_object_metadata(number)[0])
    return {name: value for name, value in found.items() if not name.startswith("__")}


def _read_version_4(path: Path) -> dict[str, Any]:
    """Read a file of the time before there were objects."""
    from scipy.io import loadmat

    return {n: v for n, v in loadmat(path).items() if not n.startswith("__")}


def _read_version_5(path: Path, offset: int, byte_order: str) -> tuple[dict[str, Any], Any]:
    from matio.v5.matreader5 import MatFile5Reader, read_subsystem

    with path.open("rb") as file:
        subsystem = read_subsystem(file, offset, byte_order, False, False)
        reader = MatFile5Reader(file, byte_order=byte_order, subsystem=subsystem)
        return reader.get_variables(None), subsystem


def _read_hdf5(path: Path, byte_order: str) -> tuple[dict[str, Any], Any]:
    import h5py
    from matio.v7.matreader7 import MatRead7, read_subsystem

    with h5py.File(path, "r") as file:
        subsystem = read_subsystem(file, byte_order, False, False)
        return MatRead7(file, subsystem).get_variables(None), subsystem


def _objects(subsystem: Any) -> list[tuple[int, Any]]:
    from matio.utils.matclass import MatlabOpaque

    found = {} if subsystem is None else subsystem.mcos_object_cache
    return [(n, value) for n, value in found.items() if isinstance(value, MatlabOpaque)]


def plain(value: Any, known: dict[int, MatObject] | None = None) -> Any:
    """Turn what mat-io gives into texts, arrays, lists (of cells), mappings and objects.

    Struct arrays and arrays of objects of more or less than one element become lists. Labels and
    tables stay what mat-io makes of them.

    Parameters
    ----------
    value : object
        What mat-io gives.
    known : dict of int to MatObject, optional
        The objects that were turned already: handles can hold each other.
    """
    from matio.utils.matclass import MatlabOpaque, MatlabOpaqueArray

    known = {} if known is None else known
    if isinstance(value, MatlabOpaque):
        return known[id(value)] if id(value) in known else _plain_object(value, known)
    if not isinstance(value, np.ndarray):
        return value
    if isinstance(value, MatlabOpaqueArray):
        return [plain(item, known) for item in value.ravel(order="F")]
    if value.dtype.names:
        names = value.dtype.names
        rows = [{n: plain(row[n], known) for n in names} for row in value.ravel(order="F")]
        return rows[0] if len(rows) == 1 else rows
    if value.dtype.kind in "UST":
        return str(value.reshape(-1)[0]) if value.size == 1 else list(map(str, value.ravel()))
    if value.dtype.kind == "O":
        return [plain(item, known) for item in value.ravel(order="F")]
    return value


def _plain_object(value: Any, known: dict[int, MatObject]) -> MatObject:
    found: dict[str, Any] = {}
    known[id(value)] = made = MatObject(value.classname, found)
    # Of no element, or of one that was deleted, there are no properties.
    if isinstance(value.properties, Mapping):
        found |= {name: plain(item, known) for name, item in value.properties.items()}
        saved = found.pop("any", None)
        if isinstance(saved, Mapping):
            # What the class chose to save stands beside what the class has by default.
            found |= saved
    return made
