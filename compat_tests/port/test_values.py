"""What ported programs compute: values worked out by hand, where Python differs from MATLAB."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from ported_programs import run_ported

from matxai import struct
from matxai.port.porting import port

CASES = {
    # Classes and arithmetic
    "x = uint8(200) + 100;": {"x": 255},
    "x = uint8([3 5]) / 2;": {"x": [2, 3]},
    "x = -uint8(3);": {"x": 0},
    "x = true + true;": {"x": 2},
    "x = 1/0; y = -1/0;": {"x": np.inf, "y": -np.inf},
    "n = 0; x = 5/n; y = n/n;": {"x": np.inf, "y": np.nan},
    "x = -2^2; y = 2^3^2; z = 2^-1;": {"x": -4, "y": 64, "z": 0.5},
    "x = 'a' + 1; y = 'abc' == 'b';": {"x": 98, "y": [False, True, False]},
    "x = 1:3; x(2) = 0.5;": {"x": [1, 0.5, 3]},
    "x = [1 2 3]; k = find(x > 1); y = [k 0.5];": {"y": [2, 3, 0.5]},
    "x = 7; y = ~x; z = ~0;": {"y": False, "z": True},
    "x = single(1)/3 == single(1/3);": {"x": True},
    # Which way vectors lie
    "x = [1 2 3]; y = x * x'; z = x' * x;": {
        "y": 14,
        "z": [[1, 2, 3], [2, 4, 6], [3, 6, 9]],
    },
    "x = [1 2]; y = [10; 20]; z = x + y;": {"z": [[11, 12], [21, 22]]},
    "x = (1:3)'; y = size(x, 1); z = size(x');": {"y": 3, "z": [1, 3]},
    "A = [1 2; 3 4]; x = A * [1; 1]; y = [1 1] * A;": {"x": [3, 7], "y": [4, 6]},
    "s = 0; for x = (1:3)', s = s + 1; end": {"s": 1},
    "s = 0; for x = [1 2; 3 4], s = s + x(1) * x(2); end": {"s": 11},
    "A = [[1; 2], [3; 4]]; B = [1 2; [3 4]];": {"A": [[1, 3], [2, 4]], "B": [[1, 2], [3, 4]]},
    # Subscripts
    "x = 10:10:50; a = x(end); b = x(2:end-1); c = x(end:-1:1); d = x([1 end]);": {
        "a": 50,
        "b": [20, 30, 40],
        "c": [50, 40, 30, 20, 10],
        "d": [10, 50],
    },
    "A = [1 2 3; 4 5 6]; a = A(4); b = A(:)'; c = A(end, :); d = A(:, [1 3]);": {
        "a": 5,
        "b": [1, 4, 2, 5, 3, 6],
        "c": [4, 5, 6],
        "d": [[1, 3], [4, 6]],
    },
    "A = [1 2; 3 4]; x = A(A > 1)';": {"x": [3, 2, 4]},
    "A = reshape(1:24, 2, 3, 4); x = A(:, :, 2); y = A(2, 4);": {
        "x": [[7, 9, 11], [8, 10, 12]],
        "y": 8,
    },
    "n = 0; x = 1:5; y = x(1:n-1); z = numel(y);": {"z": 0},
    # Growth and deletion
    "x = []; for i = 1:3, x(i) = i^2; end": {"x": [1, 4, 9]},
    "x = 1:3; x(5) = 9; x(2) = [];": {"x": [1, 3, 0, 9]},
    "A = zeros(2); A(3, :) = [5 6];": {"A": [[0, 0], [0, 0], [5, 6]]},
    "c = {}; c{end+1} = 1; c{end+1} = 'a'; c(1) = [];": {"c": ["a"]},
    "for k = 1:2, s(k).a = k; end, n = numel(s); x = [s.a];": {"n": 2, "x": [[1, 2]]},
    # Values are copied
    "x = [1 2]; y = x; y(1) = 9;": {"x": [1, 2], "y": [9, 2]},
    "x = 1:4; y = x(1:2); x(1) = 9;": {"y": [1, 2]},
    "s.a = [1 2]; t = s; t.a(1) = 9; x = s.a; y = t.a;": {"x": [1, 2], "y": [9, 2]},
    "x = [1 2]; c = {x}; x(1) = 9; y = c{1};": {"y": [1, 2]},
    "x = 2; f = @() x * 10; x = 3; y = f(); clear f": {"y": 20},
    # Texts
    "x = ['a' 'b' num2str(3)]; y = [\"a\" \"b\"]; n = numel(y); m = length('abc');": {
        "x": "ab3",
        "n": 2,
        "m": 3,
    },
    "x = \"k = \" + 3; y = strcmp('a', {'a', 'b'});": {"x": "k = 3", "y": [True, False]},
    "x = 'hello'; y = x(end:-1:1); x(1) = 'J';": {"x": "Jello", "y": "olleh"},
    # Flow
    "switch 'b', case {'a', 'b'}, x = 1; otherwise, x = 2; end": {"x": 1},
    "x = 0; if [], x = 1; end, if [1 1 0], x = 2; end, if [1 1], x = x + 4; end": {"x": 4},
    "x = 0; while true, x = x + 1; if x > 4, break, end, end": {"x": 5},
    "try, error('a:b', 'no %d', 3), catch e, x = e.message; y = e.identifier; end, clear e": {
        "x": "no 3",
        "y": "a:b",
    },
    "m = containers.Map(); m('b') = 2; m('a') = 1; k = keys(m); x = isKey(m, 'a'); clear m": {
        "k": ["a", "b"],
        "x": True,
    },
}


@pytest.mark.tier("numeric")
@pytest.mark.parametrize("text", CASES)
def test_a_line_computes_what_matlab_does(text):
    ported = port(text + "\n")
    assert ported.complete, ported.notes
    variables, _ = run_ported(ported.code)
    for name, expected in CASES[text].items():
        found = variables[name]
        texts = isinstance(expected, list) and isinstance(expected[0], str)
        if texts or isinstance(expected, (str, bool)):
            assert found == expected
        else:
            assert np.shape(found) == np.shape(expected), name
            np.testing.assert_array_equal(found, expected, name)


FUNCTIONS = {
    "function [a, b] = f(x)\na = x; b = 2 * x;\nend\n[p, q] = f(3); r = f(4);": (3, 6, 4),
    "function r = f(a, b)\nif nargin < 2, b = 10; end\nr = a + b;\nend\n"
    "p = f(1); q = f(1, 2); r = 0;": (11, 3, 0),
    "function r = f(varargin)\nr = numel(varargin);\nend\np = f(); q = f(1, 2); r = f(1);": (
        0,
        2,
        1,
    ),
    "function varargout = f(x)\nvarargout{1} = x; varargout{2} = -x;\nend\n"
    "[p, q] = f(3); r = f(4);": (3, -3, 4),
    "function r = f(x)\nx(1) = 100; r = x(1);\nend\nv = [1 2]; p = f(v); q = v(1); r = 0;": (
        100,
        1,
        0,
    ),
    "function r = f(x)\nr = 0; if x > 1, r = 1; return, end, r = 2;\nend\n"
    "p = f(5); q = f(0); r = 0;": (1, 2, 0),
    "function r = f()\npersistent n\nif isempty(n), n = 0; end\nn = n + 1; r = n;\nend\n"
    "p = f(); q = f(); r = f();": (1, 2, 3),
    "function r = f(x, o)\narguments\nx (1,1) double\no.Scale (1,1) double = 2\nend\n"
    "r = x * o.Scale;\n"
    "end\np = f(3); q = f(3, Scale=5); r = f(3, 'Scale', 1);": (6, 15, 3),
    "function r = f(n)\nif n < 2, r = 1; else, r = n * f(n - 1); end\nend\n"
    "p = f(1); q = f(5); r = 0;": (1, 120, 0),
}


@pytest.mark.tier("numeric")
@pytest.mark.parametrize("text", FUNCTIONS)
def test_functions(text):
    body, _, script = text.rpartition("end\n")
    ported = port(f"{script}\n{body}end\n")
    assert ported.complete, ported.notes
    variables, _ = run_ported(ported.code)
    assert tuple(variables[n] for n in "pqr") == FUNCTIONS[text]


@pytest.mark.tier("numeric")
@given(
    st.lists(st.integers(-9, 9), min_size=1, max_size=6),
    st.data(),
)
def test_parts_of_vectors(values, data):
    n = len(values)
    first = data.draw(st.integers(1, n))
    last = data.draw(st.integers(0, n))
    text = (
        f"x = [{' '.join(map(str, values))}]; a = {first}; b = {last};\n"
        f"p = x(a); q = x(a:b); r = x(end:-1:a); s = x(a:end); x(a) = 0.5;\n"
    )
    ported = port(text)
    assert ported.complete
    variables, _ = run_ported(ported.code)
    assert variables["p"] == values[first - 1]
    np.testing.assert_array_equal(variables["q"], values[first - 1 : last])
    np.testing.assert_array_equal(variables["r"], values[first - 1 :][::-1])
    np.testing.assert_array_equal(variables["s"], values[first - 1 :])
    assert variables["x"][first - 1] == 0.5


REFUSED = [
    "x = 3i;",
    "x = ['ab'; 'cd'];",
    "eval('x = 1');",
    "x = sort('cab');",
    "x = 'abc'; y = x(:);",
    "c = {1, 2}; x = c{:};",
]


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_not_known_is_refused(text):
    assert not port(text).complete


def test_values_are_shown():
    _, printed = run_ported(port("x = 3\ny = 'a'\nz = [1; 2]\n").code)
    assert printed.split() == ["x", "=", "3", "y", "=", "'a'", "z", "=", "1", "2"]
    assert "     1\n     2" in printed


def test_a_load_without_output_brings_what_nothing_else_explains(tmp_path, monkeypatch):
    import matxai

    monkeypatch.chdir(tmp_path)
    matxai.save("run.mat", {"score": 0.5, "net": 3})
    ported = port("load('run.mat')\nx = score * 2;\ny = max(x, net);\n")
    assert ported.complete
    variables, _ = run_ported(ported.code)
    assert (variables["x"], variables["y"]) == (1, 3)
    assert [n.kind for n in ported.notes] == ["differs", "differs"]


def test_fields_are_made_as_they_are_needed():
    variables, _ = run_ported(port("a.b.c = 3; a.b.d = 'x'; n = fieldnames(a.b);\n").code)
    assert isinstance(variables["a"], struct)
    assert variables["n"] == ["c", "d"]
