"""magic and kron, with GNU Octave as the oracle."""

import numpy as np
import pytest
from hypothesis import given
from matlab_arrays import arrays
from octave import agree, evaluate, needs_octave

from matxai import dlarray, kron, magic


@needs_octave
@pytest.mark.tier("numeric")
def test_squares_are_octaves():
    for n in range(15):
        agree(magic(n), evaluate(f"magic({n})"))


@pytest.mark.parametrize("n", [3, 6, 8, 10, 25])
def test_squares_are_magic(n):
    square = magic(n)
    assert sorted(square.ravel()) == list(range(1, n * n + 1))
    sums = {*square.sum(0), *square.sum(1), np.trace(square), np.trace(square[::-1])}
    assert sums == {n * (n * n + 1) / 2}


MATRICES = arrays(("float64", "float32", "uint8", "bool"), max_dims=2, min_dims=2)


@needs_octave
@pytest.mark.tier("numeric")
@given(A=MATRICES, B=MATRICES)
def test_products_are_octaves(A, B):
    if A.dtype == B.dtype == bool:
        return  # Octave has none of two logical ones
    if "uint8" in (A.dtype, B.dtype):
        A, B = (X.astype(np.float64) for X in (A, B))  # nor of integers
    agree(kron(A, B), evaluate("kron(A, B)", A=A, B=B))


def test_vectors_numbers_and_classes():
    assert kron([1, 2], [1, 10]).tolist() == [1, 10, 2, 20]
    assert kron(2, 3) == 6
    assert kron(2, [1, 2]).tolist() == [2, 4]
    assert kron([[1, 2]], 3).tolist() == [[3, 6]]
    saturated = kron(np.array([[100, 200]], np.uint8), 2)
    assert (saturated.tolist(), saturated.dtype) == ([[200, 255]], np.uint8)


@pytest.mark.parametrize(
    ("call", "error", "says"),
    [
        (lambda: magic("a"), TypeError, "magic: sizes must be integers"),
        (lambda: magic(2.5), ValueError, "magic: sizes must be integers"),
        (lambda: kron("a", 1), TypeError, "kron: A must be a numeric array"),
        (lambda: kron([1, 2], [[1, 2]]), ValueError, "neither a row nor a column"),
        (lambda: kron(np.ones((2, 2, 2)), 1), ValueError, "two dimensions at most"),
        (lambda: kron(dlarray([1.0]), 1), TypeError, "dlarrays are not taken"),
    ],
)
def test_bad_input(call, error, says):
    with pytest.raises(error, match=says):
        call()
