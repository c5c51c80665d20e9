"""The last line of a ported file, by which it is known again and overwritten only unedited."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

__all__ = ["may_be_overwritten", "stamped"]

_STAMP = re.compile(r"# matxai port (?P<sum>[0-9a-f]{12}): overwritten only as long as unedited\n?")


def stamped(code: str) -> str:
    """Put the stamp below the code of a ported file."""
    code = code.rstrip("\n") + "\n"
    return f"{code}\n# matxai port {_sum(code)}: overwritten only as long as unedited\n"


def may_be_overwritten(path: Path) -> bool:
    """Whether there is no such file, or one that was ported and not edited since."""
    if not path.exists():
        return True
    if not path.is_file():
        return False
    text = path.read_text(encoding="utf-8", errors="replace")
    code, _, last = text.rstrip("\n").rpartition("\n")
    found = _STAMP.fullmatch(last)
    return found is not None and found["sum"] == _sum(code)


def _sum(code: str) -> str:
    lines = "\n".join(line.rstrip() for line in code.strip("\n").split("\n"))
    return hashlib.sha256(lines.encode("utf-8", "surrogatepass")).hexdigest()[:12]
