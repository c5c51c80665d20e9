"""Telling how far a run is."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from matxai.arguments import describe, logical

__all__ = ["progress_option", "reporting"]

SHOW_AFTER_SECONDS = 2


def progress_option(value: Any, name: str) -> str | bool | Callable[[int, int], Any]:
    """Check a Progress option: "auto", on, off, or a callback ``f(done, total)``."""
    if callable(value):
        return value
    if isinstance(value, str) and value.lower() == "auto":
        return "auto"
    try:
        return logical(value, name)
    except (TypeError, ValueError):
        raise TypeError(
            f'{name} must be "auto", "on", "off" or a function of (done, total), but is '
            f"{describe(value)}."
        ) from None


@contextmanager
def reporting(
    option: str | bool | Callable[[int, int], Any], total: int, label: str
) -> Iterator[Callable[[int], None]]:
    """Give a function to be called with the number of steps done so far.

    Parameters
    ----------
    option : {"auto", True, False} or callable
        "auto" shows a bar on a terminal once the run takes over two seconds; True shows it at
        once, anywhere; a callable gets ``(done, total)`` instead.
    total : int
        Number of steps.
    label : str
        What is shown beside the bar.
    """
    if callable(option):
        yield lambda done: option(done, total)
        return
    if option is False or (option == "auto" and not sys.stderr.isatty()):
        yield lambda done: None
        return
    from tqdm import tqdm

    delay = SHOW_AFTER_SECONDS if option == "auto" else 0
    with tqdm(total=total, desc=label, unit="image", delay=delay, leave=False) as bar:
        yield lambda done: bar.update(done - bar.n)
