"""ismissing and rmmissing."""

import numpy as np
import pytest
from hypothesis import given
from matlab_arrays import arrays

from matxai import (
    array2table,
    categorical,
    datetime,
    ismissing,
    isnan,
    rmmissing,
    seconds,
    string,
    table,
)

NAN = float("nan")


@given(A=arrays(nan=True))
def test_missing_numbers_are_nan(A):
    assert np.array_equal(ismissing(A), isnan(A))


@pytest.mark.tier("documented")
def test_what_is_missing_depends_on_the_class():
    assert ismissing(NAN) is True
    assert ismissing(["a", "", " "]).tolist() == [False, True, False]
    assert ismissing([["a", ""], ["", "b"]]).tolist() == [[False, True], [True, False]]
    assert ismissing(np.array(["a", "", None], object)).tolist() == [False, False, True]
    assert ismissing(string(["a", ""])).tolist() == [False, False]
    assert ismissing("") is False
    assert ismissing(categorical(["a", "", "b"])).tolist() == [False, True, False]
    assert ismissing(np.array([0, 1], np.uint8)).tolist() == [False, False]
    assert ismissing(["a", 1]).tolist() == [False, False]
    assert ismissing(datetime(["2024-03-05", ""])).tolist() == [False, True]
    assert ismissing(seconds([1, NAN])).tolist() == [False, True]


@pytest.mark.tier("documented")
def test_indicators_stand_in_place_of_the_default():
    assert ismissing([NAN, 0, -99], [0, -99]).tolist() == [False, True, True]
    assert ismissing([NAN, 0, -99], [NAN, -99]).tolist() == [True, False, True]
    assert ismissing(np.array([1, 255], np.uint8), 255).tolist() == [False, True]
    assert ismissing(["a", "n/a", ""], "n/a").tolist() == [False, True, False]
    assert ismissing(["a", "n/a "], ["n/a"]).tolist() == [False, False]
    assert ismissing(categorical(["a", "n/a", ""]), [" n/a "]).tolist() == [False, True, False]


def scores():
    return table(
        ["cat", "", "dog"],
        [0.5, NAN, NAN],
        categorical(["yes", "no", ""]),
        [1, 2, 3],
        VariableNames=["name", "score", "sure", "rank"],
    )


@pytest.mark.tier("documented")
def test_missing_values_of_a_table():
    assert ismissing(scores()).tolist() == [
        [False, False, False, False],
        [True, True, False, False],
        [False, True, True, False],
    ]
    assert ismissing(scores(), [3, "cat"]).tolist() == [
        [True, False, False, False],
        [False, False, False, False],
        [False, False, False, True],
    ]


@given(A=arrays(nan=True, max_dims=2, min_dims=2))
def test_rows_that_stay_have_no_missing_elements(A):
    if 1 in A.shape:
        left, gone = rmmissing(A, nargout=2)
        assert np.array_equal(left.ravel(), A.ravel()[~np.isnan(A.ravel())])
        assert gone.sum() == np.isnan(A).sum()
        return
    rows, gone = rmmissing(A, nargout=2)
    assert np.array_equal(rows, A[~np.isnan(A).any(axis=1)])
    assert np.array_equal(gone, np.isnan(A).any(axis=1))
    assert np.array_equal(rmmissing(A, 2), rmmissing(A.T).T)
    assert rows.dtype == A.dtype


@pytest.mark.tier("documented")
def test_what_is_removed():
    assert rmmissing([1, NAN, 3]).tolist() == [1, 3]
    assert rmmissing(NAN).tolist() == []
    assert rmmissing(["a", "", "b"]) == ["a", "b"]
    assert rmmissing([["a", ""], ["b", "c"]]) == [["b", "c"]]
    assert rmmissing(categorical(["a", "", "b"])).tolist() == ["a", "b"]
    assert rmmissing(seconds([1, NAN, 3])).tolist() == ["1 sec", "3 sec"]
    assert rmmissing([[1, NAN], [NAN, NAN]], MinNumMissing=2).tolist()[0][0] == 1
    assert rmmissing([[1, NAN], [3, 4]], "MinNumMissing", 2).shape == (2, 2)
    assert rmmissing(np.array([[1, NAN, 3]]), 1).shape == (0, 3)


@pytest.mark.tier("documented")
def test_rows_and_variables_of_a_table_are_removed():
    left, gone = rmmissing(scores(), nargout=2)
    assert left.name == ["cat"]
    assert gone.tolist() == [False, True, True]
    assert rmmissing(scores(), "DataVariables", "name").name == ["cat", "dog"]
    assert rmmissing(scores(), DataVariables=["name", "sure"]).rank.tolist() == [1]
    assert list(rmmissing(scores(), 2)) == ["rank"]
    assert len(rmmissing(scores(), MinNumMissing=3)) == 3


@pytest.mark.parametrize(
    ("call", "error", "says"),
    [
        (lambda: ismissing({}), TypeError, "ismissing: A must be a numeric array"),
        (lambda: ismissing([1], ["a"]), TypeError, "indicator must hold values such as those of A"),
        (lambda: ismissing(["a"], [1]), TypeError, "indicator must hold values such as those of A"),
        (lambda: ismissing([1], [{}]), TypeError, "indicator must hold numbers or texts"),
        (lambda: rmmissing({}), TypeError, "rmmissing: A must be a numeric array"),
        (lambda: rmmissing([1, 2], 1), ValueError, "neither a row nor a column"),
        (lambda: rmmissing(np.ones((2, 2, 2))), ValueError, "a vector or a matrix"),
        (lambda: rmmissing(np.ones((2, 2)), 3), ValueError, "dim 1 or 2"),
        (lambda: rmmissing([1], DataVariables="a"), TypeError, "DataVariables is for tables"),
        (lambda: rmmissing(array2table([[1]]), 3), ValueError, "dim must be 1 or 2"),
        (
            lambda: rmmissing(array2table([[1]]), 2, DataVariables="A1"),
            ValueError,
            "DataVariables is for dim 1",
        ),
    ],
)
def test_bad_input(call, error, says):
    with pytest.raises(error, match=says):
        call()
