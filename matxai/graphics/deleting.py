"""``delete``: graphics objects, or files."""

from __future__ import annotations

import glob
import os
import warnings
from typing import Any

import numpy as np

from matxai.arguments import describe
from matxai.calling import matlab_function
from matxai.graphics.axes_handles import AxesHandle
from matxai.graphics.figure_handles import FigureHandle
from matxai.graphics.handles import Handle
from matxai.graphics.shading import recolour
from matxai.graphics.state import axes_state, figure_state, forget_figure, remove_axes

__all__ = ["delete"]


@matlab_function()
def delete(*args):
    """Delete graphics objects, or files.

    Parameters
    ----------
    *args : handle, list of handles, or str
        The objects; or paths of files, in which ``*`` stands for anything.

    Raises
    ------
    TypeError
        If an argument is neither.
    ValueError
        If a path is that of a folder: ``rmdir`` removes these.

    Warns
    -----
    UserWarning
        If there is no such file.

    Notes
    -----
    Documented.

    Examples
    --------
    >>> from matxai import close, delete, gca, line
    >>> delete(line([1, 2], [1, 2]))
    >>> gca().Children
    []
    >>> close("all")
    """
    for arg in args:
        items = arg if isinstance(arg, (list, tuple)) else [arg]
        items = arg.reshape(-1).tolist() if isinstance(arg, np.ndarray) else items
        for item in items:
            if isinstance(item, str):
                _delete_files(os.path.expanduser(item))
            elif isinstance(item, Handle):
                _delete_object(item)
            else:
                raise TypeError(
                    f"delete: expected a graphics object, such as line() returns, or the path of "
                    f"a file, but got {describe(item)}."
                )


def _delete_files(path: str) -> None:
    wild = any(mark in path for mark in "*?")
    found = [p for p in glob.glob(path) if os.path.isfile(p)] if wild else [path]
    for each in found:
        if os.path.isdir(each):
            raise ValueError(f"delete: {each!r} is a folder: rmdir removes it.")
        if os.path.isfile(each):
            os.remove(each)
        else:
            warnings.warn(f"File '{each}' not found.", stacklevel=4)


def _delete_object(handle: Any) -> None:
    artist = handle._artist
    if isinstance(handle, FigureHandle):
        forget_figure(figure_state(artist).number)
        return
    if isinstance(handle, AxesHandle):
        if artist.figure is not None:
            remove_axes(artist)
        return
    axes = getattr(artist, "axes", None)
    container = getattr(handle, "_container", artist)
    parts = [artist, getattr(handle, "_lines", None)] if container is artist else [container]
    for part in parts:
        if part is not None:
            _remove(part)
    if axes is not None:
        state = axes_state(axes)
        state.images = [image for image in state.images if image is not handle]
        recolour(axes)


def _remove(part: Any) -> None:
    try:
        part.remove()
    except (ValueError, NotImplementedError, AttributeError):
        # It is gone already, with the axes that it was in.
        return
