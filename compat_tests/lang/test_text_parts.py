"""Parts of texts, characters, digits and numbers that are texts."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from octave import agree, evaluate, needs_octave
from octave_texts import octave_lines, octave_text

from matxai import (
    bin2dec,
    blanks,
    deblank,
    dec2bin,
    dec2hex,
    erase,
    extractAfter,
    extractBefore,
    extractBetween,
    hex2dec,
    isletter,
    isspace,
    pad,
    str2num,
)

words = st.text("ab_ .1\t", max_size=10)
quarters = st.integers(-99, 99).map(lambda n: n / 4)
marks = st.text("ab_", min_size=1, max_size=2)


@given(words, marks)
def test_what_is_before_and_after_makes_the_whole(whole, mark):
    before, after = extractBefore(whole, mark), extractAfter(whole, mark)
    if mark in whole:
        assert before + mark + after == whole
        assert mark not in before
    else:
        assert (before, after) == ("", "")


@pytest.mark.tier("documented")
def test_parts_by_places_and_of_several():
    assert (extractBefore("conv_1", 5), extractAfter("conv_1", 5)) == ("conv", "1")
    assert extractBefore(["a_b", "cd_e"], "_") == ["a", "cd"]
    assert extractAfter(np.array(["a_b", "c"], dtype=object), "_").tolist() == ["b", ""]
    assert extractBetween("Edgar Allen Poe", 7, 11) == ["Allen"]
    assert extractBetween("(a)(b)", "(", ")", "Boundaries", "inclusive") == ["(a)", "(b)"]
    assert extractBetween("abcde", 1, 5, Boundaries="exclusive") == ["bcd"]
    assert extractBetween("abc", "x", "y") == []


@given(words, marks)
def test_what_is_erased_is_gone(whole, mark):
    assert erase(whole, mark) == whole.replace(mark, "")


def test_the_longest_of_several_is_erased():
    assert erase(["ababc", "b"], ["a", "ab"]) == ["c", "b"]


@given(st.lists(words, min_size=1, max_size=4), st.sampled_from(["left", "right", "both"]))
def test_padded_texts_are_equally_long(texts, side):
    made = pad(texts, side)
    assert {len(t) for t in made} == {max(map(len, texts))}
    for text, longer in zip(texts, made, strict=True):
        assert text in longer
    assert pad("abc", 2) == "abc"
    assert (pad("ab", 5, "both", "."), pad("ab", 4)) == (".ab..", "ab  ")


@needs_octave
@pytest.mark.tier("numeric", "`deblank`, `isspace` and `isletter` agree with Octave")
@given(words.filter(len))
def test_characters_agree_with_octave(text):
    assert f"<{deblank(text)}>" == octave_text("['<' deblank(x) '>']", x=text)
    agree(isspace(text), evaluate("isspace(x)", x=text))
    agree(isletter(text), evaluate("isletter(x)", x=text))


@needs_octave
@pytest.mark.tier("numeric", "`dec2bin`, `dec2hex` and back agree with Octave")
@given(st.lists(st.integers(0, 2**40), min_size=1, max_size=3), st.integers(1, 12))
def test_digits_agree_with_octave(numbers, least):
    given_ = np.array(numbers, dtype=float)
    for write, read, name in ((dec2bin, bin2dec, "dec2bin"), (dec2hex, hex2dec, "dec2hex")):
        made = write(given_, least)
        assert (
            [made]
            if isinstance(made, str)
            else made.tolist() == octave_lines(f"{name}(x, {least})", x=given_)
        )
        np.testing.assert_array_equal(read(made), given_ if len(numbers) > 1 else numbers[0])


def test_blanks_and_empty_digits():
    assert (blanks(0), blanks(3), bin2dec("").shape, bin2dec("1 0 1")) == ("", "   ", (0, 0), 5)
    assert (hex2dec(["ff", "1F"]).tolist(), isspace([1, 2]).tolist()) == ([255, 31], [False] * 2)


@needs_octave
@pytest.mark.tier("numeric", "`str2num` reads numbers and matrices as Octave does")
@given(
    st.lists(st.tuples(quarters, quarters), max_size=3),
    st.sampled_from([" ", ",", ", "]), st.sampled_from([";", " ; ", "\n"]), st.booleans(),
)  # fmt: skip
def test_matrices_agree_with_octave(rows, comma, semicolon, bracketed):
    inner = semicolon.join(comma.join(map(str, row)) for row in rows)
    text = f"[{inner}]" if bracketed or "\n" in inner or not rows else inner
    agree(str2num(text), evaluate("str2num(x)", x=text))


@needs_octave
@pytest.mark.tier("numeric")
@pytest.mark.parametrize("text", ["5", "1:5", "1:0.5:3", "10:-3:1", "-pi", "[true false]", ".5e1",
                                  "0:.1:.3", "[1 -2]", "1, Inf"])  # fmt: skip
def test_numbers_agree_with_octave(text):
    agree(str2num(text), evaluate("str2num(x)", x=text), rtol=1e-15)


@pytest.mark.tier("documented")
@pytest.mark.parametrize("text", ["1+2", "abc", "[1 - 2]", "3*4", "x(1)", "'a'", "1:2 3", "1;2 3"])
def test_code_is_not_run(text):
    with pytest.raises(ValueError, match="txt must be|equally long"):
        str2num(text)
    assert not str2num("", nargout=2)[1]


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: extractBefore("abc", 5), ValueError, "pos must be at most 3"),
        (lambda: extractBefore(3, "a"), TypeError, "str must be"),
        (lambda: extractBetween("abc", 3, 2), ValueError, "in order"),
        (lambda: erase("a", 3), TypeError, "match must be"),
        (lambda: pad("a", 3, "middle"), ValueError, "side must be"),
        (lambda: blanks(-1), ValueError, "integer from 0"),
        (lambda: dec2bin(-1), ValueError, "integers from 0"),
        (lambda: dec2hex(1.5), ValueError, "integers from 0"),
        (lambda: bin2dec("12"), ValueError, "binary digits"),
        (lambda: hex2dec("0xff"), ValueError, "hexadecimal digits"),
        (lambda: isspace(["a"]), TypeError, "A must be"),
        (lambda: str2num(3), TypeError, "txt must be"),
    ],
)
def test_bad_input(call, error, message):
    with pytest.raises(error, match=message):
        call()
