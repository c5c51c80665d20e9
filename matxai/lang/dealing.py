"""deal: the same value, or one value each, for several outputs."""

from __future__ import annotations

from typing import Any

from matxai.calling import matlab_function

__all__ = ["deal"]


@matlab_function("...")
def deal(*args: Any, nargout: int = 1) -> Any:
    """Give each output a value.

    Parameters
    ----------
    *args
        One value for all outputs, or as many as there are outputs.
    nargout : int, default 1
        Number of outputs to return.

    Returns
    -------
    The value; with `nargout` above 1, a tuple of that many.

    Raises
    ------
    TypeError
        If there is no value.
    ValueError
        If there are several, but not as many as outputs.

    Notes
    -----
    As documented. Outputs that are given one array share it: in Python ``a, b = x, x.copy()`` makes
    two.

    Examples
    --------
    >>> from matxai import deal
    >>> a, b = deal(0, nargout=2)
    >>> a, b
    (0, 0)
    >>> deal(1, "x", nargout=2)
    (1, 'x')
    """
    if not args:
        raise TypeError("deal: there is no value to give. Call deal(A) or deal(A1, A2, ...).")
    wanted = max(nargout, 1)
    if len(args) not in (1, wanted):
        raise ValueError(
            f"deal: there must be one value, or as many as outputs, but there are {len(args)} for "
            f"{wanted}. With nargout={len(args)} each output gets one."
        )
    values = args * wanted if len(args) == 1 else args
    return values[0] if wanted == 1 else values
