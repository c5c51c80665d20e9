"""tic, toc and pause."""

from __future__ import annotations

import time

from matxai.arguments import real_scalar
from matxai.calling import matlab_function

__all__ = ["pause", "tic", "toc"]


class _Watch:
    """When tic was called last."""

    started: int | None = None


@matlab_function("timerVal")
def tic() -> int:
    """Start the stopwatch.

    Returns
    -------
    int
        The time, which :func:`toc` takes to tell how long ago it was.

    Examples
    --------
    >>> from matxai import tic, toc
    >>> start = tic()
    >>> toc(start) >= 0
    True
    """
    _Watch.started = time.perf_counter_ns()
    return _Watch.started


@matlab_function("elapsedTime")
def toc(timerVal: int | None = None) -> float:
    """Tell how much time has passed since :func:`tic`.

    Parameters
    ----------
    timerVal : int, optional
        What tic returned; the last call of it by default.

    Returns
    -------
    float
        The seconds. MATLAB's ``toc`` on its own prints them; here ``print(toc())``.

    Raises
    ------
    RuntimeError
        If tic was not called.

    Examples
    --------
    See :func:`tic`.
    """
    started = _Watch.started if timerVal is None else timerVal
    if started is None:
        raise RuntimeError("toc: call tic() before toc().")
    return (time.perf_counter_ns() - started) / 1e9


@matlab_function(accepts={"n": real_scalar})
def pause(n: float) -> None:
    """Wait.

    Parameters
    ----------
    n : float
        For how many seconds.

    Raises
    ------
    TypeError
        If `n` is no number.
    ValueError
        If `n` is not finite.

    Examples
    --------
    >>> from matxai import pause
    >>> pause(0)
    """
    time.sleep(max(0.0, n))
