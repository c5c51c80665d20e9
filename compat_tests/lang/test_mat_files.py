"""load and save."""

import shutil
import subprocess

import numpy as np
import pytest
import scipy.io
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from matxai import categorical, categories, isequal, load, save, struct, table

dtypes = st.sampled_from([np.float64, np.float32, np.uint8, np.int16, np.int64, np.bool_])
arrays = dtypes.flatmap(
    lambda d: hnp.arrays(
        d,
        hnp.array_shapes(min_dims=1, max_dims=3, min_side=2, max_side=4),
        elements={"allow_nan": False} if np.dtype(d).kind == "f" else None,
    )
)
texts = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=5
)
values = st.recursive(
    st.one_of(arrays, texts, st.integers(-1000, 1000), st.booleans()),
    lambda inner: st.one_of(
        # Two unlike ones, so that they are a cell array and no matrix.
        inner.map(lambda v: ["text", v]),
        st.dictionaries(st.sampled_from(["a", "b2", "c_"]), inner, min_size=1).map(struct),
    ),
    max_leaves=5,
)


@settings(max_examples=40)
@given(st.dictionaries(st.sampled_from(["x", "y", "zz"]), values, min_size=1))
def test_variables_come_back(tmp_path_factory, variables):
    file = tmp_path_factory.mktemp("mat") / "v.mat"
    save(file, variables)
    S = load(file)
    assert sorted(S) == sorted(variables)
    for name, value in variables.items():
        assert isequal(S[name], value), (S[name], value)


@given(arrays, st.sampled_from(["-v7", "-v6", "-v7.3"]))
def test_classes_and_shapes_come_back_in_each_version(tmp_path_factory, array, version):
    if version == "-v7.3":
        pytest.importorskip("matio")
    file = tmp_path_factory.mktemp("mat") / "v"
    save(file, {"x": array}, version)
    x = load(file).x
    assert (x.dtype, x.shape) == (array.dtype, array.shape)
    assert np.array_equal(x, array)


def test_scalars_keep_their_class_and_numbers_of_python_are_double(tmp_path):
    save(tmp_path / "v", struct(a=np.uint8(5), b=3, c=True, d=[1, 2], e=None, f=np.float32(0.5)))
    S = load(tmp_path / "v")
    kinds = [type(S[name]) for name in "abcf"]
    assert kinds == [np.uint8, np.float64, np.bool_, np.float32]
    assert S.d.dtype == np.float64
    assert S.e.shape == (0, 0)


def test_labels_tables_and_cells_become_what_scipy_can_write(tmp_path):
    T = table(["cat", "dog"], [0.25, 0.7], VariableNames=["name", "score"])
    save(tmp_path / "v.mat", {"T": T, "c": categorical(["a", "b"]), "s": np.array(["x", "long"])})
    S = load(tmp_path / "v.mat")
    assert S.T.name == ["cat", "dog"]
    assert S.T.score.tolist() == [0.25, 0.7]
    assert S.c == ["a", "b"]
    assert S.s == ["x", "long"]


def test_some_variables_and_more_of_them(tmp_path):
    file = tmp_path / "v.mat"
    save(file, {"scoreMap": 1, "scoreTop": 2, "net": 3})
    assert sorted(load(file, "score*")) == ["scoreMap", "scoreTop"]
    with pytest.warns(UserWarning, match="has no variable 'map'"):
        assert list(load(file, "map", "net")) == ["net"]
    save(file, {"net": 4}, "-append")
    assert load(file).net == 4
    assert load(file).scoreMap == 1


def test_a_file_of_numbers_in_text(tmp_path):
    (tmp_path / "map.txt").write_text("1 2\n3 4\n% a comment\n")
    assert load(tmp_path / "map.txt").tolist() == [[1, 2], [3, 4]]


@pytest.mark.octave
def test_what_octave_writes(tmp_path):
    octave = shutil.which("octave-cli")
    if octave is None:
        pytest.skip("GNU Octave is not installed")
    file = tmp_path / "octave.mat"
    code = (
        "s = struct('a', {1, 'two'}); c = {1, 'x'; [1 2 3], true}; one = struct('k', {{1 'b'}});"
        "x = reshape(uint8(1:24), 2, 3, 4); r = 1:3; l = [true false]; t = 'text'; e = [];"
        f"m = ['ab'; 'cd']; w = ''; f = single(0.5); i = int16([1; -2]); save('-v7', '{file}');"
    )
    subprocess.run([octave, "--eval", code], check=True, capture_output=True)
    S = load(file)
    assert [s.a for s in S.s] == [1, "two"]
    assert S.c[0] == [1, "x"]
    assert S.c[1][0].tolist() == [1, 2, 3]
    assert S.c[1][1] is np.True_
    assert S.one.k == [1, "b"]
    assert np.array_equal(S.x, np.arange(1, 25, dtype=np.uint8).reshape(2, 3, 4, order="F"))
    assert S.x.dtype == np.uint8
    assert (S.r.tolist(), S.l.tolist(), S.t, S.w) == ([1, 2, 3], [True, False], "text", "")
    assert S.l.dtype == bool
    assert S.m.tolist() == ["ab", "cd"]
    assert (S.f, S.f.dtype, S.i.dtype, S.e.size) == (0.5, np.float32, np.int16, 0)


@pytest.mark.octave
def test_octave_reads_what_is_written(tmp_path):
    octave = shutil.which("octave-cli")
    if octave is None:
        pytest.skip("GNU Octave is not installed")
    file = tmp_path / "ours.mat"
    save(
        file,
        {
            "x": np.arange(6).reshape(2, 3),
            "v": [1, 2.5],
            "t": "tëxt",
            "c": ["a", 5],
            "s": struct(k=True),
            "u": np.uint8([[1, 2], [3, 4]]),
        },
    )
    code = (
        f"load('{file}'); disp(isequal(x, [0 1 2; 3 4 5])), disp(isequal(v, [1; 2.5])),"
        "disp(ischar(t) && rows(t) == 1), disp(isequal(c, {'a'; 5})), disp(islogical(s.k)),"
        "disp(isequal(u, uint8([1 2; 3 4])) && isa(u, 'uint8'))"
    )
    said = subprocess.run([octave, "--eval", code], check=True, capture_output=True, text=True)
    assert said.stdout.split() == ["1"] * 6


def test_objects_of_matlab(tmp_path):
    matio = pytest.importorskip("matio")
    pandas = pytest.importorskip("pandas")
    objects = {
        "labels": pandas.Categorical(["dog", None, "cat"], ["dog", "cat", "fox"]),
        "one": pandas.Categorical(["dog"]),
        "T": pandas.DataFrame({"name": ["cat", "dog"], "score": [0.25, 0.7]}),
    }
    matio.save_to_mat(str(tmp_path / "v.mat"), objects)
    S = load(tmp_path / "v.mat")
    assert S.labels.tolist() == ["dog", "<undefined>", "cat"]
    assert categories(S.labels).tolist() == ["dog", "cat", "fox"]
    assert str(S.one) == "dog"
    assert S.T.name == ["cat", "dog"]
    assert S.T.score.tolist() == [0.25, 0.7]


@pytest.mark.tier("documented")
def test_a_network_file_of_matlab_is_read(reference):
    pytest.importorskip("matio")
    S = load(reference("mat", "nisitka_segnet.mat"))
    assert len(list(S)) >= 1


@pytest.mark.parametrize(
    ("call", "kind", "said"),
    [
        (lambda d: load(d / "none.mat"), FileNotFoundError, "load: there is no file"),
        (lambda d: load(5), TypeError, "load: filename must be a text, but is 5."),
        (
            lambda d: save(d / "v"),
            TypeError,
            "save: variables are given with their names, save(f, {'x': x})",
        ),
        (lambda d: save(d / "v", "x"), TypeError, "but 'x' is given"),
        (
            lambda d: save(d / "v", {"x": {1, 2}}),
            TypeError,
            "save: x cannot be written to a .mat file: it is {1, 2}.",
        ),
        (lambda d: save(d / "v", {"x": ["a", object]}), TypeError, "save: x{2} cannot be written"),
        (lambda d: load(d / "bad.mat"), ValueError, "is no .mat file"),
    ],
)
def test_bad_input(tmp_path, call, kind, said):
    (tmp_path / "bad.mat").write_bytes(b"not a file of MATLAB's at all" * 20)
    with pytest.raises(kind) as error:
        call(tmp_path)
    assert said in str(error.value)


def test_a_failure_leaves_the_file_as_it_was(tmp_path):
    save(tmp_path / "v.mat", {"x": 1})
    with pytest.raises(TypeError, match="cannot be written"):
        save(tmp_path / "v.mat", {"x": {1}})
    assert load(tmp_path / "v.mat").x == 1


@pytest.mark.parametrize("version", ["-v6", "-v7"])
def test_imaginary_parts_are_kept(tmp_path, version):
    file = tmp_path / "z.mat"
    z = np.array([[1j, 2 + 3j], [0, -1]])
    scipy.io.savemat(
        file, {"z": z, "s": {"w": z[0, 1]}, "n": [1, 2], "t": "text"},
        do_compression=version == "-v7",
    )  # fmt: skip
    found = load(file)
    assert np.array_equal(found.z, z)
    assert found.s.w == 2 + 3j
    assert found.n.tolist() == [1, 2]
    assert found.t == "text"
