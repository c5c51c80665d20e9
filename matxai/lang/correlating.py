"""Covariances and correlation coefficients: cov, corrcoef, corr2."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from matxai.arguments import describe, one_of, real_scalar
from matxai.calling import matlab_function
from matxai.lang.matrix_checks import floating_matrix, numbers
from matxai.lang.values import is_given, result

__all__ = ["complete_rows", "corr2", "corrcoef", "correlations", "cov", "pairwise"]


def complete_rows(X: np.ndarray) -> np.ndarray:
    """Return the rows without NaN."""
    return X[~np.isnan(X).any(1)]


def pairwise(X: np.ndarray, compute: Callable[[np.ndarray], np.ndarray]) -> np.ndarray:
    """Compute a matrix of pairs of columns, each of the rows where both are numbers."""
    count = X.shape[1]
    made = np.empty((count, count), X.dtype)
    for i in range(count):
        for j in range(i + 1):
            made[i, j] = made[j, i] = compute(complete_rows(X[:, [i, j]]))[0, 1]
    return made


def _covariances(X: np.ndarray, weight: int = 0) -> np.ndarray:
    count = len(X)
    if count == 0:
        return np.full((X.shape[1],) * 2, np.nan, X.dtype)
    with np.errstate(invalid="ignore", over="ignore"):
        centred = X - X.mean(0)
        return (centred.T @ centred / max(count - (1 - weight), 1)).astype(X.dtype)


def correlations(X: np.ndarray) -> np.ndarray:
    """Return the correlation coefficients of the columns; 1 on the diagonal, NaN of constants."""
    shared = _covariances(X)
    spread = np.sqrt(np.diag(shared))
    with np.errstate(invalid="ignore", divide="ignore"):
        made = np.clip(shared / spread[:, np.newaxis] / spread, -1, 1)
    known = ~np.isnan(np.diag(made))
    made[known, known] = 1
    return made


def _columns(function: str, A: np.ndarray, B: Any) -> np.ndarray:
    """Return variables in columns: those of a matrix, a vector as one, or two arrays as two."""
    if B is None:
        return A.reshape(-1, 1) if 1 in A.shape else A
    B = floating_matrix(B, f"{function}: B")
    if A.size != B.size:
        raise ValueError(
            f"{function}: A and B must have the same number of elements, but have {A.size} and "
            f"{B.size}."
        )
    return np.stack([A.reshape(-1, order="F"), B.reshape(-1, order="F")], axis=1)


_NAN = ("includenan", "includemissing", "omitrows", "partialrows")


@matlab_function("C", accepts={"A": floating_matrix})
def cov(A: Any, *args: Any) -> Any:
    """Return covariances.

    Parameters
    ----------
    A : array or number
        Observations in rows, variables in columns; a vector is one variable.
    *args : array, int or str
        A second array `B` of the same number of elements, with which `A` makes two variables; then
        0 to divide by N - 1, the default, or 1 to divide by N; then "includenan", "omitrows" or
        "partialrows" for NaN.

    Returns
    -------
    number or numpy.ndarray
        The covariance matrix of the columns; of a vector its variance; of `A` and `B` 2×2.

    Raises
    ------
    TypeError
        If an array is not single or double.
    ValueError
        If the arrays differ in their number of elements, or there is no such option.

    Notes
    -----
    Documented. Held against NumPy.

    Examples
    --------
    >>> from matxai import cov
    >>> cov([[1, 2], [3, 6], [5, 4]])
    array([[4., 2.],
           [2., 4.]])
    """
    B, weight, missing = _cov_arguments(A, list(args))
    if A.shape == (0, 0) and B is None:
        return float("nan")
    X = _columns("cov", A, B)
    if missing == "omitrows":
        X = complete_rows(X)
    if missing == "partialrows":
        return result(pairwise(X, lambda part: _covariances(part, weight)))
    return result(_covariances(X, weight))


def _cov_arguments(A: np.ndarray, rest: list[Any]) -> tuple[Any, int, str]:
    B, weight, missing = None, 0, "includenan"
    if rest and isinstance(rest[-1], str):
        missing = one_of(*_NAN)(rest.pop(), "cov: nanflag")
    if len(rest) > 2:
        raise TypeError(f"cov: it takes (A, B, w, nanflag); {describe(rest[2])} is one too many.")
    if len(rest) == 1 and np.size(rest[0]) == 1 and (A.size != 1):
        weight = rest[0]
    elif rest:
        B, weight = rest[0] if is_given(rest[0]) else None, (*rest, 0)[1]
    if np.size(weight) != 1 or np.ravel(weight)[0] not in (0, 1):
        raise ValueError(f"cov: w must be 0 or 1, but is {describe(weight)}.")
    return B, int(np.ravel(weight)[0]), missing


@matlab_function(
    "R",
    "P",
    "RL",
    "RU",
    accepts={
        "A": floating_matrix,
        "Alpha": real_scalar,
        "Rows": one_of("all", "complete", "pairwise"),
    },
)
def corrcoef(
    A: Any, B: Any = None, *, Alpha: float = 0.05, Rows: str = "all", nargout: int = 1
) -> tuple[Any, Any, Any, Any]:
    """Return correlation coefficients.

    Parameters
    ----------
    A : array or number
        Observations in rows, variables in columns; a vector is one variable.
    B : array, optional
        A second array of the same number of elements, with which `A` makes two variables.
    Alpha : float
        Level of the confidence intervals, 0 to 1.
    Rows : {"all", "complete", "pairwise"}
        Whether rows that hold NaN count, or for each pair only the rows where both are numbers.
    nargout : int
        Number of outputs.

    Returns
    -------
    R : number or numpy.ndarray
        The coefficients, 1 on the diagonal; 2×2 of two arrays. NaN of what is constant.
    P : number or numpy.ndarray
        The probabilities of such a correlation by chance, from Student's distribution.
    RL, RU : number or numpy.ndarray
        The lower and upper ends of the confidence intervals, by Fisher's transformation.

    Raises
    ------
    TypeError
        If an array is not single or double.
    ValueError
        If the arrays differ in their number of elements, or there is no such option.

    Notes
    -----
    Documented. Held against NumPy, SciPy and GNU Octave.

    Examples
    --------
    >>> from matxai import corrcoef
    >>> corrcoef([1, 2, 3], [1, 3, 2])
    array([[1. , 0.5],
           [0.5, 1. ]])
    """
    if not 0 < Alpha < 1:
        raise ValueError(f"corrcoef: Alpha must lie between 0 and 1, but is {describe(Alpha)}.")
    X = _columns("corrcoef", A, B)
    X = complete_rows(X) if Rows == "complete" else X
    R = pairwise(X, correlations) if Rows == "pairwise" else correlations(X)
    if nargout == 1:
        return result(R), None, None, None
    known = (~np.isnan(X)).astype(float)
    counts = known.T @ known if Rows == "pairwise" else np.full(R.shape, float(len(X)))
    P = student_probabilities(R, counts)
    np.fill_diagonal(P, np.where(np.isnan(np.diag(R)), np.nan, 1))
    return result(R), result(P), *map(result, _confidence(R, counts, Alpha))


def student_probabilities(R: np.ndarray, count: Any, tail: str = "both") -> np.ndarray:
    """Return how probable coefficients so far from 0 are by chance, of a number of rows."""
    from scipy.stats import t

    with np.errstate(invalid="ignore", divide="ignore"):
        value = R * np.sqrt((count - 2) / (1 - R**2))
    freedom = np.maximum(count - 2, 0)
    if tail == "both":
        return 2 * t.sf(np.abs(value), freedom)
    return t.sf(value if tail == "right" else -value, freedom)


def _confidence(R: np.ndarray, count: np.ndarray, Alpha: float) -> tuple[np.ndarray, np.ndarray]:
    from scipy.special import erfinv

    with np.errstate(invalid="ignore", divide="ignore"):
        middle = np.arctanh(R)
        wide = np.sqrt(2) * erfinv(1 - Alpha) / np.sqrt(np.maximum(count - 3, 0))
        ends = np.tanh(middle - wide), np.tanh(middle + wide)
    for end in ends:
        np.fill_diagonal(end, np.where(np.isnan(np.diag(R)), np.nan, 1))
    return ends


@matlab_function("R", accepts={"A": numbers, "B": numbers})
def corr2(A: Any, B: Any) -> float:
    """Return the correlation coefficient of two images or matrices.

    Parameters
    ----------
    A, B : array
        The images, of one size.

    Returns
    -------
    float
        The coefficient; NaN where one of them is constant.

    Raises
    ------
    TypeError
        If one is not numeric.
    ValueError
        If they differ in size.

    Notes
    -----
    Documented.

    Examples
    --------
    >>> from matxai import corr2
    >>> corr2([[1, 2], [3, 4]], [[2, 4], [6, 8]])
    1.0
    """
    if A.shape != B.shape:
        raise ValueError(
            f"corr2: A and B must be of one size, but are {'×'.join(map(str, A.shape))} and "
            f"{'×'.join(map(str, B.shape))}."
        )
    a, b = (X.astype(np.float64) - X.astype(np.float64).mean() for X in (A, B))
    with np.errstate(invalid="ignore", divide="ignore"):
        return float((a * b).sum() / np.sqrt((a * a).sum() * (b * b).sum()))
