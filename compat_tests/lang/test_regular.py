"""regexp and regexprep."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from octave import evaluate, needs_octave
from octave_texts import octave_text

from matxai import regexp, regexpi, regexprep

texts = st.text(st.sampled_from("abAB12_ -\n"), min_size=1, max_size=12)
expressions = st.sampled_from(
    [
        "[ab]+",
        r"\d+",
        r"(\w)(\d)",
        "a|b",
        "^a",
        "b$",
        ".",
        r"[^ab]",
        "a*",
        r"\s",
        "(a)(b)",
        "[ab]?1",
        r"(?<x>a)b",
    ]
)


@needs_octave
@given(texts, expressions)
def test_matches_are_those_of_octave(text, expression):
    code = "strjoin([{''} regexp(s, e, 'match')], '#')"
    assert "#".join(["", *regexp(text, expression, "match")]) == octave_text(
        code, s=text, e=expression
    )
    (_, starts), (_, ends) = evaluate("regexp(s, e)", 2, s=text, e=expression)
    ours = regexp(text, expression, nargout=2)
    assert ours[0].tolist() == starts.ravel().tolist()
    assert ours[1].tolist() == ends.ravel().tolist()


@needs_octave
@given(texts, expressions, st.sampled_from(["<$0>", "$1-$2", "x", ""]))
def test_replacements_are_those_of_octave(text, expression, new):
    # A reference to a token that there is not is left as it stands in Octave 7 or is dropped.
    groups = expression.count("(")
    if "$1" in new and groups < 2:
        new = "y"
    if "$0" in new:
        new = "[]"
    theirs = octave_text("regexprep(s, e, r)", s=text, e=expression, r=new)
    assert regexprep(text, expression, new) == theirs


def test_outputs_in_the_order_of_the_options():
    tokens, match = regexp("k=3, n=10", r"(\w)=(\d+)", "tokens", "match", nargout=2)
    assert tokens == [["k", "3"], ["n", "10"]]
    assert match == ["k=3", "n=10"]
    names = regexp("conv_12", r"(?<kind>[a-z]+)_(?<number>\d+)", "names")
    assert (names.kind, names.number) == ("conv", "12")
    assert regexp("a,b,,c", ",", "split") == ["a", "b", "", "c"]
    assert regexp("conv12", r"\d", "once") == 5
    assert regexp("conv12", r"\d", "match", "once") == "1"
    assert regexp("conv", r"\d", "match", "once") == ""
    assert regexp("conv", r"(\d)", "tokens", "once") == []
    assert regexp("ab", "(a)(b)", "tokenExtents")[0].tolist() == [[1, 1], [2, 2]]


@pytest.mark.tier("documented", "`regexp` gives the match as token where the expression has none")
def test_without_tokens_the_match_is_the_token():
    assert regexp("a1b2", r"\d", "tokens") == [["1"], ["2"]]


def test_matlab_writes_some_things_in_its_own_way():
    assert regexp("one two", r"\<t\w+\>", "match") == ["two"]
    assert regexp("a\nb", "a.b", "match") == ["a\nb"]
    assert regexp("a\nb", "a.b", "match", "dotexceptnewline") == []
    assert regexp("a\n", "a$", "match") == []
    assert regexp("b\na", "^a", "match", "lineanchors") == ["a"]
    assert regexp("[<", r"[[<\]]", "match") == ["[", "<"]
    assert regexpi("ReLU", "relu", "match", "once") == "ReLU"


def test_several_texts_and_options():
    assert regexp(["a1", "b"], r"\d", "match") == [["1"], []]
    assert regexprep(["a1", "b2"], r"\d", "") == ["a", "b"]
    assert regexprep("aaa", "a", "b", "once") == "baa"
    assert regexprep("ABC", "b", "x", "ignorecase") == "AxC"
    assert regexprep("ab", "(?<first>a)(b)", r"$2$<first>\$1\n$0") == "ba$1\nab"


@pytest.mark.parametrize(
    ("call", "kind", "said"),
    [
        (lambda: regexp("a", "("), ValueError, "regexp: expression '(' is no regular expression"),
        (
            lambda: regexp("a", "a", "matches"),
            ValueError,
            "regexp: 'matches' is not one of its options",
        ),
        (
            lambda: regexprep("a", "a", "b", "match"),
            ValueError,
            "regexprep: 'match' is not one of its options",
        ),
        (lambda: regexprep(1, "a", "b"), TypeError, "str must be a text"),
        (lambda: regexp("a", 1), TypeError, "expression must be a text, but is 1."),
    ],
)
def test_bad_input(call, kind, said):
    with pytest.raises(kind) as error:
        call()
    assert said in str(error.value)
