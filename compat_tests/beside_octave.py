"""Lines of MATLAB, ported and run, and run in GNU Octave: their variables are equal."""

from __future__ import annotations

from matlab_programs import Program
from octave_programs import run_in_octave
from ported_programs import differences, run_ported

from matxai.port import porting
from matxai.port.runtime_errors import NotKnownError

__all__ = ["differ_from_octave", "wrong_ports"]


def differ_from_octave(texts, monkeypatch):
    """Port programs and run them in both; list what differs, or is not ported."""
    monkeypatch.setattr(porting, "_formatted", lambda code: code)
    outcomes = run_in_octave([_program(text) for text in texts])
    return [found for text, one in zip(texts, outcomes, strict=True) if (found := _of(text, one))]


def _program(text):
    script, *functions = text.split("\nfunction ")
    return Program((script,), tuple(f"function {function}" for function in functions))


def _of(text, outcome):
    ported = porting.port(text + "\n")
    if outcome.error or not ported.complete:
        return text, outcome.error, [note.why for note in ported.notes]
    variables, printed = run_ported(ported.code)
    found = differences(variables, printed, outcome)
    return (text, ported.code, found) if found else None


def wrong_ports(programs, monkeypatch):
    """Count the programs that run in Octave, and those of them that are refused; list wrong ones.

    A program is refused by the porter, or at its run, where only that can tell.
    """
    monkeypatch.setattr(porting, "_formatted", lambda code: code)
    ran, refused, wrong = 0, 0, []
    for program, outcome in zip(programs, run_in_octave(programs), strict=True):
        if outcome.error:
            continue
        ran += 1
        ported = porting.port(program.text)
        found = _faults(ported, outcome) if ported.complete else None
        refused += found is None
        wrong += [(program.text, found)] if found else []
    return ran, refused, wrong


def _faults(ported, outcome):
    """Return what is wrong with a ported program; None if its run refuses it."""
    try:
        variables, printed = run_ported(ported.code)
    except NotKnownError:
        return None
    except Exception as error:
        unknown = "is neither a row nor a column" in str(error)
        return None if unknown else [f"ends with {type(error).__name__}: {error}"]
    return differences(variables, printed, outcome)
