"""rescale and normalize."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matlab_arrays import DTYPES, arrays, dims_of
from octave import agree, evaluate

from matxai import dlarray, extractdata, normalize, rescale


@pytest.mark.octave
@pytest.mark.tier("documented")
@given(A=arrays(DTYPES, min_side=1), low=st.integers(-3, 0), high=st.integers(1, 3))
def test_rescale(A, low, high):
    if A.size and A.min() == A.max():
        return
    rtol = 1e-6 if A.dtype == np.float32 else 1e-14
    code = "rescale(A, l, u)" if A.dtype == np.float32 else "rescale(double(A), l, u)"
    agree(rescale(A, low, high), evaluate(code, A=A, l=float(low), u=float(high)), rtol)


@pytest.mark.tier("documented")
def test_all_equal_numbers_become_the_lower_end():
    assert rescale([3, 3, np.nan], -1, 1).tolist()[:2] == [-1, -1]
    assert np.isnan(rescale([3, np.nan])[1])
    assert rescale(5) == 0
    assert np.isnan(rescale([np.inf, np.inf])).all()


def test_given_limits():
    assert rescale([0, 5, 20], "InputMin", 5, "InputMax", 10).tolist() == [0, 0, 1]
    columns = rescale([[0, 0], [2, 4]], InputMin=[[0, 0]], InputMax=[[2, 8]])
    assert columns.tolist() == [[0, 0], [1, 0.5]]
    assert rescale(np.uint8([0, 255])).dtype == np.float64
    assert rescale(np.float32([0, 3])).dtype == np.float32


def test_of_dlarrays():
    X = dlarray(np.float32([[1, 2], [3, 5]]), "SC")
    np.testing.assert_allclose(extractdata(rescale(X)), rescale(extractdata(X)), rtol=1e-6)
    assert extractdata(rescale(dlarray([2.0, 2.0]), 1, 2)).tolist() == [1, 1]


@pytest.mark.tier("documented")
@given(A=arrays(["float64"], min_side=2), data=st.data())
def test_normalize(A, data):
    dim = data.draw(dims_of(A, beyond=0))
    if A.ndim < dim or A.shape[dim - 1] < 2:
        return
    axis = dim - 1
    spread = A.std(axis, ddof=1, keepdims=True)
    middle = A.mean(axis, keepdims=True)
    expected = (A - middle) / np.where(spread == 0, 1, spread)
    np.testing.assert_allclose(normalize(A, dim), expected, atol=1e-12)
    np.testing.assert_allclose(normalize(A, dim, "center"), A - middle, atol=1e-12)
    ranged = normalize(A, dim, "range", [-1, 1])
    assert (np.ptp(ranged, axis)[np.ptp(A, axis) > 0] == pytest.approx(2)) or not np.ptp(A)
    norms = np.abs(A).sum(axis, keepdims=True)
    if norms.all():
        np.testing.assert_allclose(normalize(A, dim, "norm", 1), A / norms, atol=1e-12)


@pytest.mark.tier("chosen", "`normalize` of equal numbers is 0")
def test_equal_numbers_are_normalized_to_0():
    assert normalize([2, 2, 2]).tolist() == [0, 0, 0]
    assert normalize([2, 2, 2], "range").tolist() == [0, 0, 0]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: rescale([1, 2], 1, 0), "l must not be above u"),
        (lambda: rescale([1, 2], InputMin=3, InputMax=1), "InputMin must not be above"),
        (lambda: rescale([[1, 2]], InputMin=[[1], [2]], InputMax=[[3, 4, 5]]), "must fit the size"),
        (lambda: normalize([1, 2], "median"), "the method must be one of"),
        (lambda: normalize([1, 2], "range", 3), "two numbers"),
        (lambda: normalize([1, 2], "zscore", "robust"), "takes no other option"),
    ],
)
def test_bad_values(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_bad_types():
    with pytest.raises(TypeError, match="A must be a numeric array"):
        rescale("text")
    with pytest.raises(TypeError, match="l must be a number"):
        rescale([1], "low")
    with pytest.raises(TypeError, match="extractdata"):
        normalize(dlarray([1.0]))
