"""LIME's second and third step: which features to hide, and images that hide them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from matxai.arguments import describe, numeric_array, one_of, positive_integer, real_scalar
from matxai.explain.segmentation import Features
from matxai.lang.random import Source, random_source, uniform
from matxai.nets.altered_images import ShownFeatures

__all__ = ["SyntheticImages", "presence_matrix", "sample", "synthesize"]

Fill = str | float | np.ndarray | Callable[[np.ndarray], Any]


def presence_matrix(value: Any, count: int | None, name: str = "presence") -> np.ndarray:
    """Check a matrix that says which features each image shows: N×F, bool.

    Parameters
    ----------
    value : array of 0 and 1, N×F
        The matrix.
    count : int, optional
        The number of features F, where it is known.
    name : str
        What the argument is called.
    """
    matrix = numeric_array(value, name)
    fits = matrix.ndim == 2 and matrix.size and matrix.shape[1] == (count or matrix.shape[1])
    if not fits:
        raise ValueError(
            f"{name} must be N×{count or 'F'}, a column for each feature, but is "
            f"{'×'.join(map(str, matrix.shape)) or describe(value)}."
        )
    if not np.isin(matrix, (0, 1)).all():
        other = matrix[~np.isin(matrix, (0, 1))][0]
        raise ValueError(f"{name} must hold only 0 and 1, but holds {describe(other)}.")
    return matrix.astype(bool)


def sample(
    count: int,
    features: Features | int,
    probability: float = 0.5,
    *,
    method: str = "uniform",
    rng: int | Source | None = None,
) -> np.ndarray:
    """Draw which features each synthetic image shows, independently of each other.

    Parameters
    ----------
    count : int
        Number N of images.
    features : Features or int
        The features, or their number F.
    probability : float, default 0.5
        With which a feature is shown.
    method : {"uniform", "binomial"}
        "uniform" shows features where uniform numbers, drawn column by column, are below
        `probability`, as :func:`matxai.imageLIME` does; "binomial" is
        ``rng.binomial(1, probability, (N, F))``, as scripts for NumPy draw.
    rng : int, numpy.random.RandomState or numpy.random.Generator, optional
        Source of the random numbers, an int being a seed as in :func:`matxai.rng`; by default the
        stream that ``rng`` controls.

    Returns
    -------
    numpy.ndarray of bool, shape (N, F)
        True where an image shows a feature.

    Raises
    ------
    TypeError
        If an argument is of a wrong kind.
    ValueError
        If a number is not positive, `probability` lies outside 0…1, `method` is another text, or
        a seed is out of range.

    Notes
    -----
    Any matrix of 0 and 1 serves the other steps as well.

    Examples
    --------
    >>> import numpy as np
    >>> from matxai.explain.lime import sample
    >>> sample(2, 3, method="binomial", rng=np.random.RandomState(0)).astype(int)
    array([[1, 1, 1],
           [1, 0, 1]])
    """
    count = positive_integer(count, "count")
    known = features.count if isinstance(features, Features) else features
    shape = (count, positive_integer(known, "features"))
    probability = real_scalar(probability, "probability")
    if not 0 <= probability <= 1:
        raise ValueError(f"probability must be from 0 to 1, but is {probability:g}.")
    method = one_of("uniform", "binomial")(method, "method")
    source = random_source(rng, "rng")
    if method == "binomial":
        return source.binomial(1, probability, shape).astype(bool)
    return uniform(source, *shape) < probability


def synthesize(
    X: np.ndarray, features: Features, presence: np.ndarray, fill: Fill = "mean"
) -> SyntheticImages:
    """Make images that show some features of an image and hide the others.

    Parameters
    ----------
    X : array, H×W×C or H×W
        The image.
    features : Features
        Its features.
    presence : array of 0 and 1, N×F or F
        Which of the F features each of the N images shows.
    fill : "mean", number, array or callable, default "mean"
        What hidden pixels take: the mean of each channel over the image; a number for all (0 is
        black), or one for each channel; the pixels of another image, H×W×C or H×W; or what a
        callable makes of X, in one of these forms, such as a blurred image.

    Returns
    -------
    SyntheticImages
        The N images, each made when it is asked for: ``images[i]`` is H×W×C.

    Raises
    ------
    TypeError
        If an argument is of a wrong kind.
    ValueError
        If `X`, `features`, `presence` and `fill` do not fit each other, or `fill` holds NaN or
        Inf.

    Examples
    --------
    >>> import numpy as np
    >>> from matxai.explain.lime import segment, synthesize
    >>> X = np.array([[1.0, 2], [3, 6]])
    >>> features = segment(X, [[0, 1], [0, 1]])
    >>> images = synthesize(X, features, [[1, 0], [0, 1]])
    >>> images[0]
    array([[1., 3.],
           [3., 3.]])
    >>> synthesize(X, features, [1, 0], fill=0)[0]
    array([[1., 0.],
           [3., 0.]])
    """
    if not isinstance(features, Features):
        raise TypeError(
            f"features must be Features, as segment returns, but is {describe(features)}."
        )
    X = numeric_array(X, "X")
    if X.ndim not in (2, 3) or X.shape[:2] != features.labels.shape or not X.size:
        sizes = "×".join(map(str, features.labels.shape))
        raise ValueError(
            f"X must be the image that features divides, {sizes} or {sizes}×C, but is "
            f"{'×'.join(map(str, X.shape)) or describe(X)}."
        )
    row = numeric_array(presence, "presence")
    presence = presence_matrix(row[np.newaxis] if row.ndim == 1 else row, features.count)
    return SyntheticImages(X, _hidden(fill, X), features, presence)


def _hidden(fill: Fill, X: np.ndarray) -> np.ndarray:
    """Give what hidden pixels take: H×W×C, or 1×1×C."""
    shaped = np.atleast_3d(X)
    if isinstance(fill, str):
        one_of("mean")(fill, "fill")
        return shaped.mean(axis=(0, 1), keepdims=True, dtype=np.float64)
    if callable(fill):
        fill = fill(X)
    values = numeric_array(fill, "fill")
    height, width, channels = shaped.shape
    fits = {(): (1, 1, 1), (channels,): (1, 1, channels), (height, width): (height, width, 1)}
    shape = values.shape if values.shape == shaped.shape else fits.get(values.shape)
    if shape is None:
        raise ValueError(
            f"fill must be one number, {channels} of them, or an image {height}×{width} or "
            f"{height}×{width}×{channels}, but is {'×'.join(map(str, values.shape))}."
        )
    if not np.isfinite(values).all():
        raise ValueError(f"fill must hold finite values, but is {describe(values)}.")
    return np.broadcast_to(values.reshape(shape), np.broadcast_shapes(shape, (1, 1, channels)))


class SyntheticImages:
    """Images that show some features of one image; each is made when it is asked for.

    ``len(images)`` is their number N, ``images[i]`` one of them, H×W×C (H×W where X is), and
    ``images[3:7]`` several, H×W×C×n. They have the class of X where that is single or double, else
    single. They are made by :func:`~matxai.explain.lime.synthesize`.

    Attributes
    ----------
    X : numpy.ndarray, H×W×C or H×W
        The image that they were made from.
    presence : numpy.ndarray of bool, shape (N, F)
        Which features each of them shows.
    dtype : numpy.dtype
        Their class.
    """

    def __init__(self, X: np.ndarray, hidden: np.ndarray, features: Features, presence: np.ndarray):
        self.X = X
        self.presence = presence
        self._parts = np.atleast_3d(X), hidden, features.labels
        self.dtype = np.dtype(X.dtype if X.dtype in (np.float32, np.float64) else np.float32)
        labels = features.labels.reshape(-1)
        starts = np.flatnonzero(np.diff(labels, prepend=-1))
        self._runs, self._lengths = labels[starts], np.diff(starts, append=labels.size)
        self._words: dict[np.dtype, tuple[np.ndarray, np.ndarray]] = {}

    def __len__(self) -> int:
        return len(self.presence)

    def __getitem__(self, index: Any) -> np.ndarray:
        rows = self.presence[index]
        if rows.ndim == 2:
            return self.batch(rows)
        return self.batch(rows[np.newaxis])[..., 0].reshape(self.X.shape)

    def __repr__(self) -> str:
        sizes = "×".join(map(str, self.X.shape))
        return f"SyntheticImages({len(self)} of {sizes}, {self.presence.shape[1]} features)"

    def batch(self, rows: np.ndarray) -> np.ndarray:
        """Make the images that show the features of some rows of presence: H×W×C×n."""
        height, width, channels = np.atleast_3d(self.X).shape
        made = np.empty((len(rows), channels, height, width), self.dtype)
        self.write(made, rows)
        return made.transpose(2, 3, 1, 0)

    def write(self, batch: np.ndarray, rows: np.ndarray) -> None:
        """Make these images in an array n×C×H×W that is there already."""
        # As integers: a mask of all bits or none picks a pixel or what hides it, exactly.
        hidden, difference = self._as_words(batch.dtype)
        masks = np.where(rows, np.iinfo(hidden.dtype).max, hidden.dtype.type(0))
        for image, mask in zip(batch, masks, strict=True):
            words = image.view(hidden.dtype).reshape(hidden.shape)
            np.bitwise_and(difference, np.repeat(mask[self._runs], self._lengths), out=words)
            np.bitwise_xor(words, hidden, out=words)

    def _as_words(self, dtype: np.dtype) -> tuple[np.ndarray, np.ndarray]:
        """Give what hidden pixels take, and in which bits the image differs from it: C×HW."""
        if dtype not in self._words:
            X, hidden, _ = self._parts
            pair = [
                np.ascontiguousarray(image.transpose(2, 0, 1), dtype).view(f"u{dtype.itemsize}")
                for image in np.broadcast_arrays(hidden, X)
            ]
            size = (X.shape[2], -1)
            self._words[dtype] = pair[0].reshape(size), (pair[0] ^ pair[1]).reshape(size)
        return self._words[dtype]

    def altered(self, rows: np.ndarray) -> ShownFeatures:
        """Say how the device that scores them can make them itself, single as networks take them.

        They are the images that :meth:`write` makes in an array of single.
        """
        image, hidden, labels = self._parts
        return ShownFeatures(image.transpose(2, 0, 1), hidden.transpose(2, 0, 1), labels, rows)
