"""The images that imtile and montage are given: stacks, lists, files, datastores."""

from __future__ import annotations

import os
from typing import Any

import numpy as np

from matxai.images.checks import image_array

__all__ = ["frames_of"]


def frames_of(value: Any, name: str) -> list[tuple[np.ndarray | None, np.ndarray | None]]:
    """Return the images, each with its own colormap if it has one; None is a blank tile."""
    files = getattr(value, "Files", None)
    if files is not None:
        return [(value.readimage(i + 1), None) for i in range(len(files))]
    if isinstance(value, (str, os.PathLike)):
        return [_file(value)]
    parts = value if isinstance(value, (list, tuple)) else None
    if isinstance(value, np.ndarray) and value.dtype.kind in "OUT":
        parts = value.ravel().tolist()
    if parts is not None and any(_is_image(part) for part in parts):
        return [_part(part, f"{name}[{i}]") for i, part in enumerate(parts)]
    stack = image_array(value, name)
    if stack.ndim == 3 and stack.shape[2] != 3:
        stack = stack[:, :, None, :]
    if stack.ndim == 2 or (stack.ndim == 3 and stack.shape[2] == 3):
        stack = stack[..., None] if stack.ndim == 3 else stack[:, :, None, None]
    if stack.ndim != 4 or stack.shape[2] not in (1, 3):
        raise ValueError(
            f"{name} must be images, H×W×1×K or H×W×3×K, or H×W×K with K other than 3, but has the "
            f"shape {stack.shape}."
        )
    return [(_flat(stack[..., i]), None) for i in range(stack.shape[3])]


def _is_image(part: Any) -> bool:
    """Tell an image in a cell array from a row of a matrix that is given as lists."""
    if part is None or isinstance(part, (str, os.PathLike)):
        return True
    return isinstance(part, np.ndarray) and part.ndim >= 2


def _part(part: Any, name: str) -> tuple[np.ndarray | None, np.ndarray | None]:
    if isinstance(part, (str, os.PathLike)):
        return _file(part)
    if part is None or np.size(part) == 0:
        return None, None
    image = image_array(part, name)
    if image.ndim > 3 or (image.ndim == 3 and image.shape[2] not in (1, 3)):
        raise ValueError(f"{name} must be H×W or H×W×3, but has the shape {image.shape}.")
    return _flat(image), None


def _file(path: Any) -> tuple[np.ndarray, np.ndarray | None]:
    from matxai.images.files import imread

    image, table = imread(path, nargout=2)
    return image, table if table.size else None


def _flat(image: np.ndarray) -> np.ndarray:
    return image[:, :, 0] if image.ndim == 3 and image.shape[2] == 1 else image
