"""The page shows the thresholds that are used."""

import re
from pathlib import Path

import pytest

from matxai.crosscheck import thresholds
from matxai.crosscheck.results import VERDICTS

PAGE = Path(__file__).resolve().parents[2] / "docs" / "crosscheck.md"
TEXT = PAGE.read_text(encoding="utf-8")
ROWS = {
    cells[0]: cells[1:]
    for line in TEXT.splitlines()
    if line.startswith("| ") and len(cells := [c.strip() for c in line.strip("|").split("|")]) >= 2
}


@pytest.mark.parametrize("kind", thresholds.NUMERIC)
def test_each_bound_is_on_the_page(kind):
    bound = thresholds.NUMERIC[kind]
    shown, why = ROWS[f"`{kind}`"][-2:]
    assert float(re.match(r"[\de.-]+", shown)[0]) == bound.relative
    assert why == bound.why
    if bound.of_score:
        assert float(re.search(r"([\de.-]+) of the score", shown)[1]) == bound.of_score


NUMBERS = [n for n in thresholds.__all__ if n.isupper() and n != "NUMERIC"]


@pytest.mark.parametrize("name", NUMBERS)
def test_each_number_is_on_the_page(name):
    assert float(ROWS[f"`{name}`"][0]) == getattr(thresholds, name)


def test_the_page_has_no_other_thresholds():
    known = {f"`{name}`" for name in [*NUMBERS, *thresholds.NUMERIC]}
    shown = {cell for cell in ROWS if re.fullmatch(r"`([A-Z_]+|[a-z]+)`", cell)}
    assert shown >= known
    # One capital letter is an argument of the MATLAB side.
    assert {cell for cell in shown if len(cell) > 3 and cell.strip("`").isupper()} <= known


@pytest.mark.parametrize("verdict", VERDICTS)
def test_each_verdict_is_on_the_page(verdict):
    assert VERDICTS[verdict] in ROWS[verdict][0]
