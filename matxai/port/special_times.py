"""Dates and times: what their functions and operators give."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from matxai.port import syntax
from matxai.port.code import ATOM, Code, Refused, binary
from matxai.port.emitter import Emitter
from matxai.port.knowledge import ANY, LOGICAL, NUMBER, Kind, array, chars

__all__ = ["HANDLERS", "TIMES", "write_times"]

Nodes = tuple[syntax.Expression, ...]
TIMES = ("datetime", "duration")

# What operators make; other numbers than durations count as days.
_RESULTS = {
    ("-", "datetime", "datetime"): "duration",
    ("-", "datetime", "duration"): "datetime",
    ("-", "datetime", "number"): "datetime",
    ("+", "datetime", "duration"): "datetime",
    ("+", "datetime", "number"): "datetime",
    ("+", "duration", "datetime"): "datetime",
    ("+", "number", "datetime"): "datetime",
    ("+", "duration", "duration"): "duration",
    ("-", "duration", "duration"): "duration",
    ("+", "duration", "number"): "duration",
    ("+", "number", "duration"): "duration",
    ("-", "duration", "number"): "duration",
    ("-", "number", "duration"): "duration",
    (".*", "duration", "number"): "duration",
    (".*", "number", "duration"): "duration",
    ("./", "duration", "number"): "duration",
    ("./", "duration", "duration"): "double",
}
_SIGNS = {"+": "+", "-": "-", ".*": "*", "./": "/"}


def write_times(operator: str, left: Code, right: Code) -> Code | None:
    """Write an operator of times; None where neither is known to be one."""
    a, b = left.kind, right.kind
    if not (a.name in TIMES or b.name in TIMES) or "any" in (a.name, b.name):
        return None
    classes = ("number" if k.floating else k.name for k in (a, b))
    made = _RESULTS.get((operator, *classes))
    if made is None:
        raise Refused(f"{operator} of {a.name} and {b.name}")
    if not (a.scalar or b.scalar):
        raise Refused("which way these times lie is not known")
    other = b if a.scalar else a
    kind = Kind(made, other.shape, other.rank, safe=made == "double")
    return binary(_SIGNS[operator], left, right, kind)


def _call(emitter: Emitter, name: str, nodes: Nodes, nargout: int) -> tuple[str, list[Kind]]:
    from matxai.port.calls import arguments

    if nargout > 1:
        raise Refused(f"{name} has no {nargout} outputs")
    written, kinds = arguments(emitter, name, nodes)
    return f"{emitter.uses(name)}({', '.join(written)})", kinds


def _known(name: str, kind: Kind) -> Callable[..., Code]:
    """Make what writes a function that always gives the same kind of value."""

    def write(emitter: Emitter, nodes: Nodes, nargout: int) -> Code:
        return Code(_call(emitter, name, nodes, nargout)[0], ATOM, kind)

    return write


def _one(kind: Kind) -> bool:
    return (kind.scalar and kind.name != "any") or kind.one_text


def _by_first(name: str, one: Kind) -> Callable[..., Code]:
    """Make what writes a function that gives one value of one, and else nobody knows what."""

    def write(emitter: Emitter, nodes: Nodes, nargout: int) -> Code:
        text, kinds = _call(emitter, name, nodes, nargout)
        return Code(text, ATOM, one if kinds and _one(kinds[0]) else ANY)

    return write


def _made(name: str, takes_nothing: bool) -> Callable[..., Code]:
    """Make what writes datetime or duration."""

    def write(emitter: Emitter, nodes: Nodes, nargout: int) -> Code:
        text, kinds = _call(emitter, name, nodes, nargout)
        single = all(_one(k) for k in kinds) and (kinds or takes_nothing)
        return Code(text, ATOM, Kind(name, "scalar" if single else "any"))

    return write


def _turned(name: str) -> Callable[..., Code]:
    """Make what writes seconds and its like, which turn numbers and durations into each other."""

    def write(emitter: Emitter, nodes: Nodes, nargout: int) -> Code:
        text, kinds = _call(emitter, name, nodes, nargout)
        kind = kinds[0] if kinds else ANY
        if kind.name == "duration":
            return Code(text, ATOM, array(kind.shape, rank=kind.rank))
        return Code(text, ATOM, Kind("duration", kind.shape, kind.rank) if kind.numeric else ANY)

    return write


def _part(name: str) -> Callable[..., Code]:
    def write(emitter: Emitter, nodes: Nodes, nargout: int) -> Code:
        text, kinds = _call(emitter, name, nodes, nargout)
        one = len(kinds) == 1 and kinds[0].name == "datetime" and kinds[0].scalar
        return Code(text, ATOM, NUMBER if one else ANY)

    return write


HANDLERS: dict[str, Any] = {
    "now": _known("now", NUMBER),
    "clock": _known("clock", array("row")),
    "date": _known("date", chars()),
    "etime": _known("etime", NUMBER),
    "isdatetime": _known("isdatetime", LOGICAL),
    "isduration": _known("isduration", LOGICAL),
    "datestr": _by_first("datestr", chars()),
    "datevec": _by_first("datevec", array("row")),
    "datenum": _by_first("datenum", NUMBER),
    "datetime": _made("datetime", True),
    "duration": _made("duration", False),
    **{n: _turned(n) for n in ("milliseconds", "seconds", "minutes", "hours", "days")},
    **{n: _part(n) for n in ("year", "month", "day", "hour", "minute", "second")},
}
