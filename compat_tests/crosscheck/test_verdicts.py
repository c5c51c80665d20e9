"""How far two arrays agree: the verdict, its numbers and its place."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from matxai.crosscheck.results import DIFFERS, EXACT, NOT_COMPARABLE, NUMERIC
from matxai.crosscheck.thresholds import INTEGER_FRACTION, Bound
from matxai.crosscheck.verdicts import compared, matlab_shaped, subscripts

BOUND = Bound(1e-4, "")
finite = st.floats(-1e6, 1e6, width=32)
arrays = hnp.arrays(
    np.float64, hnp.array_shapes(min_dims=2, max_dims=3, max_side=5), elements=finite
)


@given(arrays)
def test_equal_arrays_are_exact_in_any_class(array):
    found = compared(array.astype(np.float32), array.astype(np.float32).astype(float), BOUND)
    assert (found.verdict, found.largest, found.place) == (EXACT, 0.0, None)


@given(arrays, st.integers(0, 10**6), st.floats(1e-6, 10))
def test_the_numbers_are_those_of_the_difference(theirs, at, by):
    reach = np.abs(theirs).max()
    assume(reach > 1e-3)
    ours = theirs.copy()
    at = at % ours.size
    ours.reshape(-1)[at] += by * reach
    difference = np.abs(ours - theirs)
    found = compared(theirs, ours, BOUND)
    assert found.largest == difference.max()
    assert found.rms == pytest.approx(np.sqrt((difference**2).mean()))
    assert found.relative == pytest.approx(difference.max() / reach)
    assert found.verdict == (NUMERIC if difference.max() <= 1e-4 * reach else DIFFERS)
    assert found.digits == max(0, int(np.floor(-np.log10(found.relative))))
    if found.verdict == DIFFERS:
        shape = matlab_shaped(theirs).shape
        index = np.unravel_index(at, theirs.shape)[: len(shape)]
        assert found.place == tuple(i + 1 for i in index)


def test_the_first_place_is_counted_down_the_columns():
    theirs = np.zeros((3, 4))
    ours = theirs.copy()
    theirs[0, 3] = theirs[2, 1] = 1
    assert compared(theirs, ours, BOUND).place == (3, 2)


@given(st.integers(0, 59))
def test_subscripts_are_matlabs_ind2sub(index):
    numbered = np.arange(60).reshape(3, 4, 5, order="F")
    place = subscripts(index, (3, 4, 5))
    assert numbered[tuple(i - 1 for i in place)] == index


def test_vectors_and_ones_behind_do_not_matter():
    row = np.array([[1.0, 2, 3]])
    for ours in (row.ravel(), row.T, row[:, :, None], row):
        assert compared(row, ours, BOUND).verdict == EXACT


def test_a_transposed_matrix_is_not_the_same():
    theirs = np.arange(4.0).reshape(2, 2)
    assert compared(theirs, theirs.T, BOUND).verdict == DIFFERS
    found = compared(np.ones((2, 3)), np.ones((3, 2)), BOUND)
    assert (found.verdict, found.why) == (DIFFERS, "the size is 2×3 in MATLAB and 3×2 here")


def test_nan_at_the_same_places_is_equal():
    theirs = np.array([[1.0, np.nan], [np.inf, -np.inf]])
    assert compared(theirs, theirs.copy(), BOUND).verdict == EXACT
    ours = theirs.copy()
    ours[0, 0] += 1e-6
    assert compared(theirs, ours, BOUND).verdict == NUMERIC


@pytest.mark.parametrize(("theirs", "ours"), [(np.nan, 2), (2, np.nan), (np.inf, -np.inf)])
def test_nan_at_other_places_is_a_difference(theirs, ours):
    found = compared(np.array([[1.0, 1, theirs]]), np.array([[1.0, 1, ours]]), BOUND)
    assert (found.verdict, found.place) == (DIFFERS, (1, 3))


def test_nothing_but_nan_is_not_comparable():
    nothing = np.full((2, 2), np.nan)
    assert compared(nothing, np.ones((2, 2)), BOUND).verdict == NOT_COMPARABLE
    assert compared(nothing, nothing, BOUND).verdict == NOT_COMPARABLE
    assert compared(np.zeros((0, 3)), np.zeros((0, 3)), BOUND).verdict == NOT_COMPARABLE


def test_images_may_differ_by_a_level_at_few_values():
    theirs = np.full((100, 100), 7, np.uint8)
    ours = theirs.copy()
    count = int(INTEGER_FRACTION * theirs.size)
    ours.reshape(-1)[:count] += 1
    assert compared(theirs, ours, BOUND).verdict == NUMERIC
    ours.reshape(-1)[count] += 1
    assert compared(theirs, ours, BOUND).verdict == DIFFERS
    ours = theirs.copy()
    ours[0, 5] += 2
    found = compared(theirs, ours, BOUND)
    assert (found.verdict, found.place) == (DIFFERS, (1, 6))


def test_a_difference_of_scores_has_their_rounding():
    bound = Bound(1e-4, "", of_score=1e-5)
    theirs, ours = np.array([[1e-3, 5e-4]]), np.array([[1e-3 + 5e-6, 5e-4]])
    assert compared(theirs, ours, bound).verdict == DIFFERS
    assert compared(theirs, ours, bound, score=0.9).verdict == NUMERIC
    found = compared(theirs * 1e-4, ours * 1e-3, bound, score=0.9)
    assert found.verdict == NOT_COMPARABLE
    assert "rounding of the scores" in found.why
