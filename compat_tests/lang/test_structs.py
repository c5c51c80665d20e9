"""struct, and what asks for its fields."""

import copy
import pickle

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matxai import categorical, fieldnames, isfield, isstruct, rmfield, struct

fields = st.dictionaries(
    st.from_regex(r"[A-Za-z][A-Za-z0-9_]{0,5}", fullmatch=True), st.integers(), max_size=5
)


@given(fields)
def test_fields_come_back(values):
    pairs = [part for item in values.items() for part in item]
    s = struct(*pairs)
    assert fieldnames(s) == list(values) == list(s)
    assert struct(values) == s == struct(s)
    for name, value in values.items():
        assert s[name] == getattr(s, name) == value
        assert isfield(s, name)
        assert name not in rmfield(s, name)
        assert name in s


def test_fields_are_set():
    s = struct()
    s.score = 0.5
    s["name"] = "cat"
    assert fieldnames(s) == ["score", "name"]
    other = copy.copy(s)
    other.score = 1
    assert s.score == 0.5
    assert pickle.loads(pickle.dumps(s)) == s


def test_a_list_is_a_value():
    assert struct("names", ["a", "b"]).names == ["a", "b"]
    assert isfield([struct(a=1), struct(a=2)], ["a", "b"]).tolist() == [True, False]
    assert isfield(5, "a") is False
    assert [fieldnames(s) for s in rmfield([struct(a=1, b=2), struct(a=1, b=3)], "a")] == [
        ["b"],
        ["b"],
    ]
    assert isstruct([struct(a=1)])
    assert not isstruct([])


@pytest.mark.tier("documented")
def test_the_display():
    s = struct(a=1, longer="text", x=np.zeros((3, 4), np.float32), row=[1.5, 2], c={}, none=None)
    s.c = ["a", 1]
    s.row = np.array([1.5, 2])
    s.label = categorical(["dog"])
    assert repr(s).splitlines() == [
        "  struct with fields:",
        "",
        "         a: 1",
        "    longer: 'text'",
        "         x: [3×4 single]",
        "       row: [1.5000 2]",
        "         c: {1×2 cell}",
        "      none: []",
        "     label: [1×1 categorical]",
    ]
    assert repr(struct()) == "  struct with no fields."


@pytest.mark.parametrize(
    ("call", "kind", "said"),
    [
        (lambda: struct("a"), TypeError, "struct: the field 'a' has no value."),
        (lambda: struct(1, 2), TypeError, "Names of fields must be texts, not 1."),
        (lambda: struct("a b", 2), ValueError, "'a b' is no name of a field"),
        (lambda: struct(a=1).b, AttributeError, "The struct has no field 'b'. Its fields are: a."),
        (lambda: struct(a=1)[0], TypeError, "A struct has no elements; 0 is no name of a field."),
        (
            lambda: rmfield(struct(a=1), "b"),
            ValueError,
            "rmfield: there is no field 'b'; the fields are: a.",
        ),
        (
            lambda: fieldnames(5),
            TypeError,
            "fieldnames: S must be a struct, or a list of structs, not 5.",
        ),
        (lambda: isfield(struct(), 5), TypeError, "isfield: field must be a text, but is 5."),
    ],
)
def test_bad_input(call, kind, said):
    with pytest.raises(kind) as error:
        call()
    assert said in str(error.value)
