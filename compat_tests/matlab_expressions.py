"""Random MATLAB expressions of known class and size, as text.

They mean the same in MATLAB and in GNU Octave. Numbers are small, and mostly multiples of 1/4, so
that sums and products are exact in any order.
"""

from __future__ import annotations

from matlab_kinds import whole
from matlab_texts import Texts

__all__ = ["Expressions"]


class Expressions(Texts):
    """Writes expressions of any kind."""

    def of(self, kind, depth=2):
        """Write an expression of a kind."""
        if kind.cls == "double":
            return self.numbers(kind.rows, kind.cols, depth)
        if kind.cls == "logical":
            return self.truths(kind.rows, kind.cols, depth)
        if kind.cls == "char":
            return self.text(depth)
        if kind.cls == "cell":
            items = [self.of(part, min(depth, 1)) for part in kind.parts]
            return "{" + self.one(", ", ",", " ").join(map(whole, items)) + "}"
        if kind.cls == "struct":
            return self.struct(kind, depth)
        if kind.cls == "small":
            return str(self.random.randint(0, 5))
        return self.integers(kind.cls, kind.rows, kind.cols, depth)

    def struct(self, kind, depth):
        pairs = []
        for name, part in kind.parts:
            value = self.of(part, min(depth - 1, 1))
            pairs += [f"'{name}'", "{" + value + "}" if part.cls == "cell" else value]
        return f"struct({', '.join(pairs)})"

    def own_call(self, wanted, depth):
        """Call a function of the program, or a function handle."""
        found = [(n, p) for n, (p, outputs) in self.functions.items() if outputs[0] == wanted]
        found += [
            (n, k.parts[0])
            for n, k in self.known.items()
            if k.cls == "function" and k.parts[1] == wanted
        ]
        if not found:
            return None
        name, parameters = self.random.choice(found)
        return f"{name}({', '.join(self.of(kind, depth - 1) for kind in parameters)})"
