"""drise: which parts of an image does a detection rely on?"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any

import numpy as np

from matxai.arguments import (
    describe,
    logical,
    numeric_array,
    positive_integer,
    positive_integers,
    real_scalar,
)
from matxai.calling import matlab_function
from matxai.explain.drise_detections import Detector
from matxai.explain.drise_masks import RandomMasks
from matxai.explain.drise_targets import Targets, of_boxes, of_detections
from matxai.explain.progress import progress_option, reporting
from matxai.lang.integer_classes import to_class
from matxai.lang.random import random_source, stream

__all__ = ["drise"]


def _function(value: Any, name: str) -> Callable[[np.ndarray], Any]:
    if not callable(value):
        raise TypeError(
            f"{name} must be a function that is called as f(imgBatch) and returns (boundingBox, "
            f"classProb, objectness), but is {describe(value)}. MATLAB's detector objects are not "
            f"here: write a function that calls your detector."
        )
    return value


def _image(value: Any, name: str) -> np.ndarray:
    image = numeric_array(value, name)
    if image.ndim not in (2, 3) or not image.size:
        raise ValueError(
            f"{name} must be one image, H×W×C or H×W, but is {'×'.join(map(str, image.shape))}."
        )
    if not np.isfinite(image).all():
        raise ValueError(f"{name} must hold finite values, but holds NaN or Inf.")
    # Shades between shown and hidden are no truth values.
    return image.astype(np.float64) if image.dtype.kind == "b" else image


@matlab_function(
    "scoreMap",
    "bboxOut",
    "scores",
    "labelOut",
    accepts={
        "detector": _function,
        "I": _image,
        "NumSamples": positive_integer,
        "MiniBatchSize": positive_integer,
        "Verbose": logical,
        "GridSize": positive_integers((1, 2)),
        "Threshold": real_scalar,
        "Rng": random_source,
        "Progress": progress_option,
    },
)
def drise(
    detector: Callable[[np.ndarray], Any],
    I: Any,  # noqa: E741
    bboxIn: Any = None,
    labelIn: Any = None,
    *,
    NumSamples: int = 2048,
    MiniBatchSize: int = 8,
    Verbose: bool = False,
    GridSize: int | tuple[int, int] = 16,
    Threshold: float = 0.0,
    Rng: Any = None,
    Progress: str | bool | Callable[[int, int], Any] = "auto",
    nargout: int = 1,
) -> Any:
    """Explain what an object detector found with D-RISE.

    Random masks hide parts of the image, over and over; how well the detector still finds an
    object, given which parts it was shown, says which parts the detection relies on.

    Parameters
    ----------
    detector : callable
        Function ``f(imgBatch)`` that returns ``(boundingBox, classProb, objectness)``, as MATLAB's
        custom detection function. ``imgBatch`` has the class of `I` and is one image, H×W×C (H×W
        if `I` is), or N > 1 of them, H×W×C×N. For one image the outputs are M×4 boxes [x y w h],
        M×K class probabilities (or None, if unknown) and M scores; for N images each is a list of
        N such arrays. A box covers the pixels x…x+w−1, counted from 1.
    I : array, H×W×C or H×W
        Image, with the values that the detector takes; any integer or floating-point class.
    bboxIn : array, K×4, or [x, y, w, h], optional
        Boxes to explain, instead of those that the detector finds in `I`. It need not find them.
    labelIn : int or sequence of int, optional
        Class of each box, or of all of them: columns of classProb, counted from 1. Without it,
        and for a detector without class probabilities, classes do not count.
    NumSamples : int, default 2048
        Number of masked images.
    MiniBatchSize : int, default 8
        Most images that the detector is given at once.
    Verbose : bool, default False
        Whether to show how far the run is, anywhere: the same as Progress "on".
    GridSize : int or [m, n], default 16
        Number of cells that divide height and width: how fine the masks are.
    Threshold : float, default 0
        Least score of a detection in `I` that is explained. Masked images keep all detections.
    Rng : int, numpy.random.RandomState or numpy.random.Generator, optional
        Source of the random numbers, an int being a seed as in :func:`matxai.rng`; by default the
        stream that ``rng`` controls. (Not in MATLAB.)
    Progress : {"auto", "on", "off"} or callable, default "auto"
        "auto" shows a bar on a terminal when the run takes over two seconds; a callable is
        called with the number of images done and their total. (Not in MATLAB.)
    nargout : int, default 1
        Number of outputs to return, 1 to 4.

    Returns
    -------
    scoreMap : numpy.ndarray of float64, H×W, or H×W×K for K detections
        How much better the object is found, on average, when a pixel is shown than when it is
        hidden: positive where the detection relies on the pixel, about 0 where it does not matter.
    bboxOut : numpy.ndarray of float64, K×4
        The box that each map explains.
    scores : numpy.ndarray of float64, shape (K,)
        Score of each detection; for `bboxIn`, that of the detection in `I` most like it, or 0 if
        none overlaps it.
    labelOut : numpy.ndarray of int64, shape (K,)
        Class of each, counted from 1: `labelIn`, or the most probable; empty if unknown.

    Raises
    ------
    TypeError
        If an argument is of a wrong kind, or an option has no such name.
    ValueError
        If the image, a box or a label is none, or an option has a value that is none of its own;
        also if the detector breaks its contract: another number of outputs, wrong sizes, values
        that are negative or not finite, boxes without width or height.

    Warns
    -----
    UserWarning
        If nothing is detected in `I`, so that there is nothing to explain: the outputs are then
        empty, scoreMap H×W×0. Or if an object is found in none of the masked images: its map is 0.

    See Also
    --------
    imageLIME, occlusionSensitivity : explain the scores of a classification network.

    Notes
    -----
    The syntaxes, the first three options and the custom detection function are published by
    MathWorks. The weight of a mask, from the D-RISE paper, is the largest product of intersection
    over union, cosine of class probabilities and objectness that a detection in the masked image
    has with the target. Chosen here, since MathWorks documents nothing: all defaults; GridSize and
    Threshold, which may have other names in MATLAB; hidden pixels are 0, shades are rounded to the
    class of `I`; a cell's corner is shown with probability ½ (as in the paper); the map is the
    slope of the weight on the pixel, N⁻¹ Σ (w − w̄)·m / var(m), where the paper sums w·m: that sum
    has a large constant part, which hides the object.

    A detector for this purpose should return all its proposals, also those of low score.

    References
    ----------
    Petsiuk et al., "Black-box explanation of object detectors via saliency maps", CVPR 2021.

    Examples
    --------
    A detector that puts a box around everything bright:

    >>> import numpy as np
    >>> from matxai import drise
    >>> def detect(img):
    ...     if img.ndim == 4:
    ...         return tuple(zip(*(detect(img[..., i]) for i in range(img.shape[3]))))
    ...     y, x = np.nonzero(img[:, :, 0] > 100)
    ...     if not len(x):
    ...         return None, None, None
    ...     box = [x.min() + 1, y.min() + 1, np.ptp(x) + 1, np.ptp(y) + 1]
    ...     return [box], None, [img[y, x, 0].mean() / 255]
    >>> I = np.zeros((32, 48, 3), np.uint8)
    >>> I[8:16, 24:36] = 255
    >>> scoreMap, bboxOut, scores, labelOut = drise(
    ...     detect, I, NumSamples=256, Rng=0, nargout=4)
    >>> bboxOut, scores
    (array([[25.,  9., 12.,  8.]]), array([1.]))
    >>> bool(scoreMap[8:16, 24:36].mean() > 5 * scoreMap[:, :24].mean())
    True
    """
    find = Detector(detector)
    found = find(I[np.newaxis].copy())[0]
    if bboxIn is None:
        targets, scores, labels = of_detections(found, labelIn, Threshold)
    else:
        targets, scores, labels = of_boxes(found, bboxIn, labelIn)
    if not len(targets):
        _warn("The detector found nothing in I that could be explained.")
        return np.zeros((*I.shape[:2], 0)), targets.boxes, scores, labels
    cells = np.broadcast_to(GridSize, 2).tolist()
    masks = RandomMasks(NumSamples, I.shape[:2], tuple(cells), stream(Rng))
    weights = _weigh(find, I, masks, targets, MiniBatchSize, True if Verbose else Progress)
    if not weights.any(axis=0).all():
        lost = np.flatnonzero(~weights.any(axis=0)) + 1
        _warn(
            f"Nothing was found in the masked images that is like target {lost.tolist()} (counted "
            f"from 1), so its map is 0. Let the detector return proposals of low score as well, "
            f"take larger cells (a smaller GridSize) or more samples."
        )
    maps = masks.slopes(weights)
    return maps[:, :, 0] if len(targets) == 1 else maps, targets.boxes, scores, labels


def _warn(message: str) -> None:
    # Up through the function and the door to the line that called it.
    warnings.warn(f"drise: {message}", stacklevel=5)


def _weigh(
    find: Detector,
    image: np.ndarray,
    masks: RandomMasks,
    targets: Targets,
    batch_size: int,
    progress: Any,
) -> np.ndarray:
    """Say how well each target is found in each masked image: N×K."""
    weights = np.zeros((len(masks), len(targets)))
    with reporting(progress, len(masks), "drise") as report:
        for start in range(0, len(masks), batch_size):
            stop = min(start + batch_size, len(masks))
            for i, found in enumerate(find(_masked(image, masks.full_size(start, stop)))):
                if len(found):
                    alike = targets.similarity(found) * found.scores
                    weights[start + i] = alike.max(axis=1)
            report(stop)
    return weights


def _masked(image: np.ndarray, masks: np.ndarray) -> np.ndarray:
    """Hide the image behind masks: n images in its class, n×H×W×C or n×H×W."""
    shades = masks if image.ndim == 2 else masks[..., np.newaxis]
    batch = np.empty((len(masks), *image.shape), image.dtype)
    product = np.empty(image.shape)
    for masked, shade in zip(batch, shades, strict=True):
        np.multiply(image, shade, out=product)
        if image.dtype in (np.uint8, np.uint16):
            # Rounds as to_class does, without the fresh arrays that take most of its time.
            product += 0.5
            np.copyto(masked, product, casting="unsafe")
        else:
            masked[:] = to_class(product, image.dtype)
    return batch
