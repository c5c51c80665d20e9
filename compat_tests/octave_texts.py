"""Texts that GNU Octave computes."""

from octave import evaluate

__all__ = ["octave_lines", "octave_text"]


def octave_lines(code, **inputs):
    """Return the rows of a char array that Octave computes."""
    return [str(line) for line in evaluate(code, **inputs)[1]]


def octave_text(code, **inputs):
    """Return the text that Octave computes."""
    found = octave_lines(code, **inputs)
    return found[0] if found else ""
