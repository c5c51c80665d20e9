"""Matrices and vectors: det, inv, pinv, rank, svd, eig, diag, dot, cross, vecnorm, rot90."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis.extra import numpy as hnp
from matlab_arrays import elements

from matxai import cross, det, diag, dlarray, dot, eig, inv, pinv, rank, rot90, svd, trace, vecnorm

MATRICES = hnp.arrays("float64", (4, 3), elements=elements("float64", False))


@pytest.mark.tier("numeric", "Decompositions of matrices: `svd`, `eig` and `pinv`")
@given(A=MATRICES)
def test_decompositions_give_the_matrix_back(A):
    for size in ([], ["econ"], [0]):
        U, S, V = svd(A, *size, nargout=3)
        np.testing.assert_allclose(U @ S @ V.T, A, atol=1e-11)
        assert U.shape == ((4, 3) if size else (4, 4))
        np.testing.assert_allclose(U.T @ U, np.eye(U.shape[1]), atol=1e-11)
    values = svd(A)
    assert (np.diff(values) <= 0).all()
    assert rank(A) == np.linalg.matrix_rank(A)
    P = pinv(A)
    np.testing.assert_allclose(A @ P @ A, A, atol=1e-9)
    square = A.T @ A
    V, D = eig(square, nargout=2)
    np.testing.assert_allclose(square @ V, V @ D, atol=1e-8)
    np.testing.assert_allclose(np.diag(D), eig(square), atol=1e-9)
    assert (np.diff(eig(square)) >= 0).all()


@pytest.mark.tier("documented")
def test_of_numbers_and_vectors():
    assert svd([3, 4]) == pytest.approx(5)
    assert svd(np.ones((3, 5)), 0, nargout=3)[2].shape == (5, 5)
    assert eig(7) == 7
    assert eig([[1, 2], [0, 3]]).tolist() == [1, 3]
    assert (det(3), inv(4), trace(5), rank(0), rank([1, 2])) == (3, 0.25, 5, 0, 1)
    assert det(np.zeros((0, 0))) == 1
    assert rank(np.zeros((0, 3))) == 0
    assert rank([[1, 0], [0, 1e-3]], 0.01) == 1
    assert diag([[1, 2]], -1).tolist() == [[0, 0, 0], [1, 0, 0], [0, 2, 0]]
    assert diag(np.uint8([[1, 2], [3, 4]])).dtype == np.uint8
    assert trace(np.uint8([[200, 0], [0, 200]])) == 400
    assert pinv(np.zeros((0, 2))).shape == (2, 0)
    assert inv(np.float32([[2, 0], [0, 4]])).dtype == np.float32


@pytest.mark.tier("documented", "`inv` warns of singular matrices, and gives Inf")
def test_singular_matrices():
    with pytest.warns(UserWarning, match="singular to working precision"):
        assert np.isinf(inv([[1, 2], [2, 4]])).all()
    with pytest.warns(UserWarning, match="close to singular"):
        inv([[1, 1], [1, 1 + 4e-16]])


@pytest.mark.tier("documented")
def test_products():
    T = np.arange(12.0).reshape(2, 3, 2)
    np.testing.assert_array_equal(dot(T, T), (T * T).sum(0, keepdims=True))
    assert dot([[1, 2]], [[3], [4]]) == 11
    np.testing.assert_array_equal(cross(T, T[:, ::-1]), np.cross(T, T[:, ::-1], axis=1))
    np.testing.assert_allclose(vecnorm(T, 3, 2), (T**3).sum(1, keepdims=True) ** (1 / 3))
    assert vecnorm([3, 4]) == 5
    assert rot90(np.uint8([[1, 2]])).tolist() == [[2], [1]]
    assert rot90(np.uint8([[1, 2]])).dtype == np.uint8
    assert rot90(3) == 3


@pytest.mark.parametrize(
    ("call", "error", "says"),
    [
        (lambda: det([[1, 2]]), ValueError, "must be a square matrix, but is 1×2"),
        (lambda: inv(np.uint8([[1]])), TypeError, "single or double"),
        (lambda: trace([1, 2]), ValueError, "square matrix"),
        (lambda: pinv([1, 2]), ValueError, "neither a row nor a column"),
        (lambda: svd([[np.nan]]), ValueError, "neither NaN nor Inf"),
        (lambda: svd([[1]], "full"), ValueError, 'must be "econ" or 0'),
        (lambda: svd([1, 2], nargout=3), ValueError, "neither a row nor a column"),
        (lambda: eig([[0, 1], [-1, 0]]), ValueError, "complex eigenvalues"),
        (lambda: diag(np.ones((2, 2, 2))), ValueError, "vector or matrix"),
        (lambda: diag([1], 0.5), ValueError, "k must be an integer"),
        (lambda: dot([1, 2], [1, 2, 3]), ValueError, "differ in length"),
        (lambda: dot([[1, 2], [3, 4]], [[1, 2]]), ValueError, "sizes differ: 2×2 and 1×2"),
        (lambda: dot([1, 2], [1, 2], 1), ValueError, "leave dim out"),
        (lambda: cross([1, 2], [3, 4]), ValueError, "dimension of length 3"),
        (lambda: cross([[1, 2, 3]], [1, 2, 3]), ValueError, "sizes differ"),
        (lambda: vecnorm([1, 2], 0), ValueError, "p must be a positive number"),
        (lambda: rot90([1, 2]), ValueError, "neither a row nor a column"),
        (lambda: rot90([[1, 2]], 0.5), ValueError, "k must be an integer"),
        (lambda: inv(dlarray([[1.0]])), TypeError, "extractdata"),
    ],
)
def test_bad_input(call, error, says):
    with pytest.raises(error, match=says):
        call()
