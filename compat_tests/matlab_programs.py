"""Random MATLAB programs, which mean the same in MATLAB and in GNU Octave.

`write_program(seed)` writes the same program for the same seed. What a program computes is the
value of its variables and what it prints; only fprintf and disp print.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

from matlab_functions import write_function
from matlab_idioms import Idioms
from matlab_kinds import DOUBLE, WORDS, Kind

__all__ = ["Program", "Writer", "write_program"]


@dataclass(frozen=True)
class Program:
    """A script: its statements, each of one or several lines, and its functions."""

    statements: tuple[str, ...]
    functions: tuple[str, ...] = ()

    @property
    def body(self):
        return "\n".join(self.statements) + "\n"

    @property
    def text(self):
        return "\n".join([self.body, *self.functions]).rstrip("\n") + "\n"

    def without(self, index):
        kept = self.statements[:index] + self.statements[index + 1 :]
        return Program(kept, self.functions)


def write_program(seed, length=None):
    """Write a program of some statements."""
    chooser = random.Random(seed)
    writer = Writer(chooser)
    functions = []
    for number in range(chooser.choice((0, 0, 0, 1, 1, 2))):
        name, parameters, outputs, text = write_function(writer, number)
        functions.append(text)
        writer.functions[name] = parameters, outputs
    statements = [writer.first_values()]
    for _ in range(length or chooser.randint(3, 9)):
        statements.append(writer.decorated(writer.statement()))
    return Program(tuple(statements), tuple(functions))


class Writer(Idioms):
    """Writes statements of all sorts."""

    def decorated(self, text):
        """Add comments, empty lines and line ends that mean nothing."""
        if "\n" not in text and ", " in text and "'" not in text and self.chance(0.05):
            head, tail = text.split(", ", 1)
            text = f"{head}, ...\n    {tail}"
        return self.weighted(
            [
                (20, lambda: text),
                (1, lambda: f"% {self.random.choice(WORDS)}: what's this?\n{text}"),
                (1, lambda: f"%% {self.random.choice(WORDS)}\n{text}"),
                (1, lambda: f"{text} % and so on" if "\n" not in text else None),
                (1, lambda: f"\n{text}"),
                (1, lambda: f"%{{\nnot = code\n%}}\n{text}"),
            ]
        )

    def first_values(self):
        lines = []
        for kind in (DOUBLE, Kind("double", 1, self.random.randint(2, 5)), self.any_kind()):
            name = self.fresh()
            lines.append(f"{name} = {self.of(kind)};")
            self.set(name, kind)
        return "\n".join(lines)

    def statement(self):
        deep = self.nested >= 2
        return self.weighted(
            [
                (7, self.assignment),
                (7, self.idiom),
                (4, self.change),
                (7, self.indexed),
                (0 if self.nested else 4, self.growth),
                (0 if self.nested else 3, self.deletion),
                (0 if deep else 5, self.if_statement),
                (0 if deep else 5, self.for_statement),
                (0 if deep else 2, self.while_statement),
                (0 if deep else 2, self.switch_statement),
                (0 if deep else 2, self.try_statement),
                (5, self.several_outputs),
                (4, self.struct_statement),
                (3, self.cell_statement),
                (0 if self.nested else 3, self.copied),
                (0 if self.nested else 3, self.handle),
                (3, self.printing),
            ]
        )
