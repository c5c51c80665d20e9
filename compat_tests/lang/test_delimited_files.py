"""readmatrix, writematrix, readtable and writetable."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from matxai import categorical, readmatrix, readtable, table, writematrix, writetable

matrices = hnp.arrays(
    np.float64,
    hnp.array_shapes(min_dims=2, max_dims=2, min_side=2, max_side=5),
    elements=st.floats(-1e6, 1e6).map(lambda x: float(f"{x:.12g}")),
)
words = st.text(st.sampled_from('ab,"; c'), min_size=1, max_size=6).map(lambda t: "w" + t.strip())


@given(matrices, st.sampled_from([",", ";", "tab", "\t"]))
def test_matrices_come_back(tmp_path_factory, A, delimiter):
    file = tmp_path_factory.mktemp("files") / "a.csv"
    writematrix(A, file, Delimiter=delimiter)
    assert np.array_equal(readmatrix(file), A)


@given(st.lists(st.tuples(words, st.floats(-1e6, 1e6).map(lambda x: round(x, 6))), min_size=1))
def test_tables_come_back(tmp_path_factory, rows):
    file = tmp_path_factory.mktemp("files") / "t.csv"
    names, numbers = ([row[i] for row in rows] for i in (0, 1))
    T = table(names, np.array(numbers), VariableNames=["name", "score"])
    writetable(T, file)
    back = readtable(file, Delimiter=",")
    assert list(back) == ["name", "score"]
    assert back.name == names
    assert np.array_equal(back.score, numbers)


def test_what_files_look_like(tmp_path):
    file = tmp_path / "t.csv"
    T = table(
        categorical(["cat", "dog"]), [True, False], [[1, 2], [3, np.nan]], RowNames=["a", "b"]
    )
    writetable(T, file, WriteRowNames=True)
    assert file.read_text() == "Row,Var1,Var2,Var3_1,Var3_2\na,cat,1,1,2\nb,dog,0,3,NaN\n"
    writematrix([0.1, 1e-20, 3], file)
    assert file.read_text() == "0.1\n1e-20\n3\n"
    writematrix(["a", "b"], file)
    assert file.read_text() == "a\nb\n"


@pytest.mark.tier("documented", "`readtable` makes valid names of variables")
def test_names_are_made_valid(tmp_path):
    (tmp_path / "t.csv").write_text("my score,1st,a-b,a-b\n1,2,3,4\n,6,7,8\n")
    T = readtable(tmp_path / "t.csv")
    assert list(T) == ["myScore", "x1st", "a_b", "a_b_1"]
    assert np.isnan(T.myScore[1])


def test_other_files(tmp_path):
    (tmp_path / "h.txt").write_text("x y\n1 2\n3 4\n")
    assert readmatrix(tmp_path / "h.txt").tolist() == [[1, 2], [3, 4]]
    (tmp_path / "n.csv").write_text("1,2\n3,x\n")
    T = readtable(tmp_path / "n.csv", ReadVariableNames=False)
    assert T.Var1.tolist() == [1, 3]
    assert T.Var2 == ["2", "x"]
    (tmp_path / "s.csv").write_text("a\ncat\n")
    assert isinstance(readtable(tmp_path / "s.csv", TextType="string").a, np.ndarray)
    (tmp_path / "e.csv").write_text("")
    assert readtable(tmp_path / "e.csv").shape == (0, 0)


@pytest.mark.parametrize(
    ("call", "kind", "said"),
    [
        (lambda d: readtable(d / "none.csv"), FileNotFoundError, "none.csv"),
        (lambda d: readtable(d / "a.xlsx"), ValueError, "readtable: filename must end with .csv"),
        (
            lambda d: writetable(5, d / "a.csv"),
            TypeError,
            "writetable: T must be a table, but is 5.",
        ),
        (
            lambda d: writematrix([1], d / "a.xls"),
            ValueError,
            "writematrix: filename must end with",
        ),
        (
            lambda d: writematrix({}, d / "a.csv"),
            TypeError,
            "writematrix: A must be a numeric array",
        ),
        (
            lambda d: readmatrix(d / "a.csv", Delimiter="ab"),
            ValueError,
            "Delimiter must be one character",
        ),
    ],
)
def test_bad_input(tmp_path, call, kind, said):
    with pytest.raises(kind) as error:
        call(tmp_path)
    assert said in str(error.value)
