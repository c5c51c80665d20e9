"""Dates as numbers: now, clock, datenum, datevec, date and etime."""

from __future__ import annotations

import time
from typing import Any

import numpy as np

from matxai.arguments import describe, numeric_array
from matxai.calling import matlab_function

__all__ = [
    "clock",
    "components",
    "date",
    "datenum",
    "datevec",
    "day_numbers",
    "etime",
    "local_time",
    "now",
    "times_of_numbers",
]

_EPOCH = 719529  # of 1970-01-01
_DAY = 86_400_000_000  # microseconds


def times_of_numbers(numbers: Any) -> np.ndarray:
    """Turn serial date numbers, days since the year 0, into times; NaN and Inf into none."""
    numbers = np.asarray(numbers, dtype=np.float64)
    # Of today's numbers the last digit is 10 microseconds.
    steps = (numbers - _EPOCH) * (_DAY / 10)
    known = np.isfinite(numbers) & (np.abs(steps) < 2**59)
    whole = np.round(np.where(known, steps, 0)).astype(np.int64) * 10
    return np.where(known, whole.astype("timedelta64[us]"), np.timedelta64("NaT")) + np.datetime64(
        0, "us"
    )


def day_numbers(times: np.ndarray) -> np.ndarray:
    """Turn times into serial date numbers."""
    times = np.asarray(times, dtype="datetime64[us]")
    steps = (times - np.datetime64(0, "us")).astype(np.int64)
    return np.where(np.isnat(times), np.nan, steps / _DAY + _EPOCH)


def components(*parts: Any) -> np.ndarray:
    """Make times of years, months, days, hours, minutes and seconds; what is beyond carries over.

    Months below 1 or above 12 belong to other years, days to other months and so on. Fractions of
    months or years are refused.
    """
    given = [np.asarray(part, dtype=np.float64) for part in parts]
    year, month, day, *rest = np.broadcast_arrays(*given)
    known = np.all([np.isfinite(part) for part in (year, month, day, *rest)], axis=0)
    year, month, day, *rest = (np.where(known, part, 1) for part in (year, month, day, *rest))
    if np.any(year != np.floor(year)) or np.any(month != np.floor(month)):
        raise ValueError("Years and months must be whole numbers.")
    months = ((year - 1970) * 12 + month - 1).astype(np.int64)
    start = months.astype("datetime64[M]").astype("datetime64[us]")
    scales = (_DAY, _DAY // 24, 60_000_000, 1_000_000)
    steps = sum(
        np.round(part * scale).astype(np.int64)
        for part, scale in zip((day - 1, *rest), scales, strict=False)
    )
    return np.where(known, start + steps.astype("timedelta64[us]"), np.datetime64("NaT"))


def local_time() -> np.datetime64:
    """Say what time it is here, without a time zone."""
    seconds = time.time()
    there = time.localtime(seconds)
    offset = there.tm_gmtoff or 0
    return np.datetime64(int((seconds + offset) * 1e6), "us")


@matlab_function("t")
def now() -> float:
    """Give the date and time as a serial date number: days since the year 0.

    Returns
    -------
    float
        The number.

    See Also
    --------
    datestr : write it.

    Examples
    --------
    >>> from matxai import datestr, now
    >>> len(datestr(now()))
    20
    """
    return day_numbers(local_time()).item()


@matlab_function("c")
def clock() -> np.ndarray:
    """Give the date and time as a date vector.

    Returns
    -------
    numpy.ndarray, shape (6,)
        Year, month, day, hour, minute and seconds.

    See Also
    --------
    etime : the time between two of them.

    Examples
    --------
    >>> from matxai import clock, etime
    >>> t0 = clock()
    >>> etime(clock(), t0) >= 0
    True
    """
    return _vectors(local_time())


@matlab_function("d")
def date() -> str:
    """Give the date as a text such as "17-Mar-2026".

    Returns
    -------
    str
        The text.

    Examples
    --------
    >>> from matxai import date
    >>> len(date())
    11
    """
    from matxai.lang.datestr import written

    return written(local_time(), "dd-mmm-yyyy")


@matlab_function("e", accepts={"t1": numeric_array, "t0": numeric_array})
def etime(t1: Any, t0: Any) -> float:
    """Give the seconds between two date vectors, as `clock` returns them.

    Parameters
    ----------
    t1, t0 : array of 6
        The later and the earlier one.

    Returns
    -------
    float
        The seconds.

    Raises
    ------
    ValueError
        If they are no date vectors.

    Examples
    --------
    >>> from matxai import etime
    >>> etime([2026, 3, 1, 0, 0, 2.5], [2026, 2, 28, 23, 59, 0])
    62.5
    """
    for value, name in ((t1, "t1"), (t0, "t0")):
        if value.size != 6:
            raise ValueError(
                f"etime: {name} must be [year month day hour minute seconds], but is "
                f"{describe(value)}."
            )
    later, earlier = (components(*np.ravel(t)) for t in (t1, t0))
    return float((later - earlier) / np.timedelta64(1, "s"))


@matlab_function("DateNumber")
def datenum(Y: Any, *parts: Any) -> Any:
    """Turn dates into serial date numbers: days since the year 0.

    Parameters
    ----------
    Y, *parts : number or array
        Years, months and days, and after them hours, minutes and seconds; or alone a date vector
        of 3 or 6 numbers, rows of such, texts as `datestr` takes them, with their format as second
        argument, or a datetime.

    Returns
    -------
    float or numpy.ndarray
        The numbers, in the shape of the arguments.

    Raises
    ------
    TypeError
        If the arguments are no dates.
    ValueError
        If there are two parts or more than six, or a text is in no format that is known.

    Notes
    -----
    Documented; held against GNU Octave. A format of texts is one of `datestr`'s.

    Examples
    --------
    >>> from matxai import datenum
    >>> datenum(2000, 1, 1), datenum([1970, 1, 1, 12, 0, 0])
    (730486.0, 719529.5)
    """
    from matxai.lang.date_texts import dates_of

    rows = isinstance(Y, (list, tuple, np.ndarray)) and np.ndim(Y) and np.shape(Y)[-1] in (3, 6)
    if rows and not parts and np.asarray(Y).dtype.kind in "iuf":
        Y, *parts = np.moveaxis(np.asarray(Y), -1, 0)
    if len(parts) and not isinstance(parts[0], str):
        if not 2 <= len(parts) <= 5:
            raise ValueError(
                "datenum: give years, months and days, and hours, minutes and seconds if need be."
            )
        numbers = [numeric_array(part, "datenum: Y, M, D, …") for part in (Y, *parts)]
        # Months below 1 are 1 here, unlike those of datetime.
        numbers[1] = np.maximum(numbers[1], 1)
        return _plain(day_numbers(components(*numbers)))
    return _plain(day_numbers(dates_of(Y, "datenum", *parts[:1])))


@matlab_function("DateVector")
def datevec(t: Any, formatIn: Any = None) -> np.ndarray:
    """Turn dates into date vectors.

    Parameters
    ----------
    t : number, array, text, list of texts or datetime
        The dates, as `datestr` takes them.
    formatIn : str, optional
        Format of texts, one of `datestr`'s.

    Returns
    -------
    numpy.ndarray, shape (6,) or (N, 6)
        Year, month, day, hour, minute and seconds.

    Raises
    ------
    TypeError
        If `t` is no date.
    ValueError
        If a text is in no format that is known.

    Notes
    -----
    Documented; held against GNU Octave.

    Examples
    --------
    >>> from matxai import datevec
    >>> datevec("05-Mar-2024 14:07:09")
    array([2024.,    3.,    5.,   14.,    7.,    9.])
    """
    from matxai.lang.date_texts import dates_of

    return _vectors(dates_of(t, "datevec", formatIn))


def _vectors(times: np.ndarray) -> np.ndarray:
    """Take times apart: 6, or N×6."""
    from matxai.lang.time_parts import part_of

    times = np.asarray(times)
    names = ("year", "month", "day", "hour", "minute", "second")
    return np.stack([part_of(times.reshape(-1), n) for n in names], axis=-1).reshape(
        *((times.size,) if times.ndim else ()), 6
    )


def _plain(numbers: np.ndarray) -> Any:
    return numbers.item() if numbers.ndim == 0 else numbers
