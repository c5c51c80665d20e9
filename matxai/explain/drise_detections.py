"""What a detector gave back, held against its contract."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from numbers import Real
from typing import Any

import numpy as np

from matxai.arguments import describe, numeric_array

__all__ = ["Detections", "Detector", "as_boxes"]

CONTRACT = (
    "The detector is called as f(imgBatch), with one image, H×W×C, or with N of them, H×W×C×N, "
    "and returns (boundingBox, classProb, objectness): for one image M×4 boxes [x y w h], M×K "
    "class probabilities (or None) and M scores; for N images a list of N such arrays for each."
)
_NAMES = ("boundingBox", "classProb", "objectness")


@dataclass(frozen=True)
class Detections:
    """What was detected in one image.

    Attributes
    ----------
    boxes : numpy.ndarray of float64, shape (M, 4)
        Boxes [x y w h] in MATLAB's pixel coordinates.
    class_prob : numpy.ndarray of float64, shape (M, K), or None
        Class probabilities, where they are known.
    scores : numpy.ndarray of float64, shape (M,)
        How sure the detector is that there is an object.
    """

    boxes: np.ndarray
    class_prob: np.ndarray | None
    scores: np.ndarray

    def __len__(self) -> int:
        return len(self.boxes)


def as_boxes(value: Any, name: str) -> np.ndarray:
    """Check M×4 boxes [x y w h] of positive width and height."""
    array = numeric_array(value, name)
    if array.ndim != 2 or array.shape[1] != 4:
        raise ValueError(
            f"{name} must be M×4, a row [x y w h] for each box, but is {_sized(array)}."
        )
    boxes = _finite(array, name)
    if (boxes[:, 2:] <= 0).any():
        wrong = boxes[(boxes[:, 2:] <= 0).any(axis=1)][0]
        raise ValueError(
            f"{name} must hold boxes [x y w h] of positive width and height, but holds "
            f"{describe(wrong)}."
        )
    return boxes


class Detector:
    """A person's detector function, whose outputs are checked each time.

    Parameters
    ----------
    function : callable
        The function, of MATLAB's contract for custom detectors.

    Attributes
    ----------
    classes : int, optional
        Number of classes that it tells apart, 0 where it gives no class probabilities; None until
        it has detected something.
    """

    def __init__(self, function: Callable[[np.ndarray], Any]):
        self._function = function
        self.classes: int | None = None

    def __call__(self, images: np.ndarray) -> list[Detections]:
        """Detect in each of N images, N×H×W×C or N×H×W, which the function may change."""
        single = len(images) == 1
        batch = images[0] if single else _matlab_batch(images)
        try:
            return self._split(self._function(batch), len(images), single)
        except _BreachError as breach:
            raise ValueError(f"{breach} {CONTRACT}") from None

    def _split(self, outputs: Any, count: int, single: bool) -> list[Detections]:
        if not isinstance(outputs, (tuple, list)) or len(outputs) != 3:
            raise _BreachError(
                f"detector must return three outputs (boundingBox, classProb, objectness), but "
                f"returned {_counted(outputs)}."
            )
        if single:
            return [self._checked(outputs, "")]
        if _is_empty(outputs[1]):
            outputs = (outputs[0], [None] * count, outputs[2])
        for name, output in zip(_NAMES, outputs, strict=True):
            if not isinstance(output, Sequence | np.ndarray) or len(output) != count:
                raise _BreachError(
                    f"detector must return {name} as a list of {count}, one for each image of "
                    f"the batch, but returned {_counted(output)}."
                )
        images = zip(*outputs, strict=True)
        return [self._checked(each, f"[{i}]") for i, each in enumerate(images)]

    def _checked(self, outputs: Sequence[Any], where: str) -> Detections:
        """Check what was detected in one image."""
        try:
            boxes, prob, scores = outputs
            boxes = _as_row(np.zeros((0, 4)) if _is_empty(boxes) else boxes, 4)
            boxes = as_boxes(boxes, f"boundingBox{where}")
            scores = _scores(scores, len(boxes), f"objectness{where}")
            prob = _as_row(prob, np.size(prob)) if len(boxes) == 1 and prob is not None else prob
            prob = _class_prob(prob, len(boxes), f"classProb{where}")
        except (TypeError, ValueError) as error:
            raise _BreachError(f"detector returned a wrong output: {error}") from None
        if len(boxes):
            self._same_classes(0 if prob is None else prob.shape[1], f"classProb{where}")
        return Detections(boxes, prob, scores)

    def _same_classes(self, classes: int, name: str) -> None:
        if self.classes is None:
            self.classes = classes
        if classes != self.classes:
            raise _BreachError(
                f"detector must always tell the same classes apart, but {name} has {classes} "
                f"columns, and before it had {self.classes}."
            )


class _BreachError(ValueError):
    """A detector broke its contract."""


def _matlab_batch(images: np.ndarray) -> np.ndarray:
    """Turn N×H×W×C into a view H×W×C×N, and N×H×W into H×W×1×N."""
    return np.moveaxis(images if images.ndim == 4 else images[..., np.newaxis], 0, -1)


def _as_row(value: Any, length: int) -> Any:
    """Read a vector or a number as MATLAB's row: the one box of an image, or its probabilities."""
    if isinstance(value, str) or not isinstance(value, Sequence | np.ndarray | Real):
        return value
    row = length == np.size(value) > 0 and np.ndim(value) < 2
    return np.reshape(value, (1, length)) if row else value


def _scores(value: Any, count: int, name: str) -> np.ndarray:
    array = np.zeros(0) if value is None else numeric_array(value, name)
    if array.size != count or (count and count != max(array.shape, default=1)):
        raise ValueError(
            f"{name} must have a score for each of the {count} boxes, but is {_sized(array)}."
        )
    return _not_negative(array, name).reshape(-1)


def _class_prob(value: Any, count: int, name: str) -> np.ndarray | None:
    if _is_empty(value):
        return None
    array = numeric_array(value, name)
    if array.ndim != 2 or len(array) != count:
        raise ValueError(
            f"{name} must have a row of class probabilities for each of the {count} boxes, but is "
            f"{_sized(array)}."
        )
    return _not_negative(array, name)


def _finite(array: np.ndarray, name: str) -> np.ndarray:
    if not np.isfinite(array).all():
        raise ValueError(
            f"{name} must hold finite numbers, but holds {_first(array, np.isfinite)}."
        )
    return array.astype(np.float64)


def _not_negative(array: np.ndarray, name: str) -> np.ndarray:
    values = _finite(array, name)
    if (values < 0).any():
        least = _first(values, lambda v: v >= 0)
        raise ValueError(
            f"{name} must hold no negative numbers, but holds {least}. Give probabilities, not "
            f"the activations before softmax or sigmoid."
        )
    return values


def _first(array: np.ndarray, fine: Callable[[np.ndarray], np.ndarray]) -> str:
    return describe(array[~fine(array)][0])


def _is_empty(value: Any) -> bool:
    if isinstance(value, np.ndarray):
        return value.size == 0
    return value is None or (hasattr(value, "__len__") and len(value) == 0)


def _sized(array: np.ndarray) -> str:
    return "×".join(map(str, array.shape)) if array.ndim else describe(array)


def _counted(value: Any) -> str:
    if isinstance(value, tuple | list):
        return f"a {type(value).__name__} of {len(value)}"
    return describe(value)
