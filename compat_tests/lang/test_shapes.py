"""Other shapes of the same elements: GNU Octave is the oracle."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matlab_arrays import arrays
from octave import agree, evaluate

from matxai import (
    circshift,
    dlarray,
    dlfeval,
    dlgradient,
    extractdata,
    flip,
    fliplr,
    flipud,
    permute,
    repmat,
    reshape,
    squeeze,
    sum,
    tril,
    triu,
)
from matxai.lang.values import matlab_size


@pytest.mark.octave
@pytest.mark.tier("documented", "`reshape`, down the columns")
@given(A=arrays(), data=st.data())
def test_reshape(A, data):
    shape = data.draw(st.permutations([*matlab_size(A.shape), 1]))
    agree(reshape(A, shape), evaluate("reshape(A, s)", A=A, s=[float(n) for n in shape]))
    if A.size:
        for rows in (n for n in (1, 2, 3) if A.size % n == 0):
            agree(reshape(A, rows, []), evaluate(f"reshape(A, {rows}, [])", A=A))
            agree(reshape(A, None, rows), evaluate(f"reshape(A, [], {rows})", A=A))


@pytest.mark.octave
@pytest.mark.tier("documented")
@given(A=arrays(max_dims=4))
def test_squeeze(A):
    agree(squeeze(A), evaluate("squeeze(A)", A=A))


@pytest.mark.octave
@pytest.mark.tier("documented")
@given(A=arrays().filter(lambda a: a.shape != (0,)), data=st.data())
def test_permute(A, data):
    count = max(2, A.ndim) + data.draw(st.integers(0, 1))
    order = data.draw(st.permutations(range(1, count + 1)))
    agree(permute(A, order), evaluate("permute(A, o)", A=A, o=[float(n) for n in order]))


@pytest.mark.octave
@pytest.mark.tier("documented")
@given(
    A=arrays().filter(lambda a: a.ndim != 1), r=st.lists(st.integers(0, 3), min_size=1, max_size=3)
)
def test_repmat(A, r):
    theirs = evaluate(
        "repmat(A, r)" if len(r) > 1 else "repmat(A, r, r)", A=A, r=[float(n) for n in r]
    )
    agree(repmat(A, *r), theirs)
    agree(repmat(A, r), theirs)


@pytest.mark.octave
@pytest.mark.tier("documented")
@given(A=arrays(), data=st.data())
def test_flips_and_shifts(A, data):
    dim = 1 if A.ndim == 1 else data.draw(st.integers(1, 4))
    agree(flip(A), evaluate("flip(A)", A=A))
    agree(flip(A, dim), evaluate(f"flip(A, {dim})", A=A))
    agree(flipud(A), evaluate("flipud(A)", A=A))
    if A.ndim != 1:
        agree(fliplr(A), evaluate("fliplr(A)", A=A))
    K = data.draw(st.integers(-5, 5))
    if A.size:
        agree(circshift(A, K), evaluate(f"circshift(A, {K})", A=A))
        if dim <= max(2, A.ndim):
            agree(circshift(A, K, dim), evaluate(f"circshift(A, {K}, {dim})", A=A))


@pytest.mark.octave
@pytest.mark.tier("documented")
@given(A=arrays(min_dims=2, max_dims=2), k=st.integers(-4, 4))
def test_triangles(A, k):
    agree(tril(A, k), evaluate(f"tril(A, {k})", A=A))
    agree(triu(A, k), evaluate(f"triu(A, {k})", A=A))


def test_circshift_along_the_first_dimensions():
    A = np.arange(6).reshape(2, 3)
    np.testing.assert_array_equal(circshift(A, [1, 2]), np.roll(A, (1, 2), (0, 1)))


@pytest.mark.tier("documented")
def test_activations_become_images_one_behind_the_other():
    act = np.random.RandomState(0).rand(4, 5, 3)
    stack = reshape(act, [4, 5, 1, 3])
    assert stack.shape == (4, 5, 1, 3)
    np.testing.assert_array_equal(stack[:, :, 0, 1], act[:, :, 1])


@pytest.mark.tier("chosen", "`squeeze` makes vectors 1-D")
def test_squeezed_vectors_are_1d():
    assert squeeze(np.zeros((1, 1, 5))).shape == (5,)
    assert squeeze(np.zeros((1, 5))).shape == (1, 5)


def test_results_are_no_views():
    A = np.asfortranarray(np.zeros((2, 3)))
    for B in (reshape(A, 3, 2), squeeze(A), permute(A, [2, 1]), flip(A, 5), circshift(A, 0)):
        B[:] = 1
        assert not A.any()


def test_dlarrays_stay_traced():
    data = np.random.RandomState(0).rand(2, 3, 4)

    def slope(X):
        Y = reshape(permute(X, [3, 1, 2]), 4, [])
        Y = repmat(circshift(flip(Y, 1), 1), 1, 2)
        weights = np.arange(48.0).reshape(4, 12)
        value = sum(Y * weights, "all")
        return value, dlgradient(value, X)

    value, gradient = dlfeval(slope, dlarray(data))
    plain = reshape(permute(data, [3, 1, 2]), 4, [])
    plain = repmat(circshift(flip(plain, 1), 1), 1, 2)
    assert float(value) == pytest.approx((plain * np.arange(48.0).reshape(4, 12)).sum())
    assert gradient.shape == data.shape
    assert np.ptp(extractdata(gradient)) > 0
    X = dlarray(data[0])
    np.testing.assert_array_equal(extractdata(tril(X)), np.tril(data[0]))
    np.testing.assert_array_equal(extractdata(triu(X, 1)), np.triu(data[0], 1))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: reshape([1, 2, 3], 2, 2), "3 elements do not fit into 2×2"),
        (lambda: reshape([1, 2, 3], [], []), "all lengths but one"),
        (lambda: reshape([1, 2, 3], 2, []), "do not fit into"),
        (lambda: reshape([1, 2, 3], 3), "two lengths at least"),
        (lambda: permute([[1, 2]], [1, 1]), "must not repeat"),
        (lambda: permute([[1, 2]], [1, 3]), "each dimension of A, 1 to 2"),
        (lambda: repmat([1, 2], 2, 1), r"A\[np.newaxis\]"),
        (lambda: repmat(1, 1.5), "sizes must be integers"),
        (lambda: flip([1, 2], 2), "dim must be 1 for a 1-D array"),
        (lambda: circshift([1, 2], 0.5), "K must hold integers"),
        (lambda: circshift([[1, 2]], [1, 2], 1), "beside a dim"),
        (lambda: tril(np.zeros((2, 2, 2))), "A must be a matrix"),
        (lambda: triu([[1]], 0.5), "k must be an integer"),
    ],
)
def test_bad_values(call, message):
    with pytest.raises(ValueError, match=message):
        call()


@pytest.mark.parametrize("function", [reshape, squeeze, permute, repmat, flip, circshift, tril])
def test_texts_have_no_shape(function):
    with pytest.raises(TypeError, match="A must be a numeric array"):
        function("text", *[1] * (function not in (squeeze, tril, flip)))
