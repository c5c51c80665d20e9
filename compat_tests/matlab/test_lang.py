"""matlab.lang.makeValidName and makeUniqueStrings, with GNU Octave as the oracle."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from octave import needs_octave
from octave_texts import octave_text

from matxai import matlab

STYLES = ("underscore", "delete", "hex")
# Octave takes a name that starts with an underscore.
TEXTS = st.text(st.sampled_from("abZ1 -.\t_"), max_size=6).filter(
    lambda text: not text.lstrip().startswith("_")
)
valid = matlab.lang.makeValidName
unique = matlab.lang.makeUniqueStrings


@needs_octave
@given(TEXTS, st.sampled_from(STYLES))
def test_names_are_octaves(text, style):
    theirs = octave_text(f"matlab.lang.makeValidName(t, 'ReplacementStyle', '{style}')", t=text)
    assert valid(text, ReplacementStyle=style) == theirs


@given(
    # The name of an option is taken for one.
    st.text(max_size=80).filter(lambda text: text.lower() not in ("replacementstyle", "prefix")),
    st.sampled_from(STYLES),
)
def test_names_are_valid(text, style):
    name, modified = valid(text, "ReplacementStyle", style, nargout=2)
    assert name.isascii()
    assert name.isidentifier()
    assert name[0] != "_"
    assert len(name) < 64
    assert modified is (name != text)
    assert valid(name, nargout=2) == (name, False)


@pytest.mark.tier("documented")
def test_names_of_several_texts():
    names, modified = valid(["a b", "ab", "for", "_x"], Prefix="m_", nargout=2)
    assert names == ["aB", "ab", "m_For", "m__x"]
    assert modified.tolist() == [True, False, True, True]
    assert valid(np.array(["1", "b"], object)).tolist() == ["x1", "b"]


@needs_octave
@given(
    st.lists(st.sampled_from(["a", "b", "a_1", "a_2"]), min_size=1, max_size=5),
    st.lists(st.sampled_from(["a", "a_1", "b"]), max_size=3),
)
def test_distinct_texts_are_octaves(texts, excluded):
    def cells(items):
        return "{" + ", ".join(f"'{item}'" for item in items) + "}"

    code = f"strjoin(matlab.lang.makeUniqueStrings({cells(texts)}, {cells(excluded)}), ';')"
    assert ";".join(unique(texts, excluded)) == octave_text(code)


@needs_octave
@pytest.mark.parametrize(
    ("ours", "theirs"), [([3], "3"), ([True, False, False, False], "[true false false false]")]
)
def test_some_texts_may_change(ours, theirs):
    code = f"strjoin(matlab.lang.makeUniqueStrings({{'a', 'b', 'a', 'a'}}, {theirs}), ';')"
    assert ";".join(unique(["a", "b", "a", "a"], ours)) == octave_text(code)


def test_forms_stay():
    assert unique("a", ["a", "a_1"]) == "a_2"
    names, modified = unique(np.array([["a", "a"]], object), nargout=2)
    assert names.tolist() == [["a", "a_1"]]
    assert modified.tolist() == [[False, True]]
    assert unique("a", nargout=2) == ("a", False)


@pytest.mark.parametrize(
    ("call", "error", "says"),
    [
        (lambda: valid(5), TypeError, "makeValidName: S must be a text"),
        (lambda: valid("a", Prefix="1"), ValueError, "Prefix must be the beginning of a name"),
        (lambda: valid("a", Prefix="for"), ValueError, "Prefix must be the beginning of a name"),
        (lambda: valid("a", ReplacementStyle="x"), ValueError, "underscore.*delete.*hex"),
        (lambda: unique(5), TypeError, "makeUniqueStrings: S must be a text"),
        (lambda: unique(["a"], 2), IndexError, "from 1 to 1, but are 2"),
        (lambda: unique(["a"], 0.5), TypeError, "excluded must be texts"),
    ],
)
def test_bad_input(call, error, says):
    with pytest.raises(error, match=says):
        call()
