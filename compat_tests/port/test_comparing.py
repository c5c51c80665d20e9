"""The comparison with GNU Octave notices what is wrong."""

import pytest
from matlab_programs import Program, write_program
from octave import needs_octave
from octave_programs import run_in_octave
from ported_programs import differences, run_ported

PROGRAM = Program(
    (
        "n = 2;",
        "row = [1 2 3];",
        "column = row';",
        "flag = n > 1;",
        "small = uint8(7);",
        "word = 'cat';",
        "list = {'a', [1 2], {}};",
        "pair = {1, 'x'; 2, 'y'};",
        "s.a = 1; s.name = 'n';",
        "many = struct('a', {1, 2});",
        "none = [];",
        "fprintf('%d\\n', n);",
        "f = @(x) x;",
    )
)
PYTHON = """
import numpy as np
from matxai import struct
n = 2
row = np.array([1.0, 2, 3])
column = row.copy()
flag = True
small = np.uint8(7)
word = 'cat'
list_ = ['a', np.array([1, 2]), []]
pair = [[1, 'x'], [2, 'y']]
s = struct(a=1, name='n')
many = [struct(a=1), struct(a=2)]
none = np.array([])
print(n)
f = lambda x: x
"""


@pytest.fixture(scope="module")
def outcome():
    return run_in_octave([PROGRAM])[0]


@needs_octave
def test_equal_programs(outcome):
    assert not outcome.error
    assert differences(*run_ported(PYTHON), outcome) == []


@needs_octave
@pytest.mark.parametrize(
    ("written", "instead", "name"),
    [
        ("n = 2\n", "n = 3\n", "n"),
        ("n = 2\n", "n = np.float32(2)\n", "n"),
        ("n = 2\n", "n = '2'\n", "n"),
        ("n = 2\n", "m = 2; n = [2]\n", "n"),
        ("row = np.array([1.0, 2, 3])", "row = np.array([1.0, 2])", "row"),
        ("row = np.array([1.0, 2, 3])", "row = np.array([[1.0], [2], [3]])", "row"),
        ("row = np.array([1.0, 2, 3])", "row = [1.0, 2, 3]", "row"),
        ("column = row.copy()", "column = row[None]", "column"),
        ("column = row.copy()", "pass", "column"),
        ("flag = True", "flag = 1", "flag"),
        ("small = np.uint8(7)", "small = 7", "small"),
        ("small = np.uint8(7)", "small = np.int8(7)", "small"),
        ("word = 'cat'", "word = 'cat '", "word"),
        ("word = 'cat'", "word = ['cat']", "word"),
        ("['a', np.array([1, 2]), []]", "['a', np.array([1, 3]), []]", "list"),
        ("['a', np.array([1, 2]), []]", "['a', np.array([1, 2])]", "list"),
        ("[[1, 'x'], [2, 'y']]", "[1, 'x', 2, 'y']", "pair"),
        ("struct(a=1, name='n')", "struct(name='n', a=1)", "s"),
        ("struct(a=1, name='n')", "struct(a=2, name='n')", "s"),
        ("[struct(a=1), struct(a=2)]", "[struct(a=1)]", "many"),
        ("none = np.array([])", "none = np.zeros(1)", "none"),
        ("print(n)", "print(n, end='')", "the output"),
    ],
)
def test_a_difference_is_found(outcome, written, instead, name):
    code = PYTHON.replace(written, instead, 1)
    assert code != PYTHON
    assert name in [found for found, _ in differences(*run_ported(code), outcome)]


@needs_octave
def test_an_error_of_octave_is_reported():
    outcomes = run_in_octave([Program(("x = undefined_thing;",)), Program(("y = 1;",))])
    assert "undefined_thing" in outcomes[0].error
    assert list(outcomes[1].variables) == ["y"]


@needs_octave
def test_most_random_programs_are_valid_and_no_two_are_equal():
    programs = [write_program(seed) for seed in range(60)]
    assert len({program.text for program in programs}) == 60
    assert write_program(7) == write_program(7)
    failed = [outcome.error for outcome in run_in_octave(programs) if outcome.error]
    assert len(failed) < 6, failed
