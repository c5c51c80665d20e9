"""What the porter knows of a value holds on every way that leads to a place."""

import numpy as np
import pytest
from ported_programs import run_ported

from matxai import struct
from matxai.port.porting import port
from matxai.port.runtime import NotKnownError, at, struct_in

RIGHT = {
    # Python's whole numbers have no negative zero.
    "x = 1 / (0 * -4);": -np.inf,
    "for i = -1:1, for j = -1:1, if i == 0 && j < 0, x = 1 / (i * j); end, end, end": -np.inf,
    "k = 0; y = -2 * k; x = 1 / y;": -np.inf,
    "k = 0; y = 2 * k; x = 1 / y;": np.inf,
    "k = 0; x = 1 / -k;": -np.inf,
    "y = round(-0.0); x = 1 / y;": -np.inf,
    # A list of names of whole numbers holds doubles as well.
    "k = 7; v = [k, k]; v(end) = -0.5; x = v(2);": -0.5,
    "k = 2; v = 1:9; x = v(-2 * k + 7);": 3,
    # In a try, any of the values in between may be there at the end.
    "y = 1; try, y = 'ab'; error('no'); y = 2; catch, end, x = numel(y);": 2,
    "y = 1; try, if y > 0, y = [3 4]; error('no'); end, catch, end, x = numel(y);": 2,
    "y = [1 2]; try, y = y'; error('no'); catch, end, x = size(y, 1);": 2,
    # A chain of variables hands on what comes in at its end, one of them in a round.
    "a = 1; b = 1; c = 1; d = 1; e = 1; f = 1; g = 1; h = 1; x = 0;"
    "for i = 1:9, a = b; b = c; c = d; d = e; e = f; f = g; g = h; h = 'xy'; end, x = numel(a);": 2,
    "a = 1; for i = 1:3, for j = 1:2, x = numel(a); end, a = [a a]; end": 4,
    "a = 1; for i = 1:2, while numel(a) < 3, a = [a 1]; end, a = a'; end, x = size(a, 1);": 1,
}


def run(text):
    ported = port(text)
    assert ported.complete, ported.notes
    return run_ported(ported.code)[0]


@pytest.mark.parametrize("text", RIGHT)
def test_values(text):
    try:
        x = run(text)["x"]
    except NotKnownError:
        # What would need to be known is refused.
        return
    assert x == RIGHT[text]


def test_products_of_what_is_counted_stay_whole():
    code = port("x = 1:9; n = numel(x); k = 2 * n; for i = 1:3, y = x(i * 2); end").code
    assert "k = 2 * n" in code
    assert "x[i * 2 - 1]" in code


def test_a_row_beside_what_may_be_a_column_is_refused():
    text = "w = f(2); try, w = w(:); error('no'); catch, end\ny = [1 2 3] - w;"
    with pytest.raises(NotKnownError):
        run(f"{text}\nfunction w = f(a)\nw = [a feval(@(q) q, a) 5];\nend")


def test_a_column_of_what_may_be_char_is_refused():
    with pytest.raises(NotKnownError, match="column of characters"):
        at("ab", ":")
    assert at("a", ":") == "a"


def test_texts_beside_what_is_taken_for_numbers_are_refused():
    with pytest.raises(NotKnownError, match="some are texts"):
        run("a = {'x', [1 2]}; y = cellfun(@(q) [q q], a, 'UniformOutput', false);")


# Parts of what is not there yet


@pytest.mark.parametrize(
    "start", ["s = struct();", "s = f(1);"], ids=["known fields", "unknown fields"]
)
def test_a_field_of_a_field_that_is_not_there(start):
    s = run(f"{start} s.a.b = 1; s.a.c = 2;\nfunction s = f(n)\nif n, s.q = n; end\nend")["s"]
    assert (s.a.b, s.a.c) == (1, 2)


def test_elements_of_a_field_that_is_not_there():
    s = run("s = struct(); s.a(3) = 1; s.c{2} = 'x';")["s"]
    np.testing.assert_array_equal(s.a, [0, 0, 1])
    assert s.c == [None, "x"]


def test_fields_that_grow_out_of_nothing_in_a_loop():
    r = run("for i = 1:3, r.a(i) = i; r.c{i} = 'x'; end")["r"]
    np.testing.assert_array_equal(r.a, [1, 2, 3])
    assert r.c == ["x"] * 3


def test_fields_named_as_words_of_python():
    s = run("s.lambda = 1; s.in.is = 2; s.from(2) = 3; x = s.in.is + s.lambda;")
    assert s["x"] == 3
    np.testing.assert_array_equal(s["s"]["from"], [0, 3])


@pytest.mark.parametrize("name", ["c", "s.c"])
def test_cell_arrays_grow(name):
    made = run(f"{name} = {{1}}; {name}{{3}} = 2; k = 4; {name}{{k}} = 5;")
    assert (made["c"] if name == "c" else made["s"].c) == [1, None, 2, 5]


def test_cell_arrays_made_in_their_size_are_set_in_place():
    code = port("n = 3; c = cell(1, n); for i = 1:n, c{i} = i; end\nd = {1, 2}; d{2} = 3;").code
    assert "c[i - 1] = i" in code
    assert "d[1] = 3" in code


def test_struct_in_keeps_what_is_there():
    s = struct("a", struct("b", 1), "e", np.zeros((0, 0)))
    struct_in(s, "a").c = 2
    struct_in(s, "e").c = 3
    assert (s.a.b, s.a.c, s.e.c) == (1, 2, 3)
    with pytest.raises(AttributeError):
        struct_in(3, "a")
