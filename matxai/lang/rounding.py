"""Functions of single numbers: abs, round, floor, ceil, fix, sqrt, exp, log."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from matxai.arguments import describe
from matxai.calling import matlab_function
from matxai.lang.classes import converted
from matxai.lang.values import array_of, data_of, floating, is_dlarray, tidy

__all__ = ["abs", "ceil", "exp", "fix", "floor", "log", "round", "sign", "sqrt"]


def _function(
    name: str,
    does: str,
    compute: Callable[[Any], Any],
    returns: str,
    example: str,
    keeps_integers: bool,
    lowest: float | None = None,
) -> Any:
    def apply(X: Any) -> Any:
        if X.dtype.kind in "iu" and keeps_integers:
            made = compute(X) if name in ("abs", "sign") else X.copy()
            return tidy(made, X)
        if lowest is not None and (data_of(X) < lowest).any():
            raise ValueError(
                f"{name}: X holds negative numbers, of which MATLAB gives complex results; there "
                f"are none here. Compute with max(X, 0), or numpy.emath.{name}."
            )
        with np.errstate(all="ignore"):
            return tidy(compute(floating(X)), X)

    apply.__name__ = apply.__qualname__ = name
    negative = "\n    ValueError\n        If a number is negative." if lowest is not None else ""
    apply.__doc__ = f"""{does}.

    Parameters
    ----------
    X : array, number or dlarray
        The numbers.

    Returns
    -------
    numpy.ndarray, number or dlarray
        {returns}

    Raises
    ------
    TypeError
        If `X` is not numeric.{negative}

    Notes
    -----
    Documented.

    Examples
    --------
    >>> from matxai import {name}
    {example}
    """
    return matlab_function("Y", accepts={"X": array_of})(apply)


def _absolute(X: Any) -> Any:
    if X.dtype.kind != "i":
        return np.absolute(X)
    # The least integer has no counterpart: it becomes the greatest.
    return np.absolute(np.maximum(X, -np.iinfo(X.dtype).max))


def _fixed(X: Any) -> Any:
    return np.where(X < 0, np.ceil(X), np.floor(X)) if is_dlarray(X) else np.trunc(X)


def _nearest(X: Any) -> Any:
    # floor(x + 0.5) would fail just below 0.5 and beyond 2**52.
    whole = _fixed(X)
    with np.errstate(invalid="ignore"):
        # What is whole stays as it is, -0 as well.
        broken = np.isfinite(X) & (whole != X)
        return np.where(broken, whole + _fixed((X - whole) * 2), X)


_SAME = "Of the class of `X`; of truth values double."
_FLOAT = "Single where `X` is, otherwise double."
abs = _function(
    "abs", "Return absolute values", _absolute, _SAME, ">>> abs(-3)\n    3.0", keeps_integers=True
)
sign = _function(
    "sign", "Return −1, 0 or 1 by the sign", np.sign, _SAME, ">>> sign(-3)\n    -1.0", True
)
floor = _function(
    "floor", "Round towards −Inf", np.floor, _SAME, ">>> floor(-1.5)\n    -2.0", keeps_integers=True
)
ceil = _function(
    "ceil", "Round towards Inf", np.ceil, _SAME, ">>> ceil(-1.5)\n    -1.0", keeps_integers=True
)
fix = _function(
    "fix", "Round towards 0", _fixed, _SAME, ">>> fix(-1.5)\n    -1.0", keeps_integers=True
)
sqrt = _function(
    "sqrt", "Return square roots", np.sqrt, _FLOAT, ">>> sqrt(9)\n    3.0", False, lowest=0
)
exp = _function("exp", "Return powers of e", np.exp, _FLOAT, ">>> exp(0)\n    1.0", False)
log = _function(
    "log", "Return natural logarithms", np.log, _FLOAT, ">>> log(1)\n    0.0", False, lowest=0
)


@matlab_function("Y", accepts={"X": array_of})
def round(X: Any, N: int = 0, type: str = "decimals") -> Any:
    """Round to the nearest integers or to a number of digits, halves away from zero.

    Parameters
    ----------
    X : array, number or dlarray
        The numbers.
    N : int
        Number of digits behind the decimal point; negative for digits in front of it.
    type : {"decimals", "significant"}
        Whether digits behind the point or significant digits are counted.

    Returns
    -------
    numpy.ndarray, number or dlarray
        Of the class of `X`; of truth values double.

    Raises
    ------
    TypeError
        If `X` is not numeric, or is a dlarray and `N` given.
    ValueError
        If `N` is no integer, or `type` another word.

    Notes
    -----
    Documented for integers. Chosen for digits: ``round(X * 10^N) / 10^N``, so a number that is
    stored a little below a half, as 2.675 is, can be rounded up.

    Examples
    --------
    >>> from matxai import round
    >>> round([-2.5, 0.5, 1.4])
    array([-3.,  1.,  1.])
    >>> round(3.14159, 3)
    3.142
    """
    if type not in ("decimals", "significant"):
        raise ValueError(f'round: type must be "decimals" or "significant", but is {type!r}.')
    whole = np.size(N) == 1 and not isinstance(N, (str, bool)) and float(N) == int(N)
    if not whole or (type == "significant" and N < 1):
        raise ValueError(f"round: N must be an integer, but is {describe(N)}.")
    N = int(N)
    if N == 0 and type == "decimals":
        if X.dtype.kind in "iu":
            return tidy(X.copy(), X)
        return tidy(_nearest(floating(X)), X)
    if is_dlarray(X):
        raise TypeError("round: a dlarray is rounded to integers only.")
    kind = X.dtype if X.dtype.kind != "b" else np.dtype(np.float64)
    return tidy(converted(_to_digits(X.astype(np.float64), N, type), kind), X)


def _to_digits(X: np.ndarray, N: int, kind: str) -> np.ndarray:
    digits = np.full(X.shape, N)
    if kind == "significant":
        with np.errstate(divide="ignore"):
            size = np.floor(np.log10(np.absolute(X)))
        digits = N - 1 - np.where(np.isfinite(size), size, 0).astype(int)
    # Powers with positive exponents only: 0.1 and its like are not exact.
    up, down = 10.0 ** np.maximum(digits, 0), 10.0 ** np.maximum(-digits, 0)
    with np.errstate(invalid="ignore", over="ignore"):
        made = _nearest(X * up / down) / up * down
    return np.where(np.isfinite(made), made, X)
