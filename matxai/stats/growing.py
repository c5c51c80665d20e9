"""Growing a regression tree: CART with MATLAB's rules, layer by layer.

A node is split where its error exceeds a fraction of that of all data and it has enough
observations; nodes are numbered breadth-first; an observation that misses the variable of a split
goes to neither child; pairs of leaves that gain nothing over their parent are merged.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from matxai.stats.grown import Tree
from matxai.stats.splitting import Columns, Split, best_split

__all__ = ["grow"]

_NO_LEVELS = np.empty(0)
_NOBODY = (_NO_LEVELS, _NO_LEVELS)


@dataclass
class _Node:
    """A node while the tree grows."""

    columns: Columns
    rows: np.ndarray
    parent: _Node | None
    mean: float
    error: float
    weight: float
    split: Split | None = None
    levels: tuple[np.ndarray, np.ndarray] = _NOBODY
    children: list[_Node] = field(default_factory=list)

    @property
    def risk(self) -> float:
        return self.error * self.weight

    @property
    def cut(self) -> float:
        return self.split.cut if self.split and self.levels is _NOBODY else np.nan


def grow(
    X: np.ndarray,
    y: np.ndarray,
    *,
    weights: np.ndarray | None = None,
    categorical: Sequence[int] = (),
    min_leaf: int = 1,
    min_parent: int = 10,
    max_splits: int | None = None,
    tolerance: float = 1e-6,
    merge: bool = True,
) -> Tree:
    """Grow a regression tree.

    Parameters
    ----------
    X : numpy.ndarray, shape (n, P)
        Predictors; NaN is a missing value.
    y : numpy.ndarray, shape (n,)
        Responses, all finite.
    weights : numpy.ndarray, shape (n,), optional
        Positive weights of the observations; equal ones by default.
    categorical : sequence of int
        The predictors whose values are levels without an order.
    min_leaf, min_parent : int
        Fewest observations of a leaf and of a node that is split.
    max_splits : int, optional
        Most splits; n − 1 by default.
    tolerance : float
        A node is split where its error is at least this fraction of the root's.
    merge : bool
        Whether leaves of one parent are merged where they have no lower risk than it.

    Returns
    -------
    Tree
        The tree.
    """
    X = np.asarray(X, dtype=np.float64)
    y = np.asarray(y, dtype=np.float64)
    if weights is None:
        w = np.full(len(y), 1 / len(y))
    else:
        w = np.asarray(weights, dtype=np.float64) / np.sum(weights)
    grower = _Grower(X, y, w, tuple(categorical), min_leaf, max(min_parent, 2 * min_leaf))
    most = len(y) - 1 if max_splits is None else max_splits
    root = grower.grow(most, tolerance)
    if merge:
        _merge_leaves(root)
    return _tree(root, X.shape[1])


class _Grower:
    """The data and limits that all nodes share."""

    def __init__(
        self,
        X: np.ndarray,
        y: np.ndarray,
        w: np.ndarray,
        categorical: tuple[int, ...],
        min_leaf: int,
        min_parent: int,
    ):
        self.X, self.y, self.w = X, y, w
        self.categorical = categorical
        self.min_leaf, self.min_parent = min_leaf, min_parent

    def grow(self, most_splits: int, tolerance: float) -> _Node:
        root = self._node(Columns.of(self.X), np.arange(len(self.y)), None)
        least_error = tolerance * root.error
        splits = 0
        layer = [root]
        while layer:
            for node in layer:
                if len(node.rows) >= self.min_parent and node.error >= least_error:
                    self._find_split(node)
            _limit(layer, most_splits - splits)
            branches = [node for node in layer if node.split]
            splits += len(branches)
            for node in branches:
                self._part(node)
            layer = [child for node in branches for child in node.children]
        return root

    def _node(self, columns: Columns, rows: np.ndarray, parent: _Node | None) -> _Node:
        w, y = self.w[rows], self.y[rows]
        weight = float(w.sum())
        mean = float((w * y).sum() / weight)
        error = float((w * (y - mean) ** 2).sum() / weight)
        return _Node(columns, rows, parent, mean, error, weight)

    def _find_split(self, node: _Node) -> None:
        y = self.y[node.rows]
        if y.max() == y.min():
            return
        centred = self.y - node.mean
        ranks = {p: self._ranked_levels(node, p, centred) for p in self.categorical}
        node.split = best_split(node.columns, centred, self.w, node.error, self.min_leaf)
        if node.split and node.split.predictor in ranks:
            ranked, cut = ranks[node.split.predictor], node.split.cut
            below = np.arange(len(ranked)) < cut
            node.levels = (np.sort(ranked[below]), np.sort(ranked[~below]))

    def _ranked_levels(self, node: _Node, predictor: int, y: np.ndarray) -> np.ndarray:
        """Order the levels in the node by mean response and let their ranks stand for them.

        The best of all parts in two is then a cut between neighbours (Breiman et al., 1984).
        """
        values = self.X[:, predictor]
        rows = node.rows[~np.isnan(values[node.rows])]
        levels, codes = np.unique(values[rows], return_inverse=True)
        w = np.bincount(codes, weights=self.w[rows])
        means = np.bincount(codes, weights=self.w[rows] * y[rows]) / w
        order = np.argsort(means, kind="stable")
        rank = np.empty(len(levels))
        rank[order] = np.arange(len(levels))
        ranks = np.full(len(values), np.nan)
        ranks[rows] = rank[codes]
        node.columns.replace(predictor, ranks)
        return levels[order]

    def _part(self, node: _Node) -> None:
        values = self.X[node.rows, node.split.predictor]
        if node.levels is _NOBODY:
            sides = (values < node.split.cut, values >= node.split.cut)
        else:
            sides = tuple(np.isin(values, levels) for levels in node.levels)
        for side in sides:
            rows = node.rows[side]
            wanted = np.zeros(len(self.y), dtype=bool)
            wanted[rows] = True
            columns = node.columns.keep(wanted) if len(rows) >= self.min_parent else None
            node.children.append(self._node(columns, rows, node))
        node.columns = None


def _limit(layer: Sequence[_Node], most: int) -> None:
    """Take back the splits of the least gain where a layer has more than are left."""
    branches = [node for node in layer if node.split]
    excess = len(branches) - most
    if excess > 0:
        for node in sorted(branches, key=lambda node: node.split.gain)[:excess]:
            node.split, node.levels = None, _NOBODY


def _breadth_first(root: _Node) -> list[_Node]:
    nodes = [root]
    for node in nodes:
        nodes.extend(node.children)
    return nodes


def _merge_leaves(root: _Node) -> None:
    for node in reversed(_breadth_first(root)):
        if not node.children or any(child.children for child in node.children):
            continue
        if sum(child.risk for child in node.children) >= node.risk:
            node.split, node.levels, node.children = None, _NOBODY, []


def _tree(root: _Node, predictors: int) -> Tree:
    nodes = _breadth_first(root)
    number = {id(node): i for i, node in enumerate(nodes)}
    return Tree(
        predictor=np.array([node.split.predictor if node.split else -1 for node in nodes]),
        cut=np.array([node.cut for node in nodes]),
        levels=[node.levels for node in nodes],
        children=np.array(
            [
                [number[id(c)] for c in node.children] if node.children else [-1, -1]
                for node in nodes
            ]
        ),
        parent=np.array([number[id(node.parent)] if node.parent else -1 for node in nodes]),
        mean=np.array([node.mean for node in nodes]),
        error=np.array([node.error for node in nodes]),
        weight=np.array([node.weight for node in nodes]),
        size=np.array([len(node.rows) for node in nodes]),
        predictors=predictors,
    )
