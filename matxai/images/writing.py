"""imwrite: images into files."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from matxai.arguments import describe, one_of, real_scalar
from matxai.calling import matlab_function
from matxai.files import write_whole
from matxai.images.checks import colour_image, colourmap, two_dimensional
from matxai.images.converting import as_class
from matxai.images.indexed import rows_of

if TYPE_CHECKING:
    from PIL import Image

__all__ = ["imwrite"]

# Pillow's names of the formats, by the extensions that MATLAB knows.
_FORMATS = {
    "png": "PNG",
    "jpg": "JPEG",
    "jpeg": "JPEG",
    "bmp": "BMP",
    "tif": "TIFF",
    "tiff": "TIFF",
    "gif": "GIF",
}
_format = one_of(*_FORMATS)


def _quality(value: Any, name: str) -> int:
    number = real_scalar(value, name)
    if not 0 <= number <= 100:
        raise ValueError(f"{name} must be 0 to 100, but is {describe(value)}.")
    return round(number)


@matlab_function(accepts={"Quality": _quality, "Alpha": two_dimensional})
def imwrite(A, *where, Quality=75, Alpha=None):
    """Write an image to a file.

    Parameters
    ----------
    A : array_like, shape (H, W) or (H, W, 3)
        Grey, RGB or binary image, or indices of a colormap: from 1 in floats, from 0 in integers.
        Floats go from 0 to 1 and are written as 8 bits, ×255 and rounded; truth values are
        written as 1 bit, in JPEG as 8; uint16 grey images as 16 bits, in PNG and TIFF.
    *where : str or path-like, and others
        ``imwrite(A, filename)``, ``imwrite(A, filename, fmt)``, and with a K×3 colormap before
        the file's name ``imwrite(A, map, filename)``, ``imwrite(A, map, filename, fmt)``. The
        format is "png", "jpg", "bmp", "tif" or "gif"; without `fmt` the extension says which.
    Quality : float, default 75
        Quality of JPEG files, 0 to 100.
    Alpha : array_like, shape (H, W), optional
        For PNG: 0 where the image is transparent.

    Raises
    ------
    TypeError
        If `A` holds no numbers or has a class that the format does not take, or no file is named.
    ValueError
        If `A` is neither grey nor RGB, the format is unknown or takes no such image, or an option
        is out of its range.

    See Also
    --------
    imread : read the file.

    Notes
    -----
    Documented. Lossless formats come back by `imread` as they were. Chosen: the folder is made if
    need be, and a failure leaves an earlier file as it was. Pillow writes no images of 16
    bits with several channels, Alpha being one, so these are refused.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> from matxai import imread, imwrite
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder, "ramp.png")
    ...     imwrite([[0, 0.5, 1]], file)
    ...     imread(file)
    array([[  0, 128, 255]], dtype=uint8)
    """
    path, kind, table = _where(where)
    if Alpha is not None and kind != "PNG":
        raise ValueError("imwrite: Alpha is for PNG files only.")
    image = _indexed(A, table, kind) if table is not None else _plain(_checked(A), kind, Alpha)
    options = {"quality": Quality} if kind == "JPEG" else {}
    write_whole(path, lambda file: image.save(file, format=kind, **options))


def _checked(value: Any) -> np.ndarray:
    try:
        return colour_image(value, "A")
    except (TypeError, ValueError) as error:
        raise type(error)(f"imwrite: {error}") from None


def _where(where: tuple[Any, ...]) -> tuple[Path, str, np.ndarray | None]:
    """Take apart what stands behind the image: path, format, colormap."""
    rest = list(where)
    table = None
    if rest and not isinstance(rest[0], (str, os.PathLike)):
        try:
            table = colourmap(rest.pop(0), "map")
        except (TypeError, ValueError) as error:
            raise type(error)(f"imwrite: {error}") from None
    if not 1 <= len(rest) <= 2 or not isinstance(rest[0], (str, os.PathLike)) or not str(rest[0]):
        raise TypeError(
            "imwrite: filename is missing. Call imwrite(A, filename) or imwrite(A, map, filename)."
        )
    path = Path(rest[0]).expanduser()
    extension = rest[1] if len(rest) == 2 else path.suffix[1:]
    if not isinstance(extension, str) or extension.lower() not in _FORMATS:
        raise ValueError(
            f"imwrite: the format must be one of {', '.join(_FORMATS)}, but is "
            f"{describe(extension)}. It is the extension of the file, or the last argument."
        )
    return path, _FORMATS[extension.lower()], table


def _plain(A: np.ndarray, kind: str, alpha: np.ndarray | None) -> Image.Image:
    from PIL import Image

    if A.dtype.kind == "f":
        A = as_class(A, np.uint8)
    if A.dtype == bool and (kind in ("JPEG", "GIF") or A.ndim == 3 or alpha is not None):
        A = as_class(A, np.uint8)
    deep = A.dtype == np.uint16 and A.ndim == 2 and kind in ("PNG", "TIFF") and alpha is None
    if A.dtype not in (np.uint8, bool) and not deep:
        raise TypeError(
            f"imwrite: A must be uint8, logical, single or double for this {kind} file, or uint16 "
            f"where it is grey and the file PNG or TIFF, but is {describe(A)}. Use im2uint8(A)."
        )
    if kind == "GIF" and A.ndim == 3:
        raise ValueError("imwrite: GIF files take grey or indexed images, but A is RGB.")
    if alpha is None:
        return Image.fromarray(np.ascontiguousarray(A))
    if alpha.shape != A.shape[:2]:
        raise ValueError(
            f"imwrite: Alpha must have the size of A, {A.shape[:2]}, but has the shape "
            f"{alpha.shape}."
        )
    return Image.fromarray(np.dstack([A, as_class(alpha, np.uint8)]))


def _indexed(value: Any, table: np.ndarray, kind: str) -> Image.Image:
    from PIL import Image

    A = _checked(value)
    if A.ndim != 2 or len(table) > 256:
        raise ValueError(
            f"imwrite: A must be H×W and map have at most 256 colours, but A has the shape "
            f"{A.shape} and map has {len(table)} colours."
        )
    rows = rows_of(A, table)
    colours = as_class(table, np.uint8)
    if kind == "JPEG":
        return Image.fromarray(colours[rows])
    image = Image.fromarray(rows.astype(np.uint8))
    image.putpalette(colours.tobytes())
    return image
