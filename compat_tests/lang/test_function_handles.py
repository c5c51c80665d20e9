"""func2str, str2func, bsxfun, structfun; cell2mat and mat2cell."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import matxai
from matxai import (
    bsxfun,
    cell2mat,
    func2str,
    mat2cell,
    plus,
    range_,
    str2func,
    struct,
    structfun,
)


@pytest.mark.tier("documented")
@pytest.mark.parametrize("name", ["mean", "range", "sin", "atan", "assert", "imresize"])
def test_names_and_functions(name):
    assert func2str(str2func(name)) == name
    assert str2func(f"@{name}") is str2func(name)
    assert str2func("range") is range_
    assert str2func("atan")(1) == pytest.approx(np.pi / 4)


@pytest.mark.tier("documented")
def test_functions_of_arrays_and_fields():
    assert bsxfun(plus, [[1, 2]], [[10], [20]]).tolist() == [[11, 12], [21, 22]]
    assert bsxfun("times", [[1, 2], [3, 4]], 2).tolist() == [[2, 4], [6, 8]]
    assert bsxfun(np.maximum, [[1, 5]], [[2], [7]]).tolist() == [[2, 5], [7, 7]]
    S = struct("a", np.array([1.0, 5.0]), "b", 7.0)
    assert structfun("mean", S).tolist() == [3, 7]
    least, places = structfun(matxai.min, S, nargout=2)
    assert (least.tolist(), places.tolist()) == ([1, 7], [1, 1])
    doubled = structfun(lambda v: v * 2, S, UniformOutput=False)
    assert (doubled.a.tolist(), doubled.b) == ([2, 10], 14)


@pytest.mark.tier("documented")
@given(
    rows=st.lists(st.integers(0, 3), min_size=1), columns=st.lists(st.integers(0, 3), min_size=1)
)
def test_what_is_cut_can_be_joined(rows, columns):
    A = np.arange(sum(rows) * sum(columns), dtype=float).reshape(sum(rows), sum(columns))
    if A.size < 2:
        return
    cells = mat2cell(A, rows, columns)
    nested = cells
    if len(rows) == 1:
        nested = [cells]
    elif len(columns) == 1:
        nested = [[cell] for cell in cells]
    np.testing.assert_array_equal(cell2mat(nested), A)
    assert nested[0][0].shape == (rows[0], columns[0])


@pytest.mark.tier("documented")
def test_lists_of_cells():
    assert cell2mat([1, 2, 3]).tolist() == [1, 2, 3]
    assert cell2mat([7]) == 7
    assert cell2mat([]).shape == (0, 0)
    assert cell2mat([[1, 2], [3, 4]]).tolist() == [[1, 2], [3, 4]]
    row = [np.ones((2, 1)), np.ones((2, 3))]
    assert cell2mat(row).shape == (2, 4)
    assert cell2mat([part.T for part in row]).shape == (4, 2)
    assert len(mat2cell(np.ones((4, 2)), [1, 3])) == 2


@pytest.mark.parametrize(
    ("call", "error", "says"),
    [
        (lambda: func2str(lambda x: x), ValueError, "not known"),
        (lambda: func2str("mean"), TypeError, "fh must be a function"),
        (lambda: str2func("@(x) x"), ValueError, "as a lambda"),
        (lambda: str2func("fminsearch"), ValueError, "no function named"),
        (lambda: str2func(3), TypeError, "must be a text"),
        (lambda: bsxfun(3, 1, 2), TypeError, "fun must be a function"),
        (lambda: bsxfun(plus, [1, 2], [[1, 2]]), ValueError, "neither a row nor a column"),
        (lambda: structfun(len, [1]), TypeError, "S must be a struct"),
        (lambda: structfun(lambda v: [1, 2], struct("a", 1)), ValueError, "one number"),
        (lambda: cell2mat(3), TypeError, "C must be a cell array"),
        (lambda: cell2mat(["a", "b"]), TypeError, "numeric arrays"),
        (lambda: cell2mat([[1, 2], [3]]), TypeError, "of one length"),
        (lambda: cell2mat([np.ones((2, 2))] * 2), ValueError, "write \\[C\\]"),
        (lambda: cell2mat([[1, np.uint8(2)]]), TypeError, "one class"),
        (lambda: cell2mat([[np.ones((1, 2)), np.ones((2, 1))]]), ValueError, "do not fit"),
        (lambda: mat2cell(np.ones((2, 2)), [1]), ValueError, "add up to 2"),
        (lambda: mat2cell([1, 2], [1, 1]), ValueError, "neither a row nor a column"),
    ],
)
def test_bad_input(call, error, says):
    with pytest.raises(error, match=says):
        call()
