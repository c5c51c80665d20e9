"""isnan, isinf, isfinite and eps, with GNU Octave as the oracle."""

import numpy as np
import pytest
from hypothesis import given
from matlab_arrays import arrays
from octave import agree, evaluate, needs_octave

from matxai import dlarray, eps, isfinite, isinf, isnan


@needs_octave
@given(A=arrays(nan=True))
def test_questions_are_octaves(A):
    for function in (isnan, isinf, isfinite):
        agree(function(A), evaluate(f"{function.__name__}(A)", A=A))


@needs_octave
@pytest.mark.parametrize("x", [0.0, 1.0, -1000.0, np.float32(3), np.inf, [[1.0, 1e300]]])
def test_distances_are_octaves(x):
    agree(eps(x), evaluate("eps(x)", x=x))


def test_classes_and_dlarrays():
    assert eps("single") == np.float32(2**-23)
    assert eps() == eps("double") == 2**-52
    assert isnan(dlarray(np.array([np.nan, 1]))).tolist() == [True, False]


@pytest.mark.parametrize(
    ("call", "error", "says"),
    [
        (lambda: eps("uint8"), ValueError, "x must be .*'uint8'"),
        (lambda: eps(np.uint8(3)), TypeError, "single or double"),
        (lambda: eps({}), TypeError, "eps: x must be a numeric array"),
        (lambda: isnan("a"), TypeError, "isnan: X must be a numeric array"),
    ],
)
def test_bad_input(call, error, says):
    with pytest.raises(error, match=says):
        call()
