"""The linear model that ``fitrlinear`` returns: its properties and methods."""

from __future__ import annotations

from typing import Any

import numpy as np

from matxai.arguments import describe, numeric_array, one_of
from matxai.calling import matlab_function
from matxai.stats.linear_solvers import lasso_weights
from matxai.stats.observations import average_loss, vector, weights

# lasso_weights is the plain core, for callers behind the door.
__all__ = ["RegressionLinear", "lasso_weights"]


class RegressionLinear:
    """Linear regression model, as :func:`matxai.fitrlinear` fits it.

    P is the number of predictors. Where fitrlinear was given several values of Lambda, L of them,
    there is one model for each, in ascending order.

    Attributes
    ----------
    Beta : numpy.ndarray, shape (P,) or (P, L)
        The coefficients.
    Bias : float or numpy.ndarray, shape (L,)
        The bias.
    Lambda : float or numpy.ndarray, shape (L,)
        Factor of the penalty.
    Epsilon : float or None
        Half the width of the band without loss; None unless the learner is "svm".
    Learner : str
        "svm" or "leastsquares".
    Regularization : str
        "ridge (L2)" or "lasso (L1)".
    """

    def __init__(
        self,
        Beta: np.ndarray,
        Bias: float | np.ndarray,
        Lambda: float | np.ndarray,
        *,
        Epsilon: float | None,
        Learner: str,
        Regularization: str,
    ):
        self.Beta, self.Bias, self.Lambda = Beta, Bias, Lambda
        self.Epsilon, self.Learner, self.Regularization = Epsilon, Learner, Regularization

    def __repr__(self) -> str:
        return (
            f"RegressionLinear(Beta={describe(self.Beta)}, Bias={describe(self.Bias)}, "
            f"Lambda={describe(self.Lambda)}, Learner={self.Learner!r})"
        )

    @matlab_function(
        "Yhat", accepts={"X": numeric_array, "ObservationsIn": one_of("rows", "columns")}
    )
    def predict(self, X: Any, *, ObservationsIn: str = "rows") -> np.ndarray:
        """Predict the response of observations.

        Parameters
        ----------
        X : array_like, shape (M, P)
            Observations; a vector is one observation, or, where the model has one predictor, one
            number for each observation.
        ObservationsIn : "rows" or "columns"
            Where the observations are; with "columns", X is P×M.

        Returns
        -------
        numpy.ndarray, shape (M,) or (M, L)
            X·Beta + Bias; NaN where a predictor is missing.

        Raises
        ------
        TypeError
            If X does not hold numbers.
        ValueError
            If X has another number of predictors than the model.

        Examples
        --------
        >>> from matxai import fitrlinear
        >>> model = fitrlinear([[0], [1]], [0, 1], Learner="leastsquares", Lambda=0.25)
        >>> model.predict([0, 1, 2]).round(4)
        array([0.25, 0.75, 1.25])
        """
        return self._observations("predict", X, ObservationsIn) @ self.Beta + self.Bias

    @matlab_function(
        "L",
        accepts={
            "X": numeric_array,
            "Y": vector,
            "LossFun": one_of("mse", "epsiloninsensitive"),
            "ObservationsIn": one_of("rows", "columns"),
            "Weights": weights,
        },
    )
    def loss(
        self,
        X: Any,
        Y: Any,
        *,
        LossFun: str = "mse",
        ObservationsIn: str = "rows",
        Weights: Any = None,
    ) -> float | np.ndarray:
        """Average the loss of the model on given data.

        Parameters
        ----------
        X : array_like, shape (M, P)
            Observations.
        Y : array_like, shape (M,)
            Their responses; observations with anything missing are left out.
        LossFun : "mse" or "epsiloninsensitive"
            The squared error, or, for a model of learner "svm", what it exceeds Epsilon by.
        ObservationsIn : "rows" or "columns"
            Where the observations are.
        Weights : array_like, shape (M,), optional
            Weights of the observations; equal ones by default.

        Returns
        -------
        float or numpy.ndarray, shape (L,)
            The weighted mean of the losses.

        Raises
        ------
        TypeError
            If an argument is of the wrong kind.
        ValueError
            If the sizes do not fit, a weight is negative, or the model has no Epsilon.

        Examples
        --------
        >>> from matxai import fitrlinear
        >>> model = fitrlinear([[0], [1]], [0, 1], Learner="leastsquares", Lambda=0.25)
        >>> round(model.loss([[0], [1]], [0, 1]), 4)
        0.0625
        """
        if LossFun == "epsiloninsensitive" and self.Epsilon is None:
            raise ValueError(
                'loss: LossFun "epsiloninsensitive" is for models of the learner "svm"; this one '
                f"is of {self.Learner!r}."
            )
        fit = self._observations("loss", X, ObservationsIn) @ self.Beta + self.Bias

        def of_residuals(residuals: np.ndarray) -> np.ndarray:
            if LossFun == "mse":
                return residuals**2
            return np.maximum(0, np.abs(residuals) - self.Epsilon)

        losses = [average_loss(Y, column, Weights, of_residuals) for column in np.atleast_2d(fit.T)]
        return losses[0] if fit.ndim == 1 else np.array(losses)

    def _observations(self, function: str, X: np.ndarray, observations_in: str) -> np.ndarray:
        X = X.astype(np.float64)
        wanted = len(self.Beta)
        if X.ndim < 2:
            X = X.reshape(-1, 1) if wanted == 1 else X.reshape(1, -1)
        elif observations_in == "columns":
            X = X.T
        if X.ndim > 2 or X.shape[1] != wanted:
            raise ValueError(
                f"{function}: X must hold observations of {wanted} predictors in its "
                f"{observations_in}, but holds {describe(X)}."
            )
        return X
