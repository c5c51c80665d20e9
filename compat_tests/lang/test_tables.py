"""table, how it is shown, and what makes tables."""

import copy
import pickle

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matxai import (
    array2table,
    categorical,
    cell2table,
    head,
    height,
    sortrows,
    struct,
    struct2table,
    table,
    table2array,
    width,
)

names = st.lists(
    st.from_regex(r"[a-z]\w{0,5}", fullmatch=True), min_size=1, max_size=4, unique=True
)
CLASSES = categorical(["golden retriever", "Labrador retriever", "kuvasz"])
SCORES = np.array([0.55419, 0.39633, 0.02544], np.float32)


def two():
    return table(["cat", "dog"], [0.25, 0.7], VariableNames=["name", "score"], RowNames=["a", "b"])


# How MATLAB shows it


@pytest.mark.tier(
    "numeric",
    "The table of `topClasses` and `topScores` of MATLAB's example is shown letter by letter",
)
def test_the_display_of_matlabs_example():
    T = table(CLASSES, SCORES, VariableNames=["topClasses", "topScores"])
    shown = [
        "3×2 table",
        "        topClasses        topScores",
        "    __________________    _________",
        "",
        "    golden retriever       0.55419 ",
        "    Labrador retriever     0.39633 ",
        "    kuvasz                 0.02544 ",
    ]
    assert repr(T).splitlines() == shown


@pytest.mark.tier(
    "numeric",
    "A categorical of one label is shown as in the same example, but for a blank at the end",
)
def test_the_display_of_one_label_of_matlabs_example():
    assert repr(CLASSES[0]).splitlines() == ["categorical", "     golden retriever"]


@pytest.mark.tier(
    "documented",
    "Tables of texts, truth values and matrices are laid out as in MATLAB's documentation",
)
def test_the_display_of_many_kinds():
    T = table(
        ["Sanchez", "Li"],
        [38, 43],
        [True, False],
        [[124, 93], [109, 7]],
        np.array(["x", "long"]),
        [1.5, np.nan],
        VariableNames=["LastName", "Age", "Smoker", "BloodPressure", "Note", "Rate"],
    )
    assert repr(T).splitlines() == [
        "2×6 table",
        "     LastName      Age    Smoker    BloodPressure     Note     Rate",
        "    ___________    ___    ______    _____________    ______    ____",
        "",
        "    {'Sanchez'}    38     true        124    93      \"x\"       1.5 ",
        "    {'Li'     }    43     false       109     7      \"long\"    NaN ",
    ]


def test_the_display_of_rows_with_names_and_of_nothing():
    assert repr(two()).splitlines() == [
        "2×2 table",
        "          name      score",
        "         _______    _____",
        "",
        "    a    {'cat'}    0.25 ",
        "    b    {'dog'}     0.7 ",
    ]
    assert repr(table()) == "0×0 empty table"
    assert repr(table([])) == "0×1 empty table"


def test_the_display_of_large_and_whole_numbers():
    T = table([1234.567, 1e10], [1, 100000], np.uint8([7, 200]))
    body = [line.split() for line in repr(T).splitlines()[4:]]
    assert body == [["1234.6", "1", "7"], ["1e+10", "1e+05", "200"]]
    mixed = table([[1, 2], np.zeros((3, 4))], [struct("a", 1), None])
    assert "3×4 double" in repr(mixed)
    assert "1×1 struct" in repr(mixed)


# What it holds


@given(names, st.integers(0, 5))
def test_columns_come_back(chosen, rows):
    columns = [np.arange(rows) + i for i in range(len(chosen))]
    T = table(*columns, VariableNames=chosen)
    assert T.shape == (rows, len(chosen)) == (height(T), width(T))
    assert list(T) == chosen == T.Properties.VariableNames
    for name, column in zip(chosen, columns, strict=True):
        assert np.array_equal(T[name], column)
        assert np.array_equal(getattr(T, name), column)
    assert np.array_equal(table2array(T), np.stack(columns, 1))


def test_default_names():
    assert list(table([1], [2])) == ["Var1", "Var2"]
    assert list(table("a", 5, "VariableNames", ["x", "y"])) == ["x", "y"]


def test_parts():
    T = two()
    assert T[0, "score"].score.tolist() == [0.25]
    assert T[T.score > 0.5, :].name == ["dog"]
    assert list(T[:, ["score"]]) == ["score"]
    assert list(T[:, 1]) == ["score"]
    assert T["b", :].name == ["dog"]
    assert T[["b", "a"], :].Properties.RowNames == ["b", "a"]
    assert len(T[-1, :]) == 1
    labels = table(CLASSES)
    assert labels[1:, :].Var1.tolist() == ["Labrador retriever", "kuvasz"]


def test_variables_are_set_and_removed():
    T = two()
    T.rank = [2, 1]
    T["score"] = [1.5, 2.5]
    assert list(T) == ["name", "score", "rank"]
    assert T.score.tolist() == [1.5, 2.5]
    del T["name"]
    assert list(T) == ["score", "rank"]
    T.Properties.VariableNames = ["s", "r"]
    T.Properties.RowNames = ["x", "y"]
    assert T["y", "r"].r.tolist() == [1]
    T.r[0] = 7
    assert T.r.tolist() == [7, 1]


def test_copies():
    T = two()
    for other in (copy.deepcopy(T), pickle.loads(pickle.dumps(T))):
        assert repr(other) == repr(T)


# What makes tables


@given(st.lists(st.tuples(st.integers(0, 3), st.sampled_from("abc")), max_size=12), st.booleans())
def test_rows_are_sorted_stably(rows, down):
    first, second = ([r[i] for r in rows] for i in (0, 1))
    T = table(np.array(first, float), second, VariableNames=["n", "t"])
    B, index = sortrows(T, "n", "descend" if down else "ascend", nargout=2)
    expected = sorted(range(len(rows)), key=lambda i: -first[i] if down else first[i])
    assert index.tolist() == [i + 1 for i in expected]
    assert list(B.t) == [second[i] for i in expected]
    both = sortrows(T)
    assert list(zip(both.n.tolist(), both.t, strict=True)) == sorted(
        zip(first, second, strict=True)
    )


def test_sorting_by_numbers_and_several():
    T = table([1, 2, 1], categorical(["b", "a", "a"]), VariableNames=["n", "c"])
    assert sortrows(T, [1, -2]).c.tolist() == ["b", "a", "a"]
    assert sortrows(T, ["c", "n"], ["ascend", "descend"]).n.tolist() == [2, 1, 1]
    assert np.isnan(sortrows(table([np.nan, 1.0])).Var1[1])


def test_other_makers():
    assert array2table([[1, 2], [3, 4]]).A2.tolist() == [2, 4]
    assert cell2table([["cat", 1], ["dog", 2]], VariableNames=["n", "k"]).n == ["cat", "dog"]
    assert struct2table([struct(a=1, b="x"), struct(a=2, b="y")]).b == ["x", "y"]
    assert struct2table(struct(a=[1, 2], b=["x", "y"])).a.tolist() == [1, 2]
    assert len(head(table(np.arange(20)))) == 8
    assert height(np.zeros((3, 4))) == 3
    assert width([1, 2]) == 1


@pytest.mark.parametrize(
    ("call", "kind", "said"),
    [
        (
            lambda: table([1, 2], [1]),
            ValueError,
            "All table variables must have the same number of rows, but Var1 has 2, Var2 has 1.",
        ),
        (
            lambda: table([1], VariableNames=["a", "b"]),
            ValueError,
            "VariableNames must hold a name for each of the 1 variables, but holds 2.",
        ),
        (
            lambda: table([1], [2], VariableNames=["a", "a"]),
            ValueError,
            "VariableNames must be distinct and not empty, but hold 'a'.",
        ),
        (lambda: table([1], VariableNames=[1]), TypeError, "table: VariableNames must be texts"),
        (
            lambda: table([1], RowNames=["a", "b"]),
            ValueError,
            "RowNames must hold 1 names, but holds 2.",
        ),
        (
            lambda: two().rating,
            AttributeError,
            "The table has no variable 'rating'. Its variables are: name, score.",
        ),
        (lambda: two()["rating"], KeyError, "The table has no variable 'rating'"),
        (lambda: two()["c", :], KeyError, "The table has no row named 'c'."),
        (
            lambda: sortrows(two(), "rank"),
            ValueError,
            "sortrows: the table has no variable 'rank'; those are name, score.",
        ),
        (lambda: sortrows(5), TypeError, "sortrows: T must be a table, but is 5."),
        (
            lambda: sortrows(two(), "name", ["ascend", "descend"]),
            ValueError,
            "direction must be one, or one for each of the 1 variables",
        ),
        (
            lambda: table2array(two()),
            TypeError,
            "table2array: the variable 'name' does not hold numbers.",
        ),
        (lambda: cell2table([1]), TypeError, "cell2table: C must be a list of the rows"),
        (
            lambda: struct2table(5),
            TypeError,
            "struct2table: S must be a struct or a list of them, not 5.",
        ),
        (lambda: struct2table([struct(a=1), struct(b=1)]), ValueError, "must have the same fields"),
    ],
)
def test_bad_input(call, kind, said):
    with pytest.raises(kind) as error:
        call()
    assert said in str(error.value)
