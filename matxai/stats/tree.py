"""The regression tree that ``fitrtree`` returns: its properties and methods."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from matxai.arguments import numeric_array, one_of
from matxai.calling import matlab_function
from matxai.stats.growing import grow
from matxai.stats.grown import Tree, descend, importance
from matxai.stats.listing import listing
from matxai.stats.observations import average_loss, vector, weights

# grow and importance are the plain core, for callers behind the door.
__all__ = ["RegressionTree", "grow", "importance"]


class RegressionTree:
    """Binary decision tree for regression, as :func:`matxai.fitrtree` grows it.

    Nodes are numbered breadth-first from 1, the root; K is their number, P that of predictors and
    N that of observations used.

    Attributes
    ----------
    X, Y, W : numpy.ndarray, shapes (N, P), (N,), (N,)
        The observations used, and their weights, which sum to 1.
    NumObservations : int
        N.
    RowsUsed : numpy.ndarray of bool
        Which of the rows given were used.
    PredictorNames : list of str
        Names of the predictors.
    ResponseName : str
        Name of the response.
    CategoricalPredictors : numpy.ndarray of int
        Indices of the categorical predictors, from 1.
    NumNodes : int
        K.
    IsBranchNode : numpy.ndarray of bool, shape (K,)
        Whether a node is split.
    CutPredictor : list of str, length K
        Name of the predictor that splits each node; empty for leaves.
    CutPredictorIndex : numpy.ndarray of int, shape (K,)
        Index of that predictor, from 1; 0 for leaves.
    CutType : list of str, length K
        "continuous", "categorical", or empty for leaves.
    CutPoint : numpy.ndarray, shape (K,)
        Observations below it go left, the others right; NaN where no continuous predictor splits.
    CutCategories : list of (numpy.ndarray, numpy.ndarray), length K
        Levels that go left and that go right; empty where no categorical predictor splits.
    Children : numpy.ndarray of int, shape (K, 2)
        Left and right child of each node; 0 for leaves.
    Parent : numpy.ndarray of int, shape (K,)
        Parent of each node; 0 for the root.
    NodeMean, NodeError : numpy.ndarray, shape (K,)
        Mean response and mean squared error in each node.
    NodeSize : numpy.ndarray of int, shape (K,)
        Number of observations in each node.
    NodeProbability, NodeRisk : numpy.ndarray, shape (K,)
        Share of the weight in each node, and that share times the error.
    """

    def __init__(
        self,
        tree: Tree,
        X: np.ndarray,
        Y: np.ndarray,
        W: np.ndarray,
        *,
        rows_used: np.ndarray,
        predictor_names: Sequence[str],
        response_name: str,
        categorical: Sequence[int],
    ):
        self._tree = tree
        self.X, self.Y, self.W = X, Y, W
        self.NumObservations = len(Y)
        self.RowsUsed = rows_used
        self.PredictorNames = list(predictor_names)
        self.ResponseName = response_name
        self.CategoricalPredictors = np.asarray(categorical, dtype=np.int64) + 1
        self.NumNodes = len(tree.mean)
        self.IsBranchNode = tree.predictor >= 0
        self.CutPredictor = [self.PredictorNames[p] if p >= 0 else "" for p in tree.predictor]
        self.CutPredictorIndex = tree.predictor + 1
        self.CutType = [_cut_type(tree, node) for node in range(self.NumNodes)]
        self.CutPoint = tree.cut
        self.CutCategories = tree.levels
        self.Children = tree.children + 1
        self.Parent = tree.parent + 1
        self.NodeMean, self.NodeError = tree.mean, tree.error
        self.NodeSize = tree.size
        self.NodeProbability, self.NodeRisk = tree.weight, tree.risk

    def __repr__(self) -> str:
        return (
            f"RegressionTree(PredictorNames={self.PredictorNames}, "
            f"ResponseName={self.ResponseName!r}, "
            f"CategoricalPredictors={self.CategoricalPredictors.tolist()}, "
            f"NumObservations={self.NumObservations}, NumNodes={self.NumNodes})"
        )

    @matlab_function("Yfit", "node", accepts={"X": numeric_array})
    def predict(self, X: Any, *, nargout: int = 1) -> tuple[np.ndarray, np.ndarray]:
        """Predict the response of observations.

        Parameters
        ----------
        X : array_like, shape (M, P)
            Observations, one a row; a vector is one observation, or, where the tree has one
            predictor, one number for each observation.

        Returns
        -------
        Yfit : numpy.ndarray, shape (M,)
            Mean response of the node where each observation stops.
        node : numpy.ndarray of int, shape (M,)
            Number of that node, from 1. With ``nargout=2``.

        Raises
        ------
        TypeError
            If X does not hold numbers.
        ValueError
            If X has another number of predictors than the tree.

        Notes
        -----
        An observation stops before its leaf where the predictor of the split is missing (NaN), or
        is a category that the node had not seen in training.

        Numeric: agrees with three predictions printed in MATLAB's documentation, to the digits
        printed.

        Examples
        --------
        >>> from matxai import fitrtree
        >>> tree = fitrtree([[1], [2], [3], [4]], [0, 0, 8, 8], MinParentSize=2)
        >>> tree.predict([1.5, 9, float("nan")], nargout=2)
        (array([0., 8., 4.]), array([2, 3, 1]))
        """
        nodes = descend(self._tree, self._observations("predict", X))
        return self.NodeMean[nodes], nodes + 1

    @matlab_function(accepts={"Mode": one_of("text", "graph")})
    def view(self, *, Mode: str = "text") -> None:
        """Print the rules of the tree.

        Parameters
        ----------
        Mode : str
            "text". MATLAB's "graph" is not available.

        Raises
        ------
        ValueError
            If Mode is something else.

        Notes
        -----
        Numeric: the lines agree with a listing in MATLAB's documentation. Chosen: the form of
        categorical rules and the column of the node numbers.

        Examples
        --------
        >>> from matxai import fitrtree
        >>> tree = fitrtree([[1], [2], [3], [4]], [0, 0, 8, 8], MinParentSize=2)
        >>> tree.view()
        Decision tree for regression
        1  if x1<2.5 then node 2 elseif x1>=2.5 then node 3 else 4
        2  fit = 0
        3  fit = 8
        """
        if Mode == "graph":
            raise ValueError(
                'view: Mode "graph" is not available; use "text" for the rules as text.'
            )
        print("Decision tree for regression")
        for line in listing(self._tree, self.PredictorNames):
            print(line)

    @matlab_function("L", accepts={"X": numeric_array, "Y": vector, "Weights": weights})
    def loss(self, X: Any, Y: Any, *, Weights: Any = None) -> float:
        """Mean squared error of the tree on given data.

        Parameters
        ----------
        X : array_like, shape (M, P)
            Observations, one a row.
        Y : array_like, shape (M,)
            Their responses; those that are NaN are left out.
        Weights : array_like, shape (M,), optional
            Weights of the observations; equal ones by default.

        Returns
        -------
        float
            The weighted mean of the squared errors.

        Raises
        ------
        TypeError
            If an argument does not hold numbers.
        ValueError
            If the sizes do not fit, or a weight is negative.

        Notes
        -----
        Documented.

        Examples
        --------
        >>> from matxai import fitrtree
        >>> tree = fitrtree([[1], [2], [3], [4]], [0, 0, 8, 8], MinParentSize=2)
        >>> tree.loss([[1], [4]], [0, 10])
        2.0
        """
        X = self._observations("loss", X)
        return average_loss(Y, self.NodeMean[descend(self._tree, X)], Weights)

    @matlab_function("L")
    def resubLoss(self) -> float:
        """Mean squared error of the tree on its own training data.

        Returns
        -------
        float
            The weighted mean of the squared errors.

        Notes
        -----
        Documented.

        Examples
        --------
        >>> from matxai import fitrtree
        >>> fitrtree([[1], [2], [3], [4]], [0, 0, 8, 8]).resubLoss()
        16.0
        """
        fit = self.NodeMean[descend(self._tree, self.X)]
        return average_loss(self.Y, fit, self.W)

    @matlab_function("imp")
    def predictorImportance(self) -> np.ndarray:
        """Sum up, for each predictor, what its splits are worth.

        Returns
        -------
        numpy.ndarray, shape (P,)
            How far the splits on a predictor lower the risk, summed up and divided by the number
            of branch nodes; zeros for a tree without branches. They are not normalised.

        Notes
        -----
        Numeric: agrees with six importances printed in MATLAB's documentation, to the digits
        printed. MATLAB's row vector is a 1-D array here.

        Examples
        --------
        >>> from matxai import fitrtree
        >>> tree = fitrtree([[1, 0], [2, 0], [3, 0], [4, 0]], [0, 0, 8, 8], MinParentSize=2)
        >>> tree.predictorImportance()
        array([16., 0.])
        """
        return importance(self._tree)

    def _observations(self, function: str, X: np.ndarray) -> np.ndarray:
        X = X.astype(np.float64)
        wanted = len(self.PredictorNames)
        if X.ndim < 2:
            X = X.reshape(-1, 1) if wanted == 1 else X.reshape(1, -1)
        if X.ndim > 2 or X.shape[1] != wanted:
            raise ValueError(
                f"{function}: X must have {wanted} columns, one for each predictor of the tree, "
                f"but has the size {'×'.join(map(str, X.shape))}."
            )
        return X


def _cut_type(tree: Tree, node: int) -> str:
    if tree.predictor[node] < 0:
        return ""
    return "categorical" if np.isnan(tree.cut[node]) else "continuous"
