"""Arithmetic of ported scripts on values of which little is known before the run."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from matxai.lang.arithmetic import minus, rdivide, times
from matxai.lang.classes import converted
from matxai.lang.elementwise import common_class, is_whole, matched
from matxai.lang.time_arrays import TimeArray
from matxai.lang.values import array_of, is_dlarray, tidy
from matxai.port.runtime_errors import NotKnownError

__all__ = [
    "acos",
    "asin",
    "codes",
    "elementwise",
    "log1p",
    "log2",
    "log10",
    "mldivide",
    "mpower",
    "mrdivide",
    "mtimes",
    "negative",
    "power",
    "transpose",
]


def codes(text: str) -> np.ndarray:
    """Return the numbers of the characters of a text.

    Examples
    --------
    >>> codes("ab")
    array([97., 98.])
    """
    if not isinstance(text, str):
        raise NotKnownError("This is taken to be text, and is not.")
    return np.array([ord(c) for c in text], dtype=np.float64)


def elementwise(name: str, X: Any) -> Any:
    """Apply NumPy's function of a name to each element.

    Examples
    --------
    >>> elementwise("cos", 0)
    1.0
    """
    if is_dlarray(X):
        return getattr(np, name)(X)
    array = array_of(X, "X")
    if array.dtype.kind in "iu" and array.dtype != np.int64:
        raise TypeError(f"{name}: X must be double or single.")
    made = getattr(np, name)(array if array.dtype.kind == "f" else array.astype(np.float64))
    return tidy(made, made)


def _real(name: str, function: Callable[[Any], Any], inside: Callable[[Any], Any]) -> Any:
    def compute(X: Any) -> Any:
        array = np.asarray(array_of(X, "X"))
        array = array if array.dtype.kind == "f" else array.astype(np.float64)
        if not np.all(inside(array) | np.isnan(array)):
            raise NotKnownError(f"{name}: MATLAB gives complex numbers, and there are none here.")
        with np.errstate(all="ignore"):
            made = function(array)
        return tidy(made, made)

    compute.__name__ = compute.__qualname__ = name
    compute.__doc__ = f"""Return MATLAB's {name} of each element, where that is real."""
    return compute


log2 = _real("log2", np.log2, lambda x: x >= 0)


log10 = _real("log10", np.log10, lambda x: x >= 0)


log1p = _real("log1p", np.log1p, lambda x: x >= -1)


asin = _real("asin", np.arcsin, lambda x: np.abs(x) <= 1)


acos = _real("acos", np.arccos, lambda x: np.abs(x) <= 1)


def negative(A: Any) -> Any:
    """Return ``-A``.

    Examples
    --------
    >>> negative(np.uint8(3)), negative(True)
    (np.uint8(0), -1.0)
    """
    if is_dlarray(A) or isinstance(A, TimeArray):
        return -A
    array = array_of(A, "A")
    if array.dtype.kind in "iu" and array.dtype != np.int64:
        return minus(0, A)
    made = -array.astype(array.dtype if array.dtype.kind == "f" else np.float64)
    return tidy(made, made)


def power(A: Any, B: Any) -> Any:
    """Return ``A.^B``, where that is real.

    Examples
    --------
    >>> power([1, 2, 3], 2)
    array([1., 4., 9.])
    """
    if is_dlarray(A) or is_dlarray(B):
        return A**B
    a, b = matched("power", array_of(A, "A"), array_of(B, "B"))
    made_of = common_class("power", a, b)
    # Integers are computed in double, rounded and saturated at the end.
    kind = np.float64 if is_whole(made_of) else made_of
    a, b = a.astype(kind), b.astype(kind)
    if np.any((a < 0) & (b != np.floor(b))):
        raise NotKnownError("power: MATLAB gives complex numbers, and there are none here.")
    with np.errstate(all="ignore"):
        made = converted(np.asarray(np.power(a, b)), made_of)
    return tidy(made, made)


def transpose(A: Any) -> Any:
    """Return ``A'``: of numbers and matrices; a vector of one dimension has no other way to lie.

    Examples
    --------
    >>> transpose(np.zeros((2, 3))).shape
    (3, 2)
    """
    if isinstance(A, (bool, int, float, np.generic)):
        return A
    if isinstance(A, (str, list)):
        raise NotKnownError("transpose: of a text or a cell array.")
    array = array_of(A, "A")
    if array.ndim == 1 and array.size > 1:
        raise NotKnownError("transpose: whether this vector is a row or a column is not known.")
    if array.ndim > 2:
        raise ValueError("transpose: only matrices are transposed.")
    return array.T


def _two(name: str, A: Any, B: Any) -> tuple[Any, Any]:
    a, b = array_of(A, "A"), array_of(B, "B")
    for x in (a, b):
        if x.ndim == 1 and x.size > 1:
            raise NotKnownError(f"{name}: whether this vector is a row or a column is not known.")
        if x.ndim > 2:
            raise ValueError(f"{name}: only matrices are taken.")
        if x.dtype.kind in "iu" and x.dtype != np.int64:
            raise NotKnownError(f"{name}: of integer classes it is not ported.")
    if is_dlarray(a) or is_dlarray(b):
        return a, b
    kind = np.float32 if np.float32 in (a.dtype, b.dtype) else np.float64
    return a.astype(kind), b.astype(kind)


def mtimes(A: Any, B: Any) -> Any:
    """Return ``A * B``: the product of matrices, or of a number and an array.

    Examples
    --------
    >>> mtimes(np.ones((2, 3)), np.ones((3, 1)))
    array([[3.],
           [3.]])
    """
    if np.size(A) == 1 or np.size(B) == 1:
        return times(A, B)
    a, b = _two("mtimes", A, B)
    with np.errstate(all="ignore"):
        made = a @ b
    return made.reshape(-1)[0].item() if made.size == 1 and not is_dlarray(made) else made


def mrdivide(A: Any, B: Any) -> Any:
    """Return ``A / B``: by a number, or ``A`` times the inverse of a square matrix.

    Examples
    --------
    >>> mrdivide(np.ones((1, 2)), np.eye(2))
    array([[1., 1.]])
    """
    if np.size(B) == 1:
        return rdivide(A, B)
    a, b = _two("mrdivide", A, B)
    made = mldivide(b.T, a.T)
    return made.T if np.ndim(made) == 2 else made


def mldivide(A: Any, B: Any) -> Any:
    r"""Return ``A \ B``: the solution of linear equations of full rank.

    Examples
    --------
    >>> mldivide(2 * np.eye(2), np.ones((2, 1)))
    array([[0.5],
           [0.5]])
    """
    if np.size(A) == 1:
        return rdivide(B, A)
    a, b = _two("mldivide", A, B)
    if a.ndim < 2 or a.shape[0] < a.shape[1] or np.linalg.matrix_rank(a) < a.shape[1]:
        raise NotKnownError("mldivide: only equations of full rank are solved.")
    if a.shape[0] == a.shape[1]:
        return np.linalg.solve(a, b)
    return np.linalg.lstsq(a, b, rcond=None)[0]


def mpower(A: Any, B: Any) -> Any:
    """Return ``A ^ B``: of numbers, or of a square matrix and a whole number.

    Examples
    --------
    >>> mpower(2 * np.eye(2), 3)
    array([[8., 0.],
           [0., 8.]])
    """
    if np.size(A) == 1 and np.size(B) == 1:
        return power(A, B)
    a = np.asarray(array_of(A, "A"), dtype=np.float64)
    if np.size(B) != 1 or float(np.asarray(B).item()) != int(np.asarray(B).item()):
        raise NotKnownError("mpower: the exponent must be a whole number.")
    return np.linalg.matrix_power(a, int(np.asarray(B).item()))
