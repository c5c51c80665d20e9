"""cell, cellfun, arrayfun and num2cell."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matxai import arrayfun, categorical, cell, cellfun, num2cell, struct


@given(st.lists(st.text()))
def test_a_function_of_each_cell(items):
    assert cellfun(len, items).tolist() == [len(t) for t in items]
    assert cellfun(str.upper, items, "UniformOutput", False) == [t.upper() for t in items]


@given(st.lists(st.integers(-100, 100), max_size=9))
def test_a_function_of_each_element(items):
    assert arrayfun(lambda k: 2 * k, items).tolist() == [2 * k for k in items]
    assert arrayfun(lambda k: [k], np.array(items), UniformOutput=False) == [[k] for k in items]


def test_shapes_and_orders():
    seen = []
    A = np.array([[1, 2], [3, 4]])
    assert arrayfun(lambda k: seen.append(k) or k > 1, A).tolist() == [[False, True], [True, True]]
    assert seen == [1, 3, 2, 4]
    assert cellfun(len, [["a", "bb"], ["", "ccc"]]).tolist() == [[1, 2], [0, 3]]
    assert cellfun(lambda a, b: a + b, ["x", "y"], ["1", "2"], UniformOutput=False) == ["x1", "y2"]
    assert arrayfun(lambda s: s.a, [struct(a=1), struct(a=5)]).tolist() == [1, 5]
    assert arrayfun(str, categorical(["b", "a"]), UniformOutput=False) == ["b", "a"]


def test_several_outputs_and_names_of_functions():
    values, places = cellfun(
        lambda c: (max(c), c.index(max(c)) + 1), [[1, 5], [7, 2, 3]], nargout=2
    )
    assert (values.tolist(), places.tolist()) == ([5, 7], [2, 1])
    assert cellfun("upper", ["a"], UniformOutput=False) == ["A"]
    seen = []
    assert arrayfun(seen.append, [1, 2], nargout=0) is None
    assert seen == [1, 2]


def test_failures_can_be_handled():
    def fallback(failure, item):
        return failure.index if item == "x" else -1

    assert cellfun(int, ["1", "x"], ErrorHandler=fallback).tolist() == [1, 2]


def test_making_cells():
    assert cell(3) == [[None] * 3] * 3
    assert cell(1, 2) == cell(2, 1) == [None, None]
    assert cell([2, 3]) == [[None] * 3] * 2
    assert cell(0) == []
    assert num2cell([[1, 2], [3, 4]]) == [[1, 2], [3, 4]]
    assert num2cell(5) == [5]


@pytest.mark.parametrize(
    ("call", "kind", "said"),
    [
        (
            lambda: cellfun(len, "abc"),
            TypeError,
            "cellfun: C must be cell arrays, which are lists here, but is 'abc'.",
        ),
        (lambda: cellfun(5, []), TypeError, "cellfun: func must be a function, but is 5."),
        (
            lambda: cellfun("no_such", []),
            ValueError,
            "func must be a function, but matxai has none named 'no_such'.",
        ),
        (lambda: cellfun(str.split, ["a b"]), ValueError, "UniformOutput=False collects anything"),
        (
            lambda: arrayfun(max, [1, 2], [1]),
            ValueError,
            "arrayfun: the arrays must have one size, but have 2 and 1.",
        ),
        (lambda: arrayfun(max), TypeError, "arrayfun: A is missing"),
        (lambda: cell(1, 2, 3), ValueError, "cell: the sizes must be one or two integers"),
        (lambda: num2cell("a"), TypeError, "num2cell: A must be a numeric array"),
    ],
)
def test_bad_input(call, kind, said):
    with pytest.raises(kind) as error:
        call()
    assert said in str(error.value)
