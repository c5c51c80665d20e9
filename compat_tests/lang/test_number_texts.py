"""num2str, int2str, mat2str and str2double."""

import re

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from octave import evaluate, needs_octave
from octave_texts import octave_lines

from matxai import int2str, mat2str, num2str, str2double, string

shapes = st.tuples(st.integers(1, 3), st.integers(1, 4))
decimals = st.floats(-1e5, 1e5).map(lambda x: round(x, 3) + 0.0)
sizes = st.sampled_from([1e-8, 1e-3, 1.0, 1e3, 1e8])


def lines(shown):
    return [shown] if isinstance(shown, str) else shown.tolist()


@needs_octave
@given(hnp.arrays(np.float64, shapes, elements=st.integers(-99999, 99999).map(float)))
def test_whole_matrices_are_written_as_in_octave(A):
    assert lines(num2str(A)) == octave_lines("num2str(x)", x=A)


@needs_octave
@given(hnp.arrays(np.float64, shapes, elements=decimals), sizes)
def test_fractions_are_written_as_in_octave(A, scale):
    A = A * scale
    # One that holds whole numbers only is another case; signed zeros differ.
    assume((np.floor(A) != A).any() and not (np.signbit(A) & (A == 0)).any())
    assert lines(num2str(A)) == octave_lines("num2str(x)", x=A)


@needs_octave
@given(hnp.arrays(np.float64, shapes, elements=decimals), st.integers(1, 12))
def test_digits_are_counted_as_in_octave(A, digits):
    assume(not (np.signbit(A) & (A == 0)).any())
    assert lines(num2str(A, digits)) == octave_lines("num2str(x, n)", x=A, n=digits)


@needs_octave
@given(decimals, st.sampled_from(["%.2f", "%8.3g", "%e", "<%5.1f>"]))
def test_formats_are_filled_as_in_octave(x, spec):
    assert num2str(x, spec) == octave_lines("num2str(x, f)", x=x, f=spec)[0]


@needs_octave
@pytest.mark.parametrize(
    ("A", "expected"),
    [
        (np.pi, "3.1416"),
        (123456.789, "123456.789"),
        (0.00012345678, "0.00012346"),
        ([np.pi, 2 * np.pi], "3.1416      6.2832"),
        ([1.5, np.nan, np.inf], "1.5         NaN         Inf"),
        ([1, np.nan, 3], "1  NaN    3"),
        (1e10 + 0.5, "10000000000.5"),
        (2**53, "9007199254740992"),
        (True, "1"),
        (np.uint8([1, 200]), "1  200"),
        (-1.5, "-1.5"),
        (0.1 + 0.2, "0.3"),
        (np.float32(np.pi), "3.1416"),
        ([0.1, 1000.5], "0.1         1000.5"),
        (-np.inf, "-Inf"),
        (1.23456789e10, "12345678900"),
        ([0.0, 0.5], "0         0.5"),
        (1e-20, "1e-20"),
    ],
)
def test_numbers_known_by_hand(A, expected):
    assert num2str(A) == expected
    row = np.atleast_2d(A)
    assert octave_lines("num2str(x)", x=row) == [expected]


@needs_octave
@pytest.mark.tier(
    "chosen",
    "`num2str` has the columns of GNU Octave, and rounds whole numbers to 16 digits as it does",
)
@given(
    hnp.arrays(np.float64, shapes, elements=st.integers(-9999, 9999).map(float)),
    st.integers(0, 25),
)
def test_large_whole_numbers_are_written_as_in_octave(A, power):
    A = A * 10.0**power
    assume(not (np.signbit(A) & (A == 0)).any())
    assert lines(num2str(A)) == octave_lines("num2str(x)", x=A)
    assert num2str(1e23) == "9.999999999999999e+22"


@needs_octave
@given(
    hnp.arrays(np.float64, shapes, elements=st.integers(-99, 99).map(float)),
    st.sampled_from(["%d", "%d ", "  %d", "%-5d", "%g, ", "%5.1f", "%d,%d;", "%d\\n", "%*d"]),
)
def test_formats_are_filled_by_rows_as_in_octave(A, spec):
    assume("*" not in spec or ((A > 0).all() and A.ndim and A.shape[-1] > 1))
    # Where a format takes more numbers than a row has, Octave goes on with the next row.
    assume(spec.count("%") <= max(1, A.shape[-1] if A.ndim else 1) or "*" in spec)
    # Where the last repetition is not filled, Octave puts two lines into one.
    assume(spec.count("%") == 1 or len(A) == 1)
    assert lines(num2str(A, spec)) == octave_lines("num2str(x, f)", x=A, f=spec)


@needs_octave
@given(
    st.sampled_from([np.uint8, np.int8, np.int32, bool]).flatmap(lambda t: hnp.arrays(t, shapes))
)
def test_integers_are_written_as_in_octave(A):
    code = "num2str(logical(x))" if A.dtype == bool else "num2str(x)"
    assert lines(num2str(A)) == octave_lines(code, x=A)


@pytest.mark.tier(
    "chosen",
    "`num2str` writes Python's integers and integer classes with all digits; a precision "
    "counts for Python's only",
)
def test_integers_keep_all_digits():
    assert num2str(10**17 + 1) == "100000000000000001"
    assert num2str(np.uint64([2**64 - 1, 1])) == "18446744073709551615" + " " * 21 + "1"
    assert num2str(np.iinfo(np.int64).min) == "-9223372036854775808"
    assert num2str(np.uint8([1, 200]), 2) == num2str(np.uint8([1, 200])) == "1  200"
    assert num2str([True, False], 1) == "1  0"
    assert num2str(12345, 2) == num2str(12345.0, 2) == "1.2e+04"
    assert string(2**70) == str(2**70)


@pytest.mark.tier("chosen", "`num2str` writes no negative zero")
def test_zero_has_no_sign():
    assert (num2str(-0.0), num2str(-0.0, 3)) == ("0", "0")
    assert num2str([-0.0, 0.5]) == "0         0.5"


@pytest.mark.tier(
    "documented",
    "`num2str` cuts leading blanks off, even where the format asks for them",
)
def test_leading_blanks_of_a_format_are_cut_off():
    assert num2str(42.67, "% 10.2f") == "42.67"


def test_pages_stand_side_by_side():
    A = np.dstack([[[1, 2], [3, 4]], [[5, 6], [7, 8]]])
    assert num2str(A).tolist() == ["1  2  5  6", "3  4  7  8"]


def test_formats_without_conversions_or_numbers():
    assert num2str([1, 2], "abc") == "abc"
    assert num2str([], "%d") == ""
    assert num2str([1, 2], "") == ""
    assert num2str([1, 20], r"%d\n").tolist() == ["1 ", "20"]


def test_texts_and_empty_arrays():
    assert num2str("cat") == "cat"
    assert num2str(" a ", "%d") == " a "
    assert num2str(["a", "bc"]) == ["a", "bc"]
    assert num2str([]) == ""
    assert num2str([[1, 2], [30, 400]]).tolist() == [" 1    2", "30  400"]


@needs_octave
@given(hnp.arrays(np.float64, shapes, elements=st.floats(-1e6, 1e6).map(lambda x: round(x, 1))))
def test_int2str_rounds_halves_away_from_zero(A):
    A = A + 0.0
    # MATLAB writes no negative zero.
    assume(not ((A < 0) & (A > -0.5)).any())
    assert lines(int2str(A)) == octave_lines("int2str(x)", x=A)
    assert (int2str(2.5), int2str(-2.5), int2str(-0.2)) == ("3", "-3", "0")


@needs_octave
@given(
    hnp.arrays(np.float64, shapes, elements=st.floats(allow_subnormal=False)),
    st.integers(1, 17),
)
def test_matrices_are_written_as_expressions(A, digits):
    assume(not (np.signbit(A) & (A == 0)).any())
    A = np.where(np.isnan(A), np.nan, A)
    assert mat2str(A, digits) == octave_lines("mat2str(x, n)", x=A, n=digits)[0]


def test_mat2str_of_other_classes():
    assert mat2str([True, False]) == "[true false]"
    assert mat2str(True) == "true"
    assert mat2str(np.int8([1, 2]), "class") == "int8([1 2])"
    assert mat2str(np.float32(np.pi), 4, "class") == "single(3.142)"
    assert mat2str([]) == "zeros(0,0)"
    assert mat2str(np.zeros((0, 3))) == "zeros(0,3)"
    assert mat2str('a "b"') == '"a ""b"""'


@needs_octave
@given(st.text(st.sampled_from("0123.,-+e "), max_size=7))
def test_texts_are_read_as_in_octave(text):
    # Octave reads blanks inside as well, takes two signs, and a comma in an exponent.
    assume(text.strip() == text and " " not in text)
    assume(not re.search("[-+]{2}", text.replace(",", "")))
    assume("e" not in text or "," not in text)
    _, theirs = evaluate("str2double(s)", s=text)
    assert np.array_equal(str2double(text), theirs.item(), equal_nan=True)


@given(st.floats(allow_nan=False))
def test_numbers_come_back_from_their_texts(x):
    assert str2double(f"  {x!r}\t") == x


def test_what_is_no_text_is_no_number():
    assert np.isnan(str2double(5))
    assert np.isnan(str2double(["1", 2])).all()
    assert str2double(["1e3", "-Inf", "1d2", "x", ""]).tolist()[:3] == [1000, -np.inf, 100]
    assert np.isnan(str2double(""))
    assert np.isnan(str2double("1_000"))


@pytest.mark.tier(
    "chosen",
    '`string(x)` of a number is `num2str(x)`; NaN is "NaN", an undefined label "<undefined>"',
)
@given(st.floats(-1e9, 1e9))
def test_string_of_a_number_is_that_of_num2str(x):
    assert string(x) == num2str(x)


@pytest.mark.parametrize(
    ("call", "kind", "said"),
    [
        (lambda: num2str({}), TypeError, "num2str: A must be a numeric array, but is {}."),
        (lambda: num2str([1, "a"]), TypeError, "num2str: A must be a numeric array"),
        (lambda: num2str(1, 2.5), ValueError, "formatSpec must be a positive integer"),
        (lambda: num2str(1, 0), ValueError, "formatSpec must be a positive integer, but is 0"),
        (lambda: num2str(1, "%q"), ValueError, "'%q' is no conversion"),
        (lambda: mat2str(np.zeros((2, 2, 2))), ValueError, "mat2str: X must have at most two dim"),
        (lambda: mat2str(1, "klass"), ValueError, 'the last argument must be "class"'),
        (lambda: int2str({}), TypeError, "int2str: The argument must be a numeric array"),
    ],
)
def test_bad_input(call, kind, said):
    with pytest.raises(kind) as error:
        call()
    assert said in str(error.value)
