"""Make docs/fidelity.md from the tests' tiers.

    python scripts/fidelity.py            tells whether the page is stale; exit status 1 if it is
    python scripts/fidelity.py --write    rewrites it

A test says what it shows: ``@pytest.mark.tier("chosen", "An absent pixel takes …")``. The headings
and the text between the tables stand in docs/fidelity.md.in, where ``<!-- rows: a.py b.py -->``
stands for the rows of these files of tests, in the order of the files. Which MATLAB run would settle
a chosen row is said in scripts/matlab/goldens.json, by the name of its test.
"""

import argparse
import ast
import json
import re
import sys
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
TESTS = ROOT / "compat_tests"
PAGE = ROOT / "docs" / "fidelity.md"
FRAME = ROOT / "docs" / "fidelity.md.in"
GOLDENS = ROOT / "scripts" / "matlab" / "goldens.json"
PLACE = re.compile(r"^<!-- rows: (?P<files>[^>]*) -->$", re.M)


class Shown(NamedTuple):
    """What one test shows."""

    file: str
    test: str
    tier: str
    behaviour: str | None

    @property
    def key(self):
        return f"{self.file}::{self.test}"


def shown_by_tests():
    """Read the marks of all tests, in the order in which they stand."""
    found = []
    for path in sorted(TESTS.rglob("test_*.py")):
        file = path.relative_to(TESTS).as_posix()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            for mark in getattr(node, "decorator_list", []):
                if ast.unparse(mark).startswith("pytest.mark.tier("):
                    tier, *rest = (ast.literal_eval(arg) for arg in mark.args)
                    found.append(Shown(file, node.name, tier, rest[0] if rest else None))
    return found


def settling():
    """Tell which golden settles which test's row: {"file.py::test": id, or why none can}."""
    return json.loads(GOLDENS.read_text(encoding="utf-8"))


def row(shown, goldens):
    line = f"| {shown.behaviour} | {shown.tier} | `{shown.key}` |"
    return line if shown.tier != "chosen" else f"{line} {goldens.get(shown.key, '')} |"


def page():
    """Return the text of the page."""
    shown, goldens = shown_by_tests(), settling()
    frame = FRAME.read_text(encoding="utf-8")

    def table(match):
        rows = []
        for file in match["files"].split():
            rows += [s for s in shown if s.file == file and s.behaviour]
        head = "| behaviour | tier | shown by | settled by |\n|---|---|---|---|\n"
        return head + "\n".join(row(s, goldens) for s in rows)

    return PLACE.sub(table, frame)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--write", action="store_true", help="rewrite docs/fidelity.md")
    text = page()
    if parser.parse_args().write:
        PAGE.write_text(text, encoding="utf-8")
    elif PAGE.read_text(encoding="utf-8") != text:
        print("docs/fidelity.md is stale: run python scripts/fidelity.py --write")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
