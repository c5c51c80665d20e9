"""How much two images differ: immse, psnr, ssim."""

from __future__ import annotations

from typing import Any

import numpy as np

from matxai.arguments import describe, numeric_array, one_of, real_scalar
from matxai.calling import matlab_function
from matxai.images.checks import class_range, same_size
from matxai.images.filter_kernels import gaussian

__all__ = ["immse", "psnr", "ssim"]


def _image(value: Any, name: str) -> np.ndarray:
    array = numeric_array(value, name)
    if array.size == 0:
        raise ValueError(f"{name} must hold at least one pixel, but is empty.")
    return array.astype(np.float64) if array.dtype == np.int64 else array


def _comparable(function: str, first: np.ndarray, second: np.ndarray, names: Any) -> None:
    same_size(function, first, second, names)
    if first.dtype != second.dtype:
        raise TypeError(
            f"{function}: {names[0]} and {names[1]} must have the same class, but are "
            f"{first.dtype.name} and {second.dtype.name}."
        )


def _mean_square(first: np.ndarray, second: np.ndarray) -> float:
    return float(np.mean((first.astype(np.float64) - second.astype(np.float64)) ** 2))


@matlab_function("err", accepts={"X": _image, "Y": _image})
def immse(X, Y):
    """Compute the mean of the squared differences of two images.

    Parameters
    ----------
    X, Y : array_like
        Images of the same size and class.

    Returns
    -------
    float
        The mean squared error.

    Raises
    ------
    TypeError
        If their classes differ, or one holds no numbers.
    ValueError
        If their sizes differ, or they are empty.

    Notes
    -----
    Documented; held against GNU Octave's image package.

    Examples
    --------
    >>> from matxai import immse
    >>> immse([[0, 1]], [[0, 3]])
    2.0
    """
    _comparable("immse", X, Y, ("X", "Y"))
    return _mean_square(X, Y)


def _positive(value: Any, name: str) -> float:
    number = real_scalar(value, name)
    if number <= 0:
        raise ValueError(f"{name} must be positive, but is {describe(value)}.")
    return number


@matlab_function("peaksnr", "snr", accepts={"A": _image, "ref": _image, "peakval": _positive})
def psnr(A, ref, peakval=None, *, nargout=1):
    """Compute the peak signal-to-noise ratio of an image, in decibels.

    Parameters
    ----------
    A, ref : array_like
        Image, and the one that it is held against, of the same size and class.
    peakval : float, optional
        Largest value that an image can have; by default that of the class, 1 for floats.

    Returns
    -------
    peaksnr : float
        The ratio; Inf for equal images.
    snr : float
        The ratio of the mean square of `ref`, with ``nargout=2``.

    Raises
    ------
    TypeError
        If their classes differ, or one holds no numbers.
    ValueError
        If their sizes differ, or `peakval` is not positive.

    Notes
    -----
    Documented; held against GNU Octave's image package.

    Examples
    --------
    >>> from matxai import psnr
    >>> round(psnr([[0.0, 1.0]], [[0.1, 0.9]]), 9)
    20.0
    """
    _comparable("psnr", A, ref, ("A", "ref"))
    error = _mean_square(A, ref)
    peak = class_range(ref.dtype)[1] if peakval is None else peakval
    power = float(np.mean(ref.astype(np.float64) ** 2))
    with np.errstate(divide="ignore", invalid="ignore"):
        noise = np.float64(error)
        ratios = np.array([peak**2 / noise, power / noise])
        found = 10 * np.log10(ratios)
    return float(found[0]), float(found[1])


def _three(value: Any, name: str) -> np.ndarray:
    array = numeric_array(value, name).astype(np.float64).reshape(-1)
    if array.size != 3 or not (np.isfinite(array) & (array >= 0)).all():
        raise ValueError(f"{name} must be three numbers from 0, but is {describe(value)}.")
    return array


@matlab_function(
    "ssimval",
    "ssimmap",
    accepts={
        "A": _image,
        "ref": _image,
        "DynamicRange": _positive,
        "Radius": _positive,
        "RegularizationConstants": _three,
        "DataFormat": one_of("SS", "SSC"),
    },
)
def ssim(
    A,
    ref,
    *,
    DynamicRange=None,
    Radius=1.5,
    RegularizationConstants=None,
    DataFormat=None,
    nargout=1,
):
    """Compute the structural similarity of an image and a reference.

    Parameters
    ----------
    A, ref : array_like, shape (H, W) or (H, W, D)
        Image and reference, of the same size and class. A third dimension counts as one of
        space, unless `DataFormat` says otherwise.
    DynamicRange : float, optional
        Range of the values L; by default that of the class, 1 for floats.
    Radius : float, default 1.5
        Standard deviation of the Gaussian that weighs the neighbourhood, of
        2·⌈3·Radius⌉ + 1 pixels.
    RegularizationConstants : [C1, C2, C3], optional
        By default [(0.01·L)², (0.03·L)², (0.03·L)²/2].
    DataFormat : {"SS", "SSC"}, optional
        "SSC" compares each channel for itself.

    Returns
    -------
    ssimval : float, or numpy.ndarray, shape (1, 1, C), for "SSC"
        The mean of the map; 1 for equal images.
    ssimmap : numpy.ndarray, shape of `A`
        The similarity of each neighbourhood, with ``nargout=2``.

    Raises
    ------
    TypeError
        If classes differ, or an image holds no numbers.
    ValueError
        If sizes differ or an option is out of its range.

    Notes
    -----
    Documented; away from the edges, the map is that of scikit-image to 1e-9. Beyond the edges the
    border pixels are repeated, as is commonly known. Exponents other than 1 are not there.

    Examples
    --------
    >>> import numpy as np
    >>> from matxai import ssim
    >>> ramp = np.linspace(0, 1, 64).reshape(8, 8)
    >>> ssim(ramp, ramp)
    1.0
    >>> ssim(ramp, 1 - ramp) < 0
    True
    """
    _comparable("ssim", A, ref, ("A", "ref"))
    spatial = 2 if DataFormat else A.ndim
    if A.ndim not in (2, 3) or (DataFormat and A.ndim != len(DataFormat)):
        raise ValueError(f"ssim: A must be H×W or H×W×D, fitting DataFormat, but is {describe(A)}.")
    L = DynamicRange or np.diff(class_range(ref.dtype)).item()
    if RegularizationConstants is None:
        C = ((0.01 * L) ** 2, (0.03 * L) ** 2, (0.03 * L) ** 2 / 2)
    else:
        C = RegularizationConstants
    size = 2 * int(np.ceil(3 * Radius)) + 1
    weights = gaussian((1, size), Radius).ravel()
    found = _similarity(A.astype(np.float64), ref.astype(np.float64), weights, spatial, C)
    if DataFormat == "SSC":
        return found.mean(axis=(0, 1), keepdims=True), found
    return float(found.mean()), found


def _similarity(
    a: np.ndarray, b: np.ndarray, weights: np.ndarray, spatial: int, C: Any
) -> np.ndarray:
    """Compute the map: luminance, contrast and structure of each neighbourhood."""
    from scipy import ndimage

    def mean(x: np.ndarray) -> np.ndarray:
        for axis in range(spatial):
            x = ndimage.correlate1d(x, weights, axis=axis, mode="nearest")
        return x

    mean_a, mean_b = mean(a), mean(b)
    variance_a, variance_b = mean(a * a) - mean_a**2, mean(b * b) - mean_b**2
    covariance = mean(a * b) - mean_a * mean_b
    luminance = (2 * mean_a * mean_b + C[0]) / (mean_a**2 + mean_b**2 + C[0])
    if C[2] == C[1] / 2:
        # Contrast and structure in one: the standard deviations cancel.
        return luminance * (2 * covariance + C[1]) / (variance_a + variance_b + C[1])
    deviations = np.sqrt(np.maximum(variance_a, 0) * np.maximum(variance_b, 0))
    contrast = (2 * deviations + C[1]) / (variance_a + variance_b + C[1])
    return luminance * contrast * (covariance + C[2]) / (deviations + C[2])
