"""Functions whose port depends on what they are given: run, and held against GNU Octave."""

import functools
from dataclasses import dataclass

import numpy as np
import pytest
from octave import needs_octave
from octave_programs import run_in_octave
from ported_programs import differences, run_ported

from matxai import MException
from matxai.lang.not_known import NotKnownError
from matxai.port import porting
from matxai.port.porting import port


@pytest.fixture(autouse=True)
def plain_text(monkeypatch):
    monkeypatch.setattr(porting, "_formatted", lambda code: code)


@dataclass(frozen=True)
class Program:
    """A script."""

    body: str
    functions: tuple = ()


def run(text):
    ported = port(text)
    assert ported.complete, ported.notes
    return run_ported(ported.code)[0]


def why(text):
    [note] = [n for n in port(text).notes if n.kind == "left"]
    return note.why


PROGRAMS = [
    "M = magic(4); s = sum(M(:, 1));",
    "n = 3; M = magic(n); x = M(2, 3);",
    "k = kron([1 2], [1; 10]); n = size(k);",
    "k = kron([1 2], [1 10]); k(2) = 5;",
    "k = kron([1 2; 3 4], [1 1]); k2 = kron(2, [1 2]); k3 = kron(2, 3);",
    "s.a = 1; s.b = 'x'; c = struct2cell(s); n = numel(c); x = c{2};",
    "s = cell2struct({1; 'x'}, {'a'; 'b'}, 1); x = s.b;",
    "s = cell2struct({1, 'x'}, {'a', 'b'}, 2); x = s.a + 1;",
    "t.a = 1; t.b = 'x'; f = fieldnames(t); c = struct2cell(t); s = cell2struct(c, f, 1);",
    "n = matlab.lang.makeValidName('a b-c'); m = [n '_x'];",
    "[n, t] = matlab.lang.makeValidName('ab');",
    "c = matlab.lang.makeValidName({'a b', '1'}, 'Prefix', 'm_'); x = c{2};",
    "c = matlab.lang.makeUniqueStrings({'a', 'a'}); x = c{2};",
    "x = 3; assert(x == 3); assert(x > 2, 'no %d', x); y = 1;",
    "try, assert(false, 'a:b', 'no %d', 3), catch e, m = e.message; i = e.identifier; end",
]


@functools.cache
def outcomes():
    return dict(zip(PROGRAMS, run_in_octave([Program(p) for p in PROGRAMS]), strict=True))


@needs_octave
@pytest.mark.parametrize("text", PROGRAMS)
def test_the_port_does_what_octave_does(text):
    outcome = outcomes()[text]
    assert not outcome.error
    ported = port(text)
    assert ported.complete, ported.notes
    assert differences(*run_ported(ported.code), outcome) == []


def test_values_that_octave_does_not_compute():
    made = run(
        "X = [0 0; 3 4]; D = pdist2(X, [0 0; 3 0]); d = pdist2([0 0], [3 4]);\n"
        "[N, I] = pdist2(X, [3 3], 'euclidean', 'Smallest', 1);\n"
        "v = [1 NaN 3]; t = ismissing(v); w = rmmissing(v); w(1) = 7;\n"
        "[r, gone] = rmmissing([1 NaN; 2 3]); c = rmmissing({'a', '', 'b'}); x = c{2};"
    )
    assert made["D"].tolist() == [[0, 3], [5, 4]]
    assert made["d"] == 5
    assert (made["N"], made["I"]) == (1, 2)
    assert made["t"].tolist() == [False, True, False]
    assert made["w"].tolist() == [7, 3]
    assert made["r"].tolist() == [[2, 3]]
    assert made["gone"].tolist() == [True, False]
    assert made["x"] == "b"
    made = run("M = f(6); x = M(6, 6);\nfunction y = f(n)\ny = magic(n);\nend")
    assert made["x"] == 11


def test_names_alone_are_calls():
    ported = port("f = [tempdir 'x.png']; g = tempname; h = fullfile(tempname, 'a');")
    assert ported.complete
    assert "tempdir() + 'x.png'" in ported.code
    assert "g = tempname()" in ported.code
    assert "fullfile(tempname(), 'a')" in ported.code
    assert ported.functions == ("fullfile", "tempdir", "tempname")


def test_the_name_of_the_script():
    ported = port("folder = fileparts(mfilename('fullpath')); name = mfilename;", name="maps.m")
    assert ported.complete
    assert "from pathlib import Path" in ported.code
    made = {"__file__": "/data/maps.py"}
    exec(compile(ported.code, "maps.py", "exec"), made)
    assert (made["folder"], made["name"]) == ("/data", "maps")


def test_options_of_functions_in_packages_are_keywords():
    ported = port("n = matlab.lang.makeValidName('a-b', 'replacementstyle', 'delete');")
    assert "matlab.lang.makeValidName('a-b', ReplacementStyle='delete')" in ported.code
    assert "from matxai import matlab" in ported.code


def test_conditions_that_fail_end_the_script():
    with pytest.raises(MException, match="no 3"):
        run("x = 3; assert(x == 4, 'no %d', x)")
    with pytest.raises(TypeError, match="cond must be one truth value"):
        run("f = @(q) q; assert(f([true true]))")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("assert([true true])", "assert of what is not one truth value"),
        ("x = magic;", "magic needs one argument, but has 0"),
        ("x = pdist2(1);", "pdist2 needs at least 2 arguments, but has 1"),
        ("x = struct2cell(1, 2);", "struct2cell needs one argument, but has 2"),
        ("x = magic(1);", "the size of this magic square"),
        ("x = ismissing('ab');", "ismissing of characters"),
        ("x = rmmissing([1 NaN], 2);", "rmmissing of a vector along a dimension"),
        ("s(1).a = 1; s(2).a = 2; c = struct2cell(s);", "struct2cell of several structs"),
        ("s = cell2struct({1, 2; 3, 4}, {'a', 'b'}, 1);", "how many structs"),
        ("s = cell2struct({1, 2}, {'a'}, 1);", "how many structs"),
        ("x = ismissing({1, NaN});", "ismissing of cells that may hold more than texts"),
        ("x = rmmissing({'a', 1});", "rmmissing of cells that may hold more than texts"),
        ("f = @(q) q; k = kron(f([1 2]), f([1; 2]));", "rows or columns is not known"),
        ("x = mfilename('class');", "mfilename of a class"),
    ],
)
def test_what_is_left(text, said):
    assert said in why(text)


def test_directions_that_are_not_known_end_the_script():
    for call in ("pdist2(f([1 2 3]), [1 2 3])", "kron(f([1 2 3]), [1 2 3])"):
        ported = port(f"f = @(q) q; d = {call};")
        assert ported.complete
        with pytest.raises(NotKnownError, match="neither a row nor a column"):
            run_ported(ported.code)
    assert np.array_equal(run("d = pdist2([1 2 3], [1 2 5; 1 2 3]);")["d"], [[2, 0]])


def test_packages_and_dialogs_are_no_variables_of_a_file():
    text = "load('a.mat'), clc\nm = containers.Map();\nn = matlab.lang.makeValidName(name);"
    ported = port(f"{text}\n\nX = imread(fullfile(matlabroot, 'a.png'));\nh = uigetfile();")
    assert "# clc\nm = {}" in ported.code
    assert "name = loaded.name" in ported.code
    assert "matlab.lang.makeValidName(name)" in ported.code
    assert not [w for w in ("containers", "matlab", "uigetfile") if f"loaded.{w}" in ported.code]
    assert {n.line for n in ported.notes if n.kind == "left"} == {5, 6}
