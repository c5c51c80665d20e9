"""Powers and factorials: power, gamma, factorial, nchoosek."""

from __future__ import annotations

import itertools
import math
from typing import Any

import numpy as np

from matxai.arguments import describe, real_scalar
from matxai.calling import matlab_function
from matxai.lang.classes import converted
from matxai.lang.elementwise import common_class, is_whole, matched
from matxai.lang.matrix_checks import numbers
from matxai.lang.not_known import NotKnownError
from matxai.lang.values import array_of, is_dlarray, is_vector, result, tidy

__all__ = ["factorial", "gamma", "nchoosek", "power"]

# Beyond 170! there is no double.
_FACTORIALS = np.array([float(math.factorial(n)) for n in range(171)])


@matlab_function("C", accepts={"A": array_of, "B": array_of})
def power(A: Any, B: Any) -> Any:
    """Raise to a power, element by element, as MATLAB's ``.^`` does.

    Parameters
    ----------
    A, B : array, number or dlarray
        The bases and the exponents. Dimensions of length 1 are repeated.

    Returns
    -------
    numpy.ndarray, number or dlarray
        Of an integer class if one of them is, rounded and at most the limits of the class; else
        single if one of them is; else double.

    Raises
    ------
    TypeError
        If one is not numeric, or integers of two classes come together.
    ValueError
        If sizes do not fit, or a power is complex: that of a negative number to one that is not
        whole.

    Notes
    -----
    Documented.

    Examples
    --------
    >>> from matxai import power
    >>> power([1, 2, 3], 2)
    array([1., 4., 9.])
    """
    if is_dlarray(A) or is_dlarray(B):
        return A**B
    a, b = matched("power", A, B)
    made_of = common_class("power", a, b)
    # Integers are computed in double, rounded and saturated at the end.
    kind = np.float64 if is_whole(made_of) else made_of
    a, b = a.astype(kind), b.astype(kind)
    if np.any((a < 0) & (b != np.floor(b))):
        raise NotKnownError("power: MATLAB gives complex numbers, and there are none here.")
    with np.errstate(all="ignore"):
        made = converted(np.asarray(np.power(a, b)), made_of)
    return tidy(made, made)


@matlab_function("Y", accepts={"X": numbers})
def gamma(X: Any) -> Any:
    """Return the gamma function.

    Parameters
    ----------
    X : array or number
        The numbers, single or double.

    Returns
    -------
    number or numpy.ndarray
        Its values: (n - 1)! for a positive integer n, Inf for other integers.

    Raises
    ------
    TypeError
        If `X` is not single or double.

    Notes
    -----
    Numeric: held against GNU Octave, exact for integers.

    Examples
    --------
    >>> from matxai import gamma
    >>> gamma([1, 5])
    array([ 1., 24.])
    """
    from scipy.special import gamma as of_scipy

    if X.dtype.kind != "f":
        raise TypeError(f"gamma: X must be single or double, but is {describe(X)}. Use double(X).")
    made = np.asarray(of_scipy(X.astype(np.float64)))
    whole = np.isfinite(X) & (np.floor(X) == X)
    known = whole & (X >= 1) & (X <= 171)
    made = np.where(known, _FACTORIALS[np.where(known, X - 1, 0).astype(int)], made)
    made = np.where(whole & (X <= 0), np.where((X == 0) & np.signbit(X), -np.inf, np.inf), made)
    return tidy(converted(np.where(-np.inf == X, np.nan, made), X.dtype), X)


@matlab_function("f", accepts={"n": numbers})
def factorial(n: Any) -> Any:
    """Return factorials.

    Parameters
    ----------
    n : array or number
        Integers, not negative.

    Returns
    -------
    number or numpy.ndarray
        The products of the integers up to each of them, of the class of `n`.

    Raises
    ------
    TypeError
        If `n` is not numeric.
    ValueError
        If a number is negative or no integer.

    Notes
    -----
    Documented. Integer classes saturate.

    Examples
    --------
    >>> from matxai import factorial
    >>> factorial([0, 3, 5])
    array([  1.,   6., 120.])
    """
    values = n.astype(np.float64)
    if not ((values >= 0) & (values == np.floor(values))).all():
        raise ValueError(f"factorial: n must hold integers from 0 on, but is {describe(n)}.")
    made = np.where(values > 170, np.inf, _FACTORIALS[np.minimum(values, 170).astype(int)])
    kind = n.dtype if n.dtype.kind != "b" and n.dtype != np.int64 else np.dtype(np.float64)
    return tidy(converted(made, kind), n)


@matlab_function("C", accepts={"n": numbers, "k": real_scalar})
def nchoosek(n: Any, k: Any) -> Any:
    """Return a binomial coefficient, or all combinations of the elements of a vector.

    Parameters
    ----------
    n : number or array
        How many there are; or a vector of them.
    k : int
        How many are chosen.

    Returns
    -------
    number or numpy.ndarray, shape (C, k)
        How many choices there are; for a vector the choices, one in each row.

    Raises
    ------
    TypeError
        If `n` is not numeric.
    ValueError
        If `n` is no vector, a number is negative or no integer, or `k` above the number `n`.

    Notes
    -----
    Documented. Held against GNU Octave.

    Examples
    --------
    >>> from matxai import nchoosek
    >>> nchoosek(5, 2)
    10.0
    >>> nchoosek([1, 2, 3], 2)
    array([[1., 2.],
           [1., 3.],
           [2., 3.]])
    """
    if k < 0 or k != int(k):
        raise ValueError(f"nchoosek: k must be an integer from 0 on, but is {describe(k)}.")
    if n.size != 1:
        if not is_vector(n):
            raise ValueError(f"nchoosek: n must be a number or a vector, but is {describe(n)}.")
        rows = list(itertools.combinations(n.reshape(-1), int(k)))
        return result(np.array(rows, n.dtype).reshape(len(rows), int(k)))
    count = n.reshape(-1)[0]
    if not (count >= k and np.isfinite(count) and count == int(count)):
        raise ValueError(
            f"nchoosek: n must be an integer not below k, but is {describe(count)}, and k {k:g}."
        )
    kind = n.dtype if n.dtype.kind != "b" and n.dtype != np.int64 else np.dtype(np.float64)
    return result(converted(np.float64(math.comb(int(count), int(k))).reshape(1), kind))
