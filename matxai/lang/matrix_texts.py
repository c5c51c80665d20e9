"""str2num: a text that is a number, or a matrix of numbers."""

from __future__ import annotations

import re
from typing import Any

import numpy as np

from matxai.arguments import describe, text
from matxai.calling import matlab_function

__all__ = ["str2num"]

_NUMBER = r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eEdD][+-]?\d+)?"
_ITEM = re.compile(rf"(?P<number>{_NUMBER})|(?P<sign>[+-]?)(?P<name>[A-Za-z]\w*)")
_RANGE = re.compile(rf"\s*({_NUMBER})\s*:\s*({_NUMBER})\s*(?::\s*({_NUMBER})\s*)?")
_NAMES = {
    "pi": np.pi,
    "Inf": np.inf,
    "inf": np.inf,
    "NaN": np.nan,
    "nan": np.nan,
    "eps": float(np.finfo(np.float64).eps),
    "true": True,
    "false": False,
}


@matlab_function("X", "tf", accepts={"txt": text})
def str2num(txt, *, nargout=1):
    """Read a number, or a matrix of numbers, from a text.

    Parameters
    ----------
    txt : str
        The text, such as "2.5", "[1 2; 3 4]", "1,2,3" or "1:5". pi, Inf, NaN, eps, true and
        false are known.
    nargout : int, default 1
        Number of outputs to return.

    Returns
    -------
    X : float, bool, or numpy.ndarray
        The number; a 1-D array of a row or column; or a matrix. An empty text gives an empty
        matrix.
    tf : bool
        Whether the text held numbers.

    Raises
    ------
    TypeError
        If `txt` is no text.
    ValueError
        If it is anything else: MATLAB runs it as code, which is not done here.

    See Also
    --------
    str2double : one number, NaN for anything else.

    Notes
    -----
    Documented for what is read; held against GNU Octave.

    Examples
    --------
    >>> from matxai import str2num
    >>> str2num("[1 2; 3 4]")
    array([[1., 2.],
           [3., 4.]])
    """
    inner = txt.strip()
    if inner.startswith("[") and inner.endswith("]"):
        inner = inner[1:-1]
    rows = [_row(part, txt) for part in re.split(r"[;\n]", inner)]
    rows = [row for row in rows if row]
    if not rows:
        return np.zeros((0, 0)), bool(txt.strip())
    if len({len(row) for row in rows}) > 1:
        raise ValueError(
            f"str2num: the rows of txt must be equally long, but have "
            f"{', '.join(str(len(row)) for row in rows)} elements."
        )
    items = [item for row in rows for item in row]
    kind = bool if all(isinstance(item, bool) for item in items) else np.float64
    made = np.array(rows, dtype=kind)
    if made.size == 1:
        return made.item(), True
    return (made.reshape(-1) if 1 in made.shape else made), True


def _row(part: str, whole: str) -> list[Any]:
    span = _RANGE.fullmatch(part)
    if span:
        return _between(span)
    items: list[Any] = []
    place = 0
    while True:
        place += len(part[place:]) - len(part[place:].lstrip())
        if place == len(part):
            return items
        found = _ITEM.match(part, place)
        after = part[found.end() : found.end() + 1] if found else ""
        known = found and (found["number"] or found["name"] in _NAMES)
        if not known or after not in ("", " ", "\t", ","):
            raise ValueError(
                f"str2num: txt must be a number or a matrix of numbers, but is {describe(whole)}. "
                f"MATLAB runs it as code: write that code itself."
            )
        items.append(_value(found))
        place = found.end()
        comma = re.compile(r"\s*,\s*").match(part, place)
        place = comma.end() if comma else place


def _value(found: re.Match[str]) -> Any:
    if found["number"]:
        return float(found["number"].replace("d", "e").replace("D", "e"))
    value = _NAMES[found["name"]]
    if not found["sign"]:
        return value
    return float(value) * (-1 if found["sign"] == "-" else 1)


def _between(span: re.Match[str]) -> list[float]:
    first, second, third = (
        float(n.lower().replace("d", "e")) if n else None for n in span.groups()
    )
    step, last = (1.0, second) if third is None else (second, third)
    if step == 0 or (last - first) / step < 0:
        return []
    # A little more, for steps that are no binary fractions.
    count = int(np.floor((last - first) / step * (1 + 4e-16) + 1e-10)) + 1
    return [first + step * k for k in range(count)]
