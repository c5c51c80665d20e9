"""pdist2: how far the rows of one matrix are from those of another."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from matxai.arguments import describe, numeric_array, one_of, positive_integer
from matxai.calling import matlab_function
from matxai.lang.not_known import NotKnownError
from matxai.lang.values import result

__all__ = ["pdist2"]

_METRICS = (
    "euclidean",
    "squaredeuclidean",
    "fasteuclidean",
    "fastsquaredeuclidean",
    "seuclidean",
    "mahalanobis",
    "cityblock",
    "minkowski",
    "chebychev",
    "cosine",
    "correlation",
    "hamming",
    "jaccard",
    "spearman",
)
_PARAMETERS = ("seuclidean", "mahalanobis", "minkowski")


def _metric(value: Any, name: str) -> Any:
    return value if callable(value) else one_of(*_METRICS)(value, name)


def _observations(value: Any, name: str) -> np.ndarray:
    array = numeric_array(value, name)
    if array.size == 1:
        array = array.reshape(1, 1)
    if array.ndim == 1:
        raise NotKnownError(
            f"{name}: a 1-D array is neither a row nor a column: write x[np.newaxis] or "
            f"x[:, np.newaxis]."
        )
    if array.ndim != 2:
        raise ValueError(f"{name} must be a matrix, but is {describe(value)}.")
    return array if array.dtype == np.float32 else array.astype(np.float64)


@matlab_function(
    "D",
    "I",
    accepts={
        "X": _observations,
        "Y": _observations,
        "Distance": _metric,
        "Smallest": positive_integer,
        "Largest": positive_integer,
    },
)
def pdist2(
    X: Any,
    Y: Any,
    Distance: Any = "euclidean",
    DistParameter: Any = None,
    *,
    Smallest: int | None = None,
    Largest: int | None = None,
    nargout: int = 1,
) -> Any:
    """Measure the distance of each row of one matrix from each row of another.

    Parameters
    ----------
    X : array, shape (M, P)
        Observations in rows.
    Y : array, shape (N, P)
        Observations in rows.
    Distance : str or callable, default "euclidean"
        "euclidean", "squaredeuclidean", "seuclidean" (divided by the standard deviations of `X`),
        "mahalanobis" (by the covariance of `X`), "cityblock", "minkowski", "chebychev", "cosine",
        "correlation", "spearman", "hamming", "jaccard", or a function of a row, 1×P, and a matrix
        of rows, K×P, that gives K distances. "fasteuclidean" and "fastsquaredeuclidean" are the
        Euclidean ones.
    DistParameter : array or number, optional
        Standard deviations for "seuclidean", covariance for "mahalanobis", exponent for
        "minkowski", 2 by default.
    Smallest, Largest : int, optional
        So many of the smallest, or largest, distances of each row of `Y` are returned, sorted.
    nargout : int, default 1
        Number of outputs to return.

    Returns
    -------
    D : number or numpy.ndarray, shape (M, N)
        The distances; K×N with `Smallest` or `Largest`. single if `X` or `Y` is, else double.
    I : numpy.ndarray of int
        Which rows of `X` they belong to, counted from 1.

    Raises
    ------
    TypeError
        If `X` or `Y` is not numeric.
    ValueError
        If one is no matrix, they differ in their number of columns, the metric is another one, or
        its parameter is not of its size.

    Notes
    -----
    Documented: held against the formulas of each metric. SciPy computes most of them.

    Examples
    --------
    >>> from matxai import pdist2
    >>> pdist2([[0, 0], [3, 4]], [[0, 0], [3, 0]])
    array([[0., 3.],
           [5., 4.]])
    """
    if X.shape[1] != Y.shape[1]:
        raise ValueError(
            f"pdist2: X and Y must have as many columns, but have {X.shape[1]} and {Y.shape[1]}."
        )
    if DistParameter is not None and Distance not in _PARAMETERS:
        raise ValueError(f"pdist2: {describe(Distance)} takes no DistParameter.")
    if Smallest is not None and Largest is not None:
        raise ValueError("pdist2: Smallest and Largest cannot be given together.")
    kind = np.float32 if np.float32 in (X.dtype, Y.dtype) else np.float64
    D = _distances(X, Y, Distance, DistParameter).astype(kind)
    if Smallest is None and Largest is None:
        if nargout > 1:
            raise TypeError("pdist2: the second output is there with Smallest or Largest only.")
        return result(D), None
    order = np.argsort(D if Largest is None else -D, axis=0, kind="stable")
    order = order[: Smallest or Largest]
    return result(np.take_along_axis(D, order, axis=0)), result(order + 1)


def _distances(X: np.ndarray, Y: np.ndarray, metric: Any, parameter: Any) -> np.ndarray:
    if callable(metric):
        return _by_function(X, Y, metric)
    if metric in ("hamming", "jaccard"):
        return _differing(X, Y, metric == "jaccard")
    if metric == "spearman":
        from scipy.stats import rankdata

        X, Y, metric = rankdata(X, axis=1), rankdata(Y, axis=1), "correlation"
    from scipy.spatial.distance import cdist

    name = metric.removeprefix("fast").replace("squared", "sq").replace("chebychev", "chebyshev")
    # A row without length, or without variance, has no direction: its distances are NaN.
    with np.errstate(divide="ignore", invalid="ignore"):
        return cdist(X, Y, name, **_options(X, metric, parameter))


def _options(X: np.ndarray, metric: str, parameter: Any) -> dict[str, Any]:
    """Return what SciPy is told besides: MATLAB's defaults are those of X alone."""
    if metric == "seuclidean":
        deviations = X.std(axis=0, ddof=1) if parameter is None else _numbers(parameter)
        if deviations.size != X.shape[1] or (deviations < 0).any():
            raise ValueError(
                f"pdist2: DistParameter must hold a standard deviation for each of the "
                f"{X.shape[1]} columns, but is {describe(parameter)}."
            )
        return {"V": deviations.ravel() ** 2}
    if metric == "mahalanobis":
        covariance = np.cov(X, rowvar=False) if parameter is None else _numbers(parameter)
        covariance = np.atleast_2d(covariance)
        if covariance.shape != (X.shape[1],) * 2:
            raise ValueError(
                f"pdist2: DistParameter must be a covariance of {X.shape[1]}×{X.shape[1]}, but is "
                f"{describe(parameter)}."
            )
        return {"VI": _inverse(covariance)}
    if metric == "minkowski":
        power = _numbers(2 if parameter is None else parameter)
        if power.size != 1 or not power.item() > 0:
            raise ValueError(
                f"pdist2: DistParameter must be a positive exponent, but is {describe(parameter)}."
            )
        return {"p": power.item()}
    return {}


def _numbers(value: Any) -> np.ndarray:
    return numeric_array(value, "DistParameter").astype(np.float64)


def _inverse(covariance: np.ndarray) -> np.ndarray:
    try:
        np.linalg.cholesky(covariance)
    except np.linalg.LinAlgError:
        raise ValueError(
            "pdist2: the covariance must be symmetric and positive definite; that of X is not if X "
            "has too few rows."
        ) from None
    return np.linalg.inv(covariance)


def _differing(X: np.ndarray, Y: np.ndarray, nonzero: bool) -> np.ndarray:
    """Return the share of columns that differ; of those that are not zero in both, if asked."""
    D = np.empty((len(X), len(Y)))
    with np.errstate(invalid="ignore"):
        for i, row in enumerate(X):
            counted = (row != 0) | (Y != 0) if nonzero else np.ones(Y.shape, bool)
            D[i] = ((row != Y) & counted).sum(axis=1) / counted.sum(axis=1)
    return D


def _by_function(X: np.ndarray, Y: np.ndarray, distance: Callable[..., Any]) -> np.ndarray:
    D = np.empty((len(X), len(Y)))
    for i, row in enumerate(X):
        found = np.ravel(distance(row[np.newaxis], Y))
        if found.size != len(Y):
            raise ValueError(
                f"pdist2: Distance must give a distance for each of {len(Y)} rows, but gives "
                f"{found.size}."
            )
        D[i] = found
    return D
