"""The best split of one node of a regression tree, with MATLAB's rule for ties.

Candidates are looked at predictor by predictor, cuts ascending, and the first with a strictly
larger gain wins. Equal gains differ by rounding noise, so which one wins depends on the arithmetic:
the order of the additions here is the one that reproduces importances printed by MATLAB.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

__all__ = ["Columns", "Split", "best_split"]


@dataclass(frozen=True)
class Columns:
    """The predictors of one node, each sorted by itself.

    Attributes
    ----------
    values : numpy.ndarray, shape (P, n)
        Values of each predictor, ascending, missing ones (NaN) last.
    rows : numpy.ndarray of int, shape (P, n)
        The training rows that they belong to; rows of equal value in ascending order.
    """

    values: np.ndarray
    rows: np.ndarray

    @classmethod
    def of(cls, X: np.ndarray) -> Columns:
        """Sort the predictors of all training rows, X of shape (n, P)."""
        by_predictor = np.ascontiguousarray(X.T)
        rows = np.argsort(by_predictor, axis=1, kind="stable")
        return cls(np.take_along_axis(by_predictor, rows, axis=1), rows)

    def keep(self, wanted: np.ndarray) -> Columns:
        """Keep the rows where ``wanted``, of one truth value a training row, is true."""
        kept = wanted[self.rows]
        shape = (len(self.rows), -1)
        return Columns(self.values[kept].reshape(shape), self.rows[kept].reshape(shape))

    def replace(self, predictor: int, values: np.ndarray) -> None:
        """Put other values, one a training row, in the place of one predictor's."""
        rows = np.sort(self.rows[predictor])
        order = np.argsort(values[rows], kind="stable")
        self.rows[predictor] = rows[order]
        self.values[predictor] = values[self.rows[predictor]]


@dataclass(frozen=True)
class Split:
    """A split of a node: left is where the predictor is below the cut."""

    predictor: int
    cut: float
    gain: float


def best_split(
    columns: Columns, y: np.ndarray, w: np.ndarray, error: float, min_leaf: int
) -> Split | None:
    """Find the split of a node that lowers the squared error most.

    Parameters
    ----------
    columns : Columns
        The predictors of the node.
    y : numpy.ndarray, shape (N,)
        Response of each training row, less the mean of the node.
    w : numpy.ndarray, shape (N,)
        Weight of each training row; they sum to 1 over the tree.
    error : float
        Mean squared error of the node.
    min_leaf : int
        Fewest observations on either side.

    Returns
    -------
    Split or None
        None where no split lowers the error.
    """
    values, rows = columns.values, columns.rows
    missing = np.isnan(values)
    any_missing = missing.any()
    weights = w[rows]
    responses = y[rows]
    if any_missing:
        weights[missing] = 0
    weighted = weights * responses
    weight_sums = np.cumsum(weights, axis=1)
    sums = np.cumsum(weighted, axis=1)

    left, total = weight_sums[:, :-1], weight_sums[:, -1:]
    right = total - left
    left_sum, right_sum = sums[:, :-1], sums[:, -1:] - sums[:, :-1]
    with np.errstate(divide="ignore", invalid="ignore"):
        gains = left * (left_sum / left) ** 2 + right * (right_sum / right) ** 2
    if any_missing:
        # Observations that miss the predictor leave the tree here: only the others count.
        squares = (weighted * responses).sum(axis=1, keepdims=True)
        gains += np.where(missing.any(axis=1, keepdims=True), total * error - squares, 0)

    # NaN compares false: no cut lies beside a missing value.
    allowed = values[:, 1:] > values[:, :-1]
    if min_leaf > 1:
        observed = values.shape[1] - missing.sum(axis=1, keepdims=True)
        left_count = np.arange(1, values.shape[1])
        allowed &= (left_count >= min_leaf) & (observed - left_count >= min_leaf)
    gains[~allowed] = -np.inf
    if gains.size == 0:
        return None
    predictor, position = divmod(int(np.argmax(gains)), gains.shape[1])
    gain = float(gains[predictor, position])
    if not gain > 0:
        return None
    return Split(predictor, _halfway(*values[predictor, position : position + 2].tolist()), gain)


def _halfway(lower: float, upper: float) -> float:
    middle = lower / 2 + upper / 2
    # Between neighbouring or infinite numbers there is no middle that parts them.
    return middle if lower < middle <= upper else upper
