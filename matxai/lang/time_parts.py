"""Parts of times: the year, the month, the day of the week and their like, and names of these."""

from __future__ import annotations

import numpy as np

__all__ = ["MONTHS", "WEEKDAYS", "part_of"]

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
WEEKDAYS = ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")


def part_of(times: np.ndarray, name: str) -> np.ndarray:
    """Take one part of times of NumPy, as double; NaN of what is no time."""
    times = np.asarray(times, dtype="datetime64[us]")
    gone = np.isnat(times)
    known = np.where(gone, np.datetime64(0, "us"), times)
    return np.where(gone, np.nan, _part(known, name))


def _part(times: np.ndarray, name: str) -> np.ndarray:
    years, months, days = (times.astype(f"datetime64[{unit}]") for unit in "YMD")
    within = (times - days).astype(np.int64)
    if name == "year":
        return years.astype(np.int64) + 1970
    if name == "month":
        return months.astype(np.int64) % 12 + 1
    if name == "quarter":
        return months.astype(np.int64) % 12 // 3 + 1
    if name == "day":
        return (days - months).astype(np.int64) + 1
    if name == "dayofyear":
        return (days - years).astype(np.int64) + 1
    if name == "dayofweek":  # Sunday is 1; 1970 began on a Thursday.
        return (days.astype(np.int64) + 4) % 7 + 1
    if name == "hour":
        return within // 3_600_000_000
    if name == "minute":
        return within // 60_000_000 % 60
    return within % 60_000_000 / 1e6
