"""What drise is to explain, and how like it a detection is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from matxai.arguments import describe, numeric_array
from matxai.explain.drise_detections import Detections, as_boxes

__all__ = ["Targets", "of_boxes", "of_detections"]


@dataclass(frozen=True)
class Targets:
    """What is to be explained: boxes, and their classes where these count.

    Attributes
    ----------
    boxes : numpy.ndarray of float64, shape (T, 4)
        Boxes [x y w h].
    class_prob : numpy.ndarray of float64, shape (T, K), or None
        Class probabilities that detections are compared with.
    labels : numpy.ndarray of int64, shape (T,), or None
        Classes, counted from 0, that detections are compared with instead.
    """

    boxes: np.ndarray
    class_prob: np.ndarray | None = None
    labels: np.ndarray | None = None

    def __len__(self) -> int:
        return len(self.boxes)

    def similarity(self, found: Detections) -> np.ndarray:
        """Say how like each target each detection is, by place and by class: T×M, 0 to 1.

        It is the intersection over union of the boxes times the cosine of the class probabilities.
        A label is a probability of 1. Where either side has no classes, they do not count.
        """
        alike = _overlap(self.boxes, found.boxes)
        if found.class_prob is None:
            return alike
        directions = _directions(found.class_prob)
        if self.labels is not None:
            self._require_labels(directions.shape[1])
            return alike * directions[:, self.labels].T
        if self.class_prob is not None:
            return alike * (_directions(self.class_prob) @ directions.T)
        return alike

    def _require_labels(self, classes: int) -> None:
        if self.labels.max() >= classes:
            raise ValueError(
                f"labelIn must hold integers from 1 to {classes}, the number of columns of "
                f"classProb, but holds {self.labels.max() + 1}."
            )


def of_detections(
    found: Detections, labels: Any, threshold: float
) -> tuple[Targets, np.ndarray, np.ndarray]:
    """Take what was found in the image as targets, and say their scores and labels."""
    if labels is not None:
        raise ValueError("labelIn needs bboxIn: it says which class each of those boxes has.")
    chosen = found.scores >= threshold
    boxes, scores = found.boxes[chosen], found.scores[chosen]
    if found.class_prob is None:
        return Targets(boxes), scores, np.zeros(0, np.int64)
    prob = found.class_prob[chosen]
    return Targets(boxes, prob), scores, prob.argmax(axis=1) + 1


def of_boxes(found: Detections, boxes: Any, labels: Any) -> tuple[Targets, np.ndarray, np.ndarray]:
    """Take given boxes as targets, and say their scores and labels."""
    boxes = _given_boxes(boxes, "bboxIn")
    labels = _given_labels(labels, len(boxes), "labelIn")
    targets = Targets(boxes, labels=labels - 1 if labels.size else None)
    scores = np.zeros(len(boxes))
    if len(found):
        alike = targets.similarity(found)
        nearest = alike.argmax(axis=1)
        scores = np.where(alike.max(axis=1) > 0, found.scores[nearest], 0)
    return targets, scores, labels


def _given_boxes(value: Any, name: str) -> np.ndarray:
    boxes = numeric_array(value, name)
    if not boxes.size:
        raise ValueError(
            f"{name} must hold a box at least, but is empty. Leave it out to explain what the "
            f"detector finds."
        )
    return as_boxes(boxes[np.newaxis] if boxes.ndim == 1 else boxes, name)


def _given_labels(value: Any, count: int, name: str) -> np.ndarray:
    """Check one class for all boxes or one for each, counted from 1; empty is none."""
    labels = numeric_array([] if value is None else value, name)
    if not labels.size:
        return np.zeros(0, np.int64)
    if labels.dtype.kind == "b":
        raise TypeError(f"{name} must be class indices, but is {describe(value)}.")
    wrong = labels[~(np.isfinite(labels) & (labels >= 1) & (labels == np.floor(labels)))]
    if wrong.size:
        raise ValueError(
            f"{name} must hold positive integers, but holds {describe(wrong[0])}. Classes are the "
            f"columns of classProb, counted from 1."
        )
    if labels.size not in (1, count) or labels.size != max(labels.shape, default=1):
        raise ValueError(
            f"{name} must be one class, or one for each of the {count} boxes of bboxIn, but is "
            f"{describe(value)}."
        )
    return np.broadcast_to(labels.reshape(-1).astype(np.int64), count).copy()


def _overlap(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Intersection over union of all pairs of boxes: T×M."""
    first, second = first[:, np.newaxis], second[np.newaxis]
    ends = np.minimum(first[..., :2] + first[..., 2:], second[..., :2] + second[..., 2:])
    common = np.maximum(0, ends - np.maximum(first[..., :2], second[..., :2])).prod(axis=2)
    areas = first[..., 2:].prod(axis=2) + second[..., 2:].prod(axis=2)
    return common / (areas - common)


def _directions(vectors: np.ndarray) -> np.ndarray:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.divide(vectors, lengths, out=np.zeros_like(vectors), where=lengths > 0)
