"""Nested functions share variables with the function around them; GNU Octave has no such."""

import pytest
from ported_programs import run_ported

from matxai.port import porting
from matxai.port.porting import port


@pytest.fixture(autouse=True)
def plain_text(monkeypatch):
    monkeypatch.setattr(porting, "_formatted", lambda code: code)


def ported_value(text):
    ported = port(text)
    assert ported.complete, ported.notes
    return run_ported(ported.code)[0]["x"]


CASES = {
    "total = 0; add(n); add(2); r = total;\nfunction add(k)\ntotal = total + k;\nend": 6,
    "count = n; step = 2; r = next() * 10 + next();\n"
    "function c = next()\ncount = count + step;\nc = count;\nend": 68,
    "data = zeros(1, n); old = data; put1(2, 5); r = data(2) * 10 + old(2);\n"
    "function put1(i, v)\ndata(i) = v;\nend": 50,
    "s = struct('a', 1); t = s; grow(); grow(); r = s.a * 10 + t.a;\n"
    "function grow()\ns.a = s.a + n;\nend": 91,
    "k = 10; g = @() k * n; bump(); r = g() + k;\nfunction bump()\nk = k + 1;\nend": 51,
    "r = twice(3) + helper(n);\nfunction y = twice(n)\ny = helper(n) * 2;\nend\n"
    "function y = helper(v)\ny = v + n;\nend": 22,
    "h = @shifted; n = 100; r = h(1);\nfunction y = shifted(v)\ny = v + n;\nend": 101,
}


@pytest.mark.tier("documented", "Nested functions share variables with the function around them")
@pytest.mark.parametrize("body", CASES)
def test_variables_are_shared(body):
    assert ported_value(f"x = f(4);\nfunction r = f(n)\n{body}\nend\n") == CASES[body]


REFUSED = {
    "r = n; g();\nfunction g()\nr = h();\nfunction y = h()\ny = 1;\nend\nend": "nested",
    "g(); r = late;\nfunction g()\nlate = 1;\nend": "only the nested function g gives late",
    "r = max(n, 1);\nfunction y = max(a, b)\ny = a - b;\nend": "has the name",
    "r = g();\nfunction y = g()\npersistent k\nk = 1; y = k;\nend": "persistent",
}


@pytest.mark.parametrize("body", REFUSED)
def test_what_python_does_not_share_is_refused(body):
    ported = port(f"x = f(4);\nfunction r = f(n)\n{body}\nend\n")
    assert REFUSED[body] in " ".join(note.why for note in ported.notes)


def test_functions_without_end():
    text = "function r = f(n)\nr = g(n) + 1;\n\nfunction r = g(n)\nr = n * 2;\n"
    ported = port(text)
    assert ported.complete
    assert run_ported(ported.code)[0]["f"](3) == 7
