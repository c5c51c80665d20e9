"""Tables: parts of them are read, set and removed."""

import numpy as np
import pytest
from ported_programs import run_ported

from matxai.port import porting
from matxai.port.porting import port

T = "T = table([1;2;3], [4;5;6], 'VariableNames', {'a','b'});"
S = "T = table([1;2;3], {'x';'y';'z'}, 'VariableNames', {'a','b'});"

CASES = {
    f"{T} x = T{{2, 1}}; y = T{{:, 'a'}}; z = T{{:, :}}; w = T{{2, :}}; v = T{{3, 'b'}};": {
        "x": 2, "y": [1, 2, 3], "z": [[1, 4], [2, 5], [3, 6]], "w": [[2, 5]], "v": 6,
    },
    f"{T} x = T{{T.a > 1, 'b'}}; y = T{{2:3, {{'b','a'}}}}; T = T(:, 2); n = T{{1, 1}};": {
        "x": [5, 6], "y": [[5, 2], [6, 3]], "n": 4,
    },
    f"{T} T{{2, 'a'}} = 10; T{{:, 2}} = [7;8;9]; x = T.a; y = T.b; T.a(3) = 0; z = T.a;": {
        "x": [1, 10, 3], "y": [7, 8, 9], "z": [1, 10, 0],
    },
    f"{T} T.c = T.a + T.b; T.a = []; x = T.c; n = T.Properties.VariableNames; k = width(T);": {
        "x": [5, 7, 9], "n": ["b", "c"], "k": 2,
    },
    f"{T} T(2, :) = []; x = T.b; T(T.a > 2, :) = []; y = T.a; k = height(T);": {
        "x": [4, 6], "y": [1], "k": 1,
    },
    f"{T} T.Properties.VariableNames{{1}} = 'q'; n = T.Properties.VariableNames; x = T.q;": {
        "n": ["q", "b"], "x": [1, 2, 3],
    },
    f"{S} T(end+1, :) = {{4, 'w'}}; x = T.b; y = T.b{{2}}; z = T{{2, 'b'}};": {
        "x": ["x", "y", "z", "w"], "y": "y", "z": ["y"],
    },
    f"{S} T.b{{1}} = 'v'; x = T.b;": {"x": ["v", "y", "z"]},
    f"{T} U = T; U{{1, 1}} = 100; U.b(1) = 50; x = T.a; y = U.a; z = T.b;": {
        "x": [1, 2, 3], "y": [100, 2, 3], "z": [4, 5, 6],
    },
    f"{T} U = [T; {{9, 9}}]; x = U.a; V = [T; U]; k = height(V); y = height(T);": {
        "x": [1, 2, 3, 9], "k": 7, "y": 3,
    },
    f"{T} U = [T, table(T.a, 'VariableNames', {{'c'}})]; x = U.Properties.VariableNames;": {
        "x": ["a", "b", "c"],
    },
    f"{T} [~, i] = sort(T.b, 'descend'); T = T(i, :); x = T.a; s = 0; "
    "for k = 1:height(T), s = s + T{k, 'b'} * k; end": {"x": [3, 2, 1], "s": 28},
    f"{T} p = 'b'; x = T.(p); T.(p)(1) = 0; y = T{{1, p}}; v = T.Properties.VariableNames; "
    "z = T.(v{1});": {"x": [4, 5, 6], "y": 0, "z": [1, 2, 3]},
    "T = table([1;2], 'VariableNames', {'a'}, 'RowNames', {'p','q'}); x = T{'q','a'}; "
    "U = T('q', :); y = U.a;": {"x": 2, "y": [2]},
    "R = table('Size', [0 2], 'VariableTypes', {'string','double'}, 'VariableNames', {'n','v'}); "
    "R(end+1,:) = {\"a\", 3}; R(end+1,:) = {\"b\", 4}; x = R.v; y = R.n(2); k = height(R);": {
        "x": [3, 4], "y": "b", "k": 2,
    },
    "T = table([1;2], [4;5], 'VariableNames', {'shape','columns'}); x = T.shape; "
    "T.columns = [8;9]; y = T.columns;": {"x": [1, 2], "y": [8, 9]},
}  # fmt: skip


@pytest.fixture(autouse=True)
def plain_text(monkeypatch):
    monkeypatch.setattr(porting, "_formatted", lambda code: code)


@pytest.mark.tier("documented")
@pytest.mark.parametrize("text", CASES)
def test_parts_of_tables(text):
    ported = port(text + "\n")
    assert ported.complete, ported.notes
    variables, _ = run_ported(ported.code)
    for name, expected in CASES[text].items():
        found = variables[name]
        if isinstance(expected, str) or (
            isinstance(expected, list) and expected[0] == str(expected[0])
        ):
            assert found == expected, name
        else:
            assert np.shape(found) == np.shape(expected), name
            np.testing.assert_array_equal(found, expected, name)


def test_what_is_known_of_variables_makes_plain_python():
    text = (
        "T = sortrows(T, 'a', 'descend'); x = T.b{2}; T.a(T.a > 2) = 0; T.c = T.a * 2; y = T.c'; "
    )
    ported = port(f"{S} {text} z = T(T.a > 0, :).b;\n")
    for line in ("x = T.b[1]", "T.a[T.a > 2] = 0", "T.c = T.a * 2", "z = T[T.a > 0, :].b"):
        assert line in ported.code
    variables, _ = run_ported(ported.code)
    assert variables["x"] == "y"
    assert variables["y"].tolist() == [0, 4, 2]


@pytest.mark.parametrize(
    "text",
    [
        f"{T} T(2, 1) = 5;",
        f"{T} x = T{{1}};",
        f"{T} T(1:2, :) = {{1, 2; 3, 4}};",
        f"{T} x = [T, [1;2;3]];",
    ],
)
def test_other_uses_are_refused(text):
    assert not port(text + "\n").complete


@pytest.mark.parametrize(
    ("text", "error"),
    [
        (f"{T} x = T{{4, 1}};", IndexError),
        (f"{T} x = T{{1, 'q'}};", KeyError),
        (f"{T} T{{1, 'a'}} = {{5}};", TypeError),
        (f"{T} T(2, 'a') = [];", IndexError),
        (f"{T} x = [T; table(1, 'VariableNames', {{'q'}})];", ValueError),
    ],
)
def test_what_matlab_does_not_do(text, error):
    with pytest.raises(error):
        run_ported(port(text + "\n").code)
