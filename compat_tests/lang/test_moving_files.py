"""Files moved, deleted, and read by older names; the machine; errors thrown again."""

import os
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from matxai import (
    MException,
    computer,
    copyfile,
    csvread,
    csvwrite,
    delete,
    dlmread,
    dlmwrite,
    feof,
    fgetl,
    fgets,
    getenv,
    getReport,
    isdir,
    ismac,
    ispc,
    isunix,
    movefile,
    rethrow,
    rmdir,
    setenv,
    struct,
    throw,
)


@pytest.fixture
def home(tmp_path):
    for name in ("a.txt", "b.txt", "c.png"):
        (tmp_path / name).write_text(name)
    (tmp_path / "maps").mkdir()
    return tmp_path


def names(folder):
    return sorted(os.listdir(folder))


@pytest.mark.tier("documented")
def test_files_are_copied_and_moved(home):
    assert copyfile(str(home / "a.txt"), str(home / "maps"), nargout=2) == (True, "")
    copyfile(str(home / "*.txt"), str(home / "new"))
    assert (names(home / "maps"), names(home / "new")) == (["a.txt"], ["a.txt", "b.txt"])
    movefile(str(home / "a.txt"), str(home / "b.txt"), "f")
    assert (home / "b.txt").read_text() == "a.txt"
    movefile(str(home / "maps"), str(home / "new"))
    assert names(home / "new") == ["a.txt", "b.txt", "maps"]
    copyfile(str(home / "new"), str(home / "copy"))
    assert names(home / "copy") == ["a.txt", "b.txt", "maps"]


@pytest.mark.tier("documented")
def test_files_and_folders_are_removed(home):
    delete(str(home / "*.txt"), str(home / "c.png"))
    assert names(home) == ["maps"]
    with pytest.warns(UserWarning, match="not found"):
        delete(str(home / "c.png"))
    (home / "maps" / "x").write_text("")
    with pytest.raises(OSError, match="not empty"):
        rmdir(str(home / "maps"))
    assert rmdir(str(home / "maps"), "s")
    assert not isdir(str(home / "maps"))


matrices = hnp.arrays(
    float, st.tuples(st.integers(2, 4), st.integers(2, 4)), elements=st.integers(-9999, 9999)
)


@given(matrices, st.sampled_from([",", "\t", " ", ";"]))
def test_what_was_written_is_read(tmp_path_factory, matrix, mark):
    file = str(tmp_path_factory.getbasetemp() / "numbers.txt")
    dlmwrite(file, matrix, mark)
    np.testing.assert_array_equal(dlmread(file, mark), matrix)
    np.testing.assert_array_equal(dlmread(file, mark, 1, 1), np.squeeze(matrix[1:, 1:]).reshape(
        matrix[1:, 1:].shape if 1 not in matrix[1:, 1:].shape else -1))  # fmt: skip
    csvwrite(file, matrix / 7)
    np.testing.assert_allclose(csvread(file), matrix / 7, rtol=5e-5)


@pytest.mark.tier("documented")
def test_the_forms_of_numbers_in_files(tmp_path):
    file = str(tmp_path / "a.csv")
    csvwrite(file, [[1, 1234567], [0.123456789, -2]], 1, 1)
    assert (tmp_path / "a.csv").read_text() == ",,\n,1,1.2346e+06\n,0.12346,-2\n"
    assert csvread(file, 1, 0).tolist() == [[0, 1, 1234600], [0, 0.12346, -2]]
    dlmwrite(file, [[1.5, 2]], "delimiter", ";", "precision", "%.2f", "newline", "pc")
    dlmwrite(file, [[3.14159, 2]], "-append", precision=3)
    assert (tmp_path / "a.csv").read_bytes() == b"1.50;2.00\r\n3.14,2\n"
    (tmp_path / "text.csv").write_text("name,score\n1,2\n")
    with pytest.raises(ValueError, match="numbers only"):
        csvread(str(tmp_path / "text.csv"))


@pytest.mark.tier("documented")
@given(st.lists(st.text("ab ", max_size=4), max_size=4), st.booleans())
def test_files_are_read_line_by_line(tmp_path_factory, lines, closed):
    path = tmp_path_factory.getbasetemp() / "lines.txt"
    whole = "\n".join(lines) + ("\n" if closed and lines else "")
    path.write_text(whole)
    wanted = whole.splitlines()
    for read, end in ((fgetl, ""), (fgets, "\n")):
        found = []
        with path.open(encoding="utf-8", newline="") as file:
            while not feof(file):
                found.append(read(file))
            assert read(file) == -1
        if not whole:
            wanted = [-1]
        assert [f if f == -1 else f.removesuffix(end) for f in found] == wanted


@pytest.mark.tier("documented")
def test_the_machine(monkeypatch):
    assert (ispc(), isunix()) == (os.name == "nt", os.name == "posix")
    assert ismac() == (sys.platform == "darwin")
    names_ = {"win32": ("PCWIN64", "win64"), "linux": ("GLNXA64", "glnxa64")}
    for system, (name, short) in names_.items():
        monkeypatch.setattr(sys, "platform", system)
        assert (computer(), computer("arch")) == (name, short)
    monkeypatch.setenv("MATXAI_TEST", "old")
    setenv("MATXAI_TEST", "new")
    assert getenv("MATXAI_TEST") == "new"
    setenv("MATXAI_TEST")
    assert getenv("MATXAI_TEST") == ""


@pytest.mark.tier("documented")
def test_errors_are_thrown_again():
    error = MException("net:noLayer", "There is no layer.")
    for function in (rethrow, throw):
        with pytest.raises(MException) as caught:
            function(error)
        assert caught.value is error
    with pytest.raises(MException, match="gone") as caught:
        rethrow(struct(message="gone", identifier="a:b"))
    assert caught.value.identifier == "a:b"


@pytest.mark.tier("chosen", "`getReport` names the function, the line and the message")
def test_reports_say_where_an_error_was_thrown():
    try:
        raise ValueError("There is no layer.")
    except ValueError as error:
        report = getReport(error, "extended", "hyperlinks", "off")
    first, second = report.split("\n")
    assert first.startswith("Error using test_reports_say_where_an_error_was_thrown (line ")
    assert second == "There is no layer."


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: copyfile("no such file", "b"), FileNotFoundError, "no such file"),
        (lambda: movefile("no*such", "b"), FileNotFoundError, "no such|no\\*such"),
        (lambda: copyfile(__file__, __file__), ValueError, "itself"),
        (lambda: delete("."), ValueError, "folder"),
        (lambda: rmdir(3), TypeError, "folderName must be"),
        (lambda: csvread("x", -1), ValueError, "R1 must be"),
        (lambda: dlmread("x", ",", 1), TypeError, "call dlmread"),
        (lambda: dlmwrite("x", "abc"), TypeError, "M must be"),
        (lambda: dlmwrite("x", [1], "ab"), ValueError, "delimiter must be"),
        (lambda: fgetl(3), TypeError, "fileID must be"),
        (lambda: setenv("a=b", "c"), ValueError, "name must be"),
        (lambda: computer("size"), ValueError, "archstr must be"),
        (lambda: rethrow("error"), TypeError, "ME must be"),
    ],
)
def test_bad_input(call, error, message):
    with pytest.raises(error, match=message):
        call()
