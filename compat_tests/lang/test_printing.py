"""sprintf, fprintf and compose."""

import io

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from octave import needs_octave
from octave_texts import octave_text

from matxai import categorical, compose, fprintf, sprintf

plain = st.text(st.sampled_from("abc XY_.,:(){}"), max_size=5)
letters = st.text(st.sampled_from("abcXYZ019 _"), min_size=1, max_size=6)
fractions = st.one_of(
    st.floats(-1e6, 1e6).map(lambda x: round(x, 6)),
    st.sampled_from([0.0, np.nan, np.inf, -np.inf, 1e-7, 1e10]),
)
whole = st.integers(-(10**9), 10**9).map(float)
numbers = st.lists(st.one_of(fractions, whole), min_size=1, max_size=6)
flags = st.sampled_from(["", "-", "+", " ", "0", "-+"])
widths = st.sampled_from(["", "3", "9", "12"])
points = st.sampled_from(["", ".0", ".3", ".8"])


# Held against Octave


@needs_octave
@given(flags, widths, points, st.sampled_from("feEgG"), numbers, plain)
def test_fractions_are_written_as_in_octave(flag, width, point, kind, data, after):
    # A blank in front of what has no sign is for NaN too; Octave leaves it out there.
    assume(flag != " " or not np.isnan(data).any())
    spec = f"%{flag}{width}{point}{kind}{after};"
    assert sprintf(spec, data) == octave_text("sprintf(f, x)", f=spec, x=data)


@needs_octave
@given(flags, widths, st.sampled_from("di"), st.lists(whole, min_size=1, max_size=6))
def test_whole_numbers_are_written_as_in_octave(flag, width, kind, data):
    spec = f"%{flag}{width}{kind}|"
    assert sprintf(spec, data) == octave_text("sprintf(f, x)", f=spec, x=data)


@needs_octave
@given(st.lists(st.integers(0, 2**31 - 1).map(float), min_size=1), st.sampled_from("xXo"))
def test_hexadecimal_and_octal_numbers(data, kind):
    spec = f"%{kind} %8{kind};"
    assert sprintf(spec, data) == octave_text("sprintf(f, x)", f=spec, x=data)


@needs_octave
@given(letters, st.one_of(whole, letters), letters, widths, points)
def test_formats_go_round_over_texts_and_numbers(first, second, third, width, point):
    spec = f"%{width}s=%d;%-{width}{point}s|"
    theirs = octave_text("sprintf(f, a, b, c)", f=spec, a=first, b=second, c=third)
    assert sprintf(spec, first, second, third) == theirs


CASES = [
    ("%d and %d\\n", ([1, 2, 3],), "1 and 2\n3 and "),
    ("%s=%d;", ("ab", 5, "c", 6), "ab=5;c=6;"),
    ("%d", ("abc",), "979899"),
    ("%s|%d", ("ab", "cd"), "ab|99d|"),
    ("%c%c|", ("abcde",), "ab|cd|e"),
    ("%c|%s|", ("abc",), "a|bc|"),
    ("a%db", ([],), "ab"),
    ("a%db", (), "a"),
    ("hello %d", (), "hello "),
    ("%s|%s", ("a",), "a|"),
    ("no conversion", (1, 2), "no conversion"),
    ("%5d|%-5d|%05d", (np.nan, np.inf, np.nan), "  NaN|Inf  |  NaN"),
    ("%*d", (6, 42), "    42"),
    ("%.3s", ("abcdef",), "abc"),
    ("\\x41\\101\\\\", (), "AA\\"),
    ("%d%%|", (5,), "5%|"),
    ("%s", ([72, 105],), "Hi"),
    ("%5.1f|", ([[1, 2], [3, 4]],), "  1.0|  3.0|  2.0|  4.0|"),
    ("%#x|%#o|%E", (255, 8, 1.5), "0xff|010|1.500000E+00"),
    ("%d", (2**53,), "9007199254740992"),
    ("%s", ("",), ""),
    ("%d", (True,), "1"),
    ("%5.2d|", (3,), "   03|"),
    ("%ld|%hd", (5, 6), "5|6"),
]


@needs_octave
@pytest.mark.parametrize(("spec", "data", "expected"), CASES)
def test_cases_known_by_hand(spec, data, expected):
    assert sprintf(spec, *data) == expected
    inputs = {f"x{i}": v for i, v in enumerate(data)}
    code = ", ".join(["f", *inputs])
    assert octave_text(f"sprintf({code})", f=spec, **inputs) == expected


# As documented


@pytest.mark.tier("documented", "`sprintf` writes by `%e` what does not fit the conversion")
def test_a_number_that_does_not_fit_is_written_by_e():
    assert sprintf("%d", 1.5) == "1.500000e+00"
    assert sprintf("%s", np.pi) == "3.141593e+00"
    assert sprintf("%s %s", "hello", np.pi) == "hello 3.141593e+00"
    assert sprintf("%x", 0.5) == "5.000000e-01"
    assert sprintf("%d: %d;", [1, 2.5]) == "1: 2.500000e+00;"


def test_integers_keep_all_their_digits():
    assert sprintf("%d", np.uint64(2**64 - 1)) == "18446744073709551615"
    assert sprintf("%d", 1e20) == "100000000000000000000"


def test_labels_and_arrays_of_texts_are_texts():
    assert sprintf("%s,", categorical(["cat", "dog"])) == "cat,dog,"
    assert sprintf("%s,", np.array(["cat", "dog"])) == "cat,dog,"
    assert sprintf("%s: %.1f;", categorical(["cat"])[0], np.float32(0.5)) == "cat: 0.5;"


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1, max_size=5))
def test_what_is_written_with_17_digits_is_read_back(data):
    assert [float(t) for t in sprintf("%.17g ", data).split()] == data


def test_fprintf_prints(capsys):
    assert fprintf("%s: %.2f\\n", "cup", 0.5) is None
    fprintf(1, "%d,", [1, 2])
    fprintf(2, "warned\n")
    file = io.StringIO()
    fprintf(file, "to a file")
    shown = capsys.readouterr()
    assert (shown.out, shown.err) == ("cup: 0.50\n1,2,", "warned\n")
    assert file.getvalue() == "to a file"


def test_compose_makes_a_text_of_each_row():
    assert compose("%s (%.2f)", ["cat", "dog"], [0.7, 0.25]).tolist() == [
        "cat (0.70)",
        "dog (0.25)",
    ]
    assert compose("%d", [1, 2, 3]).tolist() == ["1", "2", "3"]
    assert compose("%d-%d", [[1, 2], [3, 4]]).tolist() == ["1-2", "3-4"]
    assert compose("%d", [[1, 2], [3, 4]]).tolist() == [["1", "2"], ["3", "4"]]
    assert compose("%s %d", "layer", [1, 2]).tolist() == ["layer 1", "layer 2"]
    assert compose("a\\nb") == "a\nb"
    assert compose("%s", categorical(["cat", "dog"])).tolist() == ["cat", "dog"]


# Bad input


@pytest.mark.parametrize(
    ("call", "kind", "said"),
    [
        (lambda: sprintf(5), TypeError, "sprintf: formatSpec must be a text, but is 5."),
        (lambda: sprintf("%z", 1), ValueError, "sprintf: formatSpec: '%z' is no conversion"),
        (lambda: sprintf("50%", 1), ValueError, "sprintf: formatSpec: '%' is no conversion"),
        (
            lambda: sprintf("%d", {}),
            TypeError,
            "sprintf: The data must be numbers and texts, not {}.",
        ),
        (lambda: sprintf("%d", [[1], 2]), TypeError, "The data must be numbers and texts"),
        (lambda: fprintf(1), TypeError, "fprintf: formatSpec must be a text, but is None."),
        (lambda: fprintf(3, "a"), ValueError, "fprintf: fid must be 1 for the standard output"),
        (lambda: compose("%d", [1, 2], [1, 2, 3]), ValueError, "as many rows in each argument"),
        (lambda: compose(3), TypeError, "formatSpec must be a text, or a list or array of texts"),
    ],
)
def test_bad_input(call, kind, said):
    with pytest.raises(kind) as error:
        call()
    assert said in str(error.value)


@pytest.mark.parametrize("width", [float("nan"), float("inf"), 2.5])
def test_a_width_that_is_no_integer(width):
    with pytest.raises(ValueError, match=r"formatSpec has a \*, whose width must be an integer"):
        sprintf("%*d", width, 1)
