"""How lines are written: as people who know Python would write them, where that is right."""

import numpy as np
import pytest
from ported_programs import run_ported

from matxai.port.porting import port

_NET = """
net = squeezenet;
X = imresize(imread('cup.png'), net.Layers(1).InputSize(1:2));
"""


def lines_of(text):
    ported = port(text)
    assert ported.complete, ported.notes
    return [line.strip() for line in ported.code.splitlines()]


@pytest.mark.parametrize(
    ("matlab", "python"),
    [
        ("s = predict(net, X); y = s(3);", "y = s[0, 2]"),
        ("s = predict(net, X); [v, k] = max(s); n = net.Layers(end).Classes(k);",
         "n = net.Layers[-1].Classes[k - 1]"),
        ("s = predict(net, X); [~, i] = sort(s, 'descend'); top = i(1:3);", "top = i[0, :3]"),
        ("[~, s] = classify(net, X); [~, i] = maxk(s, 3); t = s(i);", "t = s[0, i[0] - 1]"),
        ("s = predict(net, X); last = s(end); all_ = s(:);", "last = s[0, -1]"),
        ("act = activations(net, X, 'relu_1'); a = act(:, :, 2);", "a = act[:, :, 1]"),
        ("act = activations(net, X, 'relu_1'); sz = size(act);"
         "act = reshape(act, [sz(1) sz(2) 1 sz(3)]); [~, i] = max(max(max(act)));"
         "a = act(:, :, :, i);", "a = act[:, :, :, i - 1]"),
        ("best = zeros(1, 5); for k = 1:5, best(k) = max(predict(net, X)); end",
         "best[k - 1] = max(predict(net, X))"),
        ("S = zeros(4, 5); for k = 1:4, S(k, :) = predict(net, X); end",
         "S[k - 1, :] = predict(net, X)[0]"),
        ("m = gradCAM(net, X, 2); m(m < 0.2) = 0;", "m[m < 0.2] = 0"),
        ("m = gradCAM(net, X, 2); m = m - min(m(:));", 'm = m - min(m.ravel("F"))'),
        ("I = imresize(X, [size(X, 1) size(X, 2)]);",
         "I = imresize(X, [X.shape[0], X.shape[1]])"),
        ("s = size(X, 1:2);", "s = size(X)[:2]"),
        ("imds = imageDatastore('p', 'LabelSource', 'foldernames');",
         'imds = imageDatastore("p", LabelSource="foldernames")'),
    ],
)  # fmt: skip
def test_images_and_networks(matlab, python):
    assert python in lines_of(_NET + matlab.replace("; ", ";\n").replace(";", ";\n"))


@pytest.mark.parametrize(
    ("matlab", "python"),
    [
        ("x = 'C:\\data\\cup.png';", 'x = r"C:\\data\\cup.png"'),
        ("x = 'C:\\data\\';", 'x = "C:\\\\data\\\\"'),
        ("if ~exist('out', 'dir'), mkdir('out'); end", 'if not exist("out", "dir"):'),
        ("if ~exist('x', 'var'), x = 1; end", 'if "x" not in globals():'),
        ("tic", "tic()"),
        ("x = zeros(32, 32, 'uint8'); x(9:16, 13:24) = 200;", "x[8:16, 12:24] = 200"),
        ("s = size(rand(2, 3)); for k = 1:s(2), disp(k), end", "for k in range(1, s[1] + 1):"),
        ("fid = fopen('a.csv', 'w'); fprintf(fid, 'name,score\\n'); fclose(fid);",
         'fid.write("name,score\\n")'),
        ("try, x = 1; catch err, disp(err.message), end", "except Exception as err:"),
        ("S = load('a.mat'); net = S.net; x = net;", "net = S.net"),
        ("load('a.mat', 'net'); x = net;", "net = loaded.net"),
        ("r = struct('a', {}); r(end+1).a = 2;", "r = []"),
    ],
)  # fmt: skip
def test_everyday_lines(matlab, python):
    assert python in lines_of(matlab.replace("; ", ";\n"))


def test_a_network_that_is_not_known_may_give_more_than_a_row():
    text = "load('a.mat', 'net')\nX = imread('cup.png');\ns = predict(net, X);\ny = s(3);\n"
    assert "y = at(s, 3)" in lines_of(text)


def test_several_images_give_more_than_a_row():
    text = _NET + "X = cat(4, X, X);\ns = predict(net, X);\ny = s(3);\n"
    assert not any("[0," in line for line in lines_of(text))


def test_help_stands_below_the_first_line_of_a_function():
    text = "function y = f(x)\n% F doubles.\n%   y = f(x)\nif nargin < 1, x = 1; end\ny = x;\nend\n"
    code = port(text).code
    assert 'def f(x=None):\n    """F doubles.\n    y = f(x)\n    """\n    nargin' in code


def test_a_file_of_functions_runs_its_first_one():
    text = "function f\n    disp(g())\nend\nfunction y = g\n    y = 3;\nend\n"
    code = port(text).code
    assert code.endswith('if __name__ == "__main__":\n    f()\n')
    assert "__main__" not in port("function y = f(x)\n    y = x;\nend\n").code


@pytest.mark.parametrize(
    "text",
    [
        "a = [1 2 3]; b = a; b(1) = 7;",
        "a = [1 2 3]; b = a; a(1) = 7; c = a; a = b; b = c;",
        "a = [1 2 3]; for k = 1:2\n b = a; b(1) = 7;\n end",
        "a = [1 2 3]; a(1) = 1; b = a; b(1) = 7;",
    ],
)
def test_a_variable_that_is_changed_later_has_values_of_its_own(text):
    variables, _ = run_ported(port(text.replace("; ", ";\n")).code)
    np.testing.assert_array_equal(variables["a"], [1, 2, 3])
    np.testing.assert_array_equal(variables["b"], [7, 2, 3])


def test_a_loop_changes_what_stands_before_the_change_in_it():
    text = "a = [0 0];\nfor k = 1:2\n    b = a;\n    a(1) = a(1) + 1;\nend\n"
    variables, _ = run_ported(port(text).code)
    np.testing.assert_array_equal(variables["a"], [2, 0])
    np.testing.assert_array_equal(variables["b"], [1, 0])


def test_what_is_not_changed_later_is_not_copied():
    lines = lines_of("a = [1 2 3];\na(2) = 5;\nb = a;\nc = b(1);\n")
    assert "b = a" in lines
