"""pca: the directions along which observations differ most."""

from __future__ import annotations

from typing import Any

import numpy as np

from matxai.arguments import logical, one_of, positive_integer
from matxai.calling import matlab_function
from matxai.lang.matrix_checks import floats, lying
from matxai.lang.values import result

__all__ = ["pca"]


def _observations(value: Any, name: str) -> np.ndarray:
    return lying(floats(value, name), name)


@matlab_function(
    "coeff",
    "score",
    "latent",
    "tsquared",
    "explained",
    "mu",
    accepts={
        "X": _observations,
        "NumComponents": positive_integer,
        "Centered": logical,
        "Economy": logical,
        "Algorithm": one_of("svd", "eig"),
        "Rows": one_of("complete", "all"),
    },
)
def pca(
    X: Any,
    *,
    NumComponents: int | None = None,
    Centered: bool = True,
    Economy: bool = True,
    Algorithm: str = "svd",
    Rows: str = "complete",
    nargout: int = 1,
) -> tuple[Any, ...]:
    """Analyse the principal components of observations.

    Parameters
    ----------
    X : array, shape (N, P)
        Observations in rows, variables in columns; single or double.
    NumComponents : int, optional
        How many components `coeff` and `score` hold; by default all.
    Centered : bool, default True
        Whether the means are subtracted first.
    Economy : bool, default True
        Whether components without variance, of which there are some if there are no more
        observations than variables, are left out.
    Algorithm : {"svd", "eig"}
        Both are computed by singular values here.
    Rows : {"complete", "all"}
        Whether rows that hold NaN are left out; if not, they are an error.
    nargout : int
        Number of outputs.

    Returns
    -------
    coeff : numpy.ndarray, shape (P, K)
        The components, in columns, that of most variance first. The element that is greatest
        without its sign is positive in each.
    score : numpy.ndarray, shape (N, K)
        The observations in terms of the components; NaN for rows that were left out.
    latent : numpy.ndarray, shape (K,)
        The variances along the components.
    tsquared : numpy.ndarray, shape (N,)
        Hotelling's T-squared statistic of each observation, of all components.
    explained : numpy.ndarray, shape (K,)
        The shares of the variances, in percent.
    mu : numpy.ndarray, shape (P,)
        The means of the variables; 0 if they are not subtracted.

    Raises
    ------
    TypeError
        If `X` is not single or double.
    ValueError
        If `X` is no matrix, or holds NaN where all rows count.

    Notes
    -----
    Documented. Held against scikit-learn. Weights and the algorithm "als" are not there.

    Examples
    --------
    >>> from matxai import pca
    >>> coeff, score, latent = pca([[1, 2], [2, 4], [3, 6.5]], nargout=3)
    >>> coeff.shape, score.shape, latent.shape
    ((2, 2), (3, 2), (2,))
    """
    missing = np.isnan(X).any(1)
    if Rows == "all" and missing.any():
        raise ValueError('pca: X holds NaN: leave Rows at "complete" to leave those rows out.')
    known = X[~missing]
    mu = known.mean(0) if Centered and len(known) else np.zeros(X.shape[1], X.dtype)
    freedom = max(len(known) - Centered, 0)
    U, s, V = _decomposed(known - mu, Economy, freedom)
    signs = np.where(V[np.arange(len(V)), np.abs(V).argmax(1)] < 0, -1, 1).astype(X.dtype)
    latent = s**2 / max(freedom, 1)
    score = np.full((len(X), len(V)), np.nan, X.dtype)
    score[~missing] = U * s * signs
    tsquared = np.full(len(X), np.nan, X.dtype)
    tsquared[~missing] = _hotelling(U, s, known.shape, freedom)
    total = latent.sum()
    explained = 100 * latent / total if total > 0 else np.full_like(latent, np.nan)
    kept = slice(NumComponents)
    return (
        result((V * signs[:, np.newaxis])[kept].T),
        result(score[:, kept]),
        result(latent),
        result(tsquared),
        result(explained),
        result(mu),
    )


def _decomposed(
    X: np.ndarray, economy: bool, freedom: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the scores divided by their lengths, these, and the components in rows."""
    U, s, V = np.linalg.svd(X, full_matrices=not economy and X.shape[0] < X.shape[1])
    count = min(freedom, X.shape[1]) if economy else X.shape[1]
    lengths = np.zeros(max(count, len(s)), X.dtype)
    lengths[: len(s)] = s
    # What is left of rounding beyond the rank that the degrees of freedom allow is 0.
    lengths[freedom:] = 0
    directions = np.zeros((len(X), len(lengths)), X.dtype)
    shared = min(U.shape[1], len(lengths))
    directions[:, :shared] = U[:, :shared]
    return directions[:, :count], lengths[:count], V[:count]


def _hotelling(U: np.ndarray, s: np.ndarray, shape: tuple[int, ...], freedom: int) -> np.ndarray:
    """Return the sums of squares of the scores, each divided by its standard deviation."""
    counted = s > max(shape) * np.spacing(s.max(initial=0))
    return (U[:, counted] ** 2).sum(1) * freedom
