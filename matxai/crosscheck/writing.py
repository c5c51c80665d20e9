"""A result as a table for people, and as JSON for programs."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterator
from typing import Any

from matxai.crosscheck.results import DIFFERS, EXACT, NOT_COMPARABLE, VERDICTS, Result, Row

__all__ = ["as_json", "as_table", "summary"]

_FIELDS = (
    "run", "stage", "what", "verdict", "largest", "rms", "relative", "digits", "place", "blame",
    "why", "kind",
)  # fmt: skip
_WIDTH = 100


def summary(result: Result) -> str:
    """Say in one sentence or two what was found."""
    compared = [row for row in result.rows if row.verdict != NOT_COMPARABLE]
    wrong = [row for row in compared if row.verdict == DIFFERS]
    program = result.environment.get("program") or "MATLAB"
    release = result.environment.get("release")
    of = f"{program} {release}" if release else program
    if wrong:
        blames = list(dict.fromkeys(row.blame for row in wrong if row.blame))
        text = f"{len(wrong)} of {len(compared)} comparisons with {of} differ"
        text += f", because of: {', '.join(blames)}." if blames else "; no cause was found."
    else:
        counts = [(v, result.count(v)) for v in VERDICTS if v not in (DIFFERS, NOT_COMPARABLE)]
        said = ", ".join(f"{count} {verdict}" for verdict, count in counts if count)
        text = f"Nothing differs: all {len(compared)} comparisons with {of} agree ({said})."
    left = result.count(NOT_COMPARABLE)
    return text + (f" {left} could not be compared." if left else "")


def as_table(result: Result) -> str:
    """Write a result as text: a summary, the table, what is behind it, notes, versions."""
    parts = [textwrap.fill(summary(result), _WIDTH), _aligned(result)]
    said = [row for row in result.rows if row.verdict in (DIFFERS, NOT_COMPARABLE)]
    if said:
        parts.append("\n".join(line for row in said for line in _explained(row)))
    if result.notes:
        parts.append("\n".join(["Notes on the folder", *map(_bullet, result.notes)]))
    parts.append(_origin(result))
    return "\n\n".join(parts) + "\n"


def _aligned(result: Result) -> str:
    head = ("", "verdict", "largest", "rms", "digits", "comparison")
    lines = [head, *(_cells(row) for row in result.rows)]
    widths = [max(len(line[i]) for line in lines) for i in range(len(head) - 1)]
    texts = []
    for line in lines:
        cells = [cell.ljust(w) for cell, w in zip(line, widths, strict=False)]
        texts.append("  ".join([*cells, line[-1]]).rstrip())
    return "\n".join([texts[0], "-" * _WIDTH, *texts[1:]])


def _cells(row: Row) -> tuple[str, ...]:
    where = row.run or row.stage
    digits = "all" if row.verdict == EXACT else "" if row.digits is None else str(row.digits)
    return where, row.verdict, _number(row.largest), _number(row.rms), digits, row.what


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.2g}"


def _explained(row: Row) -> Iterator[str]:
    blame = f" because of: {row.blame}" if row.blame else ""
    yield f"{row.run or row.stage}, {row.what}: {row.verdict}{blame}"
    yield from textwrap.wrap(row.why, _WIDTH - 4, initial_indent="    ", subsequent_indent="    ")


def _bullet(note: str) -> str:
    return textwrap.fill(note, _WIDTH, initial_indent="- ", subsequent_indent="  ")


def _origin(result: Result) -> str:
    theirs = [str(result.environment.get(n) or "") for n in ("program", "version", "release")]
    here = ", ".join(f"{name} {number}" for name, number in result.versions.items())
    written = f", written {result.written}" if result.written else ""
    return f"{' '.join(filter(None, theirs)) or 'MATLAB'}{written}\n{here}"


def as_json(result: Result) -> dict[str, Any]:
    """Give a result as what JSON can hold; arrays are left out."""
    return {
        "format": "matxai-crosscheck",
        "version": 1,
        "status": result.status,
        "summary": summary(result),
        "folder": result.folder,
        "written": result.written,
        "environment": _plain(result.environment),
        "versions": dict(result.versions),
        "network": _plain(result.network),
        "runs": _plain(result.runs),
        "rows": [{name: _plain(getattr(row, name)) for name in _FIELDS} for row in result.rows],
        "notes": list(result.notes),
    }


def _plain(value: Any) -> Any:
    if isinstance(value, float) and not math.isfinite(value):
        # JSON has no NaN.
        return None
    if isinstance(value, dict):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(v) for v in value]
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    return str(value)
