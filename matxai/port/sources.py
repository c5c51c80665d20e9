"""Files of MATLAB code as text, whatever their encoding, live scripts included."""

from __future__ import annotations

import io
import os
import zipfile
import zlib
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from pathlib import Path

from .errors import PortError
from .live_scripts import live_text

__all__ = ["decoded", "read_source"]

_LARGEST_FILE = 20_000_000
_LARGEST_DOCUMENT = 50_000_000
_DOCUMENT = "matlab/document.xml"
_BYTES_OF_ZIP = b"PK\x03\x04"
# As many of the bytes as this are zero in texts of UTF-16 without a mark.
_ZEROS = 0.3


def read_source(path: str | os.PathLike[str]) -> str:
    r"""Read a file of MATLAB code.

    Parameters
    ----------
    path : str or path
        A ``.m`` file in UTF-8, UTF-16 or a Windows code page of western Europe, or a live script,
        ``.mlx``, of which the text becomes comments.

    Returns
    -------
    str
        The code, with ``\n`` at the ends of its lines.

    Raises
    ------
    FileNotFoundError
        There is no such file.
    PortError
        It is no file of MATLAB code, or larger than 20 MB.
    """
    file = Path(path)
    if not file.is_file():
        raise FileNotFoundError(f"there is no file {str(path)!r}.")
    with file.open("rb") as stream:
        data = stream.read(_LARGEST_FILE + 1)
    if len(data) > _LARGEST_FILE:
        raise PortError(f"{str(path)!r} is larger than {_LARGEST_FILE // 1_000_000} MB.")
    if data.startswith(_BYTES_OF_ZIP) or file.suffix.lower() == ".mlx":
        return live_text(_document(data, str(path)), str(path))
    try:
        text = decoded(data)
    except PortError as error:
        raise PortError(f"{str(path)!r}: {error}") from error
    return text.replace("\r\n", "\n").replace("\r", "\n")


def decoded(data: bytes) -> str:
    """Decode the bytes of a program.

    Parameters
    ----------
    data : bytes
        UTF-8 or UTF-16, with a byte order mark or without, or what Windows in western Europe
        writes.

    Returns
    -------
    str

    Raises
    ------
    PortError
        They are binary.
    """
    for mark, encoding in (
        (BOM_UTF8, "utf-8-sig"),
        (BOM_UTF16_LE, "utf-16"),
        (BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            return _strictly(data, encoding)
    for start, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        zeros, others = data[start::2].count(0), data[1 - start :: 2].count(0)
        if len(data) % 2 == 0 and zeros > _ZEROS * len(data) / 2 and not others:
            return _strictly(data, encoding)
    if 0 in data:
        raise PortError("no MATLAB program: there are zero bytes in it, as in binary files.")
    for encoding in ("utf-8", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise PortError(f"no MATLAB program: it begins as {encoding}, and is none.") from error


def _document(data: bytes, path: str) -> bytes:
    """Unpack the document of a live script."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open(_DOCUMENT) as document:
            xml = document.read(_LARGEST_DOCUMENT + 1)
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, EOFError,
            zlib.error) as error:  # fmt: skip
        raise PortError(f"{path!r} is no live script: {error}.") from error
    if len(xml) > _LARGEST_DOCUMENT:
        raise PortError(
            f"the document in {path!r} is larger than {_LARGEST_DOCUMENT // 1_000_000} MB."
        )
    return xml
