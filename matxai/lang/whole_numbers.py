"""Primes and divisors: primes, isprime, gcd, lcm."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from matxai.arguments import describe
from matxai.calling import matlab_function
from matxai.lang.elementwise import common_class, is_whole, matched
from matxai.lang.matrix_checks import numbers
from matxai.lang.values import tidy

__all__ = ["gcd", "isprime", "lcm", "primes"]

# These tell all numbers below 3.3e24 that are no primes.
_BASES = (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41)


@matlab_function("p", accepts={"n": numbers})
def primes(n: Any) -> np.ndarray:
    """Return the prime numbers up to a number.

    Parameters
    ----------
    n : number
        The number.

    Returns
    -------
    numpy.ndarray
        The primes, a 1-D array of the class of `n`.

    Raises
    ------
    TypeError
        If `n` is not numeric.
    ValueError
        If `n` is not one number, or not finite.

    Notes
    -----
    Documented.

    Examples
    --------
    >>> from matxai import primes
    >>> primes(12)
    array([ 2.,  3.,  5.,  7., 11.])
    """
    if n.size != 1 or not np.isfinite(n).all():
        raise ValueError(f"primes: n must be one finite number, but is {describe(n)}.")
    kind = n.dtype if n.dtype.kind != "b" and n.dtype != np.int64 else np.dtype(np.float64)
    sieve = np.ones(max(int(np.floor(n.reshape(-1)[0])) + 1, 2), bool)
    sieve[:2] = False
    for i in range(2, int(len(sieve) ** 0.5) + 1):
        if sieve[i]:
            sieve[i * i :: i] = False
    return np.flatnonzero(sieve).astype(kind)


@matlab_function("TF", accepts={"X": numbers})
def isprime(X: Any) -> Any:
    """Tell which numbers are primes.

    Parameters
    ----------
    X : array or number
        Integers, not negative.

    Returns
    -------
    bool or numpy.ndarray of bool
        Which of them are.

    Raises
    ------
    TypeError
        If `X` is not numeric.
    ValueError
        If a number is negative or no integer.

    Notes
    -----
    Documented.

    Examples
    --------
    >>> from matxai import isprime
    >>> isprime([1, 2, 9, 11])
    array([False,  True, False,  True])
    """
    if not ((X >= 0) & np.isfinite(X) & (np.floor(X) == X)).all():
        raise ValueError(f"isprime: X must hold integers from 0 on, but is {describe(X)}.")
    values, places = np.unique(X, return_inverse=True)
    answers = np.array([_is_prime(int(value)) for value in values], bool)
    return tidy(answers[places].reshape(X.shape), X)


def _is_prime(n: int) -> bool:
    """Ask by the test of Miller and Rabin."""
    if n < 2:
        return False
    for base in _BASES:
        if n % base == 0:
            return n == base
    odd, twos = n - 1, 0
    while odd % 2 == 0:
        odd, twos = odd // 2, twos + 1
    return all(_passes(pow(base, odd, n), n, twos) for base in _BASES)


def _passes(x: int, n: int, twos: int) -> bool:
    if x in (1, n - 1):
        return True
    for _ in range(twos - 1):
        x = x * x % n
        if x == n - 1:
            return True
    return False


def _divisors(name: str, what: str, positive: bool, compute: Callable[..., Any], said: str) -> Any:
    def divide(A: Any, B: Any) -> Any:
        kind = common_class(name, A, B)
        for label, X in (("A", A), ("B", B)):
            if not (np.isfinite(X) & (np.floor(X) == X)).all() or (positive and (X <= 0).any()):
                kind_of = "positive integers" if positive else "integers"
                raise ValueError(f"{name}: {label} must hold {kind_of}, but is {describe(X)}.")
        made = np.asarray(compute(*map(_python, matched(name, A, B))), object)
        if is_whole(kind):
            return tidy(np.asarray(np.minimum(made, np.iinfo(kind).max)).astype(kind), made)
        return tidy(made.astype(np.float64).astype(kind), made)

    divide.__name__ = divide.__qualname__ = name
    only = "positive integers" if positive else "integers"
    divide.__doc__ = f"""Return the {what}, element by element.

    Parameters
    ----------
    A, B : array or number
        The numbers, {only}. Dimensions of length 1 are repeated.

    Returns
    -------
    number or numpy.ndarray
        The {what} of each two numbers.

    Raises
    ------
    TypeError
        If one is not numeric, or integers of two classes come together.
    ValueError
        If sizes do not fit, or there are other numbers than {only}.

    Notes
    -----
    Documented. Held against GNU Octave.

    Examples
    --------
    >>> from matxai import {name}
    >>> {name}([4, 6], 6)
    {said}
    """
    return matlab_function("G", accepts={"A": numbers, "B": numbers})(divide)


def _python(values: np.ndarray) -> np.ndarray:
    """Return an array of Python's integers, which do not overflow."""
    made = np.empty(values.shape, object)
    for place in np.ndindex(values.shape):
        made[place] = int(values[place])
    return made


gcd = _divisors("gcd", "greatest common divisors", False, np.gcd, "array([2., 6.])")
lcm = _divisors("lcm", "least common multiples", True, np.lcm, "array([12.,  6.])")
