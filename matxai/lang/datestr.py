"""datestr: dates as texts, in the older formats."""

from __future__ import annotations

import re
from typing import Any

import numpy as np

from matxai.arguments import describe
from matxai.calling import matlab_function
from matxai.lang.date_numbers import day_numbers
from matxai.lang.not_known import NotKnownError
from matxai.lang.time_parts import MONTHS, WEEKDAYS, part_of

__all__ = ["FORMATS", "TOKENS", "datestr", "written"]

# The formats that have numbers.
FORMATS = (
    "dd-mmm-yyyy HH:MM:SS", "dd-mmm-yyyy", "mm/dd/yy", "mmm", "m", "mm", "mm/dd", "dd", "ddd", "d",
    "yyyy", "yy", "mmmyy", "HH:MM:SS", "HH:MM:SS PM", "HH:MM", "HH:MM PM", "QQ-YY", "QQ", "dd/mm",
    "dd/mm/yy", "mmm.dd,yyyy HH:MM:SS", "mmm.dd,yyyy", "mm/dd/yyyy", "dd/mm/yyyy", "yy/mm/dd",
    "yyyy/mm/dd", "QQ-YYYY", "mmmyyyy", "yyyy-mm-dd", "yyyymmddTHHMMSS", "yyyy-mm-dd HH:MM:SS",
)  # fmt: skip
TOKENS = re.compile(
    "[Yy]{4}|[Yy]{2}|mmmm|mmm|mm|m|[Dd]{4}|[Dd]{3}|[Dd]{2}|[Dd]|HH|MM|SS|FFF|QQ|AM|PM"
)


@matlab_function("DateString")
def datestr(t: Any, format: Any = None, pivot: Any = None) -> Any:
    """Write dates as texts.

    Parameters
    ----------
    t : number, array, text, list of texts or datetime
        Serial date numbers as `now` gives, a date vector of 3 or 6 numbers or rows of such, or
        texts such as "2024-03-05 14:07:09".
    format : int or str, optional
        Number of a format, 0 to 31, or a text in which ``yyyy yy QQ mmmm mmm mm m dddd ddd dd d HH
        MM SS FFF`` stand for parts of the date, ``AM`` or ``PM`` for hours to 12. By default 0,
        "dd-mmm-yyyy HH:MM:SS"; 1 where all times are midnight; 16 where there are only times.
    pivot : "local" or None
        "local" has no effect: names are English.

    Returns
    -------
    str, or numpy.ndarray of str, shape (N,)
        The text, or one for each date.

    Raises
    ------
    TypeError
        If `t` is no date, or `format` no number or text.
    ValueError
        If a text is in no format that is known, or there is no format of this number.

    Notes
    -----
    Documented; held against GNU Octave. Letters that stand for nothing stay as they are. Texts are
    read where they are in the formats 0, 1, 23, 26, 29, 30 or 31, or have a time behind the date;
    which of two numbers is the month has to be plain. A year of pivots is not taken.

    Examples
    --------
    >>> from matxai import datestr
    >>> datestr(738000.5)
    '28-Jul-2020 12:00:00'
    >>> datestr([2024, 3, 5, 14, 7, 9], "yyyy-mm-dd_HH-MM-SS")
    '2024-03-05_14-07-09'
    """
    from matxai.lang.date_texts import dates_of

    if pivot is not None and not (isinstance(pivot, str) and pivot.lower() == "local"):
        raise NotKnownError(
            f'datestr: the third argument can be "local", but is {describe(pivot)}.'
        )
    times = dates_of(t, "datestr")
    pattern = _pattern(format, times)
    texts = [written(each, pattern) for each in times.reshape(-1)]
    return texts[0] if times.ndim == 0 else np.array(texts, dtype=object)


def _pattern(value: Any, times: np.ndarray) -> str:
    if value is None or (not isinstance(value, str) and np.size(value) == 0):
        return FORMATS[_default(times)]
    if isinstance(value, str):
        return value
    number = np.asarray(value)
    if number.dtype.kind not in "iuf" or number.size != 1:
        raise TypeError(f"datestr: format must be a number or a text, but is {describe(value)}.")
    if number.item() == -1:
        return FORMATS[_default(times)]
    if number.item() not in range(len(FORMATS)):
        raise ValueError(f"datestr: format must be 0 to 31 or a text, but is {describe(value)}.")
    return FORMATS[int(number.item())]


def _default(times: np.ndarray) -> int:
    numbers = day_numbers(times).reshape(-1)
    if np.all(numbers == np.floor(numbers)):
        return 1
    return 16 if np.all(np.floor(numbers) == 0) else 0


def written(time: np.datetime64, pattern: str) -> str:
    """Write one time by an older format."""
    if np.isnat(time):
        raise ValueError("datestr: t must hold dates, but holds NaN or NaT.")
    # Milliseconds are the finest that these formats show.
    whole = (time - np.datetime64(0, "us")).astype(np.int64)
    rounded = np.datetime64((int(whole) + 500) // 1000 * 1000, "us")
    halves = re.search("AM|PM", pattern) is not None
    return TOKENS.sub(lambda match: _token(rounded, match[0], halves), pattern)


def _token(time: np.datetime64, token: str, halves: bool) -> str:
    def number(name: str) -> int:
        return int(part_of(time, name))

    if token[0] in "yY":
        year = number("year")
        return f"{year:04d}" if len(token) == 4 else f"{year % 100:02d}"
    if token in ("mmmm", "mmm", "m"):
        return MONTHS[number("month") - 1][: {"mmm": 3, "m": 1}.get(token)]
    if token[0] in "dD" and len(token) != 2:
        return WEEKDAYS[number("dayofweek") - 1][: {3: 3, 1: 1}.get(len(token))]
    if token == "HH":
        hour = number("hour")
        return f"{(hour + 11) % 12 + 1:2d}" if halves else f"{hour:02d}"
    if token in ("AM", "PM"):
        return "PM" if number("hour") >= 12 else "AM"
    if token == "QQ":
        return f"Q{number('quarter')}"
    seconds = float(part_of(time, "second"))
    if token == "FFF":
        return f"{round(seconds * 1000) % 1000:03d}"
    simple = {"mm": number("month"), "MM": number("minute"), "SS": int(seconds)}
    return f"{simple.get(token, number('day')):02d}"
