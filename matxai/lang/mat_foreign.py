"""What a file is that is no .mat file, by how it begins: only public descriptions of formats."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable
from pathlib import Path

__all__ = ["foreign_kind", "foreign_zip"]

_ONNX = "an ONNX network. importNetworkFromONNX reads it"
_DOWNLOAD = "The download failed: fetch the file again"
_UNPACK = "Unpack it first"

# How a file begins; what it then is, and what can be done.
_MAGIC = (
    (b"\x1f\x8b", f"compressed with gzip. {_UNPACK}"),
    (b"BZh", f"compressed with bzip2. {_UNPACK}"),
    (b"\xfd7zXZ\x00", f"compressed with xz. {_UNPACK}"),
    (b"7z\xbc\xaf\x27\x1c", f"a 7z archive. {_UNPACK}"),
    (b"Rar!\x1a\x07", f"a RAR archive. {_UNPACK}"),
    (b"\x89PNG\r\n\x1a\n", "a PNG image. imread reads it"),
    (b"\xff\xd8\xff", "a JPEG image. imread reads it"),
    (b"GIF8", "a GIF image. imread reads it"),
    (b"%PDF-", "a PDF document"),
    (b"\x93NUMPY", "an array of NumPy. numpy.load reads it"),
    (b"\x80\x02", "a pickle of Python, such as older files of PyTorch"),
    (b"\x80\x04", "a pickle of Python"),
    (b"\x80\x05", "a pickle of Python"),
    (b"CDF\x01", "a netCDF file"),
    (b"CDF\x02", "a netCDF file"),
    (b"Octave-1-", 'a binary file of GNU Octave. Save it there with save("-v7", …)'),
)
# After the marks of a protobuf message's first field, the version of ONNX's format.
_PROTOBUF_ONNX = re.compile(rb"\x08[\x01-\x20][\x12\x1a\x22\x28\x32\x3a\x42]")
_P_CODE = re.compile(rb"v\d\d\.\d\dv\d\d\.\d\d")
_TEXTS = (
    (
        re.compile(r"version https://git-lfs\.github\.com/spec/v1"),
        "a pointer of Git LFS, in whose place the file itself comes with: git lfs pull",
    ),
    (re.compile(r"<(!doctype\s+html|html|head|body)\b", re.I), f"a page of HTML. {_DOWNLOAD}"),
    (re.compile(r"<\?xml\b|<[A-Za-z]"), f"XML. If an error of a server stands in it: {_DOWNLOAD}"),
    (
        re.compile(r"# Created by Octave"),
        'a text file of GNU Octave. Save it there with save("-v7", …)',
    ),
    (re.compile(r"[{\[]"), "text, JSON perhaps"),
    (
        re.compile(r"(%[^\n]*\s+)*(function|classdef|clear|close|clc|%)"),
        "MATLAB source code, which belongs into a .m file",
    ),
    (
        re.compile(r"[-+\d.eEIiNnFfAa,;\s]+$"),
        "numbers in text. load reads them under another extension, such as .txt",
    ),
)


def foreign_kind(start: bytes) -> str | None:
    """Say what a file is that begins so; None if that is not known.

    Parameters
    ----------
    start : bytes
        The beginning of the file, a thousand bytes or so.

    Returns
    -------
    str or None
        What it is and what can be done, in words that follow "it is".

    Examples
    --------
    >>> foreign_kind(b"%PDF-1.7")
    'a PDF document'
    """
    if _P_CODE.match(start):
        return "an encrypted function (p-code), which holds no data and runs only in MATLAB"
    for magic, kind in _MAGIC:
        if start.startswith(magic):
            return kind
    if _PROTOBUF_ONNX.match(start):
        return _ONNX
    text = _as_text(start)
    if text is None:
        return None
    for pattern, kind in _TEXTS:
        if pattern.match(text.lstrip()):
            return kind
    return "text"


def _as_text(start: bytes) -> str | None:
    """Read the beginning of a file as text, if it is that."""
    for mark, codec in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"", "utf-8-sig")):
        if start.startswith(mark):
            # A character can be cut in two at the end.
            text = start[: len(start) // 2 * 2].decode(codec, errors="ignore")
            strange = sum(not (c.isprintable() or c.isspace()) for c in text)
            lost = len(start) - len(text.encode(codec, errors="ignore"))
            return text if text and not strange and lost <= 4 else None
    return None


def foreign_zip(path: Path) -> str:
    """Say what a zip file is by the names of the files in it.

    Parameters
    ----------
    path : pathlib.Path
        The file.

    Returns
    -------
    str
        What it is and what can be done, in words that follow "it is".
    """
    try:
        with zipfile.ZipFile(path) as archive:
            return _zip_kind(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return "a damaged zip archive, perhaps cut short"


def _zip_kind(names: Iterable[str]) -> str:
    found = set(names)
    if any(name.startswith("appdesigner/") for name in found):
        return "an app of MATLAB's App Designer (.mlapp)"
    if "matlab/document.xml" in found:
        return "a live script of MATLAB's (.mlx). Save it there as .m"
    if any(name.startswith("simulink/") for name in found):
        return "a Simulink model (.slx)"
    if any(name.endswith("/data.pkl") for name in found):
        return "a file of PyTorch"
    if found and all(name.endswith(".npy") for name in found):
        return "arrays of NumPy (.npz). numpy.load reads them"
    if any(name.endswith(".weights.h5") for name in found):
        return "a network of Keras (.keras)"
    inside = sorted(name for name in found if name.lower().endswith((".mat", ".onnx")))
    holds = f", which holds {inside[0][:80]!r}" if inside else ""
    return f"a zip archive{holds}. {_UNPACK}"
