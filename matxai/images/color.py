"""sRGB into CIE L*a*b*, to the last bit that MATLAB's superpixels show, and back."""

from __future__ import annotations

import numpy as np

__all__ = ["lab_to_rgb", "rgb_to_lab"]

_WHITE = np.array([0.95047, 1.0, 1.08883])
_PRIMARIES = np.array([(0.64, 0.33), (0.30, 0.60), (0.15, 0.06)])


def _matrix() -> np.ndarray:
    """Derive linear RGB → XYZ from the primaries and the white: published digits are too few."""
    x, y = _PRIMARIES.T
    columns = np.array([x / y, np.ones(3), (1 - x - y) / y])
    return columns * np.linalg.solve(columns, _WHITE)


def rgb_to_lab(image: np.ndarray) -> np.ndarray:
    """Convert an image to CIE L*a*b* for the white D65.

    Parameters
    ----------
    image : numpy.ndarray of float64, shape (H, W), (H, W, 1) or (H, W, 3)
        sRGB from 0 to 1, or grey.

    Returns
    -------
    numpy.ndarray of float64, shape (H, W, 3), or (H, W, 1) for a grey image
        L* from 0 to 100, a* and b*. Of a grey image, a* and b* are 0 and left out.

    Examples
    --------
    >>> import numpy as np
    >>> rgb_to_lab(np.ones((1, 1, 3))).round(6) + 0
    array([[[100.,   0.,   0.]]])
    """
    linear = np.where(
        image <= 0.04045, image / 12.92, ((np.maximum(image, 0.04045) + 0.055) / 1.055) ** 2.4
    )
    if image.ndim == 2 or image.shape[2] == 1:
        return 116 * _cube_root(linear.reshape(*image.shape[:2], 1)) - 16
    # Summed by hand: the order in which BLAS sums differs between machines.
    red, green, blue = np.moveaxis(linear, 2, 0)
    x, y, z = (
        _cube_root((red * r + green * g + blue * b) / white)
        for (r, g, b), white in zip(_matrix(), _WHITE, strict=True)
    )
    return np.stack([116 * y - 16, 500 * (x - y), 200 * (y - z)], axis=2)


def _cube_root(t: np.ndarray) -> np.ndarray:
    """Take the cube root, continued as a straight line where it gets steep."""
    return np.where(t > (6 / 29) ** 3, np.cbrt(t), 841 / 108 * t + 4 / 29)


def lab_to_rgb(lab: np.ndarray) -> np.ndarray:
    """Convert CIE L*a*b* for the white D65 to sRGB: the inverse of :func:`rgb_to_lab`.

    Parameters
    ----------
    lab : numpy.ndarray of float64, shape (..., 3)
        L* from 0 to 100, a* and b*.

    Returns
    -------
    numpy.ndarray of float64, shape (..., 3)
        sRGB, from 0 to 1 for colours that it has, and not clipped for others.

    Examples
    --------
    >>> import numpy as np
    >>> lab_to_rgb(np.array([100.0, 0, 0])).round(6)
    array([1., 1., 1.])
    """
    lightness, a, b = np.moveaxis(lab, -1, 0)
    y = (lightness + 16) / 116
    roots = np.stack([y + a / 500, y, y - b / 200], axis=-1)
    cubes = np.where(roots > 6 / 29, roots**3, (roots - 4 / 29) * (108 / 841))
    linear = (cubes * _WHITE) @ np.linalg.inv(_matrix()).T
    curved = 1.055 * np.maximum(linear, 0.0031308) ** (1 / 2.4) - 0.055
    return np.where(linear > 0.0031308, curved, linear * 12.92)
