"""port(): what it says about a program, and what it leaves."""

import ast

import pytest
from ported_programs import run_ported

from matxai.port.parsing import parse
from matxai.port.porting import port


def test_a_program_that_ports_whole_says_so():
    ported = port("x = max([3 1 2]); % the largest\n")
    assert ported.complete
    assert (ported.ported, ported.left) == (1, 0)
    assert ported.functions == ("max",)
    assert ported.missing == ()
    assert ported.notes == ()
    assert "# the largest" in ported.code


def test_what_is_not_there_is_left_with_its_reason():
    ported = port("x = 1;\ny = trainNetwork(x);\nz = x;\n", name="demo.m")
    assert not ported.complete
    assert (ported.ported, ported.left) == (2, 1)
    assert ported.missing == ("trainNetwork",)
    assert [(n.line, n.kind) for n in ported.notes] == [(2, "left"), (2, "missing")]
    assert "# y = trainNetwork(x)" in ported.code
    assert "line 2: trainNetwork trains: matxai explains" in ported.code.split("\n\n")[0]


def test_nothing_computes_with_what_is_left():
    ported = port("x = 1;\nx = trainNetwork(x);\ny = x + 1;\n", name="demo.m")
    with pytest.raises(NotImplementedError, match=r"line 2 of demo\.m is not ported"):
        run_ported(ported.code)


def test_handlers_of_errors_do_not_hide_what_is_left():
    text = "try\n  x = trainNetwork(1);\ncatch\n  x = 2;\nend\n"
    with pytest.raises(NotImplementedError, match="line 2"):
        run_ported(port(text).code)


def test_handlers_of_errors_do_not_hide_what_is_not_known():
    text = """
x = f([1 2 3], 2);
function r = f(v, n)
    g = @(a) a';
    try
        r = g(v);
    catch
        r = n;
    end
end
"""
    with pytest.raises(NotImplementedError, match="row or a column is not known"):
        run_ported(port(text).code)


def test_desktop_commands_are_comments():
    ported = port("clc; clear all; close all\naddpath('tools')\nformat long\nx = 1;\n")
    assert ported.complete
    for word in ("# clc", "# clear all", 'close("all")', "# addpath('tools')", "# format long"):
        assert word in ported.code


def test_other_files_of_the_folder_are_imported():
    helper = parse("function [a, b] = helper(x)\na = x;\nb = 2;\nend\n")
    ported = port("[p, q] = helper(3);\nr = helper(4);\n", others={"helper": helper})
    assert ported.complete
    assert "from helper import helper" in ported.code
    assert "p, q = helper(3)" in ported.code
    assert "r = helper(4)[0]" in ported.code


def test_functions_of_the_folder_go_before_matlabs():
    others = {
        name: parse(f"function y = {name}(x)\ny = x + 1;\nend\n")
        for name in ("numel", "montage", "predict")
    }
    text = "net = squeezenet; a = numel(3); m = montage(a); f = @montage; s = predict(net, m);"
    ported = port(text, others=others)
    assert "from numel import numel\n" in ported.code
    assert "from montage import montage\n" in ported.code
    # MATLAB asks the object first.
    assert "from matxai import predict, squeezenet\n" in ported.code


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n",
        "% only a comment",
        "x = ",
        "function",
        "end end end",
        "x = [1 2; 3",
        "if x",
        "classdef A\nend",
        "a.b(3).c{2}(:, end).d = 1;",
        "x = @",
        "for i = 1:3 x(i) = i; end",
        "while true\nbreak\nend",
    ],
)
def test_any_text_gives_python(text):
    ast.parse(port(text).code)


def test_names_that_python_has_get_an_underscore():
    variables, _ = run_ported(port("lambda = 1; list = 2; map = 3; max = 4;\n").code)
    assert [variables[n] for n in ("lambda_", "list_", "map", "max")] == [1, 2, 3, 4]


def test_variables_do_not_hide_functions():
    text = "size = 3;\nx = f([1 2; 3 4]);\nfunction r = f(A)\nr = max(A, [], 'all');\nend\n"
    variables, _ = run_ported(port(text).code)
    assert variables["x"] == 4
    text = "max = 3;\nx = f([1 2; 3 4]);\nfunction r = f(A)\nr = max(A, [], 'all');\nend\n"
    variables, _ = run_ported(port(text).code)
    assert (variables["x"], variables["max_"]) == (4, 3)


def test_options_become_keywords():
    options = "'numfeatures', 64, Segmentation=\"grid\""
    code = port(f"net = squeezenet; X = 1; m = imageLIME(net, X, 1, {options});\n").code
    assert 'imageLIME(net, X, 1, NumFeatures=64, Segmentation="grid")' in code
