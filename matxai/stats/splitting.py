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
        kept = np.flatnonzero(wanted[self.rows]).reshape(len(self.rows), -1)
        return Columns(self.values.take(kept), self.rows.take(kept))

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
    cuts = np.flatnonzero(_allowed(values, min_leaf))
    if cuts.size == 0:
        return None
    width = values.shape[1] - 1
    predictors = cuts // width
    positions = cuts - width * predictors
    # Weighting before gathering takes fewer multiplications, of the same numbers.
    weighted = (w * y)[rows]
    missing = np.isnan(values)
    incomplete = missing[:, -1]
    if incomplete.any():
        weighted[missing] = 0
        weights = np.where(missing, 0, w[rows])
    elif (w == w[0]).all():
        weights = np.full((1, rows.shape[1]), w[0])
    else:
        weights = w[rows]
    left, total = _sums(weights, predictors, positions)
    left_sum, total_sum = _sums(weighted, predictors, positions)
    right, right_sum = total - left, total_sum - left_sum
    with np.errstate(divide="ignore", invalid="ignore"):
        gains = left * (left_sum / left) ** 2 + right * (right_sum / right) ** 2
    if incomplete.any():
        # Observations that miss the predictor leave the tree here: only the others count.
        squares = (weighted * y[rows]).sum(axis=1)
        gains += np.where(incomplete[predictors], total * error - squares[predictors], 0)

    best = int(np.argmax(gains))
    gain = float(gains[best])
    if not gain > 0:
        return None
    predictor, position = int(predictors[best]), int(positions[best])
    return Split(predictor, _halfway(*values[predictor, position : position + 2].tolist()), gain)


def _allowed(values: np.ndarray, min_leaf: int) -> np.ndarray:
    """Tell behind which values there can be a cut: bool, P×(n − 1)."""
    # NaN compares false: no cut lies beside a missing value.
    allowed = values[:, 1:] > values[:, :-1]
    if min_leaf > 1:
        observed = np.count_nonzero(~np.isnan(values), axis=1, keepdims=True)
        left_count = np.arange(1, values.shape[1])
        allowed &= (left_count >= min_leaf) & (observed - left_count >= min_leaf)
    return allowed


def _sums(
    summands: np.ndarray, predictors: np.ndarray, positions: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Sum up to each cut, and over the predictor that it is a cut of; one row can serve all."""
    sums = np.cumsum(summands, axis=1)
    if len(sums) == 1:
        return sums[0].take(positions), sums[0, -1:]
    width = sums.shape[1] - 1
    if positions.size == len(sums) * width:
        return sums[:, :-1].reshape(-1), np.repeat(sums[:, -1], width)
    return sums.take(predictors * sums.shape[1] + positions), sums[:, -1].take(predictors)


def _halfway(lower: float, upper: float) -> float:
    middle = lower / 2 + upper / 2
    # Between neighbouring or infinite numbers there is no middle that parts them.
    return middle if lower < middle <= upper else upper
