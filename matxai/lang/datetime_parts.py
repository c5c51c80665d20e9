"""year, month, day, hour, minute and second: parts of a datetime."""

from __future__ import annotations

from typing import Any

import numpy as np

from matxai.arguments import describe, one_of
from matxai.calling import matlab_function
from matxai.lang.datetimes import datetime
from matxai.lang.time_parts import MONTHS, WEEKDAYS, part_of

__all__ = ["day", "hour", "minute", "month", "second", "year"]


_EXAMPLE = {
    "year": 2024.0, "month": 3.0, "day": 5.0, "hour": 14.0, "minute": 7.0, "second": 9.0,
}  # fmt: skip


def _names(times: np.ndarray, part: str, names: tuple[str, ...], short: bool) -> Any:
    """Name months or days, MATLAB's cell array of texts; one text for one time."""
    numbers = part_of(times, part).reshape(-1)
    found = ["" if n != n else names[int(n) - 1] for n in numbers]
    found = [name[:3] if short else name for name in found]
    return found[0] if times.ndim == 0 else found


def _part(name: str, kinds: dict[str, Any], more: str) -> Any:
    known = one_of(*kinds)

    def function(t: Any, kind: Any = None) -> Any:
        if not isinstance(t, datetime):
            raise TypeError(f"{name}: t must be a datetime, but is {describe(t)}.")
        word = next(iter(kinds)) if kind is None else known(kind, f"{name}: the second argument")
        wanted = kinds[word]
        if isinstance(wanted, tuple):
            return _names(t._times, *wanted)
        made = part_of(t._times, wanted)
        return made.item() if made.ndim == 0 else made

    listed = ", ".join(f'"{kind}"' for kind in kinds)
    function.__name__ = function.__qualname__ = name
    function.__module__ = __name__
    function.__doc__ = f"""Tell the {name} of times.

    Parameters
    ----------
    t : datetime
        The times.
    kind : {{{listed}}}, optional
        What is told; the first of these by default.{more}

    Returns
    -------
    float or numpy.ndarray, or str or list of str
        Numbers in the shape of `t`, or names.

    Raises
    ------
    TypeError
        If `t` is no datetime.
    ValueError
        If `kind` is something else.

    Notes
    -----
    Documented; names are English.

    Examples
    --------
    >>> from matxai import datetime, {name}
    >>> {name}(datetime(2024, 3, 5, 14, 7, 9))
    {_EXAMPLE[name]}
    """
    return matlab_function("n")(function)


_NAMES = " Names are texts, those of three letters short names."
year = _part("year", {"iso": "year"}, "")
month = _part(
    "month",
    {
        "monthofyear": "month",
        "name": ("month", MONTHS, False),
        "shortname": ("month", MONTHS, True),
    },
    _NAMES,
)
day = _part(
    "day",
    {
        "dayofmonth": "day",
        "dayofweek": "dayofweek",
        "dayofyear": "dayofyear",
        "name": ("dayofweek", WEEKDAYS, False),
        "shortname": ("dayofweek", WEEKDAYS, True),
    },
    _NAMES,
)
hour = _part("hour", {"hourofday": "hour"}, "")
minute = _part("minute", {"minuteofhour": "minute"}, "")
second = _part("second", {"secondofminute": "second"}, "")
