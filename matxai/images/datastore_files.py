"""Which files a datastore holds, and what the folders they lie in are called."""

from __future__ import annotations

import glob
import os
from typing import Any

from matxai.arguments import describe, texts

__all__ = ["EXTENSIONS", "extensions", "files_at", "folder_names", "locations"]

EXTENSIONS = (".bmp", ".gif", ".jpeg", ".jpg", ".png", ".ppm", ".pgm", ".pbm", ".tif", ".tiff")


def locations(value: Any, name: str) -> list[str]:
    """Check paths of files or folders: one or several."""
    if isinstance(value, os.PathLike):
        value = os.fspath(value)
    if isinstance(value, (list, tuple)):
        value = [os.fspath(v) if isinstance(v, os.PathLike) else v for v in value]
    found = [os.path.expanduser(v) for v in texts(value, name)]
    if not found or not all(found):
        raise ValueError(f"{name} must be files or folders, but is {describe(value)}.")
    return found


def extensions(value: Any, name: str) -> tuple[str, ...]:
    """Check endings of file names, such as ".jpg"."""
    found = tuple(v.lower() for v in texts(value, name))
    wrong = [v for v in found if not v.startswith(".")]
    if wrong:
        raise ValueError(f"{name} must be endings such as '.jpg', but holds {wrong[0]!r}.")
    return found


def files_at(
    places: list[str], endings: tuple[str, ...] | None, subfolders: bool, function: str
) -> list[str]:
    """List the image files: those of folders sorted, others as they are given.

    Raises
    ------
    FileNotFoundError
        If there is no such file or folder, or no image in it.
    """
    found: list[str] = []
    for place in places:
        if os.path.isdir(place):
            found += _in_folder(place, endings or EXTENSIONS, subfolders)
        elif os.path.isfile(place):
            found += _with_ending([place], endings)
        else:
            matching = sorted(glob.glob(place))
            if not matching:
                raise FileNotFoundError(
                    f"{function}: location must be files or folders that exist, but there is no "
                    f"{place!r}."
                )
            found += _with_ending([m for m in matching if os.path.isfile(m)], endings)
    if not found:
        raise FileNotFoundError(
            f"{function}: there is no image file ({', '.join(endings or EXTENSIONS)}) in "
            f"{describe(places)}. Images in folders below are found with IncludeSubfolders=true."
        )
    return [os.path.abspath(file) for file in found]


def _in_folder(folder: str, endings: tuple[str, ...], subfolders: bool) -> list[str]:
    files: list[str] = []
    for path, folders, names in os.walk(folder):
        folders.sort()
        files += [os.path.join(path, name) for name in names]
        if not subfolders:
            break
    return sorted(_with_ending(files, endings))


def _with_ending(files: list[str], endings: tuple[str, ...] | None) -> list[str]:
    return [f for f in files if endings is None or f.lower().endswith(endings)]


def folder_names(files: list[str]) -> list[str]:
    """Name the folder that each file lies in."""
    return [os.path.basename(os.path.dirname(file)) for file in files]
