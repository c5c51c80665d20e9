"""Numbers of MATLAB's integer classes as parts of their range."""

from __future__ import annotations

import numpy as np

__all__ = ["unit_scaled"]


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
