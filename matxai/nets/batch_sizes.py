"""How many images an engine scores at a time: tried out on images that are to be scored anyway."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from time import perf_counter

import numpy as np

from matxai.nets.engines import Engine

__all__ = ["ENOUGH", "batch_sizes", "settle", "untried"]

ENOUGH = 1024
"""With fewer images a trial costs more than a faster size saves."""

ROUNDS = 3
# A choice that is not clearly faster would be noise.
CLEARLY = 0.95


def untried(engine: Engine, count: int, most: int) -> Sequence[int]:
    """Say which sizes are worth trying when `count` images are scored, at most `most` at a time."""
    sizes = getattr(engine, "other_sizes", ())
    return sizes if count >= ENOUGH and max(sizes, default=0) <= most else ()


def batch_sizes(engine: Engine, most: int) -> tuple[int, int]:
    """Say how many images to score at a time, at most `most`, and how many of a rest."""
    usual, fastest = engine.batch_size, getattr(engine, "fastest_size", None)
    if fastest is None or most < max(usual, fastest):
        return min(most, usual), min(most, usual)
    return fastest, usual


def settle(
    engine: Engine,
    sizes: Sequence[int],
    score: Callable[[int, int, int], None],
    images: np.ndarray,
) -> int:
    """Find the batch size at which an engine is fastest, and keep it as ``engine.fastest_size``.

    Sizes that give an image other scores than the usual size, if only in the last bit, are left
    out: so the choice, which depends on the clock, never shows in a result.

    Parameters
    ----------
    engine : Engine
        The engine. It is not asked for ``other_sizes`` again.
    sizes : sequence of int
        What to try beside ``engine.batch_size``.
    score : callable
        ``score(start, stop, size)`` scores some of the images that are to be scored, `size` at a
        time.
    images : numpy.ndarray of float32, shape (n, C, H, W)
        The first of these images, as many as the largest size.

    Returns
    -------
    int
        How many of the images, from the first on, have been scored.
    """
    engine.other_sizes = ()
    usual = engine.batch_size
    expected = _scored(engine, images, usual)
    equal = [n for n in sizes if all(map(np.array_equal, expected, _scored(engine, images, n)))]
    done, times = 0, dict.fromkeys([usual, *equal], np.inf)
    for _ in range(ROUNDS if equal else 0):
        for size in times:
            start = perf_counter()
            score(done, done + len(images), size)
            times[size] = min(times[size], perf_counter() - start)
            done += len(images)
    fastest = min(times, key=times.__getitem__)
    if times[fastest] < CLEARLY * times[usual]:
        engine.fastest_size = fastest
    return done


def _scored(engine: Engine, images: np.ndarray, size: int) -> list[np.ndarray]:
    parts = [engine(images[i : i + size]) for i in range(0, len(images), size)]
    return [np.concatenate(part) for part in zip(*parts, strict=True)]
