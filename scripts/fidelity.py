"""Make docs/fidelity.md from the tests' tiers.

    python scripts/fidelity.py            tells whether the page is stale; exit status 1 if it is
    python scripts/fidelity.py --write    rewrites it

A test says what it shows: ``@pytest.mark.tier("chosen", "An absent pixel takes …")``. The headings
and the text between the tables stand in docs/fidelity.md.in, where ``<!-- rows: a.py b.py -->``
stands for the rows of these files of tests, in the order of the files. Which run of MATLAB would
settle a row is said in scripts/matlab/goldens.csv, by the name of its test; such runs, as
makeGoldens.m writes them, are read from compat_tests/goldens, and their verdicts stand in the rows.
"""

import argparse
import ast
import csv
import re
import sys
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
TESTS = ROOT / "compat_tests"
PAGE = ROOT / "docs" / "fidelity.md"
FRAME = ROOT / "docs" / "fidelity.md.in"
SETTLING = ROOT / "scripts" / "matlab" / "goldens.csv"
GOLDENS = TESTS / "goldens"
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


class Settling(NamedTuple):
    """A golden that settles what a test shows; "-" where none can, and why."""

    golden: str
    why: str


def settling():
    """Tell which goldens settle which test's row: {"file.py::test": [Settling, …]}."""
    found = {}
    with SETTLING.open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            found.setdefault(line["test"], []).append(Settling(line["golden"], line["settles"]))
    return found


def settled(folder=GOLDENS):
    """Hold the goldens that are there against matxai: {golden: verdict and MATLAB's release}."""
    from matxai.crosscheck.comparing import CrosscheckError, crosscheck
    from matxai.crosscheck.results import DIFFERS, EXACT, NOT_COMPARABLE, NUMERIC, STATISTICAL

    found = {}
    # Of a golden with several comparisons the worst counts, of those that could be made.
    order = [NOT_COMPARABLE, EXACT, NUMERIC, STATISTICAL, DIFFERS]
    for manifest in sorted(folder.glob("*/manifest.json")):
        found |= _settled_by_calls(manifest.parent)
        try:
            result = crosscheck(manifest.parent)
        except CrosscheckError:
            # It has calls alone, or a network that MATLAB could not build.
            continue
        told = result.environment
        release = f"{told.get('program', 'MATLAB')} {told.get('release', '')}".strip()
        for run in {row.run for row in result.rows if row.run}:
            verdicts = [row.verdict for row in result.rows if row.run == run]
            found[run] = f"{max(verdicts, key=order.index)} ({release})"
    return found


def _settled_by_calls(folder):
    from golden_calls import verdicts_on

    return verdicts_on(folder)


def row(shown, goldens, verdicts):
    line = f"| {shown.behaviour} | {shown.tier} | `{shown.key}` |"
    parts = [_settled_by(golden, verdicts) for golden in goldens.get(shown.key, [])]
    return f"{line} {', '.join(parts)} |" if parts else f"{line} |"


def _settled_by(golden, verdicts):
    if golden.golden == "-":
        return golden.why
    name = f"`{golden.golden}`"
    return f"{name}: {verdicts[golden.golden]}" if golden.golden in verdicts else name


def page(verdicts=None):
    """Return the text of the page."""
    shown, goldens = shown_by_tests(), settling()
    verdicts = settled() if verdicts is None else verdicts
    frame = FRAME.read_text(encoding="utf-8")

    def table(match):
        rows = []
        for file in match["files"].split():
            rows += [s for s in shown if s.file == file and s.behaviour]
        head = "| behaviour | tier | shown by | settled by |\n|---|---|---|---|\n"
        return head + "\n".join(row(s, goldens, verdicts) for s in rows)

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
