"""datetime: points in time."""

from __future__ import annotations

from typing import Any

import numpy as np

from matxai.arguments import describe, one_of, text
from matxai.calling import matlab_function
from matxai.lang.date_numbers import local_time
from matxai.lang.datetime_sources import (
    DATE,
    DATE_AND_TIME,
    WORDS,
    of_numbers,
    of_parts,
    of_texts,
    of_vectors,
    of_word,
)
from matxai.lang.durations import duration, is_number
from matxai.lang.not_known import NotKnownError
from matxai.lang.text_values import is_text
from matxai.lang.time_arrays import TimeArray, called, compared
from matxai.lang.time_formats import checked_pattern, write_time
from matxai.lang.time_parts import part_of

__all__ = ["NaT", "datetime", "isdatetime", "isnat"]


def _format(value: Any, name: str) -> str:
    form = text(value, name)
    known = {"default": DATE_AND_TIME, "defaultdate": DATE, "preserveinput": form}
    return known.get(form.lower()) or checked_pattern(form, name)


def _no_zone(value: Any, name: str) -> str:
    if not isinstance(value, str) or value:
        raise NotKnownError(
            f"{name} must be '': time zones are not there, but it is {describe(value)}."
        )
    return value


@matlab_function(
    "t",
    accepts={
        "InputFormat": text,
        "Format": _format,
        "ConvertFrom": one_of("datenum", "posixtime"),
        "TimeZone": _no_zone,
        "Locale": one_of("en_US"),
    },
)
@called("datetime")
def _made(
    *args: Any,
    InputFormat: Any = None,
    Format: Any = None,
    ConvertFrom: Any = None,
    TimeZone: str = "",
    Locale: str = "en_US",
) -> Any:
    if len(args) == 3 or len(args) in (6, 7):
        times, form = of_parts(args)
    elif not args:
        times, form = local_time(), DATE_AND_TIME
    elif len(args) > 1:
        raise TypeError(
            "datetime: give years, months and days, and hours, minutes and seconds if need be; or "
            "one text, matrix or number."
        )
    elif isinstance(args[0], datetime):
        times, form = args[0]._times, args[0].Format
    elif ConvertFrom is not None:
        times, form = of_numbers(args[0], ConvertFrom), DATE_AND_TIME
    elif isinstance(args[0], str) and args[0].lower() in WORDS:
        times, form = of_word(args[0].lower())
    elif is_text(args[0]):
        times, form = of_texts(args[0], InputFormat)
    else:
        times, form = of_vectors(args[0])
    if isinstance(Format, str) and Format.lower() == "preserveinput":
        Format = InputFormat
    return np.asarray(times, dtype="datetime64[us]"), Format or form


# What a person calls is the class.
_made.__name__ = "datetime"


def _part(name: str) -> property:
    def get(self: datetime) -> Any:
        made = part_of(self._times, name)
        return made.item() if made.ndim == 0 else made

    def set_(self: datetime, value: Any) -> None:
        raise NotImplementedError(f"datetime: {name.title()} cannot be set; add a duration to it.")

    return property(get, set_, doc=f"The {name}, a number.")


class datetime(TimeArray):  # MATLAB's name
    """Array of points in time.

    Parameters
    ----------
    *args
        Nothing or "now"; "today", "tomorrow" or "yesterday"; a text or several; years, months and
        days, and hours, minutes, seconds and milliseconds if need be, numbers or arrays; rows of 3
        or 6 of these numbers; or numbers, with ConvertFrom.
    InputFormat : str, optional
        Format of the texts, such as "yyyy-MM-dd HH:mm:ss". Without it they have to be in one of
        the common formats: "2024-03-05", "05-Mar-2024", "2024/03/05", "03/25/2024", and each of
        these with a time such as "14:07:09" or "2:07 PM".
    Format : str, optional
        How they are shown: letters y, u, Q, M, d, D, e, a, h, H, m, s and S stand for parts, what
        is in single quotes for itself. By default "dd-MMM-uuuu HH:mm:ss", or "dd-MMM-uuuu" of
        dates alone; "preserveinput" is InputFormat.
    ConvertFrom : {"datenum", "posixtime"}, optional
        What numbers mean: days since the year 0, or seconds since 1970.
    TimeZone, Locale : optional
        Time zones are not there, and the language is English: any other value is an error.

    Attributes
    ----------
    Year, Month, Day, Hour, Minute, Second : float or numpy.ndarray
        Parts of the times.
    Format : str
        As the option; it can be set.
    shape, ndim, size
        As of NumPy's arrays.

    Raises
    ------
    TypeError
        If an argument is of a wrong kind.
    ValueError
        If no text can be read, or a format has letters that are not known.

    See Also
    --------
    duration : what the difference of two is.
    datestr : the older way to write dates.

    Notes
    -----
    Documented: ``t2 - t1`` is a duration; a duration can be added and subtracted, a number counts
    as days; comparisons. Of several texts those that cannot be read are NaT. Chosen: which texts
    can be read without InputFormat, and where two numbers could both be the month, an error.
    Times are whole microseconds. Brackets count from 0; elements cannot be set.

    Examples
    --------
    >>> from matxai import datetime, hours
    >>> t = datetime("2014-04-19 21:41:06", "Format", "eeee, MMMM d, yyyy h:mm a")
    >>> str(t)
    'Saturday, April 19, 2014 9:41 PM'
    >>> hours(t - datetime(2014, 4, 19)), t.Month
    (21.685, 4.0)
    """

    def __init__(self, *args: Any, **options: Any):
        self._times, self._format = _made(*args, **options)

    Year, Month, Day = _part("year"), _part("month"), _part("day")
    Hour, Minute, Second = _part("hour"), _part("minute"), _part("second")

    @property
    def TimeZone(self) -> str:
        """Time zone: there is none."""
        return ""

    def _checked_format(self, value: Any) -> str:
        return _format(value, "Format")

    def _text(self, time: Any) -> str:
        return write_time(time, self._format)

    def _comparable(self, other: Any) -> Any:
        if isinstance(other, str) or (isinstance(other, (list, np.ndarray)) and is_text(other)):
            return of_texts(other, None)[0]
        return other._times if isinstance(other, datetime) else NotImplemented

    __eq__, __ne__ = compared("=="), compared("!=")
    __lt__, __le__, __gt__, __ge__ = map(compared, ("<", "<=", ">", ">="))

    def _moved(self, other: Any, sign: int) -> Any:
        if isinstance(other, duration):
            milliseconds = other._times
        elif is_number(other):
            milliseconds = np.asarray(other) * 8.64e7
        else:
            return NotImplemented
        known = np.isfinite(milliseconds)
        steps = np.round(np.where(known, milliseconds, 0) * 1000).astype("timedelta64[us]")
        times = np.where(known, self._times + sign * steps, np.datetime64("NaT"))
        return self._made(times.astype("datetime64[us]"), self._format)

    def __add__(self, other: Any) -> Any:
        return self._moved(other, 1)

    def __radd__(self, other: Any) -> Any:
        return self._moved(other, 1)

    def __sub__(self, other: Any) -> Any:
        if isinstance(other, datetime):
            steps = self._times - other._times
            lags = np.where(np.isnat(steps), np.nan, steps.astype(np.int64) / 1000)
            return duration._made(lags, "hh:mm:ss")
        return self._moved(other, -1)


@matlab_function("t")
def NaT(*sizes: Any) -> datetime:
    """Make datetimes that are no time.

    Parameters
    ----------
    *sizes : int
        Lengths of the dimensions; none for one.

    Returns
    -------
    datetime
        The array.

    Examples
    --------
    >>> from matxai import NaT, isnat
    >>> isnat(NaT())
    True
    """
    size = tuple(int(n) for n in np.ravel(np.asarray(sizes, dtype=float)))
    size = size * 2 if len(size) == 1 else size
    return datetime._made(np.full(size, np.datetime64("NaT"), "datetime64[us]"), DATE_AND_TIME)


@matlab_function("tf")
def isnat(A: Any) -> Any:
    """Tell which elements of a datetime are no time.

    Parameters
    ----------
    A : datetime
        The array.

    Returns
    -------
    bool or numpy.ndarray of bool
        Whether each is.

    Raises
    ------
    TypeError
        If `A` is no datetime.

    Examples
    --------
    >>> from matxai import datetime, isnat
    >>> isnat(datetime(["2024-03-05", "some day"]))
    array([False,  True])
    """
    if not isinstance(A, datetime):
        raise TypeError(f"isnat: A must be a datetime, but is {describe(A)}.")
    made = np.isnat(A._times)
    return bool(made) if made.ndim == 0 else made


@matlab_function("tf")
def isdatetime(A: Any) -> bool:
    """Tell whether a value is a datetime.

    Parameters
    ----------
    A : object
        The value.

    Returns
    -------
    bool
        Whether it is.

    Examples
    --------
    >>> from matxai import datetime, isdatetime
    >>> isdatetime(datetime("today")), isdatetime("today")
    (True, False)
    """
    return isinstance(A, datetime)
