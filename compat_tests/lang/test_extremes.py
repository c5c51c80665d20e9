"""max and min: GNU Octave is the oracle."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matlab_arrays import arrays, dims_of
from octave import agree, evaluate

import matxai
from matxai import dlarray, dlfeval, dlgradient, extractdata, max, min, times


@pytest.mark.octave
@pytest.mark.tier(
    "documented",
    "`max` and `min` with their indices, along any dimension, of every class, with NaN",
)
@pytest.mark.parametrize("name", ["max", "min"])
@given(A=arrays(nan=True), data=st.data())
def test_along_a_dimension(name, A, data):
    function = getattr(matxai, name)
    for ours, theirs in zip(function(A, nargout=2), evaluate(f"{name}(A)", 2, A=A), strict=True):
        agree(ours, theirs)
    if A.shape == (0,):
        return
    dim = data.draw(dims_of(A))
    ours = function(A, [], dim, nargout=2)
    for mine, theirs in zip(ours, evaluate(f"{name}(A, [], {dim})", 2, A=A), strict=True):
        agree(mine, theirs)
    if A.size:
        ours = function(A, None, "all", nargout=2)
        for mine, theirs in zip(ours, evaluate(f"{name}(A(:))", 2, A=A), strict=True):
            agree(mine, theirs)


@pytest.mark.octave
@pytest.mark.tier("documented")
@pytest.mark.parametrize("name", ["max", "min"])
@given(A=arrays(["float64", "float32", "uint8"], nan=True), data=st.data())
def test_of_two(name, A, data):
    function = getattr(matxai, name)
    B = data.draw(arrays([A.dtype.name], nan=True, shape=A.shape))
    agree(function(A, B), evaluate(f"{name}(A, B)", A=A, B=B))
    if A.shape != (0,):
        agree(function(A, 1.5), evaluate(f"{name}(A, 1.5)", A=A))


def test_nan_wins_if_asked():
    assert np.isnan(max([1, np.nan], [], "includenan"))
    assert max([1, np.nan, 3], [], "includenan", nargout=2)[1] == 2
    assert np.isnan(min(1, np.nan, "includenan"))
    assert max(1, np.nan) == 1


def test_linear_indices():
    A = np.float64([[1, 9, 3], [8, 5, 7]])
    assert max(A, [], 2, "linear", nargout=2)[1].tolist() == [[3], [2]]
    assert max(A, [], [1, 2], nargout=2) == (9.0, 3)
    assert min(A, [], "all", nargout=2) == (1.0, 1)


def test_the_highest_score():
    scores = np.float32([[0.1, 0.7, 0.2]])
    score, channel = max(scores, nargout=2)
    assert (float(score), channel) == (pytest.approx(0.7), 2)
    assert score.dtype == np.float32
    assert type(channel) is int


@pytest.mark.tier("chosen", "`max` and `min` of truth values are truth values")
def test_truth_values_stay_truth_values():
    assert max([True, False]) is True
    assert max(True, False) is True
    assert max(np.int64([1, 2]), 1.5).tolist() == [1.5, 2]


def test_dlarrays_are_differentiated():
    def slope(X):
        value = max(times(X, X), [], "all")
        return value, dlgradient(value, X)

    value, gradient = dlfeval(slope, dlarray([1.0, -3.0, 2.0]))
    assert float(value) == 9
    assert extractdata(gradient).tolist() == [0, -6, 0]
    X = dlarray(np.float32([[1, 5], [7, 3]]), "SC")
    made, place = max(X, [], 1, nargout=2)
    assert extractdata(made).tolist() == [[7, 5]]
    assert place.tolist() == [[2, 1]]
    assert extractdata(max(dlarray([-1.0, 2.0]), 0)).tolist() == [0, 2]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: max([1, 2], "all"), r"options stand behind \[\]"),
        (lambda: max([1, 2], 3, 1), "two arrays are compared"),
        (lambda: min([1, 2], [1, 2, 3]), "sizes do not fit"),
        (lambda: max([[1, 2]], [1, 2]), "neither a row nor a column"),
        (lambda: min([1, 2], [], 2), "dim must be 1 for a 1-D array"),
    ],
)
def test_bad_values(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_integers_of_two_classes():
    with pytest.raises(TypeError, match="uint8|int8"):
        max(np.uint8([1, 2]), np.int8([1, 2]))
    with pytest.raises(TypeError, match="max: B must be a numeric array"):
        max(1, ["a"])
