"""Maps as pictures inside a page: MATLAB's, ours, and their difference, each on a scale told."""

from __future__ import annotations

import base64
import io
from typing import NamedTuple

import numpy as np

from matxai.images.palettes import palette

__all__ = ["MapPictures", "data_uri", "map_pictures", "photograph"]

_COLOURS = 256
# What has no value, or no finite one, is drawn in a colour that no palette here has.
_NO_VALUE = (128, 128, 128)


class MapPictures(NamedTuple):
    """Pictures of two maps and of their difference, as data URIs, with the ends of the scales."""

    theirs: str
    ours: str
    difference: str
    low: float
    high: float
    reach: float
    """Largest absolute difference: the difference is drawn from -reach to reach."""
    plane: int | None
    """Which channel is shown, counted from 1, where the maps have several."""


def map_pictures(theirs: np.ndarray, ours: np.ndarray) -> MapPictures | None:
    """Draw two maps on one scale, and their difference on a scale around zero.

    Parameters
    ----------
    theirs, ours : array, h×w or h×w×K
        The maps. Of several channels the one that differs most is drawn.

    Returns
    -------
    MapPictures or None
        None for what is no map, or of different sizes.
    """
    if theirs.shape != ours.shape or theirs.ndim not in (2, 3) or min(theirs.shape[:2]) < 2:
        return None
    theirs, ours = theirs.astype(np.float64), ours.astype(np.float64)
    with np.errstate(invalid="ignore", over="ignore"):
        difference = ours - theirs
    plane = None
    if theirs.ndim == 3:
        size = np.where(np.isfinite(difference), np.abs(difference), 0).max(axis=(0, 1))
        plane = int(size.argmax())
        theirs, ours, difference = (a[:, :, plane] for a in (theirs, ours, difference))
        plane += 1
    finite = np.concatenate([m[np.isfinite(m)] for m in (theirs, ours)])
    low, high = (float(finite.min()), float(finite.max())) if finite.size else (0.0, 0.0)
    known = np.abs(difference[np.isfinite(difference)])
    reach = float(known.max()) if known.size else 0.0
    jet = palette("jet", _COLOURS)
    return MapPictures(
        data_uri(_coloured(theirs, low, high, jet)),
        data_uri(_coloured(ours, low, high, jet)),
        data_uri(_coloured(difference, -reach, reach, _around_zero())),
        low,
        high,
        reach,
        plane,
    )


def photograph(image: np.ndarray) -> str:
    """Draw an image of any class and range: H×W or H×W×C, of more than 3 channels the first."""
    planes = np.atleast_3d(image)
    planes = planes[:, :, :3] if planes.shape[2] >= 3 else planes[:, :, :1]
    if planes.dtype != np.uint8:
        values = planes.astype(np.float64)
        finite = values[np.isfinite(values)]
        low, high = (finite.min(), finite.max()) if finite.size else (0.0, 1.0)
        # Values 0…1 and 0…255 are shown as they are; what else a network takes is stretched.
        if low >= 0 and high <= 255:
            low, high = 0.0, 1.0 if high <= 1 else 255.0
        span = high - low or 1.0
        planes = np.rint(np.clip((np.nan_to_num(values, nan=low) - low) / span, 0, 1) * 255)
    return data_uri(np.broadcast_to(planes, (*planes.shape[:2], 3)).astype(np.uint8))


def data_uri(pixels: np.ndarray) -> str:
    """Write pixels, H×W×3 of uint8, as a PNG inside a URI."""
    from PIL import Image

    file = io.BytesIO()
    Image.fromarray(np.ascontiguousarray(pixels)).save(file, "PNG", optimize=True)
    return "data:image/png;base64," + base64.b64encode(file.getvalue()).decode()


def _coloured(values: np.ndarray, low: float, high: float, colours: np.ndarray) -> np.ndarray:
    known = np.isfinite(values)
    # Scaled before the subtraction: the ends of a scale can lie further apart than numbers go.
    scale = max(abs(low), abs(high)) or 1.0
    span = high / scale - low / scale
    share = (np.where(known, values, low) / scale - low / scale) / span if span else None
    share = np.full(values.shape, 0.5) if share is None else share
    index = np.clip((share * len(colours)).astype(np.int64), 0, len(colours) - 1)
    pixels = np.rint(colours[index] * 255).astype(np.uint8)
    pixels[~known] = _NO_VALUE
    return pixels


def _around_zero() -> np.ndarray:
    """Blue below zero, white at zero, red above."""
    share = np.linspace(-1, 1, _COLOURS + 1)[:, np.newaxis]
    blue, white, red = np.array([[0.1, 0.3, 0.8]]), np.ones((1, 3)), np.array([[0.8, 0.15, 0.1]])
    return np.where(share < 0, white + (white - blue) * share, white - (white - red) * share)
