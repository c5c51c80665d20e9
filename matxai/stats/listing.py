"""The rules of a regression tree as text, one line a node."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from matxai.stats.grown import Tree

__all__ = ["listing"]


def listing(tree: Tree, names: Sequence[str]) -> Iterator[str]:
    """Write the rule of each node, nodes counted from 1.

    Parameters
    ----------
    tree : Tree
        The tree.
    names : sequence of str
        Names of the predictors.

    Yields
    ------
    str
        The line of each node, in their order.
    """
    width = len(str(len(tree.mean)))
    for i in range(len(tree.mean)):
        yield f"{i + 1:{width}}  {_rule(tree, i, names)}"


def _rule(tree: Tree, node: int, names: Sequence[str]) -> str:
    fit = f"{tree.mean[node]:g}"
    if tree.predictor[node] < 0:
        return f"fit = {fit}"
    left, right = tree.children[node] + 1
    name = names[tree.predictor[node]]
    if np.isnan(tree.cut[node]):
        goes_left, goes_right = (name + _membership(levels) for levels in tree.levels[node])
    else:
        cut = f"{tree.cut[node]:g}"
        goes_left, goes_right = f"{name}<{cut}", f"{name}>={cut}"
    return f"if {goes_left} then node {left} elseif {goes_right} then node {right} else {fit}"


def _membership(levels: np.ndarray) -> str:
    if len(levels) == 1:
        return f"={levels[0]:g}"
    return " in {" + " ".join(f"{level:g}" for level in levels) + "}"
