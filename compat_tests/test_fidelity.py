"""docs/fidelity.md and the tests say the same."""

import ast
import re
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parent
PAGE = TESTS.parent / "docs" / "fidelity.md"
ROW = re.compile(
    r"^\| (?P<what>.+) \| (?P<tier>\w+) \| `(?P<file>[\w/]+\.py)::(?P<test>\w+)` \|$", re.M
)


def tier_marks():
    """Find the tier of each test that carries one: {(file, test): tier}."""
    marks = {}
    for path in TESTS.rglob("test_*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            for mark in getattr(node, "decorator_list", []):
                if ast.unparse(mark).startswith("pytest.mark.tier("):
                    file = path.relative_to(TESTS).as_posix()
                    marks[file, node.name] = mark.args[0].value
    return marks


ROWS = [match.groupdict() for match in ROW.finditer(PAGE.read_text(encoding="utf-8"))]
MARKS = tier_marks()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["test"])
def test_each_behaviour_has_a_test_of_its_tier(row):
    assert MARKS.get((row["file"], row["test"])) == row["tier"]


def test_no_row_is_overlooked():
    rows = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if "::test_" in line]
    assert len(rows) == len(ROWS) > 50


def test_exact_and_chosen_behaviours_are_all_on_the_page():
    listed = {(row["file"], row["test"]) for row in ROWS}
    missing = {k for k, tier in MARKS.items() if tier in ("exact", "chosen")} - listed
    assert not missing
