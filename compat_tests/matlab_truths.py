"""Random MATLAB expressions of the classes logical, integer and single."""

from __future__ import annotations

from matlab_kinds import LOGICAL, Kind, atom, no_logic
from matlab_numbers import Numbers

__all__ = ["Truths"]


class Truths(Numbers):
    """Writes truth values and integers."""

    def truth(self, depth=2):
        """Write a logical scalar."""
        simple = [
            (3, lambda: self.variable(LOGICAL)),
            (1, lambda: self.one("true", "false")),
            (4, lambda: self.comparison(0)),
        ]
        if depth <= 0:
            return self.weighted(simple)
        t = lambda: self.truth(depth - 1)
        x = lambda: self.text(depth - 1)
        vector = lambda: self.numbers(1, self.random.randint(2, 4), depth - 1)
        return self.weighted(
            [
                *simple,
                (4, lambda: self.comparison(depth)),
                (3, lambda: self.logic_chain(depth)),
                (1, lambda: "~" + atom(t())),
                (1, lambda: f"~{atom(self.scalar(0))} == {self.scalar(0)}"),
                (2, lambda: f"{self.one('any', 'all')}({atom(vector())} > {self.scalar(0)})"),
                (1, lambda: f"isempty({self.one(vector(), '[]', x(), 'zeros(0, 3)')})"),
                (1, lambda: f"ismember({self.scalar(0)}, {vector()})"),
                (2, lambda: f"{self.one('strcmp', 'strcmpi')}({x()}, {x()})"),
                (1, lambda: f"isequal({vector()}, {vector()})"),
                (1, lambda: f"{self.one('isnan', 'isinf')}({self.scalar(depth - 1)})"),
                (1, lambda: f"{self.one('ischar', 'isnumeric', 'islogical')}({self.anything()})"),
                (1, lambda: f"{self.one('isrow', 'iscolumn', 'isscalar')}({self.anything()})"),
                (1, lambda: self.element("logical")),
                (1, lambda: self.field(LOGICAL)),
                (1, lambda: self.has_field()),
                (1, lambda: f"logical({self.scalar(0)})"),
            ]
        )

    def comparison(self, depth):
        operator = self.one("==", "~=", "<", "<=", ">", ">=")
        space = self.one("", " ")
        left = atom(self.scalar(depth - 1)) if self.chance(0.6) else self.chain(max(depth, 1))
        text = f"{left}{space}{operator}{space}{atom(self.scalar(depth - 1))}"
        if self.chance(0.1):
            text += f" {self.one('==', '<', '>')} {self.literal()}"
        return text

    def logic_chain(self, depth):
        count = self.random.randint(2, 4)
        scalar = self.chance(0.5)
        parts = [no_logic(self.truth(depth - 1)) for _ in range(count)]
        text = parts[0]
        for part in parts[1:]:
            operator = self.one("&&", "||") if scalar else self.one("&", "|")
            text += f" {operator} " + self.one("", "", "~") * part.isidentifier() + part
        return text

    def truths(self, rows, cols, depth=2):
        """Write an array of logicals."""
        if rows == 1 and cols == 1:
            return self.truth(depth)
        a = lambda: atom(self.numbers(rows, cols, depth - 1))
        t = lambda: atom(self.truths(rows, cols, depth - 1))
        operator = self.one("==", "~=", "<", "<=", ">", ">=")
        simple = [
            (3, lambda: self.variable(Kind("logical", rows, cols))),
            (4, lambda: f"{a()} {operator} {atom(self.scalar(0))}"),
            (1, lambda: f"{self.one('true', 'false')}({rows}, {cols})"),
        ]
        if depth <= 0:
            return self.weighted(simple)
        return self.weighted(
            [
                *simple,
                (2, lambda: f"{a()} {operator} {a()}"),
                (2, lambda: f"{t()} {self.one('&', '|')} {t()}"),
                (2, lambda: "~" + t()),
                (1, lambda: f"isnan({a()})"),
                (1, lambda: f"ismember({a()}, {self.numbers(1, 3, 0)})"),
                (1, lambda: f"{t()}'" if rows == cols else None),
                (1, lambda: self.joined("logical", rows, cols, depth)),
                (1, lambda: self.slice("logical", rows, cols)),
                (1, lambda: f"logical({a()})"),
                (1, lambda: f"any({self.truths(3, cols, 0)})" if rows == 1 else None),
                (1, lambda: f"all({self.truths(rows, 3, 0)}, 2)" if cols == 1 else None),
            ]
        )

    def integers(self, cls, rows, cols, depth=2):
        """Write an array of an integer class, or of single."""
        own = lambda: self.variable(Kind(cls, rows, cols))
        made = lambda: f"{cls}({self.numbers(rows, cols, depth - 1)})"
        simple = [(4, own), (3, made), (2, lambda: self.slice(cls, rows, cols))]
        if (rows, cols) == (1, 1):
            simple += [(2, lambda: self.element(cls)), (2, lambda: f"{cls}({self.literal()})")]
        else:
            simple += [(1, lambda: f"zeros({rows}, {cols}, '{cls}')")]
        if depth <= 0:
            return self.weighted(simple)
        a = lambda: atom(self.integers(cls, rows, cols, depth - 1))
        number = lambda: atom(self.scalar(0))
        operator = self.one("+", "-", ".*", "./")
        return self.weighted(
            [
                *simple,
                (4, lambda: f"{a()} {self.one('+', '-', '*', '/')} {number()}"),
                (2, lambda: f"{self.literal()} {self.one('+', '-', '*')} {a()}"),
                (3, lambda: f"{a()} {operator} {a()}"),
                (1, lambda: f"{a()}{self.one('.^')}2"),
                (1, lambda: f"-{a()}"),
                (1, lambda: f"abs({a()})"),
                (1, lambda: f"{self.one('max', 'min')}({a()}, {a()})"),
                (1, lambda: f"{a()} .* {cls}({self.truths(rows, cols, depth - 1)})"),
            ]
        )
