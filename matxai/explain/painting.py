"""LIME's last step: showing which features are important."""

from __future__ import annotations

from typing import Any

import numpy as np

from matxai.arguments import describe, numeric_array, one_of, positive_integer
from matxai.explain.segmentation import Features

__all__ = ["paint", "top"]


def top(importance: np.ndarray, count: int) -> np.ndarray:
    """Choose the most important features.

    Parameters
    ----------
    importance : array, shape (F,)
        Importance of each feature.
    count : int
        How many to choose, at most F.

    Returns
    -------
    numpy.ndarray of bool, shape (F,)
        True for the features of greatest importance, sign included; of equal ones the first come
        first. It is a row of `presence`: :func:`~matxai.explain.lime.synthesize` makes the image
        that shows only these features, and :func:`paint` the mask.

    Raises
    ------
    TypeError
        If an argument is of a wrong kind.
    ValueError
        If `importance` is no vector of finite numbers or `count` is not from 1 to F.

    Examples
    --------
    >>> from matxai.explain.lime import top
    >>> top([0.2, -3, 0.5, 0.1], 2)
    array([ True, False,  True, False])
    """
    importance = numeric_array(importance, "importance")
    count = positive_integer(count, "count")
    if importance.ndim != 1 or not np.isfinite(importance).all():
        raise ValueError(
            f"importance must be one finite number for each feature, but is {describe(importance)}."
        )
    if count > importance.size:
        raise ValueError(
            f"count must be at most {importance.size}, the number of features, but is {count}."
        )
    chosen = np.zeros(importance.size, dtype=bool)
    chosen[np.argsort(-importance.astype(np.float64), kind="stable")[:count]] = True
    return chosen


def paint(importance: Any, features: Features, upsampling: str = "nearest") -> np.ndarray:
    """Paint each pixel, or each cell of a grid, with the importance of its feature.

    Parameters
    ----------
    importance : array, shape (F,) or (F, K)
        One value for each feature, or K of them.
    features : Features
        The features.
    upsampling : {"nearest", "bicubic", "none"}
        How to bring the map of a grid to the size of the image; "none" leaves one value for each
        cell. Other features always give a map of the image's size.

    Returns
    -------
    numpy.ndarray, H×W or H×W×K
        The map.

    Raises
    ------
    TypeError
        If an argument is of a wrong kind.
    ValueError
        If `importance` has another number of values than there are features, or `upsampling` is
        another text.

    Examples
    --------
    >>> from matxai.explain.lime import paint, segment
    >>> features = segment([[5, 5, 7], [5, 7, 7]], [[1, 1, 2], [1, 2, 2]])
    >>> paint([0.5, -1], features)
    array([[ 0.5,  0.5, -1. ],
           [ 0.5, -1. , -1. ]])
    """
    if not isinstance(features, Features):
        raise TypeError(
            f"features must be Features, as segment returns, but is {describe(features)}."
        )
    upsampling = one_of("nearest", "bicubic", "none")(upsampling, "upsampling")
    values = numeric_array(importance, "importance")
    if values.ndim not in (1, 2) or len(values) != features.count:
        raise ValueError(
            f"importance must be {features.count} or {features.count}×K, one for each feature, but "
            f"is {'×'.join(map(str, values.shape)) or describe(importance)}."
        )
    if values.ndim == 1:
        return _paint(values[:, np.newaxis], features, upsampling)[:, :, 0]
    return _paint(values, features, upsampling)


def _paint(importance: np.ndarray, features: Features, upsampling: str) -> np.ndarray:
    if features.grid is None or upsampling == "nearest":
        return importance[features.labels]
    coarse = importance.reshape(*features.grid, -1, order="F")
    if upsampling == "none":
        return coarse
    from matxai.images.resize import resize

    return resize(coarse.astype(np.float64), features.labels.shape, method="bicubic")
