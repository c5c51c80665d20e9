"""Arithmetic of images, in which integers saturate: imadd, imsubtract, imabsdiff and others."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from matxai.arguments import numeric_array, one_of
from matxai.calling import matlab_function
from matxai.images.checks import same_size
from matxai.lang.integer_classes import to_class

__all__ = ["imabsdiff", "imadd", "imdivide", "immultiply", "imsubtract"]

_CLASSES = ("uint8", "uint16", "uint32", "int8", "int16", "int32", "single", "double")


def _numbers(value: Any, name: str) -> np.ndarray:
    array = numeric_array(value, name)
    return array.astype(np.float64) if array.dtype in (np.int64, np.uint64, np.float16) else array


def _class_of(first: np.ndarray, second: np.ndarray, output: str | None) -> np.dtype:
    """Say the class of a result: that of the first image, of the second if the first is binary."""
    if output is not None:
        return np.dtype({"single": "float32", "double": "float64"}.get(output, output))
    kept = next((a.dtype for a in (first, second) if a.dtype != bool and a.ndim), None)
    return kept or np.dtype(np.float64)


def _pair_of(name: str, first: np.ndarray, second: np.ndarray) -> None:
    if first.size == 1 or second.size == 1:
        return
    same_size(name, first, second, ("X", "Y"))
    classes = {a.dtype for a in (first, second) if a.dtype != bool}
    if len(classes) > 1:
        raise TypeError(
            f"{name}: X and Y must be of one class, but are {first.dtype} and {second.dtype}."
        )


def _operation(
    name: str, does: str, compute: Callable[[Any, Any], Any], shown: str, example: str
) -> Callable[..., np.ndarray]:
    takes_class = name in ("imadd",)

    def with_class(X, Y, outputClass=None):
        _pair_of(name, X, Y)
        with np.errstate(all="ignore"):
            made = compute(X.astype(np.float64), Y.astype(np.float64))
        return to_class(made, _class_of(X, Y, outputClass))

    def function(X, Y):
        return with_class(X, Y)

    chosen = with_class if takes_class else function
    chosen.__name__ = chosen.__qualname__ = name
    chosen.__module__ = __name__
    output = (
        """
    outputClass : str, optional
        Class of the result, such as "uint16"; by default that of `X`."""
        if takes_class
        else ""
    )
    chosen.__doc__ = f"""{does}

    Parameters
    ----------
    X : array_like
        Image of any class.
    Y : array_like or float
        Image of the same size and class; or a number.{output}

    Returns
    -------
    numpy.ndarray, shape of `X`
        The result, of the class of `X`: integers are rounded, and saturate. Of two binary images
        it is a double.

    Raises
    ------
    TypeError
        If `X` or `Y` holds no numbers, or their classes differ.
    ValueError
        If their sizes differ.

    Notes
    -----
    Documented; held against GNU Octave's image package.

    Examples
    --------
    >>> import numpy as np
    >>> from matxai import {name}
    >>> {name}(np.array([[200, 10]], dtype=np.uint8), {example})
    {shown}
    """
    accepts = {"X": _numbers, "Y": _numbers}
    if takes_class:
        accepts["outputClass"] = one_of(*_CLASSES)
    return matlab_function("Z", accepts=accepts)(chosen)


imadd = _operation(
    "imadd", "Add two images, or a number to an image.", lambda x, y: x + y,
    "array([[255, 110]], dtype=uint8)", "100",
)  # fmt: skip
imsubtract = _operation(
    "imsubtract", "Subtract an image, or a number, from an image.", lambda x, y: x - y,
    "array([[100,   0]], dtype=uint8)", "100",
)  # fmt: skip
imabsdiff = _operation(
    "imabsdiff", "Take the absolute difference of two images.", lambda x, y: np.abs(x - y),
    "array([[100,  90]], dtype=uint8)", "100",
)  # fmt: skip
immultiply = _operation(
    "immultiply", "Multiply two images, or an image by a number.", lambda x, y: x * y,
    "array([[100,   5]], dtype=uint8)", "0.5",
)  # fmt: skip
imdivide = _operation(
    "imdivide", "Divide an image by another one, or by a number.", lambda x, y: x / y,
    "array([[67,  3]], dtype=uint8)", "3",
)  # fmt: skip
