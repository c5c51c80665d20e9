import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matxai import findpeaks

signals = st.lists(st.integers(-5, 5), min_size=3, max_size=30)


@given(signals)
@pytest.mark.tier(
    "documented",
    "Peaks are the samples above both neighbours; of a flat top the first; no end",
)
def test_peaks_are_the_samples_above_both_neighbours(values):
    """Of a flat top the first sample counts, and an end is no peak: written out by runs."""
    runs, at = [], 0
    for i, v in enumerate(values):
        if i and v == values[i - 1]:
            continue
        runs.append((v, i))
    expected = [
        (v, i + 1)
        for (a, _), (v, i), (b, _) in zip(runs, runs[1:], runs[2:], strict=False)
        if v > a and v > b
    ]
    heights, at = findpeaks(values, nargout=2)
    assert list(zip(heights, at, strict=True)) == expected


@given(signals, st.floats(0, 12))
def test_peaks_keep_their_distance_and_the_highest_stays(values, distance):
    heights, where = findpeaks(values, MinPeakDistance=distance, nargout=2)
    assert (np.diff(where) >= distance).all()
    every = findpeaks(values)
    assert not every.size or heights.max() == every.max()


def test_options_choose():
    values = [0, 1, 0, 5, 4, 4.5, 0, 3, 0]
    assert findpeaks(values, "MinPeakHeight", 3).tolist() == [5, 4.5]
    assert findpeaks(values, MinPeakProminence=1).tolist() == [1, 5, 3]
    assert findpeaks(values, Threshold=2).tolist() == [3]
    assert findpeaks(values, NPeaks=2).tolist() == [1, 5]
    assert findpeaks(values, SortStr="descend", NPeaks=3).tolist() == [5, 4.5, 1]
    assert findpeaks(values, SortStr="ascend").tolist() == [1, 3, 4.5, 5]
    assert findpeaks(values, MinPeakWidth=1.5).tolist() == [5]
    assert findpeaks(values, MaxPeakWidth=0.9).tolist() == [4.5]


def test_prominences_and_widths_by_hand():
    heights, where, widths, prominences = findpeaks([0, 2, 0, 0, 4, 2, 3, 0], nargout=4)
    assert heights.tolist() == [2, 4, 3]
    assert where.tolist() == [2, 5, 7]
    assert prominences.tolist() == [2, 4, 1]
    assert widths.tolist() == pytest.approx([1, 0.5 + 1, 0.5 + 1 / 6])


def test_places_are_those_of_x():
    values, x = [0, 1, 0, 2, 0], [0.0, 0.5, 1.5, 2.0, 9.0]
    assert findpeaks(values, x, nargout=2)[1].tolist() == [0.5, 2.0]
    assert findpeaks(values, 10, nargout=2)[1].tolist() == pytest.approx([0.1, 0.3])
    assert findpeaks(values, x, MinPeakDistance=1.6).tolist() == [2]


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (([1, 2],), "data must be a vector of at least 3"),
        ((np.ones((3, 3)),), "data must be a vector"),
        (([1, 2, 3], [1, 2]), "x must hold 3 ascending places"),
        (([1, 2, 3], [3, 2, 1]), "x must hold 3 ascending places"),
        (([1, 2, 3], -1), "sample rate, must be positive"),
        (([1, 2, 3], "MinPeakDistance", -1), "MinPeakDistance must not be negative"),
    ],
)
def test_wrong_input_is_named(args, said):
    with pytest.raises(ValueError, match=said):
        findpeaks(*args)


@given(st.permutations([1, 2, 3]))
@pytest.mark.tier("chosen", "Peaks exactly MinPeakDistance apart are both kept")
def test_peaks_exactly_at_the_distance_are_kept(order):
    values = [0, order[0], 0, order[1], 0, order[2], 0]
    assert len(findpeaks(values, MinPeakDistance=2)) == 3
