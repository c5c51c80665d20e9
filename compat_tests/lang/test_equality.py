"""isequal and isequaln."""

import copy

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matxai import categorical, isequal, isequaln, struct, table

leaves = st.one_of(
    st.integers(-5, 5),
    st.floats(allow_nan=False),
    st.text(max_size=3),
    st.booleans(),
    st.lists(st.floats(-9, 9), max_size=3).map(np.array),
)
values = st.recursive(
    leaves,
    lambda v: st.one_of(
        st.lists(v, max_size=3),
        st.dictionaries(st.sampled_from(["a", "b"]), v).map(struct),
    ),
    max_leaves=6,
)


@given(values)
def test_a_value_equals_its_copy(value):
    assert isequal(value, copy.deepcopy(value))
    assert isequaln(value, copy.deepcopy(value), value)


@given(values, values)
def test_it_is_symmetric_and_nothing_fails(a, b):
    assert isequal(a, b) is isequal(b, a)
    assert not isequal([a, "x"], [a, "y"])
    assert not isequal(struct(a=a), struct(a=a, b=b))


@pytest.mark.tier("documented")
def test_classes_do_not_matter_but_sizes_do():
    assert isequal(np.uint8([1, 2]), [1.0, 2.0])
    assert isequal(1, True, np.float32(1))
    assert isequal(struct(a=1, b=2), struct(b=2, a=1))
    assert not isequal([1, 2], [[1, 2], [1, 2]])
    assert not isequal(np.zeros((2, 3)), np.zeros((3, 2)))
    assert not isequal([1, 2], [1, 2], [1, 3])
    assert not isequal(np.nan, np.nan)
    assert isequaln([np.nan, 1], [np.nan, 1])
    assert not isequaln([np.nan, 1], [np.nan, 2])


@pytest.mark.tier(
    "chosen",
    "`isequal`: a 1-D array equals a row and a column; a text equals no numbers",
)
def test_a_vector_is_neither_a_row_nor_a_column():
    assert isequal([1, 2], [[1, 2]])
    assert isequal([1, 2], [[1], [2]])
    assert not isequal([[1, 2]], [[1], [2]])
    assert not isequal("a", 97)


def test_texts_labels_tables():
    assert isequal(["a", "b"], np.array(["a", "b"]))
    assert not isequal("a", ["b"])
    assert isequal(categorical(["a", "b"]), categorical(["a", "b"]))
    assert not isequal(categorical(["a"]), "a")
    missing = categorical(["a", ""])
    assert not isequal(missing, missing)
    assert isequaln(missing, missing)
    assert isequal(table([1], ["a"]), table([1], ["a"]))
    assert not isequal(table([1]), table([2]))
    assert not isequal([table([1])], [table([2])])
    assert isequal([table([1])], [table([1])])
    assert isequal(None, np.zeros((0, 0)))
