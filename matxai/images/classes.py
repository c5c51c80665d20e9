"""Numbers into MATLAB's integer classes and out of them."""

from __future__ import annotations

import numpy as np

__all__ = ["to_class", "unit_scaled"]


def to_class(values: np.ndarray, dtype: np.dtype) -> np.ndarray:
    """Convert doubles as MATLAB's uint8(x) and its like do: rounded, saturated, NaN to 0.

    Examples
    --------
    >>> import numpy as np
    >>> to_class(np.array([-3.5, 2.5, 300, np.nan]), np.dtype("uint8"))
    array([  0,   3, 255,   0], dtype=uint8)
    """
    dtype = np.dtype(dtype)
    if dtype.kind not in "iu":
        return values.astype(dtype)
    limits = np.iinfo(dtype)
    # floor(x + 0.5) is off for the largest double below 0.5 and beyond 2**52; this is not.
    whole = np.trunc(values)
    whole += np.trunc((values - whole) * 2)
    whole = np.nan_to_num(whole, copy=False, nan=0.0, posinf=np.inf, neginf=-np.inf)
    # The limits of the 64-bit classes are no doubles: the nearest lies above the highest integer.
    top = np.nextafter(float(limits.max), 0) if dtype.itemsize == 8 else float(limits.max)
    result = np.clip(whole, limits.min, top).astype(dtype)
    if dtype.itemsize == 8:
        result[whole > top] = limits.max
    return result


def unit_scaled(image: np.ndarray) -> np.ndarray:
    """Scale the range of an integer class to 0…1 in double, as im2double does; floats stay.

    Examples
    --------
    >>> import numpy as np
    >>> unit_scaled(np.array([0, 51, 255], dtype=np.uint8))
    array([0. , 0.2, 1. ])
    """
    if image.dtype.kind not in "iu":
        return image.astype(np.float64)
    limits = np.iinfo(image.dtype)
    return (image.astype(np.float64) - limits.min) / (float(limits.max) - float(limits.min))
