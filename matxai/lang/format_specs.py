"""MATLAB's format specifications: parsed, and filled with arguments in turn."""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass
from typing import Any

import numpy as np

from matxai.arguments import describe
from matxai.lang.text_values import has_texts

__all__ = ["Conversion", "conversions_in", "filled", "unescaped"]

_CONVERSION = re.compile(
    r"%(?P<flags>[-+ 0#]*)(?P<width>\d+|\*)?(?:\.(?P<precision>\d+|\*)?)?(?:ll|[lh])?(?P<kind>.)?",
    re.S,
)
_ESCAPE = re.compile(r"\\(x[0-9A-Fa-f]{1,4}|[0-7]{1,3}|.)", re.S)
_ESCAPED = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
_KINDS = "diuoxXfeEgGcs"
_NO_DATA = object()
_HIGHEST_CODE = 0x10FFFF


@dataclass(frozen=True)
class Conversion:
    """One conversion such as ``%-8.3f``; width and precision may be "*", taken from the data."""

    flags: str
    width: str
    precision: str | None
    kind: str


def unescaped(text: str) -> str:
    r"""Replace escape sequences such as \\n by the characters that they stand for.

    Examples
    --------
    >>> unescaped(r"a\tb")
    'a\tb'
    """

    def character(match: re.Match[str]) -> str:
        code = match[1]
        if code[0] == "x" and len(code) > 1:
            return chr(int(code[1:], 16))
        if code[0] in "01234567":
            return chr(int(code, 8))
        return _ESCAPED.get(code, code)

    return _ESCAPE.sub(character, text)


def filled(spec: str, args: tuple[Any, ...]) -> str:
    """Fill a format specification, again and again until the data are used up.

    Examples
    --------
    >>> filled("%d and %d;", ([1, 2, 3],))
    '1 and 2;3 and '
    """
    parts = _parse(spec)
    data = _Data(args)
    out: list[str] = []
    if not any(isinstance(part, Conversion) for part in parts):
        return "".join(parts)
    first = True
    while first or data:
        for part in parts:
            if isinstance(part, str):
                out.append(part)
            elif data or (first and data.all_empty):
                out.append(_converted(part, data))
            else:
                return "".join(out)
        first = False
    return "".join(out)


def conversions_in(spec: str) -> int:
    """Count the data that a format specification takes at once.

    Examples
    --------
    >>> conversions_in("%s: %d%%")
    2
    """
    found = [part for part in _parse(spec) if isinstance(part, Conversion)]
    return len(found) + sum((c.width == "*") + (c.precision == "*") for c in found)


class _Data:
    """The data of all arguments, one after the other, columns first."""

    def __init__(self, args: tuple[Any, ...]):
        self.items = deque(item for arg in args for item in _items(arg))
        # Arguments that hold nothing print nothing, once; no argument at all ends the text.
        self.all_empty = bool(args) and not self.items

    def __bool__(self) -> bool:
        return bool(self.items)

    def text(self) -> Any:
        return self.items.popleft() if self.items else _NO_DATA

    def number(self) -> Any:
        """Take a number; of a text the code of its first character."""
        if not self.items:
            return _NO_DATA
        item = self.items.popleft()
        if isinstance(item, str):
            if not item:
                return _NO_DATA
            return ord(self._first(item))
        return item

    def character(self) -> Any:
        """Take one character off a text, or a number."""
        item = self.text()
        if isinstance(item, str):
            if not item:
                return _NO_DATA
            return self._first(item)
        return item

    def _first(self, item: str) -> str:
        if item[1:]:
            self.items.appendleft(item[1:])
        return item[0]


def _items(arg: Any) -> list[Any]:
    if isinstance(arg, str):
        return [str(arg)]
    if has_texts(arg):
        return arg._texts().ravel("F").tolist()
    try:
        array = np.asarray(arg)
        array = array if array.dtype.kind in "biuf" else np.array(arg, dtype=object)
    except ValueError:  # lists of different lengths
        raise TypeError(f"The data must be numbers and texts, not {describe(arg)}.") from None
    items = [str(i) if isinstance(i, str) else i for i in array.ravel("F").tolist()]
    wrong = [i for i in items if not isinstance(i, (str, int, float))]
    if wrong:
        raise TypeError(f"The data must be numbers and texts, not {describe(wrong[0])}.")
    # An empty matrix takes the place of one datum and prints nothing.
    return items or [""]


def _parse(spec: str) -> list[str | Conversion]:
    parts: list[str | Conversion] = []
    end = 0
    for match in _CONVERSION.finditer(spec):
        if match.start() > end:
            parts.append(unescaped(spec[end : match.start()]))
        end = match.end()
        if match["kind"] == "%":
            parts.append("%")
        elif match["kind"] is None or match["kind"] not in _KINDS:
            raise ValueError(
                f"formatSpec: {match[0]!r} is no conversion; those are %d, %i, %u, %f, %e, %g, "
                f"%x, %o, %c and %s, and %% for a percent sign."
            )
        else:
            precision = match["precision"] or ("0" if "." in match[0] else None)
            parts.append(Conversion(match["flags"], match["width"] or "", precision, match["kind"]))
    if end < len(spec):
        parts.append(unescaped(spec[end:]))
    return parts


def _converted(part: Conversion, data: _Data) -> str:
    flags, width, precision = part.flags, part.width, part.precision
    if width == "*":
        width = _star(data)
        flags, width = ("-" + flags, width[1:]) if width[:1] == "-" else (flags, width)
    if precision == "*":
        precision = _star(data)
    take = {"s": data.text, "c": data.character}.get(part.kind, data.number)
    item = take()
    if item is _NO_DATA:
        return _padded("", flags, width)
    if part.kind in "sc" and not isinstance(item, str) and _is_code(item):
        item = chr(int(item))
    if isinstance(item, str):
        cut = int(precision) if precision and part.kind == "s" else None
        return _padded(item[:cut], flags, width)
    return _number(item, flags, width, precision, part.kind)


def _star(data: _Data) -> str:
    item = data.number()
    if item is _NO_DATA:
        return ""
    if isinstance(item, str) or item != item or item in (np.inf, -np.inf) or item != int(item):
        raise ValueError(f"formatSpec has a *, whose width must be an integer, but is {item!r}.")
    return str(int(item))


def _is_code(item: float) -> bool:
    return item == item and 0 <= item <= _HIGHEST_CODE and item == int(item)


def _number(item: Any, flags: str, width: str, precision: str | None, kind: str) -> str:
    if isinstance(item, float) and not np.isfinite(item):
        shown = "NaN" if item != item else ("Inf" if item > 0 else "-Inf")
        sign = "" if item < 0 else "+" if "+" in flags else " " if " " in flags else ""
        return _padded(sign + shown, flags, width)
    if kind in "diuoxXsc":
        # What does not fit an integer conversion, or one of texts, is shown by %e.
        whole = item == int(item) and kind not in "sc"
        kind, item = (kind, int(item)) if whole else ("e", item)
    else:
        item = float(item)
    point = "" if precision is None else f".{precision}"
    if kind == "o" and "#" in flags:  # Python would write 0o10
        flags, precision = flags.replace("#", ""), None
        return _padded(f"0{item:o}", flags, width)
    return f"%{flags}{width}{point}{kind}" % item


def _padded(text: str, flags: str, width: str) -> str:
    return text.ljust(int(width or 0)) if "-" in flags else text.rjust(int(width or 0))
