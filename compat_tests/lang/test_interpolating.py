"""interp1 and the integrals: properties, SciPy, and what is refused. Octave has the numbers."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.interpolate import Akima1DInterpolator

from matxai import cumtrapz, interp1, trapz

METHODS = ["linear", "nearest", "next", "previous", "pchip", "makima", "spline"]
POINTS = st.lists(
    st.tuples(st.integers(-20, 20), st.integers(-9, 9)), min_size=4, max_size=8,
    unique_by=lambda p: p[0],
)  # fmt: skip


@pytest.mark.tier("documented")
@given(points=POINTS, method=st.sampled_from(METHODS))
def test_points_themselves_are_met(points, method):
    x, v = np.array(points, float).T
    np.testing.assert_allclose(interp1(x, v, x, method), v, 1e-9, 1e-9)
    outside = interp1(x, v, [x.min() - 1, x.max() + 1], method)
    assert np.isnan(outside).all() == (method not in ("pchip", "makima", "spline"))
    assert interp1(x, v, x.max() + 1, method, -7) == -7


@pytest.mark.tier("numeric")
def test_makima_is_scipys():
    x, v = np.arange(8.0), np.array([0, 1, 1, 1, 3, -2, 5, 5.0])
    q = np.linspace(0, 7, 40)
    expected = Akima1DInterpolator(x, v, method="makima")(q)
    np.testing.assert_allclose(interp1(x, v, q, "makima"), expected, 1e-12, 1e-12)


@pytest.mark.tier("documented")
def test_sizes():
    v = np.arange(12.0).reshape(4, 3)
    assert interp1(v, [1.5, 2]).tolist() == [[1.5, 2.5, 3.5], [3, 4, 5]]
    assert interp1(v, [[1, 2], [3, 4]]).shape == (2, 2, 3)
    assert interp1([1, 2, 3], [[4, 5, 6]], [[1], [2]]).tolist() == [[4], [5]]
    assert interp1([3, 1, 2], [30, 10, 20], 1.5) == 15
    assert np.isnan(interp1([1, 2], [3, 4], np.nan))
    assert interp1(np.float32([1, 2]), np.float32([3, 4]), np.float32(1.5)).dtype == np.float32
    assert interp1([1, 2, 3], [np.nan, 4, 5], 2) == 4


def test_the_middle_is_taken_up():
    assert interp1([1, 2, 3], [10, 20, 30], [1.5, 2.5], "nearest").tolist() == [20, 30]


@pytest.mark.tier("documented", "One number behind an array is a dimension for `trapz`")
def test_integrals():
    Y = np.array([[1.0, 2, 4], [0, 1, 5]])
    assert trapz(Y, 2).tolist() == [[4.5], [3.5]]
    assert trapz(Y).tolist() == [[0.5, 1.5, 4.5]]
    assert trapz(2, [1, 2, 4]) == 9
    assert trapz([0, 1, 3], Y, 2).tolist() == [[7.5], [6.5]]
    assert trapz(Y * 0 + [0, 1, 3], Y, 2).tolist() == [[7.5], [6.5]]
    assert cumtrapz(Y, 2).tolist() == [[0, 1.5, 4.5], [0, 0.5, 3.5]]
    assert cumtrapz([1, 2, 4]).tolist() == [0, 1.5, 4.5]
    assert trapz([]) == 0
    assert trapz(np.uint8([200, 200])) == 200


@pytest.mark.parametrize(
    ("call", "error", "says"),
    [
        (lambda: interp1([1, 1], [2, 3], 1), ValueError, "no number twice"),
        (lambda: interp1([1, 2], [2, 3, 4], 1), ValueError, "same length"),
        (lambda: interp1([1], [2], 1), ValueError, "at least two finite"),
        (lambda: interp1([1, 2], [2, 3], 1, "cubic"), ValueError, "different methods"),
        (lambda: interp1([1, 2], [2, 3], 1, "quadratic"), ValueError, "method must be"),
        (lambda: interp1([1, 2], [2, 3], 1, "linear", "nan"), ValueError, "'extrap' or a number"),
        (lambda: interp1([1, 2]), TypeError, "call interp1"),
        (lambda: interp1(1j, [2, 3], 1), TypeError, "complex"),
        (lambda: trapz(), TypeError, "call trapz"),
        (lambda: trapz([1, 2], [1, 2, 3]), ValueError, "as long as Y"),
        (lambda: trapz([1, 2], [1, 2], 1), ValueError, "leave it out"),
        (lambda: cumtrapz([[1, 2]], 0), ValueError, "dim must be a positive integer"),
        (lambda: cumtrapz("a"), TypeError, "Y must be a numeric array"),
    ],
)
def test_bad_input(call, error, says):
    with pytest.raises(error, match=says):
        call()
