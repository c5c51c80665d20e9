"""Where Octave's image package differs from MATLAB, it still does, and matxai does as MATLAB."""

import numpy as np
import pytest
from octave_differences import IMAGE_DIFFERENCES
from octave_images import asked, needs_octave

import matxai


@needs_octave
@pytest.mark.parametrize("known", IMAGE_DIFFERENCES, ids=lambda d: d.code)
def test_octave_still_differs(known):
    value = asked(known.code)[1]
    same = value.size == np.size(known.matlab) and np.allclose(
        value.ravel().astype(float), np.ravel(known.matlab), rtol=0, atol=1e-6
    )
    assert not same, f"strike {known.code}: {known.reason}"


@pytest.mark.tier("documented")
@pytest.mark.parametrize("known", IMAGE_DIFFERENCES, ids=lambda d: d.code)
def test_matlabs_answer_is_given(known):
    made = np.asarray(getattr(matxai, known.function)(*known.arguments))
    # Of a whole filter, the middle is told.
    made = (
        made[made.shape[0] // 2, made.shape[1] // 2] if np.size(known.matlab) < made.size else made
    )
    np.testing.assert_allclose(np.ravel(made), np.ravel(known.matlab), atol=1e-4)
