"""cumprod, cummax, cummin: classes, NaN and directions. cumsum is tested with the reductions."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matlab_arrays import arrays, dims_of

from matxai import cummax, cummin, cumprod, dlarray, extractdata


@pytest.mark.tier("documented")
@given(A=arrays(["float64", "int8"], min_side=1), data=st.data())
def test_extremes_so_far(A, data):
    dim = data.draw(dims_of(A, beyond=0))
    if A.ndim and dim <= A.ndim:
        made = cummax(A, dim)
        np.testing.assert_array_equal(made, np.maximum.accumulate(A, dim - 1))
        assert made.dtype == A.dtype
        backwards = np.flip(cummin(np.flip(A, dim - 1), dim), dim - 1)
        np.testing.assert_array_equal(cummin(A, dim, "reverse"), backwards)


@pytest.mark.tier("documented")
def test_nan():
    A = [np.nan, 2, np.nan, 1, 3]
    np.testing.assert_array_equal(cummax(A), [np.nan, 2, 2, 2, 3])
    np.testing.assert_array_equal(cummin(A, "includenan"), [np.nan] * 5)
    np.testing.assert_array_equal(cumprod(A, "omitnan"), [1, 2, 2, 2, 6])
    np.testing.assert_array_equal(cumprod(A[1:]), [2, np.nan, np.nan, np.nan])


@pytest.mark.tier("documented")
def test_products_saturate_step_by_step():
    assert cumprod(np.int8([100, 2, -1])).tolist() == [100, 127, -127]
    assert cumprod(np.uint8([100, 3, 0, 5])).tolist() == [100, 255, 0, 0]
    assert cumprod([True, False]).tolist() == [1.0, 0.0]
    assert cumprod([[2, 3], [4, 5]], 2, "reverse").tolist() == [[6, 3], [20, 5]]


def test_dlarrays():
    assert extractdata(cumprod(dlarray([2.0, 3.0, 4.0]))).tolist() == [2, 6, 24]
    with pytest.raises(TypeError, match="extractdata"):
        cummax(dlarray([1.0]))


@pytest.mark.parametrize("function", [cumprod, cummax, cummin])
def test_bad_values(function):
    with pytest.raises(ValueError, match="one dimension, but is 'all'"):
        function([1, 2], "all")
    with pytest.raises(ValueError, match="'down' is not one of its options"):
        function([1, 2], 1, "down")
    with pytest.raises(TypeError, match="A must be a numeric array"):
        function("text")
