"""Linear support vector regression by an interior-point method.

The problem has n constraints but only P + 1 coefficients, so each Newton step costs one system of
that size. libsvm and liblinear, which go through the dual two or one coordinates at a time, need
minutes where the penalty is as light as MATLAB's default, 1/n; this needs some 20 steps.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

__all__ = ["support_vector_regression"]

_STEPS = 200
# Rounding keeps the equations from being met better once the gap is closed.
_GAP, _EQUATIONS = 1e-9, 1e-7
_TO_BOUNDARY = 0.995


def support_vector_regression(
    X: np.ndarray, y: np.ndarray, w: np.ndarray, lam: float, epsilon: float, fit_bias: bool = True
) -> tuple[np.ndarray, float]:
    """Minimize Σw·max(0, |y − Xβ − b| − ε) + λ/2·Σβ².

    Parameters
    ----------
    X : numpy.ndarray, shape (n, P)
        Predictors.
    y : numpy.ndarray, shape (n,)
        Responses.
    w : numpy.ndarray, shape (n,)
        Positive weights that sum to 1.
    lam : float
        Factor λ of the penalty, above 0.
    epsilon : float
        Half the width ε of the band without loss.
    fit_bias : bool
        Whether there is a bias b; else it is 0.

    Returns
    -------
    beta : numpy.ndarray, shape (P,)
        The coefficients.
    bias : float
        The bias.

    Raises
    ------
    RuntimeError
        If the iteration does not converge.
    """
    # Columns and responses of size 1: the steps then depend on no one's units.
    middle = X.mean(axis=0) if fit_bias else np.zeros(X.shape[1])
    spread = np.sqrt(((X - middle) ** 2).mean(axis=0))
    spread[spread == 0] = 1
    start = np.median(y) if fit_bias else 0.0
    size = np.abs(y - start).mean() or 1.0
    columns = (X - middle) / spread
    penalty = lam * size / spread**2
    if fit_bias:
        columns = np.column_stack([columns, np.ones(len(y))])
        penalty = np.append(penalty, 0)
    # Numbers out of range end the iteration; they are no warning for whoever called.
    with np.errstate(all="ignore"):
        solved = _interior_point(columns, (y - start) / size, w, penalty, epsilon / size)
    beta = solved[: X.shape[1]] * size / spread
    bias = start + solved[-1] * size - middle @ beta if fit_bias else 0.0
    return beta, float(bias)


@dataclass
class _Point:
    """Coefficients, and for each side of the band: excess, slack and their multipliers.

    The rows of each 2×n array are the constraints y − f ≤ ε + excess and f − y ≤ ε + excess.
    """

    coefficients: np.ndarray
    excess: np.ndarray
    slack: np.ndarray
    of_excess: np.ndarray
    of_slack: np.ndarray

    @property
    def gap(self) -> float:
        return float((self.excess * self.of_excess + self.slack * self.of_slack).sum())


_SIDES = np.array([[1.0], [-1.0]])


def _interior_point(
    X: np.ndarray, y: np.ndarray, w: np.ndarray, penalty: np.ndarray, epsilon: float
) -> np.ndarray:
    both = np.broadcast_to(w, (2, len(y)))
    ones = np.ones_like(both)
    over = np.maximum(_SIDES * y - epsilon, 0)
    point = _Point(np.zeros(X.shape[1]), over + 1, ones, both / 2, both / 2)
    for _ in range(_STEPS):
        residual = y - X @ point.coefficients
        stationary = penalty * point.coefficients - X.T @ (point.of_slack[0] - point.of_slack[1])
        feasible = point.slack - epsilon - point.excess + _SIDES * residual
        size = w @ np.maximum(np.abs(residual) - epsilon, 0)
        size += 0.5 * penalty @ point.coefficients**2
        unmet = max(np.abs(stationary).max(), np.abs(feasible).max())
        if point.gap <= _GAP * max(size, 1e-3) and unmet <= _EQUATIONS:
            return point.coefficients
        try:
            point = _step(point, X, penalty, stationary, feasible)
        except np.linalg.LinAlgError:
            break
    raise RuntimeError(
        f"fitrlinear: the support vector machine did not converge within {_STEPS} steps. "
        "Bring the predictors to similar scales, or use a larger Lambda."
    )


def _step(
    point: _Point,
    X: np.ndarray,
    penalty: np.ndarray,
    stationary: np.ndarray,
    feasible: np.ndarray,
) -> _Point:
    """Go one step of Mehrotra's predictor and corrector."""
    stiffness = 1 / (point.slack / point.of_slack + point.excess / point.of_excess)
    matrix = (X.T * stiffness.sum(axis=0)) @ X + np.diag(penalty)

    def towards(slack_product: np.ndarray, excess_product: np.ndarray) -> tuple[np.ndarray, ...]:
        """Solve for the change that brings the products of slack and multiplier to a target."""
        lacking = slack_product / point.of_slack - excess_product / point.of_excess + feasible
        pull = (_SIDES * stiffness * lacking).sum(axis=0)
        coefficients = _solve(matrix, X.T @ pull - stationary)
        of_slack = stiffness * (lacking - _SIDES * (X @ coefficients))
        excess = (excess_product + point.excess * of_slack) / point.of_excess
        slack = (slack_product - point.slack * of_slack) / point.of_slack
        return coefficients, excess, slack, -of_slack, of_slack

    current = point.slack * point.of_slack, point.excess * point.of_excess
    plain = towards(-current[0], -current[1])
    reached = _moved(point, plain, _length(point, plain))
    mean = point.gap / (2 * point.slack.size)
    target = mean * (reached.gap / point.gap) ** 3
    _, excess, slack, of_excess, of_slack = plain
    change = towards(
        target - current[0] - slack * of_slack, target - current[1] - excess * of_excess
    )
    return _moved(point, change, _TO_BOUNDARY * _length(point, change))


def _solve(matrix: np.ndarray, right: np.ndarray) -> np.ndarray:
    try:
        return np.linalg.solve(matrix, right)
    except np.linalg.LinAlgError:
        # More predictors than observations under hardly any penalty: any of the solutions will do.
        return np.linalg.lstsq(matrix, right, rcond=None)[0]


def _length(point: _Point, change: tuple[np.ndarray, ...]) -> float:
    """Find how far, up to 1 / _TO_BOUNDARY, all quantities that have to stay positive do so."""
    now = np.stack([point.excess, point.slack, point.of_excess, point.of_slack])
    shrinking = np.max(-np.stack(change[1:]) / now)
    return 1 / max(shrinking, _TO_BOUNDARY)


def _moved(point: _Point, change: tuple[np.ndarray, ...], length: float) -> _Point:
    now = (point.coefficients, point.excess, point.slack, point.of_excess, point.of_slack)
    return _Point(*(value + length * by for value, by in zip(now, change, strict=True)))
