"""Numbers into MATLAB's integer classes."""

from __future__ import annotations

import numpy as np

__all__ = ["to_class"]


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
        with np.errstate(over="ignore"):
            return values.astype(dtype)
    limits = np.iinfo(dtype)
    # The highest integers of 64 bits are no doubles: the next double below them is one.
    wide = dtype.itemsize == 8
    top = np.nextafter(float(limits.max), 0) if wide else float(limits.max)
    within = np.clip(np.nan_to_num(values, nan=0.0, posinf=np.inf, neginf=-np.inf), limits.min, top)
    # Halves go away from zero. floor(x + 0.5) would fail just below 0.5 and beyond 2**52.
    whole = np.trunc(within)
    whole += np.trunc((within - whole) * 2)
    result = whole.astype(dtype)
    if wide:
        result[values > top] = limits.max
    return result
