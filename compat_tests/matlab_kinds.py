"""Kinds of values in random MATLAB programs, and how one writer chooses."""

from __future__ import annotations

import re
from typing import NamedTuple

__all__ = [
    "DOUBLE",
    "INTEGERS",
    "LOGICAL",
    "TEXT",
    "WORDS",
    "Chooser",
    "Kind",
    "atom",
    "deeper",
    "no_logic",
    "whole",
    "within",
]

INTEGERS = ("uint8", "int8", "int16", "int32", "uint16")
WORDS = ("cat", "dog", "map", "Net", "layer one", "x-ray", "A1", "conv_2", "espresso", "z")


class Kind(NamedTuple):
    """What is known of a value.

    `cols` is None for a row of unknown length; `parts` are the kinds of the elements of a cell
    array, (name, kind) of each field of a struct, and (parameters, result) of a function.
    """

    cls: str
    rows: int = 1
    cols: int | None = 1
    parts: tuple = ()


DOUBLE = Kind("double")
LOGICAL = Kind("logical")
TEXT = Kind("char", 1, None)


class Chooser:
    """Chooses at random; `known` are the variables, `functions` the user's own functions."""

    def __init__(self, random):
        self.random = random
        self.known: dict[str, Kind] = {}
        self.functions: dict[str, tuple[tuple[Kind, ...], tuple[Kind, ...]]] = {}

    def one(self, *options):
        return self.random.choice(options)

    def chance(self, share):
        return self.random.random() < share

    def weighted(self, options):
        """Call one of (weight, function) pairs; a function that has nothing to offer gives None."""
        options = list(options)
        while options:
            weights = [weight for weight, _ in options]
            index = self.random.choices(range(len(options)), weights)[0]
            found = options.pop(index)[1]()
            if found is not None:
                return found
        raise LookupError("no option offers anything")

    def names(self, test):
        return [name for name, kind in self.known.items() if test(kind)]

    def variable(self, kind):
        found = self.names(lambda k: k == kind)
        return self.random.choice(found) if found else None

    def anything(self):
        found = self.names(lambda k: k.cls not in ("function", "index"))
        return self.random.choice(found) if found else "3"


def atom(text):
    """Put brackets around what has an operator outside of brackets."""
    return text if isatom(text) else f"({text})"


def isatom(text):
    """Tell whether no operator but a transpose stands outside of brackets and quotes."""
    outside, depth, quoted, before = "", 0, False, ""
    for letter in text:
        if letter == "'" and (
            quoted or not (before.isalnum() or before in ("_", ")", "]", "}", "'", "."))
        ):
            quoted = not quoted
            outside += "" if quoted or depth else "'"
        elif quoted:
            pass
        elif letter in "([{":
            depth += 1
        elif letter in ")]}":
            depth -= 1
        elif depth == 0:
            outside += letter
        before = letter
    return re.fullmatch(r"[\w.']*", outside) is not None


def whole(text):
    """Make one element of a bracket's content of an expression."""
    return f"({text})" if " " in text and not isatom(text) else text


def no_logic(text):
    return f"({text})" if "&" in text or "|" in text else text


def within(text):
    """Put brackets around what would fall apart inside of square brackets."""
    return f"({text})" if " " in text or text.startswith(("-", "~", "+")) else text


def deeper(text):
    return "\n".join("    " + line for line in text.split("\n"))
