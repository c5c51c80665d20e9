"""``matxai crosscheck``: what MATLAB wrote, computed anew and compared."""

from __future__ import annotations

import argparse
import json
import sys

from matxai.files import write_whole

__all__ = ["run_crosscheck"]


def run_crosscheck(given: argparse.Namespace) -> int:
    """Compare a folder and print the table; 0 if nothing differs, else 1."""
    from matxai.crosscheck.comparing import crosscheck
    from matxai.crosscheck.writing import as_json, as_table

    def report(text: str) -> None:
        print(f"  {text} ...", file=sys.stderr, flush=True)

    progress = None if given.quiet else report
    result = crosscheck(given.folder, progress=progress, reruns=given.reruns)
    print(as_table(result), end="")
    if given.json is not None:
        text = json.dumps(as_json(result), indent=2, ensure_ascii=False, allow_nan=False)
        write_whole(given.json, lambda file: file.write(text.encode() + b"\n"))
        print(f"Wrote {given.json}.")
    if given.html is not None:
        from matxai.crosscheck.page import write_page

        write_page(result, given.html)
        print(f"Wrote {given.html}.")
    return result.status
