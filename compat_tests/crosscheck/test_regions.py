"""How far two divisions of an image agree."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from matxai.crosscheck.reading import Folder
from matxai.crosscheck.regions import compare_regions, moved_regions, part_elsewhere
from matxai.crosscheck.results import DIFFERS, EXACT, NUMERIC
from matxai.crosscheck.setting import Setting

labels = hnp.arrays(np.int64, (5, 6), elements=st.integers(1, 3))


def row(theirs, ours, **more):
    return compare_regions(Setting(Folder(path=None)), "regions", "map", theirs, ours, **more)


@given(labels, st.permutations([1, 2, 3]))
def test_names_of_regions_do_not_count(theirs, names):
    assert part_elsewhere(theirs, np.array([0, *names])[theirs]) == 0


@given(labels, labels)
def test_the_part_is_at_least_that_of_the_best_naming(theirs, ours):
    """All namings are tried; ours is greedy, so never better."""
    best = min(
        (np.array([0, *names])[ours] != theirs).mean()
        for names in itertools.permutations([1, 2, 3])
    )
    found = part_elsewhere(theirs, ours)
    assert best - 1e-12 <= found <= 1
    if best < 0.05:
        assert found == pytest.approx(best)


def test_verdicts_of_regions():
    theirs = np.kron(np.arange(1, 17).reshape(4, 4), np.ones((20, 20), int))
    assert row(theirs, theirs.astype(float)).verdict == EXACT
    few = theirs.copy()
    few[0, 20] = 1
    assert row(theirs, few).verdict == NUMERIC
    many = theirs.copy()
    many[:10, 20:30] = 1
    found = row(theirs, many)
    assert (found.verdict, found.blame, found.place) == (DIFFERS, "", (1, 21))
    assert row(theirs, 17 - theirs).blame == "numbering"
    assert "20×20 in MATLAB" in row(theirs[:20, :20], theirs).why


@pytest.mark.parametrize(
    ("axis", "by", "said"),
    [(0, 1, "up"), (0, -1, "down"), (1, 1, "left"), (1, -1, "right"), (None, 0, "transposed")],
)
def test_regions_that_lie_elsewhere_are_found(axis, by, said):
    big = np.random.RandomState(0).randint(1, 9, (9, 9)).repeat(5, 0).repeat(5, 1)
    theirs = big[2:-2, 2:-2]
    ours = theirs.T if axis is None else np.roll(big, by, axis)[2:-2, 2:-2]
    found = row(theirs, ours, hypotheses=lambda: moved_regions(theirs, ours))
    assert (found.verdict, found.blame) == (DIFFERS, "regions")
    assert said in found.why
