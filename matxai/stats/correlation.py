"""corr: correlation of the columns of matrices, by values or by ranks."""

from __future__ import annotations

from typing import Any

import numpy as np

from matxai.arguments import one_of
from matxai.calling import matlab_function
from matxai.lang.correlating import complete_rows, correlations, student_probabilities
from matxai.lang.matrix_checks import floating_matrix
from matxai.lang.not_known import NotKnownError
from matxai.lang.values import result

__all__ = ["corr"]


@matlab_function(
    "rho",
    "pval",
    accepts={
        "X": floating_matrix,
        "Y": floating_matrix,
        "Type": one_of("Pearson", "Kendall", "Spearman"),
        "Rows": one_of("all", "complete", "pairwise"),
        "Tail": one_of("both", "right", "left"),
    },
)
def corr(
    X: Any,
    Y: Any = None,
    *,
    Type: str = "Pearson",
    Rows: str = "all",
    Tail: str = "both",
    nargout: int = 1,
) -> tuple[Any, Any]:
    """Return how each column of one matrix is correlated with each of another.

    Parameters
    ----------
    X : array, shape (N, P)
        Observations in rows; a 1-D array is a column.
    Y : array, shape (N, Q), optional
        As `X`, which by default is compared with itself.
    Type : {"Pearson", "Kendall", "Spearman"}
        The linear correlation, Kendall's tau or Spearman's rho.
    Rows : {"all", "complete", "pairwise"}
        Whether rows that hold NaN count, or for each pair only the rows where both are numbers.
    Tail : {"both", "right", "left"}
        Which correlations `pval` is tested against: any, those above or those below 0.
    nargout : int
        Number of outputs.

    Returns
    -------
    rho : number or numpy.ndarray, shape (P, Q)
        The coefficients.
    pval : number or numpy.ndarray, shape (P, Q)
        The probabilities of such coefficients by chance, for "Pearson".

    Raises
    ------
    TypeError
        If an array is not single or double.
    ValueError
        If the matrices differ in their number of rows, or there is no such option.

    Notes
    -----
    Documented. Held against SciPy. `pval` of ranks is refused: MATLAB's changes from exact to
    approximate ones.

    Examples
    --------
    >>> from matxai import corr
    >>> corr([1, 2, 3], [2, 4, 6])
    1.0
    """
    if nargout > 1 and Type != "Pearson":
        raise NotKnownError(f"corr: pval of {Type!r} is not there; ask for rho only.")
    own = Y is None
    Y = X if own else Y
    if len(X) != len(Y):
        raise ValueError(
            f"corr: X and Y must have the same number of rows, but have {len(X)} and {len(Y)}."
        )
    both = np.concatenate([X, Y], axis=1)
    if Rows == "complete":
        both = complete_rows(both)
        X, Y = both[:, : X.shape[1]], both[:, X.shape[1] :]
    rho = np.empty((X.shape[1], Y.shape[1]), both.dtype)
    count = np.empty(rho.shape)
    for i, j in np.ndindex(rho.shape):
        pair = np.stack([X[:, i], Y[:, j]], axis=1)
        pair = complete_rows(pair) if Rows == "pairwise" else pair
        count[i, j] = len(pair)
        rho[i, j] = 1 if own and i == j and _varies(pair) else _coefficient(pair, Type)
    pval = student_probabilities(rho, count, Tail) if nargout > 1 else None
    if own and pval is not None:
        np.fill_diagonal(pval, np.where(np.isnan(np.diag(rho)), np.nan, 1))
    return result(rho), None if pval is None else result(pval)


def _varies(pair: np.ndarray) -> bool:
    return len(pair) > 1 and not np.isnan(pair).any() and bool((pair != pair[0]).any())


def _coefficient(pair: np.ndarray, kind: str) -> Any:
    from scipy import stats

    if not len(pair) or np.isnan(pair).any():
        return np.nan
    if kind == "Kendall":
        varies = (pair != pair[0]).any(0).all()
        return stats.kendalltau(pair[:, 0], pair[:, 1]).statistic if varies else np.nan
    if kind == "Spearman":
        pair = stats.rankdata(pair, axis=0)
    return correlations(pair)[0, 1]
