"""docs/fidelity.md is what the tests say of themselves."""

import fidelity
import pytest
from reference_folders import ReferenceFolder

TIERS = {"exact", "numeric", "statistical", "documented", "chosen"}


@pytest.fixture(scope="module")
def shown():
    return fidelity.shown_by_tests()


@pytest.fixture(scope="module")
def text():
    return fidelity.page()


def test_the_page_is_not_stale(text):
    """python scripts/fidelity.py --write makes it anew."""
    assert fidelity.PAGE.read_text(encoding="utf-8") == text


def test_the_tests_tiers_are_known(shown):
    assert {s.tier for s in shown} == TIERS


def test_exact_and_chosen_behaviours_are_told_in_words(shown):
    assert not [s.key for s in shown if s.tier in ("exact", "chosen") and not s.behaviour]


def test_each_behaviour_stands_on_the_page_once(shown, text):
    told = [s for s in shown if s.behaviour]
    assert len(told) > 300
    assert [s.key for s in told if text.count(f"`{s.key}`") != 1] == []
    assert text.count("::test_") == len(told)


def test_each_chosen_behaviour_says_what_would_settle_it(shown):
    known = fidelity.settling()
    assert not [s.key for s in shown if s.tier == "chosen" and not known.get(s.key)]


def test_a_golden_gives_its_verdict_to_the_rows_that_it_settles(tmp_path):
    (tmp_path / "tiny").mkdir()
    folder = ReferenceFolder(tmp_path / "tiny")
    folder.add_occlusion()
    folder.write()
    verdicts = fidelity.settled(tmp_path)
    [(golden, verdict)] = verdicts.items()
    assert verdict.startswith("numeric (")
    assert "R20" in verdict
    row = fidelity.row(
        fidelity.Shown("a/test_b.py", "test_c", "chosen", "It is so"),
        {"a/test_b.py::test_c": [fidelity.Settling(golden, ""), fidelity.Settling("other", "")]},
        verdicts,
    )
    assert row == f"| It is so | chosen | `a/test_b.py::test_c` | `{golden}`: {verdict}, `other` |"


def test_without_goldens_there_are_no_verdicts(tmp_path):
    assert fidelity.settled(tmp_path) == {}
