"""Pictures of figures: ``saveas``, ``exportgraphics`` and ``print_``."""

from __future__ import annotations

import io
import os
from pathlib import Path
from typing import Any

import numpy as np

from matxai.arguments import describe, one_of, real_scalar
from matxai.calling import matlab_function
from matxai.files import write_whole
from matxai.graphics.containers import AxesHandle, axes_of, figure_of, handle_from
from matxai.graphics.state import axes_state, current_figure
from matxai.graphics.tiling import LayoutHandle
from matxai.images.colours import colour

__all__ = ["exportgraphics", "figure_holding", "print_", "saveas"]

# What MATLAB calls the formats, and what matplotlib calls them.
_FORMATS = {
    "png": "png",
    "jpg": "jpeg",
    "jpeg": "jpeg",
    "tif": "tiff",
    "tiff": "tiff",
    "bmp": "bmp",
    "pdf": "pdf",
    "svg": "svg",
    "eps": "eps",
    "epsc": "eps",
}
_VECTOR = ("pdf", "svg", "eps")
_RESOLUTION = 150
_MARGIN = 0.03


def _path(value: Any, name: str) -> Path:
    if not isinstance(value, (str, os.PathLike)) or value == "":
        raise TypeError(f"{name} must be the path of a file, but is {describe(value)}.")
    return Path(value)


def _format_of(word: str, name: str) -> str:
    known = _FORMATS.get(word.lower())
    if known is None:
        formats = ", ".join(sorted(_FORMATS))
        raise ValueError(f"{name} must be one of {formats}, but is {word!r}.")
    return known


def figure_holding(value: Any, name: str) -> Any:
    """Give the figure of matplotlib of a figure, its number, or of what is in it."""
    if isinstance(value, LayoutHandle):
        return value.figure
    handle = value if isinstance(value, (int, np.integer)) else handle_from(value)
    parent = getattr(handle, "Parent", None) if hasattr(type(handle), "Parent") else None
    return figure_holding(parent, name) if parent is not None else figure_of(handle, name)


def _write(figure: Any, path: Path, kind: str, **options: Any) -> None:
    if kind != "bmp":
        # What is written to a file in parts could end in the middle: it is made in memory.
        picture = io.BytesIO()
        figure.savefig(picture, format=kind, **options)
        write_whole(path, lambda file: file.write(picture.getvalue()))
        return
    from PIL import Image

    picture = io.BytesIO()
    figure.savefig(picture, format="png", **options)
    with Image.open(picture) as image:
        write_whole(path, lambda file: image.convert("RGB").save(file, format="BMP"))


@matlab_function(accepts={"filename": _path})
def saveas(fig, filename, formattype=None):
    """Save a figure as a file.

    Parameters
    ----------
    fig : handle or int
        The figure, or something in it.
    filename : str or path-like
        Path of the file; its extension says the format unless `formattype` does.
    formattype : str, optional
        "png", "jpg", "tif", "bmp", "pdf", "svg", "eps" or "epsc".

    Raises
    ------
    TypeError, ValueError
        If `fig` is no figure, or the format is unknown; MATLAB's own ``.fig`` cannot be written.

    See Also
    --------
    exportgraphics : cropped to what is drawn, with a resolution.

    Notes
    -----
    Documented behaviour: 150 pixels an inch, so 875×656 pixels for a figure of the first size.
    The file is written whole or not at all.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> from matxai import close, gcf, imread, imshow, saveas
    >>> h = imshow([[0, 1]])
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     saveas(gcf(), Path(folder, "map.png"))
    ...     imread(Path(folder, "map.png")).shape
    (656, 875, 3)
    >>> close("all")
    """
    figure = figure_holding(fig, "saveas: fig")
    if formattype is not None:
        kind = _format_of(formattype, "saveas: formattype")
        if not filename.suffix:
            filename = filename.with_name(f"{filename.name}.{formattype.lower()}")
    else:
        kind = _format_of(filename.suffix[1:], "saveas: the extension of filename")
    _write(figure, filename, kind, dpi=_RESOLUTION)


def _background(value: Any, name: str) -> Any:
    if isinstance(value, str) and value.lower() == "current":
        return "current"
    return colour(value, name)


@matlab_function(
    accepts={
        "filename": _path,
        "Resolution": real_scalar,
        "ContentType": one_of("auto", "image", "vector"),
        "BackgroundColor": _background,
    }
)
def exportgraphics(obj, filename, *, Resolution=150, ContentType="auto", BackgroundColor="white"):
    """Save what is drawn in axes or a figure as a file, cropped to it.

    Parameters
    ----------
    obj : handle or int
        Axes, with their colour bar; or a figure, or a tiled layout.
    filename : str or path-like
        Path of the file: .png, .jpg, .tif, .pdf, .eps or .svg.
    Resolution : float
        Pixels an inch.
    ContentType : {"auto", "vector", "image"}
        "vector" is for .pdf, .eps and .svg, "image" for the others.
    BackgroundColor : colour, "none" or "current"
        What stands behind the axes.

    Raises
    ------
    TypeError, ValueError
        If an argument is wrong, the format is unknown, or is not of that ContentType.

    See Also
    --------
    saveas : the whole figure.

    Notes
    -----
    Documented behaviour. Chosen: the margin is 0.03 inches. The file is written whole or not at
    all.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> from matxai import close, exportgraphics, gca, imshow
    >>> h = imshow([[0, 1]])
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     exportgraphics(gca(), Path(folder, "map.png"), Resolution=300)
    ...     [file.name for file in Path(folder).iterdir()]
    ['map.png']
    >>> close("all")
    """
    kind = _format_of(filename.suffix[1:], "exportgraphics: the extension of filename")
    if ContentType != "auto" and (ContentType == "vector") != (kind in _VECTOR):
        raise ValueError(
            f"exportgraphics: ContentType must be {'vector' if kind in _VECTOR else 'image'!r} or "
            f"'auto' for {filename.suffix!r} files, but is {ContentType!r}."
        )
    if Resolution <= 0:
        raise ValueError(f"exportgraphics: Resolution must be positive, but is {Resolution:g}.")
    figure = figure_holding(obj, "exportgraphics: obj")
    handle = handle_from(obj)
    crop = "tight"
    if isinstance(handle, AxesHandle):
        crop = _crop_to(axes_of(handle, "exportgraphics: obj"))
    look = {} if BackgroundColor == "current" else {"facecolor": BackgroundColor}
    _write(figure, filename, kind, dpi=Resolution, bbox_inches=crop, pad_inches=_MARGIN, **look)


def _crop_to(axes: Any) -> Any:
    """Give the box around axes and their colour bar, in inches."""
    from matplotlib.transforms import Bbox

    figure = axes.figure
    figure.draw_without_rendering()
    bar = axes_state(axes).bar
    boxes = [a.get_tightbbox() for a in (axes, bar.ax if bar is not None else axes)]
    return Bbox.union(boxes).transformed(figure.dpi_scale_trans.inverted()).padded(_MARGIN)


@matlab_function()
def print_(*args):
    """Save a figure as a file, as MATLAB's ``print`` does.

    Parameters
    ----------
    *args
        The figure, by default the current one; the path of the file; "-dpng", "-djpeg", "-dpdf",
        …, by default from the extension; "-r300" for 300 pixels an inch, 150 by default. All in
        any order.

    Raises
    ------
    TypeError, ValueError
        If the path is missing, or an option is unknown.

    See Also
    --------
    saveas : without options.

    Notes
    -----
    ``print`` is Python's own, hence the underscore. "-depsc" and "-dtiff" are known; without a
    path MATLAB prints on paper, which is an error here.
    """
    figure, path, kind, resolution = current_figure(), None, None, float(_RESOLUTION)
    for arg in args:
        if isinstance(arg, str) and arg.startswith("-d"):
            kind = arg[2:]
        elif isinstance(arg, str) and arg.startswith("-r") and arg[2:].isdigit():
            resolution = float(arg[2:]) or float(_RESOLUTION)
        elif isinstance(arg, str) and arg.startswith("-") and arg not in ("-image", "-vector"):
            raise ValueError(f"print_: {arg!r} is not one of its options: -d<format>, -r<number>.")
        elif isinstance(arg, (str, os.PathLike)):
            path = path if isinstance(arg, str) and arg.startswith("-") else Path(arg)
        else:
            figure = figure_holding(arg, "print_: fig")
    if path is None:
        raise TypeError('print_: filename is missing. Call print_("map.png", "-r300").')
    name = "print_: the format" if kind else "print_: the extension of filename"
    known = _format_of(kind or path.suffix[1:], name)
    if not path.suffix:
        path = path.with_name(f"{path.name}.{'jpg' if known == 'jpeg' else known}")
    _write(figure, path, known, dpi=resolution)
