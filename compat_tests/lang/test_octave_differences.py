"""Where Octave differs from MATLAB, it still does, and matxai does as MATLAB."""

import numpy as np
import pytest
from octave import evaluate
from octave_differences import DIFFERENCES

import matxai


@pytest.mark.octave
@pytest.mark.parametrize("known", DIFFERENCES, ids=lambda d: d.code)
def test_octave_still_differs(known):
    try:
        kind, value = evaluate(known.code)
    except RuntimeError:
        return
    same = value.size == np.size(known.matlab) and np.array_equal(
        value.reshape(-1).astype(float), np.ravel(known.matlab).astype(float), equal_nan=True
    )
    assert not (same and kind == known.matlab_class), f"strike {known.code}: {known.reason}"


@pytest.mark.tier("documented", "Where Octave differs from MATLAB")
@pytest.mark.parametrize("known", DIFFERENCES, ids=lambda d: d.code)
def test_matlabs_answer_is_given(known):
    made = getattr(matxai, known.function)(*known.arguments)
    np.testing.assert_array_equal(made, known.matlab)
    assert matxai.class_(made) == known.matlab_class
