"""Random programs do in Python, ported, what they do in GNU Octave.

A program may be refused: by the porter, which says so in a comment, or, where only the run can
tell, by NotKnownError. What is not refused must be equal.
"""

import pytest
from matlab_programs import Program, write_program
from octave import needs_octave
from octave_programs import run_in_octave
from ported_programs import differences, run_ported

from matxai.port import porting
from matxai.port.runtime_errors import NotKnownError

BATCH = 200
REFUSED_AT_MOST = 0.2
# Seeds whose programs are known to go wrong, and why. One that goes right has to leave the list.
KNOWN_WRONG: dict[int, str] = {}


@pytest.fixture(autouse=True)
def plain_text(monkeypatch):
    """Leave the layout of the code alone: it would take most of the time."""
    monkeypatch.setattr(porting, "_formatted", lambda code: code)


def faults(program, outcome):
    """List what is wrong with a program; None if it is refused."""
    ported = porting.port(program.text)
    if not ported.complete:
        return None
    try:
        variables, printed = run_ported(ported.code)
    except NotKnownError:
        return None
    except Exception as error:
        if "is neither a row nor a column" in str(error):
            return None
        return [("the program", f"ends with {type(error).__name__}: {error}")]
    return differences(variables, printed, outcome)


def is_wrong(program):
    outcome = run_in_octave([program])[0]
    return not outcome.error and bool(faults(program, outcome))


def shrunk(program):
    """Leave out statements as long as the rest is wrong."""
    for index in reversed(range(len(program.statements))):
        shorter = program.without(index)
        if is_wrong(shorter):
            program = shorter
    without = Program(program.statements)
    return without if is_wrong(without) else program


def report(program):
    program = shrunk(program)
    outcome = run_in_octave([program])[0]
    name, what = faults(program, outcome)[0]
    return f"MATLAB:\n{program.text}\nPython:\n{porting.port(program.text).code}\n{name} {what}"


def hold_against_octave(seeds):
    """Port and run the programs of some seeds: none may be wrong but known ones, few refused."""
    programs = {seed: write_program(seed) for seed in seeds}
    ran, refused, wrong = 0, 0, []
    for start in range(0, len(programs), BATCH):
        batch = dict(list(programs.items())[start : start + BATCH])
        outcomes = run_in_octave(list(batch.values()))
        for (seed, program), outcome in zip(batch.items(), outcomes, strict=True):
            if outcome.error:
                continue
            found = faults(program, outcome)
            ran += 1
            refused += found is None
            wrong += [seed] if found else []
    known = KNOWN_WRONG.keys() & programs.keys()
    new = [seed for seed in wrong if seed not in known]
    if new:
        pytest.fail(f"{len(new)} of {ran} programs are wrong, e.g.\n{report(programs[new[0]])}")
    assert known == set(wrong)
    assert ran > 0.9 * len(programs)
    assert refused < REFUSED_AT_MOST * ran, f"{refused} of {ran} programs are refused"


@needs_octave
@pytest.mark.tier("numeric")
def test_programs():
    hold_against_octave(range(100))


@needs_octave
@pytest.mark.slow
@pytest.mark.tier(
    "numeric",
    "Ported random programs compute and print what GNU Octave does, or are refused: of 2200 at "
    "most a fifth",
)
def test_many_programs():
    hold_against_octave(range(1000, 3200))
