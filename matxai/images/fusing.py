"""Two images in one: imfuse, imshowpair."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from matxai.arguments import describe, one_of
from matxai.calling import matlab_function
from matxai.images.checks import colour_image
from matxai.images.classes import unit_scaled
from matxai.images.grey import luma
from matxai.images.overlays import true_colour
from matxai.lang.integer_classes import to_class

__all__ = ["imfuse", "imshowpair"]

_CHANNELS = {"green-magenta": (2, 1, 2), "red-cyan": (1, 2, 2)}


def _channels(value: Any, name: str) -> tuple[int, ...]:
    if isinstance(value, str):
        return _CHANNELS[one_of(*_CHANNELS)(value, name)]
    numbers = tuple(int(n) for n in np.reshape(value, -1))
    if len(numbers) != 3 or not set(numbers) <= {0, 1, 2} or not set(numbers) & {1, 2}:
        raise ValueError(
            f"{name} must be [R G B], each 1 for the first image, 2 for the second or 0 for none, "
            f'or "green-magenta" or "red-cyan", but is {describe(value)}.'
        )
    return numbers


_method = one_of("falsecolor", "blend", "diff", "montage", "checkerboard")
_scaling = one_of("independent", "joint", "none")
_CHECKS = {
    "A": colour_image,
    "B": colour_image,
    "method": _method,
    "Scaling": _scaling,
    "ColorChannels": _channels,
}


@matlab_function("C", accepts=_CHECKS)
def imfuse(A, B, method="falsecolor", *, Scaling="independent", ColorChannels=(2, 1, 2)):
    """Make one image of two, to compare them.

    Parameters
    ----------
    A, B : array_like, shape (H, W) or (H, W, 3)
        Grey or RGB images. The smaller one is filled up with 0 at the right and below.
    method : str, default "falsecolor"
        "falsecolor" shows both in grey, each in its own colour channels; "blend" the mean of both;
        "diff" the difference of their grey values; "montage" both side by side; "checkerboard"
        squares of both in turn.
    Scaling : {"independent", "joint", "none"}, default "independent"
        Whether the values of each image, or of both together, are stretched to the full range.
    ColorChannels : str or [R, G, B], default "green-magenta"
        For "falsecolor": which image red, green and blue show, 1 or 2, or 0 for none;
        "green-magenta" is [2, 1, 2], "red-cyan" is [1, 2, 2].

    Returns
    -------
    numpy.ndarray of uint8, shape (H, W) or (H, W, 3)
        The image; grey for "diff" and where both images are grey and the method makes no colours.

    Raises
    ------
    TypeError
        If an argument has the wrong type.
    ValueError
        If an image is neither grey nor RGB, or an option is unknown.

    Notes
    -----
    Documented as far as methods, options and defaults go. Chosen: values are computed in double
    and rounded once; differences are stretched as images are; the checkerboard has 8 squares
    along the longer side. Spatial references are not there.

    Examples
    --------
    >>> from matxai import imfuse
    >>> imfuse([[0, 1]], [[1, 0.5]], Scaling="none")
    array([[[255,   0, 255],
            [128, 255, 128]]], dtype=uint8)
    """
    return _fused(A, B, method, Scaling, ColorChannels)


def _fused(A: np.ndarray, B: np.ndarray, method: str, scaling: str, channels: Any) -> np.ndarray:
    grey = method in ("falsecolor", "diff")
    first, second = unit_scaled(A), unit_scaled(B)
    if grey:
        first, second = _grey(first), _grey(second)
    elif first.ndim != second.ndim:
        first, second = true_colour(first), true_colour(second)
    first, second = _scaled(first, second, scaling)
    first, second = _filled(first, second)
    if method == "falsecolor":
        planes = [np.zeros_like(first), first, second]
        made = np.stack([planes[i] for i in channels], axis=2)
    else:
        made = _METHODS[method](first, second)
    if method == "diff" and scaling != "none":
        made = _stretched(made, made.min(), made.max())
    return to_class(made * 255, np.uint8)


def _grey(image: np.ndarray) -> np.ndarray:
    return luma(image) if image.ndim == 3 else image


def _stretched(image: np.ndarray, low: float, high: float) -> np.ndarray:
    if not low < high:
        return np.clip(image, 0, 1)
    return (image - low) / (high - low)


def _scaled(first: np.ndarray, second: np.ndarray, scaling: str) -> tuple[np.ndarray, np.ndarray]:
    if scaling == "none":
        return first, second
    limits = [(np.nanmin(image), np.nanmax(image)) for image in (first, second)]
    if scaling == "joint":
        limits = [(min(limits[0][0], limits[1][0]), max(limits[0][1], limits[1][1]))] * 2
    return _stretched(first, *limits[0]), _stretched(second, *limits[1])


def _filled(first: np.ndarray, second: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Give both images the size of the larger in each direction."""
    height, width = np.maximum(first.shape[:2], second.shape[:2])

    def fill(image: np.ndarray) -> np.ndarray:
        missing = [(0, height - image.shape[0]), (0, width - image.shape[1])]
        return np.pad(image, missing + [(0, 0)] * (image.ndim - 2))

    return fill(first), fill(second)


def _checkerboard(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    side = max(1, -(-max(first.shape[:2]) // 8))
    rows, columns = (np.arange(n) // side for n in first.shape[:2])
    odd = (rows[:, None] + columns) % 2 == 1
    made = first.copy()
    made[odd] = second[odd]
    return made


_METHODS: dict[str, Callable[[np.ndarray, np.ndarray], np.ndarray]] = {
    "blend": lambda first, second: (first + second) / 2,
    "diff": lambda first, second: np.abs(first - second),
    "montage": lambda first, second: np.concatenate([first, second], axis=1),
    "checkerboard": _checkerboard,
}


@matlab_function("h", accepts=_CHECKS)
def imshowpair(
    A, B, method="falsecolor", *, Scaling="independent", ColorChannels=(2, 1, 2), Parent=None
):
    """Show what `imfuse` makes of two images.

    Parameters
    ----------
    A, B, method, Scaling, ColorChannels
        As for `imfuse`.
    Parent : handle, optional
        Axes to draw in; by default the current ones.

    Returns
    -------
    ImageHandle
        As `imshow` returns.

    Raises
    ------
    TypeError, ValueError
        As by `imfuse` and `imshow`.

    Notes
    -----
    Documented: see `imfuse`.

    Examples
    --------
    >>> from matxai import close, imshowpair
    >>> h = imshowpair([[0, 1]], [[1, 0.5]])
    >>> h.CData.shape
    (1, 2, 3)
    >>> close("all")
    """
    from matxai.graphics.showing import imshow

    return imshow(_fused(A, B, method, Scaling, ColorChannels), Parent=Parent)
