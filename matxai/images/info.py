"""imfinfo: what a file says about its image."""

from __future__ import annotations

import time
from typing import Any

from matxai.calling import matlab_function
from matxai.images.files import _path
from matxai.lang.structs import struct

__all__ = ["imfinfo"]

_FORMATS = {"JPEG": "jpg", "TIFF": "tif"}
_BITS = {"1": 1, "I;16": 16, "I;16B": 16, "I": 32, "F": 32}


@matlab_function("info", accepts={"filename": _path})
def imfinfo(filename):
    """Tell the size and kind of an image without reading its pixels.

    Parameters
    ----------
    filename : str or path-like
        Path of the file.

    Returns
    -------
    struct, or list of struct
        Filename, FileModDate, FileSize, Format, Width, Height, BitDepth, the bits of all channels
        of a pixel, and ColorType: "grayscale", "truecolor", "indexed" or "CMYK". A list for a file
        with several images.

    Raises
    ------
    TypeError
        If `filename` is no path.
    FileNotFoundError
        If there is no such file.
    ValueError
        If it is no image.

    Notes
    -----
    Documented fields; MATLAB's struct has more of them, depending on the format.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> from matxai import imfinfo, imwrite
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder, "grey.png")
    ...     imwrite([[0, 0.5, 1]], file)
    ...     info = imfinfo(file)
    >>> info.Width, info.Height, info.ColorType
    (3, 1, 'grayscale')
    """
    from PIL import Image, UnidentifiedImageError

    if not filename.is_file():
        raise FileNotFoundError(f"imfinfo: there is no file {str(filename)!r}.")
    try:
        with Image.open(filename) as image:
            infos = []
            for frame in range(getattr(image, "n_frames", 1)):
                image.seek(frame)
                infos.append(_frame(filename, image))
    except (UnidentifiedImageError, OSError, SyntaxError, EOFError) as error:
        raise ValueError(f"imfinfo: {str(filename)!r} is no readable image: {error}") from None
    return infos[0] if len(infos) == 1 else infos


def _frame(path: Any, image: Any) -> struct:
    stat = path.stat()
    bands = image.getbands()
    kinds = {"P": "indexed", "PA": "indexed", "CMYK": "CMYK"}
    grey = "grayscale" if len(bands) < 3 else "truecolor"
    return struct(
        Filename=str(path.absolute()),
        FileModDate=time.strftime("%d-%b-%Y %H:%M:%S", time.localtime(stat.st_mtime)),
        FileSize=stat.st_size,
        Format=_FORMATS.get(image.format, image.format.lower()),
        Width=image.width,
        Height=image.height,
        BitDepth=_BITS.get(image.mode, 8 * len(bands)),
        ColorType=kinds.get(image.mode, grey),
    )
