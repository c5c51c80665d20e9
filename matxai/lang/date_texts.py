"""Dates of any kind, and how texts of dates are read."""

from __future__ import annotations

import re
from typing import Any

import numpy as np

from matxai.arguments import describe
from matxai.lang.date_numbers import components, times_of_numbers
from matxai.lang.not_known import NotKnownError
from matxai.lang.text_values import is_text, text_array
from matxai.lang.time_parts import MONTHS, WEEKDAYS

__all__ = ["dates_of", "read_date", "read_with"]

_NAMES = "|".join(sorted((*MONTHS, *(m[:3] for m in MONTHS)), key=len, reverse=True))
_TIME = (
    r"(?:[ T]+(?P<hour>\d{1,2}):(?P<minute>\d{2})"
    r"(?::(?P<second>\d{2}(?:\.\d+)?))?(?P<half> ?[AP]M)?)?"
)
_DATES = (
    rf"(?P<day>\d{{1,2}})-(?P<name>{_NAMES})-(?P<year>\d{{4}})",
    r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})",
    r"(?P<year>\d{4})/(?P<month>\d{1,2})/(?P<day>\d{1,2})",
    r"(?P<month>\d{1,2})/(?P<day>\d{1,2})/(?P<year>\d{4})",
    rf"(?P<name>{_NAMES})\.(?P<day>\d{{1,2}}),(?P<year>\d{{4}})",
)
_COMPACT = (
    r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})"
    r"T(?P<hour>\d{2})(?P<minute>\d{2})(?P<second>\d{2})"
)
_KNOWN = [
    re.compile(rf"\s*{form}\s*", re.I) for form in (*(date + _TIME for date in _DATES), _COMPACT)
]


def dates_of(value: Any, function: str, pattern: Any = None) -> np.ndarray:
    """Take dates of any kind: numbers, date vectors, texts or a datetime, as times of NumPy."""
    if type(value).__name__ == "datetime" and hasattr(value, "_times"):
        return value._times
    if is_text(value):
        texts = text_array(value, f"{function}: t")
        read = [_read(text, function, pattern) for text in texts.reshape(-1)]
        return np.array(read, dtype="datetime64[us]").reshape(texts.shape)
    try:
        array = np.asarray(value)
    except ValueError:
        array = np.asarray(None)
    if array.dtype.kind not in "iuf":
        raise TypeError(
            f"{function}: t must be dates: numbers, texts or a datetime, but is {describe(value)}."
        )
    if _are_vectors(array):
        rows = np.moveaxis(array.astype(np.float64), -1, 0)
        return components(*rows)
    return times_of_numbers(array)


def _are_vectors(array: np.ndarray) -> bool:
    """Tell whether numbers are rows of year, month, day, … rather than serial date numbers."""
    if not 1 <= array.ndim <= 2 or array.shape[-1] not in (3, 6) or not array.size:
        return False
    year, month, day, *time = np.moveaxis(array, -1, 0)
    whole = np.all(array[..., :5] == np.floor(array[..., :5]))
    dates = np.all((month >= 1) & (month <= 12) & (day >= 1) & (day <= 31) & (year < 10000))
    return bool(whole and dates and (not time or np.all((time[0] >= 0) & (time[0] <= 24))))


def _read(text: str, function: str, pattern: Any) -> np.datetime64:
    if pattern is not None:
        from matxai.lang.datestr import FORMATS, TOKENS

        form = pattern if isinstance(pattern, str) else FORMATS[int(np.asarray(pattern).item())]
        found = re.fullmatch(_expression(form, TOKENS), text.strip(), re.I)
        if found is None:
            raise ValueError(f"{function}: {text!r} is not in the format {form!r}.")
        return read_with(found)
    return read_date(text, function)[0]


_GROUPS = {
    "yyyy": r"(?P<year>\d{4})", "mmmm": f"(?P<name>{_NAMES})", "mmm": f"(?P<name>{_NAMES})",
    "mm": r"(?P<month>\d{1,2})", "dd": r"(?P<day>\d{1,2})", "HH": r"(?P<hour>\d{1,2})",
    "MM": r"(?P<minute>\d{1,2})", "SS": r"(?P<second>\d{1,2})", "FFF": r"(?P<fraction>\d{1,3})",
    "AM": "(?P<half>[AP]M)", "PM": "(?P<half>[AP]M)",
    "dddd": f"(?:{'|'.join(WEEKDAYS)})", "ddd": f"(?:{'|'.join(d[:3] for d in WEEKDAYS)})",
}  # fmt: skip


def _expression(form: str, tokens: re.Pattern[str]) -> str:
    """Turn an older format into an expression that reads it."""
    parts, end = [], 0
    for match in tokens.finditer(form):
        token = match[0] if match[0] in _GROUPS else match[0].lower()
        if token not in _GROUPS:
            raise NotKnownError(f"{match[0]!r} of the format {form!r} is not read from texts here.")
        # Numbers that follow each other without anything between have their full width.
        exact = tokens.match(form, match.end()) and token in ("mm", "dd", "HH", "MM", "SS")
        group = _GROUPS[token].replace("{1,2}", "{2}") if exact else _GROUPS[token]
        parts += [re.escape(form[end : match.start()]), group]
        end = match.end()
    return "".join([*parts, re.escape(form[end:])])


def read_date(text: str, function: str) -> tuple[np.datetime64, bool]:
    """Read a text in one of the common formats; also tell whether it has a time of day."""
    for form in _KNOWN:
        found = form.fullmatch(text)
        if found is None:
            continue
        parts = found.groupdict()
        if "/" in text and "name" not in parts and not re.match(r"\s*\d{4}", text):
            month, day = int(parts["month"]), int(parts["day"])
            if month <= 12 and day <= 12 and month != day:
                raise NotKnownError(
                    f"{function}: which number of {text!r} is the month is not plain: say its "
                    f"format, as in datetime(t, InputFormat='MM/dd/yyyy')."
                )
        return read_with(found), parts.get("hour") is not None
    raise NotKnownError(
        f"{function}: {text!r} is in no format that is known here, such as '2024-03-05 14:07:09' "
        f"or '05-Mar-2024': say its format, as in datetime(t, InputFormat='dd.MM.yyyy HH:mm')."
    )


def read_with(found: re.Match[str]) -> np.datetime64:
    """Make a time of what an expression found; what it did not is the first of its kind."""
    parts = {name: value for name, value in found.groupdict().items() if value is not None}
    month = int(parts.get("month", 1))
    if "name" in parts:
        month = [m[:3].lower() for m in MONTHS].index(parts["name"][:3].lower()) + 1
    year, day, hour = (int(parts.get(n, d)) for n, d in (("year", 0), ("day", 1), ("hour", 0)))
    year = int(np.datetime64("now", "Y").astype(int)) + 1970 if "year" not in parts else year
    half = parts.get("half", "").strip().upper()
    if half and not 1 <= hour <= 12:
        raise ValueError(f"{found.string!r} has {half} beside an hour that is not 1 to 12.")
    hour = hour % 12 + 12 * (half == "PM") if half else hour
    second = float(parts.get("second", 0)) + float(f"0.{parts.get('fraction', 0)}")
    minute = int(parts.get("minute", 0))
    made = components(year, month, day, hour, minute, second)
    if not (1 <= month <= 12 and hour <= 24 and minute < 60 and second < 60):
        raise ValueError(f"{found.string!r} is no date and time that there is.")
    if made.astype("datetime64[M]").astype(int) % 12 + 1 != month and hour < 24:
        raise ValueError(f"{found.string!r} is no date that there is.")
    return made[()]
