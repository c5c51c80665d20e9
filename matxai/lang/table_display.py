"""How MATLAB shows a table: names, lines under them, and columns in their middle."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from matxai.lang.categorical import categorical
from matxai.lang.summaries import matlab_class, size_text, summary

__all__ = ["cell_text", "table_text"]

_GAP = "    "


def table_text(columns: Mapping[str, Any], rows: list[str] | None) -> str:
    """Write a table: header, underline, an empty line, and the rows.

    Examples
    --------
    >>> print(table_text({"name": ["cat"], "score": np.array([0.25])}, None))
         name      score
        _______    _____
    <BLANKLINE>
        {'cat'}    0.25
    """
    blocks = [_block(name, _lines(values)) for name, values in columns.items()]
    if rows:
        widest = max(map(len, rows))
        lines = [name.ljust(widest) for name in rows]
        blocks.insert(0, [" " * widest, " " * widest, *lines])
    lines = [_GAP + _GAP.join(parts) for parts in zip(*blocks, strict=True)]
    return "\n".join([lines[0].rstrip(), lines[1].rstrip(), "", *lines[2:]])


def _block(name: str, lines: list[str]) -> list[str]:
    """Write one variable: all lines equally wide, name and values each in the middle."""
    inner = max(map(len, lines))
    width = max(inner, len(name))
    head = _middle(name, width)
    underline = "_" * width
    return [head, underline, *(_middle(line.ljust(inner), width) for line in lines)]


def _middle(text: str, width: int) -> str:
    left = (width - len(text)) // 2
    return " " * left + text + " " * (width - len(text) - left)


def _lines(values: Any) -> list[str]:
    """Write the rows of one variable."""
    if isinstance(values, categorical):
        return _texts(np.array(values.tolist(), dtype=object), "", "")
    if isinstance(values, list):
        return _cells(values)
    if values.dtype.kind in "UO":
        return _texts(values, '"', '"')
    if values.ndim > 2:
        return [f"{size_text(row[np.newaxis])} {matlab_class(values)}" for row in values]
    parts = [_numbers(part) for part in values.reshape(len(values), -1).T]
    return [_GAP.join(row) for row in zip(*parts, strict=True)]


def _texts(values: np.ndarray, before: str, after: str) -> list[str]:
    parts = []
    for part in values.reshape(len(values), -1).T:
        written = [f"{before}{text}{after}" for text in part]
        widest = max(map(len, written))
        parts.append([text.ljust(widest) for text in written])
    return [_GAP.join(row) for row in zip(*parts, strict=True)]


def _cells(values: list[Any]) -> list[str]:
    if all(isinstance(item, str) for item in values):
        widest = max(map(len, values))
        return ["{'" + item + "'" + " " * (widest - len(item)) + "}" for item in values]
    written = [cell_text(item) for item in values]
    widest = max(map(len, written))
    return ["{" + item.ljust(widest) + "}" for item in written]


def cell_text(item: Any) -> str:
    """Write what is in a cell, without its braces."""
    words = summary(item)
    if isinstance(item, (bool, int, float, np.number, np.bool_)):
        return f"[{words}]"
    bracketed = words[:1] in "[{" and "×" in words
    return words[1:-1] if bracketed else words


def _numbers(values: np.ndarray) -> list[str]:
    """Write numbers with five significant digits, the points under each other if need be."""
    if values.dtype.kind == "b":
        written = [str(bool(v)).lower() for v in values]
        return [text.ljust(max(map(len, written))) for text in written]
    # Whole numbers of Python are MATLAB's double.
    values = values.astype(float) if values.dtype == np.int64 else values
    written = [_number(v) for v in values.tolist()]
    widest = max(map(len, written))
    return [text.rjust(widest) for text in written]


def _number(value: Any) -> str:
    if value != value:
        return "NaN"
    if value in (np.inf, -np.inf):
        return "Inf" if value > 0 else "-Inf"
    if isinstance(value, complex):
        return f"{value.real:.5g}{value.imag:+.5g}i"
    whole = isinstance(value, int) or (value == int(value) and abs(value) < 1e5)
    return str(int(value)) if whole else f"{value:.5g}"
