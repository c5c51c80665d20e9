"""pdist2, against the formula of each metric."""

import numpy as np
import pytest
from hypothesis import given
from matlab_arrays import arrays

from matxai import pdist2

RANDOM = np.random.default_rng(7)
X, Y = RANDOM.normal(size=(6, 3)), RANDOM.normal(size=(4, 3))
DEVIATIONS = X.std(axis=0, ddof=1)
COVARIANCE = np.cov(X.T)


def ranks(x):
    return np.array([(x < v).sum() + ((x == v).sum() + 1) / 2 for v in x])


def correlation(x, y):
    x, y = x - x.mean(), y - y.mean()
    return 1 - x @ y / np.sqrt((x @ x) * (y @ y))


FORMULAS = {
    "euclidean": lambda x, y: np.sqrt(((x - y) ** 2).sum()),
    "squaredeuclidean": lambda x, y: ((x - y) ** 2).sum(),
    "fasteuclidean": lambda x, y: np.sqrt(((x - y) ** 2).sum()),
    "fastsquaredeuclidean": lambda x, y: ((x - y) ** 2).sum(),
    "seuclidean": lambda x, y: np.sqrt((((x - y) / DEVIATIONS) ** 2).sum()),
    "mahalanobis": lambda x, y: np.sqrt((x - y) @ np.linalg.inv(COVARIANCE) @ (x - y)),
    "cityblock": lambda x, y: np.abs(x - y).sum(),
    "minkowski": lambda x, y: np.sqrt(((x - y) ** 2).sum()),
    "chebychev": lambda x, y: np.abs(x - y).max(),
    "cosine": lambda x, y: 1 - x @ y / np.sqrt((x @ x) * (y @ y)),
    "correlation": correlation,
    "spearman": lambda x, y: correlation(ranks(x), ranks(y)),
    "hamming": lambda x, y: (x != y).mean(),
    "jaccard": lambda x, y: (x != y)[(x != 0) | (y != 0)].mean(),
}


@pytest.mark.tier("documented")
@pytest.mark.parametrize("metric", FORMULAS)
def test_distances_are_those_of_the_formula(metric):
    left, right = X, Y
    if metric in ("hamming", "jaccard"):
        left, right = (RANDOM.integers(0, 3, size) + 0.0 for size in ((6, 5), (4, 5)))
        right[:, 0] = 1
    expected = [[FORMULAS[metric](x, y) for y in right] for x in left]
    np.testing.assert_allclose(pdist2(left, right, metric), expected, rtol=1e-12, atol=1e-12)


def distance(x, y, *more):
    return pdist2(x[np.newaxis], y[np.newaxis], *more)


@pytest.mark.tier("documented")
def test_parameters():
    x, y = X[0], Y[0]
    assert distance(x, y, "minkowski", 3) == pytest.approx((np.abs(x - y) ** 3).sum() ** (1 / 3))
    assert distance(x, y, "seuclidean", [1, 2, 4]) == pytest.approx(
        np.sqrt((((x - y) / [1, 2, 4]) ** 2).sum())
    )
    assert distance(x, y, "mahalanobis", np.diag([1, 4, 16])) == pytest.approx(
        distance(x, y, "seuclidean", [1, 2, 4])
    )


@pytest.mark.tier("documented")
def test_the_smallest_and_the_largest():
    D = pdist2(X, Y)
    near, places = pdist2(X, Y, "euclidean", "Smallest", 2, nargout=2)
    assert np.array_equal(near, np.sort(D, axis=0)[:2])
    assert np.array_equal(np.take_along_axis(D, places - 1, 0), near)
    far, places = pdist2(X, Y, Largest=2, nargout=2)
    assert np.array_equal(far, np.sort(D, axis=0)[::-1][:2])
    assert np.array_equal(np.take_along_axis(D, places - 1, 0), far)
    assert pdist2(X, Y, Smallest=100).shape == D.shape


@given(A=arrays(("float64", "float32"), shape=(3, 2)), B=arrays(("float64",), shape=(4, 2)))
def test_classes_and_sizes(A, B):
    D = pdist2(A, B)
    assert (D.shape, D.dtype) == ((3, 4), A.dtype)
    assert np.array_equal(pdist2(B, A), D.T)
    assert not pdist2(A, A).diagonal().any()


def test_functions_and_undefined_distances():
    def apart(row, rows):
        assert (row.shape, rows.shape) == ((1, 3), (4, 3))
        return np.abs(rows - row).sum(axis=1)

    np.testing.assert_allclose(pdist2(X, Y, apart), pdist2(X, Y, "cityblock"))
    assert np.isnan(pdist2([[0, 0]], [[1, 2]], "cosine"))
    assert np.isnan(pdist2([[0, 0]], [[0, 0]], "jaccard"))
    assert pdist2([[0, 0]], [[3, 4]]) == 5


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: pdist2(X, Y[:, :2]), "as many columns, but have 3 and 2"),
        (lambda: pdist2(X, [1, 2, 3]), "neither a row nor a column"),
        (lambda: pdist2(X, Y, "euclid"), None),
        (lambda: pdist2(X, Y, "manhattan"), "Distance must be"),
        (lambda: pdist2(X, Y, "cosine", 2), "'cosine' takes no DistParameter"),
        (lambda: pdist2(X, Y, "minkowski", -1), "must be a positive exponent"),
        (lambda: pdist2(X, Y, "seuclidean", [1, 2]), "for each of the 3 columns"),
        (lambda: pdist2(X, Y, "mahalanobis", np.eye(2)), "a covariance of 3×3"),
        (lambda: pdist2(X[:2], Y, "mahalanobis"), "positive definite"),
        (lambda: pdist2(X, Y, Smallest=1, Largest=1), "cannot be given together"),
        (lambda: pdist2(X, Y, lambda x, y: [1]), "a distance for each of 4 rows, but gives 1"),
    ],
)
def test_bad_input(call, says):
    if says is None:
        assert np.array_equal(call(), pdist2(X, Y))
        return
    with pytest.raises(ValueError, match=says):
        call()


def test_what_is_no_number_or_not_asked_for():
    with pytest.raises(TypeError, match="X must be a numeric array"):
        pdist2("a", Y)
    with pytest.raises(TypeError, match="with Smallest or Largest only"):
        pdist2(X, Y, nargout=2)
