"""Where Octave 7 is known to differ from MATLAB.

Each entry says what Octave computes otherwise. Tests that draw arrays leave these classes out for
the function, and one test checks each entry: Octave still differs, and matxai gives MATLAB's
answer. An entry that has become wrong fails there, and is struck.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

__all__ = ["DIFFERENCES", "IMAGE_DIFFERENCES", "TEXT_DIFFERENCES", "classes_for"]


@dataclass(frozen=True)
class Difference:
    function: str
    reason: str
    code: str
    """What Octave is asked."""
    arguments: tuple[Any, ...]
    """What matxai is asked."""
    matlab: Any
    """MATLAB's answer, and its class."""
    matlab_class: str = "double"
    classes: tuple[str, ...] = ()
    """Classes that are not drawn for this function."""


_WHOLE = ("uint8", "int8")
_BYTES = np.array([200, 100], np.uint8)

DIFFERENCES = [
    Difference(
        "cumsum", "MATLAB keeps the class of integers, and saturates; Octave computes in double",
        "cumsum(uint8([200 100]))", (_BYTES,), [200, 255], "uint8", classes=_WHOLE,
    ),
    Difference(
        "median", "MATLAB gives double for truth values, Octave truth values",
        "median([true false])", ([True, False],), 0.5, classes=("bool",),
    ),
    Difference(
        "median", "of two integers MATLAB rounds the mean, Octave adds them in their class",
        "median(uint8([200 200]))", (np.array([200, 200], np.uint8),), 200, "uint8",
        classes=_WHOLE,
    ),
    Difference(
        "median", "of nothing it is NaN in MATLAB, an error in Octave",
        "median([])", ([],), np.nan,
    ),
    Difference(
        "mode", "of nothing it is NaN in MATLAB, empty in Octave",
        "mode([])", ([],), np.nan,
    ),
    Difference(
        "mean", "MATLAB works along the first dimension whose length is not 1, be it 0",
        "mean(zeros(0, 2))", (np.zeros((0, 2)),), [[np.nan, np.nan]],
    ),
    Difference(
        "all", "NaN is not 0; along a dimension of length 1, Octave can take it for 0",
        "all([NaN 1], 3)", (np.array([[np.nan, 1]]), 3), [[True, True]], "logical",
    ),
    Difference(
        "sum", "MATLAB takes a 0×0 array for special only without a dimension",
        "sum(zeros(0, 0), 1)", (np.zeros((0, 0)), 1), np.zeros((1, 0)),
    ),
]  # fmt: skip


def classes_for(function, dtypes):
    """Return the classes that may be drawn for a function."""
    out = {c for d in DIFFERENCES if d.function == function for c in d.classes}
    return tuple(d for d in dtypes if d not in out)


@dataclass(frozen=True)
class TextDifference:
    function: str
    reason: str
    code: str
    """What Octave is asked."""
    arguments: tuple[Any, ...]
    """What matxai is asked."""
    matlab: str
    """MATLAB's answer."""


TEXT_DIFFERENCES = [
    TextDifference(
        "sprintf", "MATLAB documents %e for a fraction by %d, Octave chooses %f or %g",
        "sprintf('%d', 1.5)", ("%d", 1.5), "1.500000e+00",
    ),
    TextDifference(
        "sprintf", "MATLAB documents %e for a fraction by %s, Octave chooses %f or %g",
        "sprintf('%s', pi)", ("%s", np.pi), "3.141593e+00",
    ),
    TextDifference(
        "strcat", "MATLAB documents all white space at the end, Octave cuts blanks only",
        "strcat(\"a\\t\", 'b')", ("a\t", "b"), "ab",
    ),
    TextDifference(
        "mat2str", "MATLAB documents zeros(m,n) for empty matrices, Octave writes []",
        "mat2str(zeros(0, 3))", (np.zeros((0, 3)),), "zeros(0,3)",
    ),
]  # fmt: skip


# Asked with Octave's image package loaded.
IMAGE_DIFFERENCES = [
    Difference(
        "fspecial", "MATLAB divides by the sum of the Gaussian, Octave by another number",
        "fspecial('log', 3, 1)(2, 2)", ("log", 3, 1), -0.30794596,
    ),
    Difference(
        "graythresh", "MATLAB documents 256 bins for all classes, Octave takes 65,536 for uint16",
        "graythresh(uint16([0 1 65535]))", (np.array([[0, 1, 65535]], np.uint16),), 127 / 255,
    ),
    Difference(
        "imfilter", "Octave shifts what a filter of even size makes 'full'",
        "imfilter([1 2], [1 1], 'full')", ([[1, 2]], [1, 1], "full"), [1, 3, 2],
    ),
]  # fmt: skip
