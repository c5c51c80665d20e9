"""Lists of values: c{:}, c{2:3}, s.name of several structs, wherever MATLAB takes them."""

import pytest
from beside_octave import differ_from_octave, wrong_ports
from matlab_lists import write_lists
from octave import needs_octave
from ported_programs import run_ported

from matxai.port import porting
from matxai.port.porting import port

PROGRAMS = [
    "c = {1, 5, 3}; x = max(c{2:3}); y = [c{2:end}]; z = [c{[1 3]}]; w = [c{:}];",
    "c = {1, 2, 3}; x = [c{:}; c{:}]; y = [c{1:2}, 9; c{2:3} 8]; z = [0, c{:}, 4];",
    "c = {[1 2],[3 4]}; x = [c{:}; c{:}]; y = vertcat(c{:}); z = cat(1, c{:}); w = cat(3, c{:});",
    "c = {[1;2],[3;4]}; x = [c{:}]; y = vertcat(c{:}); z = [c{:}; 9 9]; w = cat(3, c{:});",
    "c = {ones(2), 2 * ones(2)}; x = cat(1, c{:}); y = cat(2, c{:}); z = cat(3, c{:});",
    "c = {1, 2; 3, 4}; x = [c{:}]; y = [c{1,:}]; z = [c{:,2}]; w = c{3}; v = c(:, 1); u = c(2, :);",
    "c = {{1, 2}, {3}}; x = [c{:}]; n = numel(x);",
    "c = {'ab', 'c'}; x = [c{:}]; y = {c{:}, 'z'}; z = {c{2:end}}; w = strcat(c{:}, 'd');",
    "c = {3, [1 2], 'ab'}; k = [1 3]; d = {c{k}, 5}; m = {c{[true false true]}}; n = numel(m);",
    "c = {'%d-%d|', 1, 2}; x = sprintf(c{:}); fprintf(c{:}); y = sprintf('%d', c{2:3});",
    "s = struct('a', {1, 2, 3}); x = [s(2:3).a]; y = {s(2:3).a}; z = vertcat(s.a); w = z';",
    "s = struct('a', {1, 2, 3}); m = [s.a] > 1; t = s(m); x = [t.a]; y = {t.a}; n = numel(t);",
    "s = struct('v', {[1 2], [3 4]}); x = vertcat(s.v); y = [s.v]; z = cat(1, s.v);",
    "s = struct('a', {'x', 'yy'}); x = {s.a}; y = [s.a]; [~, z] = ismember('yy', {s.a});",
    "s = struct('a', {1, 2, 3}); [s.a] = deal(0); x = [s.a]; [s.b] = deal(4, 5, 6); y = [s.b];",
    "s = struct('a', {1, 2}); [p, q] = s.a; c = {7, 8}; [s.a] = c{:}; x = [s.a];",
    "c = {1, 2, 3}; [c{:}] = deal(0); [p, q] = c{2:3}; d = {4, 5}; [a, b] = deal(d{:});",
    "A = reshape(1:24, 2, 3, 4); k = {':', 2, 1}; x = A(k{:}); c = {2, 3}; y = A(c{:});",
    "A = reshape(1:24, 2, 3, 4); k = repmat({':'}, 1, 3); k{2} = 1; x = A(k{:}); y = size(x);",
    "c = {2, 3}; x = zeros(c{:}); y = repmat(5, c{:}); z = reshape(1:6, c{:});",
    "f = @(varargin) numel(varargin); c = {1, 2, 3}; x = f(c{:});",
    "c = {1, 2, 3}; g = @(a, b) a - b; x = g(c{2:3}); y = g(c{[3 1]});",
    "b = struct(); for n = 1:3, b(n).a = n - 1; end, x = [b.a]; y = b(2).a; n = numel(b);",
    "x = f(1, 2, 3);\nfunction r = f(varargin)\nr = g(varargin{2:end}) + numel(varargin);\nend\n"
    "function r = g(a, b)\nr = a - b;\nend",
    "x = f('%d|', 1, 2);\nfunction r = f(varargin)\nr = sprintf(varargin{:});\nend",
    "x = f({3, 4});\nfunction r = f(c)\nr = max(c{:}) + numel([c{:}]);\nend",
    "x = f('a', 3, 'b', 'q'); y = x.a;\nfunction r = f(varargin)\nr = struct(varargin{:});\nend",
    "A = uint8(200 * ones(2)); x = cat(3, A, A); y = x + 300; n = class(y);",
]


@needs_octave
@pytest.mark.tier("numeric")
def test_lists_are_what_octave_makes_of_them(monkeypatch):
    assert differ_from_octave(PROGRAMS, monkeypatch) == []


def hold_random_lists(seeds, monkeypatch):
    ran, refused, wrong = wrong_ports([write_lists(seed) for seed in seeds], monkeypatch)
    assert wrong == []
    assert ran > 0.5 * len(seeds)
    assert refused < 0.4 * ran


@needs_octave
@pytest.mark.tier("numeric")
def test_random_lists(monkeypatch):
    hold_random_lists(range(20), monkeypatch)


@needs_octave
@pytest.mark.slow
@pytest.mark.tier(
    "numeric",
    "Ported lists of values (c{2:3}, [s.name], f(args{:})) are what GNU Octave makes of them, in "
    "1500 random programs, or are refused",
)
def test_many_random_lists(monkeypatch):
    hold_random_lists(range(1000, 2500), monkeypatch)


REFUSED = [
    "c = {1, 2}; x = c{:};",
    "c = {1, 2}; [c{:}] = max([3 1]);",
    "c = {'ab', 'cd'}; x = vertcat(c{:});",
    "c = {1, 2, 3}; [c{2:3}] = deal(0);",
]


@pytest.mark.parametrize("text", REFUSED)
def test_other_lists_are_refused(text):
    assert not port(text + "\n").complete


def test_what_an_unknown_cell_array_holds_only_the_run_tells(monkeypatch):
    monkeypatch.setattr(porting, "_formatted", lambda code: code)
    text = "x = f({%s});\nfunction r = f(c)\ng = @(d) max(d{:});\nr = g(c);\nend\n"
    assert run_ported(port(text % "3, 9").code)[0]["x"] == 9
    with pytest.raises(NotImplementedError, match="rows and columns"):
        run_ported(port(text % "{3}, {9}").code)


def test_the_code_is_what_one_would_write():
    code = port("args = {'a', 2}; x = numel({args{2:end}});\nnet = squeezenet;\n"
                "n = {net.Layers.Name};\n").code  # fmt: skip
    assert "[*args[1:]]" in code
    assert "[layer.Name for layer in net.Layers]" in code
