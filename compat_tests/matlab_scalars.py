"""Random MATLAB expressions that are one number."""

from __future__ import annotations

from matlab_elements import Elements
from matlab_kinds import DOUBLE, atom

__all__ = ["Scalars"]


class Scalars(Elements):
    """Writes numbers."""

    def literal(self):
        return self.weighted(
            [
                (8, lambda: str(self.random.randint(0, 9))),
                (2, lambda: self.one("0.5", ".25", "2.75", "1.5", "12.", "-1", "10", "3.0")),
                (1, lambda: self.one("1e2", "2.5e-1", "100", "-7", "-0.5")),
            ]
        )

    def scalar(self, depth=2):
        """Write a number."""
        simple = [(4, self.literal), (8, lambda: self.variable(DOUBLE))]
        if depth <= 0:
            return self.weighted(simple)
        return self.weighted(
            [
                *simple,
                (4, lambda: self.chain(depth)),
                (3, lambda: self.element(DOUBLE.cls)),
                (3, lambda: self.number_call(depth)),
                (2, lambda: self.reduction(depth)),
                (1, lambda: "-" + atom(self.scalar(depth - 1))),
                (1, lambda: "(" + self.scalar(depth - 1) + ")"),
                (1, lambda: self.field(DOUBLE)),
                (1, lambda: self.cell_item(DOUBLE)),
                (2, lambda: self.own_call(DOUBLE, depth)),
                (1, lambda: self.counted()),
                (1, lambda: self.from_text(depth)),
            ]
        )

    def chain(self, depth):
        """Write operands and operators with few brackets: what groups first is for the reader."""
        text = self.one("", "", "-", "~", "- ", "+") + atom(self.scalar(depth - 1))
        if text[0] == "~" and not text[1:].isidentifier():
            text = text[1:]
        # What comes first in 2^-1^2 is documented, but not what people think.
        powers = text[0] != "~"
        for _ in range(self.random.randint(1, 3)):
            if powers and self.chance(0.2):
                exponent = self.one("2", "2", "3", "0", "-1", "-2")
                text += self.one("^", ".^") + exponent
                powers = exponent[0] != "-"
                continue
            powers = True
            operator = self.one("+", "-", "*", "/", ".*", "./", "\\" if self.chance(0.1) else "-")
            space = self.one("", " ")
            sign = self.one("", "", "", "-") if space or operator in "*/.*./" else ""
            operand = sign + atom(self.scalar(depth - 1))
            text += space + operator + space + operand
        return text

    def number_call(self, depth):
        x = lambda: self.scalar(depth - 1)
        return self.weighted(
            [
                (3, lambda: f"{self.one('abs', 'floor', 'ceil', 'fix', 'round', 'sign')}({x()})"),
                (2, lambda: f"{self.one('mod', 'rem')}({x()}, {self.literal()})"),
                (1, lambda: f"{self.one('max', 'min')}({x()}, {x()})"),
                (1, lambda: f"sqrt({self.one('0', '4', '16', '2.25')})"),
                (1, lambda: f"double({self.truth(depth - 1)})"),
                (1, lambda: self.one("Inf", "NaN", "pi", "-Inf", "eps(1)")),
            ]
        )

    def reduction(self, depth):
        """Reduce a vector or a matrix to a number."""
        size = self.random.randint(1, 4)
        vector = self.numbers(*self.one((1, size), (size, 1)), depth - 1)
        return self.weighted(
            [
                (4, lambda: f"{self.one('sum', 'prod', 'numel', 'length', 'mean')}({vector})"),
                (3, lambda: f"{self.one('max', 'min')}({vector})"),
                (1, lambda: f"nnz({vector})"),
                (1, lambda: f"size({vector}, {self.one(1, 2)})"),
                (1, lambda: f"norm({self.one('[3 4]', '[6; 8]', '5')})"),
                (1, lambda: f"sum({self.truths(1, size, depth - 1)})"),
                (1, lambda: f"median({vector})"),
                (1, lambda: self.whole_matrix(depth)),
            ]
        )

    def whole_matrix(self, depth):
        rows, cols = self.random.randint(2, 3), self.random.randint(2, 3)
        matrix = self.numbers(rows, cols, depth - 1)
        f = self.one("sum", "max", "min", "prod")
        return self.one(f"{f}({f}({matrix}))", f"numel({matrix})", f"ndims({matrix})")

    def counted(self):
        found = self.names(lambda k: k.cls in ("cell", "char", "struct", "double") and k.parts != 1)
        if not found:
            return None
        name = self.random.choice(found)
        asked = self.one(f"numel({name})", f"length({name})", f"size({name}, {self.one(1, 2)})")
        return asked

    def from_text(self, depth):
        return self.weighted(
            [
                (1, lambda: f"str2double('{self.literal()}')"),
                (1, lambda: f"'{self.one('a', 'Z', '0')}' + {self.literal()}"),
                (1, lambda: f"double('{self.one('a', 'Q')}')"),
                (1, lambda: f"numel({self.text(depth - 1)})"),
                (1, lambda: f"sum({self.text(depth - 1)} == 'a')"),
            ]
        )
