"""``matxai port``: MATLAB code as Python code."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from matxai.files import write_whole

if TYPE_CHECKING:
    from matxai.port.units import PortedFile

__all__ = ["run_port"]


def run_port(given: argparse.Namespace) -> int:
    """Port a file or a folder, write the Python files, and say what was left.

    Returns
    -------
    int
        0 if all was ported, 1 if something is left.
    """
    from matxai.port.reports import report_data, report_text
    from matxai.port.units import port_unit

    files = port_unit(given.code, given.out, modernize=given.modernize)
    if not given.code.is_dir() and files[0].problem:
        raise ValueError(f"{given.code}: {files[0].problem}.")
    if not given.check:
        _write(files, given.force)
    data = json.dumps(report_data(files, not given.check), indent=2, ensure_ascii=False) + "\n"
    if given.json == Path("-"):
        _print(data)
    else:
        _print(report_text(files, not given.check) + "\n")
        if given.json is not None:
            write_whole(given.json, lambda file: file.write(_bytes(data)))
    return 0 if all(file.complete for file in files) else 1


def _write(files: Sequence[PortedFile], force: bool) -> None:
    from matxai.port.stamps import may_be_overwritten, stamped

    ported = [file for file in files if file.ported is not None]
    kept = [file.target for file in ported if not (force or may_be_overwritten(file.target))]
    if kept:
        raise ValueError(
            f"{', '.join(map(repr, map(str, kept)))}: not what matxai port wrote last, so nothing "
            "is written. --force overwrites, -o OUT writes elsewhere."
        )
    for file in ported:
        text = stamped(file.ported.code)
        write_whole(file.target, lambda stream, text=text: stream.write(_bytes(text)))


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "backslashreplace")


def _print(text: str) -> None:
    """Print what may have letters that the terminal lacks."""
    encoding = sys.stdout.encoding or "utf-8"
    sys.stdout.write(text.encode(encoding, "backslashreplace").decode(encoding))
