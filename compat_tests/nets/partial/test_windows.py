"""Where windows lie, and how far changes reach."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from matxai.nets.partial.reach import Reach
from matxai.nets.partial.windows import Spans, windows_for

layers = st.lists(
    st.tuples(st.integers(1, 5), st.integers(1, 3), st.integers(0, 2)), min_size=1, max_size=4
)


def through(chain):
    reach = Reach()
    for size, stride, before in chain:
        reach = reach.through(size, stride, before)
    return reach


@given(layers, layers)
def test_reaches_can_be_joined_end_to_end(one, two):
    assert through(one).then(through(two)) == through(one + two)


@given(layers, st.integers(0, 40), st.integers(1, 10), st.integers(1, 30))
def test_a_change_reaches_just_what_depends_on_it(chain, start, length, size):
    reach = through(chain)
    stop = start + length
    first, last = reach.changed(np.array([start]), np.array([stop]), size)
    depends = [
        o
        for o in range(size)
        if o * reach.step + reach.low < stop and o * reach.step + reach.high >= start
    ]
    assert list(range(first[0], last[0])) == depends


@given(layers, st.integers(1, 60), st.lists(st.tuples(st.integers(0, 59), st.integers(1, 9))))
def test_windows_hold_what_their_outputs_depend_on(chain, size, spans):
    reach = through(chain)
    outputs = max(1, (size - reach.low - reach.high) // reach.step)
    spans = [(min(a, outputs - 1), min(outputs, a + b)) for a, b in spans] or [(0, 1)]
    first, last = np.array(spans).T
    last = np.maximum(last, first + 1)
    windows = windows_for(reach, Spans(first, last), size)
    assert 1 <= windows.length <= size
    for start, origin, a, b in zip(windows.starts, windows.origins, first, last, strict=True):
        assert 0 <= start <= size - windows.length
        assert start == origin * reach.step
        # What lies outside of the window lies outside of the whole.
        assert max(0, a * reach.step + reach.low) >= start
        assert min(size, (b - 1) * reach.step + reach.high + 1) <= start + windows.length
