"""prctile, quantile, iqr: NumPy's method "hazen" is the oracle, beside Octave."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matlab_arrays import arrays

from matxai import bounds, dlarray, iqr, mad, prctile, quantile, range_

SHARES = st.lists(st.integers(0, 20).map(lambda n: n / 20), min_size=1, max_size=4)


@pytest.mark.tier("numeric")
@given(A=arrays(["float64", "float32"], min_side=2, min_dims=1), shares=SHARES, data=st.data())
def test_quantiles_are_numpys(A, shares, data):
    dim = data.draw(st.integers(1, A.ndim))
    expected = np.moveaxis(
        np.quantile(A.astype(float), shares, dim - 1, method="hazen"), 0, dim - 1
    )
    rtol = 1e-5 if A.dtype == np.float32 else 1e-12
    made = np.asarray(quantile(A, shares, dim))
    np.testing.assert_allclose(made.reshape(expected.shape), expected, rtol, rtol)
    made = np.asarray(prctile(A, 100 * np.array(shares), dim))
    np.testing.assert_allclose(made.reshape(expected.shape), expected, rtol, 10 * rtol)


@pytest.mark.tier("documented")
def test_shapes_and_nan():
    assert prctile([1, 2, 3, 4, 5], 50) == 3.0
    assert prctile([[1], [2], [3]], [50, 100]).tolist() == [2, 3]
    assert prctile(np.arange(24.0).reshape(2, 3, 4), [10, 50, 90], 2).shape == (2, 3, 4)
    assert prctile(np.arange(24.0).reshape(2, 3, 4), [10, 90], [1, 2]).shape == (2, 1, 4)
    assert prctile(np.arange(24.0).reshape(2, 3, 4), 50, "all") == 11.5
    assert prctile([1, np.nan, 3], 50) == 2
    assert np.isnan(prctile([np.nan, np.nan], 50))
    assert prctile([-np.inf, np.inf, np.inf], 90) == np.inf
    assert quantile([1, 2, 3, 4, 5], 3).tolist() == [1.75, 3, 4.25]
    assert iqr([[1, 2], [3, 6]]).tolist() == [[2, 4]]


@pytest.mark.tier("documented", "`range`, `bounds` and `mad` leave NaN out")
def test_distances():
    assert range_([3, np.nan, 7]) == 4
    assert range_(np.int8([[100, -100]])) == 127
    assert range_([[1, 2], [4, 9]]).tolist() == [[3, 7]]
    assert range_([[1, 2], [4, 9]], 2).tolist() == [[1], [5]]
    assert bounds([[1, 2], [4, np.nan]], "all", nargout=2) == (1, 4)
    assert bounds([4, 1, 2]) == 1
    assert mad([1, np.nan, 5]) == 2
    assert mad([[1, 2, 9], [0, 0, 3]], 1, 2).tolist() == [[1], [0]]
    assert mad([[1, 2], [3, 6]], 0, "all") == 1.5


@pytest.mark.parametrize(
    ("call", "error", "says"),
    [
        (lambda: prctile([1, 2], 101), ValueError, "p must lie between 0 and 100"),
        (lambda: quantile([1, 2], 1.5), ValueError, "p must lie between 0 and 1"),
        (lambda: quantile([1, 2], [0.5, 2]), ValueError, "p must lie between 0 and 1"),
        (lambda: prctile(np.uint8([1]), 50), TypeError, "A must be single or double"),
        (lambda: prctile([1, 2], 50, Method="approximate"), ValueError, "not documented"),
        (lambda: prctile([1, 2], 50, 2), ValueError, "prctile: dim must be 1"),
        (lambda: iqr("a"), TypeError, "A must be a numeric array"),
        (lambda: mad([1, 2], 2), ValueError, "flag must be 0 or 1"),
        (lambda: mad(np.uint8([1, 2])), TypeError, "X must be single or double"),
        (lambda: iqr(dlarray([1.0])), TypeError, "extractdata"),
    ],
)
def test_bad_input(call, error, says):
    with pytest.raises(error, match=says):
        call()
