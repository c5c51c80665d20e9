"""Elements in order: GNU Octave is the oracle."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matlab_arrays import arrays, dims_of
from octave import agree, evaluate

from matxai import categorical, dlarray, extractdata, issorted, maxk, mink, sort


@pytest.mark.octave
@pytest.mark.tier(
    "documented",
    "`sort` with indices, in both directions, with NaN and equal elements",
)
@given(A=arrays(nan=True), data=st.data(), direction=st.sampled_from(["ascend", "descend"]))
def test_sort(A, data, direction):
    ours = sort(A, direction, nargout=2)
    for mine, theirs in zip(ours, evaluate(f"sort(A, '{direction}')", 2, A=A), strict=True):
        agree(mine, theirs)
    dim = data.draw(dims_of(A, beyond=0))
    ours = sort(A, dim, direction, nargout=2)
    theirs = evaluate(f"sort(A, {dim}, '{direction}')", 2, A=A)
    for mine, other in zip(ours, theirs, strict=True):
        agree(mine, other)


@pytest.mark.octave
@pytest.mark.tier("documented")
@given(A=arrays(["float64", "uint8"], nan=False, min_side=1), data=st.data(), k=st.integers(1, 5))
def test_maxk_is_the_beginning_of_what_is_sorted(A, data, k):
    dim = data.draw(dims_of(A, beyond=0))
    for function, direction in ((maxk, "descend"), (mink, "ascend")):
        theirs = evaluate(f"sort(A, {dim}, '{direction}')", 2, A=A)
        for mine, (kind, array) in zip(function(A, k, dim, nargout=2), theirs, strict=True):
            agree(mine, (kind, np.take(array, range(min(k, array.shape[dim - 1])), dim - 1)))


@pytest.mark.tier("documented")
def test_nan_comes_last_in_maxk():
    assert maxk([1, np.nan, 3, 3], 3, nargout=2)[1].tolist() == [3, 4, 1]
    assert mink([np.nan, 1], 2, nargout=2)[1].tolist() == [2, 1]
    assert maxk([4, 5], 1, nargout=2) == (5.0, 2)


@pytest.mark.tier("documented")
def test_texts_and_labels():
    assert sort(["b", "a", "C"]).tolist() == ["C", "a", "b"]
    labels = categorical(["dog", "cat", ""], ["dog", "cat"])
    made, place = sort(labels, nargout=2)
    assert made.tolist() == ["dog", "cat", "<undefined>"]
    assert place.tolist() == [1, 2, 3]


def test_a_dimension_of_length_1_is_sorted():
    B, place = sort([[3, 1]], 3, nargout=2)
    assert B.tolist() == [[3, 1]]
    assert place.tolist() == [[1, 1]]


def test_missing_placement():
    B = sort([2, np.nan, 1], "descend", "MissingPlacement", "last")
    np.testing.assert_array_equal(B, [2, 1, np.nan])
    B = sort([2, np.nan, 1], "MissingPlacement", "first")
    np.testing.assert_array_equal(B, [np.nan, 1, 2])


def test_dlarrays():
    X = dlarray(np.float32([[3, 1], [2, 5]]), "SC")
    B, place = sort(X, 1, "descend", nargout=2)
    assert extractdata(B).tolist() == [[3, 5], [2, 1]]
    assert place.tolist() == [[1, 2], [2, 1]]
    assert extractdata(maxk(dlarray([3.0, 1.0, 2.0]), 2)).tolist() == [3, 2]


@pytest.mark.octave
@pytest.mark.tier("documented")
@given(A=st.lists(st.integers(0, 3), min_size=1, max_size=4))
def test_issorted(A):
    A = [float(a) for a in A]
    agree(issorted(A), evaluate("issorted(A)", A=A))
    agree(issorted(A, "descend"), evaluate("issorted(A, 'descend')", A=A))
    assert issorted(A, "strictascend") == all(np.diff(A) > 0)
    assert issorted(A, "monotonic") == (all(np.diff(A) >= 0) or all(np.diff(A) <= 0))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: sort([1, 2], "up"), 'direction must be "ascend" or "descend"'),
        (lambda: sort([1, 2], 2), "dim must be 1"),
        (lambda: sort([1, 2], 1, "ascend", 3), "not one of its options"),
        (lambda: maxk([1, 2], 0), "k must be a positive integer"),
        (lambda: issorted([[1, 2], [3, 4]]), "A must be a vector"),
    ],
)
def test_bad_values(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_bad_types():
    with pytest.raises(TypeError, match="A must hold numbers or texts"):
        sort([1, "a", None])
    with pytest.raises(TypeError, match="A must be a numeric array"):
        maxk(["a"], 1)
