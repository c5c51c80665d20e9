"""Two arrays, element by element: their common class and their common size."""

from __future__ import annotations

from typing import Any

import numpy as np

from matxai.lang.not_known import NotKnownError
from matxai.lang.values import CLASSES, is_dlarray

__all__ = ["common_class", "is_whole", "matched"]


def is_whole(kind: np.dtype) -> bool:
    """Tell whether a class is one of MATLAB's integers; int64, Python's own, counts as double."""
    return kind.kind in "iu" and kind != np.int64


def common_class(function: str, *arrays: Any) -> np.dtype:
    """Return the class that a function of several arrays computes in.

    Raises
    ------
    TypeError
        If integers of two classes come together, or integers and an array of another class.
    """
    whole = {a.dtype for a in arrays if is_whole(a.dtype)}
    if not whole:
        single = any(a.dtype == np.float32 for a in arrays)
        return np.dtype(np.float32 if single else np.float64)
    kind = whole.pop()
    others = [a for a in arrays if a.dtype != kind and (is_whole(a.dtype) or a.size != 1)]
    if whole or others:
        other = CLASSES[(whole.pop() if whole else others[0].dtype).name]
        raise TypeError(
            f"{function}: {kind} goes together with arrays of {kind} and single numbers only, not "
            f"with an array of class {other}. Convert one of them: {kind}(X) or double(X)."
        )
    return kind


def matched(function: str, *arrays: Any) -> list[Any]:
    """Give arrays as many dimensions as each other: MATLAB matches the first ones.

    Raises
    ------
    ValueError
        If sizes do not fit, or a 1-D array stands beside a matrix.
    """
    arrays = tuple(a if a.size != 1 or a.ndim == 2 else _plain(a) for a in arrays)
    rank = max(a.ndim for a in arrays)
    shapes = [a.shape for a in arrays]
    if any(a.ndim == 1 for a in arrays) and rank > 1:
        raise NotKnownError(
            f"{function}: a 1-D array beside {_shown(shapes)} is neither a row nor a column: write "
            f"x[np.newaxis] or x[:, np.newaxis]."
        )
    fitted = [a if a.ndim in (0, rank) else _longer(a, rank) for a in arrays]
    try:
        np.broadcast_shapes(*(a.shape for a in fitted))
    except ValueError:
        # Of 1-D arrays one may be a row, the other a column: in MATLAB these fit.
        error = NotKnownError if any(a.ndim == 1 and a.size > 1 for a in arrays) else ValueError
        raise error(f"{function}: sizes do not fit: {_shown(shapes)}.") from None
    return fitted


def _plain(array: Any) -> Any:
    """Make one number of one element, but leave dlarrays whose labels count."""
    return array if getattr(array, "labels", "") else np.reshape(array, ())


def _longer(array: Any, rank: int) -> Any:
    if is_dlarray(array) and array.labels:
        return array
    return np.reshape(array, (*array.shape, *(1,) * (rank - array.ndim)))


def _shown(shapes: list[tuple[int, ...]]) -> str:
    return " and ".join("×".join(map(str, s)) if s else "1×1" for s in shapes)
