"""Deep nesting and long files get an answer within seconds."""

import time

import pytest
from ported_programs import run_ported

from matxai.port import porting
from matxai.port.porting import port

DEPTH = 30
INDEXED = f"y = {'x(' * DEPTH}1{')' * DEPTH};"
NESTED = {
    "if": "if true\n" * DEPTH + "x = 2;\n" + "end\n" * DEPTH,
    "index of an index": f"x = [1 2];\n{INDEXED}",
    "index of what is not known": f"z = f([1 2]);\nfunction y = f(x)\n{INDEXED}\nend",
    "cellfun in cellfun": f"y = {'cellfun(@(x) ' * 20}x{', {1})' * 20};",
    "call in call": f"y = {'max(' * DEPTH}1{')' * DEPTH};",
    "matrix in matrix": f"y = {'[1 ' * DEPTH}1{']' * DEPTH};",
}


@pytest.fixture(autouse=True)
def plain_text(monkeypatch):
    monkeypatch.setattr(porting, "_formatted", lambda code: code)


def loops(depth, body):
    heads = "".join(f"for i{k} = 1:1\n" for k in range(depth))
    return heads + body + "\nend" * depth


def timed(text):
    started = time.process_time()
    ported = port(text)
    # 0.2 s at rest.
    assert time.process_time() - started < 10
    return ported


@pytest.mark.parametrize("name", NESTED)
def test_deep_nesting_is_ported_within_seconds(name):
    ported = timed(NESTED[name])
    assert ported.complete
    run_ported(ported.code)


@pytest.mark.parametrize("body", ["x = x + 1;", "x = y; y = z; z = 'a';", "c{end+1} = i0;"])
def test_loops_in_loops_are_ported_within_seconds(body):
    ported = timed(f"x = 1; y = 1; z = 1; c = {{}};\n{loops(20, body)}")
    assert ported.complete
    run_ported(ported.code)


@pytest.mark.parametrize("head", ["for i = 1:2", "while x < 3", "try"])
def test_what_python_does_not_nest_is_left(head):
    ported = timed("x = 1;\n" + f"{head}\n" * DEPTH + "x = x + 1;" + "\nend" * DEPTH)
    assert any("nests no more than 20" in note.why for note in ported.notes)
    compile(ported.code, "ported.py", "exec")


@pytest.mark.slow
@pytest.mark.parametrize(
    "line",
    ["x{0} = x + {0};", "x(end+1) = {0};", "for i = 1:3, x{0} = i; end", "if x > {0}, y = 2; end"],
)
def test_ten_thousand_lines_are_ported_within_seconds(line):
    ported = port("x = 0;\n" + "\n".join(line.format(k) for k in range(10_000)))
    assert ported.complete
