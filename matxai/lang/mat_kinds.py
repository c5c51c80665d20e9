"""What a file is before it is read: a .mat file of a version, or something else under that name."""

from __future__ import annotations

import os
import struct
from pathlib import Path

from matxai.arguments import describe
from matxai.lang.mat_foreign import foreign_kind, foreign_zip

__all__ = [
    "MatFileError",
    "described_bytes",
    "level4_header",
    "level4_order",
    "mat_version",
]

_HDF5 = b"\x89HDF\r\n\x1a\n"
_START = 4096
_HEADER = 128
_LEVEL4_HEADER = 20
_LONGEST_NAME = 4096


class MatFileError(ValueError):
    """A file is no .mat file, is damaged or cut short, or holds more than memory has room for.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> from matxai import MatFileError, load
    >>> with tempfile.TemporaryDirectory() as home:
    ...     file = Path(home, "net.mat")
    ...     _ = file.write_text("<!DOCTYPE html><title>Not found</title>")
    ...     try:
    ...         load(file)
    ...     except MatFileError as error:
    ...         print(error)
    load: '...net.mat' is no .mat file: it is a page of HTML. The download failed: fetch the file
    again.
    """


def mat_version(path: str | os.PathLike[str], function: str = "load") -> str:
    """Tell the version of a .mat file, or say what a file is that is none.

    Parameters
    ----------
    path : str or path
        The file.
    function : str, optional
        The function that the error speaks of.

    Returns
    -------
    {"4", "5", "7.3"}
        The format: "5" is that of ``save`` with "-v6" and "-v7" as well.

    Raises
    ------
    MatFileError
        If it is no .mat file; the message says what it is.
    """
    path = Path(path)
    if not path.is_file():
        raise MatFileError(f"{function}: {str(path)!r} is no file: it is a folder or a device.")
    with path.open("rb") as file:
        start = file.read(_START)
    version = _version(start, path.stat().st_size)
    if version is not None:
        return version
    raise MatFileError(f"{function}: {str(path)!r} {_what_else(path, start)}.")


def level4_order(header: bytes) -> str:
    """Tell the order of bytes of a file of version 4, "<" or ">", by how it begins."""
    # The type has four decimal digits, and is far larger when read the wrong way round.
    return "<" if 0 <= struct.unpack("<i", header[:4])[0] <= 5000 else ">"


def level4_header(header: bytes, order: str) -> tuple[int, int, int, int, int] | None:
    """Read the 20 bytes in front of a variable of version 4; None if they cannot be that.

    Returns
    -------
    tuple of int
        The type (MOPT), rows, columns, whether complex, and the length of the name.
    """
    numbers = struct.unpack(order + "5i", header[:_LEVEL4_HEADER])
    kind, rows, columns, imaginary, name = numbers
    machine, unused, precision, matrix = (kind // d % 10 for d in (1000, 100, 10, 1))
    # Machines: little endian, big endian, and three that are in museums.
    plausible = 0 <= kind <= 4052 and machine <= 4 and not unused and precision <= 5
    plausible = plausible and matrix <= 2 and rows >= 0 <= columns and imaginary in (0, 1)
    return numbers if plausible and 1 <= name <= _LONGEST_NAME else None


def _version(start: bytes, size: int) -> str | None:
    if 0 in start[:4]:
        # All readers take this for version 4; the text that the others begin with has no zeros.
        whole = len(start) >= _LEVEL4_HEADER
        return "4" if whole and level4_header(start, level4_order(start)) else None
    order = {b"IM": "<", b"MI": ">"}.get(start[126:128])
    if order:
        major = struct.unpack(order + "H", start[124:126])[0] >> 8
        if major == 1:
            return "5"
        if major == 2 and (start[512:520] == _HDF5 or size <= 520):
            return "7.3"
    return None


def _what_else(path: Path, start: bytes) -> str:
    """Say of a file that is no .mat file what it is, in words that follow its name."""
    none = "is no .mat file: it is"
    if not start:
        return "is empty: it has 0 bytes. A download or copy of it may have failed"
    if any(start[i : i + 8] == _HDF5 for i in (0, 512, 1024, 2048)):
        return f"{none} {_hdf5_kind(path)}"
    if start.startswith(b"PK\x03\x04"):
        return f"{none} {foreign_zip(path)}"
    if start.startswith(b"MATLAB ") and len(start) < _HEADER:
        return f"is cut short: it has {len(start)} bytes, and the header alone has {_HEADER}"
    if start[126:128] in (b"IM", b"MI") and start.startswith(b"MATLAB "):
        return (
            f"is of a version of .mat files that is not known, {described_bytes(start[124:126])}; "
            f"versions 4, 5 to 7, and 7.3 are"
        )
    return f"{none} {foreign_kind(start) or f'begins with {described_bytes(start[:16])}'}".replace(
        "it is begins", "it begins"
    )


def _hdf5_kind(path: Path) -> str:
    import h5py

    general = "an HDF5 file, but not MATLAB's"
    try:
        with h5py.File(path, "r") as file:
            names, marks = set(file), set(file.attrs)
            if {"keras_version", "layer_names"} & marks or "model_weights" in names:
                return f"{general}: it holds a network of Keras"
            if any(_is_octave(file, name) for name in names):
                return f'{general}: it is GNU Octave\'s. Save it there with save("-v7", …)'
    except (OSError, RuntimeError, KeyError, ValueError, TypeError):
        return f"{general}, and cut short or damaged"
    return general


def _is_octave(file: object, name: str) -> bool:
    import h5py

    # Links to other files are not followed.
    if not isinstance(file.get(name, getlink=True), h5py.HardLink):
        return False
    return "OCTAVE_NEW_FORMAT" in file[name].attrs


def described_bytes(some: bytes) -> str:
    """Write a few bytes for an error message.

    Examples
    --------
    >>> described_bytes(b"MAT 5")
    "the bytes 4d 41 54 20 35 (b'MAT 5')"
    """
    return f"the bytes {some.hex(' ')} ({describe(some)})"
