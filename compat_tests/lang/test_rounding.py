"""Functions of single numbers: GNU Octave is the oracle."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matlab_arrays import arrays
from octave import agree, evaluate

import matxai
from matxai import abs, dlarray, dlfeval, dlgradient, extractdata, fix, log, round, sqrt, sum

NAMES = ["abs", "sign", "round", "floor", "ceil", "fix"]
edges = st.sampled_from([0.5, -0.5, 2.5, -2.5, 0.49999999999999994, 4503599627370497.0, np.inf])


@pytest.mark.octave
@pytest.mark.tier("documented")
@given(A=arrays(nan=True), x=edges)
def test_rounding(A, x):
    for name in NAMES:
        function = getattr(matxai, name)
        if A.shape != (0,):
            agree(function(A), evaluate(f"{name}(A)", A=A))
        agree(function(x), evaluate(f"{name}(x)", x=x))


@pytest.mark.octave
@pytest.mark.tier("documented")
@given(A=arrays(["float64", "float32"], nan=True, min_side=1))
def test_powers(A):
    rtol = 1e-6 if A.dtype == np.float32 else 1e-14
    agree(matxai.exp(A), evaluate("exp(A)", A=A), rtol)
    A = np.abs(A)
    agree(sqrt(A), evaluate("sqrt(A)", A=A), rtol)
    agree(log(A), evaluate("log(A)", A=A), rtol)


@pytest.mark.tier("chosen", "`round(X,N)` is `round(X·10^N)/10^N`")
def test_rounding_to_digits():
    assert round(3.14159, 2) == 3.14
    assert round(-2.5, 0) == -3
    assert round(1250, -2) == 1300
    assert round(0.012345, 3, "significant") == 0.0123
    assert round(np.inf, 2) == np.inf
    assert round(0, 2, "significant") == 0
    assert round(np.uint8([14, 15]), -1).tolist() == [10, 20]


def test_the_least_integer_has_no_counterpart():
    assert abs(np.int8([-128])).tolist() == [127]


@pytest.mark.tier("chosen", "`sqrt` and `log` of negative numbers, complex in MATLAB, are errors")
@pytest.mark.parametrize("function", [sqrt, log])
def test_complex_results_are_refused(function):
    with pytest.raises(ValueError, match="complex"):
        function([1, -1])


def test_dlarrays_are_traced():
    def slope(X):
        return dlgradient(sum(abs(X) * sqrt(X * X), "all"), X)

    gradient = dlfeval(slope, dlarray([2.0, -3.0]))
    assert extractdata(gradient).tolist() == [4, -6]
    X = dlarray([-2.5, 2.5, 0.4])
    assert extractdata(round(X)).tolist() == [-3, 3, 0]
    assert extractdata(fix(X)).tolist() == [-2, 2, 0]


def test_bad_input():
    with pytest.raises(ValueError, match="N must be an integer"):
        round(1, 0.5)
    with pytest.raises(ValueError, match='type must be "decimals" or "significant"'):
        round(1, 1, "digits")
    for name in (*NAMES, "sqrt", "exp", "log"):
        with pytest.raises(TypeError, match=f"{name}: X must be a numeric array"):
            getattr(matxai, name)("a")
