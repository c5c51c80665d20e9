"""All thresholds of the cross-check: from where on two numbers count as different.

A difference is measured against the largest absolute value of MATLAB's array: `relative` 1e-4
means four digits of that value. The page docs/crosscheck.md shows this table; a test holds the two
against each other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

__all__ = [
    "INTEGER_FRACTION",
    "INTEGER_LEVELS",
    "LIKENESS_MARGIN",
    "NUMERIC",
    "OVERLAP_MARGIN",
    "RANK_MARGIN",
    "REGION_FRACTION",
    "RERUNS",
    "RERUNS_IN_DOUBT",
    "SCALE_FACTOR",
    "TOP_FRACTION",
    "Bound",
]


@dataclass(frozen=True)
class Bound:
    """From where on arrays of one kind differ.

    Attributes
    ----------
    relative : float
        Largest difference, as a fraction of the largest absolute value of MATLAB's array.
    why : str
        What the difference comes from where both are right.
    of_score : float
        What is allowed on top: a fraction of the score of the unaltered image, for maps that are
        differences of scores.
    """

    relative: float
    why: str
    of_score: float = 0.0


NUMERIC: Mapping[str, Bound] = {
    "scores": Bound(1e-4, "networks compute in single precision, in another order"),
    "activations": Bound(1e-4, "networks compute in single precision, in another order"),
    "occlusion": Bound(1e-4, "a map is the difference of two scores in single precision", 1e-5),
    "gradients": Bound(1e-3, "derivatives pass through all layers in single precision"),
    "upsampling": Bound(1e-5, "interpolation in single or in double"),
    "painting": Bound(1e-5, "interpolation in single or in double"),
    "imresize": Bound(1e-10, "sums in another order"),
    "means": Bound(1e-6, "sums in single or in double"),
    "rand": Bound(1e-15, "the last bit, should a file be rounded"),
    "importances": Bound(1e-6, "of the same random numbers"),
}
"""Of arrays that are computed, not drawn: the largest difference that is still numeric."""

INTEGER_LEVELS = 1
"""Of images of an integer class: how many levels a value may differ …"""

INTEGER_FRACTION = 1e-3
"""… and which part of the values may."""

REGION_FRACTION = 1e-3
"""Which part of the pixels may lie in another region of a segmentation."""

RERUNS = 5
"""How often a random method is run here, with different seeds, to see how far its runs agree."""

RERUNS_IN_DOUBT = 3
"""How many times as many runs are made before a random result counts as different."""

RANK_MARGIN = 0.1
"""How far MATLAB's rank correlation with our runs may lie below the lowest among our own."""

TOP_FRACTION = 0.2
"""Which part of the features are the most important ones."""

OVERLAP_MARGIN = 0.25
"""How far the part of these that MATLAB's and our runs share may lie below that of our own."""

SCALE_FACTOR = 1.5
"""How many times larger or smaller MATLAB's importances may be than those of our own runs."""

LIKENESS_MARGIN = 0.5
"""Which part of our dream's activation MATLAB's deepDreamImage has to reach."""
