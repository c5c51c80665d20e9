"""Random MATLAB expressions that are arrays of double numbers."""

from __future__ import annotations

from matlab_kinds import DOUBLE, Kind, atom, whole
from matlab_scalars import Scalars

__all__ = ["Numbers"]


class Numbers(Scalars):
    """Writes arrays of numbers."""

    def numbers(self, rows, cols, depth=2):
        """Write an array of doubles."""
        if rows == 1 and cols == 1:
            return self.scalar(depth)
        if cols is None:
            return self.variable(Kind("double", 1, None)) or self.loose_row(depth)
        simple = [
            (4, lambda: self.variable(Kind("double", rows, cols))),
            (4, lambda: self.bracketed(rows, cols, depth)),
            (2, lambda: self.made(rows, cols)),
            (4, lambda: self.slice("double", rows, cols)),
            (3, lambda: self.counting(rows, cols)),
        ]
        if depth <= 0:
            return self.weighted(simple)
        a = lambda: self.numbers(rows, cols, depth - 1)
        return self.weighted(
            [
                *simple,
                (4, lambda: self.elementwise(rows, cols, depth)),
                (2, lambda: atom(self.numbers(cols, rows, depth - 1)) + self.one("'", "'", ".'")),
                (1, lambda: "-" + atom(a())),
                (2, lambda: f"{self.one('abs', 'floor', 'fix', 'round', 'ceil', 'sign')}({a()})"),
                (1, lambda: f"{self.one('mod', 'rem')}({a()}, {self.literal()})"),
                (1, lambda: f"{self.one('max', 'min')}({a()}, {self.scalar(depth - 1)})"),
                (1, lambda: f"double({self.truths(rows, cols, depth - 1)})"),
                (2, lambda: self.of_vector(rows, cols, depth)),
                (2, lambda: self.joined("double", rows, cols, depth)),
                (2, lambda: self.along(rows, cols, depth)),
                (1, lambda: self.product(rows, cols, depth)),
                (1, lambda: f"reshape({self.numbers(1, rows * cols, 0)}, {rows}, {cols})"),
                (1, lambda: f"reshape({self.numbers(rows * cols, 1, 0)}, {rows}, [])"),
                (2, lambda: self.field(Kind("double", rows, cols))),
                (2, lambda: self.own_call(Kind("double", rows, cols), depth)),
                (1, lambda: self.gathered(rows, cols)),
            ]
        )

    def loose_row(self, depth):
        """Write a row whose length is not known."""
        vector = self.numbers(1, self.random.randint(2, 5), depth - 1)
        t = atom(vector)
        low = self.random.randint(-2, 4)
        return self.weighted(
            [
                (2, lambda: f"find({t} > {low})"),
                (2, lambda: f"unique({vector})"),
                (1, lambda: f"{low}:{self.scalar(0)}"),
                (1, lambda: f"{self.one(5, 2)}:{self.one(-1, -2, 1)}:{low}"),
                (1, lambda: f"1:numel({vector})-{self.random.randint(0, 4)}"),
            ]
        )

    def bracketed(self, rows, cols, depth):
        between = self.one(" ", ", ", ",")
        lines = [
            between.join(whole(self.scalar(min(depth - 1, 1))) for _ in range(cols))
            for _ in range(rows)
        ]
        return "[" + self.one("; ", ";").join(lines) + "]"

    def made(self, rows, cols):
        value = self.literal()
        size = f"{rows}, {cols}"
        options = [f"zeros({size})", f"ones({size})", f"repmat({value}, {size})"]
        if rows == cols:
            # Alone it is in Octave a diagonal matrix, with a product of its own.
            options += [f"(eye({rows}) + 0)", f"zeros({rows})", f"ones({rows})"]
        return self.random.choice(options)

    def counting(self, rows, cols):
        """Write a range, or None for a matrix."""
        if min(rows, cols) != 1:
            return None
        count, start = max(rows, cols), self.random.randint(-3, 5)
        step = self.one(1, 1, 1, 2, -1, 0.5)
        stop = start + step * (count - 1)
        if step == 1:
            text = self.one(f"{start}:{stop}", f"{start}:1:{stop}", f"{start}:{stop}.5")
        else:
            text = f"{start}:{step}:{stop}"
        if count > 1 and self.chance(0.3):
            last = start + 4 * (count - 1)
            text = f"linspace({start}, {last}, {count})"
            return text if rows == 1 else text + "'"
        if rows > 1:
            return f"({text})'"
        return self.one(f"({text})", f"[{text}]", text)

    def elementwise(self, rows, cols, depth):
        a = atom(self.numbers(rows, cols, depth - 1))
        operator = self.one("+", "-", ".*", "./", "-", "+")
        space = self.one("", " ")
        kind = self.random.random()
        if kind < 0.15:
            return f"{a}.^{self.one('2', '3', '0', '-1')}"
        if kind < 0.5:
            b = self.scalar(depth - 1)
            operator = self.one(operator, "*", "/")
        elif kind < 0.85 or min(rows, cols) == 1:
            b = self.numbers(rows, cols, depth - 1)
        else:
            a = atom(self.numbers(rows, 1, depth - 1))
            b = self.numbers(1, cols, depth - 1)
        if kind < 0.5 and operator not in ("/", "./", "-") and self.chance(0.3):
            return f"{atom(b)}{space}{operator}{space}{a}"
        return f"{a}{space}{operator}{space}{atom(b)}"

    def of_vector(self, rows, cols, depth):
        vector = self.numbers(rows, cols, depth - 1)
        if min(rows, cols) != 1:
            return self.one(f"fliplr({vector})", f"flipud({vector})", f"cumsum({vector}, 2)")
        return self.one(
            f"cumsum({vector})", f"sort({vector})", f"sort({vector}, 'descend')",
            f"fliplr({vector})", f"flipud({vector})", f"circshift({vector}, 1)",
        )  # fmt: skip

    def joined(self, cls, rows, cols, depth):
        """Write a concatenation."""
        write = self.numbers if cls == "double" else self.truths
        if cols > 1 and (rows == 1 or self.chance(0.5)):
            left = self.random.randint(1, cols - 1)
            parts = write(rows, left, depth - 1), write(rows, cols - left, depth - 1)
            return "[" + self.one(" ", ", ").join(map(whole, parts)) + "]"
        if rows > 1:
            top = self.random.randint(1, rows - 1)
            parts = write(top, cols, depth - 1), write(rows - top, cols, depth - 1)
            return "[" + "; ".join(map(whole, parts)) + "]"
        return None

    def along(self, rows, cols, depth):
        """Reduce a matrix along a dimension."""
        other = self.random.randint(2, 3)
        if rows == 1 and cols > 1:
            matrix = self.numbers(other, cols, depth - 1)
            f = self.one("sum", "mean", "prod", "cumsum")
            f = "sum" if f == "cumsum" else f
            return self.one(f"{f}({matrix})", f"{f}({matrix}, 1)", f"max({matrix})")
        if cols == 1 and rows > 1:
            matrix = self.numbers(rows, other, depth - 1)
            f = self.one("sum", "mean")
            return self.one(f"{f}({matrix}, 2)", f"max({matrix}, [], 2)")
        return None

    def product(self, rows, cols, depth):
        inner = self.random.randint(1, 3)
        if inner == 1 and 1 in (rows, cols):
            return None
        left, right = self.numbers(rows, inner, depth - 1), self.numbers(inner, cols, depth - 1)
        return f"{atom(left)} * {atom(right)}"

    def gathered(self, rows, cols):
        """Collect a field of a struct array, or the results of a function on each element."""
        if rows != 1:
            return None
        found = [
            f"[{name}.{field}]"
            for name, k in self.known.items()
            if k.cls == "struct" and k.cols == cols
            for field, kind in k.parts
            if kind == DOUBLE
        ]
        body = self.one("x + 1", "x^2", "2*x", "-x", "floor(x/2)")
        found.append(f"arrayfun(@(x) {body}, {self.numbers(rows, cols, 0)})")
        return self.random.choice(found)
