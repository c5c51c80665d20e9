"""duration: lengths of time, and seconds, minutes, hours and days."""

from __future__ import annotations

import numbers
import re
from typing import Any

import numpy as np

from matxai.arguments import describe, numeric_array, text
from matxai.calling import matlab_function
from matxai.lang.not_known import NotKnownError
from matxai.lang.time_arrays import TimeArray, called, compared

__all__ = [
    "days",
    "duration",
    "hours",
    "is_number",
    "isduration",
    "milliseconds",
    "minutes",
    "seconds",
]

# Milliseconds of the units that duration is shown in.
_UNITS = {"s": 1e3, "m": 6e4, "h": 3.6e6, "d": 8.64e7}
_WORDS = {"s": ("sec", "sec"), "m": ("min", "min"), "h": ("hr", "hr"), "d": ("day", "days")}
_CLOCK = re.compile(r"(dd:hh:mm:ss|hh:mm:ss|mm:ss|hh:mm)(?:\.(S{1,9}))?")


def _format(value: Any, name: str) -> str:
    form = text(value, name)
    clock = _CLOCK.fullmatch(form)
    if form not in _UNITS and (clock is None or (clock[2] and not clock[1].endswith("ss"))):
        raise ValueError(
            f"{name} must be 'hh:mm:ss', 'dd:hh:mm:ss', 'mm:ss' or 'hh:mm', the first three with "
            f"'.SSS' if need be, or 's', 'm', 'h' or 'd', but is {form!r}."
        )
    return form


@matlab_function("D", accepts={"Format": _format})
@called("duration")
def _made(H: Any, MI: Any = None, S: Any = None, MS: Any = 0, *, Format: str = "hh:mm:ss") -> Any:
    if isinstance(H, str):
        raise NotKnownError("duration: texts are not taken: give hours, minutes and seconds.")
    parts = [numeric_array(H, "duration: H").astype(np.float64)]
    if MI is None:
        if parts[0].shape[-1:] != (3,):
            raise ValueError(
                f"duration: give hours, minutes and seconds, or [hours minutes seconds], but not "
                f"{describe(H)}."
            )
        parts = list(np.moveaxis(parts[0], -1, 0))
    else:
        parts += [numeric_array(0 if v is None else v, "duration: MI, S, MS") for v in (MI, S, MS)]
    scales = (3.6e6, 6e4, 1e3, 1.0)
    return sum(part * scale for part, scale in zip(parts, scales, strict=False)), Format


# What a person calls is the class.
_made.__name__ = "duration"


class duration(TimeArray):  # MATLAB's name
    """Array of lengths of time.

    Parameters
    ----------
    H, MI, S, MS : number or array
        Hours, minutes, seconds and milliseconds; or `H` alone, [hours minutes seconds] or rows of
        these.
    Format : str, optional
        How they are shown: "hh:mm:ss", "dd:hh:mm:ss", "mm:ss", "hh:mm", the first three with
        ".SSS" if need be, or one number of "s", "m", "h" or "d".

    Attributes
    ----------
    Format : str
        As the option; it can be set.
    shape, ndim, size
        As of NumPy's arrays.

    Raises
    ------
    TypeError
        If an argument is no number.
    ValueError
        If the numbers are not three, or the format is another one.

    See Also
    --------
    seconds : of a number of seconds, and back.
    datetime : what they are differences of.

    Notes
    -----
    Documented: sums and differences, products with numbers, quotients by numbers, and of two
    durations a number; comparisons. Chosen: what is shown is cut off, not rounded, and five digits
    of a single number. Texts, years and calendar durations are not there. Brackets count from 0.

    Examples
    --------
    >>> from matxai import duration, minutes
    >>> lag = duration(1, 30, 0) + minutes(5)
    >>> str(lag), minutes(lag)
    ('01:35:00', 95.0)
    """

    def __init__(self, H: Any, *args: Any, **options: Any):
        self._times, self._format = _made(H, *args, **options)
        self._times = np.asarray(self._times, dtype=np.float64)

    def _checked_format(self, value: Any) -> str:
        return _format(value, "Format")

    def _text(self, time: Any) -> str:
        if not np.isfinite(time):
            return "NaN" if np.isnan(time) else ("Inf" if time > 0 else "-Inf")
        if self._format in _UNITS:
            number = f"{time / _UNITS[self._format]:.5g}"
            return f"{number} {_WORDS[self._format][number != '1']}"
        clock = _CLOCK.fullmatch(self._format)
        return ("-" if time < 0 else "") + _on_clock(abs(float(time)), clock[1], clock[2] or "")

    def _comparable(self, other: Any) -> Any:
        return other._times if isinstance(other, duration) else NotImplemented

    __eq__, __ne__ = compared("=="), compared("!=")
    __lt__, __le__, __gt__, __ge__ = map(compared, ("<", "<=", ">", ">="))

    def _with(self, times: Any) -> duration:
        return self._made(times, self._format)

    def _milliseconds(self, other: Any) -> Any:
        """Return what is added: a number counts as days."""
        if isinstance(other, duration):
            return other._times
        return np.asarray(other) * _UNITS["d"] if is_number(other) else NotImplemented

    def __add__(self, other: Any) -> Any:
        more = self._milliseconds(other)
        return more if more is NotImplemented else self._with(self._times + more)

    def __radd__(self, other: Any) -> Any:
        return self.__add__(other)

    def __sub__(self, other: Any) -> Any:
        less = self._milliseconds(other)
        return less if less is NotImplemented else self._with(self._times - less)

    def __rsub__(self, other: Any) -> Any:
        from_ = self._milliseconds(other)
        return from_ if from_ is NotImplemented else self._with(from_ - self._times)

    def __mul__(self, other: Any) -> Any:
        return self._with(self._times * other) if is_number(other) else NotImplemented

    def __rmul__(self, other: Any) -> Any:
        return self.__mul__(other)

    def __truediv__(self, other: Any) -> Any:
        with np.errstate(all="ignore"):
            if isinstance(other, duration):
                return _plain(self._times / other._times)
            return self._with(self._times / other) if is_number(other) else NotImplemented

    def __neg__(self) -> duration:
        return self._with(-self._times)

    def __abs__(self) -> duration:
        return self._with(np.abs(self._times))


def _on_clock(milliseconds: float, form: str, fraction: str) -> str:
    # Whole nanoseconds, so that 0.1 + 0.2 seconds are 0.3.
    whole = round(milliseconds * 1e6)
    second = whole // 10**9
    minute, hour = second // 60, second // 3600
    parts = {
        "hh:mm:ss": (hour, minute % 60, second % 60),
        "hh:mm": (hour, minute % 60),
        "mm:ss": (minute, second % 60),
        "dd:hh:mm:ss": (hour // 24, hour % 24, minute % 60, second % 60),
    }[form]
    shown = ":".join(f"{part:02d}" for part in parts)
    if not fraction:
        return shown
    return f"{shown}.{whole % 10**9:09d}"[: len(shown) + 1 + len(fraction)]


def is_number(value: Any) -> bool:
    """Tell whether a value is a number or an array of numbers."""
    if isinstance(value, np.ndarray):
        return value.dtype.kind in "iufb"
    return isinstance(value, numbers.Real)


def _plain(array: Any) -> Any:
    array = np.asarray(array)
    return array.item() if array.ndim == 0 else array


def _unit(name: str, one: str, form: str, scale: float) -> Any:
    def function(X: Any) -> Any:
        if isinstance(X, duration):
            return _plain(X._times / scale)
        if isinstance(X, TimeArray):
            raise TypeError(f"{name}: X must be numbers or a duration, but is {describe(X)}.")
        numbers = numeric_array(X, f"{name}: X").astype(np.float64)
        return duration._made(numbers * scale, form)

    function.__name__ = function.__qualname__ = name
    function.__module__ = __name__
    function.__doc__ = f"""Make a duration of a number of {name}, or tell how many a duration has.

    Parameters
    ----------
    X : number, array or duration
        The {name}, or lengths of time.

    Returns
    -------
    duration, or float or numpy.ndarray
        The lengths of time of numbers, the numbers of lengths of time.

    Raises
    ------
    TypeError
        If `X` is neither.

    Notes
    -----
    Documented.

    Examples
    --------
    >>> from matxai import {name}
    >>> str({name}(3)), {name}({name}(3) * 2)
    ('3 {one}', 6.0)
    """
    return matlab_function("Y")(function)


milliseconds = _unit("milliseconds", "", "s", 1.0)
milliseconds.__doc__ = milliseconds.__doc__.replace("('3 ', 6.0)", "('0.003 sec', 6.0)")
seconds = _unit("seconds", "sec", "s", _UNITS["s"])
minutes = _unit("minutes", "min", "m", _UNITS["m"])
hours = _unit("hours", "hr", "h", _UNITS["h"])
days = _unit("days", "days", "d", _UNITS["d"])


@matlab_function("tf")
def isduration(A: Any) -> bool:
    """Tell whether a value is a duration.

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
    >>> from matxai import isduration, seconds
    >>> isduration(seconds(1)), isduration(1)
    (True, False)
    """
    return isinstance(A, duration)
