"""tic, toc and pause."""

import time

import pytest

from matxai import pause, tic, toc


def test_time_passes():
    start = tic()
    pause(0.02)
    assert 0.02 <= toc() <= toc(start) + 1
    tic()
    assert toc(start) > toc()


def test_a_negative_pause_is_none():
    before = time.perf_counter()
    pause(-5)
    assert time.perf_counter() - before < 1


def test_bad_input():
    with pytest.raises(TypeError, match="pause: n must be a number, but is 'long'."):
        pause("long")
