"""Powers, factorials, primes and divisors."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matxai import factorial, gamma, gcd, isprime, isreal, lcm, nchoosek, power, primes


@pytest.mark.tier("exact", "`factorial`, `nchoosek`, `primes`, `isprime`, `gcd` and `lcm`")
@given(n=st.integers(0, 170), k=st.integers(0, 170), m=st.integers(1, 2**40))
def test_whole_numbers_are_pythons(n, k, m):
    assert factorial(n) == float(math.factorial(n))
    assert gamma(float(n) + 1) == float(math.factorial(n))
    if k <= n:
        assert nchoosek(n, k) == float(math.comb(n, k))
    assert gcd(float(m), n) == math.gcd(m, n)
    assert lcm(m, n + 1) == float(math.lcm(m, n + 1))
    assert isprime(float(n)) == (n > 1 and all(n % i for i in range(2, n)))


@pytest.mark.tier("documented")
def test_primes():
    found = primes(5000)
    assert isprime(np.arange(5001)).nonzero()[0].tolist() == found.tolist()
    assert isprime([2.0**31 - 1, 2.0**32 + 1, 999999999989]).tolist() == [True, False, True]
    assert primes(0).size == 0
    assert primes(np.uint8(7)).dtype == np.uint8


@pytest.mark.tier("documented")
def test_classes():
    assert factorial(np.uint8([4, 6])).tolist() == [24, 255]
    assert factorial(171) == np.inf
    assert power(np.uint8([3, 20]), 2).tolist() == [9, 255]
    assert power(np.uint8([3]), 2).dtype == np.uint8
    assert power(-8, 3) == -512
    assert gcd(np.int8([12, -18]), 8).tolist() == [4, 2]
    assert lcm(np.uint8(200), np.uint8(199)) == 255
    assert gamma([np.nan, np.inf]).tolist()[1] == np.inf
    assert nchoosek([1, 2], 3).shape == (0, 3)
    assert nchoosek(np.uint8([7, 8, 9]), 2).dtype == np.uint8
    assert [isreal(v) for v in (1, "a", True, [1], 1j)] == [True, True, True, False, False]


@pytest.mark.parametrize(
    ("call", "error", "says"),
    [
        (lambda: power(-8, 1 / 3), ValueError, "complex"),
        (lambda: power("a", 2), TypeError, "A must be a numeric array"),
        (lambda: gamma(np.uint8(3)), TypeError, "single or double"),
        (lambda: factorial(-1), ValueError, "integers from 0 on"),
        (lambda: factorial(1.5), ValueError, "integers from 0 on"),
        (lambda: nchoosek(3, 5), ValueError, "not below k"),
        (lambda: nchoosek(3, 0.5), ValueError, "k must be an integer"),
        (lambda: nchoosek([[1, 2], [3, 4]], 1), ValueError, "a number or a vector"),
        (lambda: primes([1, 2]), ValueError, "one finite number"),
        (lambda: isprime(-3), ValueError, "integers from 0 on"),
        (lambda: gcd(0.5, 2), ValueError, "A must hold integers"),
        (lambda: lcm(3, 0), ValueError, "B must hold positive integers"),
        (lambda: gcd(np.uint8(1), np.int8(1)), TypeError, "goes together with"),
    ],
)
def test_bad_input(call, error, says):
    with pytest.raises(error, match=says):
        call()
