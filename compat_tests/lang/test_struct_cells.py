"""struct2cell and cell2struct."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from octave import evaluate, needs_octave

from matxai import cell2struct, fieldnames, struct, struct2cell

NAMES = st.lists(st.sampled_from("abcde"), unique=True, min_size=1, max_size=4)


@given(NAMES)
def test_fields_come_back(names):
    flat = struct({name: i for i, name in enumerate(names)})
    for dim in (1, 2):
        assert cell2struct(struct2cell(flat), fieldnames(flat), dim) == flat
    assert struct2cell(flat) == list(range(len(names)))


@needs_octave
def test_structs_lie_as_in_octave():
    made = cell2struct([[1, 2, 3], [4, 5, 6]], ["a", "b"], 1)
    theirs = evaluate("[cell2struct({1, 2, 3; 4, 5, 6}, {'a', 'b'}, 1).b]")[1]
    assert [s.b for s in made] == theirs.ravel().tolist() == [4, 5, 6]
    made = cell2struct([[1, 2], [3, 4], [5, 6]], ["a", "b"], 2)
    theirs = evaluate("[cell2struct({1, 2; 3, 4; 5, 6}, {'a', 'b'}, 2).a]")[1]
    assert [s.a for s in made] == theirs.ravel().tolist() == [1, 3, 5]
    made = cell2struct([1, 2, 3], "a", 1)
    theirs = evaluate("[cell2struct({1, 2, 3}, {'a'}, 1).a]")[1]
    assert [s.a for s in made] == theirs.ravel().tolist()


@pytest.mark.parametrize(
    ("call", "error", "says"),
    [
        (lambda: struct2cell(5), TypeError, "S must be one struct, but is 5"),
        (lambda: struct2cell([struct(), struct()]), ValueError, "S must be one struct"),
        (lambda: cell2struct(5, "a", 1), TypeError, "C must be a cell array"),
        (lambda: cell2struct([1, 2], ["a", "b", "c"], 1), ValueError, "for each of the 2 values"),
        (lambda: cell2struct([1], ["a b"], 1), ValueError, "'a b' is no name of a field"),
        (lambda: cell2struct([1], ["a"], 3), ValueError, "dim must be 1 or 2"),
        (lambda: cell2struct([1], 5, 1), TypeError, "fields must be texts"),
    ],
)
def test_bad_input(call, error, says):
    with pytest.raises(error, match=says):
        call()
