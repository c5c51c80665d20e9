"""exist, isfile, dir, fullfile, fileparts and their relatives."""

import os

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from octave import evaluate, needs_octave
from octave_texts import octave_text

from matxai import dir, exist, fileparts, filesep, fullfile, isfile, isfolder, ls, mkdir, pwd

parts = st.text(st.sampled_from("ab.c/ "), max_size=6)


@needs_octave
@given(st.lists(parts, min_size=1, max_size=3))
def test_paths_are_joined_as_in_octave(items):
    names = [f"p{i}" for i in range(len(items))]
    inputs = dict(zip(names, items, strict=True))
    if not any(items):
        return
    # Octave keeps separators that MATLAB makes one of.
    theirs = octave_text(f"fullfile({', '.join(names)})", **inputs)
    while "//" in theirs:
        theirs = theirs.replace("//", "/")
    assert fullfile(*items) == theirs


@needs_octave
@given(st.text(st.sampled_from("ab./ "), max_size=8))
def test_paths_are_taken_apart_as_in_octave(path):
    theirs = evaluate("fileparts(p)", 3, p=path)
    assert list(fileparts(path, nargout=3)) == [str(a[0]) if a.size else "" for _, a in theirs]


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="/\\\0"), min_size=1))
def test_the_parts_make_the_path(name):
    folder, stem, extension = fileparts(fullfile("data", name), nargout=3)
    assert fullfile(folder, stem + extension) == fullfile("data", name)


def test_paths_of_several_files():
    assert fullfile("data", ["a.png", "b.png"]) == [f"data{os.sep}a.png", f"data{os.sep}b.png"]
    assert fullfile("", "a", "", "b") == f"a{os.sep}b"
    assert filesep() == os.sep


def test_files_and_folders(tmp_path):
    (tmp_path / "a.png").write_bytes(b"12345")
    (tmp_path / "b.txt").write_text("x")
    mkdir(tmp_path, "maps")
    file, folder = str(tmp_path / "a.png"), str(tmp_path / "maps")
    assert (exist(file), exist(file, "file"), exist(file, "dir")) == (2, 2, 0)
    assert (exist(folder), exist(folder, "dir"), exist(folder, "file")) == (7, 7, 7)
    assert exist(tmp_path / "c") == 0
    assert isfile([file, folder]).tolist() == [True, False]
    assert isfolder(folder)
    assert not isfolder(file)
    entries = dir(tmp_path)
    assert [e.name for e in entries] == [".", "..", "a.png", "b.txt", "maps"]
    assert [e.isdir for e in entries] == [True, True, False, False, True]
    (entry,) = dir(fullfile(str(tmp_path), "*.png"))
    assert (entry.name, entry.bytes, entry.folder) == ("a.png", 5, str(tmp_path))
    assert dir(fullfile(str(tmp_path), "*.jpg")) == []


@pytest.mark.tier("chosen", "`ls` gives one name a line, sorted, without hidden files")
def test_names_are_listed_one_a_line(tmp_path):
    for name in ("b.png", "a.png", ".hidden", "c.txt"):
        (tmp_path / name).write_text("")
    assert ls(tmp_path) == "a.png\nb.png\nc.txt"
    assert ls(tmp_path / "*.png") == "a.png\nb.png"
    with pytest.raises(FileNotFoundError, match="no file or folder"):
        ls(tmp_path / "missing")


def test_folders_are_made_once(tmp_path):
    assert mkdir(tmp_path / "a" / "b") is True
    status, said = mkdir(tmp_path / "a", nargout=2)
    assert status
    assert said == "Directory already exists."
    assert pwd() == os.getcwd()


@pytest.mark.parametrize(
    ("call", "kind", "said"),
    [
        (lambda: exist(5), TypeError, "exist: name must be a text, but is 5."),
        (
            lambda: exist("x", "var"),
            ValueError,
            'searchType must be "file" or "dir", but is \'var\'.',
        ),
        (lambda: fullfile(), TypeError, "fullfile: no part of a path is given."),
        (lambda: fullfile("a", 5), TypeError, "fullfile: argument 2 must be a text"),
        (lambda: fullfile(["a"], ["b"]), TypeError, "only one argument can be an array or list"),
        (lambda: isfile(np.zeros(2)), TypeError, "fileName must be a text"),
    ],
)
def test_bad_input(call, kind, said):
    with pytest.raises(kind) as error:
        call()
    assert said in str(error.value)
