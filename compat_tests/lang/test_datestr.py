import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from octave import evaluate, needs_octave

from matxai import clock, date, datenum, datestr, datetime, datevec, etime, now
from matxai.lang.datestr import FORMATS

# Whole milliseconds from 1700 to 2300.
numbers = st.integers(620_000 * 86_400_000, 840_000 * 86_400_000).map(lambda n: n / 86_400_000)
TOKENS = [
    "yyyy", "yy", "mmmm", "mmm", "mm", "dddd", "ddd", "dd", "HH", "MM", "SS", "FFF", "PM",
]  # fmt: skip


@needs_octave
@pytest.mark.tier(
    "numeric",
    "`datestr` writes numbers in all formats and free ones, `datenum` and `datevec` compute, as "
    "GNU Octave does",
)
@given(numbers, st.integers(0, len(FORMATS) - 1))
def test_numbered_formats_are_octaves(number, form):
    assert datestr(number, form) == str(
        evaluate("datestr(x, f)", x=number, f=float(form))[1].item()
    )


@needs_octave
@given(numbers, st.lists(st.sampled_from(TOKENS), min_size=1, max_size=6, unique=True))
def test_free_formats_are_octaves(number, tokens):
    form = "-".join(tokens)
    expected = evaluate("datestr(x, f)", x=number, f=form)[1].item()
    assert datestr(number, form).strip() == str(expected).strip()


@needs_octave
@given(
    st.integers(1, 3000), st.integers(-20, 40), st.integers(-40, 80), st.integers(-30, 90),
    st.integers(-90, 90), st.integers(-90, 90),
)  # fmt: skip
def test_numbers_are_octaves(year, month, day, hour, minute, second):
    parts = [year, month, day, hour, minute, second]
    expected = evaluate("datenum(v)", v=np.array([parts], float))[1].item()
    assert datenum(*map(float, parts)) == pytest.approx(expected, abs=1e-9)
    assert datenum(parts) == datenum(*parts)


@needs_octave
@given(numbers)
def test_vectors_are_octaves(number):
    expected = evaluate("datevec(x)", x=number)[1].reshape(-1)
    made = datenum(datevec(number))
    assert made == pytest.approx(datenum(expected), abs=1e-8)


@pytest.mark.tier("documented", "`datestr` leaves out the time of dates, and the date of times")
def test_the_default_depends_on_what_is_there():
    assert datestr(738000) == "28-Jul-2020"
    assert datestr(0.5) == "12:00 PM"
    assert datestr([738000, 738001.25]).tolist() == ["28-Jul-2020 00:00:00", "29-Jul-2020 06:00:00"]
    assert datestr([2024, 3, 5, 14, 7, 9]) == "05-Mar-2024 14:07:09"
    assert datestr([[2024, 3, 5], [2024, 13, 5]][:1]).tolist() == ["05-Mar-2024"]
    assert datestr(730736.65149, 14) == " 3:38:08 PM"


@pytest.mark.parametrize("form", [0, 1, 23, 26, 29, 30, 31])
def test_texts_are_read_again(form):
    time = "25-Mar-2024 14:07:09"
    again = datestr(datestr(time, form), form)
    assert again == datestr(time, form)
    assert datenum(datestr(time, form), FORMATS[form]) == datenum(datestr(time, form))


def test_texts_with_a_time():
    assert datestr("2024-03-05 2:07 PM", 31) == "2024-03-05 14:07:00"
    assert datevec("05.03.2024 7h", "dd.mm.yyyy HHh").tolist() == [2024, 3, 5, 7, 0, 0]
    assert datestr(datetime(2024, 3, 5, 14, 7, 9.25), "SS.FFF") == "09.250"
    assert datestr(["05-Mar-2024", "06-Mar-2024"], 7).tolist() == ["05", "06"]


def test_now_is_one_time_for_all():
    assert abs(datenum(clock()) - now()) < 1e-4
    assert date() in (datestr(now(), 1), datestr(now() - 1e-5, 1))
    assert etime(datevec(738000.5), datevec(738000)) == 43200
    assert etime([2024, 1, 1, 0, 0, 0.25], [2023, 12, 31, 23, 59, 59.5]) == 0.75


def test_wrong_input_is_named():
    with pytest.raises(ValueError, match="which number of '03/04/2024' is the month"):
        datestr("03/04/2024")
    with pytest.raises(ValueError, match="in no format that is known"):
        datestr("some day")
    with pytest.raises(ValueError, match="no date that there is"):
        datestr("30-Feb-2024")
    with pytest.raises(ValueError, match="format must be 0 to 31"):
        datestr(738000, 32)
    with pytest.raises(TypeError, match="format must be a number or a text"):
        datestr(738000, [1, 2])
    with pytest.raises(TypeError, match="t must be dates"):
        datestr({})
    with pytest.raises(ValueError, match="NaN or NaT"):
        datestr(np.nan)
    with pytest.raises(ValueError, match='can be "local"'):
        datestr(738000, 1, 1950)
    with pytest.raises(ValueError, match="years, months and days"):
        datenum(2024, 3)
    with pytest.raises(ValueError, match="whole numbers"):
        datenum(2024.5, 3, 1)
    with pytest.raises(ValueError, match="t0 must be"):
        etime(clock(), [1, 2])
    with pytest.raises(ValueError, match="is not in the format"):
        datenum("2024-03-05", "dd.mm.yyyy")
