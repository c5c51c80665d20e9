"""What regions are like: regionprops."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from matxai.arguments import describe
from matxai.calling import matlab_function
from matxai.images.checks import two_dimensional
from matxai.images.components import pixel_lists
from matxai.images.regions import bwlabel
from matxai.lang.structs import struct

__all__ = ["regionprops"]


@dataclass(frozen=True)
class _Region:
    """Pixels of a region: their rows and columns counted from 1, and their grey values."""

    indices: np.ndarray
    rows: np.ndarray
    columns: np.ndarray
    values: np.ndarray | None

    def box(self) -> tuple[int, int, int, int]:
        """Give the first column and row, and the numbers of columns and rows."""
        if not self.rows.size:
            return 0, 0, 0, 0
        left, top = int(self.columns.min()), int(self.rows.min())
        return left, top, int(np.ptp(self.columns)) + 1, int(np.ptp(self.rows)) + 1

    def image(self) -> np.ndarray:
        """Cut the region out."""
        left, top, width, height = self.box()
        made = np.zeros((height, width), dtype=bool)
        made[self.rows - top, self.columns - left] = True
        return made

    def grey(self) -> np.ndarray:
        if self.values is None:
            raise ValueError(
                "regionprops: grey values are asked for, but there is no grey image: call "
                "regionprops(BW, I, properties)."
            )
        return self.values


def _centroid(r: _Region) -> np.ndarray:
    if not r.rows.size:
        return np.full(2, np.nan)
    return np.array([r.columns.mean(), r.rows.mean()])


def _weighted(r: _Region) -> np.ndarray:
    weights = r.grey().astype(np.float64)
    with np.errstate(invalid="ignore"):
        sums = np.array([(r.columns * weights).sum(), (r.rows * weights).sum()])
        return sums / weights.sum()


def _bounding_box(r: _Region) -> np.ndarray:
    left, top, width, height = r.box()
    return np.array([left - 0.5 if width else 0.5, top - 0.5 if height else 0.5, width, height])


def _ellipse(r: _Region) -> tuple[float, float, float]:
    """Give the axes and the angle of the ellipse with the same second moments."""
    if not r.rows.size:
        return 0.0, 0.0, 0.0
    x, y = r.columns - r.columns.mean(), r.rows.mean() - r.rows
    # A pixel has an extent of its own: its second moment is 1/12.
    xx, yy, xy = (x * x).mean() + 1 / 12, (y * y).mean() + 1 / 12, (x * y).mean()
    spread = np.hypot(xx - yy, 2 * xy)
    long, short = (float(2 * np.sqrt(2) * np.sqrt(xx + yy + s)) for s in (spread, -spread))
    return long, short, float(np.degrees(np.arctan2(2 * xy, xx - yy)) / 2)


def _eccentricity(r: _Region) -> float:
    long, short, _ = _ellipse(r)
    return float(np.sqrt(max(0.0, 1 - (short / long) ** 2))) if long else 0.0


def _orientation(r: _Region) -> float:
    angle = _ellipse(r)[2]
    return 90.0 if angle == -90 else angle


def _filled(r: _Region) -> np.ndarray:
    from scipy import ndimage

    return ndimage.binary_fill_holes(r.image())


def _hull(r: _Region) -> np.ndarray:
    from skimage.morphology import convex_hull_image

    image = r.image()
    return convex_hull_image(image) if min(image.shape, default=0) > 1 else image


def _extent(r: _Region) -> float:
    _, _, width, height = r.box()
    return len(r.rows) / (width * height) if width else float("nan")


def _euler(r: _Region) -> float:
    from skimage.measure import euler_number

    return float(euler_number(r.image(), connectivity=2)) if r.rows.size else 0.0


_BASIC = ("Area", "Centroid", "BoundingBox")
_PROPERTIES: dict[str, Callable[[_Region], Any]] = {
    "Area": lambda r: float(len(r.rows)),
    "Centroid": _centroid,
    "BoundingBox": _bounding_box,
    "MajorAxisLength": lambda r: _ellipse(r)[0],
    "MinorAxisLength": lambda r: _ellipse(r)[1],
    "Eccentricity": _eccentricity,
    "Orientation": _orientation,
    "ConvexImage": _hull,
    "ConvexArea": lambda r: float(_hull(r).sum()),
    "Solidity": lambda r: len(r.rows) / _hull(r).sum() if len(r.rows) else float("nan"),
    "EquivDiameter": lambda r: float(np.sqrt(4 * len(r.rows) / np.pi)),
    "Extent": _extent,
    "EulerNumber": _euler,
    "Image": lambda r: r.image(),
    "FilledImage": _filled,
    "FilledArea": lambda r: float(_filled(r).sum()),
    "PixelIdxList": lambda r: r.indices,
    "PixelList": lambda r: np.stack([r.columns, r.rows], axis=1),
    "PixelValues": lambda r: r.grey(),
    "MeanIntensity": lambda r: float(r.grey().mean()) if len(r.rows) else float("nan"),
    "MinIntensity": lambda r: r.grey().min(),
    "MaxIntensity": lambda r: r.grey().max(),
    "WeightedCentroid": _weighted,
}


@matlab_function("stats")
def regionprops(BW, *args):
    """Measure the connected regions of an image.

    Parameters
    ----------
    BW : array_like of bool, shape (H, W); or label matrix, or struct
        Binary image of truth values, whose regions are 8-connected; numbers are labels of
        regions; or what ``bwconncomp`` returns.
    *args
        A grey image of the same size, perhaps; then "table" or "struct", perhaps; then the
        properties, as texts or a list: "Area", "Centroid", "BoundingBox", "MajorAxisLength",
        "MinorAxisLength", "Eccentricity", "Orientation", "ConvexArea", "ConvexImage", "Solidity",
        "EquivDiameter", "Extent", "EulerNumber", "Image", "FilledImage", "FilledArea",
        "PixelIdxList", "PixelList", and of the grey image "PixelValues", "MeanIntensity",
        "MinIntensity", "MaxIntensity", "WeightedCentroid". "basic", as by default, are the first
        three.

    Returns
    -------
    list of struct, or table
        One struct, or row, for each region, with the properties. Places are [x, y], counted from
        1; BoundingBox is [x, y, width, height] with the upper left corner of its first pixel,
        such as 0.5.

    Raises
    ------
    TypeError
        If `BW` is no image.
    ValueError
        If a property is not there: the message lists those that are.

    Notes
    -----
    Documented; held against GNU Octave's image package. ConvexArea, ConvexImage and Solidity are
    scikit-image's, which can differ by pixels at the rim. Perimeter and what is made of it are not
    there: how MATLAB counts is not documented.

    Examples
    --------
    >>> import numpy as np
    >>> from matxai import regionprops
    >>> stats = regionprops(np.array([[0, 1, 1], [0, 1, 1]]) > 0)
    >>> stats[0].Area, stats[0].Centroid, stats[0].BoundingBox
    (4.0, array([2.5, 1.5]), array([1.5, 0.5, 2. , 2. ]))
    """
    lists, size = _regions(BW)
    rest = [item for arg in args for item in _listed(arg)]
    grey = None
    if rest and not isinstance(rest[0], str):
        grey = two_dimensional(rest.pop(0), "regionprops: I")
        if grey.shape != size:
            raise ValueError(
                f"regionprops: I must have the size of BW, {size}, but has {grey.shape}."
            )
    form = rest.pop(0).lower() if rest and _is_form(rest[0]) else "struct"
    names = _names(rest)
    regions = [_region(indices, size, grey) for indices in lists]
    columns = {name: [_PROPERTIES[name](r) for r in regions] for name in names}
    if form == "table":
        return _as_table(columns)
    return [struct({n: columns[n][k] for n in names}) for k in range(len(regions))]


def _regions(BW: Any) -> tuple[list[np.ndarray], tuple[int, int]]:
    if isinstance(BW, struct) and "PixelIdxList" in BW:
        size = tuple(int(n) for n in np.ravel(BW.ImageSize))
        return [np.asarray(p).reshape(-1).astype(np.int64) for p in BW.PixelIdxList], size
    labels = two_dimensional(BW, "regionprops: BW")
    if labels.dtype == bool:
        found, count = bwlabel(labels, nargout=2)
        return pixel_lists(found, count), labels.shape
    if (labels < 0).any() or (labels != np.floor(labels)).any():
        raise ValueError(
            f"regionprops: a label matrix must hold integers from 0, but the first argument is "
            f"{describe(labels)}. A binary image is one of truth values: BW > 0."
        )
    return pixel_lists(labels.astype(np.int64), int(labels.max())), labels.shape


def _listed(arg: Any) -> list[Any]:
    if isinstance(arg, (list, tuple)) and all(isinstance(item, str) for item in arg):
        return list(arg)
    if isinstance(arg, np.ndarray) and arg.dtype.kind in "OU":
        return arg.reshape(-1).tolist()
    return [arg]


def _is_form(word: Any) -> bool:
    return isinstance(word, str) and word.lower() in ("struct", "table")


def _names(given: list[Any]) -> list[str]:
    known = {name.lower(): name for name in _PROPERTIES}
    names: list[str] = []
    for word in given or ["basic"]:
        if not isinstance(word, str):
            raise TypeError(f"regionprops: properties must be texts, not {describe(word)}.")
        if word.lower() == "basic":
            names += _BASIC
        elif word.lower() not in known:
            raise ValueError(
                f"regionprops: {word!r} is not one of its properties. There are: "
                f"{', '.join(_PROPERTIES)}."
            )
        else:
            names.append(known[word.lower()])
    return list(dict.fromkeys(names))


def _region(indices: np.ndarray, size: tuple[int, int], grey: np.ndarray | None) -> _Region:
    columns, rows = np.divmod(indices - 1, size[0])
    values = None if grey is None else grey[rows, columns]
    return _Region(indices, rows + 1, columns + 1, values)


def _as_table(columns: dict[str, list[Any]]) -> Any:
    from matxai.lang.tables import table

    made = []
    for values in columns.values():
        shapes = {np.shape(v) for v in values}
        # What is as long for each region makes a matrix, one row a region; else a cell array.
        even = len(shapes) == 1 and len(next(iter(shapes))) < 2
        made.append(np.array(values) if even else values)
    return table(*made, VariableNames=list(columns))
