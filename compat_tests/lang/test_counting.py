"""countcats."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matxai import categorical, categories, countcats


@given(st.lists(st.sampled_from(["cat", "dog", "10", ""])))
def test_each_element_counts_once(items):
    c = categorical(items)
    counted = Counter(items)
    assert countcats(c).tolist() == [counted[name] for name in categories(c)]


def test_categories_without_elements_count_none():
    assert countcats(categorical(["a"], ["a", "b"])).tolist() == [1, 0]


def test_bad_input():
    with pytest.raises(TypeError, match="countcats: A must be a categorical, but is 5."):
        countcats(5)
