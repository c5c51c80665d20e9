"""strrep, replace, contains, strcmp and their relatives."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from octave import evaluate, needs_octave

from matxai import (
    categorical,
    contains,
    endsWith,
    replace,
    startsWith,
    strcmp,
    strcmpi,
    strncmp,
    strncmpi,
    strrep,
)

texts = st.text(st.sampled_from("abAB"), max_size=8)
parts = st.text(st.sampled_from("abA"), min_size=1, max_size=3)


@needs_octave
@given(texts, parts, texts)
def test_parts_are_replaced_as_in_octave(text, old, new):
    theirs = evaluate("strrep(s, a, b)", s=text, a=old, b=new)[1]
    assert strrep(text, old, new) == (str(theirs[0]) if theirs.size else "")


@needs_octave
@pytest.mark.parametrize(
    ("ours", "name"),
    [(strcmp, "strcmp"), (strcmpi, "strcmpi"), (strncmp, "strncmp"), (strncmpi, "strncmpi")],
)
@given(a=parts, b=parts, n=st.integers(1, 3))
def test_texts_are_compared_as_in_octave(ours, name, a, b, n):
    counted = name.startswith("strn")
    theirs = evaluate(f"{name}(a, b{', n' if counted else ''})", a=a, b=b, n=n)[1]
    assert ours(a, b, *([n] if counted else [])) == bool(theirs)


@needs_octave
@given(texts, parts, st.booleans())
def test_beginnings_and_ends_are_those_of_octave(text, part, ignore):
    for ours, name in ((startsWith, "startsWith"), (endsWith, "endsWith")):
        code = f"{name}({{s}}, p, 'IgnoreCase', logical(c))"
        theirs = evaluate(code, s=text, p=part, c=ignore)[1]
        assert ours(text, part, IgnoreCase=ignore) == bool(theirs)


@given(st.text(), st.text())
def test_contains_is_what_in_says(text, part):
    assert contains(text, part) == (part in text)


def test_several_texts_and_patterns():
    assert contains(["relu_1", "conv", "pool"], ["lu", "oo"]).tolist() == [True, False, True]
    assert contains("ReLU", "relu", "IgnoreCase", True)
    assert contains(np.array([["a", "b"]]), "a").tolist() == [[True, False]]
    assert strcmp(["a", "b"], ["a", "c"]).tolist() == [True, False]
    assert strcmp("dog", categorical(["dog", "cat"])).tolist() == [True, False]
    assert replace(["a-b", "c_d"], ["-", "_"], " ") == ["a b", "c d"]
    assert replace("abc", ["a", "c"], ["1", "3"]) == "1b3"


def test_overlapping_occurrences():
    assert strrep("aaa", "aa", "b") == "bb"
    assert replace("aaa", "aa", "b") == "ba"
    assert strrep("abc", "", "x") == "abc"


def test_what_is_no_text_equals_nothing():
    assert strcmp("a", 97) is False
    assert strcmp(None, None) is False
    assert strcmpi(["a", 1], "a") is False


@pytest.mark.parametrize(
    ("call", "kind", "said"),
    [
        (
            lambda: strrep(5, "a", "b"),
            TypeError,
            "str must be a text, or a list or array of texts, but is 5.",
        ),
        (lambda: strrep("a", 1, "b"), TypeError, "old must be a text, but is 1."),
        (
            lambda: replace("a", ["a", "b", "c"], ["1", "2"]),
            ValueError,
            "replace: new must hold one text, or one for each of the 3 of old, but holds 2.",
        ),
        (lambda: contains("a", 1), TypeError, "pattern must be texts"),
        (
            lambda: strcmp(["a", "b"], ["a", "b", "c"]),
            ValueError,
            "strcmp: texts must be single, or as many",
        ),
        (lambda: strncmp("a", "b", 0), ValueError, "n must be a positive integer, but is 0."),
    ],
)
def test_bad_input(call, kind, said):
    with pytest.raises(kind) as error:
        call()
    assert said in str(error.value)
