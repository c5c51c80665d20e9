"""strfind: GNU Octave is the oracle."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from octave import agree, evaluate

from matxai import strfind


@pytest.mark.octave
@pytest.mark.tier("documented")
@given(st.text("ab", min_size=1, max_size=8), st.text("ab", min_size=1, max_size=3))
def test_strfind(whole, pat):
    agree(strfind(whole, pat), evaluate(f"strfind('{whole}', '{pat}')"))


@pytest.mark.tier("documented")
def test_several_texts_give_a_list():
    found = strfind(["relu_1", "conv"], "relu")
    assert [f.tolist() for f in found] == [[1], []]
    assert strfind("Relu", "relu").size == 0
    assert strfind("relu", "").size == 0


def test_bad_input():
    with pytest.raises(TypeError, match="str must be a text"):
        strfind(3, "a")
    with pytest.raises(TypeError, match="pat must be"):
        strfind("a", 3)
