"""Fitting a regression tree: the door ``fitrtree`` to the growing behind it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from matxai.arguments import describe, logical, positive_integer, text
from matxai.calling import matlab_function
from matxai.stats.growing import grow
from matxai.stats.observations import (
    names,
    positive_scalar,
    predictors,
    usable,
    vector,
    weights,
)
from matxai.stats.tree import RegressionTree

__all__ = ["fitrtree"]


@matlab_function(
    "tree",
    accepts={
        "X": predictors,
        "Y": vector,
        "MaxNumSplits": positive_integer,
        "MergeLeaves": logical,
        "MinLeafSize": positive_integer,
        "MinParentSize": positive_integer,
        "PredictorNames": names,
        "QuadraticErrorTolerance": positive_scalar,
        "ResponseName": text,
        "Weights": weights,
        "MinLeaf": positive_integer,
        "MinParent": positive_integer,
    },
)
def fitrtree(
    X: Any,
    Y: Any,
    *,
    CategoricalPredictors: Any = None,
    MaxNumSplits: int | None = None,
    MergeLeaves: Any = "on",
    MinLeafSize: int = 1,
    MinParentSize: int = 10,
    PredictorNames: Sequence[str] | None = None,
    QuadraticErrorTolerance: float = 1e-6,
    ResponseName: str = "Y",
    Weights: Any = None,
    MinLeaf: int | None = None,
    MinParent: int | None = None,
) -> RegressionTree:
    """Fit a binary decision tree for regression.

    Parameters
    ----------
    X : array_like, shape (n, P)
        Predictors, one observation a row; NaN is a missing value. A vector is one predictor.
    Y : array_like, shape (n,)
        Responses; observations whose response is NaN are left out.
    CategoricalPredictors : "all", indices, truth values or names, optional
        The predictors whose values are categories without an order: indices from 1, one truth value
        for each predictor, or names. None by default.
    MaxNumSplits : int, optional
        Most branch nodes; n − 1 by default. In the layer that would exceed it, the splits of the
        smallest gain are taken back.
    MergeLeaves : "on" or "off"
        Whether two leaves of one parent are merged where their risks add up to no less than the
        parent's.
    MinLeafSize : int
        Fewest observations in a leaf.
    MinParentSize : int
        Fewest observations in a branch node; at least 2·MinLeafSize is taken.
    PredictorNames : sequence of str, optional
        Names of the predictors; x1, x2, … by default.
    QuadraticErrorTolerance : float
        A node is not split where its error is below this fraction of the error of all data.
    ResponseName : str
        Name of the response.
    Weights : array_like, shape (n,), optional
        Weights of the observations; equal ones by default. Observations of weight 0 are left out.
    MinLeaf, MinParent : int, optional
        Older names of MinLeafSize and MinParentSize.

    Returns
    -------
    RegressionTree
        The tree.

    Raises
    ------
    TypeError
        If an argument is of the wrong kind.
    ValueError
        If the sizes do not fit, or a value is out of range.

    Notes
    -----
    Numeric: trees, predictions and importances agree with those printed in MATLAB's documentation,
    and two cases of ties are decided as there. Documented: the rules for stopping; which
    observations are left out. Chosen: a split has to lower the error; of a categorical split, the
    levels of lower mean response go left.

    Examples
    --------
    >>> from matxai import fitrtree
    >>> tree = fitrtree([[1], [2], [3], [4]], [0, 0, 8, 8], MinParentSize=2)
    >>> tree.NodeMean
    array([4., 0., 8.])
    >>> tree.CutPoint[0]
    np.float64(2.5)
    """
    predictor_names = _predictor_names(PredictorNames, X.shape[1])
    categorical = _categorical(CategoricalPredictors, predictor_names)
    used = usable("fitrtree", Y, Weights, len(X)) & ~np.isnan(X).all(axis=1)
    if not used.any():
        raise ValueError(
            "fitrtree: no observation is left: in every row of X and Y the response or all "
            "predictors are NaN, or the weight is 0."
        )
    w = np.ones(len(X)) if Weights is None else Weights
    X, Y, w = X[used], Y[used], w[used]
    tree = grow(
        X,
        Y,
        weights=None if Weights is None else w,
        categorical=categorical,
        min_leaf=MinLeafSize if MinLeaf is None else MinLeaf,
        min_parent=MinParentSize if MinParent is None else MinParent,
        max_splits=MaxNumSplits,
        tolerance=QuadraticErrorTolerance,
        merge=logical(MergeLeaves, "MergeLeaves"),
    )
    return RegressionTree(
        tree,
        X,
        Y,
        w / w.sum(),
        rows_used=used,
        predictor_names=predictor_names,
        response_name=ResponseName,
        categorical=categorical,
    )


def _predictor_names(given: Sequence[str] | None, count: int) -> list[str]:
    if given is None:
        return [f"x{i + 1}" for i in range(count)]
    if len(given) != count:
        raise ValueError(
            f"fitrtree: PredictorNames must have one name for each of the {count} columns of X, "
            f"but has {len(given)}."
        )
    if len(set(given)) != count:
        raise ValueError(f"fitrtree: PredictorNames must differ, but are {describe(given)}.")
    return list(given)


def _categorical(given: Any, predictor_names: Sequence[str]) -> list[int]:
    """Find the categorical predictors, counted from 0."""
    count = len(predictor_names)
    if given is None or np.size(given) == 0:
        return []
    if isinstance(given, str) and given.lower() == "all":
        return list(range(count))
    items = np.atleast_1d(np.asarray(given)).reshape(-1)
    if items.dtype.kind == "U":
        unknown = [str(item) for item in items if item not in predictor_names]
        if unknown:
            raise ValueError(
                f"fitrtree: CategoricalPredictors names {unknown[0]!r}, which is no predictor. "
                f"The predictors are: {', '.join(predictor_names)}."
            )
        return sorted({predictor_names.index(item) for item in items})
    if items.dtype.kind == "b" and items.size == count:
        return np.flatnonzero(items).tolist()
    if items.dtype.kind not in "fiu":
        raise TypeError(
            f'fitrtree: CategoricalPredictors must be "all", indices from 1, names or {count} '
            f"truth values, but is {describe(given)}."
        )
    wrong = [item for item in items if not (item == np.floor(item) and 1 <= item <= count)]
    if wrong:
        raise ValueError(
            f"fitrtree: CategoricalPredictors must hold integers from 1 to {count}, the number of "
            f"predictors, but holds {describe(wrong[0])}."
        )
    return sorted({int(item) - 1 for item in items})
