"""Where Octave's texts differ from MATLAB's, they still do, and matxai's are MATLAB's."""

import pytest
from octave_differences import TEXT_DIFFERENCES
from octave_texts import octave_text

import matxai

each_difference = pytest.mark.parametrize("known", TEXT_DIFFERENCES, ids=lambda d: d.code)


@pytest.mark.octave
@each_difference
def test_octave_still_differs(known):
    assert octave_text(known.code) != known.matlab, f"strike {known.code}: {known.reason}"


@pytest.mark.tier("documented")
@each_difference
def test_matlabs_answer_is_given(known):
    assert getattr(matxai, known.function)(*known.arguments) == known.matlab
