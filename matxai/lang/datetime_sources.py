"""What datetimes are made of: texts, words such as "today", parts, and numbers."""

from __future__ import annotations

import re
from typing import Any

import numpy as np

from matxai.arguments import describe, numeric_array
from matxai.lang.date_numbers import components, local_time, times_of_numbers
from matxai.lang.date_texts import read_date, read_with
from matxai.lang.text_values import text_array
from matxai.lang.time_formats import has_time, reading
from matxai.lang.time_parts import part_of

__all__ = [
    "DATE",
    "DATE_AND_TIME",
    "WORDS",
    "of_numbers",
    "of_parts",
    "of_texts",
    "of_vectors",
    "of_word",
]

DATE, DATE_AND_TIME = "dd-MMM-uuuu", "dd-MMM-uuuu HH:mm:ss"
WORDS = {"now": None, "today": 0, "tomorrow": 1, "yesterday": -1}
_PIVOT = 50


def of_parts(args: Any) -> tuple[np.ndarray, str]:
    """Make times of years, months, days and so on; also say how they are shown."""
    parts = [numeric_array(part, "datetime: Y, M, D, …").astype(np.float64) for part in args]
    if len(parts) == 7:
        parts[5] = parts[5] + parts.pop() / 1000
    return components(*parts), DATE if len(parts) == 3 else DATE_AND_TIME


def of_vectors(value: Any) -> tuple[np.ndarray, str]:
    """Make times of rows of years, months, days and so on; also say how they are shown."""
    array = numeric_array(value, "datetime: the first argument").astype(np.float64)
    if not array.ndim or array.shape[-1] not in (3, 6):
        raise ValueError(
            f"datetime: the first argument must be rows of [year month day] or [year month day "
            f"hour minute second], but is {describe(value)}. Other numbers need ConvertFrom."
        )
    parts = np.moveaxis(array, -1, 0)
    return components(*parts), DATE if len(parts) == 3 else DATE_AND_TIME


def of_numbers(value: Any, kind: str) -> np.ndarray:
    """Make times of days since the year 0, or of seconds since 1970."""
    numbers = numeric_array(value, "datetime: the first argument").astype(np.float64)
    if kind == "datenum":
        return times_of_numbers(numbers)
    steps = np.round(np.where(np.isfinite(numbers), numbers, 0) * 1e6).astype("timedelta64[us]")
    return np.where(np.isfinite(numbers), np.datetime64(0, "us") + steps, np.datetime64("NaT"))


def of_word(word: str) -> tuple[np.ndarray, str]:
    """Make the time of a word such as "today"; also say how it is shown."""
    if word == "now":
        return local_time(), DATE_AND_TIME
    return local_time().astype("datetime64[D]") + WORDS[word], DATE


def of_texts(value: Any, form: str | None) -> tuple[np.ndarray, str]:
    """Read times off texts; also say how they are shown."""
    texts = text_array(value, "datetime: the first argument")
    times = np.full(texts.shape, np.datetime64("NaT"), dtype="datetime64[us]")
    shows_time, errors = False, []
    how = None if form is None else reading(form, "InputFormat")
    for place in np.ndindex(texts.shape):
        if texts[place] in ("", "NaT"):
            continue
        try:
            times[place], timed = _of_text(texts[place], how, form)
        except ValueError as error:
            errors.append(error)
        else:
            shows_time |= timed
    # Where some can be read, MATLAB makes NaT of the others.
    if errors and np.isnat(times).all():
        raise errors[0]
    return times, DATE_AND_TIME if shows_time else DATE


def _of_text(
    written: str, how: re.Pattern[str] | None, form: str | None
) -> tuple[np.datetime64, bool]:
    if how is None:
        return read_date(written, "datetime")
    found = how.fullmatch(written.strip())
    if found is None:
        raise ValueError(f"datetime: {written!r} is not in the format {form!r}.")
    time = read_with(found)
    if found.groupdict().get("short") is not None:
        time = _in_century(time, int(found["short"]))
    return time, has_time(form)


def _in_century(time: np.datetime64, short: int) -> np.datetime64:
    """Put a year of two digits into the hundred years that begin fifty years ago."""
    first = int(part_of(local_time(), "year")) - _PIVOT
    year = first + (short - first) % 100
    month, day = (part_of(time, name) for name in ("month", "day"))
    return components(year, month, day)[()] + (time - time.astype("datetime64[D]"))
