"""Several images as tiles of one: imtile, montage."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, isnan, sqrt
from typing import Any

import numpy as np

from matxai.arguments import describe, numeric_array
from matxai.calling import matlab_function
from matxai.images.checks import colourmap, from_zero, one_or_two
from matxai.images.converting import as_class
from matxai.images.indexed import rows_of
from matxai.images.overlays import rgb_colour, true_colour
from matxai.images.resize import resize
from matxai.images.tile_frames import frames_of

__all__ = ["imtile", "montage"]


def _size_or_nan(value: Any, name: str) -> tuple[float, float] | None:
    """Check [rows, columns], of which one may be NaN."""
    if value is None or np.size(value) == 0:
        return None
    numbers = numeric_array(value, name).astype(np.float64).reshape(-1)
    fits = np.isnan(numbers) | ((numbers >= 1) & (numbers == np.floor(numbers)))
    if numbers.size != 2 or not fits.all() or np.isinf(numbers).any():
        raise ValueError(
            f"{name} must be [rows, columns], of which one may be NaN, but is {describe(value)}."
        )
    return float(numbers[0]), float(numbers[1])


def _border(value: Any, name: str) -> tuple[int, int]:
    return tuple(int(n) for n in one_or_two(from_zero)(value, name))


def _chosen(value: Any, name: str) -> np.ndarray | None:
    """Check which frames to show: numbers from 1, or truth values."""
    if value is None or np.size(value) == 0:
        return None
    array = numeric_array(value, name).reshape(-1)
    places = np.flatnonzero(array) if array.dtype == bool else array - 1
    if not ((places >= 0) & (places == np.floor(places))).all():
        raise ValueError(f"{name} must be numbers of images, from 1, but is {describe(value)}.")
    return places.astype(np.int64)


_CHECKS = {
    "I": frames_of,
    "map": colourmap,
    "BackgroundColor": rgb_colour,
    "BorderSize": _border,
    "Frames": _chosen,
    "GridSize": _size_or_nan,
    "ThumbnailSize": _size_or_nan,
}


@matlab_function("out", accepts=_CHECKS)
def imtile(
    I,  # noqa: E741
    map=None,
    *,
    BackgroundColor=(0, 0, 0),
    BorderSize=(0, 0),
    Frames=None,
    GridSize=None,
    ThumbnailSize=None,
):
    """Put several images into one, as tiles.

    Parameters
    ----------
    I : array_like, shape (H, W, 1, K) or (H, W, 3, K), or list, or imageDatastore
        K images; also H×W×K for K other than 3, or a list of images or names of files, which may
        differ in size and class; None is a blank tile.
    map : array_like, shape (N, 3), optional
        Colormap for all images that are not RGB.
    BackgroundColor : str or [r, g, b], default "black"
        Colour of borders and empty tiles.
    BorderSize : int or [rows, columns], default [0, 0]
        Pixels around each tile.
    Frames : array_like, optional
        Which images to show, counted from 1, in this order.
    GridSize : [rows, columns], optional
        Numbers of tiles; one can be NaN. By default the result is nearly square.
    ThumbnailSize : [rows, columns], optional
        Size of the tiles; one can be NaN. By default that of the first image. Images are resized
        to fit into them, without being distorted.

    Returns
    -------
    numpy.ndarray, shape (rows, columns) or (rows, columns, 3)
        The tiles, from left to right, then from top to bottom. RGB if one of the images is, or the
        background is not grey. Its class is that of the images, or double if they differ.

    Raises
    ------
    TypeError
        If `I` holds no images.
    ValueError
        If an image is neither grey nor RGB, the grid has too few tiles, or an option is out of
        its range.

    See Also
    --------
    montage : show the tiles.

    Notes
    -----
    Documented. Chosen: an H×W×3 array is one RGB image; there are ⌈√(K·H/W)⌉ columns, K tiles of
    H×W pixels; borders are on all four sides of each tile; images are resized as by `imresize`
    and stand in the middle of their tile; too few tiles are an error.

    Examples
    --------
    >>> import numpy as np
    >>> from matxai import imtile
    >>> imtile(np.arange(1, 4, dtype=np.uint8).reshape(1, 1, 1, 3))
    array([[1, 2],
           [3, 0]], dtype=uint8)
    """
    return _tiled("imtile", I, map, BackgroundColor, BorderSize, Frames, GridSize, ThumbnailSize)


def _tiled(
    function: str,
    frames: list[tuple[np.ndarray | None, np.ndarray | None]],
    table: np.ndarray | None,
    background: Any,
    border: tuple[int, int],
    chosen: np.ndarray | None,
    grid: tuple[float, float] | None,
    thumbnail: tuple[float, float] | None,
) -> np.ndarray:
    if chosen is not None:
        if chosen.max() >= len(frames):
            raise ValueError(
                f"{function}: Frames must be 1 to {len(frames)}, but holds {chosen.max() + 1}."
            )
        frames = [frames[i] for i in chosen]
    images = _of_one_kind([_coloured(*frame, table) for frame in frames], background)
    known = [image for image in images if image is not None]
    if not known:
        raise ValueError(f"{function}: I must hold at least one image that is not empty.")
    height, width = _thumbnail(known[0].shape, thumbnail)
    rows, columns = _grid(len(images), (height, width), grid, function)
    down, across = border
    colour = as_class(np.asarray(background, dtype=np.float64), known[0].dtype)
    if known[0].dtype == bool:
        colour = np.asarray(background) >= 0.5
    step_down, step_across = height + 2 * down, width + 2 * across
    tail = known[0].shape[2:]
    out = np.empty((rows * step_down, columns * step_across, *tail), known[0].dtype)
    out[...] = colour if tail else colour[0]
    for i, image in enumerate(images):
        if image is None:
            continue
        small = _fitted(image, height, width)
        top = i // columns * step_down + down + (height - small.shape[0]) // 2
        left = i % columns * step_across + across + (width - small.shape[1]) // 2
        out[top : top + small.shape[0], left : left + small.shape[1]] = small
    return out


def _coloured(
    image: np.ndarray | None, own: np.ndarray | None, table: np.ndarray | None
) -> np.ndarray | None:
    """Look up the colours of an indexed image."""
    colours = own if table is None else table
    if image is None or image.ndim == 3 or colours is None:
        return image
    return colours[rows_of(image, colours)]


def _of_one_kind(images: Sequence[np.ndarray | None], background: Any) -> list[np.ndarray | None]:
    """Bring images to one class and one number of channels."""
    known = [image for image in images if image is not None]
    if len({image.dtype for image in known}) > 1:
        images = [None if image is None else as_class(image, np.float64) for image in images]
    shades = set(np.asarray(background, dtype=np.float64).tolist())
    if len(shades) > 1 or any(image.ndim == 3 for image in known):
        images = [None if image is None else true_colour(image) for image in images]
    return list(images)


def _thumbnail(shape: tuple[int, ...], size: tuple[float, float] | None) -> tuple[int, int]:
    if size is None or (isnan(size[0]) and isnan(size[1])):
        return shape[0], shape[1]
    rows, columns = size
    if isnan(rows):
        rows = ceil(columns * shape[0] / shape[1])
    if isnan(columns):
        columns = ceil(rows * shape[1] / shape[0])
    return int(rows), int(columns)


def _grid(
    count: int, tile: tuple[int, int], size: tuple[float, float] | None, function: str
) -> tuple[int, int]:
    rows, columns = (np.nan, np.nan) if size is None else size
    if isnan(columns):
        nearly_square = ceil(round(sqrt(count * tile[0] / tile[1]), 9))
        columns = min(nearly_square, count) if isnan(rows) else ceil(count / rows)
    if isnan(rows):
        rows = ceil(count / columns)
    if rows * columns < count:
        raise ValueError(
            f"{function}: GridSize must have room for {count} images, but is {int(rows)}×"
            f"{int(columns)}. Frames says which images are shown."
        )
    return int(rows), int(columns)


def _fitted(image: np.ndarray, height: int, width: int) -> np.ndarray:
    """Resize an image such that it fits into a tile."""
    if image.shape[:2] == (height, width):
        return image
    scale = min(height / image.shape[0], width / image.shape[1])
    target = tuple(
        min(max(1, round(n * scale)), most)
        for n, most in zip(image.shape[:2], (height, width), strict=True)
    )
    made = resize(image, target, "bicubic", None)
    return np.clip(made, 0, 1) if made.dtype.kind == "f" else made


_SHOWN = {k: c for k, c in _CHECKS.items() if k not in ("Frames", "GridSize")}


@matlab_function("img", accepts=_SHOWN | {"Size": _size_or_nan, "Indices": _chosen})
def montage(
    I,  # noqa: E741
    map=None,
    *,
    BackgroundColor=(0, 0, 0),
    BorderSize=(0, 0),
    DisplayRange=None,
    Indices=None,
    Interpolation="nearest",
    Parent=None,
    Size=None,
    ThumbnailSize=None,
):
    """Show several images as tiles of one.

    Parameters
    ----------
    I, map, BackgroundColor, BorderSize, ThumbnailSize
        As for `imtile`.
    DisplayRange : [low, high] or [], optional
        Values shown as black and white of grey images; empty for the least and the greatest.
    Indices : array_like, optional
        Which images to show, counted from 1.
    Interpolation : {"nearest", "bilinear"}
        Between pixels.
    Parent : handle, optional
        Axes to draw in; by default the current ones.
    Size : [rows, columns], optional
        Numbers of tiles; one can be NaN.

    Returns
    -------
    ImageHandle
        As `imshow` returns; its CData are the tiles.

    Raises
    ------
    TypeError, ValueError
        As by `imtile` and `imshow`.

    Notes
    -----
    Documented: see `imtile`.

    Examples
    --------
    >>> import numpy as np
    >>> from matxai import close, montage
    >>> h = montage(np.zeros((4, 4, 1, 6)), "Size", [2, 3])
    >>> h.CData.shape
    (8, 12)
    >>> close("all")
    """
    from matxai.graphics.showing import imshow

    tiles = _tiled("montage", I, map, BackgroundColor, BorderSize, Indices, Size, ThumbnailSize)
    return imshow(tiles, DisplayRange=DisplayRange, Interpolation=Interpolation, Parent=Parent)
