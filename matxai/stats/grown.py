"""A grown regression tree as plain arrays: going down it, and what its splits are worth."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

__all__ = ["Tree", "descend", "importance"]


@dataclass(frozen=True)
class Tree:
    """A grown tree; arrays have one entry a node, nodes and predictors count from 0.

    Attributes
    ----------
    predictor : numpy.ndarray of int, shape (K,)
        The predictor that splits the node; −1 for a leaf.
    cut : numpy.ndarray, shape (K,)
        The observations below it go left; NaN where no numeric predictor splits.
    levels : list of (numpy.ndarray, numpy.ndarray), length K
        Levels that go left and right, where a categorical predictor splits; else empty.
    children : numpy.ndarray of int, shape (K, 2)
        Left and right child; −1 for a leaf.
    parent : numpy.ndarray of int, shape (K,)
        The parent; −1 for the root.
    mean, error, weight : numpy.ndarray, shape (K,)
        Mean response, mean squared error and share of the weight.
    size : numpy.ndarray of int, shape (K,)
        Number of observations.
    predictors : int
        Number of predictors.
    """

    predictor: np.ndarray
    cut: np.ndarray
    levels: list[tuple[np.ndarray, np.ndarray]]
    children: np.ndarray
    parent: np.ndarray
    mean: np.ndarray
    error: np.ndarray
    weight: np.ndarray
    size: np.ndarray
    predictors: int

    @property
    def risk(self) -> np.ndarray:
        """Error of each node times its share of the weight."""
        return self.error * self.weight


def descend(tree: Tree, X: np.ndarray) -> np.ndarray:
    """Follow each observation down the tree, to its leaf or to where its variable is missing.

    Parameters
    ----------
    tree : Tree
        The tree.
    X : numpy.ndarray, shape (n, P)
        Predictors.

    Returns
    -------
    numpy.ndarray of int, shape (n,)
        The node where each observation stops.
    """
    nodes = np.zeros(len(X), dtype=np.int64)
    moving = np.arange(len(X)) if tree.predictor[0] >= 0 else np.arange(0)
    while moving.size:
        here = nodes[moving]
        values = X[moving, tree.predictor[here]]
        left, right = values < tree.cut[here], values >= tree.cut[here]
        for node in np.unique(here[np.isnan(tree.cut[here])]):
            there = here == node
            left[there] = np.isin(values[there], tree.levels[node][0])
            right[there] = np.isin(values[there], tree.levels[node][1])
        nodes[moving] = np.where(
            left, tree.children[here, 0], np.where(right, tree.children[here, 1], here)
        )
        moving = moving[(left | right) & (tree.predictor[nodes[moving]] >= 0)]
    return nodes


def importance(tree: Tree) -> np.ndarray:
    """Sum up how far the splits on each predictor lower the risk, over the number of splits.

    Parameters
    ----------
    tree : Tree
        The tree.

    Returns
    -------
    numpy.ndarray, shape (P,)
        The importances, not normalised; zeros for a tree without splits.
    """
    branches = np.flatnonzero(tree.predictor >= 0)
    risk = tree.risk
    lowered = risk[branches] - risk[tree.children[branches]].sum(axis=1)
    sums = np.bincount(tree.predictor[branches], weights=lowered, minlength=tree.predictors)
    return sums / max(1, len(branches))
