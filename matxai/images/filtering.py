"""imfilter: images weighed by the weights of a filter."""

from __future__ import annotations

from typing import Any

import numpy as np

from matxai.arguments import describe, numeric_array, one_of
from matxai.calling import matlab_function
from matxai.images.checks import choice_or, image_array
from matxai.images.padding import BOUNDARIES, boundary, padded
from matxai.lang.integer_classes import to_class

__all__ = ["back_in_class", "correlated", "imfilter"]

_WORDS = {"same": "size", "full": "size", "corr": "how", "conv": "how"} | dict.fromkeys(
    BOUNDARIES, "boundary"
)
_option = choice_or(one_of(*_WORDS), boundary)


def _weights(value: Any, name: str) -> np.ndarray:
    array = numeric_array(value, name)
    if array.size == 0:
        raise ValueError(f"{name} must hold at least one weight, but is empty.")
    array = array.astype(np.float64)
    return array.reshape(1, -1) if array.ndim < 2 else array


def correlated(
    image: np.ndarray, weights: np.ndarray, how: str | float, full: bool = False, flip: bool = False
) -> np.ndarray:
    """Weigh the neighbourhood of every pixel, in double.

    Parameters
    ----------
    image : numpy.ndarray
        Image of any class.
    weights : numpy.ndarray of float64
        The filter, of at most as many dimensions; its middle is the element ⌊(n+1)/2⌋, counted
        from 1.
    how : str or float
        What lies beyond the edges.
    full : bool
        Whether the result has every place where the filter touches the image.
    flip : bool
        Whether to convolve, that is, to turn the filter by 180° first.
    """
    from scipy import ndimage

    weights = weights.reshape(weights.shape + (1,) * (image.ndim - weights.ndim))
    widths = []
    for n in weights.shape:
        before, after = (n - 1) // 2, n - 1 - (n - 1) // 2
        widths.append((n - 1, n - 1) if full else (before, after))
    if flip:
        weights = np.flip(weights)
    large = padded(image.astype(np.float64), widths, how)
    result = ndimage.correlate(large, weights, mode="constant")
    # The middle of SciPy's window is the element n // 2, counted from 0.
    return result[
        tuple(
            slice(n // 2, n // 2 + size - n + 1)
            for n, size in zip(weights.shape, large.shape, strict=True)
        )
    ]


def back_in_class(values: np.ndarray, dtype: np.dtype) -> np.ndarray:
    """Return what was computed in double in the class of the image; truth is from ½ on."""
    return values >= 0.5 if dtype.kind == "b" else to_class(values, dtype)


@matlab_function("B", accepts={"A": image_array, "h": _weights})
def imfilter(A, h, *options):
    """Filter an image: each pixel becomes a weighted sum of its neighbourhood.

    Parameters
    ----------
    A : array_like, shape (H, W) or (H, W, ...)
        Image of any class. A filter with two dimensions is applied to each channel.
    h : array_like
        The weights. The middle is the element ⌊(n+1)/2⌋ of each dimension, counted from 1.
    *options : str or float
        In any order: "corr" (default) or "conv", which turns the filter by 180°; "same" (default)
        or "full", which adds all places where the filter touches the image; and what lies beyond
        the edges: a number (default 0), "symmetric", "replicate" or "circular".

    Returns
    -------
    numpy.ndarray
        The filtered image, of the class of `A`; integers are rounded and saturated.

    Raises
    ------
    TypeError
        If `A` or `h` holds no numbers.
    ValueError
        If `A` is no image, `h` is empty or has more dimensions than `A`, or an option is unknown
        or given twice.

    Notes
    -----
    Documented; held against GNU Octave's image package. It is computed in double. Chosen: truth
    values are true where the sum is at least ½.

    Examples
    --------
    >>> import numpy as np
    >>> from matxai import imfilter
    >>> imfilter(np.array([[10, 20, 60]], dtype=np.uint8), [0.5, 0.5])
    array([[15, 40, 30]], dtype=uint8)
    >>> imfilter([[1.0, 2, 3]], [1, 1, 1], "replicate")
    array([[4., 6., 8.]])
    """
    chosen: dict[str, Any] = {}
    for option in options:
        value = _option_checked(option)
        kind = _WORDS[value] if isinstance(value, str) else "boundary"
        if kind in chosen:
            raise ValueError(
                f"imfilter: {describe(option)} says again what {describe(chosen[kind])} says."
            )
        chosen[kind] = value
    if h.ndim > A.ndim:
        raise ValueError(
            f"imfilter: h must have at most as many dimensions as A, {A.ndim}, but has {h.ndim}."
        )
    values = correlated(
        A,
        h,
        chosen.get("boundary", 0.0),
        full=chosen.get("size") == "full",
        flip=chosen.get("how") == "conv",
    )
    return back_in_class(values, A.dtype)


def _option_checked(option: Any) -> Any:
    try:
        return _option(option, "An option")
    except (TypeError, ValueError) as error:
        raise type(error)(f"imfilter: {error}") from None
