"""Functions of numbers, on a few arrays: GNU Octave is the oracle, asked once for all of them."""

import functools

import numpy as np
import pytest
from octave import evaluate, needs_octave

import matxai as m
from matxai.lang.values import matlab_size

RANDOM = np.random.RandomState(3)
A = np.round(RANDOM.randn(5, 3), 2)
B = np.round(RANDOM.randn(5, 3), 2)
S = np.array([[4.0, 1.0, 0.5], [1.0, 3.0, -1.0], [0.5, -1.0, 2.0]])
N = A.copy()
N[1, 0] = N[4, 2] = np.nan
r = np.array([[3.0, -1.0, 4.0, 1.0, -5.0, 9.0, 2.0]])
x = np.array([[0.0, 1.0, 2.5, 3.0, 4.5, 6.0, 7.0]])
q = np.array([[-1.0, 0.0, 0.3, 1.9, 2.5, 4.4, 7.0, 8.0]])
W = RANDOM.randint(1, 40, (3, 4)).astype(float)
T = RANDOM.randint(-3, 4, (2, 3, 2)).astype(float)
subs = np.array([[1, 2], [2, 1], [1, 2], [3, 3]], float)
INPUTS = {
    "A": A, "B": B, "S": S, "N": N, "r": r, "x": x, "q": q, "W": W, "T": T, "subs": subs,
}  # fmt: skip

SAME = """
cumprod(A) | cumprod(A, 2) | cumprod(T, 3) | cumprod(5)
cummax(A) | cummin(A) | cummax(r) | cummin(r, 2) | cummax(N) | cummin(N, 2)
prctile(A, [10, 50, 90]) | prctile(A, 25, 2) | prctile(r, 30) | prctile(A, [0, 100], 2)
quantile(A, [0.1, 0.5], 2) | quantile(A, 0.3, 1) | prctile(N, [20, 60])
range(A) | range(A, 2) | range(r) | mad(A) | mad(A, 1) | mad(A, 0, 2) | mad(r, 1)
corrcoef(A) | corrcoef(r, x) | corr(A, B) | corr(A) | corr2(A, B) | cov(A) | cov(r)
trapz(A) | trapz([0, 1, 3], A, 2) | trapz(r) | trapz(x, r) | cumtrapz(A) | cumtrapz(x, r)
interp1(x, r, q) | interp1(x, r, q, 'nearest') | interp1(x, r, q, 'previous')
interp1(r, [1.5, 2.5, 3.5], 'nearest')
interp1(x, r, q, 'next') | interp1(x, r, q, 'linear', 'extrap') | interp1(x, r, q, 'linear', 0)
interp1(x, r, q, 'spline', 'extrap') | interp1(x, r, q, 'pchip', 'extrap')
interp1(r, [1.5, 6.5]) | interp1(A, [[1.5], [2], [9]])
conv2(A, B) | conv2(A, S, 'same') | conv2(A, W, 'same') | conv2(A, S, 'valid') | conv2(r, x, A)
conv2(S, A, 'valid') | conv2(A, [[1, 2]], 'same') | filter2(S, A) | filter2(W, A, 'full')
filter2(S, A, 'valid') | rot90(A) | rot90(A, 2) | rot90(A, -1) | rot90(T, 3) | rot90(r)
trace(S) | det(S) | inv(S) | pinv(A) | rank(A) | rank(A(:, [1, 1])) | svd(A) | eig(S) | diag(S)
diag(r) | diag(r, 1) | diag(A, -1) | diag(A, 1) | diag(5) | pinv(r) | rank(r) | svd(r)
dot(A, B) | dot(A, B, 2) | dot(r, x) | cross(S, S(:, [2, 3, 1])) | cross(A(:, 1:3), B, 2)
vecnorm(A) | vecnorm(A, 1) | vecnorm(A, Inf, 2) | vecnorm(A, 2, 2)
gamma(A) | gamma([0, -1, 171, 172, 0.5]) | factorial([0, 4, 20]) | nchoosek(40, 20)
nchoosek([5, 6, 7, 8], 3) | power(W, 2) | power(2, A) | primes(30) | primes(1) | primes(2)
isprime(W) | isprime([0, 1, 2, 97, 91]) | gcd(W, 6) | lcm(W, 4) | gcd([0, -4, 6], 4)
movmean(A, 3) | movmean(r, 4) | movmean(A, [0, 2]) | movmean(A, 3, 2)
accumarray(subs, [1, 2, 3, 4]) | accumarray([[1], [3], [3]], 1) | accumarray(subs, 1, [4, 5])
histc(r, [-2, 0, 3, 9]) | histc(A, [-1, 0, 1]) | histc(A, [-1, 0, 1], 2)
isreal(A) | isreal('a') | nchoosek(5, 0) | cumtrapz([0, 1, 3], A, 2) | iqr(r)
""".replace("\n", "|")
CALLS = [call.strip() for call in SAME.split("|") if call.strip()]


def ours(call):
    """Compute in Python what is written in MATLAB's language."""
    call = call.replace("range(", "range_(")
    for there, here in (
        ("A(:, [1, 1])", "A[:, [0, 0]]"),
        ("S(:, [2, 3, 1])", "S[:, [1, 2, 0]]"),
        ("A(:, 1:3)", "A[:, :3]"),
    ):
        call = call.replace(there, here)
    return eval(call, {**vars(m), **{n: getattr(m, n) for n in m.__all__}, **INPUTS, "Inf": np.inf})


@functools.cache
def theirs():
    code = ", ".join(c.replace("], [", "; ").replace("[[", "[").replace("]]", "]") for c in CALLS)
    # Octave's iqr has meant other quantiles, and corr2 is in a package of its own.
    code = code.replace("iqr(r)", "diff(prctile(r, [25, 75]))")
    code = code.replace("corr2(A, B)", "corr(A(:), B(:))")
    kind, cells = evaluate(f"{{{code}}}", **INPUTS)
    assert kind == "cell"
    return dict(zip(CALLS, cells.reshape(-1), strict=True))


@needs_octave
@pytest.mark.tier(
    "numeric",
    "Correlation, percentiles, interpolation, integration, convolution, matrices, vectors, whole "
    "numbers, bins and moving means (`corrcoef`, `prctile`, `interp1`, `trapz`, `conv2`, `inv`, "
    "`dot`, `primes`, `accumarray`, `movmean` and their relatives)",
)
@pytest.mark.parametrize("call", CALLS)
def test_functions_compute_what_octave_does(call):
    mine, other = np.asarray(ours(call)), theirs()[call]
    if mine.ndim == 1:
        assert mine.size == other.size
        assert other.size in (0, max(other.shape))
    else:
        assert matlab_size(mine.shape) == matlab_size(other.shape)
    np.testing.assert_allclose(
        mine.reshape(-1, order="F").astype(float),
        other.reshape(-1, order="F").astype(float),
        rtol=1e-10,
        atol=1e-12,
    )
