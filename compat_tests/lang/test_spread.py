"""median, mode, var, std, norm: GNU Octave is the oracle."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from matlab_arrays import DTYPES, arrays, dims_of
from octave import agree, evaluate
from octave_differences import classes_for

import matxai
from matxai import dlarray, extractdata, median, mode, norm, std, var


@pytest.mark.octave
@pytest.mark.tier("documented")
@given(A=arrays(classes_for("median", DTYPES), nan=True, min_side=1), data=st.data())
def test_median(A, data):
    agree(median(A), evaluate("median(A)", A=A))
    dim = data.draw(dims_of(A))
    agree(median(A, dim), evaluate(f"median(A, {dim})", A=A))


@pytest.mark.octave
@pytest.mark.tier("documented")
@given(A=arrays(min_side=1), data=st.data())
def test_mode(A, data):
    dim = data.draw(dims_of(A, beyond=0))
    ours = mode(A, dim, nargout=2)
    for mine, theirs in zip(ours, evaluate(f"mode(A, {dim})", 2, A=A), strict=True):
        agree(mine, theirs)


@pytest.mark.octave
@pytest.mark.tier("documented", "`median`; `std` and `var`")
@pytest.mark.parametrize("name", ["std", "var"])
@given(A=arrays(["float64", "float32", "bool"], min_side=1), data=st.data(), w=st.integers(0, 1))
def test_std_and_var(name, A, data, w):
    function = getattr(matxai, name)
    rtol = 2e-5 if A.dtype == np.float32 else 1e-12
    agree(function(A), evaluate(f"{name}(A)", A=A), rtol)
    dim = data.draw(dims_of(A))
    agree(function(A, w, dim), evaluate(f"{name}(A, {w}, {dim})", A=A), rtol)
    agree(function(A, w, "all"), evaluate(f"{name}(A(:), {w})", A=A), rtol)


@pytest.mark.octave
@pytest.mark.tier("documented")
@given(
    A=arrays(["float64", "float32"], min_side=1, max_dims=2),
    p=st.sampled_from([1, 2, 3, np.inf, -np.inf, "fro"]),
)
def test_norm(A, p):
    vector = sum(n != 1 for n in A.shape) < 2
    assume(vector or p in (1, 2, np.inf, "fro"))
    said = "'fro'" if p == "fro" else str(p).capitalize().replace("-i", "-I")
    rtol = 1e-5 if A.dtype == np.float32 else 1e-12
    agree(norm(A, p), evaluate(f"norm(A, {said})", A=A), rtol)


def test_nan_is_left_out_if_asked():
    A = [1, np.nan, 4, 2, np.nan]
    assert median(A, "omitnan") == 2
    assert var(A, "omitnan") == pytest.approx(np.var([1, 4, 2], ddof=1))
    assert std(A, 1, "omitnan") == pytest.approx(np.std([1, 4, 2]))
    assert np.isnan(median([np.nan], "omitnan"))
    assert mode([np.nan, 2, np.nan], nargout=2) == (2.0, 1)


@pytest.mark.tier("documented")
@given(A=arrays(["uint8", "int8"], min_side=1))
def test_medians_of_integers_are_rounded(A):
    middle = np.median(A.astype(float))
    made = median(A, "all")
    assert made == np.trunc(middle + np.copysign(0.5, middle))
    assert made.dtype == A.dtype


@pytest.mark.tier("documented")
def test_nothing_has_no_median():
    assert np.isnan(median([]))
    assert np.isnan(mode([]))
    assert np.isnan(std([]))
    assert norm([]) == 0
    assert median(np.zeros((0, 3))).shape == (1, 3)


def test_of_dlarrays():
    data = np.random.RandomState(0).rand(3, 4)
    X = dlarray(data, "SC")
    np.testing.assert_allclose(extractdata(std(X, 0, 1)), data.std(0, ddof=1, keepdims=True))
    np.testing.assert_allclose(float(var(X, 1, "all")), data.var())
    assert extractdata(std(dlarray([[2.0]]), 0, 1)).item() == 0
    assert float(norm(dlarray([3.0, 4.0]))) == 5
    with pytest.raises(TypeError, match="extractdata"):
        median(X)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: std([1, 2], 2), "w must be 0 or 1"),
        (lambda: var([1, 2], [0.5, 0.5]), "w must be 0 or 1"),
        (lambda: std([1, 2], 0, 2), "dim must be 1"),
        (lambda: norm(np.zeros((2, 2, 2))), "X must be a vector or matrix"),
        (lambda: norm([[1, 2], [3, 4]], 3), "p must be a number"),
        (lambda: norm([1, 2], "max"), "p must be a number"),
        (lambda: median([1], "all", "fast"), "'fast' is not one of its options"),
    ],
)
def test_bad_values(call, message):
    with pytest.raises(ValueError, match=message):
        call()


@pytest.mark.parametrize("function", [std, var])
def test_integers_are_refused_as_in_matlab(function):
    with pytest.raises(TypeError, match="A must be single or double"):
        function(np.uint8([1, 2]))
