"""The formats of datetime: letters that stand for parts of a time, written and read."""

from __future__ import annotations

import re

import numpy as np

from matxai.lang.not_known import NotKnownError
from matxai.lang.time_parts import MONTHS, WEEKDAYS, part_of

__all__ = ["checked_pattern", "has_time", "reading", "write_time"]

_TOKEN = re.compile(r"'(?:[^']|'')*'|([A-Za-z])\1*|.", re.S)
# How many of each letter stand for something here.
_LETTERS = {
    "y": 9, "u": 9, "Q": 3, "M": 5, "d": 2, "D": 3, "e": 5, "a": 1, "h": 2, "H": 2, "m": 2, "s": 2,
    "S": 9,
}  # fmt: skip
_TIME = "ahHmsS"


def _tokens(pattern: str) -> list[str]:
    return [match[0] for match in _TOKEN.finditer(pattern)]


def checked_pattern(pattern: str, name: str) -> str:
    """Check that all letters of a format stand for something that is known here."""
    for token in _tokens(pattern):
        if token[0].isalpha() and token[0].isascii() and len(token) > _LETTERS.get(token[0], 0):
            zone = " Time zones are not there." if token[0] in "zZxXO" else ""
            raise NotKnownError(
                f"{name}: {token!r} of the format {pattern!r} is not known here.{zone} Letters are "
                f"y, u, Q, M, d, D, e, a, h, H, m, s, S; text stands in single quotes."
            )
    return pattern


def has_time(pattern: str) -> bool:
    """Tell whether a format shows a time of day."""
    return any(token[0] in _TIME for token in _tokens(pattern))


def write_time(time: np.datetime64, pattern: str) -> str:
    """Write one time by a format.

    Examples
    --------
    >>> write_time(np.datetime64("2014-04-19T21:41:06", "us"), "eeee, MMMM d, yyyy h:mm a")
    'Saturday, April 19, 2014 9:41 PM'
    """
    if np.isnat(time):
        return "NaT"
    return "".join(_written(time, token) for token in _tokens(pattern))


def _literal(token: str) -> str:
    return "'" if token == "''" else token[1:-1].replace("''", "'")


def _written(time: np.datetime64, token: str) -> str:
    letter, count = token[0], len(token)
    if letter == "'" and count > 1:
        return _literal(token)
    if letter not in _LETTERS:
        return token

    def number(name: str) -> int:
        return int(part_of(time, name))

    if letter in "yu":
        year = number("year")
        return f"{year % 100:02d}" if token == "yy" else f"{year:0{count}d}"
    if letter == "M" and count > 2:
        return MONTHS[number("month") - 1][: {3: 3, 5: 1}.get(count)]
    if letter == "e" and count > 2:
        return WEEKDAYS[number("dayofweek") - 1][: {3: 3, 5: 1}.get(count)]
    if letter == "Q" and count == 3:
        return f"Q{number('quarter')}"
    if letter == "a":
        return "PM" if number("hour") >= 12 else "AM"
    if letter == "h":
        return f"{(number('hour') + 11) % 12 + 1:0{count}d}"
    if letter == "S":
        parts = round(float(part_of(time, "second")) * 1e6) % 1_000_000
        return f"{parts:06d}".ljust(9, "0")[:count]
    names = {
        "M": "month", "d": "day", "D": "dayofyear", "e": "dayofweek", "Q": "quarter", "H": "hour",
        "m": "minute", "s": "second",
    }  # fmt: skip
    return f"{number(names[letter]):0{count}d}"


def reading(pattern: str, name: str) -> re.Pattern[str]:
    """Make the expression that reads texts in a format.

    Examples
    --------
    >>> reading("dd.MM.yyyy", "InputFormat").fullmatch("05.03.2024")["month"]
    '03'
    """
    parts, seen = [], set()
    tokens = _tokens(checked_pattern(pattern, name))
    for token, behind in zip(tokens, [*tokens[1:], ""], strict=True):
        part = _read(token, behind[:1] in _LETTERS)
        if part is None:
            raise NotKnownError(
                f"{name}: {token!r} of the format {pattern!r} is not read from texts."
            )
        group = re.search(r"\?P<(\w+)>", part)
        if group and group[1] in seen:
            raise ValueError(f"{name}: the format {pattern!r} has its {group[1]} twice.")
        seen.add(group and group[1])
        parts.append(part)
    return re.compile("".join(parts), re.I)


def _read(token: str, followed: bool) -> str | None:
    letter, count = token[0], len(token)
    if letter == "'" and count > 1:
        return re.escape(_literal(token))
    if letter not in _LETTERS:
        return re.escape(token)
    if letter in "yu":
        return r"(?P<short>\d{2})" if token == "yy" else r"(?P<year>\d{4})"
    if letter == "M" and count > 2:
        short = [month[:3] for month in MONTHS]
        return None if count > 4 else f"(?P<name>{'|'.join((*MONTHS, *short))})"
    if letter == "e" and count > 2:
        short = [day[:3] for day in WEEKDAYS]
        return None if count > 4 else f"(?:{'|'.join((*WEEKDAYS, *short))})"
    if letter == "S":
        return rf"(?P<fraction>\d{{{count}}})"
    if letter == "a":
        return "(?P<half>[AP]M)"
    names = {"M": "month", "d": "day", "h": "hour", "H": "hour", "m": "minute", "s": "second"}
    if letter not in names:
        return None
    # Numbers that follow each other without anything between have their full width.
    digits = r"\d{2}" if followed and count == 2 else r"\d{1,2}"
    return f"(?P<{names[letter]}>{digits})"
