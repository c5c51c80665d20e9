"""Arrays as MATLAB sees them: what counts as one, its size and its dimensions.

A NumPy array of one dimension is a MATLAB vector that is neither a row nor a column; its size is
told as that of a column. Traced arrays, dlarrays, pass through NumPy's functions and are known here
only by what they answer to, so that nothing here loads torch.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from matxai.arguments import describe
from matxai.lang.not_known import NotKnownError

__all__ = [
    "CLASSES",
    "array_of",
    "axes_of",
    "data_of",
    "dimension",
    "dimensions",
    "expanded",
    "first_axis",
    "floating",
    "is_dlarray",
    "is_given",
    "is_vector",
    "matlab_size",
    "number",
    "owned",
    "result",
    "taken",
    "tidy",
    "traced",
    "trimmed",
]

# MATLAB's names of the classes, by NumPy's.
CLASSES = {
    "float64": "double",
    "float32": "single",
    "bool": "logical",
    **{f"{sign}int{bits}": f"{sign}int{bits}" for sign in ("", "u") for bits in (8, 16, 32, 64)},
}


def is_dlarray(value: Any) -> bool:
    """Tell whether a value is an array that is not NumPy's, but computes with its functions."""
    known = isinstance(value, (np.ndarray, np.generic))
    return not known and hasattr(value, "__array_function__") and hasattr(value, "of_tensor")


def array_of(value: Any, name: str) -> Any:
    """Check a real or logical array; numbers and lists of them count as double."""
    if is_dlarray(value):
        return value
    try:
        array = np.asarray(value if value is not None else np.zeros((0, 0)))
    except (ValueError, TypeError):
        raise TypeError(f"{name} must be a numeric array, but is {describe(value)}.") from None
    if array.dtype.kind == "c":
        raise TypeError(f"{name} holds complex numbers; only real ones are taken here.")
    if array.dtype.name not in CLASSES:
        raise TypeError(f"{name} must be a numeric array, but is {describe(value)}.")
    plain = not isinstance(value, (np.ndarray, np.generic))
    return array.astype(np.float64) if plain and array.dtype == np.int64 else array


def data_of(array: Any) -> np.ndarray:
    """Return the numbers of an array; of a traced one without its trace."""
    return array.tensor.detach().cpu().numpy() if is_dlarray(array) else np.asarray(array)


def traced(array: Any, compute: Callable[[Any], Any]) -> Any:
    """Apply a function of torch tensors, which keeps the dimensions, to a dlarray."""
    return type(array).of_tensor(compute(array.tensor), array.labels)


def floating(array: Any) -> Any:
    """Return truth values and integers as double; single and double as they are."""
    if is_dlarray(array):
        return array if array.dtype.kind == "f" else traced(array, lambda x: x.double())
    return array if array.dtype.kind == "f" else array.astype(np.float64)


# Sizes


def matlab_size(shape: Sequence[int]) -> tuple[int, ...]:
    """Return the size that MATLAB tells: two dimensions at least, the last ones not 1.

    Examples
    --------
    >>> matlab_size((4,)), matlab_size((2, 3, 1))
    ((4, 1), (2, 3))
    """
    size = [*shape, *(1,) * (2 - len(shape))]
    while len(size) > 2 and size[-1] == 1:
        size.pop()
    return tuple(size)


def is_vector(array: Any) -> bool:
    """Tell whether at most one dimension differs from 1."""
    return len([n for n in array.shape if n != 1]) < 2


def trimmed(array: Any) -> Any:
    """Drop dimensions of length 1 behind the second; those that labels name stay."""
    extra = array.ndim - len(matlab_size(array.shape))
    if extra <= 0 or getattr(array, "labels", ""):
        return array
    return np.squeeze(array, axis=tuple(range(array.ndim - extra, array.ndim)))


def result(array: Any) -> Any:
    """Bring an array, or what a reduction left of it, out: 1×1 as a number, of its class.

    Doubles, truth values and whole numbers become Python's; other classes NumPy's.
    """
    if is_dlarray(array):
        whole = array.size == 1 and array.ndim and not array.labels
        return np.reshape(array, ()) if whole else trimmed(array)
    array = np.asarray(array)
    if array.size != 1:
        return trimmed(array)
    return number(array.reshape(())[()])


def number(value: np.generic) -> Any:
    """Return a NumPy number as Python's where that has the same class in MATLAB."""
    return value.item() if value.dtype in (np.float64, np.bool_, np.int64) else value


def tidy(array: Any, like: Any) -> Any:
    """Bring out the result of a function of elements: a number where a number came in."""
    if is_dlarray(array) or np.ndim(array):
        return array
    return number(np.asarray(array)[()]) if np.ndim(like) == 0 else array


def owned(array: Any, source: Any) -> Any:
    """Copy what shares memory with its source: MATLAB's results never do."""
    if is_dlarray(array) or not np.may_share_memory(array, source):
        return array
    return array.copy(order="K")


def taken(array: Any, places: np.ndarray, axis: int) -> Any:
    """Take elements along an axis, counted from 0; labels stay."""
    if not is_dlarray(array):
        return np.take(array, places, axis)
    key = (*(slice(None),) * axis, np.array(places))
    return type(array).of_tensor(array[key].tensor, array.labels)


# Dimensions


def is_given(value: Any) -> bool:
    """Tell whether an argument is more than [], MATLAB's place holder."""
    return value is not None and not (not isinstance(value, str) and np.size(value) == 0)


def dimensions(value: Any, name: str = "dim") -> tuple[int, ...]:
    """Check dimensions counted from 1, and return them counted from 0."""
    items = np.asarray(value)
    if items.dtype.kind not in "fiu" or items.ndim > 2:
        raise TypeError(f"{name} must be a positive integer, but is {describe(value)}.")
    for item in items.flat:
        if not (np.isfinite(item) and item == int(item) and item >= 1):
            raise ValueError(
                f"{name} must be a positive integer, but is {describe(value)}. MATLAB counts "
                f"dimensions from 1."
            )
    axes = tuple(int(item) - 1 for item in items.flat)
    if len(set(axes)) < len(axes):
        raise ValueError(f"{name} must not repeat a dimension, but is {describe(value)}.")
    return axes


def dimension(value: Any, name: str = "dim") -> int:
    """Check one dimension counted from 1, and return it counted from 0."""
    axes = dimensions(value, name)
    if len(axes) != 1:
        raise ValueError(f"{name} must be one positive integer, but is {describe(value)}.")
    return axes[0]


def first_axis(array: Any) -> int:
    """Return the first dimension whose length is not 1, counted from 0."""
    return next((i for i, n in enumerate(array.shape) if n != 1), 0)


def axes_of(array: Any, dim: Any) -> tuple[int, ...]:
    """Return the axes, counted from 0, that a function of one or several dimensions works along.

    Parameters
    ----------
    array : array
        What it works on.
    dim : None, "all", int or sequence of int
        Dimensions as MATLAB takes them; None is the first that is not of length 1.

    Raises
    ------
    ValueError
        If there is no such dimension, or `array` is a 1-D array and `dim` its second one.
    """
    if dim is None:
        return tuple(range(array.ndim)) if array.shape == (0, 0) else (first_axis(array),)
    if isinstance(dim, str):
        return tuple(range(max(array.ndim, 1)))
    axes = dimensions(dim)
    if array.ndim == 1 and max(axes, default=0) > 0:
        raise NotKnownError(
            f"dim must be 1 for a 1-D array, which is neither a row nor a column, but is "
            f"{describe(dim)}. Leave dim out, or make it a row, x[np.newaxis]."
        )
    return axes


def expanded(array: Any, axes: Sequence[int]) -> Any:
    """Give an array dimensions of length 1 until it has the axes; not where it has labels."""
    missing = max(axes, default=0) + 1 - array.ndim
    if missing <= 0 or getattr(array, "labels", ""):
        return array
    return np.reshape(array, (*array.shape, *(1,) * missing))
