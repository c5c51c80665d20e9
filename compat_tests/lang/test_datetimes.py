import datetime as python

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matxai import (
    NaT,
    cellstr,
    char,
    class_,
    datenum,
    datetime,
    day,
    days,
    disp,
    duration,
    horzcat,
    hour,
    hours,
    isdatetime,
    isduration,
    isempty,
    isnat,
    milliseconds,
    minus,
    minute,
    minutes,
    month,
    numel,
    plus,
    second,
    seconds,
    size,
    sprintf,
    string,
    table,
    year,
)

# Within a century a duration, milliseconds in double, holds every microsecond.
times = st.datetimes(python.datetime(1950, 1, 1), python.datetime(2050, 1, 1))
lengths = st.integers(-(10**8), 10**8).map(lambda n: n / 16)


def of(t):
    return datetime(t.year, t.month, t.day, t.hour, t.minute, t.second + t.microsecond / 1e6)


@given(times, times)
def test_differences_and_comparisons_are_pythons(a, b):
    lag = of(b) - of(a)
    assert seconds(lag) == pytest.approx((b - a).total_seconds(), abs=1e-5)
    assert (of(a) < of(b), of(a) == of(b), of(a) >= of(b)) == (a < b, a == b, a >= b)
    assert of(a) + lag == of(b)
    assert of(b) - lag == of(a)


@given(times)
def test_parts_are_pythons(t):
    parts = [f(of(t)) for f in (year, month, day, hour, minute)]
    assert parts == [t.year, t.month, t.day, t.hour, t.minute]
    assert second(of(t)) == pytest.approx(t.second + t.microsecond / 1e6)
    assert of(t).Year == t.year
    assert day(of(t), "dayofyear") == t.timetuple().tm_yday
    assert day(of(t), "dayofweek") == t.isoweekday() % 7 + 1
    assert (day(of(t), "name"), month(of(t), "shortname")) == (t.strftime("%A"), t.strftime("%b"))


@given(times)
def test_formats_are_pythons(t):
    pairs = [
        ("yyyy-MM-dd HH:mm:ss", "%Y-%m-%d %H:%M:%S"), ("eeee, MMMM dd", "%A, %B %d"),
        ("eee MMM yy", "%a %b %y"), ("hh:mm a", "%I:%M %p"), ("ss.SSSSSS", "%S.%f"),
        ("DDD'th day'", "%jth day"), ("yyyyMMdd'T'HHmmss", "%Y%m%dT%H%M%S"),
    ]  # fmt: skip
    for ours, theirs in pairs:
        made = of(t)
        made.Format = ours
        assert string(made) == t.strftime(theirs)


@given(times, st.sampled_from(["yyyy-MM-dd HH:mm:ss", "dd.MM.yyyy hh:mm:ss a", "yyyyMMdd_HHmmss",
                               "MMM d, uuuu H:m:s", "eeee dd-MMMM-yyyy HH:mm:ss"]))  # fmt: skip
def test_what_is_written_is_read(t, form):
    t = t.replace(microsecond=0)
    text = char(datetime(of(t), Format=form))
    again = datetime(text, "InputFormat", form)
    assert again == of(t)
    assert string(datetime(text, InputFormat=form, Format="preserveinput")) == text


@pytest.mark.tier(
    "documented",
    "`datetime` shows dates alone as dd-MMM-uuuu and times with HH:mm:ss, and formats a page's "
    "example as that page does",
)
def test_how_times_are_shown(capsys):
    t = datetime(2014, 4, 19, 21, 41, 6)
    for form, shown in (
        ("yyyy-MM-dd", "2014-04-19"), ("dd/MM/yyyy", "19/04/2014"), ("dd.MM.yyyy", "19.04.2014"),
        ("MMMM d, yyyy", "April 19, 2014"),
        ("eeee, MMMM d, yyyy h:mm a", "Saturday, April 19, 2014 9:41 PM"),
    ):  # fmt: skip
        assert char(datetime(t, "Format", form)) == shown
    assert str(t) == "19-Apr-2014 21:41:06"
    assert str(datetime(2014, 4, 19)) == str(datetime("2014-04-19")) == "19-Apr-2014"
    assert str(datetime("2014-04-19 00:00")) == "19-Apr-2014 00:00:00"
    several = datetime(2013, 11, [1, 2, 3])
    assert repr(several) == ("1×3 datetime array\n   01-Nov-2013   02-Nov-2013   03-Nov-2013")
    disp(several[1])
    assert capsys.readouterr().out == "   02-Nov-2013\n"
    assert (class_(several), numel(several), isempty(several)) == ("datetime", 3, False)


def test_texts_of_times():
    t = datetime(2013, 11, [1, 2])
    assert sprintf("%s;", t) == "01-Nov-2013;02-Nov-2013;"
    assert cellstr(t) == ["01-Nov-2013", "02-Nov-2013"]
    assert ("on " + string(t)).tolist() == ["on 01-Nov-2013", "on 02-Nov-2013"]
    assert f"{t[0]}" == "01-Nov-2013"
    assert string(minutes([1, 2.5])).tolist() == ["1 min", "2.5 min"]


def test_words_and_numbers():
    now = datetime("now")
    assert abs(seconds(datetime() - now)) < 60
    assert days(datetime("tomorrow") - datetime("yesterday")) == 2
    assert hour(datetime("today")) == 0
    assert datetime(738000.25, "ConvertFrom", "datenum") == datetime(2020, 7, 28, 6, 0, 0)
    assert datetime(86400, ConvertFrom="posixtime") == datetime(1970, 1, 2)
    assert datenum(datetime([2020, 7, 28])) == 738000
    assert str(datetime([[2020, 7, 28, 1, 2, 3]])[0]) == "28-Jul-2020 01:02:03"
    assert datetime(2020, 14, 1) == datetime(2021, 2, 1)
    assert datetime("26-03-05", "InputFormat", "yy-MM-dd") == datetime(2026, 3, 5)


def test_some_texts_are_no_time():
    t = datetime(["2024-03-05", "some day", ""])
    assert isnat(t).tolist() == [False, True, True]
    assert str(t[1]) == "NaT"
    assert np.isnan(t.Year).tolist() == [False, True, True]
    assert NaT() != NaT()
    assert np.isnan(seconds(NaT() - datetime(2024, 1, 1)))
    assert isnat(datetime(2024, 1, 1) + seconds(np.nan))


def test_setting_a_format_leaves_others_alone():
    a = datetime(2024, 1, 2)
    b = a + 1
    b.Format = "yyyy"
    assert (str(a), str(b), b.Format, a.Format) == ("02-Jan-2024", "2024", "yyyy", "dd-MMM-uuuu")
    a.Format = "default"
    assert a.Format == "dd-MMM-uuuu HH:mm:ss"


# Lengths of time


@given(lengths, lengths.filter(bool))
def test_durations_compute_as_numbers(a, b):
    x, y = seconds(a), seconds(b)
    assert seconds(x + y) == pytest.approx(a + b)
    assert seconds(x - y) == pytest.approx(a - b)
    assert seconds(abs(-x) * 3) == pytest.approx(3 * abs(a))
    assert x / y == pytest.approx(a / b)
    assert seconds(2 * x / 4) == pytest.approx(a / 2)
    assert (x < y, x == y, x >= y) == (a < b, a == b, a >= b)
    assert minutes(x) == pytest.approx(a / 60)
    assert hours(days(a)) == pytest.approx(24 * a)
    assert seconds(x + 1) == pytest.approx(a + 86400)


@given(st.integers(0, 10**9))
def test_the_clock_is_pythons(milliseconds_):
    lag = milliseconds(milliseconds_)
    lag.Format = "hh:mm:ss.SSS"
    minute_, rest = divmod(milliseconds_, 60_000)
    hour_, minute_ = divmod(minute_, 60)
    second_, thousandth = divmod(rest, 1000)
    assert string(lag) == f"{hour_:02d}:{minute_:02d}:{second_:02d}.{thousandth:03d}"
    lag.Format = "dd:hh:mm:ss"
    assert string(lag).startswith(f"{hour_ // 24:02d}:{hour_ % 24:02d}:")


@pytest.mark.tier("documented", "`duration` is shown as hh:mm:ss, of a unit with its name")
def test_how_lengths_are_shown():
    assert str(datetime(2014, 5, 2, 12, 30, 0) - datetime(2014, 5, 1)) == "36:30:00"
    assert str(-duration(1, 2, 3)) == "-01:02:03"
    assert [str(f(1)) for f in (seconds, minutes, hours, days)] == [
        "1 sec",
        "1 min",
        "1 hr",
        "1 day",
    ]
    assert str(days(2.25)) == "2.25 days"
    assert str(duration([1, 2, 3])) == "01:02:03"
    assert str(duration(0, 0, 1, 500, Format="mm:ss.SS")) == "00:01.50"
    assert repr(seconds([1, 2])) == "1×2 duration array\n   1 sec   2 sec"
    assert str(seconds(np.inf)) == "Inf"
    assert isduration(hours(1))
    assert isdatetime(NaT())
    assert size(seconds([1, 2, 3])).tolist() == [3, 1]


def test_functions_for_operators():
    t = datetime(2024, 1, 1)
    assert plus(t, hours(24)) == plus(t, 1) == datetime(2024, 1, 2)
    assert minus(t, datetime(2023, 12, 31)) == hours(24)


@pytest.mark.parametrize(
    ("call", "error", "says"),
    [
        (lambda: datetime("03/04/2024"), ValueError, "which number"),
        (lambda: datetime("some day"), ValueError, "datetime: 'some day' is in no format"),
        (lambda: datetime("5.3.2024", InputFormat="yyyy"), ValueError, "not in the format"),
        (lambda: datetime("1", InputFormat="MMMMM"), ValueError, "is not read from texts"),
        (lambda: datetime("1", InputFormat="d d"), ValueError, "twice"),
        (lambda: datetime("13:00 PM", InputFormat="hh:mm a"), ValueError, "beside an hour"),
        (
            lambda: datetime("now", TimeZone="UTC"),
            NotImplementedError,
            "datetime: TimeZone must be ''",
        ),
        (lambda: datetime("now", Format="yyyy z"), ValueError, "Time zones are not there"),
        (lambda: datetime(2024, 1), TypeError, "give years"),
        (lambda: datetime(2024), ValueError, "need ConvertFrom"),
        (lambda: datetime(2024, 1.5, 1), ValueError, "whole numbers"),
        (lambda: datetime(2024, 1, 1) == 3, TypeError, "compared with its like"),
        (lambda: datetime(2024, 1, 1) * 2, TypeError, "unsupported operand"),
        (lambda: minus(2, datetime(2024, 1, 1)), TypeError, "minus: there is none of"),
        (lambda: seconds(1) * seconds(1), TypeError, "unsupported operand"),
        (lambda: seconds("1"), TypeError, "seconds: X must be"),
        (lambda: seconds(datetime(2024, 1, 1)), TypeError, "numbers or a duration"),
        (lambda: duration("1:2:3"), NotImplementedError, "texts are not taken"),
        (lambda: duration(1), ValueError, "hours, minutes and seconds"),
        (lambda: duration(1, 2, 3, Format="hh:ss"), ValueError, "duration: Format must be"),
        (lambda: duration(1, 2, 3, Format="hh:mm.SS"), ValueError, "Format must be"),
        (lambda: np.asarray(NaT()), NotImplementedError, "A datetime is not taken here"),
        (lambda: horzcat(NaT(), NaT()), NotImplementedError, "A datetime is not taken here"),
        (lambda: table(NaT()), NotImplementedError, "A datetime is not taken here"),
        (lambda: year(2024), TypeError, "year: t must be a datetime"),
        (lambda: day(NaT(), "long"), ValueError, "day: the second argument"),
        (lambda: isnat(3), TypeError, "isnat: A must be a datetime"),
        (lambda: datetime(2024, 1, 1)["a"], TypeError, "integers counted from 0"),
    ],
)
def test_wrong_input_is_named(call, error, says):
    with pytest.raises(error, match=says):
        call()


@given(times)
def test_midnight_is_where_a_day_begins(t):
    text = t.strftime("%Y-%m-%d")
    assert days(of(t) - datetime(text)) < 1
