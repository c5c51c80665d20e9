"""Sums, products, means and truth: GNU Octave is the oracle."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matlab_arrays import DTYPES, arrays, dims_of
from octave import agree, evaluate
from octave_differences import classes_for

import matxai
from matxai import all, any, cumsum, dims, dlarray, extractdata, mean, nnz, prod, size, sum

NAMES = ["sum", "prod", "mean", "any", "all"]


def drawn(name, nan=True):
    return arrays(classes_for(name, DTYPES), nan=nan)


@pytest.mark.octave
@pytest.mark.tier(
    "documented",
    "Sums, products, means and truth along any dimension, of every class",
)
@pytest.mark.parametrize("name", NAMES)
@given(data=st.data())
def test_reductions(name, data):
    # In rows, Octave takes NaN for false in all; the list of differences has it.
    A = data.draw(drawn(name, nan=name != "all"))
    function = getattr(matxai, name)
    # Products of floating numbers depend on their order.
    rtol = 1e-6 if A.dtype == np.float32 else 1e-14
    if name != "mean" or A.size:
        agree(function(A), evaluate(f"{name}(A)", A=A), rtol)
    dim = data.draw(dims_of(A))
    # This stands in the list of differences. Octave makes 0×1 of 0×0 in a third dimension.
    empty = A.shape in ((0,), (0, 0)) and dim != 2
    if not empty:
        agree(function(A, dim), evaluate(f"{name}(A, {dim})", A=A), rtol)
    agree(function(A, "all"), evaluate(f"{name}(A(:))", A=A.reshape(A.shape or (1, 1))), rtol)


@pytest.mark.octave
@pytest.mark.tier("documented")
@given(A=arrays(nan=True, min_side=1), data=st.data())
def test_cumsum(A, data):
    if A.dtype.name not in classes_for("cumsum", DTYPES):
        A = A.astype(np.float64)
    agree(cumsum(A), evaluate("cumsum(A)", A=A))
    dim = data.draw(dims_of(A))
    agree(cumsum(A, dim), evaluate(f"cumsum(A, {dim})", A=A))
    if dim <= A.ndim:
        backwards = np.flip(np.cumsum(np.flip(A, dim - 1), dim - 1), dim - 1)
        np.testing.assert_array_equal(cumsum(A, dim, "reverse"), backwards)


@pytest.mark.octave
@pytest.mark.tier("documented")
@given(A=arrays(nan=True))
def test_nnz(A):
    agree(nnz(A), evaluate("nnz(A)", A=A))


@pytest.mark.tier("documented")
@given(A=arrays(min_side=1, min_dims=3), data=st.data())
def test_several_dimensions(A, data):
    dim = data.draw(st.lists(st.integers(1, 4), min_size=1, unique=True))
    axes = tuple(d - 1 for d in dim if d <= A.ndim)
    expected = np.sum(A, axis=axes, keepdims=True, dtype=np.float64)
    made = sum(A, dim)
    np.testing.assert_array_equal(np.reshape(made, expected.shape), expected)
    assert size(made).tolist() == size(expected).tolist()


@pytest.mark.tier("documented")
@given(A=arrays(["float64", "float32"], nan=True, min_side=1))
def test_nan_is_left_out_if_asked(A):
    for name, oracle in (("sum", np.nansum), ("prod", np.nanprod)):
        np.testing.assert_allclose(getattr(matxai, name)(A, "all", "omitnan"), oracle(A), rtol=1e-5)
    known = A[~np.isnan(A)]
    assert mean(A, "all", "omitnan") == pytest.approx(
        known.mean() if known.size else np.nan, nan_ok=True, abs=1e-5
    )
    assert np.isnan(sum(A, "all", "includenan")) == np.isnan(A).any()


@pytest.mark.tier("documented")
def test_classes_as_matlab_documents_them():
    whole = np.uint8([200, 100])
    assert sum(whole) == 300.0
    assert sum(whole, "native") == 255
    assert sum(whole, "native").dtype == np.uint8
    assert mean(whole) == 150.0
    assert mean(np.float32([1, 2])).dtype == np.float32
    assert sum(np.float32([1, 2]), "double") == 3.0
    assert cumsum(np.int8([100, 100, -100])).tolist() == [100, 127, 27]
    assert any(np.nan) is False
    assert all(np.nan) is True


@pytest.mark.tier("documented")
def test_trailing_dimensions_are_dropped():
    X = np.ones((2, 3, 4))
    assert sum(X, 3).shape == (2, 3)
    assert sum(X, [1, 2]).shape == (1, 1, 4)
    assert sum(X).shape == (1, 3, 4)
    assert sum(sum(sum(X))) == 24.0


def test_dlarrays_keep_their_labels():
    X = dlarray(np.arange(24, dtype=np.float32).reshape(2, 3, 4), "SSC")
    for function, oracle in ((sum, np.sum), (mean, np.mean), (prod, np.prod)):
        made = function(X, [1, 2])
        assert (dims(made), made.shape) == ("SSC", (1, 1, 4))
        np.testing.assert_allclose(
            extractdata(made), oracle(extractdata(X), (0, 1), keepdims=True), rtol=1e-6
        )
    assert sum(X, 3).shape == (2, 3, 1)
    assert float(sum(X, "all")) == 276
    assert extractdata(cumsum(X, 3))[0, 0].tolist() == [0, 1, 3, 6]
    assert any(X, "all") is True
    with pytest.raises(TypeError, match="extractdata"):
        sum(X, "omitnan")


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: sum([1, 2], 0), "dim must be a positive integer"),
        (lambda: sum([1, 2], 2), "dim must be 1 for a 1-D array"),
        (lambda: mean([[1]], [1, 1]), "must not repeat"),
        (lambda: sum([1, 2], "everything"), "'everything' is not one of its options"),
        (lambda: any([1], "omitnan"), "no option for NaN"),
        (lambda: cumsum([1], "all"), "one dimension"),
    ],
)
def test_bad_values(call, message):
    with pytest.raises(ValueError, match=message):
        call()


@pytest.mark.parametrize("bad", ["text", ["a"], 1j, {}, [[1], [2, 3]], np.float16([1])])
def test_only_numbers_are_added_up(bad):
    with pytest.raises(TypeError, match=r"sum: A (must be a numeric array|holds complex)"):
        sum(bad)
