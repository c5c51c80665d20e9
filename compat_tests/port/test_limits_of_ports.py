"""What a port must not take for MATLAB's: its own limits in handlers, index 0, lost directions."""

import numpy as np
import pytest
from ported_programs import run_ported

from matxai import plus, struct
from matxai.port import porting, special_calls
from matxai.port.porting import port
from matxai.port.runtime import (
    NotKnownError,
    at,
    below,
    beside,
    only_errors_of_matlab,
    put,
    zero_based,
)


def run(text):
    ported = port(text)
    assert ported.complete, ported.notes
    return run_ported(ported.code)[0]


# Handlers


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("t = 1:3; try, y = f(t); x = y + [1 2 3; 4 5 6]; catch, x = 9; end", NotKnownError),
        ("t = 1:3; try, y = f(t); x = [y; y]; catch, x = 9; end", NotKnownError),
        ("x = 3; try, y = f(x); z = y.field; catch, z = 9; end", AttributeError),
    ],
)
def test_limits_of_the_port_are_not_caught(text, error):
    code = port(f"{text}\nfunction y = f(x)\ny = feval(@(q) q, x);\nend").code
    with pytest.raises(error):
        run_ported(code)


@pytest.mark.parametrize(
    "text",
    [
        "try, error('no such layer'), catch, x = 9; end",
        "s.a = 1; try, x = s.b; catch, x = 9; end",
        "v = [1 2 3]; try, x = v(4); catch, x = 9; end",
        "v = [1 2 3]; k = numel(v) - 3; try, x = v(k); catch, x = 9; end",
        "try, x = int8(1) + int16(1); catch, x = 9; end",
        "try, x = str2func(3); catch, x = 9; end",
    ],
)
def test_errors_of_matlab_are_caught(text):
    ported = port(text)
    if ported.complete:
        assert run_ported(ported.code)[0]["x"] == 9


def test_the_error_says_that_it_was_passed_on():
    with pytest.raises(ZeroDivisionError) as caught:
        only_errors_of_matlab(ZeroDivisionError("1/0"))
    assert any("MATLAB may not raise one" in note for note in caught.value.__notes__)
    only_errors_of_matlab(ValueError("bad"))
    only_errors_of_matlab(IndexError("beyond"))


def test_types_that_python_does_not_take_are_passed_on():
    try:
        _ = "a" - 1
    except TypeError as error:
        with pytest.raises(TypeError):
            only_errors_of_matlab(error)
    try:
        plus("a", struct())
    except TypeError as error:
        only_errors_of_matlab(error)


# Subscripts that are computed


def test_subscripts_that_may_be_0_are_checked():
    code = port("v = [1 2 3]; k = numel(v) - 3; x = v(k);").code
    assert "v[zero_based(k)]" in code
    with pytest.raises(IndexError):
        run_ported(code)
    with pytest.raises(IndexError):
        zero_based(0)
    with pytest.raises(IndexError):
        zero_based(1.5)
    assert zero_based(2.0) == 1


def test_subscripts_that_are_positive_are_not():
    code = port("v = [1 2 3]; s = 0; for i = 1:3, s = s + v(i); end, [m, k] = max(v); y = v(k);")
    assert "zero_based" not in code.code


# Which way values lie


def test_what_is_put_together_at_run_time_knows_which_way_it_lies():
    assert below(1, 2).shape == (2, 1)
    assert beside(1, 2).shape == (1, 2)
    assert beside(np.arange(3.0), 9).shape == (1, 4)
    found = run("b = f(5); x = [b; b] + [b b];\nfunction y = f(x)\ny = feval(@(q) q, x);\nend")
    assert found["x"].tolist() == [[10, 10], [10, 10]]


def test_rows_are_given_to_image_functions_as_such():
    found = run("x = imresize([1 2 3], [2 6], 'nearest'); n = size(dlarray(single(1:7), 'CT'));")
    assert found["x"].shape == (2, 6)
    assert np.ravel(found["n"]).tolist() == [1, 7]


# Layers


def test_layers_in_brackets_are_lists():
    found = run(
        "layers = [imageInputLayer([2 2 1], Normalization='none'); reluLayer(Name='r')];\n"
        "layers = [layers; softmaxLayer]; layers(2) = tanhLayer(Name='t');\n"
        "n = numel(layers); name = layers(2).Name; layers(end) = []; m = numel(layers);\n"
        "net = dlnetwork(layers); k = numel(net.Layers);"
    )
    assert (found["n"], found["name"], found["m"], found["k"]) == (3, "t", 2, 2)


def test_layers_are_put_together_at_run_time():
    found = run(
        "layers = [imageInputLayer([2 2 1], Normalization='none'); block('r')];\n"
        "n = numel(layers);\n"
        "function l = block(name)\nl = feval(@(n) reluLayer(Name=n), name);\nend"
    )
    assert found["n"] == 2


# Functions of several outputs


def test_handles_of_functions_of_several_outputs():
    found = run(
        "h = @f; y = h(3); g = @(x) f(x); z = g(3); [p, q] = g(4); w = feval(h, 5);\n"
        "c = cellfun(@(x) f(x), {1, 2}); d = cellfun(g, {1, 2}); k = {h}; u = k{1}(6);\n"
        "[r, s] = arrayfun(@(x) f(x), [1 2]);\n"
        "function [a, b] = f(x)\na = x; b = -x;\nend"
    )
    assert [found[n] for n in "yzpqwu"] == [3, 3, 4, -4, 5, 6]
    assert np.ravel(found["c"]).tolist() == np.ravel(found["d"]).tolist() == [1, 2]
    assert np.ravel(found["s"]).tolist() == [-1, -2]


def test_dlfeval_gives_as_many_outputs_as_it_is_asked_for():
    found = run(
        "[a, b] = dlfeval(@(x) f(x), 3); c = dlfeval(@f, 4); d = dlfeval(@(x) f(x), 5);\n"
        "function [a, b] = f(x)\na = x; b = -x;\nend"
    )
    assert [found[n] for n in "abcd"] == [3, -3, 4, 5]


def test_a_function_that_may_have_several_outputs_gives_the_first():
    assert at(lambda x: (x, 7), 3) == 3


def test_numbers_put_into_truth_values_become_truth_values():
    assert put(np.array([True, False]), 2.5, 2).tolist() == [True, True]
    with pytest.raises(ValueError, match="NaN"):
        put(np.array([True, False]), np.nan, 2)


# Structs


def test_structs_grow_from_nothing_and_by_names_in_texts():
    found = run(
        "s = struct([]); s(1).a = 3; s(2).a = 4; n = numel(s); y = s(2).a;\n"
        "t.('value') = -1; t.opts.note = 'x'; z = t.opts.note; v = t.value;"
    )
    assert (found["n"], found["y"], found["z"], found["v"]) == (2, 4, "x", -1)


def test_places_in_texts():
    found = run(
        "name = 'conv_1_relu'; k = strfind(name, '_'); x = name(k(1) + 1:end); e = isempty(k);\n"
        "n = numel(strfind(name, 'q')); m = intmax('uint8'); r = realmax > 1;"
    )
    assert (found["x"], bool(found["e"]), found["n"], found["m"]) == ("1_relu", False, 0, 255)


# Values that others share


def test_loops_go_through_the_values_that_they_began_with():
    found = run("x = [1 2 3]; s = 0; for i = x, x(3) = 9; s = s + i; end")
    assert found["s"] == 6
    assert found["x"].tolist() == [1, 2, 9]


def test_parts_of_fields_are_no_longer_what_was_put_there():
    found = run("z = [3 3 3]; M = struct('a', z); M.a(2) = 8; c = {z}; c{1}(1) = 7; y = M.a;")
    assert found["z"].tolist() == [3, 3, 3]
    assert found["y"].tolist() == [3, 8, 3]


# Wrong calls


SLOW = pytest.mark.slow


@pytest.mark.parametrize("count", [0, 1, pytest.param(2, marks=SLOW), pytest.param(3, marks=SLOW)])
@pytest.mark.parametrize(
    "left", ["x = ", *(pytest.param(p, marks=SLOW) for p in ("", "[x, y] = "))]
)
def test_a_call_with_too_few_or_many_arguments_is_ported_or_refused(monkeypatch, count, left):
    monkeypatch.setattr(porting, "_formatted", lambda code: code)
    for name in sorted({name for table in special_calls._TABLES for name in table}):
        for argument in ("a", "c"):
            call = f"{left}{name}({', '.join([argument] * count)});"
            ported = port(f"a = 1; c = {{1, 2}};\n{call}")
            assert ported.ported + ported.left == 2, call


def test_rows_of_cells_are_set_whole():
    text = "n = 2; c = cell(n, 2);\nfor k = 1:n\nc(k, :) = {k, 'x'};\nend\nc(4, :) = {1, 2};\n"
    assert run(text)["c"] == [[1, "x"], [2, "x"], [None, None], [1, 2]]
