"""Arithmetic of two arrays and of classes: GNU Octave is the oracle."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matlab_arrays import DTYPES, arrays
from octave import agree, evaluate

import matxai
from matxai import (
    dlarray,
    dlfeval,
    dlgradient,
    extractdata,
    minus,
    mod,
    plus,
    rdivide,
    times,
    uint8,
)

NAMES = ["plus", "minus", "times", "rdivide"]
numbers = st.integers(-20, 20).map(lambda n: n / 4)


@pytest.mark.octave
@pytest.mark.tier(
    "documented",
    "`plus`, `minus`, `times`, `rdivide` of every class, integers rounded and saturated",
)
@given(A=arrays(nan=True, min_side=1), data=st.data(), b=numbers)
def test_operators(A, data, b):
    B = data.draw(arrays([A.dtype.name], shape=A.shape))
    for name in NAMES:
        function = getattr(matxai, name)
        agree(function(A, B), evaluate(f"{name}(A, B)", A=A, B=B))
        agree(function(A, b), evaluate(f"{name}(A, b)", A=A, b=b))
        agree(function(b, A), evaluate(f"{name}(b, A)", A=A, b=b))


@pytest.mark.octave
@pytest.mark.tier("documented")
@given(A=arrays(["float64", "float32", "uint8", "int8"], min_side=1), data=st.data())
def test_remainders(A, data):
    B = data.draw(arrays([A.dtype.name], shape=A.shape))
    for name in ("mod", "rem"):
        # What is left after division by 0 or of the least integer is told by hand below.
        agree(getattr(matxai, name)(A, B), evaluate(f"{name}(A, B)", A=A, B=B))


@pytest.mark.octave
@pytest.mark.tier("documented")
@given(
    data=st.data(),
    kinds=st.lists(st.sampled_from(["float64", "float32", "bool"]), min_size=2, max_size=2),
)
def test_first_dimensions_are_matched(data, kinds):
    mask = data.draw(arrays(kinds[:1], shape=(2, 3)))
    X = data.draw(arrays(kinds[1:], shape=(2, 3, 2)))
    agree(times(mask, X), evaluate("mask .* X", mask=mask, X=X))


@pytest.mark.tier("documented")
def test_masks_of_images():
    X = np.full((2, 2, 3), 200, np.uint8)
    mask = np.array([[True, False], [False, True]])
    made = times(uint8(mask), X)
    assert made.dtype == np.uint8
    np.testing.assert_array_equal(made, X * mask[:, :, np.newaxis])
    assert plus(X, X).max() == 255
    assert minus(X, 250).max() == 0
    assert rdivide(np.uint8([7, 0]), np.uint8([0, 0])).tolist() == [255, 0]
    with pytest.raises(TypeError, match="uint8 goes together with arrays of uint8"):
        times(mask, X)
    with pytest.raises(TypeError, match="array of class double"):
        times(X, np.ones((2, 2)))
    with pytest.raises(TypeError, match="int8|uint8"):
        plus(np.uint8([1]), np.int8([1]))


@pytest.mark.tier(
    "chosen",
    "int64, the class of Python's whole numbers and of indices, counts as double in arithmetic",
)
def test_pythons_whole_numbers_are_double():
    assert rdivide(np.array([1, 2]), 4).tolist() == [0.25, 0.5]
    assert plus([1, 2], 3).dtype == np.float64


@pytest.mark.tier("documented")
def test_remainders_of_roundoff():
    assert mod(0.3, 0.1) == 0
    assert mod(-1, 0) == -1
    assert np.isnan(matxai.rem(1, 0))
    assert mod(5, -3) == -1


def test_dlarrays_are_traced():
    def slope(X):
        value = matxai.sum(plus(times(X, X), rdivide(X, 2)), "all")
        return dlgradient(value, X)

    gradient = dlfeval(slope, dlarray([1.0, 2.0]))
    assert extractdata(gradient).tolist() == [2.5, 4.5]
    assert extractdata(mod(dlarray([5.0, -1.0]), 3)).tolist() == [2, 2]
    assert extractdata(matxai.rem(dlarray([5.0, -1.0]), 3)).tolist() == [2, -1]


@pytest.mark.parametrize("name", [*NAMES, "mod", "rem"])
def test_bad_input(name):
    function = getattr(matxai, name)
    with pytest.raises(TypeError, match=f"{name}: B must be a numeric array"):
        function(1, "a")
    with pytest.raises(ValueError, match="sizes do not fit"):
        function([1, 2], [1, 2, 3])
    with pytest.raises(ValueError, match="neither a row nor a column"):
        function([[1, 2], [3, 4]], [1, 2])


CLASSES = ["double", "single", "uint8", "uint16", "int8", "int32", "logical"]
values = st.one_of(numbers, st.sampled_from([np.inf, -np.inf, 1e10, -1e10, 0.49999999999999994]))


@pytest.mark.octave
@pytest.mark.tier(
    "documented",
    "Conversions between classes round halves away from zero and saturate",
)
@pytest.mark.parametrize("name", CLASSES)
@given(X=st.lists(values, min_size=1, max_size=5), data=st.data())
def test_conversions(name, X, data):
    function = getattr(matxai, name)
    agree(function(X), evaluate(f"{name}(X)", X=X))
    agree(function(X[0]), evaluate(f"{name}(X)", X=X[0]))
    A = data.draw(arrays(DTYPES, min_side=1))
    agree(function(A), evaluate(f"{name}(A)", A=A))
    agree(matxai.cast(A, name), evaluate(f"{name}(A)", A=A))
