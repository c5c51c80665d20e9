"""strcat, append, join, strjoin, strsplit and split."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from octave import needs_octave
from octave_texts import octave_text

from matxai import append, join, split, strcat, string, strjoin, strsplit

words = st.text(st.sampled_from("abc,; -"), max_size=8)
few = st.lists(st.text(st.sampled_from("abc "), min_size=1, max_size=4), min_size=1, max_size=4)


@needs_octave
@given(words, st.sampled_from([",", ";", "-", "a", ", "]), st.booleans())
def test_texts_are_split_as_in_octave(text, delimiter, collapse):
    code = "strjoin(strsplit(s, d, 'CollapseDelimiters', logical(c)), '#')"
    theirs = octave_text(code, s=text, d=delimiter, c=collapse)
    ours = strsplit(text, delimiter, "CollapseDelimiters", collapse)
    assert "#".join(ours) == theirs


@needs_octave
@given(few, st.sampled_from([" ", ", ", "\\n", "-"]))
def test_texts_are_joined_as_in_octave(items, delimiter):
    cells = np.array(items, dtype=object).reshape(1, -1)
    assert strjoin(items, delimiter) == octave_text("strjoin(c, d)", c=cells, d=delimiter)


@needs_octave
@given(st.lists(st.text(st.sampled_from("ab "), min_size=1, max_size=4), min_size=2, max_size=2))
def test_strcat_cuts_what_octave_cuts(items):
    assert strcat(*items) == octave_text("strcat(a, b)", a=items[0], b=items[1])


@given(st.text(max_size=12), st.sampled_from([",", "ab", " "]))
def test_splitting_is_undone_by_joining(text, delimiter):
    assert join(split(text, delimiter), delimiter) == text
    parts, between = strsplit(text, delimiter, CollapseDelimiters=False, nargout=2)
    assert between == [delimiter] * (len(parts) - 1)
    assert delimiter.join(parts) == text


def test_default_delimiters_are_white_space():
    assert strsplit("a  b\tc") == ["a", "b", "c"]
    assert strsplit("a, b; c", [", ", "; "]) == ["a", "b", "c"]
    assert split("a b\tc").tolist() == ["a", "b", "c"]
    assert split(["a-b", "c-d"], "-").tolist() == [["a", "b"], ["c", "d"]]


def test_several_texts_are_joined_one_by_one():
    assert strcat("map ", ["1", "2"]) == ["map 1", "map 2"]
    assert append("map ", np.array(["1", "2"]), "!").tolist() == ["map 1!", "map 2!"]
    assert append("map ", "1 ") == "map 1 "
    assert append("class ", string([1, 2])).tolist() == ["class 1", "class 2"]


def test_join_takes_rows():
    texts = [["a", "b"], ["c", "d"]]
    assert join(texts).tolist() == ["a b", "c d"]
    assert join(texts, "-", 1).tolist() == ["a-c", "b-d"]
    assert join("alone") == "alone"


@pytest.mark.parametrize(
    ("call", "kind", "said"),
    [
        (
            lambda: append("a", 1),
            TypeError,
            "append: argument 2 must be a text, or a list or array of texts, but is 1. string(x)",
        ),
        (lambda: append(), TypeError, "append: no text is given"),
        (
            lambda: strcat(["a", "b"], ["a", "b", "c"]),
            ValueError,
            "texts must be single, or as many in each argument, but there are 2 and 3.",
        ),
        (
            lambda: join([1, 2]),
            TypeError,
            "join: str must be a text, or a list or array of texts, but holds 1.",
        ),
        (
            lambda: join([["a"], ["b"]], " ", 3),
            ValueError,
            "join: str has 2 dimensions; there is no dim 3.",
        ),
        (
            lambda: split(["a b", "a"]),
            ValueError,
            "split: the texts must have as many parts each, but have 1 to 2.",
        ),
        (lambda: strsplit(["a b"]), TypeError, "str must be a text"),
        (lambda: strjoin("a", 1), TypeError, "delimiter must be a text, but is 1."),
    ],
)
def test_bad_input(call, kind, said):
    with pytest.raises(kind) as error:
        call()
    assert said in str(error.value)
