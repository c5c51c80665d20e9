"""Read image files into arrays, as MATLAB lays them out."""

from __future__ import annotations

import os
import struct
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from matxai.arguments import describe
from matxai.calling import matlab_function

if TYPE_CHECKING:
    from PIL import Image

__all__ = ["imread"]

# Modes whose colours are multiplied by the alpha channel, and the modes where they are not.
_UNMULTIPLIED = {"La": "LA", "RGBa": "RGBA"}

_TIFF_SAMPLE_FORMAT, _TIFF_SIGNED = 339, 2

# What Pillow raises for files that end too early or hold nonsense.
_DAMAGE = (OSError, EOFError, SyntaxError, ValueError, IndexError, struct.error, zlib.error)


def _path(value: Any, name: str) -> Path:
    if not isinstance(value, (str, os.PathLike)) or value == "":
        raise TypeError(f"{name} must be the path of a file, but is {describe(value)}.")
    return Path(value)


@matlab_function("A", "map", "transparency", accepts={"filename": _path})
def imread(filename, *, nargout=1):
    """Read an image file.

    Parameters
    ----------
    filename : str or path-like
        Path of the file: JPEG, PNG, BMP, GIF, TIFF or whatever else Pillow reads. Of a file with
        several images, the first is read.

    Returns
    -------
    A : numpy.ndarray, shape (H, W), (H, W, 3) or (H, W, 4)
        The image: H×W for grey and indexed images, H×W×3 for colours, H×W×4 for CMYK. The class
        is what the file holds: uint8, uint16, bool for one bit, int32 or single. It is writable
        and C-ordered.
    map : numpy.ndarray of float64, shape (K, 3)
        Colormap of an indexed image, from 0 to 1, with ``nargout=2``; `A` then holds indices that
        start at 0, as in MATLAB. Empty, 0×0, for other images.
    transparency : numpy.ndarray, shape (H, W)
        Alpha channel, 0 where the image is transparent, with ``nargout=3``. Empty, 0×0, for an
        image without.

    Raises
    ------
    TypeError
        If `filename` is no path.
    FileNotFoundError
        If there is no such file.
    ValueError
        If the file is no image, is truncated or damaged, has more than 8 bits for each of several
        channels, which Pillow would cut to 8, or holds signed 8-bit integers, which Pillow
        misreads.

    Notes
    -----
    Exact: two JPEG files are decoded to MATLAB's values, as far as the images resized from them
    show. Chosen: CMYK is 0 where there is no ink; grey images of 2 or 4 bits are stretched to the
    range of uint8. The orientation that a camera wrote into the file is not applied, as in MATLAB.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> import numpy as np
    >>> from PIL import Image
    >>> from matxai import imread
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder, "ramp.png")
    ...     Image.fromarray(np.array([[0, 128, 255]], dtype=np.uint8)).save(file)
    ...     imread(file)
    array([[  0, 128, 255]], dtype=uint8)
    """
    from PIL import Image, UnidentifiedImageError

    if not filename.exists():
        raise FileNotFoundError(f"imread: there is no file {str(filename)!r}.")
    if not filename.is_file():
        raise ValueError(f"imread: filename must be a file, but {str(filename)!r} is a folder.")
    try:
        with Image.open(filename) as image:
            _refuse_deep_channels(image)
            _refuse_signed_bytes(image)
            stored = _stored_as(image)
            image.load()
            plain = image.convert(_UNMULTIPLIED.get(image.mode, image.mode))
            return _pixels(plain, stored), _colormap(plain), _alpha(plain)
    except UnidentifiedImageError:
        raise ValueError(
            f"imread: {str(filename)!r} is no image of a known format, or is truncated within "
            f"its header."
        ) from None
    except Image.DecompressionBombError as error:
        raise ValueError(f"imread: {str(filename)!r} is too large: {error}") from None
    except PermissionError:
        raise
    except _Unsupported as error:
        raise ValueError(f"imread: {str(filename)!r} {error}") from None
    except _DAMAGE as error:
        raise ValueError(f"imread: {str(filename)!r} is truncated or damaged: {error}.") from None


class _Unsupported(Exception):
    """The file is an image, but would not be read faithfully."""


def _stored_as(image: Image.Image) -> str:
    """Tell how the file stores pixels, in Pillow's notation, such as "RGB;16B"."""
    if not image.tile:
        return image.mode
    arguments = image.tile[0][3]
    arguments = arguments if isinstance(arguments, tuple) else (arguments,)
    return next((a for a in arguments if isinstance(a, str)), image.mode)


def _refuse_deep_channels(image: Image.Image) -> None:
    if len(image.getbands()) > 1 and ";16" in _stored_as(image):
        raise _Unsupported(
            "has 16 bits per channel in several channels, of which Pillow would drop 8: save its "
            "channels as grey images, or convert it to 8 bits first."
        )


def _refuse_signed_bytes(image: Image.Image) -> None:
    formats = np.atleast_1d(getattr(image, "tag_v2", {}).get(_TIFF_SAMPLE_FORMAT, 1))
    if image.mode == "L" and _TIFF_SIGNED in formats:
        raise _Unsupported(
            "holds signed 8-bit integers, which Pillow reads as unsigned: save it as 16 bits."
        )


def _pixels(image: Image.Image, stored: str) -> np.ndarray:
    if image.mode in ("LA", "PA"):
        return np.array(image.getchannel(0))
    if image.mode in ("RGBA", "RGBX", "YCbCr", "HSV"):
        return np.array(image.convert("RGB"))
    pixels = np.array(image)
    if image.mode == "I":
        return _narrowed(pixels, stored)
    return pixels.astype(pixels.dtype.newbyteorder("="), copy=False)


def _narrowed(pixels: np.ndarray, stored: str) -> np.ndarray:
    """Undo that Pillow reads several integer classes into int32."""
    signed = "S" in stored
    if "16" in stored:
        return pixels.astype(np.int16 if signed else np.uint16)
    return pixels if signed else pixels.view(np.uint32)


def _colormap(image: Image.Image) -> np.ndarray:
    if image.mode not in ("P", "PA"):
        return np.empty((0, 0))
    return np.array(image.getpalette("RGB"), dtype=np.float64).reshape(-1, 3) / 255


def _alpha(image: Image.Image) -> np.ndarray:
    single_colour = "transparency" in image.info and image.mode in ("1", "L", "P", "RGB")
    if not single_colour and image.getbands()[-1] != "A":
        return np.empty((0, 0))
    return np.array(image.convert("RGBA").getchannel("A"))
