"""The tables of docs/performance.md."""

import os
import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

PAGE = Path(__file__).resolve().parents[2] / "docs" / "performance.md"
PEERS = ("captum", "lime", "dianna", "onnxruntime", "torch")


def table(rows):
    lines = ["| what | network | median | lowest to highest | target | met |", "|" + "---|" * 6]
    for row in rows:
        spread = f"{row.values.min():.2f} to {row.values.max():.2f}" if len(row.values) > 1 else ""
        met = {None: "", True: "yes", False: "**no**"}[row.met]
        lines.append(
            f"| {row.what} | {row.network} | {row.median:.2f}{row.unit} | {spread} | "
            f"{row.target or ''} | {met} |"
        )
    # Of a first call there is one; what is measured in all rounds says how many these were.
    rounds = {len(row.values) for row in rows if len(row.values) > 1} or {1}
    many = f"Of {min(rounds)} to {max(rounds)} rounds" if len(rounds) > 1 else _rounds(*rounds)
    where = f"{platform.machine()}, {os.cpu_count()} cores"
    return "\n".join([*lines, "", f"{many}; {', '.join(_versions())} ({where})."])


def _rounds(count):
    return f"Of {count} rounds" if count > 1 else "Of one round"


def _versions():
    for name in PEERS:
        try:
            yield f"{name} {version(name)}"
        except PackageNotFoundError:
            continue


def write(name, text):
    """Put a table between its marks in the page."""
    begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
    page = PAGE.read_text(encoding="utf-8")
    before, rest = page.split(begin)
    after = rest.split(end)[1]
    PAGE.write_text(f"{before}{begin}\n{text}\n{end}{after}", encoding="utf-8")
