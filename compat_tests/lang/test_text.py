"""string, char, cellstr and what changes texts one by one."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from octave import needs_octave
from octave_texts import octave_text

from matxai import categorical, cellstr, char, lower, newline, string, strip, strtrim, upper

ascii_texts = st.text(st.sampled_from("abcXYZ 09_\t"), max_size=8)
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=6)


@needs_octave
@pytest.mark.parametrize(
    ("ours", "name"), [(upper, "upper"), (lower, "lower"), (strtrim, "strtrim")]
)
@given(text=ascii_texts)
def test_changes_are_those_of_octave(ours, name, text):
    assert ours(text) == octave_text(f"{name}(s)", s=text)


@given(st.lists(texts, max_size=4))
def test_the_form_of_several_texts_is_kept(items):
    assert upper(items) == [t.upper() for t in items]
    array = np.array(items, dtype=object)
    assert isinstance(lower(array), np.ndarray)
    assert lower(array).tolist() == [t.lower() for t in items]


def test_strip():
    assert strip("  a b ") == "a b"
    assert strip("0010", "left", "0") == "10"
    assert strip(["xx1x"], "right", "x") == ["xx1"]
    assert strtrim("a\0\0 ") == "a"
    assert newline() == "\n"


@pytest.mark.tier("documented")
def test_strings_of_labels_and_truth_values():
    assert string(True) == "true"
    assert string([True, False]).tolist() == ["true", "false"]
    assert string(categorical(["dog", "cat"])).tolist() == ["dog", "cat"]
    assert string(categorical(["dog"])[0]) == "dog"
    assert string(np.array([[1, 2], [3, 4]])).tolist() == [["1", "2"], ["3", "4"]]
    assert string(["a", "b"]).tolist() == ["a", "b"]
    assert string(np.uint8(7)) == "7"


def test_strings_join_by_plus_and_take_longer_ones():
    titles = "class " + string([1, 2]) + "!"
    titles[0] = "much longer than before"
    assert titles.tolist() == ["much longer than before", "class 2!"]


@given(texts)
def test_characters_and_their_codes(text):
    assert char([ord(c) for c in text]) == text
    assert char(text) == text


def test_char_pads_rows():
    assert char(["cat", "hippo"]).tolist() == ["cat  ", "hippo"]
    assert char(categorical(["dog"])) == "dog"
    assert char(65) == "A"
    assert char([[72, 105], [72, 111]]).tolist() == ["Hi", "Ho"]


def test_cellstr():
    assert cellstr("cat  ") == ["cat"]
    assert cellstr(np.array(["a", "b "])) == ["a", "b "]
    assert cellstr(categorical(["dog", "cat"])) == ["dog", "cat"]


@pytest.mark.parametrize(
    ("call", "kind", "said"),
    [
        (
            lambda: upper(5),
            TypeError,
            "upper: str must be a text, or a list or array of texts, but is 5.",
        ),
        (
            lambda: upper(categorical(["a"])),
            TypeError,
            "but is a categorical: string(str) has its texts",
        ),
        (
            lambda: strtrim(["a", 1]),
            TypeError,
            "strtrim: str must be a text, or a list or array of texts, but holds 1.",
        ),
        (lambda: strip("a", "top"), ValueError, 'side must be "both" or "left" or "right"'),
        (lambda: string({}), TypeError, "string: A must be numbers, truth values, labels or texts"),
        (lambda: string([[1], [1, 2]]), TypeError, "string: A must be numbers"),
        (lambda: char(-1), ValueError, "char: A must hold codes of characters, but holds -1."),
        (lambda: char({}), TypeError, "char: A must be texts or codes of characters, not {}."),
        (lambda: cellstr(5), TypeError, "cellstr: A must be a text"),
    ],
)
def test_bad_input(call, kind, said):
    with pytest.raises(kind) as error:
        call()
    assert said in str(error.value)
